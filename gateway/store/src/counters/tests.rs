mod full;
mod kinds;

use std::thread;

use gateway_algorithms::limit::Limit as _;

use super::*;

const SECOND: u64 = 1_000_000_000;

fn gcra(rate: f64, burst: u32) -> Algorithm {
    Gcra::new(rate, burst).unwrap().into()
}

fn table(capacity: usize) -> Table {
    Table::new(Kind::Gcra, capacity)
}

/// Spreads small numbers over all bits, as the hash of an identity does.
fn key(number: u64) -> u128 {
    let mix = |x: u64| {
        let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    };
    let high = mix(number.wrapping_add(0x9e37_79b9_7f4a_7c15));
    u128::from(high) << 64 | u128::from(mix(high ^ number))
}

fn passes(decision: Decision) -> bool {
    decision.admitted
}

#[test]
fn each_key_has_its_own_burst() {
    let table = self::table(1_000);
    let limit = gcra(1.0, 3);
    for number in 0..10 {
        let passed = (0..5).filter(|_| passes(table.take(key(number), &limit, SECOND, 1))).count();
        assert_eq!(passed, 3);
    }
    assert_eq!(table.len(), 10);
}

#[test]
fn the_table_decides_as_the_algorithm_does() {
    let table = self::table(1_000);
    let (limit, reference) = (gcra(10.0, 5), Gcra::new(10.0, 5).unwrap());
    let mut state = 0;
    let mut random = fastrand::Rng::with_seed(7);
    let mut now = SECOND;
    for _ in 0..10_000 {
        now += random.u64(0..SECOND / 5);
        let cost = random.u32(0..4);
        let expected = reference.decide(&mut state, now, cost);
        assert_eq!(table.take(key(1), &limit, now, cost), expected);
    }
}

#[test]
fn a_refused_newcomer_is_not_remembered() {
    let table = self::table(1_000);
    assert!(!passes(table.take(key(1), &gcra(1.0, 3), SECOND, 4)));
    assert!(table.is_empty());
}

#[test]
fn the_bound_holds_whatever_comes() {
    for capacity in [1, 10, 127, 129, 3_000] {
        let table = self::table(capacity);
        // An hour to earn a request back: nobody comes to rest, and nobody is spent.
        let limit = gcra(1.0 / 3_600.0, 2);
        for number in 0..20_000 {
            assert!(passes(table.take(key(number), &limit, number, 1)));
        }
        let len = table.len();
        assert!(len <= capacity && len * 100 >= capacity * 90, "{len} keys of {capacity}");
        assert_eq!(table.overflows(), 0);
    }
}

#[test]
fn a_table_half_full_forgets_nobody() {
    let table = self::table(100_000);
    let limit = gcra(1.0 / 3_600.0, 1);
    for number in 0..50_000 {
        assert!(passes(table.take(key(number), &limit, SECOND, 1)));
    }
    let remembered = (0..50_000).filter(|number| !passes(table.take(key(*number), &limit, SECOND, 1))).count();
    assert_eq!(remembered, 50_000);
}

#[test]
fn forgetting_a_rested_key_changes_no_outcome() {
    let limit = gcra(10.0, 5);
    // One table has room for all, the other forgets whom it can.
    let (all, few) = (table(100_000), table(400));
    let mut random = fastrand::Rng::with_seed(11);
    let mut now = SECOND;
    for _ in 0..50_000 {
        // A whole burst comes back in half a second, in which 100 requests come: 400 places are never full of busy keys.
        now += SECOND / 200;
        let key = key(random.u64(0..5_000));
        let cost = random.u32(1..4);
        assert_eq!(few.take(key, &limit, now, cost), all.take(key, &limit, now, cost));
    }
    assert!(few.len() <= 400 && all.len() > 4_000);
}

#[test]
fn when_nobody_is_at_rest_the_one_nearest_to_it_is_forgotten() {
    let table = self::table(3);
    let limit = gcra(1.0, 10);
    for (number, cost) in [(1, 7), (2, 2), (3, 5)] {
        assert!(passes(table.take(key(number), &limit, SECOND, cost)));
    }
    assert!(passes(table.take(key(4), &limit, SECOND, 9)));
    assert_eq!(table.len(), 3);
    let remaining = |number| table.take(key(number), &limit, SECOND, 0).remaining;
    assert_eq!([1, 3, 4].map(remaining), [3, 5, 1]);
    assert_eq!(remaining(2), 10);
}

#[test]
fn a_wider_limit_acts_on_a_spent_key_at_once() {
    let table = self::table(100);
    assert!(passes(table.take(key(1), &gcra(1.0, 5), SECOND, 5)));
    assert!(!passes(table.take(key(1), &gcra(1.0, 5), SECOND, 1)));
    assert!(passes(table.take(key(1), &gcra(1.0, 10), SECOND, 1)));
}

#[test]
fn many_threads_at_one_instant_admit_exactly_the_burst() {
    const BURST: u32 = 1_000;
    for round in 0..20 {
        let table = self::table(100);
        let limit = gcra(1.0, BURST);
        let admitted: usize = thread::scope(|scope| {
            let threads: Vec<_> = (0..8)
                .map(|_| {
                    scope.spawn(|| (0..BURST).filter(|_| passes(table.take(key(round), &limit, SECOND, 1))).count())
                })
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum()
        });
        assert_eq!(admitted, BURST as usize);
    }
}

//! Every kind of limit has its table, which decides as the limit alone does.

use gateway_algorithms::limit::Limit;

use super::*;

/// Five at once in the table of each kind.
fn limits() -> [Algorithm; 6] {
    [
        Gcra::new(10.0, 5).unwrap().into(),
        LeakyBucket::new(10.0, 4, 1).unwrap().into(),
        FixedWindow::new(5, SECOND / 2).unwrap().into(),
        SlidingWindow::new(5, SECOND / 2).unwrap().into(),
        SlidingLog::new(5, SECOND / 2).unwrap().into(),
        Concurrency::new(5).unwrap().into(),
    ]
}

/// Random requests of some keys, beside a state for each key that is never forgotten.
fn agrees<L: Limit>(limit: L, algorithm: Algorithm) {
    let table = Table::new(algorithm.kind(), 1_000);
    let mut states: Vec<L::State> = (0..100).map(|_| L::State::default()).collect();
    let mut random = fastrand::Rng::with_seed(3);
    let mut now = SECOND;
    for _ in 0..20_000 {
        now += random.u64(0..SECOND / 500);
        let (number, cost) = (random.usize(0..100), random.u32(0..4));
        let (state, key) = (&mut states[number], key(number as u64));
        if random.u8(0..10) == 0 {
            limit.give_back(state, now, cost);
            table.give_back(key, &algorithm, now, cost);
        }
        assert_eq!(table.peek(key, &algorithm, now, cost), limit.peek(state, now, cost));
        assert_eq!(table.take(key, &algorithm, now, cost), limit.decide(state, now, cost));
    }
}

#[test]
fn a_table_decides_as_its_limit_does() {
    for algorithm in limits() {
        match algorithm {
            Algorithm::Gcra(limit) => agrees(limit, algorithm),
            Algorithm::LeakyBucket(limit) => agrees(limit, algorithm),
            Algorithm::FixedWindow(limit) => agrees(limit, algorithm),
            Algorithm::SlidingWindow(limit) => agrees(limit, algorithm),
            Algorithm::SlidingLog(limit) => agrees(limit, algorithm),
            Algorithm::Concurrency(limit) => agrees(limit, algorithm),
        }
    }
}

#[test]
fn peeking_takes_nothing_and_remembers_nobody() {
    for limit in limits() {
        let table = Table::new(limit.kind(), 1_000);
        for _ in 0..10 {
            assert!(passes(table.peek(key(1), &limit, SECOND, 5)));
        }
        assert!(table.is_empty());
        assert_eq!(table.kind(), limit.kind());
    }
}

#[test]
fn what_is_given_back_can_be_taken_again() {
    for limit in limits() {
        let table = Table::new(limit.kind(), 1_000);
        assert!(passes(table.take(key(1), &limit, SECOND, 5)));
        assert!(!passes(table.take(key(1), &limit, SECOND, 1)));
        table.give_back(key(1), &limit, SECOND, 2);
        assert!(passes(table.take(key(1), &limit, SECOND, 2)));
        assert!(!passes(table.take(key(1), &limit, SECOND, 1)));
    }
}

#[test]
fn many_threads_admit_exactly_the_limit_of_every_kind() {
    for limit in limits() {
        let table = Table::new(limit.kind(), 100);
        let admitted: usize = thread::scope(|scope| {
            let take = || (0..100).filter(|_| passes(table.take(key(1), &limit, SECOND, 1))).count();
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(take)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum()
        });
        assert_eq!(admitted, 5);
    }
}

#[test]
#[should_panic(expected = "a table of Gcra has no states of FixedWindow")]
fn a_limit_of_another_kind_is_a_mistake() {
    let _decided = Table::new(Kind::Gcra, 1).take(key(1), &FixedWindow::new(1, 1).unwrap().into(), SECOND, 1);
}

use std::cell::RefCell;

use proptest::prelude::*;

use super::*;

fn key(number: u64) -> u64 {
    stable_hash(&number.to_le_bytes())
}

fn ring(weights: &[u32]) -> Ring {
    let names: Vec<_> =
        weights.iter().enumerate().map(|(index, weight)| (format!("10.0.0.{index}:80"), *weight)).collect();
    Ring::new(&names)
}

/// How many of so many keys each endpoint has.
fn keys(ring: &Ring, count: u64) -> Vec<u64> {
    let mut seen = vec![0; ring.weights.len()];
    for number in 0..count {
        seen[ring.find(key(number), |_| true, |_| 0).unwrap()] += 1;
    }
    seen
}

#[test]
fn all_nodes_and_versions_agree_on_who_has_a_key() {
    let ring = Ring::new(&[("alpha", 1), ("beta", 1), ("gamma", 2)]);
    let found: Vec<_> = (0..12).map(|number| ring.find(key(number), |_| true, |_| 0).unwrap()).collect();
    assert_eq!(found, [0, 0, 2, 1, 0, 0, 2, 0, 0, 1, 1, 1]);
}

#[test]
fn keys_are_spread_by_weight() {
    for (weights, parts) in [(&[1, 1, 1, 1][..], [1.0; 4]), (&[100, 200, 100, 0], [1.0, 2.0, 1.0, 0.0])] {
        for (seen, part) in keys(&ring(weights), 40_000).into_iter().zip(parts) {
            let expected = 10_000.0 * part;
            assert!((seen as f64 - expected).abs() <= expected * 0.2, "{seen} keys instead of {expected}");
        }
    }
}

#[test]
fn memory_is_bounded_whatever_the_weights() {
    for weights in [vec![1; 10], vec![u32::MAX; 200], vec![7; 5_000], vec![1, u32::MAX, 3]] {
        let points = ring(&weights).points.len();
        assert!(points <= ALL_POINTS + weights.len() && points >= weights.len(), "{points} points");
    }
}

#[test]
fn nobody_usable_is_nobody_found() {
    assert_eq!(ring(&[]).find(1, |_| true, |_| 0), None);
    assert_eq!(ring(&[0, 0]).find(1, |_| true, |_| 0), None);
    assert_eq!(ring(&[1, 1]).find(1, |_| false, |_| 0), None);
    assert_eq!(ring(&[0, 1]).find(1, |index| index == 1, |_| 9), Some(1));
}

#[test]
fn a_key_that_everybody_asks_for_is_spread() {
    let ring = ring(&[1; 4]);
    let pending = RefCell::new([0_u32; 4]);
    for _ in 0..100 {
        let found = ring.find(key(1), |_| true, |index| pending.borrow()[index]).unwrap();
        pending.borrow_mut()[found] += 1;
    }
    let mut loads = pending.into_inner();
    loads.sort_unstable();
    assert_eq!(loads, [6, 31, 31, 32], "nobody has more than 1.25 times 25, rounded up");
}

#[test]
fn what_has_come_and_gone_meanwhile_leaves_the_key_where_it_belongs() {
    let ring = ring(&[1; 3]);
    let home = ring.find(key(5), |_| true, |_| 0);
    let asked = RefCell::new(0);
    let grows = |_| {
        *asked.borrow_mut() += 1;
        *asked.borrow() * 1_000
    };
    assert_eq!(ring.find(key(5), |_| true, grows), home);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn without_an_endpoint_only_its_own_keys_move(
        weights in prop::collection::vec(5_u32..9, 2..12),
        gone in any::<prop::sample::Index>(),
    ) {
        let gone = gone.index(weights.len());
        let name = |(index, weight): (usize, &u32)| (format!("node-{index}"), *weight);
        let names: Vec<_> = weights.iter().enumerate().map(name).collect();
        let mut fewer = names.clone();
        fewer.swap_remove(gone);
        let (before, after) = (Ring::new(&names), Ring::new(&fewer));
        for number in 0..300 {
            let home = before.find(key(number), |_| true, |_| 0).unwrap();
            let moved = after.find(key(number), |_| true, |_| 0).unwrap();
            let ejected = before.find(key(number), |index| index != gone, |_| 0).unwrap();
            prop_assert_eq!(&fewer[moved], &names[ejected], "a removed one and an ejected one are missed alike");
            prop_assert!(home == gone || home == ejected);
        }
    }

    #[test]
    fn nobody_has_more_than_its_bound(
        weights in prop::collection::vec(1_u32..20, 1..10),
        mask in any::<u16>(),
        numbers in prop::collection::vec(0_u64..5, 1..200),
    ) {
        let ring = ring(&weights);
        let usable = |index: usize| mask & (1 << index) != 0;
        let weight: u32 = (0..weights.len()).filter(|index| usable(*index)).map(|index| weights[index]).sum();
        let pending = RefCell::new(vec![0_u32; weights.len()]);
        for (before, number) in numbers.iter().enumerate() {
            let Some(found) = ring.find(key(*number), usable, |index| pending.borrow()[index]) else {
                prop_assert_eq!(weight, 0);
                continue;
            };
            prop_assert!(usable(found));
            pending.borrow_mut()[found] += 1;
            let part = (before + 1) as f64 * f64::from(weights[found]) / f64::from(weight);
            prop_assert!(f64::from(pending.borrow()[found]) <= (1.25 * part).ceil() + 1e-9);
        }
    }
}

use proptest::prelude::*;

use super::*;

fn turns(smooth: &mut Smooth, count: usize, usable: impl Fn(usize) -> bool) -> String {
    let letter = |index: usize| char::from(b'a' + u8::try_from(index).unwrap());
    (0..count).map(|_| smooth.next(&usable).map_or('-', letter)).collect()
}

#[test]
fn turns_are_spread_by_weight() {
    let cases: [(&[u32], &str); 7] = [
        // The example of nginx's commit 52327e0627f4.
        (&[5, 1, 1], "aabacaa"),
        (&[1, 1, 1], "abcabc"),
        (&[3, 2], "ababa"),
        (&[4], "aaaa"),
        (&[0, 1], "bb"),
        (&[0, 0], "--"),
        (&[], "--"),
    ];
    for (weights, expected) in cases {
        let mut smooth = Smooth::new(weights.iter().copied());
        assert_eq!(turns(&mut smooth, expected.len(), |_| true), expected, "{weights:?}");
    }
}

#[test]
fn the_turns_of_the_others_are_what_they_would_be_without_the_unusable() {
    let mut smooth = Smooth::new([5, 3, 1]);
    let mut without = Smooth::new([5, 0, 1]);
    assert_eq!(turns(&mut smooth, 12, |index| index != 1), turns(&mut without, 12, |_| true));
}

#[test]
fn who_comes_back_has_neither_a_burst_nor_a_debt() {
    let mut smooth = Smooth::new([1, 1]);
    assert_eq!(turns(&mut smooth, 100, |index| index == 0), "a".repeat(100));
    assert_eq!(turns(&mut smooth, 4, |_| true), "abab");
}

#[test]
fn who_is_new_has_a_part_of_its_turns() {
    let mut smooth = Smooth::new([10, 10]);
    let mut seen = [0; 2];
    for _ in 0..110 {
        seen[smooth.next_by(|index| [1.0, 0.1][index]).unwrap()] += 1;
    }
    assert_eq!(seen, [100, 10]);
    let mut tiny = Smooth::new([1]);
    assert_eq!([tiny.next_by(|_| 1e-9), tiny.next_by(|_| 0.0), tiny.next_by(|_| f64::NAN)], [Some(0), None, None]);
}

proptest! {
    #[test]
    fn each_round_gives_everybody_its_weight(weights in prop::collection::vec(0_u32..20, 1..8), rounds in 1_u32..4) {
        let mut smooth = Smooth::new(weights.iter().copied());
        let all: u32 = weights.iter().sum();
        let mut seen = vec![0; weights.len()];
        for _ in 0..all * rounds {
            seen[smooth.next(|_| true).unwrap()] += 1;
        }
        prop_assert_eq!(seen, weights.iter().map(|weight| weight * rounds).collect::<Vec<_>>());
    }

    #[test]
    fn whatever_was_unusable_before_nobody_is_owed_more_than_a_round(
        weights in prop::collection::vec(1_u32..10, 2..6),
        masks in prop::collection::vec(0_u8..64, 0..200),
    ) {
        let mut smooth = Smooth::new(weights.iter().copied());
        for mask in masks {
            let usable = |index: usize| mask & (1 << index) != 0;
            let next = smooth.next(usable);
            prop_assert_eq!(next.is_some(), (0..weights.len()).any(usable));
            prop_assert!(next.is_none_or(usable));
        }
        let all: i64 = weights.iter().map(|weight| i64::from(*weight)).sum();
        let mut seen = vec![0; weights.len()];
        for _ in 0..all * 10 {
            seen[smooth.next(|_| true).unwrap()] += 1;
        }
        for (weight, seen) in weights.iter().zip(seen) {
            let owed = i64::from(*weight) * 10 - seen;
            prop_assert!(owed.abs() <= all, "{} turns at weight {} of {}", seen, weight, all);
        }
    }
}

use std::cell::Cell;

use proptest::prelude::*;

use super::*;

/// How often each of `count` is chosen in so many draws.
fn histogram<const COUNT: usize>(
    draws: u64,
    usable: impl Fn(usize) -> bool,
    cost: impl Fn(usize) -> f64,
) -> [u32; COUNT] {
    let mut seen = [0; COUNT];
    for draw in 0..draws {
        seen[two_choices(COUNT, of_stream(7, draw), &usable, &cost).unwrap()] += 1;
    }
    seen
}

fn assert_near(seen: &[u32], expected: &[u32]) {
    let near = |(seen, expected): (&u32, &u32)| seen.abs_diff(*expected) <= 5 + expected / 20;
    assert!(seen.iter().zip(expected).all(near), "{seen:?} is not about {expected:?}");
}

#[test]
fn the_cheapest_wins_every_pair_that_it_is_in_and_the_dearest_none() {
    // Six pairs of four: the cheapest is in three of them, the next one in two without it, and so on.
    assert_near(&histogram::<4>(60_000, |_| true, |index| index as f64), &[30_000, 20_000, 10_000, 0]);
}

#[test]
fn at_equal_cost_all_are_chosen_alike_however_few_are_usable() {
    assert_near(&histogram::<4>(40_000, |_| true, |_| 1.0), &[10_000; 4]);
    assert_near(&histogram::<3>(30_000, |index| index != 1, |_| 1.0), &[15_000, 0, 15_000]);
    let few = histogram::<50>(30_000, |index| [3, 4, 49].contains(&index), |_| 1.0);
    assert_near(&[few[3], few[4], few[49]], &[10_000; 3]);
    let dear = histogram::<50>(30_000, |index| [3, 4, 49].contains(&index), |index| index as f64);
    assert_near(&[dear[3], dear[4], dear[49]], &[20_000, 10_000, 0]);
}

#[test]
fn one_usable_endpoint_is_chosen_and_none_is_no_choice() {
    for random in [0, 1, u64::MAX / 2, u64::MAX] {
        assert_eq!(two_choices(0, random, |_| true, |_| 1.0), None);
        assert_eq!(two_choices(5, random, |_| false, |_| 1.0), None);
        assert_eq!(two_choices(1, random, |_| true, |_| f64::NAN), Some(0));
        assert_eq!(two_choices(99, random, |index| index == 98, |_| f64::INFINITY), Some(98));
    }
}

#[test]
fn twice_the_weight_has_twice_the_load() {
    let weights = [1.0, 2.0, 1.0];
    let pending = [const { Cell::new(0_u32) }; 3];
    for draw in 0..4_000 {
        let cost = |index: usize| per_weight(f64::from(pending[index].get() + 1), weights[index]);
        let chosen = two_choices(3, of_stream(11, draw), |_| true, cost).unwrap();
        pending[chosen].set(pending[chosen].get() + 1);
    }
    assert_near(&pending.map(|cell| cell.get()), &[1_000, 2_000, 1_000]);
    assert!(per_weight(1.0, 0.0).is_infinite());
}

proptest! {
    #[test]
    fn what_is_chosen_is_usable_and_never_the_dearest(
        mask in any::<u16>(),
        count in 0_usize..16,
        random in any::<u64>(),
    ) {
        let usable = |index: usize| mask & (1 << index) != 0;
        let all: Vec<_> = (0..count).filter(|index| usable(*index)).collect();
        match two_choices(count, random, usable, |index| index as f64) {
            None => prop_assert!(all.is_empty()),
            Some(chosen) => {
                prop_assert!(all.contains(&chosen));
                prop_assert!(all.len() == 1 || Some(&chosen) != all.last());
            }
        }
    }

    #[test]
    fn what_stops_being_usable_meanwhile_breaks_nothing(
        count in 0_usize..20,
        random in any::<u64>(),
        asked in 0_u32..60,
    ) {
        let left = Cell::new(asked);
        let usable = |_: usize| {
            left.set(left.get().saturating_sub(1));
            left.get() > 0
        };
        let chosen = two_choices(count, random, usable, |_| 1.0);
        prop_assert!(chosen.is_none_or(|chosen| chosen < count));
    }

    #[test]
    fn a_pair_is_of_two_different_ones(count in 2_usize..1_000, random in any::<u64>()) {
        let (one, other) = pair(count, random);
        prop_assert!(one != other && one < count && other < count);
    }
}

use proptest::prelude::*;

use super::*;

fn groups(pairs: &[(u32, u32)]) -> Vec<Group> {
    pairs.iter().map(|(usable, total)| Group { usable: *usable, total: *total }).collect()
}

/// The shares of groups in percent, with an exclamation mark behind the ones that panic.
fn shares(pairs: &[(u32, u32)], panic_percent: u32) -> String {
    let shares = Shares::new(&groups(pairs), panic_percent);
    let show = |group| format!("{}{}", shares.percent(group), if shares.panics(group) { "!" } else { "" });
    (0..pairs.len()).map(show).collect::<Vec<_>>().join(" ")
}

#[test]
fn load_spills_to_the_next_group_as_in_envoys_documentation() {
    // "Priority levels": P=0 has 100, 72, 71, 50, 25 and 0 % of its endpoints.
    let two = [(100, "100 0"), (72, "100 0"), (71, "99 1"), (50, "70 30"), (25, "35 65"), (0, "0 100")];
    for (usable, expected) in two {
        assert_eq!(shares(&[(usable, 100), (100, 100)], 50), expected, "{usable} %");
    }
    let three = [
        ([100, 100, 100], "100 0 0"),
        ([72, 72, 100], "100 0 0"),
        ([71, 71, 100], "99 1 0"),
        ([50, 50, 100], "70 30 0"),
        ([25, 100, 100], "35 65 0"),
        ([25, 25, 100], "35 35 30"),
    ];
    for (usable, expected) in three {
        assert_eq!(shares(&usable.map(|usable| (usable, 100)), 50), expected, "{usable:?}");
    }
}

#[test]
fn groups_that_cannot_take_the_load_share_it_and_panic() {
    let cases: [(&[(u32, u32)], &str); 8] = [
        (&[(25, 100), (0, 100), (0, 100)], "34! 33! 33!"),
        (&[(25, 100), (25, 100)], "50! 50!"),
        (&[(5, 100), (50, 100)], "10! 90"),
        (&[(50, 100)], "100"),
        (&[(49, 100)], "100!"),
        (&[(0, 3), (0, 1)], "75! 25!"),
        (&[(0, 0), (1, 4)], "0 100!"),
        (&[(0, 0)], "0"),
    ];
    for (pairs, expected) in cases {
        assert_eq!(shares(pairs, 50), expected, "{pairs:?}");
    }
}

#[test]
fn where_nobody_panics_only_the_usable_are_used() {
    let cases: [(&[(u32, u32)], &str); 4] =
        [(&[(0, 3)], "0"), (&[(1, 1_000)], "100"), (&[(0, 3), (1, 1_000)], "0 100"), (&[(1, 4), (1, 4)], "50 50")];
    for (pairs, expected) in cases {
        assert_eq!(shares(pairs, 0), expected, "{pairs:?}");
    }
    assert_eq!(Shares::new(&groups(&[(0, 3)]), 0).pick(7), None);
    assert_eq!(Shares::default().pick(7), None);
}

#[test]
fn requests_are_picked_by_share() {
    let shares = Shares::new(&groups(&[(50, 100), (100, 100)]), 50);
    let pick = |percent: u64| shares.pick(u64::MAX / 100 * percent + u64::MAX / 200).unwrap();
    assert_eq!([0, 69, 70, 99].map(|percent| pick(percent).group), [0, 0, 1, 1]);
    assert!(!pick(0).panic);
}

proptest! {
    #[test]
    fn all_of_the_load_goes_somewhere_and_none_to_where_nobody_is(
        pairs in prop::collection::vec((0_u32..20, 0_u32..20), 0..10),
        panic_percent in 0_u32..=100,
        random in any::<u64>(),
    ) {
        let groups: Vec<_> = groups(&pairs.iter().map(|(one, other)| (*one.min(other), *other)).collect::<Vec<_>>());
        let shares = Shares::new(&groups, panic_percent);
        prop_assert_eq!(Shares::from_bits(shares.to_bits()), shares);
        let known = &groups[..groups.len().min(MAX_GROUPS)];
        let somebody = known.iter().any(|group| group.usable > 0 || group.total > 0 && panic_percent > 0);
        let sum: u32 = (0..MAX_GROUPS).map(|group| shares.percent(group)).sum();
        prop_assert_eq!(sum, if somebody { 100 } else { 0 });
        match shares.pick(random) {
            None => prop_assert!(!somebody),
            Some(Pick { group, panic: true }) => prop_assert!(known[group].total > 0),
            Some(Pick { group, panic: false }) => prop_assert!(known[group].usable > 0),
        }
    }
}

use proptest::prelude::*;

use super::*;

/// What an endpoint is after each check: `+` passes, `-` fails; `U` and `D` where it changes, a dot where it does not.
fn changes(checks: &str, thresholds: Thresholds) -> String {
    let mut state = Checks::default();
    let change = |check| match state.record(check == '+', &thresholds) {
        None => '.',
        Some(Health::Up) => 'U',
        Some(Health::Down) => 'D',
        Some(Health::Unknown) => '?',
    };
    checks.chars().map(change).collect()
}

#[test]
fn the_first_check_decides_at_once_and_others_must_agree() {
    let cases = [
        ("+", "U"),
        ("-", "D"),
        ("+---", "U..D"),
        ("+--+---", "U.....D"),
        ("-++", "D.U"),
        ("-+-++", "D...U"),
        ("++--++---++", "U.......D.U"),
    ];
    for (checks, expected) in cases {
        assert_eq!(changes(checks, Thresholds::default()), expected, "{checks}");
    }
    assert_eq!(changes("+-+-", Thresholds { up: 1, down: 1 }), "UDUD");
    assert_eq!(changes("+-+-", Thresholds { up: 0, down: 0 }), "UDUD");
}

#[test]
fn until_it_is_known_an_endpoint_is_used() {
    let mut state = Checks::default();
    assert!(state.is_usable() && state.health() == Health::Unknown);
    state.record(false, &Thresholds::default());
    assert!(!state.is_usable());
}

#[test]
fn pauses_are_spread_around_the_interval() {
    let seconds = Duration::from_secs(10);
    for (random, millis) in [(0, 8_500), (1 << 63, 10_000), (u64::MAX, 11_500)] {
        assert_eq!(jitter(seconds, random), Duration::from_millis(millis));
    }
    assert_eq!(jitter(Duration::ZERO, u64::MAX), Duration::ZERO);
    assert!(jitter(Duration::MAX, u64::MAX) > Duration::from_secs(1 << 33));
}

proptest! {
    #[test]
    fn a_change_follows_as_many_checks_in_a_row_as_it_takes(
        checks in prop::collection::vec(any::<bool>(), 0..100),
        up in 1_u32..5,
        down in 1_u32..5,
    ) {
        let mut state = Checks::default();
        for (index, passed) in checks.iter().enumerate() {
            let known = state.health() != Health::Unknown;
            if state.record(*passed, &Thresholds { up, down }).is_some() && known {
                let enough = if *passed { up } else { down } as usize;
                prop_assert!(checks[..=index].iter().rev().take_while(|check| *check == passed).count() >= enough);
            }
        }
    }

    #[test]
    fn a_pause_is_within_its_bounds(millis in 0_u64..10_000_000, random in any::<u64>()) {
        let interval = Duration::from_millis(millis);
        let pause = jitter(interval, random);
        prop_assert!(pause >= interval.mul_f64(0.8499) && pause <= interval.mul_f64(1.1501));
    }
}

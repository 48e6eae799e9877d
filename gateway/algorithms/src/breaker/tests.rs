use proptest::prelude::*;

use super::{Fault::*, *};

const WINDOW: Duration = Rules::PLUGIN.window;
const FIRST_PAUSE: Duration = Rules::PLUGIN.first_pause;
const LONGEST_PAUSE: Duration = Rules::PLUGIN.longest_pause;

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// A breaker that has just opened at `now`, on five faults out of five calls.
fn opened(now: Duration) -> (Breaker, Opened) {
    let mut breaker = Breaker::new(now, 0);
    let opened = (1..=5).find_map(|calls| breaker.fault(now, calls, Light)).unwrap();
    (breaker, opened)
}

#[test]
fn five_faults_that_are_half_of_the_calls_open_it() {
    let mut breaker = Breaker::new(Duration::ZERO, 0);
    for fault in 1..5 {
        assert_eq!(breaker.fault(millis(fault * 1_900), fault * 2, Light), None);
        assert!(breaker.is_closed());
    }
    assert_eq!(breaker.fault(millis(9_500), 10, Light), Some(Opened { until: millis(10_500), faults: 5 }));
    assert_eq!(breaker.admit(millis(9_500)), Admission::Refuse);
}

#[test]
fn two_heavy_faults_are_enough_or_one_and_three_light_ones() {
    let opens = |faults: &[Fault]| {
        let mut breaker = Breaker::new(Duration::ZERO, 0);
        (1..).zip(faults).filter_map(|(call, fault)| breaker.fault(millis(call), call, *fault)).count() > 0
    };
    assert!(opens(&[Heavy, Heavy]) && opens(&[Heavy, Light, Light, Light]));
    assert!(!opens(&[Heavy, Light, Light]) && !opens(&[Light; 4]));
}

#[test]
fn heavy_faults_among_many_sound_calls_leave_it_closed() {
    let mut breaker = Breaker::new(Duration::ZERO, 0);
    assert!((1..100).all(|fault| breaker.fault(millis(fault * 10), fault * 3, Heavy).is_none()));
}

#[test]
fn faults_that_are_fewer_than_half_of_the_calls_leave_it_closed() {
    let mut breaker = Breaker::new(Duration::ZERO, 0);
    assert!((1..1_000).all(|fault| breaker.fault(millis(fault * 10), fault * 21 / 10 + 1, Light).is_none()));
}

#[test]
fn faults_further_apart_leave_it_closed() {
    let mut breaker = Breaker::new(Duration::ZERO, 0);
    assert!((1..100).all(|fault| breaker.fault(millis(fault * 2_600), fault, Light).is_none()));
}

#[test]
fn a_burst_of_faults_counts_the_calls_that_went_well_before_it() {
    let mut breaker = Breaker::new(Duration::ZERO, 0);
    // 1000 calls a second for a minute without a fault, then twenty faults in a row: they are 0.2 % of ten seconds.
    assert!((1..=20).all(|fault| breaker.fault(millis(60_000), 60_000 + fault, Light).is_none()));
}

#[test]
fn one_call_at_a_time_is_tried_until_one_goes_well() {
    let (mut breaker, Opened { until, .. }) = opened(millis(5_000));
    assert_eq!(until, millis(6_000));
    assert_eq!(breaker.admit(until), Admission::Probe);
    assert_eq!(breaker.admit(until), Admission::Refuse);
    assert!(breaker.success(until, 6));
    assert!(breaker.is_closed() && breaker.admit(until) == Admission::Call);
    assert!(!breaker.success(until, 7));
}

#[test]
fn a_probe_that_is_never_heard_of_does_not_keep_it_open_for_ever() {
    let (mut breaker, Opened { until, .. }) = opened(Duration::ZERO);
    assert_eq!(breaker.admit(until), Admission::Probe);
    assert_eq!(breaker.admit(until + millis(1_999)), Admission::Refuse);
    assert_eq!(breaker.admit(until + millis(2_000)), Admission::Probe);
}

#[test]
fn pauses_double_to_a_minute_and_begin_anew_after_a_sound_while() {
    let (mut breaker, Opened { mut until, .. }) = opened(Duration::ZERO);
    let mut pauses = Vec::new();
    for _ in 0..8 {
        assert_eq!(breaker.admit(until), Admission::Probe);
        let again = breaker.fault(until, 6, Light).unwrap();
        pauses.push((again.until - until).as_secs());
        until = again.until;
    }
    assert_eq!(pauses, [2, 4, 8, 16, 32, 60, 60, 60]);
    assert_eq!(breaker.admit(until), Admission::Probe);
    assert!(breaker.success(until, 20));
    let now = until + WINDOW + millis(1);
    let reopened = (21..=25).find_map(|calls| breaker.fault(now, calls, Light)).unwrap();
    assert_eq!(reopened.until - now, FIRST_PAUSE);
}

#[test]
fn closing_does_not_forget_the_pause_of_what_fails_again_at_once() {
    let (mut breaker, Opened { until, .. }) = opened(Duration::ZERO);
    assert_eq!(breaker.admit(until), Admission::Probe);
    assert!(breaker.success(until, 6));
    let reopened = (7..=12).find_map(|calls| breaker.fault(until, calls, Light)).unwrap();
    assert_eq!(reopened.until - until, millis(2_000));
}

/// A breaker of an upstream that opens at `now`, on the last one of twenty calls.
fn upstream(now: Duration) -> (Breaker, Opened) {
    let mut breaker = Breaker::by(Rules::UPSTREAM, now, 0);
    let opened = (1..=20).find_map(|calls| breaker.fault(now, calls, Light)).unwrap();
    (breaker, opened)
}

#[test]
fn an_upstream_has_its_share_of_faults_and_enough_calls_before_it_opens() {
    // Every `nth` call fails, one call each 10 ms: on which call it opens.
    for (nth, expected) in [(1, Some(20)), (2, Some(20)), (3, None), (100, None)] {
        let mut breaker = Breaker::by(Rules::UPSTREAM, Duration::ZERO, 0);
        let fails = (1..500_u64).filter(|call| call % nth == 0);
        let opens = fails.into_iter().find(|call| breaker.fault(millis(call * 10), *call, Light).is_some());
        assert_eq!(opens, expected, "every {nth}th");
    }
    let rules = Rules { share: 5, ..Rules::UPSTREAM };
    let mut breaker = Breaker::by(rules, Duration::ZERO, 0);
    assert!(breaker.fault(millis(10), 21, Light).is_none() && breaker.fault(millis(20), 40, Light).is_some());
}

#[test]
fn an_upstream_is_tried_by_a_few_calls_at_a_time_that_must_all_go_well() {
    let (mut breaker, Opened { until, .. }) = upstream(Duration::ZERO);
    let admit = |breaker: &mut Breaker| [(); 4].map(|()| breaker.admit(until));
    let three = [Admission::Probe, Admission::Probe, Admission::Probe, Admission::Refuse];
    assert_eq!(admit(&mut breaker), three);
    assert!(!breaker.success(until, 21) && !breaker.success(until, 22));
    assert_eq!(breaker.admit(until), Admission::Refuse);
    let again = breaker.fault(until, 23, Light).unwrap();
    assert_eq!(again.until - until, millis(2_000));

    assert_eq!(breaker.admit(again.until), Admission::Probe);
    assert!(!breaker.success(again.until, 24) && !breaker.success(again.until, 25) && breaker.success(again.until, 26));
    assert_eq!(admit(&mut breaker), [Admission::Call; 4]);
}

#[test]
fn a_probe_that_is_given_up_makes_room_for_another() {
    let (mut breaker, Opened { until, .. }) = upstream(Duration::ZERO);
    assert!((0..3).all(|_| breaker.admit(until) == Admission::Probe));
    assert_eq!(breaker.admit(until), Admission::Refuse);
    breaker.give_up();
    assert_eq!([breaker.admit(until), breaker.admit(until)], [Admission::Probe, Admission::Refuse]);
}

#[test]
fn what_has_passed_counts_where_a_probe_is_never_heard_of() {
    let (mut breaker, Opened { until, .. }) = upstream(Duration::ZERO);
    assert!((0..3).all(|_| breaker.admit(until) == Admission::Probe));
    assert!(!breaker.success(until, 21) && !breaker.success(until, 22));
    let later = until + millis(2_000);
    assert_eq!([breaker.admit(later), breaker.admit(later)], [Admission::Probe, Admission::Refuse]);
    assert!(breaker.success(later, 23));
}

/// Steps of time in milliseconds, and whether the call made then fails.
fn calls() -> impl Strategy<Value = Vec<(u64, bool)>> {
    prop::collection::vec((0_u64..3_000, any::<bool>()), 0..300)
}

proptest! {
    #[test]
    fn it_opens_only_on_five_faults_within_the_window_and_lets_one_probe_through_after_a_bounded_pause(calls in calls()) {
        let mut breaker = Breaker::new(Duration::ZERO, 0);
        let (mut now, mut total) = (Duration::ZERO, 0);
        let mut faults: Vec<Duration> = Vec::new();
        let mut open_until = None;
        for (step, fails) in calls {
            now += millis(step);
            let admission = breaker.admit(now);
            if let Some(until) = open_until {
                prop_assert_eq!(admission == Admission::Refuse, now < until);
                prop_assert!(admission != Admission::Call);
            } else {
                prop_assert_eq!(admission, Admission::Call);
            }
            if admission == Admission::Refuse {
                continue;
            }
            total += 1;
            if fails {
                faults.push(now);
                let recent = faults.iter().filter(|at| **at + WINDOW >= now).count();
                let opens = breaker.fault(now, total, Light);
                if admission == Admission::Call && opens.is_some() {
                    prop_assert!(recent >= 5, "opened on {} faults", recent);
                }
                prop_assert!(admission == Admission::Call || opens.is_some());
                if let Some(opened) = opens {
                    let pause = opened.until - now;
                    prop_assert!(pause >= FIRST_PAUSE && pause <= LONGEST_PAUSE);
                    open_until = Some(opened.until);
                }
            } else if admission == Admission::Probe {
                prop_assert!(breaker.success(now, total));
                open_until = None;
                faults.clear();
            }
            prop_assert_eq!(breaker.is_closed(), open_until.is_none());
        }
    }

    #[test]
    fn what_always_fails_is_called_less_than_twice_a_minute_in_the_end(steps in prop::collection::vec(1_u64..500, 4_000)) {
        let mut breaker = Breaker::new(Duration::ZERO, 0);
        let (mut now, mut total) = (Duration::ZERO, 0);
        let mut late = 0_u64;
        for step in steps {
            now += millis(step);
            if breaker.admit(now) != Admission::Refuse {
                total += 1;
                breaker.fault(now, total, Light);
                late += u64::from(now > Duration::from_secs(120));
            }
        }
        prop_assert!(late <= 2 + now.as_secs().saturating_sub(120) / 30, "{} calls by {:?}", late, now);
    }

    #[test]
    fn it_remembers_a_bounded_number_of_moments(steps in prop::collection::vec(0_u64..2_000, 0..500)) {
        let mut window = Window::new(WINDOW, Duration::ZERO, 0);
        let mut now = Duration::ZERO;
        for (calls, step) in steps.into_iter().enumerate() {
            now += millis(step);
            let seen = window.fault(now, calls as u64 * 3 + 1, Light.weight());
            prop_assert!(seen.calls >= 1 && seen.faults >= 1);
            prop_assert!(window.marks() <= 13);
        }
    }
}

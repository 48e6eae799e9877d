use Outcome::*;
use proptest::prelude::*;

use super::*;

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// The first outcome, counted from 1, after which the endpoint is to be ejected.
fn ejects(outcomes: &[Outcome]) -> Option<(usize, Cause)> {
    let mut endpoint = Endpoint::default();
    (1..).zip(outcomes).find_map(|(count, outcome)| {
        endpoint.record(*outcome, Duration::ZERO, &Rules::default()).map(|cause| (count, cause))
    })
}

#[test]
fn five_failures_of_a_kind_in_a_row_are_enough() {
    assert_eq!(ejects(&[ServerError; 9]), Some((5, Cause::ServerErrors)));
    assert_eq!(ejects(&[GatewayError; 9]), Some((5, Cause::GatewayErrors)));
    assert_eq!(ejects(&[LocalError; 9]), Some((5, Cause::LocalErrors)));
    assert_eq!(ejects(&[Success; 99]), None);
}

#[test]
fn a_success_forgives_and_kinds_are_counted_as_envoy_counts_them() {
    let (s, g, l, ok) = (ServerError, GatewayError, LocalError, Success);
    let cases: [(&[Outcome], _); 6] = [
        (&[s, s, s, s, ok, s, s, s, s], None),
        (&[g, g, g, s, g], Some((5, Cause::ServerErrors))),
        (&[l, l, l, l, ok, l, l, l, l], None),
        // A response shows that it can be reached, whatever it says.
        (&[l, l, l, l, s, l, l, l, l], None),
        (&[l, l, l, l, g, l, l, l, l], None),
        // Nobody answering says nothing of the answers.
        (&[s, s, l, s, s, l, s], Some((7, Cause::ServerErrors))),
    ];
    for (outcomes, expected) in cases {
        assert_eq!(ejects(outcomes), expected, "{outcomes:?}");
    }
}

#[test]
fn statuses_are_outcomes() {
    // 501 and 505 are of the request, which any client may send.
    for (status, outcome) in [(200, Success), (404, Success), (429, Success), (500, ServerError), (501, Success)] {
        assert_eq!(Outcome::of(StatusCode::from_u16(status).unwrap()), outcome, "{status}");
    }
    for (status, outcome) in
        [(502, GatewayError), (503, GatewayError), (504, GatewayError), (505, Success), (506, ServerError)]
    {
        assert_eq!(Outcome::of(StatusCode::from_u16(status).unwrap()), outcome, "{status}");
    }
}

#[test]
fn a_kind_that_is_switched_off_ejects_nobody() {
    let rules = Rules { server_errors: 0, gateway_errors: 0, local_errors: 0, ..Rules::default() };
    let mut endpoint = Endpoint::default();
    for outcome in [ServerError, GatewayError, LocalError].repeat(10) {
        assert_eq!(endpoint.record(outcome, Duration::ZERO, &rules), None);
    }
}

#[test]
fn who_may_not_be_ejected_is_asked_for_again() {
    let mut endpoint = Endpoint::default();
    let asked = (0..8).filter_map(|_| endpoint.record(ServerError, Duration::ZERO, &Rules::default())).count();
    assert_eq!(asked, 4);
}

#[test]
fn ejections_in_a_row_take_longer_up_to_five_minutes() {
    let (rules, mut endpoint, mut now) = (Rules::default(), Endpoint::default(), seconds(1_000));
    let mut times = Vec::new();
    for _ in 0..12 {
        let until = endpoint.eject(now, &rules);
        times.push((until - now).as_secs());
        assert!(endpoint.is_ejected(until - Duration::from_nanos(1)) && !endpoint.is_ejected(until));
        now = until;
    }
    assert_eq!(times, [30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 300, 300]);
}

#[test]
fn each_interval_without_ejection_forgives_one() {
    // The time of the sixth ejection in a row, if the endpoint was there for so long since the fifth.
    for (calm, expected) in [(0, 180), (9, 180), (10, 150), (29, 120), (40, 60), (50, 30), (9_000, 30)] {
        let (rules, mut endpoint) = (Rules::default(), Endpoint::default());
        let back = (0..5).fold(Duration::ZERO, |now, _| endpoint.eject(now, &rules));
        let now = back + seconds(calm);
        assert_eq!((endpoint.eject(now, &rules) - now).as_secs(), expected, "after {calm} s");
    }
}

#[test]
fn a_check_that_passes_ends_an_ejection_but_does_not_forgive_it() {
    let (rules, mut endpoint) = (Rules::default(), Endpoint::default());
    endpoint.eject(seconds(0), &rules);
    assert!(endpoint.restore(seconds(5)) && !endpoint.is_ejected(seconds(5)) && !endpoint.restore(seconds(6)));
    assert_eq!(endpoint.eject(seconds(7), &rules), seconds(67));
}

#[test]
fn what_comes_in_from_before_an_ejection_changes_nothing() {
    let (rules, mut endpoint) = (Rules::default(), Endpoint::default());
    endpoint.record(ServerError, seconds(0), &rules);
    let until = endpoint.eject(seconds(0), &rules);
    assert!(!endpoint.has_failed());
    assert!((0..9).all(|at| endpoint.record(ServerError, seconds(at), &rules).is_none()));
    assert!(!endpoint.has_failed());
    assert_eq!((0..5).filter_map(|_| endpoint.record(ServerError, until, &rules)).count(), 1);
}

#[test]
fn half_may_be_ejected_and_one_at_least_but_not_the_only_one() {
    // How many of so many, at so many percent.
    let cases =
        [(0, 50, 0), (1, 50, 0), (2, 50, 1), (3, 50, 1), (4, 50, 2), (10, 50, 5), (3, 10, 1), (3, 100, 3), (3, 0, 0)];
    for (total, max_ejection_percent, expected) in cases {
        let rules = Rules { max_ejection_percent, ..Rules::default() };
        let ejected = (0..).find(|ejected| !rules.may_eject(total, *ejected)).unwrap();
        assert_eq!(ejected, expected, "{max_ejection_percent} % of {total}");
    }
}

/// Which of the endpoints with so many failures in 1,000 requests are outliers.
fn outliers(failures: &[u32]) -> Vec<usize> {
    let volume = |failures: &u32| Volume { requests: 1_000, failures: *failures };
    let threshold = SuccessRate::default().threshold(failures.iter().map(volume));
    let is_outlier = |index: &usize| threshold.is_some_and(|threshold| threshold.condemns(volume(&failures[*index])));
    (0..failures.len()).filter(is_outlier).collect()
}

#[test]
fn who_fails_far_more_often_than_others_is_an_outlier() {
    let cases: [(&[u32], &[usize]); 7] = [
        (&[10, 10, 10, 10, 10, 400], &[5]),
        (&[10, 14, 8, 11, 9, 10, 12, 60, 10, 10], &[7]),
        (&[100; 7], &[]),
        (&[1_000; 7], &[]),
        (&[500, 500, 500, 10, 10, 10], &[]),
        (&[10, 10, 10, 10, 400], &[4]),
        (&[10, 30, 10, 10, 60], &[]),
    ];
    for (failures, expected) in cases {
        assert_eq!(outliers(failures), expected, "{failures:?}");
    }
}

#[test]
fn few_endpoints_or_requests_say_nothing() {
    let rate = SuccessRate::default();
    let volume = |requests| Volume { requests, failures: 0 };
    assert_eq!(rate.threshold([volume(100); 4].into_iter()), None);
    assert_eq!(rate.threshold([volume(99); 40].into_iter()), None);
    let threshold = rate.threshold([volume(100); 6].into_iter()).unwrap();
    assert!(!threshold.condemns(Volume { requests: 99, failures: 99 }));
    assert!(threshold.condemns(Volume { requests: 100, failures: 1 }));
    assert!((threshold.rate() - 1.0).abs() < 1e-12);
}

fn outcome() -> impl Strategy<Value = Outcome> {
    prop::sample::select(vec![Success, Success, ServerError, GatewayError, LocalError])
}

proptest! {
    #[test]
    fn successes_of_who_has_not_failed_need_not_be_told(
        outcomes in prop::collection::vec((outcome(), 0_u64..20), 0..200),
    ) {
        let (rules, mut all, mut some) = (Rules::default(), Endpoint::default(), Endpoint::default());
        let mut now = Duration::ZERO;
        for (outcome, step) in outcomes {
            now += seconds(step);
            let cause = all.record(outcome, now, &rules);
            if outcome != Success || some.has_failed() {
                prop_assert_eq!(some.record(outcome, now, &rules), cause);
            }
            prop_assert_eq!(all, some);
            if cause.is_some() {
                let until = all.eject(now, &rules);
                prop_assert_eq!(some.eject(now, &rules), until);
                let time = until - now;
                prop_assert!(time >= rules.base_ejection && time <= rules.longest_ejection);
            }
        }
    }

    #[test]
    fn few_are_ever_outliers(failures in prop::collection::vec(0_u32..=1_000, 0..30)) {
        prop_assert!(outliers(&failures).len() * 4 <= failures.len(), "Cantelli: at most 1 in 1 + 1.9^2");
    }
}

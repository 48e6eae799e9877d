use proptest::prelude::*;

use super::*;

const SECOND: u64 = 1_000_000_000;

fn gcra(rate: f64, burst: u32) -> Gcra {
    Gcra::new(rate, burst).unwrap()
}

/// The state after a rested key has spent `cost`, and what it was told.
fn spend(limit: Gcra, now: u64, cost: u32) -> (u64, Decision) {
    let mut state = 0;
    let decision = limit.decide(&mut state, now, cost);
    assert!(decision.admitted, "a rested key was refused");
    (state, decision)
}

#[test]
fn a_rested_key_may_spend_its_burst_at_once() {
    let (limit, mut state) = (gcra(100.0, 200), 0);
    let passed = (0..300).filter(|_| limit.decide(&mut state, 7, 1).admitted).count();
    assert_eq!(passed, 200);
}

#[test]
fn an_exhausted_burst_says_when_to_come_back() {
    let limit = gcra(2.0, 1);
    let (state, first) = spend(limit, SECOND, 1);
    assert_eq!((first.remaining, first.more_after), (0, SECOND / 2));
    let wait = SECOND / 2 - 100;
    assert_eq!(limit.peek(&state, SECOND + 100, 1), Decision::refuse(0, wait, Some(wait)));
}

#[test]
fn a_doubled_burst_admits_the_next_request_of_a_spent_key() {
    let (mut state, _) = spend(gcra(1.0, 5), 9, 5);
    assert!(!gcra(1.0, 5).decide(&mut state, 9, 1).admitted);
    let next = gcra(1.0, 10).decide(&mut state, 9, 1);
    assert!(next.admitted);
    assert_eq!(next.remaining, 4);
}

// A plan of one request in ten seconds was spent and then raised to a hundred a second: its consumer went on being refused
// for half a minute, for the state said when the old rate would have paid it back.
#[test]
fn what_was_spent_at_a_slow_rate_is_paid_back_at_the_new_one() {
    let (slow, fast) = (gcra(0.1, 3), gcra(100.0, 200));
    let (mut state, _) = spend(slow, SECOND, 3);
    let refused = fast.decide(&mut state, SECOND, 1);
    assert_eq!(refused, Decision::refuse(0, SECOND / 100, Some(SECOND / 100)));
    assert!(fast.decide(&mut state, SECOND + SECOND / 100, 1).admitted);
}

#[test]
fn what_admits_nothing_is_no_limit() {
    for rate in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e-9] {
        assert!(matches!(Gcra::new(rate, 1), Err(RateError::Rate(_))), "{rate}");
    }
    assert_eq!(Gcra::new(1.0, 0), Err(RateError::Burst));
    assert_eq!(Gcra::new(1e-6, 20_000), Err(RateError::Refill { rate: 1e-6, burst: 20_000 }));
}

proptest! {
    #[test]
    fn whoever_is_told_to_be_refused_is(
        arrival in 0..20 * SECOND, now in 0..10 * SECOND, burst in 1u32..5, cost in 0u32..7,
    ) {
        let limit = gcra(1.0, burst);
        prop_assert_eq!(limit.refuses(&arrival, now, cost), !limit.peek(&arrival, now, cost).admitted);
    }

    // A burst that took longer to come back than the clock can count let everything pass.
    #[test]
    fn what_is_accepted_as_a_limit_is_one(rate in SLOWEST..1.0, burst in 1u32.., nodes in 1u32..) {
        const NOW: u64 = 1_800_000_000 * SECOND;
        let Ok(limit) = Gcra::new(rate, burst) else { return Ok(()) };
        for limit in [limit, limit.share(nodes)] {
            let mut state = 0;
            prop_assert!(limit.decide(&mut state, NOW, limit.burst()).admitted);
            prop_assert!(!limit.decide(&mut state, NOW, 1).admitted);
        }
    }

    #[test]
    fn no_input_overflows(arrival: u64, now: u64, cost: u32, rate in SLOWEST..FASTEST, burst in 1u32..) {
        // Those that take too long to come back are no limits; the same rate with a burst that does is.
        let burst = burst.min((rate * 3e8) as u32).max(1);
        let limit = Gcra::new(rate, burst).unwrap();
        let mut state = arrival;
        let _decided = limit.decide(&mut state, now, cost);
        let _refuses = limit.refuses(&state, now, cost);
        let _rest = limit.rest_after(&state, now);
        limit.give_back(&mut state, now, cost);
    }
}

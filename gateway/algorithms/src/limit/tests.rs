use proptest::prelude::*;

use super::*;

const SECOND: u64 = 1_000_000_000;

fn quota(rate: f64, burst: u32) -> Quota {
    Quota::new(rate, burst).unwrap()
}

/// Sends requests of cost 1 at the given times and returns which of them passed.
fn replay(quota: Quota, times: &[u64]) -> Vec<bool> {
    let mut state = 0;
    times
        .iter()
        .map(|&now| match quota.decide(state, now, 1) {
            Decision::Admit(admitted) => {
                state = admitted.arrival;
                true
            }
            Decision::Refuse(_) => false,
        })
        .collect()
}

/// The textbook token bucket, counted in nanoseconds of refill so that it is exact.
fn token_bucket(quota: Quota, times: &[u64]) -> Vec<bool> {
    let full = quota.window();
    let (mut tokens, mut last) = (full, 0);
    times
        .iter()
        .map(|&now| {
            tokens = full.min(tokens + (now - last));
            last = now;
            let admitted = tokens >= quota.interval;
            if admitted {
                tokens -= quota.interval;
            }
            admitted
        })
        .collect()
}

#[test]
fn a_rested_key_may_spend_its_burst_at_once() {
    let passed = replay(quota(100.0, 200), &[7; 201]);
    assert_eq!(passed.iter().filter(|ok| **ok).count(), 200);
    assert!(!passed[200]);
}

#[test]
fn an_exhausted_burst_says_when_to_come_back() {
    let quota = quota(2.0, 1);
    let Decision::Admit(first) = quota.decide(0, SECOND, 1) else { panic!("a rested key was refused") };
    assert_eq!(first.remaining, 0);
    assert_eq!(first.more_after, SECOND / 2);
    assert_eq!(
        quota.decide(first.arrival, SECOND + 100, 1),
        Decision::Refuse(Refused {
            arrival: first.arrival,
            remaining: 0,
            retry_after: Some(SECOND / 2 - 100),
            more_after: SECOND / 2 - 100
        })
    );
}

#[test]
fn a_doubled_burst_admits_the_next_request_of_a_spent_key() {
    let Decision::Admit(spent) = quota(1.0, 5).decide(0, 9, 5) else { panic!("a rested key was refused") };
    assert!(matches!(quota(1.0, 5).decide(spent.arrival, 9, 1), Decision::Refuse(_)));
    let Decision::Admit(next) = quota(1.0, 10).decide(spent.arrival, 9, 1) else {
        panic!("the wider burst did not act")
    };
    assert_eq!(next.remaining, 4);
}

// A plan of one request in ten seconds was spent and then raised to a hundred a second: its consumer went on being refused
// for half a minute, for the state said when the old rate would have paid it back.
#[test]
fn what_was_spent_at_a_slow_rate_is_paid_back_at_the_new_one() {
    let (slow, fast) = (quota(0.1, 3), quota(100.0, 200));
    let Decision::Admit(spent) = slow.decide(0, SECOND, 3) else { panic!("a rested key was refused") };
    let Decision::Refuse(refused) = fast.decide(spent.arrival, SECOND, 1) else {
        panic!("a spent key was admitted at once")
    };
    assert_eq!(refused.retry_after, Some(SECOND / 100));
    assert_eq!(refused.more_after, SECOND / 100);
    assert!(matches!(fast.decide(refused.arrival, SECOND + SECOND / 100, 1), Decision::Admit(_)));
}

#[test]
fn a_cost_above_the_burst_never_passes_and_says_so() {
    let Decision::Refuse(refused) = quota(1.0, 3).decide(0, 0, 4) else { panic!("more than the burst passed") };
    assert_eq!(refused.retry_after, None);
    assert_eq!(refused.remaining, 3);
}

#[test]
fn what_admits_nothing_is_no_quota() {
    for rate in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e-9] {
        assert!(matches!(Quota::new(rate, 1), Err(QuotaError::Rate(_))), "{rate}");
    }
    assert_eq!(Quota::new(1.0, 0), Err(QuotaError::Burst));
}

fn quotas() -> impl Strategy<Value = Quota> {
    (1u32..100_000, 1u32..1_000).prop_map(|(rate, burst)| quota(f64::from(rate) / 10.0, burst))
}

/// Non-decreasing times with gaps from nothing to a few intervals.
fn times() -> impl Strategy<Value = Vec<u64>> {
    prop::collection::vec(prop_oneof![Just(0), 0u64..SECOND / 50, 0u64..3 * SECOND], 1..200).prop_map(|gaps| {
        gaps.into_iter()
            .scan(0, |now, gap| {
                *now += gap;
                Some(*now)
            })
            .collect()
    })
}

proptest! {
    #[test]
    fn outcomes_equal_those_of_a_token_bucket(quota in quotas(), times in times()) {
        prop_assert_eq!(replay(quota, &times), token_bucket(quota, &times));
    }

    #[test]
    fn a_refused_request_passes_at_the_promised_moment_and_not_before(
        quota in quotas(), spent in 1u64..u64::from(u32::MAX), now in 0u64..SECOND, cost in 1u32..1_000,
    ) {
        let arrival = now + spent;
        if let Decision::Refuse(Refused { arrival, retry_after: Some(wait), .. }) = quota.decide(arrival, now, cost) {
            prop_assert!(wait > 0);
            prop_assert!(matches!(quota.decide(arrival, now + wait - 1, cost), Decision::Refuse(_)));
            prop_assert!(matches!(quota.decide(arrival, now + wait, cost), Decision::Admit(_)));
        }
    }

    #[test]
    fn what_is_said_to_remain_passes_and_one_more_does_not(quota in quotas(), now in SECOND..10 * SECOND, cost in 1u32..50) {
        if let Decision::Admit(admitted) = quota.decide(0, now, cost.min(quota.burst())) {
            if admitted.remaining > 0 {
                prop_assert!(matches!(quota.decide(admitted.arrival, now, admitted.remaining), Decision::Admit(_)));
            }
            prop_assert!(matches!(quota.decide(admitted.arrival, now, admitted.remaining + 1), Decision::Refuse(_)));
        }
    }

    #[test]
    fn one_more_passes_when_it_was_said_to_and_not_before(quota in quotas(), now in SECOND..10 * SECOND, cost in 1u32..50) {
        if let Decision::Admit(admitted) = quota.decide(0, now, cost.min(quota.burst())) {
            let later = now + admitted.more_after;
            let more = admitted.remaining + 1;
            prop_assert!(matches!(quota.decide(admitted.arrival, later, more), Decision::Admit(_)));
            prop_assert!(matches!(quota.decide(admitted.arrival, later - 1, more), Decision::Refuse(_)));
        }
    }

    #[test]
    fn no_input_overflows(arrival: u64, now: u64, cost: u32, rate in SLOWEST..FASTEST, burst in 1u32..) {
        let quota = Quota::new(rate, burst).unwrap();
        let _decided = quota.decide(arrival, now, cost);
    }
}

//! What every limit promises, held against slow and obvious references over random schedules.

mod changes;
mod reference;

use std::fmt::Debug;

use proptest::prelude::*;

use self::reference::{Bucket, Events, Queue, Reference};
use super::*;

const SECOND: u64 = 1_000_000_000;

/// Moments and costs, in the order of time.
type Schedule = Vec<(u64, u32)>;

/// Gaps from nothing to a few windows, with the edges of a window among them.
fn schedules(window: u64, costs: u32) -> impl Strategy<Value = Schedule> {
    let gap = prop_oneof![
        3 => Just(0),
        3 => 0..=window / 8 + 1,
        2 => 0..=window,
        1 => 0..=3 * window,
        1 => Just(window),
        1 => Just(window - 1),
        1 => Just(window + 1),
    ];
    let cost = prop_oneof![4 => Just(1), 1 => 0..=costs];
    prop::collection::vec((gap, cost), 1..60).prop_map(|steps| {
        let timed = steps.into_iter().scan(0, |now, (gap, cost)| {
            *now += gap;
            Some((*now, cost))
        });
        timed.collect()
    })
}

/// A limit and a window, a schedule for them, and where the clock stands when it begins.
fn windows() -> impl Strategy<Value = (u64, u64, u64, Schedule)> {
    // Windows of few nanoseconds meet every edge, long ones large products.
    let window = prop_oneof![1..=60u64, 1..=90 * SECOND];
    (1..=20u64, window, prop_oneof![Just(0), 0..=1_000 * SECOND]).prop_flat_map(|(limit, window, begin)| {
        schedules(window, limit as u32 + 2).prop_map(move |schedule| (limit, window, begin, schedule))
    })
}

/// A rate with a whole number of nanoseconds for each request, a burst, and a schedule.
fn rates() -> impl Strategy<Value = (u64, u32, Schedule)> {
    let interval = prop_oneof![1..=9u64, 1..=10 * SECOND];
    (interval, 1..=20u32).prop_flat_map(|(interval, burst)| {
        schedules(interval * u64::from(burst), burst + 2).prop_map(move |schedule| (interval, burst, schedule))
    })
}

/// Runs a schedule and compares every word of every answer with what the reference would do.
fn agree<L>(limit: L, mut reference: impl Reference, begin: u64, schedule: &Schedule)
where
    L: Limit,
    L::State: PartialEq + Debug,
{
    let mut state = L::State::default();
    for &(at, cost) in schedule {
        let now = begin + at;
        let before = state.clone();
        let peeked = limit.peek(&state, now, cost);
        let decision = limit.decide(&mut state, now, cost);
        let (cost, most) = (u64::from(cost), limit.limit());

        assert_eq!(decision, peeked);
        assert_eq!(decision.admitted, reference.passes(now, cost), "cost {cost} at {now}: {decision:?}");
        if decision.admitted {
            assert_eq!(decision.delay, reference.take(now, cost));
            assert_eq!(decision.retry_after, Some(0));
        } else {
            assert_eq!(state, before, "a refusal took something");
            assert_eq!(decision.retry_after.is_none(), cost > most);
        }
        if cost == 0 {
            assert!(decision.admitted);
            assert_eq!(state, before, "a cost of 0 took something");
        }
        if let (false, Some(wait)) = (decision.admitted, decision.retry_after) {
            opens(&reference, now, wait, cost);
        }

        assert!(reference.passes(now, decision.remaining), "what remains does not pass: {decision:?}");
        if decision.remaining < most {
            opens(&reference, now, decision.more_after, decision.remaining + 1);
        } else {
            assert_eq!((decision.remaining, decision.more_after), (most, 0));
        }

        assert_eq!(limit.refuses(&state, now, 1), !reference.passes(now, 1));
        let rest = limit.rest_after(&state, now);
        if rest > 0 {
            opens(&reference, now, rest, most);
        }
        assert_eq!(limit.rests(&state, now), reference.passes(now, most));
    }
}

/// `cost` passes after `wait`, and at no moment before.
fn opens(reference: &impl Reference, now: u64, wait: u64, cost: u64) {
    assert!(wait > 0, "{cost} passes already");
    assert!(reference.passes(now + wait, cost), "{cost} does not pass {wait} after {now}");
    for early in [0, wait / 3, wait / 2, wait - 1] {
        assert!(!reference.passes(now + early, cost), "{cost} passes {early} after {now}, not only {wait}");
    }
}

/// Takes and gives back at once, and looks whether anybody could tell.
fn leaves_no_trace<L: Limit>(limit: L, begin: u64, schedule: &Schedule, strangers: &[u32]) {
    let (mut state, mut twin) = (L::State::default(), L::State::default());
    for (&(at, cost), &stranger) in schedule.iter().zip(strangers.iter().cycle()) {
        let now = begin + at;
        if limit.decide(&mut twin, now, stranger).admitted {
            limit.give_back(&mut twin, now, stranger);
        }
        assert_eq!(limit.decide(&mut state, now, cost), limit.decide(&mut twin, now, cost));
    }
}

/// The rate that makes `interval` nanoseconds a request.
fn rate(interval: u64) -> f64 {
    1e9 / interval as f64
}

proptest! {
    #[test]
    fn gcra_is_a_token_bucket((interval, burst, schedule) in rates()) {
        agree(Gcra::new(rate(interval), burst).unwrap(), Bucket::new(interval, burst), 0, &schedule);
    }

    #[test]
    fn a_leaky_bucket_is_a_queue((interval, burst, schedule) in rates(), undelayed in 0..25u32) {
        let limit = LeakyBucket::new(rate(interval), burst - 1, undelayed).unwrap();
        agree(limit, Queue::new(interval, burst - 1, undelayed), 0, &schedule);
    }

    #[test]
    fn a_fixed_window_counts_what_came_since_its_begin((limit, window, begin, schedule) in windows()) {
        agree(FixedWindow::new(limit, window).unwrap(), Events::fixed(limit, window), begin, &schedule);
    }

    #[test]
    fn a_sliding_window_weighs_the_one_before((limit, window, begin, schedule) in windows()) {
        agree(SlidingWindow::new(limit, window).unwrap(), Events::sliding(limit, window), begin, &schedule);
    }

    #[test]
    fn a_log_counts_what_came_within_the_window((limit, window, begin, schedule) in windows()) {
        agree(SlidingLog::new(limit, window).unwrap(), Events::log(limit, window), begin, &schedule);
    }

    #[test]
    fn what_is_given_back_at_once_was_never_taken(
        (limit, window, begin, schedule) in windows(), strangers in prop::collection::vec(0..25u32, 1..20),
    ) {
        let interval = window.div_ceil(limit);
        leaves_no_trace(Gcra::new(rate(interval), limit as u32).unwrap(), begin, &schedule, &strangers);
        leaves_no_trace(LeakyBucket::new(rate(interval), limit as u32, 3).unwrap(), begin, &schedule, &strangers);
        leaves_no_trace(FixedWindow::new(limit, window).unwrap(), begin, &schedule, &strangers);
        leaves_no_trace(SlidingWindow::new(limit, window).unwrap(), begin, &schedule, &strangers);
        leaves_no_trace(SlidingLog::new(limit, window).unwrap(), begin, &schedule, &strangers);
    }

    #[test]
    fn as_many_are_in_flight_as_may_be(limit in 1..20u32, acts in prop::collection::vec((any::<bool>(), 0..25u32), 1..60)) {
        let (rule, mut state, mut running) = (Concurrency::new(limit).unwrap(), 0, Vec::new());
        for (arrives, cost) in acts {
            if arrives {
                let before: u32 = running.iter().sum();
                let decision = rule.decide(&mut state, 0, cost);
                prop_assert_eq!(decision.admitted, before + cost <= limit);
                prop_assert_eq!(decision.retry_after, (cost <= limit).then_some(0));
                if decision.admitted {
                    running.push(cost);
                }
                prop_assert_eq!(decision.remaining, u64::from(limit - running.iter().sum::<u32>()));
            } else if let Some(cost) = running.pop() {
                rule.release(&mut state, cost);
            }
            prop_assert_eq!(rule.rests(&state, 0), running.iter().sum::<u32>() == 0);
        }
    }

    #[test]
    fn no_input_overflows(
        limit in 1..=1u64 << 53, window in 1..=366 * 24 * 3_600 * SECOND,
        calls in prop::collection::vec((any::<u64>(), any::<u32>()), 1..20),
    ) {
        survives(FixedWindow::new(limit, window).unwrap(), &calls);
        survives(SlidingWindow::new(limit, window).unwrap(), &calls);
        survives(SlidingLog::new(limit.min(SlidingLog::MOST), window).unwrap(), &calls);
        // The slowest that comes back within ten years, and as much as there is at a rate that does.
        survives(LeakyBucket::new(1e-6, 300, u32::MAX).unwrap(), &calls);
        survives(LeakyBucket::new(100.0, u32::MAX, u32::MAX).unwrap(), &calls);
        survives(Concurrency::new(u32::MAX).unwrap(), &calls);
    }
}

/// Times in any order and any cost: whatever is answered, it is answered.
fn survives<L: Limit>(limit: L, calls: &[(u64, u32)]) {
    let mut state = L::State::default();
    for &(now, cost) in calls {
        for cost in [cost, cost % 100] {
            let _decided = limit.decide(&mut state, now, cost);
            let _rest = limit.rest_after(&state, now);
            let _refuses = limit.refuses(&state, now, cost);
        }
        limit.give_back(&mut state, now, cost % 200);
    }
}

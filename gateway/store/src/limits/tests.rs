//! Charges of several limits: on one node, and with those that nodes share in a real Redis.

use std::time::Duration;

use gateway_algorithms::limit::{Algorithm, Concurrency, FixedWindow, Gcra, LeakyBucket, SlidingLog};
use gateway_model::{Counting, OnOutage};
use sluice_testkit::redis::Redis;

use super::*;
use crate::{
    remote::{
        RemoteStores,
        limits::{Group, LeaseOptions, Leases, SharedLimits},
    },
    usage::{StoredUsage, Usage},
};

/// 2026-07-01T12:00:00Z
const NOON: u64 = 1_782_907_200_000;

fn hourly(burst: u32) -> Algorithm {
    Gcra::new(f64::from(burst) / 3_600.0, burst).expect("a sound limit").into()
}

fn alone() -> Limiters {
    Limiters::new(1_000, Usage::new(StoredUsage::default()).into(), Clock::manual(NOON))
}

/// A node that shares its counters; it is patient, for another test may have the processor.
fn together(redis: &Redis) -> Limiters {
    let stores = RemoteStores::new([("shared", redis.url())]).expect("a sound address");
    let limits = SharedLimits::new(stores.get("shared").expect("it was named"), "a", Duration::from_secs(30));
    let options = LeaseOptions { life: Duration::from_secs(60), ..LeaseOptions::default() };
    let leases = Leases::new(&limits, options);
    alone().with_shared(Shared { limits, leases, group: Group::new("tests").expect("a sound name") })
}

fn redis() -> Redis {
    Redis::start().unwrap_or_else(|error| panic!("{error:#}"))
}

fn settings(name: &str, algorithm: Algorithm, counting: Counting) -> LimitSettings {
    LimitSettings { name: name.into(), algorithm, counting, on_outage: OnOutage::Deny, max_keys: 0, shadow: false }
}

fn define(limiters: &Limiters, settings: LimitSettings) -> Limit {
    limiters.define("a", settings).expect("a limit that can be counted so")
}

fn remaining(charged: &Charged) -> Vec<u64> {
    charged.answers.iter().map(|answer| answer.decision().expect("it was asked").remaining).collect()
}

/// Charges until the store has answered: it connects in the background.
async fn charge(limiters: &Limiters, draws: &[Draw<'_>]) -> Charged {
    loop {
        let charged = limiters.charge_shared(draws).await;
        if charged.outcome != Outcome::Unavailable {
            return charged;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[test]
fn a_refused_request_takes_nothing_and_is_told_what_each_limit_has_left() {
    let limiters = alone();
    let [wide, narrow] = [("wide", 10), ("narrow", 1)]
        .map(|(name, burst)| define(&limiters, settings(name, hourly(burst), Counting::Local)));
    let draws = [wide.draw(wide.key("k"), 3), narrow.draw(narrow.key("k"), 1)];
    let first = limiters.charge(&draws);
    assert_eq!((first.outcome, remaining(&first)), (Outcome::Admitted, vec![7, 0]));
    let second = limiters.charge(&draws);
    assert_eq!((second.outcome, remaining(&second)), (Outcome::Refused, vec![7, 0]));
}

#[test]
fn a_limit_that_is_looked_at_only_makes_no_request_wait() {
    let limiters = alone();
    let slow = LeakyBucket::new(1.0, 10, 0).expect("a sound limit");
    let shadow = define(&limiters, LimitSettings { shadow: true, ..settings("s", slow.into(), Counting::Local) });
    let draws = [shadow.draw(shadow.key("k"), 1)];
    let delays: Vec<u64> = (0..3).map(|_| limiters.charge(&draws).delay).collect();
    assert_eq!(delays, [0, 0, 0]);
    let enforced = define(&limiters, settings("e", slow.into(), Counting::Local));
    let draws = [enforced.draw(enforced.key("k"), 1)];
    let delays: Vec<u64> = (0..3).map(|_| limiters.charge(&draws).delay / 1_000_000_000).collect();
    assert_eq!(delays, [0, 1, 2]);
}

#[test]
fn a_definition_of_another_size_takes_nothing_from_the_one_in_use() {
    let limiters = alone();
    let in_use = define(&limiters, settings("p", hourly(2), Counting::Local));
    let key = in_use.key("k");
    assert_eq!(limiters.take(&in_use.draw(key, 2)).remaining, 0);
    let _tried = define(&limiters, LimitSettings { max_keys: 7, ..settings("p", hourly(2), Counting::Local) });
    let again = define(&limiters, settings("p", hourly(2), Counting::Local));
    assert!(!limiters.take(&again.draw(again.key("k"), 1)).admitted, "it was forgiven");
}

#[test]
fn no_plugin_takes_more_memory_than_the_settings_give() {
    let limiters = alone();
    let many = LimitSettings { max_keys: 1_001, ..settings("p", hourly(2), Counting::Local) };
    let error = limiters.define("a", many).expect_err("it is more than 1,000");
    assert!(error.contains("1001") && error.contains("1000") && error.contains("limits.keys"), "{error}");
    let log = SlidingLog::new(100, 3_600_000_000_000).expect("a sound limit");
    let log = define(&limiters, settings("log", log.into(), Counting::Local));
    for number in 0..1_000 {
        let _whatever = limiters.take(&log.draw(log.key(&number.to_string()), 1));
    }
    assert!((1..=75).contains(&log.keys_in_use()), "{} logs of 100 moments", log.keys_in_use());
}

#[test]
fn a_key_that_anybody_can_compute_is_not_where_it_lies_in_memory() {
    let shared = KeyHash::shared().key("10.0.0.1");
    assert_ne!(shared.concealed(), shared);
    assert_eq!(shared.concealed(), KeyHash::shared().key("10.0.0.1").concealed());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_of_the_store_gives_back_what_a_slice_and_the_node_gave() {
    let redis = redis();
    let limiters = together(&redis);
    let window: Algorithm = FixedWindow::new(100, 3_600_000_000_000).expect("a sound limit").into();
    let leased = define(&limiters, settings("leased", window, Counting::Leased));
    let exact = define(&limiters, settings("exact", hourly(1), Counting::Exact));
    let here = define(&limiters, settings("here", Concurrency::new(5).expect("a sound limit").into(), Counting::Local));
    let draws = [leased.draw(leased.key("k"), 4), exact.draw(exact.key("k"), 1), here.draw(here.key("k"), 1)];
    let first = charge(&limiters, &draws).await;
    assert_eq!((first.outcome, first.permits.len()), (Outcome::Admitted, 1));
    let left = remaining(&first);
    for _ in 0..3 {
        let refused = charge(&limiters, &draws).await;
        assert_eq!((refused.outcome, remaining(&refused)), (Outcome::Refused, vec![left[0], 0, 4]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_that_are_looked_at_only_refuse_nothing_and_are_not_charged_for_what_is_refused() {
    let redis = redis();
    let limiters = together(&redis);
    let shadow = |name, burst| LimitSettings { shadow: true, ..settings(name, hourly(burst), Counting::Exact) };
    let [spent, ample] = [("spent", 1), ("ample", 10)].map(|(name, burst)| define(&limiters, shadow(name, burst)));
    let exact = define(&limiters, settings("exact", hourly(2), Counting::Exact));
    let draws = [spent.draw(spent.key("k"), 1), ample.draw(ample.key("k"), 1), exact.draw(exact.key("k"), 1)];
    for left in [[0, 9, 1], [0, 8, 0]] {
        let charged = charge(&limiters, &draws).await;
        assert_eq!((charged.outcome, remaining(&charged)), (Outcome::Admitted, left.to_vec()));
    }
    for _ in 0..3 {
        let refused = charge(&limiters, &draws).await;
        assert_eq!((refused.outcome, remaining(&refused)), (Outcome::Refused, vec![0, 8, 0]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_is_given_up_is_given_back() {
    let redis = redis();
    let limiters = together(&redis);
    let window: Algorithm = FixedWindow::new(1_000, 3_600_000_000_000).expect("a sound limit").into();
    let leased = define(&limiters, settings("leased", window, Counting::Leased));
    let exact = define(&limiters, settings("exact", hourly(100), Counting::Exact));
    let leased_only = [leased.draw(leased.key("k"), 1)];
    let left = remaining(&charge(&limiters, &leased_only).await)[0];
    let draws = [leased.draw(leased.key("k"), 1), exact.draw(exact.key("k"), 1)];
    redis.stall().expect("it stands still");
    for _ in 0..20 {
        let mut charging = Box::pin(limiters.charge_shared(&draws));
        // Polled once: the slice has given, and the store is asked.
        let waits = std::future::poll_fn(|context| std::task::Poll::Ready(charging.as_mut().poll(context))).await;
        assert!(waits.is_pending());
    }
    redis.resume().expect("it goes on");
    assert_eq!(remaining(&charge(&limiters, &[leased.draw(leased.key("k"), 0)]).await), [left]);
    let look = [exact.draw(exact.key("k"), 0)];
    // What the store had taken when it stood still is given back by the exchange after that.
    let given_back = async { while remaining(&charge(&limiters, &look).await) != [100] {} };
    tokio::time::timeout(Duration::from_secs(20), given_back).await.expect("nothing stays taken");
}

#[tokio::test]
async fn without_a_store_each_limit_does_what_its_policy_says() {
    let limiters = alone();
    let local = define(&limiters, settings("p", hourly(1), Counting::Local));
    let draw =
        |on_outage, enforced| Draw { counting: Counting::Exact, on_outage, enforced, ..local.draw(local.key("k"), 1) };
    let outcome = async |draw| limiters.charge_shared(&[draw]).await.outcome;
    assert_eq!(outcome(draw(OnOutage::Deny, true)).await, Outcome::Unavailable);
    assert_eq!(outcome(draw(OnOutage::Deny, false)).await, Outcome::Admitted);
    assert_eq!(outcome(draw(OnOutage::Allow, true)).await, Outcome::Admitted);
    assert_eq!(outcome(draw(OnOutage::LocalShare, true)).await, Outcome::Admitted);
    assert_eq!(outcome(draw(OnOutage::LocalShare, true)).await, Outcome::Refused);
}

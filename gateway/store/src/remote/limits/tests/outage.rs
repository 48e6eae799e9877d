//! What becomes of charges when the store does not answer.

use std::time::Instant;

use futures_util::FutureExt;

use super::{super::batch::BATCH, *};

/// What the machine may take to run a task whose time has come, while other tests run.
const SLACK: Duration = Duration::from_millis(250);

fn one() -> Charge {
    charge([draw("k", fixed(1_000_000, 60 * MINUTE), 1)])
}

/// Charges one after the other until `until` holds, and none may take longer than the deadline.
async fn charge_while(limits: &SharedLimits, until: impl Fn(&Result<Charged, Outage>) -> bool) {
    let start = Instant::now();
    loop {
        let began = Instant::now();
        let answer = limits.charge(one()).await;
        assert!(began.elapsed() < DEADLINE + SLACK, "{answer:?} after {:?}", began.elapsed());
        if until(&answer) {
            return;
        }
        assert!(start.elapsed() < Duration::from_secs(10), "still {answer:?}");
        time::sleep(Duration::from_millis(1)).await;
    }
}

#[tokio::test]
async fn a_store_that_was_killed_refuses_at_once_and_is_found_again() {
    let mut redis = redis();
    let limits = node(&redis, "a");
    connected(&limits).await;
    for _ in 0..2 {
        redis.stop().expect("it ends");
        charge_while(&limits, |answer| answer == &Err(Outage::Down)).await;
        let began = Instant::now();
        for _ in 0..1_000 {
            assert_eq!(limits.charge(one()).await, Err(Outage::Down));
        }
        assert!(began.elapsed() < SLACK, "they do not wait: {:?}", began.elapsed());
        redis.restart().expect("it starts");
        charge_while(&limits, Result::is_ok).await;
    }
    assert!(limits.counts().downs >= 2, "{:?}", limits.counts());
}

#[tokio::test]
async fn a_store_that_stalls_holds_nobody_up_beyond_the_deadline() {
    let redis = redis();
    let limits = node(&redis, "a");
    connected(&limits).await;
    charge_while(&limits, Result::is_ok).await;
    redis.stall().expect("it stops");
    charge_while(&limits, |answer| answer == &Err(Outage::Down)).await;
    let mut waited = 0;
    for _ in 0..200 {
        let began = Instant::now();
        assert!(limits.charge(one()).await.is_err());
        waited += u32::from(began.elapsed() > Duration::from_millis(20));
        time::sleep(Duration::from_millis(2)).await;
    }
    assert!(waited < 20, "{waited} of 200 waited, though it was known to be down");
    redis.resume().expect("it goes on");
    charge_while(&limits, Result::is_ok).await;
}

#[tokio::test]
async fn a_charge_that_was_given_up_is_not_taken_when_the_store_goes_on() {
    let (redis, deadline) = (redis(), Duration::from_millis(500));
    let limits = node_at(redis.url(), "a", deadline);
    connected(&limits).await;
    let small = || charge([draw("small", fixed(20, 60 * MINUTE), 1)]);
    assert!(limits.charge(small()).await.expect("it is up").admitted());
    redis.stall().expect("it stops");
    let given_up = futures_util::future::join_all((0..10).map(|_| limits.charge(small()))).await;
    assert!(given_up.iter().all(Result::is_err));
    // They lie in the server's socket and are read when it goes on, after all deadlines.
    time::sleep(deadline * 2).await;
    redis.resume().expect("it goes on");
    connected(&limits).await;
    let answer = limits.charge(small()).await.expect("it is up");
    assert_eq!(answer.decisions[0].remaining, 18, "one before, and this one");
}

#[tokio::test]
async fn a_store_that_takes_connections_but_no_charges_is_not_asked_all_the_time() {
    let redis = redis();
    let elsewhere = super::redis();
    let address = elsewhere.url();
    let (host, port) = address.trim_start_matches("redis://").split_once(':').expect("an address");
    let limits = node(&redis, "a");
    connected(&limits).await;
    // What is a replica now was asked under this address before.
    assert_eq!(redis.command(&["REPLICAOF", host, port]).expect("answers"), "+OK");
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(1) {
        assert!(limits.charge(one()).await.is_err());
        time::sleep(Duration::from_millis(1)).await;
    }
    assert!((1..10).contains(&limits.counts().downs), "{:?}", limits.counts());
    assert_eq!(redis.command(&["REPLICAOF", "NO", "ONE"]).expect("answers"), "+OK");
    charge_while(&limits, Result::is_ok).await;
}

#[tokio::test]
async fn a_store_that_was_never_there_is_found_when_it_comes() {
    let mut redis = redis();
    redis.stop().expect("it ends");
    let limits = node(&redis, "a");
    charge_while(&limits, |answer| answer == &Err(Outage::Down)).await;
    assert_eq!(limits.live_nodes(), 1);
    redis.restart().expect("it starts");
    charge_while(&limits, Result::is_ok).await;
}

#[tokio::test]
async fn charges_that_wait_are_bounded() {
    let redis = redis();
    let limits = patient(&redis, "a");
    connected(&limits).await;
    redis.stall().expect("it stops");
    let mut waiting = Vec::new();
    let more = loop {
        let mut charge = Box::pin(limits.charge(one()));
        match (&mut charge).now_or_never() {
            Some(answer) => break answer,
            None => waiting.push(charge),
        }
        assert!(waiting.len() <= WAITING + BATCH, "besides those that wait, one exchange is under way");
    };
    assert_eq!(more, Err(Outage::Busy));
    redis.resume().expect("it goes on");
    for answer in futures_util::future::join_all(waiting).await {
        assert!(answer.expect("it waited for its turn").admitted());
    }
}

#[tokio::test]
async fn a_charge_with_too_many_draws_is_not_sent() {
    let redis = redis();
    let limits = patient(&redis, "a");
    let many = vec![draw("k", gcra(1.0, 1), 1); DRAWS + 1];
    assert_eq!(limits.charge(charge(many)).await, Err(Outage::Busy));
}

//! With a real Redis.

use std::time::Instant;

use bytes::Bytes;
use sluice_testkit::redis::Redis;

use super::*;
use crate::remote::RemoteStores;

/// What the machine may take beyond a deadline, while other tests run.
const SLACK: Duration = Duration::from_millis(400);

const HOUR: Duration = Duration::from_secs(3600);

fn redis() -> Redis {
    Redis::start().unwrap_or_else(|error| panic!("{error:#}"))
}

fn store(redis: &Redis) -> RemoteStore {
    RemoteStores::new([("shared", redis.url())]).unwrap().get("shared").unwrap().clone()
}

/// A tier that is patient, as machines that run tests may be slow.
fn tier(redis: &Redis) -> SharedTier {
    SharedTier::new(&store(redis), SharedOptions { deadline: Duration::from_secs(5), ..SharedOptions::default() })
}

fn hasty(redis: &Redis) -> SharedTier {
    let options = SharedOptions {
        deadline: Duration::from_millis(50),
        pause: Duration::from_millis(100),
        ..SharedOptions::default()
    };
    SharedTier::new(&store(redis), options)
}

fn key(number: u8) -> CacheKey {
    CacheKey::new([number; 32])
}

fn name(number: u8) -> String {
    format!("sluice:cache:{:x}", key(number))
}

fn record(head: &'static [u8], body: &[&'static [u8]]) -> Record {
    Record { head: Bytes::from_static(head), body: body.iter().map(|piece| Bytes::from_static(piece)).collect() }
}

/// Waits for what goes on in the background.
async fn until(what: impl Fn() -> bool) {
    let waited = async {
        while !what() {
            time::sleep(Duration::from_millis(1)).await;
        }
    };
    time::timeout(Duration::from_secs(20), waited).await.expect("it happens");
}

async fn put(tier: &SharedTier, number: u8, record: Record) {
    let before = tier.stats();
    tier.put(key(number), record, HOUR);
    until(|| tier.stats().written + tier.stats().dropped > before.written + before.dropped).await;
}

#[tokio::test]
async fn what_one_node_puts_another_finds() {
    let redis = redis();
    let (one, other) = (tier(&redis), tier(&redis));
    assert_eq!(other.get(key(1)).await, None);
    put(&one, 1, record(b"\0\xff\r\nhead", &[b"a\0b", b"", b"\r\nc"])).await;
    let found = other.get(key(1)).await.unwrap();
    assert_eq!((&found.head[..], &found.body[..]), (&b"\0\xff\r\nhead"[..], &[Bytes::from_static(b"a\0b\r\nc")][..]));
    put(&other, 1, record(b"", &[])).await;
    assert_eq!(one.get(key(1)).await, Some(Record::default()));
    one.remove(key(1));
    while other.get(key(1)).await.is_some() {}
    assert_eq!((one.stats().corrupt, one.stats().failed), (0, 0));
}

#[tokio::test]
async fn a_record_has_a_time_to_live_and_a_name_of_its_own() {
    let redis = redis();
    let tier = tier(&redis);
    put(&tier, 1, record(b"head", &[b"body"])).await;
    let left: u64 = redis.command(&["PTTL", &name(1)]).unwrap().trim_start_matches(':').parse().unwrap();
    assert!((1..=3_600_000).contains(&left), "{left}");
    tier.put(key(2), record(b"head", &[]), Duration::ZERO);
    assert_eq!(tier.stats().dropped, 1);
    tier.put(key(3), record(b"head", &[]), Duration::MAX);
    until(|| tier.stats().written == 2).await;
}

#[tokio::test]
async fn no_namespace_of_plugins_reaches_a_record() {
    let redis = redis();
    let (store, tier) = (store(&redis), tier(&redis));
    put(&tier, 1, record(b"head", &[b"body"])).await;
    let digits = format!("{:x}", key(1));
    for (namespace, name) in [("cache", &*digits), ("", &*digits), ("", "cache"), ("cache:", &*digits)] {
        assert_eq!(store.get(namespace, name).await, Ok(None), "{namespace}");
        store.set(namespace, name, b"mine", None).await.unwrap();
    }
    assert_eq!(tier.get(key(1)).await, Some(record(b"head", &[b"body"])));
}

#[tokio::test]
async fn records_are_bounded_in_both_directions() {
    let redis = redis();
    let tier = tier(&redis);
    let large = |length| Record { head: Bytes::new(), body: vec![vec![7; length].into()] };
    put(&tier, 1, large(1024 * 1024)).await;
    assert_eq!(tier.get(key(1)).await, Some(large(1024 * 1024)));
    put(&tier, 2, large(1024 * 1024 + 1)).await;
    put(&tier, 2, Record { head: vec![7; HEAD + 1].into(), body: vec![] }).await;
    assert_eq!((tier.get(key(2)).await, tier.stats().dropped), (None, 2));
    redis.command(&["SETRANGE", &name(3), &(2 * 1024 * 1024).to_string(), "x"]).unwrap();
    assert_eq!((tier.get(key(3)).await, tier.stats().corrupt), (None, 1));
}

#[tokio::test]
async fn what_is_no_record_of_its_key_is_missed_and_removed() {
    let redis = redis();
    let tier = tier(&redis);
    put(&tier, 1, record(b"head", &[b"body"])).await;
    redis.command(&["COPY", &name(1), &name(2)]).unwrap();
    redis.command(&["SETRANGE", &name(1), "50", "x"]).unwrap();
    redis.command(&["SET", &name(3), "x"]).unwrap();
    redis.command(&["LPUSH", &name(4), "x"]).unwrap();
    for number in 1..=4 {
        assert_eq!(tier.get(key(number)).await, None, "{number}");
        while redis.command(&["EXISTS", &name(number)]).unwrap() != ":0" {
            time::sleep(Duration::from_millis(1)).await;
        }
    }
    assert_eq!((tier.stats().corrupt, tier.stats().failed), (4, 0));
}

/// Asks until the store is left alone, and never longer than the deadline.
async fn ask_until_it_is_left_alone(tier: &SharedTier) {
    let start = Instant::now();
    while !tier.is_open() {
        let began = Instant::now();
        assert_eq!(tier.get(key(1)).await, None);
        assert!(began.elapsed() < tier.0.options.deadline + SLACK, "{:?}", began.elapsed());
        assert!(start.elapsed() < Duration::from_secs(20), "{:?}", tier.stats());
    }
    let began = Instant::now();
    for _ in 0..1000 {
        assert_eq!(tier.get(key(1)).await, None);
        tier.put(key(1), record(b"head", &[]), HOUR);
        tier.remove(key(1));
    }
    assert!(began.elapsed() < SLACK, "nobody waits: {:?}", began.elapsed());
}

async fn ask_until_it_is_found(tier: &SharedTier) {
    let asked = async {
        while tier.get(key(1)).await.is_none() {
            tier.put(key(1), record(b"head", &[b"body"]), HOUR);
            time::sleep(Duration::from_millis(5)).await;
        }
    };
    time::timeout(Duration::from_secs(20), asked).await.expect("it is back");
    assert!(!tier.is_open());
}

#[tokio::test]
async fn a_store_that_was_killed_costs_nothing_and_is_found_again() {
    let mut redis = redis();
    let tier = hasty(&redis);
    ask_until_it_is_found(&tier).await;
    for round in 1..=2 {
        redis.stop().unwrap();
        ask_until_it_is_left_alone(&tier).await;
        assert!(tier.stats().opened >= round);
        redis.restart().unwrap();
        ask_until_it_is_found(&tier).await;
    }
}

#[tokio::test]
async fn a_store_that_stalls_costs_a_few_deadlines_and_is_found_again() {
    let redis = redis();
    let tier = hasty(&redis);
    ask_until_it_is_found(&tier).await;
    redis.stall().unwrap();
    ask_until_it_is_left_alone(&tier).await;
    redis.resume().unwrap();
    ask_until_it_is_found(&tier).await;
}

#[tokio::test]
async fn what_is_on_its_way_is_bounded() {
    let redis = redis();
    let tier = tier(&redis);
    put(&tier, 1, record(b"head", &[])).await;
    redis.stall().unwrap();
    let large = || Record { head: Bytes::new(), body: vec![vec![7; 1024 * 1024 - 1024].into()] };
    (0..40).for_each(|number| tier.put(key(number), large(), HOUR));
    assert_eq!(tier.stats().dropped, 8, "32 MiB are on their way");
    let asked: Vec<_> = (0..CALLS).map(|_| tokio::spawn(tier.get(key(1)))).collect();
    while tier.0.calls.available_permits() > 0 {
        tokio::task::yield_now().await;
    }
    let began = Instant::now();
    assert_eq!(tier.get(key(1)).await, None);
    assert!(began.elapsed() < SLACK);
    redis.resume().unwrap();
    for asked in asked {
        asked.await.unwrap();
    }
}

#[test]
fn workers_share_a_tier_each_on_a_runtime_of_its_own() {
    let redis = redis();
    let tier = tier(&redis);
    std::thread::scope(|scope| {
        for worker in 0..4 {
            let tier = tier.clone();
            scope.spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
                tier.put(key(worker), record(b"head", &[b"body"]), HOUR);
                let asked = async { while tier.get(key(worker)).await.is_none() {} };
                runtime.block_on(asked);
            });
        }
    });
}

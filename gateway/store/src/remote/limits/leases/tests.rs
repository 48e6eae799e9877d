//! With a real Redis, and two nodes that share it.

mod bound;
mod slices;

use std::time::Instant;

use gateway_algorithms::limit::{Concurrency, LeakyBucket, SlidingLog, SlidingWindow};

use super::*;
use crate::remote::limits::tests::{connected, draw, fixed, gcra, group, node_at, patient, redis};

const HOUR: u64 = 3_600_000_000_000;

fn leases(limits: &SharedLimits) -> Leases {
    Leases::new(limits, LeaseOptions::default())
}

fn leased(algorithm: Algorithm) -> LeasedLimit {
    LeasedLimit::new(algorithm).expect("a limit that is leased")
}

/// Asks two nodes, the first nine times as often, until as many were asked and so much time has passed; what was admitted.
async fn ask_both(nodes: &[Leases; 2], limit: LeasedLimit, least: usize, stretch: Duration) -> u64 {
    let start = Instant::now();
    let (mut admitted, mut asked) = (0, 0);
    while start.elapsed() < stretch || asked < least {
        let batch = (0..40).map(|index| {
            let node = &nodes[usize::from(index % 10 == 0)];
            async move { node.take(&group(), "k", &limit, 1).await.expect("it is up").admitted }
        });
        let batch = futures_util::future::join_all(batch).await;
        asked += batch.len();
        admitted += batch.into_iter().map(u64::from).sum::<u64>();
        // Nobody has the processor for himself.
        tokio::task::yield_now().await;
    }
    admitted
}

#[tokio::test]
async fn two_nodes_admit_at_most_their_unspent_slices_more_than_the_rate() {
    let redis = redis();
    let limits = [patient(&redis, "a"), patient(&redis, "b")];
    connected(&limits[0]).await;
    connected(&limits[1]).await;
    let nodes = [leases(&limits[0]), leases(&limits[1])];
    let (rate, burst) = (1_000.0, 400);
    let start = Instant::now();
    let admitted = ask_both(&nodes, leased(gcra(rate, burst)), 8_000, Duration::from_secs(2)).await;
    let exact = f64::from(burst) + rate * start.elapsed().as_secs_f64();
    // Each node may hold what the rate brings in a slice's life of 200 ms.
    let bound = 2.0 * rate * 0.2;
    let admitted = admitted as f64;
    assert!(admitted <= exact + bound, "{admitted} of {exact}, which is beyond the bound of {bound}");
    assert!(admitted >= 0.8 * exact, "{admitted} of {exact}: most of the limit can be used");
}

#[tokio::test]
async fn two_nodes_never_admit_more_than_a_window_or_a_quota_has() {
    let redis = redis();
    let limits = [patient(&redis, "a"), patient(&redis, "b")];
    connected(&limits[0]).await;
    connected(&limits[1]).await;
    let nodes = [leases(&limits[0]), leases(&limits[1])];
    let quota = PeriodQuota { limit: 5_000, adjustment: 0, period: (0..86_400_000).into(), now_ms: 1 };
    for limit in [leased(fixed(5_000, HOUR)), quota.into()] {
        let admitted = ask_both(&nodes, limit, 12_000, Duration::from_secs(1)).await;
        assert!((4_950..=5_000).contains(&admitted), "{admitted} of 5,000 by {limit:?}");
    }
}

#[tokio::test]
async fn at_ten_thousand_a_second_a_round_trip_serves_fifty_requests() {
    let redis = redis();
    let limits = patient(&redis, "a");
    connected(&limits).await;
    let node = leases(&limits);
    let (group, limit) = (group(), leased(gcra(10_000.0, 10_000)));
    let before = limits.counts().round_trips;
    let mut requests = 0;
    // As many as come in two seconds of the limit, so that the burst is used up as well.
    while requests < 20_000 {
        let batch = (0..64).map(|_| node.take(&group, "k", &limit, 1));
        requests += futures_util::future::join_all(batch).await.len() as u64;
        time::sleep(Duration::from_micros(6_400)).await;
    }
    let round_trips = limits.counts().round_trips - before;
    assert!(round_trips * 50 <= requests, "{round_trips} round trips for {requests} requests");
}

#[tokio::test]
async fn requests_that_come_at_once_are_all_decided_by_the_store() {
    let redis = redis();
    let limits = patient(&redis, "a");
    connected(&limits).await;
    let node = leases(&limits);
    for (key, limit) in [("g", leased(gcra(0.001, 200))), ("f", leased(fixed(200, HOUR)))] {
        let group = group();
        let all = (0..300).map(|_| node.take(&group, key, &limit, 1));
        let admitted = futures_util::future::join_all(all).await;
        let admitted = admitted.into_iter().filter(|it| it.expect("it is up").admitted).count();
        assert_eq!(admitted, 200, "{key}");
    }
    assert!(limits.counts().round_trips < 12, "{:?}", limits.counts());
}

#[tokio::test]
async fn what_is_unspent_goes_back_to_the_store() {
    let redis = redis();
    let limits = [patient(&redis, "a"), patient(&redis, "b")];
    connected(&limits[0]).await;
    let (node, limit) = (leases(&limits[0]), leased(fixed(1_000, HOUR)));
    for _ in 0..20 {
        assert!(node.take(&group(), "k", &limit, 1).await.expect("it is up").admitted);
    }
    let taken = || async {
        let peek = Charge { group: group(), draws: vec![draw("k", fixed(1_000, HOUR), 0)], usage: Vec::new() };
        1_000 - limits[1].charge(peek).await.expect("it is up").decisions[0].remaining
    };
    assert!(taken().await >= 20);
    let back = async {
        while taken().await != 20 {
            time::sleep(Duration::from_millis(10)).await;
        }
    };
    time::timeout(Duration::from_secs(5), back).await.expect("what was not spent is given back");
    let forgotten = async {
        while !node.is_empty() {
            time::sleep(Duration::from_millis(10)).await;
        }
    };
    time::timeout(Duration::from_secs(5), forgotten).await.expect("nobody asks for it");
}

#[tokio::test]
async fn an_admission_that_is_undone_can_be_spent_again() {
    let redis = redis();
    let limits = patient(&redis, "a");
    connected(&limits).await;
    let options = LeaseOptions { life: Duration::from_secs(60), ..LeaseOptions::default() };
    let (node, limit) = (Leases::new(&limits, options), leased(fixed(3, HOUR)));
    for _ in 0..2 {
        assert!(node.take(&group(), "k", &limit, 3).await.expect("it is up").admitted);
        assert!(!node.take(&group(), "k", &limit, 1).await.expect("it is up").admitted);
        node.give_back(&group(), "k", &limit, 3);
    }
    let never = node.take(&group(), "k", &limit, 4).await.expect("it is up");
    assert_eq!((never.admitted, never.retry_after), (false, None));
    assert!(node.take(&group(), "k", &limit, 0).await.expect("it is up").admitted);
}

#[tokio::test]
async fn a_top_up_can_be_spent_by_slices() {
    let redis = redis();
    let limits = patient(&redis, "a");
    let node = leases(&limits);
    let quota = PeriodQuota { limit: 5, adjustment: 0, period: (0..86_400_000).into(), now_ms: 1 };
    limits.top_up(&group(), "k", quota.period, 5).await.expect("it is up");
    let decision = node.take(&group(), "k", &quota.into(), 9).await.expect("it is up");
    assert_eq!((decision.admitted, decision.remaining), (true, 1));
    let never = node.take(&group(), "k", &quota.into(), 9).await.expect("it is up");
    assert_eq!((never.admitted, never.retry_after), (false, None), "it is more than the next period has");
}

#[tokio::test]
async fn keys_without_room_are_charged_exactly() {
    let redis = redis();
    let limits = patient(&redis, "a");
    connected(&limits).await;
    let node = Leases::new(&limits, LeaseOptions { life: Duration::from_secs(60), capacity: 64 });
    let limit = leased(fixed(2, HOUR));
    for index in 0..500 {
        let key = format!("key {index}");
        for expected in [true, true, false] {
            let decision = node.take(&group(), &key, &limit, 1).await.expect("it is up");
            assert_eq!(decision.admitted, expected, "{key}");
        }
    }
    assert!(node.len() <= 64, "{}", node.len());
}

#[tokio::test]
async fn a_slice_is_spent_while_the_store_is_down_and_then_it_is_an_outage() {
    let (mut redis, deadline) = (redis(), Duration::from_millis(500));
    let limits = node_at(redis.url(), "a", deadline);
    connected(&limits).await;
    let options = LeaseOptions { life: Duration::from_secs(60), ..LeaseOptions::default() };
    let (node, limit) = (Leases::new(&limits, options), leased(gcra(10.0, 1_000)));
    while node.take(&group(), "k", &limit, 1).await.is_err() {}
    assert!(node.take(&group(), "k", &limit, 10).await.expect("it is up").admitted);
    assert!(node.take(&group(), "k", &limit, 1).await.expect("it is up").admitted);
    redis.stop().expect("it ends");
    let mut spent = 0;
    let outage = loop {
        let began = Instant::now();
        match node.take(&group(), "k", &limit, 1).await {
            Ok(decision) => spent += u32::from(decision.admitted),
            Err(outage) => break outage,
        }
        assert!(began.elapsed() < deadline + Duration::from_millis(250), "{:?}", began.elapsed());
    };
    assert!(spent < 600, "no more than a slice: {spent}");
    assert!(matches!(outage, Outage::Down | Outage::Late), "{outage:?}");
    redis.restart().expect("it starts");
    let again = async {
        while node.take(&group(), "k", &limit, 1).await.is_err() {
            time::sleep(Duration::from_millis(10)).await;
        }
    };
    time::timeout(Duration::from_secs(5), again).await.expect("it comes back by itself");
}

#[test]
fn only_rates_windows_and_quotas_are_leased() {
    let refused: [Algorithm; 4] = [
        LeakyBucket::new(1.0, 1, 0).expect("sound").into(),
        SlidingWindow::new(1, HOUR).expect("sound").into(),
        SlidingLog::new(1, HOUR).expect("sound").into(),
        Concurrency::new(1).expect("sound").into(),
    ];
    for algorithm in refused {
        let error = LeasedLimit::new(algorithm).expect_err("it is not leased").to_string();
        assert!(error.contains("use the mode"), "{error}");
    }
}

//! What exact charges promise.

use futures_util::future::join_all;
use gateway_algorithms::limit::{Concurrency, SlidingLog, SlidingWindow};

use sluice_testkit::certificate::Authority;

use super::*;
use crate::RemoteAddress;

#[tokio::test]
async fn of_300_at_once_the_burst_passes() {
    let redis = redis();
    let limits = patient(&redis, "a");
    let charges = (0..300).map(|_| limits.charge(charge([draw("k", gcra(1.0, 200), 1)])));
    let answers = join_all(charges).await;
    let admitted = answers.iter().filter(|answer| answer.as_ref().expect("it is up").admitted()).count();
    assert!((200..203).contains(&admitted), "{admitted}: more only for the seconds that this took");
    assert!(limits.counts().round_trips < 10, "they went together: {:?}", limits.counts());
}

#[tokio::test]
async fn two_nodes_admit_exactly_the_limit_however_traffic_is_spread() {
    let redis = redis();
    let nodes = [patient(&redis, "a"), patient(&redis, "b")];
    let charges = (0..3_000).map(|index| {
        nodes[usize::from(index % 10 == 0)].charge(charge([draw("k", fixed(1_000, 366 * 24 * 60 * MINUTE / 8), 1)]))
    });
    let answers = join_all(charges).await;
    let admitted = answers.iter().filter(|answer| answer.as_ref().expect("it is up").admitted()).count();
    assert_eq!(admitted, 1_000);
}

#[tokio::test]
async fn no_draw_is_taken_when_another_refuses() {
    let redis = redis();
    let limits = patient(&redis, "a");
    let hour = 60 * MINUTE;
    let all = || {
        [
            draw("k", fixed(10, hour), 1),
            draw("k", gcra(0.001, 10), 1),
            draw("k", SlidingWindow::new(10, hour).expect("sound").into(), 1),
            draw("k", SlidingLog::new(10, hour).expect("sound").into(), 1),
            draw("small", fixed(2, hour), 1),
        ]
    };
    for _ in 0..2 {
        assert!(limits.charge(charge(all())).await.expect("it is up").admitted());
    }
    for _ in 0..5 {
        let refused = limits.charge(charge(all())).await.expect("it is up");
        let told: Vec<_> = refused.decisions.iter().map(|it| (it.admitted, it.remaining)).collect();
        assert_eq!(told, [(true, 8), (true, 8), (true, 8), (true, 8), (false, 0)]);
    }
}

#[tokio::test]
async fn a_key_that_is_drawn_from_twice_has_both_counted() {
    let redis = redis();
    let limits = patient(&redis, "a");
    for algorithm in [fixed(3, 60 * MINUTE), gcra(0.001, 3), SlidingLog::new(3, 60 * MINUTE).expect("sound").into()] {
        let twice = charge([draw("k", algorithm, 2), draw("k", algorithm, 2)]);
        assert!(!limits.charge(twice).await.expect("it is up").admitted(), "{algorithm:?}");
        let both = charge([draw("k", algorithm, 2), draw("k", algorithm, 1)]);
        assert!(limits.charge(both).await.expect("it is up").admitted(), "{algorithm:?}");
        let more = limits.charge(charge([draw("k", algorithm, 1)])).await.expect("it is up");
        assert!(!more.admitted(), "{algorithm:?}");
    }
}

#[tokio::test]
async fn what_is_given_back_can_be_taken_again() {
    let redis = redis();
    let limits = patient(&redis, "a");
    let algorithms = [
        fixed(5, 60 * MINUTE),
        gcra(0.001, 5),
        SlidingWindow::new(5, 60 * MINUTE).expect("sound").into(),
        SlidingLog::new(5, 60 * MINUTE).expect("sound").into(),
    ];
    for algorithm in algorithms {
        let taken = limits.charge(charge([draw("k", algorithm, 5)])).await.expect("it is up");
        assert!(taken.admitted(), "{algorithm:?}");
        limits.give_back(&group(), vec![draw("k", algorithm, 3)], taken.at);
        let again = limits.charge(charge([draw("k", algorithm, 3)])).await.expect("it is up");
        assert!(again.admitted(), "{algorithm:?}");
        let more = limits.charge(charge([draw("k", algorithm, 1)])).await.expect("it is up");
        assert!(!more.admitted(), "{algorithm:?}");
    }
}

#[tokio::test]
async fn what_comes_while_an_exchange_is_under_way_goes_together_in_the_next_one() {
    let redis = redis();
    let limits = patient(&redis, "a");
    connected(&limits).await;
    let before = limits.counts();
    let clients = (0..64).map(|client| {
        let limits = limits.clone();
        tokio::spawn(async move {
            for _ in 0..50 {
                limits.charge(charge([draw(&client.to_string(), gcra(100.0, 200), 1)])).await.expect("it is up");
            }
        })
    });
    for client in join_all(clients).await {
        client.expect("it ends");
    }
    let after = limits.counts();
    let round_trips = after.round_trips - before.round_trips;
    assert_eq!(after.charges - before.charges, 3_200);
    assert!(round_trips * 5 <= 3_200, "{round_trips} round trips for 3,200 charges at 64 in flight");
}

#[tokio::test]
async fn keys_are_named_for_a_cluster_and_gone_when_they_are_at_rest() {
    let redis = redis();
    let limits = patient(&redis, "a");
    let draws = [draw("k", gcra(1_000.0, 10), 1), draw("k", fixed(10, MINUTE), 1)];
    limits.charge(charge(draws)).await.expect("it is up");
    let left = |key: &str| -> i64 {
        let answer = redis.command(&["PTTL", key]).expect("answers");
        answer.trim_start_matches(':').parse().expect("a number")
    };
    assert!((1..=1_002).contains(&left("sluice:{plan}:g:k")), "a millisecond, and a second for clocks set back");
    assert!((1..=61_001).contains(&left("sluice:{plan}:f:k")));
    let slot = |key: &str| redis.command(&["CLUSTER", "KEYSLOT", key]).expect("answers");
    assert_eq!(slot("sluice:{plan}:g:k"), slot("sluice:{plan}:q:1:other"));
}

#[tokio::test]
async fn scripts_that_the_store_has_lost_are_told_it_again() {
    let redis = redis();
    let limits = patient(&redis, "a");
    let one = || limits.charge(charge([draw("k", fixed(2, 60 * MINUTE), 1)]));
    assert!(one().await.expect("it is up").admitted());
    assert_eq!(redis.command(&["SCRIPT", "FLUSH", "SYNC"]).expect("answers"), "+OK");
    assert!(one().await.expect("it is up").admitted(), "nobody notices");
    assert!(!one().await.expect("it is up").admitted(), "and nothing was counted twice");
}

#[tokio::test]
async fn a_foreign_value_spoils_only_the_charges_of_its_group() {
    let redis = redis();
    let limits = patient(&redis, "a");
    redis.command(&["LPUSH", "sluice:{plan}:g:k", "x"]).expect("answers");
    let other = Charge { group: Group::new("other").expect("sound"), ..charge([draw("k", gcra(1.0, 1), 1)]) };
    let (spoilt, sound) = tokio::join!(limits.charge(charge([draw("k", gcra(1.0, 1), 1)])), limits.charge(other));
    assert_eq!(spoilt, Err(Outage::Refused));
    assert!(sound.expect("it is up").admitted());
    assert!(!limits.is_down());
}

#[tokio::test]
async fn a_store_may_want_tls_and_a_password() {
    let (folder, authority) = (tempfile::tempdir().expect("a folder"), Authority::new().expect("random numbers"));
    let certificate = authority.issue(&["localhost"]).expect("a sound name");
    let redis = Redis::with_tls(folder.path(), &certificate).unwrap_or_else(|error| panic!("{error:#}"));
    assert_eq!(redis.command(&["CONFIG", "SET", "requirepass", "hunter2"]).expect("answers"), "+OK");
    let url = redis.tls_url().expect("TLS");
    let at = |url: String| {
        let address = RemoteAddress { url, authorities: Some(authority.pem().into_bytes()) };
        let stores = RemoteStores::new([("shared", address)]).expect("a sound address");
        SharedLimits::new(stores.get("shared").expect("it was named"), "a", Duration::from_secs(10))
    };
    let one = || charge([draw("k", gcra(1.0, 1), 1)]);
    assert!(at(url.replace("//", "//:hunter2@")).charge(one()).await.expect("it is up").admitted());
    assert_eq!(at(url).charge(one()).await, Err(Outage::Down));
}

#[tokio::test]
async fn nodes_know_how_many_they_are() {
    let redis = redis();
    let a = patient(&redis, "a");
    assert!(a.live_nodes() >= 1);
    let b = patient(&redis, "b");
    let both = async {
        while (a.live_nodes(), b.live_nodes()) != (2, 2) {
            time::sleep(Duration::from_millis(20)).await;
        }
    };
    time::timeout(Duration::from_secs(10), both).await.expect("each says that it is there");
}

#[test]
fn what_a_store_cannot_count_is_refused_with_the_remedy() {
    let concurrency = Concurrency::new(5).expect("sound");
    let long = FixedWindow::new(1, 60 * 24 * 60 * MINUTE).expect("sound");
    let great = FixedWindow::new(1 << 53, MINUTE).expect("sound");
    let slow = Gcra::new(1e-6, 10).expect("sound");
    for (limit, remedy) in [
        (SharedLimit::new(concurrency), "use the mode local"),
        (SharedLimit::new(long), "use a quota"),
        (SharedLimit::new(great), "give at most"),
        (SharedLimit::new(slow), "use a quota"),
    ] {
        let error = limit.expect_err(remedy).to_string();
        assert!(error.contains(remedy), "{error}");
    }
    for name in ["", "a}b", "{", &"g".repeat(129)] {
        assert!(Group::new(name).is_err(), "{name}");
    }
}

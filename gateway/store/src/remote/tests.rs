//! With a real Redis.

use sluice_testkit::{certificate::Authority, redis::Redis};

use super::*;

fn redis() -> Redis {
    Redis::start().unwrap_or_else(|error| panic!("{error:#}"))
}

fn stores(redis: &Redis) -> RemoteStores {
    RemoteStores::new([("shared", redis.url())]).expect("a sound address")
}

fn store(redis: &Redis) -> RemoteStore {
    stores(redis).get("shared").expect("it was named").clone()
}

fn ms(ms: u64) -> Option<Duration> {
    Some(Duration::from_millis(ms))
}

#[tokio::test]
async fn what_is_set_is_there_until_it_is_deleted() {
    let redis = redis();
    let store = store(&redis);
    assert_eq!(store.get("a", "k").await, Ok(None));
    assert_eq!(store.set("a", "k", b"\0\xff", None).await, Ok(()));
    assert_eq!(store.get("a", "k").await, Ok(Some(b"\0\xff".to_vec())));
    assert_eq!((store.delete("a", "k").await, store.delete("a", "k").await), (Ok(true), Ok(false)));
    assert_eq!(store.set("a", "empty", b"", None).await, Ok(()));
    assert_eq!(store.get("a", "empty").await, Ok(Some(vec![])));
}

#[tokio::test]
async fn no_namespace_reaches_into_another() {
    let redis = redis();
    let store = store(&redis);
    store.set("a", "b:c", b"1", None).await.expect("is set");
    assert_eq!(store.get("a:b", "c").await, Ok(None));
    assert_eq!(store.get("", "a:b:c").await, Ok(None));
    assert_eq!(redis.command(&["GET", "sluice:1:a:b:c"]).expect("answers"), "$1");
}

#[tokio::test]
async fn an_entry_has_a_time_to_live() {
    let redis = redis();
    let store = store(&redis);
    let left = |key: &str| -> i64 {
        let answer = redis.command(&["PTTL", &format!("sluice:1:a:{key}")]).expect("answers");
        answer.trim_start_matches(':').parse().expect("a number")
    };
    store.set("a", "k", b"1", ms(60_000)).await.expect("is set");
    assert!((1..=60_000).contains(&left("k")));
    store.set("a", "k", b"1", None).await.expect("is set");
    assert_eq!(left("k"), -1, "it stays");
    store.increment("a", "n", 1, ms(60_000)).await.expect("is made");
    let before = left("n");
    store.increment("a", "n", 1, ms(900_000)).await.expect("is there");
    assert!((1..=before).contains(&left("n")), "its time started when it was made");
    assert_eq!(store.compare_and_set("a", "k", Some(b"1"), b"2", ms(60_000)).await, Ok(true));
    assert!((1..=60_000).contains(&left("k")));
    assert_eq!(store.set("a", "k", b"1", Some(Duration::MAX)).await, Ok(()));
    assert!(matches!(store.set("a", "k", b"1", ms(0)).await, Err(KvError::Invalid(_))));
}

#[tokio::test]
async fn only_who_knows_the_value_exchanges_it() {
    let redis = redis();
    let store = store(&redis);
    assert_eq!(store.compare_and_set("a", "k", Some(b""), b"1", None).await, Ok(false));
    assert_eq!(store.compare_and_set("a", "k", None, b"1", None).await, Ok(true));
    assert_eq!(store.compare_and_set("a", "k", None, b"2", None).await, Ok(false));
    assert_eq!(store.compare_and_set("a", "k", Some(b"2"), b"3", None).await, Ok(false));
    assert_eq!(store.compare_and_set("a", "k", Some(b"1"), b"4", None).await, Ok(true));
    assert_eq!(store.get("a", "k").await, Ok(Some(b"4".to_vec())));
    let huge = vec![0; VALUE + 1];
    assert_eq!(store.compare_and_set("a", "k", Some(&huge), b"5", None).await, Ok(false));
}

#[tokio::test]
async fn counters_are_exact_over_all_64_bits() {
    let redis = redis();
    let store = store(&redis);
    assert_eq!(store.increment("a", "n", i64::MAX - 1, None).await, Ok(i64::MAX - 1));
    assert_eq!(store.increment("a", "n", 1, None).await, Ok(i64::MAX));
    assert!(matches!(store.increment("a", "n", 1, None).await, Err(KvError::Limit(_))));
    assert_eq!(store.increment("a", "n", i64::MIN, None).await, Ok(-1));
    assert_eq!(store.get("a", "n").await, Ok(Some(b"-1".to_vec())));
    store.set("a", "n", b"01", None).await.expect("is set");
    assert!(matches!(store.increment("a", "n", 1, None).await, Err(KvError::Invalid(_))));
}

#[tokio::test]
async fn bounds_are_those_of_the_node_local_stores() {
    let redis = redis();
    let store = store(&redis);
    let (key, value) = ("k".repeat(crate::kv::KEY), vec![7; VALUE]);
    assert_eq!(store.set("a", &key, &value, None).await, Ok(()));
    assert_eq!(store.get("a", &key).await, Ok(Some(value.clone())));
    let long = "k".repeat(crate::kv::KEY + 1);
    assert!(matches!(store.get("a", &long).await, Err(KvError::Limit(_))));
    assert!(matches!(store.delete("a", "").await, Err(KvError::Invalid(_))));
    assert!(matches!(store.set("a", "k", &[value, vec![7]].concat(), None).await, Err(KvError::Limit(_))));
    redis.command(&["SETRANGE", "sluice:1:a:foreign", &VALUE.to_string(), "x"]).expect("answers");
    assert!(matches!(store.get("a", "foreign").await, Err(KvError::Limit(_))));
    redis.command(&["LPUSH", "sluice:1:a:list", "x"]).expect("answers");
    assert!(matches!(store.get("a", "list").await, Err(KvError::Invalid(_))));
    assert!(matches!(store.increment("a", "list", 1, None).await, Err(KvError::Invalid(_))));
}

#[tokio::test]
async fn a_store_that_is_down_is_unavailable_and_comes_back_by_itself() {
    let mut redis = redis();
    let store = store(&redis);
    store.set("a", "k", b"1", None).await.expect("is set");
    redis.stop().expect("it ends");
    for _ in 0..3 {
        assert!(matches!(store.get("a", "k").await, Err(KvError::Unavailable(_))));
    }
    redis.restart().expect("it starts");
    let again = async {
        while store.get("a", "k").await.is_err() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        store.get("a", "k").await
    };
    assert_eq!(tokio::time::timeout(Duration::from_secs(5), again).await, Ok(Ok(None)));
}

#[tokio::test]
async fn a_store_that_does_not_answer_costs_a_second() {
    let redis = redis();
    let store = store(&redis);
    store.set("a", "k", b"1", None).await.expect("is set");
    assert_eq!(redis.command(&["CLIENT", "PAUSE", "60000", "ALL"]).expect("answers"), "+OK");
    let start = std::time::Instant::now();
    assert_eq!(store.get("a", "k").await, Err(KvError::Timeout));
    assert!((1_000..3_000).contains(&start.elapsed().as_millis()), "{:?}", start.elapsed());
}

#[tokio::test]
async fn calls_that_are_on_their_way_are_bounded() {
    let redis = redis();
    let store = store(&redis);
    store.set("a", "k", b"1", None).await.expect("is set");
    redis.command(&["CLIENT", "PAUSE", "60000", "ALL"]).expect("answers");
    let waiting: Vec<_> = (0..CALLS)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move { store.get("a", "k").await })
        })
        .collect();
    while store.0.calls.available_permits() > 0 {
        tokio::task::yield_now().await;
    }
    let more = store.get("a", "k").await;
    assert!(matches!(more, Err(KvError::Limit(_))), "{more:?}");
    for answer in waiting {
        assert_eq!(answer.await.expect("ends"), Err(KvError::Timeout));
    }
}

#[test]
fn stores_serve_threads_with_runtimes_of_their_own() {
    let redis = redis();
    let store = store(&redis);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let runtime = runtime::Builder::new_current_thread().build().expect("starts");
                for _ in 0..100 {
                    runtime.block_on(store.increment("a", "n", 1, None)).expect("is counted");
                }
            });
        }
    });
    let runtime = runtime::Builder::new_current_thread().build().expect("starts");
    assert_eq!(runtime.block_on(store.increment("a", "n", 0, None)), Ok(400));
}

fn authority() -> Authority {
    Authority::new().expect("random numbers")
}

/// A Redis that speaks TLS, whose certificate that authority signed for these names.
fn with_tls(folder: &tempfile::TempDir, authority: &Authority, names: &[&str]) -> Redis {
    let certificate = authority.issue(names).expect("sound names");
    Redis::with_tls(folder.path(), &certificate).unwrap_or_else(|error| panic!("{error:#}"))
}

fn trusting(url: String, authority: &Authority) -> RemoteStore {
    let address = RemoteAddress { url, authorities: Some(authority.pem().into_bytes()) };
    RemoteStores::new([("shared", address)]).expect("a sound address").get("shared").expect("it was named").clone()
}

#[tokio::test]
async fn a_store_that_a_trusted_authority_vouches_for_is_spoken_to_with_tls() {
    let (folder, authority) = (tempfile::tempdir().expect("a folder"), authority());
    let redis = with_tls(&folder, &authority, &["localhost"]);
    let store = trusting(redis.tls_url().expect("TLS"), &authority);
    assert_eq!(store.set("a", "k", b"1", None).await, Ok(()));
    assert_eq!(store.increment("a", "k", 1, None).await, Ok(2));
    assert_eq!(redis.command(&["GET", "sluice:1:a:k"]).expect("answers"), "$1");
}

#[tokio::test]
async fn a_store_that_nobody_trusted_vouches_for_is_out_of_reach() {
    let (folder, authority) = (tempfile::tempdir().expect("a folder"), authority());
    let redis = with_tls(&folder, &authority, &["elsewhere.example"]);
    let url = redis.tls_url().expect("TLS");
    let system = RemoteStores::new([("shared", url.clone())]).expect("a sound address");
    let stores = [
        ("another name", trusting(url.clone(), &authority)),
        ("another authority", trusting(url.clone(), &self::authority())),
        ("an authority that the system does not know", system.get("shared").expect("it was named").clone()),
        ("no TLS", store_at(&url.replace("rediss", "redis"))),
    ];
    for (why, store) in stores {
        let answer = store.set("a", "k", b"1", None).await;
        assert!(matches!(answer, Err(KvError::Unavailable(_))), "{why}: {answer:?}");
    }
    assert_eq!(redis.command(&["EXISTS", "sluice:1:a:k"]).expect("answers"), ":0");
}

fn store_at(url: &str) -> RemoteStore {
    RemoteStores::new([("shared", url)]).expect("a sound address").get("shared").expect("it was named").clone()
}

#[test]
fn authorities_that_cannot_be_used_are_refused_with_what_is_wrong() {
    let pem = authority().pem();
    let cut = pem.replace("-----END CERTIFICATE-----", "");
    for (url, authorities, problem) in [
        ("rediss://:hunter2@host", "", "no certificate in PEM"),
        ("rediss://:hunter2@host", "hunter2", "no certificate in PEM"),
        ("rediss://:hunter2@host", &cut, "damaged"),
        ("redis://:hunter2@host", &pem, "one without TLS"),
    ] {
        let address = RemoteAddress { url: url.to_owned(), authorities: Some(authorities.into()) };
        let error = RemoteStores::new([("shared", address)]).expect_err(url).to_string();
        assert!(error.contains("shared") && error.contains(problem) && !error.contains("hunter2"), "{error}");
    }
}

#[test]
fn an_address_that_cannot_be_used_is_refused_without_being_told() {
    for address in ["", "http://user:hunter2@host", "redis:hunter2", "rediss://:hunter2@host/#insecure"] {
        let error = RemoteStores::new([("shared", address)]).expect_err(address).to_string();
        assert!(error.contains("shared") && error.contains("redis://") && !error.contains("hunter2"), "{error}");
    }
    assert!(RemoteStores::new([("shared", "redis://user:secret@localhost:6380/2")]).is_ok());
    assert!(RemoteStores::new::<String, RemoteAddress>([]).expect("none").get("shared").is_none());
}

use gateway_model::KeyDigest;
use gateway_store::ConfigStore;
use serde_json::json;

use crate::{
    service::Service,
    testing::{Home, change, put},
};

/// A moment of the tests, to the minute, in milliseconds since 1970.
const NOW: u64 = 1_795_910_400_000;

fn digest(byte: u8) -> KeyDigest {
    KeyDigest([byte; 32])
}

async fn with_keys(service: &Service, present: u8, previous: &[u8]) {
    let previous: Vec<_> = previous
        .iter()
        .map(|byte| json!({"keyDigest": digest(*byte).to_hex(), "expiresAt": "2036-01-01T00:00:00Z"}))
        .collect();
    let key = json!({"name": "k", "consumer": "acme", "keyDigest": digest(present).to_hex(), "previousKeys": previous});
    change(service, put(json!({"consumers": [{"name": "acme"}], "credentials": [key]}))).await;
}

/// As a request does.
fn use_key(service: &Service, byte: u8, now: u64) {
    assert!(service.snapshots().borrow().credentials.by_key(&digest(byte), now).is_some());
}

#[tokio::test]
async fn the_last_use_survives_a_restart_and_makes_no_revision() {
    let home = Home::new();
    let service = home.open().await;
    with_keys(&service, 1, &[]).await;
    assert_eq!(service.last_use("k", Some(digest(1))), None);
    use_key(&service, 1, NOW + 1_000);
    assert_eq!(service.last_use("k", Some(digest(1))), Some(NOW as i64), "to the minute, before it is written");
    service.exchange_uses().await.unwrap();
    assert_eq!(service.document().0, 1);
    drop(service);
    assert_eq!(home.open().await.last_use("k", Some(digest(1))), Some(NOW as i64));
}

#[tokio::test]
async fn nodes_learn_of_each_others_uses() {
    let home = Home::new();
    let one = home.open().await;
    with_keys(&one, 1, &[]).await;
    let two = home.open().await;
    use_key(&one, 1, NOW);
    use_key(&two, 1, NOW + 60_000);
    two.exchange_uses().await.unwrap();
    one.exchange_uses().await.unwrap();
    assert_eq!(one.last_use("k", Some(digest(1))), Some(NOW as i64 + 60_000));
    two.exchange_uses().await.unwrap();
    assert_eq!(two.last_use("k", Some(digest(1))), Some(NOW as i64 + 60_000), "the earlier one changes nothing");
}

#[tokio::test]
async fn a_rotation_keeps_apart_when_each_key_was_used() {
    let home = Home::new();
    let service = home.open().await;
    with_keys(&service, 1, &[]).await;
    use_key(&service, 1, NOW);
    with_keys(&service, 2, &[1]).await;
    use_key(&service, 2, NOW + 60_000);
    let uses = |service: &Service| [1, 2].map(|byte| service.last_use("k", Some(digest(byte))));
    let expected = [Some(NOW as i64), Some(NOW as i64 + 60_000)];
    assert_eq!(uses(&service), expected);
    service.exchange_uses().await.unwrap();
    assert_eq!(uses(&home.open().await), expected);
}

#[tokio::test]
async fn what_is_gone_is_forgotten() {
    let home = Home::new();
    let service = home.open().await;
    with_keys(&service, 1, &[]).await;
    use_key(&service, 1, NOW);
    service.exchange_uses().await.unwrap();
    with_keys(&service, 2, &[]).await;
    // The first exchange of a process forgets, and then once in an hour.
    let _other = home.open().await;
    assert_eq!(home.store().await.uses_since(0).await.unwrap(), []);
}

#[tokio::test]
async fn a_node_whose_clock_is_ahead_hides_nothing_of_the_others() {
    let home = Home::new();
    let one = home.open().await;
    with_keys(&one, 1, &[2]).await;
    let (two, ahead) = (home.open().await, home.open().await);
    let now = u64::try_from(jiff::Timestamp::now().as_millisecond()).unwrap();
    use_key(&ahead, 2, now + 86_400_000);
    ahead.exchange_uses().await.unwrap();
    one.exchange_uses().await.unwrap();
    assert!(one.last_use("k", Some(digest(2))).is_some_and(|at| at <= now as i64 + 60_000), "not of tomorrow");
    use_key(&two, 1, now);
    two.exchange_uses().await.unwrap();
    one.exchange_uses().await.unwrap();
    assert!(one.last_use("k", Some(digest(1))).is_some());
}

//! Sets over their life: what is asked for, what is kept, and who shares it.

use std::{future::Future, pin::Pin};

use gateway_telemetry::Metrics;
use http::Uri;
use serde_json::json;
use tokio::sync::mpsc;

use super::*;

const NOW: u64 = 1_800_000_000_000;
const COOLDOWN: u64 = 30_000;

/// For how long a document is fresh that does not say.
const HOUR: u64 = 3_600_000;

fn source() -> KeySetSource {
    KeySetSource {
        url: "https://issuer.example/keys".into(),
        min_age: 60_000,
        max_age: 3_600_000,
        max_stale: 86_400_000,
        cooldown: COOLDOWN,
    }
}

fn document(ids: &[&str]) -> Result<KeyDocument, String> {
    let key = |id: &&str| json!({ "kty": "OKP", "crv": "Ed25519", "kid": id, "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" });
    let body = json!({ "keys": ids.iter().map(key).collect::<Vec<_>>() }).to_string().into_bytes();
    Ok(KeyDocument { body, ..KeyDocument::default() })
}

fn failure() -> Result<KeyDocument, String> {
    Err("out of reach".to_owned())
}

/// A set that was fetched at [`NOW`].
fn set(ids: &[&str]) -> KeySet {
    let set = KeySet::new(source(), Uri::from_static("https://issuer.example/keys"), NOW);
    set.take(document(ids), set.asked(), NOW).expect("a set");
    set
}

fn ids(set: &KeySet, now: u64) -> Option<Vec<String>> {
    set.with_keys(now, |keys| keys.map(|keys| keys.iter().filter_map(|key| key.id()).map(str::to_owned).collect()))
}

#[test]
fn a_flood_of_unknown_keys_asks_once_in_a_cooldown() {
    let set = set(&["1"]);
    assert!(set.ask(Some("2"), NOW).is_none(), "it was fetched a moment ago");
    let later = NOW + COOLDOWN;
    let before = set.asked();
    assert!((0..1_000).all(|id| set.ask(Some(&id.to_string()), later).is_some()), "all wait for the same fetch");
    assert_eq!(set.asked(), before + 1);
    set.take(document(&["1"]), set.asked(), later).expect("a set");
    assert!((0..1_000).all(|id| set.ask(Some(&format!("x{id}")), later + COOLDOWN - 1).is_none()));
    assert!(set.ask(Some("new"), later + COOLDOWN).is_some());
}

#[test]
fn a_key_that_was_looked_for_in_vain_asks_no_more_for_a_while() {
    let set = set(&["1"]);
    let later = NOW + COOLDOWN;
    assert!(set.ask(Some("2"), later).is_some() && set.ask(Some("3"), later).is_some());
    set.take(document(&["1", "3"]), set.asked(), later).expect("a set");
    assert!(set.ask(Some("2"), later + COOLDOWN).is_none());
    assert!(set.ask(None, later + COOLDOWN).is_some(), "others are not concerned");
    set.take(document(&["1"]), set.asked(), later + COOLDOWN).expect("a set");
    assert!(set.ask(Some("2"), later + 2 * COOLDOWN).is_some(), "it is forgotten in time");
}

#[test]
fn a_key_that_came_and_went_is_not_held_to_be_absent() {
    let set = set(&["1"]);
    let later = NOW + COOLDOWN;
    assert!(set.ask(Some("2"), later).is_some());
    set.take(document(&["2"]), set.asked(), later).expect("a set");
    set.take(document(&["1"]), set.asked(), later).expect("a set");
    assert!(set.ask(Some("2"), later + COOLDOWN).is_some());
}

#[test]
fn the_last_good_keys_stay_beyond_their_time_for_as_long_as_the_source_says() {
    for max_stale in [86_400_000, 3_600_000, 60_000] {
        stay_for(HOUR, max_stale);
    }
}

fn stay_for(lifetime: u64, max_stale: u64) {
    let source = KeySetSource { max_stale, ..source() };
    let set = KeySet::new(source, Uri::from_static("https://issuer.example/keys"), NOW);
    set.take(document(&["1"]), set.asked(), NOW).expect("a set");
    let end = NOW + lifetime + max_stale;
    for now in [NOW + 1, end - 1] {
        set.take(failure(), set.asked(), now).expect_err("it is told");
        set.take(Ok(KeyDocument { body: b"<html>".into(), ..KeyDocument::default() }), set.asked(), now)
            .expect_err("so");
        assert_eq!(ids(&set, now), Some(vec!["1".to_owned()]));
    }
    assert_eq!(ids(&set, end), None);
    set.take(document(&["2"]), set.asked(), end).expect("a set");
    assert_eq!(ids(&set, end), Some(vec!["2".to_owned()]));
}

#[test]
fn a_failed_fetch_says_nothing_of_the_keys_that_were_asked_for() {
    let set = set(&["1"]);
    assert!(set.ask(Some("2"), NOW + COOLDOWN).is_some());
    set.take(failure(), set.asked(), NOW + COOLDOWN).expect_err("it is told");
    assert!(set.ask(Some("2"), NOW + 2 * COOLDOWN).is_some());
}

// === fetching ===

type Waiting = tokio::sync::oneshot::Sender<Result<KeyDocument, String>>;

/// Hands each fetch to the test, which answers it.
struct Scripted(mpsc::UnboundedSender<Waiting>);

impl KeyFetch for Scripted {
    fn fetch(&self, _: &Uri) -> Fetching {
        let (answer, answered) = tokio::sync::oneshot::channel();
        self.0.send(answer).expect("the test listens");
        Box::pin(async { answered.await.expect("the test answers") })
    }

    fn spawn(&self, work: Pin<Box<dyn Future<Output = ()> + Send>>) {
        drop(tokio::spawn(work));
    }
}

fn scripted() -> (KeySets, mpsc::UnboundedReceiver<Waiting>) {
    let (sender, fetches) = mpsc::unbounded_channel();
    (KeySets::new(Arc::new(Scripted(sender)), Metrics::new(1).key_sets()), fetches)
}

#[tokio::test]
async fn all_who_name_the_same_source_share_one_set_which_is_fetched_at_once() {
    let (sets, mut fetches) = scripted();
    let (one, two) = (sets.of(&source()).expect("a set"), sets.of(&source()).expect("a set"));
    assert!(Arc::ptr_eq(&one, &two));
    let waiting: Vec<_> =
        (0..10).map(|_| one.ask(Some("1"), unix_ms()).expect("the first fetch is under way")).collect();
    fetches.recv().await.expect("a fetch").send(document(&["1"])).expect("waited for");
    for newer in waiting {
        assert!(newer.come().await);
    }
    assert_eq!(ids(&two, unix_ms()), Some(vec!["1".to_owned()]));
    assert!(fetches.try_recv().is_err(), "there was one");
}

#[tokio::test(start_paused = true)]
async fn a_set_is_fetched_again_before_its_time_is_over() {
    let (sets, mut fetches) = scripted();
    let _set = sets.of(&source()).expect("a set");
    fetches.recv().await.expect("a fetch").send(document(&["1"])).expect("waited for");
    let began = Instant::now();
    fetches.recv().await.expect("another one").send(failure()).expect("waited for");
    let minutes = began.elapsed().as_secs() / 60;
    assert!((43..=48).contains(&minutes), "an hour less a fifth, give or take: {minutes}");
    let began = Instant::now();
    fetches.recv().await.expect("another try").send(document(&["1"])).expect("waited for");
    assert!(began.elapsed() <= Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn whoever_waits_does_so_for_two_seconds_at_most() {
    let (sets, mut fetches) = scripted();
    let set = sets.of(&source()).expect("a set");
    let _fetch = fetches.recv().await.expect("a fetch");
    let began = Instant::now();
    assert!(!set.ask(Some("1"), unix_ms()).expect("it is under way").come().await);
    assert_eq!(began.elapsed().as_secs(), 2);
}

#[tokio::test]
async fn whoever_waits_is_told_that_the_fetch_failed() {
    let (sets, mut fetches) = scripted();
    let set = sets.of(&source()).expect("a set");
    let newer = set.ask(Some("1"), unix_ms()).expect("it is under way");
    fetches.recv().await.expect("a fetch").send(failure()).expect("waited for");
    assert!(!newer.come().await);
}

#[tokio::test(start_paused = true)]
async fn a_fetch_that_takes_too_long_has_failed() {
    let (sets, mut fetches) = scripted();
    let _set = sets.of(&source()).expect("a set");
    let _fetch = fetches.recv().await.expect("a fetch");
    let began = Instant::now();
    let _again = fetches.recv().await.expect("another try");
    assert!((5..=7).contains(&began.elapsed().as_secs()), "{:?}", began.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_set_that_nobody_uses_stays_a_while_and_goes() {
    let (sets, mut fetches) = scripted();
    let first = sets.of(&source()).expect("a set");
    fetches.recv().await.expect("a fetch").send(document(&["1"])).expect("waited for");
    let set = Arc::downgrade(&first);
    drop(first);
    tokio::time::sleep(IDLE / 2).await;
    let again = sets.of(&source()).expect("a set");
    assert!(Arc::ptr_eq(&again, &set.upgrade().expect("it is still there")), "for the next revision");
    drop(again);
    tokio::time::sleep(IDLE * 3).await;
    assert_eq!(set.strong_count(), 0);
    assert!(fetches.try_recv().is_err());
}

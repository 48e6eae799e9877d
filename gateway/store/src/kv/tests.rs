use std::{collections::BTreeMap, thread};

use proptest::prelude::*;

use super::*;

const MS: u64 = 1_000_000;

fn store() -> Kv {
    Kv::bounded(ENTRIES, BYTES)
}

fn put(store: &Kv, key: &str, value: &str, now: u64) -> Result<u64, KvError> {
    store.set(key, Expected::Anything, value.to_owned().into(), None, now)
}

fn ttl(ms: u64) -> Option<Duration> {
    Some(Duration::from_millis(ms))
}

#[test]
fn an_entry_is_what_was_written_last() {
    let store = store();
    let first = put(&store, "a", "one", 0).expect("room");
    let second = put(&store, "a", "two", 0).expect("room");
    assert_ne!(first, second);
    assert_eq!(store.get("a", 0), Some(Entry { value: "two".into(), version: second, expires_at: None }));
    assert_eq!((store.get("b", 0), store.usage()), (None, (1, 4)));
}

#[test]
fn an_entry_is_gone_at_the_moment_its_time_is_over() {
    let store = store();
    store.set("a", Expected::Anything, "1".into(), ttl(5), 10 * MS).expect("room");
    assert_eq!(store.get("a", 15 * MS - 1).and_then(|entry| entry.expires_at), Some(15 * MS));
    assert_eq!(store.get("a", 15 * MS), None);
    assert!(store.keys("", 10, 15 * MS).is_empty());
    assert!(!store.delete("a", 15 * MS));
    assert_eq!(store.usage(), (0, 0));
}

#[test]
fn a_write_without_a_time_to_live_makes_the_entry_stay() {
    let store = store();
    store.set("a", Expected::Anything, "1".into(), ttl(5), 0).expect("room");
    put(&store, "a", "2", 0).expect("room");
    assert!(store.get("a", u64::MAX).is_some());
    store.set("b", Expected::Anything, "1".into(), Some(Duration::MAX), 7).expect("room");
    assert!(store.get("b", u64::MAX - 1).is_some());
}

#[test]
fn a_version_never_comes_back_to_a_key() {
    let store = store();
    let first = put(&store, "a", "1", 0).expect("room");
    assert_ne!(first, 0);
    assert!(store.delete("a", 0));
    let again = put(&store, "a", "1", 0).expect("room");
    assert_ne!(first, again);
    let stale = store.set("a", Expected::Version(first), "2".into(), None, 0);
    assert_eq!(stale, Err(KvError::Conflict));
}

#[test]
fn who_expected_something_else_changes_nothing() {
    let store = store();
    assert_eq!(store.set("a", Expected::Version(1), "x".into(), None, 0), Err(KvError::Conflict));
    let version = store.set("a", Expected::Nothing, "1".into(), ttl(1), 0).expect("it is free");
    assert_eq!(store.set("a", Expected::Nothing, "2".into(), None, 0), Err(KvError::Conflict));
    assert!(store.set("a", Expected::Version(version), "3".into(), ttl(1), 0).is_ok());
    assert!(store.set("a", Expected::Nothing, "4".into(), None, MS).is_ok(), "its time was over");
}

#[test]
fn keys_and_values_have_bounds() {
    let store = store();
    let longest = "k".repeat(KEY);
    assert!(store.set(&longest, Expected::Anything, vec![0; VALUE].into(), None, 0).is_ok());
    for (key, len) in [("k".repeat(KEY + 1), 0), ("k".to_owned(), VALUE + 1)] {
        let error = store.set(&key, Expected::Anything, vec![0; len].into(), None, 0).expect_err("too large");
        assert!(matches!(error, KvError::Limit(_)), "{error}");
    }
    assert!(matches!(put(&store, "", "x", 0), Err(KvError::Invalid(_))));
    assert!(matches!(store.increment("", 1, None, 0), Err(KvError::Invalid(_))));
    let zero = store.set("a", Expected::Anything, "x".into(), Some(Duration::ZERO), 0);
    assert!(matches!(zero, Err(KvError::Invalid(_))));
    assert_eq!((store.get("", 0), store.delete("", 0)), (None, false));
}

#[test]
fn a_full_store_refuses_and_forgets_nobody() {
    let store = store();
    for n in 0..ENTRIES {
        put(&store, &n.to_string(), "v", 0).expect("room");
    }
    let error = put(&store, "one more", "v", 0).expect_err("full");
    assert!(error.to_string().contains("10000 entries"), "{error}");
    assert!(put(&store, "17", "w", 0).is_ok(), "what is there may change");
    assert_eq!(store.keys("", usize::MAX, 0).len(), LISTED);
    assert!(store.delete("17", 0));
    assert!(put(&store, "one more", "v", 0).is_ok());
}

#[test]
fn bytes_are_bounded_too() {
    let store = store();
    let value = Bytes::from(vec![0; VALUE]);
    let fit = BYTES / (VALUE + 3);
    for n in 0..fit {
        store.set(&format!("{n:03}"), Expected::Anything, value.clone(), None, 0).expect("room");
    }
    let error = store.set("more", Expected::Anything, value.clone(), None, 0).expect_err("full");
    assert!(error.to_string().contains("16777216 bytes"), "{error}");
    assert_eq!(store.usage(), (fit, fit * (VALUE + 3)), "a refusal counts nothing");
    assert!(put(&store, "000", "less", 0).is_ok());
    assert!(store.set("more", Expected::Anything, value.slice(5..), None, 0).is_ok());
}

#[test]
fn what_is_over_its_time_makes_room() {
    let store = store();
    for n in 0..ENTRIES {
        store.set(&n.to_string(), Expected::Anything, "v".into(), ttl(1 + n as u64 % 2), 0).expect("room");
    }
    assert!(put(&store, "one more", "v", MS - 1).is_err());
    assert!(put(&store, "one more", "v", MS).is_ok());
    assert_eq!(store.usage().0, ENTRIES / 2 + 1);
}

#[test]
fn a_counter_is_decimal_text() {
    let store = store();
    assert_eq!(store.increment("n", 40, None, 0), Ok(40));
    assert_eq!(store.increment("n", -42, None, 0), Ok(-2));
    assert_eq!(store.get("n", 0).expect("there").value, "-2");
    put(&store, "n", "9223372036854775806", 0).expect("room");
    assert_eq!(store.increment("n", 1, None, 0), Ok(i64::MAX));
    assert!(matches!(store.increment("n", 1, None, 0), Err(KvError::Limit(_))));
    assert_eq!(store.increment("n", i64::MIN, None, 0), Ok(-1));
    for text in ["", "x", "+1", "01", "-0", " 1", "1.0", "9223372036854775808"] {
        put(&store, "n", text, 0).expect("room");
        assert!(matches!(store.increment("n", 1, None, 0), Err(KvError::Invalid(_))), "{text:?}");
    }
}

#[test]
fn the_time_of_a_counter_starts_when_it_is_made() {
    let store = store();
    assert_eq!(store.increment("n", 1, ttl(10), 0), Ok(1));
    assert_eq!(store.increment("n", 1, ttl(10), 5 * MS), Ok(2));
    assert_eq!(store.get("n", 0).and_then(|entry| entry.expires_at), Some(10 * MS));
    assert_eq!(store.increment("n", 1, None, 10 * MS), Ok(1), "a new one");
    assert_eq!(store.get("n", 10 * MS).and_then(|entry| entry.expires_at), None);
}

#[test]
fn keys_come_in_order_and_by_prefix() {
    let store = store();
    for key in ["b/2", "a", "b/10", "c", "b", "b/1"] {
        put(&store, key, "", 0).expect("room");
    }
    let keys = |prefix, limit| store.keys(prefix, limit, 0).iter().map(|key| key.to_string()).collect::<Vec<_>>();
    assert_eq!(keys("b/", 10), ["b/1", "b/10", "b/2"]);
    assert_eq!(keys("", 2), ["a", "b"]);
    assert!(keys("d", 10).is_empty() && keys("", 0).is_empty());
}

#[test]
fn a_store_lasts_for_as_long_as_it_is_held() {
    let stores = Stores::new();
    let one = stores.open("attachment/one").expect("room");
    put(&one, "a", "1", 0).expect("room");
    assert!(stores.open("attachment/one").expect("room").get("a", 0).is_some());
    assert!(stores.open("shared/one").expect("room").get("a", 0).is_none());
    drop(one);
    assert!(stores.open("attachment/one").expect("room").get("a", 0).is_none());
}

#[test]
fn a_node_has_a_bounded_number_of_stores() {
    let stores = Stores::new();
    let held: Vec<_> = (0..STORES).map(|n| stores.open(&n.to_string()).expect("room")).collect();
    assert!(matches!(stores.open("more"), Err(KvError::Limit(_))));
    assert!(stores.open("7").is_ok(), "it is there already");
    drop(held);
    assert!(stores.open("more").is_ok());
}

#[test]
fn no_increment_of_many_threads_is_lost() {
    let store = store();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..1_000 {
                    store.increment("n", 1, None, 0).expect("room");
                    loop {
                        let entry = store.get("cas", 0);
                        let (expected, next) = match &entry {
                            None => (Expected::Nothing, 1),
                            Some(entry) => {
                                let text = std::str::from_utf8(&entry.value).expect("text");
                                (Expected::Version(entry.version), text.parse::<u64>().expect("a number") + 1)
                            }
                        };
                        if store.set("cas", expected, next.to_string().into(), None, 0).is_ok() {
                            break;
                        }
                    }
                }
            });
        }
    });
    assert_eq!(store.get("n", 0).expect("there").value, "4000");
    assert_eq!(store.get("cas", 0).expect("there").value, "4000");
}

#[test]
fn many_writers_do_not_overfill_a_store() {
    let store = Kv::bounded(100, 1_000);
    thread::scope(|scope| {
        for thread in 0..4 {
            let store = &store;
            scope.spawn(move || {
                for n in 0..2_000_u64 {
                    let key = format!("{thread}-{}", n % 60);
                    let written = store.set(&key, Expected::Anything, "123456".into(), ttl(1 + n % 3), n * MS / 2);
                    let (entries, bytes) = store.usage();
                    assert!(entries <= 100 && bytes <= 1_000, "{entries} {bytes}");
                    if n % 7 == 0 && written.is_ok() {
                        store.delete(&key, n);
                    }
                }
            });
        }
    });
    let (entries, bytes) = store.drop_all();
    assert_eq!(store.usage(), (0, 0), "{entries} entries of {bytes} bytes were there");
}

impl Kv {
    fn drop_all(&self) -> (usize, usize) {
        let before = self.usage();
        self.keys("", LISTED, 0).iter().for_each(|key| assert!(self.delete(key, 0)));
        self.drop_expired(u64::MAX);
        before
    }
}

// === against the obvious store ===

#[derive(Clone, Debug)]
enum Step {
    Get(String),
    Set(String, usize, Option<u64>),
    /// Expects nothing, the version of the last write of that key, or one that never was.
    Exchange(String, u8, usize),
    Delete(String),
    Increment(String, i64, Option<u64>),
    Keys(String, usize),
    Wait(u64),
}

/// One map, searched from end to end.
#[derive(Default)]
struct Obvious {
    map: BTreeMap<String, (Vec<u8>, Option<u64>, u64)>,
    now: u64,
}

impl Obvious {
    fn live(&mut self) -> &mut BTreeMap<String, (Vec<u8>, Option<u64>, u64)> {
        let now = self.now;
        self.map.retain(|_, (_, at, _)| at.is_none_or(|at| at > now));
        &mut self.map
    }

    /// Whether it fits into 6 entries and 60 bytes.
    fn fits(&mut self, key: &str, len: usize) -> bool {
        let size = |(key, (value, ..)): (&String, &(Vec<u8>, Option<u64>, u64))| key.len() + value.len();
        let live = self.live();
        let old = live.get_key_value(key).map(size);
        let others = live.len() - usize::from(old.is_some());
        let bytes = live.iter().map(size).sum::<usize>() - old.unwrap_or(0);
        let new = key.len() + len;
        others < 6 && (new <= old.unwrap_or(0) || bytes + new <= 60)
    }
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let key = "[a-c]{1,3}";
    let ttl = || prop::option::of(1..6_u64);
    let step = prop_oneof![
        key.prop_map(Step::Get),
        (key, 0..25_usize, ttl()).prop_map(|(key, len, ttl)| Step::Set(key, len, ttl)),
        (key, 0..3_u8, 0..25_usize).prop_map(|(key, expected, len)| Step::Exchange(key, expected, len)),
        key.prop_map(Step::Delete),
        (key, -9..9_i64, ttl()).prop_map(|(key, delta, ttl)| Step::Increment(key, delta, ttl)),
        ("[a-c]{0,2}", 0..5_usize).prop_map(|(prefix, limit)| Step::Keys(prefix, limit)),
        (0..4_u64).prop_map(Step::Wait),
    ];
    prop::collection::vec(step, 1..80)
}

proptest! {
    #[test]
    fn a_store_does_as_the_obvious_one(steps in steps()) {
        let store = Kv::bounded(6, 60);
        let mut obvious = Obvious::default();
        for step in steps {
            check(&store, &mut obvious, step)?;
        }
    }
}

fn check(store: &Kv, obvious: &mut Obvious, step: Step) -> Result<(), TestCaseError> {
    let now = obvious.now;
    let at = |ttl: Option<u64>| ttl.map(|ms| now + ms * MS);
    let duration = |ttl: Option<u64>| ttl.map(Duration::from_millis);
    match step {
        Step::Wait(ms) => obvious.now += ms * MS,
        Step::Get(key) => {
            let found = store.get(&key, now).map(|it| (it.value.to_vec(), it.expires_at, it.version));
            prop_assert_eq!(found, obvious.live().get(&key).cloned());
        }
        Step::Set(key, len, ttl) => {
            let written = store.set(&key, Expected::Anything, vec![b'x'; len].into(), duration(ttl), now);
            prop_assert_eq!(written.is_ok(), obvious.fits(&key, len), "{:?}", written);
            if let Ok(version) = written {
                obvious.live().insert(key, (vec![b'x'; len], at(ttl), version));
            }
        }
        Step::Exchange(key, expected, len) => {
            let found = obvious.live().get(&key).map(|(.., version)| *version);
            let (expected, holds) = match (expected, found) {
                (0, found) => (Expected::Nothing, found.is_none()),
                (1, Some(version)) => (Expected::Version(version), true),
                _ => (Expected::Version(u64::MAX), false),
            };
            let written = store.set(&key, expected, vec![b'y'; len].into(), None, now);
            let fits = obvious.fits(&key, len);
            prop_assert_eq!(written.is_ok(), holds && fits);
            prop_assert_eq!(written == Err(KvError::Conflict), !holds);
            if let Ok(version) = written {
                obvious.live().insert(key, (vec![b'y'; len], None, version));
            }
        }
        Step::Delete(key) => prop_assert_eq!(store.delete(&key, now), obvious.live().remove(&key).is_some()),
        Step::Increment(key, delta, ttl) => {
            let old = obvious.live().get(&key).cloned();
            let sum = match &old {
                None => Some(delta),
                Some((value, ..)) => {
                    let number = std::str::from_utf8(value).ok().and_then(|text| text.parse::<i64>().ok());
                    number.map(|number| number + delta)
                }
            };
            let sum = sum.filter(|sum| obvious.fits(&key, sum.to_string().len()));
            prop_assert_eq!(store.increment(&key, delta, duration(ttl), now).ok(), sum);
            if let Some(sum) = sum {
                let expires_at = old.map_or(at(ttl), |(_, expires_at, _)| expires_at);
                let version = store.get(&key, now).expect("it was written").version;
                obvious.live().insert(key, (sum.to_string().into(), expires_at, version));
            }
        }
        Step::Keys(prefix, limit) => {
            let keys: Vec<_> = store.keys(&prefix, limit, now).iter().map(|key| key.to_string()).collect();
            let expected: Vec<_> =
                obvious.live().keys().filter(|key| key.starts_with(&prefix)).take(limit).cloned().collect();
            prop_assert_eq!(keys, expected);
        }
    }
    Ok(())
}

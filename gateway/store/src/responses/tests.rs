use std::{
    collections::{BTreeMap, BTreeSet},
    thread,
};

use proptest::prelude::*;

use super::*;

const MS: u64 = 1_000_000;

fn key(attachment: &str, key: &str) -> ResponseKey {
    ResponseKey::new(attachment, key).expect("a sound key")
}

fn response(body: impl Into<Bytes>) -> http::Response<Bytes> {
    http::Response::builder().status(203).header("etag", "\"1\"").body(body.into()).expect("a sound response")
}

fn tags(tags: &[&str]) -> Vec<Box<str>> {
    tags.iter().map(|tag| (*tag).into()).collect()
}

fn keep(responses: &Responses, name: &str, body: &str, carried: &[&str]) {
    let ttl = Duration::from_millis(10);
    responses.keep(key("here", name), response(body.to_owned()), ttl, &tags(carried), 0).expect("is kept");
}

fn body(responses: &Responses, name: &str, now: u64) -> Option<Bytes> {
    responses.find(&key("here", name), now).map(|found| found.body.clone())
}

#[test]
fn a_response_is_kept_whole_until_its_time_is_over() {
    let responses = Responses::new(1 << 20);
    keep(&responses, "a", "hello", &[]);
    let found = responses.find(&key("here", "a"), 4 * MS).expect("is there");
    assert_eq!((found.status.as_u16(), &*found.body), (203, &b"hello"[..]));
    assert_eq!(found.headers["etag"], "\"1\"");
    assert_eq!((found.age(4 * MS).as_millis(), found.ttl(4 * MS).as_millis()), (4, 6));
    assert!(responses.find(&key("here", "a"), 10 * MS).is_none());
    assert_eq!((responses.len(), responses.bytes()), (0, 0), "it was dropped when it was met");
}

#[test]
fn no_key_of_one_attachment_is_a_key_of_another() {
    let responses = Responses::new(1 << 20);
    keep(&responses, "a", "hello", &["t"]);
    let others = [("her", "ea"), ("here\0", "a"), ("heres", "a"), ("other", "a"), ("here", "\0a"), ("h", "erea")];
    for (attachment, name) in others {
        assert!(responses.find(&key(attachment, name), 0).is_none(), "{attachment} {name}");
        assert!(!responses.purge(&key(attachment, name), 0));
    }
    assert_eq!((responses.purge_tag("other", "t", 0), responses.purge_tag("here", "", 0)), (0, 0));
    assert!(body(&responses, "a", 0).is_some());
    assert_eq!(key("here", "a").attachment(), "here");
}

#[test]
fn a_purge_says_what_was_there() {
    let responses = Responses::new(1 << 20);
    keep(&responses, "a", "1", &["x", "y"]);
    keep(&responses, "b", "2", &["x"]);
    keep(&responses, "c", "3", &["y"]);
    assert!(responses.purge(&key("here", "a"), 0) && !responses.purge(&key("here", "a"), 0));
    assert_eq!((responses.purge_tag("here", "x", 0), responses.purge_tag("here", "x", 0)), (1, 0));
    assert!(body(&responses, "c", 0).is_some());
    assert_eq!(responses.purge_tag("here", "y", 10 * MS), 0, "its time was over");
    assert_eq!((responses.len(), responses.tags.len()), (0, 0));
}

#[test]
fn a_tag_of_a_response_that_was_replaced_purges_nothing() {
    let responses = Responses::new(1 << 20);
    keep(&responses, "a", "old", &["old"]);
    keep(&responses, "a", "new", &["new"]);
    assert_eq!(responses.purge_tag("here", "old", 0), 0);
    assert_eq!(body(&responses, "a", 0).as_deref(), Some(&b"new"[..]));
    assert_eq!(responses.purge_tag("here", "new", 0), 1);
}

#[test]
fn bounds_are_named() {
    let responses = Responses::new(16 << 20);
    let second = Duration::from_secs(1);
    let head = "etag\"1\"".len();
    let put = |len: usize, carried: &[Box<str>], ttl| {
        responses.keep(key("here", "a"), response(vec![0; len]), ttl, carried, 0)
    };
    assert_eq!(put(RESPONSE - head, &[], second), Ok(()));
    assert!(responses.find(&key("here", "a"), 0).is_some());
    assert_eq!(put(RESPONSE - head + 1, &[], second), Err(NotKept::TooLarge(RESPONSE + 1)));
    assert!(responses.find(&key("here", "a"), 0).is_some(), "what was there stays");
    let many: Vec<Box<str>> = (0..=TAGS).map(|n| n.to_string().into()).collect();
    assert_eq!(put(0, &many[1..], second), Ok(()));
    assert!(put(0, &many, second).is_err());
    assert!(put(0, &tags(&[&"t".repeat(TAG)]), second).is_ok());
    for carried in ["", &"t".repeat(TAG + 1)] {
        assert!(put(0, &tags(&[carried]), second).is_err());
    }
    assert!(put(0, &[], Duration::ZERO).is_err());
    assert!(ResponseKey::new("here", &"k".repeat(RESPONSE_KEY)).is_some());
    assert!(ResponseKey::new("here", &"k".repeat(RESPONSE_KEY + 1)).is_none());
    assert!(ResponseKey::new("here", "").is_none());
}

#[test]
fn a_full_cache_lets_go_of_responses_and_their_tags() {
    let most = 1 << 20;
    let responses = Responses::new(most);
    for n in 0..2_000 {
        keep(&responses, &n.to_string(), &"x".repeat(4_000), &["all", &n.to_string()]);
        assert!(responses.bytes() <= most);
    }
    assert!((150..300).contains(&responses.len()), "{}", responses.len());
    assert_eq!(responses.tags.len(), 2 * responses.len());
    let left = responses.len();
    assert_eq!(responses.purge_tag("here", "all", 0) as usize, left);
    assert_eq!((responses.bytes(), responses.tags.len()), (0, 0));
}

#[test]
fn a_cache_without_room_keeps_nothing() {
    let responses = Responses::new(0);
    keep(&responses, "a", "hello", &["t"]);
    assert!(body(&responses, "a", 0).is_none());
    assert_eq!((responses.bytes(), responses.tags.len()), (0, 0));
}

#[test]
fn the_index_is_true_after_many_threads() {
    let responses = Responses::new(256 * 1024);
    thread::scope(|scope| {
        for thread in 0..4 {
            let responses = &responses;
            scope.spawn(move || {
                for n in 0..1_000 {
                    keep(responses, &(n % 97).to_string(), &"x".repeat(n % 13 * 500), &["all", &thread.to_string()]);
                    match n % 10 {
                        3 => drop(responses.purge(&key("here", &(n % 31).to_string()), 0)),
                        7 => drop(responses.purge_tag("here", &thread.to_string(), 0)),
                        _ => drop(body(responses, &(n % 97).to_string(), 0)),
                    }
                }
            });
        }
    });
    assert_eq!(responses.tags.len(), 2 * responses.len());
    responses.purge_tag("here", "all", 0);
    assert_eq!((responses.len(), responses.tags.len()), (0, 0));
}

// === against the obvious cache ===

#[derive(Clone, Debug)]
enum Step {
    Keep(u8, u8, usize, BTreeSet<u8>, u64),
    Find(u8, u8),
    Purge(u8, u8),
    PurgeTag(u8, u8),
    Wait(u64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let (who, name, tag) = (0..2_u8, 0..5_u8, 0..3_u8);
    let carried = prop::collection::btree_set(0..3_u8, 0..3);
    let step = prop_oneof![
        (who.clone(), name.clone(), 0..3_000_usize, carried, 1..6_u64)
            .prop_map(|(who, name, len, tags, ttl)| Step::Keep(who, name, len, tags, ttl)),
        (who.clone(), name.clone()).prop_map(|(who, name)| Step::Find(who, name)),
        (who.clone(), name).prop_map(|(who, name)| Step::Purge(who, name)),
        (who, tag).prop_map(|(who, tag)| Step::PurgeTag(who, tag)),
        (0..3_u64).prop_map(Step::Wait),
    ];
    prop::collection::vec(step, 1..60)
}

/// Length of the body, tags, and the end of its time, by attachment and key.
type Obvious = BTreeMap<(u8, u8), (usize, BTreeSet<u8>, u64)>;

/// With room for everything the cache answers as the map does; with less it may have forgotten, but is never wrong.
fn check(room: u64, steps: Vec<Step>, exact: bool) -> Result<(), TestCaseError> {
    let responses = Responses::new(room);
    let mut obvious = Obvious::new();
    let mut now = 0;
    let named = |who: u8, name: u8| key(&who.to_string(), &name.to_string());
    for step in steps {
        obvious.retain(|_, (.., until)| *until > now);
        match step {
            Step::Wait(ms) => now += ms * MS,
            Step::Keep(who, name, len, carried, ttl) => {
                let texts: Vec<Box<str>> = carried.iter().map(|tag| tag.to_string().into()).collect();
                let ttl = Duration::from_millis(ttl);
                responses.keep(named(who, name), response(vec![b'x'; len]), ttl, &texts, now).expect("is sound");
                obvious.insert((who, name), (len, carried, now + ttl.as_nanos() as u64));
            }
            Step::Find(who, name) => {
                let found = responses.find(&named(who, name), now).map(|it| (it.body.len(), it.expires_at));
                let expected = obvious.get(&(who, name)).map(|(len, _, until)| (*len, *until));
                prop_assert!(found == expected || !exact && found.is_none(), "{:?} {:?}", found, expected);
            }
            Step::Purge(who, name) => {
                let (found, expected) =
                    (responses.purge(&named(who, name), now), obvious.remove(&(who, name)).is_some());
                prop_assert!(found == expected || !exact && !found);
            }
            Step::PurgeTag(who, tag) => {
                let found = responses.purge_tag(&who.to_string(), &tag.to_string(), now) as usize;
                let before = obvious.len();
                obvious.retain(|(other, _), (_, carried, _)| *other != who || !carried.contains(&tag));
                let expected = before - obvious.len();
                prop_assert!(found == expected || !exact && found < expected, "{} {}", found, expected);
            }
        }
        prop_assert!(responses.bytes() <= room);
    }
    Ok(())
}

proptest! {
    #[test]
    fn a_cache_with_room_does_as_the_obvious_one(steps in steps()) {
        check(1 << 20, steps, true)?;
    }

    #[test]
    fn a_cache_that_must_forget_is_never_wrong(steps in steps()) {
        check(9_000, steps, false)?;
    }
}

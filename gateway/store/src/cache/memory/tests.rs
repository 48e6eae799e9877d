//! What the tier in memory keeps, and what it forgets.

use std::time::Duration;

use bytes::Bytes;
use gateway_algorithms::caching::{Freshness, LifetimeSource, Time};
use http::{HeaderMap, StatusCode};

use super::*;
use crate::cache::{
    entry::{EntryHead, Pieces},
    key::KeyWriter,
};

const MIB: u64 = 1024 * 1024;

fn freshness() -> Freshness {
    Freshness {
        received: Time(0),
        initial_age: Duration::ZERO,
        lifetime: Duration::from_secs(60),
        source: LifetimeSource::Explicit,
        no_cache: false,
        must_revalidate: false,
        s_maxage: false,
        immutable: false,
        stale_while_revalidate: None,
        stale_if_error: None,
        validators: false,
    }
}

fn key(text: &str) -> CacheKey {
    let mut writer = KeyWriter::new("test");
    writer.part(text.as_bytes());
    writer.finish()
}

fn entry(url: &str, body: usize) -> Arc<Entry> {
    let head = EntryHead {
        status: StatusCode::OK,
        headers: HeaderMap::new(),
        freshness: freshness(),
        for_anyone: true,
        requested: Time(0),
        revision: 1,
        url: url.into(),
        tags: Box::default(),
    };
    Arc::new(Entry { head, body: Pieces::from_iter([Bytes::from(vec![0; body])]) })
}

fn found(memory: &Memory, name: &str) -> Option<Arc<Entry>> {
    match memory.get(&key(name)) {
        Some(Found::Response(entry)) => Some(entry),
        _ => None,
    }
}

#[test]
fn it_keeps_what_fits_and_forgets_the_rest() {
    let memory = Memory::new(8 * MIB);
    let mut pushed_out = 0;
    for number in 0..100 {
        let name = format!("/{number}");
        pushed_out += memory.insert(key(&name), Found::Response(entry(&name, 256 * 1024)));
    }
    assert!(memory.bytes() <= 8 * MIB && memory.len() >= 20, "{} in {} bytes", memory.len(), memory.bytes());
    assert_eq!(pushed_out + memory.len() as u64, 100);
    assert_eq!(memory.urls.len(), memory.len(), "the index is as large as the cache");
}

#[test]
fn what_is_too_large_does_not_push_out_others() {
    let memory = Memory::new(8 * MIB);
    memory.insert(key("a"), Found::Response(entry("/a", 1024)));
    memory.insert(key("b"), Found::Response(entry("/b", 5 * 1024 * 1024)));
    assert!(found(&memory, "a").is_some() && found(&memory, "b").is_none());
}

#[test]
fn what_is_too_large_takes_the_place_of_nothing_but_what_it_replaces() {
    let memory = Memory::new(8 * MIB);
    memory.insert(key("a"), Found::Response(entry("/a", 1024)));
    memory.insert(key("a"), Found::Response(entry("/a", 5 * 1024 * 1024)));
    assert!(found(&memory, "a").is_none(), "what it replaces is outdated");
}

#[test]
fn all_entries_of_a_url_are_invalidated_and_no_other() {
    let memory = Memory::new(8 * MIB);
    for name in ["a", "a;de", "a;fr"] {
        memory.insert(key(name), Found::Response(entry("https://shop/a", 10)));
    }
    memory.insert(key("b"), Found::Response(entry("https://shop/ab", 10)));
    assert_eq!(memory.invalidate("https://shop/a").len(), 3);
    assert!(found(&memory, "a").is_none() && found(&memory, "a;fr").is_none() && found(&memory, "b").is_some());
    assert!(memory.invalidate("https://shop/a").is_empty());
    assert_eq!(memory.urls.len(), 1);
}

#[test]
fn only_the_very_entry_is_removed() {
    let memory = Memory::new(8 * MIB);
    let old = entry("/a", 1);
    memory.insert(key("a"), Found::Response(old.clone()));
    let new = entry("/a", 2);
    memory.insert(key("a"), Found::Response(new.clone()));
    memory.remove_exactly(&key("a"), &old);
    assert!(found(&memory, "a").is_some_and(|found| Arc::ptr_eq(&found, &new)));
    memory.remove_exactly(&key("a"), &new);
    assert!(found(&memory, "a").is_none() && memory.urls.len() == 0);
}

#[test]
fn without_room_nothing_is_kept() {
    let memory = Memory::new(0);
    memory.insert(key("a"), Found::Response(entry("/a", 0)));
    assert!(memory.is_empty());
}

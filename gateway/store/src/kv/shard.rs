//! One of the maps of a store.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Bound,
    sync::Arc,
};

use super::Entry;

/// Entries by key, and by when their time is over: so neither listing nor dropping visits all of them.
#[derive(Debug, Default)]
pub(super) struct Shard {
    entries: BTreeMap<Arc<str>, Entry>,
    expiries: BTreeSet<(u64, Arc<str>)>,
}

impl Shard {
    /// The entry under `key`, if it is not over its time.
    pub(super) fn get(&self, key: &str, now: u64) -> Option<&Entry> {
        self.entries.get(key).filter(|entry| is_live(entry, now))
    }

    /// The entry under `key`, even if it is over its time.
    pub(super) fn peek(&self, key: &str) -> Option<&Entry> {
        self.entries.get(key)
    }

    pub(super) fn insert(&mut self, key: &str, entry: Entry) {
        let key = match self.entries.get_key_value(key) {
            Some((key, _)) => key.clone(),
            None => key.into(),
        };
        let expires_at = entry.expires_at;
        let old = self.entries.insert(key.clone(), entry);
        if let Some(at) = old.and_then(|old| old.expires_at) {
            self.expiries.remove(&(at, key.clone()));
        }
        self.expiries.extend(expires_at.map(|at| (at, key)));
    }

    pub(super) fn remove(&mut self, key: &str) -> Option<Entry> {
        let (key, entry) = self.entries.remove_entry(key)?;
        if let Some(at) = entry.expires_at {
            self.expiries.remove(&(at, key));
        }
        Some(entry)
    }

    /// Drops what is over its time: how many entries, and how many bytes.
    pub(super) fn drop_expired(&mut self, now: u64) -> (usize, usize) {
        let (mut entries, mut bytes) = (0, 0);
        while let Some((at, key)) = self.expiries.pop_first() {
            if at > now {
                self.expiries.insert((at, key));
                break;
            }
            if let Some(entry) = self.entries.remove(&key) {
                entries += 1;
                bytes += key.len() + entry.value.len();
            }
        }
        (entries, bytes)
    }

    /// Live keys that begin with `prefix`, in order.
    pub(super) fn keys(&self, prefix: &str, limit: usize, now: u64) -> Vec<Arc<str>> {
        let from = (Bound::Included(prefix), Bound::Unbounded);
        let range = self.entries.range::<str, _>(from).take_while(|(key, _)| key.starts_with(prefix));
        range.filter(|(_, entry)| is_live(entry, now)).map(|(key, _)| key.clone()).take(limit).collect()
    }
}

fn is_live(entry: &Entry, now: u64) -> bool {
    entry.expires_at.is_none_or(|at| at > now)
}

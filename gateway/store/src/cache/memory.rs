//! The tier in memory: bounded in bytes, with an index by URL for what is invalidated.

mod urls;

use std::sync::Arc;

use quick_cache::{DefaultHashBuilder, Lifecycle, Weighter, sync::Cache};

use self::urls::Urls;
use super::{
    entry::{Entry, Found},
    record::CacheKey,
};
use crate::bounded::arranged;

/// Room for what an entry has beside its body, in bytes.
const HEAD: u64 = 64 * 1024;

/// The entries of a node. Shared by all workers.
#[derive(Debug)]
pub struct Memory {
    cache: Cache<CacheKey, Found, Weight, DefaultHashBuilder, Collect>,
    urls: Urls,
    /// The largest entry.
    most: u64,
}

#[derive(Clone, Debug)]
struct Weight;

/// Hands what was pushed out to the caller, who has no lock then.
#[derive(Clone, Debug)]
struct Collect;

type PushedOut = Vec<(CacheKey, Found)>;

impl Memory {
    /// A tier of at most `bytes`, all costs included; with 0 it keeps nothing.
    #[must_use]
    pub fn new(bytes: u64) -> Self {
        let (options, most) = arranged(bytes);
        let cache = Cache::with_options(options, Weight, DefaultHashBuilder::default(), Collect);
        Self { cache, urls: Urls::default(), most }
    }

    /// What is under a key.
    #[must_use]
    pub fn get(&self, key: &CacheKey) -> Option<Found> {
        self.cache.get(key)
    }

    /// Puts something in the place of what is under a key; answers the number of entries that went to make room.
    /// What is larger than a part of the cache does not stay.
    pub fn insert(&self, key: CacheKey, found: Found) -> u64 {
        if found.weight() > self.most {
            self.remove(&key);
            return 0;
        }
        if let Found::Response(entry) = &found {
            self.urls.learn(&entry.head.url, key, entry);
        }
        let mut pushed_out = PushedOut::new();
        self.cache.insert_with_lifecycle(key, found, &mut pushed_out);
        pushed_out.iter().for_each(|(key, found)| self.forget(key, found));
        pushed_out.iter().filter(|(gone, _)| *gone != key).count() as u64
    }

    /// Drops what is under a key.
    pub fn remove(&self, key: &CacheKey) {
        if let Some((key, found)) = self.cache.remove(key) {
            self.forget(&key, &found);
        }
    }

    /// Drops this very entry, if another one has not taken its place; whether it did.
    pub fn remove_exactly(&self, key: &CacheKey, entry: &Arc<Entry>) -> bool {
        let is_it = |found: &Found| matches!(found, Found::Response(found) if Arc::ptr_eq(found, entry));
        let removed = self.cache.remove_if(key, is_it);
        if let Some((key, found)) = &removed {
            self.forget(key, found);
        }
        removed.is_some()
    }

    /// Drops all entries of a URL, whatever else tells them apart; answers their keys.
    pub fn invalidate(&self, url: &str) -> Vec<CacheKey> {
        let keys = self.urls.find(url);
        keys.iter().for_each(|key| self.remove(key));
        keys
    }

    /// The entries of a URL.
    #[must_use]
    pub fn of_url(&self, url: &str) -> Vec<(CacheKey, Arc<Entry>)> {
        let entry = |key: CacheKey| match self.cache.get(&key) {
            Some(Found::Response(entry)) => Some((key, entry)),
            _ => None,
        };
        self.urls.find(url).into_iter().filter_map(entry).collect()
    }

    /// The largest body that fits, with a head of usual size, in bytes.
    #[must_use]
    pub fn largest(&self) -> u64 {
        self.most.saturating_sub(HEAD)
    }

    /// What is kept, in bytes, all costs included.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.cache.weight()
    }

    /// Entries, and what else is known of URLs.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cache.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cache.is_empty()
    }

    fn forget(&self, key: &CacheKey, found: &Found) {
        if let Found::Response(entry) = found {
            self.urls.forget(&entry.head.url, key, entry);
        }
    }
}

impl Weighter<CacheKey, Found> for Weight {
    fn weight(&self, _: &CacheKey, found: &Found) -> u64 {
        found.weight()
    }
}

impl Lifecycle<CacheKey, Found> for Collect {
    type RequestState = PushedOut;

    fn on_evict(&self, pushed_out: &mut PushedOut, key: CacheKey, found: Found) {
        pushed_out.push((key, found));
    }
}

#[cfg(test)]
mod tests;

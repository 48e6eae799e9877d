//! Which entries a URL has.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    sync::Arc,
};

use parking_lot::Mutex;
use smallvec::SmallVec;

use crate::cache::{entry::Entry, record::CacheKey};

/// Parts of the index, each with a lock of its own, which is held for one entry at a time.
const PARTS: usize = 16;

/// The entries by URL. As large as what the cache holds: each entry is forgotten when it goes.
#[derive(Debug, Default)]
pub(super) struct Urls {
    parts: [Mutex<HashMap<u64, Entries>>; PARTS],
    hasher: RandomState,
}

/// The entries of one URL by their address: the same key may have had another entry a moment ago. Most URLs have one.
type Entries = SmallVec<[(CacheKey, usize); 1]>;

impl Urls {
    /// To be called before the entry can be found.
    pub(super) fn learn(&self, url: &str, key: CacheKey, entry: &Arc<Entry>) {
        let hash = self.hasher.hash_one(url);
        let mut part = self.part(hash).lock();
        part.entry(hash).or_default().push((key, address(entry)));
    }

    /// To be called when the entry can be found no more.
    pub(super) fn forget(&self, url: &str, key: &CacheKey, entry: &Arc<Entry>) {
        let hash = self.hasher.hash_one(url);
        let mut part = self.part(hash).lock();
        let Some(entries) = part.get_mut(&hash) else { return };
        if let Some(place) = entries.iter().position(|known| *known == (*key, address(entry))) {
            entries.swap_remove(place);
        }
        if entries.is_empty() {
            part.remove(&hash);
        }
    }

    /// The keys of all entries of the URL. URLs of one hash are taken for one: too much goes then, never too little.
    pub(super) fn find(&self, url: &str) -> Vec<CacheKey> {
        let hash = self.hasher.hash_one(url);
        let part = self.part(hash).lock();
        part.get(&hash).map(|entries| entries.iter().map(|(key, _)| *key).collect()).unwrap_or_default()
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.parts.iter().map(|part| part.lock().values().map(SmallVec::len).sum::<usize>()).sum()
    }

    fn part(&self, hash: u64) -> &Mutex<HashMap<u64, Entries>> {
        &self.parts[hash as usize % PARTS]
    }
}

/// What tells one entry from another for as long as either lives.
fn address(entry: &Arc<Entry>) -> usize {
    Arc::as_ptr(entry).addr()
}

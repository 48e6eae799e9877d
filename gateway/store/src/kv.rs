//! Key-value stores of plugins in the memory of one node: bounded, with a time to live for each entry.
//!
//! A store is a few maps, each behind a lock of its own; what it holds in all is counted by two atomics.
//! What is over its time is not there, and is dropped when room is needed; what is not is never dropped, so a full
//! store refuses.
//!
//! A counter is kept as its decimal text, such as `-7`: the form that Redis keeps it in.

mod counter;
mod shard;
mod usage;

use std::{
    collections::HashMap,
    fmt,
    hash::{BuildHasher, RandomState},
    sync::{
        Arc, Weak,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use parking_lot::{Mutex, RwLock};

use self::{shard::Shard, usage::Usage};
use crate::error::KvError;

/// Entries of one store at most.
pub const ENTRIES: usize = 10_000;

/// Bytes of keys and values of one store at most.
pub const BYTES: usize = 16 * 1024 * 1024;

/// The longest key, in bytes.
pub const KEY: usize = 512;

/// The longest value, in bytes.
pub const VALUE: usize = 64 * 1024;

/// Keys that are listed at once at most.
pub const LISTED: usize = 1_000;

/// Stores of one node at most; there are as many as attachments that use one, and shared ones.
const STORES: usize = 4_096;

/// Maps of one store. More of them make writers meet less often, and listings slower.
const SHARDS: usize = 16;

/// All stores of a node, by namespace: `attachment/NAME` or `shared/NAME`.
///
/// A store lasts for as long as somebody holds it.
#[derive(Debug, Default)]
pub struct Stores(
    /// Locked when attachments are configured, never by a request.
    Mutex<HashMap<Box<str>, Weak<Kv>>>,
);

/// One store.
pub struct Kv {
    shards: [RwLock<Shard>; SHARDS],
    hasher: RandomState,
    usage: Usage,
    /// The last version given out. One for all keys, so that no key sees a version twice, even after it was deleted.
    version: AtomicU64,
}

/// What a store has under a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub value: Bytes,
    /// Changes with each write; never 0, and never again the same for this key.
    pub version: u64,
    /// Nanoseconds of the clock that the store is used with; `None` for an entry that stays.
    pub expires_at: Option<u64>,
}

/// Which entry a write takes the place of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Whatever is there.
    Anything,
    /// Nothing: the key must be free.
    Nothing,
    /// The entry of this version.
    Version(u64),
}

// === impl Stores ===

impl Stores {
    /// No stores yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The store of this namespace, made if nobody holds one.
    ///
    /// # Errors
    /// [`KvError::Limit`] when the node has too many stores.
    pub fn open(&self, namespace: &str) -> Result<Arc<Kv>, KvError> {
        let mut stores = self.0.lock();
        if let Some(store) = stores.get(namespace).and_then(Weak::upgrade) {
            return Ok(store);
        }
        stores.retain(|_, store| store.strong_count() > 0);
        if stores.len() >= STORES {
            return Err(KvError::Limit(format!("this node has {STORES} stores already")));
        }
        let store = Arc::new(Kv::bounded(ENTRIES, BYTES));
        stores.insert(namespace.into(), Arc::downgrade(&store));
        Ok(store)
    }
}

// === impl Kv ===

/// `now` is in nanoseconds of one monotonic clock, the same for all calls.
impl Kv {
    fn bounded(entries: usize, bytes: usize) -> Self {
        Self {
            shards: std::array::from_fn(|_| RwLock::default()),
            hasher: RandomState::new(),
            usage: Usage::new(entries, bytes),
            version: AtomicU64::new(0),
        }
    }

    /// The entry under `key`.
    #[must_use]
    pub fn get(&self, key: &str, now: u64) -> Option<Entry> {
        self.shard(key).read().get(key, now).cloned()
    }

    /// Writes `value` under `key` if what is there is as `expected`, and answers the new version.
    ///
    /// # Errors
    /// [`KvError::Conflict`] when something else is there, [`KvError::Limit`] when key, value or store are too large,
    /// [`KvError::Invalid`] for an empty key and a time to live of 0. Nothing is changed then.
    pub fn set(
        &self,
        key: &str,
        expected: Expected,
        value: Bytes,
        ttl: Option<Duration>,
        now: u64,
    ) -> Result<u64, KvError> {
        check(key, value.len())?;
        let expires_at = expiry(ttl, now)?;
        self.write(key, now, |found| match is_expected(found, expected) {
            true => Ok((value.clone(), expires_at)),
            false => Err(KvError::Conflict),
        })
        .map(|(version, _)| version)
    }

    /// Deletes what is under `key`; whether something was there.
    pub fn delete(&self, key: &str, now: u64) -> bool {
        let mut shard = self.shard(key).write();
        let found = shard.get(key, now).is_some();
        if let Some(entry) = shard.remove(key) {
            self.usage.release(1, key.len() + entry.value.len());
        }
        found
    }

    /// Adds `delta` to the counter under `key`, which is 0 when there is none, and answers the sum.
    /// `ttl` counts from when the counter is made; it changes nothing for one that is there.
    ///
    /// # Errors
    /// [`KvError::Invalid`] when the value is no counter, [`KvError::Limit`] when the sum is out of range; else as [`Kv::set`].
    pub fn increment(&self, key: &str, delta: i64, ttl: Option<Duration>, now: u64) -> Result<i64, KvError> {
        check(key, 0)?;
        let fresh = expiry(ttl, now)?;
        let (_, value) = self.write(key, now, |found| {
            let sum = counter::add(found.map(|entry| &*entry.value), delta)?;
            Ok((counter::text(sum), found.map_or(fresh, |entry| entry.expires_at)))
        })?;
        counter::read(&value)
    }

    /// The keys that begin with `prefix`, in order, at most `limit` and at most [`LISTED`].
    #[must_use]
    pub fn keys(&self, prefix: &str, limit: usize, now: u64) -> Vec<Arc<str>> {
        let limit = limit.min(LISTED);
        let mut keys: Vec<_> = self.shards.iter().flat_map(|shard| shard.read().keys(prefix, limit, now)).collect();
        keys.sort_unstable();
        keys.truncate(limit);
        keys
    }

    /// Entries and bytes, those included that are over their time and not dropped yet.
    #[must_use]
    pub fn usage(&self) -> (usize, usize) {
        self.usage.get()
    }

    /// Puts what `decide` makes of the entry under `key` in its place.
    fn write(
        &self,
        key: &str,
        now: u64,
        decide: impl Fn(Option<&Entry>) -> Result<(Bytes, Option<u64>), KvError>,
    ) -> Result<(u64, Bytes), KvError> {
        loop {
            let full = {
                let mut shard = self.shard(key).write();
                let (value, expires_at) = decide(shard.get(key, now))?;
                match self.reserve(&shard, key, value.len()) {
                    Ok(()) => {
                        let version = self.version.fetch_add(1, Ordering::Relaxed) + 1;
                        shard.insert(key, Entry { value: value.clone(), version, expires_at });
                        return Ok((version, value));
                    }
                    Err(full) => full,
                }
            };
            // Not under the lock of this shard: two writers would wait for one another's.
            if self.drop_expired(now) == 0 {
                return Err(full);
            }
        }
    }

    /// Makes room in the books for `key` with a value of `len` bytes, in place of what is there.
    fn reserve(&self, shard: &Shard, key: &str, len: usize) -> Result<(), KvError> {
        let (entries, bytes) = match shard.peek(key) {
            Some(old) => (1, key.len() + old.value.len()),
            None => (0, 0),
        };
        self.usage.exchange((entries, bytes), (1, key.len() + len))
    }

    /// Drops what is over its time; how many there were.
    fn drop_expired(&self, now: u64) -> usize {
        let mut dropped = 0;
        for shard in &self.shards {
            let (entries, bytes) = shard.write().drop_expired(now);
            self.usage.release(entries, bytes);
            dropped += entries;
        }
        dropped
    }

    fn shard(&self, key: &str) -> &RwLock<Shard> {
        let hash = self.hasher.hash_one(key);
        &self.shards[hash as usize % SHARDS]
    }
}

impl fmt::Debug for Kv {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kv").field("usage", &self.usage()).finish_non_exhaustive()
    }
}

/// Whether a key and a value of `len` bytes are within bounds.
pub(crate) fn check(key: &str, len: usize) -> Result<(), KvError> {
    match key.len() {
        0 => Err(KvError::Invalid("the key is empty: use 1 to 512 bytes".to_owned())),
        1..=KEY if len <= VALUE => Ok(()),
        1..=KEY => Err(KvError::Limit(format!("the value has {len} bytes: use at most {VALUE}"))),
        more => Err(KvError::Limit(format!("the key has {more} bytes: use at most {KEY}"))),
    }
}

/// The time to live in milliseconds, at least 1.
pub(crate) fn check_ttl(ttl: Option<Duration>) -> Result<(), KvError> {
    match ttl {
        Some(ttl) if ttl.is_zero() => Err(KvError::Invalid(
            "the time to live is 0: use at least 1 ms, or none for an entry that stays".to_owned(),
        )),
        _ => Ok(()),
    }
}

fn expiry(ttl: Option<Duration>, now: u64) -> Result<Option<u64>, KvError> {
    check_ttl(ttl)?;
    Ok(ttl.map(|ttl| now.saturating_add(u64::try_from(ttl.as_nanos()).unwrap_or(u64::MAX))))
}

fn is_expected(found: Option<&Entry>, expected: Expected) -> bool {
    match expected {
        Expected::Anything => true,
        Expected::Nothing => found.is_none(),
        Expected::Version(version) => found.is_some_and(|entry| entry.version == version),
    }
}

#[cfg(test)]
mod tests;

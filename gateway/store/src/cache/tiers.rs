//! All tiers as one: what is looked for in memory first, and below it where there is more.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering::Relaxed},
};

use gateway_algorithms::caching::Time;
use parking_lot::Mutex;

use super::{
    disk::{DiskTier, PieceWriter},
    entry::{Entry, EntryHead, Found},
    lower::{Fetched, Lower, LowerStats},
    memory::Memory,
    recent::Recent,
    record::CacheKey,
};

/// The cache of a node. Shared by all workers.
#[derive(Debug)]
pub struct Tiers {
    memory: Memory,
    lower: Lower,
    recent: Mutex<Recent>,
    stored: AtomicU64,
    evicted: AtomicU64,
}

impl Tiers {
    /// A cache with at most `memory` bytes in memory, and what is below it.
    #[must_use]
    pub fn new(memory: u64, lower: Lower) -> Self {
        let (stored, evicted) = Default::default();
        Self { memory: Memory::new(memory), lower, recent: Mutex::default(), stored, evicted }
    }

    /// What is under a key in memory.
    #[must_use]
    pub fn get(&self, key: &CacheKey) -> Option<Found> {
        self.memory.get(key)
    }

    /// Puts something in the place of what is under a key. A response whose URL was invalidated since its request was sent
    /// is not kept.
    pub fn put(&self, key: CacheKey, found: Found, now: Time) {
        if let Found::Response(entry) = &found
            && self.is_outdated(&entry.head)
        {
            return self.remove(&key);
        }
        self.lower.put(key, &found, now);
        if matches!(found, Found::Response(_)) {
            self.stored.fetch_add(1, Relaxed);
        }
        self.keep(key, found.clone());
        // It may have been invalidated while it was put there.
        if let Found::Response(entry) = &found
            && self.is_outdated(&entry.head)
        {
            self.remove_exactly(&key, entry);
        }
    }

    /// Begins to store a response that is too large for memory; none where there is nothing below.
    #[must_use]
    pub fn writer(&self, key: CacheKey, head: &EntryHead) -> Option<PieceWriter> {
        self.lower.writer(key, head)
    }

    /// Ends what [`writer`](Self::writer) began: from now on it is found, unless it is outdated.
    pub fn finish(&self, head: &EntryHead, writer: PieceWriter) {
        if !self.is_outdated(head) {
            self.stored.fetch_add(1, Relaxed);
            writer.finish();
        }
    }

    /// Whether there is anything below memory.
    #[must_use]
    pub fn is_deep(&self) -> bool {
        !self.lower.is_none()
    }

    /// What the tiers below memory have under a key of that URL. What has a body of up to `whole` bytes comes into memory.
    pub async fn fetch(&self, key: CacheKey, url: &str, whole: u64, now: Time) -> Option<Fetched> {
        let fetched = self.lower.fetch(key, url, whole).await?;
        if let Fetched::Whole(found) = &fetched {
            self.keep(key, found.clone());
        }
        // What was invalidated while it was read is not what was asked for.
        if self.recent.lock().is_outdated(url, now) {
            self.memory.remove(&key);
            return None;
        }
        Some(fetched)
    }

    /// What was found below memory, and how much there is.
    #[must_use]
    pub fn below(&self) -> LowerStats {
        self.lower.stats()
    }

    /// Whether there will be a disk that is not there yet.
    #[must_use]
    pub fn awaits_disk(&self) -> bool {
        self.lower.awaits_disk()
    }

    /// Has the disk be used that the tiers below were made to wait for. Blocks for a moment.
    pub fn open_disk(&self, disk: DiskTier) {
        self.lower.open(disk);
    }

    /// Waits until all that was put is on disk. Nothing is put there any more.
    pub async fn close(&self) {
        self.lower.close().await;
    }

    fn keep(&self, key: CacheKey, found: Found) {
        self.evicted.fetch_add(self.memory.insert(key, found), Relaxed);
    }

    /// Whether the URL of a response was invalidated after its request was sent, or may have been.
    #[must_use]
    pub fn is_outdated(&self, head: &EntryHead) -> bool {
        self.recent.lock().is_outdated(&head.url, head.requested)
    }

    /// Responses that were stored, and those that went to make room for others.
    #[must_use]
    pub fn turnover(&self) -> (u64, u64) {
        (self.stored.load(Relaxed), self.evicted.load(Relaxed))
    }

    /// Drops what is under a key.
    pub fn remove(&self, key: &CacheKey) {
        self.memory.remove(key);
        self.lower.remove(key);
    }

    /// Drops this very response, if another one has not taken its place.
    pub fn remove_exactly(&self, key: &CacheKey, entry: &Arc<Entry>) {
        if self.memory.remove_exactly(key, entry) {
            self.lower.remove(key);
        }
    }

    /// Drops all responses of a URL, those included that are on their way.
    pub fn invalidate(&self, url: &str, now: Time) {
        self.recent.lock().add(url, now);
        self.lower.invalidate(url, now);
        self.memory.invalidate(url);
    }

    /// The tier in memory.
    #[must_use]
    pub fn memory(&self) -> &Memory {
        &self.memory
    }
}

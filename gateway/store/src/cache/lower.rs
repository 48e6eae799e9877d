//! The tiers below memory: a disk that survives a restart, and a store that nodes share.

mod late;

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use bytes::Bytes;
use futures_util::future::join;
use gateway_algorithms::caching::Time;

use self::late::Late;
use super::{
    disk::{DiskTier, PieceReader, PieceWriter, StoredRecord},
    entry::{Entry, EntryHead, Found, Pieces},
    head::{self, Kept},
    key::KeyWriter,
    record::{CacheKey, Record},
    remote::SharedTier,
};

/// The longest that the shared tier keeps a response, and so what is known of URLs.
const SHARED: Duration = Duration::from_secs(24 * 60 * 60);

/// How much longer a response is kept that can be confirmed.
const CONFIRMABLE: Duration = Duration::from_secs(60 * 60);

/// By how much the clocks of two nodes may differ.
const SKEW: Duration = Duration::from_secs(2);

/// Tiers below memory.
#[derive(Debug, Default)]
pub struct Lower {
    disk: Late,
    shared: Option<Shared>,
    disk_hits: AtomicU64,
    shared_hits: AtomicU64,
}

/// The shared tier, and whose part of it.
#[derive(Debug)]
struct Shared {
    tier: SharedTier,
    namespace: String,
}

impl Shared {
    fn key(&self, key: &CacheKey) -> CacheKey {
        KeyWriter::beneath(key, &self.namespace).finish()
    }
}

/// What a lower tier has.
#[derive(Debug)]
pub enum Fetched {
    /// Something for memory.
    Whole(Found),
    /// A response that is too large for that.
    Large(Box<Large>),
}

/// A response whose body stays where it is.
#[derive(Debug)]
pub struct Large {
    pub head: EntryHead,
    /// Of the body, in bytes.
    pub length: u64,
    pub pieces: PieceReader,
}

/// What the lower tiers have, and were asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LowerStats {
    pub disk_hits: u64,
    pub disk_bytes: u64,
    pub shared_hits: u64,
}

impl Lower {
    /// These tiers; the shared one with the namespace that parts the responses of this installation from those of others.
    #[must_use]
    pub fn new(disk: Option<DiskTier>, shared: Option<(SharedTier, String)>) -> Self {
        Self { disk: Late::open_now(disk), ..Self::awaiting_disk(shared) }
    }

    /// The same with a disk that another process has still: `open` is called when it comes. Until then
    /// nothing is found there, and what happens to its records is done afterwards.
    #[must_use]
    pub fn awaiting_disk(shared: Option<(SharedTier, String)>) -> Self {
        let shared = shared.map(|(tier, namespace)| Shared { tier, namespace });
        Self { disk: Late::awaited(), shared, ..Self::default() }
    }

    pub(super) fn awaits_disk(&self) -> bool {
        !self.disk.is_none() && self.disk.get().is_none()
    }

    /// Has the disk be used that was awaited. Blocks for a moment where much has happened to it.
    pub(super) fn open(&self, disk: DiskTier) {
        self.disk.open(disk);
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.disk.is_none() && self.shared.is_none()
    }

    /// Writes what is under a key, in the background; `now` is when.
    pub(super) fn put(&self, key: CacheKey, found: &Found, now: Time) {
        let (record, lasts) = match found {
            Found::Response(entry) => {
                let body = entry.body.as_slice().to_vec();
                (head::response(&entry.head).map(|head| Record { head, body }), lasts(&entry.head, now))
            }
            Found::Varies(names) => (head::varies(names).map(|head| Record { head, body: Vec::new() }), SHARED),
            Found::Passes(_) => return,
        };
        let Some(record) = record else { return };
        // What is over in a moment is not worth writing.
        if lasts < Duration::from_secs(1) {
            return;
        }
        if let Some(shared) = &self.shared {
            shared.tier.put(shared.key(&key), record.clone(), lasts.min(SHARED));
        }
        self.disk.put(key, record);
    }

    /// Begins a response whose body is too large for memory; none where there is no disk.
    pub(super) fn writer(&self, key: CacheKey, head: &EntryHead) -> Option<PieceWriter> {
        Some(self.disk.get()?.writer(key, head::response(head)?))
    }

    pub(super) fn remove(&self, key: &CacheKey) {
        self.disk.remove(*key);
        if let Some(shared) = &self.shared {
            shared.tier.remove(shared.key(key));
        }
    }

    /// Lets nobody find what was requested of a URL until now.
    pub(super) fn invalidate(&self, url: &str, now: Time) {
        let (key, Some(head)) = (tombstone(url), head::invalidated(now)) else { return };
        let record = Record { head, body: Vec::new() };
        if let Some(shared) = &self.shared {
            shared.tier.put(shared.key(&key), record.clone(), SHARED);
        }
        self.disk.note(key, record);
    }

    /// What is under a key of that URL; bodies of up to `whole` bytes come whole.
    pub(super) async fn fetch(&self, key: CacheKey, url: &str, whole: u64) -> Option<Fetched> {
        if let Some(disk) = self.disk.get()
            && let Some(fetched) = from_disk(disk, key, url, whole).await
        {
            self.disk_hits.fetch_add(1, Relaxed);
            return Some(fetched);
        }
        let found = from_shared(self.shared.as_ref()?, key, url).await?;
        self.shared_hits.fetch_add(1, Relaxed);
        Some(Fetched::Whole(found))
    }

    pub(super) fn stats(&self) -> LowerStats {
        LowerStats {
            disk_hits: self.disk_hits.load(Relaxed),
            disk_bytes: self.disk.get().map_or(0, |disk| disk.stats().bytes),
            shared_hits: self.shared_hits.load(Relaxed),
        }
    }

    pub(super) async fn close(&self) {
        if let Some(disk) = self.disk.get() {
            disk.close().await;
        }
    }
}

async fn from_disk(disk: &DiskTier, key: CacheKey, url: &str, whole: u64) -> Option<Fetched> {
    let StoredRecord { head, length, pieces } = disk.open_reader(key).await?;
    match head::read(&head)? {
        Kept::Varies(names) => Some(Fetched::Whole(Found::Varies(names))),
        Kept::Invalidated(_) => None,
        Kept::Response(head) => {
            let gone = disk.get(tombstone(url)).await;
            if is_outdated(gone, &head, Duration::ZERO) {
                return None;
            }
            match length <= whole {
                true => {
                    Some(Fetched::Whole(Found::Response(Arc::new(Entry { head: *head, body: gather(pieces).await? }))))
                }
                false => Some(Fetched::Large(Box::new(Large { head: *head, length, pieces }))),
            }
        }
    }
}

async fn from_shared(shared: &Shared, key: CacheKey, url: &str) -> Option<Found> {
    let (key, tombstone) = (shared.key(&key), shared.key(&tombstone(url)));
    let (found, gone) = join(shared.tier.get(key), shared.tier.get(tombstone)).await;
    let Record { head, body } = found?;
    match head::read(&head)? {
        Kept::Varies(names) => Some(Found::Varies(names)),
        Kept::Response(head) if !is_outdated(gone, &head, SKEW) => {
            Some(Found::Response(Arc::new(Entry { head: *head, body: body.into_iter().collect() })))
        }
        Kept::Response(_) | Kept::Invalidated(_) => None,
    }
}

/// Whether the URL was invalidated after the response was requested, or so shortly before that it may have been after.
fn is_outdated(gone: Option<Record>, head: &EntryHead, skew: Duration) -> bool {
    match gone.and_then(|record| head::read(&record.head)) {
        Some(Kept::Invalidated(at)) => head.requested <= at.plus(skew),
        _ => false,
    }
}

async fn gather(pieces: PieceReader) -> Option<Pieces> {
    let mut pieces = pieces;
    let mut gathered: Vec<Bytes> = Vec::new();
    while let Some(piece) = pieces.next().await.ok()? {
        gathered.push(piece);
    }
    Some(gathered.into_iter().collect())
}

/// Where it is noted that a URL was invalidated.
fn tombstone(url: &str) -> CacheKey {
    let mut writer = KeyWriter::new("invalidated");
    writer.part(url.as_bytes());
    writer.finish()
}

/// How long a response is of use.
fn lasts(head: &EntryHead, now: Time) -> Duration {
    let usable = head.freshness.usable_until().since(now);
    if head.freshness.validators { usable + CONFIRMABLE } else { usable }
}

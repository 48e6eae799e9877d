//! The tier that nodes share: records in a Redis, asked only as long as it answers quickly.
//!
//! It has a connection of its own on the thread of the remote stores. Everything that is asked is bounded in number and
//! in bytes, and a store that fails several times in a row is left alone until it answers a ping: requests do not notice
//! that it is down.

mod circuit;
mod envelope;

use std::{
    fmt,
    future::Future,
    pin::pin,
    sync::{
        Arc, Weak,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, oneshot},
    time,
};
use tracing::{info, warn};

use self::circuit::Circuit;
use super::record::{CacheKey, HEAD, Record};
use crate::{
    error::KvError,
    remote::{Line, RemoteStore},
};

/// Reads and removals that are on their way at most: one more misses, or is left out.
const CALLS: usize = 128;

/// KiB of records that are on their way to the store at most: what comes when there are more is not written.
const WRITING: usize = 32 * 1024;

/// What bounds a shared tier.
#[derive(Clone, Copy, Debug)]
pub struct SharedOptions {
    /// The longest wait for an answer: what takes longer is a miss.
    pub deadline: Duration,
    /// The largest record, in bytes of head and body: a larger one stays on the node.
    pub record: usize,
    /// How long the store is left alone after several failures in a row, and again as long as it does not answer.
    pub pause: Duration,
}

/// A tier in one store. Clones share it.
#[derive(Clone)]
pub struct SharedTier(Arc<Tier>);

/// What became of what a shared tier was asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SharedStats {
    /// Records found.
    pub read: u64,
    /// Records not found, for whatever reason.
    pub missed: u64,
    /// Records written.
    pub written: u64,
    /// Records not written: too large, too many on their way, or the store was out of reach or full.
    pub dropped: u64,
    /// Records that were damaged, or not written by this version; they are removed.
    pub corrupt: u64,
    /// Calls that failed or came too late.
    pub failed: u64,
    /// How often the store was left alone.
    pub opened: u64,
}

struct Tier {
    line: Line,
    options: SharedOptions,
    circuit: Circuit,
    calls: Arc<Semaphore>,
    writing: Arc<Semaphore>,
    counters: Counters,
}

#[derive(Default)]
struct Counters {
    read: AtomicU64,
    missed: AtomicU64,
    written: AtomicU64,
    dropped: AtomicU64,
    corrupt: AtomicU64,
    failed: AtomicU64,
    opened: AtomicU64,
}

/// What the store said to a question.
enum Found {
    Record(Record),
    Nothing,
    /// Something that is no record of this key.
    Strange,
}

impl Default for SharedOptions {
    fn default() -> Self {
        Self { deadline: Duration::from_millis(50), record: 1024 * 1024, pause: Duration::from_secs(3) }
    }
}

// === impl SharedTier ===

impl SharedTier {
    /// The tier in `store`. Connects when it is first used.
    #[must_use]
    pub fn new(store: &RemoteStore, options: SharedOptions) -> Self {
        Self(Arc::new(Tier {
            line: Line::new(store),
            options,
            circuit: Circuit::default(),
            calls: Arc::new(Semaphore::new(CALLS)),
            writing: Arc::new(Semaphore::new(WRITING)),
            counters: Counters::default(),
        }))
    }

    /// The record under `key`, with its body in one piece. `None` after the deadline, and at once while the store is
    /// left alone. The caller's runtime has its timer on.
    pub fn get(&self, key: CacheKey) -> impl Future<Output = Option<Record>> + Send + use<> {
        let tier = self.0.clone();
        async move {
            let found = tier.get(key).await;
            let counters = &tier.counters;
            add_one(if found.is_some() { &counters.read } else { &counters.missed });
            found
        }
    }

    /// Writes a record in the background, to be found for `ttl`, in place of the one under the same key. Never waits. If it
    /// is not written, the one that was there may stay.
    pub fn put(&self, key: CacheKey, record: Record, ttl: Duration) {
        if !self.0.put(key, record, ttl) {
            add_one(&self.0.counters.dropped);
        }
    }

    /// Removes the record under `key` in the background. Never waits. It stays where it is while the store is out of
    /// reach, or is asked for too much: what must not be found again needs another key.
    pub fn remove(&self, key: CacheKey) {
        if let Some(permit) = self.0.admit() {
            self.0.remove(key, permit);
        }
    }

    /// Whether the store is left alone because it failed.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.0.circuit.is_open()
    }

    /// What became of what was asked since the start.
    #[must_use]
    pub fn stats(&self) -> SharedStats {
        let counters = &self.0.counters;
        SharedStats {
            read: counters.read.load(Relaxed),
            missed: counters.missed.load(Relaxed),
            written: counters.written.load(Relaxed),
            dropped: counters.dropped.load(Relaxed),
            corrupt: counters.corrupt.load(Relaxed),
            failed: counters.failed.load(Relaxed),
            opened: counters.opened.load(Relaxed),
        }
    }
}

impl fmt::Debug for SharedTier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SharedTier").field(&self.0.line.name()).finish()
    }
}

// === impl Tier ===

impl Tier {
    async fn get(self: &Arc<Self>, key: CacheKey) -> Option<Record> {
        let permit = self.admit()?;
        let (reply, answer) = oneshot::channel();
        let tier = self.clone();
        self.line.spawn(async move { tier.ask(key, permit, reply).await });
        time::timeout(self.options.deadline, answer).await.ok()?.ok()
    }

    /// Answers if there is a record and it comes in time; the question is followed to its end in any case, as only that
    /// tells whether the connection is of use.
    async fn ask(self: Arc<Self>, key: CacheKey, permit: OwnedSemaphorePermit, reply: oneshot::Sender<Record>) {
        let mut asked = pin!(self.find(&key));
        let Ok(answer) = time::timeout(self.options.deadline, &mut asked).await else {
            drop(reply);
            self.failed();
            // Late answers are no use, and no news.
            return drop(asked.await);
        };
        match self.note(answer) {
            // Whoever asked may be gone.
            Some(Found::Record(record)) => drop(reply.send(record)),
            Some(Found::Strange) => {
                add_one(&self.counters.corrupt);
                self.remove(key, permit);
            }
            Some(Found::Nothing) | None => {}
        }
    }

    async fn find(&self, key: &CacheKey) -> Result<Found, KvError> {
        let limit = self.options.record.saturating_add(envelope::HEADER);
        match self.line.get(&format!("{key:x}"), limit).await {
            Ok(Some(bytes)) => Ok(envelope::decode(key, bytes).map_or(Found::Strange, Found::Record)),
            Ok(None) => Ok(Found::Nothing),
            // Larger than any record, or no string: somebody else has written it.
            Err(KvError::Limit(_) | KvError::Invalid(_)) => Ok(Found::Strange),
            Err(error) => Err(error),
        }
    }

    /// Whether the record is on its way.
    fn put(self: &Arc<Self>, key: CacheKey, record: Record, ttl: Duration) -> bool {
        let length = record.length().saturating_add(record.head.len() as u64);
        let is_wanted = record.head.len() <= HEAD && length <= self.options.record as u64 && !ttl.is_zero();
        if !is_wanted || self.circuit.is_open() {
            return false;
        }
        let Ok(kib) = u32::try_from(length / 1024 + 1) else { return false };
        let Ok(permit) = self.writing.clone().try_acquire_many_owned(kib) else { return false };
        let tier = self.clone();
        self.line.spawn(async move {
            let value = envelope::encode(&key, &record);
            let written = tier.line.set(&format!("{key:x}"), &value, ttl).await;
            let counters = &tier.counters;
            add_one(if written.is_ok() { &counters.written } else { &counters.dropped });
            // A store that is full still answers questions.
            if !matches!(written, Err(KvError::Limit(_))) {
                tier.note(written);
            }
            drop(permit);
        });
        true
    }

    fn remove(self: &Arc<Self>, key: CacheKey, permit: OwnedSemaphorePermit) {
        let tier = self.clone();
        self.line.spawn(async move {
            tier.note(tier.line.delete(&format!("{key:x}")).await);
            drop(permit);
        });
    }

    /// Room for one more question, unless the store is left alone.
    fn admit(&self) -> Option<OwnedSemaphorePermit> {
        if self.circuit.is_open() {
            return None;
        }
        self.calls.clone().try_acquire_owned().ok()
    }

    fn note<T>(self: &Arc<Self>, answer: Result<T, KvError>) -> Option<T> {
        match answer {
            Ok(answer) => {
                self.circuit.succeeded();
                Some(answer)
            }
            Err(_) => {
                self.failed();
                None
            }
        }
    }

    fn failed(self: &Arc<Self>) {
        add_one(&self.counters.failed);
        if self.circuit.failed() {
            add_one(&self.counters.opened);
            warn!(store = self.line.name(), "a shared cache fails, and is left alone until it answers");
            self.line.spawn(probe(Arc::downgrade(self), self.options.pause));
        }
    }
}

/// Asks after the store until it answers, or nobody wants to know any more.
async fn probe(tier: Weak<Tier>, pause: Duration) {
    loop {
        time::sleep(pause).await;
        let Some(tier) = tier.upgrade() else { return };
        if tier.line.ping().await.is_ok() {
            info!(store = tier.line.name(), "a shared cache answers again");
            return tier.circuit.close();
        }
    }
}

fn add_one(counter: &AtomicU64) {
    counter.fetch_add(1, Relaxed);
}

#[cfg(test)]
mod tests;

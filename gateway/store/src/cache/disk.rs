//! The tier on disk: records that survive a restart, bounded in bytes.
//!
//! Each record has a file of its own, which is written under another name and renamed when it is whole, so a process
//! that dies leaves records whole or not at all. Every byte is under a checksum, and what does not match is a miss: that
//! is how a power failure shows, as files are not synced. What can be found is known in memory; a miss costs no thread
//! but the caller's, nor does a record that waits to be written.
//!
//! The least recently used records go first; after a restart, in the order in which they were written.
//!
//! One thread changes files and a few read them. A disk that is too slow costs records and misses, and no worker's time.

mod directory;
mod format;
mod index;
mod readers;
mod source;
mod state;
mod stats;
mod stream;
mod unfinished;
mod writer;

use std::{
    fmt,
    future::Future,
    io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{self, Sender, SyncSender},
    },
    thread,
    time::Duration,
};

use bytes::Bytes;
use parking_lot::Mutex;
use tokio::{
    sync::{Semaphore, oneshot},
    time,
};
use tracing::info;

use self::{
    directory::Directory,
    format::{PIECE, file_length},
    index::{Place, room},
    readers::{Opened, Read, Readers},
    state::State,
    stats::Counters,
    writer::{Job, Writer},
};
pub use self::{
    stats::DiskStats,
    stream::{GivenUp, Lost, PieceReader, PieceWriter, StoredRecord},
};
use super::record::{CacheKey, HEAD, Record};

/// The largest body that [`DiskTier::get`] answers, in bytes; a larger one is read piece by piece.
pub const WHOLE: u64 = 16 * 1024 * 1024;

/// No record takes more than this part of a tier.
const PART: u64 = 4;

/// Files that are read piece by piece at one time, at most; who wants one more misses.
const READING: usize = 512;

/// What a record costs in the queue beside its bytes, about.
const OVERHEAD: usize = 512;

/// What bounds a tier on disk, besides its bytes.
#[derive(Clone, Copy, Debug)]
pub struct DiskOptions {
    /// The longest that a reader waits for the disk: what takes longer is a miss.
    pub deadline: Duration,
    /// Bytes that wait to be written at most: a record that comes when there are more is not written.
    pub queue: usize,
    /// The largest body, in bytes; a larger one is not written, nor one that takes more than a quarter of the tier.
    pub record: u64,
    /// Records that can be found at most, give or take those that are being written: each takes about 130 bytes of memory.
    pub entries: usize,
}

/// A tier in one directory. Clones share it; the last one ends its threads, after what waits is written.
#[derive(Clone)]
pub struct DiskTier(Arc<Handle>);

/// Why there is no tier on disk.
#[derive(Debug, thiserror::Error)]
pub enum DiskError {
    /// The directory cannot be made, read or written.
    #[error("the cache directory {} cannot be used", directory.display())]
    Directory {
        directory: PathBuf,
        #[source]
        source: io::Error,
    },
    /// Two processes do not share a directory.
    #[error("the cache directory {} is used by another process", .0.display())]
    InUse(PathBuf),
    /// The system has no thread for the tier.
    #[error("the threads of the cache on disk do not start")]
    Thread(#[source] io::Error),
}

/// How the threads are reached.
struct Handle {
    shared: Arc<Shared>,
    jobs: Sender<Job>,
    reads: SyncSender<Read>,
}

/// What the threads and the workers share.
struct Shared {
    directory: Directory,
    options: DiskOptions,
    /// Taken on disk at most.
    bytes: u64,
    /// Taken by one file at most.
    largest: u64,
    state: Mutex<State>,
    counters: Counters,
    readers: Readers,
    reading: Arc<Semaphore>,
}

impl Default for DiskOptions {
    fn default() -> Self {
        Self {
            deadline: Duration::from_millis(250),
            queue: 64 * 1024 * 1024,
            record: 1024 * 1024 * 1024,
            entries: 1_000_000,
        }
    }
}

// === impl DiskTier ===

/// Everything that reads answers within the deadline, or misses. The caller's runtime has its timer on.
impl DiskTier {
    /// Opens the tier in `directory`, which is made if need be, with at most `bytes` on disk in blocks of 4 KiB.
    ///
    /// Reads the names of all records that are there: two seconds for a million of them, about.
    ///
    /// # Errors
    /// [`DiskError`].
    pub fn open(directory: &Path, bytes: u64, options: DiskOptions) -> Result<Self, DiskError> {
        // The index counts in 32 bits.
        let options = DiskOptions { entries: options.entries.min(1 << 31), ..options };
        let (opened, lock) = Directory::open(directory)?;
        let records =
            opened.records().map_err(|source| DiskError::Directory { directory: directory.to_owned(), source })?;
        let (state, useless) = State::new(records);
        info!(directory = %directory.display(), records = state.index.len(), "the cache on disk is open");
        let shared = Arc::new(Shared {
            directory: opened,
            options,
            bytes,
            largest: bytes / PART,
            state: Mutex::new(state),
            counters: Counters::default(),
            readers: Readers::new(),
            reading: Arc::new(Semaphore::new(READING)),
        });
        let handle = Handle::start(shared, lock).map_err(DiskError::Thread)?;
        useless.into_iter().for_each(|(key, place)| handle.send(Job::Remove { key, place }));
        Ok(Self(Arc::new(handle)))
    }

    /// Has a record be found under `key` from now on, in place of the one that was, and writes it in the background.
    /// Never waits. When it cannot be written nothing is found: never the one that was.
    pub fn put(&self, key: CacheKey, record: Record) {
        if !self.0.put(key, record) {
            self.0.shared.counters.dropped.add_one();
        }
    }

    /// The whole record under `key`; `None` too when its body is larger than [`WHOLE`].
    pub fn get(&self, key: CacheKey) -> impl Future<Output = Option<Record>> + Send + use<> {
        let tier = self.0.clone();
        async move {
            let found = tier.get(key).await;
            tier.count(found.is_some());
            found
        }
    }

    /// The record under `key`, to be read piece by piece. It costs no more than [`DiskTier::get`], and the first piece is
    /// read with the head.
    pub fn open_reader(&self, key: CacheKey) -> impl Future<Output = Option<StoredRecord>> + Send + use<> {
        let tier = self.0.clone();
        async move {
            let found = tier.open_reader(key).await;
            tier.count(found.is_some());
            found
        }
    }

    /// Begins a record that is written piece by piece, in the background. Never waits.
    #[must_use]
    pub fn writer(&self, key: CacheKey, head: Bytes) -> PieceWriter {
        PieceWriter::begin(&self.0, key, head)
    }

    /// Has nothing be found under `key` from now on, whatever is on its way. Never waits. A process that is killed before
    /// [`DiskTier::flush`] may find it again.
    pub fn remove(&self, key: CacheKey) {
        let mut state = self.0.shared.state.lock();
        if let Some(place) = state.forget(&key) {
            self.0.send(Job::Remove { key, place });
        }
    }

    /// Has nothing be found from now on of what was there when it was opened. Never waits for the disk.
    pub fn clear(&self) {
        let mut state = self.0.shared.state.lock();
        while let Some((key, place)) = state.index.remove_oldest() {
            self.0.send(Job::Remove { key, place });
        }
    }

    /// Waits until all that was asked before is done: then it outlives the process, but not a failure of power.
    pub async fn flush(&self) {
        self.0.finish(Job::Flush).await;
    }

    /// The same, and closes the tier: nothing is found or written afterwards, and another may open the directory.
    pub async fn close(&self) {
        self.0.shared.state.lock().closed = true;
        self.0.finish(Job::Close).await;
    }

    /// What the tier has, and what became of what it was asked.
    #[must_use]
    pub fn stats(&self) -> DiskStats {
        let Shared { counters, state, .. } = &*self.0.shared;
        let state = state.lock();
        DiskStats {
            entries: state.index.len() as u64,
            bytes: state.used,
            queued: state.queued as u64,
            written: counters.written.read(),
            dropped: counters.dropped.read(),
            evicted: counters.evicted.read(),
            corrupt: counters.corrupt.read(),
            read: counters.read.read(),
            missed: counters.missed.read(),
        }
    }
}

impl fmt::Debug for DiskTier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DiskTier").field("bytes", &self.0.shared.bytes).finish_non_exhaustive()
    }
}

// === impl Handle ===

/// Where a record is.
enum Whereabouts {
    Memory(Record),
    Disk(Place),
}

impl Handle {
    fn start(shared: Arc<Shared>, lock: std::fs::File) -> io::Result<Self> {
        let (jobs, queue) = mpsc::channel();
        let writer = Writer::new(shared.clone(), lock);
        thread::Builder::new().name("cache-write".into()).spawn(move || writer.run(&queue))?;
        let reads = readers::start(&shared, &jobs)?;
        Ok(Self { shared, jobs, reads })
    }

    /// Whether the record is on its way.
    fn put(&self, key: CacheKey, record: Record) -> bool {
        let length = file_length(record.head.len(), record.length());
        let is_small = record.head.len() <= HEAD
            && record.length() <= self.shared.options.record
            && length.is_some_and(|length| room(length) <= self.shared.largest);
        let queued =
            usize::try_from(record.length()).unwrap_or(usize::MAX).saturating_add(record.head.len() + OVERHEAD);
        let mut state = self.shared.state.lock();
        if let Some(place) = state.forget(&key) {
            self.send(Job::Remove { key, place });
        }
        let fits = is_small && state.enqueue(queued, self.shared.options.queue);
        if fits {
            let generation = state.wait(key, record.clone());
            // Under the lock, so that nothing comes after the writer was told to stop.
            self.send(Job::Write { key, generation, record, queued });
        }
        fits
    }

    async fn get(&self, key: CacheKey) -> Option<Record> {
        match self.locate(&key)? {
            Whereabouts::Memory(record) => (record.length() <= WHOLE).then_some(record),
            // Too large by its name already: not worth opening.
            Whereabouts::Disk(place) if file_length(HEAD, WHOLE).is_none_or(|most| place.length > most) => None,
            Whereabouts::Disk(place) => {
                let opened = self.read(key, place, true).await?;
                (opened.source.length <= WHOLE).then_some(Record { head: opened.head, body: opened.pieces })
            }
        }
    }

    async fn open_reader(self: &Arc<Self>, key: CacheKey) -> Option<StoredRecord> {
        match self.locate(&key)? {
            Whereabouts::Memory(record) => Some(StoredRecord::ready(record)),
            Whereabouts::Disk(place) => {
                let permit = if place.length > PIECE as u64 {
                    Some(self.shared.reading.clone().try_acquire_owned().ok()?)
                } else {
                    None
                };
                let opened = self.read(key, place, false).await?;
                Some(StoredRecord::opened(opened, self, permit))
            }
        }
    }

    fn locate(&self, key: &CacheKey) -> Option<Whereabouts> {
        let mut state = self.shared.state.lock();
        if state.closed {
            return None;
        }
        match state.waiting(key) {
            Some(record) => Some(Whereabouts::Memory(record)),
            None => state.index.find(key).map(Whereabouts::Disk),
        }
    }

    async fn read(&self, key: CacheKey, place: Place, whole: bool) -> Option<Opened> {
        if self.shared.readers.are_stuck(self.shared.options.deadline) {
            return None;
        }
        let (reply, answer) = oneshot::channel();
        self.reads.try_send(Read::Record { key, place, whole, reply }).ok()?;
        time::timeout(self.shared.options.deadline, answer).await.ok()?.ok()
    }

    fn count(&self, found: bool) {
        let counters = &self.shared.counters;
        (if found { &counters.read } else { &counters.missed }).add_one();
    }

    /// Waits for the writer to come to this.
    async fn finish(&self, job: impl FnOnce(oneshot::Sender<()>) -> Job) {
        let (done, waited) = oneshot::channel();
        self.send(job(done));
        // An error says that the writer has ended: so all is done.
        waited.await.unwrap_or_default();
    }

    /// Nobody is left to take it when the tier is closed, and nobody needs to.
    fn send(&self, job: Job) {
        self.jobs.send(job).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests;

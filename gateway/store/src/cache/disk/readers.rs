//! The threads that read files, so that no worker waits for a disk.

use std::{
    array, io,
    sync::{
        Arc,
        atomic::{
            AtomicBool, AtomicU64,
            Ordering::{Relaxed, SeqCst},
        },
        mpsc::{self, Receiver, Sender, SyncSender},
    },
    thread,
    time::{Duration, Instant},
};

use bytes::Bytes;
use parking_lot::Mutex;
use tokio::sync::oneshot;
use tracing::warn;

use super::{
    Shared,
    index::Place,
    source::{Source, Trouble},
    writer::Job,
};
use crate::cache::record::CacheKey;

/// Threads: as many reads as a disk has in hand at one time.
const READERS: usize = 4;

/// Reads that wait for a thread at most; who comes when there are more misses.
const QUEUE: usize = 256;

/// What is to be read. Whoever does not wait for the answer any more costs nothing.
pub(super) enum Read {
    /// A record: its head, and the first piece of its body or all of it.
    Record { key: CacheKey, place: Place, whole: bool, reply: oneshot::Sender<Opened> },
    /// One piece more of a body.
    Piece { source: Arc<Source>, index: u64, reply: oneshot::Sender<Option<Bytes>> },
    /// Nothing: the file is closed, which takes its time when it was removed.
    Close(Arc<Source>),
}

/// A record whose file is open.
pub(super) struct Opened {
    pub(super) head: Bytes,
    /// The first pieces of its body.
    pub(super) pieces: Vec<Bytes>,
    pub(super) source: Arc<Source>,
}

/// What the threads are doing.
#[derive(Debug)]
pub(super) struct Readers {
    started: Instant,
    /// Since when each thread reads, in milliseconds from the start and one more; 0 when it does not.
    busy: [AtomicU64; READERS],
    /// Reading failed last time: said once, until it succeeds again.
    failing: AtomicBool,
}

impl Readers {
    pub(super) fn new() -> Self {
        Self { started: Instant::now(), busy: array::from_fn(|_| AtomicU64::new(0)), failing: AtomicBool::new(false) }
    }

    /// Whether every thread has been reading for longer than anybody waits: then nobody needs to try.
    pub(super) fn are_stuck(&self, deadline: Duration) -> bool {
        let now = self.now();
        let deadline = u64::try_from(deadline.as_millis()).unwrap_or(u64::MAX);
        self.busy.iter().all(|since| match since.load(Relaxed) {
            0 => false,
            since => now.saturating_sub(since) > deadline,
        })
    }

    fn now(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).map_or(u64::MAX, |now| now.saturating_add(1))
    }
}

/// Starts the threads, which end when the last sender is dropped.
pub(super) fn start(shared: &Arc<Shared>, jobs: &Sender<Job>) -> io::Result<SyncSender<Read>> {
    let (reads, queue) = mpsc::sync_channel(QUEUE);
    let queue = Arc::new(Mutex::new(queue));
    for number in 0..READERS {
        let reader = Reader { shared: shared.clone(), jobs: jobs.clone(), number };
        let queue = queue.clone();
        thread::Builder::new().name(format!("cache-read-{number}")).spawn(move || reader.run(&queue))?;
    }
    Ok(reads)
}

struct Reader {
    shared: Arc<Shared>,
    jobs: Sender<Job>,
    number: usize,
}

impl Reader {
    fn run(self, queue: &Mutex<Receiver<Read>>) {
        let busy = &self.shared.readers.busy[self.number];
        loop {
            // The lock is held while waiting: the other threads wait for it instead.
            let Ok(read) = queue.lock().recv() else { return };
            busy.store(self.shared.readers.now(), SeqCst);
            self.work(read);
            busy.store(0, SeqCst);
        }
    }

    fn work(&self, read: Read) {
        match read {
            Read::Record { key, place, whole, reply } if !reply.is_closed() => match self.open(key, &place, whole) {
                // Nobody may wait any more; the file is closed here then.
                Ok(opened) => drop(reply.send(opened)),
                Err(trouble) => self.note(&key, place.generation, trouble),
            },
            Read::Piece { source, index, reply } if !reply.is_closed() => match source.read(index) {
                Ok(piece) => drop(reply.send(piece)),
                Err(trouble) => self.note(&source.key, source.generation, trouble),
            },
            Read::Record { .. } | Read::Piece { .. } => {}
            Read::Close(source) => drop(source),
        }
    }

    fn open(&self, key: CacheKey, place: &Place, whole: bool) -> Result<Opened, Trouble> {
        let path = self.shared.directory.record(&key, place);
        let (source, head) = Source::open(&path, key, place)?;
        let wanted = if whole { source.pieces() } else { 1 };
        let mut pieces = Vec::new();
        for index in 0..wanted {
            pieces.extend(source.read(index)?);
        }
        self.shared.readers.failing.store(false, Relaxed);
        Ok(Opened { head, pieces, source: Arc::new(source) })
    }

    /// What is damaged is removed; what cannot be read now may be read later.
    fn note(&self, key: &CacheKey, generation: u64, trouble: Trouble) {
        match trouble {
            Trouble::Failed(error) => {
                if !self.shared.readers.failing.swap(true, Relaxed) {
                    warn!(%error, "the cache on disk cannot be read");
                }
                return;
            }
            Trouble::Damaged => self.shared.counters.corrupt.add_one(),
            Trouble::Gone => {}
        }
        let removed = self.shared.state.lock().index.remove_exactly(key, generation);
        if let Some(place) = removed {
            // The thread that removes has ended: so has the tier.
            self.jobs.send(Job::Remove { key: *key, place }).unwrap_or_default();
        }
    }
}

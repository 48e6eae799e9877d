//! The thread that changes files: it alone writes and removes them, one after the other.

use std::{
    collections::HashMap,
    fs::{self, File},
    io::{self, ErrorKind},
    sync::{Arc, mpsc::Receiver},
};

use bytes::Bytes;
use tokio::sync::oneshot;
use tracing::{info, warn};

use super::{
    Shared,
    format::file_length,
    index::{Place, room},
    unfinished::Unfinished,
};
use crate::cache::record::{CacheKey, Record};

/// What is to be done. Those with bytes are bounded by the queue's bytes, removals by the records that there were, and
/// all others by those who wait for them or by the records that are open.
#[derive(Debug)]
pub(super) enum Job {
    /// A whole record, which takes `queued` bytes of the queue.
    Write { key: CacheKey, generation: u64, record: Record, queued: usize },
    /// The head of a record that comes piece by piece.
    Begin { key: CacheKey, number: u64, head: Bytes, queued: usize },
    /// More of its body.
    Piece { number: u64, piece: Bytes, queued: usize },
    /// It is whole.
    Finish { number: u64, key: CacheKey, generation: u64 },
    /// The rest of it does not come.
    Abandon { number: u64 },
    /// A file of which nobody knows any more.
    Remove { key: CacheKey, place: Place },
    /// Says when all that came before is done.
    Flush(oneshot::Sender<()>),
    /// The same, and nothing is done afterwards.
    Close(oneshot::Sender<()>),
}

pub(super) struct Writer {
    shared: Arc<Shared>,
    open: HashMap<u64, Open>,
    /// The disk refused what was last tried: said once, until it takes something again.
    refused: bool,
    /// Keeps other processes out until the last file is written.
    _lock: File,
}

/// A record that comes piece by piece.
struct Open {
    record: Unfinished,
    /// Bytes that are counted as taken on disk.
    room: u64,
}

/// Why a record was not written.
enum Refused {
    /// It is larger than any may be.
    TooLarge,
    Disk(io::Error),
}

impl Writer {
    pub(super) fn new(shared: Arc<Shared>, lock: File) -> Self {
        Self { shared, open: HashMap::new(), refused: false, _lock: lock }
    }

    /// Works until nobody is left to say what is to be done.
    pub(super) fn run(mut self, jobs: &Receiver<Job>) {
        // A smaller bound than that of the process before holds before anything new is written.
        self.make_room(0);
        let mut closed = None;
        while let Ok(job) = jobs.recv() {
            match job {
                Job::Close(done) => {
                    closed = Some(done);
                    break;
                }
                job => self.work(job),
            }
        }
        for number in self.open.keys().copied().collect::<Vec<_>>() {
            self.abandon(number);
        }
        drop(self);
        // Whoever waits may open the directory again.
        if let Some(done) = closed {
            done.send(()).unwrap_or_default();
        }
    }

    fn work(&mut self, job: Job) {
        match job {
            Job::Write { key, generation, record, queued } => {
                self.write(key, generation, &record);
                self.dequeue(queued);
            }
            Job::Begin { key, number, head, queued } => {
                self.begin(key, number, &head);
                self.dequeue(queued);
            }
            Job::Piece { number, piece, queued } => {
                self.piece(number, &piece);
                self.dequeue(queued);
            }
            Job::Finish { number, key, generation } => self.finish(number, key, generation),
            Job::Abandon { number } => self.abandon(number),
            Job::Remove { key, place } => self.remove(&key, &place),
            Job::Flush(done) | Job::Close(done) => done.send(()).unwrap_or_default(),
        }
    }

    // === whole records ===

    fn write(&mut self, key: CacheKey, generation: u64, record: &Record) {
        if !self.shared.state.lock().is_wanted(&key, generation) {
            return;
        }
        let written = self.try_write(key, generation, record);
        self.settle(key, generation, generation, written);
    }

    fn try_write(&mut self, key: CacheKey, generation: u64, record: &Record) -> Result<u64, Refused> {
        let length = file_length(record.head.len(), record.length()).ok_or(Refused::TooLarge)?;
        if !self.make_room(room(length)) {
            return Err(Refused::TooLarge);
        }
        let write = || {
            let file = self.shared.directory.create_unfinished(generation)?;
            let mut unfinished = Unfinished::begin(file, key, generation, &record.head)?;
            record.body.iter().try_for_each(|piece| unfinished.write(piece))?;
            unfinished.finish()
        };
        write().map_err(|error| {
            self.discard(generation, room(length));
            Refused::Disk(error)
        })
    }

    // === records that come piece by piece ===

    fn begin(&mut self, key: CacheKey, number: u64, head: &[u8]) {
        let begin = || {
            let file = self.shared.directory.create_unfinished(number)?;
            Unfinished::begin(file, key, number, head)
        };
        match begin() {
            Ok(record) => {
                self.open.insert(number, Open { record, room: 0 });
                // The head takes its room at once.
                self.piece(number, &[]);
            }
            Err(error) => {
                self.discard(number, 0);
                self.refuse(&Refused::Disk(error));
                self.shared.state.lock().refuse(number);
            }
        }
    }

    fn piece(&mut self, number: u64, piece: &[u8]) {
        let Some(mut open) = self.open.remove(&number) else { return };
        match self.try_piece(&mut open, piece) {
            Ok(()) => {
                self.open.insert(number, open);
            }
            Err(refused) => {
                self.discard(number, open.room);
                self.refuse(&refused);
                self.shared.state.lock().refuse(number);
            }
        }
    }

    fn try_piece(&mut self, open: &mut Open, piece: &[u8]) -> Result<(), Refused> {
        let length = open.record.length_with(piece.len(), self.shared.options.record).ok_or(Refused::TooLarge)?;
        if room(length) > self.shared.largest {
            return Err(Refused::TooLarge);
        }
        let more = room(length).saturating_sub(open.room);
        if !self.make_room(more) {
            return Err(Refused::TooLarge);
        }
        open.room += more;
        open.record.write(piece).map_err(Refused::Disk)
    }

    fn finish(&mut self, number: u64, key: CacheKey, generation: u64) {
        let Some(Open { record, room }) = self.open.remove(&number) else {
            // It was refused before, when whoever wrote it had said already that it is whole.
            return self.shared.state.lock().give_up(&key, generation);
        };
        let finished = record.finish().map_err(|error| {
            self.discard(number, room);
            Refused::Disk(error)
        });
        self.settle(key, number, generation, finished);
    }

    fn abandon(&mut self, number: u64) {
        if let Some(open) = self.open.remove(&number) {
            self.discard(number, open.room);
        }
    }

    // === files ===

    /// Has a record be found, whose file has `written` bytes, under the number of its writing.
    fn settle(&mut self, key: CacheKey, number: u64, generation: u64, written: Result<u64, Refused>) {
        let settled = written.and_then(|length| {
            let place = Place { generation, length };
            self.shared.directory.finish(number, &key, &place).map_err(|error| {
                self.discard(number, place.room());
                Refused::Disk(error)
            })?;
            Ok(place)
        });
        match settled {
            Ok(place) if self.shared.state.lock().settle(key, place) => {
                self.shared.counters.written.add_one();
                if std::mem::take(&mut self.refused) {
                    info!("the cache on disk takes records again");
                }
            }
            Ok(place) => self.remove(&key, &place),
            Err(refused) => {
                self.refuse(&refused);
                self.shared.state.lock().give_up(&key, generation);
            }
        }
    }

    /// Pushes out what was not used for longest until there is room for `more` bytes and one more record, and takes it;
    /// false when there would not be room in an empty tier.
    fn make_room(&mut self, more: u64) -> bool {
        loop {
            let victim = {
                let mut state = self.shared.state.lock();
                let is_room = state.used.saturating_add(more) <= self.shared.bytes;
                if is_room && state.index.len() < self.shared.options.entries {
                    state.used += more;
                    return true;
                }
                state.index.remove_oldest()
            };
            let Some((key, place)) = victim else { return false };
            self.shared.counters.evicted.add_one();
            self.remove(&key, &place);
        }
    }

    /// Removes an unfinished file that had taken `room`.
    fn discard(&self, number: u64, room: u64) {
        self.drop_file(&self.shared.directory.unfinished(number), room);
    }

    fn remove(&self, key: &CacheKey, place: &Place) {
        self.drop_file(&self.shared.directory.record(key, place), place.room());
    }

    /// What cannot be removed still takes its room: so the bound holds.
    fn drop_file(&self, path: &std::path::Path, room: u64) {
        match fs::remove_file(path) {
            Err(error) if !matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                warn!(%error, "a file of the cache on disk cannot be removed");
            }
            _ => {
                let mut state = self.shared.state.lock();
                state.used = state.used.saturating_sub(room);
            }
        }
    }

    fn refuse(&mut self, refused: &Refused) {
        self.shared.counters.dropped.add_one();
        if let Refused::Disk(error) = refused
            && !std::mem::replace(&mut self.refused, true)
        {
            warn!(%error, "the cache on disk cannot be written");
        }
    }

    fn dequeue(&self, bytes: usize) {
        self.shared.state.lock().queued -= bytes;
    }
}

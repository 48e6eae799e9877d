//! Records that are too large to be in memory at once: read and written piece by piece.

use std::{fmt, sync::Arc, vec};

use bytes::Bytes;
use tokio::{
    sync::{OwnedSemaphorePermit, oneshot},
    time,
};

use super::{
    Handle,
    readers::{Opened, Read},
    source::Source,
    writer::Job,
};
use crate::cache::record::{CacheKey, HEAD, Record};

/// What a piece costs in the queue beside its bytes, about.
const OVERHEAD: usize = 128;

/// A record that is read piece by piece.
#[derive(Debug)]
pub struct StoredRecord {
    pub head: Bytes,
    /// Of the body, in bytes.
    pub length: u64,
    pub pieces: PieceReader,
}

/// Reads the body of one record in pieces of at most 256 KiB, none of them empty. It goes on to the end even when the
/// record is removed, replaced or pushed out meanwhile. Dropped at any time.
pub struct PieceReader {
    /// What was read already.
    ready: vec::IntoIter<Bytes>,
    rest: Option<Rest>,
    is_lost: bool,
}

/// What is still in the file.
struct Rest {
    tier: Arc<Handle>,
    /// There until this is dropped.
    source: Option<Arc<Source>>,
    next: u64,
    /// Bounds the files that are open.
    _permit: OwnedSemaphorePermit,
}

/// The rest of a body cannot be had: it is damaged, or the disk fails or is too slow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the rest of a cached body cannot be read")]
pub struct Lost;

/// Writes one record piece by piece. Nothing of it can be found before [`PieceWriter::finish`], nor ever without.
///
/// What is there under its key stays until then. When the key is removed or put meanwhile, this record is given up; of
/// two that are written at once, the one that was begun last is kept.
pub struct PieceWriter {
    tier: Arc<Handle>,
    /// None when it was given up from the start, or finished.
    number: Option<u64>,
}

/// The record is given up: too many bytes wait to be written, it is too large, or the disk refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the record is not written")]
pub struct GivenUp;

// === impl StoredRecord ===

impl StoredRecord {
    /// A record that is in memory.
    pub(super) fn ready(record: Record) -> Self {
        let length = record.length();
        let pieces: Vec<Bytes> = record.body.into_iter().filter(|piece| !piece.is_empty()).collect();
        Self { head: record.head, length, pieces: PieceReader::new(pieces, None) }
    }

    /// A record whose file is open.
    pub(super) fn opened(opened: Opened, tier: &Arc<Handle>, permit: Option<OwnedSemaphorePermit>) -> Self {
        let Opened { head, pieces, source } = opened;
        let (length, next) = (source.length, pieces.len() as u64);
        let rest = permit.filter(|_| next < source.pieces()).map(|permit| Rest {
            tier: tier.clone(),
            source: Some(source),
            next,
            _permit: permit,
        });
        Self { head, length, pieces: PieceReader::new(pieces, rest) }
    }
}

// === impl PieceReader ===

impl PieceReader {
    fn new(ready: Vec<Bytes>, rest: Option<Rest>) -> Self {
        Self { ready: ready.into_iter(), rest, is_lost: false }
    }

    /// The next piece of the body, `None` at its end. May be dropped and called again.
    ///
    /// # Errors
    /// [`Lost`], within the deadline, and again from then on.
    pub async fn next(&mut self) -> Result<Option<Bytes>, Lost> {
        if self.is_lost {
            return Err(Lost);
        }
        if let Some(piece) = self.ready.next() {
            return Ok(Some(piece));
        }
        let Some(rest) = &mut self.rest else { return Ok(None) };
        let piece = rest.read().await;
        if piece.is_err() {
            (self.rest, self.is_lost) = (None, true);
        }
        piece
    }
}

impl Rest {
    async fn read(&mut self) -> Result<Option<Bytes>, Lost> {
        let (reply, answer) = oneshot::channel();
        let source = self.source.clone().ok_or(Lost)?;
        let read = Read::Piece { source, index: self.next, reply };
        self.tier.reads.try_send(read).map_err(|_| Lost)?;
        let answer = time::timeout(self.tier.shared.options.deadline, answer).await;
        let piece = answer.map_err(|_| Lost)?.map_err(|_| Lost)?;
        self.next += u64::from(piece.is_some());
        Ok(piece)
    }
}

impl Drop for Rest {
    fn drop(&mut self) {
        // Closing a large file that was removed takes long: that is for a thread that may wait.
        if let Some(source) = self.source.take() {
            // What is not taken is closed here.
            drop(self.tier.reads.try_send(Read::Close(source)));
        }
    }
}

impl fmt::Debug for PieceReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PieceReader").field("ready", &self.ready.len()).finish_non_exhaustive()
    }
}

// === impl PieceWriter ===

impl PieceWriter {
    /// Begins a record whose head takes `queued` bytes of the queue, or gives it up.
    pub(super) fn begin(tier: &Arc<Handle>, key: CacheKey, head: Bytes) -> Self {
        let queued = head.len() + OVERHEAD;
        let number = {
            let mut state = tier.shared.state.lock();
            let fits = head.len() <= HEAD && state.enqueue(queued, tier.shared.options.queue);
            let number = if fits { state.open(key) } else { None };
            match number {
                Some(number) => tier.send(Job::Begin { key, number, head, queued }),
                None if fits => state.queued -= queued,
                None => {}
            }
            number
        };
        if number.is_none() {
            tier.shared.counters.dropped.add_one();
        }
        Self { tier: tier.clone(), number }
    }

    /// Adds a piece to the body. Never waits. An empty piece adds nothing.
    ///
    /// # Errors
    /// [`GivenUp`], and again from then on: there is no use in going on.
    pub fn write(&mut self, piece: Bytes) -> Result<(), GivenUp> {
        let number = self.number.ok_or(GivenUp)?;
        if piece.is_empty() {
            return Ok(());
        }
        let queued = piece.len() + OVERHEAD;
        let mut state = self.tier.shared.state.lock();
        if !state.is_open(number) {
            drop(state);
            self.abandon();
            return Err(GivenUp);
        }
        if !state.enqueue(queued, self.tier.shared.options.queue) {
            drop(state);
            self.abandon();
            self.tier.shared.counters.dropped.add_one();
            return Err(GivenUp);
        }
        self.tier.send(Job::Piece { number, piece, queued });
        Ok(())
    }

    /// Has the record take the place of the one under its key, and be found as soon as it is written. Never waits.
    pub fn finish(mut self) {
        let Some(number) = self.number else { return };
        let mut state = self.tier.shared.state.lock();
        if let Some((key, generation, older)) = state.close(number) {
            self.tier.send(Job::Finish { number, key, generation });
            if let Some(place) = older {
                self.tier.send(Job::Remove { key, place });
            }
            drop(state);
            self.number = None;
        }
        // Otherwise it is not wanted any more, and abandoned when this is dropped.
    }

    fn abandon(&mut self) {
        if let Some(number) = self.number.take() {
            let mut state = self.tier.shared.state.lock();
            state.abandon(number);
            self.tier.send(Job::Abandon { number });
        }
    }
}

impl Drop for PieceWriter {
    fn drop(&mut self) {
        self.abandon();
    }
}

impl fmt::Debug for PieceWriter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PieceWriter").field("number", &self.number).finish_non_exhaustive()
    }
}

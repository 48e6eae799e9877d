//! What is counted of a tier on disk.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// What a tier has, and what became of what it was asked since it was opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DiskStats {
    /// Records that can be found on disk.
    pub entries: u64,
    /// What is taken on disk, in whole blocks of 4 KiB: by these, by what is being written, and by what is about to be
    /// removed.
    pub bytes: u64,
    /// Bytes that wait to be written.
    pub queued: u64,
    /// Records written.
    pub written: u64,
    /// Records not written: too many waited, it was too large, or the disk refused. One that was removed or replaced
    /// before it was written is not counted.
    pub dropped: u64,
    /// Records pushed out for want of room.
    pub evicted: u64,
    /// Records met that were damaged or could not be read; they are gone.
    pub corrupt: u64,
    /// Records found and read in time; those read piece by piece count when their head is read.
    pub read: u64,
    /// Records not found, or not in time.
    pub missed: u64,
}

#[derive(Debug, Default)]
pub(super) struct Counters {
    pub(super) written: Counter,
    pub(super) dropped: Counter,
    pub(super) evicted: Counter,
    pub(super) corrupt: Counter,
    pub(super) read: Counter,
    pub(super) missed: Counter,
}

#[derive(Debug, Default)]
pub(super) struct Counter(AtomicU64);

impl Counter {
    pub(super) fn add_one(&self) {
        self.0.fetch_add(1, Relaxed);
    }

    pub(super) fn read(&self) -> u64 {
        self.0.load(Relaxed)
    }
}

//! What a tier knows of its files: which can be found, which are on their way, and what all of them take.
//!
//! One lock is over it, held for a few steps in memory and never while the disk is asked.

use std::collections::HashMap;

use super::index::{Index, Place};
use crate::cache::record::{CacheKey, Record};

/// Records that are written piece by piece at one time, at most: each has a file open.
const OPEN: usize = 256;

#[derive(Debug)]
pub(super) struct State {
    pub(super) index: Index,
    /// Records that are not on disk yet, the last of each key.
    waiting: HashMap<CacheKey, Waiting>,
    /// The records that are written piece by piece; without a key those that are not wanted any more, until whoever
    /// writes them has noticed.
    open: HashMap<u64, Option<CacheKey>>,
    /// Bytes taken on disk: by what can be found, what is being written, and what is about to be removed.
    pub(super) used: u64,
    /// Bytes that wait to be written.
    pub(super) queued: usize,
    /// The last number that was given. They grow over restarts, so that of two writings the later is known.
    last: u64,
    pub(super) closed: bool,
}

#[derive(Debug)]
struct Waiting {
    generation: u64,
    /// None when it came piece by piece, and cannot be read before it is on disk.
    record: Option<Record>,
}

impl State {
    /// Of the records that were found in the directory, the oldest first; also answers the files that have no use.
    pub(super) fn new(records: Vec<(CacheKey, Place)>) -> (Self, Vec<(CacheKey, Place)>) {
        let mut this = Self {
            index: Index::new(),
            waiting: HashMap::new(),
            open: HashMap::new(),
            used: 0,
            queued: 0,
            last: records.last().map_or(0, |(_, place)| place.generation),
            closed: false,
        };
        let mut useless = Vec::new();
        for (key, place) in records {
            this.used = this.used.saturating_add(place.room());
            useless.extend(this.index.insert(key, place).map(|older| (key, older)));
        }
        (this, useless)
    }

    pub(super) fn number(&mut self) -> u64 {
        self.last += 1;
        self.last
    }

    /// Nothing is found under the key from now on, whatever is on its way; answers the file that is to be removed.
    pub(super) fn forget(&mut self, key: &CacheKey) -> Option<Place> {
        self.waiting.remove(key);
        self.disown(key, u64::MAX);
        self.index.remove(key)
    }

    /// The record is found under its key from now on; it is to be written under this number.
    pub(super) fn wait(&mut self, key: CacheKey, record: Record) -> u64 {
        let generation = self.number();
        self.waiting.insert(key, Waiting { generation, record: Some(record) });
        generation
    }

    /// A record that is not on disk yet.
    pub(super) fn waiting(&self, key: &CacheKey) -> Option<Record> {
        self.waiting.get(key)?.record.clone()
    }

    /// Whether nothing newer has come, and nobody has removed it.
    pub(super) fn is_wanted(&self, key: &CacheKey, generation: u64) -> bool {
        self.waiting.get(key).is_some_and(|waiting| waiting.generation == generation)
    }

    /// A record is on disk; false when it is not wanted any more.
    pub(super) fn settle(&mut self, key: CacheKey, place: Place) -> bool {
        let wanted = self.is_wanted(&key, place.generation);
        if wanted {
            self.waiting.remove(&key);
            let older = self.index.insert(key, place);
            debug_assert_eq!(older, None, "it was forgotten when this one came");
        }
        wanted
    }

    /// A record did not come to the disk.
    pub(super) fn give_up(&mut self, key: &CacheKey, generation: u64) {
        if self.is_wanted(key, generation) {
            self.waiting.remove(key);
        }
    }

    /// Begins a record that is written piece by piece; none if there are too many.
    pub(super) fn open(&mut self, key: CacheKey) -> Option<u64> {
        if self.open.len() >= OPEN {
            return None;
        }
        let number = self.number();
        self.open.insert(number, Some(key));
        Some(number)
    }

    /// Whether a record that is written piece by piece may still be found once it is whole.
    pub(super) fn is_open(&self, number: u64) -> bool {
        matches!(self.open.get(&number), Some(Some(_)))
    }

    /// A record that is written piece by piece cannot be written.
    pub(super) fn refuse(&mut self, number: u64) {
        if let Some(open) = self.open.get_mut(&number) {
            *open = None;
        }
    }

    /// A record has got all of its pieces: it takes the place of all that began before it. Answers its generation and
    /// the file that is to be removed; nothing when it is not wanted any more.
    pub(super) fn close(&mut self, number: u64) -> Option<(CacheKey, u64, Option<Place>)> {
        let key = self.open.remove(&number)??;
        self.disown(&key, number);
        let generation = self.number();
        self.waiting.insert(key, Waiting { generation, record: None });
        Some((key, generation, self.index.remove(&key)))
    }

    /// A record does not get all of its pieces.
    pub(super) fn abandon(&mut self, number: u64) {
        self.open.remove(&number);
    }

    /// What began before `number` is not wanted any more.
    fn disown(&mut self, key: &CacheKey, number: u64) {
        for (began, open) in &mut self.open {
            if *began < number && open.as_ref() == Some(key) {
                *open = None;
            }
        }
    }

    /// Takes `bytes` of the queue, which has at most `bound`; false when there is no room.
    pub(super) fn enqueue(&mut self, bytes: usize, bound: usize) -> bool {
        let fits = !self.closed && bytes <= bound.saturating_sub(self.queued);
        if fits {
            self.queued += bytes;
        }
        fits
    }
}

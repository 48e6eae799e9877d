//! How much a store holds, counted without a lock.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use crate::error::KvError;

/// Entries and bytes with their bounds.
///
/// Relaxed: the counts publish nothing, and each is exact by itself.
#[derive(Debug)]
pub(super) struct Usage {
    entries: Counted,
    bytes: Counted,
}

#[derive(Debug)]
struct Counted {
    count: AtomicUsize,
    most: usize,
}

impl Usage {
    pub(super) fn new(entries: usize, bytes: usize) -> Self {
        let counted = |most| Counted { count: AtomicUsize::new(0), most };
        Self { entries: counted(entries), bytes: counted(bytes) }
    }

    pub(super) fn get(&self) -> (usize, usize) {
        (self.entries.count.load(Relaxed), self.bytes.count.load(Relaxed))
    }

    /// Counts entries and bytes that are `new` in place of the `old` ones, or neither.
    pub(super) fn exchange(&self, old: (usize, usize), new: (usize, usize)) -> Result<(), KvError> {
        if !self.entries.exchange(old.0, new.0) {
            return Err(KvError::Limit(format!("the store is full: it has {} entries", self.entries.most)));
        }
        if !self.bytes.exchange(old.1, new.1) {
            self.entries.take_back(new.0, old.0);
            return Err(KvError::Limit(format!("the store is full: it has {} bytes", self.bytes.most)));
        }
        Ok(())
    }

    pub(super) fn release(&self, entries: usize, bytes: usize) {
        self.entries.count.fetch_sub(entries, Relaxed);
        self.bytes.count.fetch_sub(bytes, Relaxed);
    }
}

impl Counted {
    /// What becomes smaller always fits.
    fn exchange(&self, old: usize, new: usize) -> bool {
        let fits = |count: usize| {
            let next = count - old + new;
            (next <= self.most || new <= old).then_some(next)
        };
        self.count.fetch_update(Relaxed, Relaxed, fits).is_ok()
    }

    fn take_back(&self, new: usize, old: usize) {
        self.count.fetch_sub(new - old, Relaxed);
    }
}

//! The disk tier while another process has it still: what must not be found there is noted until it is open.

use std::{
    collections::{HashMap, HashSet},
    mem,
    sync::OnceLock,
};

use parking_lot::Mutex;

use crate::cache::{
    disk::DiskTier,
    record::{CacheKey, Record},
};

/// What is noted at most, some 10 MiB of it: beyond that everything on the disk is forgotten.
const MOST: usize = 50_000;

/// A disk tier that may come later, or never.
#[derive(Debug, Default)]
pub(super) struct Late {
    disk: OnceLock<DiskTier>,
    awaited: bool,
    /// None once the disk is there. Locked for a step, and by requests only while the disk is awaited.
    missed: Mutex<Option<Missed>>,
}

/// What has happened to records of a disk that is not open.
#[derive(Debug, Default)]
struct Missed {
    /// They are gone, or there are newer ones in memory.
    outdated: HashSet<CacheKey>,
    /// Small records that are to be there, such as that a URL was invalidated.
    notes: HashMap<CacheKey, Record>,
    overflowed: bool,
}

// === impl Late ===

impl Late {
    pub(super) fn open_now(disk: Option<DiskTier>) -> Self {
        Self { disk: disk.map(OnceLock::from).unwrap_or_default(), ..Self::default() }
    }

    pub(super) fn awaited() -> Self {
        Self { awaited: true, missed: Mutex::new(Some(Missed::default())), ..Self::default() }
    }

    pub(super) fn get(&self) -> Option<&DiskTier> {
        self.disk.get()
    }

    /// Whether there is none, and none will come.
    pub(super) fn is_none(&self) -> bool {
        !self.awaited && self.disk.get().is_none()
    }

    pub(super) fn put(&self, key: CacheKey, record: Record) {
        if let Some(disk) = self.disk_or_else(|missed| missed.outdates(key)) {
            disk.put(key, record);
        }
    }

    pub(super) fn remove(&self, key: CacheKey) {
        if let Some(disk) = self.disk_or_else(|missed| missed.outdates(key)) {
            disk.remove(key);
        }
    }

    /// Puts a small record that must be there, however late the disk comes.
    pub(super) fn note(&self, key: CacheKey, record: Record) {
        let later = |missed: &mut Missed| drop(missed.notes.insert(key, record.clone()));
        if let Some(disk) = self.disk_or_else(later) {
            disk.put(key, record);
        }
    }

    /// Has the disk be used from now on. Takes a moment where much was noted.
    pub(super) fn open(&self, disk: DiskTier) {
        loop {
            let mut slot = self.missed.lock();
            let Some(missed) = slot.as_mut() else { return };
            if missed.is_empty() {
                *slot = None;
                // Under the lock, so that what is noted no more is done on the disk.
                drop(self.disk.set(disk));
                return;
            }
            let missed = mem::take(missed);
            drop(slot);
            missed.catch_up(&disk);
        }
    }

    /// The disk; without one that is awaited `later` notes what is to be done.
    fn disk_or_else(&self, later: impl FnOnce(&mut Missed)) -> Option<&DiskTier> {
        if let Some(disk) = self.disk.get() {
            return Some(disk);
        }
        if !self.awaited {
            return None;
        }
        match &mut *self.missed.lock() {
            Some(missed) => {
                missed.note(later);
                None
            }
            None => self.disk.get(),
        }
    }
}

// === impl Missed ===

impl Missed {
    fn is_empty(&self) -> bool {
        self.outdated.is_empty() && self.notes.is_empty() && !self.overflowed
    }

    fn note(&mut self, later: impl FnOnce(&mut Self)) {
        match self.outdated.len() + self.notes.len() < MOST {
            true => later(self),
            false => *self = Self { overflowed: true, ..Self::default() },
        }
    }

    fn outdates(&mut self, key: CacheKey) {
        self.outdated.insert(key);
    }

    fn catch_up(self, disk: &DiskTier) {
        if self.overflowed {
            tracing::warn!("too much happened before the cache on disk was open: what it had is dropped");
            disk.clear();
        }
        self.outdated.into_iter().for_each(|key| disk.remove(key));
        self.notes.into_iter().for_each(|(key, record)| disk.put(key, record));
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;
    use crate::cache::disk::DiskOptions;

    fn key(number: u32) -> CacheKey {
        let mut key = [0; 32];
        key[..4].copy_from_slice(&number.to_be_bytes());
        CacheKey::new(key)
    }

    fn record(text: &'static str) -> Record {
        Record { head: Bytes::from_static(text.as_bytes()), body: Vec::new() }
    }

    /// A tier that another process left, with records under the numbers 0 to 3.
    async fn left() -> (tempfile::TempDir, DiskTier) {
        let folder = tempfile::tempdir().unwrap();
        let disk = DiskTier::open(folder.path(), 64 << 20, DiskOptions::default()).unwrap();
        (0..4).for_each(|number| disk.put(key(number), record("old")));
        disk.flush().await;
        (folder, disk)
    }

    async fn found(late: &Late, number: u32) -> Option<Bytes> {
        late.get()?.get(key(number)).await.map(|record| record.head)
    }

    #[tokio::test]
    async fn what_was_removed_replaced_or_noted_before_the_disk_was_there_is_so_afterwards() {
        let (_folder, disk) = left().await;
        let late = Late::awaited();
        late.remove(key(0));
        late.put(key(1), record("newer, and only in memory"));
        late.note(key(2), record("note"));
        assert!(!late.is_none() && late.get().is_none());
        late.open(disk);
        let [removed, replaced, noted, left] =
            [found(&late, 0).await, found(&late, 1).await, found(&late, 2).await, found(&late, 3).await];
        assert_eq!((removed, replaced), (None, None));
        assert_eq!((noted, left), (Some(Bytes::from_static(b"note")), Some(Bytes::from_static(b"old"))));
        late.put(key(0), record("new"));
        assert_eq!(found(&late, 0).await, Some(Bytes::from_static(b"new")));
    }

    #[tokio::test]
    async fn when_more_happened_than_is_noted_nothing_on_the_disk_is_found() {
        let (_folder, disk) = left().await;
        let late = Late::awaited();
        (0..=MOST as u32).for_each(|number| late.remove(key(1_000 + number)));
        late.open(disk);
        for number in 0..4 {
            assert_eq!(found(&late, number).await, None, "{number}");
        }
    }
}

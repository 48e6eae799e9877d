//! What can be found on disk, by key, in the order of use. Every step takes the same time however much there is.

use std::collections::HashMap;

use crate::cache::record::CacheKey;

/// Bytes of the blocks that file systems hand out.
const BLOCK: u64 = 4096;

/// Stands for no slot.
const NONE: u32 = u32::MAX;

/// A file that holds a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Which of the writings of its key it is: later ones have greater numbers.
    pub(super) generation: u64,
    /// Bytes of the file.
    pub(super) length: u64,
}

/// At most as many places as fit a `u32`.
#[derive(Debug)]
pub(super) struct Index {
    by_key: HashMap<CacheKey, u32>,
    slots: Vec<Slot>,
    /// A slot that is free, which names the next one.
    free: u32,
    oldest: u32,
    newest: u32,
}

#[derive(Debug)]
struct Slot {
    key: CacheKey,
    place: Place,
    older: u32,
    newer: u32,
}

impl Place {
    /// Bytes that it takes on disk.
    pub(super) fn room(&self) -> u64 {
        room(self.length)
    }
}

/// Bytes that a file takes on disk; what the file system needs for its name is not counted.
pub(super) fn room(length: u64) -> u64 {
    length.div_ceil(BLOCK).saturating_mul(BLOCK)
}

impl Index {
    pub(super) fn new() -> Self {
        Self { by_key: HashMap::new(), slots: Vec::new(), free: NONE, oldest: NONE, newest: NONE }
    }

    pub(super) fn len(&self) -> usize {
        self.by_key.len()
    }

    /// Where the record is, which was used just now.
    pub(super) fn find(&mut self, key: &CacheKey) -> Option<Place> {
        let at = *self.by_key.get(key)?;
        self.unlink(at);
        self.link(at);
        Some(self.slot(at).place)
    }

    /// Answers what it takes the place of.
    pub(super) fn insert(&mut self, key: CacheKey, place: Place) -> Option<Place> {
        let old = self.remove(&key);
        let slot = Slot { key, place, older: NONE, newer: NONE };
        let at = self.take_slot(slot);
        self.by_key.insert(key, at);
        self.link(at);
        old
    }

    pub(super) fn remove(&mut self, key: &CacheKey) -> Option<Place> {
        let at = self.by_key.remove(key)?;
        self.unlink(at);
        let free = self.free;
        self.slot_mut(at).newer = free;
        self.free = at;
        Some(self.slot(at).place)
    }

    /// Removes this very writing; none when another one has its place by now.
    pub(super) fn remove_exactly(&mut self, key: &CacheKey, generation: u64) -> Option<Place> {
        let at = *self.by_key.get(key)?;
        if self.slot(at).place.generation == generation { self.remove(key) } else { None }
    }

    /// Removes what was not used for longest.
    pub(super) fn remove_oldest(&mut self) -> Option<(CacheKey, Place)> {
        if self.oldest == NONE {
            return None;
        }
        let key = self.slot(self.oldest).key;
        self.remove(&key).map(|place| (key, place))
    }

    fn take_slot(&mut self, slot: Slot) -> u32 {
        if self.free == NONE {
            self.slots.push(slot);
            return u32::try_from(self.slots.len() - 1).expect("there are fewer places than fit");
        }
        let at = self.free;
        self.free = self.slot(at).newer;
        *self.slot_mut(at) = slot;
        at
    }

    /// Makes it the newest.
    fn link(&mut self, at: u32) {
        let newest = self.newest;
        let slot = self.slot_mut(at);
        (slot.older, slot.newer) = (newest, NONE);
        match newest {
            NONE => self.oldest = at,
            newest => self.slot_mut(newest).newer = at,
        }
        self.newest = at;
    }

    fn unlink(&mut self, at: u32) {
        let Slot { older, newer, .. } = *self.slot(at);
        match older {
            NONE => self.oldest = newer,
            older => self.slot_mut(older).newer = newer,
        }
        match newer {
            NONE => self.newest = older,
            newer => self.slot_mut(newer).older = older,
        }
    }

    fn slot(&self, at: u32) -> &Slot {
        &self.slots[at as usize]
    }

    fn slot_mut(&mut self, at: u32) -> &mut Slot {
        &mut self.slots[at as usize]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key(number: u8) -> CacheKey {
        CacheKey::new([number; 32])
    }

    fn place(generation: u64) -> Place {
        Place { generation, length: generation * 1000 }
    }

    #[test]
    fn room_is_taken_in_blocks() {
        assert_eq!([0, 1, 4096, 4097].map(room), [0, 4096, 4096, 8192]);
    }

    proptest! {
        /// Against a list in the order of use.
        #[test]
        fn the_least_recently_used_go_first(steps in prop::collection::vec((0..5u8, 0..8u8), 0..200)) {
            let (mut index, mut model) = (Index::new(), Vec::<(CacheKey, Place)>::new());
            for (number, (act, name)) in steps.into_iter().enumerate() {
                let (key, generation) = (key(name), number as u64);
                let known = model.iter().position(|(known, _)| *known == key);
                match act {
                    0 | 1 => {
                        let old = known.map(|at| model.remove(at).1);
                        prop_assert_eq!(index.insert(key, place(generation)), old);
                        model.push((key, place(generation)));
                    }
                    2 => {
                        let used = known.map(|at| model.remove(at));
                        prop_assert_eq!(index.find(&key), used.map(|used| used.1));
                        model.extend(used);
                    }
                    3 => prop_assert_eq!(index.remove(&key), known.map(|at| model.remove(at).1)),
                    _ => {
                        let oldest = (!model.is_empty()).then(|| model.remove(0));
                        prop_assert_eq!(index.remove_oldest(), oldest);
                    }
                }
                prop_assert_eq!(index.len(), model.len());
                prop_assert!(index.slots.len() <= 8, "slots are used again");
            }
        }
    }

    #[test]
    fn a_writing_is_not_removed_for_an_older_one() {
        let mut index = Index::new();
        index.insert(key(1), place(2));
        assert_eq!(index.remove_exactly(&key(1), 1), None);
        assert_eq!(index.remove_exactly(&key(1), 2), Some(place(2)));
        assert_eq!(index.remove_exactly(&key(1), 2), None);
    }
}

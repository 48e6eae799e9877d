//! A small hash table with one cache line for most lookups: slots side by side, searched in line.
//!
//! A map of the standard library keeps what tells its slots apart in another place than the slots, which is one more
//! access to memory for each lookup, and accesses to memory are what a lookup among a million keys costs.

/// Slots are searched from a multiple of this many: as many slots of a word as a cache line has.
const GROUP: usize = 4;

/// Cells by tag. Tags are hashes already; 0 is none.
pub(super) struct Slots<C> {
    /// Whole groups, of which at least a quarter is free.
    slots: Box<[Slot<C>]>,
    len: usize,
}

#[derive(Default)]
struct Slot<C> {
    /// 0 when it is free.
    tag: u64,
    cell: C,
}

impl<C: Default> Slots<C> {
    /// As many keys as fit in `slots` of them.
    pub(super) const fn room_in(slots: usize) -> usize {
        slots / 4 * 3
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn find(&self, tag: u64) -> Option<&C> {
        self.position(tag).map(|position| &self.slots[position].cell)
    }

    pub(super) fn find_mut(&mut self, tag: u64) -> Option<&mut C> {
        self.position(tag).map(|position| &mut self.slots[position].cell)
    }

    /// Adds a tag that is not there.
    pub(super) fn insert(&mut self, tag: u64, cell: C) {
        if self.len >= Self::room_in(self.slots.len()) {
            self.grow();
        }
        self.place(Slot { tag, cell });
        self.len += 1;
    }

    pub(super) fn remove(&mut self, tag: u64) {
        if let Some(position) = self.position(tag) {
            self.remove_at(position);
        }
    }

    /// Keeps those for which `keeps` says so; some of them may be asked about twice.
    pub(super) fn retain(&mut self, mut keeps: impl FnMut(u64, &mut C) -> bool) {
        let mut position = 0;
        while position < self.slots.len() {
            let slot = &mut self.slots[position];
            if slot.tag == 0 || keeps(slot.tag, &mut slot.cell) {
                position += 1;
            } else {
                // Another one may have moved here, so this place is looked at again.
                self.remove_at(position);
            }
        }
    }

    fn position(&self, tag: u64) -> Option<usize> {
        if self.slots.is_empty() {
            return None;
        }
        let mut position = self.home(tag);
        loop {
            match self.slots[position].tag {
                0 => return None,
                found if found == tag => return Some(position),
                _ => position = self.next(position),
            }
        }
    }

    fn home(&self, tag: u64) -> usize {
        // The tag as a fraction of 2^64, scaled to the number of groups: any number of them is hit evenly.
        let groups = (self.slots.len() / GROUP) as u128;
        ((u128::from(tag) * groups) >> 64) as usize * GROUP
    }

    fn next(&self, position: usize) -> usize {
        if position + 1 == self.slots.len() { 0 } else { position + 1 }
    }

    /// How far behind `from` a position is, in line.
    fn distance(&self, from: usize, position: usize) -> usize {
        if position >= from { position - from } else { position + self.slots.len() - from }
    }

    /// By half, because what lies in memory unused counts too.
    fn grow(&mut self) {
        let groups = self.slots.len() / GROUP;
        let larger = (0..(groups + groups.div_ceil(2)).max(1) * GROUP).map(|_| Slot::default()).collect();
        let smaller = std::mem::replace(&mut self.slots, larger);
        smaller.into_iter().filter(|slot| slot.tag != 0).for_each(|slot| self.place(slot));
    }

    fn place(&mut self, slot: Slot<C>) {
        let mut position = self.home(slot.tag);
        while self.slots[position].tag != 0 {
            position = self.next(position);
        }
        self.slots[position] = slot;
    }

    /// Frees a slot and closes the gap, so that whoever was placed behind it is still found (Knuth, The Art of Computer
    /// Programming, volume 3, 6.4, algorithm R).
    fn remove_at(&mut self, mut gap: usize) {
        let mut position = gap;
        loop {
            position = self.next(position);
            let tag = self.slots[position].tag;
            if tag == 0 {
                break;
            }
            if self.distance(self.home(tag), position) >= self.distance(gap, position) {
                self.slots.swap(gap, position);
                gap = position;
            }
        }
        self.slots[gap] = Slot::default();
        self.len -= 1;
    }
}

impl<C> Default for Slots<C> {
    fn default() -> Self {
        Self { slots: Box::default(), len: 0 }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;

    /// Few homes, and many with the same: the first bits are what places a tag.
    fn spread(number: u64) -> u64 {
        (number % 8) << 61 | number
    }

    proptest! {
        #[test]
        fn they_hold_what_a_map_holds(acts in prop::collection::vec((0..3u8, 1..40u64, any::<u32>()), 1..300)) {
            let (mut slots, mut map) = (Slots::default(), HashMap::new());
            for (act, number, value) in acts {
                let tag = spread(number);
                match act {
                    0 if !map.contains_key(&tag) => {
                        slots.insert(tag, value);
                        map.insert(tag, value);
                    }
                    1 => {
                        slots.remove(tag);
                        map.remove(&tag);
                    }
                    _ if value % 10 == 0 => {
                        slots.retain(|tag, cell| (tag ^ u64::from(*cell)) % 3 != 0);
                        map.retain(|tag, cell| (tag ^ u64::from(*cell)) % 3 != 0);
                    }
                    _ => {}
                }
                prop_assert_eq!(slots.len(), map.len());
                for number in 1..40u64 {
                    prop_assert_eq!(slots.find(spread(number)), map.get(&spread(number)));
                }
            }
        }
    }
}

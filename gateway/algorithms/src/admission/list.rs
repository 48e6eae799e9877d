//! Who waits, in an arena of which the places are used again, linked in two orders: by flow, and by arrival within a class.

use crate::priority::PriorityClass;

/// A place in the arena.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place(u32);

/// A request that waits.
#[derive(Debug)]
pub(super) struct Entry<T> {
    pub(super) item: T,
    pub(super) class: PriorityClass,
    pub(super) flow: u64,
    pub(super) bytes: u64,
    pub(super) number: u64,
    /// When it came, in nanoseconds.
    pub(super) arrived: u64,
    /// In nanoseconds.
    pub(super) max_wait: u64,
    in_flow: Links,
    in_class: Links,
}

/// Neighbours in one order.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Links {
    older: Option<Place>,
    newer: Option<Place>,
}

/// Both ends of one order.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ends {
    pub(super) oldest: Option<Place>,
    pub(super) newest: Option<Place>,
    pub(super) len: u32,
}

/// One of the two orders.
#[derive(Clone, Copy, Debug)]
pub(super) enum Order {
    Flow,
    Class,
}

#[derive(Debug)]
enum Slot<T> {
    Taken(Entry<T>),
    Free { next: Option<Place> },
}

#[derive(Debug)]
pub(super) struct Arena<T> {
    slots: Vec<Slot<T>>,
    free: Option<Place>,
    len: usize,
}

impl<T> Default for Arena<T> {
    fn default() -> Self {
        Self { slots: Vec::new(), free: None, len: 0 }
    }
}

impl<T> Entry<T> {
    pub(super) fn new(item: T, class: PriorityClass, flow: u64, bytes: u64, number: u64, times: (u64, u64)) -> Self {
        let (arrived, max_wait) = times;
        let (in_flow, in_class) = (Links::default(), Links::default());
        Self { item, class, flow, bytes, number, arrived, max_wait, in_flow, in_class }
    }

    fn links(&mut self, order: Order) -> &mut Links {
        match order {
            Order::Flow => &mut self.in_flow,
            Order::Class => &mut self.in_class,
        }
    }
}

impl<T> Arena<T> {
    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn get(&self, place: Place) -> Option<&Entry<T>> {
        match self.slots.get(place.0 as usize) {
            Some(Slot::Taken(entry)) => Some(entry),
            _ => None,
        }
    }

    fn get_mut(&mut self, place: Place) -> Option<&mut Entry<T>> {
        match self.slots.get_mut(place.0 as usize) {
            Some(Slot::Taken(entry)) => Some(entry),
            _ => None,
        }
    }

    pub(super) fn insert(&mut self, entry: Entry<T>) -> Place {
        self.len += 1;
        if let Some(place) = self.free
            && let Some(slot) = self.slots.get_mut(place.0 as usize)
        {
            if let Slot::Free { next } = slot {
                self.free = *next;
            }
            *slot = Slot::Taken(entry);
            return place;
        }
        let place = Place(u32::try_from(self.slots.len()).unwrap_or(u32::MAX));
        self.slots.push(Slot::Taken(entry));
        place
    }

    /// Takes an entry out; it is in no order any more. What was grown for a crowd is given back when the last one leaves.
    pub(super) fn remove(&mut self, place: Place) -> Option<Entry<T>> {
        let slot = self.slots.get_mut(place.0 as usize)?;
        let Slot::Taken(_) = slot else { return None };
        let Slot::Taken(entry) = std::mem::replace(slot, Slot::Free { next: self.free }) else { return None };
        self.free = Some(place);
        self.len -= 1;
        if self.len == 0 {
            *self = Self::default();
        }
        Some(entry)
    }

    /// Adds an entry at the end of an order.
    pub(super) fn push(&mut self, order: Order, ends: &mut Ends, place: Place) {
        let older = ends.newest.replace(place);
        match older {
            Some(older) => self.set(order, older, |links| links.newer = Some(place)),
            None => ends.oldest = Some(place),
        }
        self.set(order, place, |links| *links = Links { older, newer: None });
        ends.len += 1;
    }

    /// Takes an entry out of an order.
    pub(super) fn unlink(&mut self, order: Order, ends: &mut Ends, place: Place) {
        let Some(entry) = self.get_mut(place) else { return };
        let Links { older, newer } = std::mem::take(entry.links(order));
        match older {
            Some(older) => self.set(order, older, |links| links.newer = newer),
            None => ends.oldest = newer,
        }
        match newer {
            Some(newer) => self.set(order, newer, |links| links.older = older),
            None => ends.newest = older,
        }
        ends.len -= 1;
    }

    fn set(&mut self, order: Order, place: Place, set: impl FnOnce(&mut Links)) {
        if let Some(entry) = self.get_mut(place) {
            set(entry.links(order));
        }
    }
}

//! The slices of a node by key, in a table of bounded size.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap},
    hash::{BuildHasher, RandomState},
    sync::Arc,
};

use parking_lot::Mutex;

use super::{
    super::{Group, Measure},
    slice::{Slice, Terms},
};

/// Parts of the table, each with a lock of its own, so that workers seldom meet.
const SHARDS: usize = 64;

/// A key's slice, with what is needed to ask for it and to give it back.
pub(super) struct Holding {
    pub(super) group: Group,
    pub(super) key: Box<str>,
    pub(super) measure: Measure,
    pub(super) terms: Terms,
    pub(super) slice: Slice,
}

type Shard = HashMap<Arc<str>, Holding>;
type Due = (u64, Arc<str>);

pub(super) struct Table {
    shards: Box<[Mutex<Shard>]>,
    /// Holdings in one shard at most.
    room: usize,
    hasher: RandomState,
    /// When to look at which holding again: each is in here once, and once more where one of its key was forgotten.
    due: Mutex<BinaryHeap<Reverse<Due>>>,
}

impl Table {
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            shards: (0..SHARDS).map(|_| Mutex::default()).collect(),
            room: capacity.div_ceil(SHARDS).max(1),
            hasher: RandomState::new(),
            due: Mutex::default(),
        }
    }

    /// Does something with the holding of a key, which is made when there is none; none when there is no room for it.
    pub(super) fn enter<T>(
        &self,
        name: &str,
        now: u64,
        make: impl FnOnce() -> Holding,
        then: impl FnOnce(&mut Holding) -> T,
    ) -> Option<T> {
        let mut shard = self.shard(name).lock();
        if let Some(holding) = shard.get_mut(name) {
            return Some(then(holding));
        }
        if shard.len() >= self.room {
            // A slice at rest loses the tokens that it has yet to give back, which time brings back.
            shard.retain(|_, holding| !holding.slice.is_idle(now));
        }
        if shard.len() >= self.room || self.due.lock().len() >= 2 * SHARDS * self.room {
            return None;
        }
        let (name, mut holding) = (Arc::<str>::from(name), make());
        let done = then(&mut holding);
        self.schedule(now.saturating_add(holding.terms.life), &name);
        shard.insert(name, holding);
        Some(done)
    }

    /// Does something with the holding of a key, if there is one.
    pub(super) fn find<T>(&self, name: &str, then: impl FnOnce(&mut Holding) -> T) -> Option<T> {
        self.shard(name).lock().get_mut(name).map(then)
    }

    /// Looks at a holding that is due; it is forgotten if `then` says no time at which to look again.
    pub(super) fn look<T>(&self, name: &Arc<str>, then: impl FnOnce(&mut Holding) -> (T, Option<u64>)) -> Option<T> {
        let mut shard = self.shard(name).lock();
        let (done, again) = then(shard.get_mut(name)?);
        match again {
            Some(at) => self.schedule(at, name),
            None => drop(shard.remove(name)),
        }
        Some(done)
    }

    fn schedule(&self, at: u64, name: &Arc<str>) {
        self.due.lock().push(Reverse((at, name.clone())));
    }

    /// A holding whose time to be looked at has come.
    pub(super) fn next_due(&self, now: u64) -> Option<Arc<str>> {
        let mut due = self.due.lock();
        let next = due.peek().filter(|Reverse((at, _))| *at <= now)?.0.1.clone();
        due.pop();
        Some(next)
    }

    pub(super) fn len(&self) -> usize {
        self.shards.iter().map(|shard| shard.lock().len()).sum()
    }

    fn shard(&self, name: &str) -> &Mutex<Shard> {
        &self.shards[self.hasher.hash_one(name) as usize % SHARDS]
    }
}

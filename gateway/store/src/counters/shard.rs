//! Shards: which keys share a lock, and who is forgotten when there is no room for a newcomer.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering::Relaxed};

use gateway_algorithms::limit::Decision;
use parking_lot::{RwLock, RwLockWriteGuard};

use super::{
    cell::{Cell, Kept},
    slots::Slots,
};

/// Keys in a shard at most.
///
/// The heads of few large shards stay in a processor's own cache, so that a lookup among many keys goes to memory once.
/// But a full shard is searched under its lock before a key enters, at a few nanoseconds a key.
const LARGEST: usize = Slots::<()>::room_in(1_024);

/// Small tables have as many shards as this if each has room for [`SMALLEST`] keys, so that workers rarely meet.
const SHARDS: usize = 16;

/// Keys that a shard has room for at least, unless it is the only one: smaller ones are filled unevenly.
const SMALLEST: usize = 128;

/// Limits that a shard knows its keys by, at most; the oldest is forgotten first.
const LIMITS: usize = 8;

/// The states of one limit, or of several with other numbers.
pub(super) struct Shards<L: Kept> {
    shards: Box<[Shard<L>]>,
    /// Keys in one shard at most.
    room: usize,
    overflows: AtomicU64,
}

/// A part of the keys, on a cache line of its own: neighbours do not slow each other down.
#[repr(align(64))]
struct Shard<L: Kept> {
    states: RwLock<States<L>>,
    /// The greatest cost of a request that was refused, since there were no keys.
    refused: AtomicU32,
}

struct States<L: Kept> {
    slots: Slots<L::Cell>,
    /// There once a key has entered.
    known: Option<Box<Known<L>>>,
}

/// What is read only when a key enters.
struct Known<L: Kept> {
    /// What newcomers have taken for whom there was no room.
    overflow: L::State,
    /// The limits that keys came with, latest last.
    limits: Vec<L>,
}

/// The part of a key that its shard does not tell: two keys of one shard share a state once in 2^64.
#[derive(Clone, Copy)]
struct Tag(u64);

impl<L: Kept> Shards<L> {
    pub(super) fn new(capacity: usize) -> Self {
        let capacity = capacity.max(1);
        let shards = capacity.div_ceil(LARGEST).max((capacity / SMALLEST).clamp(1, SHARDS));
        let room = capacity / shards;
        Self { shards: (0..shards).map(|_| Shard::default()).collect(), room, overflows: AtomicU64::new(0) }
    }

    pub(super) fn take(&self, key: u128, limit: &L, now: u64, cost: u32) -> Decision {
        let (shard, tag) = self.shard(key);
        if L::Cell::SHARED {
            let states = shard.states.read();
            let found = states.slots.find(tag.0);
            if let Some(decision) = found.and_then(|cell| cell.update(|state| limit.decide(state, now, cost))) {
                return shard.note(decision, cost);
            }
        }
        let mut states = shard.states.write();
        if let Some(cell) = states.slots.find_mut(tag.0) {
            return shard.note(limit.decide(cell.get_mut(), now, cost), cost);
        }
        self.enter(shard, states, tag, limit, now, cost)
    }

    pub(super) fn peek(&self, key: u128, limit: &L, now: u64, cost: u32) -> Decision {
        let (shard, tag) = self.shard(key);
        let states = shard.states.read();
        match states.slots.find(tag.0) {
            Some(cell) => cell.read(|state| limit.peek(state, now, cost)),
            None => limit.peek(&states.newcomer(), now, cost),
        }
    }

    pub(super) fn give_back(&self, key: u128, limit: &L, taken_at: u64, cost: u32) {
        let (shard, tag) = self.shard(key);
        if L::Cell::SHARED {
            let states = shard.states.read();
            let found = states.slots.find(tag.0);
            if found.and_then(|cell| cell.update(|state| limit.give_back(state, taken_at, cost))).is_some() {
                return;
            }
        }
        let mut states = shard.states.write();
        if let Some(cell) = states.slots.find_mut(tag.0) {
            limit.give_back(cell.get_mut(), taken_at, cost);
        } else if let Some(known) = &mut states.known {
            // Whoever is not there has taken from the overflow, or has been forgotten since.
            limit.give_back(&mut known.overflow, taken_at, cost);
        }
    }

    pub(super) fn len(&self) -> usize {
        self.shards.iter().map(|shard| shard.states.read().slots.len()).sum()
    }

    pub(super) fn overflows(&self) -> u64 {
        self.overflows.load(Relaxed)
    }

    fn shard(&self, key: u128) -> (&Shard<L>, Tag) {
        // The high half as a fraction of 2^64, scaled to the number of shards: any number of shards is hit evenly.
        let position = ((key >> 64) * self.shards.len() as u128) >> 64;
        (&self.shards[position as usize], Tag((key as u64).max(1)))
    }

    /// Decides for a key that is not there.
    fn enter(
        &self,
        shard: &Shard<L>,
        mut states: RwLockWriteGuard<'_, States<L>>,
        tag: Tag,
        limit: &L,
        now: u64,
        cost: u32,
    ) -> Decision {
        let mut state = states.newcomer();
        let overflown = limit.rest_after(&state, now);
        let decision = limit.decide(&mut state, now, cost);
        if !decision.admitted || cost == 0 || limit.rests(&state, now) {
            if !decision.admitted && overflown > 0 {
                self.overflows.fetch_add(1, Relaxed);
            }
            return decision;
        }
        // What is in flight comes back to the overflow, so nobody may carry a part of it away.
        let may_enter = overflown < u64::MAX;
        // Before others are judged: the limit may be newer than they are, and theirs too by now.
        states.remember(limit);
        if states.slots.len() == 0 {
            shard.refused.store(0, Relaxed);
        }
        let wanted = shard.refused.load(Relaxed).max(1);
        if may_enter && (states.slots.len() < self.room || states.make_room(self.room, wanted, now)) {
            states.slots.insert(tag.0, L::Cell::new(state));
        } else {
            states.known().overflow = state;
            self.overflows.fetch_add(1, Relaxed);
        }
        decision
    }
}

impl<L: Kept> Shard<L> {
    /// Keeps in mind what refused requests wanted: who has less than that is over the limit.
    fn note(&self, decision: Decision, cost: u32) -> Decision {
        let will_pass = decision.retry_after.is_some();
        if !decision.admitted && will_pass && cost > self.refused.load(Relaxed) {
            self.refused.fetch_max(cost, Relaxed);
        }
        decision
    }
}

impl<L: Kept> States<L> {
    /// What a key that is not there begins with.
    fn newcomer(&self) -> L::State {
        self.known.as_ref().map(|known| known.overflow.clone()).unwrap_or_default()
    }

    fn known(&mut self) -> &mut Known<L> {
        self.known.get_or_insert_with(Box::default)
    }

    /// Forgets the keys at rest; if there are none, the key nearest to it that has what a request takes, `wanted` or all.
    /// Whether there is room then.
    fn make_room(&mut self, room: usize, wanted: u32, now: u64) -> bool {
        let Some(known) = &self.known else { return true };
        let mut nearest: Option<(u64, u64)> = None;
        self.slots.retain(|tag, cell| {
            let state = cell.get_mut();
            let rest = known.limits.iter().map(|limit| limit.rest_after(state, now)).max().unwrap_or(0);
            let is_nearer = nearest.is_none_or(|(least, _)| rest < least);
            // What time does not bring to rest is in flight, and will be given back to this key.
            let refuses =
                |limit: &L| limit.refuses(state, now, wanted.min(u32::try_from(limit.limit()).unwrap_or(u32::MAX)));
            if is_nearer && rest < u64::MAX && !known.limits.iter().any(refuses) {
                nearest = Some((rest, tag));
            }
            rest > 0
        });
        if self.slots.len() < room {
            return true;
        }
        nearest.inspect(|(_, tag)| self.slots.remove(*tag)).is_some()
    }

    /// Notes by which limit a key enters.
    fn remember(&mut self, limit: &L) {
        let is_empty = self.slots.len() == 0;
        let limits = &mut self.known().limits;
        if is_empty {
            limits.clear();
        }
        if !limits.contains(limit) {
            if limits.len() == LIMITS {
                limits.remove(0);
            }
            limits.push(*limit);
        }
    }
}

impl<L: Kept> Default for Shard<L> {
    fn default() -> Self {
        Self { states: RwLock::new(States { slots: Slots::default(), known: None }), refused: AtomicU32::new(0) }
    }
}

impl<L: Kept> Default for Known<L> {
    fn default() -> Self {
        Self { overflow: L::State::default(), limits: Vec::new() }
    }
}

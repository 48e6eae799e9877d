//! Limiter states in memory: one word for each key, in a table of bounded size.
//!
//! A key's state is its theoretical arrival time; deciding is one lookup and one compare-and-swap under
//! a shared lock of a small shard.
//! When a shard is full it forgets the keys at rest, those whose arrival time has passed: a new key
//! behaves like them, so forgetting them changes nothing.
//! When no key is at rest it forgets the one nearest to it, which forgives the least.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hash, Hasher},
    sync::atomic::{AtomicU64, Ordering},
};

use gateway_algorithms::limit::{Decision, Gcra, Limit};
use parking_lot::RwLock;

/// Keys in a shard at most, 7/8 of the 128 slots that a hash table of this size has.
///
/// A full shard is searched under its lock before a key enters, at about 10 ns a key: smaller shards are
/// searched faster, larger ones are filled more evenly.
const SHARD: usize = 112;

/// The states of all limiters. Shared by all workers.
pub struct Counters {
    shards: Box<[Shard]>,
    /// Keys in one shard at most.
    room: usize,
}

/// A part of the keys, on a cache line of its own: neighbours do not slow each other down.
#[repr(align(64))]
#[derive(Default)]
struct Shard(RwLock<States>);

type States = HashMap<Key, AtomicU64, BuildHasherDefault<Identity>>;

/// The part of a key that its shard does not tell.
///
/// Two halves rather than one `u128`: its alignment would take a third more memory.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Key {
    high: u64,
    low: u64,
}

/// Takes the low half of a key as its hash: keys are hashes already.
#[derive(Default)]
struct Identity(u64);

impl Counters {
    /// A table of at most `capacity` keys (at least 1), in memory that grows with the keys to about 40 bytes each.
    ///
    /// Keys are spread by their hash, so some shards are full before the table is: expect room for 96 in 100.
    #[must_use]
    pub fn new(capacity: usize) -> Self {
        let capacity = capacity.max(1);
        let shards = capacity.div_ceil(SHARD);
        Self { shards: (0..shards).map(|_| Shard::default()).collect(), room: capacity / shards }
    }

    /// Decides a request of `cost` at `now` for `key`, and remembers what it took.
    ///
    /// `key` is a uniform hash of whose limit of which limiter this is.
    /// `now` is in nanoseconds of one monotonic clock.
    /// Takes a shared lock of one shard; an exclusive one when the key is new.
    #[must_use]
    pub fn take(&self, key: u128, limit: &Gcra, now: u64, cost: u32) -> Decision {
        let shard = self.shard(key);
        let key = Key::new(key);
        if let Some(state) = shard.0.read().get(&key) {
            return advance(state, limit, now, cost);
        }
        shard.enter(key, self.room, limit, now, cost)
    }

    /// The number of keys that are remembered. Visits every shard: for metrics, not for requests.
    #[must_use]
    pub fn len(&self) -> usize {
        self.shards.iter().map(|shard| shard.0.read().len()).sum()
    }

    /// Whether no key is remembered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn shard(&self, key: u128) -> &Shard {
        // The high half as a fraction of 2^64, scaled to the number of shards: any number of shards is hit evenly.
        let position = ((key >> 64) * self.shards.len() as u128) >> 64;
        &self.shards[position as usize]
    }
}

impl Shard {
    /// Decides for a key that was not there a moment ago.
    fn enter(&self, key: Key, room: usize, limit: &Gcra, now: u64, cost: u32) -> Decision {
        let mut states = self.0.write();
        if let Some(state) = states.get(&key) {
            return advance(state, limit, now, cost);
        }
        let mut arrival = 0;
        let decision = limit.decide(&mut arrival, now, cost);
        if !limit.rests(&arrival, now) {
            if states.len() >= room {
                make_room(&mut states, now);
            }
            states.insert(key, AtomicU64::new(arrival));
        }
        decision
    }
}

/// Decides for a known key: tries again whenever another request of the same key came in between.
fn advance(state: &AtomicU64, limit: &Gcra, now: u64, cost: u32) -> Decision {
    // Relaxed: the word is all there is, nothing else is published with it.
    let mut arrival = state.load(Ordering::Relaxed);
    loop {
        let mut next = arrival;
        let decision = limit.decide(&mut next, now, cost);
        // Most refusals change nothing, and write nothing that other threads would have to read again.
        if next == arrival {
            return decision;
        }
        match state.compare_exchange_weak(arrival, next, Ordering::Relaxed, Ordering::Relaxed) {
            Ok(_) => return decision,
            Err(newer) => arrival = newer,
        }
    }
}

/// Forgets the keys at rest; if there are none, the key that is nearest to it.
fn make_room(states: &mut States, now: u64) {
    let mut nearest: Option<(u64, Key)> = None;
    let before = states.len();
    states.retain(|key, arrival| {
        let arrival = *arrival.get_mut();
        if nearest.is_none_or(|(least, _)| arrival < least) {
            nearest = Some((arrival, *key));
        }
        arrival > now
    });
    if let (Some((_, key)), true) = (nearest, states.len() == before) {
        states.remove(&key);
    }
}

impl Key {
    fn new(key: u128) -> Self {
        Self { high: (key >> 64) as u64, low: key as u64 }
    }
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        hasher.write_u64(self.low);
    }
}

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write_u64(&mut self, low: u64) {
        self.0 = low;
    }

    fn write(&mut self, bytes: &[u8]) {
        // A key writes one u64 and nothing else; folding keeps this right should that ever change.
        self.0 = bytes.iter().fold(self.0, |hash, byte| hash.rotate_left(8) ^ u64::from(*byte));
    }
}

#[cfg(test)]
mod tests;

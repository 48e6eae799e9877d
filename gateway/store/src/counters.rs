//! Limiter states in memory: a table of bounded size for each policy.
//!
//! A key is a uniform 128-bit hash; keys are spread over shards, each with a lock of its own and at most 768 keys.
//! Deciding for a known key is one lookup; states of one word ([`Cell`]) are changed by compare-and-swap under the
//! shared lock of their shard, larger ones under its exclusive lock.
//!
//! # When a shard is full
//!
//! A newcomer is made room for without forgiving anybody who is over the limit:
//!
//! 1. Keys at rest are forgotten: a new key behaves like them.
//! 2. If there are none, the key nearest to rest is forgotten, among those that are not spent, which means that they
//!    would be admitted now. It gets back less than one limit. Who wants that has to make everybody else in a shard
//!    take more, without knowing who is in it.
//! 3. If all are spent, newcomers share one state, the shard's overflow, until there is room again. So a flood of
//!    spent keys pays for itself, and a client that is refused stays refused.
//!
//! Whoever enters a shard whose overflow is not at rest begins with what the overflow has taken, for some of that may
//! have been its own. With a concurrency limit it goes on sharing the overflow until that has ended: what is in
//! flight is given back by those who took it, so keys in flight are never forgotten.
//!
//! Keys of one table may have different limits of one kind, as usage plans do. What is at rest or spent is judged by
//! all limits that keys of a shard came with, the latest eight of them.

mod cell;
pub(crate) use self::cell::advance;
mod shard;
mod slots;

use std::fmt;

pub use gateway_algorithms::limit::Kind;
use gateway_algorithms::limit::{
    Algorithm, Concurrency, Decision, FixedWindow, Gcra, LeakyBucket, SlidingLog, SlidingWindow,
};

use self::shard::Shards;

/// The states of a policy's keys. Shared by all workers.
pub struct Table(States);

enum States {
    Gcra(Shards<Gcra>),
    LeakyBucket(Shards<LeakyBucket>),
    FixedWindow(Shards<FixedWindow>),
    SlidingWindow(Shards<SlidingWindow>),
    SlidingLog(Shards<SlidingLog>),
    Concurrency(Shards<Concurrency>),
}

/// Calls a method of the shards with the limit that they are for.
macro_rules! decided_by {
    ($table:expr, $algorithm:expr, |$shards:ident, $limit:ident| $call:expr) => {
        match (&$table.0, $algorithm) {
            (States::Gcra($shards), Algorithm::Gcra($limit)) => $call,
            (States::LeakyBucket($shards), Algorithm::LeakyBucket($limit)) => $call,
            (States::FixedWindow($shards), Algorithm::FixedWindow($limit)) => $call,
            (States::SlidingWindow($shards), Algorithm::SlidingWindow($limit)) => $call,
            (States::SlidingLog($shards), Algorithm::SlidingLog($limit)) => $call,
            (States::Concurrency($shards), Algorithm::Concurrency($limit)) => $call,
            (_, other) => panic!("a table of {:?} has no states of {:?}", $table.kind(), other.kind()),
        }
    };
}

/// Calls a method of the shards that no limit is needed for.
macro_rules! of_any {
    ($table:expr, |$shards:ident| $call:expr) => {
        match &$table.0 {
            States::Gcra($shards) => $call,
            States::LeakyBucket($shards) => $call,
            States::FixedWindow($shards) => $call,
            States::SlidingWindow($shards) => $call,
            States::SlidingLog($shards) => $call,
            States::Concurrency($shards) => $call,
        }
    };
}

impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Table").field(&self.kind()).finish()
    }
}

impl Table {
    /// A table of at most `capacity` keys (at least 1) for limits of one kind.
    ///
    /// It grows with its keys, and takes for each at most 64 bytes if a state is one word: GCRA, leaky bucket,
    /// concurrency; and some 250 bytes for each shard that has keys, of which there is one for 768 keys of the capacity,
    /// but up to 16 of a small one. Fixed windows take a half more, sliding windows twice as much. A sliding log takes three times as
    /// much and 16 bytes more for each moment in it, of which it has as many as its limit at most; its buffer may be
    /// twice as large.
    ///
    /// Keys are spread by their hash, so a shard may be full before the table is: the first are when about nine tenths of
    /// the capacity are in use, in tables of less than 10,000 keys earlier.
    #[must_use]
    pub fn new(kind: Kind, capacity: usize) -> Self {
        Self(match kind {
            Kind::Gcra => States::Gcra(Shards::new(capacity)),
            Kind::LeakyBucket => States::LeakyBucket(Shards::new(capacity)),
            Kind::FixedWindow => States::FixedWindow(Shards::new(capacity)),
            Kind::SlidingWindow => States::SlidingWindow(Shards::new(capacity)),
            Kind::SlidingLog => States::SlidingLog(Shards::new(capacity)),
            Kind::Concurrency => States::Concurrency(Shards::new(capacity)),
        })
    }

    /// The kind of limits whose states it keeps.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match &self.0 {
            States::Gcra(_) => Kind::Gcra,
            States::LeakyBucket(_) => Kind::LeakyBucket,
            States::FixedWindow(_) => Kind::FixedWindow,
            States::SlidingWindow(_) => Kind::SlidingWindow,
            States::SlidingLog(_) => Kind::SlidingLog,
            States::Concurrency(_) => Kind::Concurrency,
        }
    }

    /// Decides a request of `cost` at `now` for `key`, and remembers what it took.
    ///
    /// `key` is a uniform hash of whose state this is. The algorithm may differ from key to key and from call to call.
    /// `now` is in nanoseconds of one steady clock.
    ///
    /// # Panics
    /// If `algorithm` is of another kind than the table.
    #[must_use]
    pub fn take(&self, key: u128, algorithm: &Algorithm, now: u64, cost: u32) -> Decision {
        decided_by!(self, algorithm, |shards, limit| shards.take(key, limit, now, cost))
    }

    /// What [`Table::take`] would answer; takes nothing.
    ///
    /// # Panics
    /// As [`Table::take`].
    #[must_use]
    pub fn peek(&self, key: u128, algorithm: &Algorithm, now: u64, cost: u32) -> Decision {
        decided_by!(self, algorithm, |shards, limit| shards.peek(key, limit, now, cost))
    }

    /// Undoes an admission: `taken_at` is the `now` of that decision.
    ///
    /// # Panics
    /// As [`Table::take`].
    pub fn give_back(&self, key: u128, algorithm: &Algorithm, taken_at: u64, cost: u32) {
        decided_by!(self, algorithm, |shards, limit| shards.give_back(key, limit, taken_at, cost));
    }

    /// Ends a request of `cost` that a concurrency limit admitted. Call it exactly once for each.
    ///
    /// # Panics
    /// As [`Table::take`].
    pub fn release(&self, key: u128, algorithm: &Algorithm, cost: u32) {
        self.give_back(key, algorithm, 0, cost);
    }

    /// The number of keys that are remembered. Visits every shard: for metrics, not for requests.
    #[must_use]
    pub fn len(&self) -> usize {
        of_any!(self, |shards| shards.len())
    }

    /// Whether no key is remembered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many requests were decided by a state that newcomers share, because their shard was full of spent keys.
    ///
    /// More than 0 says that the capacity is too small, or that somebody floods the policy with keys.
    #[must_use]
    pub fn overflows(&self) -> u64 {
        of_any!(self, |shards| shards.overflows())
    }
}

#[cfg(test)]
mod tests;

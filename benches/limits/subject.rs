//! What is measured: a full table with the hash and the clock that the host has, and plain memory beside it.

use std::{
    hash::{BuildHasher, DefaultHasher, Hasher, RandomState},
    time::Instant,
};

use gateway_algorithms::limit::{Algorithm, Decision, Gcra};
use gateway_store::{LimitKind, Table};

/// Keys that are live.
pub(crate) const KEYS: usize = 1_000_000;

/// As many as all keys fit in, wherever their hashes lead.
const CAPACITY: usize = KEYS / 10 * 13;

/// Which keys are asked for.
#[derive(Clone, Copy)]
pub(crate) enum Choice {
    /// All alike: hardly any is in a cache.
    Uniform,
    /// The `n`th most frequent one `n` times less than the first (Zipf's law), as clients are.
    Skewed,
}

/// Limits by key, as the host keeps them.
pub(crate) struct Limits {
    table: Table,
    limit: Algorithm,
    /// Two keyed hashes that have absorbed attachment and policy.
    prefix: [DefaultHasher; 2],
    origin: Instant,
}

/// Memory to walk through, each step to where the last one says.
pub(crate) struct Memory(Vec<[usize; 8]>);

impl Choice {
    /// The number of a key.
    pub(crate) fn number(self, random: &mut fastrand::Rng) -> usize {
        match self {
            Self::Uniform => random.usize(..KEYS),
            // The logarithms of ranks are uniform, or nearly so.
            Self::Skewed => ((KEYS as f64).powf(random.f64()) as usize).min(KEYS) - 1,
        }
    }
}

/// The name of a key, as a plugin would give it.
pub(crate) fn name(number: usize) -> String {
    format!("consumer-{number}")
}

impl Limits {
    fn new(capacity: usize, limit: Gcra) -> Self {
        let prefix = [RandomState::new(), RandomState::new()].map(|state| {
            let mut hasher = state.build_hasher();
            ["attachment", "bench", "by-consumer"].iter().for_each(|part| absorb(&mut hasher, part));
            hasher
        });
        Self { table: Table::new(LimitKind::Gcra, capacity), limit: limit.into(), prefix, origin: Instant::now() }
    }

    /// With all keys in it, of which none comes to rest while it is measured.
    pub(crate) fn full() -> Self {
        let limits = Self::new(CAPACITY, Gcra::new(1e4, 100_000_000).expect("a rate within bounds"));
        for number in 0..KEYS {
            // A thousand seconds of the rate.
            let hash = limits.hash(&name(number));
            let decision = limits.table.take(hash, &limits.limit, limits.now(), 10_000_000);
            assert!(decision.admitted, "the limit was not to be reached");
        }
        assert_eq!(limits.table.len(), KEYS, "some keys were forgotten");
        limits
    }

    /// With room for nobody who comes: one more request is left to each that is there, or none.
    pub(crate) fn crowded(spent: bool) -> Self {
        let limits = Self::new(CAPACITY / 10, Gcra::new(1e-3, 2).expect("a rate within bounds"));
        for _ in 0..CAPACITY {
            let _refused_in_the_end =
                limits.table.take(fastrand::u128(..), &limits.limit, limits.now(), 1 + u32::from(spent));
        }
        limits
    }

    pub(crate) fn len(&self) -> usize {
        self.table.len()
    }

    pub(crate) fn hash(&self, name: &str) -> u128 {
        let [high, low] = self.prefix.each_ref().map(|prefix| {
            let mut hasher = prefix.clone();
            absorb(&mut hasher, name);
            u128::from(hasher.finish())
        });
        high << 64 | low
    }

    /// As the host's `monotonic_ns`.
    pub(crate) fn now(&self) -> u64 {
        u64::try_from(self.origin.elapsed().as_nanos()).unwrap_or(u64::MAX)
    }

    pub(crate) fn take(&self, hash: u128, now: u64) -> Decision {
        self.table.take(hash, &self.limit, now, 1)
    }
}

fn absorb(hasher: &mut DefaultHasher, part: &str) {
    hasher.write_usize(part.len());
    hasher.write(part.as_bytes());
}

impl Memory {
    /// Lines of a cache, `bytes` in all, in one circle in random order (Sattolo's algorithm).
    pub(crate) fn new(bytes: usize) -> Self {
        let count = (bytes / 64).max(2);
        let mut lines: Vec<[usize; 8]> = (0..count).map(|number| [number; 8]).collect();
        for last in (1..count).rev() {
            lines.swap(last, fastrand::usize(..last));
        }
        Self(lines)
    }

    /// Where a walk may begin.
    pub(crate) fn anywhere(&self) -> usize {
        fastrand::usize(..self.0.len())
    }

    /// One step; it cannot begin before the one before has ended.
    pub(crate) fn next(&self, position: usize) -> usize {
        self.0[position][0]
    }
}

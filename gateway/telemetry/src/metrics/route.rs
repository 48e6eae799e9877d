//! The instruments of a route: one histogram per method and status that really occurred.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicI64, AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use super::cache::{CacheResult, CacheResults};
use crate::{
    instrument::{Buckets, Distribution},
    shard::Sharded,
};

/// Methods with a label of their own; others are `other`.
const METHODS: [&str; 9] = ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"];

/// Pairs of method and status kept apart per route and worker; an upstream that invents statuses gets no further.
const MOST_SERIES: usize = 48;

/// What is counted for one route.
#[derive(Clone, Debug)]
pub struct RouteMetrics(Arc<Sharded<Shard>>);

#[derive(Debug, Default)]
struct Shard {
    in_flight: AtomicI64,
    request_bytes: AtomicU64,
    response_bytes: AtomicU64,
    cached: CacheResults,
    series: OnceLock<Box<Series>>,
}

/// A link of a list that only grows, so that it is read without a lock. The most frequent pairs come first, being met first.
#[derive(Debug)]
struct Series {
    key: Key,
    buckets: Buckets,
    next: OnceLock<Box<Series>>,
}

/// A position in [`METHODS`], or its length for `other`, and a status; 0 stands for `other`.
pub(super) type Key = (u8, u16);

// === impl RouteMetrics ===

impl RouteMetrics {
    /// The name under which requests are counted that no route matched.
    pub const NO_ROUTE: &str = "-";

    pub(super) fn new(workers: usize) -> Self {
        Self(Arc::new(Sharded::new(workers)))
    }

    /// A request took this route.
    pub fn began(&self) {
        self.0.mine().in_flight.fetch_add(1, Relaxed);
    }

    /// A request that [began](Self::began) is over.
    pub fn left(&self) {
        self.0.mine().in_flight.fetch_sub(1, Relaxed);
    }

    /// Requests that began and are not over. Reads a counter of each worker.
    #[must_use]
    pub fn in_flight(&self) -> u32 {
        let sum: i64 = self.0.iter().map(|shard| shard.in_flight.load(Relaxed)).sum();
        // Read while it changes, it may seem to be less than none.
        u32::try_from(sum.max(0)).unwrap_or(u32::MAX)
    }

    /// Counts a request that ended `duration` after its head came.
    pub fn ended(&self, method: &str, status: u16, duration: Duration, request_bytes: u64, response_bytes: u64) {
        let shard = self.0.mine();
        shard.series((method_number(method), status)).buckets.observe(duration);
        for (sum, bytes) in [(&shard.request_bytes, request_bytes), (&shard.response_bytes, response_bytes)] {
            if bytes > 0 {
                sum.fetch_add(bytes, Relaxed);
            }
        }
    }

    /// Counts what the cache made of a request.
    pub fn cached(&self, result: CacheResult) {
        self.0.mine().cached.count(result);
    }

    /// How many requests had that result.
    #[must_use]
    pub fn cache_results(&self, result: CacheResult) -> u64 {
        self.0.iter().map(|shard| shard.cached.of(result)).sum()
    }

    pub(super) fn bytes(&self) -> (u64, u64) {
        let sum = |part: fn(&Shard) -> &AtomicU64| self.0.iter().map(|shard| part(shard).load(Relaxed)).sum();
        (sum(|shard| &shard.request_bytes), sum(|shard| &shard.response_bytes))
    }

    pub(super) fn distributions(&self) -> BTreeMap<Key, Distribution> {
        let mut all: BTreeMap<Key, Distribution> = BTreeMap::new();
        for shard in self.0.iter() {
            let mut link = &shard.series;
            while let Some(series) = link.get() {
                all.entry(series.key).or_default().add(&series.buckets);
                link = &series.next;
            }
        }
        all
    }
}

// === impl Shard ===

impl Shard {
    fn series(&self, key: Key) -> &Series {
        let mut key = key;
        let mut link = &self.series;
        let mut passed = 0;
        loop {
            if passed == MOST_SERIES {
                key = (key.0, 0);
            }
            let series = link.get_or_init(|| Box::new(Series::new(key)));
            if series.key == key {
                return series;
            }
            link = &series.next;
            passed += 1;
        }
    }
}

// === impl Series ===

impl Series {
    fn new(key: Key) -> Self {
        Self { key, buckets: Buckets::default(), next: OnceLock::new() }
    }
}

fn method_number(method: &str) -> u8 {
    let known = METHODS.iter().position(|known| *known == method);
    known.unwrap_or(METHODS.len()).try_into().expect("there are few methods")
}

/// The value of the label `method`.
pub(super) fn method_label(key: Key) -> &'static str {
    METHODS.get(usize::from(key.0)).copied().unwrap_or("other")
}

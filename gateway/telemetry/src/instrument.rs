//! Instruments: counters, gauges and histograms that cost an uncontended atomic addition to write.

use std::{
    array,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use crate::shard::Sharded;

/// Upper bounds of the buckets of a histogram, in microseconds, or in the finer unit that it has; a last bucket takes
/// what is above.
///
/// Finer than usual at the low end, since a gateway that adds a millisecond is a slow one.
const BOUNDS_MICROS: [u64; BUCKETS - 1] = [
    100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_000_000,
    5_000_000, 10_000_000, 30_000_000,
];
const BUCKETS: usize = 18;

/// A count that only grows.
#[derive(Clone, Debug)]
pub struct Counter(Arc<Sharded<AtomicU64>>);

/// A count that goes up and down.
#[derive(Clone, Debug)]
pub struct Gauge(Arc<Sharded<AtomicI64>>);

/// By how much each worker is late: what its turn came later than it was due.
#[derive(Clone, Debug)]
pub struct WorkerLag(Arc<Sharded<AtomicU64>>);

/// Durations by bucket.
#[derive(Clone, Debug)]
pub struct Histogram {
    shards: Arc<Sharded<Buckets>>,
    unit: Unit,
}

/// What the bounds of a histogram are counted in, in nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Unit(u64);

/// For what takes about as long as a request.
const COARSE: Unit = Unit(1_000);
/// For what takes microseconds: buckets from 1 µs to 300 ms.
const FINE: Unit = Unit(10);

/// The shard of a histogram.
#[derive(Debug)]
pub(crate) struct Buckets {
    counts: [AtomicU64; BUCKETS],
    sum_nanos: AtomicU64,
}

/// A histogram as it is told: how many durations fell into each bucket, not added up, and the sum of all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Distribution {
    counts: [u64; BUCKETS],
    sum_nanos: u64,
    unit: Unit,
}

/// Upper bounds of the buckets of every histogram, in seconds.
pub(crate) fn bounds_seconds() -> impl Iterator<Item = f64> {
    BOUNDS_MICROS.iter().map(|micros| Duration::from_micros(*micros).as_secs_f64())
}

// === impl Counter ===

impl Counter {
    pub(crate) fn new(workers: usize) -> Self {
        Self(Arc::new(Sharded::new(workers)))
    }

    /// Adds `n`.
    pub fn add(&self, n: u64) {
        self.0.mine().fetch_add(n, Relaxed);
    }

    /// The count over all workers.
    #[must_use]
    pub fn value(&self) -> u64 {
        self.0.iter().map(|shard| shard.load(Relaxed)).sum()
    }
}

// === impl Gauge ===

impl Gauge {
    pub(crate) fn new(workers: usize) -> Self {
        Self(Arc::new(Sharded::new(workers)))
    }

    /// Adds `n`, which may be negative.
    pub fn add(&self, n: i64) {
        self.0.mine().fetch_add(n, Relaxed);
    }

    /// The count over all workers.
    #[must_use]
    pub fn value(&self) -> i64 {
        self.0.iter().map(|shard| shard.load(Relaxed)).sum()
    }

    /// The count over all workers as one that cannot be negative: read while it changes, it may seem so.
    #[must_use]
    pub fn count(&self) -> u32 {
        u32::try_from(self.value().max(0)).unwrap_or(u32::MAX)
    }
}

// === impl WorkerLag ===

impl WorkerLag {
    pub(crate) fn new(workers: usize) -> Self {
        Self(Arc::new(Sharded::new(workers)))
    }

    /// This worker is late by so much, until it says otherwise.
    pub fn set(&self, lag: Duration) {
        self.0.mine().store(u64::try_from(lag.as_nanos()).unwrap_or(u64::MAX), Relaxed);
    }

    /// By how much this worker is late.
    #[must_use]
    pub fn get(&self) -> Duration {
        Duration::from_nanos(self.0.mine().load(Relaxed))
    }

    /// By how much the worker is late that is latest.
    #[must_use]
    pub fn longest(&self) -> Duration {
        Duration::from_nanos(self.0.iter().map(|shard| shard.load(Relaxed)).max().unwrap_or(0))
    }
}

// === impl Histogram ===

impl Histogram {
    pub(crate) fn new(workers: usize) -> Self {
        Self { shards: Arc::new(Sharded::new(workers)), unit: COARSE }
    }

    /// With buckets for what takes microseconds.
    pub(crate) fn fine(workers: usize) -> Self {
        Self { unit: FINE, ..Self::new(workers) }
    }

    /// Counts one duration.
    pub fn observe(&self, duration: Duration) {
        self.shards.mine().observe_in(self.unit, duration);
    }

    /// Durations that were counted. Adds up all buckets: for the rare moment, not for each request.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.distribution().count()
    }

    pub(crate) fn distribution(&self) -> Distribution {
        let mut all = Distribution { unit: self.unit, ..Distribution::default() };
        self.shards.iter().for_each(|shard| all.add(shard));
        all
    }
}

// === impl Buckets ===

impl Buckets {
    pub(crate) fn observe(&self, duration: Duration) {
        self.observe_in(COARSE, duration);
    }

    fn observe_in(&self, unit: Unit, duration: Duration) {
        let nanos = u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX);
        let units = nanos / unit.0;
        let bucket = BOUNDS_MICROS.partition_point(|bound| *bound < units);
        self.counts[bucket].fetch_add(1, Relaxed);
        self.sum_nanos.fetch_add(nanos, Relaxed);
    }
}

impl Default for Buckets {
    fn default() -> Self {
        Self { counts: array::from_fn(|_| AtomicU64::new(0)), sum_nanos: AtomicU64::new(0) }
    }
}

// === impl Distribution ===

impl Default for Distribution {
    fn default() -> Self {
        Self { counts: [0; BUCKETS], sum_nanos: 0, unit: COARSE }
    }
}

impl Distribution {
    pub(crate) fn add(&mut self, shard: &Buckets) {
        for (sum, count) in self.counts.iter_mut().zip(&shard.counts) {
            *sum += count.load(Relaxed);
        }
        self.sum_nanos += shard.sum_nanos.load(Relaxed);
    }

    pub(crate) fn count(&self) -> u64 {
        self.counts.iter().sum()
    }

    pub(crate) fn sum_seconds(&self) -> f64 {
        Duration::from_nanos(self.sum_nanos).as_secs_f64()
    }

    /// Upper bounds in seconds with the counts between them.
    pub(crate) fn buckets(&self) -> [(f64, u64); BUCKETS] {
        array::from_fn(|bucket| {
            let bound = BOUNDS_MICROS.get(bucket).map(|units| Duration::from_nanos(units * self.unit.0).as_secs_f64());
            (bound.unwrap_or(f64::INFINITY), self.counts[bucket])
        })
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;
    use crate::enter_worker;

    #[test]
    fn a_counter_adds_up_what_all_threads_counted() {
        let counter = Counter::new(2);
        thread::scope(|scope| {
            for worker in 0..5 {
                let counter = counter.clone();
                scope.spawn(move || {
                    enter_worker(worker);
                    (0..1_000).for_each(|_| counter.add(2));
                });
            }
        });
        counter.add(1);
        assert_eq!(counter.value(), 10_001);
    }

    #[test]
    fn a_gauge_may_go_down_on_another_thread_than_it_went_up() {
        let gauge = Gauge::new(1);
        gauge.add(3);
        thread::scope(|scope| {
            scope.spawn(|| {
                enter_worker(0);
                gauge.add(-2);
            });
        });
        assert_eq!(gauge.value(), 1);
    }

    #[test]
    fn each_worker_knows_its_own_lag_and_the_longest_is_told() {
        let lag = WorkerLag::new(2);
        thread::scope(|scope| {
            for (worker, millis) in [(0, 7), (1, 3)] {
                let lag = lag.clone();
                scope.spawn(move || {
                    enter_worker(worker);
                    lag.set(Duration::from_millis(90));
                    lag.set(Duration::from_millis(millis));
                    assert_eq!(lag.get(), Duration::from_millis(millis));
                });
            }
        });
        assert_eq!((lag.get(), lag.longest()), (Duration::ZERO, Duration::from_millis(7)));
    }

    #[test]
    fn a_duration_falls_into_the_first_bucket_that_holds_it() {
        let histogram = Histogram::new(1);
        for micros in [1, 100, 101, 30_000_000, 30_000_001] {
            histogram.observe(Duration::from_micros(micros));
        }
        let told = histogram.distribution();
        let filled: Vec<_> = told.buckets().into_iter().filter(|(_, count)| *count > 0).collect();
        assert_eq!(filled, [(0.0001, 2), (0.00025, 1), (30.0, 1), (f64::INFINITY, 1)]);
        assert_eq!(told.count(), 5);
        assert!((told.sum_seconds() - 60.000_203).abs() < 1e-9);
    }
}

//! How an upstream has answered lately: the times to its responses' heads, and the share of errors.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, AtomicU64, AtomicUsize, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use crate::shard::Sharded;

/// For how long one half counts before the other takes its place: what is told is of the last five to ten seconds.
const HALF: u64 = 5_000_000_000;

/// For how long it is good enough what was told last, in nanoseconds.
const FRESH: u64 = 50_000_000;

/// Buckets for each doubling: a duration is known to about a sixth.
const PARTS: usize = 4;
/// Doublings from a microsecond on: the last one holds all that takes longer than half an hour.
const DOUBLINGS: usize = 32;

/// How an upstream has answered over the last seconds; clones share it.
#[derive(Clone, Debug)]
pub struct Recent(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    shards: Sharded<Shard>,
    last: Last,
    /// Where times begin.
    beginning: Instant,
}

/// What was told last: it is of seconds, so requests need not add it up anew each time.
#[derive(Debug, Default)]
struct Last {
    /// When it was added up, in nanoseconds; 0 for never.
    at: AtomicU64,
    p50_nanos: AtomicU64,
    p90_nanos: AtomicU64,
    error_permille: AtomicU32,
}

#[derive(Debug, Default)]
struct Shard {
    halves: [Half; 2],
    current: AtomicUsize,
    /// When the current half began, in nanoseconds.
    since: AtomicU64,
}

#[derive(Debug)]
struct Half {
    counts: [AtomicU32; PARTS * DOUBLINGS],
    /// Requests that got no response: they count as errors, and have no time to it.
    unanswered: AtomicU32,
    errors: AtomicU32,
}

/// What is told of the last seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lately {
    /// The time to a response's head that half of the requests did not exceed; zero when there was none.
    pub p50: Duration,
    /// That nine of ten did not exceed.
    pub p90: Duration,
    /// Requests that failed, of a thousand.
    pub error_permille: u32,
}

impl Default for Half {
    fn default() -> Self {
        let counts = [const { AtomicU32::new(0) }; PARTS * DOUBLINGS];
        Self { counts, unanswered: AtomicU32::new(0), errors: AtomicU32::new(0) }
    }
}

impl Recent {
    pub(crate) fn new(workers: usize) -> Self {
        Self(Arc::new(Shared { shards: Sharded::new(workers), last: Last::default(), beginning: Instant::now() }))
    }

    /// A request ended at `now`, after `latency` where that means something.
    pub fn add(&self, now: Instant, latency: Option<Duration>, is_error: bool) {
        self.0.shards.mine().add(self.nanos(now), latency, is_error);
    }

    /// What was to be told at `now`, or up to 50 ms before.
    #[must_use]
    pub fn roughly(&self, now: Instant) -> Lately {
        let last = &self.0.last;
        let (nanos, at) = (self.nanos(now).max(1), last.at.load(Relaxed));
        let is_old = at == 0 || nanos.saturating_sub(at) >= FRESH;
        // Who finds it old first adds it up; the others are told the old one meanwhile.
        if is_old && last.at.compare_exchange(at, nanos, Relaxed, Relaxed).is_ok() {
            let Lately { p50, p90, error_permille } = self.lately(now);
            last.p50_nanos.store(u64::try_from(p50.as_nanos()).unwrap_or(u64::MAX), Relaxed);
            last.p90_nanos.store(u64::try_from(p90.as_nanos()).unwrap_or(u64::MAX), Relaxed);
            last.error_permille.store(error_permille, Relaxed);
        }
        Lately {
            p50: Duration::from_nanos(last.p50_nanos.load(Relaxed)),
            p90: Duration::from_nanos(last.p90_nanos.load(Relaxed)),
            error_permille: last.error_permille.load(Relaxed),
        }
    }

    /// What is to be told at `now`. Reads the counters of all workers.
    #[must_use]
    pub fn lately(&self, now: Instant) -> Lately {
        let now = self.nanos(now);
        self.0.shards.iter().for_each(|shard| shard.turn(now));
        let halves = || self.0.shards.iter().flat_map(|shard| &shard.halves);
        let sum = |part: &dyn Fn(&Half) -> u32| halves().map(|half| u64::from(part(half))).sum::<u64>();
        let counts: [u64; PARTS * DOUBLINGS] =
            std::array::from_fn(|bucket| sum(&|half| half.counts[bucket].load(Relaxed)));
        let answered: u64 = counts.iter().sum();
        let (unanswered, errors) = (sum(&|half| half.unanswered.load(Relaxed)), sum(&|half| half.errors.load(Relaxed)));
        let permille = (errors * 1000).checked_div(answered + unanswered).unwrap_or(0).min(1000);
        Lately {
            p50: quantile(&counts, answered, 50),
            p90: quantile(&counts, answered, 90),
            error_permille: u32::try_from(permille).unwrap_or(1000),
        }
    }

    fn nanos(&self, now: Instant) -> u64 {
        u64::try_from(now.saturating_duration_since(self.0.beginning).as_nanos()).unwrap_or(u64::MAX)
    }
}

impl Shard {
    fn add(&self, now: u64, latency: Option<Duration>, is_error: bool) {
        self.turn(now);
        let half = &self.halves[self.current.load(Relaxed) % 2];
        latency.map_or(&half.unanswered, |latency| &half.counts[bucket(latency)]).fetch_add(1, Relaxed);
        if is_error {
            half.errors.fetch_add(1, Relaxed);
        }
    }

    /// Begins a new half when the current one has lasted long enough. Who comes first does it.
    fn turn(&self, now: u64) {
        let since = self.since.load(Relaxed);
        let passed = now.saturating_sub(since);
        if passed < HALF || self.since.compare_exchange(since, now, Relaxed, Relaxed).is_err() {
            return;
        }
        let current = self.current.load(Relaxed);
        self.halves[(current + 1) % 2].clear();
        self.current.store(current + 1, Relaxed);
        if passed >= 2 * HALF {
            self.halves[current % 2].clear();
        }
    }
}

impl Half {
    fn clear(&self) {
        self.counts.iter().for_each(|count| count.store(0, Relaxed));
        self.unanswered.store(0, Relaxed);
        self.errors.store(0, Relaxed);
    }
}

fn bucket(latency: Duration) -> usize {
    let micros = u64::try_from(latency.as_micros()).unwrap_or(u64::MAX).max(1);
    let doubling = micros.ilog2() as usize;
    // The two bits behind the first one.
    let part = if doubling >= 2 { (micros >> (doubling - 2)) & 3 } else { (micros << (2 - doubling)) & 3 };
    (doubling * PARTS + part as usize).min(PARTS * DOUBLINGS - 1)
}

/// The middle of the bucket in which the quantile lies; zero where there is nothing.
fn quantile(counts: &[u64], total: u64, percent: u64) -> Duration {
    if total == 0 {
        return Duration::ZERO;
    }
    let wanted = (total * percent).div_ceil(100);
    let mut seen = 0;
    let found = counts.iter().position(|count| {
        seen += count;
        seen >= wanted
    });
    let bucket = found.unwrap_or(0);
    let (doubling, part) = (bucket / PARTS, bucket % PARTS);
    let micros = (1_u64 << doubling) as f64 * (1.0 + (part as f64 + 0.5) / PARTS as f64);
    Duration::from_nanos((micros * 1000.0) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A moment of a test, by seconds from its beginning.
    struct Clock(Recent);

    impl Clock {
        fn new() -> Self {
            Self(Recent::new(1))
        }

        fn at(&self, seconds: u64) -> Instant {
            self.0.0.beginning + Duration::from_secs(seconds)
        }

        fn add(&self, seconds: u64, latency_ms: Option<u64>, is_error: bool) {
            self.0.add(self.at(seconds), latency_ms.map(Duration::from_millis), is_error);
        }

        fn lately(&self, seconds: u64) -> Lately {
            self.0.lately(self.at(seconds))
        }
    }

    #[test]
    fn quantiles_are_known_to_a_sixth() {
        let recent = Clock::new();
        for millis in 1..=100 {
            recent.add(1, Some(millis), millis > 90);
        }
        let Lately { p50, p90, error_permille } = recent.lately(1);
        let near = |found: Duration, millis: f64| (found.as_secs_f64() * 1000.0 / millis - 1.0).abs() < 0.17;
        assert!(near(p50, 50.0) && near(p90, 90.0), "{p50:?} {p90:?}");
        assert_eq!(error_permille, 100);
    }

    #[test]
    fn every_duration_has_a_bucket() {
        for micros in [0, 1, 2, 3, 5, 1000, u64::MAX] {
            assert!(bucket(Duration::from_micros(micros)) < PARTS * DOUBLINGS);
        }
        let of = |micros| bucket(Duration::from_micros(micros));
        assert!(of(1) < of(2) && of(2) < of(3) && of(4) < of(5) && of(1000) < of(1300));
    }

    #[test]
    fn what_is_ten_seconds_old_is_forgotten() {
        let recent = Clock::new();
        recent.add(1, Some(1), true);
        recent.add(7, Some(100), false);
        assert_eq!(recent.lately(7).error_permille, 500);
        assert_eq!(recent.lately(13).error_permille, 0, "only the newer one is left");
        assert_eq!(recent.lately(40), Lately::default());
    }

    #[test]
    fn requests_are_told_what_was_added_up_a_moment_ago() {
        let recent = Clock::new();
        recent.add(1, Some(1), true);
        let after = |millis| recent.0.roughly(recent.at(1) + Duration::from_millis(millis)).error_permille;
        assert_eq!(after(0), 1000);
        recent.add(1, Some(1), false);
        assert_eq!((after(49), after(50)), (1000, 500));
    }

    #[test]
    fn a_request_without_an_answer_is_an_error_without_a_latency() {
        let recent = Clock::new();
        recent.add(1, None, true);
        assert_eq!(recent.lately(1), Lately { error_permille: 1000, ..Lately::default() });
        recent.add(1, Some(1), false);
        let lately = recent.lately(1);
        assert!(lately.p90 < Duration::from_millis(2) && lately.error_permille == 500, "{lately:?}");
    }
}

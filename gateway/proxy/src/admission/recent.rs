//! How an upstream has answered lately: the times to its responses' heads, and the share of errors.

use std::{
    sync::atomic::{AtomicU32, AtomicU64, AtomicUsize, Ordering::Relaxed},
    time::Duration,
};

/// For how long one half counts before the other takes its place: what is told is of the last five to ten seconds.
const HALF: u64 = 5_000_000_000;

/// Buckets for each doubling: a duration is known to about a sixth.
const PARTS: usize = 4;
/// Doublings from a microsecond on: the last one holds all that takes longer than half an hour.
const DOUBLINGS: usize = 32;

#[derive(Debug, Default)]
pub(super) struct Recent {
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
pub(crate) struct Lately {
    pub(crate) p50: Duration,
    pub(crate) p90: Duration,
    pub(crate) error_permille: u32,
}

impl Default for Half {
    fn default() -> Self {
        let counts = [const { AtomicU32::new(0) }; PARTS * DOUBLINGS];
        Self { counts, unanswered: AtomicU32::new(0), errors: AtomicU32::new(0) }
    }
}

impl Recent {
    /// A request that ended at `now` (nanoseconds since any fixed moment), after `latency` where that means something.
    pub(super) fn add(&self, now: u64, latency: Option<Duration>, is_error: bool) {
        self.turn(now);
        let half = &self.halves[self.current.load(Relaxed) % 2];
        latency.map_or(&half.unanswered, |latency| &half.counts[bucket(latency)]).fetch_add(1, Relaxed);
        if is_error {
            half.errors.fetch_add(1, Relaxed);
        }
    }

    pub(super) fn lately(&self, now: u64) -> Lately {
        self.turn(now);
        let count = |bucket: usize| self.halves.iter().map(|half| u64::from(half.counts[bucket].load(Relaxed))).sum();
        let counts: [u64; PARTS * DOUBLINGS] = std::array::from_fn(count);
        let answered: u64 = counts.iter().sum();
        let sum =
            |part: fn(&Half) -> &AtomicU32| self.halves.iter().map(|half| u64::from(part(half).load(Relaxed))).sum();
        let (unanswered, errors): (u64, u64) = (sum(|half| &half.unanswered), sum(|half| &half.errors));
        let permille = (errors * 1000).checked_div(answered + unanswered).unwrap_or(0).min(1000);
        Lately {
            p50: quantile(&counts, answered, 50),
            p90: quantile(&counts, answered, 90),
            error_permille: u32::try_from(permille).unwrap_or(1000),
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

    const SECOND: u64 = 1_000_000_000;

    #[test]
    fn quantiles_are_known_to_a_sixth() {
        let recent = Recent::default();
        for millis in 1..=100 {
            recent.add(SECOND, Some(Duration::from_millis(millis)), millis > 90);
        }
        let Lately { p50, p90, error_permille } = recent.lately(SECOND);
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
        let recent = Recent::default();
        recent.add(SECOND, Some(Duration::from_millis(1)), true);
        recent.add(7 * SECOND, Some(Duration::from_millis(100)), false);
        assert_eq!(recent.lately(7 * SECOND).error_permille, 500);
        assert_eq!(recent.lately(12 * SECOND + 1).error_permille, 0, "only the newer one is left");
        assert_eq!(recent.lately(40 * SECOND), Lately::default());
    }

    #[test]
    fn a_request_without_an_answer_is_an_error_without_a_latency() {
        let recent = Recent::default();
        recent.add(SECOND, None, true);
        assert_eq!(recent.lately(SECOND), Lately { error_permille: 1000, ..Lately::default() });
        recent.add(SECOND, Some(Duration::from_millis(1)), false);
        let lately = recent.lately(SECOND);
        assert!(lately.p90 < Duration::from_millis(2) && lately.error_permille == 500, "{lately:?}");
    }
}

//! Keeps a fault that comes with every request from flooding the log, and from making workers wait for whoever reads it.

use std::{
    sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

/// Between two log lines about the same thing.
const PAUSE: Duration = Duration::from_secs(1);

/// What times are counted from.
static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// Lets one event a second through and counts the others. Shared by all workers, but only touched when something is wrong.
#[derive(Debug, Default)]
pub(crate) struct Throttle {
    /// Nanoseconds since [`START`].
    quiet_until: AtomicU64,
    suppressed: AtomicU64,
}

impl Throttle {
    /// How many events were suppressed before this one, if this one is to be told.
    pub(crate) fn admit(&self) -> Option<u64> {
        self.admit_at(START.elapsed())
    }

    fn admit_at(&self, since_start: Duration) -> Option<u64> {
        let nanos = |duration: Duration| u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX);
        let (now, next) = (nanos(since_start), nanos(since_start + PAUSE));
        let until = self.quiet_until.load(Relaxed);
        if now >= until && self.quiet_until.compare_exchange(until, next, Relaxed, Relaxed).is_ok() {
            return Some(self.suppressed.swap(0, Relaxed));
        }
        self.suppressed.fetch_add(1, Relaxed);
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_event_a_second_is_told_with_the_number_of_the_others() {
        let throttle = Throttle::default();
        let told = [0, 1, 500, 999, 1_000, 1_001, 5_000].map(|millis| throttle.admit_at(Duration::from_millis(millis)));
        assert_eq!(told, [Some(0), None, None, None, Some(3), None, Some(1)]);
    }
}

//! Sends those who wait one after another.
//!
//! Where all requests take equally long, those that were sent together end together, and so do those that get their slots:
//! then none comes free for as long as a request takes, however important the one that waits for it.
//! A limit that rises and a server that stalls for a moment bring more and more of them together, and nothing takes them
//! apart. So slots are given out no faster than a little above the rate at which they come free in the mean, which spreads
//! a crowd over its time within one turn, and delays nobody who is spread already.

use std::time::Duration;

/// The part of the mean time between two slots that lies between two requests at least. With 1 it would be the rate itself,
/// which could then never be found to have risen.
const PART: f64 = 0.95;

/// The longest interval, in nanoseconds. Where requests have taken minutes and take milliseconds now, this is found within a
/// measurement or two, instead of after minutes in which hardly any goes.
const LONGEST: u64 = 50_000_000;

/// Whoever looks late may make up for so much of it, in nanoseconds: timers are no more exact.
const SLACK: u64 = 1_000_000;

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Spacing {
    /// Between two requests, in nanoseconds.
    interval: u64,
    /// When the last one went, or should have if it went late.
    last: u64,
}

impl Spacing {
    /// So many requests under way hold their slots for so long each. It counts from the last one that went, so that nobody goes
    /// on waiting for what was set before.
    pub(super) fn set(&mut self, limit: u32, held: Duration) {
        let interval = held.as_nanos() as f64 * PART / f64::from(limit.max(1));
        self.interval = (interval as u64).min(LONGEST);
    }

    /// When the next request may go, if it may not yet.
    pub(super) fn holds_until(&self, now: u64) -> Option<u64> {
        let due = self.last.saturating_add(self.interval);
        (now < due).then_some(due)
    }

    /// A request goes now.
    pub(super) fn passes(&mut self, now: u64) {
        self.last = self.last.saturating_add(self.interval).max(now.saturating_sub(SLACK));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MILLI: u64 = 1_000_000;

    /// How many of a crowd have gone by each time, where somebody looks at it so often.
    fn gone(spacing: &mut Spacing, every: u64, times: u64) -> Vec<u64> {
        let mut gone = 0;
        let look = |time: u64| {
            let now = 1_000 * MILLI + time * every;
            while spacing.holds_until(now).is_none() {
                spacing.passes(now);
                gone += 1;
            }
            gone
        };
        (0..times).map(look).collect()
    }

    #[test]
    fn a_crowd_goes_a_little_faster_than_at_the_mean_rate() {
        let mut spacing = Spacing::default();
        // 38 at a time for 20 ms each are 1.9 in a millisecond; the first also are those of the millisecond before.
        spacing.set(38, Duration::from_millis(20));
        assert_eq!(gone(&mut spacing, MILLI, 6), [3, 5, 7, 9, 11, 13]);
    }

    #[test]
    fn who_looks_late_loses_nothing_and_who_sleeps_gains_nothing() {
        let mut often = Spacing::default();
        often.set(40, Duration::from_millis(20));
        let mut rarely = often;
        let (often, rarely) = (gone(&mut often, MILLI / 4, 41), gone(&mut rarely, MILLI, 11));
        assert_eq!(often.last(), rarely.last());
        let mut asleep = Spacing::default();
        asleep.set(40, Duration::from_millis(20));
        assert_eq!(gone(&mut asleep, 100 * MILLI, 3), [3, 6, 9]);
    }

    #[test]
    fn requests_that_took_minutes_hold_nobody_back_for_long() {
        let mut spacing = Spacing::default();
        spacing.set(2, Duration::from_secs(600));
        spacing.passes(100 * MILLI);
        assert_eq!(spacing.holds_until(100 * MILLI), Some(149 * MILLI));
        // What is found then holds at once.
        spacing.set(2, Duration::from_millis(2));
        assert_eq!(spacing.holds_until(100 * MILLI), None);
    }

    #[test]
    fn without_a_latency_nobody_is_held_back() {
        let mut spacing = Spacing::default();
        spacing.passes(MILLI);
        assert_eq!(spacing.holds_until(MILLI), None);
        spacing.set(1, Duration::from_millis(10));
        spacing.passes(10 * MILLI);
        assert_eq!(spacing.holds_until(10 * MILLI), Some(19 * MILLI));
        spacing.set(1, Duration::ZERO);
        spacing.passes(20 * MILLI);
        assert_eq!(spacing.holds_until(20 * MILLI), None);
    }
}

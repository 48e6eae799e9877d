//! What is measured between two looks at the limit. Written by all workers with atomic additions.

use std::{
    sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering::Relaxed},
    time::Duration,
};

use gateway_algorithms::concurrency::{ENOUGH, FEW, LEAST_TIME, LONGEST_TIME, Window};

/// The window that is open.
#[derive(Debug, Default)]
pub(super) struct Meter {
    number: AtomicU32,
    /// In nanoseconds.
    began: AtomicU64,
    answered: AtomicU32,
    sum_micros: AtomicU64,
    /// Of microseconds.
    squares: AtomicU64,
    overloaded: AtomicU32,
    /// Requests whose time says nothing, but whose slots came free like those of all others.
    untold: AtomicU32,
    peak: AtomicU32,
    limited: AtomicBool,
}

impl Meter {
    /// The window that requests belong to that are sent now.
    pub(super) fn number(&self) -> u32 {
        self.number.load(Relaxed)
    }

    /// So many requests are under way.
    pub(super) fn sees(&self, in_flight: u32) {
        // Mostly it is not more than before: that costs no write.
        if in_flight > self.peak.load(Relaxed) {
            self.peak.store(in_flight, Relaxed);
        }
    }

    /// A request has to wait because of the limit.
    pub(super) fn limits(&self) {
        if !self.limited.load(Relaxed) {
            self.limited.store(true, Relaxed);
        }
    }

    /// A request of the window `number` was answered after that time.
    pub(super) fn answers(&self, number: u32, latency: Duration) {
        if number != self.number() {
            return;
        }
        // Beyond a quarter of an hour the squares would not fit.
        let micros = u64::try_from(latency.as_micros()).unwrap_or(u64::MAX).min(1 << 30);
        self.sum_micros.fetch_add(micros, Relaxed);
        self.squares.fetch_add((micros * micros) >> SCALE, Relaxed);
        self.answered.fetch_add(1, Relaxed);
    }

    /// A request of the window `number` was turned away by the upstream, or not answered in time.
    pub(super) fn turns_away(&self, number: u32) {
        if number == self.number() {
            self.overloaded.fetch_add(1, Relaxed);
        }
    }

    /// A request of the window `number` has given its slot back and said nothing of the upstream by its time.
    pub(super) fn ends_untold(&self, number: u32) {
        if number == self.number() {
            self.untold.fetch_add(1, Relaxed);
        }
    }

    /// How long slots are held in the mean, at least: by those whose time is known, and by the others for no time at all.
    pub(super) fn held(&self, window: &Window) -> Duration {
        let all = f64::from(window.answered) + f64::from(self.untold.load(Relaxed));
        window.latency.mul_f64(f64::from(window.answered) / all.max(1.0))
    }

    /// Whether somebody should look if the window is full, where the limit is that.
    pub(super) fn may_be_full(&self, now: u64, limit: u32) -> bool {
        let seen = self.answered.load(Relaxed).saturating_add(self.overloaded.load(Relaxed));
        let elapsed = Duration::from_nanos(now.saturating_sub(self.began.load(Relaxed)));
        elapsed >= LEAST_TIME && seen >= ENOUGH.max(limit) || elapsed >= LONGEST_TIME && seen >= FEW
    }

    pub(super) fn window(&self, now: u64) -> Window {
        let answered = self.answered.load(Relaxed);
        let count = f64::from(answered.max(1));
        let mean = self.sum_micros.load(Relaxed) as f64 / count;
        let squares = self.squares.load(Relaxed) as f64 * f64::from(1 << SCALE) / count;
        let error = ((squares - mean * mean).max(0.0) / count).sqrt();
        Window {
            elapsed: Duration::from_nanos(now.saturating_sub(self.began.load(Relaxed))),
            answered,
            latency: Duration::from_nanos((mean * 1000.0) as u64),
            error: Duration::from_nanos((error * 1000.0) as u64),
            overloaded: self.overloaded.load(Relaxed),
            peak: self.peak.load(Relaxed),
            limited: self.limited.load(Relaxed),
        }
    }

    /// Opens a new window. What others write meanwhile may be lost, or be counted in the new one: a few of many.
    pub(super) fn begin(&self, now: u64, in_flight: u32) {
        self.number.fetch_add(1, Relaxed);
        self.began.store(now, Relaxed);
        self.answered.store(0, Relaxed);
        self.sum_micros.store(0, Relaxed);
        self.squares.store(0, Relaxed);
        self.overloaded.store(0, Relaxed);
        self.untold.store(0, Relaxed);
        self.peak.store(in_flight, Relaxed);
        self.limited.store(false, Relaxed);
    }
}

/// Squares are kept without their last bits: so many of them fit.
const SCALE: u32 = 10;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_has_the_mean_and_its_error_of_those_that_were_sent_in_it() {
        let meter = Meter::default();
        meter.begin(1_000, 3);
        let number = meter.number();
        for millis in [10, 20, 30, 40] {
            meter.answers(number, Duration::from_millis(millis));
        }
        meter.answers(number - 1, Duration::from_secs(9));
        meter.turns_away(number);
        meter.sees(7);
        meter.sees(5);
        let window = meter.window(501_000);
        assert_eq!((window.answered, window.overloaded, window.peak, window.limited), (4, 1, 7, false));
        assert_eq!((window.latency, window.elapsed), (Duration::from_millis(25), Duration::from_micros(500)));
        let error = window.error.as_secs_f64() * 1000.0;
        assert!((error - 5.59).abs() < 0.01, "{error}");
    }

    #[test]
    fn slots_that_say_nothing_come_free_too() {
        let meter = Meter::default();
        for turn in 0..100 {
            match turn % 10 {
                0 => meter.answers(0, Duration::from_millis(500)),
                _ => meter.ends_untold(0),
            }
        }
        assert_eq!(meter.held(&meter.window(0)), Duration::from_millis(50));
    }

    #[test]
    fn a_long_window_of_slow_answers_does_not_overflow() {
        let meter = Meter::default();
        for _ in 0..10_000 {
            meter.answers(0, Duration::from_secs(u64::MAX));
        }
        assert!(meter.window(0).error < Duration::from_millis(1));
    }
}

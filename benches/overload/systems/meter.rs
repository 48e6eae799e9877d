//! The window of measurement, as the gateway's own meter has it, for one thread.

use std::time::Duration;

use gateway_algorithms::concurrency::Window;

/// Before this time, and before so many answers, the gateway does not look whether a window is full.
const SOONEST: u64 = 100_000_000;
const FEWEST: u32 = 5;

#[derive(Default)]
pub(super) struct Meter {
    number: u32,
    began: u64,
    sum: Duration,
    /// Of seconds.
    squares: f64,
    window: Window,
}

impl Meter {
    /// The window that requests belong to that are sent now.
    pub(super) fn number(&self) -> u32 {
        self.number
    }

    pub(super) fn sees(&mut self, in_flight: u32) {
        self.window.peak = self.window.peak.max(in_flight);
    }

    pub(super) fn limits(&mut self) {
        self.window.limited = true;
    }

    pub(super) fn answers(&mut self, number: u32, latency: Duration) {
        if number == self.number {
            self.window.answered += 1;
            self.sum += latency;
            self.squares += latency.as_secs_f64().powi(2);
        }
    }

    /// The window, if it is worth a look.
    pub(super) fn window(&self, now: u64) -> Option<Window> {
        let elapsed = now.saturating_sub(self.began);
        if elapsed < SOONEST || self.window.answered < FEWEST {
            return None;
        }
        let count = f64::from(self.window.answered);
        let mean = self.sum.as_secs_f64() / count;
        let error = ((self.squares / count - mean * mean).max(0.0) / count).sqrt();
        let (latency, error) = (Duration::from_secs_f64(mean), Duration::from_secs_f64(error));
        Some(Window { elapsed: Duration::from_nanos(elapsed), latency, error, ..self.window })
    }

    pub(super) fn begin(&mut self, now: u64, in_flight: u32) {
        let window = Window { peak: in_flight, ..Window::default() };
        *self = Self { number: self.number + 1, began: now, window, ..Self::default() };
    }
}

//! How many requests a server takes at one time, found by measurement.
//!
//! What was measured comes in [`Window`]s: of the requests that were sent under one limit, since that limit was set.
//! A window that is [full](Limiter::is_full) is handed to [`Limiter::judge`], which may set another limit.

mod aimd;
mod gradient;
#[cfg(test)]
mod tests;

use std::time::Duration;

pub use self::{aimd::Aimd, gradient::Gradient};

/// The least time over which is measured.
pub const LEAST_TIME: Duration = Duration::from_millis(100);

/// A mean is exact when it is so many times its standard error; for no longer than [`LONG_TIME`] is measured until it is.
const EXACT: u32 = 15;
const LONG_TIME: Duration = Duration::from_secs(1);

/// The longest time for which [`ENOUGH`] requests are waited for; then a few must do.
pub const LONGEST_TIME: Duration = Duration::from_secs(2);

/// Requests of which the mean is taken for what it is.
pub const ENOUGH: u32 = 30;

/// The share of a window's requests that the server may turn away before that says anything.
const FEW_OVERLOADED: f64 = 0.05;

/// Without as many requests nothing is concluded.
pub const FEW: u32 = 5;

/// Between which a limit is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// At least 1.
    pub min: u32,
    /// Not below `min`.
    pub max: u32,
}

/// What was measured of the requests that were sent since the limit was last set.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Window {
    /// Since the limit was set.
    pub elapsed: Duration,
    /// Requests that were sent in the window and answered in it.
    pub answered: u32,
    /// The mean time to the head of their responses.
    pub latency: Duration,
    /// By how much that mean may be off: its standard error.
    pub error: Duration,
    /// Requests that say that the server has too much to do: no answer in time, or an answer with status 503 or 504.
    pub overloaded: u32,
    /// The most requests that were under way at one time.
    pub peak: u32,
    /// Requests had to wait because of the limit.
    pub limited: bool,
}

/// Why a limit changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Requests waited, and the server answered as fast as without load.
    Headroom,
    /// Responses take longer than without load, by more than the limit allows for.
    Latency,
    /// The limit is lowered for a moment, to see how fast the server answers with less load.
    Probe,
    /// What a probe, or a limit that fell, has shown.
    Measured,
    /// The server did not answer in time, or said that it has too much to do.
    Overloaded,
    /// The configuration says so.
    Configured,
}

/// An algorithm with its state.
#[derive(Clone, Debug)]
pub enum Limiter {
    /// By how response times grow with the limit.
    Gradient(Gradient),
    /// Up by one, down by a tenth.
    Aimd(Aimd),
    /// Always the same.
    Fixed(u32),
}

impl Limiter {
    /// The most requests at one time.
    #[must_use]
    pub fn limit(&self) -> u32 {
        match self {
            Self::Gradient(gradient) => gradient.limit(),
            Self::Aimd(aimd) => aimd.limit(),
            Self::Fixed(limit) => *limit,
        }
    }

    /// Up to where critical requests may go beyond the limit: an eighth of it, and one at least, within its bounds. Until a slot
    /// comes free may take as long as a request, where many were sent together. Not beyond a limit that was named.
    #[must_use]
    pub fn critical_limit(&self) -> u32 {
        let limit = self.limit();
        let most = match self {
            Self::Gradient(gradient) => gradient.bounds().max,
            Self::Aimd(aimd) => aimd.bounds().max,
            Self::Fixed(limit) => *limit,
        };
        limit.saturating_add((limit / 8).max(1)).min(most).max(limit)
    }

    /// Whether anything is concluded from what is measured.
    #[must_use]
    pub fn measures(&self) -> bool {
        !matches!(self, Self::Fixed(_))
    }

    /// Whether there is enough in a window to judge it.
    #[must_use]
    pub fn is_full(&self, window: &Window) -> bool {
        let enough = ENOUGH.max(self.limit());
        let seen = window.answered + window.overloaded;
        let time = LEAST_TIME.max(window.latency.min(LONGEST_TIME));
        let is_exact = window.error * EXACT <= window.latency || window.elapsed >= LONG_TIME;
        self.measures()
            && (window.elapsed >= time && seen >= enough && is_exact || window.elapsed >= LONGEST_TIME && seen >= FEW)
    }

    /// Concludes from a full window. A new window begins when the limit has changed; `now` is the time since any fixed
    /// moment.
    pub fn judge(&mut self, window: &Window, now: Duration) -> Option<Cause> {
        match self {
            Self::Gradient(gradient) => gradient.judge(window, now),
            Self::Aimd(aimd) => aimd.judge(window),
            Self::Fixed(_) => None,
        }
    }

    /// The time to a response's head without load, as far as it is known.
    #[must_use]
    pub fn unloaded_latency(&self) -> Option<Duration> {
        match self {
            Self::Gradient(gradient) => gradient.unloaded_latency(),
            Self::Aimd(_) | Self::Fixed(_) => None,
        }
    }
}

impl Window {
    /// The share of the requests that the server turned away, where that says that there are too many of them: less of them
    /// are only to be had where the limit was felt, and one address that fails says nothing of the server.
    fn turned_away(&self) -> Option<f64> {
        let all = f64::from(self.answered) + f64::from(self.overloaded);
        let share = f64::from(self.overloaded) / all.max(1.0);
        (self.limited && share > FEW_OVERLOADED).then_some(share)
    }
}

impl Bounds {
    fn keep(self, limit: f64) -> f64 {
        limit.clamp(self.min.max(1).into(), self.max.max(self.min).max(1).into())
    }
}

//! Active checks: what an endpoint is, by requests that are sent to it only to find out.

use std::time::Duration;

use crate::random::below;

/// How much longer or shorter than its interval a pause between two checks is, in percent: checks of many endpoints,
/// and of many nodes, that began together do not stay together.
const JITTER: u64 = 15;

/// Checks in a row that change what an endpoint is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    /// That pass until it is up; at least one.
    pub up: u32,
    /// That fail until it is down; at least one.
    pub down: u32,
}

/// What an endpoint is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Health {
    /// No check has ended yet. It is used, so that a gateway that starts serves at once.
    #[default]
    Unknown,
    /// It is used.
    Up,
    /// It is not.
    Down,
}

/// What is known from the checks of an endpoint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Checks {
    health: Health,
    /// Checks in a row that say otherwise.
    against: u32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { up: 2, down: 3 }
    }
}

impl Checks {
    /// What the endpoint is.
    #[must_use]
    pub fn health(&self) -> Health {
        self.health
    }

    /// Whether it may be used.
    #[must_use]
    pub fn is_usable(&self) -> bool {
        self.health != Health::Down
    }

    /// Hears of a check that has ended, and says what the endpoint is from now on, if that has changed. The first check
    /// of all decides at once.
    pub fn record(&mut self, passed: bool, thresholds: &Thresholds) -> Option<Health> {
        let (said, enough) = if passed { (Health::Up, thresholds.up) } else { (Health::Down, thresholds.down) };
        if self.health == said {
            self.against = 0;
            return None;
        }
        self.against = self.against.saturating_add(1);
        if self.health != Health::Unknown && self.against < enough {
            return None;
        }
        *self = Self { health: said, against: 0 };
        Some(said)
    }
}

/// The pause until the next check: the interval, 15 % more or less.
#[must_use]
pub fn jitter(interval: Duration, random: u64) -> Duration {
    let nanos = u64::try_from(interval.as_nanos()).unwrap_or(u64::MAX);
    let part = nanos / 100 * JITTER;
    Duration::from_nanos((nanos - part).saturating_add(below(random, part.saturating_mul(2).saturating_add(1))))
}

#[cfg(test)]
mod tests;

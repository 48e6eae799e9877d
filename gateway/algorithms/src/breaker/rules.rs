//! When a breaker opens, and what it takes to close it.

use std::time::Duration;

use super::window::Seen;

/// What breakers differ in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// How far back faults are counted; at least a millisecond.
    pub window: Duration,
    /// The weight of faults that opens a breaker, if they are a large enough part of the calls. A light fault weighs 2,
    /// a heavy one 5.
    pub least_weight: u32,
    /// Without as many calls in the window it does not open.
    pub least_calls: u64,
    /// The part of the calls that faults must be, in percent.
    pub share: u32,
    /// How long a breaker is open the first time; twice as long each time that follows soon.
    pub first_pause: Duration,
    /// The longest that a breaker is open without trying again.
    pub longest_pause: Duration,
    /// Calls that are let through then, and must all go well; at least one.
    pub probes: u32,
}

impl Rules {
    /// For a plugin: opens on five light faults, or two heavy ones, that are half of the calls. One probe tells: what
    /// fails costs others their time.
    pub const PLUGIN: Self = Self {
        window: Duration::from_secs(10),
        least_weight: 10,
        least_calls: 0,
        share: 50,
        first_pause: Duration::from_secs(1),
        longest_pause: Duration::from_secs(60),
        probes: 1,
    };

    /// For an upstream: opens when half of at least twenty calls fail. Behind it are many endpoints, of which one probe
    /// may have met the only one that works, or that does not.
    pub const UPSTREAM: Self = Self { least_weight: 0, least_calls: 20, probes: 3, ..Self::PLUGIN };

    pub(super) fn are_broken_by(&self, seen: &Seen) -> bool {
        let share = u128::from(seen.calls) * u128::from(self.share);
        seen.weight >= self.least_weight && seen.calls >= self.least_calls && u128::from(seen.faults) * 100 >= share
    }
}

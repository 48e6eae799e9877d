//! `[limits]`: how much limits remember.

use anyhow::{Result, ensure};
use gateway_store::limits::Clock;
use serde::{Deserialize, Serialize};

/// Bounds on the memory of limits.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Keys that one limit remembers, unless it says otherwise: each takes 64 bytes at most.
    pub keys: usize,
    /// The clock of limits and quotas. Not in files: for tests of what happens at midnight.
    #[serde(skip)]
    pub clock: Clock,
}

impl Default for Limits {
    fn default() -> Self {
        Self { keys: 1_000_000, clock: Clock::default() }
    }
}

/// Clocks are no settings.
impl PartialEq for Limits {
    fn eq(&self, other: &Self) -> bool {
        self.keys == other.keys
    }
}

impl Eq for Limits {}

impl Limits {
    pub(super) fn check(&self) -> Result<()> {
        ensure!((1_000..=100_000_000).contains(&self.keys), "limits.keys is {}: give 1000 to 100000000", self.keys);
        Ok(())
    }
}

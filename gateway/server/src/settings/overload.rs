//! `[overload]`: where the gateway has enough.

use anyhow::{Result, ensure};
use serde::{Deserialize, Serialize};

/// Bounds at which requests are turned away, the least important first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Overload {
    /// Requests in flight at one time.
    pub requests: usize,
    /// Memory of the process, in percent of what it may use; 0 for no limit.
    pub memory_percent: u32,
}

impl Default for Overload {
    fn default() -> Self {
        Self { requests: 100_000, memory_percent: 90 }
    }
}

impl Overload {
    pub(super) fn check(self) -> Result<()> {
        let Self { requests, memory_percent } = self;
        ensure!((1..=100_000_000).contains(&requests), "overload.requests is {requests}: give 1 to 100000000");
        ensure!(memory_percent <= 100, "overload.memory_percent is {memory_percent}: give 1 to 100, or 0 for no limit");
        Ok(())
    }
}

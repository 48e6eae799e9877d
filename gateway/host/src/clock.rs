//! The process' monotonic clock, in nanoseconds since its first use.

use std::{
    sync::LazyLock,
    time::{Instant, SystemTime, UNIX_EPOCH},
};

/// One origin for the process: limiter states are shared by all hosts and revisions.
static ORIGIN: LazyLock<Instant> = LazyLock::new(Instant::now);

/// Nanoseconds that never go back: the time of limits and of everything that is kept. Runs for 584 years.
#[must_use]
pub fn monotonic_ns() -> u64 {
    u64::try_from(ORIGIN.elapsed().as_nanos()).unwrap_or(u64::MAX)
}

/// Milliseconds since 1970; 0 when the machine's clock is before that.
pub(crate) fn unix_ms() -> u64 {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX)
}

//! The host's clocks.

use crate::sys;

/// Milliseconds since 1970-01-01 00:00:00 UTC; may jump when the machine's clock is set.
#[must_use]
pub fn now_unix_ms() -> u64 {
    sys::now_unix_ms()
}

/// Nanoseconds since a moment that does not change while the gateway runs; never goes back.
#[must_use]
pub fn monotonic_ns() -> u64 {
    sys::monotonic_ns()
}

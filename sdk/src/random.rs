//! The host's random numbers.

use crate::sys;

/// 64 random bits: for sampling and jitter, not for secrets.
#[must_use]
pub fn next_u64() -> u64 {
    sys::next_u64()
}

//! How busy the node is, sampled by the host a few times a second.

use crate::sys;

/// What was measured; see its fields.
pub use sluice_abi::wire::LoadSignal as Signal;

/// The latest measurement.
#[must_use]
pub fn sample() -> Signal {
    sys::record(sys::load_sample)
}

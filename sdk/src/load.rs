//! How busy the node is, sampled by the host a few times a second.

use crate::sys;

/// What was measured; see its fields.
pub use sluice_abi::wire::{LoadSignal as Signal, PressureSignal, UpstreamSignal};

/// The latest measurement.
#[must_use]
pub fn sample() -> Signal {
    sys::record(sys::load_sample)
}

/// How busy the upstream of the route is at this moment.
#[must_use]
pub fn upstream() -> UpstreamSignal {
    sys::record(sys::load_upstream)
}

/// How long something had to wait for processor, memory, input and output: of the gateway's control group, or else of the
/// machine; zeros where the system does not tell.
#[must_use]
pub fn pressure() -> PressureSignal {
    sys::record(sys::load_pressure)
}

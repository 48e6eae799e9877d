//! Keeps a plugin that fails again and again from being called: the circuit of one attachment.

use std::time::{Duration, SystemTime};

use gateway_algorithms::breaker::{Fault, Rules};
use gateway_host::Failure;
use gateway_telemetry::HealthRecord;

pub(crate) use crate::circuit::Admitted;
use crate::circuit::{Circuit, Opened};

/// What a failing call has taken for certain, beyond the first half of its deadline, when its fault is a heavy one.
const HEAVY: Duration = Duration::from_millis(1);

/// Whether an attachment's plugin is called.
pub(crate) struct Guard {
    circuit: Circuit,
    pub(crate) health: HealthRecord,
}

impl Guard {
    /// `quarantined` by the configuration it lets nothing through.
    /// `calls` were made so far.
    pub(crate) fn new(quarantined: bool, calls: u64) -> Self {
        let health = HealthRecord::default();
        let circuit = if quarantined {
            health.quarantine(None);
            Circuit::open_for_ever(Rules::PLUGIN)
        } else {
            Circuit::new(Rules::PLUGIN, calls)
        };
        Self { circuit, health }
    }

    /// Lets a call through, or not.
    #[inline]
    pub(crate) fn admit(&self) -> Option<Admitted> {
        self.circuit.admit()
    }

    /// Hears that a probe went well.
    #[cold]
    pub(crate) fn probe_succeeded(&self, attachment: &str, calls: impl FnOnce() -> u64) {
        if self.circuit.probe_succeeded(calls) {
            self.health.release();
            tracing::info!(attachment, "a plugin works again: its quarantine is over");
        }
    }

    /// Hears that a call failed; true when that was once too often, and the plugin is quarantined from now on.
    #[cold]
    pub(crate) fn failed(&self, attachment: &str, failure: &Failure, calls: impl FnOnce() -> u64) -> bool {
        self.health.fault(failure.kind.as_str(), &failure.message);
        let fault = if failure.measured >= HEAVY { Fault::Heavy } else { Fault::Light };
        let Some(Opened { pause, faults }) = self.circuit.failed(fault, calls) else { return false };
        self.health.quarantine(Some(SystemTime::now() + pause));
        tracing::warn!(attachment, faults, ?pause, %failure, "a plugin fails too often: it is quarantined");
        true
    }
}

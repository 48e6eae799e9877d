//! For benches only: the gate of an upstream from outside, as the pipeline uses it. Nothing here is part of the interface.

use std::{sync::Arc, time::Duration};

use gateway_algorithms::admission::Request;
use gateway_model::Admission;
use gateway_telemetry::Metrics;

use crate::admission;

/// A gate.
#[derive(Clone, Debug)]
pub struct Gate(Arc<admission::Gate>);

/// A slot at its upstream, given back when dropped.
#[derive(Debug)]
pub struct Slot(admission::Slot);

impl Gate {
    /// The gate of an upstream with that admission.
    #[must_use]
    pub fn new(admission: &Admission) -> Self {
        let gate = admission::Gate::new("bench", &Metrics::new(1).upstream("bench"));
        gate.configure(Some(admission));
        Self(gate)
    }

    /// A slot, if one is free and nobody waits.
    #[must_use]
    pub fn try_enter(&self) -> Option<Slot> {
        self.0.try_enter().map(Slot)
    }

    /// A slot, once there is one.
    pub fn enter(&self, request: Request) -> impl Future<Output = Option<Slot>> + use<> {
        let gate = self.0.clone();
        async move { gate.enter(request).await.ok().map(|(slot, _)| Slot(slot)) }
    }
}

impl Slot {
    /// The upstream has answered with status 200.
    pub fn answered(&self, latency: Duration) {
        self.0.ended(admission::Outcome::Answered(200), latency);
    }
}

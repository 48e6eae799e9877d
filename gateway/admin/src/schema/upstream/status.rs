//! How the targets of an upstream are on the node that answers.

use std::time::Duration;

use async_graphql::{Enum, SimpleObject};
use gateway_telemetry as telemetry;

use super::super::scalar::DateTime;

/// How a target is on the node that answers.
#[derive(SimpleObject)]
pub(crate) struct TargetStatus {
    /// What becomes of it.
    state: TargetState,
    /// Why and until when it is left out because of what became of requests; null while it is not.
    ejection: Option<Ejection>,
    /// Whether its active checks pass; null where there are none, or none has ended.
    checks_pass: Option<bool>,
    /// Requests and callouts at it whose response has not ended; null where they are not counted, as for a lone target.
    pending: Option<u32>,
    /// How long it takes to begin a response, lately, in milliseconds: the peak, which fades; null where that is not known, as for a lone target.
    latency_ms: Option<f64>,
}

/// What becomes of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "telemetry::TargetState")]
pub(crate) enum TargetState {
    /// It gets requests.
    Usable,
    /// It is left out for a while because of what became of requests.
    Ejected,
    /// It is left out because its active checks fail.
    Down,
    /// Its weight is 0: it gets no new requests.
    Drained,
}

/// A target that is left out for a while.
#[derive(SimpleObject)]
pub(crate) struct Ejection {
    /// Why.
    cause: EjectionCause,
    /// Until when, unless a check passes before.
    until: DateTime,
}

/// Why a target was left out.
#[allow(clippy::enum_variant_names, reason = "clients read them without the name of the type")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "telemetry::EjectionCause")]
pub(crate) enum EjectionCause {
    /// Responses with a status from 500 in a row.
    ServerErrors,
    /// Responses with status 502, 503 or 504 in a row.
    GatewayErrors,
    /// Requests without a response in a row.
    LocalErrors,
}

impl From<&telemetry::TargetStatus> for TargetStatus {
    fn from(status: &telemetry::TargetStatus) -> Self {
        let ejection =
            status.ejection.map(|(cause, until)| Ejection { cause: cause.into(), until: DateTime::of(until) });
        let latency_ms = status.latency.as_ref().map(Duration::as_secs_f64).map(|seconds| seconds * 1000.0);
        Self {
            state: status.state().into(),
            ejection,
            checks_pass: status.checked,
            pending: status.pending,
            latency_ms,
        }
    }
}

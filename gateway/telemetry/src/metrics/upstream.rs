//! The instruments of an upstream.

use super::{admission::AdmissionMetrics, circuit::CircuitMetrics, targets::TargetMetrics};
use crate::{
    instrument::{Counter, Gauge, Histogram},
    recent::Recent,
};

/// What happens between the gateway and one upstream.
#[derive(Clone, Debug)]
pub struct UpstreamMetrics {
    pub response_duration: Histogram,
    pub connections_opened: Counter,
    /// Exchanges with it, callouts among them, from looking for a connection to the end of the response.
    pub in_flight: Gauge,
    pub admission: AdmissionMetrics,
    pub targets: TargetMetrics,
    /// How it has answered requests of clients lately.
    pub recent: Recent,
    callouts: [Counter; CalloutOutcome::ALL.len()],
    faults: [Counter; UpstreamFault::ALL.len()],
}

/// What may go wrong with an upstream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UpstreamFault {
    /// No connection: refused, unreachable, or its name is unknown.
    Connect,
    /// No connection in time.
    ConnectTimeout,
    /// A connection, but no TLS on it: the target's certificate is not trusted, or nothing was agreed on.
    Tls,
    /// A kept connection had been closed before the request was sent on it, or an HTTP/2 target took it back unread;
    /// another was taken.
    Stale,
    /// The connection broke, or the answer was no HTTP, before the head of the response.
    Broken,
    /// No head of the response in time.
    ResponseTimeout,
    /// The response broke off in its body.
    Body,
    /// The body of the response stood still for too long.
    BodyTimeout,
}

/// What became of a plugin's callout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalloutOutcome {
    /// The whole reply came, whatever its status.
    Answered,
    /// No whole reply in time.
    Timeout,
    /// No connection, or the reply broke off or was no HTTP.
    Unavailable,
    /// The reply was too large, or too many callouts were on their way.
    Limit,
    /// The call was not a sound request.
    Invalid,
    /// The request or the hook that waited for it was over first.
    GivenUp,
}

// === impl UpstreamMetrics ===

impl UpstreamMetrics {
    pub(super) fn new(workers: usize) -> Self {
        Self {
            response_duration: Histogram::new(workers),
            connections_opened: Counter::new(workers),
            in_flight: Gauge::new(workers),
            admission: AdmissionMetrics::new(workers),
            targets: TargetMetrics::new(workers),
            recent: Recent::new(workers),
            callouts: CalloutOutcome::ALL.map(|_| Counter::new(workers)),
            faults: UpstreamFault::ALL.map(|_| Counter::new(workers)),
        }
    }

    /// How often `fault` happened.
    #[must_use]
    pub fn fault(&self, fault: UpstreamFault) -> &Counter {
        &self.faults[fault as usize]
    }

    /// The circuit in front of it.
    #[must_use]
    pub fn circuit(&self) -> &CircuitMetrics {
        self.targets.circuit()
    }

    /// How many callouts ended so.
    #[must_use]
    pub fn callouts(&self, outcome: CalloutOutcome) -> &Counter {
        &self.callouts[outcome as usize]
    }
}

// === impl UpstreamFault ===

impl UpstreamFault {
    /// All faults, each at the place that its number names.
    pub const ALL: [Self; 8] = [
        Self::Connect,
        Self::ConnectTimeout,
        Self::Tls,
        Self::Stale,
        Self::Broken,
        Self::ResponseTimeout,
        Self::Body,
        Self::BodyTimeout,
    ];

    /// The value of the label `fault`.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::ConnectTimeout => "connect_timeout",
            Self::Tls => "tls",
            Self::Stale => "stale",
            Self::Broken => "broken",
            Self::ResponseTimeout => "response_timeout",
            Self::Body => "body",
            Self::BodyTimeout => "body_timeout",
        }
    }
}

// === impl CalloutOutcome ===

impl CalloutOutcome {
    /// All outcomes, each at the place that its number names.
    pub const ALL: [Self; 6] =
        [Self::Answered, Self::Timeout, Self::Unavailable, Self::Limit, Self::Invalid, Self::GivenUp];

    /// The value of the label `outcome`.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Timeout => "timeout",
            Self::Unavailable => "unavailable",
            Self::Limit => "limit",
            Self::Invalid => "invalid",
            Self::GivenUp => "given_up",
        }
    }
}

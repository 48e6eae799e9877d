//! How the targets of an upstream are: which are left out, what was found by checks, and what was sent again.

use std::{
    fmt,
    sync::{Arc, Weak},
    time::{Duration, SystemTime},
};

use parking_lot::Mutex;

use super::circuit::CircuitMetrics;
use crate::instrument::Counter;

/// The instruments of the targets of one upstream; clones share them.
#[derive(Clone, Debug)]
pub struct TargetMetrics(Arc<Instruments>);

#[derive(Debug)]
struct Instruments {
    ejections: [Counter; EjectionCause::ALL.len()],
    checks_passed: Counter,
    checks_failed: Counter,
    retries: [Counter; RetryCause::ALL.len()],
    retries_refused: Counter,
    circuit: CircuitMetrics,
    source: Mutex<Option<Source>>,
}

/// Why a target was ejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EjectionCause {
    /// Responses with a status from 500 in a row.
    ServerErrors,
    /// Responses with status 502, 503 or 504 in a row.
    GatewayErrors,
    /// Requests without a response in a row.
    LocalErrors,
}

/// After what a request was sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryCause {
    Connect,
    Reset,
    Timeout,
    BadGateway,
    Unavailable,
    GatewayTimeout,
}

/// How a target is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetStatus {
    pub address: Box<str>,
    /// Its weight is 0: it gets no new requests.
    pub drained: bool,
    /// While it is ejected: why, and until when.
    pub ejection: Option<(EjectionCause, SystemTime)>,
    /// What its checks have found; none where no check has ended.
    pub checked: Option<bool>,
    /// Requests under way; none where they are not counted, as for a lone target.
    pub pending: Option<u32>,
    /// How long it takes to answer, lately; none where that is not known.
    pub latency: Option<Duration>,
}

/// What becomes of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetState {
    /// It gets requests.
    Usable,
    /// It is left out for a while because of what became of requests.
    Ejected,
    /// It is left out because its checks fail.
    Down,
    /// Its weight is 0: it gets no new requests.
    Drained,
}

/// Who knows how targets are.
pub trait TargetSource: Send + Sync {
    /// How they are now, in the order of the configuration.
    fn targets(&self) -> Vec<TargetStatus>;
}

struct Source(Weak<dyn TargetSource>);

// === impl TargetMetrics ===

impl TargetMetrics {
    pub(super) fn new(workers: usize) -> Self {
        Self(Arc::new(Instruments {
            ejections: EjectionCause::ALL.map(|_| Counter::new(workers)),
            checks_passed: Counter::new(workers),
            checks_failed: Counter::new(workers),
            retries: RetryCause::ALL.map(|_| Counter::new(workers)),
            retries_refused: Counter::new(workers),
            circuit: CircuitMetrics::new(workers),
            source: Mutex::default(),
        }))
    }

    /// From now on `source` is asked how targets are, for as long as it lives.
    pub fn set_source(&self, source: Weak<dyn TargetSource>) {
        *self.0.source.lock() = Some(Source(source));
    }

    /// How they are; none where nobody knows.
    #[must_use]
    pub fn targets(&self) -> Vec<TargetStatus> {
        let source = self.0.source.lock().as_ref().and_then(|source| source.0.upgrade());
        source.map(|source| source.targets()).unwrap_or_default()
    }

    /// How often targets were ejected for that.
    #[must_use]
    pub fn ejections(&self, cause: EjectionCause) -> &Counter {
        &self.0.ejections[cause as usize]
    }

    /// How many checks passed, or did not.
    #[must_use]
    pub fn checks(&self, passed: bool) -> &Counter {
        if passed { &self.0.checks_passed } else { &self.0.checks_failed }
    }

    /// How often requests were sent again after that.
    #[must_use]
    pub fn retries(&self, cause: RetryCause) -> &Counter {
        &self.0.retries[cause as usize]
    }

    /// How often requests would have been sent again, had the budget allowed for it.
    #[must_use]
    pub fn retries_refused(&self) -> &Counter {
        &self.0.retries_refused
    }

    /// The circuit in front of them.
    #[must_use]
    pub fn circuit(&self) -> &CircuitMetrics {
        &self.0.circuit
    }
}

// === impl EjectionCause ===

impl EjectionCause {
    /// All causes, each at the place that its number names.
    pub const ALL: [Self; 3] = [Self::ServerErrors, Self::GatewayErrors, Self::LocalErrors];

    /// The value of the label `cause`; also what the log says.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ServerErrors => "server_errors",
            Self::GatewayErrors => "gateway_errors",
            Self::LocalErrors => "local_errors",
        }
    }
}

// === impl RetryCause ===

impl RetryCause {
    /// All causes, each at the place that its number names.
    pub const ALL: [Self; 6] =
        [Self::Connect, Self::Reset, Self::Timeout, Self::BadGateway, Self::Unavailable, Self::GatewayTimeout];

    /// The value of the label `after`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Reset => "reset",
            Self::Timeout => "timeout",
            Self::BadGateway => "502",
            Self::Unavailable => "503",
            Self::GatewayTimeout => "504",
        }
    }
}

// === impl TargetStatus ===

impl TargetStatus {
    /// What becomes of it.
    #[must_use]
    pub fn state(&self) -> TargetState {
        match self {
            Self { drained: true, .. } => TargetState::Drained,
            Self { checked: Some(false), .. } => TargetState::Down,
            Self { ejection: Some(_), .. } => TargetState::Ejected,
            _ => TargetState::Usable,
        }
    }
}

// === impl TargetState ===

impl TargetState {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Usable, Self::Ejected, Self::Down, Self::Drained];

    /// The value of the label `state`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Usable => "usable",
            Self::Ejected => "ejected",
            Self::Down => "down",
            Self::Drained => "drained",
        }
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Source")
    }
}

//! A slot at an upstream: held by a request until its response's body has ended.

use std::{cell::Cell, sync::Arc, time::Duration};

use gateway_algorithms::outlier;
use http::StatusCode;

use super::gate::Gate;

/// Leave to be at an upstream; given back when dropped, however the request ends.
#[derive(Debug)]
pub(crate) struct Slot(Option<Taken>);

/// One of a number that is limited.
#[derive(Debug)]
struct Taken {
    gate: Arc<Gate>,
    /// The window of measurement in which it was taken; none where nothing is concluded from it.
    window: Option<u32>,
    /// Its time says how busy the upstream is, and has been taken down.
    is_told: Cell<bool>,
}

/// How an upstream answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// With the head of a response of that status.
    Answered(u16),
    /// Not in time.
    TimedOut,
    /// It could not be reached, or broke off.
    Failed,
    /// Nobody knows: the client, or a plugin, ended it first.
    Unknown,
}

impl Slot {
    /// One of any number: nothing is counted, and nothing shared is touched.
    pub(crate) fn unlimited() -> Self {
        Self(None)
    }

    pub(super) fn new(gate: Arc<Gate>, window: Option<u32>) -> Self {
        Self(Some(Taken { gate, window, is_told: Cell::new(false) }))
    }

    /// The upstream has answered, or not, after that time.
    pub(crate) fn ended(&self, outcome: Outcome, latency: Duration) {
        if let Some(Taken { gate, window: Some(window), is_told }) = &self.0 {
            is_told.set(outcome.is_telling());
            gate.ended(*window, outcome, latency);
        }
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        self.gate.release(self.window.filter(|_| !self.is_told.get()));
    }
}

impl Outcome {
    /// Whether the upstream says with it that it has too much to do.
    pub(super) fn is_overload(self) -> bool {
        // 429 speaks of the client (RFC 6585), which would have it in its hand how much all others get.
        matches!(self, Self::TimedOut | Self::Answered(503 | 504))
    }

    /// Whether it is an error of the upstream.
    pub(crate) fn is_error(self) -> bool {
        match self {
            Self::Answered(status) => status >= 500,
            Self::TimedOut | Self::Failed => true,
            Self::Unknown => false,
        }
    }

    /// Whether it says that the upstream cannot do its work.
    pub(crate) fn fault(self) -> outlier::Outcome {
        match self {
            Self::Answered(status) => {
                StatusCode::from_u16(status).map_or(outlier::Outcome::Success, outlier::Outcome::of)
            }
            Self::TimedOut | Self::Failed => outlier::Outcome::LocalError,
            Self::Unknown => outlier::Outcome::Success,
        }
    }

    /// Whether it took the upstream that long: one that was given up after all that time was slow, too.
    pub(crate) fn has_latency(self) -> bool {
        matches!(self, Self::Answered(_) | Self::TimedOut)
    }

    /// Whether the time it took tells how busy the upstream is: errors are often made before any work was done.
    pub(super) fn is_telling(self) -> bool {
        matches!(self, Self::Answered(status) if status < 500 && status != 429)
    }
}

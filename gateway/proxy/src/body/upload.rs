//! How a request's body is doing, for the request that waits for the response.

use std::{cell::Cell, time::Instant};

use super::filter::BrokenOff;
use crate::{chain::Reason, error::GatewayError};

/// How far a body is; shared with the request that waits for the response.
pub(crate) struct Upload {
    bytes: Cell<u64>,
    moved: Cell<Instant>,
    waits_for_client: Cell<bool>,
    fault: Cell<Option<UploadFault>>,
}

/// What was wrong with the client's body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum UploadFault {
    #[error("the request's body is too large")]
    TooLarge,
    #[error("the request's body stood still for too long")]
    TooSlow,
    #[error("the request's body broke off")]
    Broken,
    #[error("a plugin broke the request's body off")]
    BrokenOff(BrokenOff),
}

// === impl Upload ===

impl Upload {
    pub(super) fn new() -> Self {
        Self {
            bytes: Cell::new(0),
            moved: Cell::new(Instant::now()),
            waits_for_client: Cell::new(false),
            fault: Cell::new(None),
        }
    }

    /// Bytes that came.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes.get()
    }

    /// The client is being waited for; says whether it was already.
    pub(super) fn waits_for_client(&self) -> bool {
        self.waits_for_client.replace(true)
    }

    /// Why the body cannot be sent on.
    pub(crate) fn fault(&self) -> Option<UploadFault> {
        self.fault.get()
    }

    /// When the body last moved or ended; `None` while it is the client that keeps it waiting.
    pub(crate) fn moved(&self) -> Option<Instant> {
        (!self.waits_for_client.get()).then(|| self.moved.get())
    }

    /// So many bytes came, or its end.
    pub(super) fn moves(&self, bytes: usize) {
        self.bytes.set(self.bytes.get() + bytes as u64);
        self.moved.set(Instant::now());
        self.waits_for_client.set(false);
    }

    /// The body cannot be sent on.
    pub(super) fn fails(&self, fault: UploadFault) -> UploadFault {
        self.fault.set(Some(fault));
        fault
    }
}

// === impl UploadFault ===

impl UploadFault {
    /// The refusal, where bodies may have `limit` bytes.
    pub(crate) fn refusal(self, limit: u64) -> GatewayError {
        match self {
            Self::TooLarge => GatewayError::BodyTooLarge { limit },
            Self::TooSlow => GatewayError::BodyTimeout,
            Self::Broken => GatewayError::BodyBroken,
            Self::BrokenOff(BrokenOff { place, failed: None }) => GatewayError::BodyRejected { place },
            Self::BrokenOff(BrokenOff { place, failed: Some(reason) }) => Reason::at(reason, place),
        }
    }
}

//! The circuit in front of an upstream.

use std::{
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use crate::instrument::Counter;

/// How it stands, how often it was opened, and whom it refused.
#[derive(Debug)]
pub struct CircuitMetrics {
    refused: Counter,
    opened: Counter,
    /// Milliseconds since the Unix epoch; 0 while it is closed.
    open_until: AtomicU64,
}

impl CircuitMetrics {
    pub(super) fn new(workers: usize) -> Self {
        Self { refused: Counter::new(workers), opened: Counter::new(workers), open_until: AtomicU64::new(0) }
    }

    /// Requests that were refused because it was open.
    #[must_use]
    pub fn refused(&self) -> &Counter {
        &self.refused
    }

    /// How often it was opened.
    #[must_use]
    pub fn opened(&self) -> &Counter {
        &self.opened
    }

    /// It is open until then, in milliseconds since the Unix epoch.
    pub fn opens(&self, until: u64) {
        self.opened.add(1);
        self.open_until.store(until, Relaxed);
    }

    /// It is closed.
    pub fn closes(&self) {
        self.open_until.store(0, Relaxed);
    }

    /// When the next request is let through as a probe, or was; none while it is closed.
    #[must_use]
    pub fn open_until(&self) -> Option<SystemTime> {
        match self.open_until.load(Relaxed) {
            0 => None,
            until => Some(UNIX_EPOCH + Duration::from_millis(until)),
        }
    }
}

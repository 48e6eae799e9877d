//! Limits that the host charges: the hook says which ones and by which key, the host does the rest.
//!
//! A request hook names limits by [`Request::charge`](crate::Request::charge) and goes on.
//! The host then charges them together or not at all, asks a store that nodes share where a policy says so, refuses
//! the request when a limit is used up, and tells every client what is left.
//! For a decision within the hook, on this node alone, there is [`limit`].

#[cfg(test)]
mod tests;

use std::time::Duration;

use sluice_abi::wire;

use crate::{Result, limit, sys};

/// How clients are told of limits, and where they count.
pub use sluice_abi::wire::{Announcement, Counting, LegacyFields, OnOutage};

/// A limit: how it counts, where, and what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    wire: wire::LimitPolicy,
}

/// A limit of the attachment; cheap to copy, made by [`Setup::limit`](crate::Setup::limit).
///
/// Its state belongs to the attachment, the policy's name and the key: it outlives instances and configurations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit(u32);

/// Whether [`Request::charge_plan`](crate::Request::charge_plan) would charge something: the consumer has a usage plan
/// for this route. Needs the grant `usage-plan`.
#[must_use]
pub fn has_plan() -> bool {
    sys::has_plan()
}

// === impl Policy: how it counts ===

impl Policy {
    /// `rate` requests a second, steady state, and `burst` of them at one instant.
    ///
    /// # Errors
    /// Unless `rate` is 0.000001 to 1 000 000 000.
    pub fn token_bucket(name: impl Into<String>, rate: f64, burst: u32) -> Result<Self> {
        let (limit, window) = limit::whole(rate)?;
        Ok(Self::new(name, wire::LimitAlgorithm::TokenBucket { limit, window, burst }))
    }

    /// As a token bucket, but requests above the rate wait until it is their turn, all but the first `undelayed` of a
    /// burst. With `undelayed` equal to `burst` nothing waits.
    ///
    /// # Errors
    /// Unless `rate` is 0.000001 to 1 000 000 000.
    pub fn leaky_bucket(name: impl Into<String>, rate: f64, burst: u32, undelayed: u32) -> Result<Self> {
        let (limit, window) = limit::whole(rate)?;
        Ok(Self::new(name, wire::LimitAlgorithm::LeakyBucket { limit, window, burst, undelayed }))
    }

    /// `limit` requests in each `window` of the clock: twice as many may come around the edge of two windows.
    #[must_use]
    pub fn fixed_window(name: impl Into<String>, limit: u64, window: Duration) -> Self {
        Self::new(name, wire::LimitAlgorithm::FixedWindow { limit, window: millis(window) })
    }

    /// `limit` requests in the last `window`, taking the window before as evenly filled.
    #[must_use]
    pub fn sliding_window(name: impl Into<String>, limit: u64, window: Duration) -> Self {
        Self::new(name, wire::LimitAlgorithm::SlidingWindow { limit, window: millis(window) })
    }

    /// `limit` requests in the last `window`, to the request: each of them is remembered.
    #[must_use]
    pub fn sliding_log(name: impl Into<String>, limit: u32, window: Duration) -> Self {
        Self::new(name, wire::LimitAlgorithm::SlidingLog { limit, window: millis(window) })
    }

    /// `limit` requests under way at once, on each node by itself.
    #[must_use]
    pub fn concurrency(name: impl Into<String>, limit: u32) -> Self {
        Self::new(name, wire::LimitAlgorithm::Concurrency { limit })
    }

    fn new(name: impl Into<String>, algorithm: wire::LimitAlgorithm) -> Self {
        let (counting, on_outage) = (Counting::default(), OnOutage::default());
        Self {
            wire: wire::LimitPolicy { name: name.into(), algorithm, counting, on_outage, max_keys: 0, shadow: false },
        }
    }
}

// === impl Policy: where, and what else ===

impl Policy {
    /// Counts here; on each node by itself if nothing is said.
    #[must_use]
    pub fn counting(mut self, counting: Counting) -> Self {
        self.wire.counting = counting;
        self
    }

    /// What happens while the store that nodes share is out of reach; each node counts its share if nothing is said.
    #[must_use]
    pub fn on_outage(mut self, on_outage: OnOutage) -> Self {
        self.wire.on_outage = on_outage;
        self
    }

    /// Keys that a node remembers at most; the gateway's own bound if nothing is said.
    #[must_use]
    pub fn max_keys(mut self, keys: u32) -> Self {
        self.wire.max_keys = keys;
        self
    }

    /// Counts and reports, and refuses nothing.
    #[must_use]
    pub fn shadow(mut self, shadow: bool) -> Self {
        self.wire.shadow = shadow;
        self
    }
}

fn millis(window: Duration) -> u64 {
    u64::try_from(window.as_millis()).unwrap_or(u64::MAX)
}

// === impl Limit ===

impl Limit {
    pub(crate) fn define(policy: &Policy) -> Result<Self> {
        let bytes = sys::argument(&policy.wire);
        let defined: Result<u32, String> = sys::call(|result| sys::define_charged_limit(&bytes, result));
        defined.map(Self).map_err(|reason| format!("limit {:?}: {reason}", policy.wire.name).into())
    }

    pub(crate) fn handle(self) -> u32 {
        self.0
    }
}

pub(crate) fn announce(announcement: &Announcement) -> Result<()> {
    let bytes = sys::argument(announcement);
    let told: Result<(), String> = sys::call(|result| sys::announce_limits(&bytes, result));
    told.map_err(Into::into)
}

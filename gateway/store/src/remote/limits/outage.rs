//! Why a store did not decide, and what was counted on the way.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// A store that did not decide. What the request gets then is the policy's choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Outage {
    /// The store is out of reach; it is tried again in the background.
    #[error("the store of the counters is out of reach")]
    Down,
    /// No answer before the deadline. What comes later is not taken, or given back.
    #[error("the store of the counters did not answer in time")]
    Late,
    /// As many charges as there may be are waiting for the store, or one has too many draws.
    #[error("too many charges wait for the store of the counters")]
    Busy,
    /// The store answered, but not what was asked; the gateway's log says why.
    #[error("the store of the counters refuses to count")]
    Refused,
}

/// What became of charges since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Charges that were asked for, without slices.
    pub charges: u64,
    /// Slices that were asked for.
    pub leases: u64,
    /// Charges that were not decided.
    pub outages: u64,
    /// Exchanges with the store that had charges, slices or what was given back in them.
    pub round_trips: u64,
    /// How often the store went out of reach.
    pub downs: u64,
}

#[derive(Default)]
pub(super) struct Counters {
    pub(super) charges: AtomicU64,
    pub(super) leases: AtomicU64,
    pub(super) outages: AtomicU64,
    pub(super) round_trips: AtomicU64,
    pub(super) downs: AtomicU64,
}

impl Counters {
    pub(super) fn read(&self) -> Counts {
        Counts {
            charges: self.charges.load(Relaxed),
            leases: self.leases.load(Relaxed),
            outages: self.outages.load(Relaxed),
            round_trips: self.round_trips.load(Relaxed),
            downs: self.downs.load(Relaxed),
        }
    }
}

pub(super) fn add_one(counter: &AtomicU64) {
    counter.fetch_add(1, Relaxed);
}

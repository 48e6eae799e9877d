//! `[limits]`: how much limits remember.

use std::{collections::BTreeMap, time::Duration};

use anyhow::{Result, ensure};
use gateway_store::{
    RemoteStores,
    limits::{Clock, Shared},
    remote::limits::{Group, LeaseOptions, Leases, SharedLimits},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Store;

/// Bounds on the memory of limits.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Keys that one limit remembers, unless it says otherwise: each takes 64 bytes at most.
    pub keys: usize,
    /// Name of the store in which nodes count together, one of `[stores]`; empty for none.
    pub store: String,
    /// Parts the counters of this installation from those of others in that store.
    pub namespace: String,
    /// For that store to answer, in milliseconds.
    pub deadline_ms: u64,
    /// The clock of limits and quotas. Not in files: for tests of what happens at midnight.
    #[serde(skip)]
    pub clock: Clock,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            keys: 1_000_000,
            store: String::new(),
            namespace: "limits".into(),
            deadline_ms: 50,
            clock: Clock::default(),
        }
    }
}

/// Clocks are no settings.
impl PartialEq for Limits {
    fn eq(&self, other: &Self) -> bool {
        let parts = |it: &Self| (it.keys, it.store.clone(), it.namespace.clone(), it.deadline_ms);
        parts(self) == parts(other)
    }
}

impl Eq for Limits {}

impl Limits {
    pub(super) fn check(&self, stores: &BTreeMap<String, Store>) -> Result<()> {
        ensure!((1_000..=100_000_000).contains(&self.keys), "limits.keys is {}: give 1000 to 100000000", self.keys);
        ensure!(
            self.store.is_empty() || stores.contains_key(&self.store),
            "limits.store is {:?}: there is no [stores.{}]",
            self.store,
            self.store
        );
        ensure!(
            Group::new(&self.namespace).is_ok(),
            "limits.namespace is {:?}: give 1 to 128 bytes without braces",
            self.namespace
        );
        let deadline = self.deadline_ms;
        ensure!((1..=10_000).contains(&deadline), "limits.deadline_ms is {deadline}: give 1 to 10000");
        Ok(())
    }

    /// The counters that nodes share, if the settings name a store for them.
    ///
    /// # Errors
    /// Never for settings that were checked.
    pub(crate) fn shared(&self, stores: &RemoteStores) -> Result<Option<Shared>> {
        let Some(store) = stores.get(&self.store) else { return Ok(None) };
        // A name of its own for each process: what they have in common is the namespace.
        let node = Uuid::now_v7().to_string();
        let limits = SharedLimits::new(store, &node, Duration::from_millis(self.deadline_ms));
        let leases = Leases::new(&limits, LeaseOptions::default());
        Ok(Some(Shared { limits, leases, group: Group::new(&self.namespace)? }))
    }
}

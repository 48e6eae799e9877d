//! Stores that nodes share.

use std::collections::BTreeMap;

use sluice_abi::wire::HostError;

use super::{FakeHost, handle, kv};

/// Remote stores by name: one of a node is much like one of many.
#[derive(Debug, Default)]
pub(crate) struct Remotes {
    stores: BTreeMap<String, kv::Store>,
    opened: Vec<String>,
    /// What every call answers instead, if the test says so.
    pub(crate) failure: Option<HostError>,
}

impl FakeHost {
    pub(crate) fn remote_open(&mut self, name: &str) -> Result<u32, String> {
        self.may_define("remote stores", self.remotes.opened.len())?;
        self.grants.define(&format!("store:{name}"))?;
        self.remotes.opened.push(name.to_owned());
        Ok(handle(self.remotes.opened.len()))
    }

    pub(crate) fn remote_get(&mut self, store: u32, key: &str) -> Result<Option<Vec<u8>>, HostError> {
        self.remote_ready()?;
        kv::check(key, 0)?;
        let now = self.monotonic_ns();
        Ok(self.remotes.opened(store).get(key, now).map(|entry| entry.value))
    }

    pub(crate) fn remote_set(
        &mut self,
        store: u32,
        key: &str,
        value: &[u8],
        ttl: Option<u64>,
    ) -> Result<(), HostError> {
        self.remote_ready()?;
        let now = self.monotonic_ns();
        self.remotes.opened(store).set(key, value, ttl, now).map(drop)
    }

    pub(crate) fn remote_compare_and_set(
        &mut self,
        store: u32,
        key: &str,
        expected: Option<Vec<u8>>,
        value: &[u8],
        ttl: Option<u64>,
    ) -> Result<bool, HostError> {
        self.remote_ready()?;
        let now = self.monotonic_ns();
        kv::check(key, value.len())?;
        kv::expiry(ttl, now)?;
        let store = self.remotes.opened(store);
        let holds = store.get(key, now).map(|entry| entry.value) == expected;
        if holds {
            store.set(key, value, ttl, now)?;
        }
        Ok(holds)
    }

    pub(crate) fn remote_delete(&mut self, store: u32, key: &str) -> Result<bool, HostError> {
        self.remote_ready()?;
        kv::check(key, 0)?;
        let now = self.monotonic_ns();
        Ok(self.remotes.opened(store).delete(key, now))
    }

    pub(crate) fn remote_increment(
        &mut self,
        store: u32,
        key: &str,
        by: i64,
        ttl: Option<u64>,
    ) -> Result<i64, HostError> {
        self.remote_ready()?;
        let now = self.monotonic_ns();
        self.remotes.opened(store).increment(key, by, ttl, now)
    }

    fn remote_ready(&self) -> Result<(), HostError> {
        self.scene.may_wait()?;
        self.remotes.failure.clone().map_or(Ok(()), Err)
    }
}

impl Remotes {
    pub(super) fn forget_definitions(&mut self) {
        self.opened.clear();
    }

    pub(crate) fn named(&mut self, name: &str) -> &mut kv::Store {
        self.stores.entry(name.to_owned()).or_default()
    }

    fn opened(&mut self, handle: u32) -> &mut kv::Store {
        let name = self.opened[handle as usize].clone();
        self.stores.entry(name).or_default()
    }
}

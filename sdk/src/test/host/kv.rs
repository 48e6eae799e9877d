//! Key-value stores of one node.

use std::collections::BTreeMap;

use sluice_abi::{
    bounds::{KV_BYTES, KV_ENTRIES, KV_KEY, KV_KEYS, KV_VALUE},
    wire::{Entry, HostError},
};

use super::{FakeHost, handle};

/// The name of the attachment's own store, which no shared one has.
const OWN: &str = "";

/// Stores by name; they outlive what a test does to the plugin.
#[derive(Debug, Default)]
pub(crate) struct Stores {
    stores: BTreeMap<String, Store>,
    /// Names by handle.
    opened: Vec<String>,
}

/// The entries of one store; times are nanoseconds of the test's clock.
#[derive(Debug, Default)]
pub(crate) struct Store {
    entries: BTreeMap<String, Kept>,
    version: u64,
}

#[derive(Clone, Debug)]
struct Kept {
    value: Vec<u8>,
    version: u64,
    expires_at: Option<u64>,
}

// === impl FakeHost ===

impl FakeHost {
    pub(crate) fn kv_open(&mut self, shared: Option<String>) -> Result<u32, String> {
        self.may_define("stores", self.stores.opened.len())?;
        if let Some(name) = &shared {
            self.grants.define(&format!("kv:{name}"))?;
        }
        self.stores.opened.push(shared.unwrap_or_else(|| OWN.to_owned()));
        Ok(handle(self.stores.opened.len()))
    }

    pub(crate) fn kv_get(&mut self, store: u32, key: &str) -> Option<Entry> {
        let now = self.monotonic_ns();
        self.stores.opened(store).get(key, now)
    }

    pub(crate) fn kv_set(&mut self, store: u32, key: &str, value: &[u8], ttl: Option<u64>) -> Result<u64, HostError> {
        let now = self.monotonic_ns();
        self.stores.opened(store).set(key, value, ttl, now)
    }

    pub(crate) fn kv_compare_and_set(
        &mut self,
        store: u32,
        key: &str,
        expected: u64,
        value: &[u8],
        ttl: Option<u64>,
    ) -> Result<u64, HostError> {
        let now = self.monotonic_ns();
        let store = self.stores.opened(store);
        check(key, value.len())?;
        expiry(ttl, now)?;
        match store.get(key, now).map_or(0, |entry| entry.version) == expected {
            true => store.set(key, value, ttl, now),
            false => Err(HostError::Conflict),
        }
    }

    pub(crate) fn kv_delete(&mut self, store: u32, key: &str) -> bool {
        let now = self.monotonic_ns();
        self.stores.opened(store).delete(key, now)
    }

    pub(crate) fn kv_increment(&mut self, store: u32, key: &str, by: i64, ttl: Option<u64>) -> Result<i64, HostError> {
        let now = self.monotonic_ns();
        self.stores.opened(store).increment(key, by, ttl, now)
    }

    pub(crate) fn kv_keys(&mut self, store: u32, prefix: &str, limit: u32) -> Vec<String> {
        let now = self.monotonic_ns();
        self.stores.opened(store).keys(prefix, limit, now)
    }
}

// === impl Stores ===

impl Stores {
    pub(super) fn forget_definitions(&mut self) {
        self.opened.clear();
    }

    /// The attachment's own store, or a shared one, as a test looks at it.
    pub(crate) fn named(&mut self, shared: Option<&str>) -> &mut Store {
        self.stores.entry(shared.unwrap_or(OWN).to_owned()).or_default()
    }

    fn opened(&mut self, handle: u32) -> &mut Store {
        let name = self.opened[handle as usize].clone();
        self.stores.entry(name).or_default()
    }
}

// === impl Store ===

impl Store {
    pub(crate) fn get(&self, key: &str, now: u64) -> Option<Entry> {
        let kept = self.entries.get(key).filter(|kept| kept.lives(now))?;
        let expires_in = kept.expires_at.map(|at| (at - now).div_ceil(1_000_000));
        Some(Entry { value: kept.value.clone(), version: kept.version, expires_in })
    }

    pub(crate) fn set(&mut self, key: &str, value: &[u8], ttl: Option<u64>, now: u64) -> Result<u64, HostError> {
        check(key, value.len())?;
        let expires_at = expiry(ttl, now)?;
        self.keep(key, value, expires_at, now)
    }

    pub(crate) fn delete(&mut self, key: &str, now: u64) -> bool {
        self.entries.remove(key).is_some_and(|kept| kept.lives(now))
    }

    pub(crate) fn increment(&mut self, key: &str, by: i64, ttl: Option<u64>, now: u64) -> Result<i64, HostError> {
        check(key, 0)?;
        let fresh = expiry(ttl, now)?;
        let found = self.entries.get(key).filter(|kept| kept.lives(now));
        let expires_at = found.map_or(fresh, |kept| kept.expires_at);
        let sum = sum(found.map(|kept| kept.value.as_slice()), by)?;
        self.keep(key, sum.to_string().as_bytes(), expires_at, now)?;
        Ok(sum)
    }

    pub(crate) fn keys(&self, prefix: &str, limit: u32, now: u64) -> Vec<String> {
        let living = self.entries.iter().filter(|(key, kept)| key.starts_with(prefix) && kept.lives(now));
        living.take(KV_KEYS.min(limit as usize)).map(|(key, _)| key.clone()).collect()
    }

    fn keep(&mut self, key: &str, value: &[u8], expires_at: Option<u64>, now: u64) -> Result<u64, HostError> {
        self.entries.retain(|_, kept| kept.lives(now));
        let others = self.entries.iter().filter(|(other, _)| *other != key);
        let bytes: usize = others.clone().map(|(other, kept)| other.len() + kept.value.len()).sum();
        if others.count() >= KV_ENTRIES {
            return Err(HostError::Limit(format!("the store has {KV_ENTRIES} entries already")));
        }
        if bytes + key.len() + value.len() > KV_BYTES {
            return Err(HostError::Limit(format!("the store has {KV_BYTES} bytes already")));
        }
        self.version += 1;
        self.entries.insert(key.to_owned(), Kept { value: value.to_vec(), version: self.version, expires_at });
        Ok(self.version)
    }
}

impl Kept {
    fn lives(&self, now: u64) -> bool {
        self.expires_at.is_none_or(|at| at > now)
    }
}

// === rules that stores of a node and remote ones share ===

/// Whether a key and a value of `len` bytes are within bounds.
pub(super) fn check(key: &str, len: usize) -> Result<(), HostError> {
    match key.len() {
        0 => Err(HostError::Invalid(format!("the key is empty: use 1 to {KV_KEY} bytes"))),
        1..=KV_KEY if len <= KV_VALUE => Ok(()),
        1..=KV_KEY => Err(HostError::Limit(format!("the value has {len} bytes: use at most {KV_VALUE}"))),
        more => Err(HostError::Limit(format!("the key has {more} bytes: use at most {KV_KEY}"))),
    }
}

pub(super) fn expiry(ttl: Option<u64>, now: u64) -> Result<Option<u64>, HostError> {
    match ttl {
        Some(0) => Err(HostError::Invalid("the time to live is 0: use at least 1 ms, or none".to_owned())),
        ttl => Ok(ttl.map(|ms| now.saturating_add(ms.saturating_mul(1_000_000)))),
    }
}

/// What a counter is after `by`; a counter is kept as its decimal text.
fn sum(value: Option<&[u8]>, by: i64) -> Result<i64, HostError> {
    let counter = match value {
        None => 0,
        Some(bytes) => {
            let text = std::str::from_utf8(bytes).ok();
            // Only what a counter would have written, which "+1" and "01" are not.
            let number = text.and_then(|text| text.parse::<i64>().ok().filter(|number| number.to_string() == text));
            number.ok_or_else(|| HostError::Invalid("the value is no counter".to_owned()))?
        }
    };
    counter.checked_add(by).ok_or_else(|| HostError::Limit("the counter would be out of range".to_owned()))
}

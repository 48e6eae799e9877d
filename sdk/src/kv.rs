//! State that the instances of a node share.
//!
//! Bounded for each store: 10 000 entries, 16 MiB, keys of 512 bytes, values of 64 KiB. What is over its time is
//! dropped, nothing else is: a full store refuses. Nodes that must agree use [`remote`](crate::remote).

use std::time::Duration;

use crate::{Result, sys};

pub use sluice_abi::wire::{Entry, HostError};

/// A store; cheap to copy, made by [`Setup::kv`](crate::Setup::kv) or [`Setup::shared_kv`](crate::Setup::shared_kv).
#[derive(Clone, Copy, Debug)]
pub struct Store(u32);

impl Store {
    pub(crate) fn open(shared: Option<&str>) -> Result<Self> {
        let bytes = sys::argument(&shared);
        let opened: Result<u32, String> = sys::call(|result| sys::kv_open(&bytes, result));
        opened.map(Self).map_err(|reason| match shared {
            Some(name) => format!("store {name:?}: {reason}").into(),
            None => format!("store: {reason}").into(),
        })
    }

    /// The value of a key, with its version.
    #[must_use]
    pub fn get(self, key: &str) -> Option<Entry> {
        sys::call(|result| sys::kv_get(self.0, key, result))
    }

    /// The value of a key, if it is UTF-8.
    #[must_use]
    pub fn get_text(self, key: &str) -> Option<String> {
        self.get(key).and_then(|entry| String::from_utf8(entry.value).ok())
    }

    /// Sets a value, for as long as `ttl` says (`None`: until it is deleted), and answers its version.
    ///
    /// # Errors
    /// The key, the value or the store is over its bound.
    pub fn set(self, key: &str, value: impl AsRef<[u8]>, ttl: impl Into<Option<Duration>>) -> Result<u64, HostError> {
        let ttl = sys::Millis::new(ttl.into());
        sys::call(|result| sys::kv_set(self.0, key, value.as_ref(), ttl.bytes(), result))
    }

    /// Sets a value if its version is still `expected` (0: if there is none), and answers the new version.
    ///
    /// # Errors
    /// [`HostError::Conflict`] when somebody else was first, and as [`Store::set`].
    pub fn compare_and_set(
        self,
        key: &str,
        expected: u64,
        value: impl AsRef<[u8]>,
        ttl: impl Into<Option<Duration>>,
    ) -> Result<u64, HostError> {
        let ttl = sys::Millis::new(ttl.into());
        sys::call(|result| sys::kv_compare_and_set(self.0, key, expected, value.as_ref(), ttl.bytes(), result))
    }

    /// Takes a key away; answers whether it was there.
    pub fn delete(self, key: &str) -> bool {
        sys::kv_delete(self.0, key)
    }

    /// Adds to a counter, which begins at 0, and answers what it then is; `ttl` starts when the counter is made.
    ///
    /// A counter is kept as its decimal text, so that [`Store::get_text`] reads it.
    ///
    /// # Errors
    /// [`HostError::Invalid`] when the value is no counter, and as [`Store::set`].
    pub fn increment(self, key: &str, by: i64, ttl: impl Into<Option<Duration>>) -> Result<i64, HostError> {
        let ttl = sys::Millis::new(ttl.into());
        sys::call(|result| sys::kv_increment(self.0, key, by, ttl.bytes(), result))
    }

    /// The keys that begin with `prefix`, in order: at most `limit`, and at most 1000.
    #[must_use]
    pub fn keys(self, prefix: &str, limit: u32) -> Vec<String> {
        sys::call(|result| sys::kv_keys(self.0, prefix, limit, result))
    }
}

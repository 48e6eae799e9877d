//! A store that nodes share, named in the gateway's settings. Needs the grant `store:NAME`.
//!
//! Each call waits for the store, at most a second, while the worker goes on with other requests; a plugin that calls
//! one runs on fibers, which costs each hook a little. Bounded like [`kv`](crate::kv).
//! Not for chunk hooks and the log hook, which nothing can suspend: there it is unavailable.

use std::time::Duration;

use crate::{Result, sys};

pub use sluice_abi::wire::HostError;

/// A remote store; cheap to copy, made by [`Setup::remote_kv`](crate::Setup::remote_kv).
#[derive(Clone, Copy, Debug)]
pub struct Store(u32);

impl Store {
    pub(crate) fn open(name: &str) -> Result<Self> {
        let opened: Result<u32, String> = sys::call(|result| sys::remote_open(name, result));
        opened.map(Self).map_err(|reason| format!("remote store {name:?}: {reason}").into())
    }

    /// The value of a key.
    ///
    /// # Errors
    /// The store is out of reach or too slow.
    pub fn get(self, key: &str) -> Result<Option<Vec<u8>>, HostError> {
        sys::call(|result| sys::remote_get(self.0, key, result))
    }

    /// Sets a value, for as long as `ttl` says (`None`: until it is deleted).
    ///
    /// # Errors
    /// A bound, or the store is out of reach or too slow.
    pub fn set(self, key: &str, value: impl AsRef<[u8]>, ttl: impl Into<Option<Duration>>) -> Result<(), HostError> {
        let ttl = sys::Millis::new(ttl.into());
        sys::call(|result| sys::remote_set(self.0, key, value.as_ref(), ttl.bytes(), result))
    }

    /// Sets a value if the present one is `expected` (`None`: if there is none), and answers whether it did.
    ///
    /// # Errors
    /// As [`Store::set`].
    pub fn compare_and_set(
        self,
        key: &str,
        expected: Option<&[u8]>,
        value: impl AsRef<[u8]>,
        ttl: impl Into<Option<Duration>>,
    ) -> Result<bool, HostError> {
        let (ttl, expected) = (sys::Millis::new(ttl.into()), sys::argument(&expected));
        sys::call(|result| sys::remote_compare_and_set(self.0, key, &expected, value.as_ref(), ttl.bytes(), result))
    }

    /// Takes a key away; answers whether it was there.
    ///
    /// # Errors
    /// The store is out of reach or too slow.
    pub fn delete(self, key: &str) -> Result<bool, HostError> {
        sys::call(|result| sys::remote_delete(self.0, key, result))
    }

    /// Adds to a counter, which begins at 0, and answers what it then is; `ttl` starts when the counter is made.
    ///
    /// # Errors
    /// [`HostError::Invalid`] when the value is no counter, and as [`Store::set`].
    pub fn increment(self, key: &str, by: i64, ttl: impl Into<Option<Duration>>) -> Result<i64, HostError> {
        let ttl = sys::Millis::new(ttl.into());
        sys::call(|result| sys::remote_increment(self.0, key, by, ttl.bytes(), result))
    }
}

//! Responses that are kept: for each attachment its own. Needs the grant `cache`.
//!
//! [`Response::store`](crate::Response::store) keeps one, [`lookup`] finds it, and
//! [`Flow::serve_cached`](crate::Flow::serve_cached) answers with it; the body never enters the plugin.
//! Bounded for the node by `plugins.cache_bytes`, 1 MiB for one; the least recently used go first.

use std::time::Duration;

use sluice_abi::wire;

use crate::sys;

/// A response that is kept; times in milliseconds.
pub use sluice_abi::wire::CacheHit;

/// How long a response is kept, and what drops it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CacheDirective {
    wire: wire::CacheDirective,
}

/// What is kept under a key.
#[must_use]
pub fn lookup(key: &str) -> Option<CacheHit> {
    sys::optional_record(|result| sys::cache_lookup(key, result))
}

/// Drops the response that is kept under a key; answers whether there was one.
pub fn purge(key: &str) -> bool {
    sys::cache_purge(key)
}

/// Drops all responses that carry a tag; answers how many there were.
pub fn purge_tag(tag: &str) -> u32 {
    sys::cache_purge_tag(tag)
}

impl CacheDirective {
    /// Keeps the response under `key` (1 to 512 bytes) for `ttl`.
    #[must_use]
    pub fn new(key: impl Into<String>, ttl: Duration) -> Self {
        let ttl = u64::try_from(ttl.as_millis()).unwrap_or(u64::MAX);
        Self { wire: wire::CacheDirective { key: key.into(), ttl, tags: Vec::new() } }
    }

    /// Lets [`purge_tag`] drop it: at most 16 tags, 1 to 64 bytes each.
    #[must_use]
    pub fn tag(mut self, tag: impl Into<String>) -> Self {
        self.wire.tags.push(tag.into());
        self
    }

    pub(crate) fn encoded(&self) -> Vec<u8> {
        wire::encode(&self.wire)
    }
}

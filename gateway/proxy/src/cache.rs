//! The cache in front of upstreams: asked by requests that a plugin says may be answered from it, when all plugins have
//! seen them.
//!
//! - The rules are in `gateway_algorithms::caching`, what is kept in `gateway_store::cache`; how a request goes through it is
//!   in `pipeline/cached.rs`.
//! - What is stored is what the upstream has sent: plugins see it on its way to each client, as if it came from there.

mod arrival;
mod deep;
mod fields;
mod fills;
mod growing;
mod inquiry;
mod intake;
mod result;
mod served;

use std::sync::Arc;

use gateway_model::PriorityClass;
use gateway_store::{
    cache::{
        entry::Entry,
        lower::{Lower, LowerStats},
        record::CacheKey,
        tiers::Tiers,
    },
    limits::Clock,
};
use gateway_telemetry::{CacheMetrics, CacheSource, CacheStats, CachedResponse};

use self::fills::Fills;
pub(crate) use self::{
    arrival::{Arrival, Asking},
    deep::{Deep, read},
    fills::{Lead, Role, Stage, Streamed},
    growing::Reader,
    inquiry::{Inquiry, Stored, Target, authority, is_cacheable, url},
    result::{announce, detail, forwarded},
    served::{Served, Shape, serve},
};
use crate::body::Budget;

/// What the cache may take.
#[derive(Clone, Copy, Debug)]
pub struct CacheSettings {
    /// Bytes in memory, all costs included; with 0 nothing is kept.
    pub memory: u64,
    /// The largest body that is kept in memory, in bytes.
    pub object: u64,
    /// The largest body that is kept below memory, in bytes.
    pub large: u64,
}

/// The cache of a process. Shared by all workers.
#[derive(Debug)]
pub struct HttpCache {
    store: Tiers,
    fills: Arc<Fills>,
    clock: Clock,
    metrics: CacheMetrics,
    /// The largest body that is kept in memory, in bytes.
    object: u64,
    /// The largest body that is kept below.
    large: u64,
    /// For bodies that come in, until they are stored.
    filling: Budget,
}

impl HttpCache {
    /// A cache with nothing in memory, and what is below it. Responses become stale by the steady time of `clock`: whoever sets
    /// the machine's clock makes nothing older or younger.
    #[must_use]
    pub fn new(settings: CacheSettings, lower: Lower, clock: Clock, metrics: CacheMetrics) -> Arc<Self> {
        let CacheSettings { memory, object, large } = settings;
        let store = Tiers::new(memory, lower);
        let object = object.min(store.memory().largest());
        Arc::new(Self {
            store,
            fills: Arc::default(),
            clock,
            metrics,
            object,
            large,
            filling: Budget::new((memory / 4).max(object)),
        })
    }

    /// The largest body that is kept anywhere, in bytes.
    fn largest(&self) -> u64 {
        if self.store.is_deep() { self.large.max(self.object) } else { self.object }
    }

    /// Joins those who want what is under `key`.
    pub(crate) fn join(&self, key: CacheKey, class: PriorityClass) -> Role {
        self.fills.join(key, class)
    }

    /// Leaves no room for bodies that come in, until the result is dropped.
    #[cfg(test)]
    pub(crate) fn takes_all_room_for_filling(&self) -> crate::body::Reservation {
        let mut all = self.filling.reservation();
        let mut bytes = 1 << 40;
        while bytes > 0 && all.resize(bytes).is_err() {
            bytes /= 2;
        }
        while all.resize(bytes + 4096).is_ok() {
            bytes += 4096;
        }
        all
    }

    /// By which responses become stale.
    #[cfg(test)]
    pub(crate) fn clock(&self) -> &Clock {
        &self.clock
    }

    /// What is kept.
    #[must_use]
    pub fn store(&self) -> &Tiers {
        &self.store
    }
}

impl CacheSource for HttpCache {
    fn stats(&self) -> CacheStats {
        let memory = self.store.memory();
        let (stored, evicted) = self.store.turnover();
        let LowerStats { disk_hits, disk_bytes, shared_hits } = self.store.below();
        CacheStats {
            entries: memory.len() as u64,
            bytes: memory.bytes(),
            filling_bytes: self.filling.taken(),
            stored,
            evicted,
            disk_hits,
            disk_bytes,
            shared_hits,
        }
    }

    fn responses(&self, url: &str) -> Vec<CachedResponse> {
        let now = self.now();
        let told = |(key, entry): (CacheKey, Arc<Entry>)| CachedResponse {
            key: format!("{key:x}"),
            status: entry.head.status.as_u16(),
            age: entry.head.freshness.age(now),
            ttl: entry.head.freshness.ttl(now),
            bytes: entry.body.length(),
            tags: entry.head.tags.iter().map(ToString::to_string).collect(),
            revision: entry.head.revision,
        };
        self.store.memory().of_url(url).into_iter().map(told).collect()
    }
}

impl Default for CacheSettings {
    fn default() -> Self {
        Self { memory: 256 * 1024 * 1024, object: 8 * 1024 * 1024, large: 1024 * 1024 * 1024 }
    }
}

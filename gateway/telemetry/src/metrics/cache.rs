//! What the cache in front of upstreams makes of requests, and what it has.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use crate::instrument::{Counter, Histogram};

/// What the cache made of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CacheResult {
    /// Answered with what is stored, which is fresh.
    Hit,
    /// Answered with what is stored, though it is stale.
    Stale,
    /// Answered with what is stored, which the upstream has confirmed.
    Revalidated,
    /// Answered with what another request got.
    Collapsed,
    /// Nothing fit.
    Miss,
    /// What is stored was stale, and the upstream had something else.
    Expired,
    /// Not asked: no cache may answer such a request, or a plugin wanted it so.
    Bypass,
    /// Nothing fit, and the request did not want the upstream to be asked.
    OnlyIfCached,
}

/// How often each result was had on one worker.
#[derive(Debug, Default)]
pub(super) struct CacheResults([AtomicU64; CacheResult::ALL.len()]);

/// What the cache has on this node, and what went in and out of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CacheStats {
    /// Responses, and what else is known of URLs, in memory.
    pub entries: u64,
    /// Memory that they take, all costs included.
    pub bytes: u64,
    /// Bodies that are coming in.
    pub filling_bytes: u64,
    /// Responses that were stored.
    pub stored: u64,
    /// Responses that went to make room for others.
    pub evicted: u64,
    /// Found on disk.
    pub disk_hits: u64,
    /// Records on disk, in bytes.
    pub disk_bytes: u64,
    /// Found in the store that nodes share.
    pub shared_hits: u64,
}

/// A response that is in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CachedResponse {
    /// Its key, in hexadecimal.
    pub key: String,
    pub status: u16,
    /// How old it is.
    pub age: Duration,
    /// Seconds for which it stays fresh; negative once it is stale.
    pub ttl: i64,
    /// Of the body.
    pub bytes: u64,
    pub tags: Vec<String>,
    /// The revision of the configuration that its request was served from.
    pub revision: u64,
}

/// Who knows what is cached.
pub trait CacheSource: Send + Sync {
    /// What there is, and what went in and out of it.
    fn stats(&self) -> CacheStats;

    /// The responses for a URL that are in memory.
    fn responses(&self, url: &str) -> Vec<CachedResponse>;
}

/// The cache, as it is asked whenever somebody looks.
pub(super) struct Source(pub(super) Arc<dyn CacheSource>);

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Source").field(&self.0.stats()).finish()
    }
}

/// Why responses are not stored: the values of the label `reason`.
const REASONS: [&str; 14] = [
    "method",
    "status",
    "partial",
    "request-no-store",
    "no-store",
    "private",
    "authorization",
    "set-cookie",
    "cookie",
    "vary",
    "no-lifetime",
    "too-large",
    "endless",
    "other",
];

/// The instruments of the cache; clones share them.
#[derive(Clone, Debug)]
pub struct CacheMetrics {
    /// From sending a request to the end of its response's body, of responses that were stored.
    pub fill_duration: Histogram,
    not_stored: [Counter; REASONS.len()],
}

impl CacheMetrics {
    pub(super) fn new(workers: usize) -> Self {
        Self { fill_duration: Histogram::new(workers), not_stored: REASONS.map(|_| Counter::new(workers)) }
    }

    /// A response was not stored.
    pub fn not_stored(&self, reason: &str) {
        let place = REASONS.iter().position(|known| *known == reason).unwrap_or(REASONS.len() - 1);
        self.not_stored[place].add(1);
    }

    /// How many responses were not stored, by reason.
    pub(super) fn by_reason(&self) -> impl Iterator<Item = (&'static str, u64)> {
        REASONS.into_iter().zip(self.not_stored.iter().map(Counter::value))
    }
}

// === impl CacheResult ===

impl CacheResult {
    /// All results, each at the place that its number names.
    pub const ALL: [Self; 8] = [
        Self::Hit,
        Self::Stale,
        Self::Revalidated,
        Self::Collapsed,
        Self::Miss,
        Self::Expired,
        Self::Bypass,
        Self::OnlyIfCached,
    ];

    /// The value of the label `result`; also what the access log says.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hit => "hit",
            Self::Stale => "stale",
            Self::Revalidated => "revalidated",
            Self::Collapsed => "collapsed",
            Self::Miss => "miss",
            Self::Expired => "expired",
            Self::Bypass => "bypass",
            Self::OnlyIfCached => "only_if_cached",
        }
    }

    /// Whether the upstream was spared the response.
    #[must_use]
    pub fn is_served(self) -> bool {
        matches!(self, Self::Hit | Self::Stale | Self::Revalidated | Self::Collapsed)
    }
}

impl CacheResults {
    pub(super) fn count(&self, result: CacheResult) {
        self.0[result as usize].fetch_add(1, Relaxed);
    }

    pub(super) fn of(&self, result: CacheResult) -> u64 {
        self.0[result as usize].load(Relaxed)
    }
}

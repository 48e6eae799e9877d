//! The cache in front of upstreams: what it has, what it makes of requests, and what of it is no longer to be served.

mod purge;

use async_graphql::{Context, Enum, Object, SimpleObject};
use gateway_model::PurgeScope;
use gateway_telemetry::{CacheResult as Counted, CacheStats, CachedResponse as Told, Metrics, RouteMetrics};

use self::purge::CachePurge;
pub(crate) use self::purge::PurgeMutations;
use super::{
    Scope,
    connection::{cost, page_size},
    scalar::Long,
};
use crate::error::Failure;

/// What the cache has on the node that answers, and what went in and out of it since the gateway started.
#[derive(SimpleObject)]
pub(crate) struct CacheStatus {
    /// Responses, and what else is known of URLs, in memory.
    entries: Long,
    /// Memory that they take, all costs included, in bytes.
    bytes: Long,
    /// Memory of bodies that are coming in, in bytes.
    filling_bytes: Long,
    /// Responses that were stored.
    stored: Long,
    /// Responses that went to make room for others.
    evicted: Long,
    /// Responses that were found on disk.
    disk_hits: Long,
    /// What is on disk, in bytes.
    disk_bytes: Long,
    /// Responses that were found in the store that nodes share.
    shared_hits: Long,
}

/// What the cache made of the requests of a route, on the node that answers, since the gateway began to count.
#[derive(SimpleObject)]
pub(crate) struct RouteCache {
    /// Requests by what became of them; only results that happened.
    requests: Vec<CacheResultCount>,
    /// Of the requests that the cache was asked for, the share that it answered: hits, stale, revalidated and collapsed ones,
    /// against those and misses and expired ones. 0 to 1; null if there were none.
    hit_ratio: Option<f64>,
}

/// Requests with one result.
#[derive(SimpleObject)]
pub(crate) struct CacheResultCount {
    /// The result.
    result: CacheResult,
    /// How many requests.
    count: Long,
}

/// What the cache made of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Counted")]
pub(crate) enum CacheResult {
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

/// A response that the node which answers has in memory.
#[derive(SimpleObject)]
pub(crate) struct CachedResponse {
    /// Its key, in hexadecimal: that of the URL and of all that tells its responses apart.
    key: String,
    /// Its status.
    status: i32,
    /// How old it is, in seconds.
    age_seconds: Long,
    /// For how many seconds it stays fresh; negative once it is stale.
    ttl_seconds: Long,
    /// Bytes of its body.
    bytes: Long,
    /// What purges it, beside its URL.
    tags: Vec<String>,
    /// The revision that its request was served from: purges of later ones cover it.
    revision: u64,
}

#[derive(Default)]
pub(crate) struct CacheQueries;

#[Object]
impl CacheQueries {
    /// What the cache has on the node that answers.
    async fn cache(&self, context: &Context<'_>) -> CacheStatus {
        Scope::of(context).metrics.cache().into()
    }

    /// The responses for a URL that the node which answers has in memory, whatever tells them apart: at most a hundred. Those
    /// that are purged stay until somebody asks for them. What others asked for is nobody's business but the operator's.
    #[graphql(complexity = "100 * child_complexity + 1")]
    async fn cached_responses(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "With scheme, host, path and query, as in the key.")] url: String,
    ) -> Result<Vec<CachedResponse>, Failure> {
        let scope = PurgeScope::url(&url).map_err(|wrong| Failure::BadInput(format!("url: {wrong}")))?;
        let found = Scope::of(context).metrics.cached_responses(scope.value());
        Ok(found.into_iter().take(100).map(CachedResponse::from).collect())
    }

    /// The last purges that still say something, newest first. One that a later purge covers is not told any more, nor are
    /// those beyond the last 1000, in whose place everything cached before them is gone; the audit log tells of all.
    #[graphql(complexity = "cost(first, None) * child_complexity + 1")]
    async fn cache_purges(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "At most so many: 20 if not given, 100 at most.")] first: Option<i32>,
    ) -> Result<Vec<CachePurge>, Failure> {
        let most = u32::try_from(page_size(first)?).expect("a page has at most a hundred items");
        let kept = Scope::of(context).service.purges(most).await.map_err(Failure::store)?;
        Ok(kept.into_iter().map(CachePurge::from).collect())
    }
}

impl RouteCache {
    pub(crate) fn of(metrics: &Metrics, route: &str) -> Self {
        metrics.known_route(route).as_ref().map_or(Self { requests: Vec::new(), hit_ratio: None }, Self::counted)
    }

    fn counted(route: &RouteMetrics) -> Self {
        // Read once: the counters go on counting.
        let counts = Counted::ALL.map(|result| (result, route.cache_results(result)));
        let happened = counts.into_iter().filter(|(_, count)| *count > 0);
        let requests = happened.map(|(result, count)| CacheResultCount { result: result.into(), count: count.into() });
        Self { requests: requests.collect(), hit_ratio: hit_ratio(&counts) }
    }
}

fn hit_ratio(counts: &[(Counted, u64)]) -> Option<f64> {
    let sum = |of: fn(Counted) -> bool| -> u64 {
        counts.iter().filter(|(result, _)| of(*result)).map(|(_, count)| count).sum()
    };
    let served = sum(Counted::is_served);
    let asked = served + sum(|result| matches!(result, Counted::Miss | Counted::Expired));
    (asked > 0).then(|| served as f64 / asked as f64)
}

impl From<Told> for CachedResponse {
    fn from(told: Told) -> Self {
        let Told { key, status, age, ttl, bytes, tags, revision } = told;
        Self {
            key,
            status: status.into(),
            age_seconds: age.as_secs().into(),
            ttl_seconds: Long(ttl),
            bytes: bytes.into(),
            tags,
            revision,
        }
    }
}

impl From<CacheStats> for CacheStatus {
    fn from(stats: CacheStats) -> Self {
        let CacheStats { entries, bytes, filling_bytes, stored, evicted, disk_hits, disk_bytes, shared_hits } = stats;
        Self {
            entries: entries.into(),
            bytes: bytes.into(),
            filling_bytes: filling_bytes.into(),
            stored: stored.into(),
            evicted: evicted.into(),
            disk_hits: disk_hits.into(),
            disk_bytes: disk_bytes.into(),
            shared_hits: shared_hits.into(),
        }
    }
}

//! What the cache made of a request: a word for log and metrics, a field for its client.

use std::fmt::Write as _;

use gateway_algorithms::caching::{CacheStatus, Forward, LifetimeSource};
use gateway_telemetry::CacheResult;
use http::{HeaderMap, HeaderName, HeaderValue};

/// Tells how the cache has handled a request (RFC 9211).
const CACHE_STATUS: HeaderName = HeaderName::from_static("cache-status");

/// The result of a request that went to the upstream for this reason.
pub(crate) fn forwarded(why: Forward) -> CacheResult {
    match why {
        Forward::Bypass | Forward::Method => CacheResult::Bypass,
        Forward::Stale | Forward::Request => CacheResult::Expired,
        Forward::UriMiss | Forward::VaryMiss | Forward::Miss | Forward::Partial => CacheResult::Miss,
    }
}

/// What is said of a lifetime that is not the upstream's own.
pub(crate) fn detail(source: LifetimeSource) -> Option<&'static str> {
    match source {
        LifetimeSource::Explicit => None,
        LifetimeSource::Heuristic => Some("heuristic"),
        LifetimeSource::Override => Some("override"),
        LifetimeSource::Default => Some("default"),
    }
}

/// Adds what this cache says to what those nearer to the origin have said.
pub(crate) fn announce(headers: &mut HeaderMap, status: &CacheStatus<'_>) {
    let mut text = String::with_capacity(64);
    if write!(text, "{status}").is_ok()
        && let Ok(value) = HeaderValue::try_from(text)
    {
        headers.append(CACHE_STATUS, value);
    }
}

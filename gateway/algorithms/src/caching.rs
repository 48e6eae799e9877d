//! A shared HTTP cache: what may be stored, what may be reused, and what is to be asked of the origin.
//!
//! - Caching by RFC 9111, over the conditions and ranges of RFC 9110 (sections 13 and 14).
//! - Stale responses by RFC 5861 (stale-while-revalidate, stale-if-error), immutable ones by RFC 8246.
//! - What a response says of the cache by RFC 9211 (Cache-Status), what it says to it by RFC 9213 (CDN-Cache-Control).
//!
//! All of it decides and does nothing: whoever stores, asks and answers is elsewhere. `docs/http-caching.md` has each rule
//! of RFC 9111 with the function that follows it.
//!
//! Partial responses are not stored: ranges are cut out of whole ones.

mod age;
mod cache_status;
mod conditions;
mod directives;
mod fields;
mod freshness;
mod invalidation;
mod key;
mod purges;
mod ranges;
mod reuse;
mod storing;
mod time;
mod update;
mod vary;

use std::time::Duration;

pub use self::{
    cache_status::{CacheStatus, Forward},
    conditions::{Precondition, is_for_origin, make_conditional, not_modified_headers, precondition},
    directives::{MaxStale, RequestDirectives, ResponseDirectives},
    freshness::{Freshness, LifetimeSource},
    invalidation::{Target, invalidated, invalidates},
    key::write_part,
    purges::{Covered, Purge, PurgeScope, Purges},
    ranges::{Ranges, ranges},
    reuse::{Reuse, is_server_error, reuse, serves_on_error},
    storing::{Asked, NotStorable, storable},
    time::Time,
    update::{add_date, freshen, freshened_matches, head_matches, refreshed, stored_headers},
    vary::{Vary, selecting, vary},
};

/// What an operator or a plugin says beyond what the origin says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// In place of the freshness lifetime that the origin gives or leaves to heuristics. It makes nothing storable that is
    /// not: `no-store`, `private`, credentials, `Set-Cookie` and the status still decide. `no-cache` and `must-revalidate`
    /// hold as well.
    pub lifetime: Option<Duration>,
    /// Where the origin gives none and no heuristic applies, for the statuses that heuristics may apply to.
    pub default_lifetime: Option<Duration>,
    /// Where the origin does not give it (RFC 5861, section 3).
    pub stale_while_revalidate: Option<Duration>,
    /// Where the origin does not give it (RFC 5861, section 4).
    pub stale_if_error: Option<Duration>,
    /// Whether `CDN-Cache-Control` stands in for `Cache-Control` and `Expires` (RFC 9213).
    pub cdn_cache_control: bool,
    /// Whether responses with `Set-Cookie` are stored, without that field.
    pub set_cookie: bool,
    /// Whether `Cache-Control` and `Pragma` of requests are not heeded, but for `only-if-cached`.
    pub ignore_request_directives: bool,
    /// Whether `s-maxage` forbids stale responses (RFC 9111, section 5.2.2.10) even where the same response allows them by
    /// `stale-while-revalidate` or `stale-if-error`.
    pub strict_s_maxage: bool,
}

#[cfg(test)]
mod tests;

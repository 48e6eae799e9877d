//! What is done with a stored response when it is asked for (RFC 9111, section 4).

use std::time::Duration;

use http::StatusCode;

use super::{Forward, Freshness, RequestDirectives, Rules, Time};

/// What is done with a stored response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reuse {
    /// It is served.
    Fresh,
    /// It is served, and refreshed in the background.
    StaleWhileRevalidate,
    /// It is served, stale as it is, since its client does not mind.
    Stale,
    /// The origin is asked first.
    Validate {
        /// Why: [`Stale`](Forward::Stale) or [`Request`](Forward::Request).
        why: Forward,
        /// It may be served if the origin fails. [`serves_on_error`] is to be asked again then, since time has passed.
        if_error: bool,
    },
}

/// What is done with a stored response for this request.
#[must_use]
pub fn reuse(rules: &Rules, freshness: &Freshness, request: &RequestDirectives, now: Time) -> Reuse {
    let request = request.heeded(rules);
    let validate = |why| Reuse::Validate { why, if_error: serves_on_error(freshness, &request, now) };
    match freshness.staleness(now) {
        _ if freshness.no_cache => validate(Forward::Stale),
        None if wants_newer(&request, freshness, now) => validate(Forward::Request),
        None => Reuse::Fresh,
        Some(_) if !tolerates_stale(&request, freshness, now) => validate(Forward::Stale),
        Some(stale) if stale < freshness.stale_window(freshness.stale_while_revalidate) => Reuse::StaleWhileRevalidate,
        Some(stale) if client_allows(&request, freshness, stale) => Reuse::Stale,
        Some(_) => validate(Forward::Stale),
    }
}

/// Whether a stored response is served where the origin was asked and has failed: it answered with a
/// [server error](is_server_error) or not at all (RFC 5861, section 4). `request` is what of the request is
/// [heeded](RequestDirectives::heeded).
#[must_use]
pub fn serves_on_error(freshness: &Freshness, request: &RequestDirectives, now: Time) -> bool {
    if freshness.no_cache || request.no_cache {
        return false;
    }
    // A fresh one was only validated because its client would have liked a newer one.
    let Some(stale) = freshness.staleness(now) else { return true };
    let client_window = freshness.stale_window(request.stale_if_error.filter(|_| !freshness.s_maxage));
    stale < freshness.stale_window(freshness.stale_if_error).max(client_window)
}

/// Whether the origin has failed with this status (RFC 5861, section 4).
#[must_use]
pub fn is_server_error(status: StatusCode) -> bool {
    matches!(status.as_u16(), 500 | 502 | 503 | 504)
}

/// Whether a fresh response does not do for this request (RFC 9111, section 5.2.1).
fn wants_newer(request: &RequestDirectives, freshness: &Freshness, now: Time) -> bool {
    let age = freshness.age(now);
    // `max-age=0` is what browsers send on a reload: just that is what `immutable` saves (RFC 8246, section 2).
    let is_needless_reload = freshness.immutable && request.max_age == Some(Duration::ZERO);
    let is_too_old = request.max_age.is_some_and(|longest| age > longest) && !is_needless_reload;
    let is_too_stale = request.min_fresh.is_some_and(|least| freshness.lifetime < age.saturating_add(least));
    request.no_cache || is_too_old || is_too_stale
}

/// Whether this request leaves it to the response whether it may be stale. Who gives a `max-age` wants nothing stale, unless
/// it gives a `max-stale` too (RFC 9111, section 5.2.1.1).
fn tolerates_stale(request: &RequestDirectives, freshness: &Freshness, now: Time) -> bool {
    let is_young_enough = match request.max_age {
        Some(longest) => request.max_stale.is_some() && freshness.age(now) <= longest,
        None => true,
    };
    is_young_enough && !request.no_cache && request.min_fresh.is_none()
}

/// Whether a response is served that has been stale for so long because its client accepts that, and nothing forbids it.
fn client_allows(request: &RequestDirectives, freshness: &Freshness, stale: Duration) -> bool {
    let is_forbidden = freshness.must_revalidate || freshness.s_maxage;
    // Of one from the future nobody knows how stale it is.
    let is_known = stale != Duration::MAX;
    is_known && !is_forbidden && request.max_stale.is_some_and(|max_stale| max_stale.allows(stale))
}

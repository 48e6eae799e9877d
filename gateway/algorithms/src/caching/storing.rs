//! Which responses may be stored (RFC 9111, section 3).

use http::{
    HeaderMap, Method, StatusCode,
    header::{EXPIRES, SET_COOKIE},
};

use super::{Freshness, RequestDirectives, ResponseDirectives, Rules, Time, Vary, age::Arrival, vary};

/// Of the request, what decisions need.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The method.
    pub method: &'a Method,
    /// The fields.
    pub headers: &'a HeaderMap,
    /// Somebody is known to call (`Authorization`, an API key, a certificate), and the key does not tell callers apart.
    pub shared_identity: bool,
}

/// Why a response is not stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NotStorable {
    /// Only responses to GET are.
    Method,
    /// Its status is never stored, or not unless the response says for how long.
    Status,
    /// It is a part of something.
    Partial,
    /// The request says `no-store`.
    RequestNoStore,
    /// The response says `no-store`.
    NoStore,
    /// It is for one user.
    Private,
    /// Somebody is known to call, and the response does not say that others may have it.
    Authorization,
    /// It sets a cookie.
    SetCookie,
    /// No other request would match it.
    VaryAny,
    /// It is stale at once, and has nothing to validate it with.
    NoLifetime,
}

/// Whether a response may be stored: to a request sent at `sent`, its head received at `received`.
///
/// # Errors
/// Why it may not.
pub fn storable(
    rules: &Rules,
    asked: &Asked<'_>,
    status: StatusCode,
    headers: &HeaderMap,
    received: Time,
    sent: Time,
) -> Result<Freshness, NotStorable> {
    let directives = ResponseDirectives::parse(headers, rules.cdn_cache_control);
    if let Some(refusal) = refusal(rules, asked, status, headers, &directives) {
        return Err(refusal);
    }
    let freshness = Freshness::of(rules, headers, &directives, Arrival { received, sent });
    match freshness.validators || freshness.usable_until() > received {
        true => Ok(freshness),
        false => Err(NotStorable::NoLifetime),
    }
}

/// What forbids storing it, however long it would be fresh.
fn refusal(
    rules: &Rules,
    asked: &Asked<'_>,
    status: StatusCode,
    headers: &HeaderMap,
    directives: &ResponseDirectives,
) -> Option<NotStorable> {
    let sets_cookie = headers.contains_key(SET_COOKIE) && !directives.withheld.contains(&SET_COOKIE);
    let refusal = match () {
        () if asked.method != Method::GET => NotStorable::Method,
        () if RequestDirectives::parse(asked.headers).heeded(rules).no_store => NotStorable::RequestNoStore,
        () if status == StatusCode::PARTIAL_CONTENT => NotStorable::Partial,
        () if is_never_stored(status) => NotStorable::Status,
        () if directives.must_understand && !is_understood(status) => NotStorable::Status,
        () if directives.no_store && !directives.must_understand => NotStorable::NoStore,
        () if directives.private => NotStorable::Private,
        () if asked.shared_identity && !is_for_everybody(directives) => NotStorable::Authorization,
        () if sets_cookie && !rules.set_cookie => NotStorable::SetCookie,
        () if vary(headers) == Some(Vary::Any) => NotStorable::VaryAny,
        () if !is_cacheable(status, headers, directives) => NotStorable::Status,
        () => return None,
    };
    Some(refusal)
}

/// Statuses whose responses are not stored whatever they say: not final; about fields of the request that are not in the key
/// (credentials, conditions, ranges, expectations); or by their own definition (RFC 6585).
fn is_never_stored(status: StatusCode) -> bool {
    status.is_informational()
        || matches!(status.as_u16(), 304 | 401 | 407 | 412 | 416 | 417 | 421 | 428 | 429 | 431 | 511)
}

/// Statuses of which this cache does all that their definition says of caches (RFC 9110, section 15).
fn is_understood(status: StatusCode) -> bool {
    matches!(
        status.as_u16(),
        200..=205 | 300..=303 | 307 | 308 | 400 | 403..=406 | 408..=411 | 413..=415 | 422 | 426 | 500..=505
    )
}

/// Statuses whose responses are stored even if they say nothing (RFC 9110, section 15.1). 206 is another one, but parts are
/// not stored.
fn is_heuristically_cacheable(status: StatusCode) -> bool {
    matches!(status.as_u16(), 200 | 203 | 204 | 300 | 301 | 308 | 404 | 405 | 410 | 414 | 501)
}

/// Whether a response is stored by what it says or by its status: the last condition of RFC 9111, section 3.
fn is_cacheable(status: StatusCode, headers: &HeaderMap, directives: &ResponseDirectives) -> bool {
    let has_expires = headers.contains_key(EXPIRES) && !directives.targeted;
    directives.public || directives.lifetime().is_some() || has_expires || is_heuristically_cacheable(status)
}

/// Whether others than its caller may have a response (RFC 9111, section 3.5).
fn is_for_everybody(directives: &ResponseDirectives) -> bool {
    directives.public || directives.must_revalidate || directives.s_maxage.is_some()
}

impl NotStorable {
    /// The reason in text, for metrics and for the `detail` of [`CacheStatus`](super::CacheStatus).
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Method => "method",
            Self::Status => "status",
            Self::Partial => "partial",
            Self::RequestNoStore => "request-no-store",
            Self::NoStore => "no-store",
            Self::Private => "private",
            Self::Authorization => "authorization",
            Self::SetCookie => "set-cookie",
            Self::VaryAny => "vary",
            Self::NoLifetime => "no-lifetime",
        }
    }
}

//! Conditional requests: the gateway's own to the origin, and those of clients (RFC 9111, section 4.3; RFC 9110, section 13).

use http::{
    HeaderMap, HeaderName, StatusCode,
    header::{
        DATE, ETAG, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, IF_UNMODIFIED_SINCE, LAST_MODIFIED, RANGE,
    },
};

use super::{
    Time,
    fields::{self, EntityTag},
};

/// How a stored response answers a request with conditions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precondition {
    /// With itself.
    Proceed,
    /// With 304: its client has it.
    NotModified,
}

/// Puts the conditions that validate a stored response in the place of the client's own, and of the ranges it asks for
/// (RFC 9111, section 4.3.1). Without validators the request becomes an unconditional one.
pub fn make_conditional(request: &mut HeaderMap, stored: &HeaderMap) {
    for name in [IF_MATCH, IF_NONE_MATCH, IF_MODIFIED_SINCE, IF_UNMODIFIED_SINCE, IF_RANGE, RANGE] {
        request.remove(name);
    }
    if let (Some(_), Some(tag)) = (EntityTag::of(stored, ETAG), stored.get(ETAG)) {
        request.insert(IF_NONE_MATCH, tag.clone());
    }
    // Both, for origins and caches that know only dates; who knows tags does not look at the date.
    if let (Some(_), Some(date)) = (fields::last_modified(stored), stored.get(LAST_MODIFIED)) {
        request.insert(IF_MODIFIED_SINCE, date.clone());
    }
}

/// Whether a request has conditions that only the origin may evaluate, `If-Match` and `If-Unmodified-Since` (RFC 9111,
/// section 4.3.2): it goes there past the cache.
#[must_use]
pub fn is_for_origin(request: &HeaderMap) -> bool {
    request.contains_key(IF_MATCH) || request.contains_key(IF_UNMODIFIED_SINCE)
}

/// What the conditions of a GET or HEAD say of a stored response: `If-None-Match`, or `If-Modified-Since` where that is not
/// there (RFC 9110, section 13.2.2). They count only for a success (section 13.2.1).
#[must_use]
pub fn precondition(request: &HeaderMap, status: StatusCode, stored: &HeaderMap) -> Precondition {
    let is_had = match request.contains_key(IF_NONE_MATCH) {
        true => is_listed(request, stored),
        false => is_unmodified_since(request, stored),
    };
    match is_had && status.is_success() {
        true => Precondition::NotModified,
        false => Precondition::Proceed,
    }
}

fn is_listed(request: &HeaderMap, stored: &HeaderMap) -> bool {
    let mut lines = request.get_all(IF_NONE_MATCH).iter().map(|line| line.as_bytes().trim_ascii());
    let tag = EntityTag::of(stored, ETAG);
    lines.any(|line| match tag {
        _ if line == b"*" => true,
        Some(tag) => EntityTag::list(line).any(|listed| listed.is_weakly(tag)),
        None => false,
    })
}

/// By the date of modification, or else by that of the response (RFC 9111, section 4.3.2).
fn is_unmodified_since(request: &HeaderMap, stored: &HeaderMap) -> bool {
    let mut lines = request.get_all(IF_MODIFIED_SINCE).iter();
    let (Some(line), None) = (lines.next(), lines.next()) else { return false };
    let name = if stored.contains_key(LAST_MODIFIED) { LAST_MODIFIED } else { DATE };
    match (Time::of_date(line), stored.get(name).and_then(Time::of_date)) {
        (Some(since), Some(modified)) => modified <= since,
        _ => false,
    }
}

/// The fields of a 304 in the place of a stored response: without what describes a body, but for what a client needs to
/// update what it has (RFC 9110, section 15.4.5).
#[must_use]
pub fn not_modified_headers(stored: &HeaderMap) -> HeaderMap {
    let is_needless = |name: &HeaderName| match name {
        // It is of use only where there is no tag.
        name if name == LAST_MODIFIED => stored.contains_key(ETAG),
        name => is_representation_metadata(name.as_str()),
    };
    let mut headers = HeaderMap::with_capacity(stored.len());
    stored.iter().filter(|(name, _)| !is_needless(name)).for_each(|(name, value)| {
        headers.append(name.clone(), value.clone());
    });
    headers
}

fn is_representation_metadata(name: &str) -> bool {
    let stays = name == "content-location" || name.starts_with("content-security-policy");
    (name.starts_with("content-") && !stays) || matches!(name, "digest" | "repr-digest")
}

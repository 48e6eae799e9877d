//! The fields of what is stored, and how a validation updates them (RFC 9111, sections 3.1, 3.2, 4.3.4 and 4.3.5).

use http::{
    HeaderMap, HeaderName, HeaderValue, Method, StatusCode,
    header::{
        AGE, CONNECTION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE, DATE, ETAG, Entry, LAST_MODIFIED,
        RETRY_AFTER, WARNING,
    },
};

use super::{
    Asked, Freshness, NotStorable, ResponseDirectives, Rules, Time,
    fields::{self, EntityTag, Split},
    storable,
};

/// The fields of a response that are stored: all but those that are about one connection or one exchange, that say who
/// somebody is, or that the response itself withholds (RFC 9111, section 3.1). `Age` is not among them: whoever serves the
/// response sends its [age](Freshness::age).
#[must_use]
pub fn stored_headers(headers: &HeaderMap, directives: &ResponseDirectives) -> HeaderMap {
    let mut stored = HeaderMap::with_capacity(headers.len());
    let connection = connection_names(headers);
    for (name, value) in headers {
        let is_withheld = directives.withheld.contains(name) || connection.contains(name);
        if is_withheld || !is_stored(name) {
            continue;
        }
        if let Some(value) = lasting(name, value) {
            stored.append(name.clone(), value);
        }
    }
    stored
}

/// Adds the date of its arrival to a response that has none (RFC 9110, section 6.6.1). Comes before everything else that is
/// done with a response.
pub fn add_date(headers: &mut HeaderMap, received: Time) {
    if let Entry::Vacant(date) = headers.entry(DATE) {
        date.insert(received.to_date());
    }
}

/// Updates the stored fields by those of a 304, or of the 200 to a HEAD (RFC 9111, section 3.2). `directives` are those of
/// `validation`.
pub fn freshen(stored: &mut HeaderMap, validation: &HeaderMap, directives: &ResponseDirectives) {
    let newer = stored_headers(validation, directives);
    for name in newer.keys().filter(|name| !describes_the_body(name)) {
        stored.remove(name);
        newer.get_all(name).iter().for_each(|value| {
            stored.append(name.clone(), value.clone());
        });
    }
    for name in &directives.withheld {
        stored.remove(name);
    }
}

/// Whether a 304 is about this stored response (RFC 9111, section 4.3.4), the only one that the origin was asked about.
///
/// A 304 without any validator is taken to be about it. By the letter that holds only for a stored response that has none
/// either, but there is nothing else that the origin could mean, and there are origins that leave them out.
#[must_use]
pub fn freshened_matches(stored: &HeaderMap, validation: &HeaderMap) -> bool {
    match (EntityTag::of(validation, ETAG), EntityTag::of(stored, ETAG)) {
        (Some(new), Some(old)) if new.is_weak => new.is_weakly(old),
        (Some(new), Some(old)) => new.is_strongly(old),
        (Some(_), None) => false,
        (None, _) => match fields::last_modified(validation) {
            Some(new) => fields::last_modified(stored) == Some(new),
            None => true,
        },
    }
}

/// Whether the 200 to a HEAD is about this stored response (RFC 9111, section 4.3.5). If it is not, that one is stale.
#[must_use]
pub fn head_matches(stored: &HeaderMap, head: &HeaderMap) -> bool {
    let said = [ETAG, LAST_MODIFIED, CONTENT_LENGTH];
    said.iter().all(|name| head.get(name).is_none_or(|new| stored.get(name) == Some(new)))
}

/// The freshness of a response with this status whose stored fields `validation` has just [updated](freshen).
///
/// # Errors
/// Why it must not be stored any longer.
pub fn refreshed(
    rules: &Rules,
    asked: &Asked<'_>,
    status: StatusCode,
    stored: &HeaderMap,
    validation: &HeaderMap,
    (received, sent): (Time, Time),
) -> Result<Freshness, NotStorable> {
    let mut headers = stored.clone();
    // Its age begins with the validation, and the date of the first answer says nothing of that.
    for name in [AGE, DATE] {
        headers.remove(&name);
        if let Some(value) = validation.get(&name) {
            headers.insert(name, value.clone());
        }
    }
    let asked = Asked { method: &Method::GET, ..*asked };
    storable(rules, &asked, status, &headers, received, sent)
}

/// The names that `Connection` lists: their fields end with the connection (RFC 9110, section 7.6.1).
fn connection_names(headers: &HeaderMap) -> Vec<HeaderName> {
    fields::elements(headers, CONNECTION).filter_map(|name| HeaderName::from_bytes(name).ok()).collect()
}

fn is_stored(name: &HeaderName) -> bool {
    let name = name.as_str();
    !is_of_the_connection(name) && !is_of_somebody(name) && !is_of_one_exchange(name)
}

fn is_of_the_connection(name: &str) -> bool {
    matches!(
        name,
        "connection"
            | "keep-alive"
            | "proxy-connection"
            | "te"
            | "trailer"
            | "transfer-encoding"
            | "upgrade"
            | "http2-settings"
    )
}

fn is_of_somebody(name: &str) -> bool {
    matches!(
        name,
        "set-cookie"
            | "set-cookie2"
            | "authentication-info"
            | "proxy-authenticate"
            | "proxy-authentication-info"
            | "proxy-authorization"
    )
}

/// Fields that are wrong on any response but the one they came with: whose limit it counted against, which request it
/// answered, how long that took.
fn is_of_one_exchange(name: &str) -> bool {
    let is_of_limits = ["ratelimit", "x-ratelimit", "x-rate-limit"].iter().any(|prefix| name.starts_with(prefix));
    let is_of_request = matches!(name, "age" | "x-request-id" | "server-timing");
    is_of_limits || is_of_request || matches!(name, "traceparent" | "tracestate" | "traceresponse")
}

/// What of a value still holds later: no seconds that count from now, and no warnings about freshness, which are obsolete and
/// which validation would have to remove (RFC 7234, section 5.5).
fn lasting(name: &HeaderName, value: &HeaderValue) -> Option<HeaderValue> {
    match name {
        name if name == RETRY_AFTER => fields::number(value.as_bytes()).is_none().then(|| value.clone()),
        name if name == WARNING => {
            let lasting = Split::new(value.as_bytes(), b',').filter(|warning| !warning.starts_with(b"1"));
            let lasting = lasting.collect::<Vec<_>>().join(&b", "[..]);
            HeaderValue::from_bytes(&lasting).ok().filter(|value| !value.is_empty())
        }
        _ => Some(value.clone()),
    }
}

/// Fields without which the stored bytes cannot be read, and which must therefore stay those that came with them.
fn describes_the_body(name: &HeaderName) -> bool {
    [CONTENT_LENGTH, CONTENT_ENCODING, CONTENT_RANGE].contains(name)
}

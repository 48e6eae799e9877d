//! Header fields that belong to one hop or to the gateway itself (RFC 9110, section 7.6), in both directions.

use std::borrow::Cow;

use gateway_algorithms::trace;
use http::{
    HeaderMap, HeaderName, HeaderValue, Method, Version,
    header::{CONNECTION, CONTENT_LENGTH, COOKIE, EXPECT, FORWARDED, HOST, TE, TRAILER, TRANSFER_ENCODING, VIA},
    request::Parts,
    uri::PathAndQuery,
};

use crate::{
    exchange::Exchange,
    origin::{self, X_FORWARDED_FOR, X_FORWARDED_HOST, X_FORWARDED_PROTO},
    websocket,
};

const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");
const TRACESTATE: HeaderName = HeaderName::from_static("tracestate");
const CDN_LOOP: HeaderName = HeaderName::from_static("cdn-loop");
/// The gateway's name in `CDN-Loop` and `Via`.
const NAME: &str = "sluice";
/// Carries the request's id to the upstream and back to the client.
pub(crate) const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What the upstream is to know of the fields that were removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Removed {
    /// The client takes trailers: it sent `TE: trailers`, as gRPC clients must.
    pub(crate) takes_trailers: bool,
}

/// Removes what the client may say to the gateway only, or not at all. Done before plugins see the request, so that what is
/// there with a name of the gateway's own was put there by the gateway or a plugin.
pub(crate) fn clean_request(headers: &mut HeaderMap) -> Removed {
    let removed = Removed { takes_trailers: takes_trailers(headers) };
    remove(headers, |name| is_hop_by_hop(name) || is_gateways_own(name));
    join_cookies(headers);
    clean_trace(headers);
    removed
}

/// Removes from a request's trailers what the client may not say in its head either; `guarded` are the fields that plugins
/// write or take away there.
pub(crate) fn clean_trailers(trailers: &mut HeaderMap, guarded: &[HeaderName]) {
    let is_guarded = |name: &str| guarded.iter().any(|it| reads_alike(name, it.as_str()));
    remove(trailers, |name| is_hop_by_hop(name) || is_gateways_own(name) || is_guarded(name));
}

/// Removes fields that some upstreams take for one of those that plugins write or take away, and that are none of them.
/// Done after plugins.
pub(crate) fn remove_look_alikes(headers: &mut HeaderMap, guarded: &[HeaderName]) {
    if guarded.is_empty() || !headers.keys().any(|name| name.as_str().contains('_')) {
        return;
    }
    remove(headers, |name| {
        let is_alike = |it: &HeaderName| it.as_str() != name && reads_alike(name, it.as_str());
        name.contains('_') && guarded.iter().all(|it| it.as_str() != name) && guarded.iter().any(is_alike)
    });
}

/// Removes from a plugin's own request what is between two hops, how it is framed, and who the client is said to be.
pub(crate) fn clean_callout(headers: &mut HeaderMap) {
    remove(headers, |name| {
        is_hop_by_hop(name)
            || is_about_the_client(name)
            || matches!(name, "host" | "content-length" | "trailer" | "expect")
    });
}

/// Removes from a response what was between the upstream and the gateway only.
pub(crate) fn clean_response(headers: &mut HeaderMap) {
    // With a transfer coding the length means nothing, and must not reach anyone who believes it (RFC 9112, section 6.3).
    if headers.contains_key(TRANSFER_ENCODING) {
        headers.remove(CONTENT_LENGTH);
    }
    remove(headers, is_hop_by_hop);
}

/// Turns the request's head into what the upstream gets. Done after the plugins, so that none of them can forge it.
pub(crate) fn prepare(head: &mut Parts, exchange: &Exchange, target: PathAndQuery, removed: Removed, has_body: bool) {
    let client = &*exchange.client;
    head.version = Version::HTTP_11;
    head.uri = target.into();
    // OnUpgrade would keep the client's connection waiting for an upgrade that is not offered.
    head.extensions.clear();
    let headers = &mut head.headers;
    headers.insert(HOST, exchange.authority.clone());
    let (hops, authority, scheme) = (&*exchange.hops, &exchange.authority, exchange.origin.scheme);
    let is_direct = hops.is_empty() && exchange.origin == client.origin();
    let (for_list, forwarded) = match is_direct {
        true => (client.forwarded_for.clone(), client.forwarded(authority)),
        false => (origin::for_list(hops, client.ip), origin::forwarded(hops, client.ip, authority, scheme)),
    };
    headers.insert(X_FORWARDED_FOR, for_list);
    headers.insert(X_FORWARDED_HOST, exchange.authority.clone());
    headers.insert(X_FORWARDED_PROTO, HeaderValue::from_static(scheme));
    headers.insert(FORWARDED, forwarded);
    headers.append(CDN_LOOP, HeaderValue::from_static(NAME));
    headers.append(VIA, HeaderValue::from_static(if client.http2 { "2 sluice" } else { "1.1 sluice" }));
    headers.insert(X_REQUEST_ID, exchange.id.value().clone());
    if removed.takes_trailers {
        headers.insert(TE, HeaderValue::from_static("trailers"));
        headers.insert(CONNECTION, HeaderValue::from_static("te"));
    }
    // hyper asks the client for its body itself, when the upstream connection begins to read it.
    if headers.get(EXPECT).is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"100-continue")) {
        headers.remove(EXPECT);
    }
    frame(&head.method, headers, has_body);
    // A plugin may have made another request of it, which nothing can be switched by.
    if let Some(handshake) = exchange.handshake.as_ref().filter(|_| head.method == Method::GET && !has_body) {
        websocket::ask(headers, handshake);
    }
}

/// Says how the body is framed, where hyper would guess.
fn frame(method: &Method, headers: &mut HeaderMap, has_body: bool) {
    if headers.contains_key(CONTENT_LENGTH) {
        return;
    }
    let expects_body = matches!(*method, Method::POST | Method::PUT | Method::PATCH);
    match has_body {
        // Without the field, hyper takes a GET for one without a body.
        true => drop(headers.insert(TRANSFER_ENCODING, HeaderValue::from_static("chunked"))),
        // Without the field, servers may wait for a body or ask for a length (RFC 9110, section 8.6).
        false if expects_body => drop(headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"))),
        false => {}
    }
}

/// Removes the fields that match and those that `Connection` names. Most heads have none: they are looked at once.
fn remove(headers: &mut HeaderMap, matches: impl Fn(&str) -> bool) {
    let mut doomed: Vec<HeaderName> = headers.keys().filter(|name| matches(name.as_str())).cloned().collect();
    if doomed.contains(&CONNECTION) {
        doomed.extend(connection_options(headers));
    }
    for name in doomed {
        headers.remove(name);
    }
}

/// The fields that `Connection` names. Those without which the message would be another one stay, whatever it says.
fn connection_options(headers: &HeaderMap) -> Vec<HeaderName> {
    let values = headers.get_all(CONNECTION).iter().filter_map(|value| value.to_str().ok());
    let names = values.flat_map(|value| value.split(',')).filter_map(|name| name.trim().parse::<HeaderName>().ok());
    names.filter(|name| ![HOST, CONTENT_LENGTH, TRAILER, CDN_LOOP].contains(name)).collect()
}

fn is_hop_by_hop(name: &str) -> bool {
    matches!(name, "connection" | "keep-alive" | "te" | "transfer-encoding" | "upgrade" | "http2-settings")
        || name.starts_with("proxy-")
}

/// Fields by which upstreams learn from the gateway who calls and how. What trusted proxies said there is known already.
fn is_gateways_own(name: &str) -> bool {
    match name.as_bytes()[0] {
        b'x' => {
            let name = as_cgi_reads(name);
            name.starts_with("x-sluice-") || name == "x-request-id" || is_about_the_client(&name)
        }
        b'f' => name == "forwarded",
        _ => false,
    }
}

/// Fields that the upstream gets from the gateway, and that are not those of the request as plugins have left it. The host and
/// the scheme are: by them requests differ in more than a field.
pub(crate) fn is_told_by_gateway(name: &HeaderName) -> bool {
    let name = name.as_str();
    matches!(name, "via" | "cdn-loop" | "te" | "connection") || is_gateways_own(name) && name != "x-forwarded-proto"
}

fn is_about_the_client(name: &str) -> bool {
    let name = as_cgi_reads(name);
    name.starts_with("x-forwarded-") || matches!(&*name, "x-real-ip" | "forwarded")
}

fn reads_alike(one: &str, other: &str) -> bool {
    one.len() == other.len() && as_cgi_reads(one) == as_cgi_reads(other)
}

/// Upstreams that take fields for variables, as CGI has it (RFC 3875, section 4.1.18), tell `_` and `-` not apart.
fn as_cgi_reads(name: &str) -> Cow<'_, str> {
    match name.contains('_') {
        true => name.replace('_', "-").into(),
        false => name.into(),
    }
}

/// How often the request has come through gateways of this kind (RFC 8586): nobody in between may take that away.
pub(crate) fn passes(headers: &HeaderMap) -> usize {
    let values = headers.get_all(CDN_LOOP).iter();
    let entries = values.flat_map(|value| value.as_bytes().split(|byte| *byte == b','));
    let names = entries.filter_map(|entry| std::str::from_utf8(entry).ok()?.split(';').next());
    names.filter(|name| name.trim().eq_ignore_ascii_case(NAME)).count()
}

/// A trace that is not of the form of the W3C's Trace Context goes no further, nor does what vendors say of it.
fn clean_trace(headers: &mut HeaderMap) {
    if !headers.contains_key(TRACEPARENT) && !headers.contains_key(TRACESTATE) {
        return;
    }
    let mut parents = headers.get_all(TRACEPARENT).iter();
    let is_sound = parents.next().is_some_and(|parent| trace::is_parent(parent.as_bytes())) && parents.next().is_none();
    if !is_sound {
        headers.remove(TRACEPARENT);
    }
    let states = headers.get_all(TRACESTATE).iter().map(HeaderValue::as_bytes);
    if !is_sound || !trace::is_state(states) {
        headers.remove(TRACESTATE);
    }
}

fn takes_trailers(headers: &HeaderMap) -> bool {
    let options = headers.get_all(TE).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
    options.map(str::trim).any(|option| option.eq_ignore_ascii_case("trailers"))
}

/// HTTP/2 clients may split cookies over several fields; HTTP/1.1 and plugins want one (RFC 9113, section 8.2.3).
fn join_cookies(headers: &mut HeaderMap) {
    let mut cookies = headers.get_all(COOKIE).iter();
    if cookies.next().is_none() || cookies.next().is_none() {
        return;
    }
    let cookies: Vec<&[u8]> = headers.get_all(COOKIE).iter().map(HeaderValue::as_bytes).collect();
    let joined = HeaderValue::from_bytes(&cookies.join(&b"; "[..])).expect("joined header values are one");
    headers.insert(COOKIE, joined);
}

#[cfg(test)]
mod tests;

//! What the hook that runs is about, where it was not declared in `new` and so did not come with the head.
//!
//! Each call crosses to the host: declare what every request needs ([`Setup::request_header`](crate::Setup)).
//! Outside of request and response hooks everything is empty.

use crate::{PriorityClass, sys};

pub use sluice_abi::wire::Header;

/// A header of the request, its field lines joined by ", " (cookies by "; "); `None` also for one that is not UTF-8.
#[must_use]
pub fn request_header(name: &str) -> Option<String> {
    request_header_bytes(name).and_then(|value| String::from_utf8(value).ok())
}

/// A header of the request as it came.
#[must_use]
pub fn request_header_bytes(name: &str) -> Option<Vec<u8>> {
    sys::call(|result| sys::request_header(name, result))
}

/// All field lines of the request; none once it has gone to the upstream.
#[must_use]
pub fn request_headers() -> Vec<Header> {
    sys::call(sys::request_headers)
}

/// A header of the response, its field lines joined by ", "; `None` also for one that is not UTF-8.
#[must_use]
pub fn response_header(name: &str) -> Option<String> {
    response_header_bytes(name).and_then(|value| String::from_utf8(value).ok())
}

/// A header of the response as it came.
#[must_use]
pub fn response_header_bytes(name: &str) -> Option<Vec<u8>> {
    sys::call(|result| sys::response_header(name, result))
}

/// All field lines of the response.
#[must_use]
pub fn response_headers() -> Vec<Header> {
    sys::call(sys::response_headers)
}

/// `request.id`, `route`, `upstream`, `http.version`, `scheme`, `client.ip`, `consumer`, `client.certificate.fingerprint`,
/// `client.certificate.subject`, `priority` in request hooks, or what
/// [`Request::set_attribute`](crate::Request::set_attribute) has set, here or in a plugin before.
#[must_use]
pub fn attribute(name: &str) -> Option<String> {
    sys::call(|result| sys::attribute(name, result))
}

/// The class that the request has by its route, the consumer's plan and the client's own wish, or by the plugin that has
/// admitted it; none outside of request hooks.
#[must_use]
pub fn priority() -> Option<PriorityClass> {
    attribute("priority").as_deref().and_then(PriorityClass::parse)
}

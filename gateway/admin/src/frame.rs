//! The outermost layer: what holds for every request and every response.
//!
//! It gives the request its id, refuses hosts that are not this machine, turns refusals and panics into bodies,
//! and sets the headers that keep browsers strict.

use std::panic::AssertUnwindSafe;

use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures_util::FutureExt;
use http::{
    HeaderMap, HeaderName, HeaderValue, Uri,
    header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS},
    uri::Authority,
};
use tracing::Instrument;
use uuid::Uuid;

use crate::refusal::{Refusal, Spelling};

/// The id of a request, in logs, in errors and in the response.
#[derive(Clone, Debug)]
pub(crate) struct RequestId(pub(crate) String);

/// Names under which a browser on this machine may reach us. Any other name that resolves to this machine is a
/// page that rebinds its own name to reach the API with the reader's cookie.
const OUR_HOSTS: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// Paths that tell nothing worth guarding and are asked by probes, under whatever name they know.
const OPEN_PATHS: [&str; 2] = ["/livez", "/readyz"];

/// Runs the rest of the router inside the frame.
pub(crate) async fn frame(mut request: Request, next: Next) -> Response {
    let id = Uuid::now_v7().to_string();
    let spelling = if request.uri().path() == "/graphql" { Spelling::GraphQl } else { Spelling::Problem };
    request.extensions_mut().insert(RequestId(id.clone()));

    let span = tracing::info_span!("admin", request = %id);
    let mut response = answer(request, next).instrument(span).await;
    if let Some(refusal) = response.extensions_mut().remove::<Refusal>() {
        response = refusal.write(spelling, &id, &response);
    }
    set_headers(response.headers_mut(), &id);
    response
}

/// The authority that the client asked for: from the request line over HTTP/2, else from the Host field.
pub(crate) fn authority(uri: &Uri, headers: &HeaderMap) -> Option<Authority> {
    match uri.authority() {
        Some(authority) => Some(authority.clone()),
        None => headers.get(HOST)?.to_str().ok()?.parse().ok(),
    }
}

async fn answer(request: Request, next: Next) -> Response {
    if !is_for_us(&request) {
        return Refusal::wrong_host().into_response();
    }
    // A panic is a defect, but one request's: its connection and the others go on.
    match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(_) => {
            tracing::error!("a handler panicked");
            Refusal::internal().into_response()
        }
    }
}

fn is_for_us(request: &Request) -> bool {
    let open = OPEN_PATHS.contains(&request.uri().path());
    open || authority(request.uri(), request.headers()).is_some_and(|authority| is_our_host(&authority))
}

fn is_our_host(authority: &Authority) -> bool {
    let named = OUR_HOSTS.iter().any(|host| authority.host().eq_ignore_ascii_case(host));
    named && !authority.as_str().contains('@')
}

fn set_headers(headers: &mut HeaderMap, id: &str) {
    let own = [
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
        // Not `no-referrer`: with it browsers send `Origin: null` with our own forms, which we then could not tell.
        (REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
        (CACHE_CONTROL, "no-store"),
    ];
    for (name, value) in own {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    let id = HeaderValue::from_str(id).expect("a UUID is a header value");
    headers.insert(HeaderName::from_static("x-request-id"), id);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_names_of_this_machine_are_ours() {
        for (host, ours) in [
            ("localhost", true),
            ("LOCALHOST:9000", true),
            ("127.0.0.1:1", true),
            ("[::1]:9000", true),
            ("[::1]", true),
            ("localhost.example.com", false),
            ("evil@localhost", false),
            ("127.0.0.2", false),
            ("0.0.0.0:9000", false),
            ("[::]", false),
        ] {
            assert_eq!(is_our_host(&host.parse().unwrap()), ours, "{host}");
        }
    }
}

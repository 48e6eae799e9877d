//! Answers to requests that go to no upstream: redirects, to HTTPS among them, and responses that are always the same.

use bytes::Bytes;
use gateway_model::{Action, CompiledRedirect, CompiledResponse};
use http::{HeaderValue, Response, StatusCode, header::LOCATION, uri::PathAndQuery};

use crate::{answer::Answer, error::GatewayError, exchange::Exchange, live::LiveRoute, normalize::host_name};

/// Where authorities look whether who wants a certificate has the host: in cleartext (RFC 8555, section 8.3).
const ACME_CHALLENGES: &str = "/.well-known/acme-challenge/";

/// Whether a request is sent to HTTPS before its route is looked for.
pub(super) fn goes_to_https(exchange: &Exchange) -> bool {
    exchange.client.worker.https_port.is_some()
        && exchange.origin.scheme != "https"
        && exchange.target.path().starts_with('/')
        && !exchange.target.path().starts_with(ACME_CHALLENGES)
}

/// Sends a request in cleartext to where it should have gone, with its method and body.
pub(super) fn to_https(exchange: &Exchange) -> Answer {
    let host = host_name(exchange.authority());
    let port = exchange.client.worker.https_port.filter(|port| *port != 443);
    let port = port.map(|port| format!(":{port}")).unwrap_or_default();
    let Ok(location) = HeaderValue::try_from(format!("https://{host}{port}{}", exchange.target)) else {
        return Answer::refusal(&GatewayError::NoRoute, &exchange.id);
    };
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = StatusCode::PERMANENT_REDIRECT;
    response.headers_mut().insert(LOCATION, location);
    Answer::of_route(response)
}

/// The route's own answer to a request for `target`; none where it goes to an upstream.
pub(super) fn answer(exchange: &Exchange, route: &LiveRoute, target: &PathAndQuery) -> Option<Answer> {
    let response = match route.action() {
        Action::Forward(_) => return None,
        Action::Redirect(redirect) => redirected(exchange, route, redirect, target),
        Action::Respond(response) => Some(responded(response, route.body.clone())),
    };
    Some(response.map_or_else(|| Answer::refusal(&GatewayError::NoRoute, &exchange.id), Answer::of_route))
}

/// None where there is nowhere to go: no path can be made of the request's, or it is where the client is already.
fn redirected(
    exchange: &Exchange,
    route: &LiveRoute,
    redirect: &CompiledRedirect,
    target: &PathAndQuery,
) -> Option<Response<Bytes>> {
    let path = match &redirect.path {
        Some(path) => path.of(&route.configured.pattern, target).ok()?,
        None => None,
    };
    let here = exchange.origin.scheme;
    let (scheme, path) = (redirect.scheme.unwrap_or(here), path.as_ref().unwrap_or(target));
    let is_there = |authority: &str| authority.eq_ignore_ascii_case(exchange.authority());
    if scheme == here && redirect.authority.as_deref().is_none_or(is_there) && path == target {
        return None;
    }
    let location = match (redirect.scheme, redirect.authority.as_deref()) {
        // Relative to where the client is.
        (None, None) => path.to_string(),
        (_, authority) => {
            let authority = authority.map_or_else(|| authority_for(exchange, scheme == here), str::to_owned);
            format!("{scheme}://{authority}{path}")
        }
    };
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = redirect.status;
    response.headers_mut().insert(LOCATION, HeaderValue::try_from(location).ok()?);
    Some(response)
}

/// The client's own authority; another scheme has another port, which only its default can be.
fn authority_for(exchange: &Exchange, is_same_scheme: bool) -> String {
    match is_same_scheme {
        true => exchange.authority().to_owned(),
        false => host_name(exchange.authority()).into_owned(),
    }
}

fn responded(response: &CompiledResponse, body: Bytes) -> Response<Bytes> {
    let mut answer = Response::new(body);
    *answer.status_mut() = response.status;
    answer.headers_mut().clone_from(&response.headers);
    answer
}

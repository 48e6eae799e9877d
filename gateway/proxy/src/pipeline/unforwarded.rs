//! Answers of routes whose requests go to no upstream: redirects, and responses that are always the same.

use bytes::Bytes;
use gateway_model::{Action, CompiledRedirect, CompiledResponse};
use http::{HeaderValue, Response, header::LOCATION, uri::PathAndQuery};

use crate::{answer::Answer, error::GatewayError, exchange::Exchange, live::LiveRoute, normalize::host_name};

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

//! Answers of routes whose requests go to no upstream: redirects, and responses that are always the same.

use bytes::Bytes;
use gateway_model::{Action, CompiledRedirect, CompiledResponse};
use http::{HeaderValue, Response, header::LOCATION, uri::PathAndQuery};

use crate::{answer::Answer, exchange::Exchange, live::LiveRoute, normalize::host_name};

/// The route's own answer to a request for `target`; none where it goes to an upstream.
pub(super) fn answer(exchange: &Exchange, route: &LiveRoute, target: &PathAndQuery) -> Option<Answer> {
    let response = match route.action() {
        Action::Forward(_) => return None,
        Action::Redirect(redirect) => redirected(exchange, route, redirect, target),
        Action::Respond(response) => responded(response),
    };
    Some(Answer::of_route(response))
}

fn redirected(
    exchange: &Exchange,
    route: &LiveRoute,
    redirect: &CompiledRedirect,
    target: &PathAndQuery,
) -> Response<Bytes> {
    let path = redirect.path.as_ref().and_then(|path| path.of(&route.configured.pattern, target));
    let path = path.as_ref().unwrap_or(target);
    let location = match (redirect.scheme, redirect.authority.as_deref()) {
        // Relative to where the client is.
        (None, None) => path.to_string(),
        (scheme, authority) => {
            let here = exchange.client.scheme();
            let scheme = scheme.unwrap_or(here);
            let authority = authority.map_or_else(|| authority_for(exchange, scheme == here), str::to_owned);
            format!("{scheme}://{authority}{path}")
        }
    };
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = redirect.status;
    if let Ok(location) = HeaderValue::try_from(location) {
        response.headers_mut().insert(LOCATION, location);
    }
    response
}

/// The client's own authority; another scheme has another port, which only its default can be.
fn authority_for(exchange: &Exchange, is_same_scheme: bool) -> String {
    match is_same_scheme {
        true => exchange.authority().to_owned(),
        false => host_name(exchange.authority()).into_owned(),
    }
}

fn responded(response: &CompiledResponse) -> Response<Bytes> {
    let mut answer = Response::new(Bytes::copy_from_slice(response.body.as_bytes()));
    *answer.status_mut() = response.status;
    answer.headers_mut().clone_from(&response.headers);
    answer
}

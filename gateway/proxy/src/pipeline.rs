//! A request's journey, a line for each step. `LIFECYCLE.md` has the picture.

use std::{convert::Infallible, rc::Rc};

use gateway_host::{About, LocalLoad, RequestCall};
use http::{HeaderValue, Request, Response, Version, header::CONNECTION, request::Parts};
use http_body::Body as _;
use hyper::body::Incoming;

use crate::{
    answer::{Answer, Content},
    body::{RequestBody, ResponseBody},
    chain::{Passage, Seen, WayIn},
    client::Client,
    error::GatewayError,
    exchange::{Exchange, RefusedBy},
    forward::{self, Removed, X_REQUEST_ID},
    live::{LiveRoute, Serving},
    normalize,
    request_id::RequestId,
    upstream,
};

/// Serves one request. Never fails: whatever goes wrong is answered, logged and counted.
pub(crate) async fn handle(
    client: Rc<Client>,
    request: Request<Incoming>,
) -> Result<Response<ResponseBody>, Infallible> {
    let (mut head, body) = request.into_parts();
    // First, so that every request has an id and one revision, and is logged however it ends.
    let mut exchange = Exchange::begin(&client, &head);
    let answer = match route(&mut exchange, &mut head, &body) {
        // Routed requests run their plugins, also for what the gateway itself refuses from here on.
        Ok(route) => through_chain(&mut exchange, route, head, body).await,
        Err(error) => refuse(&mut exchange, &error),
    };
    Ok(finish(exchange, answer))
}

/// Everything that comes before a plugin may see the request; finds its route.
fn route(exchange: &mut Exchange, head: &mut Parts, body: &Incoming) -> Result<usize, GatewayError> {
    // Before routing: the route must be found for the very request that is forwarded.
    exchange.goes_to(normalize::check(head, exchange.client.worker.limits().headers)?);
    // Before plugins: what is too large is refused without spending a plugin on it.
    check_length(exchange, body)?;
    let host = normalize::host_name(exchange.authority());
    let route = exchange.serving.find(&host, exchange.target.path()).ok_or(GatewayError::NoRoute)?;
    exchange.takes(route);
    Ok(route)
}

fn check_length(exchange: &Exchange, body: &Incoming) -> Result<(), GatewayError> {
    let limit = exchange.client.worker.body_limit();
    match body.size_hint().lower() > limit {
        true => Err(GatewayError::BodyTooLarge { limit }),
        false => Ok(()),
    }
}

/// The plugins on the way in, the upstream, and the plugins on the way out.
async fn through_chain(exchange: &mut Exchange, route: usize, head: Parts, body: Incoming) -> Answer {
    let serving = exchange.serving.clone();
    let route = serving.route(route);
    let mut head = head;
    // Before plugins: fields with names of the gateway's own are then the gateway's or a plugin's, never the client's.
    let removed = forward::clean_request(&mut head.headers);
    if route.chain.is_empty() {
        return send(exchange, route, head, removed, body).await;
    }
    let mut passage = Passage::default();
    let mut answer = match way_in(exchange, &serving, route, &mut head, &body, &mut passage) {
        WayIn::Passed => send(exchange, route, head, removed, body).await,
        WayIn::Answered(place, response) => {
            if response.status().as_u16() >= 400 {
                exchange.refused(RefusedBy::Plugin(place));
            }
            Answer::of_plugin(response)
        }
        WayIn::Refused(place, problem, headers) => {
            exchange.refused(RefusedBy::Plugin(place));
            Answer::refusal_of_plugin(&problem, headers, &exchange.id)
        }
        WayIn::Failed(error) => refuse(exchange, &error),
    };
    // Also for answers of plugins and for refusals: a plugin that saw the request sees what became of it.
    let seen = Seen {
        consumer: &exchange.consumer,
        about: about(&exchange.client, &exchange.id, &serving, route),
        id: &exchange.id,
    };
    if let Some(error) = route.chain.way_out(&mut answer, &mut passage, seen) {
        exchange.refused(RefusedBy::Gateway(error.reason()));
    }
    exchange.plugins_duration = Some(passage.spent);
    answer
}

fn way_in(
    exchange: &mut Exchange,
    serving: &Serving,
    route: &LiveRoute,
    head: &mut Parts,
    body: &Incoming,
    passage: &mut Passage,
) -> WayIn {
    let about = about(&exchange.client, &exchange.id, serving, route);
    let mut call = RequestCall {
        method: &mut exchange.method,
        target: &mut exchange.target,
        authority: exchange.authority.to_str().unwrap_or_default(),
        headers: &mut head.headers,
        content_length: body.size_hint().exact(),
        consumer: &mut exchange.consumer,
        attributes: &mut passage.attributes,
        way: &mut passage.way,
        about,
    };
    route.chain.way_in(&mut call, &mut passage.waiting, &mut passage.spent)
}

fn about<'a>(client: &Client, id: &'a RequestId, serving: &'a Serving, route: &'a LiveRoute) -> About<'a> {
    About {
        snapshot: serving.snapshot(),
        request_id: id.as_str(),
        client_ip: client.ip,
        route: &route.name,
        upstream: &route.upstream.configured.name,
        http_version: if client.http2 { "HTTP/2" } else { "HTTP/1.1" },
        scheme: client.scheme(),
        load: LocalLoad::default(),
    }
}

/// The upstream's answer, or the refusal in its place.
async fn send(exchange: &mut Exchange, route: &LiveRoute, head: Parts, removed: Removed, body: Incoming) -> Answer {
    let mut head = head;
    let body = RequestBody::new(body, exchange.client.worker.body_limit(), route.upstream.idle_timeout);
    exchange.upload = body.upload().cloned();
    // After plugins: none of them can forge who the client is.
    forward::prepare(&mut head, exchange, removed, body.upload().is_some());
    match upstream::send(exchange, &route.upstream, Request::from_parts(head, body)).await {
        Ok(mut response) => {
            forward::clean_response(response.headers_mut());
            Answer::of_upstream(response)
        }
        Err(error) => refuse(exchange, &error),
    }
}

/// Refuses in the gateway's own name.
fn refuse(exchange: &mut Exchange, error: &GatewayError) -> Answer {
    exchange.refused(RefusedBy::Gateway(error.reason()));
    Answer::refusal(error, &exchange.id)
}

/// Ties the answer to its exchange, which ends with the body.
fn finish(exchange: Box<Exchange>, answer: Answer) -> Response<ResponseBody> {
    let mut exchange = exchange;
    let (mut head, content) = answer.response.into_parts();
    // hyper speaks the version that the client does; the upstream's own is of no concern to it.
    head.version = Version::HTTP_11;
    head.headers.insert(X_REQUEST_ID, exchange.id.value().clone());
    if answer.closes_connection && !exchange.client.http2 {
        head.headers.insert(CONNECTION, HeaderValue::from_static("close"));
    }
    exchange.answered(head.status);
    let body = match content {
        Content::Ready(bytes) => ResponseBody::ready(bytes, exchange),
        Content::Upstream(streaming) => ResponseBody::streaming(streaming, exchange),
    };
    Response::from_parts(head, body)
}

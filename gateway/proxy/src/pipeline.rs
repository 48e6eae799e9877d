//! A request's journey, a line for each step. `LIFECYCLE.md` has the picture.

mod admit;
mod cached;
mod inbound;
mod outbound;
mod unforwarded;

use std::{convert::Infallible, rc::Rc, time::Duration};

use bytes::Bytes;
use gateway_host::Source;
use gateway_model::Head;
use http::{
    HeaderMap, HeaderValue, Method, Request, Response, StatusCode, Version,
    header::{CONNECTION, CONTENT_LENGTH},
    request::Parts,
};
use http_body::Body as _;
use hyper::{body::Incoming, upgrade::OnUpgrade};

pub(crate) use self::admit::Admitted;
use self::inbound::Inbound;
use crate::{
    admission,
    answer::Answer,
    body::{Content, ResponseBody},
    chain::Step,
    client::{Client, Order, Switch},
    error::GatewayError,
    exchange::Exchange,
    forward::{self, X_REQUEST_ID},
    kept::{self, Keeping},
    live::LiveRoute,
    normalize, tls,
    websocket::{self, Handshake, Tunnel},
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
        Ok(Some(route)) => through_chain(&mut exchange, route, head, body).await,
        Ok(None) => unforwarded::to_https(&exchange),
        Err(error) => Answer::refusal(&error, &exchange.id),
    };
    Ok(finish(exchange, answer))
}

/// Everything that comes before a plugin may see the request; finds its route. None where it is sent to HTTPS first.
fn route(exchange: &mut Exchange, head: &mut Parts, body: &Incoming) -> Result<Option<usize>, GatewayError> {
    // Before all else: there is no such request, it only stands for one.
    if let Some(fault) = exchange.client.fault() {
        return Err(fault.into());
    }
    // Before anything that is about who asks, and for which host.
    let forwarded_host = exchange.is_forwarded(head)?;
    check_loop(head, exchange.client.worker.limits().passes)?;
    // Before all that looks at the method: over HTTP/2 it is another one.
    exchange.asks_to_switch(websocket::is_asked(head, exchange.client.may_switch())?);
    // Before routing: the route must be found for the very request that is forwarded.
    let destination = normalize::check(head, exchange.client.worker.limits()).map_err(GatewayError::from)?;
    // The host by which the peer has asked: what a trusted proxy says of its client's is no name of this connection.
    let asked = forwarded_host.is_some().then(|| destination.authority.clone());
    exchange.goes_to(destination.asked_as(forwarded_host));
    // Before routing: what is on a route is for nobody who asks in cleartext.
    if unforwarded::goes_to_https(exchange) {
        return Ok(None);
    }
    // Before plugins: what is too large is refused without spending a plugin on it.
    check_length(exchange, body)?;
    let host = normalize::host_name(exchange.authority());
    // Before routing: what one host shows to who is known there is not shown by the name of another.
    match asked {
        Some(asked) => tls::check_host(&exchange.client, &normalize::host_name(asked.to_str().unwrap_or_default()))?,
        None => tls::check_host(&exchange.client, &host)?,
    }
    let wanted = Head {
        host: &host,
        path: exchange.target.path(),
        query: exchange.target.query(),
        method: &head.method,
        headers: &head.headers,
    };
    let route = exchange.serving.find(&wanted).ok_or(GatewayError::NoRoute)?;
    exchange.takes(route);
    // Before plugins, which may believe that whoever comes to them has it.
    exchange.client.check_certificate(exchange.serving.route(route))?;
    exchange.lowered_to = admission::wish(&head.headers);
    // Before plugins, too: what there is no room for must cost as little as possible.
    admit::check_overload(exchange, route)?;
    Ok(Some(route))
}

/// Refuses what has been here too often (RFC 8586).
fn check_loop(head: &Parts, most: usize) -> Result<(), GatewayError> {
    match forward::passes(&head.headers) > most {
        true => Err(GatewayError::Loop),
        false => Ok(()),
    }
}

fn check_length(exchange: &Exchange, body: &Incoming) -> Result<(), GatewayError> {
    let limit = exchange.client.worker.body_limit();
    match body.size_hint().lower() > limit {
        true => Err(GatewayError::BodyTooLarge { limit }),
        false => Ok(()),
    }
}

/// The plugins on the way in, the upstream, and the plugins on the way out.
async fn through_chain(exchange: &mut Exchange, place: usize, head: Parts, body: Incoming) -> Answer {
    let serving = exchange.serving.clone();
    let route = serving.route(place);
    let mut request = Inbound::new(exchange, route, head, body);
    if route.chain.is_empty() {
        return request.send(exchange, route).await;
    }
    exchange.passage = route.chain.passage();
    let mut answer = way_in(exchange, route, &mut request).await;
    if exchange.admitted.is_none() {
        exchange.admitted = request.class_of_plugin().map(Admitted::answered_before);
    }
    // Also for answers of plugins and for refusals: a plugin that saw the request sees what became of it.
    outbound::way_out(exchange, place, &mut answer).await;
    answer
}

/// Shows the request to the plugins, as far as they let it come, and sends it to the upstream if they all do.
async fn way_in(exchange: &mut Exchange, route: &LiveRoute, request: &mut Inbound) -> Answer {
    let mut step = request.step(exchange, route, 0);
    loop {
        step = match step {
            Step::Passed => return request.send(exchange, route).await,
            // Waiting is in boxes: most requests do none of it and need no room for it.
            Step::Waits(place) => Box::pin(request.wait(exchange, route, place)).await,
            Step::Buffers(place, max) => Box::pin(request.buffer(exchange, route, place, max)).await,
            Step::Kept(place, key, onward) => match kept::find(&exchange.client.worker.responses, &key) {
                Some(response) => return Answer::kept(place, response),
                // It is gone by now.
                None => request.goes_on(exchange, route, place, onward.body),
            },
            Step::Charges(place, body) => match charge(exchange, route, request, place).await {
                Ok(0) => request.goes_on(exchange, route, place, body),
                Ok(delay) => {
                    Box::pin(tokio::time::sleep(Duration::from_nanos(delay))).await;
                    request.goes_on(exchange, route, place, body)
                }
                Err(error) => return Answer::refusal(&error, &exchange.id),
            },
            Step::Answered(place, response) => return Answer::of_plugin(place, *response),
            Step::Refused(place, refusal) => return Answer::refusal_of_plugin(place, *refusal, &exchange.id),
            Step::Failed(error) => return Answer::refusal(&error, &exchange.id),
        }
    }
}

/// Charges what the plugin at `place` has named; answers the nanoseconds that the request has to wait.
async fn charge(
    exchange: &mut Exchange,
    route: &LiveRoute,
    request: &mut Inbound,
    place: usize,
) -> Result<u64, GatewayError> {
    match request.charge(exchange, route, place) {
        Some(charged) => charged,
        // In a box, as all that waits: most requests do not.
        None => Box::pin(request.charge_shared(exchange, route, place)).await,
    }
}

/// Lets the connection end with this response.
#[cold]
fn stop_keep_alive(client: &Client, headers: &mut HeaderMap) {
    match client.http2 {
        true => client.order(Order::Finish),
        false => drop(headers.insert(CONNECTION, HeaderValue::from_static("close"))),
    }
}

/// The two sides of the WebSocket that the answer makes of the exchange. An answer that only looks like one of that kind becomes
/// a refusal.
fn switch(exchange: &mut Exchange, answer: &mut Answer) -> Option<(Handshake, OnUpgrade)> {
    let (handshake, upstream) = (exchange.handshake.take(), exchange.trip.switched.take());
    let status = answer.response.status();
    let is_switch = answer.source == Source::Upstream && status == StatusCode::SWITCHING_PROTOCOLS;
    if let Some(sides) = handshake.as_ref().and(upstream).filter(|_| is_switch) {
        exchange.client.decide(Switch::Switched);
        return handshake.zip(Some(sides));
    }
    exchange.client.decide(Switch::Stay);
    // Over HTTP/2 any success would be taken for a switch.
    let is_taken_for_one = matches!(handshake, Some(Handshake::Http2(_))) && status.is_success();
    if status.is_informational() || is_taken_for_one {
        *answer = Answer::refusal(&GatewayError::NotSwitched, &exchange.id);
    }
    None
}

/// Ties the answer to its exchange, which ends with the body.
fn finish(exchange: Box<Exchange>, answer: Answer) -> Response<ResponseBody> {
    let (mut exchange, mut answer) = (exchange, answer);
    let switched = switch(&mut exchange, &mut answer);
    exchange.answered(&answer);
    let (mut head, content) = answer.response.into_parts();
    // hyper speaks the version that the client does; the upstream's own is of no concern to it.
    head.version = Version::HTTP_11;
    // After plugins, log and metrics: for all of them it is the problem that it was made of.
    let content = match answer.grpc.filter(|_| exchange.is_grpc) {
        Some(status) => {
            status.answer(&mut head);
            Content::from(Bytes::new())
        }
        None => content,
    };
    head.headers.insert(X_REQUEST_ID, exchange.id.value().clone());
    if answer.closes_connection && !exchange.client.http2 {
        head.headers.insert(CONNECTION, HeaderValue::from_static("close"));
    }
    let worker = &exchange.client.worker;
    if switched.is_none() && (worker.overload.stops_keep_alive() || worker.is_draining()) {
        stop_keep_alive(&exchange.client, &mut head.headers);
    }
    let keeping = Keeping::begin(&worker.responses, answer.store, &exchange.method, &head, content.length());
    // Not before: what is kept is answered with through here again.
    if let Some(route) = exchange.route() {
        route.configured.response_fields.apply(&mut head.headers);
    }
    // hyper sees to it over HTTP/1 alone (RFC 9110, section 9.3.2).
    let content = match content.ready_length().filter(|_| exchange.method == Method::HEAD) {
        Some(length) => {
            if !head.headers.contains_key(CONTENT_LENGTH) && head.status != StatusCode::NO_CONTENT {
                head.headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
            }
            Content::from(Bytes::new())
        }
        None => content,
    };
    if let Some(admitted) = &exchange.admitted {
        admitted.announce(&mut head.headers);
    }
    // Not before: how this client stands is nothing to keep.
    if let Some(standing) = &exchange.standing {
        standing.write(&mut head.headers);
    }
    let Some((handshake, upstream)) = switched else {
        return Response::from_parts(head, ResponseBody::new(content, keeping, exchange));
    };
    handshake.confirm(&mut head);
    handshake.begin(Tunnel::new(exchange, upstream));
    Response::from_parts(head, ResponseBody::none())
}

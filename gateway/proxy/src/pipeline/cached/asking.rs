//! Asking the upstream on behalf of the cache: for one, for many, or in the background.

use std::{rc::Rc, sync::Arc};

use gateway_algorithms::caching::{CacheStatus, Forward, Precondition, precondition, serves_on_error};
use gateway_model::PriorityClass;
use gateway_store::cache::{entry::Entry, record::CacheKey};
use gateway_telemetry::CacheResult;
use http::{HeaderMap, Method, Response};
use tokio::task;

use super::{Asked, from_store, of_upstream};
use crate::{
    answer::Answer,
    body::Content,
    cache::{Arrival, Asking, Lead, Role, Served, Shape, Stage, Streamed, announce, detail, forwarded, serve},
    error::GatewayError,
    exchange::Exchange,
    forward,
    live::LiveRoute,
    pipeline::{admit, inbound::Inbound},
    upstream::{self, Trip},
};

/// What is wanted of the upstream.
pub(super) struct Want {
    pub(super) key: CacheKey,
    /// What is stored, to be confirmed, or to be served if the upstream fails.
    pub(super) stale: Option<Arc<Entry>>,
    pub(super) why: Forward,
    /// Of the request, as plugins have left them.
    pub(super) headers: Rc<HeaderMap>,
}

/// Asks the upstream for a whole response, or whether what is stored holds; for others, too, where it leads them.
pub(super) async fn ask(
    request: &mut Inbound,
    exchange: &mut Exchange,
    route: &LiveRoute,
    (cache, inquiry): Asked,
    want: Want,
    (shape, lead): (Shape<'_>, Option<Lead>),
) -> Answer {
    let mut lead = lead;
    let asking = prepare(request, exchange, (cache.clone(), inquiry.clone()), &want);
    let class = admit::class(exchange, route, request.way()).unwrap_or_default();
    exchange.cached = Some(forwarded(want.why));
    let response = match request.ask(exchange, route).await {
        Ok(response) => response,
        Err(error) => {
            // What is about this request alone is no answer for others: one of them asks.
            if let Some(lead) = &mut lead {
                match &error {
                    GatewayError::NoCapacity(refusal) if refusal.is_about_all() => {
                        lead.tell(Stage::Refused(class, error.clone()));
                    }
                    GatewayError::NoCapacity(_) => {}
                    GatewayError::UpstreamTimeout if request.way().timeout.is_some() => {}
                    _ => lead.tell(Stage::Failed(error.clone())),
                }
            }
            return unanswered(request, exchange, route, (cache, inquiry), want, shape, error);
        }
    };
    let fwd_status = response.status();
    match asking.arrived(response, lead) {
        Arrival::Validated(entry) => from_store(cache.now(), exchange, shape, &entry, CacheResult::Revalidated),
        Arrival::Failed(entry) => from_store(cache.now(), exchange, shape, &entry, CacheResult::Stale),
        Arrival::Nonsense => Answer::refusal(&GatewayError::UpstreamBroken, &exchange.id),
        Arrival::Passes(response, reason) => {
            let status = CacheStatus { fwd: Some(want.why), detail: Some(reason), ..CacheStatus::default() };
            of_upstream(*response, &inquiry, &status)
        }
        Arrival::Streams(head, streamed, reader) => {
            let status = CacheStatus {
                fwd: Some(want.why),
                stored: true,
                ttl: Some(streamed.head.freshness.ttl(cache.now())),
                detail: detail(streamed.head.freshness.source),
                // What the client gets may be a 304.
                fwd_status: is_had(shape, &streamed).then_some(fwd_status),
                ..CacheStatus::default()
            };
            if is_had(shape, &streamed) {
                return Answer::of_cache(serve(Served::Coming(&streamed.head, reader), shape, cache.now(), &status));
            }
            let mut response = Response::from_parts(*head, Content::from(reader));
            announce(response.headers_mut(), &status);
            Answer::of_fill(response)
        }
    }
}

/// Whether the client has what comes in.
fn is_had(shape: Shape<'_>, streamed: &Streamed) -> bool {
    let head = &streamed.head;
    precondition(shape.headers, head.status, &head.headers) == Precondition::NotModified
}

/// Whether it is the upstream that gave no answer, rather than the client that could not be understood.
fn is_upstreams(error: &GatewayError) -> bool {
    use GatewayError::{NoCapacity, UpstreamBroken, UpstreamTimeout, UpstreamUnreachable, UpstreamUntrusted};
    matches!(error, NoCapacity(_) | UpstreamBroken | UpstreamTimeout | UpstreamUnreachable | UpstreamUntrusted)
}

/// Makes the request one for a whole response, or for a confirmation of what is stored.
fn prepare(request: &mut Inbound, exchange: &Exchange, (cache, inquiry): Asked, want: &Want) -> Asking {
    let (url, sent) = (inquiry.url(exchange), cache.now());
    let (method, headers) = (request.method().clone(), want.headers.clone());
    let stored = want.stale.clone();
    let validated = stored.as_ref().filter(|entry| entry.head.freshness.validators);
    let validates = validated.is_some();
    request.asks_whole(validated.map(|entry| &entry.head));
    Asking { cache, inquiry, key: want.key, url, method, headers, sent, stored, validates }
}

/// Sends a request as it is; what comes back is not stored.
pub(super) async fn alone(
    request: &mut Inbound,
    exchange: &mut Exchange,
    route: &LiveRoute,
    (cache, inquiry): Asked,
    want: Want,
    shape: Shape<'_>,
) -> Answer {
    exchange.cached = Some(forwarded(want.why));
    let (url, sent) = (inquiry.url(exchange), cache.now());
    let response = match request.ask(exchange, route).await {
        Ok(response) => response,
        Err(error) => return unanswered(request, exchange, route, (cache, inquiry), want, shape, error),
    };
    let why = want.why;
    if *shape.method == Method::HEAD {
        let (method, headers, stored) = (Method::HEAD, want.headers, want.stale);
        let (cache, inquiry) = (cache.clone(), inquiry.clone());
        let asking = Asking { cache, inquiry, key: want.key, url, method, headers, sent, stored, validates: false };
        asking.confirms(&response);
    }
    of_upstream(response, &inquiry, &CacheStatus { fwd: Some(why), ..CacheStatus::default() })
}

/// The answer where the upstream gives none: what is stored, if it may be served for that, or the refusal.
fn unanswered(
    request: &Inbound,
    exchange: &mut Exchange,
    route: &LiveRoute,
    (cache, inquiry): Asked,
    want: Want,
    shape: Shape<'_>,
    error: GatewayError,
) -> Answer {
    let is_upstreams = is_upstreams(&error);
    match want.stale {
        Some(entry) if is_upstreams && serves_on_error(&entry.head.freshness, &inquiry.directives, cache.now()) => {
            from_store(cache.now(), exchange, shape, &entry, CacheResult::Stale)
        }
        Some(entry) if is_upstreams && entry.head.freshness.must_revalidate => {
            request.refusal(exchange, route, &GatewayError::NotValidated)
        }
        _ => request.refusal(exchange, route, &error),
    }
}

/// Asks in the background whether what is stored still holds, if nobody does already and the upstream has room.
pub(super) fn refresh(
    request: &mut Inbound,
    exchange: &Exchange,
    route: &LiveRoute,
    (cache, inquiry): Asked,
    (key, entry): (CacheKey, Arc<Entry>),
) {
    let Role::Leads(mut lead) = cache.join(key, PriorityClass::Low) else { return };
    let serving = exchange.serving.clone();
    let Ok((upstream, timeout)) = request.destination(&serving, route, exchange.drawn) else { return };
    let Some(slot) = upstream.gate.try_enter() else { return };
    request.asks_for_content();
    let headers = Rc::new(request.headers().clone());
    let want = Want { key, stale: Some(entry), why: Forward::Stale, headers };
    let asking = prepare(request, exchange, (cache, inquiry), &want);
    let outgoing = request.leave(exchange, route);
    let mut trip = Trip::of_client(exchange.client.worker.clone(), exchange.origin.ip);
    let upstream = upstream.clone();
    task::spawn_local(async move {
        match upstream::send(&mut trip, &upstream, timeout, outgoing, slot).await {
            Ok(mut response) => {
                forward::clean_response(response.headers_mut());
                drop(asking.arrived(response, Some(lead)));
            }
            Err(error) => lead.tell(Stage::Failed(error)),
        }
    });
}

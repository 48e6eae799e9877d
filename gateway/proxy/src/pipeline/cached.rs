//! A request's way through the cache in front of its upstream.

use std::sync::Arc;

use gateway_algorithms::caching::{
    CacheStatus, Covered, Forward, Precondition, Reuse, Target as Changed, Time, invalidated, invalidates,
    is_for_origin, precondition, reuse, serves_on_error,
};
use gateway_host::Caching;
use gateway_model::PriorityClass;
use gateway_store::cache::{
    entry::{Entry, EntryHead},
    record::CacheKey,
};
use gateway_telemetry::CacheResult;
use http::{
    HeaderMap, HeaderName, Method, Response, StatusCode,
    header::{IF_MODIFIED_SINCE, IF_NONE_MATCH, RANGE},
};
use tokio::task;

use super::{admit, inbound::Inbound};
use crate::{
    answer::Answer,
    body::{Content, Streaming},
    cache::{
        Arrival, Asking, Deep, HttpCache, Inquiry, Lead, Role, Served, Shape, Stage, Stored, Streamed, announce,
        authority, detail, forwarded, is_cacheable, read, serve, url,
    },
    error::GatewayError,
    exchange::Exchange,
    forward,
    live::LiveRoute,
    upstream::{self, Trip},
};

/// How often a request looks again at what others have got, before it asks for itself.
const LOOKS: usize = 4;

/// Fields by which some upstreams take a request for another one.
const OVERRIDES: [HeaderName; 5] = [
    HeaderName::from_static("x-http-method-override"),
    HeaderName::from_static("x-http-method"),
    HeaderName::from_static("x-method-override"),
    HeaderName::from_static("x-original-url"),
    HeaderName::from_static("x-rewrite-url"),
];

/// The answer from the cache, or through it from the upstream.
pub(super) async fn answer(
    request: &mut Inbound,
    exchange: &mut Exchange,
    route: &LiveRoute,
    caching: Caching,
) -> Answer {
    let bypass = caching.bypass
        || is_for_origin(request.headers())
        || OVERRIDES.iter().any(|name| request.headers().contains_key(name));
    let why = match () {
        () if !is_cacheable(request.method()) => Some(Forward::Method),
        () if bypass || request.has_body() => Some(Forward::Bypass),
        () => None,
    };
    let inquiry = Inquiry::new(exchange, request.asks_for(), caching);
    if let Some(why) = why {
        return Box::pin(past(request, exchange, route, &inquiry, why)).await;
    }
    let cache = exchange.client.worker.cache.clone();
    // Of one moment, since the clock is a good part of what a hit costs.
    let now = cache.now();
    let stored = look(&cache, exchange, request, &inquiry, now);
    if let Stored::Response { entry, reuse: Reuse::Fresh, .. } = &stored {
        let shape = Shape { method: request.method(), headers: request.headers() };
        return from_store(now, exchange, shape, entry, CacheResult::Hit);
    }
    let asked = (cache, Arc::new(inquiry));
    match at_once(request, exchange, route, &asked, stored) {
        Ok(answer) => answer,
        Err(stored) => Box::pin(through(request, exchange, route, asked, stored)).await,
    }
}

/// The answer with what is stored, where the upstream need not be asked first.
fn at_once(
    request: &mut Inbound,
    exchange: &mut Exchange,
    route: &LiveRoute,
    (cache, inquiry): &Asked,
    stored: Stored,
) -> Result<Answer, Stored> {
    let Stored::Response { key, entry, reuse: reuse @ (Reuse::Fresh | Reuse::Stale | Reuse::StaleWhileRevalidate) } =
        stored
    else {
        return Err(stored);
    };
    let result = if reuse == Reuse::Fresh { CacheResult::Hit } else { CacheResult::Stale };
    let shape = Shape { method: request.method(), headers: request.headers() };
    let answer = from_store(cache.now(), exchange, shape, &entry, result);
    if reuse == Reuse::StaleWhileRevalidate {
        refresh(request, exchange, route, (cache.clone(), inquiry.clone()), (key, entry));
    }
    Ok(answer)
}

fn look(cache: &HttpCache, exchange: &Exchange, request: &Inbound, inquiry: &Inquiry, now: Time) -> Stored {
    cache.look(inquiry, request.headers(), &exchange.serving.snapshot().purges, now)
}

// === from what is stored ===

/// The answer with what is stored.
fn from_store(now: Time, exchange: &mut Exchange, shape: Shape<'_>, entry: &Entry, result: CacheResult) -> Answer {
    exchange.cached = Some(result);
    let ttl = Some(entry.head.freshness.ttl(now));
    let detail = detail(entry.head.freshness.source);
    let status = match result {
        CacheResult::Revalidated => CacheStatus {
            fwd: Some(Forward::Stale),
            fwd_status: Some(StatusCode::NOT_MODIFIED),
            stored: true,
            ttl,
            detail,
            ..CacheStatus::default()
        },
        CacheResult::Collapsed => {
            CacheStatus { fwd: Some(Forward::UriMiss), collapsed: true, ttl, detail, ..CacheStatus::default() }
        }
        _ => CacheStatus { hit: true, ttl, detail, ..CacheStatus::default() },
    };
    Answer::of_cache(serve(Served::Stored(entry), shape, now, &status))
}

/// The answer with a stored response that is too large for memory.
fn from_below(cache: &HttpCache, exchange: &mut Exchange, request: &Inbound, deep: Deep) -> Answer {
    let Deep { large, is_stale } = deep;
    exchange.cached = Some(if is_stale { CacheResult::Stale } else { CacheResult::Hit });
    let (now, head) = (cache.now(), large.head.clone());
    let (ttl, detail) = (Some(head.freshness.ttl(now)), detail(head.freshness.source));
    let status = CacheStatus { hit: true, ttl, detail, ..CacheStatus::default() };
    let shape = Shape { method: request.method(), headers: request.headers() };
    Answer::of_cache(serve(Served::Coming(&head, read(*large)), shape, now, &status))
}

// === past the cache ===

/// Sends a request to the upstream that the cache cannot answer. What it changes is no longer stored then.
async fn past(
    request: &mut Inbound,
    exchange: &mut Exchange,
    route: &LiveRoute,
    inquiry: &Inquiry,
    why: Forward,
) -> Answer {
    let method = request.method().clone();
    exchange.cached = Some(forwarded(why));
    let response = match request.ask(exchange, route).await {
        Ok(response) => response,
        Err(error) => return request.refusal(exchange, route, &error),
    };
    if invalidates(&method, response.status()) {
        invalidate(exchange, inquiry, response.headers());
    }
    let status = CacheStatus { fwd: Some(why), ..CacheStatus::default() };
    of_upstream(response, inquiry, &status)
}

fn invalidate(exchange: &Exchange, inquiry: &Inquiry, headers: &HeaderMap) {
    let cache = &exchange.client.worker.cache;
    let (scheme, authority) = (exchange.client.scheme(), authority(exchange));
    let target = Changed { scheme, authority: &authority, path_and_query: &exchange.target };
    let now = cache.now();
    cache.store().invalidate(&inquiry.url(exchange), now);
    for changed in invalidated(target, headers) {
        cache.store().invalidate(&url(exchange, changed.path(), changed.query()), now);
    }
}

/// The upstream's response, with what the cache says of it.
fn of_upstream(response: Response<Streaming>, inquiry: &Inquiry, status: &CacheStatus<'_>) -> Answer {
    let mut response = response;
    if let Some(name) = &inquiry.caching.tag_header {
        response.headers_mut().remove(name);
    }
    announce(response.headers_mut(), status);
    Answer::of_upstream(response)
}

// === through the cache ===

/// The cache that is asked, and what it is asked.
type Asked = (Arc<HttpCache>, Arc<Inquiry>);

/// Asks the upstream, or follows somebody who does.
async fn through(
    request: &mut Inbound,
    exchange: &mut Exchange,
    route: &LiveRoute,
    (cache, inquiry): Asked,
    stored: Stored,
) -> Answer {
    let mut stored = stored;
    if matches!(stored, Stored::Nothing { .. }) && cache.store().is_deep() {
        let url = inquiry.url(exchange);
        let serving = exchange.serving.clone();
        let purges = (&serving.snapshot().purges, &*url);
        stored = match cache.dive(&inquiry, request.headers(), purges, stored).await {
            Ok(found) => match at_once(request, exchange, route, &(cache.clone(), inquiry.clone()), found) {
                Ok(answer) => return answer,
                Err(stored) => stored,
            },
            Err(deep) if !request.headers().contains_key(RANGE) => return from_below(&cache, exchange, request, deep),
            Err(_) => look(&cache, exchange, request, &inquiry, cache.now()),
        };
    }
    // What the client wants of a response, which is asked for whole.
    let own = request.headers().clone();
    let shape = Shape { method: &request.method().clone(), headers: &own };
    for _ in 0..LOOKS {
        let is_there = matches!(&stored, Stored::Response { reuse, .. } if !matches!(reuse, Reuse::Validate { .. }));
        if inquiry.directives.only_if_cached && !is_there {
            exchange.cached = Some(CacheResult::OnlyIfCached);
            return Answer::refusal(&GatewayError::OnlyIfCached, &exchange.id);
        }
        let (key, stale, why) = match &stored {
            Stored::Response { key, entry, reuse: Reuse::Validate { why, .. } } => (*key, Some(entry.clone()), *why),
            Stored::Response { entry, .. } => {
                return from_store(cache.now(), exchange, shape, entry, CacheResult::Collapsed);
            }
            Stored::Nothing { key, why } => (*key, None, *why),
            Stored::Passes { key } => {
                let want = Want { key: *key, stale: None, why: Forward::Miss };
                return alone(request, exchange, route, (cache, inquiry), want, shape).await;
            }
        };
        let want = Want { key, stale, why };
        // A part of something that is not stored whole, or the head alone, is nothing to store.
        if own.contains_key(RANGE) || *shape.method == Method::HEAD {
            return alone(request, exchange, route, (cache, inquiry), want, shape).await;
        }
        let has_condition = own.contains_key(IF_NONE_MATCH) || own.contains_key(IF_MODIFIED_SINCE);
        if inquiry.shared_identity && want.stale.is_none() && has_condition {
            return alone(request, exchange, route, (cache, inquiry), want, shape).await;
        }
        // What is likely for nobody else is not waited for: each would ask for their own after that.
        let is_own = inquiry.caching.rules.lifetime.is_some() && inquiry.is_of_somebody(&own);
        if inquiry.shared_identity || inquiry.directives.no_store || is_own {
            return ask(request, exchange, route, (cache, inquiry), want, (shape, None)).await;
        }
        let class = admit::class(exchange, route, request.way()).unwrap_or_default();
        match cache.join(key, class) {
            Role::Leads(lead) => {
                // Somebody may have got it in between.
                stored = look(&cache, exchange, request, &inquiry, cache.now());
                if needs_asking(&stored, key) {
                    return ask(request, exchange, route, (cache, inquiry), want, (shape, Some(lead))).await;
                }
            }
            Role::Alone => return ask(request, exchange, route, (cache, inquiry), want, (shape, None)).await,
            Role::Follows(follow) => {
                let late = follow.late;
                let Some(stage) = follow.outcome().await else { break };
                match followed(&cache, exchange, &inquiry, &want, shape, (stage, late), class) {
                    Followed::Answered(answer) => return *answer,
                    Followed::Refused(error) => return request.refusal(exchange, route, &error),
                    Followed::Alone => break,
                    Followed::Again => stored = look(&cache, exchange, request, &inquiry, cache.now()),
                }
            }
        }
    }
    let want = match stored {
        Stored::Response { key, entry, .. } => Want { key, stale: Some(entry), why: Forward::Stale },
        Stored::Nothing { key, why } => Want { key, stale: None, why },
        Stored::Passes { key } => Want { key, stale: None, why: Forward::Miss },
    };
    ask(request, exchange, route, (cache, inquiry), want, (shape, None)).await
}

/// What is wanted of the upstream.
struct Want {
    key: CacheKey,
    /// What is stored, to be confirmed, or to be served if the upstream fails.
    stale: Option<Arc<Entry>>,
    why: Forward,
}

/// Whether the upstream has still to be asked for what is under `key`.
fn needs_asking(stored: &Stored, key: CacheKey) -> bool {
    match stored {
        Stored::Response { key: found, reuse, .. } => *found == key && matches!(reuse, Reuse::Validate { .. }),
        Stored::Nothing { key: found, .. } => *found == key,
        Stored::Passes { .. } => false,
    }
}

/// What became of following.
enum Followed {
    Answered(Box<Answer>),
    Refused(GatewayError),
    Again,
    Alone,
}

fn followed(
    cache: &HttpCache,
    exchange: &mut Exchange,
    inquiry: &Inquiry,
    want: &Want,
    shape: Shape<'_>,
    (stage, late): (Stage, bool),
    class: PriorityClass,
) -> Followed {
    let stale = |cache: &HttpCache| {
        let entry = want.stale.as_ref();
        entry.filter(|entry| serves_on_error(&entry.head.freshness, &inquiry.directives, cache.now()))
    };
    match stage {
        Stage::Streams(streamed) => joins(cache, exchange, inquiry, shape, (&streamed, late)),
        // It was purged or changed after the other one was sent.
        Stage::Validated(entry) if is_over(cache, exchange, &entry.head) => Followed::Alone,
        Stage::Validated(entry) => {
            Followed::Answered(Box::new(from_store(cache.now(), exchange, shape, &entry, CacheResult::Collapsed)))
        }
        Stage::Refused(refused, _) if class < refused => Followed::Again,
        Stage::Failed(error) | Stage::Refused(_, error) => match stale(cache) {
            Some(entry) => {
                Followed::Answered(Box::new(from_store(cache.now(), exchange, shape, entry, CacheResult::Stale)))
            }
            None => Followed::Refused(error),
        },
        Stage::ServerError => match stale(cache) {
            Some(entry) => {
                Followed::Answered(Box::new(from_store(cache.now(), exchange, shape, entry, CacheResult::Stale)))
            }
            None => Followed::Alone,
        },
        Stage::Passes => Followed::Alone,
        Stage::Left | Stage::Asked => Followed::Again,
    }
}

/// Takes part in a response that comes in for another request, if it is for this one, too.
fn joins(
    cache: &HttpCache,
    exchange: &mut Exchange,
    inquiry: &Inquiry,
    shape: Shape<'_>,
    (streamed, late): (&Streamed, bool),
) -> Followed {
    if inquiry.shared_identity && !streamed.head.for_anyone || is_over(cache, exchange, &streamed.head) {
        return Followed::Alone;
    }
    if !cache.selects(inquiry, shape.headers, streamed.key) {
        return Followed::Again;
    }
    // Whoever comes when it has begun is served it as if it were stored.
    let reuse = reuse(&inquiry.caching.rules, &streamed.head.freshness, &inquiry.directives, cache.now());
    if late && matches!(reuse, Reuse::Validate { .. }) {
        return Followed::Alone;
    }
    let Some(reader) = streamed.body.reader(streamed.length) else { return Followed::Alone };
    exchange.cached = Some(CacheResult::Collapsed);
    let now = cache.now();
    let status = CacheStatus {
        fwd: Some(Forward::UriMiss),
        collapsed: true,
        ttl: Some(streamed.head.freshness.ttl(now)),
        detail: detail(streamed.head.freshness.source),
        ..CacheStatus::default()
    };
    let response = serve(Served::Coming(&streamed.head, reader), shape, now, &status);
    Followed::Answered(Box::new(Answer::of_cache(response)))
}

/// Whether a response was purged or invalidated after it was asked for.
fn is_over(cache: &HttpCache, exchange: &Exchange, head: &EntryHead) -> bool {
    let purges = &exchange.serving.snapshot().purges;
    purges.covers(head.revision, &head.url, &head.tags) != Covered::No || cache.store().is_outdated(head)
}

/// Asks the upstream for a whole response, or whether what is stored holds; for others, too, where it leads them.
async fn ask(
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
    use GatewayError::{NoCapacity, UpstreamBroken, UpstreamTimeout, UpstreamUnreachable};
    matches!(error, NoCapacity(_) | UpstreamBroken | UpstreamTimeout | UpstreamUnreachable)
}

/// Makes the request one for a whole response, or for a confirmation of what is stored.
fn prepare(request: &mut Inbound, exchange: &Exchange, (cache, inquiry): Asked, want: &Want) -> Asking {
    let (url, sent) = (inquiry.url(exchange), cache.now());
    let (method, headers) = (request.method().clone(), request.headers().clone());
    let stored = want.stale.clone();
    let validated = stored.as_ref().filter(|entry| entry.head.freshness.validators);
    let validates = validated.is_some();
    request.asks_whole(validated.map(|entry| &entry.head));
    Asking { cache, inquiry, key: want.key, url, method, headers, sent, stored, validates }
}

/// Sends a request as it is; what comes back is not stored.
async fn alone(
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
        let (method, headers, stored) = (Method::HEAD, shape.headers.clone(), want.stale);
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
fn refresh(
    request: &mut Inbound,
    exchange: &Exchange,
    route: &LiveRoute,
    (cache, inquiry): Asked,
    (key, entry): (CacheKey, Arc<Entry>),
) {
    let Role::Leads(mut lead) = cache.join(key, PriorityClass::Low) else { return };
    let serving = exchange.serving.clone();
    let Ok((upstream, timeout)) = request.destination(&serving, route) else { return };
    let Some(slot) = upstream.gate.try_enter() else { return };
    request.asks_for_content();
    let asking = prepare(request, exchange, (cache, inquiry), &Want { key, stale: Some(entry), why: Forward::Stale });
    let outgoing = request.leave(exchange, route);
    let mut trip = Trip::new(exchange.client.worker.clone());
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

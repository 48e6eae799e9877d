//! A request's way through the cache in front of its upstream.

mod asking;
mod following;

use std::{rc::Rc, sync::Arc};

use gateway_algorithms::caching::{
    CacheStatus, Forward, Reuse, Target as Changed, Time, invalidated, invalidates, is_for_origin,
};
use gateway_host::Caching;
use gateway_store::cache::{entry::Entry, record::CacheKey};
use gateway_telemetry::CacheResult;
use http::{
    HeaderMap, HeaderName, Method, Response, StatusCode,
    header::{IF_MODIFIED_SINCE, IF_NONE_MATCH, RANGE},
};

use self::{
    asking::{Want, alone, ask, refresh},
    following::{Followed, followed},
};
use super::{admit, inbound::Inbound};
use crate::{
    answer::Answer,
    body::Streaming,
    cache::{
        Deep, HttpCache, Inquiry, Role, Served, Shape, Stored, announce, authority, detail, forwarded, is_cacheable,
        read, serve, url,
    },
    error::GatewayError,
    exchange::Exchange,
    live::LiveRoute,
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
    let inquiry = Inquiry::new(exchange, request.asks_for(exchange, route), caching);
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
    let (scheme, authority) = (exchange.origin.scheme, authority(exchange));
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
    let own = Rc::new(request.headers().clone());
    let wants = |key, stale, why| Want { key, stale, why, headers: own.clone() };
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
                let want = wants(*key, None, Forward::Miss);
                return alone(request, exchange, route, (cache, inquiry), want, shape).await;
            }
        };
        let want = wants(key, stale, why);
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
        Stored::Response { key, entry, .. } => wants(key, Some(entry), Forward::Stale),
        Stored::Nothing { key, why } => wants(key, None, why),
        Stored::Passes { key } => wants(key, None, Forward::Miss),
    };
    ask(request, exchange, route, (cache, inquiry), want, (shape, None)).await
}

/// Whether the upstream has still to be asked for what is under `key`.
fn needs_asking(stored: &Stored, key: CacheKey) -> bool {
    match stored {
        Stored::Response { key: found, reuse, .. } => *found == key && matches!(reuse, Reuse::Validate { .. }),
        Stored::Nothing { key: found, .. } => *found == key,
        Stored::Passes { .. } => false,
    }
}

//! What a request makes of the answer to another one that it follows.

use gateway_algorithms::caching::{CacheStatus, Covered, Forward, Reuse, reuse, serves_on_error};
use gateway_model::PriorityClass;
use gateway_store::cache::entry::EntryHead;
use gateway_telemetry::CacheResult;

use super::{asking::Want, from_store};
use crate::{
    answer::Answer,
    cache::{HttpCache, Inquiry, Served, Shape, Stage, Streamed, detail, serve},
    error::GatewayError,
    exchange::Exchange,
};

/// What became of following.
pub(super) enum Followed {
    Answered(Box<Answer>),
    Refused(GatewayError),
    Again,
    Alone,
}

pub(super) fn followed(
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

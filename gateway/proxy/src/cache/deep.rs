//! What is found below memory, and bodies that are too large to come up whole.

use std::{future::poll_fn, sync::Arc};

use gateway_algorithms::caching::{Covered, Forward, Purges, Reuse, reuse};
use gateway_store::cache::{
    entry::Found,
    lower::{Fetched, Large},
};
use http::HeaderMap;
use tokio::task;

use super::{
    HttpCache, Inquiry, Stored,
    growing::{Growing, Reader},
    inquiry::variant,
    intake::Ends,
};
use crate::body::ResponseFault;

/// A large response that may be served.
pub(crate) struct Deep {
    pub(crate) large: Box<Large>,
    pub(crate) is_stale: bool,
}

impl HttpCache {
    /// Looks below memory for what is not in it. What is found comes into memory, but for what is too large.
    pub(crate) async fn dive(
        &self,
        inquiry: &Inquiry,
        headers: &HeaderMap,
        (purges, url): (&Purges, &str),
        stored: Stored,
    ) -> Result<Stored, Deep> {
        let Stored::Nothing { key, why } = stored else { return Ok(stored) };
        let (mut key, mut why) = (key, why);
        // Once for what it varies on, and once for the response.
        for _ in 0..2 {
            match self.store.fetch(key, url, self.object, self.now()).await {
                Some(Fetched::Whole(Found::Response(entry))) => {
                    return Ok(self.judge(inquiry, headers, purges, (key, entry, why), self.now()));
                }
                Some(Fetched::Whole(Found::Varies(names))) if key == inquiry.key => {
                    (key, why) = (variant(&key, &names, headers), Forward::VaryMiss);
                }
                Some(Fetched::Large(large)) => match self.judge_large(inquiry, purges, &large) {
                    Some(is_stale) => return Err(Deep { large, is_stale }),
                    None => break,
                },
                Some(Fetched::Whole(_)) | None => break,
            }
        }
        Ok(Stored::Nothing { key, why })
    }

    /// Whether a large response may be served, and if so, whether it is stale. It is never asked for again in the background.
    fn judge_large(&self, inquiry: &Inquiry, purges: &Purges, large: &Large) -> Option<bool> {
        let head = &large.head;
        if purges.covers(head.revision, &head.url, &head.tags) != Covered::No {
            return None;
        }
        match reuse(&inquiry.caching.rules, &head.freshness, &inquiry.directives, self.now()) {
            Reuse::Fresh => Some(false),
            Reuse::Stale | Reuse::StaleWhileRevalidate => Some(true),
            Reuse::Validate { .. } => None,
        }
    }
}

/// Reads the body of a large response, as its client takes it.
pub(crate) fn read(large: Large) -> Reader {
    let body = Growing::new();
    let reader = body.reader(Some(large.length)).expect("nothing of it is gone");
    body.pass();
    task::spawn_local(bring_up(large, body));
    reader
}

async fn bring_up(large: Large, body: Arc<Growing>) {
    let mut pieces = large.pieces;
    let _ends = Ends(&body);
    while poll_fn(|context| body.poll_room(context, false)).await.is_ok() {
        match pieces.next().await {
            Ok(Some(piece)) => body.push(piece),
            Ok(None) => return body.end(None),
            Err(error) => {
                tracing::warn!(url = &*large.head.url, %error, "a cached response breaks off");
                return body.fail(ResponseFault::Broken);
            }
        }
    }
}

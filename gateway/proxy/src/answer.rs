//! A response before it is tied to its request's exchange.

use bytes::Bytes;
use gateway_host::{Refusal, Source, StoreResponse};
use http::{Response, StatusCode};

use crate::{
    body::{Content, Streaming},
    error::{self, GatewayError},
    grpc,
    request_id::RequestId,
};

/// A response, and who made it.
pub(crate) struct Answer {
    pub(crate) response: Response<Content>,
    pub(crate) source: Source,
    /// Whether an HTTP/1.1 connection ends with this response.
    pub(crate) closes_connection: bool,
    /// Who refused the request with it.
    pub(crate) refused_by: Option<RefusedBy>,
    /// What a plugin had to do with it.
    pub(crate) verdict: Option<Verdict>,
    /// What a client that speaks gRPC gets in its place.
    pub(crate) grpc: Option<grpc::Status>,
    /// What plugins want to be kept of it.
    pub(crate) store: Vec<StoreResponse>,
}

/// Who refused a request.
#[derive(Clone, Copy, Debug)]
pub(crate) enum RefusedBy {
    /// The gateway itself, for the reason.
    Gateway(&'static str),
    /// The plugin at this place of the route's chain.
    Plugin(usize),
}

/// What a plugin made of a request, in a word of the access log.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Verdict {
    /// The plugin's place in the route's chain.
    pub(crate) place: usize,
    pub(crate) word: &'static str,
}

impl Answer {
    pub(crate) fn of_upstream(response: Response<Streaming>) -> Self {
        Self::new(response.map(Content::from), Source::Upstream)
    }

    /// The answer of a route whose requests go to no upstream.
    pub(crate) fn of_route(response: Response<Bytes>) -> Self {
        Self::new(response.map(Content::from), Source::Gateway)
    }

    /// The answer of the plugin at `place`.
    pub(crate) fn of_plugin(place: usize, response: Response<Bytes>) -> Self {
        let refused_by = (response.status().as_u16() >= 400).then_some(RefusedBy::Plugin(place));
        let verdict = Some(Verdict { place, word: "responded" });
        Self { refused_by, verdict, ..Self::new(response.map(Content::from), Source::Plugin) }
    }

    /// A kept response, with which the plugin at `place` answers.
    pub(crate) fn kept(place: usize, response: Response<Bytes>) -> Self {
        let verdict = Some(Verdict { place, word: "cached" });
        Self { verdict, ..Self::new(response.map(Content::from), Source::Cache) }
    }

    /// The upstream's response, as it comes in for others as well.
    pub(crate) fn of_fill(response: Response<Content>) -> Self {
        Self::new(response, Source::Upstream)
    }

    /// The answer of the cache in front of the upstream.
    pub(crate) fn of_cache(response: Response<Content>) -> Self {
        Self::new(response, Source::Cache)
    }

    /// A refusal in the words of the plugin at `place`.
    pub(crate) fn refusal_of_plugin(place: usize, refusal: Refusal, id: &RequestId) -> Self {
        let response = error::response(&refusal.problem, refusal.headers, id);
        let verdict = Some(Verdict { place, word: "refused" });
        let (refused_by, grpc) = (Some(RefusedBy::Plugin(place)), Some(grpc::Status::of(&refusal.problem)));
        Self { refused_by, verdict, grpc, ..Self::new(response.map(Content::from), Source::Plugin) }
    }

    /// The gateway's own refusal.
    pub(crate) fn refusal(error: &GatewayError, id: &RequestId) -> Self {
        let problem = error.problem();
        let response = error::response(&problem, error.headers(), id);
        Self {
            closes_connection: error.closes_connection(),
            refused_by: Some(error.refused_by()),
            verdict: error.verdict(),
            grpc: Some(error.grpc(&problem)),
            ..Self::new(response.map(Content::from), Source::Gateway)
        }
    }

    fn new(response: Response<Content>, source: Source) -> Self {
        let (refused_by, verdict, grpc) = (None, None, None);
        Self { response, source, closes_connection: false, refused_by, verdict, grpc, store: Vec::new() }
    }

    /// Bytes of the body, where that is known.
    pub(crate) fn length(&self) -> Option<u64> {
        self.response.body().length()
    }

    /// Whether its status allows a body.
    pub(crate) fn may_have_body(&self) -> bool {
        let status = self.response.status();
        !status.is_informational() && !matches!(status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED)
    }
}

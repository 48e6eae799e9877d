//! A response before it is tied to its request's exchange.

use bytes::Bytes;
use gateway_host::Source;
use gateway_model::Problem;
use http::{HeaderMap, Response};

use crate::{
    body::Streaming,
    error::{self, GatewayError},
    request_id::RequestId,
};

/// A response, and who made it.
pub(crate) struct Answer {
    pub(crate) response: Response<Content>,
    pub(crate) source: Source,
    /// Whether an HTTP/1.1 connection ends with this response.
    pub(crate) closes_connection: bool,
}

/// The body of an answer.
pub(crate) enum Content {
    Ready(Bytes),
    Upstream(Streaming),
}

impl Answer {
    pub(crate) fn of_upstream(response: Response<Streaming>) -> Self {
        Self { response: response.map(Content::Upstream), source: Source::Upstream, closes_connection: false }
    }

    pub(crate) fn of_plugin(response: Response<Bytes>) -> Self {
        Self { response: response.map(Content::Ready), source: Source::Plugin, closes_connection: false }
    }

    /// A refusal in a plugin's words.
    pub(crate) fn refusal_of_plugin(problem: &Problem, headers: HeaderMap, id: &RequestId) -> Self {
        Self::of_plugin(error::response(problem, headers, id))
    }

    /// The gateway's own refusal.
    pub(crate) fn refusal(error: &GatewayError, id: &RequestId) -> Self {
        let response = error::response(&error.problem(), HeaderMap::new(), id);
        Self {
            response: response.map(Content::Ready),
            source: Source::Gateway,
            closes_connection: error.closes_connection(),
        }
    }

    /// Bytes of the body, where that is known.
    pub(crate) fn length(&self) -> Option<u64> {
        match self.response.body() {
            Content::Ready(bytes) => Some(bytes.len() as u64),
            Content::Upstream(streaming) => streaming.length(),
        }
    }
}

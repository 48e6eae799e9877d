//! A response's body on its way to the client.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use gateway_telemetry::Ended;
use http_body::{Body, Frame, SizeHint};

use super::content::{Content, ResponseFault};
use crate::{exchange::Exchange, kept::Keeping};

/// Carries the request's [`Exchange`], which is written to log and metrics when the body is dropped.
pub(crate) struct ResponseBody {
    content: Content,
    /// What plugins want to be kept of it.
    keeping: Option<Box<Keeping>>,
    /// None of the answer behind which it is a WebSocket.
    exchange: Option<Box<Exchange>>,
    /// A part was handed out that the client has not taken yet.
    stands: bool,
}

impl ResponseBody {
    pub(crate) fn new(content: Content, keeping: Option<Box<Keeping>>, exchange: Box<Exchange>) -> Self {
        Self { content, keeping, exchange: Some(exchange), stands: false }
    }

    /// That of an answer which ends nothing.
    pub(crate) fn none() -> Self {
        Self { content: Content::from(Bytes::new()), keeping: None, exchange: None, stands: false }
    }
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = ResponseFault;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, ResponseFault>>> {
        let this = &mut *self;
        let Some(exchange) = &mut this.exchange else { return Poll::Ready(None) };
        if std::mem::take(&mut this.stands) {
            exchange.client.response_moves();
        }
        let polled = Pin::new(&mut this.content).poll_frame(context);
        match &polled {
            Poll::Ready(Some(Ok(frame))) => {
                exchange.sent_bytes += frame.data_ref().map_or(0, |data| data.len() as u64);
                if let Some(keeping) = &mut this.keeping {
                    keeping.passes(frame);
                }
                exchange.client.response_stands();
                this.stands = true;
            }
            Poll::Ready(Some(Err(ResponseFault::BrokenOff(broken)))) => exchange.broken_off(*broken),
            Poll::Ready(Some(Err(_))) => exchange.ended = Ended::UpstreamAborted,
            Poll::Ready(None) | Poll::Pending => {}
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.content.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.content.size_hint()
    }
}

impl Drop for ResponseBody {
    fn drop(&mut self) {
        let Some(exchange) = &mut self.exchange else { return };
        if self.stands {
            exchange.client.response_moves();
        }
        if exchange.ended == Ended::ClientAborted && self.content.is_complete() {
            exchange.ended = Ended::Complete;
            if let Some(keeping) = self.keeping.take().filter(|_| self.content.is_taken()) {
                keeping.whole();
            }
        }
    }
}

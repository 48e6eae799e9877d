//! A response's body on its way to the client.

use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use gateway_telemetry::{Ended, UpstreamFault};
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;

use crate::{exchange::Exchange, pool::Lease};

/// Carries the request's [`Exchange`], which is written to log and metrics when the body is dropped.
pub(crate) struct ResponseBody {
    source: Source,
    exchange: Box<Exchange>,
    /// A part was handed out that the client has not taken yet.
    stands: bool,
}

enum Source {
    /// A plugin's or the gateway's own answer.
    Ready(Bytes),
    Upstream(Streaming),
}

/// What the upstream sends, and the connection that it comes on.
pub(crate) struct Streaming {
    incoming: Incoming,
    /// Gone once the body has ended and the connection was given back; dropped with the body it closes the connection.
    lease: Option<Lease>,
    patience: Duration,
    /// The upstream is being waited for, and the connection's timer runs.
    waits: bool,
}

/// The upstream did not send all of its body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ResponseFault {
    #[error("the upstream's response broke off")]
    Broken,
    #[error("the upstream's response stood still for too long")]
    TooSlow,
}

// === impl ResponseBody ===

impl ResponseBody {
    pub(crate) fn ready(bytes: Bytes, exchange: Box<Exchange>) -> Self {
        Self { source: Source::Ready(bytes), exchange, stands: false }
    }

    pub(crate) fn streaming(streaming: Streaming, exchange: Box<Exchange>) -> Self {
        Self { source: Source::Upstream(streaming), exchange, stands: false }
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
        if std::mem::take(&mut this.stands) {
            this.exchange.client.response_moves();
        }
        let polled = match &mut this.source {
            Source::Ready(bytes) if bytes.is_empty() => Poll::Ready(None),
            Source::Ready(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Source::Upstream(streaming) => streaming.poll_frame(context),
        };
        match &polled {
            Poll::Ready(Some(Ok(frame))) => {
                this.exchange.sent_bytes += frame.data_ref().map_or(0, |data| data.len() as u64);
                this.exchange.client.response_stands();
                this.stands = true;
            }
            Poll::Ready(Some(Err(_))) => this.exchange.ended = Ended::UpstreamAborted,
            Poll::Ready(None) | Poll::Pending => {}
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        match &self.source {
            Source::Ready(bytes) => bytes.is_empty(),
            Source::Upstream(streaming) => streaming.incoming.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.source {
            Source::Ready(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Source::Upstream(streaming) => streaming.incoming.size_hint(),
        }
    }
}

impl Drop for ResponseBody {
    fn drop(&mut self) {
        if self.stands {
            self.exchange.client.response_moves();
        }
        let complete = match &mut self.source {
            // Handed over whole, or not wanted, as in the answer to a HEAD.
            Source::Ready(_) => true,
            Source::Upstream(streaming) => streaming.has_ended(),
        };
        if complete {
            self.exchange.ended = Ended::Complete;
        }
    }
}

// === impl Streaming ===

impl Streaming {
    /// `patience` between two frames.
    pub(crate) fn new(incoming: Incoming, lease: Lease, patience: Duration) -> Self {
        let mut streaming = Self { incoming, lease: Some(lease), patience, waits: false };
        // Most answers to a HEAD, and all with a status such as 304, have ended before they began.
        streaming.has_ended();
        streaming
    }

    /// The length of the body, where it is known.
    pub(crate) fn length(&self) -> Option<u64> {
        self.incoming.size_hint().exact()
    }

    fn poll_frame(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, ResponseFault>>> {
        let Poll::Ready(polled) = Pin::new(&mut self.incoming).poll_frame(context) else { return self.wait(context) };
        self.waits = false;
        Poll::Ready(match polled {
            Some(Ok(frame)) => {
                if frame.is_trailers() {
                    self.give_back();
                }
                Some(Ok(frame))
            }
            Some(Err(_)) => Some(Err(self.fails(ResponseFault::Broken, UpstreamFault::Body))),
            None => {
                self.give_back();
                None
            }
        })
    }

    fn wait(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, ResponseFault>>> {
        let Some(lease) = &mut self.lease else { return Poll::Pending };
        if !std::mem::replace(&mut self.waits, true) {
            lease.start_timer(self.patience);
        }
        match lease.poll_timer(context) {
            Poll::Ready(()) => Poll::Ready(Some(Err(self.fails(ResponseFault::TooSlow, UpstreamFault::BodyTimeout)))),
            Poll::Pending => Poll::Pending,
        }
    }

    fn has_ended(&mut self) -> bool {
        if self.incoming.is_end_stream() {
            self.give_back();
        }
        self.lease.is_none()
    }

    fn give_back(&mut self) {
        if let Some(lease) = self.lease.take() {
            lease.give_back();
        }
    }

    fn fails(&mut self, fault: ResponseFault, counted: UpstreamFault) -> ResponseFault {
        if let Some(lease) = &self.lease {
            lease.count(counted);
        }
        fault
    }
}

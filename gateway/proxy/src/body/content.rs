//! The body of a response: from the upstream, or made here.

use std::{
    pin::Pin,
    task::{Context, Poll},
    time::{Duration, Instant},
};

use bytes::Bytes;
use gateway_telemetry::{HookKind, UpstreamFault};
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;

use super::{
    collect::Held,
    filter::{BrokenOff, Filter, Filtered},
    request::next,
};
use crate::{admission::Slot, cache::Reader, chain::Seats, grpc::Status, pool::Lease, told::Told};

/// A response's body, and the plugins that see it piece by piece.
pub(crate) struct Content {
    source: Source,
    filter: Option<Box<Filter>>,
}

enum Source {
    /// A plugin's or the gateway's own answer.
    Ready(Bytes),
    /// Kept whole for a plugin.
    Held(Box<Held>),
    /// The rest of what the cache has, the last piece first.
    Stored(Vec<Bytes>),
    /// It comes in for others, too.
    Shared(Box<Reader>),
    Upstream(Streaming),
}

/// What the upstream sends, and the connection that it comes on.
pub(crate) struct Streaming {
    incoming: Incoming,
    /// Gone once the body has ended and the connection was given back; dropped with the body it closes the connection.
    lease: Option<Lease>,
    /// As the connection, until the body has ended.
    slot: Option<Slot>,
    time: BodyTime,
    /// It was ended before its end, as gRPC has it.
    is_cut: bool,
    /// The upstream is being waited for, and the connection's timer runs.
    waits: bool,
}

/// How long a response's body may take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BodyTime {
    /// Between two frames.
    pub(crate) patience: Duration,
    /// For all of it.
    pub(crate) until: Option<Instant>,
    /// Its client is told by a status of gRPC that the time is over.
    pub(crate) is_grpc: bool,
}

/// Why a response's body is not whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ResponseFault {
    #[error("the upstream's response broke off")]
    Broken,
    #[error("the upstream's response stood still for too long")]
    TooSlow,
    #[error("a plugin broke the response off")]
    BrokenOff(BrokenOff),
}

// === impl Content ===

impl Content {
    /// Bytes of the body, where that is known.
    pub(crate) fn length(&self) -> Option<u64> {
        self.size_hint().exact()
    }

    /// Bytes of a body that is here as a whole, and that no plugin sees on its way; none of one that is empty.
    pub(crate) fn ready_length(&self) -> Option<usize> {
        match &self.source {
            Source::Ready(bytes) if self.filter.is_none() && !bytes.is_empty() => Some(bytes.len()),
            _ => None,
        }
    }

    /// Lets the plugin at `place` see the body piece by piece, after those that do so already.
    pub(crate) fn filter(&mut self, place: usize, told: impl FnOnce() -> (Told, Seats)) {
        match &mut self.filter {
            Some(filter) => filter.then(place),
            None => {
                let (told, seats) = told();
                self.filter = Some(Box::new(Filter::new(told, seats, HookKind::ResponseChunk, place)));
            }
        }
    }

    /// Whether all of it was handed over, or is not wanted, as in the answer to a HEAD.
    pub(crate) fn is_complete(&mut self) -> bool {
        let source = match &mut self.source {
            Source::Ready(_) | Source::Held(_) | Source::Stored(_) => true,
            Source::Shared(reader) => reader.has_ended(),
            Source::Upstream(streaming) => streaming.has_ended(),
        };
        source && self.filter.as_ref().is_none_or(|filter| filter.has_ended())
    }

    /// Whether the part of it that was made or kept here was taken, which a response may end without.
    pub(crate) fn is_taken(&self) -> bool {
        matches!(self.source, Source::Upstream(_) | Source::Shared(_)) || self.source.is_end_stream()
    }
}

impl Body for Content {
    type Data = Bytes;
    type Error = ResponseFault;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, ResponseFault>>> {
        let Self { source, filter } = &mut *self;
        let Some(filter) = filter else { return source.poll_frame(context) };
        filter.poll_frame(context, source, Source::poll_frame, Source::is_end_stream).map(|polled| {
            polled.map(|frame| {
                frame.map_err(|fault| match fault {
                    Filtered::Source(fault) => fault,
                    Filtered::BrokenOff(broken) => ResponseFault::BrokenOff(broken),
                })
            })
        })
    }

    fn is_end_stream(&self) -> bool {
        match &self.filter {
            Some(filter) => filter.has_ended(),
            None => self.source.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match (&self.filter, &self.source) {
            (None, Source::Ready(bytes)) => SizeHint::with_exact(bytes.len() as u64),
            (None, Source::Held(held)) if held.trailers.is_none() => SizeHint::with_exact(held.bytes.len() as u64),
            (None, Source::Stored(pieces)) => SizeHint::with_exact(pieces.iter().map(|piece| piece.len() as u64).sum()),
            (None, Source::Shared(reader)) => reader.length().map_or_else(SizeHint::default, SizeHint::with_exact),
            (None, Source::Upstream(streaming)) => streaming.size_hint(),
            _ => SizeHint::default(),
        }
    }
}

impl From<Bytes> for Content {
    fn from(bytes: Bytes) -> Self {
        Self { source: Source::Ready(bytes), filter: None }
    }
}

impl From<Held> for Content {
    fn from(held: Held) -> Self {
        Self { source: Source::Held(Box::new(held)), filter: None }
    }
}

/// Of pieces in their order. Most bodies have one.
impl From<Vec<Bytes>> for Content {
    fn from(pieces: Vec<Bytes>) -> Self {
        let mut pieces = pieces;
        pieces.reverse();
        Self { source: Source::Stored(pieces), filter: None }
    }
}

impl From<Reader> for Content {
    fn from(reader: Reader) -> Self {
        Self { source: Source::Shared(Box::new(reader)), filter: None }
    }
}

impl From<Streaming> for Content {
    fn from(streaming: Streaming) -> Self {
        Self { source: Source::Upstream(streaming), filter: None }
    }
}

// === impl Source ===

impl Source {
    fn poll_frame(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, ResponseFault>>> {
        match self {
            Self::Ready(bytes) => Poll::Ready(next(bytes, &mut None).map(Ok)),
            Self::Held(held) => Poll::Ready(next(&mut held.bytes, &mut held.trailers).map(Ok)),
            Self::Stored(pieces) => Poll::Ready(pieces.pop().map(|piece| Ok(Frame::data(piece)))),
            Self::Shared(reader) => reader.poll_frame(context),
            Self::Upstream(streaming) => streaming.poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Ready(bytes) => bytes.is_empty(),
            Self::Held(held) => held.bytes.is_empty() && held.trailers.is_none(),
            Self::Stored(pieces) => pieces.is_empty(),
            Self::Shared(reader) => reader.has_ended(),
            Self::Upstream(streaming) => streaming.is_cut || streaming.incoming.is_end_stream(),
        }
    }
}

// === impl Streaming ===

impl Streaming {
    pub(crate) fn new(incoming: Incoming, lease: Lease, slot: Slot, time: BodyTime) -> Self {
        let (is_cut, waits) = (false, false);
        let mut streaming = Self { incoming, lease: Some(lease), slot: Some(slot), time, is_cut, waits };
        // Most answers to a HEAD, and all with a status such as 304, have ended before they began.
        streaming.has_ended();
        streaming
    }

    /// The body of a response that has none, and whose connection goes another way.
    pub(crate) fn ended(incoming: Incoming) -> Self {
        let time = BodyTime { patience: Duration::MAX, until: None, is_grpc: false };
        Self { incoming, lease: None, slot: None, time, is_cut: false, waits: false }
    }

    pub(crate) fn poll_frame(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, ResponseFault>>> {
        if self.is_cut {
            return Poll::Ready(None);
        }
        if self.time.until.is_some_and(|until| until <= Instant::now()) && self.lease.is_some() {
            return Poll::Ready(Some(self.is_over()));
        }
        let Poll::Ready(polled) = Pin::new(&mut self.incoming).poll_frame(context) else { return self.wait(context) };
        self.waits = false;
        Poll::Ready(match polled {
            Some(Ok(frame)) => {
                // The upstream may be done before the client has taken what it sent.
                if frame.is_trailers() || self.incoming.is_end_stream() {
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

    /// Bytes of it, as far as that is known.
    pub(crate) fn length(&self) -> Option<u64> {
        self.size_hint().exact()
    }

    /// The length that the head names is not that of what comes, where nothing does: in an answer to a HEAD, or with 304.
    fn size_hint(&self) -> SizeHint {
        match self.incoming.is_end_stream() {
            true => SizeHint::with_exact(0),
            false => self.incoming.size_hint(),
        }
    }

    fn wait(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, ResponseFault>>> {
        let Some(lease) = &mut self.lease else { return Poll::Pending };
        if !std::mem::replace(&mut self.waits, true) {
            let left = self.time.until.map(|until| until.saturating_duration_since(Instant::now()));
            lease.start_timer(left.map_or(self.time.patience, |left| left.min(self.time.patience)));
        }
        match lease.poll_timer(context) {
            Poll::Ready(()) if self.time.until.is_some_and(|until| until <= Instant::now()) => {
                Poll::Ready(Some(self.is_over()))
            }
            Poll::Ready(()) => Poll::Ready(Some(Err(self.fails(ResponseFault::TooSlow, UpstreamFault::BodyTimeout)))),
            Poll::Pending => Poll::Pending,
        }
    }

    /// The time for all of it is over.
    fn is_over(&mut self) -> Result<Frame<Bytes>, ResponseFault> {
        let fault = self.fails(ResponseFault::TooSlow, UpstreamFault::BodyTimeout);
        if !self.time.is_grpc {
            return Err(fault);
        }
        // What is still to come is reset with the body.
        (self.is_cut, self.lease, self.slot) = (true, None, None);
        Ok(Frame::trailers(Status::deadline_exceeded().trailers()))
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
        self.slot = None;
    }

    fn fails(&mut self, fault: ResponseFault, counted: UpstreamFault) -> ResponseFault {
        if let Some(lease) = &self.lease {
            lease.count(counted);
        }
        fault
    }
}

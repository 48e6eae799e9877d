//! A request's body on its way to the upstream.

use std::{
    mem,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use http::HeaderMap;
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;
use tokio::time::{Sleep, sleep};

use super::{
    collect::Held,
    filter::{Filter, Filtered},
    rate::Rate,
    upload::{Upload, UploadFault},
};
use crate::{forward::clean_trailers, told::Told};

/// Counts bytes, and fails when there are too many or none come for too long. In a box, because most requests have none.
pub(crate) struct RequestBody(Option<Box<Whole>>);

struct Whole {
    flow: Flow,
    upload: Rc<Upload>,
    filter: Option<Filter>,
    /// Its length is not what the client said: the framing is made anew.
    is_reframed: bool,
}

/// The body as it comes in, before plugins see it.
struct Flow {
    source: Source,
    limit: u64,
    patience: Duration,
    rate: Rate,
    /// Made when the client is waited for, which for most bodies is never.
    timer: Option<Pin<Box<Sleep>>>,
    /// Whose chain says which trailers are not the client's to send.
    guard: Option<Told>,
}

enum Source {
    /// From the client, as it comes.
    Incoming(Incoming),
    /// Whole.
    Ready(Bytes),
    /// Whole, with its trailers and its place in the memory for such.
    Held(Held),
}

// === impl RequestBody ===

impl RequestBody {
    /// `limit` in bytes; `patience` between two frames; `rate` in bytes for each second that the client is waited for.
    pub(crate) fn new(incoming: Incoming, limit: u64, patience: Duration, rate: u64) -> Self {
        match incoming.is_end_stream() {
            true => Self(None),
            false => {
                let mut whole = Whole::new(Source::Incoming(incoming), limit, patience);
                whole.flow.rate = Rate::new(rate);
                Self(Some(Box::new(whole)))
            }
        }
    }

    /// A body that is here already.
    pub(crate) fn ready(bytes: Bytes) -> Self {
        Self((!bytes.is_empty()).then(|| Box::new(Whole::new(Source::Ready(bytes), u64::MAX, Duration::MAX))))
    }

    /// None for a request without a body.
    pub(crate) fn upload(&self) -> Option<&Rc<Upload>> {
        self.0.as_ref().map(|whole| &whole.upload)
    }

    /// Waits for so long between two frames from now on.
    pub(crate) fn set_patience(&mut self, patience: Duration) {
        if let Some(whole) = &mut self.0 {
            whole.flow.patience = patience;
        }
    }

    /// The bytes to come; `None` where that is not known.
    pub(crate) fn length(&self) -> Option<u64> {
        self.size_hint().exact()
    }

    /// Memory that is held by what is here already, in bytes.
    pub(crate) fn held_bytes(&self) -> u64 {
        self.0.as_ref().map_or(0, |whole| match &whole.flow.source {
            Source::Incoming(_) => 0,
            Source::Ready(bytes) => bytes.len() as u64,
            Source::Held(held) => held.bytes.len() as u64,
        })
    }

    /// Lets plugins see what is still to come.
    pub(crate) fn filter(&mut self, filter: Filter) {
        let whole = self.0.get_or_insert_with(|| Box::new(Whole::new(Source::Ready(Bytes::new()), 0, Duration::MAX)));
        whole.filter = Some(filter);
        whole.is_reframed = true;
    }

    /// Lets no trailers pass that plugins of this request's chain decide on. Done after plugins, before it is sent.
    pub(crate) fn guard(&mut self, told: Told) {
        let Some(whole) = &mut self.0 else { return };
        if let Source::Held(Held { trailers: Some(trailers), .. }) = &mut whole.flow.source {
            clean_trailers(trailers, told.chain().guarded());
        }
        whole.flow.guard = Some(told);
    }

    /// Goes on with a whole body in the place of what was read to its end.
    pub(crate) fn hold(&mut self, held: Held) {
        if held.bytes.is_empty() && held.trailers.is_none() && self.0.is_none() {
            return;
        }
        let whole = self.0.get_or_insert_with(|| Box::new(Whole::new(Source::Ready(Bytes::new()), 0, Duration::MAX)));
        whole.flow.source = Source::Held(held);
        whole.filter = None;
        whole.is_reframed = true;
    }

    /// The same body once more, if it is here as a whole.
    pub(crate) fn replay(&self) -> Option<Self> {
        match &self.0 {
            None => Some(Self(None)),
            Some(whole) => whole.replay().map(|whole| Self(Some(Box::new(whole)))),
        }
    }

    /// Whether the length that the client gave means nothing any more.
    pub(crate) fn is_reframed(&self) -> bool {
        self.0.as_ref().is_some_and(|whole| whole.is_reframed)
    }
}

impl Body for RequestBody {
    type Data = Bytes;
    type Error = UploadFault;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, UploadFault>>> {
        self.0.as_mut().map_or(Poll::Ready(None), |whole| whole.poll_frame(context))
    }

    fn is_end_stream(&self) -> bool {
        self.0.as_ref().is_none_or(|whole| match &whole.filter {
            Some(filter) => filter.has_ended(),
            None => whole.flow.is_end_stream(),
        })
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            None => SizeHint::with_exact(0),
            Some(whole) if whole.filter.is_some() => SizeHint::default(),
            Some(whole) => whole.flow.size_hint(),
        }
    }
}

// === impl Whole ===

impl Whole {
    fn new(source: Source, limit: u64, patience: Duration) -> Self {
        let flow = Flow { source, limit, patience, rate: Rate::default(), timer: None, guard: None };
        Self { flow, upload: Rc::new(Upload::new()), filter: None, is_reframed: false }
    }

    fn replay(&self) -> Option<Self> {
        let Self { flow, upload, filter: None, is_reframed } = self else { return None };
        let source = match &flow.source {
            Source::Incoming(_) => return None,
            Source::Ready(bytes) => Source::Ready(bytes.clone()),
            Source::Held(held) => Source::Held(held.clone()),
        };
        // What is here waits for nobody, and was cleaned.
        let (limit, patience) = (flow.limit, flow.patience);
        let flow = Flow { source, limit, patience, rate: Rate::default(), timer: None, guard: None };
        Some(Self { flow, upload: upload.clone(), filter: None, is_reframed: *is_reframed })
    }

    fn poll_frame(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, UploadFault>>> {
        let Self { flow, upload, filter, .. } = self;
        let Some(filter) = filter else { return flow.poll_frame(context, upload) };
        let polled = filter.poll_frame(
            context,
            flow,
            |flow, context| flow.poll_frame(context, upload),
            |flow| flow.is_end_stream(),
        );
        polled.map(|polled| {
            polled.map(|frame| {
                frame.map_err(|fault| match fault {
                    Filtered::Source(fault) => fault,
                    Filtered::BrokenOff(broken) => upload.fails(UploadFault::BrokenOff(broken)),
                })
            })
        })
    }
}

// === impl Flow ===

impl Flow {
    fn poll_frame(
        &mut self,
        context: &mut Context<'_>,
        upload: &Upload,
    ) -> Poll<Option<Result<Frame<Bytes>, UploadFault>>> {
        let polled = match &mut self.source {
            Source::Incoming(incoming) => Pin::new(incoming).poll_frame(context),
            Source::Ready(bytes) => return Poll::Ready(next(bytes, &mut None).map(Ok)),
            Source::Held(held) => return Poll::Ready(next(&mut held.bytes, &mut held.trailers).map(Ok)),
        };
        let Poll::Ready(polled) = polled else { return self.wait(context, upload) };
        Poll::Ready(match polled {
            Some(Ok(frame)) => {
                let length = frame.data_ref().map_or(0, Bytes::len);
                upload.moves(length);
                match upload.bytes() > self.limit {
                    true => Some(Err(upload.fails(UploadFault::TooLarge))),
                    false if self.rate.is_too_slow(length) => Some(Err(upload.fails(UploadFault::TooSlow))),
                    false => Some(Ok(cleaned(frame, self.guard.as_ref()))),
                }
            }
            Some(Err(_)) => Some(Err(upload.fails(UploadFault::Broken))),
            None => {
                upload.moves(0);
                None
            }
        })
    }

    fn wait(&mut self, context: &mut Context<'_>, upload: &Upload) -> Poll<Option<Result<Frame<Bytes>, UploadFault>>> {
        let timer = self.timer.get_or_insert_with(|| Box::pin(sleep(self.patience)));
        if !upload.waits_for_client() {
            self.rate.waits();
            timer.as_mut().reset(tokio::time::Instant::now() + self.patience);
        }
        match timer.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Some(Err(upload.fails(UploadFault::TooSlow)))),
            Poll::Pending => Poll::Pending,
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.source {
            Source::Incoming(incoming) => incoming.is_end_stream(),
            Source::Ready(bytes) => bytes.is_empty(),
            Source::Held(held) => held.bytes.is_empty() && held.trailers.is_none(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.source {
            Source::Incoming(incoming) => incoming.size_hint(),
            Source::Ready(bytes) => SizeHint::with_exact(bytes.len() as u64),
            // Trailers need a framing without a length.
            Source::Held(held) if held.trailers.is_some() => SizeHint::default(),
            Source::Held(held) => SizeHint::with_exact(held.bytes.len() as u64),
        }
    }
}

/// Trailers say no more than the head may.
fn cleaned(frame: Frame<Bytes>, guard: Option<&Told>) -> Frame<Bytes> {
    match frame.into_trailers() {
        Ok(mut trailers) => {
            let guarded = guard.map_or(&[][..], |told| told.chain().guarded());
            clean_trailers(&mut trailers, guarded);
            Frame::trailers(trailers)
        }
        Err(data) => data,
    }
}

/// What is left of a body that is here.
pub(super) fn next(bytes: &mut Bytes, trailers: &mut Option<HeaderMap>) -> Option<Frame<Bytes>> {
    match bytes.is_empty() {
        true => trailers.take().map(Frame::trailers),
        false => Some(Frame::data(mem::take(bytes))),
    }
}

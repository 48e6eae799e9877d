//! A request's body on its way to the upstream.

use std::{
    cell::Cell,
    mem,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll},
    time::{Duration, Instant},
};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;
use tokio::time::{Sleep, sleep};

/// Counts bytes, and fails when there are too many or none come for too long.
pub(crate) struct RequestBody {
    source: Source,
    /// None for a request without a body, and for a body that is here already.
    upload: Option<Rc<Upload>>,
    limit: u64,
    patience: Duration,
    /// Made when the client is waited for, which for most bodies is never.
    timer: Option<Pin<Box<Sleep>>>,
}

enum Source {
    /// From the client, as it comes.
    Incoming(Incoming),
    /// Whole.
    Ready(Bytes),
}

/// How far a body is; shared with the request that waits for the response.
pub(crate) struct Upload {
    bytes: Cell<u64>,
    moved: Cell<Instant>,
    waits_for_client: Cell<bool>,
    fault: Cell<Option<UploadFault>>,
}

/// What was wrong with the client's body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum UploadFault {
    #[error("the request's body is too large")]
    TooLarge,
    #[error("the request's body stood still for too long")]
    TooSlow,
    #[error("the request's body broke off")]
    Broken,
}

// === impl RequestBody ===

impl RequestBody {
    /// `limit` in bytes; `patience` between two frames.
    pub(crate) fn new(incoming: Incoming, limit: u64, patience: Duration) -> Self {
        let upload = (!incoming.is_end_stream()).then(|| Rc::new(Upload::new()));
        Self { source: Source::Incoming(incoming), upload, limit, patience, timer: None }
    }

    /// A body that is here already.
    pub(crate) fn ready(bytes: Bytes) -> Self {
        Self { source: Source::Ready(bytes), upload: None, limit: u64::MAX, patience: Duration::MAX, timer: None }
    }

    pub(crate) fn upload(&self) -> Option<&Rc<Upload>> {
        self.upload.as_ref()
    }

    fn wait(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, UploadFault>>> {
        let Some(upload) = &self.upload else { return Poll::Pending };
        let timer = self.timer.get_or_insert_with(|| Box::pin(sleep(self.patience)));
        if !upload.waits_for_client.replace(true) {
            timer.as_mut().reset(tokio::time::Instant::now() + self.patience);
        }
        match timer.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Some(Err(upload.fails(UploadFault::TooSlow)))),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl Body for RequestBody {
    type Data = Bytes;
    type Error = UploadFault;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, UploadFault>>> {
        let polled = match &mut self.source {
            Source::Incoming(incoming) => Pin::new(incoming).poll_frame(context),
            Source::Ready(bytes) if bytes.is_empty() => return Poll::Ready(None),
            Source::Ready(bytes) => return Poll::Ready(Some(Ok(Frame::data(mem::take(bytes))))),
        };
        let Poll::Ready(polled) = polled else { return self.wait(context) };
        let limit = self.limit;
        let Some(upload) = &self.upload else { return Poll::Ready(None) };
        Poll::Ready(match polled {
            Some(Ok(frame)) => {
                upload.moves(frame.data_ref().map_or(0, Bytes::len));
                match upload.bytes() > limit {
                    true => Some(Err(upload.fails(UploadFault::TooLarge))),
                    false => Some(Ok(frame)),
                }
            }
            Some(Err(_)) => Some(Err(upload.fails(UploadFault::Broken))),
            None => {
                upload.moves(0);
                None
            }
        })
    }

    fn is_end_stream(&self) -> bool {
        match &self.source {
            Source::Incoming(incoming) => incoming.is_end_stream(),
            Source::Ready(bytes) => bytes.is_empty(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.source {
            Source::Incoming(incoming) => incoming.size_hint(),
            Source::Ready(bytes) => SizeHint::with_exact(bytes.len() as u64),
        }
    }
}

// === impl Upload ===

impl Upload {
    fn new() -> Self {
        Self {
            bytes: Cell::new(0),
            moved: Cell::new(Instant::now()),
            waits_for_client: Cell::new(false),
            fault: Cell::new(None),
        }
    }

    /// Bytes that came.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes.get()
    }

    /// Why the body cannot be sent on.
    pub(crate) fn fault(&self) -> Option<UploadFault> {
        self.fault.get()
    }

    /// When the body last moved or ended; `None` while it is the client that keeps it waiting.
    pub(crate) fn moved(&self) -> Option<Instant> {
        (!self.waits_for_client.get()).then(|| self.moved.get())
    }

    fn moves(&self, bytes: usize) {
        self.bytes.set(self.bytes.get() + bytes as u64);
        self.moved.set(Instant::now());
        self.waits_for_client.set(false);
    }

    fn fails(&self, fault: UploadFault) -> UploadFault {
        self.fault.set(Some(fault));
        fault
    }
}

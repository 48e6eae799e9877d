//! What an HTTP/1 client sends, on its way to hyper, which hears only what is sound.
//!
//! hyper repairs much that is wrong, and answers the rest itself. So all bytes go through a scanner first, and where it finds
//! a fault nothing more is handed on. A fault in a head is made a request of its own in its place, which the pipeline refuses
//! like any other: behind the answers to the requests before it, with an id, in the log and in the metrics.
//! A fault in a body fails the read, and with it the request whose body that is.

use std::{
    io::{self, IoSlice},
    pin::Pin,
    rc::Rc,
    task::{Context, Poll, ready},
};

use bytes::{Buf, Bytes};
use gateway_algorithms::framing::{Fault, Limits, Scanner, Stage};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::linger::Linger;
use crate::client::{Client, Switch};

/// Stands for a request whose head is faulty. No client can send it so that it is refused: what counts is its place.
const FAULTY: &[u8] = b"- * HTTP/1.1\r\nConnection: close\r\n\r\n";

/// What is read at most behind a request that asks to switch, before its answer is known: enough to see that the client has gone.
const EARLY: usize = 16 * 1024;

/// The stream of an HTTP/1 connection.
pub(super) struct Scanned<S> {
    stream: S,
    client: Rc<Client>,
    scanner: Scanner,
    limits: Limits,
    /// Goes on before anything else is read: heads that came in pieces, if any did.
    pending: Bytes,
    /// Behind a request that asks to switch.
    early: Vec<u8>,
    input: Input,
    linger: Linger,
}

/// What becomes of the bytes to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Input {
    Scanned,
    /// The request in their place is refused: nothing of them counts, not even that they end.
    Dropped,
    /// The body that they belong to is faulty.
    Failed,
    /// There are none.
    Ended,
}

impl<S> Scanned<S> {
    pub(super) fn new(stream: S, client: Rc<Client>) -> Self {
        let limits = client.worker.limits();
        let limits = Limits {
            head_bytes: limits.head_bytes,
            target_bytes: limits.target_bytes,
            headers: limits.headers,
            ..Limits::default()
        };
        let (pending, early, linger) = (Bytes::new(), Vec::new(), Linger::default());
        Self { stream, client, scanner: Scanner::new(), limits, pending, early, input: Input::Scanned, linger }
    }

    /// Leaves in `buffer`, behind its first `before` bytes, what hyper may hear; the rest of that comes with the next reads.
    fn scan(&mut self, buffer: &mut ReadBuf<'_>, before: usize) {
        let piece = &buffer.filled()[before..];
        let scanned = self.scanner.scan(piece, &self.limits);
        if self.scanner.stage() == Stage::Undecided {
            self.early.extend_from_slice(&piece[scanned.good..]);
            self.client.asks_to_switch(self.scanner.requests());
        }
        let mut pending = scanned.held;
        match pending.is_empty() {
            true => buffer.set_filled(before + scanned.good),
            false => {
                pending.extend_from_slice(&piece[..scanned.good]);
                buffer.set_filled(before);
            }
        }
        if let Some(fault) = scanned.fault {
            self.refuse(fault, &mut pending);
        }
        if !pending.is_empty() {
            self.pending = pending.into();
        }
    }

    /// Goes on behind a request that asked to switch.
    fn decided(&mut self, switch: Switch) {
        let early = std::mem::take(&mut self.early);
        let mut pending = match switch {
            Switch::Switched => {
                drop(self.scanner.stop());
                early
            }
            Switch::Stay => {
                self.scanner.stay();
                let scanned = self.scanner.scan(&early, &self.limits);
                // In another one of that kind, too.
                if self.scanner.stage() == Stage::Undecided {
                    self.early.extend_from_slice(&early[scanned.good..]);
                    self.client.asks_to_switch(self.scanner.requests());
                }
                let mut pending = scanned.held;
                pending.extend_from_slice(&early[..scanned.good]);
                if let Some(fault) = scanned.fault {
                    self.refuse(fault, &mut pending);
                }
                pending
            }
        };
        if !self.pending.is_empty() {
            pending.splice(..0, self.pending.iter().copied());
        }
        self.pending = pending.into();
    }

    #[cold]
    fn refuse(&mut self, fault: Fault, pending: &mut Vec<u8>) {
        tracing::debug!(ip = %self.client.ip, %fault, "a client's request is faulty");
        self.client.worker.framing_faults.found(fault.name());
        match self.scanner.stage() {
            Stage::Body => self.input = Input::Failed,
            Stage::Idle | Stage::Head | Stage::Undecided | Stage::Beyond => {
                self.input = Input::Dropped;
                self.client.refuses(self.scanner.requests() + 1, fault);
                pending.extend_from_slice(FAULTY);
            }
        }
    }

    /// Hands on as much of what is pending as there is room for.
    fn hand_on(&mut self, buffer: &mut ReadBuf<'_>) {
        let room = self.pending.len().min(buffer.remaining());
        buffer.put_slice(&self.pending[..room]);
        self.pending.advance(room);
    }

    /// Whether the client has not finished what it was sending.
    fn is_in_the_middle(&self) -> bool {
        let is_between = match self.scanner.stage() {
            Stage::Idle => true,
            Stage::Undecided => self.early.is_empty(),
            Stage::Head | Stage::Body | Stage::Beyond => false,
        };
        self.input != Input::Ended && (self.input != Input::Scanned || !is_between)
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Scanned<S> {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buffer.filled().len();
        loop {
            if this.scanner.stage() == Stage::Undecided
                && let Some(switch) = this.client.decided()
            {
                this.decided(switch);
            }
            if !this.pending.is_empty() {
                this.hand_on(buffer);
                return Poll::Ready(Ok(()));
            }
            match this.input {
                // Whoever decides wakes this task.
                Input::Scanned if this.early.len() >= EARLY => return Poll::Pending,
                Input::Scanned | Input::Dropped => {}
                Input::Failed => return Poll::Ready(Err(io::ErrorKind::InvalidData.into())),
                Input::Ended => return Poll::Ready(Ok(())),
            }
            let read = Pin::new(&mut this.stream).poll_read(context, buffer);
            if read.is_ready() {
                this.client.heard();
            }
            ready!(read)?;
            let has_ended = buffer.filled().len() == before;
            match this.input {
                // hyper would take the end for that of its client, and answer nothing.
                Input::Dropped if has_ended => return Poll::Pending,
                Input::Dropped => buffer.set_filled(before),
                _ if has_ended => this.input = Input::Ended,
                _ if this.scanner.stage() == Stage::Undecided => {
                    this.early.extend_from_slice(&buffer.filled()[before..]);
                    buffer.set_filled(before);
                }
                _ => this.scan(buffer, before),
            }
            if buffer.filled().len() > before {
                return Poll::Ready(Ok(()));
            }
        }
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Scanned<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        // Behind HTTP a client may go on sending when it is sent nothing more.
        if this.scanner.stage() == Stage::Beyond {
            return Pin::new(&mut this.stream).poll_shutdown(context);
        }
        let is_in_the_middle = this.is_in_the_middle();
        this.linger.poll_shutdown(&mut this.stream, context, this.input == Input::Ended, is_in_the_middle)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, parts)
    }
}

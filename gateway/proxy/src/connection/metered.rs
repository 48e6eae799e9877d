//! What an HTTP/2 client sends, on its way to hyper, which answers every frame that has to be answered, however many come.

use std::{
    io::{self, IoSlice},
    pin::Pin,
    rc::Rc,
    task::{Context, Poll, ready},
    time::Instant,
};

use gateway_algorithms::flood::Meter;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::linger::Linger;
use crate::client::{Client, Order};

/// The stream of an HTTP/2 connection.
pub(super) struct Metered<S> {
    stream: S,
    client: Rc<Client>,
    meter: Meter,
    began: Instant,
    has_ended: bool,
    linger: Linger,
}

impl<S> Metered<S> {
    pub(super) fn new(stream: S, client: Rc<Client>) -> Self {
        let began = client.worker.now();
        Self { stream, client, meter: Meter::new(), began, has_ended: false, linger: Linger::default() }
    }

    fn meter(&mut self, piece: &[u8]) -> io::Result<()> {
        let worker = &self.client.worker;
        let now = worker.now().saturating_duration_since(self.began).as_millis();
        let now = u64::try_from(now).unwrap_or(u64::MAX);
        let Err(flood) = self.meter.hear(piece, now, worker.limits().control_frames) else { return Ok(()) };
        tracing::debug!(ip = %self.client.ip, %flood, "a client floods its connection");
        worker.framing_faults.found("flood");
        self.client.order(Order::Cut);
        Err(io::ErrorKind::ConnectionAborted.into())
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Metered<S> {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buffer.filled().len();
        ready!(Pin::new(&mut this.stream).poll_read(context, buffer))?;
        this.has_ended |= buffer.filled().len() == before;
        Poll::Ready(this.meter(&buffer.filled()[before..]))
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Metered<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        // What says why, `GOAWAY`, must not be lost on a client that goes on sending.
        this.linger.poll_shutdown(&mut this.stream, context, this.has_ended, false)
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

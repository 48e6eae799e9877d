//! A cleartext connection, and the version of HTTP that its client begins with: HTTP/2 by prior knowledge has a preface
//! (RFC 9113, section 3.4) that is no request of HTTP/1.

use std::{
    io::{self, IoSlice},
    pin::Pin,
    task::{Context, Poll, ready},
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
};

const PREFACE: &[u8; 24] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// The connection. What was read of the preface comes once more.
pub(super) struct Prefaced {
    stream: TcpStream,
    read: [u8; PREFACE.len()],
    filled: usize,
    taken: usize,
}

impl Prefaced {
    pub(super) fn new(stream: TcpStream) -> Self {
        Self { stream, read: [0; PREFACE.len()], filled: 0, taken: 0 }
    }

    /// Whether the client begins with the preface: ready as soon as that is known, or it sends nothing more.
    pub(super) fn poll_is_http2(&mut self, context: &mut Context<'_>) -> Poll<io::Result<bool>> {
        if self.filled == 0 {
            // Nearly always enough has come, and nothing has to be taken out.
            let mut seen = [0; PREFACE.len()];
            let mut buffer = ReadBuf::new(&mut seen);
            ready!(self.stream.poll_peek(context, &mut buffer))?;
            match buffer.filled() {
                [] => return Poll::Ready(Ok(false)),
                seen if !PREFACE.starts_with(seen) => return Poll::Ready(Ok(false)),
                seen if seen.len() == PREFACE.len() => return Poll::Ready(Ok(true)),
                _ => {}
            }
        }
        // It comes in pieces: they are taken out, for the next one would not be heard of behind them.
        loop {
            let mut buffer = ReadBuf::new(&mut self.read[self.filled..]);
            ready!(Pin::new(&mut self.stream).poll_read(context, &mut buffer))?;
            let came = buffer.filled().len();
            self.filled += came;
            let is_begun = PREFACE.starts_with(&self.read[..self.filled]);
            if came == 0 || !is_begun || self.filled == PREFACE.len() {
                return Poll::Ready(Ok(is_begun && self.filled == PREFACE.len()));
            }
        }
    }
}

impl AsyncRead for Prefaced {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if this.taken < this.filled {
            let rest = &this.read[this.taken..this.filled];
            let rest = &rest[..rest.len().min(buffer.remaining())];
            buffer.put_slice(rest);
            this.taken += rest.len();
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut this.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Prefaced {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
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

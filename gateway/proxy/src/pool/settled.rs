//! The beginning of an HTTP/2 connection: the target's settings, which have to come first (RFC 9113, section 3.4).

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    sync::oneshot,
};

/// Length, type, flags and stream of a frame, in bytes.
const FRAME_HEAD: usize = 9;

/// The type of the frame with settings.
const SETTINGS: u8 = 4;

/// A connection that tells when its target's settings have been read. Closed before, it tells by dropping what it would tell
/// with.
pub(super) struct Settled<S> {
    stream: S,
    /// Gone once it has told.
    told: Option<oneshot::Sender<()>>,
    head: [u8; FRAME_HEAD],
    /// Bytes of the first frame.
    read: usize,
}

impl<S> Settled<S> {
    pub(super) fn over(stream: S, told: oneshot::Sender<()>) -> Self {
        Self { stream, told: Some(told), head: [0; FRAME_HEAD], read: 0 }
    }

    fn saw(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Some(rest) = self.head.get_mut(self.read..) {
            let seen = rest.len().min(bytes.len());
            rest[..seen].copy_from_slice(&bytes[..seen]);
        }
        self.read = self.read.saturating_add(bytes.len());
        if self.read < FRAME_HEAD {
            return Ok(());
        }
        let [high, middle, low, kind, ..] = self.head;
        if kind != SETTINGS {
            self.told = None;
            return Err(io::Error::new(io::ErrorKind::InvalidData, "it does not begin as HTTP/2 does"));
        }
        let length = u32::from_be_bytes([0, high, middle, low]) as usize;
        if self.read >= FRAME_HEAD + length
            && let Some(told) = self.told.take()
        {
            // Whoever has given up waiting drops the connection as well.
            told.send(()).unwrap_or_default();
        }
        Ok(())
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Settled<S> {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buffer.filled().len();
        ready!(Pin::new(&mut this.stream).poll_read(context, buffer))?;
        if this.told.is_some() {
            this.saw(&buffer.filled()[before..])?;
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Settled<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, pieces)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begins(pieces: &[&[u8]]) -> (io::Result<()>, bool) {
        let (told, mut is_told) = oneshot::channel();
        let mut settled = Settled::over((), told);
        let seen = pieces.iter().try_for_each(|piece| settled.saw(piece));
        (seen, is_told.try_recv().is_ok())
    }

    #[test]
    fn the_settings_are_there_when_their_last_byte_is() {
        let frame = b"\0\0\x06\x04\0\0\0\0\0\0\x03\0\0\0\x64";
        for split in 0..frame.len() {
            let (seen, is_told) = begins(&[&frame[..split]]);
            assert!(seen.is_ok() && !is_told, "{split}");
            let (seen, is_told) = begins(&[&frame[..split], &frame[split..]]);
            assert!(seen.is_ok() && is_told, "{split}");
        }
    }

    #[test]
    fn what_begins_with_something_else_is_no_http_2() {
        for other in [&b"HTTP/1.1 400 Bad Request\r\n"[..], b"\0\0\x08\x06\0\0\0\0\0"] {
            let (seen, is_told) = begins(&[other]);
            assert_eq!((seen.unwrap_err().kind(), is_told), (io::ErrorKind::InvalidData, false));
        }
    }
}

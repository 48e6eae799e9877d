//! The end of a connection whose client may still be sending.
//!
//! A socket that is closed with bytes unread resets the connection, and a client that is told so may drop what it was sent
//! before: the very answer that says what is wrong. So the gateway ends its own side first, and reads on for a while
//! (RFC 9112, section 9.6).

use std::{
    future::Future,
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Sleep, sleep},
};

/// How long the client has to read its answer and to close: a few round trips across the world.
const PATIENCE: Duration = Duration::from_secs(2);
/// Bytes that are read at once, to be dropped.
const PIECE: usize = 8 * 1024;

/// How far the end is.
#[derive(Default)]
pub(super) enum Linger {
    #[default]
    Open,
    /// The client was told that nothing more comes.
    Shut,
    /// It goes on sending; the timer is made for those that do.
    Waits(Pin<Box<Sleep>>),
    Over,
}

impl Linger {
    /// Ends the gateway's side, and reads what the client has sent so far; goes on reading if there was anything, or if it
    /// `is_in_the_middle` of sending. Ready when the socket may be closed.
    pub(super) fn poll_shutdown<S: AsyncRead + AsyncWrite + Unpin>(
        &mut self,
        stream: &mut S,
        context: &mut Context<'_>,
        has_ended: bool,
        is_in_the_middle: bool,
    ) -> Poll<io::Result<()>> {
        loop {
            match self {
                Self::Open => {
                    ready!(Pin::new(&mut *stream).poll_shutdown(context))?;
                    *self = if has_ended { Self::Over } else { Self::Shut };
                }
                Self::Shut => {
                    let mut goes_on = is_in_the_middle;
                    let ended = drop_what_came(stream, context, &mut goes_on).is_ready();
                    *self = match goes_on && !ended {
                        true => Self::Waits(Box::pin(sleep(PATIENCE))),
                        false => Self::Over,
                    };
                }
                Self::Waits(timer) => {
                    if timer.as_mut().poll(context).is_pending() {
                        ready!(drop_what_came(stream, context, &mut false));
                    }
                    *self = Self::Over;
                }
                Self::Over => return Poll::Ready(Ok(())),
            }
        }
    }
}

/// Reads and drops what there is, and says in `came` that there was something; ready when nothing more can come.
fn drop_what_came<S: AsyncRead + Unpin>(stream: &mut S, context: &mut Context<'_>, came: &mut bool) -> Poll<()> {
    let mut piece = [0; PIECE];
    loop {
        let mut piece = ReadBuf::new(&mut piece);
        match ready!(Pin::new(&mut *stream).poll_read(context, &mut piece)) {
            Ok(()) if !piece.filled().is_empty() => *came = true,
            _ => return Poll::Ready(()),
        }
    }
}

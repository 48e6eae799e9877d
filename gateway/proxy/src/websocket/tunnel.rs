//! What a request becomes when its upstream has switched: bytes in both directions, as they come.
//!
//! What one side sends is read only when the other has taken what came before, so each direction holds one piece at most, and
//! none while nothing is on its way: a WebSocket that says nothing costs next to nothing.

use std::{
    cell::Cell,
    future::{Future, poll_fn},
    io,
    mem::{self, MaybeUninit},
    pin::{Pin, pin},
    task::{Context, Poll, ready},
    time::Duration,
};

use bytes::{Buf, Bytes};
use gateway_algorithms::websocket::{Frames, going_away};
use gateway_telemetry::{Counter, Ended, WebSocketMetrics};
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf},
    sync::Notify,
    time::{Instant, sleep, timeout},
};

use crate::exchange::Exchange;

/// Bytes that are read at once.
const PIECE: usize = 16 * 1024;
/// Pieces that pass before others of the thread have their turn.
const TURN: usize = 16;
/// For the other side to end when one has, in which nothing comes from it.
const AFTER_ONE_END: Duration = Duration::from_secs(10);
/// For the last words to be written and for a side to close, when the gateway ends.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// An exchange that goes on as a WebSocket. Logged and counted when it is dropped, as any exchange.
pub(crate) struct Tunnel {
    exchange: Box<Exchange>,
    upstream: OnUpgrade,
}

/// One direction.
struct Way {
    /// What was read and not written yet.
    held: Bytes,
    state: State,
    frames: Frames,
    /// Something was written that is not flushed.
    is_dirty: bool,
    /// Something has happened since anybody asked.
    has_moved: bool,
    bytes: u64,
    counter: Counter,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Open,
    /// Its sender has ended: the receiver is to be told.
    Ending,
    Ended,
}

/// Which end of a way has failed.
enum Fault {
    Sender,
    Receiver,
}

/// Told to the WebSockets of a worker when its time is over.
#[derive(Default)]
pub(crate) struct Farewell {
    is_said: Cell<bool>,
    said: Notify,
    open: Cell<usize>,
    closed: Notify,
}

/// Counts a WebSocket while it is open.
struct Open<'a> {
    farewell: &'a Farewell,
    metrics: &'a WebSocketMetrics,
}

impl Tunnel {
    pub(crate) fn new(exchange: Box<Exchange>, upstream: OnUpgrade) -> Self {
        Self { exchange, upstream }
    }

    /// Goes on over the whole connection of its client, when the answer is sent.
    pub(super) fn takes_connection(self) {
        let client = self.exchange.client.clone();
        client.becomes(self);
    }

    /// Passes bytes on until both sides have ended, one fails or says nothing for too long, or the gateway ends. `early` is
    /// what the client has sent already.
    pub(crate) async fn run<S: AsyncRead + AsyncWrite + Unpin>(self, client: S, early: Bytes) {
        let Self { mut exchange, upstream } = self;
        let worker = exchange.client.worker.clone();
        let _open = worker.farewell.opened(&worker.websockets);
        let (mut client, mut upstream) = match upstream.await {
            Ok(upstream) => (client, TokioIo::new(upstream)),
            Err(error) => {
                tracing::debug!(%error, "the upstream's connection was lost when it switched");
                exchange.ended = Ended::UpstreamAborted;
                return;
            }
        };
        let mut inward = Way::new(early, worker.websockets.received.clone());
        let mut outward = Way::new(Bytes::new(), worker.websockets.sent.clone());
        let idle = worker.limits().websocket_idle_timeout;
        let mut said = pin!(worker.farewell.said());
        let mut timer = pin!(sleep(idle));
        let mut failed = None;
        let ended = poll_fn(|context| {
            if said.as_mut().poll(context).is_ready() {
                return Poll::Ready(Ended::Shutdown);
            }
            let went_in = inward.poll(context, &mut client, &mut upstream);
            let went_out = outward.poll(context, &mut upstream, &mut client);
            exchange.passed(inward.bytes, outward.bytes);
            match (went_in, went_out) {
                (Poll::Ready(Err(Fault::Sender)), _) => return Poll::Ready(Ended::ClientAborted),
                (_, Poll::Ready(Err(Fault::Sender))) => return Poll::Ready(Ended::UpstreamAborted),
                // Who takes nothing more may have said why before.
                (Poll::Ready(Err(Fault::Receiver)), _) => failed = Some(Ended::UpstreamAborted),
                (_, Poll::Ready(Err(Fault::Receiver))) => failed = Some(Ended::ClientAborted),
                (Poll::Ready(Ok(())), Poll::Ready(Ok(()))) => return Poll::Ready(failed.unwrap_or(Ended::Complete)),
                _ => {}
            }
            if inward.has_moved() | outward.has_moved() {
                let has_ended = inward.state != State::Open || outward.state != State::Open;
                let patience = if has_ended { idle.min(AFTER_ONE_END) } else { idle };
                timer.as_mut().reset(Instant::now() + patience);
            }
            timer.as_mut().poll(context).map(|()| failed.unwrap_or(Ended::Idle))
        });
        exchange.ended = ended.await;
        if matches!(exchange.ended, Ended::Shutdown | Ended::Idle) {
            let (to_client, to_upstream) = (outward.last_words(None), inward.last_words(Some(fastrand::u32(..))));
            tokio::join!(part(&mut client, to_client), part(&mut upstream, to_upstream));
        }
    }
}

/// Says the last words, and waits for the other side to end; not for long.
async fn part<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut S, words: Vec<u8>) {
    let parted = async {
        stream.write_all(&words).await?;
        stream.shutdown().await?;
        let mut dropped = [0; 1024];
        while stream.read(&mut dropped).await? > 0 {}
        io::Result::Ok(())
    };
    // Who does not listen has gone, or soon will.
    drop(timeout(LAST_WORDS, parted).await);
}

// === impl Way ===

impl Way {
    fn new(held: Bytes, counter: Counter) -> Self {
        let mut way = Self {
            held: Bytes::new(),
            state: State::Open,
            frames: Frames::new(),
            is_dirty: false,
            has_moved: false,
            bytes: 0,
            counter,
        };
        way.came(&held);
        way.held = held;
        way
    }

    /// Passes on what there is. Ready when the sender has ended and the receiver knows it.
    fn poll<R: AsyncRead + Unpin, W: AsyncWrite + Unpin>(
        &mut self,
        context: &mut Context<'_>,
        from: &mut R,
        to: &mut W,
    ) -> Poll<Result<(), Fault>> {
        for _ in 0..TURN {
            while !self.held.is_empty() {
                let written = ready!(Pin::new(&mut *to).poll_write(context, &self.held));
                let written = self.wrote(written)?;
                self.held.advance(written);
            }
            match self.state {
                State::Ended => return Poll::Ready(Ok(())),
                State::Ending => {
                    // Who does not hear it has gone: it comes to the same.
                    drop(ready!(Pin::new(&mut *to).poll_shutdown(context)));
                    (self.state, self.has_moved) = (State::Ended, true);
                    continue;
                }
                State::Open => {}
            }
            let mut space = [MaybeUninit::uninit(); PIECE];
            let mut piece = ReadBuf::uninit(&mut space);
            match Pin::new(&mut *from).poll_read(context, &mut piece) {
                Poll::Ready(Ok(())) => {}
                Poll::Ready(Err(_)) => return Poll::Ready(Err(Fault::Sender)),
                Poll::Pending => {
                    self.is_dirty = self.is_dirty && Pin::new(&mut *to).poll_flush(context).is_pending();
                    return Poll::Pending;
                }
            }
            let piece = piece.filled();
            if piece.is_empty() {
                (self.state, self.has_moved) = (State::Ending, true);
                continue;
            }
            self.came(piece);
            // Mostly all of it is taken at once, and nothing is kept.
            let written = match Pin::new(&mut *to).poll_write(context, piece) {
                Poll::Ready(written) => self.wrote(written)?,
                Poll::Pending => 0,
            };
            self.held = Bytes::copy_from_slice(&piece[written..]);
        }
        context.waker().wake_by_ref();
        Poll::Pending
    }

    fn came(&mut self, piece: &[u8]) {
        self.frames.hear(piece);
        self.bytes += piece.len() as u64;
        self.counter.add(piece.len() as u64);
        self.has_moved = true;
    }

    /// Nothing more goes to a receiver that takes nothing.
    fn wrote(&mut self, written: io::Result<usize>) -> Result<usize, Fault> {
        match written {
            Ok(written) if written > 0 => {
                (self.is_dirty, self.has_moved) = (true, true);
                Ok(written)
            }
            _ => {
                (self.held, self.state, self.has_moved) = (Bytes::new(), State::Ended, true);
                Err(Fault::Receiver)
            }
        }
    }

    fn has_moved(&mut self) -> bool {
        mem::take(&mut self.has_moved)
    }

    /// What the receiver is told at the end, if it fits in.
    fn last_words(&self, mask: Option<u32>) -> Vec<u8> {
        match self.state == State::Open && self.held.is_empty() && self.frames.may_close() {
            true => going_away(mask.map(u32::to_be_bytes)),
            false => Vec::new(),
        }
    }
}

// === impl Farewell ===

impl Farewell {
    /// Tells all WebSockets that the time is over, and waits until they have said so.
    pub(crate) async fn say(&self) {
        self.is_said.set(true);
        self.said.notify_waiters();
        let silence = async {
            while self.open.get() > 0 {
                self.closed.notified().await;
            }
        };
        drop(timeout(LAST_WORDS * 2, silence).await);
    }

    async fn said(&self) {
        let said = self.said.notified();
        if !self.is_said.get() {
            said.await;
        }
    }

    fn opened<'a>(&'a self, metrics: &'a WebSocketMetrics) -> Open<'a> {
        self.open.set(self.open.get() + 1);
        metrics.open.add(1);
        Open { farewell: self, metrics }
    }
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        self.farewell.open.set(self.farewell.open.get() - 1);
        self.farewell.closed.notify_one();
        self.metrics.open.add(-1);
    }
}

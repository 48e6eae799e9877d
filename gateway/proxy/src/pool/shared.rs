//! A connection for many requests at one time: HTTP/2.

use std::{
    cell::{Cell, RefCell},
    future::{Future, poll_fn},
    io,
    net::SocketAddr,
    pin::pin,
    rc::Rc,
    time::{Duration, Instant},
};

use hyper::client::conn::http2::{Builder, SendRequest};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    sync::{Notify, oneshot},
    task,
};

use super::{Timer, settled::Settled, timer};
use crate::{body::RequestBody, connection::LocalExecutor};

/// Requests on one connection at one time, where the target takes as many: one loss of a packet holds up all of them.
const MOST_STREAMS: usize = 100;

/// What may come for one request before its client has taken it, in bytes.
const STREAM_WINDOW: u32 = 512 * 1024;

/// The same for all requests of a connection: so much that a client who is slow holds up nobody else.
const CONNECTION_WINDOW: u32 = STREAM_WINDOW * MOST_STREAMS as u32;

/// What is kept of a request's body until the target takes it, in bytes.
const SEND_BUFFER: usize = 256 * 1024;

/// The largest head of a response, in bytes.
const HEAD: u32 = 64 * 1024;

/// Requests that were given up and whose last frames may still come.
const MOST_RESETS: usize = 1024;

/// How long a target takes at most to say that it is there; no longer than it was silent before.
const PING_TIMEOUT: Duration = Duration::from_secs(10);

/// Tells requests that wait for it that there may be room on a connection.
pub(crate) type Room = Rc<Notify>;

/// A connection and its requests.
pub(crate) struct Multiplexed {
    pub(super) number: u64,
    pub(super) sender: RefCell<SendRequest<RequestBody>>,
    peer: SocketAddr,
    streams: Cell<usize>,
    /// So many requests have been on it.
    taken: Cell<u64>,
    /// So many requests the target takes at one time.
    limit: Rc<Cell<usize>>,
    /// When an answer last began to come on it.
    heard: Cell<Instant>,
    /// No further request is to go over it: it may be dead.
    is_suspect: Cell<bool>,
    /// It broke, and a request has told of that.
    has_told: Cell<bool>,
    /// Sweeps that found it without requests.
    sweeps: Cell<u32>,
    /// Those of requests that have ended, for others.
    timers: RefCell<Vec<Timer>>,
    room: Room,
}

/// A request's place on a connection. Dropped, it is free for another one; what is still to come of the answer is for the
/// answer's body to reset.
pub(crate) struct Stream {
    pub(super) connection: Rc<Multiplexed>,
    /// There until it is dropped.
    pub(super) timer: Option<Timer>,
    began: Instant,
}

// === impl Multiplexed ===

impl Multiplexed {
    pub(super) async fn over<S: AsyncRead + AsyncWrite + Unpin + 'static>(
        stream: S,
        peer: SocketAddr,
        ping: Option<Duration>,
        room: Room,
    ) -> io::Result<Rc<Self>> {
        thread_local!(static MADE: Cell<u64> = const { Cell::new(0) });
        let mut builder = Builder::new(LocalExecutor);
        builder.timer(TokioTimer::new());
        builder.initial_stream_window_size(STREAM_WINDOW).initial_connection_window_size(CONNECTION_WINDOW);
        builder.max_send_buf_size(SEND_BUFFER).max_header_list_size(HEAD).max_concurrent_reset_streams(MOST_RESETS);
        // The target says how many it takes before there is any.
        builder.initial_max_send_streams(0);
        builder
            .keep_alive_interval(ping)
            .keep_alive_timeout(ping.map_or(PING_TIMEOUT, |ping| ping.min(PING_TIMEOUT)))
            .keep_alive_while_idle(false);
        let (told, is_told) = oneshot::channel();
        let stream = TokioIo::new(Settled::over(stream, told));
        let (sender, connection) = builder.handshake(stream).await.map_err(io::Error::other)?;
        // A connection on which the target says nothing is none: what was sent on it would wait, and with it all that comes
        // later. The first request would have to wait for the settings anyway.
        let silent = "it broke off before it had sent the settings of HTTP/2, if it speaks that";
        is_told.await.map_err(|_| io::Error::other(silent))?;
        let limit = Rc::new(Cell::new(connection.current_max_send_streams().min(MOST_STREAMS)));
        let (known, waiting) = (limit.clone(), room.clone());
        task::spawn_local(async move {
            let mut connection = pin!(connection);
            let ended = poll_fn(|context| {
                let ended = connection.as_mut().poll(context);
                if ended.is_pending() {
                    let limit = connection.current_max_send_streams().min(MOST_STREAMS);
                    if known.replace(limit) < limit {
                        waiting.notify_waiters();
                    }
                }
                ended
            });
            if let Err(error) = ended.await {
                tracing::debug!(%peer, %error, "upstream connection ended");
            }
            waiting.notify_waiters();
        });
        Ok(Rc::new(Self {
            number: MADE.with(|made| made.replace(made.get() + 1)),
            sender: RefCell::new(sender),
            peer,
            streams: Cell::new(0),
            taken: Cell::new(0),
            limit,
            heard: Cell::new(Instant::now()),
            is_suspect: Cell::new(false),
            has_told: Cell::new(false),
            sweeps: Cell::new(0),
            timers: RefCell::default(),
            room,
        }))
    }

    pub(super) fn streams(&self) -> usize {
        self.streams.get()
    }

    pub(super) fn is_closed(&self) -> bool {
        self.sender.borrow().is_closed()
    }

    /// Whether further requests may go over it.
    pub(super) fn is_usable(&self) -> bool {
        !self.is_suspect.get() && !self.is_closed()
    }

    /// Whether the target takes no request for now: the first one finds out when it does.
    pub(super) fn is_unsettled(&self) -> bool {
        self.limit.get() == 0 && self.is_usable()
    }

    /// Whether it takes a request at once.
    pub(super) fn has_room(&self) -> bool {
        self.streams.get() < self.limit.get().max(1) && self.is_usable()
    }

    /// A place on it.
    pub(super) fn take(self: &Rc<Self>) -> Stream {
        self.streams.set(self.streams.get() + 1);
        self.taken.set(self.taken.get() + 1);
        self.sweeps.set(0);
        let timer = self.timers.borrow_mut().pop().unwrap_or_else(timer);
        Stream { connection: self.clone(), timer: Some(timer), began: Instant::now() }
    }

    /// Whether it is kept, after one more sweep.
    pub(super) fn stays(&self, most_sweeps: u32) -> bool {
        if self.streams.get() > 0 {
            return true;
        }
        self.sweeps.set(self.sweeps.get() + 1);
        self.is_usable() && self.sweeps.get() <= most_sweeps
    }
}

// === impl Stream ===

impl Stream {
    pub(super) fn peer(&self) -> SocketAddr {
        self.connection.peer
    }

    /// Whether no other request has been on its connection.
    pub(super) fn is_first(&self) -> bool {
        self.connection.taken.get() == 1
    }

    /// Its answer has begun to come.
    pub(super) fn is_answered(&self) {
        self.connection.heard.set(Instant::now());
    }

    /// Whether no other request has told that its connection broke.
    pub(super) fn is_first_to_break(&self) -> bool {
        !self.connection.has_told.replace(true)
    }

    /// Its answer did not come in time. Where no other one has come since, it is the connection that is in doubt.
    pub(super) fn is_not_answered(&self) {
        if self.connection.heard.get() <= self.began {
            self.connection.is_suspect.set(true);
        }
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        let Self { connection, timer, .. } = self;
        connection.streams.set(connection.streams.get() - 1);
        connection.timers.borrow_mut().extend(timer.take());
        connection.room.notify_one();
    }
}

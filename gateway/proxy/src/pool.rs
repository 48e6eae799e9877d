//! Connections to one target, owned by one worker: those of HTTP/1.1 kept alive, those of HTTP/2 shared.

mod address;
mod exclusive;
mod registry;
mod settled;
mod shared;
mod tls;
mod transport;
mod unconnected;
mod wire;

use std::{
    cell::{Cell, RefCell},
    future::Future,
    net::SocketAddr,
    pin::{Pin, pin},
    rc::Rc,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use gateway_model::Protocol;
use gateway_telemetry::UpstreamFault;
use http::{HeaderValue, Request, Response};
use hyper::{body::Incoming, client::conn::TrySendError};
use tokio::time::{Instant, Sleep, sleep, timeout};

pub use self::tls::{UpstreamTlsError, check_upstream_tls};
pub(crate) use self::{
    address::Address,
    registry::{Pools, Returned, UpstreamPools},
    shared::Room,
    transport::{Connection, Transport},
    unconnected::{Unconnected, Wanted},
};
use self::{
    exclusive::{Exclusive, Idle},
    shared::{Multiplexed, Stream},
    transport::NoConnection,
};
use crate::body::RequestBody;

/// HTTP/2 connections of one worker to one target; requests beyond wait for room on them, as for a connection.
const MOST_SHARED: usize = 32;

/// The same with those that take no further request, but still have some.
const MOST_KEPT: usize = 4 * MOST_SHARED;

/// Of what goes wrong with TLS to one target so much is a warning; the rest is for who debugs.
const WARNING_INTERVAL: Duration = Duration::from_secs(10);

type Timer = Pin<Box<Sleep>>;

fn timer() -> Timer {
    Box::pin(sleep(Duration::MAX))
}

/// Connections to one target.
pub(crate) struct Pool {
    address: Address,
    host: HeaderValue,
    transport: Arc<Transport>,
    /// The last one used on top because its memory is warm.
    idle: RefCell<Vec<Idle>>,
    most_idle: usize,
    shared: RefCell<Vec<Rc<Multiplexed>>>,
    room: Room,
    /// An HTTP/2 connection is being made: requests wait for it.
    is_making: Cell<bool>,
    /// How many were tried in vain so, and how the last one failed.
    failed: Cell<(u64, UpstreamFault)>,
    /// What was agreed on last, where that is agreed on.
    speaks_http2: Cell<bool>,
    warned: Cell<Option<Instant>>,
}

/// A connection in use, or a place on one. An HTTP/1.1 connection that is dropped is closed: only an exchange that came to its
/// end may [give it back](Lease::give_back).
pub(crate) struct Lease {
    line: Line,
    pool: Rc<Pool>,
    upstream: AtUpstream,
}

enum Line {
    Exclusive(Exclusive),
    Stream(Stream),
}

/// Counts an exchange with a target of an upstream while it lasts.
struct AtUpstream {
    pools: Rc<UpstreamPools>,
    seat: usize,
}

/// One that makes an HTTP/2 connection for all; dropped, it lets the next one try.
struct Making<'a>(&'a Pool);

// === impl Pool ===

impl Pool {
    fn new(address: &str, transport: Arc<Transport>, most_idle: usize) -> Self {
        let address = Address::new(address);
        Self {
            host: address.host(),
            address,
            speaks_http2: Cell::new(transport.protocol != Protocol::Http1),
            transport,
            idle: RefCell::default(),
            most_idle,
            shared: RefCell::default(),
            room: Room::default(),
            is_making: Cell::new(false),
            failed: Cell::new((0, UpstreamFault::Connect)),
            warned: Cell::new(None),
        }
    }

    /// Host and port, for requests that come from no client.
    pub(crate) fn host(&self) -> HeaderValue {
        self.host.clone()
    }

    /// A kept connection that takes a request at once; one of HTTP/1.1 for a request that is to have it alone.
    fn take(self: &Rc<Self>, upstream: AtUpstream, is_alone: bool) -> Result<Lease, AtUpstream> {
        let mut idle = self.idle.borrow_mut();
        // Others may still be sending a body that their answer did not wait for, or may be closed: the sweep sees to them.
        let ready = idle.iter().rposition(|idle| idle.connection.sender.is_ready());
        let line = match ready {
            Some(ready) => Some(Line::Exclusive(idle.remove(ready).connection)),
            None if is_alone => None,
            None => self.stream(None).map(Line::Stream),
        };
        match line {
            Some(line) => Ok(Lease { line, pool: self.clone(), upstream }),
            None => Err(upstream),
        }
    }

    /// A place on the HTTP/2 connection with the fewest requests, but not on that one.
    fn stream(&self, except: Option<u64>) -> Option<Stream> {
        let shared = self.shared.borrow();
        let fit = shared.iter().filter(|connection| Some(connection.number) != except && connection.has_room());
        Some(fit.min_by_key(|connection| connection.streams())?.take())
    }

    /// A new connection, or one that others have made meanwhile.
    ///
    /// # Errors
    /// Why none is to be had within that time.
    async fn connect(
        self: &Rc<Self>,
        wanted: Wanted,
        except: Option<u64>,
        upstream: AtUpstream,
    ) -> Result<Lease, Unconnected> {
        let Wanted { within, by, is_alone } = wanted;
        let within = within.min(by.saturating_duration_since(std::time::Instant::now()));
        // Whether all of that time was for making one.
        let makes = Cell::new(false);
        let is_over = || by <= std::time::Instant::now();
        let made = async {
            match self.speaks_http2.get() && !is_alone {
                true => self.share(except, &makes).await,
                false => {
                    makes.set(true);
                    self.make(is_alone).await
                }
            }
        };
        let line = match timeout(within, made).await {
            Ok(line) => line?,
            Err(_) if is_over() => return Err(Unconnected::TooLate),
            Err(_) => {
                tracing::debug!(target = ?self.address, ?within, "no connection to the upstream in time");
                let fault = UpstreamFault::ConnectTimeout;
                if !makes.get() {
                    return Err(Unconnected::Waited(fault));
                }
                // Those who wait for it would have less time than the target is to have.
                self.failed.set((self.failed.get().0 + 1, fault));
                return Err(Unconnected::Failed(fault));
            }
        };
        let is_new = matches!(&line, Line::Exclusive(_)) || matches!(&line, Line::Stream(it) if it.is_first());
        if is_new {
            upstream.pools.metrics.connections_opened.add(1);
        }
        let lease = Lease { line, pool: self.clone(), upstream };
        if is_over() {
            lease.give_back();
            return Err(Unconnected::TooLate);
        }
        Ok(lease)
    }

    /// A place on an HTTP/2 connection as soon as there is one. Connections are made one after the other: those who come
    /// together are to share one.
    async fn share(&self, except: Option<u64>, makes: &Cell<bool>) -> Result<Line, Unconnected> {
        let (failures, _) = self.failed.get();
        let (mut except, mut has_waited) = (except, false);
        loop {
            let mut changed = pin!(self.room.notified());
            changed.as_mut().enable();
            if let Some(stream) = self.stream(except) {
                return Ok(Line::Stream(stream));
            }
            let (failed, fault) = self.failed.get();
            if failed > failures {
                return Err(Unconnected::Waited(fault));
            }
            // The target has turned out to speak HTTP/1.1.
            if !self.speaks_http2.get() {
                return self.make(false).await;
            }
            match self.may_open(except) {
                true => {
                    let _making = Making::begin(self);
                    makes.set(!has_waited);
                    return self.make(false).await.inspect_err(|reason| {
                        if let Unconnected::Failed(fault) = reason {
                            self.failed.set((failed + 1, *fault));
                        }
                    });
                }
                false => {
                    changed.await;
                    // It may be there that it was told of room, and nobody else is told of it.
                    (except, has_waited) = (None, true);
                }
            }
        }
    }

    fn may_open(&self, except: Option<u64>) -> bool {
        let mut shared = self.shared.borrow_mut();
        shared.retain(|connection| connection.streams() > 0 || !connection.is_closed());
        let is_unsettled = |it: &Rc<Multiplexed>| it.is_unsettled() && Some(it.number) != except;
        let usable = shared.iter().filter(|it| it.is_usable()).count();
        let has_place = usable < MOST_SHARED && shared.len() < MOST_KEPT;
        !self.is_making.get() && has_place && !shared.iter().any(is_unsettled)
    }

    async fn make(&self, is_alone: bool) -> Result<Line, Unconnected> {
        let made = self.transport.connect(&self.address, self.room.clone(), is_alone).await;
        let made = made.map_err(|reason| self.explain(&reason))?;
        // Where nothing else was offered, it says nothing of what the target speaks with others.
        if !is_alone {
            self.speaks_http2.set(matches!(made, Connection::Multiplexed(_)));
        }
        Ok(match made {
            Connection::Exclusive(connection) => Line::Exclusive(connection),
            Connection::Multiplexed(connection) => {
                let stream = connection.take();
                self.shared.borrow_mut().push(connection);
                Line::Stream(stream)
            }
        })
    }

    /// Says why there is no connection. What is wrong with TLS does not pass: it is said loudly, but not for each request.
    #[cold]
    fn explain(&self, reason: &NoConnection) -> Unconnected {
        let unconnected = reason.unconnected();
        let now = Instant::now();
        let is_due = self.warned.get().is_none_or(|warned| now - warned >= WARNING_INTERVAL);
        if unconnected == Unconnected::Failed(UpstreamFault::Tls) && is_due {
            self.warned.set(Some(now));
            tracing::warn!(target = ?self.address, error = %reason, "no connection to the upstream");
        } else {
            tracing::debug!(target = ?self.address, error = %reason, "no connection to the upstream");
        }
        unconnected
    }

    /// Drops connections that were closed, and those that were idle for `most_sweeps`.
    fn sweep(&self, most_sweeps: u32) {
        self.idle.borrow_mut().retain_mut(|idle| {
            idle.sweeps += 1;
            !idle.connection.sender.is_closed() && idle.sweeps <= most_sweeps
        });
        self.shared.borrow_mut().retain(|connection| connection.stays(most_sweeps));
    }
}

// === impl Lease ===

impl Lease {
    pub(crate) fn peer(&self) -> SocketAddr {
        match &self.line {
            Line::Exclusive(connection) => connection.peer,
            Line::Stream(stream) => stream.peer(),
        }
    }

    /// The number of the HTTP/2 connection that it is a place on.
    pub(crate) fn shared(&self) -> Option<u64> {
        match &self.line {
            Line::Exclusive(_) => None,
            Line::Stream(stream) => Some(stream.connection.number),
        }
    }

    pub(crate) fn send(
        &mut self,
        request: Request<RequestBody>,
    ) -> impl Future<Output = Result<Response<Incoming>, TrySendError<Request<RequestBody>>>> + use<> {
        let mut request = request;
        let (mut exclusive, mut shared) = (None, None);
        match &mut self.line {
            Line::Exclusive(connection) => {
                wire::for_http1(&mut request);
                exclusive = Some(connection.sender.try_send_request(request));
            }
            Line::Stream(stream) => {
                wire::for_http2(&mut request, self.pool.transport.scheme(), &self.pool.host);
                shared = Some(stream.connection.sender.borrow_mut().try_send_request(request));
            }
        }
        async move {
            match (exclusive, shared) {
                (Some(sending), _) => sending.await,
                (None, Some(sending)) => sending.await,
                (None, None) => unreachable!("one of the two is sent on"),
            }
        }
    }

    /// Its answer has begun to come.
    pub(crate) fn is_answered(&self) {
        if let Line::Stream(stream) = &self.line {
            stream.is_answered();
        }
    }

    /// Its connection broke, and no other request has told of that.
    pub(crate) fn is_first_to_break(&self) -> bool {
        match &self.line {
            Line::Exclusive(_) => true,
            Line::Stream(stream) => stream.is_first_to_break(),
        }
    }

    /// Its answer did not come in time.
    pub(crate) fn is_not_answered(&self) {
        if let Line::Stream(stream) = &self.line {
            stream.is_not_answered();
        }
    }

    /// Sets the timer. Setting a later time than before, as is usual, moves nothing in the runtime.
    pub(crate) fn start_timer(&mut self, duration: Duration) {
        if let Some(timer) = self.timer() {
            timer.as_mut().reset(Instant::now() + duration);
        }
    }

    pub(crate) fn poll_timer(&mut self, context: &mut Context<'_>) -> Poll<()> {
        self.timer().map_or(Poll::Pending, |timer| timer.as_mut().poll(context))
    }

    fn timer(&mut self) -> Option<&mut Timer> {
        match &mut self.line {
            Line::Exclusive(connection) => Some(&mut connection.timer),
            Line::Stream(stream) => stream.timer.as_mut(),
        }
    }

    pub(crate) fn count(&self, fault: UpstreamFault) {
        self.upstream.pools.metrics.fault(fault).add(1);
    }

    /// Keeps the connection for the next request. A place on one is free as soon as it is dropped.
    pub(crate) fn give_back(self) {
        let Line::Exclusive(connection) = self.line else { return };
        // Beside HTTP/2 it was made for one request that was to have it alone, and others would be worse off on it.
        if self.pool.speaks_http2.get() {
            return;
        }
        let mut idle = self.pool.idle.borrow_mut();
        if idle.len() < self.pool.most_idle && !connection.sender.is_closed() {
            idle.push(Idle { connection, sweeps: 0 });
        }
    }
}

// === impl AtUpstream ===

impl AtUpstream {
    fn begin(pools: &Rc<UpstreamPools>, seat: usize) -> Self {
        pools.metrics.in_flight.add(1);
        pools.balancer.begins(seat);
        Self { pools: pools.clone(), seat }
    }
}

impl Drop for AtUpstream {
    fn drop(&mut self) {
        self.pools.metrics.in_flight.add(-1);
        self.pools.balancer.ends(self.seat);
    }
}

// === impl Making ===

impl<'a> Making<'a> {
    fn begin(pool: &'a Pool) -> Self {
        pool.is_making.set(true);
        Self(pool)
    }
}

impl Drop for Making<'_> {
    fn drop(&mut self) {
        self.0.is_making.set(false);
        self.0.room.notify_waiters();
    }
}

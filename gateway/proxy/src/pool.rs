//! Keep-alive connections to one target, owned by one worker.

mod registry;

use std::{
    cell::RefCell,
    future::Future,
    io,
    net::SocketAddr,
    pin::Pin,
    rc::Rc,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use gateway_telemetry::UpstreamFault;
use http::{HeaderValue, Request, Response, StatusCode};
use hyper::{
    body::Incoming,
    client::conn::{
        TrySendError,
        http1::{self, SendRequest},
    },
};
use hyper_util::rt::TokioIo;
use tokio::{
    net::TcpStream,
    task,
    time::{Instant, Sleep, sleep, timeout},
};

pub(crate) use self::registry::{Pools, UpstreamPools};
use crate::body::RequestBody;

/// Idle connections to one target, the last one used on top because its memory is warm.
pub(crate) struct Pool {
    address: Address,
    idle: RefCell<Vec<Idle>>,
    most_idle: usize,
}

/// Where a target is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Address {
    Known(SocketAddr),
    /// `host:port`, looked up whenever a connection is made.
    Named(Arc<str>),
}

struct Idle {
    connection: Connection,
    /// Sweeps that found it idle: a clock that costs requests nothing.
    sweeps: u32,
}

/// A connection with its timer, which is made once and set anew for each wait.
pub(crate) struct Connection {
    sender: SendRequest<RequestBody>,
    peer: SocketAddr,
    timer: Pin<Box<Sleep>>,
}

/// A connection in use. Dropped, it is closed: only an exchange that came to its end may [give it back](Lease::give_back).
pub(crate) struct Lease {
    connection: Connection,
    pool: Rc<Pool>,
    upstream: AtUpstream,
}

/// Counts an exchange with a target of an upstream while it lasts.
struct AtUpstream {
    pools: Rc<UpstreamPools>,
    seat: usize,
}

// === impl Pool ===

impl Pool {
    fn new(address: &str, most_idle: usize) -> Self {
        Self { address: Address::new(address), idle: RefCell::default(), most_idle }
    }

    /// Host and port, for requests that come from no client.
    pub(crate) fn host(&self) -> HeaderValue {
        self.address.host()
    }

    /// A kept connection that takes a request at once.
    fn take(self: &Rc<Self>, upstream: AtUpstream) -> Result<Lease, AtUpstream> {
        let mut idle = self.idle.borrow_mut();
        // Others may still be sending a body that their answer did not wait for, or may be closed: the sweep sees to them.
        let Some(ready) = idle.iter().rposition(|idle| idle.connection.sender.is_ready()) else { return Err(upstream) };
        let connection = idle.remove(ready).connection;
        Ok(Lease { connection, pool: self.clone(), upstream })
    }

    /// A new connection.
    ///
    /// # Errors
    /// What to count it as when none is to be had within that time.
    async fn connect(self: &Rc<Self>, within: Duration, upstream: AtUpstream) -> Result<Lease, UpstreamFault> {
        let connection = match timeout(within, self.address.connect()).await {
            Ok(Ok(connection)) => connection,
            Ok(Err(error)) => {
                tracing::debug!(target = ?self.address, %error, "no connection to the upstream");
                return Err(UpstreamFault::Connect);
            }
            Err(_) => {
                tracing::debug!(target = ?self.address, ?within, "no connection to the upstream in time");
                return Err(UpstreamFault::ConnectTimeout);
            }
        };
        upstream.pools.metrics.connections_opened.add(1);
        Ok(Lease { connection, pool: self.clone(), upstream })
    }

    /// Drops connections that were closed, and those that were idle for `most_sweeps`.
    fn sweep(&self, most_sweeps: u32) {
        self.idle.borrow_mut().retain_mut(|idle| {
            idle.sweeps += 1;
            !idle.connection.sender.is_closed() && idle.sweeps <= most_sweeps
        });
    }
}

// === impl Address ===

impl Address {
    /// That of a `host:port`.
    pub(crate) fn new(address: &str) -> Self {
        address.parse().map_or_else(|_| Self::Named(address.into()), Self::Known)
    }

    /// Host and port.
    pub(crate) fn host(&self) -> HeaderValue {
        let host = match self {
            Self::Known(address) => HeaderValue::try_from(address.to_string()),
            Self::Named(name) => HeaderValue::try_from(&**name),
        };
        host.unwrap_or(HeaderValue::from_static(""))
    }

    /// A connection that speaks HTTP.
    pub(crate) async fn connect(&self) -> io::Result<Connection> {
        Connection::over(self.reach().await?).await
    }

    /// A connection: to the first address of a name that accepts one.
    pub(crate) async fn reach(&self) -> io::Result<TcpStream> {
        match self {
            Self::Known(address) => TcpStream::connect(*address).await,
            Self::Named(name) => TcpStream::connect(&**name).await,
        }
    }
}

// === impl Connection ===

impl Connection {
    async fn over(stream: TcpStream) -> io::Result<Self> {
        let peer = stream.peer_addr()?;
        stream.set_nodelay(true)?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(io::Error::other)?;
        task::spawn_local(async move {
            // Whoever waits for an answer is told; without anybody waiting it is how idle connections end.
            if let Err(error) = connection.await {
                tracing::debug!(%peer, %error, "upstream connection ended");
            }
        });
        Ok(Self { sender, peer, timer: Box::pin(sleep(Duration::MAX)) })
    }

    /// The status of the answer to a request that is the only one on this connection.
    pub(crate) async fn ask_once(self, request: Request<RequestBody>) -> hyper::Result<StatusCode> {
        let mut sender = self.sender;
        Ok(sender.send_request(request).await?.status())
    }
}

// === impl Lease ===

impl Lease {
    pub(crate) fn peer(&self) -> SocketAddr {
        self.connection.peer
    }

    pub(crate) fn send(
        &mut self,
        request: Request<RequestBody>,
    ) -> impl Future<Output = Result<Response<Incoming>, TrySendError<Request<RequestBody>>>> + use<> {
        self.connection.sender.try_send_request(request)
    }

    /// Sets the timer. Setting a later time than before, as is usual, moves nothing in the runtime.
    pub(crate) fn start_timer(&mut self, duration: Duration) {
        self.connection.timer.as_mut().reset(Instant::now() + duration);
    }

    pub(crate) fn poll_timer(&mut self, context: &mut Context<'_>) -> Poll<()> {
        self.connection.timer.as_mut().poll(context)
    }

    pub(crate) fn count(&self, fault: UpstreamFault) {
        self.upstream.pools.metrics.fault(fault).add(1);
    }

    /// Keeps the connection for the next request.
    pub(crate) fn give_back(self) {
        let mut idle = self.pool.idle.borrow_mut();
        if idle.len() < self.pool.most_idle && !self.connection.sender.is_closed() {
            idle.push(Idle { connection: self.connection, sweeps: 0 });
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

//! How the targets of an upstream are spoken to, and how a connection to one is made.

use std::{
    io,
    rc::Rc,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use gateway_model::{Protocol, Upstream};
use gateway_telemetry::UpstreamFault;
use http::{HeaderValue, Request, Response, uri::Scheme};
use hyper::body::Incoming;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};

use super::{
    Address,
    exclusive::Exclusive,
    shared::{Multiplexed, Room},
    tls::TlsClient,
    unconnected::Unconnected,
    wire,
};
use crate::body::RequestBody;

/// The version of HTTP and the TLS beneath it. Connections are shared only by those who speak over the same one.
pub(crate) struct Transport {
    /// Never that of another one in this process, but for cleartext HTTP/1.1, which is the same for everybody.
    pub(super) id: u64,
    pub(super) protocol: Protocol,
    tls: Security,
    /// Without a frame for so long HTTP/2 targets are asked whether they are there.
    ping: Option<Duration>,
}

enum Security {
    Cleartext,
    Tls(Box<TlsClient>),
    /// It cannot be spoken as it is configured: nothing is sent in its place.
    Unusable(String),
}

/// A connection that was made.
pub(crate) enum Connection {
    /// HTTP/1.1: for one request at a time.
    Exclusive(Exclusive),
    /// HTTP/2: for many.
    Multiplexed(Rc<Multiplexed>),
}

/// Why there is no connection.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoConnection {
    #[error("{0}")]
    Unreachable(io::Error),
    #[error("{0}")]
    Unsettled(io::Error),
    #[error("TLS: {0}")]
    Untrusted(String),
    #[error("it does not agree to HTTP/1.1, which alone can switch")]
    NeverSwitches,
}

// === impl Transport ===

impl Transport {
    /// That of an upstream; the same as before where `known` says the same, so that its connections stay.
    pub(crate) fn of(
        upstream: &Upstream,
        known: Option<(&Upstream, &Arc<Self>)>,
        secret: &dyn Fn(&str) -> Option<Vec<u8>>,
    ) -> Arc<Self> {
        let told = |upstream: &Upstream| (upstream.protocol, upstream.tls.clone(), upstream.timeouts.ping_ms);
        let is_usable = |transport: &Self| !matches!(transport.tls, Security::Unusable(_));
        if let Some((before, transport)) = known
            && told(before) == told(upstream)
            && is_usable(transport)
        {
            return transport.clone();
        }
        Arc::new(Self::new(upstream, secret))
    }

    fn new(upstream: &Upstream, secret: &dyn Fn(&str) -> Option<Vec<u8>>) -> Self {
        static MADE: AtomicU64 = AtomicU64::new(1);
        let Upstream { name, protocol, tls, timeouts, .. } = upstream;
        let ping = (timeouts.ping_ms > 0).then(|| Duration::from_millis(timeouts.ping_ms.into()));
        let Some(tls) = tls else {
            let protocol = if *protocol == Protocol::Auto { Protocol::Http1 } else { *protocol };
            let id = if protocol == Protocol::Http1 { 0 } else { MADE.fetch_add(1, Relaxed) };
            return Self { id, protocol, tls: Security::Cleartext, ping };
        };
        if !tls.verify {
            tracing::warn!(
                upstream = name,
                "certificates of its targets are NOT verified: whoever is on the way to them can read and change everything"
            );
        }
        let tls = match TlsClient::new(tls, *protocol, secret) {
            Ok(client) => Security::Tls(Box::new(client)),
            Err(error) => {
                tracing::error!(upstream = name, %error, "its TLS cannot be spoken: no request is sent to it");
                Security::Unusable(error.to_string())
            }
        };
        Self { id: MADE.fetch_add(1, Relaxed), protocol: *protocol, tls, ping }
    }

    #[cfg(test)]
    pub(crate) fn cleartext() -> Arc<Self> {
        Arc::new(Self { id: 0, protocol: Protocol::Http1, tls: Security::Cleartext, ping: None })
    }

    pub(super) fn scheme(&self) -> &'static Scheme {
        static SCHEMES: [Scheme; 2] = [Scheme::HTTP, Scheme::HTTPS];
        &SCHEMES[usize::from(!matches!(self.tls, Security::Cleartext))]
    }

    /// Whether HTTP/1.1 can be spoken to the targets, if only for a request that is to have its connection alone.
    pub(crate) fn can_switch(&self) -> bool {
        self.protocol != Protocol::Http2 || matches!(self.tls, Security::Tls(_))
    }

    /// A connection that speaks HTTP, and HTTP/1.1 where one request is to have it alone; `room` hears of it when an HTTP/2
    /// one has room for a request.
    pub(crate) async fn connect(
        &self,
        address: &Address,
        room: Room,
        is_alone: bool,
    ) -> Result<Connection, NoConnection> {
        if let Security::Unusable(reason) = &self.tls {
            return Err(NoConnection::Untrusted(reason.clone()));
        }
        let stream = address.reach().await.map_err(NoConnection::Unreachable)?;
        stream.set_nodelay(true).map_err(NoConnection::Unreachable)?;
        match &self.tls {
            Security::Tls(client) => {
                let peer = stream.peer_addr().map_err(NoConnection::Unreachable)?;
                let (stream, is_http2) = client.connect(address, stream, is_alone).await?;
                self.speak(stream, peer, is_http2, room).await
            }
            _ => {
                let peer = stream.peer_addr().map_err(NoConnection::Unreachable)?;
                let is_http2 = self.protocol == Protocol::Http2 && !is_alone;
                self.speak::<TcpStream>(stream, peer, is_http2, room).await
            }
        }
    }

    async fn speak<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(
        &self,
        stream: S,
        peer: std::net::SocketAddr,
        is_http2: bool,
        room: Room,
    ) -> Result<Connection, NoConnection> {
        match is_http2 {
            false => {
                let connection = Exclusive::over(stream, peer).await;
                connection.map(Connection::Exclusive).map_err(NoConnection::Unreachable)
            }
            true => {
                let connection = Multiplexed::over(stream, peer, self.ping, room).await;
                connection.map(Connection::Multiplexed).map_err(NoConnection::Unsettled)
            }
        }
    }
}

// === impl Connection ===

impl Connection {
    /// The answer to a request that is the only one on this connection.
    pub(crate) async fn ask_once(
        self,
        transport: &Transport,
        host: &HeaderValue,
        request: Request<RequestBody>,
    ) -> hyper::Result<Response<Incoming>> {
        let mut request = request;
        match self {
            Self::Exclusive(mut connection) => connection.sender.send_request(request).await,
            Self::Multiplexed(connection) => {
                wire::for_http2(&mut request, transport.scheme(), host);
                let sending = connection.sender.borrow_mut().send_request(request);
                sending.await
            }
        }
    }
}

// === impl NoConnection ===

impl NoConnection {
    /// What a request is told.
    pub(super) fn unconnected(&self) -> Unconnected {
        match self {
            Self::Unreachable(_) => Unconnected::Failed(UpstreamFault::Connect),
            Self::Unsettled(_) => Unconnected::Failed(UpstreamFault::Broken),
            Self::Untrusted(_) => Unconnected::Failed(UpstreamFault::Tls),
            Self::NeverSwitches => Unconnected::NeverSwitches,
        }
    }
}

//! What the data path is told once, at start.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use gateway_algorithms::network::Network;
use gateway_store::Responses;
use gateway_telemetry::AccessLog;

use crate::{cache::HttpCache, overload::OverloadLimits, tls::Termination};

/// Where to serve, with how many threads, within which limits.
#[derive(Clone, Debug)]
pub struct ProxySettings {
    /// Address of the cleartext listener; port 0 takes a free one.
    pub http: Option<SocketAddr>,
    /// Address of the TLS listener; needs [`ProxySettings::tls`].
    pub https: Option<SocketAddr>,
    /// The certificate of the settings, and what is asked of clients.
    pub tls: Option<Arc<Termination>>,
    /// Whether requests in cleartext are sent to HTTPS, and to which port: 0 means that of the TLS listener.
    pub redirect_to_https: Option<u16>,
    /// Threads that serve, at least 1.
    pub workers: usize,
    pub limits: ConnectionLimits,
    /// Who stands in front of the gateway.
    pub proxies: Proxies,
    /// Where the gateway has enough, and turns requests away.
    pub overload: OverloadLimits,
    pub access_log: AccessLog,
    /// What plugins keep of responses: the same as the host's.
    pub responses: Arc<Responses>,
    /// What is cached in front of upstreams.
    pub cache: Arc<HttpCache>,
}

/// Who stands in front of the gateway, and is believed.
#[derive(Clone, Debug, Default)]
pub struct Proxies {
    /// Those who say whom a request is from, and what its id is.
    pub trusted: Vec<Network>,
    /// Where they say it.
    pub said_in: SaidIn,
    /// Connections of the cleartext listener begin with a PROXY header, and come from those who are trusted only.
    pub http_header: bool,
    /// The same for the TLS listener.
    pub https_header: bool,
}

/// The fields in which proxies say whom a request is from. One kind is believed: what stands in the other may be the client's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SaidIn {
    /// `X-Forwarded-For`, `X-Forwarded-Proto` and `X-Forwarded-Host`.
    #[default]
    XForwarded,
    /// `Forwarded` (RFC 7239).
    Forwarded,
}

impl Proxies {
    pub(crate) fn trusts(&self, address: IpAddr) -> bool {
        self.trusted.iter().any(|network| network.has(address))
    }
}

/// How much one client, and all of them together, may take.
#[derive(Clone, Debug)]
pub struct ConnectionLimits {
    /// Client connections of the process at one time; further ones are closed as soon as they are accepted.
    pub connections: usize,
    /// Client connections of one address, or one /64 of IPv6, at one time; those of trusted proxies are not counted.
    pub per_address: usize,
    /// For a TLS handshake, with the PROXY header before it.
    pub handshake_timeout: Duration,
    /// From a request's first byte to the end of its head.
    pub head_timeout: Duration,
    /// How long a connection without a request in flight is kept.
    pub idle_timeout: Duration,
    /// How long a client may leave a response standing that it does not read.
    pub stall_timeout: Duration,
    /// How long a WebSocket over which nothing goes is kept.
    pub websocket_idle_timeout: Duration,
    /// Size of a request's head in bytes, 8 KiB at least; larger ones are answered with 431.
    pub head_bytes: usize,
    /// Size of a request's target in bytes, 63 KiB at most; longer ones are answered with 414.
    pub target_bytes: usize,
    /// Header fields of a request; more are answered with 431.
    pub headers: usize,
    /// Size of a request's body in bytes; larger ones are answered with 413.
    pub body_bytes: Option<u64>,
    /// The least that a client sends of its body in a second, in bytes, in the mean over the time that it was waited for; slower
    /// ones are answered with 408. Not for bodies without a length over HTTP/2, which may be conversations.
    pub body_rate: u64,
    /// Bytes that bodies kept whole for plugins may take at one time, over all workers; requests beyond are answered with 503.
    pub buffered_bytes: u64,
    /// How often a request may have come through gateways of this kind before, by its `CDN-Loop`; one more is answered with 508.
    pub passes: usize,
    /// Requests at one time on an HTTP/2 connection.
    pub streams: u32,
    /// Requests that an HTTP/2 client may give up. Beyond that, a client that has given up more than half of its requests
    /// loses its connection: it makes work for upstreams and waits for none of it.
    pub resets: usize,
    /// Frames other than requests and bodies that an HTTP/2 client may send in a second, such as `SETTINGS` and `PING`: each
    /// makes work, and most an answer. A client that sends more loses its connection.
    pub control_frames: u32,
    /// Idle connections kept for each target by each worker.
    pub idle_upstream_connections: usize,
    /// How long an upstream connection is kept without use.
    pub upstream_idle_timeout: Duration,
}

impl Default for ConnectionLimits {
    fn default() -> Self {
        Self {
            connections: 10_000,
            per_address: 2_500,
            handshake_timeout: Duration::from_secs(10),
            head_timeout: Duration::from_secs(10),
            idle_timeout: Duration::from_secs(60),
            stall_timeout: Duration::from_secs(60),
            websocket_idle_timeout: Duration::from_secs(300),
            head_bytes: 64 * 1024,
            target_bytes: 16 * 1024,
            headers: 100,
            body_bytes: None,
            body_rate: 240,
            buffered_bytes: 256 * 1024 * 1024,
            passes: 8,
            streams: 128,
            resets: 64,
            control_frames: 2_000,
            idle_upstream_connections: 256,
            upstream_idle_timeout: Duration::from_secs(60),
        }
    }
}

impl ConnectionLimits {
    /// How often connections are looked at: often enough that no timeout is missed by more than a tenth.
    pub(crate) fn patrol_interval(&self) -> Duration {
        let shortest = self.head_timeout.min(self.idle_timeout).min(self.stall_timeout).min(self.upstream_idle_timeout);
        (shortest / 10).clamp(Duration::from_millis(10), Duration::from_secs(1))
    }
}

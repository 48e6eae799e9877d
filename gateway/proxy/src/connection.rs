//! One client connection: the TLS handshake, the version of HTTP, hyper and its limits.

mod greeting;
mod linger;
mod metered;
mod prefaced;
mod scanned;

use std::{
    future::{Future, poll_fn},
    net::SocketAddr,
    pin::{Pin, pin},
    rc::Rc,
    task::{Context, Poll},
};

use gateway_telemetry::ListenerMetrics;
use hyper::{
    rt::Executor,
    server::conn::{http1, http2},
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use tokio::{
    io::{AsyncRead, AsyncWrite, AsyncWriteExt},
    net::TcpStream,
    task,
    time::{Sleep, sleep, timeout},
};

use self::{metered::Metered, prefaced::Prefaced, scanned::Scanned};
use crate::{
    addresses::Place,
    client::{Client, Order},
    origin::Peer,
    pipeline,
    settings::ConnectionLimits,
    tls::{self, Termination, Unaccepted},
    worker::Worker,
};

/// The most that is read ahead of one HTTP/1 connection, in bytes.
const READ_AHEAD: usize = 128 * 1024;

/// What a client may send ahead on one HTTP/2 stream, in bytes, and on all of a connection together.
const STREAM_WINDOW: u32 = 256 * 1024;
const CONNECTION_WINDOW: u32 = 2 * 1024 * 1024;

/// Serves a cleartext connection to its end: HTTP/1, or HTTP/2 where the client knows beforehand that it may.
pub(crate) async fn serve_http(worker: Rc<Worker>, stream: TcpStream, peer: SocketAddr, metrics: ListenerMetrics) {
    let mut stream = stream;
    let has_header = worker.proxies.http_header;
    let Some(greeted) = greet(&worker, &mut stream, peer, has_header, &metrics).await else { return };
    let (peer, _place) = greeted;
    let Some((stream, http2)) = begun(&worker, stream, peer).await else { return };
    let client = Client::new(worker, peer, http2, None);
    match http2 {
        true => serve_http2(client, stream).await,
        false => serve_http1(client, stream).await,
    }
}

/// The connection once it is known whether its client speaks HTTP/2; none if it is over before, by its end or an order of the
/// worker, which sees to it meanwhile as to any that has not sent a request yet.
async fn begun(worker: &Rc<Worker>, stream: TcpStream, peer: Peer) -> Option<(Prefaced, bool)> {
    let mut stream = Prefaced::new(stream);
    let (mut watched, mut last_chance) = (None, None);
    let is_http2 = poll_fn(|context| {
        if let Poll::Ready(is_http2) = stream.poll_is_http2(context) {
            return Poll::Ready(is_http2.ok());
        }
        let (client, _) = watched.get_or_insert_with(|| {
            let client = Rc::new(Client::new(worker.clone(), peer, false, None));
            let patrolled = worker.patrols(&client);
            (client, patrolled)
        });
        match client.orders(context.waker()) {
            Order::Serve => Poll::Pending,
            Order::Drain if waits(client, &mut last_chance, context) => Poll::Pending,
            Order::Drain | Order::Finish | Order::Cut => Poll::Ready(None),
        }
    });
    let is_http2 = is_http2.await?;
    Some((stream, is_http2))
}

/// Whom the connection is from, and its place among those of its client; none if it is not served.
async fn greet(
    worker: &Worker,
    stream: &mut TcpStream,
    peer: SocketAddr,
    has_header: bool,
    metrics: &ListenerMetrics,
) -> Option<(Peer, Option<Place>)> {
    let from = match has_header {
        false => Peer::direct(peer.ip()),
        // In a box: most connections have none.
        true => {
            match timeout(worker.limits().handshake_timeout, Box::pin(greeting::read(worker, stream, peer))).await {
                Ok(Ok(from)) => from,
                refused => {
                    let why = refused.map_or_else(
                        |_| "the PROXY header took too long".to_owned(),
                        |it| match it {
                            Ok(_) => String::new(),
                            Err(error) => error.to_string(),
                        },
                    );
                    tracing::debug!(%peer, why, "a connection is not served");
                    worker.framing_faults.found("proxy_header");
                    return None;
                }
            }
        }
    };
    if worker.proxies.trusts(from.client) {
        return Some((from, None));
    }
    let place = worker.addresses.take(from.client);
    if place.is_none() {
        tracing::debug!(%peer, ip = %from.client, "a client has as many connections as it may");
        metrics.refused.add(1);
        return None;
    }
    Some((from, place))
}

/// Serves a TLS connection to its end.
pub(crate) async fn serve_https(
    worker: Rc<Worker>,
    stream: TcpStream,
    peer: SocketAddr,
    termination: &Termination,
    metrics: ListenerMetrics,
) {
    let mut stream = stream;
    let has_header = worker.proxies.https_header;
    let Some(greeted) = greet(&worker, &mut stream, peer, has_header, &metrics).await else { return };
    let (from, _place) = greeted;
    let (stream, session) = match tls::accept(&worker, stream, termination).await {
        Ok(accepted) => accepted,
        Err(error) => {
            tracing::debug!(%peer, %error, "TLS handshake failed");
            if matches!(error, Unaccepted::Unrecognized(_)) {
                metrics.handshakes_unrecognized.add(1);
            }
            return metrics.handshakes_failed.add(1);
        }
    };
    let http2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
    let client = Client::new(worker, from, http2, Some(session));
    match http2 {
        true => serve_http2(client, stream).await,
        false => serve_http1(client, stream).await,
    }
}

async fn serve_http1<S: AsyncRead + AsyncWrite + Unpin + 'static>(client: Client, stream: S) {
    let limits = client.worker.limits();
    let mut builder = http1::Builder::new();
    // The worker's patrol sees to time: one timer for all connections.
    builder.header_read_timeout(None).max_headers(limits.headers);
    // The scanner before hyper has the same limits, and is the one that answers.
    builder.max_header_size(limits.head_bytes + 1).max_buf_size(READ_AHEAD.max(limits.head_bytes + 1));
    let client = Rc::new(client);
    let service_client = client.clone();
    let service = service_fn(move |request| pipeline::handle(service_client.clone(), request));
    let stream = TokioIo::new(Scanned::new(stream, client.clone()));
    let mut connection = builder.serve_connection(stream, service);
    let _vacated = Vacated(client.clone());
    let end = drive(&client, Pin::new(&mut connection), http1::Connection::graceful_shutdown).await;
    if end == End::Broken {
        return;
    }
    let parts = connection.into_parts();
    let mut stream = parts.io.into_inner();
    match client.tunnel() {
        Some(tunnel) => tunnel.run(stream, parts.read_buf).await,
        // hyper leaves it open behind a request that asked to switch, whatever the answer was.
        None => drop(timeout(client.worker.limits().stall_timeout, stream.shutdown()).await),
    }
}

async fn serve_http2<S: AsyncRead + AsyncWrite + Unpin + 'static>(client: Client, stream: S) {
    let ConnectionLimits { streams, resets, head_bytes, .. } = *client.worker.limits();
    let mut builder = http2::Builder::new(LocalExecutor);
    // For WebSockets (RFC 8441); any other CONNECT is refused.
    builder.enable_connect_protocol();
    builder.max_concurrent_streams(streams).max_pending_accept_reset_streams(resets);
    // Room for others beside streams whose upstream does not read.
    builder.initial_stream_window_size(STREAM_WINDOW).initial_connection_window_size(CONNECTION_WINDOW);
    builder.max_local_error_reset_streams(resets).max_header_list_size(u32::try_from(head_bytes).unwrap_or(u32::MAX));
    let client = Rc::new(client);
    let service_client = client.clone();
    let service = service_fn(move |request| pipeline::handle(service_client.clone(), request));
    let stream = TokioIo::new(Metered::new(stream, client.clone()));
    let connection = pin!(builder.serve_connection(stream, service));
    drive(&client, connection, http2::Connection::graceful_shutdown).await;
}

/// Drops the WebSocket that a connection did not come to, which keeps its client.
struct Vacated(Rc<Client>);

impl Drop for Vacated {
    fn drop(&mut self) {
        drop(self.0.tunnel());
    }
}

/// How a connection ended as one of HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// The client broke it off, or was cut.
    Broken,
    /// There is no further request; another protocol may follow.
    Sound,
}

/// Lets hyper work, and carries out the orders that the worker gives meanwhile.
async fn drive<C: Future<Output = hyper::Result<()>>>(
    client: &Rc<Client>,
    connection: Pin<&mut C>,
    finish: fn(Pin<&mut C>),
) -> End {
    let mut connection = connection;
    let mut last_chance = None;
    let mut finishing = false;
    let _patrolled = client.worker.patrols(client);
    let ended = poll_fn(|context| {
        let finishes = match client.orders(context.waker()) {
            Order::Cut => return Poll::Ready(Ok(End::Broken)),
            Order::Serve => false,
            Order::Finish => true,
            // A request that comes after all is answered with the last response: the pipeline says so in it. An HTTP/2
            // client is told at once, but hyper would close a connection that has not begun to speak yet.
            Order::Drain => {
                let told = client.is_waiting() || client.http2 && !client.is_fresh();
                told || !waits(client, &mut last_chance, context)
            }
        };
        if finishes && !finishing {
            finishing = true;
            finish(connection.as_mut());
        }
        connection.as_mut().poll(context).map_ok(|()| End::Sound)
    });
    ended.await.unwrap_or_else(|error| {
        // Most are clients that went away; malformed requests were answered.
        tracing::debug!(ip = %client.ip, %error, "client connection ended");
        End::Broken
    })
}

/// Whether a connection that asks for nothing is given more time before it ends: its next request may be on its way, and
/// hyper would close it unread.
fn waits(client: &Client, last_chance: &mut Option<Pin<Box<Sleep>>>, context: &mut Context<'_>) -> bool {
    let patience = || Box::pin(sleep(client.worker.patience()));
    last_chance.get_or_insert_with(patience).as_mut().poll(context).is_pending()
}

/// Runs hyper's HTTP/2 streams on this worker's thread.
#[derive(Clone)]
pub(crate) struct LocalExecutor;

impl<F: Future<Output = ()> + 'static> Executor<F> for LocalExecutor {
    fn execute(&self, future: F) {
        task::spawn_local(future);
    }
}

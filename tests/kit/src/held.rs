//! An upstream that tells of each request, and answers it when it is told to.

use std::{convert::Infallible, net::SocketAddr};

use anyhow::{Context, Result};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{Request, Response, body::Incoming, http::request::Parts, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::{
    net::TcpListener,
    sync::{mpsc, oneshot},
    task::{JoinHandle, JoinSet},
};

/// A server on a free port; stops when dropped.
pub struct Held {
    pub address: SocketAddr,
    arrivals: mpsc::UnboundedReceiver<Arrival>,
    task: JoinHandle<()>,
}

/// A request that has come, and waits for its answer. Dropped, it is answered with 502.
pub struct Arrival {
    pub head: Parts,
    answer: oneshot::Sender<Response<Bytes>>,
}

impl Held {
    /// Starts serving on the current runtime.
    ///
    /// # Errors
    /// No port could be had.
    pub async fn start() -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let (arrive, arrivals) = mpsc::unbounded_channel();
        Ok(Self { address, arrivals, task: tokio::spawn(accept(listener, arrive)) })
    }

    /// The next request that comes.
    ///
    /// # Errors
    /// It was stopped.
    pub async fn next(&mut self) -> Result<Arrival> {
        self.arrivals.recv().await.context("the upstream has ended")
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Arrival {
    /// The path that was asked for.
    #[must_use]
    pub fn path(&self) -> &str {
        self.head.uri.path()
    }

    /// The value of a header, or an empty text.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.head.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("")
    }

    /// Answers with 200 and this text.
    pub fn answer(self, body: &'static str) {
        // A client that has gone away needs no answer.
        drop(self.answer.send(Response::new(Bytes::from_static(body.as_bytes()))));
    }
}

async fn accept(listener: TcpListener, arrive: mpsc::UnboundedSender<Arrival>) {
    // Connections end with the upstream.
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let arrive = arrive.clone();
        let service = service_fn(move |request| hold(arrive.clone(), request));
        let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
        // A client that goes away is no concern of an upstream.
        connections.spawn(async move { drop(connection.await) });
        while connections.try_join_next().is_some() {}
    }
}

async fn hold(
    arrive: mpsc::UnboundedSender<Arrival>,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    drop(body.collect().await);
    let (answer, answered) = oneshot::channel();
    // Without anybody who looks it is answered at once.
    drop(arrive.send(Arrival { head, answer }));
    let response = answered.await.unwrap_or_else(|_| {
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = hyper::StatusCode::BAD_GATEWAY;
        response
    });
    Ok(response.map(Full::new))
}

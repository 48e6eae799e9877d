//! An upstream that says its name and what reached it, or answers as it is told to.

use std::{convert::Infallible, net::SocketAddr, sync::Arc};

use anyhow::Result;
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{
    Request, Response, body::Incoming, header, http::request::Parts, server::conn::http1, service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use serde_json::{Map, Value, json};
use tokio::{
    net::TcpListener,
    task::{JoinHandle, JoinSet},
};

/// A server on a free port; stops when dropped.
pub struct Upstream {
    pub address: SocketAddr,
    task: JoinHandle<()>,
}

/// Answers a request whose body has come whole.
type Handler = Arc<dyn Fn(&Parts, &Bytes) -> Response<Bytes> + Send + Sync>;

impl Upstream {
    /// Starts serving as `name` on the current runtime: every request is answered with what was seen of it, as JSON.
    ///
    /// # Errors
    /// No port could be had.
    pub async fn start(name: &'static str) -> Result<Self> {
        Self::answering(move |head, body| echo(name, head, body)).await
    }

    /// Starts serving on the current runtime: every request is answered by `handler`.
    ///
    /// # Errors
    /// No port could be had.
    pub async fn answering(
        handler: impl Fn(&Parts, &Bytes) -> Response<Bytes> + Send + Sync + 'static,
    ) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        Ok(Self { address, task: tokio::spawn(accept(listener, Arc::new(handler))) })
    }
}

impl Drop for Upstream {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(listener: TcpListener, handler: Handler) {
    // Connections end with the upstream.
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let handler = handler.clone();
        let service = service_fn(move |request| answer(handler.clone(), request));
        let connection = http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service);
        // A client that goes away is no concern of an upstream.
        connections.spawn(async move { drop(connection.await) });
        while connections.try_join_next().is_some() {}
    }
}

async fn answer(handler: Handler, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.map(|body| body.to_bytes()).unwrap_or_default();
    Ok(handler(&head, &body).map(Full::new))
}

fn echo(name: &'static str, head: &Parts, body: &Bytes) -> Response<Bytes> {
    let mut headers = Map::new();
    for (name, value) in &head.headers {
        headers.insert(name.to_string(), Value::from(String::from_utf8_lossy(value.as_bytes())));
    }
    let seen = json!({
        "upstream": name,
        "method": head.method.as_str(),
        "path": head.uri.to_string(),
        "headers": headers,
        "body": String::from_utf8_lossy(body),
    });
    let mut response = Response::new(Bytes::from(format!("{seen}\n")));
    response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static("application/json"));
    response
}

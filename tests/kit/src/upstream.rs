//! An upstream that says its name and what reached it.

use std::{convert::Infallible, net::SocketAddr};

use anyhow::Result;
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{Request, Response, body::Incoming, header, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use serde_json::{Map, Value, json};
use tokio::{net::TcpListener, task::JoinHandle};

/// A server on a free port that answers every request with what it saw, as JSON; stops when dropped.
pub struct Upstream {
    pub address: SocketAddr,
    task: JoinHandle<()>,
}

impl Upstream {
    /// Starts serving as `name` on the current runtime.
    ///
    /// # Errors
    /// No port could be had.
    pub async fn start(name: &'static str) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        Ok(Self { address, task: tokio::spawn(accept(listener, name)) })
    }
}

impl Drop for Upstream {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(listener: TcpListener, name: &'static str) {
    while let Ok((stream, _)) = listener.accept().await {
        let service = service_fn(move |request| answer(name, request));
        let connection = http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service);
        // A client that goes away is no concern of an upstream.
        tokio::spawn(async move { drop(connection.await) });
    }
}

async fn answer(name: &'static str, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.map(|body| body.to_bytes()).unwrap_or_default();
    let mut headers = Map::new();
    for (name, value) in &head.headers {
        headers.insert(name.to_string(), Value::from(String::from_utf8_lossy(value.as_bytes())));
    }
    let seen = json!({
        "upstream": name,
        "method": head.method.as_str(),
        "path": head.uri.to_string(),
        "headers": headers,
        "body": String::from_utf8_lossy(&body),
    });
    let mut response = Response::new(Full::from(format!("{seen}\n")));
    response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static("application/json"));
    Ok(response)
}

//! One TLS connection of the load generator.

use anyhow::{Context, Result, ensure};
use bytes::Bytes;
use http_body_util::{BodyExt, Empty};
use hyper::{
    HeaderMap, Request, Response, StatusCode, Uri,
    body::Incoming,
    client::conn::{http1, http2},
    header::{HOST, HeaderValue},
};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls_pki_types::ServerName;
use tokio::{net::TcpStream, task};
use tokio_rustls::{TlsConnector, client::TlsStream};

use super::{Protocol, Target};
use crate::{PATH, SERVER_NAME};

/// Sends one request after the other; over HTTP/2 a clone is another stream of the same connection.
pub(super) enum Client {
    Http1(http1::SendRequest<Empty<Bytes>>),
    Http2(http2::SendRequest<Empty<Bytes>>),
}

impl Client {
    /// Opens a connection with as many clients on it as it has streams.
    pub(super) async fn connect(target: &Target, protocol: Protocol, streams: usize) -> Result<Vec<Self>> {
        let stream = TokioIo::new(handshake(target).await?);
        match protocol {
            Protocol::Http1 => {
                let (sender, connection) = http1::handshake(stream).await?;
                task::spawn_local(connection);
                Ok(vec![Self::Http1(sender)])
            }
            Protocol::Http2 => {
                let (sender, connection) = http2::handshake(TokioExecutor::new(), stream).await?;
                task::spawn_local(connection);
                Ok((0..streams).map(|_| Self::Http2(sender.clone())).collect())
            }
        }
    }

    /// Sends a request and reads its answer to the end.
    pub(super) async fn exchange(&mut self, request: Request<Empty<Bytes>>) -> Result<Answer> {
        let response = self.send(request).await?;
        let status = response.status();
        let mut body = response.into_body();
        let mut length = 0;
        while let Some(frame) = body.frame().await {
            length += frame?.data_ref().map_or(0, Bytes::len);
        }
        Ok(Answer { status, length })
    }

    async fn send(&mut self, request: Request<Empty<Bytes>>) -> hyper::Result<Response<Incoming>> {
        match self {
            Self::Http1(sender) => {
                sender.ready().await?;
                sender.send_request(request).await
            }
            Self::Http2(sender) => {
                sender.ready().await?;
                sender.send_request(request).await
            }
        }
    }
}

async fn handshake(target: &Target) -> Result<TlsStream<TcpStream>> {
    let stream =
        TcpStream::connect(target.address).await.with_context(|| format!("cannot connect to {}", target.address))?;
    stream.set_nodelay(true)?;
    let name = ServerName::try_from(SERVER_NAME)?;
    let stream =
        TlsConnector::from(target.tls.clone()).connect(name, stream).await.context("the TLS handshake failed")?;
    let (offered, agreed) = (target.tls.alpn_protocols.first().map(Vec::as_slice), stream.get_ref().1.alpn_protocol());
    // A server without ALPN speaks HTTP/1.1.
    let agreed = agreed.or(Some(Protocol::Http1.alpn()));
    ensure!(agreed == offered, "the server does not speak {}", String::from_utf8_lossy(offered.unwrap_or_default()));
    Ok(stream)
}

/// What an answer amounted to.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    /// Bytes of the body.
    pub(super) length: usize,
}

/// What requests that are alike have in common.
pub(super) struct Template {
    uri: Uri,
    headers: HeaderMap,
}

impl Template {
    pub(super) fn new(target: &Target, protocol: Protocol) -> Result<Self> {
        Self::of(PATH, target.headers.clone(), protocol)
    }

    /// Asks for `path` with these fields, and the host's beside them.
    pub(super) fn of(path: &str, mut headers: HeaderMap, protocol: Protocol) -> Result<Self> {
        let uri = match protocol {
            Protocol::Http1 => {
                headers.insert(HOST, HeaderValue::from_static(SERVER_NAME));
                path.parse()?
            }
            Protocol::Http2 => format!("https://{SERVER_NAME}{path}").parse()?,
        };
        Ok(Self { uri, headers })
    }

    pub(super) fn request(&self) -> Request<Empty<Bytes>> {
        let mut request = Request::new(Empty::new());
        *request.uri_mut() = self.uri.clone();
        *request.headers_mut() = self.headers.clone();
        request
    }
}

//! One request and its answer, over a connection of its own: key sets are fetched now and then.

use std::{net::SocketAddr, sync::Arc};

use bytes::Bytes;
use gateway_host::{KEY_SET_BYTES, KeyDocument};
use http::{
    HeaderMap, HeaderName, Request, StatusCode, Uri,
    header::{ACCEPT, AGE, CACHE_CONTROL, HOST, USER_AGENT},
};
use http_body_util::{BodyExt, Empty, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use rustls::{ClientConfig, pki_types::ServerName};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    task::JoinHandle,
};
use tokio_rustls::TlsConnector;

use super::address;

/// What came.
pub(super) enum Answer {
    Document(KeyDocument),
    Redirect(HeaderMap),
}

/// The task of a connection, which ends with the exchange.
struct Driver(JoinHandle<()>);

impl Drop for Driver {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Gets what is at `url`, from one of `addresses`.
///
/// # Errors
/// A sentence for the log.
pub(super) async fn get(
    url: &Uri,
    addresses: &[SocketAddr],
    tls: impl FnOnce() -> Arc<ClientConfig>,
) -> Result<Answer, String> {
    let stream = TcpStream::connect(addresses).await.map_err(|error| format!("it cannot be connected to: {error}"))?;
    if url.scheme_str() == Some("http") {
        return send(url, stream).await;
    }
    let host = address::host(url).unwrap_or_default().to_owned();
    let name = ServerName::try_from(host).map_err(|_| "the host is no name for TLS")?;
    let stream = TlsConnector::from(tls()).connect(name, stream).await;
    send(url, stream.map_err(|error| format!("TLS failed: {error}"))?).await
}

async fn send(url: &Uri, stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static) -> Result<Answer, String> {
    let (mut sender, connection) =
        http1::handshake(TokioIo::new(stream)).await.map_err(|error| format!("HTTP failed: {error}"))?;
    let _driver = Driver(tokio::spawn(async move { drop(connection.await) }));
    let response = sender.send_request(request(url)?).await.map_err(|error| format!("HTTP failed: {error}"))?;
    let (head, body) = response.into_parts();
    match head.status {
        StatusCode::OK => {}
        status if status.is_redirection() => return Ok(Answer::Redirect(head.headers)),
        status => return Err(format!("it was answered with {}", status.as_u16())),
    }
    let body = Limited::new(body, KEY_SET_BYTES).collect().await;
    let body = body.map_err(|error| format!("of its at most {KEY_SET_BYTES} bytes not all came: {error}"))?;
    Ok(Answer::Document(KeyDocument {
        body: body.to_bytes().into(),
        cache_control: joined(&head.headers, &CACHE_CONTROL),
        age: joined(&head.headers, &AGE).and_then(|age| age.trim().parse().ok()),
    }))
}

fn request(url: &Uri) -> Result<Request<Empty<Bytes>>, String> {
    let target = url.path_and_query().map_or("/", |target| target.as_str());
    let host = url.authority().map_or("", |authority| authority.as_str());
    let request = Request::get(target)
        .header(HOST, host)
        .header(ACCEPT, "application/jwk-set+json, application/json")
        .header(USER_AGENT, "sluice");
    request.body(Empty::new()).map_err(|_| "the URL makes no request".to_owned())
}

fn joined(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let values: Vec<_> = headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).collect();
    (!values.is_empty()).then(|| values.join(", "))
}

//! HTTP/2 and HTTP/1.1 over TLS.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use http::{HeaderMap, Request, Response, Version};
use http_body_util::{BodyExt, Empty, Full, StreamBody};
use hyper::{
    body::{Frame, Incoming},
    client::conn::{http1, http2},
};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::{ClientConfig, RootCertStore, crypto::aws_lc_rs::default_provider};
use tokio::net::TcpStream;
use tokio_rustls::{TlsConnector, client::TlsStream};

use super::harness::*;
use crate::{
    ConnectionLimits,
    tls::{ClientAuth, Termination},
};

/// A gateway that serves TLS, and a client's view of it.
pub(super) struct Secure {
    pub(super) gate: Gate,
    trust: RootCertStore,
}

impl Secure {
    pub(super) fn start(document: &gateway_model::Document) -> Self {
        Self::with(document, |_| {})
    }

    pub(super) fn with(document: &gateway_model::Document, change: impl FnOnce(&mut ConnectionLimits)) -> Self {
        let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let (certificate, key) = (cert.pem(), signing_key.serialize_pem());
        let tls = Termination::new(Some((certificate.as_bytes(), key.as_bytes())), ClientAuth::None).unwrap();
        let gate = Gate::with(document, |settings| {
            settings.https = Some(([127, 0, 0, 1], 0).into());
            settings.tls = Some(Arc::new(tls));
            settings.limits.head_timeout = Duration::from_secs(1);
            settings.limits.headers = 30;
            change(&mut settings.limits);
        });
        let mut trust = RootCertStore::empty();
        trust.add(cert.der().clone()).unwrap();
        Self { gate, trust }
    }

    pub(super) async fn connect(&self, protocol: &str) -> TlsStream<TcpStream> {
        let builder = ClientConfig::builder_with_provider(Arc::new(default_provider()));
        let builder = builder.with_safe_default_protocol_versions().unwrap();
        let mut config = builder.with_root_certificates(self.trust.clone()).with_no_client_auth();
        config.alpn_protocols = vec![protocol.into()];
        let stream = TcpStream::connect(self.gate.https()).await.unwrap();
        TlsConnector::from(Arc::new(config)).connect("localhost".try_into().unwrap(), stream).await.unwrap()
    }

    pub(super) async fn http2<B>(&self) -> http2::SendRequest<B>
    where
        B: http_body::Body<Data = Bytes> + Send + Unpin + 'static,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let stream = TokioIo::new(self.connect("h2").await);
        let (sender, connection) = http2::handshake(TokioExecutor::new(), stream).await.unwrap();
        tokio::spawn(connection);
        sender
    }
}

async fn text(response: Response<Incoming>) -> String {
    String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

#[tokio::test]
async fn both_versions_of_http_reach_the_upstream_as_http_1_1() {
    let upstream = Upstream::echoing().await;
    let mut secure = Secure::start(&one_route(&[upstream.address]));

    let stream = TokioIo::new(secure.connect("http/1.1").await);
    let (mut http1, connection) = http1::handshake(stream).await.unwrap();
    tokio::spawn(connection);
    let request = Request::get("/1?x=1").header("host", "localhost").body(Empty::<Bytes>::new()).unwrap();
    let response = http1.send_request(request).await.unwrap();
    assert_eq!((response.status().as_u16(), response.version()), (200, Version::HTTP_11));
    let body = text(response).await;
    assert!(body.starts_with("GET /1?x=1 HTTP/1.1\n") && body.contains("\nx-forwarded-proto: https\n"), "{body}");
    assert!(body.contains("\nforwarded: for=127.0.0.1;host=\"localhost\";proto=https\n"), "{body}");
    let line = secure.gate.line().await;
    assert_eq!((&line["http_version"], &line["tls_version"]), (&"HTTP/1.1".into(), &"TLSv1.3".into()));

    let request = Request::get("https://LOCALHOST:1/2").header("cookie", "a=1").header("cookie", "b=2");
    let response = secure.http2().await.send_request(request.body(Empty::<Bytes>::new()).unwrap()).await.unwrap();
    assert_eq!((response.status().as_u16(), response.version()), (200, Version::HTTP_2));
    let body = text(response).await;
    assert!(body.starts_with("GET /2 HTTP/1.1\n") && body.contains("\nhost: LOCALHOST:1\n"), "{body}");
    assert!(body.contains("\ncookie: a=1; b=2\n") && body.contains("\nvia: 2 sluice\n"), "{body}");
    let line = secure.gate.line().await;
    assert_eq!((&line["http_version"], &line["tls_version"]), (&"HTTP/2".into(), &"TLSv1.3".into()));
    assert_eq!(upstream.connections(), 1);
}

#[tokio::test]
async fn an_answer_to_head_has_no_body_over_http_2() {
    // It goes nowhere: the refusal has a body that a GET would get.
    let secure = Secure::start(&one_route(&[nobody().await]));
    let request = Request::head("https://localhost/").body(Empty::<Bytes>::new()).unwrap();
    let response = secure.http2().await.send_request(request).await.unwrap();
    let length = response.headers()["content-length"].to_str().unwrap().parse::<u32>().unwrap();
    assert!(response.status() == 503 && length > 0, "{response:?}");
    assert_eq!(text(response).await, "");
}

#[tokio::test]
async fn many_requests_share_an_http_2_connection() {
    let upstream = Upstream::echoing().await;
    let secure = Secure::start(&one_route(&[upstream.address]));
    let sender = secure.http2().await;
    let requests = (0..40).map(|number| {
        let mut sender = sender.clone();
        tokio::spawn(async move {
            let request = Request::post(format!("https://localhost/{number}"));
            let request = request.body(Full::new(Bytes::from(format!("body {number}")))).unwrap();
            let body = text(sender.send_request(request).await.unwrap()).await;
            assert!(
                body.starts_with(&format!("POST /{number} ")) && body.ends_with(&format!("\nbody {number}")),
                "{body}"
            );
        })
    });
    for request in requests.collect::<Vec<_>>() {
        request.await.unwrap();
    }
    secure.gate.until_metric(r#"sluice_connections{listener="https"}"#, 1.0).await;
}

#[tokio::test]
async fn bodies_and_trailers_cross_between_the_versions() {
    let upstream = Upstream::talking(|mut raw| async move {
        let head = raw.take_until("\r\n\r\n").await.unwrap();
        assert!(head.contains("transfer-encoding: chunked\r\n") && head.contains("te: trailers\r\n"), "{head}");
        let body = raw.take_until("x-sum: 1\r\n\r\n").await.unwrap();
        assert_eq!(body, "4\r\nping\r\n0\r\nx-sum: 1\r\n\r\n");
        raw.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npong\r\n0\r\ngrpc-status: 0\r\n\r\n").await;
        raw.rest().await;
    })
    .await;
    let secure = Secure::start(&one_route(&[upstream.address]));
    let trailers = HeaderMap::from_iter([("x-sum".parse().unwrap(), "1".parse().unwrap())]);
    let frames: Vec<Result<_, std::convert::Infallible>> =
        vec![Ok(Frame::data(Bytes::from("ping"))), Ok(Frame::trailers(trailers))];
    let body = StreamBody::new(Frames(frames.into_iter()));
    let request = Request::post("https://localhost/").header("te", "trailers").header("trailer", "x-sum");
    let response = secure.http2().await.send_request(request.body(body).unwrap()).await.unwrap();
    let collected = response.into_body().collect().await.unwrap();
    assert_eq!(collected.trailers().unwrap()["grpc-status"], "0");
    assert_eq!(collected.to_bytes(), "pong");
}

/// Frames of a body as a stream.
struct Frames(std::vec::IntoIter<Result<Frame<Bytes>, std::convert::Infallible>>);

impl futures_util::Stream for Frames {
    type Item = Result<Frame<Bytes>, std::convert::Infallible>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.next())
    }
}

#[tokio::test]
async fn http_2_requests_are_refused_as_problems_and_the_connection_stays() {
    let upstream = Upstream::echoing().await;
    let secure = Secure::start(&one_route(&[upstream.address]));
    let mut sender = secure.http2().await;
    let get = |uri: &str, fields: &[(&str, &str)]| {
        let mut request = Request::get(uri);
        for (name, value) in fields {
            request = request.header(*name, *value);
        }
        request.body(Empty::<Bytes>::new()).unwrap()
    };
    let many = [("x-field", "1"); 40];
    for (request, status) in [
        (get("https://localhost/%00", &[]), 400),
        (get("https://localhost/", &[("host", "other")]), 400),
        (get("https://localhost/", &many), 431),
        (get("https://localhost/", &[]), 200),
    ] {
        let response = sender.send_request(request).await.unwrap();
        assert_eq!(response.status(), status);
        assert!(!response.headers().contains_key("connection"));
    }
}

#[tokio::test]
async fn a_stream_that_its_client_resets_ends_the_upstreams_work() {
    let (closed, mut was_closed) = tokio::sync::mpsc::unbounded_channel();
    let upstream = Upstream::talking(move |mut raw| {
        let closed = closed.clone();
        async move {
            raw.expect().await;
            closed.send(()).unwrap_or_default();
            raw.rest().await;
            closed.send(()).unwrap_or_default();
        }
    })
    .await;
    let mut secure = Secure::start(&one_route(&[upstream.address]));
    let mut sender = secure.http2().await;
    let request = Request::get("https://localhost/").body(Empty::<Bytes>::new()).unwrap();
    let response = tokio::spawn(sender.send_request(request));
    was_closed.recv().await;
    response.abort();
    soon("the end of the upstream connection", was_closed.recv()).await;
    let line = secure.gate.line().await;
    assert_eq!((&line["status"], &line["ended"]), (&499.into(), &"client_aborted".into()));
    drop(sender);
}

#[tokio::test]
async fn what_is_no_tls_is_counted_and_closed() {
    let upstream = Upstream::echoing().await;
    let secure = Secure::start(&one_route(&[upstream.address]));
    let mut client = Raw::to(secure.gate.https()).await;
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    // The answer is a TLS alert.
    drop(tokio::io::AsyncReadExt::read_to_end(&mut client.stream, &mut Vec::new()).await);
    secure.gate.until_metric(r#"sluice_handshakes_failed_total{listener="https"}"#, 1.0).await;
    let silent = Raw::to(secure.gate.https()).await;
    secure.gate.until_metric(r#"sluice_handshakes_failed_total{listener="https"}"#, 2.0).await;
    secure.gate.until_metric(r#"sluice_connections{listener="https"}"#, 0.0).await;
    drop(silent);
}

#[tokio::test]
async fn an_http_2_head_beyond_the_limit_is_refused_and_the_connection_stays() {
    let upstream = Upstream::echoing().await;
    let secure = Secure::start(&one_route(&[upstream.address]));
    let mut sender = secure.http2().await;
    for (size, status) in [(70 * 1024, 431), (1024, 200)] {
        let request = Request::get("https://localhost/").header("x-field", "x".repeat(size));
        let response = sender.send_request(request.body(Empty::<Bytes>::new()).unwrap()).await.unwrap();
        assert_eq!(response.status(), status);
    }
}

#[tokio::test]
async fn a_client_that_resets_what_it_asks_for_again_and_again_loses_its_connection() {
    let upstream = Upstream::talking(|mut raw| async move { drop(raw.rest().await) }).await;
    let secure = Secure::start(&one_route(&[upstream.address]));
    let mut sender = secure.http2().await;
    soon("the end of the connection", async {
        while !sender.is_closed() {
            let request = Request::get("https://localhost/").body(Empty::<Bytes>::new()).unwrap();
            // Polled once, so that it is sent, and given up at once.
            let sent = tokio::time::timeout(Duration::ZERO, sender.send_request(request)).await;
            drop(sent);
            tokio::task::yield_now().await;
            if sender.ready().await.is_err() {
                return;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn an_idle_http_2_connection_is_told_to_go() {
    let upstream = Upstream::echoing().await;
    let secure = Secure::with(&one_route(&[upstream.address]), |limits| {
        limits.idle_timeout = Duration::from_millis(100);
    });
    let mut stream = secure.connect("h2").await;
    // Preface and an empty SETTINGS frame.
    tokio::io::AsyncWriteExt::write_all(&mut stream, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0")
        .await
        .unwrap();
    let mut frames = Vec::new();
    // The end may come without TLS's own farewell.
    drop(tokio::io::AsyncReadExt::read_to_end(&mut stream, &mut frames).await);
    const GOAWAY: u8 = 7;
    let mut rest = &frames[..];
    let mut kinds = Vec::new();
    while let [a, b, c, kind, ..] = *rest {
        kinds.push(kind);
        rest = &rest[9 + u32::from_be_bytes([0, a, b, c]) as usize..];
    }
    assert!(kinds.contains(&GOAWAY), "{kinds:?}");
}

#[tokio::test]
async fn http_1_over_tls_is_scanned_too_and_its_client_reads_why_it_is_refused() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    let upstream = Upstream::echoing().await;
    let secure = Secure::start(&one_route(&[upstream.address]));
    let mut client = secure.connect("http/1.1").await;
    let request = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n";
    client.write_all(format!("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n{request}").as_bytes()).await.unwrap();
    client.write_all(&[b'x'; 1 << 20]).await.unwrap();
    let mut answers = String::new();
    soon("the end of the connection", client.read_to_string(&mut answers)).await.unwrap();
    assert!(answers.starts_with("HTTP/1.1 200 ") && answers.contains("HTTP/1.1 400 "), "{answers}");
    assert!(answers.contains("Content-Length beside a Transfer-Encoding"), "{answers}");
    assert_eq!(upstream.connections(), 1);
}

//! TLS to upstreams: whom the gateway trusts, who it says it is, and what is agreed on.

use std::sync::{Arc, Mutex};

use gateway_model::{Document, Protocol, UpstreamCertificate, UpstreamTls};
use http::Response;
use hyper_util::rt::{TokioExecutor, TokioIo};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::{
    RootCertStore, ServerConfig,
    crypto::aws_lc_rs::default_provider,
    server::{WebPkiClientVerifier, danger::ClientCertVerifier},
};
use rustls_pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};
use tokio_rustls::TlsAcceptor;

use super::{harness::*, http2_upstreams, websockets};
use crate::{UpstreamTlsError, check_upstream_tls};

const GET: &str = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    fn pem(&self) -> String {
        self.0.pem()
    }

    /// A certificate for these names, and its key.
    fn issue(&self, names: &[&str]) -> (String, String) {
        let key = KeyPair::generate().unwrap();
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let certificate = CertificateParams::new(names).unwrap().signed_by(&key, &self.0).unwrap();
        (certificate.pem(), key.serialize_pem())
    }
}

/// What a target saw of the connections that were made to it: the name that was asked for, what was agreed on, and whether
/// the client has shown a certificate.
type Seen = Arc<Mutex<Vec<(Option<String>, Option<String>, bool, bool)>>>;

/// A target with that certificate, which offers these protocols, and answers with the version of HTTP. It switches to
/// WebSockets, and sends back what it gets, but not at `/declined`.
async fn secure(
    (certificate, key): &(String, String),
    protocols: &[&str],
    clients: Option<&Authority>,
) -> (Upstream, Seen) {
    let chain = CertificateDer::pem_slice_iter(certificate.as_bytes()).map(Result::unwrap).collect();
    let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).unwrap();
    let builder = ServerConfig::builder_with_provider(Arc::new(default_provider()));
    let builder = builder.with_safe_default_protocol_versions().unwrap();
    let builder = match clients {
        None => builder.with_no_client_auth(),
        Some(authority) => builder.with_client_cert_verifier(verifier(authority)),
    };
    let mut config = builder.with_single_cert(chain, key).unwrap();
    config.alpn_protocols = protocols.iter().map(|protocol| protocol.as_bytes().to_vec()).collect();
    let (acceptor, seen) = (TlsAcceptor::from(Arc::new(config)), Seen::default());
    let noted = seen.clone();
    let upstream = Upstream::talking(move |raw| {
        let (acceptor, noted) = (acceptor.clone(), noted.clone());
        async move {
            let Ok(stream) = acceptor.accept(raw.stream).await else { return };
            let session = stream.get_ref().1;
            let protocol = session.alpn_protocol().map(|it| String::from_utf8_lossy(it).into_owned());
            let resumed = session.handshake_kind() == Some(rustls::HandshakeKind::Resumed);
            let shown = session.peer_certificates().is_some();
            noted.lock().unwrap().push((session.server_name().map(str::to_owned), protocol, shown, resumed));
            let service = hyper::service::service_fn(|request: http::Request<hyper::body::Incoming>| async move {
                let mut response = Response::new(full(format!("{:?}", request.version())));
                let proof = crate::websocket::accept(request.headers());
                if let Some(proof) = proof.filter(|_| request.uri().path() != "/declined") {
                    *response.status_mut() = http::StatusCode::SWITCHING_PROTOCOLS;
                    for (name, value) in [("connection", "upgrade"), ("upgrade", "websocket")] {
                        response.headers_mut().insert(name, http::HeaderValue::from_static(value));
                    }
                    response.headers_mut().insert("sec-websocket-accept", proof);
                    tokio::spawn(async move {
                        let switched = TokioIo::new(hyper::upgrade::on(request).await.unwrap());
                        let (mut from, mut to) = tokio::io::split(switched);
                        tokio::io::copy(&mut from, &mut to).await
                    });
                    return Ok(response);
                }
                if request.uri().path() == "/close" {
                    response.headers_mut().insert("connection", http::HeaderValue::from_static("close"));
                }
                Ok::<_, std::convert::Infallible>(response)
            });
            let server = hyper_util::server::conn::auto::Builder::new(TokioExecutor::new());
            drop(server.serve_connection_with_upgrades(TokioIo::new(stream), service).await);
        }
    })
    .await;
    (upstream, seen)
}

fn verifier(authority: &Authority) -> Arc<dyn ClientCertVerifier> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(authority.pem().as_bytes()).unwrap()).unwrap();
    WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::new(default_provider())).build().unwrap()
}

fn tls_route(upstream: &Upstream, protocol: Protocol, tls: &UpstreamTls) -> Document {
    with_upstream(one_route(&[upstream.address]), |upstream| {
        (upstream.protocol, upstream.tls) = (protocol, Some(tls.clone()));
    })
}

fn trusting(authority: &Authority) -> UpstreamTls {
    UpstreamTls { authorities: Some(authority.pem()), ..UpstreamTls::default() }
}

#[tokio::test]
async fn a_target_that_an_authority_of_the_upstream_vouches_for_is_trusted() {
    let authority = Authority::new();
    let (upstream, seen) = secure(&authority.issue(&["127.0.0.1"]), &["http/1.1"], None).await;
    let gate = Gate::start(&tls_route(&upstream, Protocol::Http1, &trusting(&authority)));
    for _ in 0..3 {
        assert_eq!(Raw::ask(gate.http(), GET).await.body, "HTTP/1.1");
    }
    assert_eq!(upstream.connections(), 1, "connections over TLS are kept");
    // An address is no name that can be asked for.
    assert_eq!(*seen.lock().unwrap(), [(None, Some("http/1.1".to_owned()), false, false)]);
}

#[tokio::test]
async fn a_target_that_nobody_vouches_for_gets_no_request() {
    let (ours, other) = (Authority::new(), Authority::new());
    for (certificate, tls) in [
        (other.issue(&["127.0.0.1"]), trusting(&ours)),
        (ours.issue(&["another.example"]), trusting(&ours)),
        (ours.issue(&["127.0.0.1"]), UpstreamTls::default()),
        (ours.issue(&["127.0.0.1"]), UpstreamTls { server_name: Some("shop.internal".into()), ..trusting(&ours) }),
    ] {
        let (upstream, seen) = secure(&certificate, &["h2", "http/1.1"], None).await;
        for protocol in [Protocol::Http1, Protocol::Http2, Protocol::Auto] {
            let gate = Gate::start(&tls_route(&upstream, protocol, &tls));
            let reply = Raw::ask(gate.http(), GET).await;
            assert_eq!((reply.status(), reply.problem().as_str()), (502, "upstream-untrusted"));
            assert_eq!(gate.metric(r#"sluice_upstream_faults_total{upstream="upstream",fault="tls"}"#), 1.0);
            assert!(seen.lock().unwrap().is_empty());
        }
    }
}

#[tokio::test]
async fn a_target_that_breaks_off_in_the_handshake_is_unreachable_and_not_untrusted() {
    let upstream = Upstream::talking(|mut raw| async move {
        tokio::io::AsyncReadExt::read_exact(&mut raw.stream, &mut [0; 5]).await.unwrap();
    })
    .await;
    let gate = Gate::start(&tls_route(&upstream, Protocol::Auto, &trusting(&Authority::new())));
    let reply = Raw::ask(gate.http(), GET).await;
    assert_eq!((reply.status(), reply.problem().as_str()), (503, "upstream-unreachable"));
    assert_eq!(gate.metric(r#"sluice_upstream_faults_total{upstream="upstream",fault="connect"}"#), 1.0);
}

#[tokio::test]
async fn a_target_that_speaks_no_tls_is_untrusted() {
    let upstream = Upstream::talking(|mut raw| async move {
        raw.send("HTTP/1.1 400 Bad Request\r\n\r\n").await;
        raw.stream.readable().await.unwrap();
    })
    .await;
    let gate = Gate::start(&tls_route(&upstream, Protocol::Auto, &trusting(&Authority::new())));
    assert_eq!(Raw::ask(gate.http(), GET).await.problem(), "upstream-untrusted");
}

#[tokio::test]
async fn the_name_of_the_server_is_asked_for_and_checked() {
    let authority = Authority::new();
    let (upstream, seen) = secure(&authority.issue(&["shop.internal"]), &["h2"], None).await;
    let tls = UpstreamTls { server_name: Some("shop.internal".into()), ..trusting(&authority) };
    let gate = Gate::start(&tls_route(&upstream, Protocol::Http2, &tls));
    assert_eq!(Raw::ask(gate.http(), GET).await.body, "HTTP/2.0");
    assert_eq!(seen.lock().unwrap()[0].0.as_deref(), Some("shop.internal"));
}

#[tokio::test]
async fn the_host_of_a_targets_address_is_its_name_where_nothing_else_is_said() {
    let authority = Authority::new();
    let (upstream, seen) = secure(&authority.issue(&["localhost"]), &["h2"], None).await;
    let mut document = Document::default();
    let address = format!("localhost:{}", upstream.address.port());
    add_upstream(&mut document, "upstream", &[address], Default::default());
    add_route(&mut document, "route", &[], "/", "upstream");
    let document = with_upstream(document, |upstream| {
        (upstream.protocol, upstream.tls) = (Protocol::Http2, Some(trusting(&authority)));
    });
    let gate = Gate::start(&document);
    assert_eq!(Raw::ask(gate.http(), GET).await.body, "HTTP/2.0");
    assert_eq!(seen.lock().unwrap()[0].0.as_deref(), Some("localhost"));
}

#[tokio::test]
async fn without_verification_anybody_is_taken_for_the_target() {
    let stranger = Authority::new();
    let (upstream, _) = secure(&stranger.issue(&["another.example"]), &["http/1.1"], None).await;
    let tls = UpstreamTls { verify: false, ..UpstreamTls::default() };
    let gate = Gate::start(&tls_route(&upstream, Protocol::Http1, &tls));
    assert_eq!(Raw::ask(gate.http(), GET).await.status(), 200);
}

#[tokio::test]
async fn the_version_of_http_is_what_both_sides_agree_on() {
    let authority = Authority::new();
    for (protocol, offered, expected) in [
        (Protocol::Auto, &["h2", "http/1.1"][..], Some("HTTP/2.0")),
        (Protocol::Auto, &["http/1.1"], Some("HTTP/1.1")),
        (Protocol::Auto, &[], Some("HTTP/1.1")),
        (Protocol::Http1, &["h2", "http/1.1"], Some("HTTP/1.1")),
        (Protocol::Http2, &["h2", "http/1.1"], Some("HTTP/2.0")),
        (Protocol::Http2, &["http/1.1"], None),
        (Protocol::Http2, &[], None),
    ] {
        let (upstream, _) = secure(&authority.issue(&["127.0.0.1"]), offered, None).await;
        let gate = Gate::start(&tls_route(&upstream, protocol, &trusting(&authority)));
        let reply = Raw::ask(gate.http(), GET).await;
        match expected {
            Some(version) => assert_eq!(reply.body, version, "{protocol:?} {offered:?}"),
            None => assert_eq!(reply.problem(), "upstream-untrusted", "{protocol:?} {offered:?}"),
        }
    }
}

#[tokio::test]
async fn a_websocket_has_a_connection_of_http_1_of_its_own_beside_those_of_http_2() {
    let authority = Authority::new();
    for protocol in [Protocol::Auto, Protocol::Http2] {
        let (upstream, seen) = secure(&authority.issue(&["127.0.0.1"]), &["h2", "http/1.1"], None).await;
        let gate = Gate::start(&tls_route(&upstream, protocol, &trusting(&authority)));
        assert_eq!(Raw::ask(gate.http(), GET).await.body, "HTTP/2.0");
        let mut client = Raw::to(gate.http()).await;
        client.send(websockets::opening()).await;
        assert_eq!(client.expect().await.status(), 101);
        client.send("\0hello").await;
        assert_eq!(client.take_until("\0hello").await.as_deref(), Some("\0hello"));
        let agreed: Vec<_> = seen.lock().unwrap().iter().map(|(_, protocol, ..)| protocol.clone().unwrap()).collect();
        assert_eq!(agreed, ["h2", "http/1.1"]);
        // One that is declined leaves no connection behind that requests would have to take.
        let declined = websockets::opening().replace("/chat", "/declined");
        assert_eq!(Raw::ask(gate.http(), &declined).await.body, "HTTP/1.1");
        assert_eq!(Raw::ask(gate.http(), GET).await.body, "HTTP/2.0");
        assert_eq!(upstream.connections(), 3);
    }
}

#[tokio::test]
async fn a_websocket_to_a_target_that_agrees_to_no_protocol_by_name_is_one_of_http_1() {
    let authority = Authority::new();
    let (upstream, _) = secure(&authority.issue(&["127.0.0.1"]), &[], None).await;
    let gate = Gate::start(&tls_route(&upstream, Protocol::Auto, &trusting(&authority)));
    assert_eq!(Raw::ask(gate.http(), &websockets::opening()).await.status(), 101);
}

#[tokio::test]
async fn a_target_that_speaks_http_2_alone_is_no_worse_for_a_websocket_that_it_cannot_have() {
    let authority = Authority::new();
    let (upstream, seen) = secure(&authority.issue(&["127.0.0.1"]), &["h2"], None).await;
    let gate = Gate::start(&tls_route(&upstream, Protocol::Auto, &trusting(&authority)));
    let reply = Raw::ask(gate.http(), &websockets::opening()).await;
    assert_eq!((reply.status(), reply.problem().as_str()), (502, "not-switched"));
    assert!(seen.lock().unwrap().is_empty());
    assert_eq!(gate.metric(r#"sluice_upstream_faults_total{upstream="upstream",fault="tls"}"#), 0.0);
    assert_eq!(Raw::ask(gate.http(), GET).await.body, "HTTP/2.0");

    let upstream = http2_upstreams::speaking(100, |_| async { Response::new(full("plain")) }).await;
    let gate = Gate::start(&http2_upstreams::http2_route(&upstream));
    let reply = Raw::ask(gate.http(), &websockets::opening()).await;
    assert_eq!((reply.status(), reply.problem().as_str()), (502, "not-switched"));
    assert_eq!(upstream.connections(), 0);
}

#[tokio::test]
async fn many_at_once_find_out_together_that_a_target_speaks_http_1_alone() {
    let authority = Authority::new();
    let (upstream, _) = secure(&authority.issue(&["127.0.0.1"]), &["http/1.1"], None).await;
    let gate = Gate::start(&tls_route(&upstream, Protocol::Auto, &trusting(&authority)));
    let address = gate.http();
    let asking = (0..20).map(|_| tokio::spawn(async move { Raw::ask(address, GET).await.body }));
    for asked in asking.collect::<Vec<_>>() {
        assert_eq!(soon("an answer", asked).await.unwrap(), "HTTP/1.1");
    }
}

#[tokio::test]
async fn the_gateway_shows_its_certificate_to_targets_that_ask_for_it() {
    let authority = Authority::new();
    let (certificate, key) = authority.issue(&["gateway.internal"]);
    let (upstream, seen) = secure(&authority.issue(&["127.0.0.1"]), &["http/1.1"], Some(&authority)).await;
    // In the sandbox that all tests share.
    secret("upstream-client-key", key.as_bytes());
    let shown = UpstreamCertificate { certificate, key_secret: "upstream-client-key".into() };
    let tls = UpstreamTls { client_certificate: Some(shown), ..trusting(&authority) };
    let gate = Gate::start(&tls_route(&upstream, Protocol::Http1, &tls));
    assert_eq!(Raw::ask(gate.http(), GET).await.status(), 200);
    assert!(seen.lock().unwrap()[0].2);

    let gate = Gate::start(&tls_route(&upstream, Protocol::Http1, &trusting(&authority)));
    // With TLS 1.3 the client's handshake is over before the target has looked: it breaks off later, before the request was
    // written or after.
    let status = Raw::ask(gate.http(), GET).await.status();
    assert!(matches!(status, 502 | 503), "{status}");
}

#[tokio::test]
async fn an_upstream_whose_key_is_not_there_gets_nothing_and_the_others_serve() {
    let authority = Authority::new();
    let (upstream, seen) = secure(&authority.issue(&["127.0.0.1"]), &["http/1.1"], None).await;
    let (certificate, _) = authority.issue(&["gateway.internal"]);
    let shown = UpstreamCertificate { certificate, key_secret: "no-such-secret".into() };
    let tls = UpstreamTls { client_certificate: Some(shown), ..trusting(&authority) };
    let mut document = tls_route(&upstream, Protocol::Http1, &tls);
    let sound = Upstream::named("sound").await;
    add_upstream(&mut document, "sound", &[sound.address.to_string()], Default::default());
    add_route(&mut document, "sound", &[], "/sound", "sound");
    let gate = Gate::start(&document);
    assert_eq!(Raw::ask(gate.http(), GET).await.problem(), "upstream-untrusted");
    assert_eq!(Raw::ask(gate.http(), "GET /sound HTTP/1.1\r\nHost: a\r\n\r\n").await.body, "sound");
    assert!(seen.lock().unwrap().is_empty());
}

#[tokio::test]
async fn connections_stay_while_tls_is_configured_alike_and_sessions_are_taken_up_again() {
    let authority = Authority::new();
    let (upstream, seen) = secure(&authority.issue(&["127.0.0.1"]), &["http/1.1"], None).await;
    let document = tls_route(&upstream, Protocol::Http1, &trusting(&authority));
    let mut gate = Gate::start(&document);
    assert_eq!(Raw::ask(gate.http(), GET).await.status(), 200);
    gate.publish(&with_upstream(document.clone(), |upstream| upstream.timeouts.response_ms = 5_000));
    assert_eq!(Raw::ask(gate.http(), GET).await.status(), 200);
    assert_eq!(upstream.connections(), 1);
    // Other authorities: nothing of what was made under the old ones is used.
    let both = format!("{}{}", authority.pem(), Authority::new().pem());
    gate.publish(&with_upstream(document, |upstream| {
        upstream.tls = Some(UpstreamTls { authorities: Some(both), ..UpstreamTls::default() });
    }));
    assert_eq!(Raw::ask(gate.http(), GET).await.status(), 200);
    assert_eq!(upstream.connections(), 2);
    assert!(seen.lock().unwrap().iter().all(|(.., resumed)| !resumed));
    // The next connection under the same settings goes on with the session of the one before.
    assert_eq!(Raw::ask(gate.http(), "GET /close HTTP/1.1\r\nHost: a\r\n\r\n").await.status(), 200);
    assert_eq!(Raw::ask(gate.http(), GET).await.status(), 200);
    assert_eq!((upstream.connections(), seen.lock().unwrap()[2].3), (3, true));
}

#[test]
fn what_is_wrong_with_tls_is_told_with_its_field_and_without_the_key() {
    let authority = Authority::new();
    let (certificate, key) = authority.issue(&["gateway.internal"]);
    let (_, other) = authority.issue(&["gateway.internal"]);
    let check = |secret: Option<&str>| {
        let shown = UpstreamCertificate { certificate: certificate.clone(), key_secret: "key".into() };
        let tls = UpstreamTls { client_certificate: Some(shown), ..trusting(&authority) };
        check_upstream_tls(&tls, Protocol::Http1, &|_| secret.map(|secret| secret.as_bytes().to_vec()))
    };
    assert!(check(Some(&key)).is_ok());
    for (secret, is_expected) in [
        (None, (|error| matches!(error, UpstreamTlsError::NoSecret(_))) as fn(&UpstreamTlsError) -> bool),
        (Some("c2VjcmV0"), |error| matches!(error, UpstreamTlsError::NoKey(_))),
        (Some(other.as_str()), |error| matches!(error, UpstreamTlsError::Mismatch(_))),
    ] {
        let error = check(secret).unwrap_err();
        assert!(is_expected(&error), "{error}");
        assert_eq!(error.field(), ["tls", "clientCertificate", "keySecret"]);
        assert!(!error.to_string().contains("c2VjcmV0"), "{error}");
    }
}

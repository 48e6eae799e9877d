//! WebSockets: a request until the upstream has switched, bytes from then on.

use std::time::Duration;

use bytes::Bytes;
use gateway_model::{Admission, Concurrency, ConcurrencyAlgorithm, FailurePolicy};
use http::{Method, Request};
use http_body_util::{BodyExt, Empty};
use hyper::{client::conn::http2::SendRequest, ext::Protocol};
use hyper_util::rt::TokioIo;
use sluice_abi::outcome::Action;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    sync::mpsc,
};

use super::{
    guest::{Guest, Hook},
    harness::*,
    tls::Secure,
};

const KEY: &str = "dGhlIHNhbXBsZSBub25jZQ==";
const ACCEPT: &str = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

/// A request for a WebSocket.
pub(super) fn opening() -> String {
    format!(
        "GET /chat HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Key: {KEY}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: chat\r\n\r\n"
    )
}

fn agreed(accept: &str) -> String {
    format!(
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Accept: {accept}\r\nSec-WebSocket-Protocol: chat\r\n\r\n"
    )
}

/// An upstream that switches, and sends back what it gets.
async fn echoing() -> Upstream {
    Upstream::talking(|mut raw| async move {
        let request = raw.expect().await;
        assert_eq!(request.field("upgrade").as_deref(), Some("websocket"));
        assert_eq!(request.field("connection").as_deref(), Some("upgrade"));
        assert_eq!(request.field("sec-websocket-key").as_deref(), Some(KEY));
        raw.send(agreed(ACCEPT)).await;
        let (mut from, mut to) = raw.stream.split();
        drop(tokio::io::copy(&mut from, &mut to).await);
        drop(to.shutdown().await);
    })
    .await
}

#[tokio::test]
async fn a_websocket_goes_through_like_a_request_and_then_both_ways() {
    let upstream = echoing().await;
    let mut gate = Gate::start(&one_route(&[upstream.address]));
    let mut client = Raw::to(gate.http()).await;
    client.send(opening()).await;
    let reply = client.expect().await;
    assert_eq!(reply.status(), 101);
    assert_eq!(reply.field("upgrade").as_deref(), Some("websocket"));
    assert_eq!(reply.field("connection").as_deref(), Some("upgrade"));
    assert_eq!(reply.field("sec-websocket-accept").as_deref(), Some(ACCEPT));
    assert_eq!(reply.field("sec-websocket-protocol").as_deref(), Some("chat"));
    assert_eq!(reply.field("content-length"), None);
    assert!(reply.field("x-request-id").is_some());
    gate.until_metric("sluice_websockets", 1.0).await;
    // Not HTTP: what the scanner would never let pass.
    for word in ["\0\n one", "\r\n\r\n two", "GET / HTTP/1.1\n three"] {
        client.send(word).await;
        assert_eq!(client.take_until(word).await.as_deref(), Some(word));
    }
    client.stream.shutdown().await.unwrap();
    assert_eq!(client.rest().await, "");
    let line = gate.line().await;
    assert_eq!((&line["status"], &line["ended"], &line["path"]), (&101.into(), &"complete".into(), &"/chat".into()));
    assert_eq!((&line["received_bytes"], &line["sent_bytes"]), (&35.into(), &35.into()));
    gate.until_metric("sluice_websockets", 0.0).await;
    assert_eq!(gate.metric(r#"sluice_websocket_bytes_total{direction="sent"}"#), 35.0);
    assert_eq!(gate.metric("http_requests_in_flight"), 0.0);
}

#[tokio::test]
async fn what_a_client_sends_before_its_answer_waits_for_it() {
    let upstream = echoing().await;
    let gate = Gate::start(&one_route(&[upstream.address]));
    let mut client = Raw::to(gate.http()).await;
    client.send(format!("{}\0early\n", opening())).await;
    assert_eq!(client.expect().await.status(), 101);
    assert_eq!(client.take_until("\0early\n").await.as_deref(), Some("\0early\n"));
}

/// The story of a smuggled request: a proxy believes in the switch, while its upstream goes on to read requests.
#[tokio::test]
async fn what_follows_a_refused_opening_is_a_request_of_its_own() {
    let upstream = Upstream::talking(|mut raw| async move {
        while let Some(request) = raw.message().await {
            let body = request.head.lines().next().unwrap().to_owned();
            raw.send(format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len())).await;
        }
    })
    .await;
    let mut gate = Gate::start(&one_route(&[upstream.address]));
    let mut client = Raw::to(gate.http()).await;
    client.send(format!("{}GET /second HTTP/1.1\r\nHost: a\r\n\r\nGET /th", opening())).await;
    let first = client.expect().await;
    assert_eq!((first.status(), first.body.as_str()), (200, "GET /chat HTTP/1.1"));
    assert_eq!(first.field("upgrade"), None);
    assert_eq!(client.expect().await.body, "GET /second HTTP/1.1");
    client.send("ird HTTP/1.1\r\nHost: a\r\n\r\n\0").await;
    assert_eq!(client.expect().await.body, "GET /third HTTP/1.1");
    let refused = client.expect().await;
    assert_eq!((refused.status(), refused.closes()), (400, true));
    for path in ["/chat", "/second", "/third", "*"] {
        assert_eq!(gate.line().await["path"], path);
    }
}

#[tokio::test]
async fn an_upstream_that_only_pretends_to_switch_is_broken() {
    let wrong = ["HTTP/1.1 101 x\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n".to_owned(), agreed("AAAA")];
    for answer in wrong {
        let upstream = Upstream::talking(move |mut raw| {
            let answer = answer.clone();
            async move {
                raw.expect().await;
                raw.send(answer).await;
                raw.rest().await;
            }
        })
        .await;
        let gate = Gate::start(&one_route(&[upstream.address]));
        let mut client = Raw::to(gate.http()).await;
        client.send(opening()).await;
        let reply = client.expect().await;
        assert_eq!((reply.status(), reply.problem().as_str()), (502, "upstream-broken"));
    }
}

#[tokio::test]
async fn nobody_is_switched_who_did_not_ask() {
    let upstream = Upstream::talking(|mut raw| async move {
        let request = raw.expect().await;
        assert_eq!(request.field("upgrade"), None);
        raw.send(agreed(ACCEPT)).await;
        raw.rest().await;
    })
    .await;
    let gate = Gate::start(&one_route(&[upstream.address]));
    let plain = "GET / HTTP/1.1\r\nHost: a\r\n\r\n".to_owned();
    for request in [plain, opening().replace("websocket\r\n", "h2c\r\n"), opening().replace("GET", "POST")] {
        let reply = Raw::ask(gate.http(), &request).await;
        assert_eq!((reply.status(), reply.problem().as_str()), (502, "upstream-broken"), "{request}");
    }
}

#[tokio::test]
async fn an_opening_that_no_server_would_take_goes_to_none() {
    let gate = Gate::start(&one_route(&[nobody().await]));
    let keyless = opening().replace("Sec-WebSocket-Key", "X");
    let reply = Raw::ask(gate.http(), &keyless).await;
    assert_eq!((reply.status(), reply.problem().as_str()), (400, "malformed-request"));
    let old = opening().replace("Version: 13", "Version: 8");
    let reply = Raw::ask(gate.http(), &old).await;
    assert_eq!((reply.status(), reply.problem().as_str()), (426, "websocket-version"));
    assert_eq!(reply.field("sec-websocket-version").as_deref(), Some("13"));
    assert_eq!(reply.field("upgrade").as_deref(), Some("websocket"));
}

#[tokio::test]
async fn a_side_that_has_ended_still_hears_the_other() {
    let upstream = Upstream::talking(|mut raw| async move {
        raw.expect().await;
        raw.send(agreed(ACCEPT)).await;
        assert_eq!(raw.rest().await, "that is all");
        raw.send("and goodbye").await;
    })
    .await;
    let mut gate = Gate::start(&one_route(&[upstream.address]));
    let mut client = Raw::to(gate.http()).await;
    client.send(opening()).await;
    client.expect().await;
    client.send("that is all").await;
    client.stream.shutdown().await.unwrap();
    assert_eq!(client.rest().await, "and goodbye");
    assert_eq!(gate.line().await["ended"], "complete");
}

#[tokio::test]
async fn more_than_all_buffers_goes_through_whole() {
    const SIZE: usize = 8 << 20;
    let upstream = echoing().await;
    let gate = Gate::start(&one_route(&[upstream.address]));
    let mut client = Raw::to(gate.http()).await;
    client.send(opening()).await;
    client.expect().await;
    let (mut from, mut to) = client.stream.split();
    let sent = async {
        to.write_all(&vec![b'x'; SIZE]).await.unwrap();
        to.shutdown().await.unwrap();
    };
    let mut got = Vec::new();
    tokio::join!(sent, async { from.read_to_end(&mut got).await.unwrap() });
    assert!(got.len() == SIZE && got.iter().all(|byte| *byte == b'x'));
}

#[tokio::test]
async fn a_websocket_over_which_nothing_goes_is_ended_with_a_word() {
    let (heard, mut hears) = mpsc::unbounded_channel();
    let upstream = Upstream::talking(move |mut raw| {
        let heard = heard.clone();
        async move {
            raw.expect().await;
            raw.send(agreed(ACCEPT)).await;
            let mut rest = Vec::new();
            raw.stream.read_to_end(&mut rest).await.unwrap();
            heard.send(rest).unwrap();
        }
    })
    .await;
    let mut gate = Gate::with(&one_route(&[upstream.address]), |settings| {
        settings.limits.websocket_idle_timeout = Duration::from_millis(50);
    });
    let mut client = Raw::to(gate.http()).await;
    client.send(opening()).await;
    client.expect().await;
    let mut words = Vec::new();
    soon("the end", client.stream.read_to_end(&mut words)).await.unwrap();
    assert_eq!(words, [0x88, 2, 0x03, 0xe9], "1001: going away");
    let heard = soon("last words", hears.recv()).await.unwrap();
    assert_eq!(heard[..2], [0x88, 0x82]);
    assert_eq!([heard[6] ^ heard[2], heard[7] ^ heard[3]], [0x03, 0xe9]);
    drop(client);
    assert_eq!(gate.line().await["ended"], "idle");
}

#[tokio::test]
async fn a_websocket_outlives_the_configuration_that_it_began_with() {
    let upstream = echoing().await;
    let mut gate = Gate::start(&one_route(&[upstream.address]));
    let mut client = Raw::to(gate.http()).await;
    client.send(opening()).await;
    client.expect().await;
    let other = Upstream::named("other").await;
    for _ in 0..20 {
        gate.publish(&one_route(&[other.address]));
        client.send("on").await;
        assert_eq!(client.take_until("on").await.as_deref(), Some("on"));
    }
}

/// So many WebSockets, and a tenth of that in streams of events, through half as many changes. A thousand of them need more
/// open files than many systems let a process have.
const CROWD: usize = 200;

#[tokio::test]
async fn no_websocket_and_no_stream_of_events_is_cut_by_changes_that_do_not_concern_it() {
    const STREAM: &str = "GET /events HTTP/1.1\r\nHost: a\r\n\r\n";
    let (done, is_done) = tokio::sync::watch::channel(false);
    let upstream = Upstream::talking(move |mut raw| {
        let mut is_done = is_done.clone();
        async move {
            if raw.expect().await.field("upgrade").is_some() {
                raw.send(agreed(ACCEPT)).await;
                let (mut from, mut to) = raw.stream.split();
                return drop(tokio::io::copy(&mut from, &mut to).await);
            }
            raw.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n").await;
            is_done.wait_for(|done| *done).await.unwrap();
            raw.send("4\r\nlast\r\n0\r\n\r\n").await;
            raw.rest().await;
        }
    })
    .await;
    let mut document = one_route(&[upstream.address]);
    let mut gate = Gate::start(&document);
    let (mut sockets, mut streams) = (Vec::new(), Vec::new());
    for _ in 0..CROWD {
        let mut client = Raw::to(gate.http()).await;
        client.send(opening()).await;
        assert_eq!(client.expect().await.status(), 101);
        sockets.push(client);
    }
    for _ in 0..CROWD / 10 {
        let mut client = Raw::to(gate.http()).await;
        client.send(STREAM).await;
        client.take_until("first\r\n").await.unwrap();
        streams.push(client);
    }
    for (change, socket) in sockets.iter_mut().take(CROWD / 2).enumerate() {
        add_route(&mut document, &format!("route-{change}"), &[&format!("{change}.example")], "/", "upstream");
        gate.publish(&document);
        socket.send("on").await;
        assert_eq!(socket.take_until("on").await.as_deref(), Some("on"), "after {change} changes");
    }
    done.send_replace(true);
    for stream in &mut streams {
        assert!(stream.take_until("last\r\n0\r\n\r\n").await.is_some());
    }
    for socket in &mut sockets {
        socket.send("still here").await;
        assert_eq!(socket.take_until("still here").await.as_deref(), Some("still here"));
    }
    assert_eq!(gate.metric("sluice_websockets"), CROWD as f64);
}

#[tokio::test]
async fn a_gateway_that_ends_says_goodbye_when_the_time_is_over() {
    let upstream = echoing().await;
    let mut gate = Gate::start(&one_route(&[upstream.address]));
    let mut client = Raw::to(gate.http()).await;
    client.send(opening()).await;
    client.expect().await;
    let ended = gate.shut_down(Duration::from_millis(100));
    let frame = "\x01\x02hi";
    client.send(frame).await;
    assert_eq!(client.take_until(frame).await.as_deref(), Some(frame));
    let mut words = Vec::new();
    soon("the end", client.stream.read_to_end(&mut words)).await.unwrap();
    drop(client);
    assert_eq!(words, [0x88, 2, 0x03, 0xe9], "1001: going away");
    soon("the end of the gateway", ended).await.unwrap();
    assert_eq!(gate.line().await["ended"], "shutdown");
}

#[tokio::test]
async fn plugins_see_the_opening_and_may_refuse_it() {
    let upstream = echoing().await;
    let mut document = one_route(&[upstream.address]);
    let guest = Guest { request: Some(Hook::ends(Action::Respond, 403, &[])), ..Guest::default() };
    add_plugin(&mut document, "gate", 0, &guest, FailurePolicy::Closed);
    let gate = Gate::start(&document);
    let mut client = Raw::to(gate.http()).await;
    client.send(opening()).await;
    assert_eq!(client.expect().await.status(), 403);
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert_eq!(client.expect().await.status(), 403);
    assert_eq!(upstream.connections(), 0);
}

#[tokio::test]
async fn a_websocket_holds_no_slot_of_its_upstream() {
    let upstream = Upstream::talking(|mut raw| async move {
        let request = raw.expect().await;
        if request.field("upgrade").is_some() {
            raw.send(agreed(ACCEPT)).await;
        } else {
            raw.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await;
        }
        raw.rest().await;
    })
    .await;
    let document = with_upstream(one_route(&[upstream.address]), |upstream| {
        let concurrency = Concurrency {
            algorithm: ConcurrencyAlgorithm::Fixed,
            initial: 1,
            min: 1,
            max: 1,
            ..Concurrency::default()
        };
        upstream.admission = Some(Admission { concurrency, ..Admission::default() });
    });
    let gate = Gate::start(&document);
    let mut client = Raw::to(gate.http()).await;
    client.send(opening()).await;
    assert_eq!(client.expect().await.status(), 101);
    assert_eq!(Raw::ask(gate.http(), "GET / HTTP/1.1\r\nHost: a\r\n\r\n").await.status(), 200);
    assert_eq!(gate.metric(r#"sluice_upstream_requests_in_flight{upstream="upstream"}"#), 0.0);
}

// === over HTTP/2 ===

/// An opening of HTTP/2, as RFC 8441 has it.
fn opening_of_http2(protocol: &'static str) -> Request<Empty<Bytes>> {
    Request::builder()
        .method(Method::CONNECT)
        .uri("https://localhost/chat?room=1")
        .extension(Protocol::from_static(protocol))
        .header("sec-websocket-version", "13")
        .header("sec-websocket-protocol", "chat")
        .body(Empty::new())
        .unwrap()
}

/// A client that has heard what the gateway can do.
async fn introduced(secure: &Secure) -> SendRequest<Empty<Bytes>> {
    let mut sender = secure.http2().await;
    let request = Request::get("https://localhost/none").body(Empty::new()).unwrap();
    drop(sender.send_request(request).await.unwrap().into_body().collect().await);
    sender
}

/// An upstream that switches, with the proof that the key asks for, and sends back what it gets.
async fn proving() -> Upstream {
    Upstream::talking(|mut raw| async move {
        while let Some(request) = raw.message().await {
            if request.field("upgrade").is_none() {
                raw.send("HTTP/1.1 204 No Content\r\n\r\n").await;
                continue;
            }
            assert!(request.head.starts_with("GET /chat?room=1 HTTP/1.1\r\n"), "{}", request.head);
            let fields = ["upgrade", "sec-websocket-key"].map(|name| request.field(name).unwrap());
            let headers = ["upgrade", "sec-websocket-key"].into_iter().zip(&fields);
            let headers = headers.map(|(name, value)| (http::HeaderName::from_static(name), value.parse().unwrap()));
            let proof = crate::websocket::accept(&headers.collect()).unwrap();
            raw.send(agreed(proof.to_str().unwrap())).await;
            let (mut from, mut to) = raw.stream.split();
            drop(tokio::io::copy(&mut from, &mut to).await);
            return drop(to.shutdown().await);
        }
    })
    .await
}

#[tokio::test]
async fn websockets_and_requests_share_a_connection_of_http_2() {
    let upstream = proving().await;
    let mut secure = Secure::start(&one_route(&[upstream.address]));
    let mut sender = introduced(&secure).await;
    secure.gate.line().await;
    let mut sockets = Vec::new();
    for _ in 0..3 {
        let response = sender.send_request(opening_of_http2("websocket")).await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["sec-websocket-protocol"], "chat");
        assert!(!response.headers().contains_key("sec-websocket-accept"));
        sockets.push(TokioIo::new(hyper::upgrade::on(response).await.unwrap()));
    }
    for socket in &mut sockets {
        socket.write_all(b"\0hello").await.unwrap();
        let mut back = [0; 6];
        soon("the echo", socket.read_exact(&mut back)).await.unwrap();
        assert_eq!(&back, b"\0hello");
    }
    let request = Request::get("https://localhost/none").body(Empty::new()).unwrap();
    assert_eq!(sender.send_request(request).await.unwrap().status(), 204);
    secure.gate.line().await;
    secure.gate.until_metric("sluice_websockets", 3.0).await;
    for mut socket in sockets {
        socket.shutdown().await.unwrap();
        let mut rest = Vec::new();
        soon("the end", socket.read_to_end(&mut rest)).await.unwrap();
        let line = secure.gate.line().await;
        assert_eq!(
            (&line["method"], &line["path"], &line["ended"]),
            (&"GET".into(), &"/chat".into(), &"complete".into())
        );
        assert_eq!((&line["received_bytes"], &line["sent_bytes"]), (&6.into(), &6.into()));
    }
}

#[tokio::test]
async fn over_http_2_a_success_that_is_no_switch_is_none() {
    let upstream = Upstream::named("no websocket").await;
    let secure = Secure::start(&one_route(&[upstream.address]));
    let mut sender = introduced(&secure).await;
    let response = sender.send_request(opening_of_http2("websocket")).await.unwrap();
    assert_eq!(response.status(), 502);
    let body = response.into_body().collect().await.unwrap().to_bytes();
    assert!(body.windows(12).any(|part| part == b"not-switched"), "{body:?}");
}

#[tokio::test]
async fn tunnels_of_other_kinds_are_refused() {
    let upstream = proving().await;
    let secure = Secure::start(&one_route(&[upstream.address]));
    let mut sender = introduced(&secure).await;
    let response = sender.send_request(opening_of_http2("connect-udp")).await.unwrap();
    assert_eq!(response.status(), 501);
    let plain = Request::builder().method(Method::CONNECT).uri("localhost:443").body(Empty::new()).unwrap();
    assert_eq!(sender.send_request(plain).await.unwrap().status(), 501);
}

//! HTTP/2 to upstreams: connections that many requests share, and how they end.

use std::{
    convert::Infallible,
    sync::{Arc, Mutex, atomic::Ordering::Relaxed},
    time::Duration,
};

use bytes::Bytes;
use gateway_model::{Document, Protocol, Retries, RetryOn};
use http::{HeaderMap, Request, Response, StatusCode};
use http_body_util::{BodyExt, Empty, Full, StreamBody};
use hyper::{
    body::{Frame, Incoming},
    server::conn::http2,
    service::service_fn,
};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::sync::{Barrier, mpsc};

use super::{harness::*, tls::Secure};

const GET: &str = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

/// Answers by hyper, over HTTP/2 with prior knowledge, so many requests at one time on each connection.
pub(super) async fn speaking<F: Future<Output = Response<AnyBody>> + Send + 'static>(
    streams: u32,
    answer: impl Fn(Request<Incoming>) -> F + Clone + Send + Sync + 'static,
) -> Upstream {
    Upstream::talking(move |raw| serve(TokioIo::new(raw.stream), streams, answer.clone())).await
}

/// The same on one connection.
pub(super) async fn serve<S, F>(
    stream: S,
    streams: u32,
    answer: impl Fn(Request<Incoming>) -> F + Clone + Send + Sync + 'static,
) where
    S: hyper::rt::Read + hyper::rt::Write + Unpin + Send + 'static,
    F: Future<Output = Response<AnyBody>> + Send + 'static,
{
    let service = service_fn(move |request| {
        let response = answer(request);
        async move { Ok::<_, Infallible>(response.await) }
    });
    let mut server = http2::Builder::new(TokioExecutor::new());
    drop(server.max_concurrent_streams(streams).serve_connection(stream, service).await);
}

/// One target that speaks HTTP/2.
pub(super) fn http2_route(upstream: &Upstream) -> Document {
    with_upstream(one_route(&[upstream.address]), |upstream| upstream.protocol = Protocol::Http2)
}

/// Answers as soon as so many requests are there at one time.
async fn together(streams: u32, requests: usize) -> Upstream {
    let barrier = Arc::new(Barrier::new(requests));
    speaking(streams, move |_| {
        let barrier = barrier.clone();
        async move {
            barrier.wait().await;
            Response::new(full("together"))
        }
    })
    .await
}

/// So many clients ask at one time; all have an answer.
async fn ask_together(gate: &Gate, requests: usize) {
    let address = gate.http();
    let asking = (0..requests).map(|_| tokio::spawn(async move { Raw::ask(address, GET).await.status() }));
    for asked in asking.collect::<Vec<_>>() {
        assert_eq!(soon("an answer", asked).await.unwrap(), 200);
    }
}

#[tokio::test]
async fn requests_at_one_time_share_a_connection() {
    let upstream = together(100, 40).await;
    let gate = Gate::start(&http2_route(&upstream));
    ask_together(&gate, 40).await;
    assert_eq!(upstream.connections(), 1);
    assert_eq!(gate.metric(r#"sluice_upstream_connections_opened_total{upstream="upstream"}"#), 1.0);
}

#[tokio::test]
async fn another_connection_is_made_where_the_target_takes_no_more_on_one() {
    let upstream = together(4, 10).await;
    let gate = Gate::start(&http2_route(&upstream));
    ask_together(&gate, 10).await;
    assert_eq!(upstream.connections(), 3);
    // They are all kept, and there is room on each.
    ask_together(&gate, 10).await;
    assert_eq!(upstream.connections(), 3);
}

#[tokio::test]
async fn a_request_has_the_form_of_its_version() {
    let upstream = speaking(100, |request| async move {
        let (head, body) = request.into_parts();
        let mut text = format!("{} {} {:?}\n", head.method, head.uri, head.version);
        for (name, value) in &head.headers {
            text += &format!("{name}: {}\n", String::from_utf8_lossy(value.as_bytes()));
        }
        let body = body.collect().await.unwrap().to_bytes();
        Response::new(full(format!("{text}\n{}", String::from_utf8_lossy(&body))))
    })
    .await;
    let gate = Gate::start(&http2_route(&upstream));
    let request = "POST /a?b=1 HTTP/1.1\r\nHost: Shop.example:81\r\nTE: trailers\r\nConnection: te, x-gone\r\nX-Gone: 1\r\n\
                   Transfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n";
    let reply = Raw::ask(gate.http(), request).await;
    assert_eq!((reply.status(), reply.head.starts_with("HTTP/1.1 200")), (200, true));
    assert!(reply.body.starts_with("POST http://Shop.example:81/a?b=1 HTTP/2.0\n"), "{}", reply.body);
    assert!(reply.body.ends_with("\nbody"), "{}", reply.body);
    assert_eq!(reply.echoed("te").as_deref(), Some("trailers"));
    assert_eq!(reply.echoed("x-forwarded-host").as_deref(), Some("Shop.example:81"));
    for gone in ["connection", "transfer-encoding", "host", "x-gone"] {
        assert_eq!(reply.echoed(gone), None, "{gone}: {}", reply.body);
    }
}

#[tokio::test]
async fn bodies_and_trailers_cross_in_both_directions() {
    let upstream = speaking(100, |request| async move {
        let collected = request.into_body().collect().await.unwrap();
        let sum = collected.trailers().unwrap()["x-sum"].clone();
        let data = Frame::data(collected.to_bytes());
        let trailers = Frame::trailers(HeaderMap::from_iter([("x-back".parse().unwrap(), sum)]));
        Response::new(StreamBody::new(futures_util::stream::iter([Ok(data), Ok(trailers)])).boxed())
    })
    .await;
    let secure = Secure::start(&http2_route(&upstream));
    let trailers = HeaderMap::from_iter([("x-sum".parse().unwrap(), "7".parse().unwrap())]);
    let frames = [Ok::<_, Infallible>(Frame::data(Bytes::from_static(b"ping"))), Ok(Frame::trailers(trailers))];
    let request = Request::post("https://localhost/").header("te", "trailers");
    let request = request.body(StreamBody::new(futures_util::stream::iter(frames))).unwrap();
    let response = secure.http2().await.send_request(request).await.unwrap();
    let collected = response.into_body().collect().await.unwrap();
    assert_eq!(collected.trailers().unwrap()["x-back"], "7");
    assert_eq!(collected.to_bytes(), "ping");
}

#[tokio::test]
async fn a_client_that_goes_away_ends_its_request_and_not_the_connection() {
    struct Gone(mpsc::UnboundedSender<()>);
    impl Drop for Gone {
        fn drop(&mut self) {
            self.0.send(()).unwrap_or_default();
        }
    }
    let (gone, mut is_gone) = mpsc::unbounded_channel();
    let (arrived, mut has_arrived) = mpsc::unbounded_channel();
    let upstream = speaking(100, move |request| {
        let (gone, arrived) = (Gone(gone.clone()), arrived.clone());
        async move {
            if request.uri().path() == "/slow" {
                arrived.send(()).unwrap();
                std::future::pending::<()>().await;
            }
            std::mem::forget(gone);
            Response::new(full("quick"))
        }
    })
    .await;
    let gate = Gate::start(&http2_route(&upstream));
    let mut client = Raw::to(gate.http()).await;
    client.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n").await;
    soon("the request", has_arrived.recv()).await;
    drop(client);
    soon("the end of the request at the upstream", is_gone.recv()).await;
    assert_eq!(Raw::ask(gate.http(), GET).await.status(), 200);
    assert_eq!(upstream.connections(), 1);
}

/// Every connection says after its first request that it takes no further one.
#[tokio::test]
async fn a_target_that_says_goodbye_loses_no_request() {
    let upstream = Upstream::talking(|raw| async move {
        let served = Arc::new(tokio::sync::Notify::new());
        let ends = served.clone();
        let service = service_fn(move |_| {
            ends.notify_one();
            async { Ok::<_, Infallible>(Response::new(full("one"))) }
        });
        let connection = http2::Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(raw.stream), service);
        let mut connection = std::pin::pin!(connection);
        tokio::select! {
            _ = connection.as_mut() => return,
            () = served.notified() => connection.as_mut().graceful_shutdown(),
        }
        drop(connection.await);
    })
    .await;
    let gate = Gate::start(&http2_route(&upstream));
    let mut client = Raw::to(gate.http()).await;
    for _ in 0..20 {
        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n").await;
        assert_eq!(client.expect().await.status(), 200);
    }
    assert!(upstream.connections() > 1);
}

/// Answers streams as `answer` has it, by their number over all connections; counted from 0.
async fn by_stream(
    answer: impl Fn(usize, h2::server::SendResponse<Bytes>) + Clone + Send + Sync + 'static,
) -> Upstream {
    let seen = Arc::new(Mutex::new(0));
    Upstream::talking(move |raw| {
        let (answer, seen) = (answer.clone(), seen.clone());
        async move {
            let Ok(mut connection) = h2::server::handshake(raw.stream).await else { return };
            while let Some(Ok((_, respond))) = connection.accept().await {
                let number = {
                    let mut seen = seen.lock().unwrap();
                    *seen += 1;
                    *seen - 1
                };
                answer(number, respond);
            }
        }
    })
    .await
}

fn answers(respond: h2::server::SendResponse<Bytes>, status: StatusCode) {
    let mut respond = respond;
    respond.send_response(Response::builder().status(status).body(()).unwrap(), true).unwrap();
}

#[tokio::test]
async fn a_stream_that_is_refused_is_sent_again_whatever_it_asks_for() {
    let upstream = by_stream(|number, mut respond| match number {
        0 => respond.send_reset(h2::Reason::REFUSED_STREAM),
        _ => answers(respond, StatusCode::OK),
    })
    .await;
    let gate = Gate::start(&http2_route(&upstream));
    let post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n";
    assert_eq!(Raw::ask(gate.http(), post).await.status(), 200);
    assert_eq!(gate.metric(r#"sluice_upstream_faults_total{upstream="upstream",fault="stale"}"#), 1.0);
}

#[tokio::test]
async fn a_stream_that_may_have_been_looked_at_is_not_sent_again_unless_it_may_be_repeated() {
    let resets_first = |number, mut respond: h2::server::SendResponse<Bytes>| match number {
        0 => respond.send_reset(h2::Reason::INTERNAL_ERROR),
        _ => answers(respond, StatusCode::OK),
    };
    let again = Retries { on: vec![RetryOn::Reset], ..Retries::default() };
    for (request, expected) in [("GET / HTTP/1.1\r\nHost: a\r\n\r\n", 200), ("POST / HTTP/1.1\r\nHost: a\r\n\r\n", 502)]
    {
        let upstream = by_stream(resets_first).await;
        let document = with_upstream(http2_route(&upstream), |upstream| upstream.retries = Some(again.clone()));
        let gate = Gate::start(&document);
        assert_eq!(Raw::ask(gate.http(), request).await.status(), expected, "{request}");
        assert_eq!(upstream.connections(), 1, "a reset stream is not the end of its connection");
    }
}

#[tokio::test]
async fn a_status_that_asks_for_it_is_retried_on_the_same_connection() {
    let upstream = by_stream(|number, respond| {
        answers(respond, if number == 0 { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK });
    })
    .await;
    let retries = Retries { on: vec![RetryOn::ServiceUnavailable], ..Retries::default() };
    let gate = Gate::start(&with_upstream(http2_route(&upstream), |upstream| upstream.retries = Some(retries)));
    assert_eq!(Raw::ask(gate.http(), GET).await.status(), 200);
    assert_eq!(upstream.connections(), 1);
}

/// What a target says that speaks HTTP/2, and takes as many requests as come: an empty SETTINGS frame.
const SETTINGS: &[u8] = b"\0\0\0\x04\0\0\0\0\0";

#[tokio::test]
async fn a_target_that_is_silent_is_asked_whether_it_is_there() {
    let upstream = Upstream::talking(|mut raw| async move {
        raw.send(SETTINGS).await;
        std::future::pending::<()>().await;
    })
    .await;
    let gate = Gate::start(&with_upstream(http2_route(&upstream), |upstream| upstream.timeouts.ping_ms = 50));
    // hyper begins to watch a connection when it is polled with a request on it, which it is not for the first one alone.
    let (one, other) = tokio::join!(Raw::ask(gate.http(), GET), Raw::ask(gate.http(), GET));
    for reply in [one, other] {
        assert_eq!((reply.status(), reply.problem().as_str()), (502, "upstream-broken"));
    }
}

/// Says nothing on its first connections, and tells when it got one of them and when that is closed.
async fn mute(connections: usize) -> (Upstream, mpsc::UnboundedReceiver<()>) {
    let (tells, told) = mpsc::unbounded_channel();
    let mute = std::sync::atomic::AtomicUsize::new(connections);
    let upstream = Upstream::talking(move |mut raw| {
        let is_mute = mute.fetch_update(Relaxed, Relaxed, |left| left.checked_sub(1)).is_ok();
        let tells = tells.clone();
        async move {
            if is_mute {
                raw.take_until("SM\r\n\r\n").await;
                tells.send(()).unwrap_or_default();
                drop(tokio::io::copy(&mut raw.stream, &mut tokio::io::sink()).await);
                return tells.send(()).unwrap_or_default();
            }
            serve(TokioIo::new(raw.stream), 100, |_| async { Response::new(full("spoken")) }).await;
        }
    })
    .await;
    (upstream, told)
}

#[tokio::test]
async fn a_target_that_says_nothing_of_http_2_is_not_connected_and_loses_nothing_later() {
    let (upstream, mut told) = mute(1).await;
    let gate = Gate::start(&with_upstream(http2_route(&upstream), |upstream| upstream.timeouts.connect_ms = 100));
    let reply = Raw::ask(gate.http(), GET).await;
    assert_eq!((reply.status(), reply.problem().as_str()), (503, "upstream-unreachable"));
    for event in ["the connection", "its end"] {
        soon(event, told.recv()).await;
    }
    assert_eq!(gate.metric(r#"sluice_upstream_faults_total{upstream="upstream",fault="connect_timeout"}"#), 1.0);
    assert_eq!(Raw::ask(gate.http(), GET).await.body, "spoken");
}

#[tokio::test]
async fn a_request_waits_for_its_connection_no_longer_than_it_has_time() {
    type Change = fn(&mut gateway_model::Upstream);
    let changes: [Change; 2] =
        [|upstream| upstream.timeouts.total_ms = Some(100), |upstream| upstream.timeouts.response_ms = 100];
    for change in changes {
        let (upstream, _told) = mute(1).await;
        let gate = Gate::start(&with_upstream(http2_route(&upstream), |upstream| {
            upstream.timeouts.connect_ms = 60_000;
            change(upstream);
        }));
        let reply = Raw::ask(gate.http(), GET).await;
        assert_eq!((reply.status(), reply.problem().as_str()), (504, "upstream-timeout"));
        assert_eq!(gate.metric(r#"sluice_upstream_faults_total{upstream="upstream",fault="connect_timeout"}"#), 0.0);
        assert_eq!(Raw::ask(gate.http(), GET).await.body, "spoken");
    }
}

#[tokio::test]
async fn clients_that_give_up_on_a_silent_target_leave_nothing_behind() {
    let (upstream, mut told) = mute(1).await;
    let gate = Gate::start(&http2_route(&upstream));
    let mut client = Raw::to(gate.http()).await;
    client.send(GET).await;
    soon("the connection", told.recv()).await;
    drop(client);
    soon("the end of the connection", told.recv()).await;
    assert_eq!(Raw::ask(gate.http(), GET).await.body, "spoken");
}

/// The first connection to the target breaks before it has said anything: whatever the request asks for, it was not sent.
#[tokio::test]
async fn a_request_whose_connection_breaks_before_it_is_settled_goes_to_another_target() {
    let breaks = Upstream::talking(|mut raw| async move {
        raw.take_until("SM\r\n\r\n").await;
    })
    .await;
    let sound = speaking(100, |_| async { Response::new(full("sound")) }).await;
    let targets = [breaks.address, sound.address];
    let gate = Gate::start(&with_upstream(one_route(&targets), |upstream| upstream.protocol = Protocol::Http2));
    let post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody";
    for _ in 0..2 {
        assert_eq!(Raw::ask(gate.http(), post).await.body, "sound");
    }
    assert!(breaks.connections() > 0);
}

#[tokio::test]
async fn a_connection_on_which_nothing_comes_in_time_gets_no_further_request() {
    let upstream = Upstream::talking(|mut raw| async move {
        raw.send(SETTINGS).await;
        std::future::pending::<()>().await;
    })
    .await;
    let document = with_upstream(http2_route(&upstream), |upstream| {
        (upstream.timeouts.ping_ms, upstream.timeouts.response_ms) = (0, 50);
    });
    let gate = Gate::start(&document);
    for connections in [1, 2] {
        assert_eq!(Raw::ask(gate.http(), GET).await.status(), 504);
        assert_eq!(upstream.connections(), connections);
    }
}

/// On each connection a download goes on while another request gets no answer.
#[tokio::test]
async fn connections_that_are_in_doubt_take_no_place_of_others() {
    let upstream = speaking(100, |request| async move {
        match request.uri().path() {
            "/hangs" => std::future::pending().await,
            "/streams" => {
                let first = futures_util::stream::iter([Ok(Frame::data(Bytes::from_static(b"first")))]);
                let body = futures_util::StreamExt::chain(first, futures_util::stream::pending());
                Response::new(StreamBody::new(body).boxed())
            }
            _ => Response::new(full("answered")),
        }
    })
    .await;
    let gate = Gate::start(&with_upstream(http2_route(&upstream), |upstream| upstream.timeouts.response_ms = 50));
    let mut streaming = Vec::new();
    for connections in 1..=33 {
        let mut client = Raw::to(gate.http()).await;
        client.send("GET /streams HTTP/1.1\r\nHost: a\r\n\r\n").await;
        assert!(client.take_until("first").await.unwrap().starts_with("HTTP/1.1 200"));
        streaming.push(client);
        assert_eq!(Raw::ask(gate.http(), "GET /hangs HTTP/1.1\r\nHost: a\r\n\r\n").await.status(), 504);
        assert_eq!(upstream.connections(), connections);
    }
    assert_eq!(Raw::ask(gate.http(), GET).await.body, "answered");
}

#[tokio::test]
async fn a_target_that_speaks_http_1_alone_is_a_fault_and_not_a_wait() {
    let upstream = Upstream::echoing().await;
    let gate = Gate::start(&http2_route(&upstream));
    assert_eq!(Raw::ask(gate.http(), GET).await.status(), 502);
}

#[tokio::test]
async fn requests_that_come_together_to_a_target_that_is_gone_are_all_told_so() {
    let gone = nobody().await;
    let document = with_upstream(one_route(&[gone]), |upstream| upstream.protocol = Protocol::Http2);
    let gate = Gate::start(&document);
    let address = gate.http();
    let asking = (0..20).map(|_| tokio::spawn(async move { Raw::ask(address, GET).await.status() }));
    for asked in asking.collect::<Vec<_>>() {
        assert_eq!(soon("a refusal", asked).await.unwrap(), 503);
    }
}

/// A target is left out after five failures one after the other, as it is by default.
fn ejections(gate: &Gate) -> f64 {
    gate.metric(r#"sluice_upstream_ejections_total{upstream="upstream",cause="local_errors"}"#)
}

#[tokio::test]
async fn a_connection_that_breaks_under_many_requests_is_one_failure_of_its_target() {
    let (arrived, mut has_arrived) = mpsc::unbounded_channel();
    let breaks = Upstream::talking(move |raw| {
        let arrived = arrived.clone();
        async move {
            let Ok(mut connection) = h2::server::handshake(raw.stream).await else { return };
            let mut waiting = Vec::new();
            while waiting.len() < 10 {
                let Some(Ok((_, respond))) = connection.accept().await else { return };
                waiting.push(respond);
                arrived.send(()).unwrap();
            }
        }
    })
    .await;
    let sound = speaking(100, |_| async { Response::new(full("sound")) }).await;
    let document = with_upstream(one_route(&[breaks.address, sound.address]), |upstream| {
        upstream.protocol = Protocol::Http2;
    });
    let gate = Gate::start(&document);
    let address = gate.http();
    let post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n";
    let asking: Vec<_> = (0..20).map(|_| tokio::spawn(async move { Raw::ask(address, post).await.status() })).collect();
    for _ in 0..10 {
        soon("the requests", has_arrived.recv()).await;
    }
    let mut broken = 0;
    for asked in asking {
        broken += usize::from(soon("an answer", asked).await.unwrap() == 502);
    }
    assert_eq!((broken, ejections(&gate)), (10, 0.0));
}

#[tokio::test]
async fn a_target_that_cannot_be_reached_fails_once_for_all_who_wait() {
    let (mute, _told) = mute(usize::MAX).await;
    let sound = speaking(100, |_| async { Response::new(full("sound")) }).await;
    let document = with_upstream(one_route(&[mute.address, sound.address]), |upstream| {
        (upstream.protocol, upstream.timeouts.connect_ms) = (Protocol::Http2, 100);
    });
    let gate = Gate::start(&document);
    ask_together(&gate, 20).await;
    assert_eq!(ejections(&gate), 0.0);
    assert!(mute.connections() > 0);
}

#[tokio::test]
async fn a_change_of_the_protocol_takes_new_connections_and_cuts_none() {
    let (go, waits) = (Arc::new(tokio::sync::Notify::new()), mpsc::unbounded_channel());
    let ((arrived, mut has_arrived), when) = (waits, go.clone());
    let upstream = Upstream::talking(move |raw| {
        let (arrived, when) = (arrived.clone(), when.clone());
        async move {
            let service = service_fn(move |request: Request<Incoming>| {
                let (arrived, when) = (arrived.clone(), when.clone());
                async move {
                    if request.uri().path() == "/slow" {
                        arrived.send(()).unwrap();
                        when.notified().await;
                    }
                    Ok::<_, Infallible>(Response::new(full(format!("{:?}", request.version()))))
                }
            });
            let server = hyper_util::server::conn::auto::Builder::new(TokioExecutor::new());
            drop(server.serve_connection(TokioIo::new(raw.stream), service).await);
        }
    })
    .await;
    let mut gate = Gate::start(&http2_route(&upstream));
    let mut slow = Raw::to(gate.http()).await;
    slow.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n").await;
    soon("the request", has_arrived.recv()).await;
    gate.publish(&one_route(&[upstream.address]));
    assert_eq!(Raw::ask(gate.http(), GET).await.body, "HTTP/1.1");
    assert_eq!(upstream.connections(), 2);
    go.notify_one();
    assert_eq!(slow.expect().await.body, "HTTP/2.0");
}

#[tokio::test]
async fn a_client_may_speak_http_2_in_cleartext_if_it_knows_beforehand() {
    let upstream = Upstream::echoing().await;
    let mut gate = Gate::start(&one_route(&[upstream.address]));
    let stream = TokioIo::new(tokio::net::TcpStream::connect(gate.http()).await.unwrap());
    let (mut sender, connection) =
        hyper::client::conn::http2::handshake::<_, _, Empty<Bytes>>(TokioExecutor::new(), stream).await.unwrap();
    tokio::spawn(connection);
    let request = Request::get(format!("http://{}/a", gate.http())).body(Empty::new()).unwrap();
    let response = sender.send_request(request).await.unwrap();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    let body = String::from_utf8_lossy(&body);
    assert!(body.starts_with("GET /a HTTP/1.1\n") && body.contains("\nx-forwarded-proto: http\n"), "{body}");
    assert_eq!(gate.line().await["http_version"], "HTTP/2");
}

#[tokio::test]
async fn the_preface_of_http_2_may_come_in_pieces_and_what_only_begins_like_it_is_http_1() {
    let upstream = Upstream::echoing().await;
    let gate = Gate::start(&one_route(&[upstream.address]));
    let mut client = Raw::to(gate.http()).await;
    for piece in [&b"PRI * "[..], b"HTTP/2.0\r\n\r\nSM\r", b"\n\r\n", SETTINGS] {
        client.send(piece).await;
        // That it comes as a piece of its own is up to the system; whether it does changes nothing but what is tried.
        tokio::task::yield_now().await;
    }
    let mut frame = [0; 9];
    soon("the gateway's settings", tokio::io::AsyncReadExt::read_exact(&mut client.stream, &mut frame)).await.unwrap();
    assert_eq!(frame[3], 4, "{frame:?}");

    let mut client = Raw::to(gate.http()).await;
    client.send("P").await;
    tokio::task::yield_now().await;
    client.send("OST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi").await;
    let reply = client.expect().await;
    assert!(reply.body.starts_with("POST / HTTP/1.1\n") && reply.body.ends_with("\nhi"), "{}", reply.body);
    let reply = Raw::ask(gate.http(), "PRI * HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert_eq!(reply.status(), 400);
}

#[tokio::test]
async fn a_client_that_stops_in_the_middle_of_the_preface_is_cut_in_time() {
    let upstream = Upstream::echoing().await;
    let gate = Gate::with(&one_route(&[upstream.address]), |settings| {
        settings.limits.head_timeout = Duration::from_millis(100);
    });
    let mut client = Raw::to(gate.http()).await;
    client.send("PRI * HTTP").await;
    assert_eq!(client.rest().await, "");
}

#[tokio::test]
async fn a_slow_client_holds_up_no_other_on_the_same_connection() {
    let upstream = speaking(100, |request| async move {
        let size = if request.uri().path() == "/large" { 16 << 20 } else { 4 };
        Response::new(Full::new(Bytes::from(vec![b'x'; size])).map_err(|never| match never {}).boxed())
    })
    .await;
    let gate = Gate::start(&http2_route(&upstream));
    let mut slow = Vec::new();
    for _ in 0..8 {
        let mut client = Raw::to(gate.http()).await;
        client.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n").await;
        assert!(client.take_until("\r\n\r\n").await.unwrap().starts_with("HTTP/1.1 200"));
        slow.push(client);
    }
    assert_eq!(Raw::ask(gate.http(), GET).await.body, "xxxx");
    assert_eq!(upstream.connections(), 1);
}

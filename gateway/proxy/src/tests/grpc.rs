//! gRPC through the gateway: deadlines, and refusals that its clients understand.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Request, Response};
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::{Frame, Incoming};
use tokio::sync::mpsc;

use super::{
    harness::*,
    http2_upstreams::{http2_route, speaking},
    tls::Secure,
};

/// A call with these fields, and all of its answer: head, body, trailers.
async fn call(secure: &Secure, fields: &[(&str, &str)]) -> (http::response::Parts, Bytes, HeaderMap) {
    let builder = Request::post("https://localhost/shop.Orders/List").header("content-type", "application/grpc");
    let builder =
        fields.iter().fold(builder.header("te", "trailers"), |builder, (name, value)| builder.header(*name, *value));
    let request = builder.body(Full::new(Bytes::from_static(&[0; 5]))).unwrap();
    let (head, body) = soon("a head", secure.http2().await.send_request(request)).await.unwrap().into_parts();
    let collected = soon("the end", body.collect()).await.unwrap();
    let trailers = collected.trailers().cloned().unwrap_or_default();
    (head, collected.to_bytes(), trailers)
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).map_or("", |value| value.to_str().unwrap())
}

/// Answers with the deadline that it was told, and a status of gRPC.
async fn telling() -> Upstream {
    speaking(100, |request: Request<Incoming>| async move {
        let told = text(request.headers(), "grpc-timeout").to_owned();
        let trailers = Frame::trailers(HeaderMap::from_iter([("grpc-status".parse().unwrap(), "0".parse().unwrap())]));
        let frames = futures_util::stream::iter([Ok(Frame::data(Bytes::from(told))), Ok(trailers)]);
        Response::builder().header("content-type", "application/grpc").body(StreamBody::new(frames).boxed()).unwrap()
    })
    .await
}

/// Never answers.
async fn silent() -> Upstream {
    speaking(100, |_| async { std::future::pending::<Response<AnyBody>>().await }).await
}

#[tokio::test]
async fn a_target_is_told_what_is_left_of_the_deadline() {
    let upstream = telling().await;
    let secure = Secure::start(&http2_route(&upstream));
    let (head, body, trailers) = call(&secure, &[("grpc-timeout", "10S")]).await;
    assert_eq!((head.status.as_u16(), text(&trailers, "grpc-status")), (200, "0"));
    let told = String::from_utf8_lossy(&body).into_owned();
    let micros: u64 = told.strip_suffix('u').unwrap().parse().unwrap();
    assert!((1..10_000_000).contains(&micros), "{told}");

    let (_, body, _) = call(&secure, &[]).await;
    assert_eq!(body, "", "no deadline is made up");
    let (_, body, _) = call(&secure, &[("grpc-timeout", "soon")]).await;
    assert_eq!(body, "soon", "what is none is for the target to judge");
}

#[tokio::test]
async fn the_time_for_a_whole_exchange_is_a_deadline_too() {
    let upstream = telling().await;
    let document = with_upstream(http2_route(&upstream), |upstream| upstream.timeouts.total_ms = Some(60_000));
    let secure = Secure::start(&document);
    for fields in [&[][..], &[("grpc-timeout", "2H")]] {
        let (_, body, _) = call(&secure, fields).await;
        let told = String::from_utf8_lossy(&body).into_owned();
        let micros: u64 = told.strip_suffix('u').unwrap().parse().unwrap();
        assert!((1..60_000_000).contains(&micros), "{told}");
    }
}

#[tokio::test]
async fn a_deadline_that_passes_is_a_status_of_grpc() {
    let upstream = silent().await;
    let mut secure = Secure::start(&http2_route(&upstream));
    for timeout in ["50m", "0n"] {
        let (head, body, _) = call(&secure, &[("grpc-timeout", timeout)]).await;
        assert_eq!((head.status.as_u16(), text(&head.headers, "content-type")), (200, "application/grpc"));
        assert_eq!((text(&head.headers, "grpc-status"), &body[..]), ("4", &b""[..]));
        assert!(!text(&head.headers, "grpc-message").is_empty());
        let line = secure.gate.line().await;
        assert_eq!((&line["status"], &line["refused_by"]), (&504.into(), &"upstream-timeout".into()));
    }
}

#[tokio::test]
async fn a_deadline_that_passes_in_the_middle_of_the_answer_ends_it_with_a_status() {
    let upstream = speaking(100, |_| async {
        let (sender, mut frames) = mpsc::unbounded_channel();
        sender.send(Frame::data(Bytes::from_static(b"first"))).unwrap();
        let stream = futures_util::stream::poll_fn(move |context| {
            // Never ends: it holds the sender itself.
            let _open = &sender;
            frames.poll_recv(context).map(|frame| frame.map(Ok))
        });
        Response::builder().header("content-type", "application/grpc").body(StreamBody::new(stream).boxed()).unwrap()
    })
    .await;
    let secure = Secure::start(&http2_route(&upstream));
    let (head, body, trailers) = call(&secure, &[("grpc-timeout", "200m")]).await;
    assert_eq!((head.status.as_u16(), &body[..]), (200, &b"first"[..]));
    assert_eq!(text(&trailers, "grpc-status"), "4");
}

#[tokio::test]
async fn refusals_are_statuses_of_grpc() {
    let gone = nobody().await;
    let secure = Secure::start(&one_route(&[gone]));
    let (head, body, _) = call(&secure, &[]).await;
    assert_eq!((head.status.as_u16(), text(&head.headers, "grpc-status")), (200, "14"));
    assert_eq!(text(&head.headers, "grpc-message"), "The service behind this route accepts no connection.");
    assert!(body.is_empty() && !text(&head.headers, "x-request-id").is_empty());

    let mut document = one_route(&[gone]);
    document.apply(&gateway_model::Edit::Delete { kind: gateway_model::Kind::Routes, name: "route".into() });
    let secure = Secure::start(&document);
    let (head, ..) = call(&secure, &[]).await;
    assert_eq!(text(&head.headers, "grpc-status"), "12");
}

#[tokio::test]
async fn who_speaks_no_grpc_gets_problems_as_before() {
    let secure = Secure::start(&one_route(&[nobody().await]));
    let request = Request::post("https://localhost/").header("content-type", "application/grpc-web");
    let request = request.body(Full::new(Bytes::from_static(&[0; 5]))).unwrap();
    let response = secure.http2().await.send_request(request).await.unwrap();
    assert_eq!(
        (response.status().as_u16(), text(response.headers(), "content-type")),
        (503, "application/problem+json")
    );
}

#[tokio::test]
async fn a_whole_exchange_is_over_in_time_however_its_body_moves() {
    let upstream = speaking(100, |_| async {
        let frames = futures_util::stream::unfold((), |()| async {
            tokio::time::sleep(Duration::from_millis(5)).await;
            Some((Ok(Frame::data(Bytes::from_static(b"x"))), ()))
        });
        Response::new(StreamBody::new(Box::pin(frames)).boxed())
    })
    .await;
    let document = with_upstream(http2_route(&upstream), |upstream| upstream.timeouts.total_ms = Some(200));
    let mut gate = Gate::start(&document);
    let mut client = Raw::to(gate.http()).await;
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    let answer = client.rest().await;
    assert!(answer.starts_with("HTTP/1.1 200") && !answer.ends_with("\r\n0\r\n\r\n"), "{answer}");
    assert_eq!(gate.line().await["ended"], "upstream_aborted");
}

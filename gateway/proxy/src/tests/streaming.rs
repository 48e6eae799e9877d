//! Bodies pass while they are being made, in both directions, with what comes after them.

use std::time::Duration;

use gateway_model::Timeouts;
use tokio::sync::mpsc;

use super::harness::*;

const CHUNKED: &str = "Transfer-Encoding: chunked\r\n";

#[tokio::test]
async fn each_part_of_a_body_passes_before_the_next_one_is_there() {
    let upstream = Upstream::talking(|mut raw| async move {
        raw.take_until("\r\n\r\n").await;
        raw.send(format!("HTTP/1.1 200 OK\r\n{CHUNKED}\r\n")).await;
        for _ in 0..3 {
            let ping = raw.take_until("ping\r\n").await.unwrap();
            raw.send(ping.replace("ping", "pong")).await;
        }
        raw.take_until("0\r\n\r\n").await;
        raw.send("0\r\n\r\n").await;
        raw.rest().await;
    })
    .await;
    let mut gate = Gate::start(&one_route(&[upstream.address]));
    let mut client = Raw::to(gate.http()).await;
    client.send(format!("POST / HTTP/1.1\r\nHost: a\r\n{CHUNKED}\r\n")).await;
    client.take_until("\r\n\r\n").await;
    for _ in 0..3 {
        client.send("4\r\nping\r\n").await;
        client.take_until("pong\r\n").await.unwrap();
    }
    client.send("0\r\n\r\n").await;
    client.take_until("0\r\n\r\n").await.unwrap();
    let line = gate.line().await;
    assert_eq!(
        (&line["received_bytes"], &line["sent_bytes"], &line["ended"]),
        (&12.into(), &12.into(), &"complete".into())
    );
}

#[tokio::test]
async fn trailers_pass_in_both_directions() {
    let (seen, mut was_seen) = mpsc::unbounded_channel();
    let upstream = Upstream::talking(move |mut raw| {
        let seen = seen.clone();
        async move {
            let head = raw.take_until("\r\n\r\n").await.unwrap();
            let body = raw.take_until("x-sum: 1\r\n\r\n").await;
            drop(seen.send((head, body)));
            raw.send(format!(
                "HTTP/1.1 200 OK\r\n{CHUNKED}Trailer: grpc-status\r\n\r\n2\r\nhi\r\n0\r\ngrpc-status: 0\r\n\r\n"
            ))
            .await;
            raw.rest().await;
        }
    })
    .await;
    let gate = Gate::start(&one_route(&[upstream.address]));
    let mut client = Raw::to(gate.http()).await;
    client.send(format!("POST / HTTP/1.1\r\nHost: a\r\nTE: trailers\r\nConnection: TE\r\nTrailer: x-sluice-consumer, x-sum\r\n{CHUNKED}\r\n2\r\nhi\r\n0\r\nX-Sluice-Consumer: root\r\nX-Sum: 1\r\n\r\n")).await;
    let head = client.take_until("\r\n\r\n").await.unwrap();
    assert!(head.contains("trailer: grpc-status\r\n"), "{head}");
    assert_eq!(
        client.take_until("grpc-status: 0\r\n\r\n").await.as_deref(),
        Some("2\r\nhi\r\n0\r\ngrpc-status: 0\r\n\r\n")
    );
    let (head, body) = was_seen.recv().await.unwrap();
    assert!(head.contains("te: trailers\r\n") && head.contains("connection: te\r\n"), "{head}");
    assert_eq!(body.as_deref(), Some("2\r\nhi\r\n0\r\nx-sum: 1\r\n\r\n"));
}

#[tokio::test]
async fn a_connection_is_kept_after_trailers() {
    let upstream = Upstream::talking(|mut raw| async move {
        while raw.message().await.is_some() {
            raw.send(format!("HTTP/1.1 200 OK\r\n{CHUNKED}\r\n2\r\nhi\r\n0\r\nx-end: 1\r\n\r\n")).await;
        }
    })
    .await;
    let mut gate = Gate::start(&one_route(&[upstream.address]));
    let mut client = Raw::to(gate.http()).await;
    for _ in 0..3 {
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
        client.expect().await;
        assert_eq!(gate.line().await["ended"], "complete");
    }
    assert_eq!(upstream.connections(), 1);
}

#[tokio::test]
async fn a_client_that_goes_away_ends_the_upstreams_work() {
    let (closed, mut was_closed) = mpsc::unbounded_channel();
    let upstream = Upstream::talking(move |mut raw| {
        let closed = closed.clone();
        async move {
            raw.take_until("\r\n\r\n").await;
            raw.send(format!("HTTP/1.1 200 OK\r\n{CHUNKED}\r\n2\r\nhi\r\n")).await;
            raw.rest().await;
            closed.send(()).unwrap_or_default();
        }
    })
    .await;
    let mut gate = Gate::start(&one_route(&[upstream.address]));
    let mut client = Raw::to(gate.http()).await;
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    client.take_until("hi\r\n").await.unwrap();
    drop(client);
    soon("the end of the upstream connection", was_closed.recv()).await;
    let line = gate.line().await;
    assert_eq!((&line["status"], &line["ended"]), (&200.into(), &"client_aborted".into()));
    assert_eq!(gate.metric("http_requests_in_flight"), 0.0);
}

#[tokio::test]
async fn a_client_that_goes_away_before_the_answer_is_logged_as_499() {
    let (closed, mut was_closed) = mpsc::unbounded_channel();
    let upstream = Upstream::talking(move |mut raw| {
        let closed = closed.clone();
        async move {
            raw.take_until("\r\n\r\n").await;
            closed.send(()).unwrap_or_default();
            raw.rest().await;
            closed.send(()).unwrap_or_default();
        }
    })
    .await;
    let mut gate = Gate::start(&one_route(&[upstream.address]));
    let mut client = Raw::to(gate.http()).await;
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    was_closed.recv().await;
    drop(client);
    soon("the end of the upstream connection", was_closed.recv()).await;
    let line = gate.line().await;
    assert_eq!((&line["status"], &line["ended"]), (&499.into(), &"client_aborted".into()));
}

#[tokio::test]
async fn an_upload_that_breaks_off_is_not_passed_off_as_whole() {
    let (seen, mut was_seen) = mpsc::unbounded_channel();
    let upstream = Upstream::talking(move |mut raw| {
        let seen = seen.clone();
        async move { drop(seen.send(raw.rest().await)) }
    })
    .await;
    let mut gate = Gate::start(&one_route(&[upstream.address]));
    let mut client = Raw::to(gate.http()).await;
    client.send(format!("POST / HTTP/1.1\r\nHost: a\r\n{CHUNKED}\r\n4\r\nhalf\r\n")).await;
    gate.until_metric("http_requests_in_flight", 1.0).await;
    drop(client);
    let got = soon("the end of the upload", was_seen.recv()).await.unwrap();
    assert!(got.contains("half") && !got.contains("0\r\n\r\n"), "{got}");
    let line = gate.line().await;
    assert_eq!((&line["status"], &line["refused_by"]), (&400.into(), &"body-broken".into()));
}

#[tokio::test]
async fn malformed_chunks_are_the_clients_fault() {
    let upstream = Upstream::talking(|mut raw| async move { drop(raw.rest().await) }).await;
    let gate = Gate::start(&one_route(&[upstream.address]));
    for chunk in ["x\r\n", "2\r\nhiX", "fffffffffffffffff\r\n", "2;\nhi\r\n0\r\n\r\n"] {
        let mut client = Raw::to(gate.http()).await;
        client.send(format!("POST / HTTP/1.1\r\nHost: a\r\n{CHUNKED}\r\n{chunk}")).await;
        let answer = client.rest().await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400 "), "{chunk:?}: {answer}");
    }
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_refused_as_soon_as_that_is_known() {
    let upstream = Upstream::talking(|mut raw| async move { drop(raw.rest().await) }).await;
    let document = one_route(&[upstream.address]);
    let gate = Gate::with(&document, |settings| settings.limits.body_bytes = Some(10));
    let mut client = Raw::to(gate.http()).await;
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n").await;
    let reply = client.expect().await;
    assert_eq!((reply.status(), reply.problem().as_str(), reply.closes()), (413, "body-too-large", true));
    assert_eq!(upstream.connections(), 0);

    let mut client = Raw::to(gate.http()).await;
    client.send(format!("POST / HTTP/1.1\r\nHost: a\r\n{CHUNKED}\r\n6\r\n123456\r\n6\r\n123456\r\n")).await;
    let reply = client.expect().await;
    assert_eq!((reply.status(), reply.problem().as_str(), reply.closes()), (413, "body-too-large", true));
}

#[tokio::test]
async fn a_body_that_stands_still_is_given_up() {
    let upstream = Upstream::talking(|mut raw| async move { drop(raw.rest().await) }).await;
    let timeouts = Timeouts { idle_ms: 50, ..Timeouts::default() };
    let mut gate = Gate::start(&one_route_with(&[upstream.address], timeouts));
    let mut client = Raw::to(gate.http()).await;
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf").await;
    let reply = client.expect().await;
    assert_eq!((reply.status(), reply.problem().as_str(), reply.closes()), (408, "body-timeout", true));
    assert_eq!(gate.line().await["received_bytes"], 4);
}

#[tokio::test]
async fn a_large_body_passes_whole_at_the_readers_speed() {
    const SIZE: usize = 8 * 1024 * 1024;
    let upstream = Upstream::talking(|mut raw| async move {
        raw.expect().await;
        raw.send(format!("HTTP/1.1 200 OK\r\nContent-Length: {SIZE}\r\n\r\n")).await;
        raw.send(vec![b'x'; SIZE]).await;
        raw.rest().await;
    })
    .await;
    let mut gate = Gate::start(&one_route(&[upstream.address]));
    let mut client = Raw::to(gate.http()).await;
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    // A reader that is slow at first: what it does not take must not pile up in the gateway.
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(client.expect().await.body.len(), SIZE);
    assert_eq!(gate.line().await["sent_bytes"], SIZE);
}

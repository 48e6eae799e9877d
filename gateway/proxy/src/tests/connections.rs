//! Clients' connections: how many, how long, and how slow.

use std::time::Duration;

use super::harness::*;

const GET: &str = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const OPEN: &str = r#"sluice_connections{listener="http"}"#;
const REFUSED: &str = r#"sluice_connections_refused_total{listener="http"}"#;

#[tokio::test]
async fn connections_beyond_the_limit_are_closed_and_counted() {
    let upstream = Upstream::echoing().await;
    let gate = Gate::with(&one_route(&[upstream.address]), |settings| settings.limits.connections = 2);
    let mut first = Raw::to(gate.http()).await;
    let second = Raw::to(gate.http()).await;
    gate.until_metric(OPEN, 2.0).await;
    assert_eq!(Raw::to(gate.http()).await.rest().await, "");
    assert_eq!(gate.metric(REFUSED), 1.0);
    first.send(GET).await;
    assert_eq!(first.expect().await.status(), 200);
    drop(second);
    gate.until_metric(OPEN, 1.0).await;
    assert_eq!(Raw::ask(gate.http(), GET).await.status(), 200);
}

#[tokio::test]
async fn a_connection_without_a_request_is_closed_after_a_while() {
    let upstream = Upstream::echoing().await;
    let gate = Gate::with(&one_route(&[upstream.address]), |settings| {
        settings.limits.idle_timeout = Duration::from_millis(100);
    });
    let mut client = Raw::to(gate.http()).await;
    for _ in 0..2 {
        client.send(GET).await;
        assert_eq!(client.expect().await.status(), 200);
    }
    assert_eq!(client.rest().await, "");
    gate.until_metric(OPEN, 0.0).await;
}

#[tokio::test]
async fn a_head_that_does_not_come_to_its_end_is_given_up() {
    let upstream = Upstream::echoing().await;
    let gate = Gate::with(&one_route(&[upstream.address]), |settings| {
        settings.limits.head_timeout = Duration::from_millis(100);
    });
    let silent = Raw::to(gate.http()).await;
    let mut slow = Raw::to(gate.http()).await;
    slow.send(GET).await;
    slow.expect().await;
    slow.send("GET / HTTP/1.1\r\nHo").await;
    assert_eq!(slow.rest().await, "");
    gate.until_metric(OPEN, 0.0).await;
    drop(silent);
}

#[tokio::test]
async fn a_client_that_reads_nothing_is_given_up_and_its_upstream_set_free() {
    let (closed, mut was_closed) = tokio::sync::mpsc::unbounded_channel();
    let upstream = Upstream::talking(move |mut raw| {
        let closed = closed.clone();
        async move {
            raw.expect().await;
            raw.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n").await;
            let part = vec![b'x'; 1 << 20];
            // Ends when the gateway closes the connection.
            while tokio::io::AsyncWriteExt::write_all(&mut raw.stream, &part).await.is_ok() {}
            closed.send(()).unwrap_or_default();
        }
    })
    .await;
    let mut gate = Gate::with(&one_route(&[upstream.address]), |settings| {
        settings.limits.stall_timeout = Duration::from_millis(200);
    });
    let mut client = Raw::to(gate.http()).await;
    client.send(GET).await;
    soon("the end of the upstream connection", was_closed.recv()).await;
    assert_eq!(gate.line().await["ended"], "client_aborted");
}

#[tokio::test]
async fn a_slow_upstream_is_no_reason_to_give_up_its_client() {
    let upstream = Upstream::talking(|mut raw| async move {
        raw.expect().await;
        // The pause is the point of the test.
        tokio::time::sleep(Duration::from_millis(400)).await;
        raw.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nha").await;
        tokio::time::sleep(Duration::from_millis(400)).await;
        raw.send("lf").await;
        raw.rest().await;
    })
    .await;
    let gate = Gate::with(&one_route(&[upstream.address]), |settings| {
        let quick = Duration::from_millis(100);
        let limits = &mut settings.limits;
        (limits.idle_timeout, limits.head_timeout, limits.stall_timeout) = (quick, quick, quick);
    });
    let reply = Raw::ask(gate.http(), GET).await;
    assert_eq!((reply.status(), reply.body.as_str()), (200, "half"));
}

#[tokio::test]
async fn idle_upstream_connections_are_closed_after_a_while() {
    let (closed, mut was_closed) = tokio::sync::mpsc::unbounded_channel();
    let upstream = Upstream::talking(move |mut raw| {
        let closed = closed.clone();
        async move {
            raw.expect().await;
            raw.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await;
            raw.rest().await;
            closed.send(()).unwrap_or_default();
        }
    })
    .await;
    let gate = Gate::with(&one_route(&[upstream.address]), |settings| {
        settings.limits.upstream_idle_timeout = Duration::from_millis(100);
    });
    assert_eq!(Raw::ask(gate.http(), GET).await.status(), 200);
    soon("the end of the upstream connection", was_closed.recv()).await;
}

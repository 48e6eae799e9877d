//! Upstreams that are there, that are not, and that behave badly.

use std::time::Duration;

use gateway_model::{Algorithm, Document, Timeouts};
use tokio::sync::mpsc;

use super::harness::*;

const GET: &str = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const EMPTY: &str = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

#[tokio::test]
async fn one_upstream_connection_serves_one_request_after_the_other() {
    let upstream = Upstream::echoing().await;
    let gate = Gate::start(&one_route(&[upstream.address]));
    for _ in 0..3 {
        let mut client = Raw::to(gate.http()).await;
        for _ in 0..5 {
            client.send(GET).await;
            assert_eq!(client.expect().await.status(), 200);
        }
    }
    assert_eq!(upstream.connections(), 1);
    assert_eq!(gate.metric(r#"sluice_upstream_connections_opened_total{upstream="upstream"}"#), 1.0);
}

#[tokio::test]
async fn requests_at_the_same_time_have_a_connection_each() {
    let upstream = Upstream::talking(|mut raw| async move {
        while raw.message().await.is_some() {
            raw.send(EMPTY).await;
        }
    })
    .await;
    let gate = Gate::start(&one_route(&[upstream.address]));
    let mut clients = Vec::new();
    for _ in 0..4 {
        let mut client = Raw::to(gate.http()).await;
        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nh").await;
        clients.push(client);
    }
    gate.until_metric(r#"sluice_upstream_connections_opened_total{upstream="upstream"}"#, 4.0).await;
    for client in &mut clients {
        client.send("i").await;
        assert_eq!(client.expect().await.status(), 200);
    }
}

#[tokio::test]
async fn a_connection_that_the_upstream_closed_meanwhile_costs_no_request() {
    let upstream = Upstream::talking(|mut raw| async move {
        raw.expect().await;
        raw.send(EMPTY).await;
    })
    .await;
    let gate = Gate::start(&one_route(&[upstream.address]));
    let mut client = Raw::to(gate.http()).await;
    for _ in 0..50 {
        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi").await;
        let reply = client.expect().await;
        // Bytes that crossed with the upstream's close may have been read there: such a request is not repeated.
        assert!(reply.status() == 200 || reply.problem() == "upstream-broken", "{reply:?}");
    }
}

#[tokio::test]
async fn the_next_target_is_tried_when_one_does_not_answer_the_phone() {
    let upstream = Upstream::echoing().await;
    let gate = Gate::start(&one_route(&[nobody().await, upstream.address, nobody().await]));
    let mut client = Raw::to(gate.http()).await;
    for _ in 0..6 {
        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi").await;
        let reply = client.expect().await;
        assert!(reply.body.ends_with("\n\nhi"));
    }
    let fault = r#"sluice_upstream_faults_total{upstream="upstream",fault="connect"}"#;
    assert!(gate.metric(fault) >= 2.0, "{}", gate.metric(fault));
}

#[tokio::test]
async fn targets_take_turns() {
    let (one, two) = (Upstream::echoing().await, Upstream::echoing().await);
    let document = one_route(&[one.address, two.address]);
    let document = with_upstream(document, |upstream| upstream.balancing.algorithm = Algorithm::RoundRobin);
    let mut gate = Gate::start(&document);
    let mut client = Raw::to(gate.http()).await;
    let mut asked = Vec::new();
    for _ in 0..4 {
        client.send(GET).await;
        client.expect().await;
        asked.push(gate.line().await["upstream"].as_str().unwrap().to_owned());
    }
    let (one, two) = (one.address.to_string(), two.address.to_string());
    assert_eq!(asked, [&*one, &*two, &*one, &*two]);
}

#[tokio::test]
async fn a_target_may_have_a_name() {
    let upstream = Upstream::echoing().await;
    let mut document = Document::default();
    let target = format!("localhost:{}", upstream.address.port());
    add_upstream(&mut document, "named", &[target], Timeouts::default());
    add_route(&mut document, "route", &[], "/", "named");
    let gate = Gate::start(&document);
    assert_eq!(Raw::ask(gate.http(), GET).await.status(), 200);
}

#[tokio::test]
async fn an_upstream_without_anybody_is_unreachable() {
    let mut gate = Gate::start(&one_route(&[nobody().await, nobody().await]));
    let mut client = Raw::to(gate.http()).await;
    for _ in 0..2 {
        client.send(GET).await;
        let reply = client.expect().await;
        assert_eq!((reply.status(), reply.problem().as_str()), (503, "upstream-unreachable"));
        assert!(!reply.closes());
        let line = gate.line().await;
        assert_eq!((&line["refused_by"], &line["ended"]), (&"upstream-unreachable".into(), &"complete".into()));
    }
}

#[tokio::test]
async fn an_upstream_that_begins_no_answer_in_time_is_too_slow() {
    let (closed, mut was_closed) = mpsc::unbounded_channel();
    let upstream = Upstream::talking(move |mut raw| {
        let closed = closed.clone();
        async move {
            raw.expect().await;
            raw.rest().await;
            closed.send(()).unwrap_or_default();
        }
    })
    .await;
    let timeouts = Timeouts { response_ms: 50, ..Timeouts::default() };
    let gate = Gate::start(&one_route_with(&[upstream.address], timeouts));
    let reply = Raw::ask(gate.http(), GET).await;
    assert_eq!((reply.status(), reply.problem().as_str()), (504, "upstream-timeout"));
    soon("the end of the upstream connection", was_closed.recv()).await;
    assert_eq!(gate.metric(r#"sluice_upstream_faults_total{upstream="upstream",fault="response_timeout"}"#), 1.0);
}

#[tokio::test]
async fn the_time_for_an_answer_counts_from_the_end_of_the_requests_body() {
    let upstream = Upstream::echoing().await;
    let timeouts = Timeouts { response_ms: 300, ..Timeouts::default() };
    let gate = Gate::start(&one_route_with(&[upstream.address], timeouts));
    let mut client = Raw::to(gate.http()).await;
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 8\r\n\r\n").await;
    for _ in 0..8 {
        // This is what a slow client is: the pause is the point of the test.
        tokio::time::sleep(Duration::from_millis(80)).await;
        client.send("x").await;
    }
    assert_eq!(client.expect().await.status(), 200);
}

#[tokio::test]
async fn an_upstream_that_talks_no_http_or_breaks_off_is_broken() {
    for answer in [
        "",
        "HTTP/1.1 200",
        "SSH-2.0-x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        "HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n",
    ] {
        let upstream = Upstream::talking(move |mut raw| async move {
            raw.expect().await;
            raw.send(answer).await;
        })
        .await;
        let gate = Gate::start(&one_route(&[upstream.address]));
        let reply = Raw::ask(gate.http(), GET).await;
        assert_eq!((reply.status(), reply.problem().as_str()), (502, "upstream-broken"), "{answer:?}");
        assert_eq!(gate.metric(r#"sluice_upstream_faults_total{upstream="upstream",fault="broken"}"#), 1.0);
        assert_eq!(upstream.connections(), 1, "a request that may have arrived is not repeated");
    }
}

#[tokio::test]
async fn informational_answers_are_passed_over() {
    let upstream = Upstream::talking(|mut raw| async move {
        raw.expect().await;
        raw.send("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi").await;
        raw.rest().await;
    })
    .await;
    let gate = Gate::start(&one_route(&[upstream.address]));
    let reply = Raw::ask(gate.http(), GET).await;
    assert_eq!((reply.status(), reply.body.as_str()), (200, "hi"));
}

#[tokio::test]
async fn a_response_that_breaks_off_in_its_body_is_not_passed_off_as_whole() {
    for head in ["Content-Length: 10", "Transfer-Encoding: chunked"] {
        let upstream = Upstream::talking(move |mut raw| async move {
            raw.expect().await;
            raw.send(format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n4\r\nhalf\r\n")).await;
        })
        .await;
        let mut gate = Gate::start(&one_route(&[upstream.address]));
        let mut client = Raw::to(gate.http()).await;
        client.send(GET).await;
        let answer = client.rest().await;
        assert!(answer.contains("half") && !answer.contains("0\r\n\r\n"), "{answer}");
        let line = gate.line().await;
        assert_eq!((&line["status"], &line["ended"]), (&200.into(), &"upstream_aborted".into()));
        assert_eq!(gate.metric(r#"sluice_upstream_faults_total{upstream="upstream",fault="body"}"#), 1.0);
    }
}

#[tokio::test]
async fn a_response_that_stands_still_in_its_body_is_given_up() {
    let upstream = Upstream::talking(|mut raw| async move {
        raw.expect().await;
        raw.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf").await;
        raw.rest().await;
    })
    .await;
    let timeouts = Timeouts { idle_ms: 50, ..Timeouts::default() };
    let mut gate = Gate::start(&one_route_with(&[upstream.address], timeouts));
    let mut client = Raw::to(gate.http()).await;
    client.send(GET).await;
    assert!(client.rest().await.ends_with("half"));
    assert_eq!(gate.line().await["ended"], "upstream_aborted");
    assert_eq!(gate.metric(r#"sluice_upstream_faults_total{upstream="upstream",fault="body_timeout"}"#), 1.0);
}

#[tokio::test]
async fn an_answer_that_does_not_wait_for_the_body_is_passed_on() {
    let upstream = Upstream::talking(|mut raw| async move {
        raw.take_until("\r\n\r\n").await;
        raw.send("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno").await;
        raw.rest().await;
    })
    .await;
    let gate = Gate::start(&one_route(&[upstream.address]));
    let mut client = Raw::to(gate.http()).await;
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nonly some").await;
    let reply = client.expect().await;
    assert_eq!((reply.status(), reply.body.as_str()), (403, "no"));
}

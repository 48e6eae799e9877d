//! What becomes of a connection when the scanner finds a fault: who is answered, what is aborted, and how it ends.

use std::time::Duration;

use tokio::{io::AsyncWriteExt, sync::mpsc};

use super::harness::*;

const GET: &str = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const FAULTY: &str = "GET / HTTP/1.1\r\nHost: a\r\nX : y\r\n\r\n";
const CHUNKED: &str = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

/// An upstream that tells all that it is sent on each connection, once that ends, and answers heads if it `answers`.
async fn recording(answers: bool) -> (Upstream, mpsc::UnboundedReceiver<String>) {
    let (sink, told) = mpsc::unbounded_channel();
    let upstream = Upstream::talking(move |mut raw| {
        let sink = sink.clone();
        async move {
            let head = raw.take_until("\r\n\r\n").await.unwrap_or_default();
            if answers {
                raw.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello").await;
            }
            sink.send(head + &raw.rest().await).unwrap_or_default();
        }
    })
    .await;
    (upstream, told)
}

#[tokio::test]
async fn a_faulty_request_is_answered_behind_those_before_it() {
    let upstream = Upstream::echoing().await;
    let mut gate = Gate::start(&one_route(&[upstream.address]));
    let mut client = Raw::to(gate.http()).await;
    client.send(format!("{GET}POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi{FAULTY}{GET}")).await;
    for method in ["GET", "POST"] {
        let reply = client.expect().await;
        assert!(reply.status() == 200 && reply.body.starts_with(method) && !reply.closes(), "{reply:?}");
    }
    let reply = client.expect().await;
    assert_eq!((reply.status(), reply.problem().as_str()), (400, "malformed-request"));
    assert!(reply.closes() && reply.body.contains("a field name and its colon"), "{}", reply.body);
    assert_eq!(client.rest().await, "");
    let lines = [gate.line().await, gate.line().await, gate.line().await];
    assert_eq!(lines.clone().map(|line| line["status"].clone()), [200, 200, 400]);
    assert_eq!((&lines[2]["method"], &lines[2]["path"]), (&"-".into(), &"*".into()), "{}", lines[2]);
    assert_eq!(lines[2]["refused_by"], "malformed-request");
    assert_eq!(gate.metric(r#"sluice_framing_faults_total{fault="space_before_colon"}"#), 1.0);
}

#[tokio::test]
async fn what_stands_for_a_faulty_request_is_only_a_strange_one_when_a_client_sends_it() {
    let upstream = Upstream::echoing().await;
    let gate = Gate::start(&one_route(&[upstream.address]));
    let reply = Raw::ask(gate.http(), "- / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert!(reply.status() == 200 && reply.body.starts_with("- / HTTP/1.1"), "{reply:?}");
    let reply = Raw::ask(gate.http(), "- * HTTP/1.1\r\nConnection: close\r\n\r\n").await;
    assert!(reply.status() == 400 && !reply.body.contains("a line"), "{reply:?}");
}

#[tokio::test]
async fn heads_that_come_byte_by_byte_are_served_and_refused_alike() {
    let upstream = Upstream::echoing().await;
    let gate = Gate::start(&one_route(&[upstream.address]));
    let mut client = Raw::to(gate.http()).await;
    for byte in format!("{GET}{CHUNKED}2;x=y\r\nhi\r\n0\r\nX: y\r\n\r\n{FAULTY}").as_bytes() {
        client.send([*byte]).await;
        // So that no two bytes are read at once.
        tokio::task::yield_now().await;
    }
    assert_eq!(client.expect().await.status(), 200);
    assert!(client.expect().await.body.ends_with("\n\nhi"));
    assert_eq!(client.expect().await.status(), 400);
    assert_eq!(client.rest().await, "");
}

#[tokio::test]
async fn a_client_that_sends_on_and_on_reads_why_it_is_refused() {
    let upstream = Upstream::echoing().await;
    let gate = Gate::start(&one_route(&[upstream.address]));
    let mut client = Raw::to(gate.http()).await;
    client.send(FAULTY).await;
    let noise = vec![b'x'; 8 << 20];
    // All of it is taken, although nobody wants it.
    client.send(&noise).await;
    let reply = client.expect().await;
    assert_eq!((reply.status(), reply.problem().as_str()), (400, "malformed-request"));
    assert_eq!(client.rest().await, "");
}

#[tokio::test]
async fn a_client_that_has_sent_all_reads_why_it_is_refused() {
    let upstream = Upstream::echoing().await;
    let gate = Gate::start(&one_route(&[upstream.address]));
    let mut client = Raw::to(gate.http()).await;
    client.send(format!("{GET}{FAULTY}")).await;
    client.stream.shutdown().await.unwrap();
    assert_eq!((client.expect().await.status(), client.expect().await.status()), (200, 400));
    assert_eq!(client.rest().await, "");
}

#[tokio::test]
async fn a_client_that_neither_reads_nor_closes_is_left_after_a_while() {
    let upstream = Upstream::echoing().await;
    let gate = Gate::start(&one_route(&[upstream.address]));
    let mut client = Raw::to(gate.http()).await;
    client.send(FAULTY).await;
    gate.until_metric(r#"sluice_connections{listener="http"}"#, 1.0).await;
    gate.until_metric(r#"sluice_connections{listener="http"}"#, 0.0).await;
    assert_eq!(client.expect().await.status(), 400);
}

#[tokio::test]
async fn a_fault_in_a_body_aborts_the_request_and_is_answered_if_there_was_no_answer_yet() {
    let (upstream, mut told) = recording(false).await;
    let gate = Gate::start(&one_route(&[upstream.address]));
    let mut client = Raw::to(gate.http()).await;
    client.send(format!("{CHUNKED}5\r\nhello\r\n0\n\r\n{GET}")).await;
    let reply = client.expect().await;
    assert_eq!((reply.status(), reply.problem().as_str()), (400, "body-broken"));
    assert!(reply.closes());
    assert_eq!(client.rest().await, "");
    let told = soon("the end of the upstream's connection", told.recv()).await.unwrap();
    // It may have heard nothing of it; but never the end of a body, nor what came behind it.
    assert!(!told.contains("0\r\n\r\n") && told.matches("HTTP/1.1").count() <= 1, "{told:?}");
    assert_eq!(gate.metric(r#"sluice_framing_faults_total{fault="bare_lf"}"#), 1.0);
}

#[tokio::test]
async fn a_fault_in_a_body_cuts_the_connection_when_the_answer_has_begun() {
    let (upstream, mut told) = recording(true).await;
    let gate = Gate::start(&one_route(&[upstream.address]));
    let mut client = Raw::to(gate.http()).await;
    client.send(format!("{CHUNKED}5\r\nhello\r\n")).await;
    let head = client.take_until("\r\n\r\nhello").await.unwrap();
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    client.send(format!("+0\r\n\r\n{GET}")).await;
    assert_eq!(client.rest().await, "");
    let told = soon("the end of the upstream's connection", told.recv()).await.unwrap();
    assert!(told.contains("hello") && !told.contains("0\r\n\r\n"), "{told:?}");
}

#[tokio::test]
async fn a_connection_that_is_kept_ends_at_once_when_the_gateway_does() {
    let upstream = Upstream::echoing().await;
    let mut gate = Gate::start(&one_route(&[upstream.address]));
    let mut client = Raw::to(gate.http()).await;
    client.send(GET).await;
    assert_eq!(client.expect().await.status(), 200);
    let began = std::time::Instant::now();
    gate.shut_down(Duration::from_secs(10)).await.unwrap();
    // The client has not closed, and is in the middle of nothing: nobody waits for it.
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
    assert_eq!(client.rest().await, "");
}

/// hyper would answer what it cannot read itself, and without a body.
#[tokio::test]
async fn whatever_byte_a_target_holds_a_refusal_is_a_problem() {
    let upstream = Upstream::echoing().await;
    let gate = Gate::start(&one_route(&[upstream.address]));
    for before in ["/a", "/a?b", "/a#b", "http://a/", "http://a?", "http://a"] {
        for byte in 0x21..=0x7e {
            let request = format!("GET {before}{} HTTP/1.1\r\nHost: a\r\n\r\n", char::from(byte));
            let reply = Raw::ask(gate.http(), &request).await;
            assert!(reply.status() == 200 || reply.problem() == "malformed-request", "{request}: {reply:?}");
        }
    }
}

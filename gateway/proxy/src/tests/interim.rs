//! Interim responses: `100 Continue` from the gateway, and others from upstreams.

use super::harness::*;

const ASKS: &str = "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n";

#[tokio::test]
async fn a_client_that_waits_is_told_to_go_on_and_its_body_arrives() {
    let upstream = Upstream::echoing().await;
    let gate = Gate::start(&one_route(&[upstream.address]));
    let mut client = Raw::to(gate.http()).await;
    client.send(ASKS).await;
    assert_eq!(client.take_until("\r\n\r\n").await.as_deref(), Some("HTTP/1.1 100 Continue\r\n\r\n"));
    client.send("body").await;
    let reply = client.expect().await;
    assert_eq!((reply.status(), reply.echoed("expect")), (200, None));
    assert!(reply.body.ends_with("body"));
}

#[tokio::test]
async fn a_client_that_waits_is_spared_a_body_that_is_refused() {
    let gate = Gate::with(&one_route(&[nobody().await]), |settings| settings.limits.body_bytes = Some(3));
    let reply = Raw::ask(gate.http(), ASKS).await;
    assert_eq!((reply.status(), reply.closes()), (413, true));
    let gate = Gate::start(&one_route(&[nobody().await]));
    assert_eq!(Raw::ask(gate.http(), ASKS).await.status(), 503);
}

#[tokio::test]
async fn an_upstream_that_refuses_before_the_body_is_heard() {
    for status in [401, 417] {
        let upstream = Upstream::talking(move |mut raw| async move {
            raw.take_until("\r\n\r\n").await.unwrap();
            raw.send(format!("HTTP/1.1 {status} No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")).await;
            raw.rest().await;
        })
        .await;
        let gate = Gate::start(&one_route(&[upstream.address]));
        let mut client = Raw::to(gate.http()).await;
        client.send(ASKS).await;
        // It may have been told to go on already: the upstream's connection takes the body as it comes.
        let mut reply = client.expect().await;
        if reply.status() == 100 {
            reply = client.expect().await;
        }
        assert_eq!(reply.status(), status);
    }
}

#[tokio::test]
async fn hints_of_an_upstream_do_no_harm() {
    let upstream = Upstream::talking(|mut raw| async move {
        while raw.message().await.is_some() {
            let hints = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n".repeat(3);
            raw.send(format!("HTTP/1.1 102 Processing\r\n\r\n{hints}")).await;
            raw.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi").await;
        }
    })
    .await;
    let gate = Gate::start(&one_route(&[upstream.address]));
    let mut client = Raw::to(gate.http()).await;
    for _ in 0..2 {
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
        let reply = client.expect().await;
        assert_eq!((reply.status(), reply.body.as_str(), reply.field("link")), (200, "hi", None));
    }
    assert_eq!(upstream.connections(), 1);
}

//! Changes of configuration under traffic.

use gateway_model::Document;
use tokio::sync::{Notify, mpsc};

use super::harness::*;

const GET: &str = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

#[tokio::test]
async fn a_change_acts_on_the_very_next_request_of_an_open_connection() {
    let (one, two) = (Upstream::echoing().await, Upstream::echoing().await);
    let mut gate = Gate::start(&one_route(&[one.address]));
    let mut client = Raw::to(gate.http()).await;
    for (document, status) in [
        (one_route(&[one.address]), 200),
        (one_route(&[two.address]), 200),
        (Document::default(), 404),
        (one_route(&[one.address]), 200),
    ] {
        gate.publish(&document);
        client.send(GET).await;
        assert_eq!(client.expect().await.status(), status);
    }
    assert_eq!((one.connections(), two.connections()), (1, 1));
    assert_eq!(gate.metric("sluice_config_revision"), 5.0);
}

#[tokio::test]
async fn a_request_stays_with_the_revision_that_it_began_with() {
    let (arrived, mut has_arrived) = mpsc::unbounded_channel();
    let go = std::sync::Arc::new(Notify::new());
    let when = go.clone();
    let upstream = Upstream::talking(move |mut raw| {
        let (arrived, when) = (arrived.clone(), when.clone());
        async move {
            raw.expect().await;
            arrived.send(()).unwrap_or_default();
            when.notified().await;
            raw.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone").await;
            raw.rest().await;
        }
    })
    .await;
    let mut gate = Gate::start(&one_route(&[upstream.address]));
    let mut client = Raw::to(gate.http()).await;
    client.send(GET).await;
    has_arrived.recv().await;
    gate.publish(&Document::default());
    go.notify_one();
    assert_eq!(client.expect().await.body, "done");
    assert_eq!(gate.line().await["route"], "route");
}

#[tokio::test]
async fn upstream_connections_outlive_a_change_that_does_not_concern_them() {
    let upstream = Upstream::echoing().await;
    let mut document = one_route(&[upstream.address]);
    let mut gate = Gate::start(&document);
    let mut client = Raw::to(gate.http()).await;
    for number in 0..5 {
        client.send(GET).await;
        assert_eq!(client.expect().await.status(), 200);
        add_route(&mut document, &format!("other-{number}"), &[], &format!("/other-{number}"), "upstream");
        gate.publish(&document);
    }
    assert_eq!(upstream.connections(), 1);
}

#[tokio::test]
async fn a_configuration_that_was_replaced_is_freed() {
    let upstream = Upstream::echoing().await;
    let mut gate = Gate::start(&one_route(&[upstream.address]));
    assert_eq!(Raw::ask(gate.http(), GET).await.status(), 200);
    let old = std::sync::Arc::downgrade(&gate.live.load_full());
    gate.publish(&Document::default());
    soon("freeing", async {
        while old.strong_count() > 0 {
            tokio::task::yield_now().await;
        }
    })
    .await;
}

#[tokio::test]
async fn hosts_and_prefixes_choose_the_upstream() {
    let (one, two) = (Upstream::echoing().await, Upstream::echoing().await);
    let mut document = one_route(&[one.address]);
    add_upstream(&mut document, "two", &[two.address.to_string()], Default::default());
    add_route(&mut document, "by-host", &["two.example"], "/", "two");
    add_route(&mut document, "by-path", &[], "/two", "two");
    let mut gate = Gate::start(&document);
    for (host, path, route) in [
        ("one.example", "/", "route"),
        ("TWO.example:8443", "/x", "by-host"),
        ("two.example.", "/x", "by-host"),
        ("one.example", "/two/x?y", "by-path"),
        ("one.example", "/twox", "route"),
    ] {
        let reply = Raw::ask(gate.http(), &format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n")).await;
        assert_eq!(reply.status(), 200);
        assert_eq!(gate.line().await["route"], route, "{host}{path}");
    }
}

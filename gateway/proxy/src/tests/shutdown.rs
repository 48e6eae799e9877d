//! The end: no request is lost for it.

use std::time::Duration;

use tokio::{net::TcpStream, sync::mpsc};

use super::harness::*;

const GET: &str = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

/// An upstream that says when a request is there, and answers when it is told to.
async fn waiting() -> (Upstream, mpsc::UnboundedReceiver<()>, std::sync::Arc<tokio::sync::Notify>) {
    let (arrived, has_arrived) = mpsc::unbounded_channel();
    let go = std::sync::Arc::new(tokio::sync::Notify::new());
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
    (upstream, has_arrived, go)
}

#[tokio::test]
async fn a_request_in_flight_is_finished_and_nothing_new_is_taken() {
    let (upstream, mut arrived, go) = waiting().await;
    let mut gate = Gate::start(&one_route(&[upstream.address]));
    let address = gate.http();
    let mut idle = Raw::to(address).await;
    let mut client = Raw::to(address).await;
    client.send(GET).await;
    arrived.recv().await;
    gate.until_metric(r#"sluice_connections{listener="http"}"#, 2.0).await;

    let ended = gate.shut_down(Duration::from_secs(60));
    assert_eq!(idle.rest().await, "", "an idle connection is closed at once");
    soon("the end of accepting", async {
        while TcpStream::connect(address).await.is_ok() {
            tokio::task::yield_now().await;
        }
    })
    .await;
    assert!(!ended.is_finished());

    go.notify_one();
    let reply = client.expect().await;
    assert_eq!((reply.status(), reply.body.as_str(), reply.closes()), (200, "done", true));
    assert_eq!(client.rest().await, "");
    soon("the end", ended).await.unwrap();
    assert_eq!(gate.line().await["ended"], "complete");
}

#[tokio::test]
async fn what_takes_longer_than_the_grace_is_cut_and_logged() {
    let (upstream, mut arrived, _go) = waiting().await;
    let mut gate = Gate::start(&one_route(&[upstream.address]));
    let mut client = Raw::to(gate.http()).await;
    client.send(GET).await;
    arrived.recv().await;
    let ended = gate.shut_down(Duration::from_millis(50));
    assert_eq!(client.rest().await, "");
    soon("the end", ended).await.unwrap();
    assert_eq!(gate.line().await["status"], 499);
}

#[tokio::test]
async fn a_gateway_without_connections_ends_at_once() {
    let mut gate = Gate::with(&one_route(&[nobody().await]), |settings| settings.workers = 3);
    soon("the end", gate.shut_down(Duration::from_secs(60))).await.unwrap();
}

#[tokio::test]
async fn a_connection_in_the_kernels_queue_is_still_served() {
    let upstream = Upstream::echoing().await;
    let mut gate = Gate::start(&one_route(&[upstream.address]));
    let mut clients = Vec::new();
    for _ in 0..20 {
        let mut client = Raw::to(gate.http()).await;
        client.send(GET).await;
        clients.push(client);
    }
    let ended = gate.shut_down(Duration::from_secs(60));
    for client in &mut clients {
        assert_eq!(client.expect().await.status(), 200);
    }
    soon("the end", ended).await.unwrap();
}

#[tokio::test]
async fn a_gateway_that_is_dropped_stops() {
    let gate = Gate::start(&one_route(&[nobody().await]));
    let mut client = Raw::to(gate.http()).await;
    gate.until_metric(r#"sluice_connections{listener="http"}"#, 1.0).await;
    drop(gate);
    assert_eq!(client.rest().await, "");
}

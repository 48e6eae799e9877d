//! Hooks that wait for an upstream: others are served meanwhile, and who goes away takes them along.

use gateway_model::{Document, FailurePolicy, Grant};
use http::Response;
use sluice_abi::wire::Call;
use tokio::sync::mpsc;

use super::{
    guest::{Guest, Hook},
    harness::*,
};

const GET: &str = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

fn call() -> Option<Call> {
    Some(Call {
        upstream: "policy".into(),
        method: "GET".into(),
        path: "/".into(),
        headers: vec![],
        body: vec![],
        timeout: 5_000,
    })
}

fn asks() -> Guest {
    Guest { request: Some(Hook::calls_out(Hook::next(&[]))), call: call(), ..Guest::default() }
}

/// One route, with a plugin that may ask `policy`.
fn document(upstream: &Upstream, policy: &Upstream, guest: &Guest) -> Document {
    let mut document = one_route(&[upstream.address]);
    add_upstream(&mut document, "policy", &[policy.address.to_string()], Default::default());
    add_attachment(&mut document, "asks", 1, guest, |attachment| {
        attachment.grants.push(Grant::Upstream("policy".into()));
        attachment.on_failure = FailurePolicy::Closed;
    });
    document
}

/// An upstream that tells when it is asked and answers when it is told to.
async fn slow() -> (Upstream, mpsc::UnboundedReceiver<mpsc::UnboundedSender<()>>) {
    let (asked, was_asked) = mpsc::unbounded_channel();
    let upstream = Upstream::talking(move |mut raw| {
        let asked = asked.clone();
        async move {
            while raw.message().await.is_some() {
                let (answer, mut answered) = mpsc::unbounded_channel();
                drop(asked.send(answer));
                answered.recv().await;
                raw.send("HTTP/1.1 204 No Content\r\n\r\n").await;
            }
        }
    })
    .await;
    (upstream, was_asked)
}

#[tokio::test]
async fn a_worker_serves_others_while_a_hook_waits() {
    let upstream = Upstream::echoing().await;
    let (policy, mut was_asked) = slow().await;
    let gate = Gate::start(&document(&upstream, &policy, &asks()));
    let (mut one, mut other) = (Raw::to(gate.http()).await, Raw::to(gate.http()).await);
    one.send(GET).await;
    let first = soon("the first question", was_asked.recv()).await.unwrap();
    other.send(GET).await;
    let second = soon("the second question, while the first waits", was_asked.recv()).await.unwrap();
    second.send(()).unwrap();
    assert_eq!(other.expect().await.status(), 200);
    first.send(()).unwrap();
    assert_eq!(one.expect().await.status(), 200);
}

#[tokio::test]
async fn a_client_that_goes_away_takes_its_waiting_hook_along() {
    let upstream = Upstream::echoing().await;
    let (closed, mut was_closed) = mpsc::unbounded_channel();
    let policy = Upstream::talking(move |mut raw| {
        let closed = closed.clone();
        async move {
            raw.message().await;
            closed.send("asked").unwrap_or_default();
            raw.rest().await;
            closed.send("gone").unwrap_or_default();
        }
    })
    .await;
    let mut gate = Gate::start(&document(&upstream, &policy, &asks()));
    let mut client = Raw::to(gate.http()).await;
    client.send(GET).await;
    assert_eq!(soon("the question", was_closed.recv()).await, Some("asked"));
    drop(client);
    assert_eq!(soon("the end of the question", was_closed.recv()).await, Some("gone"));
    assert_eq!(gate.line().await["status"], 499);
    assert_eq!(upstream.connections(), 0);
}

#[tokio::test]
async fn hooks_of_heads_and_of_whole_bodies_may_all_wait() {
    let upstream = Upstream::echoing().await;
    let (counted, mut count) = mpsc::unbounded_channel();
    let policy = Upstream::answering(move |_| {
        counted.send(()).unwrap_or_default();
        async { Response::new(full("yes")) }
    })
    .await;
    let guest = Guest {
        request: Some(Hook::calls_out(Hook::buffers(1024))),
        request_body: Some(Hook::calls_out(Hook::next(&[]))),
        response: Some(Hook::calls_out(Hook::buffers(1024))),
        response_body: Some(Hook::calls_out(Hook::next(&[]))),
        call: call(),
        ..Guest::default()
    };
    let mut gate = Gate::start(&document(&upstream, &policy, &guest));
    let reply = Raw::ask(gate.http(), "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi").await;
    assert_eq!(reply.status(), 200);
    assert!(reply.body.ends_with("\n\nhi"), "{}", reply.body);
    for _ in 0..4 {
        soon("a question", count.recv()).await;
    }
    assert_eq!(gate.line().await["ended"], "complete");
    for hook in ["request", "request-body", "response", "response-body"] {
        let count = format!(r#"sluice_plugin_duration_seconds_count{{attachment="asks",hook="{hook}"}}"#);
        assert_eq!(gate.metric(&count), 1.0);
    }
}

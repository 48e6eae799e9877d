//! Responses that a plugin keeps and answers with.

use gateway_model::Grant;
use http::Response;
use sluice_abi::{
    outcome::{Action, BodyWish, Operation},
    wire::{self, CacheDirective},
};
use tokio::sync::mpsc;

use super::{
    guest::{Guest, Hook},
    harness::*,
};

const GET: &str = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

/// Answers with what is kept, and keeps what the upstream answers.
fn keeps(key: &'static str) -> Guest {
    let directive = CacheDirective { key: key.into(), ttl: 60_000, tags: Vec::new() };
    let directive: &'static [u8] = wire::encode(&directive).leak();
    let serve = Hook::Returns {
        action: Action::ServeCached,
        status: 0,
        more: true,
        body: BodyWish::Pass,
        operations: vec![Operation::CacheKey(key)],
    };
    let store = Hook::next(&[Operation::StoreResponse(directive)]);
    Guest { request: Some(serve), response: Some(store), ..Guest::default() }
}

#[tokio::test]
async fn a_kept_response_is_sent_without_asking_the_upstream() {
    let (asked, mut was_asked) = mpsc::unbounded_channel();
    let upstream = Upstream::answering(move |_| {
        asked.send(()).unwrap_or_default();
        async { Response::builder().header("x-made", "once").body(full("hello")).unwrap() }
    })
    .await;
    let mut document = one_route(&[upstream.address]);
    add_attachment(&mut document, "keeps", 1, &keeps("greeting"), |attachment| attachment.grants.push(Grant::Cache));
    let mut gate = Gate::start(&document);
    let mut client = Raw::to(gate.http()).await;
    client.send(GET).await;
    assert_eq!(client.expect().await.body, "hello");
    // With the line the response has ended, and is kept.
    assert!(gate.line().await["verdict"].is_null());
    for _ in 0..2 {
        client.send(GET).await;
        let reply = client.expect().await;
        assert_eq!((reply.status(), reply.body.as_str()), (200, "hello"));
        assert_eq!((reply.field("x-made").as_deref(), reply.field("age").as_deref()), (Some("once"), Some("0")));
        let line = gate.line().await;
        assert_eq!((&line["plugin"], &line["verdict"]), (&"keeps".into(), &"cached".into()));
        assert!(line["upstream"].is_null() && line["refused_by"].is_null());
    }
    assert_eq!(was_asked.recv().await, Some(()));
    assert!(was_asked.try_recv().is_err());
}

//! Plugins that change what is asked for, and whom.

use gateway_model::{Document, Grant};
use sluice_abi::outcome::{Name, Operation};

use super::{
    guest::{Guest, Hook},
    harness::*,
};

fn attach(document: &mut Document, operations: &[Operation<'static>]) {
    add_attachment(document, "changes", 1, &Guest::on_request(Hook::next(operations)), |attachment| {
        attachment.grants.push(Grant::Upstream("other".into()));
    });
}

#[tokio::test]
async fn a_changed_request_line_is_forwarded_and_the_clients_own_is_logged() {
    let upstream = Upstream::echoing().await;
    let mut document = one_route(&[upstream.address]);
    attach(&mut document, &[Operation::SetMethod("PUT"), Operation::SetPath("/a/./b"), Operation::SetQuery("x=1")]);
    add_upstream(&mut document, "other", &[upstream.address.to_string()], Default::default());
    let mut gate = Gate::start(&document);
    let reply = Raw::ask(gate.http(), "GET /asked?y HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert!(reply.body.starts_with("PUT /a/b?x=1 HTTP/1.1\n"), "{}", reply.body);
    assert_eq!(reply.echoed("content-length").as_deref(), Some("0"));
    let line = gate.line().await;
    assert_eq!((&line["method"], &line["path"], &line["route"]), (&"GET".into(), &"/asked".into(), &"route".into()));
}

#[tokio::test]
async fn a_request_goes_to_the_upstream_that_a_plugin_names() {
    let (one, other) = (nobody().await, Upstream::echoing().await);
    let mut document = one_route(&[one]);
    attach(&mut document, &[Operation::SetUpstream("other")]);
    add_upstream(&mut document, "other", &[other.address.to_string()], Default::default());
    let mut gate = Gate::start(&document);
    let reply = Raw::ask(gate.http(), "GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert_eq!(reply.status(), 200);
    assert_eq!(gate.line().await["upstream"], other.address.to_string());
}

#[tokio::test]
async fn a_plugin_shortens_the_wait_for_the_upstream() {
    let upstream = Upstream::talking(|mut raw| async move { drop(raw.rest().await) }).await;
    let mut document = one_route(&[upstream.address]);
    attach(&mut document, &[Operation::SetTimeout(50)]);
    add_upstream(&mut document, "other", &[upstream.address.to_string()], Default::default());
    let gate = Gate::start(&document);
    let reply = Raw::ask(gate.http(), "GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert_eq!((reply.status(), reply.problem().as_str()), (504, "upstream-timeout"));
}

#[tokio::test]
async fn what_plugins_note_is_in_the_access_log() {
    let upstream = Upstream::echoing().await;
    let mut document = one_route(&[upstream.address]);
    let operations = [
        Operation::SetAttribute("tenant", "acme \"inc\""),
        Operation::SetAttribute("tier", "gold"),
        Operation::AppendHeader(Name::Inline("x-mark"), b"seen"),
    ];
    attach(&mut document, &operations);
    add_upstream(&mut document, "other", &[upstream.address.to_string()], Default::default());
    let mut gate = Gate::start(&document);
    Raw::ask(gate.http(), "GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    let line = gate.line().await;
    assert_eq!(line["attributes"], serde_json::json!({"tenant": "acme \"inc\"", "tier": "gold"}));
}

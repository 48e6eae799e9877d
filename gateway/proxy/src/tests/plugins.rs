//! Plugins in the chain: order, answers, refusals and failures, with real Wasm.

use gateway_model::{Document, FailurePolicy};
use sluice_abi::outcome::{Action, Name, Operation};

use super::{
    guest::{Guest, Hook},
    harness::*,
};

const GET: &str = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

fn append(name: &'static str, value: &'static str) -> Operation<'static> {
    Operation::AppendHeader(Name::Inline(name), value.as_bytes())
}

/// Leaves a mark on requests and on responses.
fn marker(mark: &'static str) -> Guest {
    let hook = || Hook::next(&[append("x-mark", mark)]);
    Guest { request: Some(hook()), response: Some(hook()), ..Guest::default() }
}

fn attach(document: &mut Document, order: i32, name: &str, guest: &Guest) {
    add_plugin(document, name, order, guest, FailurePolicy::Closed);
}

#[tokio::test]
async fn plugins_see_a_request_in_their_order_and_its_response_in_reverse() {
    let upstream = Upstream::echoing().await;
    let mut document = one_route(&[upstream.address]);
    attach(&mut document, 2, "two", &marker("two"));
    attach(&mut document, 1, "one", &marker("one"));
    attach(&mut document, 3, "three", &marker("three"));
    let mut gate = Gate::start(&document);
    let reply = Raw::ask(gate.http(), GET).await;
    assert_eq!(reply.echoed("x-mark").as_deref(), Some("one, two, three"));
    assert_eq!(reply.field("x-mark").as_deref(), Some("three, two, one"));
    assert!(gate.line().await["plugins_us"].is_u64());
    for hook in ["request", "response"] {
        let count = format!(r#"sluice_plugin_duration_seconds_count{{attachment="two",hook="{hook}"}}"#);
        assert_eq!(gate.metric(&count), 1.0);
    }
}

#[tokio::test]
async fn an_answer_ends_the_way_in_and_is_seen_by_those_who_saw_the_request() {
    let upstream = Upstream::echoing().await;
    let mut document = one_route(&[upstream.address]);
    attach(&mut document, 1, "one", &marker("one"));
    let answer = Hook::ends(Action::Respond, 203, &[Operation::Body(b"from the plugin")]);
    attach(&mut document, 2, "answers", &Guest::on_request(answer));
    attach(&mut document, 3, "three", &marker("three"));
    let mut gate = Gate::start(&document);
    let reply = Raw::ask(gate.http(), GET).await;
    assert_eq!((reply.status(), reply.body.as_str()), (203, "from the plugin"));
    assert_eq!(reply.field("x-mark").as_deref(), Some("one"));
    assert!(reply.field("x-request-id").is_some());
    assert_eq!(upstream.connections(), 0);
    assert!(gate.line().await["refused_by"].is_null());
}

#[tokio::test]
async fn a_refusal_is_a_problem_in_the_plugins_words() {
    let mut document = one_route(&[nobody().await]);
    attach(&mut document, 1, "one", &marker("one"));
    let refusal = Hook::ends(
        Action::Refuse,
        429,
        &[
            Operation::ProblemKind("/problems/too-many"),
            Operation::ProblemTitle("Too many"),
            append("retry-after", "7"),
        ],
    );
    attach(&mut document, 2, "limit", &Guest::on_request(refusal));
    let mut gate = Gate::start(&document);
    let mut client = Raw::to(gate.http()).await;
    for _ in 0..2 {
        client.send(GET).await;
        let reply = client.expect().await;
        assert_eq!((reply.status(), reply.problem().as_str()), (429, "too-many"));
        assert_eq!(reply.field("retry-after").as_deref(), Some("7"));
        assert_eq!(reply.field("x-mark").as_deref(), Some("one"));
        assert_eq!(gate.line().await["refused_by"], "limit");
    }
}

#[tokio::test]
async fn a_trap_refuses_the_request_unless_its_policy_is_open() {
    let upstream = Upstream::echoing().await;
    for (policy, status) in [(FailurePolicy::Closed, 503), (FailurePolicy::Open, 200)] {
        let mut document = one_route(&[upstream.address]);
        attach(&mut document, 1, "one", &marker("one"));
        add_plugin(&mut document, "traps", 2, &Guest::on_request(Hook::Traps), policy);
        attach(&mut document, 3, "three", &marker("three"));
        let mut gate = Gate::start(&document);
        for _ in 0..2 {
            let reply = Raw::ask(gate.http(), GET).await;
            assert_eq!(reply.status(), status);
            let line = gate.line().await;
            match policy {
                FailurePolicy::Closed => {
                    assert_eq!(reply.problem(), "plugin-failed");
                    assert!(!reply.body.contains("traps"), "{}", reply.body);
                    assert_eq!((&line["plugin"], &line["verdict"]), (&"traps".into(), &"failed".into()));
                    assert_eq!(reply.field("x-mark").as_deref(), Some("one"));
                    assert_eq!(line["refused_by"], "plugin-failed");
                }
                FailurePolicy::Open => assert_eq!(reply.field("x-mark").as_deref(), Some("three, one")),
            }
        }
        assert_eq!(gate.metric(r#"sluice_plugin_failures_total{attachment="traps",hook="request",kind="trap"}"#), 2.0);
    }
}

#[tokio::test]
async fn a_trap_on_the_way_out_takes_the_response_back() {
    let upstream = Upstream::echoing().await;
    for (policy, status) in [(FailurePolicy::Closed, 503), (FailurePolicy::Open, 200)] {
        let mut document = one_route(&[upstream.address]);
        attach(&mut document, 1, "one", &marker("one"));
        let traps = Guest { response: Some(Hook::Traps), ..Guest::default() };
        add_plugin(&mut document, "traps", 2, &traps, policy);
        let mut gate = Gate::start(&document);
        let reply = Raw::ask(gate.http(), GET).await;
        assert_eq!((reply.status(), reply.field("x-mark").as_deref()), (status, Some("one")));
        assert_eq!(gate.line().await["refused_by"].is_null(), policy == FailurePolicy::Open);
    }
}

#[tokio::test]
async fn a_response_hook_alone_sees_every_response() {
    let mut document = one_route(&[nobody().await]);
    let last_word = Hook::next(&[Operation::SetStatus(599), append("x-mark", "seen")]);
    attach(&mut document, 1, "last", &Guest { response: Some(last_word), ..Guest::default() });
    let mut gate = Gate::start(&document);
    let reply = Raw::ask(gate.http(), GET).await;
    assert_eq!((reply.status(), reply.field("x-mark").as_deref()), (599, Some("seen")));
    let line = gate.line().await;
    assert_eq!((&line["status"], &line["refused_by"]), (&599.into(), &"upstream-unreachable".into()));
}

#[tokio::test]
async fn plugins_speak_to_upstreams_where_clients_may_not_and_forge_nothing() {
    let upstream = Upstream::echoing().await;
    let mut document = one_route(&[upstream.address]);
    let operations =
        [append("x-sluice-plan", "gold"), append("x-forwarded-for", "1.1.1.1"), append("x-request-id", "mine")];
    attach(&mut document, 1, "speaks", &Guest::on_request(Hook::next(&operations)));
    let gate = Gate::start(&document);
    let reply = Raw::ask(gate.http(), "GET / HTTP/1.1\r\nHost: a\r\nX-Sluice-Plan: platinum\r\n\r\n").await;
    assert_eq!(reply.echoed("x-sluice-plan").as_deref(), Some("gold"));
    assert_eq!(reply.echoed("x-forwarded-for").as_deref(), Some("127.0.0.1"));
    assert_eq!(reply.echoed("x-request-id"), reply.field("x-request-id"));
}

#[tokio::test]
async fn a_head_that_a_plugin_cannot_be_shown_is_too_large_whatever_the_policy() {
    let upstream = Upstream::echoing().await;
    let mut document = one_route(&[upstream.address]);
    let mut guest = marker("reads");
    guest.wants = vec!["x-large".into()];
    add_plugin(&mut document, "reads", 1, &guest, FailurePolicy::Open);
    let gate = Gate::with(&document, |settings| settings.limits.head_bytes = 256 * 1024);
    let large = format!("X-Large: {}\r\n", "x".repeat(40 * 1024)).repeat(2);
    let reply = Raw::ask(gate.http(), &format!("GET / HTTP/1.1\r\nHost: a\r\n{large}\r\n")).await;
    assert_eq!((reply.status(), reply.problem().as_str()), (431, "head-too-large"));
    assert_eq!(upstream.connections(), 0);
}

#[tokio::test]
async fn a_plugin_whose_attachment_did_not_change_keeps_its_instance() {
    let upstream = Upstream::echoing().await;
    let mut document = one_route(&[upstream.address]);
    attach(&mut document, 1, "kept", &marker("kept"));
    let mut gate = Gate::start(&document);
    let before = gate.live.load_full();
    add_route(&mut document, "another", &[], "/another", "upstream");
    gate.publish(&document);
    let after = gate.live.load_full();
    assert!(before.same_link(&after, "kept"));
    attach(&mut document, 7, "kept", &marker("changed"));
    gate.publish(&document);
    assert!(!after.same_link(&gate.live.load_full(), "kept"));
    assert_eq!(Raw::ask(gate.http(), GET).await.field("x-mark").as_deref(), Some("changed"));
}

//! Hooks of the log: after the response, whatever became of it.

use gateway_model::FailurePolicy;
use sluice_abi::outcome::Action;
use tokio::sync::mpsc;

use super::{
    guest::{Guest, Hook, IN},
    harness::*,
};

const GET: &str = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

/// Traps unless the summary begins with this status.
fn expects(status: u16) -> Hook {
    Hook::traps_if(&format!("(i32.ne (i32.load16_u (i32.const {IN})) (i32.const {status}))"))
}

fn calls(attachment: &str) -> String {
    format!(r#"sluice_plugin_duration_seconds_count{{attachment="{attachment}",hook="log"}}"#)
}

fn failures(attachment: &str) -> String {
    format!(r#"sluice_plugin_failures_total{{attachment="{attachment}",hook="log",kind="trap"}}"#)
}

#[tokio::test]
async fn plugins_hear_what_became_of_a_request() {
    let upstream = Upstream::echoing().await;
    let mut document = one_route(&[upstream.address]);
    let seen = Guest { request: Some(Hook::next(&[])), log: Some(expects(200)), ..Guest::default() };
    add_plugin(&mut document, "seen", 1, &seen, FailurePolicy::Closed);
    add_plugin(
        &mut document,
        "alone",
        2,
        &Guest { log: Some(expects(200)), ..Guest::default() },
        FailurePolicy::Closed,
    );
    let wrong = Guest { log: Some(expects(500)), ..Guest::default() };
    add_plugin(&mut document, "wrong", 3, &wrong, FailurePolicy::Closed);
    let gate = Gate::start(&document);
    assert_eq!(Raw::ask(gate.http(), GET).await.status(), 200);
    for attachment in ["seen", "alone", "wrong"] {
        gate.until_metric(&calls(attachment), 1.0).await;
    }
    gate.until_metric(&failures("wrong"), 1.0).await;
    assert_eq!((gate.metric(&failures("seen")), gate.metric(&failures("alone"))), (0.0, 0.0));
}

#[tokio::test]
async fn a_refusal_is_heard_of_by_who_saw_the_request_and_by_who_sees_none() {
    let mut document = one_route(&[nobody().await]);
    let seen = || Guest { request: Some(Hook::next(&[])), log: Some(expects(418)), ..Guest::default() };
    add_plugin(&mut document, "before", 1, &seen(), FailurePolicy::Closed);
    let refuses = Guest::on_request(Hook::ends(Action::Respond, 418, &[]));
    add_plugin(&mut document, "refuses", 2, &refuses, FailurePolicy::Closed);
    add_plugin(&mut document, "behind", 3, &seen(), FailurePolicy::Closed);
    let alone = Guest { log: Some(expects(418)), ..Guest::default() };
    add_plugin(&mut document, "alone", 4, &alone, FailurePolicy::Closed);
    let gate = Gate::start(&document);
    assert_eq!(Raw::ask(gate.http(), GET).await.status(), 418);
    for attachment in ["before", "alone"] {
        gate.until_metric(&calls(attachment), 1.0).await;
    }
    assert_eq!((gate.metric(&failures("before")), gate.metric(&failures("alone"))), (0.0, 0.0));
    assert_eq!(gate.metric(&calls("behind")), 0.0);
}

#[tokio::test]
async fn a_client_that_left_is_heard_of() {
    let (asked, mut was_asked) = mpsc::unbounded_channel();
    let upstream = Upstream::talking(move |mut raw| {
        let asked = asked.clone();
        async move {
            raw.take_until("\r\n\r\n").await;
            asked.send(()).unwrap_or_default();
            raw.rest().await;
        }
    })
    .await;
    let mut document = one_route(&[upstream.address]);
    let seen = Guest { request: Some(Hook::next(&[])), log: Some(expects(499)), ..Guest::default() };
    add_plugin(&mut document, "seen", 1, &seen, FailurePolicy::Closed);
    let gate = Gate::start(&document);
    let mut client = Raw::to(gate.http()).await;
    client.send(GET).await;
    was_asked.recv().await;
    drop(client);
    gate.until_metric(&calls("seen"), 1.0).await;
    assert_eq!(gate.metric(&failures("seen")), 0.0);
}

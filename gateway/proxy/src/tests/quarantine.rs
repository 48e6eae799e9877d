//! Plugins that fail again and again are left alone for a while.

use gateway_model::FailurePolicy;
use gateway_telemetry::HealthState;

use super::{
    guest::{Guest, Hook},
    harness::*,
};

const GET: &str = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

fn quarantined(attachment: &str) -> String {
    format!(r#"sluice_plugin_quarantined{{attachment="{attachment}"}}"#)
}

#[tokio::test]
async fn a_plugin_that_keeps_failing_is_not_called_and_its_policy_decides() {
    let upstream = Upstream::echoing().await;
    for (policy, failed, quarantine) in [(FailurePolicy::Closed, 503, 503), (FailurePolicy::Open, 200, 200)] {
        let mut document = one_route(&[upstream.address]);
        add_plugin(&mut document, "traps", 1, &Guest::on_request(Hook::Traps), policy);
        let mut gate = Gate::start(&document);
        assert_eq!(gate.metrics.health().of("traps").unwrap().state, HealthState::Healthy);
        for _ in 0..5 {
            assert_eq!(Raw::ask(gate.http(), GET).await.status(), failed);
            gate.line().await;
        }
        let reply = Raw::ask(gate.http(), GET).await;
        assert_eq!(reply.status(), quarantine);
        let line = gate.line().await;
        if policy == FailurePolicy::Closed {
            assert_eq!(reply.problem(), "plugin-quarantined");
            assert!(!reply.body.contains("traps"), "{}", reply.body);
            assert_eq!((&line["plugin"], &line["verdict"]), (&"traps".into(), &"quarantined".into()));
        }
        assert_eq!(gate.metric(&quarantined("traps")), 1.0);
        assert_eq!(gate.metric(r#"sluice_plugin_failures_total{attachment="traps",hook="request",kind="trap"}"#), 5.0);
        let health = gate.metrics.health().of("traps").unwrap();
        assert!(matches!(health.state, HealthState::Quarantined { until: Some(_) }));
        assert_eq!((health.faults, health.last_fault.unwrap().kind), (5, "trap"));
    }
}

#[tokio::test]
async fn a_plugin_that_works_again_is_called_again() {
    let upstream = Upstream::echoing().await;
    let mut document = one_route(&[upstream.address]);
    // It fails for whom it sees.
    let guest = || {
        let mut guest = Guest::on_request(Hook::traps_if("(i32.gt_u (local.get $0) (i32.const 400))"));
        guest.wants = vec!["x-fail".into()];
        guest
    };
    add_plugin(&mut document, "moody", 1, &guest(), FailurePolicy::Closed);
    let gate = Gate::start(&document);
    let failing = format!("GET / HTTP/1.1\r\nHost: a\r\nX-Fail: {}\r\n\r\n", "x".repeat(500));
    for _ in 0..5 {
        assert_eq!(Raw::ask(gate.http(), &failing).await.problem(), "plugin-failed");
    }
    assert_eq!(Raw::ask(gate.http(), GET).await.problem(), "plugin-quarantined");
    let again = async { while Raw::ask(gate.http(), GET).await.status() != 200 {} };
    soon("the end of the quarantine", again).await;
    assert_eq!(gate.metrics.health().of("moody").unwrap().state, HealthState::Healthy);
    assert_eq!(gate.metric(&quarantined("moody")), 0.0);
}

#[tokio::test]
async fn faults_of_requests_themselves_are_not_held_against_a_plugin() {
    let upstream = Upstream::echoing().await;
    let mut document = one_route(&[upstream.address]);
    let mut guest = Guest::on_request(Hook::next(&[]));
    guest.wants = vec!["x-large".into()];
    add_plugin(&mut document, "reads", 1, &guest, FailurePolicy::Closed);
    let gate = Gate::with(&document, |settings| settings.limits.head_bytes = 256 * 1024);
    let large = format!("X-Large: {}\r\n", "x".repeat(40 * 1024)).repeat(2);
    for _ in 0..10 {
        let reply = Raw::ask(gate.http(), &format!("GET / HTTP/1.1\r\nHost: a\r\n{large}\r\n")).await;
        assert_eq!(reply.status(), 431);
    }
    assert_eq!(Raw::ask(gate.http(), GET).await.status(), 200);
}

#[tokio::test]
async fn an_attachment_can_be_quarantined_by_its_configuration() {
    let upstream = Upstream::echoing().await;
    let mut document = one_route(&[upstream.address]);
    add_attachment(&mut document, "set", 1, &Guest::on_request(Hook::next(&[])), |attachment| {
        attachment.quarantined = true;
    });
    let mut gate = Gate::start(&document);
    assert_eq!(Raw::ask(gate.http(), GET).await.problem(), "plugin-quarantined");
    assert_eq!(gate.metrics.health().of("set").unwrap().state, HealthState::Quarantined { until: None });
    add_attachment(&mut document, "set", 1, &Guest::on_request(Hook::next(&[])), |_| {});
    gate.publish(&document);
    assert_eq!(Raw::ask(gate.http(), GET).await.status(), 200);
    document.attachments.clear();
    gate.publish(&document);
    assert_eq!(gate.metrics.health().of("set"), None);
}

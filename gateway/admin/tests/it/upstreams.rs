//! How requests are shared between targets, which are left out, and what is sent again.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use gateway_telemetry::{EjectionCause, TargetSource, TargetStatus};
use serde_json::{Value, json};

use crate::gateway::Gateway;

const ERRORS: &str = "committed userErrors { path code } warnings { path }";

const UPSTREAM: &str = "upstream { targets { address weight priority } \
    balancing { algorithm hashOn { source name } slowStartMs panicPercent } \
    health { passive { consecutive5xx consecutiveGatewayErrors consecutiveLocalErrors intervalMs baseEjectionMs \
    maxEjectionMs maxEjectionPercent } active { kind path host intervalMs timeoutMs healthyThreshold \
    unhealthyThreshold expectedStatuses { from to } } } \
    retries { attempts on budgetPercent perTryTimeoutMs } }";

fn usual() -> Value {
    json!({
        "targets": [{ "address": "127.0.0.1:8000", "weight": 1, "priority": 0 }],
        "balancing": { "algorithm": "PEAK_EWMA", "hashOn": null, "slowStartMs": 0, "panicPercent": 50 },
        "health": {
            "passive": {
                "consecutive5xx": 5, "consecutiveGatewayErrors": 5, "consecutiveLocalErrors": 5, "intervalMs": 10_000,
                "baseEjectionMs": 30_000, "maxEjectionMs": 300_000, "maxEjectionPercent": 50,
            },
            "active": null,
        },
        "retries": null,
    })
}

fn usual_checks() -> Value {
    json!({
        "kind": "HTTP", "path": "/", "host": null, "intervalMs": 10_000, "timeoutMs": 2_000, "healthyThreshold": 2,
        "unhealthyThreshold": 3, "expectedStatuses": { "from": 200, "to": 399 },
    })
}

fn usual_retries() -> Value {
    let on = ["CONNECT", "RESET", "BAD_GATEWAY", "SERVICE_UNAVAILABLE"];
    json!({ "attempts": 2, "on": on, "budgetPercent": 20, "perTryTimeoutMs": null })
}

async fn set(gateway: &Gateway, fields: Value) -> Value {
    let mut input = json!({ "name": "orders" });
    input.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    gateway.mutate("updateUpstream", input, UPSTREAM).await["upstream"].clone()
}

fn paths(findings: &Value) -> Vec<String> {
    let joined = |path: &Value| {
        let steps: Vec<&str> = path.as_array().unwrap().iter().map(|step| step.as_str().unwrap()).collect();
        steps.join(".")
    };
    findings.as_array().unwrap().iter().map(|finding| joined(&finding["path"])).collect()
}

#[tokio::test]
async fn parts_of_an_upstream_change_by_themselves_and_go_back_to_their_defaults() {
    let gateway = Gateway::start().await.with_route().await;
    let mut expected = usual();
    assert_eq!(set(&gateway, json!({})).await, expected);

    expected["targets"] = json!([
        { "address": "127.0.0.1:1", "weight": 3, "priority": 0 },
        { "address": "127.0.0.1:2", "weight": 0, "priority": 1 },
    ]);
    let targets = json!([
        { "address": "127.0.0.1:1", "weight": 3 },
        { "address": "127.0.0.1:2", "weight": 0, "priority": 1 },
    ]);
    assert_eq!(set(&gateway, json!({ "targets": targets })).await, expected);

    let hash_on = json!({ "source": "COOKIE", "name": "session" });
    expected["balancing"]["algorithm"] = json!("CONSISTENT_HASH");
    expected["balancing"]["hashOn"] = hash_on.clone();
    let patch = json!({ "balancing": { "algorithm": "CONSISTENT_HASH", "hashOn": hash_on } });
    assert_eq!(set(&gateway, patch).await, expected);

    expected["health"]["passive"]["consecutive5xx"] = json!(3);
    expected["health"]["active"] = usual_checks();
    expected["health"]["active"]["path"] = json!("/healthz");
    expected["health"]["active"]["expectedStatuses"] = json!({ "from": 200, "to": 204 });
    let active = json!({ "path": "/healthz", "expectedStatuses": { "from": 200, "to": 204 } });
    let patch = json!({ "health": { "passive": { "consecutive5xx": 3 }, "active": active } });
    assert_eq!(set(&gateway, patch).await, expected);

    expected["retries"] = usual_retries();
    assert_eq!(set(&gateway, json!({ "retries": {} })).await, expected);
    expected["retries"]["on"] = json!(["TIMEOUT"]);
    expected["retries"]["perTryTimeoutMs"] = json!(250);
    let patch = json!({ "retries": { "on": ["TIMEOUT"], "perTryTimeoutMs": 250 } });
    assert_eq!(set(&gateway, patch).await, expected);

    expected["balancing"] = usual()["balancing"].clone();
    expected["health"]["passive"] = usual()["health"]["passive"].clone();
    expected["health"]["active"]["path"] = json!("/");
    expected["retries"] = usual_retries();
    let nulls = json!({
        "balancing": { "algorithm": null, "hashOn": null },
        "health": { "passive": null, "active": { "path": null } },
        "retries": { "on": null, "perTryTimeoutMs": null },
    });
    assert_eq!(set(&gateway, nulls).await, expected);
    expected["health"] = usual()["health"].clone();
    expected["retries"] = Value::Null;
    assert_eq!(set(&gateway, json!({ "balancing": null, "health": null, "retries": null })).await, expected);
}

#[tokio::test]
async fn an_upstream_is_created_with_all_its_parts() {
    let gateway = Gateway::start().await;
    let targets = json!([{ "address": "127.0.0.1:8000" }]);
    let plain = gateway.mutate("createUpstream", json!({ "name": "plain", "targets": targets }), UPSTREAM).await;
    assert_eq!(plain["upstream"], usual());
    let input = json!({
        "name": "full", "targets": targets, "retries": { "attempts": 1 }, "balancing": { "slowStartMs": 5 },
        "health": { "active": { "kind": "TCP" } },
    });
    let full = &gateway.mutate("createUpstream", input, UPSTREAM).await["upstream"];
    assert_eq!((&full["retries"]["attempts"], &full["balancing"]["slowStartMs"]), (&json!(1), &json!(5)));
    assert_eq!(full["health"]["active"]["kind"], "TCP");
}

#[tokio::test]
async fn every_mistake_in_an_upstream_is_told_at_its_path() {
    let gateway = Gateway::start().await.with_route().await;
    for (fields, expected) in [
        (json!({ "targets": [{ "address": "a:1", "weight": -1 }] }), "targets.0.weight"),
        (json!({ "targets": [{ "address": "a:1", "priority": 8 }] }), "targets.0.priority"),
        (json!({ "balancing": { "panicPercent": -1 } }), "balancing.panicPercent"),
        (json!({ "balancing": { "algorithm": "CONSISTENT_HASH" } }), "balancing.hashOn"),
        (json!({ "health": { "passive": { "intervalMs": 0 } } }), "health.passive.intervalMs"),
        (
            json!({ "health": { "active": { "expectedStatuses": { "from": -1, "to": 200 } } } }),
            "health.active.expectedStatuses.from",
        ),
        (json!({ "retries": { "attempts": 11 } }), "retries.attempts"),
    ] {
        let mut input = json!({ "name": "orders" });
        input.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        let refused = gateway.mutate("updateUpstream", input, ERRORS).await;
        let expected = vec![format!("upstreams.orders.{expected}")];
        assert_eq!((paths(&refused["userErrors"]), &refused["committed"]), (expected, &json!(false)), "{fields}");
    }
}

struct Known;

impl TargetSource for Known {
    fn targets(&self) -> Vec<TargetStatus> {
        let target = |address: &str| TargetStatus {
            address: address.into(),
            drained: false,
            ejection: None,
            checked: None,
            pending: None,
            latency: None,
        };
        let until = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000);
        let ejected = TargetStatus {
            ejection: Some((EjectionCause::LocalErrors, until)),
            checked: Some(true),
            pending: Some(2),
            latency: Some(Duration::from_micros(1_500)),
            ..target("127.0.0.1:8000")
        };
        vec![target("127.0.0.1:7"), ejected]
    }
}

#[tokio::test]
async fn how_targets_are_is_told_by_the_node_that_serves_them() {
    const STATUS: &str = "{ upstream(name: \"orders\") { targets { address status { state ejection { cause until } \
        checksPass pending latencyMs } } } }";
    let gateway = Gateway::start().await.with_route().await;
    let told = gateway.query(STATUS).await["upstream"]["targets"].clone();
    assert_eq!(told, json!([{ "address": "127.0.0.1:8000", "status": null }]));
    let known: Arc<dyn TargetSource> = Arc::new(Known);
    gateway.metrics.upstream("orders").targets.set_source(Arc::downgrade(&known));
    let told = gateway.query(STATUS).await["upstream"]["targets"][0]["status"].clone();
    let ejection = json!({ "cause": "LOCAL_ERRORS", "until": "1970-01-01T00:16:40Z" });
    assert_eq!(
        told,
        json!({ "state": "EJECTED", "ejection": ejection, "checksPass": true, "pending": 2, "latencyMs": 1.5 })
    );
}

#[tokio::test]
async fn the_page_on_upstreams_has_examples_that_work() {
    let gateway = Gateway::start().await;
    let targets = json!([{ "address": "127.0.0.1:8000" }]);
    gateway.done("createUpstream", json!({ "name": "shop", "targets": targets })).await;
    let page = include_str!("../../../../docs/upstreams.md");
    let examples = page.split("```graphql\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    for example in examples {
        let data = gateway.query(example).await;
        let errors = &data["updateUpstream"]["userErrors"];
        assert!(errors.is_null() || *errors == json!([]), "{errors}");
    }
    let told = gateway.query("{ upstream(name: \"shop\") { targets { priority } retries { attempts } } }").await;
    let expected =
        json!({ "targets": [{ "priority": 0 }, { "priority": 0 }, { "priority": 1 }], "retries": { "attempts": 2 } });
    assert_eq!(told["upstream"], expected);
}

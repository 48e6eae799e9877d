//! Who goes first, and how many at one time: configured, and as it stands.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use gateway_telemetry::{AdmissionRefusal, AdmissionSource, AdmissionStatus, LimitCause, LimitChange};
use serde_json::{Value, json};

use crate::gateway::Gateway;

const ERRORS: &str = "committed userErrors { path code } warnings { path }";

const ADMISSION: &str = "upstream { admission { concurrency { algorithm initial min max latencyMs } \
    queue { maxRequests maxBytes } announce classes { critical { maxWaitMs share } high { maxWaitMs share } \
    normal { maxWaitMs share } low { maxWaitMs share } } } }";

const STATUS: &str = "{ upstream(name: \"orders\") { admissionStatus { limit inFlight waiting waitingBytes longestWaitMs \
    latencyP50Ms latencyP90Ms unloadedLatencyMs errorRate \
    classes { class waiting waited refused refusedByReason { reason count } } } } }";

fn usual() -> Value {
    json!({
        "concurrency": { "algorithm": "GRADIENT", "initial": 20, "min": 2, "max": 1_000, "latencyMs": null },
        "queue": { "maxRequests": 1_000, "maxBytes": 16_777_216 },
        "announce": false,
        "classes": {
            "critical": { "maxWaitMs": 10_000, "share": 0 },
            "high": { "maxWaitMs": 5_000, "share": 10 },
            "normal": { "maxWaitMs": 2_000, "share": 10 },
            "low": { "maxWaitMs": 1_000, "share": 5 },
        },
    })
}

/// The admission of `orders` after it was set so.
async fn set(gateway: &Gateway, admission: Value) -> Value {
    let input = json!({ "name": "orders", "admission": admission });
    gateway.mutate("updateUpstream", input, ADMISSION).await["upstream"]["admission"].clone()
}

fn joined(path: &Value) -> String {
    let steps: Vec<&str> = path.as_array().unwrap().iter().map(|step| step.as_str().unwrap()).collect();
    steps.join(".")
}

fn paths(findings: &Value) -> Vec<String> {
    findings.as_array().unwrap().iter().map(|finding| joined(&finding["path"])).collect()
}

#[tokio::test]
async fn an_upstream_admits_as_many_as_come_until_something_else_is_said() {
    let gateway = Gateway::start().await.with_route().await;
    let mut expected = usual();
    assert_eq!(set(&gateway, json!(null)).await, Value::Null);
    assert_eq!(set(&gateway, json!({})).await, expected);

    expected["concurrency"]["max"] = json!(64);
    expected["classes"]["low"]["maxWaitMs"] = json!(250);
    expected["announce"] = json!(true);
    let patch = json!({ "concurrency": { "max": 64 }, "classes": { "low": { "maxWaitMs": 250 } }, "announce": true });
    assert_eq!(set(&gateway, patch).await, expected);

    expected["concurrency"]["algorithm"] = json!("AIMD");
    expected["concurrency"]["latencyMs"] = json!(300);
    expected["classes"]["low"]["share"] = json!(0);
    expected["queue"]["maxBytes"] = json!(5_000_000_000_u64);
    let patch = json!({
        "concurrency": { "algorithm": "AIMD", "latencyMs": 300 },
        "classes": { "low": { "share": 0 } },
        "queue": { "maxBytes": 5_000_000_000_u64 },
    });
    assert_eq!(set(&gateway, patch).await, expected);

    let other = json!({ "name": "orders", "timeouts": { "responseMs": 5_000 } });
    let untouched = gateway.mutate("updateUpstream", other, ADMISSION).await;
    assert_eq!(untouched["upstream"]["admission"], expected);

    expected["concurrency"] = usual()["concurrency"].clone();
    expected["classes"]["low"] = usual()["classes"]["low"].clone();
    expected["announce"] = json!(false);
    expected["queue"] = usual()["queue"].clone();
    let nulls = json!({
        "concurrency": { "algorithm": null, "max": null, "latencyMs": null },
        "classes": { "low": null, "critical": { "maxWaitMs": null } },
        "queue": null,
        "announce": null,
    });
    assert_eq!(set(&gateway, nulls).await, expected);
    assert_eq!(set(&gateway, json!(null)).await, Value::Null);
}

#[tokio::test]
async fn an_upstream_is_created_with_what_is_said_and_the_rest_as_usual() {
    let gateway = Gateway::start().await;
    let targets = json!([{ "address": "127.0.0.1:8000" }]);
    let create = async |name: &str, admission: Value| {
        let input = json!({ "name": name, "targets": targets, "admission": admission });
        gateway.mutate("createUpstream", input, ADMISSION).await["upstream"]["admission"].clone()
    };
    assert_eq!(create("plain", json!(null)).await, Value::Null);
    assert_eq!(create("usual", json!({})).await, usual());
    let mut expected = usual();
    expected["concurrency"] = json!({ "algorithm": "FIXED", "initial": 8, "min": 2, "max": 1_000, "latencyMs": null });
    assert_eq!(create("fixed", json!({ "concurrency": { "algorithm": "FIXED", "initial": 8 } })).await, expected);

    let document = gateway.query("{ document }").await["document"].clone();
    assert!(document.to_string().contains("FIXED"), "{document}");
    assert_eq!(
        gateway.query("{ upstream(name: \"usual\") { admissionStatus { limit } } }").await["upstream"],
        json!({
            "admissionStatus": null
        })
    );
}

#[tokio::test]
async fn every_mistake_in_an_admission_is_told_at_its_path() {
    let gateway = Gateway::start().await.with_route().await;
    for (admission, expected) in [
        (json!({ "concurrency": { "min": 0 } }), &["concurrency.min"][..]),
        (
            json!({ "concurrency": { "min": -1 }, "queue": { "maxRequests": -1 } }),
            &["concurrency.min", "queue.maxRequests"],
        ),
        (json!({ "concurrency": { "initial": 1 } }), &["concurrency.initial"]),
        (json!({ "concurrency": { "algorithm": "AIMD" } }), &["concurrency.latencyMs"]),
        (json!({ "concurrency": { "latencyMs": -5 } }), &["concurrency.latencyMs"]),
        (json!({ "queue": { "maxBytes": -1 } }), &["queue.maxBytes"]),
        (json!({ "queue": { "maxBytes": (64_u64 << 30) + 1 } }), &["queue.maxBytes"]),
        (json!({ "classes": { "low": { "maxWaitMs": 600_001 } } }), &["classes.low.maxWaitMs"]),
        (json!({ "classes": { "high": { "share": -1 } } }), &["classes.high.share"]),
        (json!({ "classes": { "low": { "share": 90 } } }), &["classes"]),
    ] {
        let input = json!({ "name": "orders", "admission": admission });
        let refused = gateway.mutate("updateUpstream", input, ERRORS).await;
        let expected: Vec<String> = expected.iter().map(|path| format!("upstreams.orders.admission.{path}")).collect();
        assert_eq!((paths(&refused["userErrors"]), &refused["committed"]), (expected, &json!(false)), "{admission}");
    }
    let input = json!({ "name": "orders", "admission": { "concurrency": { "latencyMs": 5 } } });
    let done = gateway.mutate("updateUpstream", input, ERRORS).await;
    assert_eq!(paths(&done["warnings"]), ["upstreams.orders.admission.concurrency.latencyMs"]);
}

#[tokio::test]
async fn routes_and_plans_have_a_class_that_can_be_taken_away() {
    let gateway = Gateway::start().await.with_route().await;
    assert_eq!(gateway.query("{ route(name: \"orders\") { priority } }").await["route"]["priority"], Value::Null);
    let route = json!({ "name": "checkout", "pathPrefix": "/checkout", "upstream": "orders", "priority": "CRITICAL" });
    let created = gateway.mutate("createRoute", route, "route { priority }").await;
    assert_eq!(created["route"]["priority"], "CRITICAL");
    let plan = json!({ "name": "free", "priority": "LOW" });
    let created = gateway.mutate("createUsagePlan", plan, "usagePlan { priority }").await;
    assert_eq!(created["usagePlan"]["priority"], "LOW");

    for (mutation, object, name) in [("updateRoute", "route", "checkout"), ("updateUsagePlan", "usagePlan", "free")] {
        for (input, expected) in [
            (json!({ "name": name, "priority": "HIGH" }), json!("HIGH")),
            (json!({ "name": name }), json!("HIGH")),
            (json!({ "name": name, "priority": null }), Value::Null),
        ] {
            let done = gateway.mutate(mutation, input, &format!("{object} {{ priority }}")).await;
            assert_eq!(done[object]["priority"], expected, "{mutation}");
        }
    }
}

#[tokio::test]
async fn the_page_on_overload_has_examples_that_work() {
    let gateway = Gateway::start().await;
    let targets = json!([{ "address": "127.0.0.1:8000" }]);
    gateway.done("createUpstream", json!({ "name": "shop", "targets": targets })).await;
    for name in ["checkout", "search"] {
        let route = json!({ "name": name, "pathPrefix": format!("/{name}"), "upstream": "shop" });
        gateway.done("createRoute", route).await;
    }
    gateway.done("createUsagePlan", json!({ "name": "free" })).await;
    let page = include_str!("../../../../docs/overload.md");
    let examples = page.split("```graphql\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let mut shown = 0;
    for example in examples {
        let data = gateway.query(example).await;
        for (field, payload) in data.as_object().unwrap() {
            let errors = &payload["userErrors"];
            assert!(errors.is_null() || *errors == json!([]), "{field}: {errors}");
        }
        shown += 1;
    }
    assert_eq!(shown, 3);
    let told = gateway.query("{ upstream(name: \"shop\") { admission { concurrency { max } announce } } }").await;
    assert_eq!(told["upstream"]["admission"], json!({ "concurrency": { "max": 50 }, "announce": true }));
}

struct Standing;

impl AdmissionSource for Standing {
    fn status(&self) -> AdmissionStatus {
        AdmissionStatus {
            limit: 12,
            in_flight: 11,
            waiting: [0, 0, 4, 9],
            waiting_bytes: 5_000_000_000,
            longest_wait: Duration::from_millis(1_500),
            latency_p50: Duration::from_micros(12_500),
            latency_p90: Duration::ZERO,
            error_permille: 25,
            unloaded_latency: Some(Duration::from_millis(10)),
        }
    }
}

#[tokio::test]
async fn how_an_upstream_stands_is_told_while_requests_are_admitted_to_it() {
    let gateway = Gateway::start().await.with_route().await;
    assert_eq!(gateway.query(STATUS).await["upstream"]["admissionStatus"], Value::Null);
    assert!(!gateway.metrics.render().contains("\"orders\""), "a question makes no series");

    let standing: Arc<dyn AdmissionSource> = Arc::new(Standing);
    let admission = gateway.metrics.upstream("orders").admission;
    admission.set_source(Some(Arc::downgrade(&standing)));
    admission.class(2).waited.observe(Duration::from_millis(3));
    admission.class(3).refused(AdmissionRefusal::TooLong).add(2);
    admission.class(3).refused(AdmissionRefusal::Overload).add(1);
    let status = gateway.query(STATUS).await["upstream"]["admissionStatus"].clone();
    let idle = |class: &str| json!({ "class": class, "waiting": 0, "waited": 0, "refused": 0, "refusedByReason": [] });
    let reasons = json!([{ "reason": "TOO_LONG", "count": 2 }, { "reason": "OVERLOAD", "count": 1 }]);
    assert_eq!(
        status,
        json!({
            "limit": 12, "inFlight": 11, "waiting": 13, "waitingBytes": 5_000_000_000_u64, "longestWaitMs": 1_500.0,
            "latencyP50Ms": 12.5, "latencyP90Ms": null, "unloadedLatencyMs": 10.0, "errorRate": 0.025,
            "classes": [
                idle("CRITICAL"),
                idle("HIGH"),
                { "class": "NORMAL", "waiting": 4, "waited": 1, "refused": 0, "refusedByReason": [] },
                { "class": "LOW", "waiting": 9, "waited": 0, "refused": 3, "refusedByReason": reasons },
            ],
        })
    );

    drop(standing);
    assert_eq!(gateway.query(STATUS).await["upstream"]["admissionStatus"], Value::Null);
}

#[tokio::test]
async fn the_last_changes_of_a_limit_are_told_with_their_causes() {
    let gateway = Gateway::start().await.with_route().await;
    let standing: Arc<dyn AdmissionSource> = Arc::new(Standing);
    let admission = gateway.metrics.upstream("orders").admission;
    admission.set_source(Some(Arc::downgrade(&standing)));
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000);
    for (to, cause, latency) in [
        (20, LimitCause::Configured, None),
        (24, LimitCause::Headroom, Some(Duration::from_millis(8))),
        (16, LimitCause::Overloaded, Some(Duration::from_micros(31_500))),
    ] {
        admission.changed(LimitChange { time, from: to + 1, to, cause, latency });
    }
    let query = |arguments: &str| {
        format!(
            "{{ upstream(name: \"orders\") {{ admissionStatus {{ limitChanges{arguments} {{ time from to cause latencyMs }} }} }} }}"
        )
    };
    let told = gateway.query(&query("(first: 2)")).await["upstream"]["admissionStatus"]["limitChanges"].clone();
    let at = "1970-01-01T00:16:40Z";
    let expected = json!([
        { "time": at, "from": 17, "to": 16, "cause": "OVERLOADED", "latencyMs": 31.5 },
        { "time": at, "from": 25, "to": 24, "cause": "HEADROOM", "latencyMs": 8.0 },
    ]);
    assert_eq!(told, expected);
    let all = gateway.query(&query("")).await["upstream"]["admissionStatus"]["limitChanges"].clone();
    assert_eq!(all[2], json!({ "time": at, "from": 21, "to": 20, "cause": "CONFIGURED", "latencyMs": null }));
    let refused = gateway.graphql(&query("(first: -1)"), json!({})).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
}

#[tokio::test]
async fn the_node_tells_how_busy_it_is() {
    let gateway = Gateway::start().await;
    gateway.metrics.in_flight().add(3);
    gateway.metrics.worker_lag().set(Duration::from_micros(1_500));
    let told =
        gateway.query("{ signals { inFlight cpu memory workerLagMs pressure { cpu memory io } } }").await["signals"]
            .clone();
    assert_eq!(
        told,
        json!({
            "inFlight": 3, "cpu": 0.25, "memory": 0.5, "workerLagMs": 1.5,
            "pressure": { "cpu": 0.0, "memory": 0.0, "io": 0.0 },
        })
    );
}

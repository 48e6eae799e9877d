//! The whole document: exported, compared, replaced, refused.

use serde_json::{Value, json};

use crate::gateway::Gateway;

const FIELDS: &str = "edits { kind name action } revision committed userErrors { path message code }";

fn paths(payload: &Value) -> Vec<String> {
    let joined =
        |path: &Value| path.as_array().unwrap().iter().map(|step| step.as_str().unwrap()).collect::<Vec<_>>().join(".");
    payload["userErrors"].as_array().unwrap().iter().map(|error| joined(&error["path"])).collect()
}

#[tokio::test]
async fn what_is_exported_can_be_applied_and_then_changes_nothing() {
    let gateway = Gateway::start().await.with_route().await;
    gateway.done("createConsumer", json!({ "name": "alice" })).await;
    gateway.done("createCredential", json!({ "name": "laptop", "consumer": "alice" })).await;
    let document = gateway.query("{ document }").await["document"].clone();
    let payload = gateway.mutate("applyDocument", json!({ "document": document }), FIELDS).await;
    assert_eq!(payload, json!({ "edits": [], "revision": 4, "committed": false, "userErrors": [] }));
}

#[tokio::test]
async fn applying_a_document_is_one_revision_with_the_fewest_edits() {
    let gateway = Gateway::start().await.with_route().await;
    gateway.done("createConsumer", json!({ "name": "alice" })).await;
    let mut document = gateway.query("{ document }").await["document"].clone();
    document["routes"][0]["pathPrefix"] = json!("/o");
    document["usagePlans"] = json!([{ "name": "gold", "throttle": { "rateLimit": 1, "burstLimit": 2 } }]);
    document.as_object_mut().unwrap().remove("consumers");

    let edits = json!([
        { "kind": "ROUTE", "name": "orders", "action": "UPDATE" },
        { "kind": "CONSUMER", "name": "alice", "action": "DELETE" },
        { "kind": "USAGE_PLAN", "name": "gold", "action": "CREATE" },
    ]);
    let dry = json!({ "document": document, "dryRun": true, "expectedRevision": 3 });
    let payload = gateway.mutate("applyDocument", dry, FIELDS).await;
    assert_eq!(payload, json!({ "edits": edits, "revision": 3, "committed": false, "userErrors": [] }));

    let real = json!({ "document": document, "expectedRevision": 3, "comment": "from a file" });
    let payload = gateway.mutate("applyDocument", real, FIELDS).await;
    assert_eq!(payload, json!({ "edits": edits, "revision": 4, "committed": true, "userErrors": [] }));
    let data = gateway.query("{ document revision(number: 4) { comment changes { totalCount } } }").await;
    assert_eq!(data["document"]["routes"], document["routes"]);
    assert_eq!(data["revision"], json!({ "comment": "from a file", "changes": { "totalCount": 3 } }));
}

#[tokio::test]
async fn a_bad_document_is_refused_whole_with_every_mistake_at_its_path() {
    let gateway = Gateway::start().await.with_route().await;
    let upload = gateway.upload(&crate::gateway::module("1")).await.json();
    let upstream = json!({ "name": "orders", "targets": [{ "address": "127.0.0.1:1" }] });
    let route =
        |name: &str, prefix: &str, upstream: &str| json!({ "name": name, "pathPrefix": prefix, "upstream": upstream });
    let document = json!({
        "upstreams": [upstream],
        "routes": [route("a", "/a", "nowhere"), route("b", "/b", "orders"), route("c", "/b", "orders")],
        "usagePlans": [{ "name": "gold", "throttle": { "rateLimit": 1, "burstLimit": 0 } }],
        "plugins": [{ "name": "header", "digest": upload["digest"] }],
        "attachments": [{ "name": "h", "plugin": "header", "grants": ["identity"], "config": { "value": 7 } }],
    });
    let payload = gateway.mutate("applyDocument", json!({ "document": document }), FIELDS).await;
    let mut told = paths(&payload);
    told.sort();
    let expected = [
        "attachments.h.config.value",
        "routes.a.upstream",
        "routes.c.pathPrefix",
        "usagePlans.gold.throttle.burstLimit",
    ];
    assert_eq!(told, expected, "{payload}");
    assert_eq!((&payload["committed"], &payload["edits"]), (&json!(false), &json!([])));
    assert_eq!(
        gateway.query("{ currentRevision routes { nodes { name } } }").await["routes"]["nodes"],
        json!([{ "name": "orders" }])
    );
}

#[tokio::test]
async fn a_document_of_the_wrong_form_is_told_every_item_that_cannot_be_read() {
    let gateway = Gateway::start().await;
    for (document, expected) in [
        (json!([]), &[""][..]),
        (json!({ "rules": [] }), &["rules"]),
        (json!({ "routes": {} }), &["routes"]),
        (
            json!({
                "routes": [{ "name": "a", "upstream": "u", "prefix": "/" }, { "pathPrefix": "/" }],
                "usagePlans": [{ "name": "gold", "throttle": { "rateLimit": "fast", "burstLimit": 1 } }],
            }),
            &["routes.1", "routes.a.prefix", "usagePlans.gold.throttle.rateLimit"],
        ),
        (json!({ "consumers": [{ "name": "a" }, { "name": "a" }] }), &["consumers.1.name"]),
    ] {
        let payload = gateway.mutate("applyDocument", json!({ "document": document }), FIELDS).await;
        let mut told = paths(&payload);
        told.sort();
        assert_eq!(told, expected, "{payload}");
    }
}

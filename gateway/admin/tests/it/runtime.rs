//! Plugins at run time: versions, upgrades, rollbacks, order, quarantine, health and logs.

use serde_json::{Value, json};
use tracing::Level;

use crate::gateway::{Gateway, module};

const ERRORS: &str = "revision committed userErrors { path message code } warnings { code path }";

/// A gateway with a plugin `header` of version 1.0.0, attached to the route `orders` as `here` and to every route as `all`.
async fn attached() -> (Gateway, String) {
    let gateway = Gateway::start().await.with_route().await;
    let digest = uploaded(&gateway, "1.0.0").await;
    gateway.done("createPlugin", json!({ "name": "header", "digest": digest })).await;
    for (name, route) in [("here", Some("orders")), ("all", None)] {
        let config = json!({ "value": name });
        let input =
            json!({ "name": name, "plugin": "header", "route": route, "config": config, "grants": ["identity"] });
        gateway.done("createAttachment", input).await;
    }
    (gateway, digest)
}

async fn uploaded(gateway: &Gateway, version: &str) -> String {
    gateway.upload(&module(version)).await.json()["digest"].as_str().unwrap().to_owned()
}

fn paths(payload: &Value) -> Vec<String> {
    let path = |error: &Value| {
        let steps = error["path"].as_array().unwrap().iter().map(|step| step.as_str().unwrap());
        steps.collect::<Vec<_>>().join(".")
    };
    payload["userErrors"].as_array().unwrap().iter().map(path).collect()
}

#[tokio::test]
async fn an_upgrade_can_be_rolled_back_and_the_rollback_too() {
    let (gateway, old) = attached().await;
    let new = uploaded(&gateway, "1.1.0").await;
    let dry = json!({ "name": "header", "digest": new, "dryRun": true });
    let fields = "plugin { digest } previous { version } committed userErrors { message }";
    let dry = gateway.mutate("upgradePlugin", dry, fields).await;
    assert_eq!((&dry["committed"], &dry["plugin"]["digest"]), (&json!(false), &json!(new)));

    let upgraded = gateway.mutate("upgradePlugin", json!({ "name": "header", "digest": new }), fields).await;
    assert_eq!((&upgraded["committed"], &upgraded["plugin"]["digest"]), (&json!(true), &json!(new)));
    assert_eq!(upgraded["previous"]["version"], "1.0.0");

    for (runs, ran) in [(&old, "1.1.0"), (&new, "1.0.0"), (&old, "1.1.0")] {
        let back = gateway.mutate("rollBackPlugin", json!({ "name": "header", "comment": "as before" }), fields).await;
        assert_eq!((&back["plugin"]["digest"], &back["previous"]["version"]), (&json!(runs), &json!(ran)));
    }

    let query = "{ plugin(name: \"header\") { \
        history(first: 2) { pageInfo { hasNextPage endCursor } nodes { digest previousDigest module { version } revision { number actor comment } } } \
        versions { totalCount nodes { version inUse attachments { nodes { name } } } } } }";
    let plugin = gateway.query(query).await["plugin"].clone();
    let newest = &plugin["history"]["nodes"][0];
    assert_eq!((&newest["digest"], &newest["previousDigest"]), (&json!(old), &json!(new)));
    assert_eq!((&newest["revision"]["actor"], &newest["revision"]["comment"]), (&json!("tester"), &json!("as before")));
    assert_eq!(newest["module"]["version"], "1.0.0");
    let cursor = &plugin["history"]["pageInfo"]["endCursor"];
    let rest =
        format!("{{ plugin(name: \"header\") {{ history(after: {cursor}) {{ nodes {{ previousDigest }} }} }} }}");
    let rest = gateway.query(&rest).await;
    assert_eq!(rest["plugin"]["history"]["nodes"].as_array().unwrap().len(), 3);
    assert_eq!(rest["plugin"]["history"]["nodes"][2]["previousDigest"], json!(null));
    let versions = &plugin["versions"];
    assert_eq!(versions["totalCount"], 2);
    let used = versions["nodes"].as_array().unwrap().iter().find(|module| module["inUse"] == true).unwrap();
    let expected = json!({ "version": "1.0.0", "inUse": true, "attachments": { "nodes": [{ "name": "all" }, { "name": "here" }] } });
    assert_eq!(*used, expected);
}

#[tokio::test]
async fn what_stands_in_the_way_of_an_upgrade_is_told_for_every_attachment() {
    let (gateway, _) = attached().await;
    let incompatible = uploaded(&gateway, "2.0.0").await;
    let other = uploaded(&gateway, "other").await;
    for (name, digest, expected) in [
        ("header", incompatible.as_str(), vec!["attachments.all.config.value", "attachments.here.config.value"]),
        ("header", other.as_str(), vec!["plugins.header.digest"]),
        ("header", "md5:1", vec!["plugins.header.digest"]),
        ("heater", incompatible.as_str(), vec!["plugins.heater.name"]),
    ] {
        let payload = gateway.mutate("upgradePlugin", json!({ "name": name, "digest": digest }), ERRORS).await;
        assert_eq!(paths(&payload), expected, "{payload}");
        assert_eq!(payload["committed"], false);
    }
    let payload = gateway.mutate("rollBackPlugin", json!({ "name": "header" }), ERRORS).await;
    assert_eq!(paths(&payload), ["plugins.header.digest"]);
    let stale = json!({ "name": "header", "digest": incompatible, "expectedRevision": 1 });
    let stale = gateway.try_mutate("upgradePlugin", stale, ERRORS).await;
    assert_eq!(stale["errors"][0]["extensions"]["code"], "CONFLICT");
}

#[tokio::test]
async fn the_chain_of_a_route_is_what_its_requests_meet() {
    let (gateway, digest) = attached().await;
    gateway.done("createPlugin", json!({ "name": "second", "digest": digest })).await;
    let input = json!({ "name": "second", "plugin": "second", "order": 7, "grants": ["identity"] });
    gateway.done("createAttachment", input).await;
    let query = "{ route(name: \"orders\") { chain { attachment { name } order orderIsDefault toEveryRoute } } }";
    let chain = gateway.query(query).await["route"]["chain"].clone();
    let expected = json!([
        { "attachment": { "name": "second" }, "order": 7, "orderIsDefault": false, "toEveryRoute": true },
        { "attachment": { "name": "here" }, "order": 100, "orderIsDefault": true, "toEveryRoute": false },
    ]);
    assert_eq!(chain, expected);
}

#[tokio::test]
async fn attachments_are_reordered_in_one_revision() {
    let (gateway, _) = attached().await;
    for (name, order) in [("b", Some(5)), ("c", None)] {
        let input =
            json!({ "name": name, "plugin": "header", "route": "orders", "order": order, "grants": ["identity"] });
        gateway.done("createAttachment", input).await;
    }
    let before = gateway.query("{ currentRevision }").await["currentRevision"].as_u64().unwrap();
    let input = json!({ "route": "orders", "attachments": ["c", "here", "b"] });
    let fields = "revision attachments { name order } userErrors { path message }";
    let done = gateway.mutate("reorderAttachments", input, fields).await;
    assert_eq!(done["revision"], before + 1);
    let expected =
        json!([{ "name": "c", "order": 5 }, { "name": "here", "order": null }, { "name": "b", "order": 101 }]);
    assert_eq!(done["attachments"], expected);

    for (list, expected) in [
        (json!(["c", "b"]), vec!["attachments.here.order"]),
        (json!(["c", "b", "here", "all"]), vec!["attachments.all.order"]),
        (json!(["c", "b", "here", "c"]), vec!["attachments.c.order"]),
    ] {
        let input = json!({ "route": "orders", "attachments": list });
        let refused = gateway.mutate("reorderAttachments", input, ERRORS).await;
        assert_eq!(paths(&refused), expected, "{refused}");
    }
}

#[tokio::test]
async fn an_attachment_is_quarantined_with_a_reason_and_released() {
    let (gateway, _) = attached().await;
    let fields = "attachment { quarantined } revision committed";
    let input = json!({ "name": "here", "comment": "it answers nonsense" });
    let set_aside = gateway.mutate("quarantineAttachment", input, fields).await;
    assert_eq!(set_aside["attachment"]["quarantined"], true);
    let revision = format!("{{ revision(number: {}) {{ actor comment }} }}", set_aside["revision"]);
    let expected = json!({ "actor": "tester", "comment": "it answers nonsense" });
    assert_eq!(gateway.query(&revision).await["revision"], expected);
    assert!(
        gateway.service.snapshots().borrow().routes.route(&gateway_model::Head::get("any", "/orders")).unwrap().chain
            [0]
        .quarantined
    );

    let released = gateway.mutate("releaseAttachment", json!({ "name": "here" }), fields).await;
    assert_eq!((&released["attachment"]["quarantined"], &released["committed"]), (&json!(false), &json!(true)));
    let again = gateway.mutate("releaseAttachment", json!({ "name": "here" }), fields).await;
    assert_eq!(again["committed"], false);
    let unknown = gateway.mutate("quarantineAttachment", json!({ "name": "none" }), ERRORS).await;
    assert_eq!(paths(&unknown), ["attachments.none.name"]);
}

#[tokio::test]
async fn grants_that_an_edit_adds_are_told_beside_it() {
    let (gateway, _) = attached().await;
    let input = json!({ "name": "here", "grants": ["identity", "store:sessions"] });
    let payload = gateway.mutate("updateAttachment", input, ERRORS).await;
    assert_eq!(payload["committed"], true);
    let warnings = payload["warnings"].as_array().unwrap();
    let told: Vec<_> =
        warnings.iter().map(|warning| (warning["code"].as_str().unwrap(), &warning["path"][3])).collect();
    assert!(told.contains(&("GRANT_WIDENED", &json!("1"))), "{told:?}");
    assert!(told.contains(&("STORE_MISSING", &json!("1"))), "{told:?}");
    assert!(!told.contains(&("GRANT_WIDENED", &json!("0"))), "{told:?}");
}

#[tokio::test]
async fn a_module_is_deleted_unless_something_needs_it() {
    let (gateway, digest) = attached().await;
    let unused = uploaded(&gateway, "9.9.9").await;
    let fields = "deletedId userErrors { code path message } clientMutationId";
    for (digest, code) in [(digest.as_str(), "IN_USE"), ("sha256:1", "INVALID")] {
        let refused = gateway.mutate("deleteModule", json!({ "digest": digest }), fields).await;
        assert_eq!(
            (&refused["deletedId"], &refused["userErrors"][0]["code"]),
            (&json!(null), &json!(code)),
            "{refused}"
        );
    }
    let input = json!({ "digest": unused, "clientMutationId": "7" });
    let deleted = gateway.mutate("deleteModule", input.clone(), fields).await;
    assert_eq!((&deleted["userErrors"], &deleted["clientMutationId"]), (&json!([]), &json!("7")));
    assert!(deleted["deletedId"].is_string());
    assert_eq!(gateway.mutate("deleteModule", input, fields).await["userErrors"][0]["code"], "NOT_FOUND");
    assert_eq!(gateway.query("{ modules { totalCount } }").await["modules"]["totalCount"], 1);
}

#[tokio::test]
async fn health_costs_and_logs_of_an_attachment_are_told() {
    let (gateway, _) = attached().await;
    let query = "{ attachment(name: \"here\") { health { state until faults lastFault { kind message at } } \
        costs { hook calls failures failuresByKind { kind count } seconds } logs { sequence level message requestId at } } }";
    let before = gateway.query(query).await["attachment"].clone();
    assert_eq!((&before["health"], &before["costs"], &before["logs"]), (&json!(null), &json!([]), &json!([])));

    let record = gateway_telemetry::HealthRecord::default();
    gateway.metrics.health().replace([("here".into(), record.clone())]);
    record.fault("trap", "unreachable at src/lib.rs:7");
    record.quarantine(Some(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000)));
    let hook = gateway.metrics.attachment("here").hook(gateway_telemetry::HookKind::Request).clone();
    hook.duration.observe(std::time::Duration::from_millis(500));
    ["trap", "deadline", "trap"].iter().for_each(|kind| hook.failures.add(kind));
    let logs = gateway.metrics.plugin_logs();
    logs.write("here", Level::INFO, "r-1", "one");
    logs.write("all", Level::INFO, "", "other");
    logs.write("here", Level::WARN, "", "two");

    let after = gateway.query(query).await["attachment"].clone();
    let health = &after["health"];
    assert_eq!((&health["state"], &health["faults"]), (&json!("QUARANTINED"), &json!(1)));
    assert_eq!(health["until"], "1970-01-01T00:16:40Z");
    assert_eq!(health["lastFault"]["message"], "unreachable at src/lib.rs:7");
    let by_kind = json!([{ "kind": "trap", "count": 2 }, { "kind": "deadline", "count": 1 }]);
    assert_eq!(
        after["costs"],
        json!([{ "hook": "request", "calls": 1, "failures": 3, "failuresByKind": by_kind, "seconds": 0.5 }])
    );
    let lines = after["logs"].as_array().unwrap();
    assert_eq!(
        (&lines[0]["message"], &lines[0]["requestId"], &lines[0]["level"]),
        (&json!("one"), &json!("r-1"), &json!("INFO"))
    );
    assert_eq!((&lines[1]["message"], &lines[1]["requestId"]), (&json!("two"), &json!(null)));

    let follow =
        format!("{{ attachment(name: \"here\") {{ logs(after: {}, last: 5) {{ message }} }} }}", lines[0]["sequence"]);
    assert_eq!(gateway.query(&follow).await["attachment"]["logs"], json!([{ "message": "two" }]));
    let negative = gateway.graphql("{ attachment(name: \"here\") { logs(last: -1) { message } } }", json!({})).await;
    assert_eq!(negative["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
}

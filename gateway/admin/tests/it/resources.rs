//! Each resource: created, read, changed in part, refused with reasons, deleted.

use gateway_model::Proof;
use serde_json::{Value, json};

use crate::gateway::Gateway;

const ERRORS: &str = "committed userErrors { path message code }";

#[tokio::test]
async fn a_route_lives_from_creation_to_deletion() {
    let gateway = Gateway::start().await.with_route().await;
    let created = gateway
        .mutate(
            "createRoute",
            json!({ "name": "items", "hosts": ["api.example.com"], "pathPrefix": "/items", "upstream": "orders", "clientMutationId": "m1" }),
            "route { id name hosts pathPrefix upstream { name } } revision committed warnings { message } clientMutationId",
        )
        .await;
    let id = created["route"]["id"].clone();
    assert_eq!(
        created,
        json!({
            "route": { "id": id, "name": "items", "hosts": ["api.example.com"], "pathPrefix": "/items", "upstream": { "name": "orders" } },
            "revision": 3, "committed": true, "warnings": [], "clientMutationId": "m1",
        })
    );

    let updated = gateway
        .mutate("updateRoute", json!({ "name": "items", "hosts": null }), "route { hosts pathPrefix } revision")
        .await;
    assert_eq!(updated, json!({ "route": { "hosts": [], "pathPrefix": "/items" }, "revision": 4 }));

    let fields = "deletedId route { name } revision";
    let deleted = gateway.mutate("deleteRoute", json!({ "name": "items" }), fields).await;
    assert_eq!(deleted, json!({ "deletedId": id, "route": { "name": "items" }, "revision": 5 }));
    assert_eq!(gateway.query("{ route(name: \"items\") { name } }").await["route"], Value::Null);
}

#[tokio::test]
async fn an_upstream_keeps_the_timeouts_that_an_update_leaves_out() {
    let gateway = Gateway::start().await.with_route().await;
    let fields = "upstream { targets { address } timeouts { connectMs responseMs idleMs } }";
    let input = json!({ "name": "orders", "timeouts": { "responseMs": 5_000 } });
    gateway.done("updateUpstream", input).await;
    let input = json!({ "name": "orders", "timeouts": { "connectMs": 500, "idleMs": null }, "targets": [{ "address": "[::1]:1" }] });
    let updated = gateway.mutate("updateUpstream", input, fields).await;
    let timeouts = json!({ "connectMs": 500, "responseMs": 5_000, "idleMs": 60_000 });
    assert_eq!(updated["upstream"], json!({ "targets": [{ "address": "[::1]:1" }], "timeouts": timeouts }));

    let refused = gateway.mutate("deleteUpstream", json!({ "name": "orders" }), &format!("{ERRORS} deletedId")).await;
    assert_eq!((&refused["committed"], &refused["deletedId"]), (&json!(false), &Value::Null));
    assert!(refused["userErrors"][0]["message"].as_str().unwrap().contains("routes.orders.upstream"), "{refused}");
}

#[tokio::test]
async fn doubling_the_burst_keeps_the_rate() {
    let gateway = Gateway::start().await;
    let throttle = json!({ "rateLimit": 2.5, "burstLimit": 10 });
    gateway.done("createUsagePlan", json!({ "name": "gold", "throttle": throttle })).await;
    let fields = "usagePlan { throttle { rateLimit burstLimit } quota { limit period } }";

    let input = json!({ "name": "gold", "throttle": { "burstLimit": 20 } });
    let updated = gateway.mutate("updateUsagePlan", input, fields).await;
    let throttle = json!({ "rateLimit": 2.5, "burstLimit": 20 });
    assert_eq!(updated["usagePlan"], json!({ "throttle": throttle, "quota": null }));

    let input = json!({ "name": "gold", "throttle": null, "quota": { "limit": 5_000_000_000_u64, "period": "MONTH" } });
    let updated = gateway.mutate("updateUsagePlan", input, fields).await;
    let quota = json!({ "limit": 5_000_000_000_u64, "period": "MONTH" });
    assert_eq!(updated["usagePlan"], json!({ "throttle": null, "quota": quota }));
}

#[tokio::test]
async fn every_mistake_in_a_plan_is_told_at_its_path() {
    let gateway = Gateway::start().await;
    for (mutation, input, paths) in [
        (
            "createUsagePlan",
            json!({ "name": "gold", "throttle": { "rateLimit": 0.0, "burstLimit": 0 } }),
            &["throttle.rateLimit", "throttle.burstLimit"][..],
        ),
        (
            "createUsagePlan",
            json!({ "name": "gold", "throttle": { "rateLimit": 1.0, "burstLimit": -1 } }),
            &["throttle.burstLimit"],
        ),
        ("createUsagePlan", json!({ "name": "gold", "quota": { "limit": -5, "period": "DAY" } }), &["quota.limit"]),
        ("createUsagePlan", json!({ "name": "gold", "quota": { "limit": 0, "period": "DAY" } }), &["quota.limit"]),
        ("updateUsagePlan", json!({ "name": "silver", "throttle": { "burstLimit": 1 } }), &["throttle.rateLimit"]),
        (
            "updateUsagePlan",
            json!({ "name": "silver", "throttle": { "burstLimit": null, "rateLimit": 1.0 } }),
            &["throttle.burstLimit"],
        ),
        ("updateUsagePlan", json!({ "name": "silver", "quota": {} }), &["quota.limit", "quota.period"]),
    ] {
        if mutation == "updateUsagePlan" && gateway.service.document().0 == 0 {
            gateway.done("createUsagePlan", json!({ "name": "silver" })).await;
        }
        let refused = gateway.mutate(mutation, input.clone(), ERRORS).await;
        let name = input["name"].as_str().unwrap();
        let told: Vec<String> =
            refused["userErrors"].as_array().unwrap().iter().map(|error| joined(&error["path"])).collect();
        let expected: Vec<String> = paths.iter().map(|path| format!("usagePlans.{name}.{path}")).collect();
        assert_eq!(told, expected, "{input}");
        assert_eq!(refused["committed"], false);
    }
}

fn joined(path: &Value) -> String {
    let steps: Vec<&str> = path.as_array().unwrap().iter().map(|step| step.as_str().unwrap()).collect();
    steps.join(".")
}

#[tokio::test]
async fn names_that_are_taken_or_missing_or_wrong_are_data_not_failures() {
    let gateway = Gateway::start().await.with_route().await;
    let route = |name: &str, upstream: &str| json!({ "name": name, "pathPrefix": "/x", "upstream": upstream });
    for (mutation, input, path, code) in [
        ("createRoute", route("orders", "orders"), "routes.orders.name", "ALREADY_EXISTS"),
        ("createRoute", route("Orders!", "orders"), "routes.Orders!.name", "INVALID"),
        ("createRoute", route("items", "order"), "routes.items.upstream", "INVALID"),
        ("updateRoute", json!({ "name": "items" }), "routes.items.name", "NOT_FOUND"),
        ("updateRoute", json!({ "name": "orders", "upstream": null }), "routes.orders", "INVALID"),
        (
            "updateRoute",
            json!({ "name": "orders", "hosts": ["a.example", "http://x"] }),
            "routes.orders.hosts.1",
            "INVALID",
        ),
        ("deleteRoute", json!({ "name": "items" }), "routes.items.name", "NOT_FOUND"),
        (
            "createConsumer",
            json!({ "name": "alice", "usagePlans": ["gold"] }),
            "consumers.alice.usagePlans.0",
            "INVALID",
        ),
        ("createCredential", json!({ "name": "key", "consumer": "alice" }), "credentials.key.consumer", "INVALID"),
    ] {
        let refused = gateway.mutate(mutation, input, ERRORS).await;
        let error = &refused["userErrors"][0];
        assert_eq!((joined(&error["path"]).as_str(), &error["code"]), (path, &json!(code)), "{mutation}: {refused}");
        assert_eq!(refused["userErrors"].as_array().unwrap().len(), 1, "{refused}");
    }
    assert_eq!(gateway.query("{ currentRevision }").await["currentRevision"], 2);
}

#[tokio::test]
async fn a_key_is_shown_once_and_never_again() {
    let gateway = Gateway::start().await;
    gateway.done("createConsumer", json!({ "name": "alice", "groups": ["staff"] })).await;
    let input = json!({ "name": "laptop", "consumer": "alice" });
    let dry = json!({ "name": "laptop", "consumer": "alice", "dryRun": true });
    let fields = "secret credential { name consumer { name } } committed";
    assert_eq!(gateway.mutate("createCredential", dry, fields).await["secret"], Value::Null);

    let created = gateway.mutate("createCredential", input, fields).await;
    let secret = created["secret"].as_str().unwrap().to_owned();
    assert_eq!(created["credential"], json!({ "name": "laptop", "consumer": { "name": "alice" } }));
    let digest = gateway.service.digest_key(&secret).to_hex();
    let stored = gateway.service.document().1.credentials["laptop"].proof.clone();
    assert!(matches!(stored, Proof::ApiKey(keys) if keys.key.key_digest == digest));

    let everything = gateway
        .query(
            "{ document credentials { nodes { id name consumer { name } } } \
            revisions { nodes { changes { nodes { kind name before after } } } } audit { nodes { detail action } } }",
        )
        .await;
    assert!(!everything.to_string().contains(&secret));
    assert!(!everything["revisions"].to_string().contains(&digest), "hashes stay out of the history");

    let deleted =
        gateway.mutate("deleteCredential", json!({ "name": "laptop" }), "credential { name } committed").await;
    assert_eq!(deleted, json!({ "credential": { "name": "laptop" }, "committed": true }));
}

#[tokio::test]
async fn resources_are_linked_both_ways_and_found_by_id() {
    let gateway = Gateway::start().await.with_route().await;
    gateway.done("createUsagePlan", json!({ "name": "gold", "throttle": { "rateLimit": 1.0, "burstLimit": 1 } })).await;
    gateway.done("createConsumer", json!({ "name": "alice", "usagePlans": ["gold"] })).await;
    gateway.done("createCredential", json!({ "name": "laptop", "consumer": "alice" })).await;
    let data = gateway
        .query(
            "{ upstream(name: \"orders\") { routes { totalCount nodes { name upstream { name } } } } \
            usagePlan(name: \"gold\") { consumers { nodes { name usagePlans { name } credentials { nodes { name } } } } } }",
        )
        .await;
    let routes = json!({ "totalCount": 1, "nodes": [{ "name": "orders", "upstream": { "name": "orders" } }] });
    assert_eq!(data["upstream"]["routes"], routes);
    let consumer = json!({ "name": "alice", "usagePlans": [{ "name": "gold" }], "credentials": { "nodes": [{ "name": "laptop" }] } });
    assert_eq!(data["usagePlan"]["consumers"]["nodes"], json!([consumer]));

    let ids = gateway
        .query("{ route(name: \"orders\") { id } upstream(name: \"orders\") { id } consumer(name: \"alice\") { id } revision(number: 1) { id } }")
        .await;
    for (field, type_name) in
        [("route", "Route"), ("upstream", "Upstream"), ("consumer", "Consumer"), ("revision", "Revision")]
    {
        let query = format!("{{ node(id: {}) {{ __typename id }} }}", ids[field]["id"]);
        assert_eq!(gateway.query(&query).await["node"], json!({ "__typename": type_name, "id": ids[field]["id"] }));
    }
    for foreign in ["bm9uc2Vuc2U", "%%%", "Um91dGU6bm8tb25l"] {
        assert_eq!(gateway.query(&format!("{{ node(id: \"{foreign}\") {{ id }} }}")).await["node"], Value::Null);
    }
}

#[tokio::test]
async fn pages_follow_each_other_while_resources_come_and_go() {
    let gateway = Gateway::start().await;
    for name in ["a", "b", "c", "d", "e"] {
        gateway.done("createConsumer", json!({ "name": name })).await;
    }
    let page = async |arguments: &str| {
        let query = format!(
            "{{ consumers({arguments}) {{ nodes {{ name }} totalCount pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} }}"
        );
        gateway.query(&query).await["consumers"].clone()
    };
    let names = |page: &Value| -> String {
        page["nodes"].as_array().unwrap().iter().map(|node| node["name"].as_str().unwrap().to_owned()).collect()
    };
    let first = page("first: 2").await;
    assert_eq!(
        (names(&first).as_str(), &first["totalCount"], &first["pageInfo"]["hasNextPage"]),
        ("ab", &json!(5), &json!(true))
    );

    gateway.done("deleteConsumer", json!({ "name": "b" })).await;
    gateway.done("createConsumer", json!({ "name": "a0" })).await;
    let second = page(&format!("first: 2, after: {}", first["pageInfo"]["endCursor"])).await;
    assert_eq!(names(&second), "cd");
    let back = page(&format!("last: 2, before: {}", second["pageInfo"]["startCursor"])).await;
    assert_eq!((names(&back).as_str(), &back["pageInfo"]["hasPreviousPage"]), ("aa0", &json!(false)));

    let refused = gateway.graphql("{ consumers(first: 1, last: 1) { nodes { name } } }", Value::Null).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
}

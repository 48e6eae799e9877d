//! Revisions: expected, conflicting, rehearsed and remembered.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::gateway::Gateway;

#[tokio::test]
async fn a_change_on_an_old_revision_is_told_what_came_since() {
    let gateway = Gateway::start().await.with_route().await;
    gateway.done("updateRoute", json!({ "name": "orders", "hosts": ["a.example"] })).await;

    let input = json!({ "name": "orders", "pathPrefix": "/", "expectedRevision": 2 });
    let answer = gateway.try_mutate("updateRoute", input, "revision").await;
    let extensions = &answer["errors"][0]["extensions"];
    assert_eq!(answer["data"]["updateRoute"], Value::Null);
    assert_eq!(extensions["code"], "CONFLICT");
    assert_eq!((&extensions["currentRevision"], &extensions["yourRevision"]), (&json!(3), &json!(2)));
    assert_eq!(extensions["changedPaths"], json!(["routes.orders"]));

    let input = json!({ "name": "orders", "pathPrefix": "/", "expectedRevision": 3 });
    assert_eq!(gateway.mutate("updateRoute", input, "revision").await["revision"], 4);
}

#[tokio::test]
async fn a_conflict_goes_before_mistakes_that_it_may_explain() {
    let gateway = Gateway::start().await.with_route().await;
    gateway.done("deleteRoute", json!({ "name": "orders" })).await;
    let input = json!({ "name": "orders", "expectedRevision": 2 });
    let answer = gateway.try_mutate("deleteRoute", input, "revision userErrors { code }").await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "CONFLICT");
    assert_eq!(answer["errors"][0]["extensions"]["changedPaths"], json!(["routes.orders"]));
}

#[tokio::test]
async fn a_revision_that_is_not_there_yet_is_a_conflict_too() {
    let gateway = Gateway::start().await.with_route().await;
    let input = json!({ "name": "orders", "expectedRevision": 99 });
    let answer = gateway.try_mutate("deleteRoute", input, "revision").await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "CONFLICT");
    assert_eq!(answer["errors"][0]["extensions"]["yourRevision"], 99);
}

#[tokio::test]
async fn a_dry_run_answers_as_usual_and_changes_nothing() {
    let gateway = Gateway::start().await.with_route().await;
    let fields = "route { hosts } revision committed userErrors { path }";
    let input = json!({ "name": "orders", "hosts": ["a.example"], "dryRun": true });
    let answer = gateway.mutate("updateRoute", input, fields).await;
    assert_eq!(
        answer,
        json!({ "route": { "hosts": ["a.example"] }, "revision": 2, "committed": false, "userErrors": [] })
    );

    let input = json!({ "name": "orders", "upstream": "nowhere", "dryRun": true });
    let answer = gateway.mutate("updateRoute", input, fields).await;
    assert_eq!(answer["userErrors"][0]["path"], json!(["routes", "orders", "upstream"]));
    assert_eq!(
        gateway.query("{ currentRevision route(name: \"orders\") { hosts } }").await,
        json!({ "currentRevision": 2, "route": { "hosts": [] } })
    );
}

#[tokio::test]
async fn a_change_that_changes_nothing_makes_no_revision() {
    let gateway = Gateway::start().await.with_route().await;
    let answer = gateway.mutate("updateRoute", json!({ "name": "orders", "hosts": [] }), "revision committed").await;
    assert_eq!(answer, json!({ "revision": 2, "committed": false }));
}

#[tokio::test]
async fn no_update_is_lost_when_many_change_parts_of_one_thing() {
    let gateway = Arc::new(Gateway::start().await);
    gateway.done("createUpstream", json!({ "name": "u", "targets": [{ "address": "a:1" }] })).await;
    let change = |field: &'static str| {
        let gateway = gateway.clone();
        tokio::spawn(async move {
            for value in 1..=5 {
                gateway.done("updateUpstream", json!({ "name": "u", "timeouts": { field: value } })).await;
            }
        })
    };
    for task in ["connectMs", "responseMs", "idleMs"].map(change) {
        task.await.unwrap();
    }
    let data =
        gateway.query("{ currentRevision upstream(name: \"u\") { timeouts { connectMs responseMs idleMs } } }").await;
    let timeouts = json!({ "connectMs": 5, "responseMs": 5, "idleMs": 5 });
    assert_eq!(data, json!({ "currentRevision": 16, "upstream": { "timeouts": timeouts } }));
}

#[tokio::test]
async fn a_revision_remembers_who_when_why_and_what() {
    let gateway = Gateway::start().await.with_route().await;
    gateway.done("updateRoute", json!({ "name": "orders", "hosts": ["a.example"], "comment": "only one host" })).await;
    let query = "{ revision(number: 3) { number actor comment committedAt changes { totalCount nodes { kind name action before after } } } }";
    let revision = gateway.query(query).await["revision"].clone();
    assert_eq!(
        (&revision["number"], &revision["actor"], &revision["comment"]),
        (&json!(3), &json!("tester"), &json!("only one host"))
    );
    assert!(revision["committedAt"].as_str().unwrap().ends_with('Z'));
    let route = json!({ "name": "orders", "pathPrefix": "/orders", "upstream": "orders" });
    let mut changed = route.clone();
    changed["hosts"] = json!(["a.example"]);
    let change = json!({ "kind": "ROUTE", "name": "orders", "action": "UPDATE", "before": route, "after": changed });
    assert_eq!(revision["changes"], json!({ "totalCount": 1, "nodes": [change] }));
    assert_eq!(gateway.query("{ revision(number: 99) { number } }").await["revision"], Value::Null);
}

#[tokio::test]
async fn revisions_are_paged_newest_first_in_both_directions() {
    let gateway = Gateway::start().await;
    for name in ["a", "b", "c", "d", "e"] {
        gateway.done("createConsumer", json!({ "name": name })).await;
    }
    let page = async |arguments: String| {
        let query = format!(
            "{{ revisions({arguments}) {{ nodes {{ number }} totalCount pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} }}"
        );
        let page = gateway.query(&query).await["revisions"].clone();
        let numbers: Vec<u64> =
            page["nodes"].as_array().unwrap().iter().map(|node| node["number"].as_u64().unwrap()).collect();
        let info = page["pageInfo"].clone();
        (numbers, info["hasPreviousPage"] == true, info["hasNextPage"] == true, info)
    };
    let (numbers, previous, next, info) = page("first: 2".into()).await;
    assert_eq!((numbers, previous, next), (vec![5, 4], false, true));
    let (numbers, previous, next, info) = page(format!("first: 2, after: {}", info["endCursor"])).await;
    assert_eq!((numbers, previous, next), (vec![3, 2], true, true));
    let (numbers, previous, next, _) = page(format!("last: 2, before: {}", info["startCursor"])).await;
    assert_eq!((numbers, previous, next), (vec![5, 4], false, true));
    let (numbers, previous, next, _) = page("last: 2".into()).await;
    assert_eq!((numbers, previous, next), (vec![2, 1], true, false));
    let (numbers, previous, next, _) = page("first: 100".into()).await;
    assert_eq!((numbers, previous, next), (vec![5, 4, 3, 2, 1], false, false));
}

#[tokio::test]
async fn the_audit_log_is_paged_newest_first() {
    let gateway = Gateway::start().await;
    for name in ["a", "b", "c"] {
        gateway.done("createConsumer", json!({ "name": name })).await;
    }
    let query = |after: &Value| {
        format!(
            "{{ audit(first: 2, after: {after}) {{ nodes {{ id at action revision {{ number }} }} pageInfo {{ hasNextPage endCursor }} }} }}"
        )
    };
    let numbers = |page: &Value| -> Vec<Value> {
        page["audit"]["nodes"].as_array().unwrap().iter().map(|entry| entry["revision"]["number"].clone()).collect()
    };
    let first = gateway.query(&query(&Value::Null)).await;
    assert_eq!(numbers(&first), [json!(3), json!(2)]);
    let second = gateway.query(&query(&first["audit"]["pageInfo"]["endCursor"])).await;
    assert_eq!(numbers(&second)[0], json!(1));
}

//! A change is whole or not at all, and says everything that is wrong with it.

use anyhow::Result;
use gateway_tests::Gateway;
use serde_json::{Value, json};
use sluice_testkit::upstream::Upstream;

const APPLY: &str = "mutation($input: ApplyDocumentInput!) { applyDocument(input: $input) {
    revision userErrors { path message } } }";

async fn revision(gateway: &Gateway) -> Result<Value> {
    gateway.admin.graphql("{ currentRevision document }", json!({})).await
}

#[tokio::test]
async fn a_bad_document_is_refused_whole_with_every_error_at_its_path() -> Result<()> {
    let gateway = Gateway::start().await?;
    let upstream = Upstream::start("orders").await?;
    gateway.route("orders", upstream.address).await?;
    gateway.plugin("rate-limit", "plugin-rate-limit").await?;
    let before = revision(&gateway).await?;
    let mut document = before["document"].clone();
    document["routes"] = json!([
        { "name": "orders", "pathPrefix": "/orders", "upstream": "gone" },
        { "name": "twin", "pathPrefix": "/twin", "upstream": "orders" },
        { "name": "twin-2", "pathPrefix": "/twin/", "upstream": "orders" },
    ]);
    document["usagePlans"] = json!([{ "name": "gold", "throttle": { "rateLimit": 1, "burstLimit": 0 } }]);
    document["attachments"] = json!([{ "name": "limits", "plugin": "rate-limit", "config": { "rateLimit": "fast" }, "grants": ["usage-plan"] }]);
    let input = json!({ "document": document });
    let payload = gateway.admin.graphql(APPLY, json!({ "input": input })).await?["applyDocument"].clone();
    let paths: Vec<String> = payload["userErrors"]
        .as_array()
        .map_or(&[][..], Vec::as_slice)
        .iter()
        .map(|error| {
            error["path"]
                .as_array()
                .map_or(&[][..], Vec::as_slice)
                .iter()
                .filter_map(Value::as_str)
                .collect::<Vec<_>>()
                .join(".")
        })
        .collect();
    for place in [
        "routes.orders.upstream",
        "routes.twin-2.pathPrefix",
        "usagePlans.gold.throttle.burstLimit",
        "attachments.limits.config.rateLimit",
    ] {
        assert!(paths.iter().any(|path| path == place), "{place} is not among {paths:?}");
    }
    assert_eq!(revision(&gateway).await?, before);
    Ok(())
}

#[tokio::test]
async fn a_change_against_an_older_revision_is_a_conflict_that_says_what_changed() -> Result<()> {
    let gateway = Gateway::start().await?;
    let upstream = Upstream::start("orders").await?;
    gateway.route("orders", upstream.address).await?;
    let create = "mutation($input: CreateConsumerInput!) { createConsumer(input: $input) { revision } }";
    let input = json!({ "name": "acme", "expectedRevision": 1 });
    let answer = gateway.admin.graphql_raw(create, json!({ "input": input })).await?;
    let extensions = &answer["errors"][0]["extensions"];
    assert_eq!(extensions["code"], "CONFLICT");
    assert_eq!(extensions["changedPaths"], json!(["routes.orders"]));
    Ok(())
}

#[tokio::test]
async fn nobody_is_let_in_without_a_token() -> Result<()> {
    let gateway = Gateway::start().await?;
    let stranger = sluice_testkit::admin::Admin::new(gateway.admin_address(), "sla_wrong");
    let answer = stranger.graphql_raw("{ currentRevision }", json!({})).await?;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    assert!(stranger.upload(b"\0asm\x01\0\0\0".to_vec()).await.is_err());
    Ok(())
}

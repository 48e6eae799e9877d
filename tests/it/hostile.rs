//! Modules and plugins that mean harm: each has its expected answer, and honest requests beside it notice nothing.

mod modules;

use anyhow::Result;
use gateway_tests::Gateway;
use hyper::StatusCode;
use serde_json::json;
use sluice_testkit::{
    client::{Client, Version},
    upstream::Upstream,
};

async fn gateway(on_failure: &str) -> Result<(Gateway, Upstream)> {
    let gateway = Gateway::start().await?;
    let upstream = Upstream::start("orders").await?;
    gateway.route("orders", upstream.address).await?;
    gateway.plugin("hostile", "guest-hostile").await?;
    let input = json!({ "name": "hostile", "plugin": "hostile", "route": "orders", "onFailure": on_failure });
    gateway.create("Attachment", input).await?;
    Ok((gateway, upstream))
}

async fn attack(gateway: &Gateway, client: &Client, name: &str, value: &str) -> Result<StatusCode> {
    let headers = [("x-attack", name), ("x-value", value)];
    Ok(client.get(&gateway.https("/orders"), &headers).await?.status)
}

/// Attacks that cost their own request: refused with 503 when the attachment fails closed, passed on when it fails open.
const FAILING: [&str; 8] = ["loop", "recursion", "memory", "panic", "trap", "mutations", "state", "callout"];

#[tokio::test]
async fn a_hook_that_does_harm_fails_and_the_next_request_passes() -> Result<()> {
    // A gateway for each: several faults in a row would quarantine the attachment, which is another test's matter.
    for name in FAILING {
        let (gateway, _upstream) = gateway("CLOSED").await?;
        let client = gateway.client(Version::Http1)?;
        assert_eq!(attack(&gateway, &client, name, "").await?, 503, "{name}");
        assert_eq!(client.get(&gateway.https("/orders"), &[]).await?.status, 200, "after {name}");
    }
    Ok(())
}

#[tokio::test]
async fn failing_open_leaves_the_request_as_it_was() -> Result<()> {
    let (gateway, _upstream) = gateway("OPEN").await?;
    let client = gateway.client(Version::Http1)?;
    let answer = client.get(&gateway.https("/orders"), &[("x-attack", "mutations")]).await?;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json()?["headers"]["x-flood"], json!(null));
    Ok(())
}

/// Names and values that would split a message, forge a pseudo-header or take over the connection.
const INJECTIONS: [&str; 10] = [
    "x-a=one%0d%0ax-evil: 1",
    "x-a=one%0ax-evil: 1",
    "x-a=one%00two",
    "x-a%0d%0ax-evil=1",
    ":path=/admin",
    ":authority=elsewhere.example",
    "host=elsewhere.example",
    "transfer-encoding=chunked",
    "content-length=0",
    "connection=x-request-id",
];

#[tokio::test]
async fn a_header_that_would_break_out_is_never_written() -> Result<()> {
    for injection in INJECTIONS {
        let (gateway, _upstream) = gateway("CLOSED").await?;
        let client = gateway.client(Version::Http1)?;
        assert_eq!(attack(&gateway, &client, "header", injection).await?, 503, "{injection}");
        assert_eq!(attack(&gateway, &client, "header", "x-fine=1").await?, 200, "after {injection}");
    }
    Ok(())
}

#[tokio::test]
async fn a_flood_of_log_lines_is_cut_and_the_request_passes() -> Result<()> {
    let (gateway, _upstream) = gateway("CLOSED").await?;
    let client = gateway.client(Version::Http1)?;
    assert_eq!(attack(&gateway, &client, "log-flood", "").await?, 200);
    Ok(())
}

#[tokio::test]
async fn a_flood_of_labels_becomes_one_other() -> Result<()> {
    let (gateway, _upstream) = gateway("CLOSED").await?;
    let client = gateway.client(Version::Http1)?;
    assert_eq!(attack(&gateway, &client, "label-flood", "").await?, 200);
    let (_, metrics) = gateway.admin.page("/metrics").await?;
    let series: Vec<_> = metrics.lines().filter(|line| line.starts_with("sluice_plugin_hostile_flood")).collect();
    assert!((100..=102).contains(&series.len()), "{} series", series.len());
    assert!(series.iter().any(|line| line.contains("turn=\"other\"")), "{series:?}");
    Ok(())
}

#[tokio::test]
async fn a_plugin_does_not_see_what_another_one_keeps() -> Result<()> {
    let (gateway, upstream) = gateway("CLOSED").await?;
    gateway.route("other", upstream.address).await?;
    gateway.create("Attachment", json!({ "name": "thief", "plugin": "hostile", "route": "other" })).await?;
    let client = gateway.client(Version::Http1)?;
    assert_eq!(attack(&gateway, &client, "hide", "").await?, 200);
    let own = client.get(&gateway.https("/orders"), &[("x-attack", "steal")]).await?;
    assert_eq!(own.text(), "stolen", "its own store it sees");
    let others = client.get(&gateway.https("/other"), &[("x-attack", "steal")]).await?;
    assert_eq!(others.text(), "nothing");
    Ok(())
}

#[tokio::test]
async fn a_plugin_that_goes_on_failing_is_quarantined_and_its_route_answers_at_once() -> Result<()> {
    let (gateway, upstream) = gateway("CLOSED").await?;
    gateway.route("honest", upstream.address).await?;
    let client = gateway.client(Version::Http1)?;
    for _ in 0..8 {
        assert_eq!(attack(&gateway, &client, "loop", "").await?, 503);
    }
    let refused = client.get(&gateway.https("/orders"), &[]).await?;
    assert_eq!(refused.status, 503, "also an honest request: the plugin is not asked");
    assert!(refused.json()?["type"].as_str().is_some_and(|kind| kind.contains("quarantine")), "{}", refused.text());
    assert_eq!(client.get(&gateway.https("/honest"), &[]).await?.status, 200, "another route is untouched");
    Ok(())
}

//! Nothing that was acknowledged is lost.

use std::path::Path;

use anyhow::Result;
use gateway_tests::{Gateway, Process};
use serde_json::json;
use sluice_testkit::{
    client::{Client, Version},
    upstream::Upstream,
};
use tempfile::TempDir;

const BINARY: &str = env!("CARGO_BIN_EXE_sluice-under-test");

#[tokio::test]
async fn after_kill_nine_every_acknowledged_change_is_there_and_served() -> Result<()> {
    let data = TempDir::new()?;
    let upstream = Upstream::start("orders").await?;
    let mut process = Process::start(Path::new(BINARY), data.path()).await?;
    let upstreams =
        "mutation($input: CreateUpstreamInput!) { createUpstream(input: $input) { userErrors { message } } }";
    let routes = "mutation($input: CreateRouteInput!) { createRoute(input: $input) { userErrors { message } } }";
    for round in 0..3 {
        let name = format!("orders-{round}");
        let targets = json!([{ "address": upstream.address.to_string() }]);
        process.admin.mutate(upstreams, json!({ "input": { "name": name, "targets": targets } })).await?;
        let route = json!({ "name": name, "pathPrefix": format!("/{name}"), "upstream": name });
        process.admin.mutate(routes, json!({ "input": route })).await?;
        process = process.kill_and_restart().await?;
        for known in 0..=round {
            let answer = get(&process, &format!("/orders-{known}")).await?;
            assert_eq!(answer, 200, "/orders-{known} after kill {round}");
        }
    }
    Ok(())
}

async fn get(process: &Process, path: &str) -> Result<hyper::StatusCode> {
    let ca = sluice_testkit::certificate::Authority::new()?.pem();
    let client = Client::new(&ca, Version::Http1)?;
    Ok(client.get(&format!("http://{}{path}", process.http), &[]).await?.status)
}

#[tokio::test]
async fn a_gateway_that_starts_again_serves_what_it_served_before() -> Result<()> {
    let gateway = Gateway::start().await?;
    let upstream = Upstream::start("orders").await?;
    gateway.route("orders", upstream.address).await?;
    let key = gateway.consumer("acme", 10.0, 10).await?;
    gateway.plugin("auth", "plugin-auth").await?;
    gateway.attach("auth", json!({ "apiKey": {} }), &["identity"]).await?;
    let gateway = gateway.restart().await?;
    let client = gateway.client(Version::Http2)?;
    assert_eq!(client.get(&gateway.https("/orders"), &[("x-api-key", &key)]).await?.status, 200);
    assert_eq!(client.get(&gateway.https("/orders"), &[]).await?.status, 401);
    Ok(())
}

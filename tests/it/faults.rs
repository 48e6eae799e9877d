//! A plugin that traps, loops or leaks costs its own request only.

use anyhow::Result;
use futures_util::future::try_join_all;
use gateway_tests::Gateway;
use serde_json::json;
use sluice_testkit::{client::Version, upstream::Upstream};

const FAULTS: [&str; 3] = ["trap", "loop", "leak"];

async fn gateway(on_failure: &str) -> Result<(Gateway, Upstream)> {
    let gateway = Gateway::start().await?;
    let upstream = Upstream::start("orders").await?;
    gateway.route("orders", upstream.address).await?;
    gateway.plugin("faults", "guest-faults").await?;
    let input = json!({ "name": "faults", "plugin": "faults", "onFailure": on_failure });
    gateway.create("Attachment", input).await?;
    Ok((gateway, upstream))
}

#[tokio::test]
async fn failing_closed_refuses_the_request_without_naming_the_plugin() -> Result<()> {
    let (gateway, _upstream) = gateway("CLOSED").await?;
    let client = gateway.client(Version::Http2)?;
    let url = gateway.https("/orders");
    for fault in FAULTS {
        let answer = client.get(&url, &[("x-fault", fault)]).await?;
        assert_eq!(answer.status, 503, "{fault}");
        let problem = answer.json()?;
        assert_eq!(problem["type"], "/problems/plugin-failed", "{fault}: {problem}");
        assert!(problem["detail"].as_str().is_some_and(|detail| !detail.contains("faults")), "{fault}: {problem}");
        assert_eq!(client.get(&url, &[]).await?.status, 200, "after {fault}");
    }
    Ok(())
}

#[tokio::test]
async fn failing_open_passes_the_request_on() -> Result<()> {
    let (gateway, _upstream) = gateway("OPEN").await?;
    let client = gateway.client(Version::Http1)?;
    for fault in FAULTS {
        let answer = client.get(&gateway.https("/orders"), &[("x-fault", fault)]).await?;
        assert_eq!(answer.status, 200, "{fault}");
    }
    Ok(())
}

#[tokio::test]
async fn honest_requests_notice_nothing_of_failing_ones() -> Result<()> {
    let (gateway, _upstream) = gateway("CLOSED").await?;
    let client = gateway.client(Version::Http2)?;
    let url = gateway.https("/orders");
    let honest = try_join_all((0..50).map(|_| client.get(&url, &[])));
    // Fewer than the five after which the plugin would be quarantined, and honest requests refused with the rest.
    let failing = try_join_all(FAULTS.iter().cycle().take(4).map(|fault| {
        let (client, url) = (&client, &url);
        async move { client.get(url, &[("x-fault", fault)]).await }
    }));
    let (honest, failing) = tokio::try_join!(honest, failing)?;
    assert!(honest.iter().all(|answer| answer.status == 200));
    assert!(failing.iter().all(|answer| answer.status == 503));
    Ok(())
}

//! Plugins keep responses: served without the upstream, dropped by tag.

use anyhow::Result;
use gateway_tests::Gateway;
use serde_json::json;
use sluice_testkit::{client::Version, upstream::Upstream};

#[tokio::test]
async fn a_kept_response_is_served_without_the_upstream_until_its_tag_is_purged() -> Result<()> {
    let gateway = Gateway::start().await?;
    let upstream = Upstream::start("pages").await?;
    gateway.route("pages", upstream.address).await?;
    gateway.plugin("keeper", "guest-keeper").await?;
    gateway.attach("keeper", json!({}), &["cache"]).await?;
    let client = gateway.client(Version::Http2)?;
    let url = gateway.https("/pages/1");

    let first = client.get(&url, &[]).await?;
    assert_eq!((first.status.as_u16(), first.header("age")), (200, ""));
    let again = client.get(&url, &[]).await?;
    assert_eq!(
        (again.status.as_u16(), again.body.clone()),
        (200, first.body.clone()),
        "the same, with the first one's id"
    );
    assert_eq!(again.header("content-length"), first.body.len().to_string());
    assert_eq!((again.header("age").is_empty(), again.header("content-type")), (false, "application/json"));
    assert_ne!(again.header("x-request-id"), first.header("x-request-id"));

    let (_, metrics) = gateway.admin.page("/metrics").await?;
    let told = |name: &str| {
        let line = metrics.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.and_then(|value| value.parse::<usize>().ok())
    };
    assert_eq!(told("sluice_kept_responses"), Some(1));
    let bytes = told("sluice_kept_responses_bytes").unwrap_or_default();
    assert!((first.body.len()..first.body.len() + 4_096).contains(&bytes), "{bytes} for {}", first.body.len());

    let purged = client.get(&url, &[("x-purge", "pages")]).await?;
    assert_eq!(&purged.body[..], b"1");
    let after = client.get(&url, &[]).await?;
    assert_eq!(after.header("age"), "");
    assert_ne!(after.body, first.body);
    Ok(())
}

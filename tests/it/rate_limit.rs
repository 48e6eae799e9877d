//! How much they may: limits hold, say when to come back, and change while serving.

use anyhow::Result;
use gateway_tests::Gateway;
use serde_json::json;
use sluice_testkit::{client::Version, upstream::Upstream};

const DOUBLE: &str = "mutation { updateUsagePlan(input: {name: \"acme-plan\", throttle: {burstLimit: 10}}) {
    usagePlan { throttle { rateLimit burstLimit } } userErrors { path message } } }";

/// A gateway with keys and limits; `acme` may send `burst` requests at once and one every hundred seconds.
async fn gateway(burst: u32) -> Result<(Gateway, Upstream, String)> {
    let gateway = Gateway::start().await?;
    let upstream = Upstream::start("orders").await?;
    gateway.route("orders", upstream.address).await?;
    let key = gateway.consumer("acme", 0.01, burst).await?;
    gateway.plugin("auth", "plugin-auth").await?;
    gateway.plugin("rate-limit", "plugin-rate-limit").await?;
    gateway.attach("auth", json!({ "apiKey": {} }), &["identity"]).await?;
    gateway
        .attach(
            "rate-limit",
            json!({ "policies": [{ "tokenBucket": { "rateLimit": 1, "burstLimit": 1 }, "withoutPlan": true }] }),
            &["usage-plan"],
        )
        .await?;
    Ok((gateway, upstream, key))
}

#[tokio::test]
async fn past_the_burst_the_answer_is_429_and_says_when_to_come_back() -> Result<()> {
    let (gateway, _upstream, key) = gateway(3).await?;
    let client = gateway.client(Version::Http2)?;
    let url = gateway.https("/orders");
    for left in ["2", "1", "0"] {
        let answer = client.get(&url, &[("x-api-key", &key)]).await?;
        assert_eq!(answer.status, 200);
        assert!(answer.header("ratelimit").contains(&format!(";r={left}")), "{}", answer.header("ratelimit"));
    }
    let refused = client.get(&url, &[("x-api-key", &key)]).await?;
    assert_eq!(refused.status, 429);
    assert_eq!(refused.header("content-type"), "application/problem+json");
    let retry_after: u64 = refused.header("retry-after").parse()?;
    assert!((90..=100).contains(&retry_after), "{retry_after}");
    assert!(refused.header("ratelimit-policy").contains(";q=3"), "{}", refused.header("ratelimit-policy"));
    assert!(refused.header("ratelimit").contains(";r=0"), "{}", refused.header("ratelimit"));
    Ok(())
}

#[tokio::test]
async fn a_doubled_burst_acts_on_the_very_next_request() -> Result<()> {
    let (gateway, _upstream, key) = gateway(5).await?;
    let client = gateway.client(Version::Http1)?;
    let url = gateway.https("/orders");
    for expected in [200, 200, 200, 200, 200, 429] {
        assert_eq!(client.get(&url, &[("x-api-key", &key)]).await?.status, expected);
    }
    let payload = gateway.admin.mutate(DOUBLE, json!({})).await?;
    assert_eq!(payload["usagePlan"]["throttle"], json!({ "rateLimit": 0.01, "burstLimit": 10 }));
    for expected in [200, 200, 200, 200, 200, 429] {
        assert_eq!(client.get(&url, &[("x-api-key", &key)]).await?.status, expected);
    }
    Ok(())
}

#[tokio::test]
async fn a_change_to_another_route_resets_no_counter_and_cuts_no_connection() -> Result<()> {
    let (gateway, upstream, key) = gateway(2).await?;
    let client = gateway.client(Version::Http1)?;
    let url = gateway.https("/orders");
    assert_eq!(client.get(&url, &[("x-api-key", &key)]).await?.status, 200);
    gateway.route("elsewhere", upstream.address).await?;
    assert_eq!(client.get(&url, &[("x-api-key", &key)]).await?.status, 200);
    assert_eq!(client.get(&url, &[("x-api-key", &key)]).await?.status, 429);
    let (_, metrics) = gateway.admin.page("/metrics").await?;
    let connections = metrics
        .lines()
        .find(|line| line.contains("connections") && line.contains("accepted") && line.contains("https"));
    assert!(connections.is_some_and(|line| line.ends_with(" 1")), "{metrics}");
    Ok(())
}

// A consumer that had spent a slow plan was refused for half a minute after the plan was made a thousand times faster.
#[tokio::test]
async fn a_raised_rate_acts_at_once_for_a_consumer_that_had_spent_the_old_one() -> Result<()> {
    let (gateway, _upstream, key) = gateway(1).await?;
    let client = gateway.client(Version::Http2)?;
    let url = gateway.https("/orders");
    assert_eq!(client.get(&url, &[("x-api-key", &key)]).await?.status, 200);
    assert_eq!(client.get(&url, &[("x-api-key", &key)]).await?.status, 429);
    let raise = "mutation { updateUsagePlan(input: {name: \"acme-plan\", throttle: {rateLimit: 1000}}) {
        userErrors { path message } } }";
    gateway.admin.mutate(raise, json!({})).await?;
    let refused = client.get(&url, &[("x-api-key", &key)]).await?;
    // The first request may come before the first millisecond is over; it is told to come back in a second, not in a hundred.
    assert!(refused.status == 200 || refused.header("retry-after") == "1", "{}", refused.header("retry-after"));
    Ok(())
}

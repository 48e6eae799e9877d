//! What `auth` decides beside who calls, through a whole gateway.

use anyhow::{Context, Result};
use bytes::Bytes;
use futures_util::{StreamExt, stream::FuturesUnordered};
use gateway_tests::Gateway;
use hyper::Response;
use serde_json::{Value, json};
use sluice_testkit::{client::Version, upstream::Upstream};

/// A gateway with the consumer `acme`, and a service that is asked about each request.
async fn gateway(config: Value, grants: &[&str]) -> Result<(Gateway, [Upstream; 2], String)> {
    furnish(Gateway::start().await?, config, grants).await
}

async fn furnish(gateway: Gateway, config: Value, grants: &[&str]) -> Result<(Gateway, [Upstream; 2], String)> {
    let orders = Upstream::start("orders").await?;
    let policy = Upstream::answering(|head, _| {
        let allowed = head.headers.get("cookie").is_some_and(|cookie| cookie == "session=good");
        let response = Response::builder().status(if allowed { 200 } else { 403 }).header("x-user", "u-1");
        let response = response.header("content-type", "text/plain").body(Bytes::from_static(b"not you"));
        response.expect("a response")
    })
    .await?;
    gateway.route("orders", orders.address).await?;
    gateway.route("policy", policy.address).await?;
    let key = gateway.consumer("acme", 1_000.0, 1_000).await?;
    gateway.plugin("auth", "plugin-auth").await?;
    gateway.attach("auth", config, grants).await?;
    Ok((gateway, [orders, policy], key))
}

#[tokio::test]
async fn a_key_in_the_query_or_in_a_cookie_never_reaches_the_upstream() -> Result<()> {
    let config = json!({ "apiKey": { "query": "key", "cookie": "key" } });
    let (gateway, _upstreams, key) = gateway(config, &["identity"]).await?;
    let client = gateway.client(Version::Http1)?;
    let seen = client.get(&gateway.https(&format!("/orders?a=1&key={key}&b=2")), &[]).await?.json()?;
    assert_eq!(seen["path"], "/orders?a=1&b=2");
    // A client may send bytes beyond ASCII as they are, and does no harm by it.
    let seen = client.get(&gateway.https(&format!("/orders?a=jörg&key={key}")), &[]).await?.json()?;
    assert_eq!(seen["path"], "/orders?a=j%C3%B6rg");
    let cookies = format!("a=1; key={key}; b=2");
    let seen = client.get(&gateway.https("/orders"), &[("cookie", &cookies)]).await?.json()?;
    assert_eq!(seen["headers"]["cookie"], "a=1; b=2");
    assert_eq!(seen["headers"]["x-sluice-consumer"], "acme");
    Ok(())
}

#[tokio::test]
async fn who_guesses_is_told_to_wait_and_the_victim_is_not_charged() -> Result<()> {
    let config = json!({ "apiKey": {}, "failures": { "limit": 3, "windowSeconds": 3_600 } });
    let (gateway, _upstreams, _key) = gateway(config, &["identity"]).await?;
    let client = gateway.client(Version::Http1)?;
    let mut statuses = Vec::new();
    for _ in 0..4 {
        let answer = client.get(&gateway.https("/orders"), &[("x-api-key", "slk_guess")]).await?;
        assert_eq!(answer.header("content-type"), "application/problem+json");
        if answer.status == 429 {
            let seconds: u64 = answer.header("retry-after").parse()?;
            assert!((1..=1_200).contains(&seconds), "{seconds}");
        }
        statuses.push(answer.status.as_u16());
    }
    assert_eq!(statuses, [401, 401, 401, 429]);
    Ok(())
}

#[tokio::test]
async fn passwords_that_wait_leave_places_to_other_callers() -> Result<()> {
    let config = json!({ "apiKey": {}, "basic": {}, "failures": { "limit": 0 } });
    let few = Gateway::start_with(|settings| (settings.workers, settings.plugins.waiting) = (1, 16)).await?;
    let (gateway, _upstreams, key) = furnish(few, config, &["identity"]).await?;
    let (client, url) = (gateway.client(Version::Http2)?, gateway.https("/orders"));
    let guess = || client.get(&url, &[("authorization", "Basic bm9ib2R5Onc=")]);
    // Half of the places are for passwords.
    let mut guesses: FuturesUnordered<_> = (0..24).map(|_| guess()).collect();
    let first = guesses.next().await.context("there are 24")??;
    assert_eq!((first.status.as_u16(), first.header("retry-after")), (503, "1"));
    assert_eq!(client.get(&url, &[("x-api-key", &key)]).await?.status, 200);
    while let Some(answer) = guesses.next().await {
        assert!([401, 503].contains(&answer?.status.as_u16()));
    }
    Ok(())
}

#[tokio::test]
async fn a_service_of_the_operators_own_decides_and_answers() -> Result<()> {
    let service = json!({ "upstream": "policy", "path": "/check", "upstreamHeaders": ["x-user"] });
    let config = json!({ "forwardAuth": service });
    let (gateway, [_orders, policy], _) = gateway(config, &["identity", "upstream:policy"]).await?;
    let client = gateway.client(Version::Http2)?;
    let good = client.get(&gateway.https("/orders"), &[("cookie", "session=good"), ("x-user", "root")]).await?;
    assert_eq!((good.status.as_u16(), &good.json()?["headers"]["x-user"]), (200, &json!("u-1")));
    // Upstreams that read fields as variables would take this for the service's word.
    let alike = client.get(&gateway.https("/orders"), &[("cookie", "session=good"), ("x_user", "root")]).await?;
    let headers = &alike.json()?["headers"];
    assert_eq!((&headers["x-user"], &headers["x_user"]), (&json!("u-1"), &serde_json::Value::Null));
    let bad = client.get(&gateway.https("/orders"), &[("x-user", "root")]).await?;
    assert_eq!((bad.status.as_u16(), &bad.body[..]), (403, &b"not you"[..]));
    drop(policy);
    let gone = client.get(&gateway.https("/orders"), &[("cookie", "session=good")]).await?;
    assert_eq!((gone.status.as_u16(), gone.header("content-type")), (503, "application/problem+json"));
    Ok(())
}

#[tokio::test]
async fn who_is_not_allowed_by_address_or_group_is_forbidden() -> Result<()> {
    for config in [
        json!({ "apiKey": {}, "groups": ["partners"] }),
        json!({ "apiKey": {}, "ip": { "deny": ["127.0.0.0/8", "::1"] } }),
    ] {
        let (gateway, _upstreams, key) = gateway(config.clone(), &["identity"]).await?;
        let client = gateway.client(Version::Http1)?;
        let answer = client.get(&gateway.https("/orders"), &[("x-api-key", &key)]).await?;
        assert_eq!(
            (answer.status.as_u16(), answer.header("content-type")),
            (403, "application/problem+json"),
            "{config}"
        );
    }
    Ok(())
}

//! Plugins change bodies, whole and by pieces, and send requests elsewhere.

use anyhow::{Context, Result};
use bytes::Bytes;
use gateway_tests::Gateway;
use http_body_util::Full;
use hyper::Request;
use serde_json::json;
use sluice_testkit::{
    client::{Answer, Version},
    upstream::Upstream,
};

async fn gateway(isolation: &str, grants: &[&str]) -> Result<(Gateway, [Upstream; 2])> {
    let gateway = Gateway::start().await?;
    let upstreams = [Upstream::start("orders").await?, Upstream::start("other").await?];
    for (name, upstream) in ["orders", "other"].into_iter().zip(&upstreams) {
        gateway.route(name, upstream.address).await?;
    }
    gateway.plugin("bodies", "guest-bodies").await?;
    let input = json!({ "name": "bodies", "plugin": "bodies", "isolation": isolation, "grants": grants });
    gateway.create("Attachment", input).await?;
    Ok((gateway, upstreams))
}

async fn post(gateway: &Gateway, headers: &[(&str, &str)], body: String) -> Result<Answer> {
    let mut request = Request::post(gateway.https("/orders/1"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    gateway.client(Version::Http2)?.send(request.body(Full::new(Bytes::from(body)))?).await
}

#[tokio::test]
async fn a_whole_body_is_replaced_on_its_way_to_the_upstream() -> Result<()> {
    let (gateway, _upstreams) = gateway("SHARED", &[]).await?;
    let answer = post(&gateway, &[("x-request-body", "whole")], "quiet".into()).await?;
    let seen = answer.json()?;
    assert_eq!((answer.status.as_u16(), &seen["body"]), (200, &json!("QUIET")));
    assert_eq!((&seen["headers"]["x-body-length"], &seen["headers"]["content-length"]), (&json!("5"), &json!("5")));
    let answer = post(&gateway, &[("x-request-body", "whole")], "x".repeat(1025)).await?;
    assert_eq!(answer.status, 413);
    Ok(())
}

#[tokio::test]
async fn a_body_is_changed_piece_by_piece_whatever_its_length() -> Result<()> {
    let (gateway, _upstreams) = gateway("SHARED", &[]).await?;
    let length = 300_000;
    let answer = post(&gateway, &[("x-request-body", "pieces")], "q".repeat(length)).await?;
    let seen = answer.json()?;
    let body = seen["body"].as_str().context("a body")?;
    assert!(body.len() == length && body.bytes().all(|byte| byte == b'Q'), "{}", body.len());
    Ok(())
}

#[tokio::test]
async fn a_response_is_changed_both_ways() -> Result<()> {
    let (gateway, _upstreams) = gateway("SHARED", &[]).await?;
    for mode in ["whole", "pieces"] {
        let answer = post(&gateway, &[("x-response-body", mode)], "loud".into()).await?;
        let body = std::str::from_utf8(&answer.body)?;
        assert_eq!(answer.status, 200, "{mode}");
        assert!(body.contains(r#""BODY":"LOUD""#), "{mode}: {body}");
    }
    Ok(())
}

#[tokio::test]
async fn a_request_goes_to_the_upstream_that_its_plugin_is_granted_and_names() -> Result<()> {
    let (gateway, _upstreams) = gateway("SHARED", &["upstream:other"]).await?;
    let answer = post(&gateway, &[("x-upstream", "other")], String::new()).await?;
    assert_eq!(answer.json()?["upstream"], "other");
    let answer = post(&gateway, &[], String::new()).await?;
    assert_eq!(answer.json()?["upstream"], "orders");
    let answer = post(&gateway, &[("x-upstream", "orders")], String::new()).await?;
    assert_eq!(answer.status, 503, "it has no grant for that one");
    Ok(())
}

#[tokio::test]
async fn isolated_requests_leave_nothing_behind() -> Result<()> {
    let (gateway, _upstreams) = gateway("REQUEST", &[]).await?;
    for _ in 0..3 {
        assert_eq!(post(&gateway, &[], String::new()).await?.header("x-seen"), "1");
    }
    Ok(())
}

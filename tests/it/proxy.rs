//! Requests reach the upstream that their route names, over every version of HTTP.

use anyhow::Result;
use gateway_tests::Gateway;
use sluice_testkit::{client::Version, upstream::Upstream};

#[tokio::test]
async fn a_request_reaches_the_upstream_of_its_route_over_http1_and_http2() -> Result<()> {
    let gateway = Gateway::start().await?;
    let orders = Upstream::start("orders").await?;
    let search = Upstream::start("search").await?;
    gateway.route("orders", orders.address).await?;
    gateway.route("search", search.address).await?;
    for (version, spoken) in [(Version::Http1, hyper::Version::HTTP_11), (Version::Http2, hyper::Version::HTTP_2)] {
        let client = gateway.client(version)?;
        for name in ["orders", "search"] {
            let answer = client.get(&gateway.https(&format!("/{name}/7?q=1")), &[]).await?;
            assert_eq!(answer.status, 200);
            assert_eq!(answer.version, spoken);
            let seen = answer.json()?;
            assert_eq!(seen["upstream"], name);
            assert_eq!(seen["path"], format!("/{name}/7?q=1"));
            assert_eq!(seen["headers"]["x-forwarded-proto"], "https");
            assert_eq!(seen["headers"]["x-request-id"], answer.header("x-request-id"));
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_request_without_a_route_is_refused_as_a_problem_with_its_id() -> Result<()> {
    let gateway = Gateway::start().await?;
    let answer = gateway.client(Version::Http2)?.get(&gateway.https("/nowhere"), &[]).await?;
    assert_eq!(answer.status, 404);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let problem = answer.json()?;
    assert_eq!(problem["status"], 404);
    assert_eq!(problem["instance"], format!("urn:uuid:{}", answer.header("x-request-id")));
    Ok(())
}

#[tokio::test]
async fn what_a_client_says_of_itself_does_not_reach_the_upstream() -> Result<()> {
    let gateway = Gateway::start().await?;
    let upstream = Upstream::start("orders").await?;
    gateway.route("orders", upstream.address).await?;
    let lies = [
        ("x-sluice-consumer", "admin"),
        ("x-forwarded-for", "203.0.113.9"),
        ("x-forwarded-host", "evil.example"),
        ("x-request-id", "mine"),
        ("proxy-authorization", "Basic eA=="),
    ];
    let answer = gateway.client(Version::Http2)?.get(&gateway.https("/orders"), &lies).await?;
    let seen = answer.json()?;
    let headers = &seen["headers"];
    assert!(headers["x-sluice-consumer"].is_null());
    assert!(headers["proxy-authorization"].is_null());
    assert_eq!(headers["x-forwarded-for"], "127.0.0.1");
    assert_ne!(headers["x-request-id"], "mine");
    Ok(())
}

#[tokio::test]
async fn metrics_count_what_was_served() -> Result<()> {
    let gateway = Gateway::start().await?;
    let upstream = Upstream::start("orders").await?;
    gateway.route("orders", upstream.address).await?;
    gateway.client(Version::Http2)?.get(&gateway.https("/orders"), &[]).await?;
    let (status, page) = gateway.admin.page("/metrics").await?;
    assert_eq!(status, 200);
    let counted = page.lines().any(|line| {
        line.starts_with("http_request_duration_seconds_count")
            && line.contains(r#"route="orders""#)
            && line.ends_with(" 1")
    });
    assert!(counted, "{page}");
    Ok(())
}

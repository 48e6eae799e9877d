//! What a request leaves behind.

use super::harness::*;

#[tokio::test]
async fn a_line_tells_all_there_is_to_know_and_no_secret() {
    let upstream = Upstream::echoing().await;
    let mut gate = Gate::start(&one_route(&[upstream.address]));
    let request = "POST /orders/7?token=secret HTTP/1.1\r\nHost: api.example\r\nAuthorization: Bearer secret\r\nContent-Length: 6\r\n\r\nsecret";
    let reply = Raw::ask(gate.http(), request).await;
    let line = gate.line().await;
    assert_eq!(line["request_id"].as_str(), reply.field("x-request-id").as_deref());
    for (name, value) in [
        ("client_ip", "127.0.0.1"),
        ("http_version", "HTTP/1.1"),
        ("method", "POST"),
        ("host", "api.example"),
        ("path", "/orders/7"),
        ("route", "route"),
        ("upstream", &*upstream.address.to_string()),
        ("ended", "complete"),
    ] {
        assert_eq!(line[name], value);
    }
    assert_eq!((&line["status"], &line["received_bytes"]), (&200.into(), &6.into()));
    assert_eq!(line["sent_bytes"], reply.body.len());
    assert!(line["duration_us"].as_u64() >= line["upstream_us"].as_u64() && line["upstream_us"].as_u64() > Some(0));
    assert!(line["plugins_us"].is_null() && line["tls_version"].is_null() && line["refused_by"].is_null());
    assert!(!line.to_string().contains("secret"), "{line}");
}

#[tokio::test]
async fn a_refusal_is_logged_with_its_reason_and_counted_without_a_route() {
    let mut document = one_route(&[nobody().await]);
    document.routes.clear();
    add_route(&mut document, "route", &[], "/here", "upstream");
    let mut gate = Gate::start(&document);
    Raw::ask(gate.http(), "BREW /there HTTP/1.1\r\nHost: a\r\n\r\n").await;
    let line = gate.line().await;
    assert_eq!((&line["status"], &line["refused_by"]), (&404.into(), &"no-route".into()));
    assert!(line["route"].is_null() && line["upstream"].is_null());
    assert_eq!(gate.metric(r#"http_requests_total{method="other",route="-",status_code="404"}"#), 1.0);
}

#[tokio::test]
async fn requests_are_counted_with_their_bytes() {
    let upstream = Upstream::echoing().await;
    let mut gate = Gate::start(&one_route(&[upstream.address]));
    let mut client = Raw::to(gate.http()).await;
    let mut sent = 0;
    for _ in 0..3 {
        client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi").await;
        sent += client.expect().await.body.len();
        gate.line().await;
    }
    assert_eq!(gate.metric(r#"http_requests_total{method="PUT",route="route",status_code="200"}"#), 3.0);
    assert_eq!(
        gate.metric(r#"http_request_duration_seconds_count{method="PUT",route="route",status_code="200"}"#),
        3.0
    );
    assert_eq!(gate.metric(r#"http_request_body_bytes_total{route="route"}"#), 6.0);
    assert_eq!(gate.metric(r#"http_response_body_bytes_total{route="route"}"#), sent as f64);
    assert_eq!(gate.metric("http_requests_in_flight"), 0.0);
}

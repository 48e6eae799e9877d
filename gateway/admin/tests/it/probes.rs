//! What monitoring sees.

use std::sync::atomic::Ordering;

use axum::body::Body;

use crate::gateway::{Gateway, anonymous};

#[tokio::test]
async fn probes_answer_under_any_name_and_say_why_the_gateway_is_not_ready() {
    let gateway = Gateway::start().await;
    let probe = async |path: &str| {
        let request = http::Request::get(path).header("host", "10.0.0.7:9000").body(Body::empty()).unwrap();
        gateway.send(request).await
    };
    assert_eq!(probe("/livez").await.status, 200);
    assert_eq!(probe("/readyz").await.status, 200);
    gateway.ready.store(false, Ordering::Relaxed);
    let unready = probe("/readyz").await;
    assert_eq!((unready.status.as_u16(), unready.json()["detail"].as_str().unwrap()), (503, "no listener yet"));
    assert_eq!(probe("/livez").await.status, 200);
}

#[tokio::test]
async fn metrics_are_the_text_that_the_gateway_makes() {
    let gateway = Gateway::start().await;
    let metrics = gateway.get("/metrics").await;
    assert_eq!((metrics.status.as_u16(), metrics.text.ends_with("# EOF\n")), (200, true));
    assert!(metrics.header("content-type").starts_with("application/openmetrics-text"));
    assert_eq!(gateway.send(anonymous("HEAD", "/livez").body(Body::empty()).unwrap()).await.status, 200);
}

//! Who is let in, and how the others are told.

use axum::body::Body;
use gateway_config::system;
use serde_json::json;

use crate::gateway::{Gateway, anonymous};

#[tokio::test]
async fn without_a_token_nothing_but_the_probes_answers() {
    let gateway = Gateway::start().await;
    for (method, path) in
        [("POST", "/graphql"), ("GET", "/graphql"), ("POST", "/plugins"), ("GET", "/metrics"), ("GET", "/")]
    {
        let answer = gateway.send(anonymous(method, path).body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, 401, "{method} {path}");
        assert_eq!(answer.header("www-authenticate"), "Bearer realm=\"sluice\"", "{method} {path}");
    }
    for path in ["/livez", "/readyz"] {
        assert_eq!(gateway.send(anonymous("GET", path).body(Body::empty()).unwrap()).await.status, 200, "{path}");
    }
}

#[tokio::test]
async fn the_refusal_is_spelled_as_the_endpoint_spells_errors() {
    let gateway = Gateway::start().await;
    let problem = gateway.send(anonymous("GET", "/metrics").body(Body::empty()).unwrap()).await;
    assert_eq!(problem.header("content-type"), "application/problem+json");
    assert_eq!(problem.json()["status"], 401);
    assert_eq!(problem.json()["instance"], format!("urn:uuid:{}", problem.header("x-request-id")));

    let graphql = gateway.send(anonymous("POST", "/graphql").body(Body::empty()).unwrap()).await;
    assert_eq!(graphql.header("content-type"), "application/graphql-response+json");
    let error = &graphql.json()["errors"][0];
    assert_eq!(error["extensions"]["code"], "UNAUTHENTICATED");
    assert_eq!(error["extensions"]["requestId"], graphql.header("x-request-id"));
}

#[tokio::test]
async fn a_wrong_token_is_refused_and_a_deleted_one_too() {
    let gateway = Gateway::start().await;
    let try_token = async |token: &str| {
        let request = anonymous("GET", "/metrics").header("authorization", format!("Bearer {token}"));
        gateway.send(request.body(Body::empty()).unwrap()).await
    };
    assert_eq!(try_token(&gateway.token).await.status, 200);
    let wrong = try_token("nonsense").await;
    assert_eq!(wrong.status, 401);
    assert!(wrong.header("www-authenticate").contains("invalid_token"));

    gateway.service.delete_token(&system(), "tester").await.unwrap();
    assert_eq!(try_token(&gateway.token).await.status, 401);
}

#[tokio::test]
async fn guessing_tokens_is_slowed_down_without_locking_out_who_works() {
    let gateway = Gateway::start().await;
    assert_eq!(gateway.get("/metrics").await.status, 200);
    let mut statuses = Vec::new();
    for guess in 0..30 {
        let request = anonymous("GET", "/metrics").header("authorization", format!("Bearer guess-{guess}"));
        statuses.push(gateway.send(request.body(Body::empty()).unwrap()).await.status.as_u16());
    }
    assert!(statuses.contains(&401) && statuses.contains(&429), "{statuses:?}");
    assert_eq!(gateway.get("/metrics").await.status, 200);
}

#[tokio::test]
async fn a_name_that_was_rebound_to_this_machine_is_refused() {
    let gateway = Gateway::start().await;
    for (host, status) in [
        ("localhost:9000", 200),
        ("127.0.0.1:1234", 200),
        ("[::1]:9000", 200),
        ("evil.example:9000", 421),
        ("localhost.evil.example", 421),
        ("192.168.1.7:9000", 421),
    ] {
        let request = http::Request::get("/metrics").header("host", host);
        let request = request.header("authorization", format!("Bearer {}", gateway.token));
        assert_eq!(gateway.send(request.body(Body::empty()).unwrap()).await.status, status, "{host}");
    }
    let nameless = http::Request::get("/metrics").body(Body::empty()).unwrap();
    assert_eq!(gateway.send(nameless).await.status, 421);
}

#[tokio::test]
async fn the_audit_log_names_the_token_that_was_used() {
    let gateway = Gateway::start().await.with_route().await;
    let data = gateway.query("{ audit(first: 1) { nodes { actor action revision { number actor } } } }").await;
    let entry = &data["audit"]["nodes"][0];
    assert_eq!(
        *entry,
        json!({ "actor": "tester", "action": "config.changed", "revision": { "number": 2, "actor": "tester" } })
    );
}

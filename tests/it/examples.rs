//! The examples, as modules in a gateway: what their pages promise.

use anyhow::Result;
use aws_lc_rs::hmac;
use gateway_server::settings::Store;
use gateway_tests::Gateway;
use hyper::Response;
use serde_json::{Value, json};
use sluice_testkit::{
    client::{Client, Version},
    redis::Redis,
    upstream::Upstream,
};

struct Shop {
    gateway: Gateway,
    client: Client,
    _upstream: Upstream,
}

/// A gateway with the route `shop` and one example attached to it.
async fn shop(example: &str, config: Value, grants: &[&str]) -> Result<Shop> {
    attach(Gateway::start().await?, example, config, grants).await
}

async fn attach(gateway: Gateway, example: &str, config: Value, grants: &[&str]) -> Result<Shop> {
    let upstream = Upstream::start("shop").await?;
    gateway.route("shop", upstream.address).await?;
    gateway.plugin(example, &format!("example-{example}")).await?;
    let input = json!({ "name": example, "plugin": example, "route": "shop", "config": config, "grants": grants });
    gateway.create("Attachment", input).await?;
    let client = gateway.client(Version::Http1)?;
    Ok(Shop { gateway, client, _upstream: upstream })
}

impl Shop {
    fn url(&self, path: &str) -> String {
        self.gateway.https(&format!("/shop{path}"))
    }
}

#[tokio::test]
async fn header_edit_changes_both_messages() -> Result<()> {
    let config = json!({
        "request": { "set": { "x-tier": "gold" }, "remove": ["x-debug"] },
        "response": { "set": { "x-frame-options": "DENY" }, "remove": ["content-type"] },
    });
    let shop = shop("header-edit", config, &[]).await?;
    let answer = shop.client.get(&shop.url(""), &[("x-debug", "1")]).await?;
    assert_eq!(answer.header("x-frame-options"), "DENY");
    assert_eq!(answer.header("content-type"), "");
    let seen = answer.json()?;
    assert_eq!((&seen["headers"]["x-tier"], &seen["headers"]["x-debug"]), (&json!("gold"), &Value::Null));
    Ok(())
}

#[tokio::test]
async fn ab_cookie_sends_a_client_where_it_was() -> Result<()> {
    let gateway = Gateway::start().await?;
    let next = Upstream::start("next").await?;
    gateway.create("Upstream", json!({ "name": "next", "targets": [{ "address": next.address.to_string() }] })).await?;
    let shop = attach(gateway, "ab-cookie", json!({ "upstream": "next", "percent": 100 }), &["upstream:next"]).await?;
    let first = shop.client.get(&shop.url(""), &[]).await?;
    assert_eq!(first.json()?["upstream"], "next");
    assert!(first.header("set-cookie").starts_with("variant=b;"));
    let again = shop.client.get(&shop.url(""), &[("cookie", "variant=a")]).await?;
    assert_eq!((again.json()?["upstream"].clone(), again.header("set-cookie")), (json!("shop"), ""));
    Ok(())
}

#[tokio::test]
async fn hmac_signature_lets_signed_bodies_pass_only() -> Result<()> {
    let gateway = Gateway::start().await?;
    gateway.secret("webhook", b"a key that both sides know")?;
    let shop = attach(gateway, "hmac-signature", json!({ "secret": "webhook" }), &["secret:webhook"]).await?;
    let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?.as_secs();
    let body = r#"{"paid":true}"#;
    let signed = format!("{seconds}.POST./shop/hook.{body}");
    let key = hmac::Key::new(hmac::HMAC_SHA256, b"a key that both sides know");
    let mac = hmac::sign(&key, signed.as_bytes());
    let hex: String = mac.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    let signature = format!("t={seconds},v1={hex}");
    let headers = [("x-signature", signature.as_str())];
    let answer = shop.client.post(&shop.url("/hook"), &headers, body).await?;
    assert_eq!((answer.status.as_u16(), answer.json()?["body"].clone()), (200, json!(body)));
    let forged = shop.client.post(&shop.url("/hook"), &headers, r#"{"paid":true }"#).await?;
    assert_eq!(forged.status, 401);
    Ok(())
}

#[tokio::test]
async fn json_schema_tells_where_a_body_is_wrong() -> Result<()> {
    let schema = json!({
        "type": "object",
        "required": ["sku", "count"],
        "properties": { "sku": { "type": "string" }, "count": { "type": "integer", "minimum": 1 } },
    });
    let shop = shop("json-schema", json!({ "schema": schema }), &[]).await?;
    let headers = [("content-type", "application/json")];
    let good = shop.client.post(&shop.url("/orders"), &headers, r#"{"sku":"a","count":1}"#).await?;
    assert_eq!((good.status.as_u16(), good.json()?["body"].clone()), (200, json!(r#"{"sku":"a","count":1}"#)));
    let bad = shop.client.post(&shop.url("/orders"), &headers, r#"{"sku":7,"count":0}"#).await?;
    assert_eq!(bad.status, 422);
    let problem = bad.json()?;
    let detail = problem["detail"].as_str().unwrap_or_default();
    assert!(detail.contains("/sku") && detail.contains("/count"), "{problem}");
    Ok(())
}

#[tokio::test]
async fn rewrite_body_changes_a_response_as_it_streams() -> Result<()> {
    let shop = shop("rewrite-body", json!({ "find": "internal.example", "replace": "example.com" }), &[]).await?;
    let answer = shop.client.get(&shop.url(""), &[("x-link", "https://internal.example/a")]).await?;
    assert_eq!(answer.json()?["headers"]["x-link"], "https://example.com/a");
    Ok(())
}

#[tokio::test]
async fn ip_policy_looks_an_address_up_in_redis() -> Result<()> {
    let redis = Redis::start()?;
    redis.command(&["SET", "sluice:9:ip-policy:net:127.0.0.0/24", "DE"])?;
    let url = redis.url();
    let gateway = Gateway::start_with(|settings| {
        drop(settings.stores.insert("geo".to_owned(), Store { url, ..Store::default() }))
    })
    .await?;
    let config = json!({ "store": "geo", "allow": ["DE"], "allowUnknown": false, "keep": 1 });
    let shop = attach(gateway, "ip-policy", config, &["store:geo"]).await?;
    assert_eq!(shop.client.get(&shop.url(""), &[]).await?.status, 200);
    Ok(())
}

#[tokio::test]
async fn opa_is_asked_and_obeyed() -> Result<()> {
    let gateway = Gateway::start().await?;
    let policy = Upstream::answering(|head, body| {
        let told: Value = serde_json::from_slice(body).unwrap_or_default();
        let allow = head.uri.path() == "/v1/data/httpapi/authz" && told["input"]["headers"]["x-team"] == "red";
        Response::new(json!({ "result": { "allow": allow } }).to_string().into())
    })
    .await?;
    let targets = json!([{ "address": policy.address.to_string() }]);
    gateway.create("Upstream", json!({ "name": "policy", "targets": targets })).await?;
    let config = json!({ "upstream": "policy", "headers": ["x-team"] });
    let shop = attach(gateway, "opa", config, &["upstream:policy"]).await?;
    assert_eq!(shop.client.get(&shop.url(""), &[("x-team", "red")]).await?.status, 200);
    assert_eq!(shop.client.get(&shop.url(""), &[("x-team", "blue")]).await?.status, 403);
    drop(policy);
    assert_eq!(shop.client.get(&shop.url(""), &[("x-team", "red")]).await?.status, 503, "nobody is let in unasked");
    Ok(())
}

#[tokio::test]
async fn graphql_depth_counts_fragments() -> Result<()> {
    let shop = shop("graphql-depth", json!({ "maxDepth": 3 }), &[]).await?;
    let post = async |document: &str| {
        let body = json!({ "query": document }).to_string();
        anyhow::Ok(shop.client.post(&shop.url("/graphql"), &[("content-type", "application/json")], body).await?.status)
    };
    assert_eq!(post("{ a { ...F } } fragment F on T { b { c } }").await?, 200);
    assert_eq!(post("{ a { ...F } } fragment F on T { b { c { d } } }").await?, 400);
    assert_eq!(post("{ ...A } fragment A on T { ...A }").await?, 400);
    Ok(())
}

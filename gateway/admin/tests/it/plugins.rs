//! Modules: uploaded, named, attached.

use aws_lc_rs::{
    encoding::{AsDer, PublicKeyX509Der},
    signature::{Ed25519KeyPair, KeyPair},
};
use axum::body::Body;
use base64::{Engine, prelude::BASE64_STANDARD};
use gateway_config::{Policy, TrustedKeys};
use serde_json::{Value, json};

use crate::gateway::{Gateway, anonymous, module};

#[tokio::test]
async fn an_uploaded_module_is_named_attached_and_upgraded() {
    let gateway = Gateway::start().await.with_route().await;
    let uploaded = gateway.upload(&module("1.0.0")).await;
    let facts = uploaded.json();
    assert_eq!(uploaded.status, 201);
    assert_eq!((&facts["name"], &facts["version"], &facts["size"]), (&json!("header"), &json!("1.0.0"), &json!(13)));
    assert_eq!((&facts["hooks"], &facts["needs"]), (&json!(["request"]), &json!(["identity"])));
    assert_eq!(facts["imports"], json!(["sluice:plugin/log@0.1.0"]));

    gateway.done("createPlugin", json!({ "name": "header", "digest": facts["digest"] })).await;
    let input = json!({ "name": "h", "plugin": "header", "route": "orders", "order": 5, "config": { "value": "x" }, "grants": ["identity"], "onFailure": "OPEN" });
    gateway.done("createAttachment", input).await;

    let fields = "attachments { nodes { name order config grants onFailure route { name } plugin { name digest module { version configSchema } } } }";
    let seen = gateway
        .query(&format!("{{ route(name: \"orders\") {{ {fields} }} plugin(name: \"header\") {{ {fields} }} }}"))
        .await;
    let attachment = &seen["route"]["attachments"]["nodes"][0];
    assert_eq!(seen["plugin"]["attachments"]["nodes"][0], *attachment);
    assert_eq!(
        (&attachment["order"], &attachment["config"], &attachment["onFailure"]),
        (&json!(5), &json!({ "value": "x" }), &json!("OPEN"))
    );
    assert_eq!(attachment["plugin"]["module"]["version"], "1.0.0");

    let newer = gateway.upload(&module("1.1.0")).await.json();
    gateway.done("updatePlugin", json!({ "name": "header", "digest": newer["digest"] })).await;
    let data = gateway.query("{ attachment(name: \"h\") { plugin { module { version } } } modules { totalCount nodes { digest version } } }").await;
    assert_eq!(data["attachment"]["plugin"]["module"]["version"], "1.1.0");
    assert_eq!(data["modules"]["totalCount"], 2);
    let id = gateway.query("{ modules(first: 1) { nodes { id digest } } }").await["modules"]["nodes"][0].clone();
    let node = gateway.query(&format!("{{ node(id: {}) {{ ... on Module {{ digest }} }} }}", id["id"])).await;
    assert_eq!(node["node"]["digest"], id["digest"]);

    gateway.done("deleteAttachment", json!({ "name": "h" })).await;
    gateway.done("deletePlugin", json!({ "name": "header" })).await;
}

#[tokio::test]
async fn an_attachment_is_changed_field_by_field_and_null_is_the_default() {
    let gateway = Gateway::start().await.with_route().await;
    let digest = gateway.upload(&module("1")).await.json()["digest"].clone();
    gateway.done("createPlugin", json!({ "name": "header", "digest": digest })).await;
    let input = json!({ "name": "h", "plugin": "header", "route": "orders", "order": 5, "config": { "value": "x" }, "grants": ["identity"], "onFailure": "OPEN" });
    gateway.done("createAttachment", input).await;
    let fields = "attachment { route { name } order config grants onFailure }";
    let seen = gateway.mutate("updateAttachment", json!({ "name": "h", "order": 7 }), fields).await;
    let all = json!({ "route": { "name": "orders" }, "order": 7, "config": { "value": "x" }, "grants": ["identity"], "onFailure": "OPEN" });
    assert_eq!(seen["attachment"], all);
    let nulls = json!({ "name": "h", "order": null, "route": null, "config": null, "onFailure": null });
    let seen = gateway.mutate("updateAttachment", nulls, fields).await;
    let defaults = json!({ "route": null, "order": null, "config": {}, "grants": ["identity"], "onFailure": "CLOSED" });
    assert_eq!(seen["attachment"], defaults);
}

#[tokio::test]
async fn what_is_wrong_with_a_plugin_is_told_at_its_path() {
    let gateway = Gateway::start().await.with_route().await;
    let digest = gateway.upload(&module("1")).await.json()["digest"].clone();
    gateway.done("createPlugin", json!({ "name": "header", "digest": digest })).await;
    let unknown = format!("sha256:{}", "0".repeat(64));
    let attachment = |extra: Value| {
        let mut input = json!({ "name": "h", "plugin": "header", "grants": ["identity"] });
        input.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        input
    };
    for (mutation, input, path) in [
        ("createPlugin", json!({ "name": "x", "digest": "md5:1" }), json!(["plugins", "x", "digest"])),
        ("createPlugin", json!({ "name": "x", "digest": unknown }), json!(["plugins", "x", "digest"])),
        ("updatePlugin", json!({ "name": "header", "digest": null }), json!(["plugins", "header", "digest"])),
        ("updatePlugin", json!({ "name": "header", "digest": "x" }), json!(["plugins", "header", "digest"])),
        ("createAttachment", attachment(json!({ "grants": [] })), json!(["attachments", "h", "grants"])),
        (
            "createAttachment",
            attachment(json!({ "grants": ["identity", "root"] })),
            json!(["attachments", "h", "grants", "1"]),
        ),
        ("createAttachment", attachment(json!({ "plugin": "nope" })), json!(["attachments", "h", "plugin"])),
        (
            "createAttachment",
            attachment(json!({ "config": { "value": 1 } })),
            json!(["attachments", "h", "config", "value"]),
        ),
        (
            "createAttachment",
            attachment(json!({ "config": { "value": "refuse" } })),
            json!(["attachments", "h", "config"]),
        ),
    ] {
        let payload = gateway.mutate(mutation, input, "committed userErrors { path message }").await;
        assert_eq!(payload["userErrors"][0]["path"], path, "{payload}");
        assert_eq!(payload["userErrors"].as_array().unwrap().len(), 1, "{payload}");
        assert_eq!(payload["committed"], false);
    }
}

#[tokio::test]
async fn bodies_that_are_no_plugin_are_refused_with_the_reason() {
    let gateway = Gateway::start().await;
    for (body, said) in [
        (b"hello".to_vec(), "no WebAssembly module"),
        (b"\0asm\x0d\0\x01\0".to_vec(), "component"),
        (module("trap"), "describe trapped"),
    ] {
        let answer = gateway.upload(&body).await;
        assert_eq!((answer.status.as_u16(), answer.header("content-type")), (422, "application/problem+json"));
        assert!(answer.json()["detail"].as_str().unwrap().contains(said), "{}", answer.text);
    }
    assert_eq!(gateway.query("{ modules { totalCount } }").await["modules"]["totalCount"], 0);
}

#[tokio::test]
async fn uploads_need_a_token_the_right_type_and_a_moderate_size() {
    let gateway = Gateway::start().await;
    let nobody = anonymous("POST", "/plugins").header("content-type", "application/wasm").body(Body::empty()).unwrap();
    assert_eq!(gateway.send(nobody).await.status, 401);
    let untyped = gateway.request("POST", "/plugins").body(module("1").into()).unwrap();
    assert_eq!(gateway.send(untyped).await.status, 415);

    let large = (16 << 20) + 1;
    let announced =
        gateway.request("POST", "/plugins").header("content-type", "application/wasm").header("content-length", large);
    assert_eq!(gateway.send(announced.body(Body::empty()).unwrap()).await.status, 413);
    assert_eq!(gateway.upload(&vec![0; large]).await.status, 413);
}

#[tokio::test]
async fn uploading_a_module_again_answers_the_same() {
    let gateway = Gateway::start().await;
    let (first, again) = (gateway.upload(&module("1")).await, gateway.upload(&module("1")).await);
    assert_eq!((first.status, first.json()), (again.status, again.json()));
    assert_eq!(gateway.query("{ modules { totalCount } }").await["modules"]["totalCount"], 1);
}

#[tokio::test]
async fn a_gateway_with_trusted_keys_takes_in_signed_modules_only() {
    let pair = Ed25519KeyPair::generate().unwrap();
    let der: PublicKeyX509Der<'_> = pair.public_key().as_der().unwrap();
    let lines = BASE64_STANDARD.encode(der.as_ref());
    let pem = format!("-----BEGIN PUBLIC KEY-----\n{lines}\n-----END PUBLIC KEY-----\n");
    let trusted_keys = TrustedKeys::from_pem([("release", pem.as_bytes())]).unwrap();
    let gateway = Gateway::start_with(Policy { trusted_keys, ..Policy::default() }).await;

    let signature = BASE64_STANDARD.encode(pair.sign(&module("1")).as_ref());
    let unsigned = gateway.upload(&module("1")).await;
    assert_eq!(unsigned.status, 403);
    assert!(unsigned.json()["detail"].as_str().unwrap().contains("signed modules only"), "{}", unsigned.text);
    let other = gateway.upload_signed(&module("2"), &signature).await;
    assert_eq!(other.status, 403);
    assert!(other.json()["detail"].as_str().unwrap().contains("none of the trusted keys"), "{}", other.text);
    assert_eq!(gateway.upload_signed(&module("1"), "no base64!").await.status, 422);

    let taken = gateway.upload_signed(&module("1"), &signature).await;
    assert_eq!((taken.status.as_u16(), &taken.json()["signer"]), (201, &json!("release")));
    let data = gateway.query("{ modules { nodes { signer uploadedBy uploadedAt } } }").await;
    let told = &data["modules"]["nodes"][0];
    assert_eq!((&told["signer"], &told["uploadedBy"]), (&json!("release"), &json!("tester")));
    assert!(told["uploadedAt"].as_str().unwrap().ends_with('Z'), "{told}");
}

//! Credentials: made, taken over, rotated, revoked, and never shown again.

use gateway_model::KeyDigest;
use serde_json::{Value, json};

use crate::gateway::Gateway;

const ERRORS: &str = "committed userErrors { path message code }";
const KEY: &str = "0123456789-abcdef-imported";
const PASSWORD: &str = "correct horse battery";

/// A gateway with the consumer `acme`.
async fn with_consumer() -> Gateway {
    let gateway = Gateway::start().await;
    gateway.done("createConsumer", json!({ "name": "acme" })).await;
    gateway
}

/// As a request with this key does.
fn accepts(gateway: &Gateway, key: &str) -> bool {
    let now = u64::try_from(jiff::Timestamp::now().as_millisecond()).unwrap();
    let digest: KeyDigest = gateway.service.digest_key(key);
    gateway.service.snapshots().borrow().credentials.by_key(&digest, now).is_some()
}

async fn credential(gateway: &Gateway, fields: &str) -> Value {
    gateway.query(&format!("{{ credential(name: \"it\") {{ {fields} }} }}")).await["credential"].clone()
}

#[tokio::test]
async fn each_kind_is_made_and_told() {
    let gateway = with_consumer().await;
    let certificate = json!({ "uri": "spiffe://example.com/batch" });
    for (mutation, input, expected) in [
        ("createCredential", json!({}), json!({ "kind": "API_KEY", "username": null, "certificate": null })),
        (
            "importCredential",
            json!({ "key": KEY }),
            json!({ "kind": "API_KEY", "display": "0123", "username": null, "certificate": null }),
        ),
        (
            "createPassword",
            json!({ "password": PASSWORD }),
            json!({ "kind": "PASSWORD", "display": null, "username": "acme", "certificate": null }),
        ),
        (
            "createClientCertificate",
            json!({ "certificate": certificate }),
            json!({ "kind": "CERTIFICATE", "display": null, "username": null,
                "certificate": { "uri": "spiffe://example.com/batch", "dns": null } }),
        ),
    ] {
        let mut input = input;
        input["name"] = json!("it");
        input["consumer"] = json!("acme");
        input["expiresAt"] = json!("2036-01-01T00:00:00Z");
        gateway.done(mutation, input).await;
        let fields = "kind display username enabled createdAt expiresAt lastUsedAt certificate { uri dns } previousKeys { display }";
        let told = credential(&gateway, fields).await;
        for (field, value) in expected.as_object().unwrap() {
            assert_eq!(told[field], *value, "{mutation} {field}");
        }
        assert_eq!((&told["enabled"], &told["lastUsedAt"]), (&json!(true), &Value::Null));
        assert_eq!((&told["expiresAt"], &told["previousKeys"]), (&json!("2036-01-01T00:00:00Z"), &json!([])));
        assert!(told["createdAt"].as_str().unwrap().starts_with("20"), "{told}");
        gateway.done("deleteCredential", json!({ "name": "it" })).await;
    }
}

#[tokio::test]
async fn a_rotation_lets_both_keys_work_until_the_overlap_ends() {
    let gateway = with_consumer().await;
    let made = gateway.mutate("createCredential", json!({ "name": "it", "consumer": "acme" }), "secret").await;
    let first = made["secret"].as_str().unwrap().to_owned();
    assert!(accepts(&gateway, &first));

    let dry = json!({ "name": "it", "dryRun": true });
    assert_eq!(gateway.mutate("rotateCredential", dry, "secret committed").await["secret"], Value::Null);
    let input = json!({ "name": "it", "overlapSeconds": 3600 });
    let fields = "secret credential { display previousKeys { display expiresAt lastUsedAt } } committed";
    let rotated = gateway.mutate("rotateCredential", input, fields).await;
    let second = rotated["secret"].as_str().unwrap().to_owned();
    assert!(accepts(&gateway, &first) && accepts(&gateway, &second));
    let told = &rotated["credential"];
    assert_eq!(told["display"], second[..8]);
    assert_eq!(told["previousKeys"][0]["display"], first[..8]);
    assert!(told["previousKeys"][0]["lastUsedAt"].is_string(), "who has not changed over is seen: {told}");

    gateway.done("updateCredential", json!({ "name": "it", "endOverlap": true })).await;
    assert!(!accepts(&gateway, &first) && accepts(&gateway, &second));
    gateway.done("rotateCredential", json!({ "name": "it", "overlapSeconds": 0 })).await;
    assert!(!accepts(&gateway, &second));
    assert_eq!(credential(&gateway, "previousKeys { display }").await["previousKeys"], json!([]));
}

#[tokio::test]
async fn a_key_that_is_made_but_cannot_be_shown_is_to_be_rotated() {
    let gateway = with_consumer().await;
    let reporter = gateway.service.applied();
    let mut snapshots = gateway.service.snapshots();
    for (mutation, input) in [
        ("createCredential", json!({ "name": "it", "consumer": "acme" })),
        ("rotateCredential", json!({ "name": "it" })),
    ] {
        snapshots.mark_unchanged();
        let data_path = async {
            snapshots.changed().await.unwrap();
            reporter.failed(snapshots.borrow().revision, "the module is gone");
        };
        let (answer, ()) = tokio::join!(gateway.try_mutate(mutation, input, "secret"), data_path);
        let error = &answer["errors"][0];
        assert_eq!(error["extensions"]["code"], "UNAVAILABLE", "{answer}");
        let message = error["message"].as_str().unwrap();
        assert!(message.contains("the module is gone") && message.contains("rotate the credential"), "{message}");
    }
    assert_eq!(credential(&gateway, "kind").await["kind"], "API_KEY", "it is committed all the same");
}

#[tokio::test]
async fn a_revoked_credential_is_refused_at_once_and_may_come_back() {
    let gateway = with_consumer().await;
    gateway.done("importCredential", json!({ "name": "it", "consumer": "acme", "key": KEY })).await;
    assert!(accepts(&gateway, KEY));
    gateway.done("updateCredential", json!({ "name": "it", "enabled": false })).await;
    assert!(!accepts(&gateway, KEY));
    gateway.done("updateCredential", json!({ "name": "it", "enabled": true })).await;
    assert!(accepts(&gateway, KEY));
    gateway.done("updateCredential", json!({ "name": "it", "expiresAt": "2020-01-01T00:00:00Z" })).await;
    assert!(!accepts(&gateway, KEY));
    gateway.done("updateCredential", json!({ "name": "it", "expiresAt": null })).await;
    assert!(accepts(&gateway, KEY));
}

#[tokio::test]
async fn a_use_is_told_to_the_minute() {
    let gateway = with_consumer().await;
    gateway.done("importCredential", json!({ "name": "it", "consumer": "acme", "key": KEY })).await;
    assert_eq!(credential(&gateway, "lastUsedAt").await["lastUsedAt"], Value::Null);
    let before = gateway.service.document().0;
    assert!(accepts(&gateway, KEY));
    let used = credential(&gateway, "lastUsedAt").await["lastUsedAt"].as_str().unwrap().to_owned();
    assert!(used.ends_with(":00Z"), "{used}");
    gateway.service.exchange_uses().await.unwrap();
    assert_eq!(gateway.service.document().0, before, "it is no configuration");
}

#[tokio::test]
async fn what_is_wrong_is_told_at_its_field() {
    let gateway = with_consumer().await;
    gateway.done("createCredential", json!({ "name": "key", "consumer": "acme" })).await;
    gateway.done("createPassword", json!({ "name": "a-word", "consumer": "acme", "password": PASSWORD })).await;
    for (mutation, input, path) in [
        ("importCredential", json!({ "name": "it", "consumer": "acme", "key": "short" }), "it.key"),
        ("importCredential", json!({ "name": "it", "consumer": "acme", "key": "a".repeat(40) }), "it.key"),
        ("createPassword", json!({ "name": "it", "consumer": "acme", "password": "short" }), "it.password"),
        ("createPassword", json!({ "name": "it", "consumer": "acme", "password": PASSWORD }), "it.username"),
        (
            "createPassword",
            json!({ "name": "it", "consumer": "acme", "username": "a:b", "password": PASSWORD }),
            "it.username",
        ),
        ("setPassword", json!({ "name": "a-word", "password": "short" }), "a-word.password"),
        ("setPassword", json!({ "name": "key", "password": PASSWORD }), "key.name"),
        ("rotateCredential", json!({ "name": "a-word" }), "a-word.name"),
        ("rotateCredential", json!({ "name": "key", "overlapSeconds": -1 }), "key.overlapSeconds"),
        ("rotateCredential", json!({ "name": "key", "overlapSeconds": 31_536_001 }), "key.overlapSeconds"),
        ("updateCredential", json!({ "name": "key", "username": "x" }), "key.username"),
        ("updateCredential", json!({ "name": "a-word", "endOverlap": true }), "a-word.endOverlap"),
        (
            "createClientCertificate",
            json!({ "name": "it", "consumer": "acme", "certificate": { "dns": "*.example.com" } }),
            "it.certificate.dns",
        ),
    ] {
        let refused = gateway.mutate(mutation, input.clone(), ERRORS).await;
        let path: Vec<&str> = ["credentials"].into_iter().chain(path.split('.')).collect();
        assert_eq!(refused["userErrors"][0]["path"], json!(path), "{mutation} {input}: {refused}");
        assert_eq!((&refused["committed"], refused["userErrors"].as_array().unwrap().len()), (&json!(false), 1));
    }
}

#[tokio::test]
async fn no_more_earlier_keys_are_kept_than_may_be() {
    let gateway = with_consumer().await;
    gateway.done("createCredential", json!({ "name": "it", "consumer": "acme" })).await;
    for _ in 0..4 {
        gateway.done("rotateCredential", json!({ "name": "it" })).await;
    }
    let refused = gateway.mutate("rotateCredential", json!({ "name": "it" }), &format!("secret {ERRORS}")).await;
    assert_eq!(refused["userErrors"][0]["path"], json!(["credentials", "it", "previousKeys"]));
    assert_eq!(refused["secret"], Value::Null);
}

#[tokio::test]
async fn keys_passwords_and_their_hashes_stay_out_of_history_and_audit() {
    let gateway = with_consumer().await;
    gateway.done("importCredential", json!({ "name": "key", "consumer": "acme", "key": KEY })).await;
    gateway.done("rotateCredential", json!({ "name": "key" })).await;
    gateway.done("createPassword", json!({ "name": "a-word", "consumer": "acme", "password": PASSWORD })).await;
    gateway.done("setPassword", json!({ "name": "a-word", "password": "another horse" })).await;
    let told = gateway
        .query("{ revisions { nodes { changes { nodes { name before after } } } } audit { nodes { detail action } } }")
        .await
        .to_string();
    let everything = gateway.query("{ document credentials { nodes { name display username } } }").await.to_string();
    let digest = gateway.service.digest_key(KEY).to_hex();
    for secret in [&digest, "$argon2id$"] {
        assert!(!told.contains(secret), "{told}");
        assert!(everything.contains(secret), "a document that is exported can be applied again");
    }
    for secret in [KEY, PASSWORD, "another horse"] {
        assert!(!told.contains(secret) && !everything.contains(secret));
    }
}

#[tokio::test]
async fn a_document_with_all_kinds_is_applied_again_without_a_change() {
    let gateway = with_consumer().await;
    gateway.done("importCredential", json!({ "name": "key", "consumer": "acme", "key": KEY })).await;
    gateway.done("rotateCredential", json!({ "name": "key" })).await;
    gateway.done("createPassword", json!({ "name": "a-word", "consumer": "acme", "password": PASSWORD })).await;
    let fingerprint = ["AB"; 32].join(":");
    let certificate = json!({ "fingerprint": fingerprint });
    gateway
        .done("createClientCertificate", json!({ "name": "cert", "consumer": "acme", "certificate": certificate }))
        .await;
    gateway.done("updateCredential", json!({ "name": "cert", "enabled": false })).await;
    let document = gateway.query("{ document }").await["document"].clone();
    let applied = gateway.mutate(
        "applyDocument",
        json!({ "document": document }),
        "committed edits { name } userErrors { message }",
    );
    assert_eq!(applied.await, json!({ "committed": false, "edits": [], "userErrors": [] }));
    let yaml = gateway_config::to_yaml(&gateway.service.document().1);
    assert_eq!(gateway_config::parse_yaml(&yaml).unwrap(), *gateway.service.document().1);
}

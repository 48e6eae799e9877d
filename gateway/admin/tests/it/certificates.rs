//! Certificates that clients are shown: created, told of, renewed, deleted; and their keys, which nobody is told.

use gateway_config::{Policy, Vault};
use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use serde_json::{Value, json};

use crate::gateway::Gateway;

const FIELDS: &str = "certificate { name default dnsNames addresses keyAlgorithm chainLength expiresAt daysLeft } revision committed warnings { code path } userErrors { path message code }";

async fn start() -> Gateway {
    Gateway::start_with(Policy { vault: Some(Vault::ephemeral()), ..Policy::default() }).await
}

/// A certificate for this name that ends at the beginning of this year.
fn issued(key: &KeyPair, name: &str, year: i32) -> String {
    let mut params = CertificateParams::new([name.to_owned(), "127.0.0.1".to_owned()]).unwrap();
    params.not_after = date_time_ymd(year, 1, 1);
    params.self_signed(key).unwrap().pem()
}

fn input(name: &str, certificate: &str, key: &KeyPair) -> Value {
    json!({ "name": name, "certificate": certificate, "privateKey": key.serialize_pem() })
}

#[tokio::test]
async fn a_certificate_lives_from_creation_to_deletion_and_its_key_is_never_told() {
    let gateway = start().await;
    let key = KeyPair::generate().unwrap();
    let created =
        gateway.mutate("createCertificate", input("shop", &issued(&key, "shop.test", 2100), &key), FIELDS).await;
    let certificate = json!({
        "name": "shop", "default": false, "dnsNames": ["shop.test"], "addresses": ["127.0.0.1"],
        "keyAlgorithm": "ECDSA P-256", "chainLength": 1, "expiresAt": "2100-01-01T00:00:00Z",
        "daysLeft": created["certificate"]["daysLeft"],
    });
    assert_eq!(created["certificate"], certificate);
    assert!(created["certificate"]["daysLeft"].as_i64().unwrap() > 20_000);

    // Renewed for the same key, and without saying so again.
    let renewed = json!({ "name": "shop", "certificate": issued(&key, "shop.test", 2101), "default": true });
    let updated = gateway.mutate("updateCertificate", renewed, FIELDS).await;
    assert_eq!(updated["certificate"]["expiresAt"], "2101-01-01T00:00:00Z");
    assert_eq!((&updated["committed"], &updated["certificate"]["default"]), (&json!(true), &json!(true)));
    let other = KeyPair::generate().unwrap();
    let foreign = json!({ "name": "shop", "certificate": issued(&other, "shop.test", 2102) });
    let refused = gateway.mutate("updateCertificate", foreign, FIELDS).await;
    assert_eq!(refused["userErrors"][0]["path"], json!(["certificates", "shop", "privateKey"]));
    let nothing = gateway.mutate("updateCertificate", json!({ "name": "shop", "privateKey": null }), FIELDS).await;
    assert_eq!(nothing["userErrors"][0]["path"], json!(["certificates", "shop", "privateKey"]));
    gateway.done("deleteCertificate", json!({ "name": "shop" })).await;

    let history =
        "{ revisions { nodes { summary changes { nodes { kind before after } } } } audit { nodes { action detail } } }";
    let history = gateway.query(history).await.to_string();
    assert!(history.contains("CERTIFICATE") && history.contains("(hidden)"), "{history}");
    assert!(!history.contains("sealed:") && !history.contains("PRIVATE KEY"), "{history}");
}

#[tokio::test]
async fn what_ends_soon_is_found_and_warned_of() {
    let gateway = start().await;
    let key = KeyPair::generate().unwrap();
    for (name, year) in [("late", 2100), ("over", 2020)] {
        let made = gateway.mutate(
            "createCertificate",
            input(name, &issued(&key, &format!("{name}.test"), year), &key),
            FIELDS,
        );
        let warnings = made.await["warnings"].clone();
        let expected = json!([{ "code": "CERTIFICATE_EXPIRES", "path": ["certificates", "over", "certificate"] }]);
        assert_eq!(warnings, if name == "over" { expected } else { json!([]) });
    }
    let names = async |arguments: &str| {
        let query = format!("{{ certificates{arguments} {{ totalCount nodes {{ name }} }} }}");
        gateway.query(&query).await["certificates"].clone()
    };
    assert_eq!(names("(expireWithinDays: 30)").await, json!({ "totalCount": 1, "nodes": [{ "name": "over" }] }));
    assert_eq!(names("").await, json!({ "totalCount": 2, "nodes": [{ "name": "late" }, { "name": "over" }] }));
}

#[tokio::test]
async fn a_document_brings_keys_in_pem_and_is_exported_with_sealed_ones() {
    let gateway = start().await;
    let key = KeyPair::generate().unwrap();
    let document = json!({ "certificates": [input("shop", &issued(&key, "shop.test", 2100), &key)] });
    let apply = async |document: &Value| {
        let fields = "committed edits { action after } userErrors { path message }";
        gateway.mutate("applyDocument", json!({ "document": document }), fields).await
    };
    let applied = apply(&document).await;
    assert_eq!(
        (&applied["committed"], &applied["edits"][0]["after"]["privateKey"]),
        (&json!(true), &json!("(hidden)"))
    );
    assert_eq!(apply(&document).await["committed"], false, "the same once more is no change");
    let exported = gateway.query("{ document }").await["document"].clone();
    assert!(exported["certificates"][0]["privateKey"].as_str().unwrap().starts_with("sealed:v1:"));
    assert_eq!(apply(&exported).await["committed"], false);
    apply(&json!({})).await;
    assert_eq!(apply(&exported).await["committed"], true);
}

#[tokio::test]
async fn a_route_says_whose_certificates_it_wants() {
    let gateway = start().await;
    let authority = issued(&KeyPair::generate().unwrap(), "ca.test", 2100);
    let fields = "route { clientCertificate { mode authorities } } userErrors { path message }";
    let rule = json!({ "authorities": authority });
    let input = json!({ "name": "closed", "respond": { "status": 204 }, "clientCertificate": rule });
    let created = gateway.mutate("createRoute", input, fields).await;
    assert_eq!(created["route"]["clientCertificate"], json!({ "mode": "REQUIRED", "authorities": authority }));
    let input = json!({ "name": "closed", "clientCertificate": { "mode": "OPTIONAL", "authorities": "none" } });
    let refused = gateway.mutate("updateRoute", input, fields).await;
    let place = json!(["routes", "closed", "clientCertificate", "authorities"]);
    assert_eq!(refused["userErrors"][0]["path"], place);
    let updated = gateway.mutate("updateRoute", json!({ "name": "closed", "clientCertificate": null }), fields).await;
    assert_eq!(updated["route"]["clientCertificate"], Value::Null);
}

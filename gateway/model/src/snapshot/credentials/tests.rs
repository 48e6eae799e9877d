use serde_json::{Value, json};

use super::*;
use crate::{Compiled, DocumentFile, NoModules, Password, compile};

/// A moment of the tests, in milliseconds: 2026-11-29T00:00:00Z.
const NOW: u64 = 1_795_910_400_000;

/// The credentials of `acme`, each with its name and these fields.
fn compiled(credentials: Value) -> Arc<Credentials> {
    let credentials: Vec<Value> = credentials
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, fields)| {
            let mut item = fields.clone();
            item["name"] = json!(name);
            item["consumer"] = json!("acme");
            item
        })
        .collect();
    let document = json!({"consumers": [{"name": "acme", "groups": ["partners"]}], "credentials": credentials});
    let file: DocumentFile = serde_json::from_value(document).unwrap();
    let Compiled { snapshot, .. } = compile(&file.into_document().unwrap(), 1, &NoModules).unwrap();
    snapshot.credentials
}

fn digest(byte: u8) -> KeyDigest {
    KeyDigest([byte; 32])
}

fn hex(byte: u8) -> String {
    digest(byte).to_hex()
}

fn name(found: Option<&Arc<KnownCredential>>) -> Option<&str> {
    found.map(|credential| &*credential.name)
}

#[test]
fn several_keys_of_a_consumer_live_at_once_and_each_ends_at_its_time() {
    let known = compiled(json!({
        "ends": {"keyDigest": hex(1), "expiresAt": "2026-11-29T00:00:00.001Z"},
        "stays": {"keyDigest": hex(2)},
        "revoked": {"keyDigest": hex(3), "enabled": false},
    }));
    assert_eq!(name(known.by_key(&digest(1), NOW)), Some("ends"));
    assert_eq!(name(known.by_key(&digest(1), NOW + 1)), None, "not from its expiry on");
    assert_eq!(name(known.by_key(&digest(2), u64::MAX - 1)), Some("stays"));
    assert_eq!(name(known.by_key(&digest(3), NOW)), None);
    assert_eq!(name(known.by_key(&digest(4), NOW)), None);
    assert_eq!(&*known.get("revoked").unwrap().identity.consumer, "acme", "a name leads to its identity all the same");
}

#[test]
fn a_key_that_was_rotated_out_works_until_the_overlap_ends() {
    let previous = json!([{"keyDigest": hex(1), "expiresAt": "2026-11-29T01:00:00Z"}]);
    let fields = json!({"keyDigest": hex(2), "previousKeys": previous, "expiresAt": "2026-11-30T00:00:00Z"});
    let known = compiled(json!({"acme-1": fields}));
    let hour = 3_600_000;
    for (moment, old, new) in [
        (NOW, Some("acme-1"), Some("acme-1")),
        (NOW + hour - 1, Some("acme-1"), Some("acme-1")),
        (NOW + hour, None, Some("acme-1")),
        (NOW + 24 * hour, None, None),
    ] {
        assert_eq!((name(known.by_key(&digest(1), moment)), name(known.by_key(&digest(2), moment))), (old, new));
    }
}

#[test]
fn an_earlier_key_does_not_outlive_its_credential() {
    let previous = json!([{"keyDigest": hex(1), "expiresAt": "2036-01-01T00:00:00Z"}]);
    let fields = json!({"keyDigest": hex(2), "previousKeys": previous, "expiresAt": "2026-11-29T00:00:00Z"});
    assert_eq!(name(compiled(json!({"acme-1": fields})).by_key(&digest(1), NOW)), None);
}

#[test]
fn a_password_is_found_by_its_user_name_or_by_the_consumers() {
    let hash = format!("{}c2FsdHNhbHRzYWx0c2FsdA${}", Password::PARAMETERS, "A".repeat(43));
    let known = compiled(json!({
        "one": {"passwordHash": hash},
        "two": {"passwordHash": hash, "username": "batch", "enabled": false},
    }));
    let password = known.password("acme").unwrap();
    assert_eq!((&**password.hash, name(password.acceptance.accept(NOW))), (hash.as_str(), Some("one")));
    assert_eq!(name(known.password("batch").unwrap().acceptance.accept(NOW)), None);
    assert!(known.password("nobody").is_none());
}

#[test]
fn a_certificate_is_known_by_its_fingerprint_before_its_names() {
    let known = compiled(json!({
        "by-name": {"certificate": {"uri": "spiffe://example.com/batch"}},
        "by-print": {"certificate": {"fingerprint": hex(1).to_uppercase()}},
    }));
    let certificate = |print: u8| ClientCertificate {
        fingerprint: hex(print),
        subject: "CN=batch".into(),
        names: vec![
            CertificateName::Fingerprint(hex(print)),
            CertificateName::Dns("batch.example.com".into()),
            CertificateName::Uri("spiffe://example.com/batch".into()),
        ],
        until: NOW + 1,
    };
    assert_eq!(name(known.by_certificate(&certificate(1), NOW)), Some("by-print"));
    assert_eq!(name(known.by_certificate(&certificate(2), NOW)), Some("by-name"));
    assert_eq!(name(known.by_certificate(&certificate(1), NOW + 1)), None, "its validity is over");
    assert_eq!(name(known.by_certificate(&ClientCertificate::default(), NOW)), None);
}

#[test]
fn a_use_is_noted_to_the_minute_and_outlives_the_snapshot() {
    let document = json!({"acme-1": {"keyDigest": hex(1)}});
    let before = compiled(document.clone());
    let use_of = |known: &Credentials| known.get("acme-1").unwrap().last_uses[0].at_ms();
    assert!(before.by_key(&digest(1), NOW + 59_000).is_some() && before.by_key(&digest(2), NOW).is_none());
    assert_eq!(use_of(&before), Some(NOW));

    let after = compiled(document);
    after.continue_from(&before);
    assert_eq!(use_of(&after), Some(NOW));
    // A request that began with the snapshot before.
    assert!(before.by_key(&digest(1), NOW + 60_000).is_some());
    assert_eq!(use_of(&after), Some(NOW + 60_000));
    assert!(after.by_key(&digest(1), NOW).is_some());
    assert_eq!(use_of(&after), Some(NOW + 60_000), "time does not go back");
}

#[test]
fn what_was_refused_was_not_used() {
    let known = compiled(json!({"acme-1": {"keyDigest": hex(1), "enabled": false}}));
    assert!(known.by_key(&digest(1), NOW).is_none());
    assert_eq!(known.get("acme-1").unwrap().last_uses[0].at_ms(), None);
}

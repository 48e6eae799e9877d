use serde_json::{Value, json};

use super::*;

fn read(value: Value) -> Result<Credential, String> {
    serde_json::from_value(value).map_err(|error| error.to_string())
}

#[test]
fn a_credential_of_the_first_version_still_loads() {
    let stored = json!({"name": "acme-1", "consumer": "acme", "keyDigest": "0f".repeat(32)});
    let credential = read(stored.clone()).unwrap();
    let key = KeyRecord { key_digest: "0f".repeat(32), display: None };
    assert_eq!(credential, Credential::new("acme-1", "acme", Proof::ApiKey(ApiKey::new(key))));
    assert_eq!(serde_json::to_value(&credential).unwrap(), stored, "and is written as it was");
}

#[test]
fn each_kind_reads_back_as_it_is_written() {
    let previous = json!([{"keyDigest": "01".repeat(32), "display": "slk_Zz99", "expiresAt": "2026-12-01T00:00:00Z"}]);
    for fields in [
        json!({"keyDigest": "0f".repeat(32), "display": "slk_Ab12", "previousKeys": previous, "enabled": false}),
        json!({"username": "batch", "passwordHash": "$argon2id$…", "expiresAt": "2027-01-01T00:00:00Z"}),
        json!({"passwordHash": "$argon2id$…", "createdAt": "2026-11-01T00:00:00Z"}),
        json!({"certificate": {"dns": "batch.example.com"}}),
        json!({"certificate": {"fingerprint": "0f".repeat(32)}}),
    ] {
        let mut stored = fields;
        stored["name"] = json!("acme-1");
        stored["consumer"] = json!("acme");
        let credential = read(stored.clone()).unwrap();
        assert_eq!(serde_json::to_value(&credential).unwrap(), stored);
    }
}

#[test]
fn a_credential_is_of_one_kind_and_has_no_fields_of_another() {
    for (fields, words) in [
        (json!({}), "exactly one of keyDigest, passwordHash and certificate"),
        (json!({"keyDigest": "a", "passwordHash": "b"}), "exactly one of"),
        (json!({"keyDigest": "a", "username": "b"}), "username belongs to passwords"),
        (json!({"passwordHash": "a", "display": "b"}), "display or previousKeys belongs to API keys"),
        (json!({"certificate": {"dns": "a"}, "username": "b"}), "username belongs to passwords"),
        (json!({"certificate": {"name": "a"}}), "unknown variant `name`"),
        (json!({"keyDigest": "a", "expiresAt": "tomorrow"}), "expiresAt"),
        (json!({"keyDigest": "a", "color": "red"}), "unknown field `color`"),
    ] {
        let mut item = fields.clone();
        item["name"] = json!("n");
        item["consumer"] = json!("c");
        let error = read(item).unwrap_err();
        // The parser of dates tells the text, serde the field's path.
        assert!(error.contains(words) || words == "expiresAt", "{fields}: {error}");
    }
}

#[test]
fn nothing_that_proves_anything_is_shown() {
    let password = Password { username: Some("batch".into()), hash: "$argon2id$hush".into() };
    let key = KeyRecord { key_digest: "hush".into(), display: Some("slk_Ab12".into()) };
    let previous = vec![PreviousKey { key_digest: "hush".into(), display: None, expires_at: Timestamp::UNIX_EPOCH }];
    for proof in [Proof::Password(password), Proof::ApiKey(ApiKey { key, previous })] {
        let shown = format!("{:?}", Credential::new("a", "b", proof));
        assert!(!shown.contains("hush"), "{shown}");
    }
}

#[test]
fn a_password_hash_is_one_of_the_agreed_cost() {
    let salt = "c2FsdHNhbHRzYWx0c2FsdA";
    let hash = "A".repeat(43);
    assert!(Password::is_hash(&format!("$argon2id$v=19$m=19456,t=2,p=1${salt}${hash}")));
    for wrong in [
        format!("$argon2i$v=19$m=19456,t=2,p=1${salt}${hash}"),
        format!("$argon2id$v=19$m=4294967295,t=2,p=1${salt}${hash}"),
        format!("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA${hash}"),
        format!("$argon2id$v=19$m=19456,t=2,p=1${salt}$AAAA"),
        format!("$argon2id$v=19$m=19456,t=2,p=1${salt}${hash}$"),
        "secret".to_owned(),
        String::new(),
    ] {
        assert!(!Password::is_hash(&wrong), "{wrong}");
    }
}

#[test]
fn names_of_certificates_are_compared_in_one_form() {
    use CertificateName::{Dns, Email, Fingerprint, Uri};
    let colons = ["AB"; 32].join(":");
    for (written, compared) in [
        (Fingerprint(colons), Fingerprint("ab".repeat(32))),
        (Dns("Batch.Example.com.".into()), Dns("batch.example.com".into())),
        (Uri("spiffe://Example/Batch".into()), Uri("spiffe://Example/Batch".into())),
        (Email("Jo@Example.com".into()), Email("Jo@example.com".into())),
    ] {
        assert_eq!(written.canonical(), Ok(compared));
    }
    for wrong in [
        Fingerprint("ab".into()),
        Dns("*.example.com".into()),
        Dns(String::new()),
        Dns("two words".into()),
        Uri("batch".into()),
        Email("@".into()),
        Email("batch".into()),
    ] {
        assert!(wrong.canonical().is_err(), "{wrong:?}");
    }
}

#[test]
fn digests_are_equal_when_all_bytes_are() {
    for position in [0, 15, 31] {
        let mut other = [7; 32];
        other[position] = 8;
        assert_ne!(KeyDigest([7; 32]), KeyDigest(other));
    }
    assert_eq!(KeyDigest([7; 32]), KeyDigest([7; 32]));
}

#[test]
fn a_rotation_keeps_the_keys_that_have_not_ended() {
    let key = |digest: &str| KeyRecord { key_digest: digest.into(), display: None };
    let at = |second| Timestamp::from_second(second).unwrap();
    let mut keys = ApiKey::new(key("a"));
    keys.rotate(key("b"), at(0), at(10));
    keys.rotate(key("c"), at(5), at(20));
    let previous = |keys: &ApiKey| keys.previous.iter().map(|it| it.key_digest.clone()).collect::<String>();
    assert_eq!((keys.key.key_digest.as_str(), previous(&keys).as_str()), ("c", "ba"));
    keys.rotate(key("d"), at(10), at(30));
    assert_eq!(previous(&keys), "cb", "the first one has ended");
    keys.rotate(key("e"), at(30), at(30));
    assert_eq!(previous(&keys), "", "without overlap the old key ends at once");
}

//! Reading a key set (RFC 7517 section 5).

use std::sync::Arc;

use aws_lc_rs::digest;
use serde_json::Value;

use super::KEY_SET_BYTES;
use crate::jwt::{json, key::Key};

/// Keys of one set that are kept at most; those behind are left out.
const KEYS: usize = 100;

/// A key with what says whether it is still the same one when the set is fetched again.
#[derive(Clone, Debug)]
pub(super) struct Published {
    pub(super) key: Arc<Key>,
    fingerprint: [u8; 32],
}

/// The keys that can verify tokens; one that was there before is the same one as before.
///
/// # Errors
/// A sentence: the document is no key set, or has no key that is of any use.
pub(super) fn read(body: &[u8], before: &[Published]) -> Result<Vec<Published>, String> {
    if body.len() > KEY_SET_BYTES {
        return Err(format!("it has {} bytes: at most {KEY_SET_BYTES} are read", body.len()));
    }
    let members = json::object(body).ok_or("it is no JSON object with members that differ")?;
    let keys = members.get("keys").and_then(Value::as_array).ok_or("it has no list `keys`: it is no key set")?;
    let published: Vec<_> = keys.iter().filter_map(|key| one(key, before)).take(KEYS).collect();
    match published.is_empty() {
        true => Err(format!("none of its {} keys verifies signatures of tokens", keys.len())),
        false => Ok(published),
    }
}

fn one(jwk: &Value, before: &[Published]) -> Option<Published> {
    let members = jwk.as_object()?;
    let hash = digest::digest(&digest::SHA256, jwk.to_string().as_bytes());
    let fingerprint: [u8; 32] = hash.as_ref().try_into().ok()?;
    let known = before.iter().find(|known| known.fingerprint == fingerprint).cloned();
    known.or_else(|| Some(Published { key: Arc::new(Key::published(members)?), fingerprint }))
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use sluice_abi::wire::Algorithm;

    use super::*;

    const ED: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

    fn ed(id: &str) -> Value {
        json!({ "kty": "OKP", "crv": "Ed25519", "x": ED, "kid": id })
    }

    fn set(keys: &[Value]) -> Vec<u8> {
        json!({ "keys": keys, "more": 1 }).to_string().into_bytes()
    }

    #[test]
    fn keys_of_unknown_types_and_for_other_purposes_are_left_out() {
        let of = |name: &str, value: Value| {
            let mut key = ed("other");
            key[name] = value;
            key
        };
        let keys = [
            json!({ "kty": "oct", "k": "AA", "kid": "shared" }),
            json!({ "kty": "new", "kid": "of tomorrow" }),
            json!("no key"),
            of("use", json!("enc")),
            of("key_ops", json!(["sign"])),
            of("alg", json!("ES256")),
            of("crv", json!("X25519")),
            of("kid", json!(7)),
            of("d", json!("AA")),
            ed("good"),
        ];
        let read = read(&set(&keys), &[]).expect("one key is good");
        assert_eq!(read.iter().map(|it| it.key.id()).collect::<Vec<_>>(), [Some("good")]);
        assert!(read[0].key.takes(Algorithm::EdDsa) && !read[0].key.takes(Algorithm::Es256));
    }

    #[test]
    fn a_key_that_stays_is_the_same_one() {
        let first = read(&set(&[ed("1"), ed("2")]), &[]).expect("a set");
        let second = read(&set(&[ed("2"), ed("3")]), &first).expect("a set");
        assert_eq!(first[1].key.serial(), second[0].key.serial());
        assert!(first.iter().all(|old| old.key.serial() != second[1].key.serial()));
    }

    #[test]
    fn what_is_no_key_set_is_told() {
        for (body, text) in [
            (&b"<html>"[..], "no JSON object"),
            (b"[]", "no JSON object"),
            (br#"{"keys":[],"keys":[]}"#, "no JSON object"),
            (b"{}", "no list `keys`"),
            (br#"{"keys":{}}"#, "no list `keys`"),
            (br#"{"keys":[]}"#, "none of its 0 keys"),
            (&vec![b' '; KEY_SET_BYTES + 1], "at most 262144"),
        ] {
            let error = read(body, &[]).expect_err("no set");
            assert!(error.contains(text), "{error}");
        }
    }
}

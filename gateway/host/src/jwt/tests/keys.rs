//! Which key is tried, and which keys and policies are refused before any token comes.

use sluice_abi::wire::KeySetSource;

use super::*;

#[test]
fn the_key_is_picked_by_issuer_and_id() {
    let (one, two, other) = (Signer::es256(), Signer::es256(), Signer::es256());
    let second = TokenIssuer { issuer: "https://b.example".into(), ..issuer(vec![other.key(Some("1"))]) };
    let policy = define(vec![issuer(vec![one.key(Some("1")), two.key(Some("2"))]), second]).expect("a policy");
    let header = |id: &str| json!({ "alg": "ES256", "kid": id }).to_string();
    let ours = claims().to_string();
    assert_eq!(verify(&policy, &one.sign(&header("1"), &ours)), Ok("acme".into()));
    assert_eq!(verify(&policy, &two.sign(&header("2"), &ours)), Ok("acme".into()));
    assert_eq!(verify(&policy, &two.sign(&header("1"), &ours)), Err(TokenError::BadSignature));
    assert_eq!(verify(&policy, &two.sign(&header("3"), &ours)), Err(TokenError::UnknownKey));
    assert_eq!(verify(&policy, &two.token()), Err(TokenError::UnknownKey), "two keys fit, so none is tried");
    assert_eq!(
        verify(&policy, &other.sign(&header("1"), &ours)),
        Err(TokenError::BadSignature),
        "another issuer's key"
    );
    assert_eq!(
        verify(&policy, &other.sign(&header("1"), &with("iss", json!("https://c.example")))),
        Err(TokenError::UnknownIssuer)
    );
}

#[test]
fn a_key_without_id_verifies_tokens_with_any() {
    let signer = Signer::es256();
    let header = json!({ "alg": "ES256", "kid": "anything" }).to_string();
    assert_eq!(
        verify(&policy(vec![signer.key(None)]), &signer.sign(&header, &claims().to_string())),
        Ok("acme".into())
    );
}

#[test]
fn a_key_without_id_leaves_tokens_with_an_id_to_the_set_where_there_is_one() {
    let (signer, published) = (Signer::es256(), Signer::es256());
    let source = KeySetSource {
        url: "https://a.example/keys".into(),
        min_age: 60_000,
        max_age: 60_000,
        max_stale: 60_000,
        cooldown: 1_000,
    };
    let both =
        TokenIssuer { algorithms: vec![Algorithm::Es256], key_set: Some(source), ..issuer(vec![signer.key(None)]) };
    let policy = define(vec![both]).expect("a policy");
    assert_eq!(verify(&policy, &signer.token()), Ok("acme".into()));
    for signer in [&signer, &published] {
        let token = signer.sign(&json!({ "alg": "ES256", "kid": "of the set" }).to_string(), &claims().to_string());
        assert_eq!(verify(&policy, &token), Err(TokenError::KeysUnavailable), "it has not been fetched");
    }
    for wrong in [with("exp", json!(1)), with("aud", json!("other")), without("sub")] {
        let token = published.sign(&json!({ "alg": "ES256", "kid": "of the set" }).to_string(), &wrong);
        let refused = policy.verify(token.as_bytes(), NOW).expect_err("no key");
        assert!(matches!(refused, Refused::Token(TokenError::KeysUnavailable)), "nothing is looked for: {refused:?}");
    }
}

#[track_caller]
fn refused(key: JwtKey, text: &str) {
    let error = define(vec![issuer(vec![key])]).expect_err("no policy");
    assert!(error.contains(text) && error.starts_with("issuer \"https://a.example\", key 0: "), "{error}");
}

#[test]
fn a_key_that_cannot_be_is_refused_when_it_is_defined() {
    let (rsa, ec) = (Signer::rs256(), Signer::es256());
    let pair = ec.pair.as_ref().expect("a pair");
    let p384 = KeyPair::generate_for(&PKCS_ECDSA_P384_SHA384).expect("a key");
    let key = |algorithm, source: KeySource| JwtKey { id: None, algorithm, source };
    let secret = |name: &str| KeySource::Secret(name.into());
    refused(key(Algorithm::Hs256, secret("other")), "add the grant secret:other");
    refused(key(Algorithm::Hs256, secret("missing")), "there is no secret \"missing\"");
    refused(key(Algorithm::Hs256, secret("short")), "needs at least 32");
    refused(key(Algorithm::Es256, secret("signing")), "ES256 takes a public key");
    refused(key(Algorithm::Hs256, rsa.public.clone()), "HS256 takes a secret");
    refused(key(Algorithm::Es256, rsa.public.clone()), "no public key or certificate");
    refused(key(Algorithm::EdDsa, ec.public.clone()), "no public key or certificate");
    refused(key(Algorithm::Es256, KeySource::Pem(p384.public_key_pem())), "none that ES256 takes");
    refused(key(Algorithm::Es256, KeySource::Pem(pair.serialize_pem())), "private key");
    refused(key(Algorithm::Es256, KeySource::Pem("nonsense".into())), "no public key or certificate");
}

#[test]
fn a_jwk_that_is_not_for_this_is_refused() {
    let signer = Signer::es256();
    let jwk = signer.jwk();
    let changed = |name: &str, value: Value| {
        let mut changed = jwk.clone();
        changed[name] = value;
        JwtKey { id: None, algorithm: Algorithm::Es256, source: KeySource::Jwk(changed.to_string()) }
    };
    refused(changed("d", json!("AA")), "private or secret");
    refused(changed("use", json!("enc")), "not for signatures");
    refused(changed("key_ops", json!(["sign"])), "not for signatures");
    refused(changed("alg", json!("ES384")), "for ES384, not for ES256");
    refused(changed("crv", json!("P-384")), "no key for ES256");
    refused(changed("x", json!("AA")), "none that ES256 takes");
    let short = json!({ "kty": "RSA", "n": URL_SAFE_NO_PAD.encode([0xff; 128]), "e": "AQAB" });
    refused(JwtKey { id: None, algorithm: Algorithm::Rs256, source: KeySource::Jwk(short.to_string()) }, "2048");
    let oct = json!({ "kty": "oct", "k": URL_SAFE_NO_PAD.encode(SECRET) });
    refused(
        JwtKey { id: None, algorithm: Algorithm::Hs256, source: KeySource::Jwk(oct.to_string()) },
        "takes a secret",
    );
}

#[test]
fn a_policy_that_is_unclear_is_refused() {
    let key = || Signer::hs256().key(Some("1"));
    for issuers in [
        vec![],
        vec![issuer(vec![])],
        vec![issuer(vec![key(), key()])],
        vec![issuer(vec![key()]), issuer(vec![key()])],
        vec![TokenIssuer { consumer_claim: String::new(), ..issuer(vec![key()]) }],
        vec![TokenIssuer { issuer: String::new(), ..issuer(vec![key()]) }],
    ] {
        assert!(define(issuers.clone()).is_err(), "{issuers:?}");
    }
    let policy = Policy { issuers: vec![issuer(vec![key()])], leeway: LEEWAY + 1 };
    assert!(define_policy(&policy).is_err());
}

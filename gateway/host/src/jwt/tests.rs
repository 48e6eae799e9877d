//! Tokens that pass; `attacks` has those that must not, `keys` the policies that are none.

mod attacks;
mod keys;
mod rules;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use gateway_telemetry::Metrics;
use jsonwebtoken::{EncodingKey, crypto};
use rcgen::{
    CertificateParams, KeyPair, PKCS_ECDSA_P256_SHA256, PKCS_ECDSA_P384_SHA384, PKCS_ED25519, PKCS_RSA_SHA256,
};
use serde_json::{Value, json};
use sluice_abi::wire::{Algorithm, JwtKey, KeySource};

use super::{key::algorithm_name, *};
use crate::jwks::NoKeys;

const NOW: u64 = 1_800_000_000_000;
const SECRET: &[u8] = b"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/// A key of an issuer: how it signs, and what the gateway knows of it.
struct Signer {
    algorithm: Algorithm,
    signs_as: jsonwebtoken::Algorithm,
    private: EncodingKey,
    public: KeySource,
    pair: Option<KeyPair>,
}

impl Signer {
    fn hs256() -> Self {
        Self {
            algorithm: Algorithm::Hs256,
            signs_as: jsonwebtoken::Algorithm::HS256,
            private: EncodingKey::from_secret(SECRET),
            public: KeySource::Secret("signing".into()),
            pair: None,
        }
    }

    fn es256() -> Self {
        let pair = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).expect("a key");
        let private = EncodingKey::from_ec_pem(pair.serialize_pem().as_bytes()).expect("a key");
        Self::of(Algorithm::Es256, jsonwebtoken::Algorithm::ES256, private, pair)
    }

    fn ed_dsa() -> Self {
        let pair = KeyPair::generate_for(&PKCS_ED25519).expect("a key");
        let private = EncodingKey::from_ed_pem(pair.serialize_pem().as_bytes()).expect("a key");
        Self::of(Algorithm::EdDsa, jsonwebtoken::Algorithm::EdDSA, private, pair)
    }

    fn rs256() -> Self {
        let pair = KeyPair::generate_for(&PKCS_RSA_SHA256).expect("a key");
        let private = EncodingKey::from_rsa_pem(pair.serialize_pem().as_bytes()).expect("a key");
        Self::of(Algorithm::Rs256, jsonwebtoken::Algorithm::RS256, private, pair)
    }

    fn of(algorithm: Algorithm, signs_as: jsonwebtoken::Algorithm, private: EncodingKey, pair: KeyPair) -> Self {
        Self { algorithm, signs_as, private, public: KeySource::Pem(pair.public_key_pem()), pair: Some(pair) }
    }

    fn key(&self, id: Option<&str>) -> JwtKey {
        JwtKey { id: id.map(str::to_owned), algorithm: self.algorithm, source: self.public.clone() }
    }

    fn sign(&self, header: &str, claims: &str) -> String {
        let message = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
        let signature = crypto::sign(message.as_bytes(), &self.private, self.signs_as).expect("a signature");
        format!("{message}.{signature}")
    }

    /// A token that nothing is wrong with.
    fn token(&self) -> String {
        self.sign(&self.header(), &claims().to_string())
    }

    /// The public key of an RSA or EC signer.
    fn jwk(&self) -> Value {
        let jwk = jsonwebtoken::jwk::Jwk::from_encoding_key(&self.private, self.signs_as).expect("a JWK");
        serde_json::to_value(&jwk).expect("JSON")
    }

    fn header(&self) -> String {
        json!({ "alg": algorithm_name(self.algorithm), "typ": "JWT" }).to_string()
    }
}

fn claims() -> Value {
    json!({ "iss": "https://a.example", "aud": ["orders", "x"], "sub": "acme", "exp": NOW / 1000 + 60 })
}

fn with(name: &str, value: Value) -> String {
    let mut claims = claims();
    claims[name] = value;
    claims.to_string()
}

fn without(name: &str) -> String {
    let mut claims = claims();
    claims.as_object_mut().expect("an object").remove(name);
    claims.to_string()
}

fn issuer(keys: Vec<JwtKey>) -> TokenIssuer {
    TokenIssuer {
        issuer: "https://a.example".into(),
        audiences: vec!["orders".into()],
        algorithms: vec![],
        types: vec![],
        keys,
        key_set: None,
        consumer_claim: "sub".into(),
        required: vec![],
        exposed: vec![],
    }
}

fn secrets(name: &str) -> Option<Option<Vec<u8>>> {
    match name {
        "signing" => Some(Some(SECRET.to_vec())),
        "short" => Some(Some(b"tooshort".to_vec())),
        "missing" => Some(None),
        _ => None,
    }
}

fn define(issuers: Vec<TokenIssuer>) -> Result<TokenPolicy, String> {
    define_policy(&Policy { issuers, leeway: 1_000 })
}

fn define_policy(policy: &Policy) -> Result<TokenPolicy, String> {
    TokenPolicy::new(policy, &secrets, &KeySets::new(Arc::new(NoKeys), Metrics::new(1).key_sets()))
}

fn policy(keys: Vec<JwtKey>) -> TokenPolicy {
    define(vec![issuer(keys)]).expect("a policy")
}

fn verify(policy: &TokenPolicy, token: &str) -> Result<String, TokenError> {
    verify_bytes(policy, token.as_bytes())
}

fn verify_bytes(policy: &TokenPolicy, token: &[u8]) -> Result<String, TokenError> {
    policy.verify(token, NOW).map(|verified| verified.token.consumer).map_err(|refused| refused.error())
}

/// What becomes of a token signed with a good key.
fn signed(header: &str, claims: &str) -> Result<String, TokenError> {
    let signer = Signer::hs256();
    verify(&policy(vec![signer.key(None)]), &signer.sign(header, claims))
}

fn with_claims(claims: &str) -> Result<String, TokenError> {
    signed(&Signer::hs256().header(), claims)
}

// === tokens that pass ===

#[test]
fn a_token_passes_under_each_kind_of_key() {
    for signer in [Signer::hs256(), Signer::rs256(), Signer::es256(), Signer::ed_dsa()] {
        let verified = policy(vec![signer.key(None)]).verify(signer.token().as_bytes(), NOW).expect("passes");
        assert_eq!((&*verified.token.issuer, &*verified.token.consumer), ("https://a.example", "acme"));
        assert_eq!(verified.until, NOW + 61_000, "its time and the leeway");
    }
}

#[test]
fn a_public_key_may_be_a_certificate_or_a_jwk() {
    for signer in [Signer::rs256(), Signer::es256(), Signer::ed_dsa()] {
        let pair = signer.pair.as_ref().expect("a key pair");
        let certificate =
            CertificateParams::new(["a.example".to_owned()]).and_then(|it| it.self_signed(pair)).expect("one");
        let jwk = match signer.algorithm {
            Algorithm::EdDsa => json!({
                "kty": "OKP", "crv": "Ed25519", "x": URL_SAFE_NO_PAD.encode(rcgen::PublicKeyData::der_bytes(pair)),
            }),
            _ => signer.jwk(),
        };
        let jwk = jwk.to_string();
        for source in [KeySource::Pem(certificate.pem()), KeySource::Jwk(jwk)] {
            let key = JwtKey { source, ..signer.key(None) };
            assert_eq!(verify(&policy(vec![key]), &signer.token()), Ok("acme".into()));
        }
    }
}

#[test]
fn times_are_within_the_leeway() {
    let at = |offset: i64| json!((NOW / 1000).saturating_add_signed(offset));
    assert_eq!(with_claims(&with("exp", at(0))), Ok("acme".into()));
    assert_eq!(with_claims(&with("exp", at(-1))), Err(TokenError::Expired));
    assert_eq!(with_claims(&with("exp", json!(NOW as f64 / 1e3 - 0.5))), Ok("acme".into()));
    assert_eq!(with_claims(&with("exp", json!(-1e300))), Err(TokenError::Expired));
    assert_eq!(with_claims(&with("exp", json!(253_402_300_799_u64))), Ok("acme".into()));
    assert_eq!(with_claims(&with("nbf", at(1))), Ok("acme".into()));
    assert_eq!(with_claims(&with("nbf", at(2))), Err(TokenError::NotYetValid));
}

#[test]
fn one_audience_of_ours_is_enough_and_none_must_be_none() {
    assert_eq!(with_claims(&with("aud", json!("orders"))), Ok("acme".into()));
    for audience in [json!("other"), json!(["other"]), json!([]), json!(7), json!(["orders", 7]), Value::Null] {
        assert_eq!(with_claims(&with("aud", audience)), Err(TokenError::WrongAudience));
    }
    assert_eq!(with_claims(&without("aud")), Err(TokenError::WrongAudience));
    let signer = Signer::hs256();
    let open = define(vec![TokenIssuer { audiences: vec![], ..issuer(vec![signer.key(None)]) }]).expect("a policy");
    assert_eq!(verify(&open, &signer.sign(&signer.header(), &without("aud"))), Ok("acme".into()));
    assert_eq!(verify(&open, &signer.token()), Err(TokenError::WrongAudience));
}

#[test]
fn required_claims_are_there_and_of_their_type() {
    for name in ["iss", "sub", "exp"] {
        assert_eq!(with_claims(&without(name)), Err(TokenError::MissingClaim), "{name}");
    }
    for (name, value) in [
        ("iss", json!(1)),
        ("sub", json!(["a"])),
        ("sub", json!("")),
        ("exp", json!("soon")),
        ("exp", json!(1e300)),
        ("exp", json!(u64::MAX)),
        ("exp", json!([1])),
        ("nbf", json!("x")),
        ("nbf", json!(1e300)),
        ("scope", json!(1)),
        ("scp", json!([1])),
    ] {
        assert_eq!(with_claims(&with(name, value)), Err(TokenError::MissingClaim), "{name}");
    }
}

// === the cache ===

#[test]
fn a_kept_token_is_found_until_its_time_is_over() {
    let (signer, mut cache) = (Signer::hs256(), cache::TokenCache::default());
    let (ours, other) = (policy(vec![signer.key(None)]), policy(vec![signer.key(None)]));
    let token = signer.token();
    let token = token.as_bytes();
    assert_eq!(cache.find(&ours, token, NOW), None);
    let verified = ours.verify(token, NOW).expect("passes");
    let until = verified.until;
    cache.keep(&ours, token, verified);
    assert!(cache.find(&ours, token, until - 1).is_some());
    assert_eq!(cache.find(&other, token, NOW), None, "another policy has not seen it");
    assert_eq!(cache.find(&ours, &token[1..], NOW), None);
    assert_eq!(cache.find(&ours, token, until), None);
}

#[test]
fn the_cache_has_an_end() {
    let (signer, mut cache) = (Signer::hs256(), cache::TokenCache::default());
    let policy = policy(vec![signer.key(None)]);
    let verified = policy.verify(signer.token().as_bytes(), NOW).expect("passes");
    let token = |number: u32| [&number.to_le_bytes()[..], &[0; 4_000]].concat();
    for number in 0..2_000 {
        cache.keep(&policy, &token(number), verified.clone());
    }
    let kept = (0..2_000).filter(|number| cache.find(&policy, &token(*number), NOW).is_some()).count();
    assert!((1..=500).contains(&kept), "{kept} tokens of 4 kB in 2 MiB");
}

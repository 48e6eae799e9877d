//! What clients and upstreams see.

mod access;
mod attempts;
mod forwarded;
mod methods;
mod others;
mod told;

use sluice_sdk::{
    identity::{Token, TokenClaim, TokenError},
    test::*,
};

use super::*;

const ISSUER: &str = "https://issuer.example";

fn keys_only() -> Harness<Auth> {
    Harness::new(json!({ "apiKey": {} })).with_api_key("good-key", "acme")
}

fn keys_and_tokens() -> Harness<Auth> {
    let key = json!({ "id": "1", "algorithm": "ES256", "pem": "a public key" });
    let jwt = json!({ "issuers": [{ "issuer": ISSUER, "keys": [key] }] });
    Harness::new(json!({ "apiKey": {}, "jwt": jwt }))
        .with_api_key("good-key", "acme")
        .with_token("good.token", ISSUER, "acme")
        .with_token("zoo.token", ISSUER, "zoo")
        .with_consumer("zoo")
        .with_token("strange.token", ISSUER, "nobody")
        .with_refused_token("old.token", JwtError::Expired)
        .with_refused_token("forged.token", JwtError::BadSignature)
}

#[test]
fn a_key_names_its_consumer_and_stays_at_the_gateway() {
    let reply = keys_only().get("/").header("x-api-key", "good-key").send();
    assert_eq!(reply.consumer(), Some("acme"));
    assert_eq!(reply.upstream_request().header("x-sluice-consumer"), Some("acme"));
    assert_eq!(reply.upstream_request().header("x-api-key"), None);
}

#[test]
fn a_token_names_its_consumer_and_stays_at_the_gateway() {
    let reply = keys_and_tokens().get("/").header("authorization", "Bearer good.token").send();
    assert_eq!(reply.consumer(), Some("acme"));
    assert_eq!(reply.upstream_request().header("x-sluice-consumer"), Some("acme"));
    assert_eq!(reply.upstream_request().header("authorization"), None);
}

#[test]
fn credentials_go_on_if_the_operator_says_so() {
    let key = json!({ "algorithm": "HS256", "secret": "shared" });
    let jwt = json!({ "issuers": [{ "issuer": ISSUER, "keys": [key] }], "forwardToken": true });
    let mut h = Harness::<Auth>::new(json!({ "apiKey": { "header": "X-Key", "forward": true }, "jwt": jwt }))
        .with_secret("shared", "a key")
        .with_api_key("good-key", "acme")
        .with_token("good.token", ISSUER, "acme");
    let reply = h.get("/").header("x-key", "good-key").header("authorization", "Bearer good.token").send();
    assert_eq!(reply.upstream_request().header("x-key"), Some("good-key"));
    assert_eq!(reply.upstream_request().header("authorization"), Some("Bearer good.token"));
}

#[test]
fn without_a_credential_each_accepted_scheme_challenges() {
    let reply = keys_and_tokens().get("/").send();
    assert_eq!(reply.status(), 401);
    assert_eq!(
        reply.headers("www-authenticate"),
        [r#"ApiKey realm="sluice", header="x-api-key""#, r#"Bearer realm="sluice""#]
    );
    assert_eq!((reply.problem().kind.as_str(), reply.problem().title.as_str()), ("about:blank", "Unauthorized"));
    let reply = keys_only().get("/").send();
    assert_eq!(reply.headers("www-authenticate"), [r#"ApiKey realm="sluice", header="x-api-key""#]);
    assert_eq!(reply.problem().detail.as_deref(), Some("Send an API key in the header `x-api-key`."));
}

#[test]
fn credentials_of_other_schemes_are_none() {
    let reply = keys_and_tokens().get("/").header("authorization", "Basic dTpw").send();
    assert_eq!(reply.status(), 401);
    assert_eq!(reply.headers("www-authenticate")[1], r#"Bearer realm="sluice""#);
    let mut h = keys_and_tokens();
    let reply = h.get("/").header("authorization", "Basic dTpw").header("x-api-key", "good-key").send();
    assert_eq!(reply.upstream_request().header("authorization"), Some("Basic dTpw"));
}

#[test]
fn an_unknown_key_and_a_revoked_one_are_told_the_same() {
    let mut h = keys_only();
    assert_eq!(h.get("/").header("x-api-key", "good-key").send().status(), 200);
    h.revoke_api_key("good-key");
    let told = |reply: Reply| {
        let challenges: Vec<String> = reply.headers("www-authenticate").into_iter().map(str::to_owned).collect();
        (reply.status(), challenges, reply.problem().clone())
    };
    let revoked = told(h.get("/").header("x-api-key", "good-key").send());
    assert_eq!(revoked.0, 401);
    for key in [&b"never-made"[..], b"", b"\xff\xfe", b"good-key, good-key"] {
        assert_eq!(told(h.get("/").header("x-api-key", key).send()), revoked);
    }
    assert_eq!(h.counter("refused"), 5);
}

#[test]
fn a_refused_token_is_named_as_such_and_says_no_more_than_it_must() {
    let mut h = keys_and_tokens();
    for (token, description) in [
        ("old.token", "The token has expired."),
        ("forged.token", "The token is not valid."),
        ("no token at all", "The token is not valid."),
        ("", "The token is not valid."),
    ] {
        let reply = h.get("/").header("authorization", format!("Bearer {token}")).send();
        assert_eq!(reply.status(), 401, "{token:?}");
        let expected = format!(r#"Bearer realm="sluice", error="invalid_token", error_description="{description}""#);
        assert_eq!(reply.headers("www-authenticate")[1], expected, "{token:?}");
        assert_eq!(reply.problem().detail.as_deref(), Some(description), "{token:?}");
        assert!(!reply.reached_upstream());
    }
}

#[test]
fn a_valid_token_of_a_stranger_is_forbidden() {
    let mut h = keys_and_tokens();
    let reply = h.get("/").header("authorization", "Bearer strange.token").send();
    assert_eq!(reply.status(), 403);
    assert_eq!(reply.header("www-authenticate"), None);
    assert_eq!(reply.consumer(), None);
    assert_eq!(h.counter("forbidden"), 1);
}

#[test]
fn without_a_credential_one_may_pass_as_nobody_but_never_with_a_bad_one() {
    let mut h = Harness::<Auth>::new(json!({ "apiKey": {}, "anonymous": true })).with_api_key("good-key", "acme");
    let reply = h.get("/").send();
    assert_eq!((reply.status(), reply.consumer()), (200, None));
    assert_eq!(reply.upstream_request().header("x-sluice-consumer"), None);
    assert_eq!(h.get("/").header("x-api-key", "bad-key").send().status(), 401);
    assert_eq!(h.counter("anonymous"), 1);
}

#[test]
fn the_host_is_told_issuers_and_keys_as_they_were_set() {
    let jwk = json!({ "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" });
    let issuer = json!({
        "issuer": ISSUER, "audiences": ["orders"], "consumerClaim": "client_id",
        "keys": [{ "algorithm": "EdDSA", "jwk": jwk }],
    });
    let remote = json!({
        "issuer": "https://other.example", "algorithms": ["ES256", "RS256"], "types": ["at+jwt"],
        "jwks": { "url": "https://other.example/keys", "cooldownSeconds": 10 },
        "requiredClaims": [{ "name": "tenant", "values": ["a"] }, { "name": "jti" }], "exposeClaims": ["email"],
    });
    let config = json!({ "jwt": { "issuers": [issuer, remote], "leewaySeconds": 5 }, "headers": { "claims": { "org": "x-org" } } });
    let mut h = Harness::<Auth>::new(config);
    h.start().unwrap();
    let policy = &h.token_policies()[0];
    assert_eq!(policy.leeway, 5_000);
    let [first, second] = policy.issuers.as_slice() else { panic!("{policy:?}") };
    assert_eq!((first.audiences.as_slice(), first.consumer_claim.as_str()), (&["orders".to_owned()][..], "client_id"));
    assert_eq!((first.exposed.as_slice(), &first.key_set), (&["org".to_owned()][..], &None));
    let key = &first.keys[0];
    assert_eq!((key.id.as_deref(), key.algorithm), (None, identity::Algorithm::EdDsa));
    let identity::KeySource::Jwk(text) = &key.source else { panic!("{key:?}") };
    assert_eq!(serde_value(text), jwk);
    let set = second.key_set.as_ref().expect("a key set");
    assert_eq!((set.url.as_str(), set.min_age, set.max_age), ("https://other.example/keys", 60_000, 86_400_000));
    assert_eq!((set.max_stale, set.cooldown), (86_400_000, 10_000));
    assert_eq!(second.exposed, ["email", "org"]);
    assert_eq!(
        (second.required[0].values.as_slice(), second.required[1].name.as_str()),
        (&["a".to_owned()][..], "jti")
    );
    assert_eq!((second.types.as_slice(), second.algorithms.len()), (&["at+jwt".to_owned()][..], 2));
}

#[test]
fn hooks_run_without_a_fiber_unless_something_has_to_be_waited_for() {
    let waits = |config: sluice_sdk::config::Value| {
        let mut h = Harness::<Auth>::new(config);
        h.start().unwrap();
        !h.never_waits()
    };
    let jwt = |keys: &str, value| json!({ "jwt": { "issuers": [{ "issuer": ISSUER, "algorithms": ["ES256"], keys: value }] } });
    assert!(!waits(json!({ "apiKey": {} })));
    assert!(!waits(jwt("keys", json!([{ "algorithm": "ES256", "pem": "a public key" }]))));
    assert!(waits(jwt("jwks", json!({ "url": "https://issuer.example/keys" }))));
    assert!(waits(json!({ "forwardAuth": { "upstream": "policy" } })));
}

fn serde_value(text: &str) -> sluice_sdk::config::Value {
    text.parse().unwrap()
}

#[test]
fn bad_settings_are_refused_at_their_place() {
    let key = |key| json!({ "jwt": { "issuers": [{ "issuer": ISSUER, "keys": [key] }] } });
    for (config, pointer) in [
        (json!({}), ""),
        (json!({ "apiKey": { "header": "not a name" } }), "/apiKey/header"),
        (json!({ "apiKeys": {} }), "/apiKeys"),
        (json!({ "jwt": {} }), "/jwt/issuers"),
        (json!({ "jwt": { "issuers": [] } }), "/jwt/issuers"),
        (json!({ "jwt": { "issuers": [{ "issuer": "x" }] } }), "/jwt/issuers/0"),
        (json!({ "apiKey": { "query": "a b" } }), "/apiKey/query"),
        (json!({ "apiKey": {}, "scopes": ["two words"] }), "/scopes/0"),
        (json!({ "apiKey": {}, "require": "some" }), "/require"),
        (json!({ "ip": {} }), "/ip"),
        (json!({ "forwardAuth": { "upstream": "x", "path": "no-path" } }), "/forwardAuth/path"),
        (key(json!({ "algorithm": "none", "pem": "x" })), "/jwt/issuers/0/keys/0/algorithm"),
        (key(json!({ "algorithm": "RS256" })), "/jwt/issuers/0/keys/0"),
        (key(json!({ "algorithm": "RS256", "pem": "x", "secret": "y" })), "/jwt/issuers/0/keys/0"),
    ] {
        Harness::<Auth>::new(config).expect_schema_error(pointer);
    }
    Harness::<Auth>::new(key(json!({ "algorithm": "HS256", "secret": "gone" }))).expect_config_error("gone");
    let mut both = key(json!({ "algorithm": "RS256", "pem": "x" }));
    both["apiKey"] = json!({ "header": "Authorization" });
    Harness::<Auth>::new(both).expect_config_error("/apiKey/header");
    for (config, text) in [
        (json!({ "apiKey": {}, "methods": ["jwt"] }), "/methods"),
        (json!({ "apiKey": {}, "methods": ["apiKey", "apiKey"] }), "/methods"),
        (json!({ "apiKey": {}, "anonymous": true, "groups": ["a"] }), "/anonymous"),
        (json!({ "apiKey": {}, "scopes": ["read"] }), "/jwt"),
        (json!({ "apiKey": {}, "headers": { "claims": { "email": "x-email" } } }), "/jwt"),
        (json!({ "forwardAuth": { "upstream": "x" }, "groups": ["a"] }), "/groups"),
        (json!({ "ip": { "allow": ["10.0.0.1/8"] } }), "/ip/allow/0"),
        (json!({ "apiKey": {}, "headers": { "consumer": "host" } }), "host"),
    ] {
        Harness::<Auth>::new(config).expect_config_error(text);
    }
}

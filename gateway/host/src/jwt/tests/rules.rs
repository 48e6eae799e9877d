//! What an issuer's tokens must say besides, and what is told of them.

use sluice_abi::wire::{ClaimRule, KeySetSource, TokenClaim};

use super::*;

/// What becomes of a token under an issuer with other rules.
fn under(change: impl FnOnce(&mut TokenIssuer), header: Value, claims: &str) -> Result<Token, TokenError> {
    let signer = Signer::hs256();
    let mut issuer = issuer(vec![signer.key(None)]);
    change(&mut issuer);
    let token = signer.sign(&header.to_string(), claims);
    let policy = define(vec![issuer]).expect("a policy");
    policy.verify(token.as_bytes(), NOW).map(|verified| verified.token).map_err(|refused| refused.error())
}

fn plain() -> Value {
    json!({ "alg": "HS256" })
}

#[test]
fn an_issuer_may_ask_for_a_type() {
    for (kind, good) in [
        (json!("at+jwt"), true),
        (json!("application/AT+JWT"), true),
        (json!("JWT"), false),
        (json!("logout+jwt"), false),
        (json!("application/application/at+jwt"), false),
    ] {
        let header = json!({ "alg": "HS256", "typ": kind });
        let told = under(|issuer| issuer.types = vec!["at+JWT".into()], header, &claims().to_string());
        assert_eq!(told.is_ok(), good, "{kind}: {told:?}");
    }
    let untyped = under(|issuer| issuer.types = vec!["at+jwt".into()], plain(), &claims().to_string());
    assert_eq!(untyped, Err(TokenError::WrongType));
}

#[test]
fn a_required_claim_is_there_and_has_a_value_that_is_good() {
    let rule = |values: &[&str]| ClaimRule {
        name: "tenant".into(),
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    };
    for (values, value, expected) in [
        (&[][..], json!("any"), Ok(())),
        (&[][..], json!({}), Ok(())),
        (&[][..], Value::Null, Err(TokenError::MissingClaim)),
        (&["a", "b"][..], json!("b"), Ok(())),
        (&["a", "b"][..], json!("c"), Err(TokenError::WrongClaim)),
        (&["a"][..], json!(["x", "a"]), Ok(())),
        (&["a"][..], json!([]), Err(TokenError::WrongClaim)),
        (&["7", "true"][..], json!(7), Ok(())),
        (&["7", "true"][..], json!(true), Ok(())),
        (&["{}"][..], json!({}), Err(TokenError::WrongClaim)),
    ] {
        let told = under(|issuer| issuer.required = vec![rule(values)], plain(), &with("tenant", value.clone()));
        assert_eq!(told.map(drop), expected, "{values:?} {value}");
    }
    let without = under(|issuer| issuer.required = vec![rule(&["a"])], plain(), &claims().to_string());
    assert_eq!(without, Err(TokenError::MissingClaim));
}

#[test]
fn scopes_are_words_or_a_list_under_either_name() {
    for (name, value, expected) in [
        ("scope", json!("read  write "), &["read", "write"][..]),
        ("scope", json!(["read", "write"]), &["read", "write"]),
        ("scp", json!(["read"]), &["read"]),
        ("scp", json!("read write"), &["read", "write"]),
        ("scope", json!(""), &[]),
        ("other", json!("read"), &[]),
    ] {
        let token = under(|_| {}, plain(), &with(name, value)).expect("passes");
        assert_eq!(token.scopes, expected, "{name}");
    }
}

#[test]
fn of_claims_those_are_told_that_are_exposed() {
    let mut all = claims();
    all["email"] = json!("a@a.example");
    all["roles"] = json!(["x", "y"]);
    all["level"] = json!(3);
    all["secret"] = json!("not told");
    all["long"] = json!("x".repeat(1_025));
    let exposed = ["email", "roles", "level", "long", "missing"];
    let names = || exposed.iter().map(|name| (*name).to_owned()).collect();
    let token = under(|issuer| issuer.exposed = names(), plain(), &all.to_string()).expect("passes");
    let claim = |name: &str, value: &str| TokenClaim { name: name.into(), value: value.into() };
    assert_eq!(token.claims, [claim("email", "a@a.example"), claim("roles", r#"["x","y"]"#), claim("level", "3")]);
    assert_eq!((token.subject.as_deref(), token.expires), (Some("acme"), NOW + 60_000));
}

#[test]
fn the_list_of_algorithms_holds_for_tokens_and_for_keys() {
    let listed = under(|issuer| issuer.algorithms = vec![Algorithm::Hs256], plain(), &claims().to_string());
    assert!(listed.is_ok());
    let other = TokenIssuer { algorithms: vec![Algorithm::Es256], ..issuer(vec![Signer::hs256().key(None)]) };
    let error = define(vec![other]).expect_err("a key that no token may use");
    assert!(error.contains("it is for HS256"), "{error}");
}

#[test]
fn a_key_set_needs_a_list_of_public_algorithms_and_a_sound_source() {
    let source = |url: &str| KeySetSource {
        url: url.into(),
        min_age: 60_000,
        max_age: 3_600_000,
        max_stale: 86_400_000,
        cooldown: 30_000,
    };
    let with = |algorithms: Vec<Algorithm>, url: &str| {
        define(vec![TokenIssuer { algorithms, key_set: Some(source(url)), ..issuer(vec![]) }]).map(drop)
    };
    assert_eq!(with(vec![Algorithm::Es256], "https://a.example/keys"), Ok(()));
    for (algorithms, url, text) in [
        (vec![], "https://a.example/keys", "needs a list of algorithms"),
        (vec![Algorithm::Hs256], "https://a.example/keys", "HS256 takes a secret"),
        (vec![Algorithm::Es256], "http://a.example/keys", "let it begin with https://"),
    ] {
        let error = with(algorithms, url).expect_err("unclear");
        assert!(error.starts_with("issuer \"https://a.example\"") && error.contains(text), "{error}");
    }
}

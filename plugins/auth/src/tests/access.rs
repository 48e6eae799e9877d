//! Who may call: by address, by group and by scope.

use super::*;

fn token(scopes: &[&str]) -> Token {
    Token {
        issuer: ISSUER.to_owned(),
        subject: Some("s-1".to_owned()),
        consumer: "acme".to_owned(),
        scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
        claims: Vec::new(),
        expires: u64::MAX,
    }
}

fn harness(more: &[(&str, sluice_sdk::config::Value)]) -> Harness<Auth> {
    let key = json!({ "algorithm": "ES256", "pem": "a public key" });
    let mut config = json!({ "apiKey": {}, "jwt": { "issuers": [{ "issuer": ISSUER, "keys": [key] }] } });
    for (name, value) in more {
        config[*name] = value.clone();
    }
    Harness::new(config)
        .with_api_key("acme-key", "acme")
        .with_api_key("zoo-key", "zoo")
        .with_groups("acme", ["partners", "eu"])
        .with_token_that_says("reads", token(&["read"]))
        .with_token_that_says("writes", token(&["read", "write"]))
}

#[test]
fn a_consumer_must_be_in_one_of_the_groups() {
    let mut h = harness(&[("groups", json!(["staff", "partners"]))]);
    assert_eq!(h.get("/").header("x-api-key", "acme-key").send().status(), 200);
    assert_eq!(h.get("/").header("authorization", "Bearer reads").send().status(), 200);
    let reply = h.get("/").header("x-api-key", "zoo-key").send();
    assert_eq!((reply.status(), reply.header("www-authenticate")), (403, None));
    assert_eq!(reply.consumer(), Some("zoo"), "the log is told who was refused");
    assert_eq!(h.get("/").send().status(), 401);
    assert_eq!(h.counter("forbidden"), 1);
}

#[test]
fn a_token_must_grant_all_scopes_and_is_told_which() {
    let mut h = harness(&[("scopes", json!(["read", "write"]))]);
    assert_eq!(h.get("/").header("authorization", "Bearer writes").send().status(), 200);
    let challenge = r#"Bearer realm="sluice", error="insufficient_scope", scope="read write""#;
    for (name, value) in [("authorization", "Bearer reads"), ("x-api-key", "acme-key")] {
        let reply = h.get("/").header(name, value).send();
        assert_eq!((reply.status(), reply.headers("www-authenticate")), (403, vec![challenge]), "{name}");
        assert!(!reply.reached_upstream());
    }
}

#[test]
fn an_address_that_may_not_call_is_refused_whatever_it_knows() {
    let mut h = harness(&[("ip", json!({ "allow": ["10.0.0.0/8", "2001:db8::/32"], "deny": ["10.9.0.0/16"] }))]);
    let mut status = |address: &str| h.get("/").from_ip(address).header("x-api-key", "acme-key").send().status();
    assert_eq!(["10.1.2.3", "::ffff:10.1.2.3", "2001:db8::9"].map(&mut status), [200; 3]);
    assert_eq!(["10.9.0.1", "192.0.2.1", "2001:db9::", "::1"].map(&mut status), [403; 4]);
}

#[test]
fn addresses_alone_let_in_who_has_no_credential() {
    let mut h = Harness::<Auth>::new(json!({ "ip": { "allow": ["10.0.0.0/8"] } }));
    assert_eq!(h.get("/").from_ip("10.0.0.1").send().status(), 200);
    assert_eq!(h.get("/").from_ip("11.0.0.1").send().status(), 403);
}

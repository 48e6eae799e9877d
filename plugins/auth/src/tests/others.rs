//! Passwords and client certificates.

use super::*;

/// `acme:open sesame` and `acme:wrong`.
const GOOD: &str = "Basic YWNtZTpvcGVuIHNlc2FtZQ==";
const WRONG: &str = "basic YWNtZTp3cm9uZw==";

fn passwords() -> Harness<Auth> {
    Harness::new(json!({ "basic": {}, "failures": { "limit": 3 }, "headers": { "credential": "x-credential" } }))
        .with_password("acme", "open sesame", "acme")
}

#[test]
fn a_password_names_its_consumer_and_stays_at_the_gateway() {
    let reply = passwords().get("/").header("authorization", GOOD).send();
    assert_eq!((reply.status(), reply.consumer()), (200, Some("acme")));
    assert_eq!(reply.upstream_request().header("authorization"), None);
    assert_eq!(reply.upstream_request().header("x-credential"), Some("acme-password"));
    assert_eq!(reply.attribute("credential"), Some("acme-password"));
}

#[test]
fn wrong_passwords_and_what_is_none_are_told_the_same_and_limited() {
    for wrong in [WRONG, "Basic bm9ib2R5Onc=", "Basic YWNtZQ==", "Basic !", "Basic", "Basic /////w=="] {
        let mut h = passwords();
        let reply = h.get("/").header("authorization", wrong).send();
        assert_eq!(reply.headers("www-authenticate"), [r#"Basic realm="sluice", charset="UTF-8""#], "{wrong}");
        assert_eq!(reply.problem().detail.as_deref(), Some("The user name or the password is not valid."), "{wrong}");
    }
    let mut h = passwords();
    let statuses = [0; 4].map(|_| h.get("/").header("authorization", WRONG).send().status());
    assert_eq!(statuses, [401, 401, 401, 429]);
}

#[test]
fn a_certificate_names_its_consumer_and_one_of_nobody_is_none() {
    let mtls = || Harness::<Auth>::new(json!({ "mtls": {} }));
    let reply = mtls().with_certificate("acme").get("/").send();
    assert_eq!((reply.consumer(), reply.attribute("credential")), (Some("acme"), Some("acme-certificate")));
    let reply = mtls().get("/").send();
    assert_eq!((reply.status(), reply.headers("www-authenticate")), (401, vec![r#"ClientCertificate realm="sluice""#]));
}

#[test]
fn a_certificate_and_a_key_may_both_be_needed() {
    let both = |consumer: &str| {
        Harness::<Auth>::new(json!({ "apiKey": {}, "mtls": {}, "require": "all" }))
            .with_certificate(consumer)
            .with_api_key("good-key", "acme")
    };
    assert_eq!(both("acme").get("/").header("x-api-key", "good-key").send().status(), 200);
    assert_eq!(both("zoo").get("/").header("x-api-key", "good-key").send().status(), 401);
    assert_eq!(both("acme").get("/").send().status(), 401);
}

#[test]
fn keys_tell_their_name_too() {
    let reply = keys_only().get("/").header("x-api-key", "good-key").send();
    assert_eq!(reply.attribute("credential"), Some("acme-key"));
}

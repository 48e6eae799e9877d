//! Bad credentials are limited for each address, and cost nobody else anything.

use super::*;

fn limited(limit: u32) -> Harness<Auth> {
    Harness::new(json!({ "apiKey": {}, "failures": { "limit": limit, "windowSeconds": 60 } }))
        .with_api_key("good-key", "acme")
}

fn status(h: &mut Harness<Auth>, address: &str, key: &str) -> u16 {
    h.get("/").from_ip(address).header("x-api-key", key).send().status()
}

#[test]
fn an_address_that_guesses_is_told_to_wait_before_anything_is_verified() {
    let mut h = limited(3);
    assert_eq!([0; 4].map(|_| status(&mut h, "192.0.2.1", "bad")), [401, 401, 401, 429]);
    let reply = h.get("/").from_ip("192.0.2.1").header("x-api-key", "good-key").send();
    assert_eq!(reply.status(), 429, "even a good key is not looked at");
    assert_eq!(reply.header("retry-after"), Some("20"));
    assert_eq!(h.counter("blocked"), 2);
    h.advance(Duration::from_secs(20));
    assert_eq!(status(&mut h, "192.0.2.1", "good-key"), 200);
    assert_eq!([0; 2].map(|_| status(&mut h, "192.0.2.1", "bad")), [401, 429]);
}

#[test]
fn others_are_not_concerned() {
    let mut h = limited(1);
    assert_eq!([0; 2].map(|_| status(&mut h, "2001:db8:0:1::1", "bad")), [401, 429]);
    assert_eq!(status(&mut h, "2001:db8:0:1::2", "good-key"), 429, "the same /64 is the same customer");
    assert_eq!(status(&mut h, "2001:db8:0:2::1", "good-key"), 200);
    assert_eq!(status(&mut h, "192.0.2.2", "good-key"), 200);
}

#[test]
fn good_credentials_and_none_at_all_are_no_attempts() {
    let mut h = limited(1);
    assert!([0; 5].map(|_| status(&mut h, "192.0.2.1", "good-key")).iter().all(|status| *status == 200));
    assert!([0; 5].map(|_| h.get("/").send().status()).iter().all(|status| *status == 401));
    assert_eq!([0; 2].map(|_| status(&mut h, "192.0.2.1", "bad")), [401, 429]);
    assert_eq!(h.get("/").from_ip("192.0.2.1").send().status(), 401, "without a credential nothing is tried");
}

#[test]
fn a_bad_token_is_an_attempt_and_keys_that_cannot_be_had_are_not() {
    let jwt =
        json!({ "issuers": [{ "issuer": ISSUER, "algorithms": ["ES256"], "jwks": { "url": "https://a.example/" } }] });
    let mut h = Harness::<Auth>::new(json!({ "jwt": jwt, "failures": { "limit": 1 } }))
        .with_token_error("early.token", TokenError::KeysUnavailable)
        .with_refused_token("forged.token", JwtError::BadSignature);
    let mut send = |token: &str| h.get("/").header("authorization", format!("Bearer {token}")).send();
    for _ in 0..3 {
        let reply = send("early.token");
        assert_eq!((reply.status(), reply.header("retry-after")), (503, Some("1")));
        assert_eq!(reply.header("www-authenticate"), None);
    }
    assert_eq!([0; 2].map(|_| send("forged.token").status()), [401, 429]);
}

#[test]
fn a_limit_of_nothing_is_none() {
    let mut h = limited(0);
    assert!([0; 100].map(|_| status(&mut h, "192.0.2.1", "bad")).iter().all(|status| *status == 401));
}

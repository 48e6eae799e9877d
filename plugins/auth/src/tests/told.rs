//! What upstreams and later plugins learn, and from nobody but the gateway.

use super::*;

fn claim(name: &str, value: &str) -> TokenClaim {
    TokenClaim { name: name.to_owned(), value: value.to_owned() }
}

fn harness(anonymous: bool, token: Token) -> Harness<Auth> {
    let issuer = json!({
        "issuer": ISSUER, "keys": [{ "algorithm": "ES256", "pem": "a public key" }], "exposeClaims": ["tier", "bio"],
    });
    let headers = json!({
        "consumer": "x-consumer", "credential": "x-credential", "groups": "x-groups", "scopes": "x-scopes",
        "claims": { "email": "x-email", "bio": "x-bio" },
    });
    Harness::new(json!({ "jwt": { "issuers": [issuer] }, "headers": headers, "anonymous": anonymous }))
        .with_groups("acme", ["partners", "eu"])
        .with_token_that_says("good.token", token)
}

fn token(claims: Vec<TokenClaim>) -> Token {
    Token {
        issuer: ISSUER.to_owned(),
        subject: Some("s-1".to_owned()),
        consumer: "acme".to_owned(),
        scopes: vec!["read".to_owned(), "write".to_owned()],
        claims,
        expires: u64::MAX,
    }
}

const HEADERS: [&str; 6] = ["x-consumer", "x-credential", "x-groups", "x-scopes", "x-email", "x-bio"];

#[test]
fn the_upstream_reads_who_calls_and_what_the_token_says() {
    let mut h = harness(false, token(vec![claim("email", "a@a.example"), claim("tier", "gold")]));
    let reply = h.get("/").header("authorization", "Bearer good.token").send();
    let told = HEADERS.map(|name| reply.upstream_request().header(name));
    let credential = "https://issuer.example#s-1";
    let expected = [Some("acme"), Some(credential), Some("partners,eu"), Some("read write"), Some("a@a.example"), None];
    assert_eq!(told, expected);
}

#[test]
fn later_plugins_read_the_credential_the_scopes_and_exposed_claims() {
    let mut h = harness(false, token(vec![claim("email", "a@a.example"), claim("tier", "gold")]));
    let reply = h.get("/").header("authorization", "Bearer good.token").send();
    assert_eq!(reply.attribute("credential"), Some("https://issuer.example#s-1"));
    assert_eq!(reply.attribute("scope"), Some("read write"));
    assert_eq!(reply.attribute("claim.tier"), Some("gold"));
    assert_eq!(reply.attribute("claim.email"), None, "that one is for the upstream only");
}

#[test]
fn what_a_client_says_of_itself_never_arrives() {
    let forged = |h: &mut Harness<Auth>, token: Option<&str>| {
        let mut request = h.get("/");
        for name in HEADERS {
            request = request.header(name, "root").header(name, "root");
        }
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        request.send()
    };
    let mut h = harness(true, token(vec![]));
    let reply = forged(&mut h, None);
    assert_eq!(reply.status(), 200);
    assert_eq!(HEADERS.map(|name| reply.upstream_request().header(name)), [None; 6], "not even from nobody");
    let reply = forged(&mut h, Some("good.token"));
    assert!(HEADERS.iter().all(|name| !reply.upstream_request().headers(name).contains(&"root")));
    assert_eq!(reply.upstream_request().header("x-email"), None, "a claim that the token has not");
}

#[test]
fn a_claim_that_no_header_can_hold_is_left_out() {
    let mut h =
        harness(false, token(vec![claim("email", "a\r\nx-admin: 1"), claim("bio", ""), claim("tier", "x\u{0}")]));
    let reply = h.get("/").header("authorization", "Bearer good.token").send();
    assert_eq!((reply.status(), reply.fault()), (200, None));
    assert_eq!(reply.upstream_request().header("x-email"), None);
    assert_eq!(reply.upstream_request().header("x-bio"), None);
}

#[test]
fn more_scopes_than_an_attribute_holds_are_cut_at_a_word() {
    let many = Token { scopes: (0..400).map(|number| format!("scope{number}")).collect(), ..token(vec![]) };
    let reply = harness(false, many).get("/").header("authorization", "Bearer good.token").send();
    let told = reply.attribute("scope").expect("some of them");
    assert!(told.len() <= 1_024 && told.split(' ').all(|word| word.starts_with("scope")), "{told}");
    assert!(reply.upstream_request().header("x-scopes").is_some_and(|all| all.ends_with("scope399")));
}

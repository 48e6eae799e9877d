//! Which credential decides, and where it may be.

use super::*;

/// A request that carries a key, a token, or both.
fn send(h: &mut Harness<Auth>, key: Option<&str>, token: Option<&str>) -> Reply {
    let mut request = h.get("/");
    if let Some(key) = key {
        request = request.header("x-api-key", key);
    }
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    request.send()
}

fn both(more: &[(&str, sluice_sdk::config::Value)]) -> Harness<Auth> {
    let key = json!({ "algorithm": "ES256", "pem": "a public key" });
    let mut config = json!({ "apiKey": {}, "jwt": { "issuers": [{ "issuer": ISSUER, "keys": [key] }] } });
    for (name, value) in more {
        config[*name] = value.clone();
    }
    Harness::new(config)
        .with_api_key("good-key", "acme")
        .with_token("good.token", ISSUER, "acme")
        .with_token("zoo.token", ISSUER, "zoo")
        .with_consumer("zoo")
        .with_refused_token("old.token", JwtError::Expired)
}

#[test]
fn the_first_credential_that_is_there_decides() {
    let mut h = both(&[]);
    assert_eq!(send(&mut h, Some("good-key"), Some("old.token")).consumer(), Some("acme"));
    assert_eq!(send(&mut h, Some("bad-key"), Some("good.token")).status(), 401);
    assert_eq!(send(&mut h, None, Some("zoo.token")).consumer(), Some("zoo"));
    let mut h = both(&[("methods", json!(["jwt", "apiKey"]))]);
    assert_eq!(send(&mut h, Some("bad-key"), Some("zoo.token")).consumer(), Some("zoo"));
    assert_eq!(send(&mut h, Some("good-key"), Some("old.token")).status(), 401);
    assert_eq!(send(&mut h, Some("good-key"), None).consumer(), Some("acme"));
}

#[test]
fn a_credential_that_was_not_looked_at_stays_at_the_gateway_too() {
    let reply = send(&mut both(&[]), Some("good-key"), Some("old.token"));
    assert_eq!(reply.upstream_request().header("authorization"), None);
    assert_eq!(reply.upstream_request().header("x-api-key"), None);
}

#[test]
fn if_all_are_needed_all_must_be_there_and_name_the_same_consumer() {
    let mut h = both(&[("require", json!("all"))]);
    assert_eq!(send(&mut h, Some("good-key"), Some("good.token")).consumer(), Some("acme"));
    for (key, token) in [
        (None, None),
        (Some("good-key"), None),
        (None, Some("good.token")),
        (Some("bad-key"), Some("good.token")),
        (Some("good-key"), Some("old.token")),
        (Some("good-key"), Some("zoo.token")),
    ] {
        assert_eq!(send(&mut h, key, token).status(), 401, "{key:?} {token:?}");
    }
    let told = send(&mut h, Some("good-key"), None);
    let detail = "Send an API key in the header `x-api-key` and a token as `Authorization: Bearer`.";
    assert_eq!(told.problem().detail.as_deref(), Some(detail));
}

#[test]
fn who_may_be_nobody_may_not_be_half_somebody() {
    let mut h = both(&[("require", json!("all")), ("anonymous", json!(true))]);
    assert_eq!(send(&mut h, None, None).status(), 200);
    assert_eq!(send(&mut h, Some("good-key"), None).status(), 401);
}

#[test]
fn a_key_may_be_in_the_query_and_leaves_it() {
    let mut h = Harness::<Auth>::new(json!({ "apiKey": { "query": "key" } })).with_api_key("good-key", "acme");
    for (target, query) in
        [("/a?key=good-key", None), ("/a?b=1&key=good-key&c=%20", Some("b=1&c=%20")), ("/a?key=good-key&d", Some("d"))]
    {
        let reply = h.get(target).send();
        assert_eq!((reply.consumer(), reply.upstream_request().query()), (Some("acme"), query), "{target}");
    }
    for target in ["/a?key=bad", "/a?key=good-key&key=good-key", "/a?key", "/a?key=good-key%20", "/a?b=1"] {
        let reply = h.get(target).send();
        assert_eq!(reply.status(), 401, "{target}");
        assert_eq!(reply.headers("www-authenticate"), [r#"ApiKey realm="sluice", query="key""#]);
    }
    assert_eq!(h.get("/a").header("x-api-key", "good-key").send().status(), 401, "it is looked for in the query only");
}

#[test]
fn what_is_left_of_a_query_is_percent_encoded() {
    let mut h = Harness::<Auth>::new(json!({ "apiKey": { "query": "key" } })).with_api_key("good-key", "acme");
    let reply = h.get("/a?name=jörg&key=good-key&x=€%20\u{7f}").send();
    assert_eq!(reply.upstream_request().query(), Some("name=j%C3%B6rg&x=%E2%82%AC%20%7F"));
    let reply = h.get("/a?name=jörg").send();
    assert_eq!(reply.status(), 401, "there is nothing to cut out");
    let long = "ö".repeat(20_000);
    let reply = h.get(&format!("/a?key=good-key&x={long}")).send();
    assert_eq!(reply.status(), 414, "it would be longer than any request may be");
    assert!(!reply.reached_upstream());
}

#[test]
fn a_key_may_be_in_a_cookie_and_leaves_the_others() {
    let mut h = Harness::<Auth>::new(json!({ "apiKey": { "cookie": "session" } })).with_api_key("good-key", "acme");
    for (cookies, left) in [
        ("session=good-key", None),
        ("a=1; session=good-key; b=2", Some("a=1; b=2")),
        ("session=good-key; b=2", Some("b=2")),
    ] {
        let reply = h.get("/").header("cookie", cookies).send();
        assert_eq!((reply.consumer(), reply.upstream_request().header("cookie")), (Some("acme"), left), "{cookies}");
    }
    for cookies in ["session=bad", "session=good-key; session=good-key", "Session=good-key", "sessions=good-key"] {
        assert_eq!(h.get("/").header("cookie", cookies).send().status(), 401, "{cookies}");
    }
}

#[test]
fn of_several_places_the_first_one_with_a_key_counts_and_all_are_cleared() {
    let places = json!({ "apiKey": { "header": "x-key", "query": "key", "cookie": "key" } });
    let mut h = Harness::<Auth>::new(places).with_api_key("good-key", "acme");
    let reply = h.get("/?key=bad").header("x-key", "good-key").header("cookie", "key=bad; a=1").send();
    assert_eq!(reply.consumer(), Some("acme"));
    let upstream = reply.upstream_request();
    assert_eq!((upstream.query(), upstream.header("cookie"), upstream.header("x-key")), (None, Some("a=1"), None));
    assert_eq!(h.get("/?key=good-key").send().consumer(), Some("acme"));
    assert_eq!(h.get("/").header("cookie", "key=good-key").send().consumer(), Some("acme"));
}

#[test]
fn keys_that_go_on_stay_where_they_are() {
    let places = json!({ "apiKey": { "query": "key", "cookie": "key", "forward": true } });
    let mut h = Harness::<Auth>::new(places).with_api_key("good-key", "acme");
    let reply = h.get("/?key=good-key").header("cookie", "key=x").send();
    assert_eq!(reply.upstream_request().query(), Some("key=good-key"));
    assert_eq!(reply.upstream_request().header("cookie"), Some("key=x"));
}

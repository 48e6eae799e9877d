//! What is said of requests to the cache.

use sluice_sdk::{config::Value, test::*};

use super::*;

type H = Harness<CachePlugin>;

fn h(config: Value) -> H {
    H::new(config).with_grants(["cache"])
}

fn rules(reply: &Reply) -> CachingRules {
    reply.caching().expect("it says how").clone()
}

#[test]
fn with_nothing_set_the_upstream_decides() {
    assert_eq!(rules(&h(json!({})).get("/").send()), CachingRules::default());
}

#[test]
fn five_minutes_are_one_line() {
    let caching = rules(&h(json!({ "ttl": "5m" })).get("/").send());
    assert_eq!(caching, CachingRules { lifetime: Some(Duration::from_secs(300)), ..CachingRules::default() });
}

#[test]
fn all_that_is_set_is_said() {
    let caching = rules(
        &h(json!({
            "defaultTtl": "10s", "staleWhileRevalidate": "30s", "staleIfError": "1d", "tags": ["shop"],
            "tagHeader": "surrogate-key", "requestDirectives": "ignore", "ignoreCookies": true, "storeSetCookie": true,
            "cdnCacheControl": true, "strictSMaxage": true, "key": { "consumer": true },
        }))
        .get("/")
        .send(),
    );
    let time = |seconds| Some(Duration::from_secs(seconds));
    let expected = CachingRules {
        default_lifetime: time(10),
        stale_while_revalidate: time(30),
        stale_if_error: time(86_400),
        tags: vec!["shop".to_owned()],
        tag_header: Some("surrogate-key".to_owned()),
        ignore_request_directives: true,
        ignore_cookies: true,
        store_set_cookie: true,
        cdn_cache_control: true,
        strict_s_maxage: true,
        per_consumer: true,
        ..CachingRules::default()
    };
    assert_eq!(caching, expected);
}

#[test]
fn the_key_has_what_matters_and_nothing_else() {
    let mut h = h(json!({ "key": { "query": ["page"], "headers": ["x-market"], "cookies": ["currency"] } }));
    let mut key = |target: &str, market: Option<&str>, cookies: &str| {
        let mut request = h.get(target).header("cookie", cookies);
        if let Some(market) = market {
            request = request.header("x-market", market);
        }
        let caching = rules(&request.send());
        (caching.query, caching.parts)
    };
    let plain = key("/a?page=1", Some("de"), "currency=eur");
    assert_eq!(key("/a?utm=7&page=1", Some("de"), "visitor=1; currency=eur"), plain);
    for other in [
        key("/a?page=2", Some("de"), "currency=eur"),
        key("/a", Some("de"), "currency=eur"),
        key("/a?page=1", Some("at"), "currency=eur"),
        key("/a?page=1", None, "currency=eur"),
        key("/a?page=1", Some("de"), "currency=usd"),
        key("/a?page=1", Some("de"), "visitor=1"),
    ] {
        assert_ne!(other, plain);
    }
    assert_ne!(key("/a", Some(""), ""), key("/a", None, ""), "an empty header is none that is absent");
}

#[test]
fn what_is_to_bypass_does() {
    let mut h = h(json!({ "bypass": {
        "headers": ["x-preview"], "cookies": ["session"], "pathPrefixes": ["/cart"], "query": ["nocache"],
    } }));
    let mut bypasses = |request: fn(&mut H) -> Exchange<'_, CachePlugin>| rules(&request(&mut h).send()).bypass;
    assert!(bypasses(|h| h.get("/").header("x-preview", "1")));
    assert!(bypasses(|h| h.get("/").header("cookie", "a=1; session=2")));
    assert!(bypasses(|h| h.get("/cart/1")));
    assert!(bypasses(|h| h.get("/?a=1&nocache")));
    assert!(!bypasses(|h| h.get("/carts?a=nocache").header("cookie", "sessions=1")));
}

#[test]
fn what_anybody_says_of_caching_may_count_for_less_than_what_consumers_say() {
    let mut h = h(json!({ "requestDirectives": "heedConsumers" }));
    assert!(rules(&h.get("/").send()).ignore_request_directives);
    assert!(!rules(&h.get("/").consumer("acme").send()).ignore_request_directives);
}

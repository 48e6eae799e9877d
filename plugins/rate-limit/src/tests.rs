//! What clients see.

use sluice_sdk::test::*;

use super::*;

type H = Harness<RateLimitPlugin>;

/// Two at once, one every two seconds.
fn harness(by: &str) -> H {
    H::new(json!({ "by": by, "rateLimit": 0.5, "burstLimit": 2 }))
}

#[test]
fn every_response_says_what_is_left() {
    let mut h = harness("ip");
    let reply = h.get("/").send();
    assert_eq!(reply.header("ratelimit-policy"), Some(r#""ip";q=2;w=4"#));
    assert_eq!(reply.header("ratelimit"), Some(r#""ip";r=1;t=2"#));
    assert_eq!(h.get("/").upstream(500).send().header("ratelimit"), Some(r#""ip";r=0;t=2"#));
}

#[test]
fn a_refused_request_is_told_when_to_come_back_and_passes_then() {
    let mut h = harness("ip");
    for _ in 0..2 {
        assert_eq!(h.get("/").send().status(), 200);
    }
    h.advance(Duration::from_millis(500));
    let refused = h.get("/").send();
    assert_eq!(refused.status(), 429);
    assert_eq!(refused.problem().kind, "https://iana.org/assignments/http-problem-types#quota-exceeded");
    assert_eq!(refused.header("ratelimit-policy"), Some(r#""ip";q=2;w=4"#));
    assert_eq!(refused.header("ratelimit"), Some(r#""ip";r=0;t=2"#));
    let seconds: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert_eq!(seconds, 2, "1.5 s, rounded up");
    assert_eq!(
        refused.problem().detail.as_deref(),
        Some("The limit by ip is used up; the next request passes in 2 seconds.")
    );
    h.advance(Duration::from_secs(seconds));
    assert_eq!(h.get("/").send().status(), 200);
    assert_eq!(h.counter("limited"), 1);
}

#[test]
fn times_are_never_0_and_never_later_than_retry_after() {
    let mut h = H::new(json!({ "by": "ip", "rateLimit": 1000.0, "burstLimit": 1 }));
    assert_eq!(h.get("/").send().header("ratelimit-policy"), Some(r#""ip";q=1;w=1"#));
    let refused = h.get("/").send();
    assert_eq!(refused.header("retry-after"), Some("1"));
    assert_eq!(refused.header("ratelimit"), Some(r#""ip";r=0;t=1"#));
}

#[test]
fn a_usage_plan_decides_over_the_configured_limit() {
    let mut h = harness("consumer").with_plan("acme", 100.0, 200);
    let reply = h.get("/").consumer("acme").send();
    assert_eq!(reply.header("ratelimit-policy"), Some(r#""plan";q=200;w=2"#));
    assert_eq!(reply.header("ratelimit"), Some(r#""plan";r=199;t=1"#));
}

#[test]
fn a_raised_plan_acts_on_the_next_request() {
    let mut h = harness("consumer").with_plan("acme", 1.0, 1);
    assert_eq!(h.get("/").consumer("acme").send().status(), 200);
    assert_eq!(h.get("/").consumer("acme").send().status(), 429);
    h.set_plan("acme", 1.0, 2);
    assert_eq!(h.get("/").consumer("acme").send().status(), 200);
}

#[test]
fn a_consumer_without_a_throttle_has_the_configured_limit_from_everywhere() {
    let mut h = harness("consumer").with_consumer("acme");
    let reply = h.get("/").consumer("acme").from_ip("192.0.2.1").send();
    assert_eq!(reply.header("ratelimit"), Some(r#""consumer";r=1;t=2"#));
    let reply = h.get("/").consumer("acme").from_ip("192.0.2.2").send();
    assert_eq!(reply.header("ratelimit"), Some(r#""consumer";r=0;t=2"#));
    assert_eq!(h.get("/").consumer("zoo").from_ip("192.0.2.2").send().status(), 200);
}

#[test]
fn requests_of_nobody_count_by_address() {
    let mut h = harness("consumer");
    assert_eq!(h.get("/").from_ip("192.0.2.1").send().header("ratelimit"), Some(r#""ip";r=1;t=2"#));
    assert_eq!(h.get("/").from_ip("192.0.2.1").send().status(), 200);
    assert_eq!(h.get("/").from_ip("192.0.2.1").send().status(), 429);
    assert_eq!(h.get("/").from_ip("192.0.2.2").send().status(), 200);
}

#[test]
fn one_ipv6_customer_is_one_client() {
    let mut h = harness("ip");
    for (address, status) in
        [("2001:db8::1", 200), ("2001:db8::2", 200), ("2001:db8::3", 429), ("2001:db8:0:1::3", 200)]
    {
        assert_eq!(h.get("/").from_ip(address).send().status(), status, "{address}");
    }
}

#[test]
fn a_header_says_whose_request_it_is() {
    let mut h = H::new(json!({ "by": "header", "header": "X-Tenant", "rateLimit": 0.5, "burstLimit": 1 }));
    assert_eq!(h.get("/").header("x-tenant", "a").send().header("ratelimit-policy"), Some(r#""header";q=1;w=2"#));
    assert_eq!(h.get("/").header("x-tenant", "a").send().status(), 429);
    assert_eq!(h.get("/").header("x-tenant", "b").send().status(), 200);
    assert_eq!(h.get("/").send().header("ratelimit-policy"), Some(r#""ip";q=1;w=2"#));
    assert_eq!(h.get("/").send().status(), 429, "without the header the address counts");
}

#[test]
fn limits_of_the_upstream_stay_beside_ours() {
    let reply = harness("ip").get("/").upstream_header("ratelimit", r#""daily";r=7;t=9"#).send();
    assert_eq!(reply.headers("ratelimit"), [r#""daily";r=7;t=9"#, r#""ip";r=1;t=2"#]);
}

#[test]
fn bad_settings_are_refused_at_their_place() {
    for (config, pointer) in [
        (json!({ "burstLimit": 1 }), "/rateLimit"),
        (json!({ "rateLimit": 0, "burstLimit": 1 }), "/rateLimit"),
        (json!({ "rateLimit": "fast", "burstLimit": 1 }), "/rateLimit"),
        (json!({ "rateLimit": 1, "burstLimit": 0 }), "/burstLimit"),
        (json!({ "rateLimit": 1, "burstLimit": 1.5 }), "/burstLimit"),
        (json!({ "rateLimit": 1, "burstLimit": 1, "by": "cookie" }), "/by"),
        (json!({ "rateLimit": 1, "burstLimit": 1, "by": "header" }), "/header"),
        (json!({ "rateLimit": 1, "burstLimit": 1, "by": "ip", "header": "x" }), "/header"),
        (json!({ "rateLimit": 1, "burstLimit": 1, "header": "x" }), "/header"),
    ] {
        H::new(config).expect_schema_error(pointer);
    }
}

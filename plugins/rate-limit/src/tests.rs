//! What clients see, and what requests are charged to.

use sluice_sdk::{config::Value, test::*};

use super::*;

type H = Harness<RateLimitPlugin>;

/// Two at once, one every two seconds.
fn bucket() -> Value {
    json!({ "rateLimit": 0.5, "burstLimit": 2 })
}

/// One policy by these parts.
fn by(parts: &[&str]) -> H {
    H::new(json!({ "policies": [{ "by": parts, "tokenBucket": bucket() }] }))
}

/// Limits and keys that a request was charged to.
fn charged(reply: &Reply) -> Vec<(&str, &str)> {
    reply.charged().iter().map(|it| (it.limit.as_str(), it.key.as_str())).collect()
}

#[test]
fn every_response_says_what_is_left() {
    let mut h = by(&["ip"]);
    let reply = h.get("/").send();
    assert_eq!(reply.header("ratelimit-policy"), Some(r#""ip";q=2;w=4"#));
    assert_eq!(reply.header("ratelimit"), Some(r#""ip";r=1;t=2"#));
    assert_eq!(h.get("/").upstream(500).send().header("ratelimit"), Some(r#""ip";r=0;t=2"#));
}

#[test]
fn a_refused_request_is_told_when_to_come_back_and_passes_then() {
    let mut h = by(&["ip"]);
    for _ in 0..2 {
        assert_eq!(h.get("/").send().status(), 200);
    }
    h.advance(Duration::from_millis(500));
    let refused = h.get("/").send();
    assert_eq!(refused.status(), 429);
    assert_eq!(refused.problem().kind, "https://iana.org/assignments/http-problem-types#quota-exceeded");
    assert_eq!(refused.violated_policies(), ["ip"]);
    assert_eq!(refused.header("ratelimit"), Some(r#""ip";r=0;t=2"#));
    let seconds: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert_eq!(seconds, 2, "1.5 s, rounded up");
    let detail = r#"The limit "ip" is used up; this request passes in 2 seconds."#;
    assert_eq!(refused.problem().detail.as_deref(), Some(detail));
    h.advance(Duration::from_secs(seconds));
    assert_eq!(h.get("/").send().status(), 200);
}

#[test]
fn a_usage_plan_is_charged_beside_the_policies() {
    let mut h =
        H::new(json!({ "policies": [{ "by": ["ip"], "tokenBucket": bucket() }] })).with_plan("acme", 100.0, 200);
    let reply = h.get("/").consumer("acme").send();
    assert_eq!(charged(&reply), [("plan/throttle", "acme"), ("ip", "192.0.2.1i9")]);
    assert_eq!(reply.header("ratelimit"), Some(r#""plan/throttle";r=199;t=1, "ip";r=1;t=2"#));
}

#[test]
fn a_raised_plan_acts_on_the_next_request() {
    let mut h = H::new(json!({})).with_plan("acme", 1.0, 1);
    assert_eq!(h.get("/").consumer("acme").send().status(), 200);
    assert_eq!(h.get("/").consumer("acme").send().status(), 429);
    h.set_plan("acme", 1.0, 2);
    assert_eq!(h.get("/").consumer("acme").send().status(), 200);
}

#[test]
fn a_policy_may_be_for_those_without_a_plan() {
    let policy = json!({ "tokenBucket": bucket(), "withoutPlan": true });
    let mut h = H::new(json!({ "policies": [policy] })).with_plan("acme", 100.0, 200).with_consumer("zoo");
    assert_eq!(charged(&h.get("/").consumer("acme").send()), [("plan/throttle", "acme")]);
    assert_eq!(charged(&h.get("/").consumer("zoo").send()), [("consumer", "zooc3")]);
    let plans_off = json!({ "policies": [{ "tokenBucket": bucket(), "withoutPlan": true }], "usagePlans": false });
    h.restart_with(plans_off);
    assert_eq!(charged(&h.get("/").consumer("acme").send()), [("consumer", "acmec4")]);
}

#[test]
fn nothing_is_taken_from_one_limit_when_another_refuses() {
    let policies = json!([
        { "name": "wide", "by": ["ip"], "tokenBucket": { "rateLimit": 0.001, "burstLimit": 3 } },
        { "name": "narrow", "by": ["header:x-tenant"], "tokenBucket": { "rateLimit": 0.001, "burstLimit": 1 } },
    ]);
    let mut h = H::new(json!({ "policies": policies }));
    assert_eq!(h.get("/").header("x-tenant", "a").send().status(), 200);
    for _ in 0..5 {
        let refused = h.get("/").header("x-tenant", "a").send();
        assert_eq!((refused.status(), refused.violated_policies()), (429, &["narrow".to_owned()][..]));
    }
    for tenant in ["b", "c"] {
        assert_eq!(h.get("/").header("x-tenant", tenant).send().status(), 200);
    }
    assert_eq!(h.get("/").header("x-tenant", "d").send().violated_policies(), ["wide"]);
}

#[test]
fn a_key_is_made_of_what_the_policy_names() {
    for (parts, expected) in [
        (&["consumer"][..], "acmec4"),
        (&["ip"][..], "192.0.2.1i9"),
        (&["credential"][..], "acme-1a6"),
        (&["route"][..], "routea5"),
        (&["header:x-tenant"][..], "redh3"),
        (&["cookie:sid"][..], "s1k2"),
        (&["query:key"][..], "k1q2"),
        (&["claim:org"][..], "orga3"),
        (&["segment:2"][..], "7s1"),
        (&["segment:2", "ip"][..], "7s1192.0.2.1i9"),
    ] {
        let mut h = by(parts).with_consumer("acme");
        let reply = h
            .get("/orders/7?a=1&key=k1")
            .consumer("acme")
            .header("x-tenant", "red")
            .header("cookie", "a=b; sid=s1")
            .attribute("credential", "acme-1")
            .attribute("claim.org", "org")
            .send();
        assert_eq!(charged(&reply), [(parts.join("+").as_str(), expected)]);
    }
}

#[test]
fn what_a_request_lacks_counts_by_its_address_or_as_the_policy_says() {
    for (missing, expected) in [
        (json!({}), vec![("header:x-tenant", "192.0.2.1!9")]),
        (json!({ "missing": "shared" }), vec![("header:x-tenant", "-0")]),
        (json!({ "missing": "skip" }), vec![]),
    ] {
        let mut policy = json!({ "by": ["header:x-tenant"], "tokenBucket": bucket() });
        policy.as_object_mut().unwrap().extend(missing.as_object().unwrap().clone());
        let mut h = H::new(json!({ "policies": [policy] }));
        assert_eq!(charged(&h.get("/").send()), expected);
    }
}

#[test]
fn nobody_counts_as_somebody_elses_by_what_he_sends() {
    let mut h = by(&["header:x-tenant"]);
    let by_address = h.get("/").send();
    let by_header = h.get("/").header("x-tenant", "192.0.2.1").send();
    assert_ne!(charged(&by_address), charged(&by_header));
}

#[test]
fn one_ipv6_customer_is_one_client() {
    let mut h = by(&["ip"]);
    for (address, status) in
        [("2001:db8::1", 200), ("2001:db8::2", 200), ("2001:db8::3", 429), ("2001:db8:0:1::3", 200)]
    {
        assert_eq!(h.get("/").from_ip(address).send().status(), status, "{address}");
    }
}

#[test]
fn each_algorithm_counts_in_its_way() {
    for (algorithm, policy, statuses) in [
        ("tokenBucket", json!({ "rateLimit": 1, "burstLimit": 2 }), [200, 200, 429, 200, 429]),
        ("fixedWindow", json!({ "limit": 2, "window": "1s" }), [200, 200, 429, 200, 200]),
        ("slidingWindow", json!({ "limit": 2, "window": "1s" }), [200, 200, 429, 429, 429]),
        ("slidingLog", json!({ "limit": 2, "window": "1s" }), [200, 200, 429, 200, 200]),
        ("concurrency", json!({ "limit": 1 }), [200, 200, 200, 200, 200]),
    ] {
        let mut limit = json!({ "by": ["ip"] });
        limit[algorithm] = policy;
        let mut h = H::new(json!({ "policies": [limit] }));
        let mut found = Vec::new();
        for request in 0..5 {
            if request == 3 {
                h.advance(Duration::from_secs(1));
            }
            found.push(h.get("/").send().status());
        }
        assert_eq!(found, statuses, "{algorithm}");
    }
}

#[test]
fn a_shadow_is_counted_and_refuses_nothing() {
    let mut h = H::new(json!({ "policies": [{ "by": ["ip"], "tokenBucket": bucket(), "shadow": true }] }));
    for _ in 0..5 {
        let reply = h.get("/").send();
        assert_eq!((reply.status(), reply.header("ratelimit")), (200, None));
        assert_eq!(reply.charged().len(), 1);
    }
}

#[test]
fn a_request_may_cost_more_than_one() {
    let mut h = H::new(json!({ "policies": [{ "by": ["ip"], "tokenBucket": bucket() }], "cost": 2 }));
    assert_eq!(h.get("/").send().header("ratelimit"), Some(r#""ip";r=0;t=2"#));
    assert_eq!(h.get("/").send().header("retry-after"), Some("4"));
    let mut h = H::new(json!({ "policies": [{ "by": ["ip"], "tokenBucket": bucket(), "cost": 0 }] }));
    for _ in 0..5 {
        assert_eq!(h.get("/").send().status(), 200);
    }
}

#[test]
fn clients_are_told_as_the_operator_says() {
    let policy = json!({ "by": ["ip"], "tokenBucket": { "rateLimit": 1, "burstLimit": 1 } });
    let mut h = H::new(json!({ "policies": [policy], "fields": false, "problemType": "/too-many" }));
    assert_eq!(h.get("/").send().header("ratelimit"), None);
    assert_eq!(h.get("/").send().problem().kind, "/too-many");
}

#[test]
fn limits_of_the_upstream_stay_beside_ours() {
    let reply = by(&["ip"]).get("/").upstream_header("ratelimit", r#""daily";r=7;t=9"#).send();
    assert_eq!(reply.headers("ratelimit"), [r#""daily";r=7;t=9"#, r#""ip";r=1;t=2"#]);
}

#[test]
fn bad_settings_are_refused_at_their_place() {
    let policy = |change: Value| {
        let mut policy = json!({ "tokenBucket": { "rateLimit": 1, "burstLimit": 1 } });
        policy.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        json!({ "policies": [policy] })
    };
    for (config, pointer) in [
        (json!({ "policies": [{}] }), "/policies/0"),
        (policy(json!({ "tokenBucket": { "burstLimit": 1 } })), "/policies/0/tokenBucket/rateLimit"),
        (policy(json!({ "tokenBucket": { "rateLimit": 0, "burstLimit": 1 } })), "/policies/0/tokenBucket/rateLimit"),
        (policy(json!({ "tokenBucket": { "rateLimit": 1, "burstLimit": 0 } })), "/policies/0/tokenBucket/burstLimit"),
        (policy(json!({ "by": [] })), "/policies/0/by"),
        (policy(json!({ "missing": "who" })), "/policies/0/missing"),
        (policy(json!({ "ipv6Prefix": 129 })), "/policies/0/ipv6Prefix"),
        (policy(json!({ "counting": "global" })), "/policies/0/counting"),
    ] {
        H::new(config).expect_schema_error(pointer);
    }
    for (config, message) in [
        (policy(json!({ "by": ["cookie"] })), "/policies/0/by/0: \"cookie\" is nothing to count by"),
        (policy(json!({ "by": ["ip", "segment:0"] })), "/policies/0/by/1: \"0\" is no segment"),
        (policy(json!({ "cost": 2 })), "/policies/0/cost: a request that takes 2 never passes a limit of 1"),
        (policy(json!({ "name": "a\"b" })), "/policies/0/name"),
        (json!({ "usagePlans": false }), "/policies: nothing limits requests"),
    ] {
        H::new(config).expect_config_error(message);
    }
    let twice = json!({ "tokenBucket": { "rateLimit": 1, "burstLimit": 1 } });
    H::new(json!({ "policies": [twice, twice] })).expect_config_error("/policies/1/name: another policy is called");
}

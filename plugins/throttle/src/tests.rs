//! What becomes of requests, by class and by load.

use sluice_sdk::{config::Value, test::*};

use super::*;

type H = Harness<ThrottlePlugin>;

/// Low classes are refused once the upstream is slow.
fn sheds() -> Value {
    json!({ "rules": [{ "when": { "latencyP90": "500ms" }, "then": "shed" }] })
}

fn slow() -> UpstreamSignal {
    UpstreamSignal { latency_p90_us: 500_000, ..UpstreamSignal::default() }
}

#[test]
fn without_configuration_nothing_is_said() {
    let reply = H::new(json!({})).with_grants([]).get("/").send();
    assert_eq!((reply.status(), reply.admission()), (200, None));
}

#[test]
fn the_first_rule_that_matches_decides_the_class() {
    let mut h = H::new(json!({ "class": [
        { "when": { "pathPrefixes": ["/checkout"], "methods": ["POST"] }, "class": "critical" },
        { "when": { "header": "x-groups", "values": ["partners"] }, "class": "high" },
        { "when": { "consumers": ["crawler"] }, "class": "low" },
        { "when": { "header": "x-prefetch" }, "class": "low" },
    ] }));
    let class = |reply: &Reply| reply.admission().map(|admission| admission.class.as_str());
    assert_eq!(class(&h.post("/checkout/1").send()), Some("critical"));
    assert_eq!(class(&h.get("/checkout/1").send()), None, "as it was");
    assert_eq!(class(&h.get("/").header("x-groups", "staff,partners").send()), Some("high"));
    assert_eq!(class(&h.get("/").consumer("crawler").send()), Some("low"));
    assert_eq!(class(&h.get("/").header("x-prefetch", "1").send()), Some("low"));
    assert_eq!(class(&h.get("/").header("x-prefetch", "1").priority(PriorityClass::Low).send()), None);
}

#[test]
fn who_matters_least_is_refused_first_and_told_when_to_come_back() {
    let mut h = H::new(sheds()).with_upstream_load(slow());
    for class in [PriorityClass::Critical, PriorityClass::High, PriorityClass::Normal] {
        assert_eq!(h.get("/").priority(class).send().status(), 200, "{class:?}");
    }
    let mut waits = Vec::new();
    for _ in 0..50 {
        let shed = h.get("/").priority(PriorityClass::Low).send();
        assert_eq!((shed.status(), shed.problem().kind.as_str()), (503, REDUCED_CAPACITY));
        assert_eq!(shed.attribute("throttle"), Some("latencyP90"));
        waits.push(shed.header("retry-after").unwrap().parse::<u64>().unwrap());
    }
    assert!(waits.iter().all(|wait| (5..=10).contains(wait)), "{waits:?}");
    assert!(waits.iter().any(|wait| *wait != waits[0]), "they do not come back together");
    h.set_upstream_load(UpstreamSignal { latency_p90_us: 499_999, ..slow() });
    assert_eq!(h.get("/").priority(PriorityClass::Low).send().status(), 200);
}

#[test]
fn each_signal_is_a_reason() {
    for (when, reason) in [
        (json!({ "cpu": 0.85 }), "cpu"),
        (json!({ "memory": 0.9 }), "memory"),
        (json!({ "lag": "50ms" }), "lag"),
        (json!({ "inFlight": 10 }), "inFlight"),
        (json!({ "routeInFlight": 9 }), "routeInFlight"),
        (json!({ "upstreamInFlight": 8 }), "upstreamInFlight"),
        (json!({ "latencyP50": "100ms" }), "latencyP50"),
        (json!({ "errorRate": 0.2 }), "errorRate"),
        (json!({ "queueWait": "200ms" }), "queueWait"),
        (json!({ "waiting": 100 }), "waiting"),
        (json!({ "cpuPressure": 0.5 }), "cpuPressure"),
        (json!({ "memoryPressure": 0.4 }), "memoryPressure"),
        (json!({ "ioPressure": 0.3, "cpu": 1 }), "ioPressure"),
    ] {
        let mut h = H::new(json!({ "rules": [{ "when": when, "classes": ["normal"], "then": "shed" }] }));
        assert_eq!(h.get("/").send().status(), 200, "{reason}");
        let node = Signal {
            in_flight: 10,
            route_in_flight: 9,
            upstream_in_flight: 8,
            cpu_permille: 850,
            memory_permille: 900,
            lag_us: 50_000,
        };
        let upstream = UpstreamSignal {
            waiting: 100,
            queue_wait_us: 200_000,
            latency_p50_us: 100_000,
            error_permille: 200,
            ..UpstreamSignal::default()
        };
        h.set_load(node);
        h.set_upstream_load(upstream);
        h.set_pressure(PressureSignal { cpu_permille: 500, memory_permille: 400, io_permille: 300 });
        assert_eq!(h.get("/").send().attribute("throttle"), Some(reason));
    }
}

#[test]
fn of_a_share_the_rest_goes_on_to_the_next_rule() {
    let mut h = H::new(json!({ "rules": [
        { "when": { "latencyP90": "500ms" }, "then": "shed", "share": 0.5 },
        { "when": { "latencyP90": "500ms" }, "then": "queue", "maxWait": "100ms" },
    ] }))
    .with_upstream_load(slow());
    let replies: Vec<_> = (0..200).map(|_| h.get("/").priority(PriorityClass::Low).send()).collect();
    let shed = replies.iter().filter(|reply| reply.status() == 503).count();
    assert!((60..=140).contains(&shed), "{shed}");
    for reply in replies.iter().filter(|reply| reply.status() == 200) {
        assert_eq!(reply.admission().unwrap().max_wait, Some(Duration::from_millis(100)));
    }
}

#[test]
fn waits_are_the_shortest_that_was_given_and_turns_are_shared_as_the_header_says() {
    let mut h = H::new(json!({
        "maxWait": { "low": "50ms", "high": "2s" },
        "fairBy": "x-tenant",
        "rules": [{ "when": { "waiting": 1 }, "classes": ["low", "high"], "then": "queue", "maxWait": "100ms" }],
    }))
    .with_upstream_load(UpstreamSignal { waiting: 1, ..UpstreamSignal::default() });
    for (class, wait) in [(PriorityClass::Low, Some(50)), (PriorityClass::High, Some(100))] {
        let reply = h.get("/").priority(class).header("x-tenant", "red").send();
        let admission = reply.admission().unwrap();
        assert_eq!((admission.class, admission.max_wait), (class, wait.map(Duration::from_millis)));
        assert_eq!(admission.fairness_key.as_deref(), Some("red"));
    }
    assert_eq!(h.get("/").send().admission(), None, "nothing to say of it");
}

// === degrade ===

fn degrades() -> H {
    H::new(json!({
        "degrade": { "keepFor": "1m", "classes": ["normal"] },
        "rules": [{ "when": { "latencyP90": "500ms" }, "classes": ["normal"], "then": "degrade", "maxWait": "10ms" }],
    }))
}

#[test]
fn what_was_kept_answers_when_there_is_no_capacity_or_the_upstream_is_slow() {
    let mut h = degrades();
    assert_eq!(h.get("/a?b=1").upstream_is_full().send().status(), 503, "nothing is kept");
    assert_eq!(h.get("/a?b=1").upstream_body("fresh").send().text(), "fresh");
    let stale = h.get("/a?b=1").upstream_is_full().send();
    assert_eq!((stale.status(), stale.text(), stale.is_cached()), (200, "fresh", true));
    for other in ["/a?b=2", "/a?", "/a", "/b?b=1"] {
        assert_eq!(h.get(other).upstream_is_full().send().status(), 503, "{other}");
    }
    h.set_upstream_load(slow());
    let stale = h.get("/a?b=1").upstream_body("newer").send();
    assert_eq!((stale.text(), stale.is_cached(), stale.attribute("throttle")), ("fresh", true, Some("latencyP90")));
    let reply = h.get("/c").upstream_body("first").send();
    assert_eq!((reply.text(), reply.admission().unwrap().max_wait), ("first", Some(Duration::from_millis(10))));
    assert!(h.get("/c").send().is_cached(), "what took its place was kept");
    h.advance(Duration::from_secs(60));
    assert!(!h.get("/c").send().is_cached());
}

#[test]
fn only_what_anybody_may_be_told_is_kept() {
    let mut h = degrades();
    let mut path = 0;
    let mut is_kept = |request: &[(&str, &str)], response: &[(&str, &str)], consumer: Option<&str>| {
        path += 1;
        let target = format!("/{path}");
        let exchange = |h: &mut H, full: bool| {
            let mut exchange = h.get(&target).upstream_body("x");
            for (name, value) in request {
                exchange = exchange.header(name, value);
            }
            for (name, value) in response {
                exchange = exchange.upstream_header(name, value);
            }
            if let Some(name) = consumer {
                exchange = exchange.consumer(name);
            }
            if full { exchange.upstream_is_full().send() } else { exchange.send() }
        };
        assert_eq!(exchange(&mut h, false).status(), 200);
        exchange(&mut h, true).is_cached()
    };
    for request in [("authorization", "Basic x"), ("cookie", "sid=1"), ("range", "bytes=0-1")] {
        assert!(!is_kept(&[request], &[], None), "{request:?}");
    }
    for response in [
        ("set-cookie", "sid=1"),
        ("cache-control", "private"),
        ("cache-control", "max-age=60, No-Store"),
        ("cache-control", "no-cache=\"x\""),
        ("cache-control", "must-revalidate"),
        ("cache-control", "s-maxage=60"),
        ("vary", "*"),
        ("vary", "accept-encoding, cookie"),
    ] {
        assert!(!is_kept(&[], &[response], None), "{response:?}");
    }
    assert!(is_kept(&[], &[("cache-control", "max-age=60"), ("vary", "Accept-Encoding")], None));
    assert!(!is_kept(&[], &[], Some("acme")), "it may be about acme");
    assert!(is_kept(&[], &[("cache-control", "public, max-age=60")], Some("acme")));
}

#[test]
fn other_methods_statuses_and_encodings_have_nothing_of_it() {
    let mut h = degrades();
    assert_eq!(h.post("/a").send().status(), 200);
    assert_eq!(h.get("/a").upstream(404).send().status(), 404);
    assert_eq!(h.get("/a").upstream_is_full().send().status(), 503);
    assert_eq!(h.get("/a").header("accept-encoding", "br").upstream_body("br").send().text(), "br");
    assert_eq!(h.get("/a").upstream_is_full().send().status(), 503);
    assert_eq!(
        h.get("/a").authority("other.example").header("accept-encoding", "br").upstream_is_full().send().status(),
        503
    );
    assert!(h.get("/a").header("accept-encoding", "br").upstream_is_full().send().is_cached());
}

// === settings ===

#[test]
fn bad_settings_are_refused_at_their_place() {
    let rule = |change: Value| {
        let mut rule = json!({ "when": { "cpu": 0.5 }, "then": "shed" });
        rule.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        json!({ "rules": [rule] })
    };
    for (config, pointer) in [
        (rule(json!({ "when": {} })), "/rules/0/when"),
        (rule(json!({ "when": { "cpu": 85 } })), "/rules/0/when/cpu"),
        (rule(json!({ "when": { "lag": 5 } })), "/rules/0/when/lag"),
        (rule(json!({ "then": "drop" })), "/rules/0/then"),
        (rule(json!({ "classes": ["urgent"] })), "/rules/0/classes/0"),
        (rule(json!({ "share": 0 })), "/rules/0/share"),
        (json!({ "class": [{ "when": {}, "class": "low" }] }), "/class/0/when"),
        (json!({ "class": [{ "when": { "pathPrefixes": ["a"] }, "class": "low" }] }), "/class/0/when/pathPrefixes/0"),
        (json!({ "fairBy": "no header" }), "/fairBy"),
    ] {
        H::new(config).expect_schema_error(pointer);
    }
    for (config, message) in [
        (rule(json!({ "then": "queue" })), "/rules/0/maxWait: say for how long"),
        (rule(json!({ "maxWait": "1s" })), "/rules/0/maxWait: who is refused"),
        (rule(json!({ "then": "degrade" })), "/rules/0/then: nothing is kept"),
        (rule(json!({ "then": "queue", "maxWait": "1s", "retryAfter": "1s" })), "/rules/0/retryAfter"),
        (
            json!({ "degrade": {}, "rules": [{ "when": { "cpu": 0.5 }, "then": "degrade", "classes": ["low", "high"] }] }),
            "/rules/0/classes: nothing is kept",
        ),
        (
            json!({ "class": [{ "when": { "methods": ["GET"], "values": ["x"] }, "class": "low" }] }),
            "/class/0/when/values",
        ),
    ] {
        H::new(config).expect_config_error(message);
    }
}

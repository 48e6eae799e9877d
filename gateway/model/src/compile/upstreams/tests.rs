use serde_json::{Value, json};

use crate::{
    compile::compile,
    document::DocumentFile,
    finding::{Finding, Severity},
    plugin::NoModules,
};

/// What is found about an upstream with these members, by the places in it: errors, and warnings.
fn findings(members: Value) -> (Vec<String>, Vec<String>) {
    let mut upstream = json!({"name": "shop", "targets": [{"address": "127.0.0.1:9000"}, {"address": "[::1]:9000"}]});
    upstream.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    let file: DocumentFile = serde_json::from_value(json!({"upstreams": [upstream]})).unwrap();
    let findings = match compile(&file.into_document().unwrap(), 7, &NoModules) {
        Ok(compiled) => compiled.warnings,
        Err(findings) => findings,
    };
    let (errors, warnings): (Vec<_>, Vec<_>) = findings.iter().partition(|finding| finding.severity == Severity::Error);
    let places = |findings: Vec<&Finding>| {
        findings.into_iter().map(|finding| finding.path.to_string().replace("upstreams.shop.", "")).collect()
    };
    (places(errors), places(warnings))
}

fn check(cases: impl IntoIterator<Item = (Value, Vec<&'static str>)>) {
    for (members, paths) in cases {
        let (errors, warnings) = findings(members.clone());
        assert_eq!((errors, warnings.len()), (paths.into_iter().map(str::to_owned).collect(), 0), "{members}");
    }
}

#[test]
fn targets_have_weights_and_priorities_within_bounds() {
    let targets = |weight: u32, priority: u32| {
        let other = json!({"address": "127.0.0.1:1"});
        json!({"targets": [{"address": "127.0.0.1:2", "weight": weight, "priority": priority}, other]})
    };
    check([
        (targets(0, 0), vec![]),
        (targets(1_000, 7), vec![]),
        (targets(1_001, 8), vec!["targets.0.weight", "targets.0.priority"]),
        (json!({"targets": []}), vec!["targets"]),
    ]);
}

#[test]
fn targets_that_are_probably_mistakes_are_warned_of() {
    let targets = |weight: u32| json!({"targets": [{"address": "127.0.0.1:2", "weight": weight}]});
    assert_eq!(findings(targets(0)), (vec![], vec!["targets".to_owned()]));
    let twice = json!({"targets": [{"address": "127.0.0.1:2"}, {"address": "127.0.0.1:2"}]});
    assert_eq!(findings(twice), (vec![], vec!["targets.1.address".to_owned()]));
}

#[test]
fn a_balancing_holds_what_its_fields_may_say() {
    let hash = |source: &str, name: Value| json!({"balancing": {"algorithm": "CONSISTENT_HASH", "hashOn": {"source": source, "name": name}}});
    check([
        (json!({"balancing": {"algorithm": "ROUND_ROBIN", "slowStartMs": 30_000, "panicPercent": 0}}), vec![]),
        (json!({"balancing": {"slowStartMs": 86_400_001}}), vec!["balancing.slowStartMs"]),
        (json!({"balancing": {"panicPercent": 101}}), vec!["balancing.panicPercent"]),
        (json!({"balancing": {"algorithm": "CONSISTENT_HASH"}}), vec!["balancing.hashOn"]),
        (hash("HEADER", json!("x-user")), vec![]),
        (hash("HEADER", json!("x user")), vec!["balancing.hashOn.name"]),
        (hash("HEADER", json!(null)), vec!["balancing.hashOn.name"]),
        (hash("COOKIE", json!("session")), vec![]),
        (hash("COOKIE", json!("a=b")), vec!["balancing.hashOn.name"]),
        (hash("QUERY_PARAMETER", json!("user")), vec![]),
        (hash("QUERY_PARAMETER", json!("user&x")), vec!["balancing.hashOn.name"]),
        (hash("CLIENT_IP", json!(null)), vec![]),
        (hash("CLIENT_IP", json!("x")), vec!["balancing.hashOn.name"]),
    ]);
    let idle = json!({"balancing": {"hashOn": {"source": "CLIENT_IP"}}});
    assert_eq!(findings(idle), (vec![], vec!["balancing.hashOn".to_owned()]));
}

#[test]
fn passive_health_holds_what_its_fields_may_say() {
    let passive = |members: Value| json!({"health": {"passive": members}});
    let off = json!({"consecutive5xx": 0, "consecutiveGatewayErrors": 0, "consecutiveLocalErrors": 0});
    check([
        (passive(off), vec![]),
        (passive(json!({"consecutive5xx": 1_001})), vec!["health.passive.consecutive5xx"]),
        (passive(json!({"consecutiveGatewayErrors": 1_001})), vec!["health.passive.consecutiveGatewayErrors"]),
        (passive(json!({"consecutiveLocalErrors": 1_001})), vec!["health.passive.consecutiveLocalErrors"]),
        (passive(json!({"intervalMs": 0})), vec!["health.passive.intervalMs"]),
        (passive(json!({"baseEjectionMs": 0})), vec!["health.passive.baseEjectionMs"]),
        (passive(json!({"baseEjectionMs": 300_001})), vec!["health.passive.maxEjectionMs"]),
        (passive(json!({"maxEjectionMs": 86_400_001})), vec!["health.passive.maxEjectionMs"]),
        (passive(json!({"maxEjectionPercent": 101})), vec!["health.passive.maxEjectionPercent"]),
    ]);
}

#[test]
fn active_health_holds_what_its_fields_may_say() {
    let active = |members: Value| json!({"health": {"active": members}});
    check([
        (active(json!({})), vec![]),
        (active(json!({"kind": "TCP", "path": "none of its business"})), vec![]),
        (active(json!({"path": "/healthz?deep=1", "host": "api.example.com:8080"})), vec![]),
        (active(json!({"path": "healthz"})), vec!["health.active.path"]),
        (active(json!({"path": "/a b"})), vec!["health.active.path"]),
        (active(json!({"host": "http://x"})), vec!["health.active.host"]),
        (active(json!({"intervalMs": 9})), vec!["health.active.intervalMs"]),
        (active(json!({"timeoutMs": 0})), vec!["health.active.timeoutMs"]),
        (active(json!({"healthyThreshold": 0})), vec!["health.active.healthyThreshold"]),
        (active(json!({"unhealthyThreshold": 1_001})), vec!["health.active.unhealthyThreshold"]),
        (
            active(json!({"expectedStatuses": {"from": 100, "to": 600}})),
            vec!["health.active.expectedStatuses.from", "health.active.expectedStatuses.to"],
        ),
        (active(json!({"expectedStatuses": {"from": 300, "to": 200}})), vec!["health.active.expectedStatuses.to"]),
    ]);
}

#[test]
fn retries_hold_what_their_fields_may_say() {
    let retries = |members: Value| json!({"retries": members});
    check([
        (retries(json!({})), vec![]),
        (retries(json!({"attempts": 0, "on": [], "budgetPercent": 0})), vec![]),
        (retries(json!({"attempts": 11})), vec!["retries.attempts"]),
        (retries(json!({"budgetPercent": 101})), vec!["retries.budgetPercent"]),
        (retries(json!({"on": ["TIMEOUT"], "perTryTimeoutMs": 0})), vec!["retries.perTryTimeoutMs"]),
    ]);
    let idle = retries(json!({"perTryTimeoutMs": 100}));
    assert_eq!(findings(idle), (vec![], vec!["retries.perTryTimeoutMs".to_owned()]));
}

/// An authority's certificate, for nobody.
const CERTIFICATE: &str = include_str!("tests/authority.pem");

#[test]
fn tls_is_held_to_certificates_and_names_that_can_be_read() {
    let tls = |members: Value| json!({"tls": members});
    let shown = |certificate: &str, secret: &str| json!({"tls": {"clientCertificate": {"certificate": certificate, "keySecret": secret}}});
    let two = format!("# our authorities\n{CERTIFICATE}\n{CERTIFICATE}");
    let key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
    let mixed = format!("{CERTIFICATE}{key}");
    let (broken, cut) = (CERTIFICATE.replace("MII", "*II"), &CERTIFICATE[..200]);
    check([
        (tls(json!({})), vec![]),
        (tls(json!({"serverName": "shop.internal"})), vec![]),
        (tls(json!({"serverName": "10.0.0.1"})), vec![]),
        (tls(json!({"serverName": "::1"})), vec![]),
        (tls(json!({"serverName": "shop.internal:443"})), vec!["tls.serverName"]),
        (tls(json!({"serverName": ""})), vec!["tls.serverName"]),
        (tls(json!({"authorities": CERTIFICATE})), vec![]),
        (tls(json!({"authorities": two})), vec![]),
        (tls(json!({"authorities": ""})), vec!["tls.authorities"]),
        (tls(json!({"authorities": "no PEM"})), vec!["tls.authorities"]),
        (tls(json!({"authorities": broken})), vec!["tls.authorities"]),
        (tls(json!({"authorities": cut})), vec!["tls.authorities"]),
        (tls(json!({"authorities": mixed})), vec!["tls.authorities"]),
        (shown(CERTIFICATE, "gateway-key"), vec![]),
        (shown(key, "gateway-key"), vec!["tls.clientCertificate.certificate"]),
        (shown(CERTIFICATE, "../gateway-key"), vec!["tls.clientCertificate.keySecret"]),
    ]);
}

#[test]
fn a_finding_about_a_private_key_quotes_none_of_it() {
    let mixed = format!("{CERTIFICATE}-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n");
    let upstream = json!({"name": "shop", "targets": [{"address": "a:1"}], "tls": {"authorities": mixed}});
    let file: DocumentFile = serde_json::from_value(json!({"upstreams": [upstream]})).unwrap();
    let findings = compile(&file.into_document().unwrap(), 7, &NoModules).unwrap_err();
    assert!(findings[0].message.contains("private key") && !findings[0].message.contains("c2Vj"), "{findings:?}");
}

#[test]
fn tls_that_proves_nothing_is_warned_of() {
    assert_eq!(findings(json!({"tls": {"verify": false}})), (vec![], vec!["tls.verify".to_owned()]));
    let both = json!({"tls": {"verify": false, "authorities": CERTIFICATE}});
    assert_eq!(findings(both), (vec![], vec!["tls.verify".to_owned(), "tls.authorities".to_owned()]));
}

#[test]
fn a_protocol_that_cannot_be_meant_is_found() {
    check([
        (json!({"protocol": "HTTP2"}), vec![]),
        (json!({"protocol": "AUTO", "tls": {}}), vec![]),
        (json!({"protocol": "HTTP2", "health": {"active": {"kind": "GRPC", "service": "shop.Orders"}}}), vec![]),
        (json!({"health": {"active": {"kind": "GRPC"}}}), vec!["health.active.kind"]),
        (
            json!({"protocol": "HTTP2", "health": {"active": {"kind": "GRPC", "host": "a b"}}}),
            vec!["health.active.host"],
        ),
    ]);
    assert_eq!(findings(json!({"protocol": "AUTO"})), (vec![], vec!["protocol".to_owned()]));
}

#[test]
fn a_whole_exchange_and_the_silence_before_a_ping_have_bounds() {
    check([
        (json!({"timeouts": {"totalMs": 30_000, "pingMs": 0}}), vec![]),
        (json!({"timeouts": {"pingMs": 3_600_001}}), vec!["timeouts.pingMs"]),
        (json!({"timeouts": {"totalMs": 86_400_001}}), vec!["timeouts.totalMs"]),
    ]);
    let short = json!({"timeouts": {"totalMs": 29_999}});
    assert_eq!(findings(short), (vec![], vec!["timeouts.totalMs".to_owned()]));
}

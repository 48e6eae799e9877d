mod basis;
mod routes;

use std::sync::Arc;

use serde_json::{Value, json};

use super::*;
use crate::consumer::Consumer;
use crate::{
    attachment::{Attachment, FailurePolicy, Isolation},
    credential::{KeyDigest, Password},
    document::DocumentFile,
    grant::Grant,
    plugin::{Digest, PluginFacts},
    snapshot::Head,
};
use gateway_algorithms::priority::PriorityClass;

/// A catalog with one module, `sha256:aa…`, that wants a `level` and the grant `identity`.
struct OneModule;

fn module() -> Digest {
    format!("sha256:{}", "a".repeat(64)).parse().unwrap()
}

impl Catalog for OneModule {
    fn facts(&self, digest: &Digest) -> Option<Arc<PluginFacts>> {
        (*digest == module()).then(|| {
            Arc::new(PluginFacts {
                digest: module(),
                name: "one".into(),
                version: "1.0.0".into(),
                description: String::new(),
                default_order: 100,
                config_schema: json!({}),
                imports: Vec::new(),
                hooks: vec!["request".into()],
                needs: vec![Grant::Identity],
                size: 1,
            })
        })
    }

    fn check_config(&self, _digest: &Digest, config: &Value) -> Vec<(Path, String)> {
        match config.get("level") {
            Some(Value::Number(_)) => Vec::new(),
            _ => vec![(Path::new().then("level"), "is no number".to_owned())],
        }
    }

    fn secrets(&self, _digest: &Digest, config: &Value) -> Vec<(Path, String)> {
        let key = config.get("key").and_then(Value::as_str);
        key.map(|name| (Path::new().then("key"), name.to_owned())).into_iter().collect()
    }
}

fn compile_json(document: Value) -> Result<Compiled, Vec<Finding>> {
    let file: DocumentFile = serde_json::from_value(document).unwrap();
    compile(&file.into_document().unwrap(), 7, &OneModule)
}

fn good() -> Value {
    json!({
        "upstreams": [{"name": "shop", "targets": [{"address": "127.0.0.1:9000"}, {"address": "[::1]:9000"}]}],
        "routes": [{"name": "orders", "hosts": ["API.example.com"], "pathPrefix": "/orders", "upstream": "shop"}],
        "usagePlans": [{"name": "gold", "throttle": {"rateLimit": 100, "burstLimit": 200}}],
        "consumers": [{"name": "acme", "usagePlans": ["gold"], "groups": ["partners"]}],
        "credentials": [
            {"name": "acme-1", "consumer": "acme", "keyDigest": "0f".repeat(32)},
            {"name": "acme-2", "consumer": "acme", "passwordHash": password_hash()},
            {"name": "acme-3", "consumer": "acme", "certificate": {"dns": "batch.acme.example"}},
            {"name": "dora", "consumer": "acme", "username": "dora", "passwordHash": password_hash()},
            {"name": "dora-3", "consumer": "acme", "certificate": {"dns": "dora.example"}},
        ],
        "plugins": [{"name": "one", "digest": module()}],
        "attachments": [{"name": "one-all", "plugin": "one", "config": {"level": 1}, "grants": ["identity"]}],
    })
}

fn password_hash() -> String {
    format!("{}c2FsdHNhbHRzYWx0c2FsdA${}", Password::PARAMETERS, "A".repeat(43))
}

fn previous(digests: &[&str]) -> Vec<Value> {
    let key = |digest: &&str| json!({"keyDigest": digest, "expiresAt": "2026-12-01T00:00:00Z"});
    digests.iter().map(key).collect()
}

/// The paths of all errors, after `change` was made to a good document.
fn errors(change: impl FnOnce(&mut Value)) -> Vec<String> {
    let mut document = good();
    change(&mut document);
    match compile_json(document) {
        Ok(_) => Vec::new(),
        Err(findings) => findings.iter().map(|finding| finding.path.to_string()).collect(),
    }
}

#[test]
fn a_sound_document_compiles_with_everything_resolved() {
    let Compiled { snapshot, warnings, .. } = compile_json(good()).unwrap();
    assert!(warnings.is_empty());
    assert_eq!(snapshot.revision, 7);
    let route = snapshot.routes.route(&Head::get("api.example.com", "/orders/1")).unwrap();
    assert_eq!(route.upstreams().next().unwrap().upstream.name, "shop");
    assert_eq!(route.chain[0].name.as_ref(), "one-all");
    let credential = snapshot.credentials.by_key(&KeyDigest([0x0f; 32]), 0).unwrap();
    assert_eq!(credential.name.as_ref(), "acme-1");
    let identity = &credential.identity;
    assert_eq!(identity.consumer.as_ref(), "acme");
    assert_eq!(identity.plan("orders").unwrap().throttle.unwrap().burst(), 200);
}

#[test]
fn every_mistake_is_told_at_its_place() {
    for (place, value, paths) in [
        ("/routes/0/upstream", json!("shpo"), vec!["routes.orders.upstream"]),
        ("/routes/0/pathPrefix", json!("orders"), vec!["routes.orders.pathPrefix"]),
        ("/routes/0/pathPrefix", json!("/a/../b"), vec!["routes.orders.pathPrefix"]),
        ("/routes/0/hosts/0", json!("http://x"), vec!["routes.orders.hosts.0"]),
        ("/upstreams/0/targets", json!([]), vec!["upstreams.shop.targets"]),
        ("/upstreams/0/targets/1/address", json!("nowhere"), vec!["upstreams.shop.targets.1.address"]),
        ("/upstreams/0/timeouts", json!({"connectMs": 0}), vec!["upstreams.shop.timeouts.connectMs"]),
        ("/usagePlans/0/throttle/burstLimit", json!(0), vec!["usagePlans.gold.throttle.burstLimit"]),
        ("/usagePlans/0/throttle/rateLimit", json!(-1), vec!["usagePlans.gold.throttle.rateLimit"]),
        ("/consumers/0/usagePlans/0", json!("silver"), vec!["consumers.acme.usagePlans.0"]),
        ("/credentials/0/consumer", json!("nobody"), vec!["credentials.acme-1.consumer"]),
        ("/credentials/0/keyDigest", json!("zz"), vec!["credentials.acme-1.keyDigest"]),
        ("/credentials/0/previousKeys", json!(previous(&["zz"])), vec!["credentials.acme-1.previousKeys.0.keyDigest"]),
        (
            "/credentials/0/previousKeys",
            json!(previous(&[&"0f".repeat(32)])),
            vec!["credentials.acme-1.previousKeys.0.keyDigest"],
        ),
        (
            "/credentials/0/previousKeys",
            json!(previous(&["0a", "0b", "0c", "0d", "0e"].map(|pair| pair.repeat(32)).each_ref().map(String::as_str))),
            vec!["credentials.acme-1.previousKeys"],
        ),
        ("/credentials/1/passwordHash", json!("$2y$10$bcrypt"), vec!["credentials.acme-2.passwordHash"]),
        ("/credentials/1/username", json!("a:b"), vec!["credentials.acme-2.username"]),
        ("/credentials/1/username", json!("dora"), vec!["credentials.dora.username"]),
        ("/credentials/2/certificate", json!({"dns": "*.acme.example"}), vec!["credentials.acme-3.certificate.dns"]),
        ("/credentials/2/certificate", json!({"dns": "DORA.example"}), vec!["credentials.dora-3.certificate.dns"]),
        ("/attachments/0/config", json!({"level": "high"}), vec!["attachments.one-all.config.level"]),
        ("/attachments/0/grants", json!([]), vec!["attachments.one-all.grants"]),
        (
            "/attachments/0/grants/0",
            json!("secret:Bad Name"),
            vec!["attachments.one-all.grants.0", "attachments.one-all.grants"],
        ),
        ("/attachments/0/deadlineMs", json!(0), vec!["attachments.one-all.deadlineMs"]),
        ("/attachments/0/deadlineMs", json!(10_001), vec!["attachments.one-all.deadlineMs"]),
        (
            "/attachments/0/grants",
            json!(["identity", "upstream:shpo", "upstream:shop", "kv:A"]),
            vec!["attachments.one-all.grants.1", "attachments.one-all.grants.3"],
        ),
        ("/attachments/0/plugin", json!("two"), vec!["attachments.one-all.plugin"]),
        ("/attachments/0/route", json!("nowhere"), vec!["attachments.one-all.route"]),
        ("/plugins/0/digest", json!(format!("sha256:{}", "b".repeat(64))), vec!["plugins.one.digest"]),
    ] {
        let found = errors(|document| {
            let (parent, key) = place.rsplit_once('/').unwrap();
            match document.pointer_mut(parent).unwrap() {
                Value::Array(list) => list[key.parse::<usize>().unwrap()] = value.clone(),
                object => object[key] = value.clone(),
            }
        });
        assert_eq!(found, paths, "{place} = {value}");
    }
}

#[test]
fn a_secret_that_a_configuration_names_must_be_granted() {
    let keyed = |grants: Value| {
        errors(|document| {
            document["attachments"][0]["config"] = json!({"level": 1, "key": "signing"});
            document["attachments"][0]["grants"] = grants;
        })
    };
    assert_eq!(keyed(json!(["identity", "secret:other"])), ["attachments.one-all.config.key"]);
    assert!(keyed(json!(["identity", "secret:signing"])).is_empty());
}

#[test]
fn all_mistakes_are_told_at_once() {
    let found = errors(|document| {
        document["routes"][0]["upstream"] = json!("gone");
        document["usagePlans"][0]["throttle"] = json!({"rateLimit": 0, "burstLimit": 0});
        document["attachments"][0]["config"] = json!({});
    });
    let expected = [
        "attachments.one-all.config.level",
        "routes.orders.upstream",
        "usagePlans.gold.throttle.rateLimit",
        "usagePlans.gold.throttle.burstLimit",
    ];
    assert_eq!(found, expected);
}

#[test]
fn two_routes_at_the_same_place_are_refused() {
    let found = errors(|document| {
        let twin = json!({"name": "twin", "hosts": ["api.example.com"], "pathPrefix": "/orders/", "upstream": "shop"});
        document["routes"].as_array_mut().unwrap().push(twin);
    });
    assert_eq!(found, ["routes.twin.pathPrefix"]);
}

#[test]
fn a_misspelt_name_is_answered_with_the_nearest() {
    let mut document = good();
    document["routes"][0]["upstream"] = json!("shpo");
    let findings = compile_json(document).unwrap_err();
    assert_eq!(findings[0].message, r#"there is no "shpo" among upstreams: did you mean "shop"?"#);
}

/// What is found about an upstream with this admission, by the places in the admission.
fn admission_findings(admission: Value) -> (Vec<String>, Vec<String>) {
    let mut document = good();
    document["upstreams"][0]["admission"] = admission;
    let findings = match compile_json(document) {
        Ok(compiled) => compiled.warnings,
        Err(findings) => findings,
    };
    let (errors, warnings): (Vec<_>, Vec<_>) = findings.iter().partition(|finding| finding.severity == Severity::Error);
    let places = |findings: Vec<&Finding>| {
        let place = |finding: &Finding| finding.path.to_string().replace("upstreams.shop.admission.", "");
        findings.into_iter().map(place).collect()
    };
    (places(errors), places(warnings))
}

#[test]
fn an_admission_holds_what_its_fields_may_say() {
    let rule = |wait: u32, share: u32| json!({"maxWaitMs": wait, "share": share});
    for (admission, paths) in [
        (json!({}), vec![]),
        (json!({"concurrency": {"min": 0}}), vec!["concurrency.min"]),
        (json!({"concurrency": {"max": 1_000_001}}), vec!["concurrency.max"]),
        (json!({"concurrency": {"initial": 0}}), vec!["concurrency.initial"]),
        (
            json!({"concurrency": {"min": 0, "max": 0, "initial": 0}}),
            vec!["concurrency.min", "concurrency.max", "concurrency.initial"],
        ),
        (json!({"concurrency": {"min": 30, "max": 29}}), vec!["concurrency.min"]),
        (json!({"concurrency": {"initial": 1}}), vec!["concurrency.initial"]),
        (json!({"concurrency": {"initial": 1_001}}), vec!["concurrency.initial"]),
        (json!({"concurrency": {"min": 1, "max": 1_000_000, "initial": 1_000_000}}), vec![]),
        (json!({"concurrency": {"algorithm": "AIMD"}}), vec!["concurrency.latencyMs"]),
        (json!({"concurrency": {"algorithm": "AIMD", "latencyMs": 0}}), vec!["concurrency.latencyMs"]),
        (json!({"concurrency": {"algorithm": "AIMD", "latencyMs": 1}}), vec![]),
        (json!({"queue": {"maxRequests": 0, "maxBytes": 0}}), vec![]),
        (json!({"queue": {"maxRequests": 1_000_001}}), vec!["queue.maxRequests"]),
        (json!({"queue": {"maxBytes": (64_u64 << 30) + 1}}), vec!["queue.maxBytes"]),
        (json!({"classes": {"critical": rule(600_001, 0)}}), vec!["classes.critical.maxWaitMs"]),
        (json!({"classes": {"high": rule(600_001, 0)}}), vec!["classes.high.maxWaitMs"]),
        (json!({"classes": {"normal": rule(600_001, 0)}}), vec!["classes.normal.maxWaitMs"]),
        (json!({"classes": {"low": rule(600_001, 0)}}), vec!["classes.low.maxWaitMs"]),
        (json!({"classes": {"low": rule(600_000, 80)}}), vec![]),
        (json!({"classes": {"low": rule(0, 81)}}), vec!["classes"]),
        (json!({"classes": {"low": rule(0, u32::MAX), "high": rule(0, u32::MAX)}}), vec!["classes"]),
    ] {
        let (errors, warnings) = admission_findings(admission.clone());
        assert_eq!((errors, warnings.len()), (paths.into_iter().map(str::to_owned).collect(), 0), "{admission}");
    }
}

#[test]
fn a_response_time_that_an_algorithm_does_not_ask_for_is_warned_of() {
    for algorithm in ["GRADIENT", "FIXED"] {
        let (errors, warnings) = admission_findings(json!({"concurrency": {"algorithm": algorithm, "latencyMs": 5}}));
        assert_eq!((errors.len(), warnings), (0, vec!["concurrency.latencyMs".to_owned()]), "{algorithm}");
    }
}

#[test]
fn classes_of_routes_and_plans_reach_the_snapshot() {
    let mut document = good();
    document["routes"][0]["priority"] = json!("critical");
    document["usagePlans"] = json!([{"name": "gold", "priority": "low"}]);
    let Compiled { snapshot, .. } = compile_json(document).unwrap();
    let route = snapshot.routes.route(&Head::get("api.example.com", "/orders")).unwrap();
    assert_eq!(route.priority, Some(PriorityClass::Critical));
    let identity = &snapshot.credentials.by_key(&KeyDigest([0x0f; 32]), 0).unwrap().identity;
    assert_eq!(identity.plan("orders").unwrap().priority, Some(PriorityClass::Low));
}

/// The errors of a plan of these members beside its name.
fn plan_errors(members: Value) -> Vec<String> {
    errors(|document| {
        let plan = document["usagePlans"][0].as_object_mut().unwrap();
        plan.extend(members.as_object().unwrap().clone());
    })
}

#[test]
fn a_plan_says_how_much_on_which_routes_and_methods() {
    let mut document = good();
    document["usagePlans"] = json!([
        {"name": "gold", "throttle": {"rateLimit": 100, "burstLimit": 200}, "quota": {"limit": 1000, "period": "DAY"}},
        {
            "name": "orders-only",
            "routes": ["orders"],
            "methodThrottles": [
                {"route": "orders", "throttle": {"rateLimit": 5, "burstLimit": 5}},
                {"route": "orders", "method": "POST", "throttle": {"rateLimit": 1, "burstLimit": 1}},
            ],
        },
    ]);
    document["consumers"][0]["usagePlans"] = json!(["gold", "orders-only"]);
    let Compiled { snapshot, warnings, .. } = compile_json(document).unwrap();
    assert!(warnings.is_empty());
    let identity = &snapshot.identities["acme"];
    assert_eq!(&*identity.plan("elsewhere").unwrap().name, "gold");
    let plan = identity.plan("orders").unwrap();
    assert_eq!(&*plan.name, "orders-only");
    let burst = |method| plan.method_throttle("orders", &method).unwrap().throttle.burst();
    assert_eq!((burst(http::Method::POST), burst(http::Method::GET)), (1, 5));
    assert!(plan.method_throttle("elsewhere", &http::Method::GET).is_none());
}

#[test]
fn groups_have_names_that_fit_into_a_field_with_commas_between_them() {
    let groups = json!(["partners", "a,admin", "", "new\nline", "x".repeat(129)]);
    let told = errors(|document| document["consumers"][0]["groups"] = groups);
    assert_eq!(told.len(), 4, "{told:?}");
    for (index, told) in (1..).zip(told) {
        assert!(told.contains(&format!("consumers.acme.groups.{index}")), "{told}");
    }
}

#[test]
fn every_mistake_in_a_plan_is_told_at_its_place() {
    for (members, path) in [
        (json!({"quota": {"limit": 0, "period": "DAY"}}), "usagePlans.gold.quota.limit"),
        (json!({"quota": {"limit": 1_u64 << 53, "period": "DAY"}}), "usagePlans.gold.quota.limit"),
        (json!({"quota": {"limit": 2, "offset": 2, "period": "DAY"}}), "usagePlans.gold.quota.offset"),
        (
            json!({"quota": {"limit": 2, "offset": 1, "period": "DAY"}, "counting": "EXACT"}),
            "usagePlans.gold.quota.offset",
        ),
        (json!({"quota": {"limit": 1, "period": "DAY", "timeZone": "Mars"}}), "usagePlans.gold.quota.timeZone"),
        (json!({"throttle": {"rateLimit": 1e-6, "burstLimit": 20_000}}), "usagePlans.gold.throttle.burstLimit"),
        (
            json!({"throttle": {"rateLimit": 0.001, "burstLimit": 5_000}, "counting": "EXACT"}),
            "usagePlans.gold.throttle.burstLimit",
        ),
        (json!({"routes": ["order"]}), "usagePlans.gold.routes.0"),
        (
            json!({"methodThrottles": [{"route": "order", "throttle": {"rateLimit": 1, "burstLimit": 1}}]}),
            "usagePlans.gold.methodThrottles.0.route",
        ),
        (
            json!({"methodThrottles": [
                {"route": "orders", "method": "get", "throttle": {"rateLimit": 1, "burstLimit": 1}},
            ]}),
            "usagePlans.gold.methodThrottles.0.method",
        ),
        (
            json!({"methodThrottles": [
                {"route": "orders", "method": "GET", "throttle": {"rateLimit": 1, "burstLimit": 1}},
                {"route": "orders", "method": "GET", "throttle": {"rateLimit": 2, "burstLimit": 1}},
            ]}),
            "usagePlans.gold.methodThrottles.1",
        ),
    ] {
        assert_eq!(plan_errors(members.clone()), [path], "{members}");
    }
}

#[test]
fn a_consumer_has_one_plan_for_each_route() {
    let found = errors(|document| {
        let silver = json!({"name": "silver", "throttle": {"rateLimit": 1, "burstLimit": 1}});
        document["usagePlans"].as_array_mut().unwrap().push(silver);
        document["consumers"][0]["usagePlans"] = json!(["gold", "silver"]);
    });
    assert_eq!(found, ["consumers.acme.usagePlans.1"]);
}

#[test]
fn an_override_stands_in_the_place_of_the_plan_until_it_ends() {
    let mut document = good();
    document["consumers"][0]["overrides"] = json!([
        {"until": "2026-11-29T18:00:00Z", "throttle": {"rateLimit": 100, "burstLimit": 500}, "reason": "launch"},
        {"usagePlan": "gold", "until": "2026-12-01T00:00:00Z", "quotaLimit": 7, "reason": "goodwill"},
    ]);
    let snapshot = compile_json(document).unwrap().snapshot;
    let identity = &snapshot.identities["acme"];
    let six = 1_795_975_200_000;
    assert_eq!(identity.limit_override("gold", six - 1).unwrap().throttle.unwrap().burst(), 500);
    assert_eq!(identity.limit_override("gold", six).unwrap().quota_limit, Some(7));
    assert!(identity.limit_override("gold", six + 7 * 86_400_000).is_none());
    for (change, path) in [
        (json!({"usagePlan": "silver"}), "consumers.acme.overrides.0.usagePlan"),
        (json!({"throttle": null}), "consumers.acme.overrides.0"),
        (json!({"quotaLimit": 0}), "consumers.acme.overrides.0.quotaLimit"),
    ] {
        let found = errors(|document| {
            let mut item = json!({"until": "2026-11-29T18:00:00Z", "throttle": {"rateLimit": 1, "burstLimit": 1}, "reason": "test"});
            item.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
            document["consumers"][0]["overrides"] = json!([item]);
        });
        assert_eq!(found, [path], "{change}");
    }
}

#[test]
fn a_single_plan_may_be_written_as_one() {
    let consumer: Consumer = serde_json::from_value(json!({"name": "acme", "usagePlan": "gold"})).unwrap();
    assert_eq!(consumer.usage_plans, ["gold"]);
    assert_eq!(serde_json::to_value(&consumer).unwrap(), json!({"name": "acme", "usagePlans": ["gold"]}));
}

#[test]
fn on_its_route_an_attachment_replaces_that_of_the_same_plugin_everywhere() {
    let mut document = good();
    document["plugins"].as_array_mut().unwrap().push(json!({"name": "other", "digest": module()}));
    let attachment = |name: &str, plugin: &str, order: i32, route: Option<&str>| json!({"name": name, "plugin": plugin, "order": order, "route": route, "config": {"level": 1}, "grants": ["identity"]});
    document["attachments"] = json!([
        attachment("one-all", "one", 1, None),
        attachment("one-orders", "one", 9, Some("orders")),
        attachment("other-all", "other", 5, None),
    ]);
    let snapshot = compile_json(document.clone()).unwrap().snapshot;
    let route = snapshot.routes.route(&Head::get("api.example.com", "/orders")).unwrap();
    let chain: Vec<&str> = route.chain.iter().map(|attachment| attachment.name.as_ref()).collect();
    assert_eq!(chain, ["other-all", "one-orders"]);
    let file: DocumentFile = serde_json::from_value(document).unwrap();
    let told = crate::chain(&file.into_document().unwrap(), &OneModule, "orders");
    let told: Vec<_> = told.iter().map(|link| (link.order, link.attachment.name.as_str())).collect();
    assert_eq!(told, [(5, "other-all"), (9, "one-orders")]);
}

#[test]
fn an_attachment_from_before_isolation_deadlines_and_quarantine_reads_as_without_them() {
    let old = r#"{"name":"a","plugin":"p","config":{},"onFailure":"closed"}"#;
    let attachment: Attachment = serde_json::from_str(old).unwrap();
    assert_eq!(attachment.on_failure, FailurePolicy::Closed);
    assert_eq!(attachment.isolation, Isolation::Shared);
    assert_eq!((attachment.deadline_ms, attachment.quarantined), (None, false));
    assert_eq!(serde_json::to_string(&attachment).unwrap(), old, "and is written as before");
}

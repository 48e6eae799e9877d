//! A document that is compiled on the basis of another one is compiled as if there had been none.

use std::collections::BTreeMap;

use super::*;

/// Two of everything, so that what does not change stands beside what does.
fn rich() -> Value {
    let mut document = good();
    let add = |document: &mut Value, kind: &str, resource: Value| {
        document[kind].as_array_mut().unwrap().push(resource);
    };
    add(&mut document, "upstreams", json!({"name": "search", "targets": [{"address": "127.0.0.1:9001", "weight": 0}]}));
    add(&mut document, "routes", json!({"name": "search", "pathPrefix": "/search", "upstream": "search"}));
    add(
        &mut document,
        "routes",
        json!({"name": "overlap-1", "path": "/o", "upstream": "shop", "headers": [{"name": "x-a"}]}),
    );
    add(
        &mut document,
        "routes",
        json!({"name": "overlap-2", "path": "/o", "upstream": "shop", "headers": [{"name": "x-b"}]}),
    );
    add(&mut document, "usagePlans", json!({"name": "idle", "routes": ["search"]}));
    add(
        &mut document,
        "attachments",
        json!({"name": "one-search", "plugin": "one", "route": "search", "config": {"level": 2}, "grants": ["identity"]}),
    );
    document
}

/// What a snapshot says, in a form that is compared.
fn told(compiled: &Result<Compiled, Vec<Finding>>) -> Vec<String> {
    let compiled = match compiled {
        Ok(compiled) => compiled,
        Err(findings) => return findings.iter().map(ToString::to_string).collect(),
    };
    let snapshot = &compiled.snapshot;
    let mut told: Vec<String> = compiled.warnings.iter().map(ToString::to_string).collect();
    told.extend(snapshot.routes.iter().map(|route| format!("{route:?}")));
    told.push(format!("{:?}", snapshot.attachments));
    told.push(format!("{:?}", snapshot.upstreams));
    let identities: BTreeMap<_, _> = snapshot.identities.iter().collect();
    told.push(format!("{identities:?}"));
    let mut uses: Vec<String> = snapshot.credentials.last_uses().map(|last_use| format!("{:?}", last_use.id)).collect();
    uses.sort();
    told.extend(uses);
    let credential = |name: &str| format!("{:?}", snapshot.credentials.get(name));
    told.extend(["acme-1", "acme-2", "acme-3"].map(credential));
    for path in ["/orders/1", "/search", "/o", "/new"] {
        let route = snapshot.routes.route(&Head::get("api.example.com", path));
        told.push(format!("{path} {:?}", route.map(|route| &route.name)));
    }
    told
}

#[test]
fn each_change_has_the_outcome_that_it_has_without_a_basis() {
    type Change = (&'static str, fn(&mut Value));
    fn list<'v>(document: &'v mut Value, kind: &str) -> &'v mut Vec<Value> {
        document[kind].as_array_mut().unwrap()
    }
    let changes: &[Change] = &[
        ("nothing", |_| {}),
        ("a route", |it| it["routes"][0]["pathPrefix"] = json!("/new")),
        ("a new route", |it| list(it, "routes").push(json!({"name": "new", "pathRegex": "/n.*", "upstream": "shop"}))),
        ("a route that is none", |it| it["routes"][0]["pathPrefix"] = json!("new")),
        ("the same path twice", |it| it["routes"][1]["path"] = json!("/o")),
        ("an overlap less", |it| it["routes"][2]["path"] = json!("/p")),
        ("a route less, which others name", |it| drop(list(it, "routes").remove(1))),
        ("and those others, too", |it| {
            list(it, "attachments").remove(1);
            list(it, "usagePlans").remove(1);
        }),
        ("an upstream", |it| it["upstreams"][0]["targets"][0]["address"] = json!("127.0.0.1:9009")),
        ("an upstream that warns no more", |it| it["upstreams"][1]["targets"][0]["weight"] = json!(1)),
        ("an upstream less, which a route names", |it| drop(list(it, "upstreams").remove(0))),
        ("an attachment to all routes", |it| it["attachments"][0]["config"]["level"] = json!(7)),
        ("its order", |it| it["attachments"][0]["order"] = json!(7)),
        ("an attachment to one route", |it| it["attachments"][1]["config"]["level"] = json!(8)),
        ("its route", |it| it["attachments"][1]["route"] = json!("orders")),
        ("an attachment less", |it| drop(list(it, "attachments").remove(0))),
        ("a plan", |it| it["usagePlans"][0]["throttle"]["burstLimit"] = json!(7)),
        ("a plan less, which a consumer has", |it| drop(list(it, "usagePlans").remove(0))),
        ("a consumer", |it| it["consumers"][0]["groups"] = json!(["others"])),
        ("a credential", |it| it["credentials"][0]["enabled"] = json!(false)),
        ("a credential less", |it| drop(list(it, "credentials").remove(1))),
        ("a name that is none", |it| it["routes"][0]["name"] = json!("a/b")),
    ];
    let document = |value: &Value| {
        let file: DocumentFile = serde_json::from_value(value.clone()).unwrap();
        file.into_document().unwrap()
    };
    let changed = |change: fn(&mut Value)| {
        let mut value = rich();
        change(&mut value);
        document(&value)
    };
    // From each document to each other one.
    for (before, change) in changes {
        let Ok(Compiled { basis, .. }) = compile(&changed(*change), 7, &OneModule) else { continue };
        for (after, change) in changes {
            let document = changed(*change);
            let compiled = compile_on(&basis, &document, 7, &OneModule);
            assert_eq!(told(&compiled), told(&compile(&document, 7, &OneModule)), "from {before} to {after}");
        }
    }
}

#[test]
fn what_has_not_changed_is_taken_over() {
    let read = |value: &Value| {
        let file: DocumentFile = serde_json::from_value(value.clone()).unwrap();
        file.into_document().unwrap()
    };
    let before = compile(&read(&rich()), 7, &OneModule).unwrap();
    let mut changed = rich();
    changed["routes"][0]["pathPrefix"] = json!("/new");
    let after = compile_on(&before.basis, &read(&changed), 8, &OneModule).unwrap();
    let (before, after) = (before.snapshot, after.snapshot);
    let differ: Vec<&str> = before
        .routes
        .places()
        .iter()
        .zip(after.routes.places())
        .filter(|(one, other)| !Arc::ptr_eq(one.as_ref().unwrap(), other.as_ref().unwrap()))
        .map(|(one, _)| &*one.as_ref().unwrap().name)
        .collect();
    assert_eq!(differ, ["orders"]);
    assert!(Arc::ptr_eq(&before.credentials, &after.credentials) && Arc::ptr_eq(&before.identities, &after.identities));
    assert!(Arc::ptr_eq(&before.attachments, &after.attachments));
}

//! What a change does, and what it refuses.

use gateway_model::{Document, Head, Kind};
use gateway_store::Page;
use serde_json::json;

use crate::{
    error::ChangeError,
    service::ChangeRequest,
    testing::{Home, alice, change, delete, put, refusals, request, route, served, uploaded, upstream},
};

#[tokio::test]
async fn a_change_is_served_when_it_returns() {
    let home = Home::new();
    let service = home.open().await;
    assert_eq!(served(&service), 0);
    let changed = change(&service, vec![upstream("shop", 1), route("orders", "shop")]).await;
    assert_eq!((changed.revision, changed.committed), (1, true));
    let snapshot = service.snapshots().borrow().clone();
    assert_eq!(snapshot.revision, 1);
    assert_eq!(
        snapshot.routes.route(&Head::get("any", "/orders/7")).unwrap().upstreams().next().unwrap().upstream.name,
        "shop"
    );
    assert_eq!(service.document(), (1, changed.document));
}

#[tokio::test]
async fn revisions_count_real_changes_only() {
    let home = Home::new();
    let service = home.open().await;
    change(&service, vec![upstream("shop", 1)]).await;
    for nothing in [
        vec![],
        vec![upstream("shop", 1)],
        vec![delete(Kind::Routes, "none")],
        vec![upstream("brief", 1), delete(Kind::Upstreams, "brief")],
        vec![upstream("shop", 2), upstream("shop", 1)],
    ] {
        let changed = change(&service, nothing).await;
        assert_eq!((changed.revision, changed.committed, changed.edits), (1, false, vec![]));
    }
    let changed = change(&service, vec![upstream("shop", 1), upstream("other", 1), upstream("other", 2)]).await;
    assert_eq!((changed.revision, changed.committed, changed.edits), (2, true, vec![upstream("other", 2)]));
    assert_eq!(service.revisions(&Page::first(10)).await.unwrap().items.len(), 2);
}

#[tokio::test]
async fn a_dry_run_says_what_would_happen_and_does_nothing() {
    let home = Home::new();
    let service = home.open().await;
    let dry = |edits| ChangeRequest { dry_run: true, ..request(edits) };
    let changed = service.change(dry(vec![upstream("shop", 1)])).await.unwrap();
    assert_eq!((changed.revision, changed.committed), (0, false));
    assert_eq!(changed.document.names(Kind::Upstreams), ["shop"]);
    assert_eq!(changed.edits, [upstream("shop", 1)]);
    let refused = service.change(dry(vec![route("orders", "nowhere")])).await;
    assert!(matches!(refused, Err(ChangeError::Invalid(_))), "{refused:?}");
    assert_eq!((served(&service), service.document().1.as_ref()), (0, &Document::default()));
}

#[tokio::test]
async fn a_change_on_an_old_revision_is_refused_with_what_changed_since() {
    let home = Home::new();
    let service = home.open().await;
    change(&service, vec![upstream("shop", 1)]).await;
    change(&service, vec![upstream("shop", 2), route("orders", "shop")]).await;
    change(&service, vec![upstream("other", 1)]).await;
    let on = |expected| ChangeRequest { expected: Some(expected), ..request(vec![upstream("mine", 1)]) };
    let Err(ChangeError::Conflict { current, yours, changed }) = service.change(on(1)).await else {
        panic!("a stale change passed")
    };
    assert_eq!((current, yours), (3, 1));
    assert_eq!(changed, ["routes.orders", "upstreams.other", "upstreams.shop"]);
    assert!(matches!(service.change(on(4)).await, Err(ChangeError::Conflict { current: 3, yours: 4, .. })));
    assert_eq!(service.change(on(3)).await.unwrap().revision, 4);
}

#[tokio::test]
async fn a_bad_document_is_refused_whole_with_every_error_at_its_path() {
    let home = Home::new();
    let service = home.open().await;
    let facts = uploaded(&service, json!({"properties": {"level": {"type": "number"}}})).await;
    change(&service, vec![upstream("shop", 1), route("orders", "shop")]).await;
    let before = (service.document(), service.audit(&Page::first(10)).await.unwrap());

    let edits = put(json!({
        "upstreams": [{"name": "good", "targets": [{"address": "127.0.0.1:1"}]}],
        "routes": [
            {"name": "lost", "pathPrefix": "/lost", "upstream": "shpo"},
            {"name": "twin", "pathPrefix": "/orders", "upstream": "shop"},
        ],
        "usagePlans": [{"name": "gold", "throttle": {"rateLimit": 1, "burstLimit": 0}}],
        "plugins": [{"name": "paper", "digest": facts.digest}],
        "attachments": [{"name": "paper-all", "plugin": "paper", "config": {"level": "high"}}],
    }));
    assert_eq!(
        refusals(&service, edits).await,
        [
            "error at attachments.paper-all.config.level: expected a number, found a text",
            r#"error at routes.lost.upstream: there is no "shpo" among upstreams: did you mean "shop"?"#,
            r#"error at routes.twin.pathPrefix: the same host and path belong to route "orders" already: change one of them, or tell them apart by methods, headers or query"#,
            "error at usagePlans.gold.throttle.burstLimit: a burst of 0 admits no request: give at least 1",
        ]
    );
    assert_eq!((service.document(), service.audit(&Page::first(10)).await.unwrap()), before);
    assert_eq!(served(&service), 1);
}

#[tokio::test]
async fn a_deletion_is_refused_with_what_still_refers_to_it() {
    let home = Home::new();
    let service = home.open().await;
    let facts = uploaded(&service, json!({})).await;
    let edits = put(json!({
        "upstreams": [{"name": "shop", "targets": [{"address": "127.0.0.1:1"}]}],
        "routes": [{"name": "orders", "pathPrefix": "/orders", "upstream": "shop"}],
        "usagePlans": [{"name": "gold", "throttle": {"rateLimit": 1, "burstLimit": 1}}],
        "consumers": [{"name": "acme", "usagePlans": ["gold"]}],
        "credentials": [{"name": "acme-1", "consumer": "acme", "keyDigest": "0f".repeat(32)}],
        "plugins": [{"name": "paper", "digest": facts.digest}],
        "attachments": [{"name": "paper-orders", "plugin": "paper", "route": "orders"}],
    }));
    change(&service, edits).await;
    for (kind, name, referrer) in [
        (Kind::Upstreams, "shop", "routes.orders.upstream"),
        (Kind::Routes, "orders", "attachments.paper-orders.route"),
        (Kind::UsagePlans, "gold", "consumers.acme.usagePlans.0"),
        (Kind::Consumers, "acme", "credentials.acme-1.consumer"),
        (Kind::Plugins, "paper", "attachments.paper-orders.plugin"),
    ] {
        let expected =
            format!("error at {kind}.{name}: {referrer} refers to it: change that first, or in the same change");
        assert_eq!(refusals(&service, vec![delete(kind, name)]).await, [expected]);
    }
    let both = vec![delete(Kind::Consumers, "acme"), delete(Kind::Credentials, "acme-1")];
    assert_eq!(change(&service, both).await.revision, 2);
}

#[tokio::test]
async fn warnings_come_back_with_the_change() {
    let home = Home::new();
    let service = home.open().await;
    let plan = json!({"usagePlans": [{"name": "gold"}]});
    let changed = change(&service, put(plan)).await;
    assert!(changed.committed);
    assert_eq!(changed.warnings[0].path.to_string(), "usagePlans.gold");
}

#[tokio::test]
async fn what_a_plugin_refuses_is_told_at_its_config() {
    let home = Home::new();
    let service = home.open().await;
    let facts = uploaded(&service, json!({})).await;
    let edits = put(json!({
        "plugins": [{"name": "paper", "digest": facts.digest}],
        "attachments": [
            {"name": "one", "plugin": "paper", "config": {"refuse": "the key is no PEM"}},
            {"name": "three", "plugin": "paper", "config": {"refuse": "the limit is odd"}},
            {"name": "two", "plugin": "paper", "config": {}},
        ],
    }));
    let refused = refusals(&service, edits).await;
    let expected =
        ["error at attachments.one.config: the key is no PEM", "error at attachments.three.config: the limit is odd"];
    assert_eq!(refused, expected);
    assert_eq!(service.document().0, 0);
}

#[tokio::test]
async fn only_what_would_run_differently_is_rehearsed() {
    let home = Home::new();
    let service = home.open().await;
    let old = uploaded(&service, json!({})).await;
    let new = uploaded(&service, json!({"type": "object"})).await;
    let plugin = |digest| json!({"plugins": [{"name": "paper", "digest": digest}]});
    let attachment = |name: &str, order: i32, config| {
        put(json!({"attachments": [{"name": name, "plugin": "paper", "order": order, "config": config}]}))
    };

    change(&service, [put(plugin(&old.digest)), attachment("a", 1, json!({})), attachment("b", 1, json!({}))].concat())
        .await;
    assert_eq!(home.sandbox.rehearsed(), ["a", "b"]);
    change(&service, attachment("a", 1, json!({"level": 1}))).await;
    assert_eq!(home.sandbox.rehearsed(), ["a"]);
    change(&service, attachment("a", 2, json!({"level": 1}))).await;
    assert!(home.sandbox.rehearsed().is_empty(), "another place in the chain is no other behaviour");
    change(&service, put(plugin(&new.digest))).await;
    assert_eq!(home.sandbox.rehearsed(), ["a", "b"]);
}

#[tokio::test]
async fn a_revision_can_be_looked_up_with_what_it_changed() {
    let home = Home::new();
    let service = home.open().await;
    change(&service, vec![upstream("shop", 1)]).await;
    let commented = ChangeRequest { comment: Some("moved".into()), ..request(vec![upstream("shop", 2)]) };
    service.change(commented).await.unwrap();
    let newest = &service.revisions(&Page::first(1)).await.unwrap().items[0];
    assert_eq!((newest.number, &newest.actor, newest.comment.as_deref()), (2, &alice(), Some("moved")));
    let changes = service.changes(2).await.unwrap();
    assert_eq!(changes.len(), 1);
    assert!(changes[0].before.is_some() && changes[0].after.is_some());
    let audit = &service.audit(&Page::first(1)).await.unwrap().items[0];
    assert_eq!((audit.revision, audit.detail.as_str()), (Some(2), "put upstreams.shop"));
}

//! The cache in front of upstreams: how it stands, and what of it is purged.

use std::{sync::Arc, time::Duration};

use gateway_model::Covered;
use gateway_telemetry::{CacheResult, CacheSource, CacheStats, CachedResponse};
use serde_json::{Value, json};

use crate::gateway::Gateway;

const PURGED: &str = "scope value revision committed userErrors { path message code } clientMutationId";

const PURGES: &str = "{ cachePurges { scope value soft revision { number actor comment committedAt } } }";

fn covers(gateway: &Gateway, revision: u64, url: &str, tag: &str) -> Covered {
    gateway.service.snapshots().borrow().purges.covers(revision, url, &[tag.into()])
}

#[tokio::test]
async fn a_purge_is_a_revision_that_serves_when_it_answers() {
    let gateway = Gateway::start().await.with_route().await;
    let input = json!({ "tag": "articles", "comment": "a typo", "clientMutationId": "7" });
    let purged = gateway.mutate("purgeCache", input, PURGED).await;
    let expected = json!({
        "scope": "TAG", "value": "articles", "revision": 3, "committed": true, "userErrors": [], "clientMutationId": "7"
    });
    assert_eq!(purged, expected);
    let of = |revision| covers(&gateway, revision, "https://api.example.com/", "articles");
    assert_eq!([of(2), of(3)], [Covered::Hard, Covered::No]);

    let told = gateway.query(PURGES).await["cachePurges"].clone();
    assert_eq!(
        (&told[0]["scope"], &told[0]["value"], &told[0]["soft"]),
        (&json!("TAG"), &json!("articles"), &json!(false))
    );
    let revision = &told[0]["revision"];
    assert_eq!(
        (&revision["number"], &revision["actor"], &revision["comment"]),
        (&json!(3), &json!("tester"), &json!("a typo"))
    );
    assert!(revision["committedAt"].as_str().unwrap().ends_with('Z'));
}

#[tokio::test]
async fn each_scope_is_answered_in_its_normal_form() {
    let gateway = Gateway::start().await;
    for (input, scope, value) in [
        (json!({ "url": "HTTPS://API.Example.com:443/a/../b?Page=1" }), "URL", "https://api.example.com/b?Page=1"),
        (
            json!({ "prefix": "http://api.example.com:8080/%61rticles" }),
            "PREFIX",
            "http://api.example.com:8080/articles",
        ),
        (json!({ "tag": "Articles", "url": null, "all": false }), "TAG", "Articles"),
        (json!({ "all": true }), "ALL", ""),
    ] {
        let purged = gateway.mutate("purgeCache", input, PURGED).await;
        assert_eq!((&purged["scope"], &purged["value"]), (&json!(scope), &json!(value)));
        assert_eq!((&purged["committed"], &purged["userErrors"]), (&json!(true), &json!([])));
    }
    let told = gateway.query(PURGES).await["cachePurges"].clone();
    assert_eq!(told.as_array().unwrap().len(), 1, "the last one covers all before it: {told}");
}

#[tokio::test]
async fn a_soft_purge_lets_responses_be_validated() {
    let gateway = Gateway::start().await;
    gateway.done("purgeCache", json!({ "url": "https://a.example/x", "soft": true })).await;
    assert_eq!(covers(&gateway, 0, "https://a.example/x", ""), Covered::Soft);
    assert_eq!(gateway.query(PURGES).await["cachePurges"][0]["soft"], true);
    gateway.done("purgeCache", json!({ "prefix": "https://a.example/" })).await;
    assert_eq!(covers(&gateway, 0, "https://a.example/x", ""), Covered::Hard);
}

#[tokio::test]
async fn what_cannot_be_purged_is_refused_at_its_field() {
    let gateway = Gateway::start().await;
    for (input, expected) in [
        (json!({}), json!([[]])),
        (json!({ "all": false, "url": null }), json!([[]])),
        (json!({ "url": "https://a/", "tag": "a", "all": true }), json!([["tag"], ["all"]])),
        (json!({ "all": true, "prefix": "https://a/" }), json!([["all"]])),
        (json!({ "url": "/orders" }), json!([["url"]])),
        (json!({ "url": format!("https://a/{}", "x".repeat(8192)) }), json!([["url"]])),
        (json!({ "prefix": "https://a/x?y" }), json!([["prefix"]])),
        (json!({ "tag": "a,b" }), json!([["tag"]])),
    ] {
        let refused = gateway.mutate("purgeCache", input.clone(), PURGED).await;
        let errors = refused["userErrors"].as_array().unwrap();
        let paths: Vec<&Value> = errors.iter().map(|error| &error["path"]).collect();
        assert_eq!(json!(paths), expected, "{input}");
        assert!(errors.iter().all(|error| error["code"] == "INVALID"));
        assert_eq!([&refused["scope"], &refused["value"]], [&Value::Null, &Value::Null]);
        assert_eq!((&refused["committed"], &refused["revision"]), (&json!(false), &json!(0)));
    }
    let refused = gateway.mutate("purgeCache", json!({ "prefix": "https://a/x?y" }), PURGED).await;
    assert_eq!(
        refused["userErrors"][0]["message"],
        r#""https://a/x?y" has a query, and a prefix covers every query: leave out everything from '?' on, or purge the whole text as a URL"#
    );
}

#[tokio::test]
async fn a_purge_takes_the_options_of_every_mutation() {
    let gateway = Gateway::start().await.with_route().await;
    let dry = gateway.mutate("purgeCache", json!({ "tag": "a", "dryRun": true }), PURGED).await;
    assert_eq!((&dry["committed"], &dry["revision"], &dry["scope"]), (&json!(false), &json!(2), &json!("TAG")));
    assert_eq!(gateway.query(PURGES).await["cachePurges"], json!([]));

    let stale = gateway.try_mutate("purgeCache", json!({ "tag": "a", "expectedRevision": 1 }), PURGED).await;
    let extensions = &stale["errors"][0]["extensions"];
    assert_eq!((&extensions["code"], &extensions["changedPaths"]), (&json!("CONFLICT"), &json!(["routes.orders"])));
    let done = gateway.mutate("purgeCache", json!({ "tag": "a", "expectedRevision": 2 }), PURGED).await;
    assert_eq!(done["revision"], 3);
}

#[tokio::test]
async fn the_audit_log_and_the_revisions_tell_of_a_purge() {
    let gateway = Gateway::start().await.with_route().await;
    gateway.done("purgeCache", json!({ "tag": "articles" })).await;
    gateway.done("purgeCache", json!({ "all": true, "soft": true })).await;
    let query = "{ audit(first: 2) { nodes { action detail actor revision { number } } } \
        revisions(first: 3) { nodes { number summary changes { totalCount } } } }";
    let told = gateway.query(query).await;
    assert_eq!(
        told["audit"]["nodes"],
        json!([
            { "action": "cache.purged", "detail": "softly purged everything", "actor": "tester", "revision": { "number": 4 } },
            { "action": "cache.purged", "detail": r#"purged tag "articles""#, "actor": "tester", "revision": { "number": 3 } },
        ])
    );
    assert_eq!(
        told["revisions"]["nodes"],
        json!([
            { "number": 4, "summary": "softly purged everything", "changes": { "totalCount": 0 } },
            { "number": 3, "summary": r#"purged tag "articles""#, "changes": { "totalCount": 0 } },
            { "number": 2, "summary": "put routes.orders", "changes": { "totalCount": 1 } },
        ])
    );
}

#[tokio::test]
async fn a_purge_is_no_part_of_the_document_and_replacing_it_undoes_none() {
    let gateway = Gateway::start().await.with_route().await;
    let before = gateway.query("{ document }").await["document"].clone();
    gateway.done("purgeCache", json!({ "tag": "articles" })).await;
    assert_eq!(gateway.query("{ document }").await["document"], before);
    gateway.done("applyDocument", json!({ "document": {} })).await;
    gateway.done("applyDocument", json!({ "document": before })).await;
    assert_eq!(covers(&gateway, 2, "https://a/", "articles"), Covered::Hard);
    assert_eq!(gateway.query(PURGES).await["cachePurges"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn purges_are_told_newest_first() {
    let gateway = Gateway::start().await;
    for tag in ["a", "b", "c"] {
        gateway.done("purgeCache", json!({ "tag": tag })).await;
    }
    let told = gateway.query("{ cachePurges(first: 2) { value } }").await["cachePurges"].clone();
    assert_eq!(told, json!([{ "value": "c" }, { "value": "b" }]));
    let refused = gateway.graphql("{ cachePurges(first: -1) { value } }", json!({})).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
}

#[tokio::test]
async fn the_page_on_configuration_has_examples_that_work() {
    let gateway = Gateway::start().await;
    let page = include_str!("../../../../docs/configuration.md");
    let examples: Vec<_> = page.split("```graphql\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    assert_eq!(examples.len(), 1);
    for (field, payload) in gateway.query(examples[0]).await.as_object().unwrap() {
        assert_eq!(payload["userErrors"], json!([]), "{field}");
    }
}

#[tokio::test]
async fn what_the_cache_has_is_told() {
    const STATUS: &str = "{ cache { entries bytes fillingBytes stored evicted diskHits diskBytes sharedHits } }";
    let gateway = Gateway::start().await;
    assert_eq!(gateway.query(STATUS).await["cache"]["entries"], 0);
    gateway.metrics.watch_cache(Arc::new(Known));
    let expected = json!({
        "entries": 1, "bytes": 5_000_000_000_u64, "fillingBytes": 3, "stored": 4, "evicted": 5, "diskHits": 6,
        "diskBytes": 7, "sharedHits": 8,
    });
    assert_eq!(gateway.query(STATUS).await["cache"], expected);
}

#[tokio::test]
async fn what_is_cached_for_a_url_is_told_with_its_key() {
    let responses = |url: &str| {
        format!("{{ cachedResponses(url: {url:?}) {{ key status ageSeconds ttlSeconds bytes tags revision }} }}")
    };
    let gateway = Gateway::start().await;
    gateway.metrics.watch_cache(Arc::new(Known));
    let told = gateway.query(&responses("HTTPS://Shop.example:443/a?page=1")).await;
    let expected = json!([{
        "key": "00ff", "status": 200, "ageSeconds": 70, "ttlSeconds": -10, "bytes": 5, "tags": ["articles"], "revision": 7,
    }]);
    assert_eq!(told["cachedResponses"], expected);
    assert_eq!(gateway.query(&responses("https://shop.example/b")).await["cachedResponses"], json!([]));
}

/// What a cache knows.
struct Known;

impl CacheSource for Known {
    fn stats(&self) -> CacheStats {
        CacheStats {
            entries: 1,
            bytes: 5_000_000_000,
            filling_bytes: 3,
            stored: 4,
            evicted: 5,
            disk_hits: 6,
            disk_bytes: 7,
            shared_hits: 8,
        }
    }

    fn responses(&self, url: &str) -> Vec<CachedResponse> {
        let response = CachedResponse {
            key: "00ff".into(),
            status: 200,
            age: Duration::from_secs(70),
            ttl: -10,
            bytes: 5,
            tags: vec!["articles".into()],
            revision: 7,
        };
        (url == "https://shop.example/a?page=1").then_some(response).into_iter().collect()
    }
}

#[tokio::test]
async fn what_the_cache_made_of_a_route_s_requests_is_told() {
    const OF_ROUTE: &str = "{ route(name: \"orders\") { cache { requests { result count } hitRatio } } }";
    let gateway = Gateway::start().await.with_route().await;
    let nothing = json!({ "requests": [], "hitRatio": null });
    assert_eq!(gateway.query(OF_ROUTE).await["route"]["cache"], nothing);
    assert!(!gateway.metrics.render().contains("\"orders\""), "a question makes no series");

    let route = gateway.metrics.route("orders");
    assert_eq!(gateway.query(OF_ROUTE).await["route"]["cache"], nothing);
    for (result, count) in [
        (CacheResult::Bypass, 5),
        (CacheResult::OnlyIfCached, 1),
        (CacheResult::Hit, 2),
        (CacheResult::Collapsed, 1),
        (CacheResult::Miss, 3),
        (CacheResult::Expired, 2),
    ] {
        (0..count).for_each(|_| route.cached(result));
    }
    let told = gateway.query(OF_ROUTE).await["route"]["cache"].clone();
    let requests = json!([
        { "result": "HIT", "count": 2 },
        { "result": "COLLAPSED", "count": 1 },
        { "result": "MISS", "count": 3 },
        { "result": "EXPIRED", "count": 2 },
        { "result": "BYPASS", "count": 5 },
        { "result": "ONLY_IF_CACHED", "count": 1 },
    ]);
    assert_eq!(told, json!({ "requests": requests, "hitRatio": 0.375 }));
}

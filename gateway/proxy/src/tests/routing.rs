//! Which route takes a request, and what becomes of it there.

use gateway_model::{
    DirectResponse, Document, Edit, Field, FieldEdits, Redirect, Resource, Rewrite, Route, Share, ValueMatch,
};
use std::sync::Arc;

use super::harness::*;

fn put(document: &mut Document, route: Route) {
    document.apply(&Edit::Put(Resource::Route(Arc::new(route))));
}

fn route(name: &str) -> Route {
    Route { name: name.into(), upstream: Some("upstream".into()), ..Route::default() }
}

fn field(name: &str, value: &str) -> Field {
    Field { name: name.into(), value: value.into() }
}

/// What the upstream was asked for, and the name of the route in the log.
async fn asked(gate: &mut Gate, head: &str) -> (String, String) {
    let reply = Raw::ask(gate.http(), &format!("{head}\r\n\r\n")).await;
    let line = reply.body.lines().next().unwrap_or_default().trim_end_matches(" HTTP/1.1").to_owned();
    (line, gate.line().await["route"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn method_fields_and_query_tell_routes_with_the_same_path_apart() {
    let upstream = Upstream::echoing().await;
    let mut document = one_route(&[upstream.address]);
    let orders = |name: &str| Route { path_prefix: Some("/orders".into()), ..route(name) };
    let matches =
        |name: &str, value: &str| vec![ValueMatch { name: name.into(), value: Some(value.into()), regex: None }];
    put(&mut document, orders("all"));
    put(&mut document, Route { methods: vec!["PUT".into()], ..orders("puts") });
    put(&mut document, Route { headers: matches("x-region", "eu"), ..orders("eu") });
    put(&mut document, Route { query: matches("beta", "1"), hosts: vec!["*.shop.example".into()], ..orders("beta") });
    let mut gate = Gate::start(&document);
    for (head, expected) in [
        ("GET /orders/1 HTTP/1.1\r\nHost: a", "all"),
        ("PUT /orders/1 HTTP/1.1\r\nHost: a", "puts"),
        ("GET /orders/1 HTTP/1.1\r\nHost: a\r\nX-Region: eu", "eu"),
        ("GET /orders?beta=1 HTTP/1.1\r\nHost: a", "all"),
        ("GET /orders?a=&beta=1 HTTP/1.1\r\nHost: eu.shop.example:8443", "beta"),
        ("GET /orders HTTP/1.1\r\nHost: eu.shop.example", "all"),
        ("GET / HTTP/1.1\r\nHost: a", "route"),
    ] {
        assert_eq!(asked(&mut gate, head).await.1, expected, "{head}");
    }
}

#[tokio::test]
async fn paths_and_hosts_are_rewritten_for_the_upstream_alone() {
    let upstream = Upstream::echoing().await;
    let mut document = one_route(&[upstream.address]);
    let rewrite = |path: Option<&str>, prefix: Option<&str>, host: Option<&str>| {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        Some(Rewrite { path: owned(path), path_prefix: owned(prefix), host: owned(host) })
    };
    let stripped =
        Route { path_prefix: Some("/shop".into()), rewrite: rewrite(None, Some("/"), None), ..route("stripped") };
    put(&mut document, stripped);
    let moved =
        Route { path_prefix: Some("/old/".into()), rewrite: rewrite(None, Some("/v2/new"), None), ..route("moved") };
    put(&mut document, moved);
    put(
        &mut document,
        Route {
            path: Some("/users/{id}/orders/{*rest}".into()),
            rewrite: rewrite(Some("/orders-of/{id}/{rest}"), None, Some("orders.internal:81")),
            ..route("template")
        },
    );
    put(
        &mut document,
        Route {
            path_regex: Some("/v(?<version>[^/]+)/x".into()),
            rewrite: rewrite(Some("/{version}/up"), None, None),
            ..route("regex")
        },
    );
    let mut gate = Gate::start(&document);
    for (target, expected) in [
        ("/shop", "/"),
        ("/shop/", "/"),
        ("/shop/1?q=a%20b", "/1?q=a%20b"),
        ("/shop/%2e%2e/old/a//b", "/v2/new/a/b"),
        ("/old", "/v2/new"),
        ("/users/7/orders/a/b?c", "/orders-of/7/a/b?c"),
        ("/v1/x", "/1/up"),
    ] {
        let (line, _) = asked(&mut gate, &format!("GET {target} HTTP/1.1\r\nHost: a")).await;
        assert_eq!(line, format!("GET {expected}"), "{target}");
    }
    // What was a part of a segment would become a dot segment, and lead elsewhere.
    for target in ["/v../x", "/v..%2Fa/x"] {
        let reply = Raw::ask(gate.http(), &format!("GET {target} HTTP/1.1\r\nHost: a\r\n\r\n")).await;
        assert_eq!((reply.status(), reply.problem().as_str()), (404, "no-route"), "{target}");
    }
    let reply = Raw::ask(gate.http(), "GET /users/7/orders HTTP/1.1\r\nHost: shop.example\r\n\r\n").await;
    assert_eq!(reply.echoed("host").as_deref(), Some("orders.internal:81"));
    assert_eq!(reply.echoed("x-forwarded-host").as_deref(), Some("shop.example"));
}

#[tokio::test]
async fn fields_are_changed_on_both_ways_and_none_of_them_is_the_gateways_own() {
    let upstream = Upstream::echoing().await;
    let mut document = one_route(&[upstream.address]);
    let edits = FieldEdits {
        set: vec![field("x-set", "route")],
        add: vec![field("x-add", "route")],
        remove: vec!["x-remove".into()],
    };
    let response = FieldEdits { set: vec![field("strict-transport-security", "max-age=31536000")], ..edits.clone() };
    put(&mut document, Route { request_headers: edits, response_headers: response, ..route("route") });
    let gate = Gate::start(&document);
    let head = "GET / HTTP/1.1\r\nHost: a\r\nX-Set: client\r\nX-Add: client\r\nX-Remove: client\r\n\r\n";
    let reply = Raw::ask(gate.http(), head).await;
    assert_eq!(reply.echoed("x-set").as_deref(), Some("route"));
    assert_eq!(reply.echoed("x-add").as_deref(), Some("client, route"));
    assert_eq!(reply.echoed("x-remove"), None);
    assert_eq!(reply.field("strict-transport-security").as_deref(), Some("max-age=31536000"));
    // Also on refusals: what is said of the whole site holds there, too.
    let gone = {
        let mut document = document.clone();
        add_upstream(&mut document, "upstream", &[nobody().await.to_string()], Default::default());
        Gate::start(&document)
    };
    let refused = Raw::ask(gone.http(), "GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert_eq!(refused.status(), 503);
    assert_eq!(refused.field("strict-transport-security").as_deref(), Some("max-age=31536000"));
}

#[tokio::test]
async fn routes_answer_themselves_with_a_redirect_or_a_response() {
    let mut document = Document::default();
    let to = |redirect: Redirect| Route { upstream: None, redirect: Some(redirect), ..route("") };
    let plain = Redirect { status: 302, scheme: None, host: None, path: None, path_prefix: None };
    let some = |text: &str| Some(text.to_owned());
    put(
        &mut document,
        Route {
            name: "secure".into(),
            hosts: vec!["shop.example".into()],
            ..to(Redirect { status: 308, scheme: some("https"), ..plain.clone() })
        },
    );
    put(
        &mut document,
        Route {
            name: "moved".into(),
            path_prefix: some("/old"),
            ..to(Redirect { path_prefix: some("/new"), ..plain.clone() })
        },
    );
    put(
        &mut document,
        Route {
            name: "elsewhere".into(),
            path: some("/users/{id}"),
            ..to(Redirect { host: some("users.example:81"), path: some("/{id}/profile"), ..plain })
        },
    );
    put(
        &mut document,
        Route {
            name: "robots".into(),
            path: some("/robots.txt"),
            upstream: None,
            respond: Some(DirectResponse {
                status: 200,
                headers: vec![field("content-type", "text/plain")],
                body: "User-agent: *\n".into(),
            }),
            ..Route::default()
        },
    );
    let mut gate = Gate::start(&document);
    for (host, target, status, location) in [
        ("shop.example:8080", "/a?b=c", 308, "https://shop.example/a?b=c"),
        ("a", "/old/x?y", 302, "/new/x?y"),
        ("a", "/users/7?z", 302, "http://users.example:81/7/profile?z"),
    ] {
        let reply = Raw::ask(gate.http(), &format!("GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n")).await;
        assert_eq!((reply.status(), reply.field("location").as_deref()), (status, Some(location)), "{target}");
        gate.line().await;
    }
    let reply = Raw::ask(gate.http(), "GET /robots.txt HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert_eq!((reply.status(), reply.body.as_str()), (200, "User-agent: *\n"));
    assert_eq!(reply.field("content-type").as_deref(), Some("text/plain"));
    assert_eq!(gate.line().await["route"], "robots");
    let mut raw = Raw::to(gate.http()).await;
    raw.send("HEAD /robots.txt HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await;
    let head = raw.rest().await;
    assert!(head.to_ascii_lowercase().contains("content-length: 14\r\n") && head.ends_with("\r\n\r\n"), "{head}");
}

#[tokio::test]
async fn a_split_gives_each_upstream_its_part() {
    let (old, new) = (Upstream::echoing().await, Upstream::echoing().await);
    let mut document = one_route(&[old.address]);
    for (name, upstream) in [("new", &new), ("none", &old)] {
        add_upstream(&mut document, name, &[upstream.address.to_string()], Default::default());
    }
    let share = |upstream: &str, weight| Share { upstream: upstream.into(), weight };
    let split = vec![share("none", 0), share("upstream", 3), share("new", 1)];
    put(&mut document, Route { upstream: None, split, ..route("route") });
    let mut gate = Gate::start(&document);
    let mut went_to_new = 0;
    let mut raw = Raw::to(gate.http()).await;
    for _ in 0..400 {
        raw.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
        raw.expect().await;
    }
    for _ in 0..400 {
        went_to_new += u32::from(gate.line().await["upstream"] == new.address.to_string());
    }
    // A quarter of 400, give or take six standard deviations.
    assert!((48..=152).contains(&went_to_new), "{went_to_new} of 400");
    assert_eq!(gate.metrics.upstream("none").connections_opened.value(), 0);
}

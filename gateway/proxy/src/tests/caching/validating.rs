//! Asking whether what is stored holds, and answering clients who ask the same.

use http::Response;

use super::*;

const FRESH: &str = "cache-control: max-age=60";

#[tokio::test]
async fn what_the_origin_confirms_is_fresh_again_and_has_what_it_says_anew() {
    let mut cached = Cached::start().await;
    cached.origin.says("/a", 200, &[FRESH, "etag: \"1\"", "x-note: old"], "hello");
    cached.get("/a", &[]).await;
    cached.stored(1).await;
    cached.passes(100);
    cached.origin.count();
    cached.origin.says("/a", 200, &[FRESH, "etag: \"1\"", "x-note: new"], "hello");
    let reply = cached.get("/a", &[]).await;
    assert_eq!((reply.status(), reply.body.as_str()), (200, "hello"));
    assert_eq!(reply.field("x-note").as_deref(), Some("new"));
    assert_eq!(status(&reply), "Sluice; fwd=stale; fwd-status=304; stored; ttl=60");
    assert_eq!(cached.origin.asked()[0].headers["if-none-match"], "\"1\"");
    let reply = cached.get("/a", &[]).await;
    assert_eq!((reply.field("x-note").as_deref(), status(&reply).as_str()), (Some("new"), "Sluice; hit; ttl=60"));
}

#[tokio::test]
async fn what_the_origin_has_anew_takes_the_place_of_what_is_stored() {
    let mut cached = Cached::start().await;
    cached.origin.says("/a", 200, &[FRESH, "etag: \"1\""], "old");
    cached.get("/a", &[]).await;
    cached.stored(1).await;
    cached.passes(100);
    cached.origin.says("/a", 200, &[FRESH, "etag: \"2\""], "new");
    let reply = cached.get("/a", &[]).await;
    assert_eq!((reply.body.as_str(), status(&reply).as_str()), ("new", "Sluice; fwd=stale; stored; ttl=60"));
    cached.stored(2).await;
    assert_eq!(cached.get("/a", &[]).await.body, "new");
}

#[tokio::test]
async fn clients_who_have_it_are_told_so() {
    let mut cached = Cached::start().await;
    cached.origin.says("/a", 200, &[FRESH, "etag: \"1\"", "content-type: text/plain"], "hello");
    // Also by the request that fetches it: the origin is asked for all of it.
    let first = cached.get("/a", &["If-None-Match: \"1\""]).await;
    assert_eq!((first.status(), first.body.as_str()), (304, ""));
    assert!(!cached.origin.asked()[0].headers.contains_key("if-none-match"));
    cached.stored(1).await;
    for (field, expected) in [
        ("If-None-Match: \"1\"", 304),
        ("If-None-Match: W/\"1\"", 304),
        ("If-None-Match: \"0\", \"1\"", 304),
        ("If-None-Match: *", 304),
        ("If-None-Match: \"2\"", 200),
    ] {
        let reply = cached.get("/a", &[field]).await;
        assert_eq!(reply.status(), expected, "{field}");
        assert_eq!(reply.field("etag").as_deref(), Some("\"1\""));
        assert!(status(&reply).starts_with("Sluice; hit"));
        assert_eq!(reply.body.is_empty(), expected == 304);
    }
    assert_eq!(cached.origin.count(), 0);
}

#[tokio::test]
async fn a_client_with_another_tag_gets_all_of_it_where_the_origin_confirms_what_is_stored() {
    let mut cached = Cached::start().await;
    cached.origin.says("/a", 200, &[FRESH, "etag: \"2\""], "hello");
    cached.get("/a", &[]).await;
    cached.stored(1).await;
    cached.passes(100);
    cached.origin.count();
    let reply = cached.get("/a", &["If-None-Match: \"1\""]).await;
    assert_eq!((reply.status(), reply.body.as_str()), (200, "hello"));
    assert_eq!(cached.origin.asked()[0].headers["if-none-match"], "\"2\"");
}

#[tokio::test]
async fn conditions_for_the_origin_go_there() {
    let mut cached = Cached::start().await;
    cached.origin.says("/a", 200, &[FRESH, "etag: \"1\""], "hello");
    cached.get("/a", &[]).await;
    cached.stored(1).await;
    cached.origin.count();
    for field in ["If-Match: \"1\"", "If-Unmodified-Since: Thu, 01 Jan 2015 00:00:00 GMT"] {
        let reply = cached.get("/a", &[field]).await;
        assert_eq!(status(&reply), "Sluice; fwd=bypass", "{field}");
        let (name, value) = field.split_once(": ").unwrap();
        assert_eq!(cached.origin.asked()[0].headers[name], value);
    }
}

#[tokio::test]
async fn the_head_of_a_get_confirms_or_drops_what_is_stored() {
    let mut cached = Cached::start().await;
    cached.origin.says("/a", 200, &[FRESH, "etag: \"1\"", "x-note: old"], "hello");
    cached.get("/a", &[]).await;
    cached.stored(1).await;
    cached.passes(100);
    cached.origin.says("/a", 200, &[FRESH, "etag: \"1\"", "x-note: new"], "hello");
    assert_eq!(cached.ask("HEAD", "/a", &[]).await.status(), 200);
    let reply = cached.get("/a", &[]).await;
    assert_eq!((reply.field("x-note").as_deref(), status(&reply).as_str()), (Some("new"), "Sluice; hit; ttl=60"));
    cached.passes(100);
    cached.origin.says("/a", 200, &[FRESH, "etag: \"2\""], "other");
    cached.ask("HEAD", "/a", &[]).await;
    let reply = cached.get("/a", &["Cache-Control: max-stale"]).await;
    assert_eq!((reply.body.as_str(), status(&reply).as_str()), ("other", "Sluice; fwd=uri-miss; stored; ttl=60"));
}

#[tokio::test]
async fn no_cache_is_stored_and_confirmed_each_time() {
    let mut cached = Cached::start().await;
    cached.origin.says("/a", 200, &["cache-control: no-cache", "etag: \"1\""], "hello");
    cached.get("/a", &[]).await;
    cached.stored(1).await;
    for _ in 0..2 {
        let reply = cached.get("/a", &[]).await;
        assert_eq!((reply.status(), reply.body.as_str()), (200, "hello"));
        assert!(status(&reply).starts_with("Sluice; fwd=stale; fwd-status=304"), "{}", status(&reply));
    }
}

#[tokio::test]
async fn conditions_of_what_is_not_stored_are_not_evaluated() {
    let mut cached = Cached::start().await;
    cached.origin.says("/a", 200, &["cache-control: no-store", "etag: \"1\""], "hello");
    let reply = cached.get("/a", &["If-None-Match: \"1\""]).await;
    assert_eq!((reply.status(), reply.body.as_str()), (200, "hello"));
    // It is known now that nothing is stored of it: the origin is asked what its client asks.
    let reply = cached.get("/a", &["If-None-Match: \"1\""]).await;
    assert_eq!(reply.status(), 304);
    assert_eq!(cached.origin.asked()[1].headers["if-none-match"], "\"1\"");
}

#[tokio::test]
async fn a_tag_that_was_made_weak_on_the_way_is_confirmed_by_the_strong_one() {
    let upstream = Upstream::answering(|request| async move {
        let asked = request.headers().get("if-none-match").cloned();
        let response = Response::builder().header("cache-control", "max-age=60");
        match asked {
            Some(_) => response.status(304).header("etag", "\"1\"").body(full("")).unwrap(),
            None => response.header("etag", "W/\"1\"").body(full("hello")).unwrap(),
        }
    })
    .await;
    let document = document_of(upstream.address, &Caching::default());
    let gate = Gate::start(&document);
    for expected in ["Sluice; fwd=uri-miss; stored; ttl=60", "Sluice; fwd=stale; fwd-status=304; stored; ttl=60"] {
        let reply = Raw::ask(gate.http(), "GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
        assert_eq!((reply.status(), reply.body.as_str(), status(&reply).as_str()), (200, "hello", expected));
        assert_eq!(reply.field("etag").as_deref(), Some("W/\"1\""));
        soon("it is stored", async {
            while gate.cache.stats().stored == 0 {
                tokio::task::yield_now().await;
            }
        })
        .await;
        gate.cache.clock().advance(Duration::from_secs(100));
    }
}

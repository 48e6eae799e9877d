//! What is served without asking, and what is not.

use super::*;

#[tokio::test]
async fn age_begins_with_what_it_was_when_it_came() {
    let mut cached = Cached::start().await;
    cached.origin.says("/a", 200, &["cache-control: max-age=60", "age: 20"], "hello");
    assert_eq!(status(&cached.get("/a", &[]).await), "Sluice; fwd=uri-miss; stored; ttl=40");
    cached.stored(1).await;
    cached.passes(7);
    let reply = cached.get("/a", &[]).await;
    assert_eq!((reply.field("age").as_deref(), status(&reply).as_str()), (Some("27"), "Sluice; hit; ttl=33"));
}

#[tokio::test]
async fn what_the_request_says_is_heeded() {
    let mut cached = Cached::start().await;
    cached.origin.says("/a", 200, &["cache-control: max-age=60"], "hello");
    cached.get("/a", &[]).await;
    cached.stored(1).await;
    cached.passes(30);
    cached.origin.count();
    for (directive, hits) in [
        ("max-age=40", true),
        ("min-fresh=20", true),
        ("only-if-cached", true),
        ("max-age=10", false),
        ("no-cache", false),
    ] {
        let reply = cached.get("/a", &[&format!("Cache-Control: {directive}")]).await;
        assert_eq!(status(&reply).contains("hit"), hits, "{directive}: {}", status(&reply));
        if !hits {
            assert!(status(&reply).starts_with("Sluice; fwd=request; stored"), "{directive}: {}", status(&reply));
            let stored = cached.gate.cache.stats().stored;
            cached.stored(stored.max(2)).await;
            cached.passes(30);
        }
    }
    let stale = cached.get("/a", &["Cache-Control: max-stale=100"]).await;
    assert_eq!(stale.status(), 200);
}

#[tokio::test]
async fn what_the_request_says_may_count_for_nothing() {
    let flags = CachingFlags::IGNORE_REQUEST_DIRECTIVES;
    let mut cached = Cached::with(&Caching { flags, ..Caching::default() }).await;
    cached.origin.says("/a", 200, &["cache-control: max-age=60"], "hello");
    cached.get("/a", &[]).await;
    cached.stored(1).await;
    let reply = cached.get("/a", &["Cache-Control: no-cache", "Pragma: no-cache"]).await;
    assert_eq!(status(&reply), "Sluice; hit; ttl=60");
    assert_eq!(cached.origin.count(), 1);
}

#[tokio::test]
async fn only_if_cached_never_asks_the_origin() {
    let mut cached = Cached::start().await;
    cached.origin.says("/a", 200, &["cache-control: max-age=60"], "hello");
    let reply = cached.get("/a", &["Cache-Control: only-if-cached"]).await;
    assert_eq!((reply.status(), reply.problem().as_str()), (504, "only-if-cached"));
    assert_eq!(cached.origin.count(), 0);
}

#[tokio::test]
async fn a_head_is_answered_from_what_a_get_has_stored() {
    let mut cached = Cached::start().await;
    cached.origin.says("/a", 200, &["cache-control: max-age=60"], "hello");
    cached.get("/a", &[]).await;
    cached.stored(1).await;
    let head = cached.ask("HEAD", "/a", &[]).await;
    assert_eq!((head.status(), head.field("content-length").as_deref()), (200, Some("5")));
    assert_eq!(status(&head), "Sluice; hit; ttl=60");
    assert_eq!(cached.origin.count(), 1);
}

#[tokio::test]
async fn a_stale_response_is_served_at_once_and_refreshed_once() {
    let mut cached = Cached::start().await;
    cached.origin.says("/a", 200, &["cache-control: max-age=10, stale-while-revalidate=30"], "old");
    cached.get("/a", &[]).await;
    cached.stored(1).await;
    cached.origin.count();
    cached.passes(15);
    cached.origin.says("/a", 200, &["cache-control: max-age=10, stale-while-revalidate=30"], "new");
    let answers = cached.origin.waits();
    for _ in 0..3 {
        let reply = cached.get("/a", &[]).await;
        assert_eq!((reply.body.as_str(), status(&reply).as_str()), ("old", "Sluice; hit; ttl=-5"));
    }
    cached.origin.until_asked(1).await;
    answers.add_permits(10);
    cached.stored(2).await;
    let reply = cached.get("/a", &[]).await;
    assert_eq!((reply.body.as_str(), status(&reply).as_str()), ("new", "Sluice; hit; ttl=10"));
    assert_eq!(cached.origin.count(), 1, "for three requests");
}

#[tokio::test]
async fn a_stale_response_is_served_while_the_origin_fails() {
    let mut cached = Cached::start().await;
    for path in ["/a", "/strict"] {
        let strict = if path == "/strict" { ", must-revalidate" } else { "" };
        let control = format!("cache-control: max-age=10, stale-if-error=60{strict}");
        cached.origin.says(path, 200, &[&control], "good");
        cached.get(path, &[]).await;
        cached.origin.says(path, 503, &[], "bad");
    }
    cached.stored(2).await;
    cached.passes(20);
    let reply = cached.get("/a", &[]).await;
    assert_eq!((reply.status(), reply.body.as_str(), status(&reply).as_str()), (200, "good", "Sluice; hit; ttl=-10"));
    assert_eq!(cached.get("/strict", &[]).await.status(), 503);
    cached.passes(60);
    assert_eq!(cached.get("/a", &[]).await.status(), 503, "its time is over");
}

#[tokio::test]
async fn a_stale_response_is_served_when_the_origin_is_gone() {
    let mut cached = Cached::start().await;
    cached.origin.says("/a", 200, &["cache-control: max-age=10, stale-if-error=60"], "good");
    cached.origin.says("/strict", 200, &["cache-control: max-age=10, must-revalidate", "etag: \"1\""], "good");
    cached.get("/a", &[]).await;
    cached.get("/strict", &[]).await;
    cached.stored(2).await;
    cached.passes(20);
    let nobody = nobody().await;
    let document = document_of(nobody, &Caching::default());
    cached.gate.publish(&document);
    let reply = cached.get("/a", &[]).await;
    assert_eq!((reply.status(), reply.body.as_str()), (200, "good"));
    let strict = cached.get("/strict", &[]).await;
    assert_eq!((strict.status(), strict.problem().as_str()), (504, "not-validated"));
}

#[tokio::test]
async fn what_is_unsafe_goes_through_and_drops_what_is_stored() {
    let mut cached = Cached::start().await;
    for path in ["/a", "/b", "/c"] {
        cached.origin.says(path, 200, &["cache-control: max-age=60", "content-location: /b"], path);
    }
    for (stored, path) in ["/a", "/b", "/c"].into_iter().enumerate() {
        cached.get(path, &[]).await;
        cached.stored(stored as u64 + 1).await;
    }
    cached.origin.count();
    // What was asked for in the same moment may be what was before.
    cached.passes(1);
    let post = cached.ask("POST", "/a", &["Content-Length: 0"]).await;
    assert_eq!((post.status(), status(&post).as_str()), (200, "Sluice; fwd=method"));
    assert_eq!(cached.origin.asked()[0].method, "POST");
    cached.passes(1);
    assert!(!status(&cached.get("/a", &[]).await).contains("hit"));
    assert!(!status(&cached.get("/b", &[]).await).contains("hit"), "the response named it");
    assert!(status(&cached.get("/c", &[]).await).contains("hit"));
    // What failed has changed nothing.
    cached.stored(5).await;
    cached.origin.says("/a", 500, &[], "no");
    cached.ask("DELETE", "/a", &[]).await;
    assert!(status(&cached.get("/a", &[]).await).contains("hit"));
}

#[tokio::test]
async fn what_was_on_its_way_when_it_was_changed_is_not_stored() {
    let mut cached = Cached::start().await;
    cached.origin.says("/a", 200, &["cache-control: max-age=60"], "before");
    let answers = cached.origin.waits();
    let mut slow = Raw::to(cached.gate.http()).await;
    slow.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n").await;
    cached.origin.until_asked(1).await;
    cached.client.send("PUT /a HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n").await;
    cached.origin.until_asked(2).await;
    // The answers come in the order of the questions: the PUT has to be answered first.
    let both = answers;
    both.add_permits(2);
    let (got, put) = (slow.expect().await, cached.client.expect().await);
    assert_eq!((got.status(), put.status()), (200, 200));
    both.add_permits(10);
    cached.origin.says("/a", 200, &["cache-control: max-age=60"], "after");
    let reply = cached.get("/a", &[]).await;
    assert!(reply.body == "after" || status(&reply).contains("hit"), "{}", status(&reply));
}

#[tokio::test]
async fn heuristics_fill_in_for_an_origin_that_says_when_it_was_modified() {
    let mut cached = Cached::start().await;
    cached.origin.says("/a", 200, &["last-modified: Thu, 01 Jan 2015 00:00:00 GMT"], "old");
    let reply = cached.get("/a", &[]).await;
    assert!(status(&reply).ends_with("; detail=heuristic"), "{}", status(&reply));
    cached.stored(1).await;
    assert!(status(&cached.get("/a", &[]).await).starts_with("Sluice; hit"));
}

//! Nobody gets what is for somebody else, and nobody decides what others get.

use super::*;

#[tokio::test]
async fn what_the_origin_has_not_said_itself_is_not_for_those_of_whom_something_is_known() {
    let mut cached = Cached::with(&Caching { lifetime: Some(60_000), ..Caching::default() }).await;
    cached.origin.says("/a", 200, &[], "logged out");
    cached.get("/a", &[]).await;
    cached.stored(1).await;
    assert!(status(&cached.get("/a", &[]).await).contains("hit"));
    cached.origin.says("/a", 200, &[], "logged in");
    for field in ["Cookie: session=1", "Authorization: Bearer a"] {
        let reply = cached.get("/a", &[field]).await;
        assert_eq!((reply.body.as_str(), status(&reply).as_str()), ("logged in", "Sluice; fwd=miss"), "{field}");
    }
    // What it says itself is for all of them.
    cached.origin.says("/b", 200, &["cache-control: max-age=60"], "for all");
    let mut said = Cached::before(cached.origin, &Caching::default(), |_| {}).await;
    said.get("/b", &[]).await;
    said.stored(1).await;
    assert!(status(&said.get("/b", &["Cookie: session=1"]).await).contains("hit"));
}

#[tokio::test]
async fn what_varies_on_what_the_gateway_says_is_for_nobody_else() {
    let mut cached = Cached::start().await;
    for field in ["x-forwarded-for", "forwarded", "x-request-id", "via"] {
        cached.origin.says("/a", 200, &["cache-control: max-age=60", &format!("vary: {field}")], "here");
        let reply = cached.get("/a", &["Cache-Control: max-age=60"]).await;
        assert!(!status(&reply).contains("stored"), "{field}: {}", status(&reply));
        cached.passes(3);
    }
    assert_eq!(cached.gate.cache.stats().stored, 0);
}

#[tokio::test]
async fn requests_that_upstreams_may_take_for_others_pass_by() {
    let mut cached = Cached::with(&Caching { lifetime: Some(60_000), ..Caching::default() }).await;
    cached.origin.says("/a", 404, &[], "no such method");
    for field in ["X-HTTP-Method-Override: DELETE", "X-Original-URL: /admin"] {
        assert_eq!(status(&cached.get("/a", &[field]).await), "Sluice; fwd=bypass", "{field}");
    }
    assert_eq!(cached.gate.cache.stats().stored, 0);
}

#[tokio::test]
async fn what_one_caller_is_told_with_a_confirmation_is_told_to_no_other() {
    let mut cached = Cached::start().await;
    cached.origin.says("/a", 200, &["cache-control: max-age=60", "etag: \"1\""], "hello");
    cached.get("/a", &[]).await;
    cached.stored(1).await;
    cached.passes(100);
    cached.origin.says("/a", 200, &["cache-control: max-age=60", "etag: \"1\"", "x-account: alice"], "hello");
    cached.get("/a", &["Authorization: Bearer alice"]).await;
    let reply = cached.get("/a", &["Cache-Control: max-stale"]).await;
    assert_eq!((reply.body.as_str(), reply.field("x-account")), ("hello", None));
}

#[tokio::test]
async fn nobody_drops_what_others_have_by_what_they_say_to_caches() {
    let mut cached = Cached::start().await;
    cached.origin.says("/a", 200, &["cache-control: max-age=60", "etag: \"1\""], "hello");
    cached.get("/a", &[]).await;
    cached.stored(1).await;
    assert_eq!(cached.get("/a", &["Cache-Control: no-cache, no-store"]).await.body, "hello");
    assert!(status(&cached.get("/a", &[]).await).contains("hit"));
}

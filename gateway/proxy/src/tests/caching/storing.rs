//! What is stored, and what never is.

use super::*;

#[tokio::test]
async fn a_response_that_says_for_how_long_is_stored_so_long() {
    let mut cached = Cached::start().await;
    cached.origin.says("/a", 200, &["cache-control: max-age=60", "x-made: once"], "hello");
    let first = cached.get("/a", &[]).await;
    assert_eq!((first.status(), first.body.as_str()), (200, "hello"));
    assert_eq!(status(&first), "Sluice; fwd=uri-miss; stored; ttl=60");
    cached.stored(1).await;
    cached.passes(10);
    let second = cached.get("/a", &[]).await;
    assert_eq!((second.body.as_str(), second.field("x-made").as_deref()), ("hello", Some("once")));
    assert_eq!((second.field("age").as_deref(), status(&second).as_str()), (Some("10"), "Sluice; hit; ttl=50"));
    assert_eq!(cached.origin.count(), 1);
    cached.passes(50);
    let third = cached.get("/a", &[]).await;
    assert_eq!(status(&third), "Sluice; fwd=stale; stored; ttl=60");
    assert_eq!(cached.origin.count(), 1, "once more");
}

#[tokio::test]
async fn five_minutes_whatever_the_origin_says() {
    let mut cached = Cached::with(&Caching { lifetime: Some(300_000), ..Caching::default() }).await;
    cached.origin.says("/a", 200, &[], "hello");
    assert_eq!(status(&cached.get("/a", &[]).await), "Sluice; fwd=uri-miss; stored; ttl=300; detail=override");
    cached.stored(1).await;
    assert_eq!(status(&cached.get("/a", &[]).await), "Sluice; hit; ttl=300; detail=override");
    cached.passes(299);
    assert_eq!(status(&cached.get("/a", &[]).await), "Sluice; hit; ttl=1; detail=override");
    cached.passes(1);
    assert!(status(&cached.get("/a", &[]).await).starts_with("Sluice; fwd=stale"));
    assert_eq!(cached.origin.count(), 2);
}

#[tokio::test]
async fn what_may_not_be_stored_is_not() {
    let mut cached = Cached::with(&Caching { lifetime: Some(300_000), ..Caching::default() }).await;
    for (path, status_code, fields, detail) in [
        ("/no-store", 200, &["cache-control: no-store, max-age=60"][..], "no-store"),
        ("/private", 200, &["cache-control: private, max-age=60"], "private"),
        ("/cookie", 200, &["cache-control: max-age=60", "set-cookie: session=1"], "set-cookie"),
        ("/vary", 200, &["cache-control: max-age=60", "vary: *"], "vary"),
        ("/error", 500, &["cache-control: no-cache"], "status"),
    ] {
        cached.origin.says(path, status_code, fields, "mine");
        assert_eq!(status(&cached.get(path, &[]).await), format!("Sluice; fwd=uri-miss; detail={detail}"), "{path}");
        // For a moment it is known that such responses are not stored.
        assert_eq!(status(&cached.get(path, &[]).await), "Sluice; fwd=miss", "{path}");
        assert_eq!(cached.origin.count(), 2, "{path}");
    }
    cached.origin.says("/request", 200, &["cache-control: max-age=60"], "hello");
    let reply = cached.get("/request", &["Cache-Control: no-store"]).await;
    assert_eq!(status(&reply), "Sluice; fwd=uri-miss; detail=request-no-store");
    assert_eq!(cached.gate.cache.stats().stored, 0);
}

#[tokio::test]
async fn what_one_authorization_got_is_for_no_other_without_the_origins_leave() {
    let mut cached = Cached::start().await;
    cached.origin.says("/mine", 200, &["cache-control: max-age=60"], "mine");
    for who in ["a", "b", "a"] {
        let reply = cached.get("/mine", &[&format!("Authorization: Bearer {who}")]).await;
        assert!(status(&reply).ends_with("detail=authorization"), "{}", status(&reply));
    }
    assert_eq!(cached.origin.count(), 3);
    cached.origin.says("/ours", 200, &["cache-control: max-age=60, public"], "ours");
    cached.get("/ours", &["Authorization: Bearer a"]).await;
    cached.stored(1).await;
    assert_eq!(status(&cached.get("/ours", &["Authorization: Bearer b"]).await), "Sluice; hit; ttl=60");
    assert_eq!(cached.origin.count(), 1);
}

#[tokio::test]
async fn each_caller_may_have_their_own() {
    let flags = CachingFlags::PER_CONSUMER;
    let mut cached = Cached::with(&Caching { flags, ..Caching::default() }).await;
    cached.origin.says("/mine", 200, &["cache-control: max-age=60"], "mine");
    for (who, hits) in [("a", false), ("b", false), ("a", true), ("b", true)] {
        let before = cached.gate.cache.stats().stored;
        let reply = cached.get("/mine", &[&format!("Authorization: Bearer {who}")]).await;
        assert_eq!(status(&reply).contains("hit"), hits, "{who}: {}", status(&reply));
        if !hits {
            cached.stored(before + 1).await;
        }
    }
    let anonymous = cached.get("/mine", &[]).await;
    assert!(!status(&anonymous).contains("hit"));
    assert_eq!(cached.origin.count(), 3);
    // Whoever writes more than one has what both say.
    let both = cached.get("/mine", &["Authorization: Bearer a", "Authorization: Bearer b"]).await;
    assert!(!status(&both).contains("hit"));
}

#[tokio::test]
async fn what_the_origin_does_not_speak_of_is_nobodys_who_has_cookies() {
    let mut cached = Cached::with(&Caching { lifetime: Some(60_000), ..Caching::default() }).await;
    cached.origin.says("/a", 200, &[], "hello");
    let reply = cached.get("/a", &["Cookie: session=1"]).await;
    assert_eq!(status(&reply), "Sluice; fwd=uri-miss; detail=cookie");
    assert_eq!(cached.gate.cache.stats().stored, 0);
}

#[tokio::test]
async fn what_is_about_one_client_or_one_exchange_is_not_stored() {
    let mut cached = Cached::with(&Caching { flags: CachingFlags::STORE_SET_COOKIE, ..Caching::default() }).await;
    let fields = [
        "cache-control: max-age=60, no-cache=\"x-token\"",
        "set-cookie: session=1",
        "x-token: secret",
        "ratelimit: \"burst\";r=1",
        "x-request-id: theirs",
        "connection: x-hop",
        "x-hop: 1",
        "x-kept: yes",
    ];
    cached.origin.says("/a", 200, &fields, "hello");
    let first = cached.get("/a", &[]).await;
    assert_eq!(first.field("set-cookie").as_deref(), Some("session=1"), "it is for who asked");
    cached.stored(1).await;
    let second = cached.get("/a", &[]).await;
    assert_eq!(second.field("x-kept").as_deref(), Some("yes"));
    for name in ["set-cookie", "x-token", "ratelimit", "x-hop"] {
        assert_eq!(second.field(name), None, "{name}");
    }
    assert_ne!(second.field("x-request-id"), first.field("x-request-id"));
}

#[tokio::test]
async fn a_response_that_broke_off_is_not_stored() {
    let upstream = Upstream::talking(|mut raw| async move {
        raw.take_until("\r\n\r\n").await;
        raw.send("HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nContent-Length: 10\r\n\r\nhalf").await;
    })
    .await;
    let document = document_of(upstream.address, &Caching::default());
    let gate = Gate::start(&document);
    for asked in 1..=2 {
        let mut client = Raw::to(gate.http()).await;
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
        assert!(client.rest().await.ends_with("half"));
        assert_eq!(upstream.connections(), asked);
    }
    assert_eq!(gate.cache.stats().stored, 0);
}

#[tokio::test]
async fn urls_methods_and_hosts_are_told_apart() {
    let mut cached = Cached::start().await;
    for path in ["/a", "/b", "/a/b"] {
        cached.origin.says(path, 200, &["cache-control: max-age=60"], path);
    }
    let mut stored = 0;
    for target in ["/a", "/a?b", "/a?b=1", "/b", "/a/b", "/a?"] {
        let reply = cached.get(target, &[]).await;
        assert!(!status(&reply).contains("hit"), "{target}");
        stored += 1;
        cached.stored(stored).await;
    }
    cached.client.send("GET /a HTTP/1.1\r\nHost: other\r\n\r\n").await;
    assert!(!status(&cached.client.expect().await).contains("hit"));
    let options = cached.ask("OPTIONS", "/a", &[]).await;
    assert_eq!(status(&options), "Sluice; fwd=method");
    cached.client.send("GET /a HTTP/1.1\r\nHost: A\r\n\r\n").await;
    assert_eq!(status(&cached.client.expect().await), "Sluice; hit; ttl=60", "it is the same host");
    // The upstream sees it so, and may take it for another one.
    cached.client.send("GET /a HTTP/1.1\r\nHost: a:80\r\n\r\n").await;
    assert!(!status(&cached.client.expect().await).contains("hit"));
}

#[tokio::test]
async fn what_varies_is_told_apart_by_what_it_varies_on() {
    let mut cached = Cached::start().await;
    cached.origin.says("/a", 200, &["cache-control: max-age=60", "vary: accept-language"], "hello");
    cached.get("/a", &["Accept-Language: de"]).await;
    cached.stored(1).await;
    assert_eq!(status(&cached.get("/a", &["Accept-Language: de"]).await), "Sluice; hit; ttl=60");
    assert_eq!(status(&cached.get("/a", &["Accept-Language: fr"]).await), "Sluice; fwd=vary-miss; stored; ttl=60");
    cached.stored(2).await;
    assert_eq!(status(&cached.get("/a", &[]).await), "Sluice; fwd=vary-miss; stored; ttl=60");
    cached.stored(3).await;
    // A response without `Vary` does not take the place of those that have one.
    cached.origin.says("/a", 200, &["cache-control: max-age=60"], "hallo");
    cached.get("/a", &["Accept-Language: de", "Cache-Control: no-cache"]).await;
    cached.stored(4).await;
    assert_eq!(cached.get("/a", &["Accept-Language: de"]).await.body, "hallo");
    let french = cached.get("/a", &["Accept-Language: fr"]).await;
    assert_eq!((french.body.as_str(), status(&french).as_str()), ("hello", "Sluice; hit; ttl=60"));
}

#[tokio::test]
async fn what_is_too_large_passes_by_and_is_not_stored() {
    let origin = Origin::start().await;
    let body = "x".repeat(300_000);
    origin.says("/known", 200, &["cache-control: max-age=60"], &body);
    let gate = Gate::with(&document(&origin, &Caching::default()), |settings| {
        settings.cache = crate::HttpCache::new(
            crate::CacheSettings { memory: 8 << 20, object: 100_000, ..Default::default() },
            Default::default(),
            Default::default(),
            gateway_telemetry::Metrics::new(1).cache_metrics(),
        );
    });
    for expected in ["Sluice; fwd=uri-miss; detail=too-large", "Sluice; fwd=miss"] {
        let reply = Raw::ask(gate.http(), "GET /known HTTP/1.1\r\nHost: a\r\n\r\n").await;
        assert_eq!((reply.body.len(), status(&reply).as_str()), (body.len(), expected));
    }
    assert_eq!((origin.count(), gate.cache.stats().stored), (2, 0));
}

#[tokio::test]
async fn negative_answers_are_stored_as_any_other() {
    let mut cached = Cached::start().await;
    cached.origin.says("/gone", 410, &["cache-control: max-age=10"], "gone");
    assert_eq!(cached.get("/gone", &[]).await.status(), 410);
    cached.stored(1).await;
    let reply = cached.get("/gone", &[]).await;
    assert_eq!((reply.status(), status(&reply).as_str()), (410, "Sluice; hit; ttl=10"));
}

#[tokio::test]
async fn tags_of_the_origin_stay_here() {
    let mut cached = Cached::with(&Caching { tag_header: Some("surrogate-key"), ..Caching::default() }).await;
    cached.origin.says("/a", 200, &["cache-control: max-age=60", "surrogate-key: one two"], "hello");
    assert_eq!(cached.get("/a", &[]).await.field("surrogate-key"), None);
    cached.stored(1).await;
    assert_eq!(cached.get("/a", &[]).await.field("surrogate-key"), None);
}

#[tokio::test]
async fn a_response_with_trailers_is_not_stored() {
    let upstream = Upstream::talking(|mut raw| async move {
        while raw.take_until("\r\n\r\n").await.is_some() {
            let head =
                "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nTrailer: x-sum\r\nTransfer-Encoding: chunked\r\n\r\n";
            raw.send(format!("{head}4\r\nbody\r\n0\r\nx-sum: 1\r\n\r\n")).await;
        }
    })
    .await;
    let document = document_of(upstream.address, &Caching::default());
    let gate = Gate::start(&document);
    for _ in 0..2 {
        let mut client = Raw::to(gate.http()).await;
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
        let head = client.take_until("\r\n\r\n").await.unwrap();
        assert!(!head.to_ascii_lowercase().contains("x-sum: 1"), "{head}");
        client.take_until("0\r\n").await.unwrap();
        assert!(!head.contains("hit"), "{head}");
    }
    assert_eq!(gate.cache.stats().stored, 0);
}

#[tokio::test]
async fn directives_are_passed_on() {
    let mut cached = Cached::start().await;
    let control = "cache-control: max-age=60, immutable, community=\"us, them\", no-transform";
    cached.origin.says("/a", 200, &[control], "hello");
    cached.get("/a", &["Cache-Control: max-age=5, unknown"]).await;
    assert_eq!(cached.origin.asked()[0].headers["cache-control"], "max-age=5, unknown");
    cached.stored(1).await;
    let reply = cached.get("/a", &[]).await;
    assert_eq!(reply.field("cache-control").map(|value| format!("cache-control: {value}")).as_deref(), Some(control));
    assert_eq!(reply.body, "hello");
}

//! What is below memory: a disk, and what is too large for memory.

use std::path::Path;

use gateway_store::{
    cache::{
        disk::{DiskOptions, DiskTier},
        lower::Lower,
    },
    limits::Clock,
};
use gateway_telemetry::Metrics;

use super::*;
use crate::{CacheSettings, HttpCache};

const MIB: u64 = 1024 * 1024;

const SETTINGS: CacheSettings = CacheSettings { memory: 4 * MIB, object: 100_000, large: 64 * MIB };

/// A gateway whose cache has that folder for a disk.
async fn on_disk(origin: Origin, folder: &Path) -> Cached {
    let disk = DiskTier::open(folder, 256 * MIB, DiskOptions::default()).unwrap();
    Cached::before(origin, &Caching::default(), |settings| {
        settings.cache =
            HttpCache::new(SETTINGS, Lower::new(Some(disk), None), Clock::manual(NOW), Metrics::new(1).cache_metrics());
    })
    .await
}

/// Ends the gateway, and begins another one with the same disk.
async fn restarts(cached: Cached, folder: &Path) -> Cached {
    let Cached { mut gate, origin, client } = cached;
    drop(client);
    let cache = gate.cache.clone();
    soon("the gateway ends", gate.shut_down(Duration::from_secs(5))).await.unwrap();
    cache.store().close().await;
    drop((gate, cache));
    on_disk(origin, folder).await
}

#[tokio::test]
async fn what_is_on_disk_survives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let mut cached = on_disk(Origin::start().await, folder.path()).await;
    cached.origin.says("/a", 200, &["cache-control: max-age=600", "vary: accept-language", "x-kept: yes"], "hello");
    cached.get("/a", &["Accept-Language: de"]).await;
    cached.stored(1).await;
    cached.origin.count();
    let mut cached = restarts(cached, folder.path()).await;
    for below in [1, 1] {
        let reply = cached.get("/a", &["Accept-Language: de"]).await;
        assert_eq!((reply.body.as_str(), reply.field("x-kept").as_deref()), ("hello", Some("yes")));
        assert!(status(&reply).starts_with("Sluice; hit; ttl="), "{}", status(&reply));
        assert_eq!(cached.gate.cache.stats().disk_hits, below + 1, "what it varies on, and the response, once each");
    }
    assert!(!status(&cached.get("/a", &["Accept-Language: fr"]).await).contains("hit"));
    assert_eq!(cached.origin.count(), 1);
}

#[tokio::test]
async fn what_was_invalidated_does_not_come_back_from_disk() {
    let folder = tempfile::tempdir().unwrap();
    let mut cached = on_disk(Origin::start().await, folder.path()).await;
    cached.origin.says("/a", 200, &["cache-control: max-age=600", "vary: accept-language"], "hello");
    cached.get("/a", &[]).await;
    cached.stored(1).await;
    cached.passes(1);
    cached.ask("POST", "/a", &["Content-Length: 0"]).await;
    cached.origin.count();
    let mut cached = restarts(cached, folder.path()).await;
    cached.passes(5);
    assert!(!status(&cached.get("/a", &[]).await).contains("hit"));
    assert_eq!(cached.origin.count(), 1);
}

#[tokio::test]
async fn what_is_too_large_for_memory_streams_to_disk_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut cached = on_disk(Origin::start().await, folder.path()).await;
    let body: String = (0..400_000).map(|number| format!("{number:07} ")).collect();
    cached.origin.says("/large", 200, &["cache-control: max-age=600", "etag: \"1\""], &body);
    let first = cached.get("/large", &[]).await;
    assert!(first.body == body);
    cached.stored(1).await;
    assert!(cached.gate.cache.stats().bytes < MIB, "nothing of it is in memory");
    cached.origin.count();
    let mut cached = restarts(cached, folder.path()).await;
    let second = cached.get("/large", &[]).await;
    assert!(second.body == body);
    assert!(status(&second).starts_with("Sluice; hit"));
    assert_eq!(cached.get("/large", &["If-None-Match: \"1\""]).await.status(), 304);
    assert_eq!(cached.origin.count(), 0);
    let part = cached.get("/large", &["Range: bytes=0-6"]).await;
    assert!(status(&part).starts_with("Sluice; fwd="), "a part of it is asked of the origin");
}

#[tokio::test]
async fn a_body_that_finds_no_room_in_memory_is_on_disk_with_its_beginning() {
    let folder = tempfile::tempdir().unwrap();
    let disk = DiskTier::open(folder.path(), 256 * MIB, DiskOptions::default()).unwrap();
    // The room for what comes in is that of one object, which others have already.
    let settings = CacheSettings { memory: 4 * MIB, object: MIB, large: 64 * MIB };
    let cache =
        HttpCache::new(settings, Lower::new(Some(disk), None), Clock::manual(NOW), Metrics::new(1).cache_metrics());
    let body: String = (0..500_000).map(|number| format!("{number:07} ")).collect();
    let upstream = {
        let body = body.clone();
        Upstream::talking(move |mut raw| {
            let body = body.clone();
            async move {
                while raw.take_until("\r\n\r\n").await.is_some() {
                    raw.send("HTTP/1.1 200 OK\r\nCache-Control: max-age=600\r\nTransfer-Encoding: chunked\r\n\r\n")
                        .await;
                    for piece in body.as_bytes().chunks(40_000) {
                        raw.send(format!("{:x}\r\n{}\r\n", piece.len(), std::str::from_utf8(piece).unwrap())).await;
                    }
                    raw.send("0\r\n\r\n").await;
                }
            }
        })
        .await
    };
    let document = document_of(upstream.address, &Caching::default());
    let _taken = cache.takes_all_room_for_filling();
    let gate = Gate::with(&document, |settings| settings.cache = cache.clone());
    let mut client = Raw::to(gate.http()).await;
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    client.take_until("0\r\n\r\n").await.unwrap();
    soon("it is stored", async {
        while gate.cache.stats().stored == 0 {
            tokio::task::yield_now().await;
        }
    })
    .await;
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    let reply = client.expect().await;
    assert!(status(&reply).starts_with("Sluice; hit"), "{}", status(&reply));
    assert!(reply.body == body, "all of it, from its beginning");
}

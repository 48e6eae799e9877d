//! The plugin `cache`, and the cache of the gateway behind it: fresh, stale, shared and never mixed up.

mod large;
mod purging;
mod restarting;
mod sharing;

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::Duration,
};

use anyhow::{Context, Result};
use bytes::Bytes;
use gateway_server::settings::{Clock, Settings};
use gateway_tests::Gateway;
use hyper::{HeaderMap, Response};
use serde_json::{Value, json};
use sluice_testkit::{
    client::{Answer, Client, Version},
    upstream::Upstream,
};
use tokio::time;

/// 2026-11-29 12:00 UTC.
const NOON: u64 = 1_795_953_600_000;

/// A gateway with the plugin, in front of a shop that says how it is to be cached.
struct Shop {
    gateway: Gateway,
    client: Client,
    origin: Origin,
    clock: Clock,
}

/// What is asked for, and how often it was.
struct Origin {
    upstream: Option<Upstream>,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    asked: AtomicUsize,
    answers: AtomicUsize,
    /// Fields of every response.
    fields: Mutex<Vec<(&'static str, String)>>,
    status: Mutex<u16>,
}

impl Origin {
    async fn start() -> Result<Self> {
        let shared = Arc::new(Shared { status: Mutex::new(200), ..Shared::default() });
        let answering = shared.clone();
        let upstream = Upstream::answering(move |head, _| answering.answer(&head.headers, head.uri.path())).await?;
        Ok(Self { upstream: Some(upstream), shared })
    }

    /// From now on it answers with these fields.
    fn says(&self, fields: &[(&'static str, &str)]) {
        let fields = fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        *self.shared.fields.lock().expect("nobody panics with it") = fields;
    }

    fn fails(&self, status: u16) {
        *self.shared.status.lock().expect("nobody panics with it") = status;
    }

    /// How often it was asked since this was called last.
    fn count(&self) -> usize {
        self.shared.asked.swap(0, Relaxed)
    }

    async fn until_asked(&self, number: usize) -> Result<()> {
        soon(async {
            while self.shared.asked.load(Relaxed) < number {
                time::sleep(Duration::from_millis(2)).await;
            }
            Ok(())
        })
        .await
    }
}

impl Shared {
    fn answer(&self, headers: &HeaderMap, path: &str) -> Response<Bytes> {
        self.asked.fetch_add(1, Relaxed);
        let number = self.answers.fetch_add(1, Relaxed) + 1;
        let who = headers.get("authorization").and_then(|value| value.to_str().ok()).unwrap_or("nobody");
        let mut response = Response::builder().status(*self.status.lock().expect("nobody panics with it"));
        for (name, value) in &*self.fields.lock().expect("nobody panics with it") {
            response = response.header(*name, value);
        }
        let body = format!("{path} for {who}, answer {number}");
        response.body(body.into()).expect("fields that are some")
    }
}

impl Shop {
    async fn open(config: Value) -> Result<Self> {
        Self::open_with(config, |_| {}).await
    }

    async fn open_with(config: Value, adjust: impl FnOnce(&mut Settings)) -> Result<Self> {
        let clock = Clock::manual(NOON);
        let gateway = Gateway::start_with(|settings| {
            settings.limits.clock = clock.clone();
            adjust(settings);
        })
        .await?;
        let origin = Origin::start().await?;
        let address = origin.upstream.as_ref().context("it has begun")?.address;
        gateway.route("shop", address).await?;
        gateway.plugin("cache", "plugin-cache").await?;
        gateway.attach("cache", config, &["cache"]).await?;
        let client = gateway.client(Version::Http2)?;
        Ok(Self { gateway, client, origin, clock })
    }

    async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Result<Answer> {
        self.client.get(&self.gateway.https(path), headers).await
    }

    fn passes(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }

    /// Waits until so many responses were stored in all.
    async fn stored(&self, number: f64) -> Result<()> {
        soon(async {
            while metric(&self.gateway, "sluice_cache_stored_total").await? < number {
                time::sleep(Duration::from_millis(2)).await;
            }
            Ok(())
        })
        .await
    }
}

async fn metric(gateway: &Gateway, name: &str) -> Result<f64> {
    let (_, metrics) = gateway.admin.page("/metrics").await?;
    let value = metrics.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    value.with_context(|| format!("no metric {name}"))?.parse().context("a number")
}

async fn soon<T>(future: impl Future<Output = Result<T>>) -> Result<T> {
    time::timeout(Duration::from_secs(30), future).await.context("it did not happen")?
}

#[tokio::test]
async fn five_minutes_are_one_line_of_configuration() -> Result<()> {
    let shop = Shop::open(json!({ "ttl": "5m" })).await?;
    let first = shop.get("/shop/articles", &[]).await?;
    assert_eq!(first.header("cache-status"), "Sluice; fwd=uri-miss; stored; ttl=300; detail=override");
    shop.stored(1.0).await?;
    let second = shop.get("/shop/articles", &[]).await?;
    assert_eq!(second.body, first.body);
    assert_eq!(second.header("cache-status"), "Sluice; hit; ttl=300; detail=override");
    shop.passes(299);
    assert_eq!(shop.get("/shop/articles", &[]).await?.header("cache-status"), "Sluice; hit; ttl=1; detail=override");
    shop.passes(1);
    let after = shop.get("/shop/articles", &[]).await?;
    assert!(after.header("cache-status").starts_with("Sluice; fwd=stale"), "{}", after.header("cache-status"));
    assert_ne!(after.body, first.body);
    Ok(())
}

#[tokio::test]
async fn the_upstream_decides_where_nothing_is_set() -> Result<()> {
    let shop = Shop::open(json!({})).await?;
    for (control, hits) in [("max-age=60", true), ("private, max-age=60", false), ("no-store", false), ("", false)] {
        shop.origin.says(&[("cache-control", control)]);
        let path = format!("/shop/{}", control.len());
        let stored = metric(&shop.gateway, "sluice_cache_stored_total").await?;
        shop.get(&path, &[]).await?;
        if hits {
            shop.stored(stored + 1.0).await?;
        }
        let again = shop.get(&path, &[]).await?;
        assert_eq!(again.header("cache-status").contains("hit"), hits, "{control}: {}", again.header("cache-status"));
    }
    Ok(())
}

#[tokio::test]
async fn a_dead_upstream_is_served_for_and_a_slow_one_does_not_slow_anybody_down() -> Result<()> {
    let mut shop = Shop::open(json!({ "staleWhileRevalidate": "30s", "staleIfError": "1h" })).await?;
    shop.origin.says(&[("cache-control", "max-age=10")]);
    let first = shop.get("/shop/a", &[]).await?;
    shop.stored(1.0).await?;
    shop.passes(20);
    shop.origin.count();
    let stale = shop.get("/shop/a", &[]).await?;
    assert_eq!((stale.body.clone(), stale.header("cache-status")), (first.body.clone(), "Sluice; hit; ttl=-10"));
    shop.origin.until_asked(1).await?;
    shop.stored(2.0).await?;
    let refreshed = shop.get("/shop/a", &[]).await?;
    assert_ne!(refreshed.body, first.body);
    assert_eq!(refreshed.header("cache-status"), "Sluice; hit; ttl=10");
    shop.passes(100);
    shop.origin.fails(503);
    assert_eq!(shop.get("/shop/a", &[]).await?.body, refreshed.body);
    shop.origin.upstream = None;
    let served = shop.get("/shop/a", &[]).await?;
    assert_eq!((served.status.as_u16(), served.body), (200, refreshed.body));
    shop.passes(3_600);
    assert_eq!(shop.get("/shop/a", &[]).await?.status, 503, "it is too old");
    Ok(())
}

#[tokio::test]
async fn what_one_consumer_got_is_for_no_other() -> Result<()> {
    let shop = Shop::open(json!({ "ttl": "5m" })).await?;
    let keys =
        [shop.gateway.consumer("acme", 1_000.0, 1_000).await?, shop.gateway.consumer("zeta", 1_000.0, 1_000).await?];
    shop.gateway.plugin("auth", "plugin-auth").await?;
    shop.gateway.attach("auth", json!({ "apiKey": {} }), &["identity"]).await?;
    for key in [&keys[0], &keys[1], &keys[0]] {
        let answer = shop.get("/shop/mine", &[("x-api-key", key)]).await?;
        assert!(answer.header("cache-status").ends_with("detail=authorization"), "{}", answer.header("cache-status"));
    }
    assert_eq!(shop.origin.count(), 3);
    // What the upstream calls public is for all of them; each of them still has to say who they are.
    shop.origin.says(&[("cache-control", "public, max-age=60")]);
    shop.get("/shop/ours", &[("x-api-key", &keys[0])]).await?;
    shop.stored(1.0).await?;
    assert!(shop.get("/shop/ours", &[("x-api-key", &keys[1])]).await?.header("cache-status").contains("hit"));
    assert_eq!(shop.get("/shop/ours", &[]).await?.status, 401);
    // And each may have their own.
    let own = json!({ "name": "cache", "config": { "ttl": "5m", "key": { "consumer": true } } });
    let update =
        "mutation($input: UpdateAttachmentInput!) { updateAttachment(input: $input) { userErrors { path message } } }";
    shop.gateway.admin.mutate(update, json!({ "input": own })).await?;
    shop.origin.says(&[]);
    shop.origin.count();
    for (stored, key) in (2..).zip(&keys) {
        shop.get("/shop/mine", &[("x-api-key", key)]).await?;
        shop.stored(f64::from(stored)).await?;
    }
    for key in &keys {
        assert!(shop.get("/shop/mine", &[("x-api-key", key)]).await?.header("cache-status").contains("hit"));
    }
    assert_eq!(shop.origin.count(), 2);
    Ok(())
}

#[tokio::test]
async fn metrics_and_log_tell_what_the_cache_did() -> Result<()> {
    let shop = Shop::open(json!({ "ttl": "5m" })).await?;
    shop.get("/shop/a", &[]).await?;
    shop.stored(1.0).await?;
    for _ in 0..3 {
        shop.get("/shop/a", &[]).await?;
    }
    soon(async {
        while metric(&shop.gateway, r#"sluice_cache_requests_total{route="shop",result="hit"}"#).await.unwrap_or(0.0)
            < 3.0
        {
            time::sleep(Duration::from_millis(2)).await;
        }
        Ok(())
    })
    .await?;
    assert_eq!(metric(&shop.gateway, r#"sluice_cache_requests_total{route="shop",result="miss"}"#).await?, 1.0);
    assert!(metric(&shop.gateway, "sluice_cache_memory_bytes").await? > 100.0);
    Ok(())
}

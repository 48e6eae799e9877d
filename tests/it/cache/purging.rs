//! Purges: a revision that lets everything go that was asked for before it, on all nodes.

use std::{net::SocketAddr, path::Path};

use futures_util::{StreamExt, TryStreamExt, stream};
use gateway_tests::Process;
use tempfile::TempDir;

use super::{restarting::configure_with, *};

const BINARY: &str = env!("CARGO_BIN_EXE_sluice-under-test");

/// Entries of the purge by tag; a full run has 100,000 by this variable.
const ENTRIES: &str = "SLUICE_TEST_PURGED_ENTRIES";

impl Shop {
    /// Purges, and answers the revision.
    async fn purge(&self, input: Value) -> Result<Value> {
        purge(&self.gateway.admin, input).await
    }

    /// Whether a path is answered from the cache.
    async fn hits(&self, path: &str) -> Result<bool> {
        Ok(self.get(path, &[]).await?.header("cache-status").contains("; hit"))
    }

    async fn fill(&self, paths: &[&str], before: f64) -> Result<()> {
        for path in paths {
            self.get(path, &[]).await?;
        }
        self.stored(before + paths.len() as f64).await
    }
}

async fn purge(admin: &sluice_testkit::admin::Admin, input: Value) -> Result<Value> {
    let mutation =
        "mutation($input: PurgeCacheInput!) { purgeCache(input: $input) { revision userErrors { path message } } }";
    Ok(admin.mutate(mutation, json!({ "input": input })).await?["revision"].clone())
}

#[tokio::test]
async fn a_url_a_prefix_and_everything_are_purged_and_nothing_else() -> Result<()> {
    let shop = Shop::open(json!({ "ttl": "5m" })).await?;
    let paths = ["/shop/a", "/shop/a/1", "/shop/ab", "/shop/b?page=1", "/shop/b?page=2"];
    shop.fill(&paths, 0.0).await?;
    let url = |path: &str| shop.gateway.https(path);
    shop.purge(json!({ "url": url("/shop/b?page=1") })).await?;
    let mut hits = Vec::new();
    for path in &paths {
        hits.push(shop.hits(path).await?);
    }
    assert_eq!(hits, [true, true, true, false, true]);
    shop.stored(6.0).await?;
    shop.purge(json!({ "prefix": url("/shop/a") })).await?;
    let mut hits = Vec::new();
    for path in &paths {
        hits.push(shop.hits(path).await?);
    }
    assert_eq!(hits, [false, false, true, true, true]);
    shop.stored(8.0).await?;
    shop.purge(json!({ "all": true })).await?;
    for path in &paths {
        assert!(!shop.hits(path).await?, "{path}");
    }
    Ok(())
}

#[tokio::test]
async fn a_soft_purge_leaves_what_is_better_than_nothing() -> Result<()> {
    let mut shop = Shop::open(json!({ "ttl": "5m", "staleIfError": "1h" })).await?;
    shop.origin.says(&[("etag", "\"1\"")]);
    shop.fill(&["/shop/a"], 0.0).await?;
    shop.passes(10);
    shop.purge(json!({ "all": true, "soft": true })).await?;
    shop.origin.upstream = None;
    let stale = shop.get("/shop/a", &[]).await?;
    assert_eq!((stale.status.as_u16(), stale.header("age")), (200, "10"));
    shop.purge(json!({ "all": true })).await?;
    assert_eq!(shop.get("/shop/a", &[]).await?.status, 503);
    Ok(())
}

#[tokio::test]
async fn a_purge_is_a_revision_that_covers_what_was_asked_for_before_it() -> Result<()> {
    let shop = Shop::open(json!({ "ttl": "5m" })).await?;
    shop.fill(&["/shop/a"], 0.0).await?;
    let revision = shop.purge(json!({ "all": true })).await?;
    assert!(!shop.hits("/shop/a").await?);
    shop.stored(2.0).await?;
    assert!(shop.hits("/shop/a").await?, "it was asked for after the purge");
    let query = "{ cachePurges { scope revision { number summary } } }";
    let purges = shop.gateway.admin.graphql(query, json!({})).await?["cachePurges"].clone();
    assert_eq!(purges[0]["scope"], "ALL");
    assert_eq!(purges[0]["revision"], json!({ "number": revision, "summary": "purged everything" }));
    Ok(())
}

/// Two nodes that share their configuration, and a purge by tag of a tenth of what both have.
#[tokio::test]
async fn a_tag_is_purged_on_two_nodes_within_a_second_and_no_other_entry_is_lost() -> Result<()> {
    let entries: usize = std::env::var(ENTRIES).ok().and_then(|text| text.parse().ok()).unwrap_or(2_000);
    let data = TempDir::new()?;
    let upstream = Upstream::answering(|head, _| {
        let number = head.uri.path().rsplit('/').next().and_then(|text| text.parse::<usize>().ok()).unwrap_or_default();
        let tag = if number.is_multiple_of(10) { "tenth" } else { "other" };
        let response = Response::builder().header("cache-control", "max-age=3600").header("surrogate-key", tag);
        response.body("x".repeat(100).into()).expect("fields that are some")
    })
    .await?;
    let settings = [("SLUICE_CACHE_MEMORY_BYTES", "536870912")];
    let nodes = [
        Process::start_with(Path::new(BINARY), data.path(), &settings).await?,
        Process::start_with(Path::new(BINARY), data.path(), &settings).await?,
    ];
    configure_with(&nodes[0], upstream.address, json!({ "tagHeader": "surrogate-key" })).await?;
    soon(async {
        while get(&nodes[1], 1).await?.status != 200 {
            time::sleep(Duration::from_millis(5)).await;
        }
        Ok(())
    })
    .await?;
    for node in &nodes {
        all(node.http, entries).await?;
        let hits = all(node.http, entries).await?;
        assert!(hits.iter().all(|hit| *hit), "all of them are cached");
    }
    let began = time::Instant::now();
    purge(&nodes[0].admin, json!({ "tag": "tenth" })).await?;
    // On the other node as soon as it has the revision.
    while get(&nodes[1], 0).await?.header("cache-status").contains("; hit") {
        time::sleep(Duration::from_millis(5)).await;
    }
    let took = began.elapsed();
    println!("{entries} entries on each of two nodes, a tenth of them purged after {took:?}");
    assert!(took < Duration::from_secs(10), "{took:?}");
    for (node, purged) in nodes.iter().zip([0, 10]) {
        for (number, hit) in all(node.http, entries).await?.into_iter().enumerate() {
            // The first one was asked for again, to see whether it is gone.
            let expected = !number.is_multiple_of(10) || (number == 0 && purged > 0);
            assert_eq!(hit, expected, "{number}");
        }
    }
    Ok(())
}

async fn get(node: &Process, number: usize) -> Result<Answer> {
    let client = Client::new(&sluice_testkit::certificate::Authority::new()?.pem(), Version::Http1)?;
    client.get(&format!("http://{}/shop/{number}", node.http), &[]).await
}

/// Asks for all entries; which of them were cached.
async fn all(node: SocketAddr, entries: usize) -> Result<Vec<bool>> {
    let client = Client::new(&sluice_testkit::certificate::Authority::new()?.pem(), Version::Http1)?;
    let asks = stream::iter(0..entries).map(|number| {
        let (client, url) = (client.clone(), format!("http://{node}/shop/{number}"));
        async move { anyhow::Ok(client.get(&url, &[]).await?.header("cache-status").contains("; hit")) }
    });
    asks.buffered(64).try_collect().await
}

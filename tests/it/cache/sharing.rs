//! A Redis in which nodes share what they have: asked when it is there, and missed by nobody when it is not.

use gateway_server::settings::Store;
use sluice_testkit::redis::Redis;

use super::*;

/// The name by which clients know both nodes.
const HOST: (&str, &str) = ("host", "shop.example");

async fn node(redis: &Redis) -> Result<Shop> {
    let url = redis.url();
    let mut shop = Shop::open_with(json!({}), |settings| {
        settings.stores.insert("shared".into(), Store { url, ..Store::default() });
        settings.cache.store = "shared".into();
    })
    .await?;
    shop.client = shop.gateway.client(Version::Http1)?;
    shop.origin.says(&[("cache-control", "max-age=600"), ("vary", "accept-language")]);
    Ok(shop)
}

#[tokio::test]
async fn what_one_node_has_fetched_the_others_need_not_fetch() -> Result<()> {
    let redis = Redis::start()?;
    let (one, other) = (node(&redis).await?, node(&redis).await?);
    let first = one.get("/shop/a", &[HOST, ("accept-language", "de")]).await?;
    one.stored(1.0).await?;
    // It is written in the background.
    soon(async {
        while !other
            .get("/shop/a", &[HOST, ("accept-language", "de"), ("cache-control", "only-if-cached")])
            .await?
            .status
            .is_success()
        {
            time::sleep(Duration::from_millis(5)).await;
        }
        Ok(())
    })
    .await?;
    let second = other.get("/shop/a", &[HOST, ("accept-language", "de")]).await?;
    assert_eq!((second.body, other.origin.count()), (first.body, 0));
    assert!(metric(&other.gateway, "sluice_cache_shared_hits_total").await? >= 1.0);
    // Another variant is not that one.
    assert!(!other.get("/shop/a", &[HOST, ("accept-language", "fr")]).await?.header("cache-status").contains("; hit"));
    Ok(())
}

#[tokio::test]
async fn what_was_changed_through_one_node_does_not_come_back_from_the_store() -> Result<()> {
    let redis = Redis::start()?;
    let (one, other) = (node(&redis).await?, node(&redis).await?);
    one.get("/shop/a", &[HOST]).await?;
    // What it varies on, and the response.
    soon(async {
        while !keys(&redis)?.contains('2') {
            time::sleep(Duration::from_millis(5)).await;
        }
        Ok(())
    })
    .await?;
    one.passes(5);
    other.passes(5);
    let before = keys(&redis)?;
    one.client.post(&one.gateway.https("/shop/a"), &[HOST], "").await?;
    soon(async {
        // It is written in the background.
        while keys(&redis)? == before {
            time::sleep(Duration::from_millis(5)).await;
        }
        Ok(())
    })
    .await?;
    let answer = other.get("/shop/a", &[HOST, ("cache-control", "only-if-cached")]).await?;
    assert_eq!(answer.status, 504);
    Ok(())
}

fn keys(redis: &Redis) -> Result<String> {
    redis.command(&["DBSIZE"])
}

#[tokio::test]
async fn a_store_that_dies_costs_nobody_an_answer() -> Result<()> {
    let mut redis = Redis::start()?;
    let shop = node(&redis).await?;
    shop.get("/shop/a", &[HOST]).await?;
    shop.stored(1.0).await?;
    redis.stop()?;
    for number in 0..20 {
        let answer = shop.get(&format!("/shop/{number}"), &[HOST]).await?;
        assert_eq!(answer.status, 200);
    }
    assert!(shop.get("/shop/a", &[HOST]).await?.header("cache-status").contains("; hit"));
    Ok(())
}

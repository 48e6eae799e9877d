//! Plugins ask other services, are told when these do not answer, and share a store with other nodes.

use std::net::SocketAddr;

use anyhow::Result;
use futures_util::future::try_join_all;
use gateway_server::settings::Store;
use gateway_tests::Gateway;
use serde_json::{Value, json};
use sluice_testkit::{certificate::Authority, client::Version, redis::Redis, upstream::Upstream};
use tempfile::TempDir;
use tokio::{io::AsyncReadExt, net::TcpListener, sync::mpsc};

const GRANTS: [&str; 2] = ["upstream:policy", "upstream:audit"];

/// A gateway whose plugin asks `policy` and posts to `audit`, and the upstream behind it.
async fn gateway(policy: SocketAddr, audit: SocketAddr) -> Result<(Gateway, Upstream)> {
    let gateway = Gateway::start().await?;
    let orders = Upstream::start("orders").await?;
    for (name, address) in [("orders", orders.address), ("policy", policy), ("audit", audit)] {
        gateway.route(name, address).await?;
    }
    gateway.plugin("asks", "guest-asks").await?;
    Ok((gateway, orders))
}

/// What the plugin heard when it asked for that.
async fn heard(gateway: &Gateway, ask: &str) -> Result<Value> {
    let answer = gateway.client(Version::Http2)?.get(&gateway.https("/orders"), &[("x-ask", ask)]).await?;
    Ok(answer.json()?["headers"]["x-heard"].clone())
}

/// Accepts connections and hands on what comes first on each; never answers.
async fn silent() -> Result<(SocketAddr, mpsc::UnboundedReceiver<String>)> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    let (came, coming) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let came = came.clone();
            tokio::spawn(async move {
                let mut bytes = vec![0; 4096];
                while let Ok(read @ 1..) = stream.read(&mut bytes).await {
                    // A test that has ended needs no more.
                    drop(came.send(String::from_utf8_lossy(&bytes[..read]).into_owned()));
                }
            });
        }
    });
    Ok((address, coming))
}

#[tokio::test]
async fn a_plugin_asks_another_service_once_or_several_at_a_time() -> Result<()> {
    let policy = Upstream::start("policy").await?;
    let (gateway, _orders) = gateway(policy.address, policy.address).await?;
    gateway.attach("asks", json!({}), &GRANTS).await?;
    assert_eq!(heard(&gateway, "/check?it=1").await?, "/check?it=1");
    assert_eq!(heard(&gateway, "all").await?, "/one,/two,/three");
    Ok(())
}

#[tokio::test]
async fn a_service_that_is_slow_or_gone_is_told_to_the_plugin_and_delays_nobody_else() -> Result<()> {
    let (slow, _coming) = silent().await?;
    let (gateway, _orders) = gateway(slow, slow).await?;
    gateway.attach("asks", json!({}), &GRANTS).await?;
    let client = gateway.client(Version::Http2)?;
    let url = gateway.https("/orders");
    let (asked, others) =
        tokio::try_join!(heard(&gateway, "/check"), try_join_all((0..20).map(|_| client.get(&url, &[]))))?;
    assert_eq!(asked, "timeout");
    assert!(others.iter().all(|answer| answer.status == 200));
    Ok(())
}

#[tokio::test]
async fn a_service_that_is_not_there_is_unavailable() -> Result<()> {
    let gone = TcpListener::bind(("127.0.0.1", 0)).await?.local_addr()?;
    let (gateway, _orders) = gateway(gone, gone).await?;
    gateway.attach("asks", json!({}), &GRANTS).await?;
    assert_eq!(heard(&gateway, "/check").await?, "unavailable");
    assert_eq!(heard(&gateway, "all").await?, "unavailable,unavailable,unavailable");
    Ok(())
}

#[tokio::test]
async fn what_became_of_a_request_is_posted_after_it() -> Result<()> {
    let (audit, mut coming) = silent().await?;
    let (gateway, _orders) = gateway(audit, audit).await?;
    gateway.attach("asks", json!({}), &GRANTS).await?;
    let answer = gateway.client(Version::Http1)?.get(&gateway.https("/orders/7"), &[]).await?;
    assert_eq!(answer.status, 200);
    let mut posted = String::new();
    while !posted.ends_with("GET /orders/7 200") {
        posted += &coming.recv().await.expect("the audit service runs");
    }
    assert!(posted.starts_with("POST /lines HTTP/1.1\r\n"), "{posted}");
    Ok(())
}

#[tokio::test]
async fn a_callout_without_its_grant_is_denied() -> Result<()> {
    let policy = Upstream::start("policy").await?;
    let (gateway, _orders) = gateway(policy.address, policy.address).await?;
    gateway.attach("asks", json!({}), &["upstream:audit"]).await?;
    let heard = heard(&gateway, "/check").await?;
    assert!(heard.as_str().is_some_and(|heard| heard.contains("policy") && heard != "/check"), "{heard}");
    Ok(())
}

#[tokio::test]
async fn a_remote_store_may_be_one_with_tls() -> Result<()> {
    let (folder, authority) = (TempDir::new()?, Authority::new()?);
    let redis = Redis::with_tls(folder.path(), &authority.issue(&["localhost"])?)?;
    let authorities = folder.path().join("authorities.pem");
    std::fs::write(&authorities, authority.pem())?;
    let store = Store { url: redis.tls_url()?, authorities };
    let gateway = Gateway::start_with(|settings| drop(settings.stores.insert("shared".to_owned(), store))).await?;
    let upstream = Upstream::start("all").await?;
    for name in ["orders", "policy", "audit"] {
        gateway.route(name, upstream.address).await?;
    }
    gateway.plugin("asks", "guest-asks").await?;
    gateway.attach("asks", json!({ "store": "shared" }), &[GRANTS[0], GRANTS[1], "store:shared"]).await?;
    let answer = gateway.client(Version::Http1)?.get(&gateway.https("/orders"), &[]).await?;
    assert_eq!(answer.json()?["headers"]["x-visits"], "1");
    Ok(())
}

#[tokio::test]
async fn nodes_share_a_remote_store_and_go_on_without_it() -> Result<()> {
    let mut redis = Redis::start()?;
    let policy = Upstream::start("policy").await?;
    let mut visits = Vec::new();
    for _ in 0..2 {
        let gateway = Gateway::with_store("shared", &redis.url()).await?;
        let orders = Upstream::start("orders").await?;
        for (name, address) in [("orders", orders.address), ("policy", policy.address), ("audit", policy.address)] {
            gateway.route(name, address).await?;
        }
        gateway.plugin("asks", "guest-asks").await?;
        gateway.attach("asks", json!({ "store": "shared" }), &[GRANTS[0], GRANTS[1], "store:shared"]).await?;
        let answer = gateway.client(Version::Http1)?.get(&gateway.https("/orders"), &[]).await?;
        visits.push(answer.json()?["headers"]["x-visits"].clone());
        if visits.len() == 2 {
            redis.stop()?;
            let answer = gateway.client(Version::Http1)?.get(&gateway.https("/orders"), &[]).await?;
            visits.push(answer.json()?["headers"]["x-visits"].clone());
        }
    }
    assert_eq!(visits, ["1", "2", "unavailable"]);
    Ok(())
}

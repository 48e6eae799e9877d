//! The program is replaced while clients are served.

use std::{
    fs,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use sluice_testkit::{
    certificate::Authority,
    client::{Client, Version},
    upstream::Upstream,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::UnixStream,
};

use super::{
    Foreign, Manager,
    load::{Listening, Load, events},
    route, signal, until,
};

const GRACE: Duration = Duration::from_secs(2);

/// Three in a row, to fewer workers and to more.
#[tokio::test(flavor = "multi_thread")]
async fn a_rolling_upgrade_under_load_fails_no_request_and_drains_by_its_deadline() -> Result<()> {
    let manager = Manager::new()?;
    let authority = Authority::new()?;
    let certificate = authority.issue(&["localhost"])?;
    let [chain, key] = ["cert.pem", "key.pem"].map(|name| manager.data.path().join(name));
    fs::write(&chain, certificate.chain_pem)?;
    fs::write(&key, certificate.key_pem)?;
    let https = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let (grace, address) = (GRACE.as_millis().to_string(), https.to_string());
    let settings = [
        ("SLUICE_HTTPS_ADDRESS", &*address),
        ("SLUICE_HTTPS_CERTIFICATE", chain.to_str().context("a path in UTF-8")?),
        ("SLUICE_HTTPS_KEY", key.to_str().context("a path in UTF-8")?),
        ("SLUICE_SHUTDOWN_GRACE_MS", &*grace),
        ("SLUICE_WORKERS", "3"),
    ];
    let mut process = manager.start(&settings).await?;
    let http = process.http;
    let upstream = Upstream::start("orders").await?;
    let (streaming, _events) = events().await?;
    route(&process.admin, "orders", upstream.address).await?;
    route(&process.admin, "events", streaming).await?;

    let client = Client::new(&authority.pem(), Version::Http2)?;
    let loads = [
        Load::kept_connections(http, "/orders"),
        Load::new_connections(http, "/orders"),
        Load::http2(client, format!("https://localhost:{}/orders", https.port()))?,
    ];
    for workers in ["1", "2", "3"] {
        for load in &loads {
            load.goes_on(50).await?;
        }
        let stream = Listening::to(http, "/events").await?;
        let successor = process.successor(&[("SLUICE_WORKERS", workers)])?;
        manager.hears_ready(successor.id()).await?;
        let handed_over = Instant::now();
        let last_event = tokio::spawn(stream.ends());
        assert!(process.ended().await?.success());
        let drained = handed_over.elapsed();
        let streamed = last_event.await??.duration_since(handed_over);
        assert!(streamed > GRACE / 2, "a stream goes on to the deadline, not for {streamed:?}");
        assert!(drained < GRACE * 3, "old connections are drained by the deadline, not after {drained:?}");
        process = successor;
        for load in &loads {
            load.goes_on(50).await?;
        }
    }
    for load in &loads {
        let answered = load.lost_nothing()?;
        assert!(answered >= 300, "{answered}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_process_that_dies_half_way_leaves_the_old_one_serving() -> Result<()> {
    let manager = Manager::new()?;
    let process = manager.start(&[("SLUICE_SHUTDOWN_GRACE_MS", "1000")]).await?;
    let upstream = Upstream::start("orders").await?;
    route(&process.admin, "orders", upstream.address).await?;
    let load = Load::kept_connections(process.http, "/orders");
    load.goes_on(10).await?;

    // One that has the sockets, and is gone before it accepts.
    let mut asking = UnixStream::connect(manager.data.path().join("upgrade.sock")).await?;
    asking.write_all(b"sluice-upgrade 1\n").await?;
    let mut got = [0; 1];
    asking.read_exact(&mut got).await?;
    drop(asking);
    // One that is killed while it starts.
    process.successor(&[])?.kill()?;
    // One that cannot start.
    let failed = process.successor(&[("SLUICE_PLUGINS_TRUSTED_KEYS", "/nowhere.pem")])?.ended().await?;
    assert!(!failed.success());
    until("a word of the failure", async || Ok(process.log()?.contains("this one serves on"))).await?;

    load.goes_on(50).await?;
    assert_eq!(process.admin.page("/readyz").await?.0, 200);
    let successor = process.successor(&[])?;
    manager.hears_ready(successor.id()).await?;
    assert!(process.ended().await?.success());
    load.goes_on(50).await?;
    load.lost_nothing()?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_process_to_take_over_from_a_process_starts_as_any_other() -> Result<()> {
    let manager = Manager::new()?;
    let process = manager.start(&[("SLUICE_TAKEOVER", "true")]).await?;
    assert_eq!(process.admin.page("/readyz").await?.0, 200);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn at_sigusr2_a_process_starts_its_successor_itself() -> Result<()> {
    let manager = Manager::new()?;
    let process = manager.start(&[("SLUICE_SHUTDOWN_GRACE_MS", "1000")]).await?;
    manager.hears_ready(process.id()).await?;
    let upstream = Upstream::start("orders").await?;
    route(&process.admin, "orders", upstream.address).await?;
    let load = Load::kept_connections(process.http, "/orders");
    load.goes_on(10).await?;

    signal(process.id(), nix::sys::signal::Signal::SIGUSR2)?;
    let message = manager.hears(|message| message.starts_with("READY=1")).await?;
    let successor = message.lines().find_map(|line| line.strip_prefix("MAINPID=")).context("no process")?.parse()?;
    let _guard = Foreign(successor);
    assert_ne!(successor, process.id());
    assert!(process.ended().await?.success());
    load.goes_on(50).await?;
    load.lost_nothing()?;
    Ok(())
}

/// The state of the old process's counters is its own; what is kept in the store is not lost between the two.
#[tokio::test(flavor = "multi_thread")]
async fn a_change_made_by_the_process_that_took_over_is_served_and_outlives_it() -> Result<()> {
    let manager = Manager::new()?;
    let process = manager.start(&[]).await?;
    let upstream = Upstream::start("orders").await?;
    let successor = process.successor(&[])?;
    manager.hears_ready(successor.id()).await?;
    assert!(process.ended().await?.success());
    route(&successor.admin, "orders", upstream.address).await?;
    Load::new_connections(successor.http, "/orders").goes_on(5).await?;
    let successor = successor.kill_and_restart().await?;
    Load::new_connections(successor.http, "/orders").goes_on(5).await
}

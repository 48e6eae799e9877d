//! What a process does when it is told to stop or to read its settings again, and what its manager hears.

use std::{fs, time::Duration};

use anyhow::{Context, Result};
use nix::sys::signal::Signal;
use sluice_testkit::upstream::Upstream;

use super::{
    Manager,
    load::{Listening, Load, events},
    route, signal, until,
};

/// Longer than a test may take: whoever waits for it fails.
const NEVER: &str = "600000";

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_is_told_to_stop_says_so_before_it_stops_accepting() -> Result<()> {
    let manager = Manager::new()?;
    let process = manager.start(&[("SLUICE_SHUTDOWN_DELAY_MS", NEVER)]).await?;
    let upstream = Upstream::start("orders").await?;
    route(&process.admin, "orders", upstream.address).await?;
    signal(process.id(), Signal::SIGTERM)?;
    manager.hears(|message| message == "STOPPING=1\nSTATUS=draining").await?;

    until("the end of readiness", async || Ok(process.admin.page("/readyz").await?.0 == 503)).await?;
    let (_, reason) = process.admin.page("/readyz").await?;
    assert!(reason.contains("the gateway is stopping"), "{reason}");
    assert_eq!(process.admin.page("/livez").await?.0, 200);
    let load = Load::new_connections(process.http, "/orders");
    load.goes_on(20).await?;
    load.lost_nothing()?;
    drop(load);

    signal(process.id(), Signal::SIGTERM)?;
    assert!(process.ended().await?.success(), "the second time it does not wait");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_signal_cuts_what_is_left() -> Result<()> {
    let manager = Manager::new()?;
    let process = manager.start(&[("SLUICE_SHUTDOWN_GRACE_MS", NEVER)]).await?;
    let (streaming, _events) = events().await?;
    route(&process.admin, "events", streaming).await?;
    let stream = Listening::to(process.http, "/events").await?;
    signal(process.id(), Signal::SIGTERM)?;
    let refuses = async || Ok(tokio::net::TcpStream::connect(process.http).await.is_err());
    until("the end of accepting", refuses).await?;
    let end = tokio::spawn(stream.ends());
    assert_eq!(process.admin.page("/readyz").await?.0, 503, "the admin API answers while clients are drained");
    signal(process.id(), Signal::SIGTERM)?;
    assert!(process.ended().await?.success());
    end.await??;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn at_sighup_what_can_change_does_and_the_rest_is_named() -> Result<()> {
    let manager = Manager::new()?;
    let file = manager.data.path().join("sluice.toml");
    fs::write(&file, "[log]\nlevel = \"info\"\n")?;
    let process = manager.start(&[("SLUICE_SETTINGS", file.to_str().context("a path in UTF-8")?)]).await?;
    manager.hears_ready(process.id()).await?;

    fs::write(&file, "workers = 7\n[log]\nlevel = \"info,gateway_proxy=debug\"\n[connections]\nmax = 5\n")?;
    signal(process.id(), Signal::SIGHUP)?;
    manager.hears(|message| message.starts_with("RELOADING=1\nMONOTONIC_USEC=")).await?;
    manager.hears_ready(process.id()).await?;
    let log = process.log()?;
    let changed = log.lines().find(|line| line.contains("the settings were read again")).context("no word of it")?;
    assert!(changed.contains("log.level"), "{changed}");
    let fixed = log.lines().find(|line| line.contains("take a restart")).context("no word of it")?;
    assert!(fixed.contains("connections.max, workers"), "{fixed}");
    // A malformed request makes a line at this level and at no higher one.
    let mut stream = tokio::net::TcpStream::connect(process.http).await?;
    tokio::io::AsyncWriteExt::write_all(&mut stream, b"no HTTP at all\r\n\r\n").await?;
    until("a line at the new level", async || Ok(process.log()?.contains("DEBUG"))).await?;

    fs::write(&file, "workers = \"many\"\n")?;
    signal(process.id(), Signal::SIGHUP)?;
    manager.hears_ready(process.id()).await?;
    assert!(process.log()?.contains("the settings stay as they were"), "{}", process.log()?);
    assert_eq!(process.admin.page("/readyz").await?.0, 200);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_watchdog_is_fed_while_the_process_works() -> Result<()> {
    let manager = Manager::new()?;
    let every = Duration::from_millis(100).as_micros().to_string();
    let process = manager.start(&[("WATCHDOG_USEC", &every)]).await?;
    for _ in 0..3 {
        manager.hears(|message| message == "WATCHDOG=1").await?;
    }
    let successor = process.successor(&[])?;
    let replaced = format!("MAINPID={}", successor.id());
    manager.hears(|message| message == replaced).await?;
    assert!(process.ended().await?.success());
    manager.hears(|message| message == "WATCHDOG=1").await.map(drop)
}

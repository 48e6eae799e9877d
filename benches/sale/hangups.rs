//! Ten thousand clients that connect, wait for their turn, and hang up.

use std::{
    fs,
    io::Write,
    net::{SocketAddr, TcpStream},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use gateway_benches::{
    SERVER_NAME,
    load::{Target, paced::Paced},
};
use serde_json::json;

use crate::{
    asked,
    shop::Shop,
    stage::{LOOK_EVERY, Stage, Status},
};

/// Clients that wait at one time.
const CLIENTS: usize = 10_000;

/// Requests that the upstream gets at one time.
const SLOTS: u64 = 8;

/// How long the service works on each of them: until all have come.
const FOR_EVER: Duration = Duration::from_secs(30);

/// Requests a second on an ordinary day.
const ORDINARY: f64 = 500.0;

/// The longest time for the queue to fill, and to be empty again.
const LONGEST: Duration = Duration::from_secs(60);

/// Fills the queue and lets all hang up, several times; tells of the memory of the gateway after each.
pub(crate) fn run(
    stage: &Stage,
    shop: &Shop,
    (http, target): (SocketAddr, &Target),
    rounds: usize,
) -> Result<Vec<String>> {
    let usual = shop.service();
    shop.takes(FOR_EVER);
    stage.admission(&json!({
        "concurrency": { "algorithm": "FIXED", "initial": SLOTS },
        "queue": { "maxRequests": 8 * CLIENTS, "maxBytes": 1_073_741_824 },
        "classes": { "low": { "maxWaitMs": 600_000, "share": 0 } },
    }))?;
    let memory = || resident(stage.gateway.process.id());
    let mut lines = vec![format!("{:.1} MiB before", mebibytes(memory()?))];
    for round in 1..=rounds {
        let mut clients = Vec::with_capacity(CLIENTS);
        for _ in 0..CLIENTS {
            let mut client = TcpStream::connect(http)?;
            client.write_all(format!("GET /search HTTP/1.1\r\nHost: {SERVER_NAME}\r\n\r\n").as_bytes())?;
            clients.push(client);
        }
        let full = settled(stage)?;
        ensure!(round > 1 || full.waiting + SLOTS == CLIENTS as u64, "not all wait: {full:?}");
        let most = memory()?;
        let hung_up = Instant::now();
        drop(clients);
        until(stage, |status| status.waiting == 0 && status.in_flight == 0 && status.waiting_bytes == 0)?;
        let took = hung_up.elapsed();
        // Freed memory goes back to the system a little later.
        thread::sleep(Duration::from_secs(2));
        lines.push(format!(
            "round {round}: {} waited with {} bytes, {:.1} MiB; {:.2} s after they hung up nobody waits and no slot is taken, {:.1} MiB",
            full.waiting,
            full.waiting_bytes,
            mebibytes(most),
            took.as_secs_f64(),
            mebibytes(memory()?)
        ));
    }
    shop.takes(usual);
    stage.admission(&json!({}))?;
    let clients = Paced::connect_each(target, &[16, 64])?;
    clients.run(&asked(ORDINARY), Duration::from_secs(10), 7)?;
    lines
        .push(format!("after 10 s of ordinary traffic, {ORDINARY} requests a second: {:.1} MiB", mebibytes(memory()?)));
    Ok(lines)
}

/// How it stands once nobody comes to wait any more. From the second round on some are refused at the door, since it was seen
/// that no slot comes free for a long time.
fn settled(stage: &Stage) -> Result<Status> {
    let mut before = until(stage, |status| status.waiting >= CLIENTS as u64 / 4)?;
    loop {
        thread::sleep(Duration::from_secs(1));
        let now = stage.status()?;
        if now.waiting == before.waiting {
            return Ok(now);
        }
        before = now;
    }
}

fn until(stage: &Stage, is_so: impl Fn(&Status) -> bool) -> Result<Status> {
    let began = Instant::now();
    loop {
        let status = stage.status()?;
        if is_so(&status) {
            return Ok(status);
        }
        ensure!(began.elapsed() < LONGEST, "after {LONGEST:?} it stands so: {status:?}");
        thread::sleep(LOOK_EVERY);
    }
}

/// Memory that a process occupies, in bytes.
fn resident(process: u32) -> Result<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
    let kibibytes: u64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kibibytes * 1024)
}

fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}

//! The bench of uploads: how long a module of 2 MiB takes from its upload to its first response, and what requests notice.
//!
//! `cargo bench -p gateway-benches --bench upload`; README.md in the folder above explains the figures.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line tool prints its report and its progress")]

mod cached;
mod large;
mod report;
mod uploads;

use std::{process::Command, thread, time::Duration};

use anyhow::{Result, anyhow};
use clap::Parser;
use gateway_benches::{
    PATH, SERVER_NAME, Surroundings,
    certificate::Certificate,
    contender::{
        free_address,
        sluice::{
            self,
            configure::{create, module, route},
        },
    },
    load::{
        Protocol, Target,
        paced::{Ask, Asked, Expected, Paced},
    },
    machine,
    process::Process,
};
use hyper::{
    HeaderMap,
    header::{HeaderName, HeaderValue},
};
use serde_json::json;
use sluice_testkit::admin::Admin;
use tokio::runtime;

use crate::{
    large::Guest,
    report::{Pair, Sample},
    uploads::{ROUTE, Uploader},
};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Measures the way of a large module from its upload to its first response, under traffic, and what the traffic notices.
///
/// Example: cargo bench -p gateway-benches --bench upload -- --rounds 11 --rate 500
#[derive(Parser)]
struct Options {
    /// A short run that shows that everything works; its figures are rough.
    #[arg(long)]
    quick: bool,
    /// Pairs of windows, one without uploads and one with [default: 7, quick 1].
    #[arg(long)]
    rounds: Option<usize>,
    /// Length of a window [default: 8, quick 3].
    #[arg(long)]
    seconds: Option<u64>,
    /// Requests a second beside the uploads.
    #[arg(long, default_value_t = 1_000.0)]
    rate: f64,
    /// Client connections.
    #[arg(long, default_value_t = 32)]
    connections: usize,
    /// Worker threads of the gateway.
    #[arg(long, default_value_t = 2)]
    workers: usize,
    /// Set by cargo bench; without it the run is a quick one.
    #[arg(long, hide = true)]
    bench: bool,
}

/// Loads from the disk cache that are measured.
const STARTS: usize = 30;

fn main() -> Result<()> {
    let options = Options::parse();
    println!("{}\n", machine::facts());
    let scratch = tempfile::tempdir()?;
    let certificate = Certificate::create(scratch.path())?;
    let (_upstream, upstream) = Process::start_listening(&mut Command::new(env!("CARGO_BIN_EXE_upstream")))?;
    let surroundings = Surroundings {
        upstream,
        certificate: &certificate,
        workers: options.workers,
        http2: false,
        connections: options.connections,
        scratch: scratch.path(),
    };
    let binary = sluice::build(env!("CARGO_BIN_EXE_bare_proxy").as_ref())?;
    let cleartext = free_address()?;
    let gateway = sluice::start_with("upload", &binary, &surroundings, |command| {
        command.env("SLUICE_HTTP_ENABLED", "true").env("SLUICE_HTTP_ADDRESS", cleartext.to_string())
    })?;
    runtime::Builder::new_current_thread().enable_all().build()?.block_on(prepare(&gateway.admin, &surroundings))?;
    let target = Target::new(gateway.address, &certificate, Protocol::Http1, HeaderMap::new())?;
    let mut uploader = Uploader::new(gateway.admin.clone(), cleartext, &certificate)?;

    let mut pairs = Vec::new();
    for round in 0..options.rounds() {
        let pair = pair(&target, &mut uploader, &options, round)?;
        eprintln!("round {}/{}  {pair}", round + 1, options.rounds());
        pairs.push(pair);
    }
    println!(
        "{} requests a second; {} pairs of windows of {} s\n",
        options.rate,
        pairs.len(),
        options.window().as_secs()
    );
    println!("{}\n\n{}\n\n{}\n", report::uploads(&pairs), report::traffic(&pairs), report::lag(&pairs));
    drop((uploader, gateway));

    let starts = cached::measure(&Guest::read()?, &scratch.path().join("compiled"), STARTS)?;
    println!("from the disk cache, {STARTS} times each, without traffic\n\n{starts}");
    Ok(())
}

/// The route of the traffic with its plugin, and the one that uploads are attached to.
async fn prepare(admin: &Admin, surroundings: &Surroundings<'_>) -> Result<()> {
    route(admin, surroundings.upstream).await?;
    let digest = admin.upload(module("guest-typical")?).await?;
    create(admin, "Plugin", json!({ "name": "typical", "digest": digest })).await?;
    create(admin, "Attachment", json!({ "name": "typical", "plugin": "typical", "route": "bench" })).await?;
    let fresh =
        json!({ "name": ROUTE, "hosts": [SERVER_NAME], "pathPrefix": format!("/{ROUTE}"), "upstream": "bench" });
    create(admin, "Route", fresh).await?;
    Ok(())
}

/// A window without uploads and one with them, on the same connections and with requests at the same moments.
fn pair(target: &Target, uploader: &mut Uploader, options: &Options, round: usize) -> Result<Pair> {
    let clients = Paced::connect(target, 1, options.connections)?;
    let asked = [Asked { asks: vec![ask()], rate: options.rate }];
    let window = || Sample::of(&clients.run(&asked, options.window(), 1 + round as u64)?);
    clients.run(&asked, Duration::from_millis(300), 0)?;
    // In turns, so that whatever grows from window to window grows in favour of neither.
    let quiet = if round.is_multiple_of(2) { Some(window()?) } else { None };
    let (busy, uploads) = thread::scope(|scope| {
        let uploads = scope.spawn(|| uploader.upload_for(options.window()));
        let busy = window();
        let uploads = uploads.join().map_err(|_| anyhow!("the uploader panicked"))?;
        anyhow::Ok((busy?, uploads?))
    })?;
    let quiet = quiet.map_or_else(window, Ok)?;
    Ok(Pair { quiet, busy, uploads })
}

fn ask() -> Ask {
    let fields = [("user-agent", "sluice-bench"), ("accept", "*/*"), ("x-version", "1"), ("x-tenant", "acme")];
    let headers = fields
        .into_iter()
        .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
        .collect();
    Ask { path: PATH.to_owned(), headers, expected: vec![Expected::UPSTREAM] }
}

impl Options {
    fn is_quick(&self) -> bool {
        self.quick || !self.bench
    }

    fn rounds(&self) -> usize {
        self.rounds.unwrap_or(if self.is_quick() { 1 } else { 7 })
    }

    fn window(&self) -> Duration {
        Duration::from_secs(self.seconds.unwrap_or(if self.is_quick() { 3 } else { 8 }))
    }
}

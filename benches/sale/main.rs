//! The day of the sale: what a gateway makes of more requests than the service behind it can serve, over real sockets.
//!
//! `cargo bench -p gateway-benches --bench sale`; README.md in the folder above explains the figures.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line tool prints its report and its progress")]

mod fairness;
mod hangups;
mod idle;
mod overload;
mod shop;
mod slowdown;
mod stage;

use std::time::Duration;

use anyhow::{Result, ensure};
use clap::{Parser, ValueEnum};
use gateway_benches::{
    Surroundings,
    certificate::Certificate,
    contender::{free_address, sluice},
    load::{
        Protocol, Target,
        paced::{Ask, Asked, Expected},
    },
    machine,
};
use hyper::{HeaderMap, StatusCode};

use crate::{shop::Shop, stage::Stage};

/// Overloads a service of known capacity through a gateway that does not know it.
///
/// Example: cargo bench -p gateway-benches --bench sale -- --only overload --places 16 --service-ms 50
#[derive(Parser)]
struct Options {
    /// A short run that shows that everything works; its figures are rough, and nothing is promised of them.
    #[arg(long)]
    quick: bool,
    /// Requests that the service works on at one time.
    #[arg(long, default_value_t = 32)]
    places: usize,
    /// How long it works on each, in milliseconds.
    #[arg(long, default_value_t = 20)]
    service_ms: u64,
    /// Length of a window [default: 15, quick 2].
    #[arg(long)]
    seconds: Option<u64>,
    /// Worker threads of the gateway.
    #[arg(long, default_value_t = 2)]
    workers: usize,
    /// Run only this part; may be given several times.
    #[arg(long)]
    only: Vec<Part>,
    /// Set by cargo bench; without it the run is a quick one.
    #[arg(long, hide = true)]
    bench: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Two and three times the capacity, beside a plain queue and none.
    Overload,
    /// The service becomes four times slower and recovers.
    Slowdown,
    /// One client floods.
    Fairness,
    /// Ten thousand clients wait and hang up.
    Hangups,
    /// What an admission costs where there is no overload.
    Idle,
}

/// How long a client waits: what comes later helps nobody.
const PATIENCE: Duration = Duration::from_secs(1);

/// The part of all requests that are checkouts.
const CRITICAL: f64 = 0.1;

/// Client connections for checkouts, and for everything else: more than are ever under way at one time, so that it is the
/// gateway that lets requests wait.
const CONNECTIONS: [usize; 2] = [500, 3_000];

fn main() -> Result<()> {
    let options = Options::parse();
    println!("{}\n", machine::facts());
    let scratch = tempfile::tempdir()?;
    let certificate = Certificate::create(scratch.path())?;
    let shop = Shop::open(options.places, Duration::from_millis(options.service_ms))?;
    let surroundings = Surroundings {
        upstream: shop.address,
        certificate: &certificate,
        workers: options.workers,
        http2: false,
        connections: CONNECTIONS.iter().sum(),
        scratch: scratch.path(),
    };
    let binary = sluice::build(env!("CARGO_BIN_EXE_bare_proxy").as_ref())?;
    let http = free_address()?;
    let gateway = sluice::start_with("sale", &binary, &surroundings, |command| {
        command
            .env("SLUICE_HTTP_ENABLED", "true")
            .env("SLUICE_HTTP_ADDRESS", http.to_string())
            .env("SLUICE_CONNECTIONS_MAX", "20000")
            // Most of the connections are there for the rush and idle until then.
            .env("SLUICE_CONNECTIONS_HEAD_TIMEOUT_MS", "600000")
            .env("SLUICE_CONNECTIONS_IDLE_TIMEOUT_MS", "600000")
    })?;
    let target = Target::new(gateway.address, &certificate, Protocol::Http1, HeaderMap::new())?;
    let stage = Stage::set(gateway, &shop)?;
    println!(
        "a service with {} places of {} ms: {:.0} requests a second; {} % checkouts (critical), all others low",
        options.places,
        options.service_ms,
        shop.capacity(),
        CRITICAL * 100.0
    );
    let window = Duration::from_secs(options.seconds());
    let mut broken = Vec::new();
    for part in options.parts() {
        eprintln!("{part:?} …");
        let lines = match part {
            Part::Overload => {
                let report = overload::run(&stage, &shop, &target, window)?;
                broken = report.broken;
                report.lines
            }
            Part::Slowdown => slowdown::run(&stage, &shop, &target, window)?,
            Part::Fairness => fairness::run(&stage, &shop, &target, window)?,
            Part::Hangups => hangups::run(&stage, &shop, (http, &target), if options.is_full() { 3 } else { 1 })?,
            Part::Idle => {
                shop.takes(Duration::ZERO);
                idle::run(&stage, &target, if options.is_full() { 40 } else { 1 }, window.min(Duration::from_secs(2)))?
            }
        };
        println!("\n{part:?}\n{}", lines.join("\n"));
    }
    ensure!(!options.is_full() || broken.is_empty(), "{}", broken.join("; "));
    Ok(())
}

/// Both kinds of requests, together so many a second.
fn asked(rate: f64) -> Vec<Asked> {
    let refused = Expected { status: StatusCode::SERVICE_UNAVAILABLE, length: None };
    let of = |path: &str, share: f64| Asked {
        asks: vec![Ask {
            path: path.to_owned(),
            headers: HeaderMap::new(),
            expected: vec![Expected::UPSTREAM, refused],
        }],
        rate: rate * share,
    };
    vec![of("/checkout", CRITICAL), of("/search", 1.0 - CRITICAL)]
}

fn millis(duration: Duration) -> String {
    format!("{:.1} ms", duration.as_secs_f64() * 1000.0)
}

impl Options {
    fn is_full(&self) -> bool {
        self.bench && !self.quick
    }

    fn seconds(&self) -> u64 {
        self.seconds.unwrap_or(if self.is_full() { 15 } else { 2 })
    }

    fn parts(&self) -> Vec<Part> {
        match self.only.is_empty() {
            true => Part::value_variants().to_vec(),
            false => self.only.clone(),
        }
    }
}

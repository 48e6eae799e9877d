//! The day of the sale: two and three times as many requests as a service can serve, a tenth of them checkouts.
//!
//! `cargo bench -p gateway-benches --bench sale`; README.md in the folder above explains the figures.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line tool prints its report and its progress")]

mod shop;

use std::time::Duration;

use anyhow::{Result, ensure};
use clap::Parser;
use gateway_benches::{
    SERVER_NAME, Surroundings,
    certificate::Certificate,
    contender::sluice::{self, Blank, configure::create},
    load::{
        Protocol, Tally, Target,
        paced::{Ask, Asked, Expected, Paced},
    },
    machine, table,
};
use hyper::{HeaderMap, StatusCode};
use serde_json::{Value, json};
use tokio::runtime;

use crate::shop::Shop;

/// Overloads a service of known capacity through a gateway that does not know it, and compares what gets through.
///
/// Example: cargo bench -p gateway-benches --bench sale -- --places 16 --service-ms 50
#[derive(Parser)]
struct Options {
    /// A short run that shows that everything works; its figures are rough.
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
    /// Set by cargo bench; without it the run is a quick one.
    #[arg(long, hide = true)]
    bench: bool,
}

/// How long a client waits: what comes later helps nobody.
const PATIENCE: Duration = Duration::from_secs(1);

/// How long traffic is ordinary before each window.
const ORDINARY: Duration = Duration::from_secs(2);

/// The part of all requests that are checkouts.
const CRITICAL: f64 = 0.1;

/// Client connections for checkouts, and for everything else: more than are ever under way at one time, so that it is the
/// gateway that lets requests wait.
const CONNECTIONS: [usize; 2] = [500, 3_000];

/// What stands between the clients and the service.
#[derive(Clone, Copy, PartialEq, Eq)]
enum System {
    /// The service's own queue, first come first served: the gateway passes everything on.
    Fifo,
    /// As many requests as the service has places, which somebody has to know; all others are refused at once.
    NoQueue,
    /// The gateway's admission as it is by default, told nothing of the service.
    Sluice,
}

/// What came of one window.
struct Row {
    system: System,
    load: f64,
    critical: Tally,
    low: Tally,
}

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
    let gateway = sluice::start_blank("sale", &binary, &surroundings)?;
    let stage = Stage { runtime: runtime::Builder::new_current_thread().enable_all().build()?, gateway };
    stage.configure(&shop)?;
    let target = Target::new(stage.gateway.address, &certificate, Protocol::Http1, HeaderMap::new())?;
    let window = Duration::from_secs(options.seconds());

    let capacity = shop.capacity();
    println!(
        "a service with {} places of {} ms: {capacity:.0} requests a second; {} % checkouts (critical), all others low\n",
        options.places,
        options.service_ms,
        CRITICAL * 100.0
    );
    stage.set(System::Sluice, &options)?;
    let unloaded = drive(&target, capacity * 0.3, window)?;
    let unloaded_p99 = unloaded.critical.served_latency(0.99);
    println!("unloaded, at 0.3 of the capacity: critical p99 {}\n", millis(unloaded_p99));
    let mut rows = Vec::new();
    for load in [2.0, 3.0] {
        for system in [System::Fifo, System::NoQueue, System::Sluice] {
            stage.set(system, &options)?;
            eprintln!("{} at {load} times the capacity …", system.name());
            let row = Row { system, load, ..drive(&target, capacity * load, window)? };
            rows.push(row);
        }
    }
    println!("{}", report(&rows, capacity));
    if options.is_full() {
        check(&rows, capacity, unloaded_p99)?;
    }
    Ok(())
}

/// Ordinary traffic, and then so many requests a second.
fn drive(target: &Target, rate: f64, window: Duration) -> Result<Row> {
    let clients = Paced::connect_each(target, &CONNECTIONS)?;
    clients.run(&asked(rate.min(300.0)), ORDINARY, 1)?;
    let mut heard = clients.run(&asked(rate), window, 2)?;
    let (Some(low), Some(critical)) = (heard.tallies.pop(), heard.tallies.pop()) else {
        anyhow::bail!("a group has no tally")
    };
    Ok(Row { system: System::Sluice, load: 0.0, critical, low })
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

/// The gateway, and who runs it.
struct Stage {
    gateway: Blank,
    runtime: runtime::Runtime,
}

impl Stage {
    fn configure(&self, shop: &Shop) -> Result<()> {
        let admin = &self.gateway.admin;
        self.runtime.block_on(async {
            let targets = json!([{ "address": shop.address.to_string() }]);
            create(admin, "Upstream", json!({ "name": "shop", "targets": targets })).await?;
            for (name, priority) in [("checkout", "CRITICAL"), ("search", "LOW")] {
                let route = json!({
                    "name": name, "hosts": [SERVER_NAME], "pathPrefix": format!("/{name}"), "upstream": "shop",
                    "priority": priority,
                });
                create(admin, "Route", route).await?;
            }
            Ok(())
        })
    }

    /// Changes how requests come to the service.
    fn set(&self, system: System, options: &Options) -> Result<()> {
        let mutation =
            "mutation($input: UpdateUpstreamInput!) { updateUpstream(input: $input) { userErrors { path message } } }";
        let input = json!({ "name": "shop", "admission": system.admission(options.places) });
        self.runtime.block_on(self.gateway.admin.mutate(mutation, json!({ "input": input })))?;
        Ok(())
    }
}

impl System {
    fn name(self) -> &'static str {
        match self {
            Self::Fifo => "first come, first served",
            Self::NoQueue => "no queue, told the capacity",
            Self::Sluice => "sluice, told nothing",
        }
    }

    fn admission(self, places: usize) -> Value {
        match self {
            Self::Fifo => Value::Null,
            Self::NoQueue => json!({
                "concurrency": { "algorithm": "FIXED", "initial": places }, "queue": { "maxRequests": 0 },
            }),
            Self::Sluice => json!({
                "concurrency": { "algorithm": null, "initial": null }, "queue": { "maxRequests": null },
            }),
        }
    }
}

impl Row {
    /// The part of the requests of one kind that were served in time.
    fn success(tally: &Tally) -> f64 {
        tally.served_within(PATIENCE) as f64 / tally.requests().max(1) as f64
    }

    /// Requests served in time, of those that the service could serve.
    fn goodput(&self, capacity: f64) -> f64 {
        let served = self.critical.served_within(PATIENCE) + self.low.served_within(PATIENCE);
        served as f64 / self.critical.elapsed.as_secs_f64() / capacity
    }
}

fn report(rows: &[Row], capacity: f64) -> String {
    let header =
        ["load", "system", "critical served", "p50", "p99", "low served", "low p99", "goodput of the capacity"];
    let lines = rows.iter().map(|row| {
        [
            format!("{} ×", row.load),
            row.system.name().to_owned(),
            format!("{:.2} %", Row::success(&row.critical) * 100.0),
            millis(row.critical.served_latency(0.5)),
            millis(row.critical.served_latency(0.99)),
            format!("{:.1} %", Row::success(&row.low) * 100.0),
            millis(row.low.served_latency(0.99)),
            format!("{:.1} %", row.goodput(capacity) * 100.0),
        ]
    });
    table::render(&[header.map(str::to_owned)].into_iter().chain(lines).collect::<Vec<_>>())
}

/// What was promised.
fn check(rows: &[Row], capacity: f64, unloaded_p99: Duration) -> Result<()> {
    for row in rows.iter().filter(|row| row.system == System::Sluice) {
        let (success, goodput) = (Row::success(&row.critical), row.goodput(capacity));
        let p99 = row.critical.served_latency(0.99);
        ensure!(success >= 0.999, "at {} × only {:.3} % of critical requests were served", row.load, success * 100.0);
        ensure!(p99 <= unloaded_p99.mul_f64(1.5), "at {} × the critical p99 is {}", row.load, millis(p99));
        ensure!(goodput >= 0.95, "at {} × goodput is {:.1} % of the capacity", row.load, goodput * 100.0);
    }
    Ok(())
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
}

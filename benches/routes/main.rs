//! The bench of many routes: what a request costs among them, and how soon a change to one of them is live.
//!
//! `cargo bench -p gateway-benches --bench routes`; README.md in the folder above explains the figures.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line tool prints its report and its progress")]

mod changes;
mod many;

use std::{path::Path, process::Command, time::Duration};

use anyhow::Result;
use clap::Parser;
use gateway_benches::{
    Surroundings,
    certificate::Certificate,
    contender::sluice,
    load::{Protocol, Shape, Window},
    machine,
    process::Process,
    report,
    rounds::{self, Plan},
    table,
};
use tokio::runtime::Builder;

/// The numbers of routes that are compared.
const ROUTES: [usize; 3] = [10, 1_000, 100_000];

/// Measures requests and changes among many routes.
#[derive(Parser)]
struct Options {
    /// A short run that shows that everything works; its figures are rough.
    #[arg(long)]
    quick: bool,
    /// How often each gateway has its turn [default: 15, quick 2].
    #[arg(long)]
    rounds: Option<usize>,
    /// Set by cargo bench; without it the run is a quick one.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> Result<()> {
    let options = Options::parse();
    let is_quick = options.quick || !options.bench;
    println!("{}\n", machine::facts());
    let scratch = tempfile::tempdir()?;
    let certificate = Certificate::create(scratch.path())?;
    let (_upstream, upstream) = Process::start_listening(&mut Command::new(env!("CARGO_BIN_EXE_upstream")))?;
    let surroundings = Surroundings {
        upstream,
        certificate: &certificate,
        workers: 1,
        http2: false,
        connections: 64,
        scratch: scratch.path(),
    };
    let binary = sluice::build(Path::new(env!("CARGO_BIN_EXE_bare_proxy")))?;
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let mut gateways = Vec::new();
    let mut admins = Vec::new();
    for routes in ROUTES {
        let (gateway, admin) = runtime.block_on(many::start(routes, &binary, &surroundings))?;
        gateways.push(gateway);
        admins.push(admin);
    }

    let requests = if is_quick { 4_000 } else { 30_000 };
    let time = Duration::from_secs(30);
    let plan = Plan {
        rounds: options.rounds.unwrap_or(if is_quick { 2 } else { 15 }),
        warm_up: Window { requests: requests / 10, time },
        measured: Window { requests, time },
        shape: Shape { protocol: Protocol::Http1, connections: 64, streams: 1, threads: 1 },
    };
    let samples = rounds::run(plan, &gateways, &certificate, |round, gateway, sample| {
        eprintln!("round {round}/{}  {:24} {:7.2} µs", plan.rounds, gateway.name, sample.cpu_micros_per_request());
    })?;
    let names: Vec<&str> = gateways.iter().map(|gateway| gateway.name.as_str()).collect();
    println!("{}\n", report::table(&names, &samples));

    let mut rows = vec![changes::titles()];
    for (gateway, admin) in gateways.iter().zip(&admins) {
        rows.push(runtime.block_on(changes::measure(gateway, admin, if is_quick { 5 } else { 100 }))?);
    }
    println!("{}", table::render(&rows));
    Ok(())
}

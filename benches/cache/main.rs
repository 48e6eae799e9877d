//! The cache in front of upstreams: what a hit costs, a crowd that wants the same, and what is too large for it.
//!
//! `cargo bench -p gateway-benches --bench cache`; README.md in the folder above explains the figures.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line tool prints its report and its progress")]

mod crowd;
mod hits;
mod large;
mod origin;
mod stage;

use std::{fs, os::unix::fs::PermissionsExt, time::Duration};

use anyhow::{Result, ensure};
use clap::{Parser, ValueEnum};
use gateway_benches::{
    Surroundings,
    certificate::Certificate,
    contender::sluice,
    cores,
    load::{Protocol, Shape, Window},
    machine,
    rounds::Plan,
};

use crate::{origin::Origin, stage::Gateway};

/// Measures the cache in front of upstreams beside other caches, and beside our own gateway without it.
///
/// Example: cargo bench -p gateway-benches --bench cache -- --only hits --contender hit --contender nginx
#[derive(Parser)]
struct Options {
    /// A short run that shows that everything works; its figures are rough, and nothing is promised of them.
    #[arg(long)]
    quick: bool,
    /// How often each contender has its turn with hits [default: 15, quick 2].
    #[arg(long)]
    rounds: Option<usize>,
    /// Requests per turn, after a tenth as many to warm up [default: 30000, quick 4000].
    #[arg(long)]
    requests: Option<usize>,
    /// Longest turn in seconds.
    #[arg(long, default_value_t = 30)]
    seconds: u64,
    /// Client connections for hits.
    #[arg(long, default_value_t = 64)]
    connections: usize,
    /// Ask for hits over HTTP/2 instead of HTTP/1.1.
    #[arg(long)]
    http2: bool,
    /// Mebibytes of the answer that is too large [default: 4096, quick 256].
    #[arg(long)]
    mebibytes: Option<u64>,
    /// Run only this part; may be given several times.
    #[arg(long)]
    only: Vec<Part>,
    /// Of the hits, run only the contenders whose names contain this; may be given several times.
    #[arg(long, value_name = "TEXT")]
    contender: Vec<String>,
    /// Set by cargo bench; without it the run is a quick one.
    #[arg(long, hide = true)]
    bench: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// What is in memory, beside other caches and beside a request that goes to the upstream.
    Hits,
    /// Ten thousand want at once what is not there.
    Crowd,
    /// What is far larger than the cache.
    Large,
}

fn main() -> Result<()> {
    let options = Options::parse();
    println!("{}\n", machine::facts());
    let binary = sluice::build(env!("CARGO_BIN_EXE_bare_proxy").as_ref())?;
    // The load and the upstream on the other processors: each contender has one for itself.
    cores::leave_last()?;
    let scratch = tempfile::tempdir()?;
    // Others' workers give up the rights they were started with, and have to find their files all the same.
    fs::set_permissions(scratch.path(), fs::Permissions::from_mode(0o711))?;
    let certificate = Certificate::create(scratch.path())?;
    let origin = Origin::open(options.bytes())?;
    let surroundings = Surroundings {
        upstream: origin.address,
        certificate: &certificate,
        workers: 1,
        http2: options.http2,
        connections: options.connections,
        scratch: scratch.path(),
    };
    let mut broken = Vec::new();
    for part in options.parts() {
        eprintln!("{part:?} …");
        let lines = match part {
            Part::Hits => {
                let report = hits::run(options.plan(), &options.contender, &binary, &surroundings, &origin)?;
                broken.extend(report.broken);
                report.lines
            }
            Part::Crowd => {
                let gateway = Gateway::start("crowd", true, &binary, &surroundings)?;
                let (sizes, rounds): (&[usize], _) =
                    if options.is_full() { (&[100, 1_000, 10_000], 5) } else { (&[100], 1) };
                vec![crowd::run(&gateway, &origin, sizes, rounds)?]
            }
            Part::Large => {
                let named = [("without cache", false), ("with cache", true)];
                let start = |(name, caches)| Gateway::start(name, caches, &binary, &surroundings);
                let gateways = named.into_iter().map(start).collect::<Result<Vec<_>>>()?;
                let rounds = if options.is_full() { 3 } else { 1 };
                vec![large::run(&gateways, &certificate, options.bytes(), rounds)?]
            }
        };
        println!("\n{part:?}\n{}", lines.join("\n\n"));
    }
    ensure!(!options.is_full() || broken.is_empty(), "{}", broken.join("; "));
    Ok(())
}

impl Options {
    fn is_full(&self) -> bool {
        self.bench && !self.quick
    }

    /// Of the answer that is too large.
    fn bytes(&self) -> u64 {
        self.mebibytes.unwrap_or(if self.is_full() { 4096 } else { 256 }) << 20
    }

    fn plan(&self) -> Plan {
        let requests = self.requests.unwrap_or(if self.is_full() { 30_000 } else { 4_000 });
        let time = Duration::from_secs(self.seconds);
        let protocol = if self.http2 { Protocol::Http2 } else { Protocol::Http1 };
        Plan {
            rounds: self.rounds.unwrap_or(if self.is_full() { 15 } else { 2 }),
            warm_up: Window { requests: (requests / 10).max(self.connections), time },
            measured: Window { requests, time },
            shape: Shape { protocol, connections: self.connections, streams: 1, threads: 1 },
        }
    }

    fn parts(&self) -> Vec<Part> {
        match self.only.is_empty() {
            true => Part::value_variants().to_vec(),
            false => self.only.clone(),
        }
    }
}

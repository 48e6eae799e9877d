//! The process-level bench: gateways as processes, one load, CPU time per request.
//!
//! `cargo bench -p gateway-benches --bench process`; README.md beside this file explains the figures.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line tool prints its report and its progress")]

use std::{env, path::Path, process::Command, time::Duration};

use anyhow::{Result, ensure};
use clap::Parser;
use gateway_benches::{
    Contender, Surroundings,
    certificate::Certificate,
    contender::{
        bare, nginx,
        sluice::{self, Work},
    },
    load::{Protocol, Shape, Window},
    machine,
    process::Process,
    report,
    rounds::{self, Plan},
};

/// Compares gateways under one TLS load by the CPU time that a request costs them.
///
/// Example: cargo bench -p gateway-benches --bench process -- --rounds 25 --only bare --only nginx
#[derive(Parser)]
struct Options {
    /// A short run that shows that everything works; its figures are rough.
    #[arg(long)]
    quick: bool,
    /// How often each contender has its turn [default: 15, quick 2].
    #[arg(long)]
    rounds: Option<usize>,
    /// Requests per turn, after a tenth as many to warm up [default: 30000, quick 4000].
    #[arg(long)]
    requests: Option<usize>,
    /// Longest turn in seconds.
    #[arg(long, default_value_t = 30)]
    seconds: u64,
    /// Client connections.
    #[arg(long, default_value_t = 64)]
    connections: usize,
    /// Ask over HTTP/2 instead of HTTP/1.1.
    #[arg(long)]
    http2: bool,
    /// Requests under way at once on each HTTP/2 connection.
    #[arg(long, default_value_t = 1, requires = "http2")]
    streams: usize,
    /// Threads of the load generator.
    #[arg(long, default_value_t = 1)]
    threads: usize,
    /// Worker threads of each contender.
    #[arg(long, default_value_t = 2)]
    workers: usize,
    /// Run only the contenders whose names contain this; may be given several times.
    #[arg(long, value_name = "TEXT")]
    only: Vec<String>,
    /// Run the bare proxy twice: how far its ratio is from 1 is what this machine cannot tell apart.
    #[arg(long)]
    control: bool,
    /// Set by cargo bench; without it, as under cargo test, the run is a quick one.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> Result<()> {
    let options = Options::parse();
    println!("{}\ncommand: {}\n", machine::facts(), command_line());

    let scratch = tempfile::tempdir()?;
    let certificate = Certificate::create(scratch.path())?;
    let (_upstream, upstream) = Process::start_listening(&mut Command::new(env!("CARGO_BIN_EXE_upstream")))?;
    let surroundings = Surroundings {
        upstream,
        certificate: &certificate,
        workers: options.workers,
        http2: options.http2,
        connections: options.connections,
        scratch: scratch.path(),
    };
    let contenders = contenders(&options, &surroundings)?;
    let plan = options.plan();
    let samples = rounds::run(plan, &contenders, &certificate, |round, contender, sample| {
        eprintln!("round {round}/{}  {:24} {:7.2} µs", plan.rounds, contender.name, sample.cpu_micros_per_request());
    })?;

    let names: Vec<&str> = contenders.iter().map(|contender| contender.name.as_str()).collect();
    println!("\n{}", report::table(&names, &samples));
    let pass_through = names.iter().position(|name| *name == Work::ALL[0].contender());
    if let Some(first) = pass_through.filter(|first| first + 1 < names.len()) {
        println!("\n{}", report::differences(&names[first..], &samples[first..]));
    }
    Ok(())
}

/// Starts the contenders; the first is what the others are compared with.
fn contenders(options: &Options, surroundings: &Surroundings<'_>) -> Result<Vec<Contender>> {
    let bare_proxy = Path::new(env!("CARGO_BIN_EXE_bare_proxy"));
    let mut contenders = Vec::new();
    for name in ["bare hyper proxy", "bare hyper proxy again"] {
        let is_control = !contenders.is_empty();
        if options.wants(name) && (options.control || !is_control) {
            contenders.push(bare::start(name, bare_proxy, surroundings)?);
        }
    }
    if options.wants("nginx") {
        match nginx::start(surroundings)? {
            Some(nginx) => contenders.push(nginx),
            None => eprintln!("note: nginx is left out, it is not on PATH"),
        }
    }
    contenders.extend(gateways(options, surroundings)?);
    ensure!(
        !contenders.is_empty(),
        "--only {} matches no contender; a run without --only shows their names",
        options.only.join(" --only ")
    );
    Ok(contenders)
}

/// Our gateway with more and more to do, pass-through first; compiled only when it takes part.
fn gateways(options: &Options, surroundings: &Surroundings<'_>) -> Result<Vec<Contender>> {
    let wanted: Vec<Work> = Work::ALL.into_iter().filter(|work| options.wants(&work.contender())).collect();
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let binary = sluice::build(Path::new(env!("CARGO_BIN_EXE_bare_proxy")))?;
    wanted.into_iter().map(|work| sluice::start(work, &binary, surroundings)).collect()
}

/// The command to repeat this run with.
fn command_line() -> String {
    let own = env::args().skip(1).filter(|argument| argument != "--bench");
    ["cargo bench -p gateway-benches --bench process --".to_owned()]
        .into_iter()
        .chain(own)
        .collect::<Vec<_>>()
        .join(" ")
}

impl Options {
    fn wants(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|text| name.contains(text.as_str()))
    }

    fn plan(&self) -> Plan {
        let quick = self.quick || !self.bench;
        let requests = self.requests.unwrap_or(if quick { 4_000 } else { 30_000 });
        let time = Duration::from_secs(self.seconds);
        let protocol = if self.http2 { Protocol::Http2 } else { Protocol::Http1 };
        Plan {
            rounds: self.rounds.unwrap_or(if quick { 2 } else { 15 }),
            warm_up: Window { requests: (requests / 10).max(self.connections), time },
            measured: Window { requests, time },
            shape: Shape { protocol, connections: self.connections, streams: self.streams, threads: self.threads },
        }
    }
}

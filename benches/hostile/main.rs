//! The bench beside hostile plugins: the latency of an honest route while half of all requests run plugins that mean harm.
//!
//! `cargo bench -p gateway-benches --bench hostile`; README.md in the folder above explains the figures.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line tool prints its report and its progress")]

mod kinds;
mod modules;
mod report;
mod stage;

use std::{process::Command, slice, time::Duration};

use anyhow::{Context, Result, ensure};
use clap::Parser;
use gateway_benches::{
    Surroundings,
    certificate::Certificate,
    contender::sluice,
    load::{
        Protocol, Target,
        paced::{Asked, Paced},
    },
    machine,
    process::Process,
};
use hyper::HeaderMap;

use crate::{
    kinds::Kind,
    report::{Pair, Sample},
    stage::{Other, Stage, ask_honest},
};

/// Measures what an honest route notices of plugins that do harm on other routes.
///
/// Example: cargo bench -p gateway-benches --bench hostile -- --only loop --rounds 11
#[derive(Parser)]
struct Options {
    /// A short run that shows that everything works; its figures are rough.
    #[arg(long)]
    quick: bool,
    /// How often each kind of harm has its pair of windows [default: 5, quick 1].
    #[arg(long)]
    rounds: Option<usize>,
    /// Length of a window [default: 6, quick 1].
    #[arg(long)]
    seconds: Option<u64>,
    /// Requests a second, half of them honest ones that are measured.
    #[arg(long, default_value_t = 1_000.0)]
    rate: f64,
    /// Client connections of either half.
    #[arg(long, default_value_t = 32)]
    connections: usize,
    /// Worker threads of the gateway.
    #[arg(long, default_value_t = 2)]
    workers: usize,
    /// Run only the kinds whose names contain this; may be given several times.
    #[arg(long, value_name = "TEXT")]
    only: Vec<String>,
    /// Set by cargo bench; without it the run is a quick one.
    #[arg(long, hide = true)]
    bench: bool,
}

/// What the report calls all kinds at once.
const TOGETHER: &str = "all together";

/// What the report calls the row that does no harm: how far its ratio is from 1 is what this machine cannot tell apart.
const CONTROL: &str = "the twin again";

/// How long the honest route is asked alone before each window, so that all of it is awake.
const WARM_UP: Duration = Duration::from_millis(300);

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
        connections: 2 * options.connections,
        scratch: scratch.path(),
    };
    let rows = options.rows();
    ensure!(!rows.is_empty(), "--only {} matches no kind", options.only.join(" --only "));
    let binary = sluice::build(env!("CARGO_BIN_EXE_bare_proxy").as_ref())?;
    let stage = Stage::set(&binary, &surroundings)?;
    let target = Target::new(stage.gateway.address, &certificate, Protocol::Http1, HeaderMap::new())?;
    let bench = Bench { stage: &stage, target: &target, options: &options };

    let mut pairs: Vec<Vec<Pair>> = rows.iter().map(|_| Vec::new()).collect();
    for round in 0..options.rounds() {
        for ((name, other), pairs) in rows.iter().zip(&mut pairs) {
            let pair = bench.pair(*other, round).with_context(|| format!("{name}, round {}", round + 1))?;
            eprintln!("round {}/{}  {name:24} {pair}", round + 1, options.rounds());
            pairs.push(pair);
        }
    }
    println!(
        "{} requests a second, half of them honest; {} windows of each, {} s long\n",
        options.rate,
        options.rounds(),
        options.window().as_secs()
    );
    println!("{}", report::table(rows.iter().map(|(name, _)| *name).zip(pairs.iter().map(Vec::as_slice))));
    println!("\n{}", report::lag(pairs.iter().flatten()));
    Ok(())
}

struct Bench<'a> {
    stage: &'a Stage,
    target: &'a Target,
    options: &'a Options,
}

impl Bench<'_> {
    /// The honest route beside its twin and beside `other`, on the same connections and at the same moments.
    fn pair(&self, other: Other<'_>, round: usize) -> Result<Pair> {
        let clients = Paced::connect(self.target, 2, self.options.connections)?;
        let seed = 1 + 2 * round as u64;
        let window = |other| self.window(&clients, other, seed);
        // In turns, so that whatever grows from window to window grows in favour of neither.
        let twin = if round.is_multiple_of(2) { Some(window(Other::Twin)?) } else { None };
        let hostile = window(other)?;
        let twin = twin.map_or_else(|| window(Other::Twin), Ok)?;
        Ok(Pair { twin, hostile })
    }

    fn window(&self, clients: &Paced, other: Other<'_>, seed: u64) -> Result<Sample> {
        let half = self.options.rate / 2.0;
        let honest = Asked { asks: vec![ask_honest()], rate: half };
        let asked = [honest.clone(), Asked { asks: other.asks(), rate: half }];
        self.stage.beside(other, || {
            clients.run(slice::from_ref(&honest), WARM_UP, seed)?;
            let (counts, cpu) = (self.stage.counts(other)?, self.stage.cpu()?);
            let heard = clients.run(&asked, self.options.window(), seed)?;
            let cpu = self.stage.cpu()? - cpu;
            Sample::of(&heard, cpu, self.stage.counts(other)?.since(&counts))
        })
    }
}

impl Options {
    fn is_quick(&self) -> bool {
        self.quick || !self.bench
    }

    fn rounds(&self) -> usize {
        self.rounds.unwrap_or(if self.is_quick() { 1 } else { 5 })
    }

    fn window(&self) -> Duration {
        Duration::from_secs(self.seconds.unwrap_or(if self.is_quick() { 1 } else { 6 }))
    }

    /// What is measured: no harm at all, each kind by itself, then all of them.
    fn rows(&self) -> Vec<(&'static str, Other<'static>)> {
        const KINDS: &[Kind] = &Kind::ALL;
        let alone = KINDS.iter().map(|kind| (kind.name, Other::Hostile(slice::from_ref(kind))));
        let rows = [(CONTROL, Other::Twin)].into_iter().chain(alone).chain([(TOGETHER, Other::Hostile(KINDS))]);
        rows.filter(|(name, _)| self.only.is_empty() || self.only.iter().any(|text| name.contains(text.as_str())))
            .collect()
    }
}

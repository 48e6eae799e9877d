//! `sluice plugin bench`

mod costs;
mod exchange;
mod noop;
mod sample;
mod subject;

use std::{fs, path::PathBuf};

use anyhow::Context;
use clap::Args;
use gateway_host::{Host, HostSettings};
use serde_json::{Value, json};

use self::{
    costs::Costs,
    exchange::{Lap, Phase},
    sample::Sample,
    subject::Subject,
};
use super::{Failure, module::Module};

/// Batches of each plugin that are counted, and those before them that are not.
const BATCHES: usize = 200;
const WARM_UP: usize = 20;

/// Says what a plugin costs: time by hook, memory, start.
///
/// Runs the module in the gateway's own host, in this process, on the clock of this thread's processor time.
/// A plugin that does nothing runs in turn with it: what is left above it is the plugin's own.
/// Secrets, consumers, keys and upstreams are not there; a plugin that asks for them shows what its refusals cost.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  sluice plugin bench                                 builds the plugin in this folder first
  sluice plugin bench hello.wasm --config hello.json
  sluice plugin bench hello.wasm --request request.json --json

A request file, every member of which may be left out:
  { \"method\": \"POST\", \"path\": \"/orders?page=2\", \"headers\": { \"accept\": \"text/plain\" }, \"body\": \"…\",
    \"response\": { \"status\": 200, \"headers\": { \"content-type\": \"text/plain\" }, \"body\": \"…\" } }")]
pub(in crate::cli) struct Bench {
    /// The Wasm module; by default the plugin in this folder, built for it.
    #[arg(value_name = "FILE")]
    module: Option<PathBuf>,
    /// The plugin's configuration, a file in JSON; by default dev.json here, or {}.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The request and the response that the hooks are called with, a file in JSON.
    #[arg(long, value_name = "FILE")]
    request: Option<PathBuf>,
    /// As JSON, for other programs.
    #[arg(long)]
    json: bool,
}

impl Bench {
    pub(super) fn run(self) -> Result<(), Failure> {
        let module = self.module()?;
        let config = read_json(self.config.clone().or_else(default_config))?.unwrap_or_else(|| json!({}));
        let sample = Sample::read(read_json(self.request.clone())?)?;
        let facts = module.inspect()?;
        gateway_telemetry::enter_worker(0);
        let costs = Costs::measure(&module.wasm, &facts, &config)?;
        let host = Host::new(HostSettings::offline()).context("the plugin sandbox")?;
        let plugin = Subject::new(&host, &module.wasm, &facts, &config)?;
        let nothing = noop::subject(&host)?;
        let mut laps: Vec<(Lap, Lap)> = Vec::with_capacity(BATCHES);
        for batch in 0..WARM_UP + BATCHES {
            let pair = (exchange::lap(&plugin, &sample)?, exchange::lap(&nothing, &sample)?);
            if batch >= WARM_UP {
                laps.push(pair);
            }
        }
        let hooks: Vec<HookCost> = Phase::ALL.into_iter().filter_map(|phase| HookCost::of(phase, &laps)).collect();
        match self.json {
            true => println!(
                "{:#}",
                json!({ "hooks": hooks.iter().map(HookCost::json).collect::<Vec<_>>(), "costs": costs.json() })
            ),
            false => print(&hooks, &costs),
        }
        Ok(())
    }

    fn module(&self) -> Result<Module, Failure> {
        match &self.module {
            Some(file) => Module::read(file),
            None => Module::read(&super::build::compile(".".as_ref())?),
        }
    }
}

fn default_config() -> Option<PathBuf> {
    Some(PathBuf::from("dev.json")).filter(|file| file.exists())
}

fn read_json(file: Option<PathBuf>) -> Result<Option<Value>, Failure> {
    let Some(file) = file else { return Ok(None) };
    let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    Ok(Some(serde_json::from_str(&text).with_context(|| format!("{} is no JSON", file.display()))?))
}

/// What a hook took, in nanoseconds of a call.
struct HookCost {
    name: &'static str,
    median: f64,
    low: f64,
    high: f64,
    noop: f64,
}

impl HookCost {
    /// Nothing for a hook that was never called.
    fn of(phase: Phase, laps: &[(Lap, Lap)]) -> Option<Self> {
        let mut ours: Vec<f64> = laps.iter().filter_map(|(ours, _)| ours.of(phase)).collect();
        let mut noop: Vec<f64> = laps.iter().filter_map(|(_, noop)| noop.of(phase)).collect();
        Some(Self {
            name: phase.name(),
            median: quantile(&mut ours, 0.5)?,
            low: quantile(&mut ours, 0.1)?,
            high: quantile(&mut ours, 0.9)?,
            noop: quantile(&mut noop, 0.5)?,
        })
    }

    fn json(&self) -> Value {
        json!({
            "hook": self.name, "medianNs": self.median.round(), "p10Ns": self.low.round(), "p90Ns": self.high.round(),
            "noopNs": self.noop.round(),
        })
    }
}

fn quantile(values: &mut [f64], share: f64) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a position within a list")]
    let at = (values.len().saturating_sub(1) as f64 * share).round() as usize;
    values.get(at).copied()
}

fn print(hooks: &[HookCost], costs: &Costs) {
    println!("{:<16} {:>10} {:>17} {:>10} {:>10}", "hook", "median ns", "10 % .. 90 %", "no-op", "own");
    for hook in hooks {
        let spread = format!("{:.0} .. {:.0}", hook.low, hook.high);
        let own = hook.median - hook.noop;
        println!("{:<16} {:>10.0} {spread:>17} {:>10.0} {own:>10.0}", hook.name, hook.median, hook.noop);
    }
    if hooks.is_empty() {
        println!("no hook was called: this configuration needs none, or they wait for a body that is not there");
    }
    print!("\n{costs}");
    if cfg!(debug_assertions) {
        println!("\nthis `sluice` was built without optimisation: the host's share of these figures means little");
    }
}

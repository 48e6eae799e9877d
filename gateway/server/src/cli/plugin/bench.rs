//! `sluice plugin bench`

mod costs;
mod exchange;
mod noop;
mod sample;
mod subject;

use std::{collections::BTreeMap, fs, path::PathBuf};

use anyhow::Context;
use clap::Args;
use gateway_host::{Hooks, Host};
use serde_json::{Value, json};

use self::{
    costs::Costs,
    exchange::{Lap, Outcome, Phase, Which},
    sample::Sample,
    subject::{Setup, Subject},
};
use super::{Failure, module::Module};

/// Batches of each plugin that are counted, and those before them that are not.
const BATCHES: usize = 200;
const WARM_UP: usize = 20;

/// Says what a plugin costs: time by hook, memory, start.
///
/// Runs the module in the gateway's own host, in this process, on the clock of this thread's processor time.
/// A plugin that does nothing runs in turn with it: what is left above it is the plugin's own.
/// Consumers, keys, remote stores and upstreams are not there: a plugin that asks for them shows what their absence costs.
/// It is granted what its imports need; what has a name (`secret:NAME`, `upstream:NAME`, …) is granted with --grant.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  sluice plugin bench                                 builds the plugin in this folder first
  sluice plugin bench hello.wasm --config hello.json
  sluice plugin bench hook.wasm --config hook.json --grant secret:signing --secret signing=key.txt
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
    /// A grant beyond those that the imports need, such as `secret:NAME`; may be given several times.
    #[arg(long, value_name = "GRANT")]
    grant: Vec<String>,
    /// A secret that may be granted, from a file; may be given several times.
    #[arg(long, value_name = "NAME=FILE", value_parser = super::dev::secret)]
    secret: Vec<(String, PathBuf)>,
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
        let subject = Setup { facts: &facts, config, grants: &self.grant, secrets: self.secrets()? };
        // Where hooks that may wait are called, as on a worker.
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("a runtime")?;
        let costs = Costs::measure(&module.wasm, &subject)?;
        let host = Host::new(subject.settings()).context("the plugin sandbox")?;
        let plugin = subject.load(&host, &module.wasm)?;
        let nothing = noop::subject(&host)?;
        let mut laps: Vec<(Lap, Lap)> = Vec::with_capacity(BATCHES);
        for batch in 0..WARM_UP + BATCHES {
            let ours = exchange::lap(&plugin, &sample, Which::Wanted, &runtime)?;
            let noop = exchange::lap(&nothing, &sample, Which::All, &runtime)?;
            if batch >= WARM_UP {
                laps.push((ours, noop));
            }
        }
        let report = Report { hooks: hooks(&laps), notes: notes(&laps, &plugin), costs };
        match self.json {
            true => println!("{:#}", report.json()),
            false => report.print(),
        }
        Ok(())
    }

    fn module(&self) -> Result<Module, Failure> {
        match &self.module {
            Some(file) => Module::read(file),
            None => Module::read(&super::build::compile(".".as_ref())?),
        }
    }

    fn secrets(&self) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
        let read = |(name, file): &(String, PathBuf)| {
            let mut secret = fs::read(file).with_context(|| format!("--secret {name}: {}", file.display()))?;
            while matches!(secret.last(), Some(b'\n' | b'\r')) {
                secret.pop();
            }
            Ok((name.clone(), secret))
        };
        self.secret.iter().map(read).collect()
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

/// All that is told.
struct Report {
    hooks: Vec<HookCost>,
    notes: Vec<String>,
    costs: Costs,
}

/// What a hook took, in nanoseconds of a call.
struct HookCost {
    name: &'static str,
    median: f64,
    low: f64,
    high: f64,
    noop: f64,
    failed: usize,
    calls: usize,
}

fn hooks(laps: &[(Lap, Lap)]) -> Vec<HookCost> {
    Phase::ALL.into_iter().filter_map(|phase| HookCost::of(phase, laps)).collect()
}

/// What a reader of the figures must know: hooks that failed, and hooks that were not called.
fn notes(laps: &[(Lap, Lap)], plugin: &Subject) -> Vec<String> {
    let mut notes = Vec::new();
    for phase in Phase::ALL {
        let name = phase.name();
        let ours = || laps.iter().map(|(ours, _)| ours.of(phase));
        let failure = ours().filter_map(|outcome| outcome.called()?.failure.as_ref()).next_back();
        if let Some(failure) = failure {
            notes.push(format!("{name}: fails, so its time is that of a failure: {failure}"));
        } else if let Some(Outcome::Skipped(skipped)) = ours().next_back() {
            notes.push(format!("{name}: not called with this message, because {}; try --request", skipped.why()));
        }
    }
    if plugin.plugin.hooks().has(Hooks::TICK) {
        notes.push("tick: not called; it runs beside requests".to_owned());
    }
    if plugin.plugin.is_blocking() {
        notes.push(
            "this plugin may wait, so its hooks run on fibers; that is in their time, and not in the no-op's"
                .to_owned(),
        );
    }
    notes
}

impl HookCost {
    /// Nothing for a hook that was never called.
    fn of(phase: Phase, laps: &[(Lap, Lap)]) -> Option<Self> {
        let ours = || laps.iter().filter_map(|(ours, _)| ours.of(phase).called());
        let mut took: Vec<f64> = ours().map(|called| called.took).collect();
        let mut noop: Vec<f64> = laps.iter().filter_map(|(_, noop)| Some(noop.of(phase).called()?.took)).collect();
        Some(Self {
            name: phase.name(),
            median: quantile(&mut took, 0.5)?,
            low: quantile(&mut took, 0.1)?,
            high: quantile(&mut took, 0.9)?,
            noop: quantile(&mut noop, 0.5)?,
            failed: ours().map(|called| called.failed).sum(),
            calls: ours().map(|called| called.calls).sum(),
        })
    }

    fn json(&self) -> Value {
        json!({
            "hook": self.name, "medianNs": self.median.round(), "p10Ns": self.low.round(), "p90Ns": self.high.round(),
            "noopNs": self.noop.round(), "calls": self.calls, "failed": self.failed,
        })
    }
}

fn quantile(values: &mut [f64], share: f64) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a position within a list")]
    let at = (values.len().saturating_sub(1) as f64 * share).round() as usize;
    values.get(at).copied()
}

impl Report {
    fn json(&self) -> Value {
        let hooks: Vec<Value> = self.hooks.iter().map(HookCost::json).collect();
        json!({ "hooks": hooks, "notes": self.notes, "costs": self.costs.json() })
    }

    fn print(&self) {
        println!("{:<16} {:>10} {:>17} {:>10} {:>10}", "hook", "median ns", "10 % .. 90 %", "no-op", "own");
        for hook in &self.hooks {
            let spread = format!("{:.0} .. {:.0}", hook.low, hook.high);
            let own = hook.median - hook.noop;
            println!("{:<16} {:>10.0} {spread:>17} {:>10.0} {own:>10.0}", hook.name, hook.median, hook.noop);
        }
        if self.hooks.is_empty() {
            println!("no hook was called: with this configuration, the plugin has none that a request would call");
        }
        self.notes.iter().for_each(|note| println!("{note}"));
        print!("\n{}", self.costs);
        if cfg!(debug_assertions) {
            println!("\nthis `sluice` was built without optimisation: the host's share of these figures means little");
        }
    }
}

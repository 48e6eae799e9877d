//! The bench of single hooks: what a call into the sandbox costs, beside the same work in plain Rust.
//!
//! `cargo bench -p gateway-benches --bench hook`; README.md in the folder above explains the figures.
#![allow(clippy::print_stdout, reason = "a command-line tool prints its report")]

mod calls;
mod exchange;
mod native;
mod sandbox;
mod stopwatch;
mod tokens;

use anyhow::{Result, anyhow, ensure};
use clap::Parser;
use gateway_benches::{machine, statistics::Spread, table};
use gateway_model::Grant;
use serde_json::json;

use crate::{
    exchange::{Exchange, Hooks, Repeated},
    sandbox::Sandbox,
    stopwatch::{Lap, Plan},
};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Measures what a call of a plugin's hook costs, in the gateway's own host.
///
/// Example: cargo bench -p gateway-benches --bench hook -- --only typical
#[derive(Parser)]
struct Options {
    /// A short run that shows that everything works; its figures are rough.
    #[arg(long)]
    quick: bool,
    /// Run only the plugins, or the calls, whose names contain this; may be given several times.
    #[arg(long, value_name = "TEXT")]
    only: Vec<String>,
    /// Set by cargo bench; without it the run is a quick one.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> Result<()> {
    let options = Options::parse();
    sluice_testkit::install_crypto_provider();
    println!("{}\n", machine::facts());
    let sandbox = Sandbox::new()?;
    let bench = Bench { sandbox: &sandbox, options: &options };

    let rows = [
        bench.header()?,
        bench.typical::<1>()?,
        bench.typical::<2>()?,
        bench.typical::<4>()?,
        bench.rate_limit()?,
        bench.auth()?,
    ];
    let rows: Vec<Row> = rows.into_iter().flatten().collect();
    let calls = calls::table(&sandbox, options.plan(), |name| options.wants(name))?;
    let tokens = tokens::table(&sandbox, |name| options.wants(name))?;
    ensure!(
        calls.is_some() || tokens.is_some() || !rows.is_empty(),
        "--only {} matches nothing",
        options.only.join(" --only ")
    );
    if !rows.is_empty() {
        println!("{}\n", table::render(&std::iter::once(titles()).chain(rows).collect::<Vec<_>>()));
    }
    for table in [calls, tokens].into_iter().flatten() {
        println!("{table}\n");
    }
    Ok(())
}

type Row = [String; 6];

fn titles() -> Row {
    ["plugin", "on_request ns", "on_response ns", "both ns", "both native ns", "× native"].map(str::to_owned)
}

/// A row for each plugin, none for those that are not asked for.
struct Bench<'a> {
    sandbox: &'a Sandbox,
    options: &'a Options,
}

impl Bench<'_> {
    fn header(&self) -> Result<Option<Row>> {
        self.compare::<1, _, _>("guest-header", &native::Header::new(), || {
            self.sandbox.plugin("header", "guest-header", &json!({}), &[])
        })
    }

    fn typical<const COUNT: usize>(&self) -> Result<Option<Row>> {
        self.compare::<COUNT, _, _>("guest-typical", &native::Typical::new(), || {
            self.sandbox.plugin("typical", "guest-typical", &json!({}), &[])
        })
    }

    fn rate_limit(&self) -> Result<Option<Row>> {
        let config = json!({});
        self.compare::<1, _, _>("plugin-rate-limit, by plan", &native::RateLimit::new(), || {
            self.sandbox.plugin("rate-limit", "plugin-rate-limit", &config, &[Grant::UsagePlan])
        })
    }

    fn auth(&self) -> Result<Option<Row>> {
        let config = json!({ "apiKey": {} });
        self.compare::<1, _, _>("plugin-auth, API key", &native::Auth::new(), || {
            self.sandbox.plugin("auth", "plugin-auth", &config, &[Grant::Identity])
        })
    }

    /// So many plugins in a row against as many natives; each plugin has an instance of its own.
    fn compare<const COUNT: usize, N: Hooks, S: Hooks>(
        &self,
        name: &str,
        native: &N,
        plugin: impl Fn() -> Result<S>,
    ) -> Result<Option<Row>> {
        let name = if COUNT == 1 { name.to_owned() } else { format!("{COUNT} × {name}") };
        if !self.options.wants(&name) {
            return Ok(None);
        }
        let plugins = (0..COUNT).map(|_| plugin()).collect::<Result<Vec<_>>>()?;
        let plugins: Repeated<S, COUNT> = Repeated(plugins.try_into().map_err(|_| anyhow!("not {COUNT} plugins"))?);
        let natives = Repeated([native; COUNT]);
        // Attributes are the host's to set.
        let (by_plugins, by_natives) =
            (Exchange::after(&plugins).without_attributes(), Exchange::after(&natives).without_attributes());
        ensure!(by_plugins == by_natives, "{name} does other work natively:\n{by_plugins:#?}\n{by_natives:#?}");
        let laps = stopwatch::run(self.options.plan(), &plugins, &natives)?;
        Ok(row(name, &laps))
    }
}

fn row(name: String, laps: &[(Lap, Lap)]) -> Option<Row> {
    let spread = |value: fn(&(Lap, Lap)) -> f64| Spread::of(laps.iter().map(value));
    Some([
        name,
        format!("{:.0}", spread(|(plugin, _)| plugin.request)?),
        format!("{:.0}", spread(|(plugin, _)| plugin.response)?),
        format!("{:.0}", spread(|(plugin, _)| plugin.both())?),
        format!("{:.0}", spread(|(_, native)| native.both())?),
        format!("{:.2}", spread(|(plugin, native)| plugin.both() / native.both())?.median),
    ])
}

impl Options {
    fn wants(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|text| name.contains(text.as_str()))
    }

    fn plan(&self) -> Plan {
        let batches = if self.quick || !self.bench { 50 } else { 2_000 };
        Plan { warm_up: batches / 10, batches }
    }
}

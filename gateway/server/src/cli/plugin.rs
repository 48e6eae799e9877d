//! `sluice plugin`

use std::{fs, path::PathBuf, sync::Arc};

use anyhow::Context;
use clap::Subcommand;
use gateway_host::{Host, HostSettings, Limits};
use gateway_model::PluginFacts;
use gateway_store::Counters;
use gateway_telemetry::Metrics;
use serde_json::json;

use super::Failure;

/// Compiles and looks at plugins.
#[derive(Debug, Subcommand)]
pub(super) enum Plugin {
    /// Compiles the plugin in a folder to Wasm, and checks that a gateway would take it.
    ///
    /// Needs cargo. Where rustup has no wasm32 target, it finds or fetches a compiler that has, once.
    #[command(after_help = "Example:\n  sluice plugin build my-plugin --out my-plugin.wasm")]
    Build {
        /// Folder with the plugin's Cargo.toml.
        #[arg(default_value = ".", value_name = "FOLDER")]
        folder: PathBuf,
        /// Where to put the module; by default beside Cargo.toml, as NAME.wasm.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Says what a module is: digest, size, hooks, imports, the grants it needs and its configuration schema.
    #[command(after_help = "Example:\n  sluice plugin inspect my-plugin.wasm --json")]
    Inspect {
        /// The Wasm module.
        module: PathBuf,
        /// As JSON, for other programs.
        #[arg(long)]
        json: bool,
    },
}

impl Plugin {
    pub(super) fn run(self) -> Result<(), Failure> {
        match self {
            Self::Build { folder, out } => build(folder, out),
            Self::Inspect { module, json: true } => {
                println!("{:#}", as_json(&inspect(&module)?));
                Ok(())
            }
            Self::Inspect { module, json: false } => {
                print!("{}", as_text(&inspect(&module)?));
                Ok(())
            }
        }
    }
}

fn build(folder: PathBuf, out: Option<PathBuf>) -> Result<(), Failure> {
    let report = |step: &str| eprintln!("{step}");
    let toolchain = sluice_build::toolchain(&report)?;
    let module = sluice_build::build(&toolchain, &folder, None, &report)?;
    let facts = inspect(&module)?;
    let out = out.unwrap_or_else(|| folder.join(format!("{}.wasm", facts.name)));
    fs::copy(&module, &out).with_context(|| format!("cannot write {}", out.display()))?;
    print!("{}", as_text(&facts));
    println!("\nbuilt {}", out.display());
    Ok(())
}

/// Asks the module what it is, in the same sandbox that a gateway runs it in.
fn inspect(module: &PathBuf) -> Result<PluginFacts, Failure> {
    let wasm = fs::read(module).with_context(|| module.display().to_string())?;
    let host = Host::new(HostSettings {
        cache: None,
        limits: Limits::default(),
        key_hash_secret: [0; 32],
        secrets: Arc::new(|_| None),
        counters: Arc::new(Counters::new(1)),
        metrics: Metrics::new(1),
    })?;
    host.inspect(&wasm).map_err(|error| Failure::Refused(vec![format!("{}: {error}", module.display())]))
}

fn as_text(facts: &PluginFacts) -> String {
    let list = |items: &[String]| if items.is_empty() { "none".to_owned() } else { items.join(", ") };
    let needs: Vec<String> = facts.needs.iter().map(ToString::to_string).collect();
    format!(
        "{} {}: {}\n  digest   {}\n  size     {} bytes\n  order    {}\n  hooks    {}\n  imports  {}\n  grants   {}\n  config   {}\n",
        facts.name,
        facts.version,
        facts.description,
        facts.digest,
        facts.size,
        facts.default_order,
        list(&facts.hooks),
        list(&facts.imports),
        list(&needs),
        facts.config_schema,
    )
}

fn as_json(facts: &PluginFacts) -> serde_json::Value {
    json!({
        "name": facts.name,
        "version": facts.version,
        "description": facts.description,
        "digest": facts.digest,
        "size": facts.size,
        "order": facts.default_order,
        "hooks": facts.hooks,
        "imports": facts.imports,
        "grants": facts.needs,
        "configSchema": facts.config_schema,
    })
}

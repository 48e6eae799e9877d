//! `sluice plugin inspect`

mod schema;

use std::path::PathBuf;

use clap::Args;
use gateway_model::PluginFacts;
use serde_json::{Value, json};

use super::{Failure, module::Module};

/// Says what a module is: digest, size, hooks, imports, the grants it needs and what can be configured.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  sluice plugin inspect my-plugin.wasm
  sluice plugin inspect my-plugin.wasm --json     for other programs")]
pub(in crate::cli) struct Inspect {
    /// The Wasm module.
    #[arg(value_name = "FILE")]
    module: PathBuf,
    /// As JSON, for other programs.
    #[arg(long)]
    json: bool,
}

impl Inspect {
    pub(super) fn run(self) -> Result<(), Failure> {
        let facts = Module::read(&self.module)?.inspect()?;
        match self.json {
            true => println!("{:#}", as_json(&facts)),
            false => print!("{}\nconfiguration\n{}", summary(&facts), schema::table(&facts.config_schema)),
        }
        Ok(())
    }
}

/// What a person wants to know first, a line each.
pub(super) fn summary(facts: &PluginFacts) -> String {
    let head = format!("{} {}: {}\n", facts.name, facts.version, facts.description);
    let grants: Vec<String> = facts.needs.iter().map(ToString::to_string).collect();
    let lines = [
        ("digest", facts.digest.to_string()),
        ("size", format!("{} bytes", facts.size)),
        ("order", facts.default_order.to_string()),
        ("hooks", list(&facts.hooks)),
        ("imports", list(&facts.imports)),
        ("grants", list(&grants)),
    ];
    lines.iter().fold(head, |text, (name, value)| text + &format!("  {name:<8} {value}\n"))
}

fn list(items: &[String]) -> String {
    if items.is_empty() { "none".to_owned() } else { items.join(", ") }
}

fn as_json(facts: &PluginFacts) -> Value {
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

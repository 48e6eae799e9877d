//! `sluice plugin build`

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context;
use clap::Args;
use sluice_build::Profile;

use super::{Failure, module::Module};

/// Compiles the plugin in a folder to Wasm, and checks that a gateway would take it.
///
/// Needs cargo. Where rustup has no wasm32 target, it finds or fetches a compiler that has, once.
/// The module keeps the names of functions, so that a trap in the gateway's log says where it was.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  sluice plugin build                                   the plugin in this folder, to NAME.wasm
  sluice plugin build my-plugin --out my-plugin.wasm")]
pub(in crate::cli) struct Build {
    /// Folder with the plugin's Cargo.toml.
    #[arg(default_value = ".", value_name = "FOLDER")]
    folder: PathBuf,
    /// Where to put the module; by default beside Cargo.toml, as NAME.wasm.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Build {
    pub(super) fn run(self) -> Result<(), Failure> {
        let module = Module::read(&compile(&self.folder)?)?;
        let facts = module.inspect()?;
        let out = self.out.unwrap_or_else(|| self.folder.join(format!("{}.wasm", facts.name)));
        fs::write(&out, &module.wasm).with_context(|| format!("cannot write {}", out.display()))?;
        println!("{}", out.display());
        print!("{}", super::inspect::summary(&facts));
        Ok(())
    }
}

/// Compiles the plugin in a folder for gateways, and says where the module is.
pub(super) fn compile(folder: &Path) -> Result<PathBuf, Failure> {
    let report = |step: &str| eprintln!("{step}");
    let toolchain = sluice_build::toolchain(&report)?;
    Ok(sluice_build::build(&toolchain, folder, None, Profile::Ship, &report)?)
}

//! `sluice plugin pull`

use std::{fs, path::PathBuf};

use anyhow::Context;
use clap::Args;

use super::{
    super::client::block_on,
    Failure,
    registry::{self, Access, Remote},
};

/// Fetches a plugin from an OCI registry.
///
/// What was pulled once is kept by digest: pulled by digest again, it comes without the registry.
/// A tag is looked up each time.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  sluice plugin pull oci://registry.example/team/hello:1.2
  sluice plugin pull oci://registry.example/team/hello@sha256:… --out hello.wasm")]
pub(in crate::cli) struct Pull {
    /// oci://HOST/REPOSITORY:TAG, or oci://HOST/REPOSITORY@sha256:…
    from: Remote,
    /// Where to put the module; by default here, as the last part of the repository's name with .wasm.
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    access: Access,
}

impl Pull {
    pub(super) fn run(self) -> Result<(), Failure> {
        let pulled = block_on(registry::pull(&self.from, &self.access))?;
        let out = self.out.unwrap_or_else(|| PathBuf::from(format!("{}.wasm", self.from.name())));
        fs::write(&out, &pulled.wasm).with_context(|| format!("cannot write {}", out.display()))?;
        println!("{}", out.display());
        println!("{}", self.from.by_digest(&pulled.manifest));
        if pulled.cached {
            eprintln!("from the cache; the registry was not asked");
        }
        Ok(())
    }
}

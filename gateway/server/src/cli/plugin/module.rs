//! A module in a file, and what the sandbox says of it.

use std::{fs, io::ErrorKind, path::Path};

use anyhow::{Context, anyhow};
use gateway_host::{Host, HostSettings};
use gateway_model::PluginFacts;

use super::Failure;

/// How every Wasm file begins.
const MAGIC: &[u8] = b"\0asm";

/// A file that holds a Wasm module, so far as its first bytes tell.
pub(super) struct Module {
    pub(super) wasm: Vec<u8>,
    /// The file, for messages.
    shown: String,
}

impl Module {
    /// # Errors
    /// There is no such file ([`Failure::Failed`]), or it is no Wasm module ([`Failure::Refused`]).
    pub(super) fn read(file: &Path) -> Result<Self, Failure> {
        let shown = file.display().to_string();
        let wasm = match fs::read(file) {
            Ok(wasm) => wasm,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Err(anyhow!("there is no file {shown}: `sluice plugin build` makes a module").into());
            }
            Err(error) if error.kind() == ErrorKind::IsADirectory => {
                return Err(anyhow!("{shown} is a folder: name the module in it, a file that ends in .wasm").into());
            }
            Err(error) => return Err(anyhow::Error::from(error).context(shown).into()),
        };
        match wasm.starts_with(MAGIC) {
            true => Ok(Self { wasm, shown }),
            false => Err(refused(&shown, "this is no WebAssembly module: `sluice plugin build` makes one")),
        }
    }

    /// Asks the module what it is, in the same sandbox that a gateway runs it in.
    ///
    /// # Errors
    /// No gateway would take it.
    pub(super) fn inspect(&self) -> Result<PluginFacts, Failure> {
        let host = sandbox()?;
        host.inspect(&self.wasm).map_err(|error| refused(&self.shown, &error.to_string()))
    }
}

/// A sandbox without anything to grant.
pub(super) fn sandbox() -> Result<Host, Failure> {
    Ok(Host::new(HostSettings::offline()).context("the plugin sandbox")?)
}

fn refused(shown: &str, why: &str) -> Failure {
    Failure::Refused(vec![format!("{shown}: {why}")])
}

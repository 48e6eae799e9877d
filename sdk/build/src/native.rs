//! Runs a plugin's tests, natively.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, bail};

use crate::process;

/// Runs `cargo test` in a plugin's folder, with these arguments, on the author's terminal.
///
/// # Errors
///
/// The folder has no manifest, there is no cargo, or a test failed: cargo has said which.
pub fn test(folder: &Path, arguments: &[String]) -> anyhow::Result<()> {
    let manifest = folder.join("Cargo.toml");
    let manifest = fs::canonicalize(&manifest)
        .with_context(|| format!("there is no {}: name the folder of a plugin's package", manifest.display()))?;
    let mut cargo = Command::new("cargo");
    cargo.arg("test").args(arguments).current_dir(manifest.parent().expect("a manifest lies in a folder"));
    let status = cargo.status().map_err(|error| process::missing(&cargo, error))?;
    if !status.success() {
        bail!("the tests of {} failed", folder.display());
    }
    Ok(())
}

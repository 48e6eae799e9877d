//! The binary of the gateway, compiled like the yardstick beside it.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};

/// Compiles `sluice` with the profile that `neighbour` was compiled with, and into the same folder; answers where it is.
///
/// A bench that took the binary it finds there would measure some earlier state of the gateway without a word.
///
/// # Errors
/// When the gateway does not compile.
pub fn build(neighbour: &Path) -> Result<PathBuf> {
    let folder = neighbour.parent().context("a binary is in a folder")?;
    let target = folder.parent().context("cargo has a folder for each profile")?;
    let profile = match folder.file_name().and_then(|name| name.to_str()).context("profiles have names in ASCII")? {
        "debug" => "dev",
        name => name,
    };
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["build", "--locked", "--package", "gateway-server", "--bin", "sluice", "--profile", profile])
        .arg("--target-dir")
        .arg(target)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status()
        .context("cannot run cargo to compile the gateway")?;
    let remedy = format!("cargo build --package gateway-server --bin sluice --profile {profile}");
    ensure!(status.success(), "the gateway did not compile; `{remedy}` shows why");
    let binary = folder.join("sluice");
    ensure!(binary.is_file(), "cargo left no {}; `{remedy}` shows where it goes", binary.display());
    Ok(binary)
}

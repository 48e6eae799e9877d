//! `cargo xtask test`: everything that must hold, from formatting to the demo.

use std::{path::Path, process::Command, time::Instant};

use anyhow::{Context, Result, ensure};

use crate::{demo, plugins, tidy};

/// Runs every check; the first that fails ends the run.
pub(crate) fn run(root: &Path, _arguments: &[String]) -> Result<()> {
    stage("formatting", || cargo(root, &["fmt", "--all", "--check"], &[]))?;
    stage("rules of the house", || tidy::run(root, &[]))?;
    stage("guests", || plugins::run(root, &[]))?;
    stage("lints", || {
        cargo(root, &["clippy", "--workspace", "--all-targets", "--locked", "--quiet", "--", "-D", "warnings"], &[])
    })?;
    stage("tests", || cargo(root, &["test", "--workspace", "--locked"], &[]))?;
    stage("documentation", || {
        let strict = [("RUSTDOCFLAGS", "-D warnings")];
        cargo(root, &["doc", "--workspace", "--no-deps", "--locked", "--quiet"], &strict)
    })?;
    stage("demo", || demo::run(root, &["--smoke".to_owned()]))
}

fn stage(name: &str, check: impl FnOnce() -> Result<()>) -> Result<()> {
    println!("== {name}");
    let start = Instant::now();
    check().with_context(|| name.to_owned())?;
    println!("== {name}: good, {:.0} s", start.elapsed().as_secs_f64());
    Ok(())
}

fn cargo(root: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Result<()> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let status = Command::new(cargo).args(arguments).envs(environment.iter().copied()).current_dir(root).status()?;
    ensure!(status.success(), "cargo {} failed", arguments.join(" "));
    Ok(())
}

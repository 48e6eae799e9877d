//! `cargo xtask demo`: everything set up, a gateway running, and a table of commands to try on it.

mod folder;
mod gateway;
mod seed;
mod steps;

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail, ensure};
use sluice_build::plugins_dir;
use sluice_testkit::upstream::Upstream;

use self::{folder::Folder, gateway::Supervised, steps::Step};

/// How the demo ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// Serves until Ctrl-C, for somebody who pastes the commands.
    Serve,
    /// Runs the commands itself, checks each answer and ends.
    Smoke,
}

/// Sets everything up in `target/demo` and runs the demo; `--smoke` checks it and ends.
pub(crate) fn run(root: &Path, arguments: &[String]) -> Result<()> {
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => demo(root, Mode::Serve),
        ["--smoke"] => demo(root, Mode::Smoke),
        other => bail!("{other:?} is no argument of the demo: use none, or --smoke"),
    }
}

fn demo(root: &Path, mode: Mode) -> Result<()> {
    sluice_testkit::install_crypto_provider();
    require_curl()?;
    crate::plugins::build(root)?;
    crate::ui::run_if_possible(root);
    let binary = build_gateway(root)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let folder = Folder::create(root)?;
        let upstreams = [Upstream::start("orders").await?, Upstream::start("search").await?];
        let gateway = Supervised::start(&binary, &folder, mode).await?;
        let seeded = seed::seed(&folder, &gateway, &plugins_dir(root), &upstreams).await?;
        let steps = steps::steps(&folder, &gateway, &seeded);
        match mode {
            Mode::Serve => {
                steps::print(&steps);
                println!(
                    "\nThe admin pages are at http://{}/, their token in {}/data/admin-token.",
                    folder.admin, folder.shown
                );
                println!("The gateway serves until you press Ctrl-C; after a kill -9 it is started again.");
                tokio::signal::ctrl_c().await?;
            }
            Mode::Smoke => tokio::task::spawn_blocking(move || smoke(&steps)).await??,
        }
        gateway.stop().await
    })
}

fn smoke(steps: &[Step]) -> Result<()> {
    let failed = steps.iter().filter(|step| !step.holds()).count();
    ensure!(failed == 0, "{failed} of {} commands did not answer as the table says", steps.len());
    println!("smoke: all {} commands answered as the table says", steps.len());
    Ok(())
}

fn require_curl() -> Result<()> {
    match Command::new("curl").arg("--version").output() {
        Ok(output) if output.status.success() => Ok(()),
        _ => bail!("the demo's commands need curl: install it, on Debian or Ubuntu with `apt-get install curl`"),
    }
}

fn build_gateway(root: &Path) -> Result<PathBuf> {
    println!("building the gateway (release; some minutes the first time)");
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let status = Command::new(cargo)
        .args(["build", "--release", "--locked", "--package", "gateway-server", "--bin", "sluice"])
        .current_dir(root)
        .status()
        .context("cargo")?;
    ensure!(status.success(), "the gateway did not build");
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), Into::into);
    Ok(root.join(target).join("release/sluice"))
}

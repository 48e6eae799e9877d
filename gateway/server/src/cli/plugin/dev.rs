//! `sluice plugin dev`: runs a plugin while it is written.

mod echo;
mod playground;
mod tail;
mod target;
mod watch;

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    time::{Duration, Instant, SystemTime},
};

use anyhow::Context;
use bytes::Bytes;
use clap::Args;
use hyper::Uri;
use sluice_build::{Profile, Toolchain};

use self::{target::Target, watch::Watch};
use super::Failure;
use crate::signals;

/// Runs the plugin in a folder, and swaps it in place at every save.
///
/// Without --gateway it starts a gateway of its own, with data that is removed at the end, an upstream that echoes
/// requests (and streams a line a second at /ticks), and one route that the plugin is attached to.
/// The plugin is granted what its imports need; its log lines and its failures appear here.
/// Compiled for the next try, not for speed: `sluice plugin build` makes what a gateway should run.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  sluice plugin dev                                       in the plugin's folder
  sluice plugin dev my-plugin --config staging.json
  sluice plugin dev --upstream 127.0.0.1:3000             in front of your own server
  SLUICE_TOKEN=… sluice plugin dev --gateway http://127.0.0.1:9000     in a gateway that runs")]
pub(in crate::cli) struct Dev {
    /// Folder with the plugin's Cargo.toml.
    #[arg(default_value = ".", value_name = "FOLDER")]
    folder: PathBuf,
    /// The plugin's configuration in JSON, read again at every save; by default dev.json in the folder, or {}.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Where to serve; by default 127.0.0.1:8080, or any free port if that is taken.
    #[arg(long, value_name = "ADDRESS", value_parser = address)]
    address: Option<SocketAddr>,
    /// Send requests there in place of the echo.
    #[arg(long, value_name = "ADDRESS", value_parser = address)]
    upstream: Option<SocketAddr>,
    /// A grant beyond those that the imports need, such as `secret:NAME`; may be given several times.
    #[arg(long, value_name = "GRANT")]
    grant: Vec<String>,
    /// A secret that may be granted, from a file; may be given several times.
    #[arg(long, value_name = "NAME=FILE", value_parser = secret)]
    secret: Vec<(String, PathBuf)>,
    /// How much of the plugin's log to show: trace, debug, info, warn or error.
    #[arg(long, default_value = "debug", value_name = "LEVEL")]
    log: String,
    /// Upgrade the plugin of that name in a gateway that runs, by its admin API, in place of one of our own.
    #[arg(long, value_name = "URL", conflicts_with_all = ["address", "upstream", "grant", "secret", "config"])]
    gateway: Option<Uri>,
    /// With --gateway: file with an admin token; the variable SLUICE_TOKEN wins over it.
    #[arg(long, env = "SLUICE_TOKEN_FILE", default_value = "data/admin-token", value_name = "FILE")]
    token_file: PathBuf,
}

/// Reads `NAME=FILE`.
pub(super) fn secret(text: &str) -> Result<(String, PathBuf), String> {
    let (name, file) = text.split_once('=').ok_or("write NAME=FILE")?;
    Ok((name.to_owned(), file.into()))
}

/// Reads an address with its port.
fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| "write an IP address and a port, such as 127.0.0.1:3000".to_owned())
}

impl Dev {
    pub(super) fn run(self) -> Result<(), Failure> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let result = runtime.block_on(async {
            tokio::select! {
                ended = self.session() => ended,
                () = signals::told_to_stop() => Ok(()),
            }
        });
        // A compiler that still runs is not waited for.
        runtime.shutdown_background();
        result
    }

    async fn session(self) -> Result<(), Failure> {
        let folder = self.folder.canonicalize().with_context(|| self.folder.display().to_string())?;
        let toolchain = blocking(|| sluice_build::toolchain(&|step| eprintln!("{step}"))).await?;
        let config = self.config.clone().or_else(|| Some(folder.join("dev.json")).filter(|file| file.exists()));
        let mut watch = Watch::new(&folder, config.as_deref())?;
        let mut target = Target::start(self, config).await?;
        let mut saved = None;
        loop {
            let begun = Instant::now();
            match turn(&toolchain, &folder, &mut target).await {
                Ok(what) => tell(&what, begun, saved),
                Err(failure) => eprintln!("sluice: {failure}\nsluice: what ran before goes on; waiting for a save"),
            }
            saved = Some(watch.changed().await?);
        }
    }
}

/// Compiles and swaps; says what is live.
async fn turn(toolchain: &Toolchain, folder: &Path, target: &mut Target) -> Result<String, Failure> {
    let (toolchain, folder) = (toolchain.clone(), folder.to_owned());
    let build = move || sluice_build::build(&toolchain, &folder, None, Profile::Try, &|_| ());
    let module = blocking(build).await?;
    let wasm = tokio::fs::read(&module).await.with_context(|| module.display().to_string())?;
    target.put(Bytes::from(wasm)).await
}

fn tell(what: &str, begun: Instant, saved: Option<SystemTime>) {
    let since = saved.and_then(|saved| saved.elapsed().ok()).map(|time| format!("{} after the save", seconds(time)));
    let took = since.unwrap_or_else(|| format!("after {}", seconds(begun.elapsed())));
    println!("live {took}: {what}");
}

fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> anyhow::Result<T> + Send + 'static) -> Result<T, Failure> {
    Ok(tokio::task::spawn_blocking(work).await??)
}

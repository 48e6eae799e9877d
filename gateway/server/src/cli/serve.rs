//! `sluice serve`

use std::path::PathBuf;

use clap::Args;
use tokio::signal::unix::{SignalKind, signal};

use super::{Failure, compile};
use crate::settings::Settings;

/// Runs the gateway until it is told to stop (SIGINT or SIGTERM), then lets requests in flight end.
///
/// At the first start it makes an admin token and writes it to `data/admin-token`.
#[derive(Debug, Args)]
#[command(after_help = "\
Every setting is also an environment variable: `[http] address` is SLUICE_HTTP_ADDRESS.

Example:
  SLUICE_HTTP_ADDRESS=127.0.0.1:8080 sluice serve --settings sluice.toml")]
pub(super) struct Serve {
    /// TOML file with settings; without it the defaults serve HTTP on 8080 and the admin API on 127.0.0.1:9000.
    #[arg(long, env = "SLUICE_SETTINGS", value_name = "FILE")]
    settings: Option<PathBuf>,
}

impl Serve {
    pub(super) fn run(self) -> Result<(), Failure> {
        let settings = Settings::load(self.settings.as_deref(), std::env::vars())?;
        crate::logging(&settings.log)?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("control")
            .enable_all()
            .build()?;
        Ok(runtime.block_on(crate::run(settings, compile::in_a_child(), told_to_stop()))?)
    }
}

/// Completes at the first SIGINT or SIGTERM.
pub(super) async fn told_to_stop() {
    let signals = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()));
    let (Ok(mut interrupt), Ok(mut terminate)) = signals else {
        tracing::error!("signals cannot be watched: stop the process by killing it");
        return std::future::pending().await;
    };
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
}

//! `sluice serve`

use std::path::PathBuf;

use clap::Args;

use super::{Failure, compile};
use crate::{Started, settings::Settings};

/// Runs the gateway until it is told to stop (SIGINT or SIGTERM), then lets requests in flight end; at once when told again.
///
/// SIGHUP has it read its settings again, SIGUSR2 start the program anew and hand over to it.
///
/// At the first start it makes an admin token and writes it to `data/admin-token`.
#[derive(Debug, Args)]
#[command(after_help = "\
Every setting is also an environment variable: `[http] address` is SLUICE_HTTP_ADDRESS.

Example:
  SLUICE_HTTP_ADDRESS=127.0.0.1:8080 sluice serve --settings sluice.toml
  sluice serve --settings sluice.toml --takeover      another version of the program, without losing a request")]
pub(super) struct Serve {
    /// TOML file with settings; without it the defaults serve HTTP on 8080 and the admin API on 127.0.0.1:9000.
    #[arg(long, env = "SLUICE_SETTINGS", value_name = "FILE")]
    settings: Option<PathBuf>,
    /// Takes the listening sockets over from the gateway that runs on the same data folder, if there is one, and has it end.
    #[arg(long, env = "SLUICE_TAKEOVER")]
    takeover: bool,
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
        let started = Started { settings: self.settings, takeover: self.takeover };
        Ok(runtime.block_on(crate::run(settings, compile::in_a_child(), started))?)
    }
}

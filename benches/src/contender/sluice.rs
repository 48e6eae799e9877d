//! Our own gateway, with more or less to do for each request: `sluice serve` as anybody would start it.
//!
//! On: everything that a new gateway has on, so routing, framing checks, forwarding fields, request ids, metrics and timeouts.
//! Off: the cleartext listener, which nobody asks, and the access log, as for all contenders.

mod binary;
pub mod configure;

use std::{
    env, fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};
use sluice_testkit::admin::Admin;
use tokio::runtime;

pub use self::binary::build;
use super::{free_address, wait_until_accepting};
use crate::{Contender, Surroundings, process::Process};

/// What the gateway does for each request beside forwarding it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// So many copies of the guest `typical`: each reads three headers, takes a limit and sets two headers, and a third one of
    /// the response.
    Plugins(usize),
    /// The shipped plugins, as an installation would have them: the caller by API key, the limit by usage plan.
    AuthAndRateLimit,
}

impl Work {
    /// Everything that is measured, what costs least first.
    pub const ALL: [Self; 5] =
        [Self::Plugins(0), Self::Plugins(1), Self::Plugins(2), Self::Plugins(4), Self::AuthAndRateLimit];

    /// What the report calls a gateway with this to do.
    pub fn contender(self) -> String {
        match self {
            Self::Plugins(1) => "sluice, 1 plugin".to_owned(),
            Self::Plugins(count) => format!("sluice, {count} plugins"),
            Self::AuthAndRateLimit => "sluice, auth + rate-limit".to_owned(),
        }
    }
}

/// A gateway with nothing configured yet.
pub struct Blank {
    /// Its process; the gateway ends with it.
    pub process: Process,
    /// Where it serves TLS.
    pub address: SocketAddr,
    /// Its admin API, signed in.
    pub admin: Admin,
}

/// Starts the gateway at `binary` on a data folder of its own and configures it over GraphQL.
///
/// # Errors
/// When it does not start or refuses its configuration, or when plugins were not built.
pub fn start(work: Work, binary: &Path, surroundings: &Surroundings<'_>) -> Result<Contender> {
    let name = work.contender();
    let Blank { process, address, admin } = start_blank(&name, binary, surroundings)?;
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    let headers = runtime
        .block_on(configure::configure(&admin, work, surroundings.upstream))
        .with_context(|| format!("{name} could not be configured"))?;
    Ok(Contender { name, process, beside: Vec::new(), address, headers })
}

/// Starts the gateway at `binary` on a data folder of its own, which `name` names.
///
/// # Errors
/// When it does not start.
pub fn start_blank(name: &str, binary: &Path, surroundings: &Surroundings<'_>) -> Result<Blank> {
    start_with(name, binary, surroundings, |command| command)
}

/// As [`start_blank`], with settings of its own that `adjust` adds to the command.
///
/// # Errors
/// When it does not start.
pub fn start_with(
    name: &str,
    binary: &Path,
    surroundings: &Surroundings<'_>,
    adjust: impl FnOnce(&mut Command) -> &mut Command,
) -> Result<Blank> {
    let data = data_folder(name, surroundings);
    let (address, admin_address) = (free_address()?, free_address()?);
    let mut command = command(binary);
    command
        .env("SLUICE_DATA", &data)
        .env("SLUICE_WORKERS", surroundings.workers.to_string())
        .env("SLUICE_HTTP_ENABLED", "false")
        .env("SLUICE_HTTPS_ADDRESS", address.to_string())
        .env("SLUICE_HTTPS_CERTIFICATE", &surroundings.certificate.certificate)
        .env("SLUICE_HTTPS_KEY", &surroundings.certificate.key)
        .env("SLUICE_ADMIN_ADDRESS", admin_address.to_string())
        .env("SLUICE_LOG_ACCESS", "off")
        .env("SLUICE_LOG_LEVEL", "warn");
    let mut process = Process::start(adjust(&mut command))?;
    // The admin API comes last: whoever reaches it finds everything else there.
    wait_until_accepting(&mut process, admin_address).with_context(|| format!("{name} did not start"))?;
    let token = fs::read_to_string(data.join("admin-token")).context("the admin token")?;
    Ok(Blank { process, address, admin: Admin::new(admin_address, token.trim()) })
}

/// Where the gateway called `name` keeps its data.
pub fn data_folder(name: &str, surroundings: &Surroundings<'_>) -> PathBuf {
    surroundings.scratch.join(name.replace([',', ' ', '+'], "-"))
}

/// `sluice serve` without the settings of whoever runs the bench.
fn command(binary: &Path) -> Command {
    let mut command = Command::new(binary);
    command.arg("serve");
    for (name, _) in env::vars_os() {
        if name.to_string_lossy().starts_with("SLUICE_") {
            command.env_remove(name);
        }
    }
    command
}

//! The yardstick, the binary `bare_proxy` of this crate.

use std::{path::Path, process::Command};

use anyhow::Result;
use hyper::HeaderMap;

use crate::{Contender, Surroundings, process::Process};

/// Starts the bare proxy at `binary`.
///
/// # Errors
/// When it does not start.
pub fn start(name: &str, binary: &Path, surroundings: &Surroundings<'_>) -> Result<Contender> {
    let mut command = Command::new(binary);
    command.arg("--upstream").arg(surroundings.upstream.to_string());
    command.arg("--certificate").arg(&surroundings.certificate.certificate);
    command.arg("--key").arg(&surroundings.certificate.key);
    command.arg("--workers").arg(surroundings.workers.to_string());
    let (process, address) = Process::start_listening(&mut command)?;
    Ok(Contender { name: name.to_owned(), process, beside: Vec::new(), address, headers: HeaderMap::new() })
}

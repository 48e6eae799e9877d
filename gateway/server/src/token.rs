//! The first admin token.

use std::{fs::OpenOptions, io::Write, os::unix::fs::OpenOptionsExt, path::Path};

use anyhow::{Context, Result};
use gateway_config::Service;

/// Makes an admin token if the installation has none, and writes it to a file that only its owner can read.
///
/// The log says where the token is and never what it is.
pub(crate) async fn bootstrap(service: &Service, file: &Path) -> Result<()> {
    if let Some(token) = service.bootstrap_token().await? {
        write(file, &token).with_context(|| format!("the first admin token, at {}", file.display()))?;
        tracing::info!(file = %file.display(), "made the first admin token");
    }
    Ok(())
}

fn write(file: &Path, token: &str) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    let mut file = options.write(true).create(true).truncate(true).mode(0o600).open(file)?;
    writeln!(file, "{token}")?;
    file.sync_all()
}

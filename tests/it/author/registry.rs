//! A plugin in a real OCI registry.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use gateway_tests::Process;
use sluice_testkit::registry::Registry;
use tempfile::TempDir;

use super::{BINARY, author, done, module};

#[tokio::test(flavor = "multi_thread")]
async fn what_was_pulled_once_is_had_by_digest_when_the_registry_is_gone() -> Result<()> {
    let folder = TempDir::new()?;
    let mut registry = Registry::start(folder.path()).await?;
    let tagged = format!("oci://{}/team/header:1", registry.address);
    let run = |arguments: &[&str]| {
        let mut command = author(folder.path());
        command.env("SLUICE_CACHE", folder.path().join("cache")).env("DOCKER_CONFIG", folder.path());
        command.args(["plugin"]).args(arguments);
        command
    };
    let header = module("guest-header");
    let header = header.to_str().context("UTF-8")?;
    let pushed = done(run(&["push", header, &tagged]).output()?)?;
    let pinned = pushed.trim();
    assert!(pinned.contains("/team/header@sha256:"), "{pinned}");

    done(run(&["pull", &tagged, "--out", "by-tag.wasm"]).output()?)?;
    assert_eq!(fs::read(folder.path().join("by-tag.wasm"))?, fs::read(header)?);
    let gone = run(&["pull", &tagged.replace("header:1", "header:2")]).output()?;
    assert_eq!(gone.status.code(), Some(1));

    registry.stop()?;
    let unreachable = run(&["pull", &tagged]).output()?;
    assert_eq!(unreachable.status.code(), Some(4), "{}", String::from_utf8_lossy(&unreachable.stderr));
    done(run(&["pull", pinned, "--out", "by-digest.wasm"]).output()?)?;
    assert_eq!(fs::read(folder.path().join("by-digest.wasm"))?, fs::read(header)?);

    let data = TempDir::new()?;
    let process = Process::start(Path::new(BINARY), data.path()).await?;
    let mut push = run(&["push", "--from", pinned]);
    push.env("SLUICE_ADMIN", format!("http://{}", process.admin_address));
    push.env("SLUICE_TOKEN_FILE", data.path().join("admin-token"));
    assert!(done(push.output()?)?.starts_with("header sha256:"));
    Ok(())
}

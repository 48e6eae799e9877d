//! A plugin in a real OCI registry.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use gateway_tests::Process;
use sluice_testkit::{
    certificate::Authority,
    registry::{Registry, USER},
};
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

#[tokio::test(flavor = "multi_thread")]
async fn a_registry_with_tls_lets_those_with_a_password_and_is_trusted_by_its_authority() -> Result<()> {
    let (folder, authority) = (TempDir::new()?, Authority::new()?);
    let registry = Registry::guarded(folder.path(), &authority.issue(&["localhost"])?).await?;
    let remote = format!("oci://localhost:{}/team/header:1", registry.address.port());
    fs::write(folder.path().join("authorities.pem"), authority.pem())?;
    fs::write(folder.path().join("others.pem"), Authority::new()?.pem())?;
    fs::write(folder.path().join("password"), format!("{}\n", USER.1))?;
    let header = module("guest-header");
    let header = header.to_str().context("UTF-8")?;
    let run = |authorities: &str, user: &[&str], arguments: &[&str]| {
        let mut command = author(folder.path());
        command.env("SLUICE_CACHE", folder.path().join("cache")).env("DOCKER_CONFIG", folder.path());
        command.arg("plugin").args(arguments).args(["--authorities", authorities]).args(user);
        command.output()
    };
    let user = ["--username", USER.0, "--password-file", "password"];
    let push = ["push", header, &remote];
    for (authorities, user, code, words) in [
        ("authorities.pem", &user[..0], 1, "give --username and --password-file"),
        ("others.pem", &user[..], 4, "the registry does not answer"),
        ("password", &user[..], 1, "no certificate in PEM"),
    ] {
        let refused = run(authorities, user, &push)?;
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!(refused.status.code(), Some(code), "{said}");
        assert!(said.contains(words) && !said.contains(USER.1), "{said}");
    }
    let pushed = done(run("authorities.pem", &user, &push)?)?;
    assert!(pushed.contains("/team/header@sha256:"), "{pushed}");
    done(run("authorities.pem", &user, &["pull", &remote, "--out", "pulled.wasm"])?)?;
    assert_eq!(fs::read(folder.path().join("pulled.wasm"))?, fs::read(header)?);
    Ok(())
}

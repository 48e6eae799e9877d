//! A gateway that takes signed modules only.

use std::fs;

use anyhow::{Context, Result};
use gateway_tests::Gateway;
use serde_json::json;
use sluice_testkit::{key::Key, registry::Registry};
use tempfile::TempDir;

use super::{author, done, module};

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_with_trusted_keys_takes_what_one_of_them_has_signed_and_nothing_else() -> Result<()> {
    let folder = TempDir::new()?;
    let file = |name: &str| folder.path().join(name);
    for (name, key) in [("ours", Key::ed25519()?), ("theirs", Key::p256()?), ("strange", Key::ed25519()?)] {
        fs::write(file(&format!("{name}.pem")), key.private_pem)?;
        fs::write(file(&format!("{name}.pub.pem")), key.public_pem)?;
    }
    let trusted = ["ours.pub.pem", "theirs.pub.pem"].map(file);
    let gateway = Gateway::start_with(|settings| settings.plugins.trusted_keys = trusted.to_vec()).await?;
    let push = |arguments: &[&str]| {
        let mut command = author(folder.path());
        command.env("SLUICE_CACHE", file("cache")).env("DOCKER_CONFIG", folder.path());
        command.env("SLUICE_ADMIN", format!("http://{}", gateway.admin_address()));
        command.env("SLUICE_TOKEN_FILE", gateway.token_file());
        command.args(["plugin", "push"]).args(arguments).output()
    };
    let [header, faults] = ["guest-header", "guest-faults"].map(|package| module(package).display().to_string());
    fs::write(file("nonsense.sig"), [7; 64])?;

    for (arguments, words) in [
        (&[&*header][..], "signed modules only"),
        (&[&*header, "--sign-key", "strange.pem"], "none of the trusted keys"),
        (&[&*header, "--signature", "nonsense.sig"], "none of the trusted keys"),
    ] {
        let refused = push(arguments)?;
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!(refused.status.code(), Some(3), "{arguments:?}: {said}");
        assert!(said.contains(words), "{arguments:?}: {said}");
    }
    let modules = gateway.admin.graphql("{ modules { totalCount } }", json!({})).await?;
    assert_eq!(modules["modules"]["totalCount"], 0, "nothing of what was refused is kept");

    assert!(done(push(&[&header, "--sign-key", "ours.pem"])?)?.starts_with("header sha256:"));
    assert!(done(push(&[&faults, "--sign-key", "theirs.pem"])?)?.starts_with("faults sha256:"));
    let modules = gateway.admin.graphql("{ modules { totalCount } }", json!({})).await?;
    assert_eq!(modules["modules"]["totalCount"], 2);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signature_comes_along_through_a_registry() -> Result<()> {
    let folder = TempDir::new()?;
    let file = |name: &str| folder.path().join(name);
    let key = Key::ed25519()?;
    fs::write(file("key.pem"), key.private_pem)?;
    fs::write(file("trusted.pem"), key.public_pem)?;
    let trusted = file("trusted.pem");
    let gateway = Gateway::start_with(|settings| settings.plugins.trusted_keys = vec![trusted]).await?;
    let registry = Registry::start(folder.path()).await?;
    let push = |arguments: &[&str]| {
        let mut command = author(folder.path());
        command.env("SLUICE_CACHE", file("cache")).env("DOCKER_CONFIG", folder.path());
        command.env("SLUICE_ADMIN", format!("http://{}", gateway.admin_address()));
        command.env("SLUICE_TOKEN_FILE", gateway.token_file());
        command.args(["plugin", "push"]).args(arguments).output()
    };
    let header = module("guest-header");
    let header = header.to_str().context("UTF-8")?;
    let [signed, unsigned] = ["signed", "unsigned"].map(|tag| format!("oci://{}/team/header:{tag}", registry.address));
    done(push(&[header, &signed, "--sign-key", "key.pem"])?)?;
    done(push(&[header, &unsigned])?)?;

    let refused = push(&["--from", &unsigned])?;
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(refused.status.code() == Some(3) && said.contains("signed modules only"), "{said}");
    assert!(done(push(&["--from", &signed])?)?.starts_with("header sha256:"));
    Ok(())
}

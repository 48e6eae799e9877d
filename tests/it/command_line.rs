//! The command line against a running gateway.

use std::{
    io::Write,
    path::Path,
    process::{Output, Stdio},
};

use anyhow::{Context, Result};
use gateway_tests::{Process, sluice};
use tempfile::TempDir;

const BINARY: &str = env!("CARGO_BIN_EXE_sluice-under-test");

const DOCUMENT: &str = "\
upstreams:
  - name: orders
    targets:
      - address: 127.0.0.1:9
routes:
  - name: orders
    pathPrefix: /orders
    upstream: orders
";

/// Runs a command against `process`, with `input` on its standard input.
fn run(process: &Process, data: &Path, arguments: &[&str], input: &str) -> Result<Output> {
    let mut child = sluice(Path::new(BINARY))
        .args(arguments)
        .env("SLUICE_ADMIN", format!("http://{}", process.admin_address))
        .env("SLUICE_TOKEN_FILE", data.join("admin-token"))
        .env("SLUICE_DATA", data)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let mut pipe = child.stdin.take().context("stdin")?;
    // A command that does not read its input may have closed it.
    drop(pipe.write_all(input.as_bytes()));
    drop(pipe);
    Ok(child.wait_with_output()?)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[tokio::test]
async fn what_was_applied_is_exported_and_applying_it_again_changes_nothing() -> Result<()> {
    let data = TempDir::new()?;
    let process = Process::start(Path::new(BINARY), data.path()).await?;
    let validated = run(&process, data.path(), &["config", "validate", "-"], DOCUMENT)?;
    assert!(validated.status.success(), "{}", text(&validated.stderr));
    let applied = run(&process, data.path(), &["config", "apply", "-", "--comment", "first"], DOCUMENT)?;
    assert!(applied.status.success(), "{}", text(&applied.stderr));
    assert!(text(&applied.stderr).contains("revision 1 is live"), "{}", text(&applied.stderr));
    let exported = run(&process, data.path(), &["config", "export"], "")?;
    assert!(text(&exported.stdout).contains("pathPrefix: /orders"), "{}", text(&exported.stdout));
    let again = run(&process, data.path(), &["config", "apply", "-"], &text(&exported.stdout))?;
    assert!(text(&again.stderr).contains("nothing was changed"), "{}", text(&again.stderr));
    Ok(())
}

#[tokio::test]
async fn a_file_that_would_delete_something_is_refused_until_told_to() -> Result<()> {
    let data = TempDir::new()?;
    let process = Process::start(Path::new(BINARY), data.path()).await?;
    assert!(run(&process, data.path(), &["config", "apply", "-"], DOCUMENT)?.status.success());
    let (upstreams, _) = DOCUMENT.split_once("routes:").context("the document has routes")?;
    let refused = run(&process, data.path(), &["config", "apply", "-"], upstreams)?;
    assert_eq!(refused.status.code(), Some(3));
    let said = text(&refused.stderr);
    assert!(said.contains("route \"orders\" runs and is not in the file") && said.contains("--delete"), "{said}");
    let told = run(&process, data.path(), &["config", "apply", "-", "--delete"], upstreams)?;
    assert!(text(&told.stdout).contains("delete route orders"), "{}", text(&told.stderr));
    Ok(())
}

#[tokio::test]
async fn a_refused_file_is_told_line_by_line_with_exit_code_3() -> Result<()> {
    let data = TempDir::new()?;
    let process = Process::start(Path::new(BINARY), data.path()).await?;
    let wrong = DOCUMENT.replace("upstream: orders", "upstream: odrers");
    let refused = run(&process, data.path(), &["config", "apply", "-"], &wrong)?;
    assert_eq!(refused.status.code(), Some(3));
    let said = text(&refused.stderr);
    assert!(said.contains("routes.orders.upstream") && said.contains("did you mean \"orders\""), "{said}");
    let conflict = run(&process, data.path(), &["config", "apply", "-", "--expected-revision", "7"], DOCUMENT)?;
    assert_eq!(conflict.status.code(), Some(5), "{}", text(&conflict.stderr));
    Ok(())
}

#[tokio::test]
async fn a_token_made_on_the_command_line_is_let_in() -> Result<()> {
    let data = TempDir::new()?;
    let process = Process::start(Path::new(BINARY), data.path()).await?;
    let made = run(&process, data.path(), &["token", "create", "ci"], "")?;
    assert!(made.status.success(), "{}", text(&made.stderr));
    let token = text(&made.stdout);
    let admin = sluice_testkit::admin::Admin::new(process.admin_address, token.trim());
    admin.graphql("{ currentRevision }", serde_json::json!({})).await?;
    Ok(())
}

#[test]
fn a_module_is_described_without_a_gateway() -> Result<()> {
    let module = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/plugins/plugin-auth.wasm");
    let output = sluice(Path::new(BINARY)).args(["plugin", "inspect", "--json"]).arg(module).output()?;
    assert!(output.status.success(), "{}", text(&output.stderr));
    let facts: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    assert_eq!(facts["name"], "auth");
    assert_eq!(facts["grants"], serde_json::json!(["identity"]));
    Ok(())
}

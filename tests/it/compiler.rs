//! Compiling happens in a process of its own, with limits that hold, beside a gateway that goes on serving.

use std::{
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
};

use anyhow::{Context, Result};
use gateway_tests::{Process, plugin_wasm};
use tempfile::TempDir;

const BINARY: &str = env!("CARGO_BIN_EXE_sluice-under-test");

/// A module with `functions` of `size` bytes each, which the gateway's vetting would let pass one by one.
fn module(functions: usize, size: usize) -> Vec<u8> {
    // Sums that depend on one another: none can be left out, and all are alive for long.
    let body: String = (0..size / 16)
        .map(|n| format!("(local.set {} (i32.mul (local.get {}) (local.get 0)))", n % 90, n % 89 + 1))
        .collect();
    let function =
        format!("(func (export \"#\") (param i32) (result i32) (local {}) {body} (local.get 7))", "i32 ".repeat(100));
    let functions: String = (0..functions).map(|n| function.replace('#', &format!("f{n}"))).collect();
    wat::parse_str(format!("(module (func (export \"sluice-abi-0.1\")) {functions})")).expect("a module")
}

fn compile(limits: [&str; 3], wasm: &[u8]) -> Result<Output> {
    let mut child = Command::new(BINARY)
        .arg("compile-module")
        .args(limits)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let mut stdin = child.stdin.take().context("a pipe")?;
    let wasm = wasm.to_vec();
    // It may go before it has read all.
    std::thread::spawn(move || stdin.write_all(&wasm));
    Ok(child.wait_with_output()?)
}

#[test]
fn the_compiler_keeps_to_its_memory() -> Result<()> {
    let wasm = module(1, 4_000);
    let enough = compile(["--cpu=25", "--memory=2147483648", "--nice=10"], &wasm)?;
    assert!(enough.status.success(), "{}", String::from_utf8_lossy(&enough.stderr));
    assert!(enough.stdout.len() > 4_000);
    let little = compile(["--cpu=25", "--memory=100000000", "--nice=10"], &module(8, 250_000))?;
    assert!(!little.status.success() && little.stdout.is_empty());
    Ok(())
}

#[test]
fn the_compiler_keeps_to_its_share_of_the_processor() -> Result<()> {
    use std::os::unix::process::ExitStatusExt;
    const SIGXCPU: i32 = 24;
    let cut = compile(["--cpu=1", "--memory=4294967296", "--nice=19"], &module(24, 250_000))?;
    assert_eq!(cut.status.signal(), Some(SIGXCPU), "{:?}", cut.status);
    Ok(())
}

#[tokio::test]
async fn a_gateway_compiles_what_is_uploaded_in_a_process_of_its_own() -> Result<()> {
    let data = TempDir::new()?;
    let process = Process::start(Path::new(BINARY), data.path()).await?;
    let digest = process.admin.upload(plugin_wasm("plugin-auth")?).await?;
    assert!(digest.starts_with("sha256:"), "{digest}");
    let refused = process.admin.upload(module(1, 1_000)).await.expect_err("it has no memory and no hooks");
    assert!(format!("{refused:#}").contains("does not export"), "{refused:#}");
    let refused = process.admin.upload(b"\0asm".repeat(9)).await.expect_err("it is no module");
    assert!(format!("{refused:#}").contains("no core Wasm module"), "{refused:#}");
    Ok(())
}

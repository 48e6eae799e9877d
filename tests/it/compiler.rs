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

/// A module with `functions` of about `size` bytes each, none of which a compiler may leave out.
fn module(functions: usize, size: usize) -> Vec<u8> {
    // Calls that depend on one another, with a hundred variables that all live for long.
    let calls: Vec<u8> = (0..size / 6).flat_map(|n| call((n % 90) as u8 + 1, (n % 89) as u8 + 2)).collect();
    let body = [b"\x01\x64\x7f", &calls[..], b"\x20\x07\x0b"].concat();
    let code = [leb(body.len()), body].concat();
    let marker = b"\x0esluice-abi-0.1\0\0";
    [
        b"\0asm\x01\0\0\0".to_vec(),
        section(1, b"\x02\x60\0\0\x60\x01\x7f\x01\x7f"),
        section(3, &[leb(functions + 1), vec![0], vec![1; functions]].concat()),
        section(7, &[&[1][..], marker].concat()),
        section(10, &[leb(functions + 1), b"\x02\0\x0b".to_vec(), code.repeat(functions)].concat()),
    ]
    .concat()
}

/// `local.get FROM`, `call 1`, `local.set TO`.
fn call(from: u8, to: u8) -> [u8; 6] {
    [0x20, from, 0x10, 1, 0x21, to]
}

fn section(id: u8, content: &[u8]) -> Vec<u8> {
    [&[id][..], &leb(content.len()), content].concat()
}

/// A number as Wasm writes it.
fn leb(mut number: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let seven = (number & 0x7f) as u8;
        number >>= 7;
        bytes.push(seven | u8::from(number > 0) << 7);
        if number == 0 {
            return bytes;
        }
    }
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
    assert!(format!("{refused:#}").contains("Module refused"), "{refused:#}");
    Ok(())
}

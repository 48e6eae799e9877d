//! Files that are no plugin: refused at the upload, with the reason, whatever they are.

use anyhow::{Context, Result};
use gateway_tests::Gateway;

/// A module with what every plugin has, and `extra`.
fn module(extra: &str) -> Result<Vec<u8>> {
    let text = format!(
        r#"(module {extra}
            (memory (export "memory") 4)
            (func (export "sluice-abi-0.1"))
            (func (export "sluice1:areas") (result i32) (i32.const 0))
            (func (export "sluice1:describe") (result i32) (i32.const 0))
            (func (export "sluice1:configure") (param i32) (result i64) (i64.const 0)))"#
    );
    Ok(wat::parse_str(text)?)
}

/// The reason for which an upload is refused.
async fn refusal(gateway: &Gateway, file: Vec<u8>) -> Result<String> {
    let error = gateway.admin.upload(file).await.err().context("the upload is accepted")?;
    Ok(error.to_string())
}

#[track_caller]
fn tells(name: &str, refusal: &str, words: &[&str]) {
    for word in words {
        assert!(refusal.contains(word), "{name}: {word:?} is not in: {refusal}");
    }
}

#[tokio::test]
async fn files_that_are_no_modules_are_refused_with_what_they_are() -> Result<()> {
    let gateway = Gateway::start().await?;
    let whole = module("")?;
    tells("empty", &refusal(&gateway, Vec::new()).await?, &["422"]);
    tells("text", &refusal(&gateway, b"#!/bin/sh\necho pwned\n".to_vec()).await?, &["422"]);
    tells("truncated", &refusal(&gateway, whole[..whole.len() / 2].to_vec()).await?, &["422"]);
    tells("elf", &refusal(&gateway, b"\x7fELF\x02\x01\x01\0\0\0\0\0".to_vec()).await?, &["422"]);
    Ok(())
}

#[tokio::test]
async fn a_file_beyond_the_size_is_refused_before_it_is_read() -> Result<()> {
    let gateway = Gateway::start().await?;
    // The gateway may close the connection before the client has sent all of it.
    let refused = gateway.admin.upload(vec![0; 200 << 20]).await;
    assert!(refused.is_err());
    assert!(gateway.admin.page("/readyz").await?.0.is_success(), "the gateway goes on");
    Ok(())
}

#[tokio::test]
async fn imports_from_elsewhere_are_all_named() -> Result<()> {
    let gateway = Gateway::start().await?;
    let wasi = r#"(import "wasi_snapshot_preview1" "fd_write" (func (param i32 i32 i32 i32) (result i32)))
                  (import "env" "system" (func (param i32) (result i32)))"#;
    tells(
        "wasi",
        &refusal(&gateway, module(wasi)?).await?,
        &["422", "wasi_snapshot_preview1", "fd_write", "env", "system"],
    );
    let version = r#"(import "sluice:plugin/kv@9.9.9" "get" (func (param i32 i32 i32 i32 i32) (result i32)))"#;
    tells("version", &refusal(&gateway, module(version)?).await?, &["422", "sluice:plugin/kv@9.9.9"]);
    let ty = r#"(import "sluice:plugin/clock@0.1.0" "now-unix-ms" (func (result i32)))"#;
    tells("type", &refusal(&gateway, module(ty)?).await?, &["422", "now-unix-ms"]);
    Ok(())
}

#[tokio::test]
async fn a_module_without_the_marker_is_refused() -> Result<()> {
    let gateway = Gateway::start().await?;
    let bare = wat::parse_str(r#"(module (memory (export "memory") 1))"#)?;
    tells("bare", &refusal(&gateway, bare).await?, &["422", "sluice-abi-0.1"]);
    Ok(())
}

#[tokio::test]
async fn more_memory_or_table_than_there_may_be_is_refused() -> Result<()> {
    let gateway = Gateway::start().await?;
    let table = "(table 100000 funcref)";
    tells("table", &refusal(&gateway, module(table)?).await?, &["422", "table"]);
    let memory = wat::parse_str(r#"(module (memory (export "memory") 65536))"#)?;
    tells("memory", &refusal(&gateway, memory).await?, &["422", "memory"]);
    Ok(())
}

#[tokio::test]
async fn a_loop_in_start_is_cut() -> Result<()> {
    let gateway = Gateway::start().await?;
    let looping = "(func $forever (loop $l (br $l))) (start $forever)";
    tells("start", &refusal(&gateway, module(looping)?).await?, &["422"]);
    assert!(gateway.admin.page("/readyz").await?.0.is_success(), "the gateway goes on");
    Ok(())
}

#[tokio::test]
async fn a_module_of_ten_thousand_functions_has_an_answer_in_time() -> Result<()> {
    let gateway = Gateway::start().await?;
    let functions: String = (0..10_000).map(|n| format!("(func (result i32) (i32.const {n}))")).collect();
    // It compiles within its limits; what is wrong with it is that it describes nothing.
    tells("many", &refusal(&gateway, module(&functions)?).await?, &["422"]);
    let functions: String = (0..1_000_000).map(|_| "(func)").collect();
    tells("a million", &refusal(&gateway, module(&functions)?).await?, &["422", "functions"]);
    Ok(())
}

#[tokio::test]
async fn one_function_of_megabytes_is_refused_before_it_is_compiled() -> Result<()> {
    let gateway = Gateway::start().await?;
    let body = "i32.const 1 drop ".repeat(700_000);
    tells("long", &refusal(&gateway, module(&format!("(func {body})"))?).await?, &["422", "function"]);
    Ok(())
}

//! The way of a plugin's author: from an empty folder to a gateway and to a registry.

mod bench;
mod dev;
mod registry;
mod signed;

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use anyhow::{Result, ensure};
use gateway_tests::{Process, sluice};
use serde_json::json;
use sluice_testkit::upstream::Upstream;
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

const BINARY: &str = env!("CARGO_BIN_EXE_sluice-under-test");

/// The command in `folder`, with caches that outlive the test, since compiling is what takes long here.
fn author(folder: &Path) -> Command {
    let mut command = sluice(Path::new(BINARY));
    command.current_dir(folder);
    // Compilers that were fetched before are used again.
    command.envs(std::env::var_os("SLUICE_CACHE").map(|cache| ("SLUICE_CACHE", cache)));
    command.env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("author-target"));
    command
}

/// An empty folder, always the same one of that name.
fn empty(name: &str) -> Result<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

fn done(output: Output) -> Result<String> {
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    ensure!(output.status.success(), "{}: {said}{}", output.status, String::from_utf8_lossy(&output.stderr));
    Ok(said)
}

/// What the gateway answers, head and body.
async fn get(address: SocketAddr, path: &str) -> Result<String> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(format!("GET {path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n").as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer)
}

fn module(package: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/plugins").join(format!("{package}.wasm"))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_folder_becomes_a_header_in_a_live_response() -> Result<()> {
    let folder = empty("author-new")?;
    done(author(&folder).args(["plugin", "new", "hello"]).output()?)?;
    let plugin = folder.join("hello");
    let tested = done(author(&plugin).args(["plugin", "test"]).output()?)?;
    assert!(tested.contains("2 passed"), "{tested}");
    let built = done(author(&plugin).args(["plugin", "build"]).output()?)?;
    assert!(built.contains("hello.wasm") && built.contains("sha256:"), "{built}");

    let data = TempDir::new()?;
    let process = Process::start(Path::new(BINARY), data.path()).await?;
    let upstream = Upstream::start("echo").await?;
    let targets = json!([{ "address": upstream.address.to_string() }]);
    let document = json!({
        "upstreams": [{ "name": "echo", "targets": targets }],
        "routes": [{ "name": "all", "upstream": "echo" }],
    });
    let apply =
        "mutation($input: ApplyDocumentInput!) { applyDocument(input: $input) { userErrors { path message } } }";
    process.admin.mutate(apply, json!({ "input": { "document": document } })).await?;
    assert!(!get(process.http, "/").await?.contains("x-hello"));

    let push = |arguments: &[&str]| {
        let mut command = author(&plugin);
        command.args(["plugin", "push", "hello.wasm"]).args(arguments);
        command.env("SLUICE_ADMIN", format!("http://{}", process.admin_address));
        command.env("SLUICE_TOKEN_FILE", data.path().join("admin-token"));
        command.output()
    };
    done(push(&["--route", "all"])?)?;
    assert!(get(process.http, "/").await?.contains("x-hello: hello from wasm\r\n"));
    fs::write(plugin.join("other.json"), r#"{ "value": "configured" }"#)?;
    done(push(&["--route", "all", "--config", "other.json"])?)?;
    assert!(get(process.http, "/").await?.contains("x-hello: configured\r\n"));
    fs::write(plugin.join("wrong.json"), r#"{ "valeu": "configured" }"#)?;
    let refused = push(&["--route", "all", "--config", "wrong.json"])?;
    assert_eq!(refused.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("valeu"), "{}", String::from_utf8_lossy(&refused.stderr));
    Ok(())
}

#[test]
fn a_folder_with_something_in_it_stays_as_it_is() -> Result<()> {
    let folder = TempDir::new()?;
    fs::write(folder.path().join("mine"), "")?;
    let refused = author(folder.path()).args(["plugin", "new", "hello", "--path", "."]).output()?;
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("mine"));
    assert_eq!(fs::read_dir(folder.path())?.count(), 1);
    Ok(())
}

#[test]
fn what_is_no_plugin_is_named_with_the_remedy() -> Result<()> {
    let folder = TempDir::new()?;
    let whole = fs::read(module("plugin-auth"))?;
    fs::write(folder.path().join("cut.wasm"), &whole[..whole.len() / 2])?;
    fs::write(folder.path().join("text.wasm"), "no module")?;
    for (file, code, words) in [
        ("gone.wasm", 1, "there is no file gone.wasm"),
        (".", 1, "is a folder"),
        ("text.wasm", 3, "no WebAssembly module"),
        ("cut.wasm", 3, "cut.wasm"),
    ] {
        let output = author(folder.path()).args(["plugin", "inspect", file]).output()?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{said}");
        assert!(said.contains(words), "{said}");
    }
    Ok(())
}

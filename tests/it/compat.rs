//! Modules that the SDKs of earlier versions made: this gateway serves them as the gateways of their day did.
//!
//! `tests/compat/README.md` says what is kept, and how the next one is made.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};
use aws_lc_rs::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};

use crate::conformance::Suite;

/// A module that is kept: how it was made, and what it is asked and answers.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    module: Recipe,
    suite: Suite,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Recipe {
    /// Of the bytes that the text is assembled to.
    digest: String,
    /// The export that says which ABI the module speaks.
    abi: String,
    sdk: String,
    source: String,
    commit: String,
    compiler: String,
    command: String,
}

#[tokio::test]
async fn a_module_of_an_earlier_sdk_is_served_as_it_was_then() -> Result<()> {
    let mut checked = 0;
    for (recipe, text) in kept()? {
        let name = text.display().to_string();
        let recipe = fs::read_to_string(&recipe).with_context(|| recipe.display().to_string())?;
        let Kept { module, suite } = toml::from_str(&recipe).with_context(|| name.clone())?;
        let wasm = wat::parse_file(&text).with_context(|| name.clone())?;
        ensure!(named(&wasm) == module.digest, "{name} is {} by now: a kept module must not change", named(&wasm));
        suite.check(wasm).await.with_context(|| name.clone())?;
        checked += 1;
    }
    ensure!(checked > 0, "{} keeps no module", folder().display());
    Ok(())
}

fn folder() -> PathBuf {
    root().join("tests/compat")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Recipe and text of each module.
fn kept() -> Result<Vec<(PathBuf, PathBuf)>> {
    let files = fs::read_dir(folder())?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    let recipes = files.into_iter().filter(|file| file.extension().is_some_and(|ending| ending == "toml"));
    Ok(recipes.map(|recipe| (recipe.clone(), recipe.with_extension("wat"))).collect())
}

/// A digest as the gateway writes it.
fn named(wasm: &[u8]) -> String {
    let hex: String = digest(&SHA256, wasm).as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{hex}")
}

// === making ===

/// The package that is kept: it asks the host for everything.
const SOURCE: &str = "tests/guests/conformance";

#[test]
#[ignore = "writes files: it makes the module that a new version leaves behind, see tests/compat/README.md"]
fn keep() -> Result<()> {
    let name = env::var("SLUICE_KEEP").context("SLUICE_KEEP must say what to call the module, such as abi-0.1")?;
    let [text, recipe] = ["wat", "toml"].map(|ending| folder().join(format!("{name}.{ending}")));
    ensure!(!text.exists() && !recipe.exists(), "{name} is kept already, and is never made again: use another name");
    let changed = said(&mut git(&["status", "--porcelain", "--", "sdk", SOURCE]))?;
    ensure!(changed.is_empty(), "commit these first, for the recipe names the commit:\n{changed}");

    let printed = print(&compile()?)?;
    let marker = printed.lines().find_map(|line| line.strip_prefix("(export \"sluice-abi-")?.split_once('"'));
    let module = Recipe {
        digest: named(&wat::parse_str(&printed)?),
        abi: marker.context("the module exports no sluice-abi-…")?.0.to_owned(),
        sdk: env!("CARGO_PKG_VERSION").to_owned(),
        source: SOURCE.to_owned(),
        commit: said(&mut git(&["rev-parse", "HEAD"]))?,
        compiler: said(Command::new("rustc").arg("--version"))?,
        command: format!("SLUICE_KEEP={name} cargo test -p gateway-tests --test it -- --ignored --exact compat::keep"),
    };
    fs::write(text, printed)?;
    fs::write(recipe, toml::to_string_pretty(&Kept { module, suite: Suite::current() })?)?;
    Ok(())
}

/// The guest, for size: a text of a module is ten times as long as the module.
fn compile() -> Result<Vec<u8>> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("kept");
    let mut flags = vec!["-Clink-arg=-zstack-size=65536".to_owned()];
    // Places in the sources of dependencies are part of the module; where they lie on this machine is nobody's business.
    for sources in fs::read_dir(cargo_home()?.join("registry/src"))? {
        flags.push(format!("--remap-path-prefix={}=dependencies", sources?.path().display()));
    }
    let settings = ["OPT_LEVEL=z", "LTO=fat", "CODEGEN_UNITS=1", "PANIC=abort", "DEBUG=false", "STRIP=symbols"];
    let mut cargo = Command::new("cargo");
    cargo.args(["rustc", "--release", "--lib", "--crate-type=cdylib", "--target=wasm32-unknown-unknown", "--locked"]);
    cargo.arg("--target-dir").arg(&target).current_dir(root().join(SOURCE));
    cargo.envs(
        settings.iter().filter_map(|it| it.split_once('=')).map(|(k, v)| (format!("CARGO_PROFILE_RELEASE_{k}"), v)),
    );
    cargo.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f"));
    said(&mut cargo)?;
    let module = target.join("wasm32-unknown-unknown/release/guest_conformance.wasm");
    fs::read(&module).with_context(|| module.display().to_string())
}

fn cargo_home() -> Result<PathBuf> {
    let home = || env::home_dir().map(|home| home.join(".cargo"));
    env::var_os("CARGO_HOME").map(PathBuf::from).or_else(home).context("CARGO_HOME is not set, and there is no home")
}

fn print(wasm: &[u8]) -> Result<String> {
    let mut text = String::new();
    // Indentation would double it.
    wasmprinter::Config::new().indent_text("").print(wasm, &mut wasmprinter::PrintFmtWrite(&mut text))?;
    Ok(text)
}

fn git(arguments: &[&str]) -> Command {
    let mut git = Command::new("git");
    git.args(arguments).current_dir(root());
    git
}

/// What a program says that succeeds; its complaints go to the terminal.
fn said(command: &mut Command) -> Result<String> {
    let output = command.stderr(std::process::Stdio::inherit()).output().with_context(|| format!("{command:?}"))?;
    ensure!(output.status.success(), "{command:?}: {}", output.status);
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

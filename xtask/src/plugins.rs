//! `cargo xtask plugins`: every plugin of this repository, compiled to where tests and demos look for it.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::{Context, ensure};
use sluice_build::{Guest, Profile, Toolchain, plugins_dir, toolchain};

/// The folders whose subfolders are guests: those that ship, those to learn from, and those that tests need.
const SOURCES: [&str; 3] = ["plugins", "examples", "tests/guests"];

/// Takes no arguments, since cargo leaves those plugins alone that did not change.
pub(crate) fn run(root: &Path, arguments: &[String]) -> anyhow::Result<()> {
    ensure!(
        arguments.is_empty(),
        "`plugins` compiles all that changed and takes no arguments: `{}`",
        arguments.join(" ")
    );
    build(root).map(drop)
}

/// Compiles all guests and returns their modules, `target/plugins/<package>.wasm`.
pub(crate) fn build(root: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let toolchain = toolchain(&step)?;
    println!("{}", toolchain.describe());
    let guests = find(root, &toolchain)?;

    let folder = plugins_dir(root);
    fs::create_dir_all(&folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    guests.iter().map(|guest| compile(guest, &toolchain, &folder)).collect()
}

fn find(root: &Path, toolchain: &Toolchain) -> anyhow::Result<Vec<Guest>> {
    let mut folders = Vec::new();
    for source in SOURCES.map(|source| root.join(source)).iter().filter(|source| source.is_dir()) {
        folders.extend(packages_in(source)?);
    }
    folders.iter().map(|folder| Guest::find(toolchain, folder, None)).collect()
}

/// The subfolders that hold a manifest, by name, so that runs are alike.
fn packages_in(source: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = source.read_dir().with_context(|| format!("cannot list {}", source.display()))?;
    let mut folders = entries.map(|entry| Ok(entry?.path())).collect::<anyhow::Result<Vec<_>>>()?;
    folders.retain(|folder| folder.join("Cargo.toml").is_file());
    folders.sort();
    Ok(folders)
}

fn compile(guest: &Guest, toolchain: &Toolchain, folder: &Path) -> anyhow::Result<PathBuf> {
    let start = Instant::now();
    let module = guest.build(toolchain, Profile::Ship, &step)?;
    let path = folder.join(format!("{}.wasm", guest.package()));
    let bytes = place(&module, &path)?;
    println!("{:32} {:>7.1} kB {:>6.1} s", guest.package(), bytes as f64 / 1000.0, start.elapsed().as_secs_f64());
    Ok(path)
}

/// Copies a module beside its place and renames it, so that a running gateway or test never reads half of one.
fn place(module: &Path, place: &Path) -> anyhow::Result<u64> {
    let beside = place.with_extension(format!("{}.new", std::process::id()));
    let bytes = fs::copy(module, &beside).with_context(|| format!("cannot write {}", beside.display()))?;
    fs::rename(&beside, place).with_context(|| format!("cannot write {}", place.display()))?;
    Ok(bytes)
}

fn step(line: &str) {
    eprintln!("{line}");
}

//! Gathers the SDK as an author needs it, so that the `sluice` binary can put it beside a new plugin: the sources of
//! `sluice-sdk` and of every crate of this workspace under it, manifests that stand without the workspace, and the
//! part of the lock file that they need.

#[path = "build/lock.rs"]
mod lock;
#[path = "build/manifest.rs"]
mod manifest;

use std::{
    collections::{BTreeMap, btree_map::Entry},
    env,
    error::Error,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use manifest::Workspace;

/// Where the gathering begins: `sluice-sdk`.
const SDK: &str = "sdk";

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../..").canonicalize()?;
    let out = PathBuf::from(env::var("OUT_DIR")?);
    for file in ["Cargo.toml", "Cargo.lock"] {
        println!("cargo::rerun-if-changed={}", root.join(file).display());
    }

    let workspace = Workspace::read(&root)?;
    let crates = crates(&workspace)?;
    let mut files = BTreeMap::new();
    for (folder, manifest) in &crates {
        let place = out.join(folder.replace('/', "-")).with_extension("toml");
        fs::write(&place, toml::to_string(&manifest.table)?)?;
        files.insert(format!("{folder}/Cargo.toml"), place);
        println!("cargo::rerun-if-changed={}", root.join(folder).join("Cargo.toml").display());
        sources(&root, &Path::new(folder).join("src"), &mut files)?;
        println!("cargo::rerun-if-changed={}", root.join(folder).join("src").display());
    }
    let lock = lock::part(&fs::read_to_string(root.join("Cargo.lock"))?, crates.values())?;
    fs::write(out.join("sdk.rs"), code(&files, &lock)?)?;
    Ok(())
}

/// `sluice-sdk` and the crates of the workspace that it stands on, by folder.
fn crates(workspace: &Workspace<'_>) -> Result<BTreeMap<String, manifest::Manifest>, Box<dyn Error>> {
    let mut found = BTreeMap::new();
    let mut wanted = vec![SDK.to_owned()];
    while let Some(folder) = wanted.pop() {
        if let Entry::Vacant(free) = found.entry(folder) {
            let manifest = workspace.manifest(free.key())?;
            wanted.extend(manifest.neighbours.iter().cloned());
            free.insert(manifest);
        }
    }
    Ok(found)
}

/// Every source file below `folder` but the tests.
fn sources(root: &Path, folder: &Path, files: &mut BTreeMap<String, PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(root.join(folder))? {
        let entry = entry?;
        let (path, name) = (folder.join(entry.file_name()), entry.file_name());
        let is_test = matches!(name.to_str(), Some("tests" | "tests.rs"));
        if entry.file_type()?.is_dir() && !is_test {
            sources(root, &path, files)?;
        } else if path.extension().is_some_and(|ending| ending == "rs") && !is_test {
            files.insert(path.to_string_lossy().into_owned(), root.join(&path));
        }
    }
    Ok(())
}

/// The tables that `src/sdk.rs` includes.
fn code(files: &BTreeMap<String, PathBuf>, lock: &BTreeMap<String, String>) -> Result<String, std::fmt::Error> {
    let mut code = String::from("const FILES: &[(&str, &str)] = &[\n");
    for (name, place) in files {
        writeln!(code, "    ({name:?}, include_str!({:?})),", place.display().to_string())?;
    }
    code.push_str("];\nconst LOCKED: &[(&str, &str)] = &[\n");
    for (name, block) in lock {
        writeln!(code, "    ({name:?}, {block:?}),")?;
    }
    code.push_str("];\n");
    Ok(code)
}

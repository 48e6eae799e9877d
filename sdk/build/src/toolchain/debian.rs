//! Debian's compiler, unpacked in the cache and never installed.
//!
//! It lacks the standard library for guests, but its source comes along and builds in about a minute.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use anyhow::Context;
use serde_json::json;

use super::{
    apt,
    host::{Host, Version},
};
use crate::{Report, process};

/// The unpacked compiler, in the folder of toolchains. That it exists is how a choice is remembered: it is put there
/// whole, by renaming.
const NAME: &str = "debian";
/// Where it is unpacked; a run that was ended leaves one, and the next run starts afresh.
const UNFINISHED: &str = "debian.unfinished";

/// For the largest package, 350 MB unpacked, on a slow disk.
const UNPACK: Duration = Duration::from_secs(300);

/// An unpacked compiler that was seen to run.
#[derive(Debug, Clone)]
pub(super) struct Unpacked {
    root: PathBuf,
    /// Where its shared libraries are; the folder's name carries the architecture.
    libraries: PathBuf,
    /// Its own linker stayed behind with Debian's LLVM tools, so it uses the host's.
    linker: PathBuf,
    pub(super) version: Version,
}

/// The compiler that an earlier run unpacked, if it still runs: a library it shares with the system may be gone.
pub(super) fn unpacked_before(folder: &Path, host: &Host) -> Option<Unpacked> {
    Unpacked::at(folder.join(NAME), host).ok()
}

/// Fetches and unpacks the compiler. The caller holds the lock on the folder.
///
/// # Errors
///
/// The machine is no Debian, apt has no such package or cannot fetch it, or what was unpacked does not run here.
pub(super) fn fetch(folder: &Path, host: &Host, report: Report<'_>) -> anyhow::Result<Unpacked> {
    // Before the download, which is 140 MB: without a linker it would be in vain.
    host.linker()?;
    let version = apt::candidate(report)?;
    let unfinished = Unfinished::create(folder)?;
    let (archives, root) = (unfinished.0.join("archives"), unfinished.0.join("root"));
    fs::create_dir(&archives).with_context(|| format!("cannot make the folder {}", archives.display()))?;

    let packages = download(&archives, report)?;
    report(&format!("unpacking {} packages of rustc {version}", packages.len()));
    unpack(&archives, &root)?;
    trim(&root)?;
    Unpacked::at(root.clone(), host).context("Debian's compiler was unpacked but does not run")?;
    note(&root, &version, &packages)?;
    keep(&root, &folder.join(NAME))?;
    Unpacked::at(folder.join(NAME), host)
}

/// Downloads the packages, with fresh lists if those at hand name files that the archive has replaced.
fn download(archives: &Path, report: Report<'_>) -> anyhow::Result<Vec<String>> {
    let packages = apt::packages()?;
    let Err(stale) = apt::download(&packages, archives, report) else { return Ok(packages) };
    apt::update(report).with_context(|| format!("{stale:#}"))?;
    let packages = apt::packages()?;
    apt::download(&packages, archives, report)?;
    Ok(packages)
}

fn unpack(archives: &Path, root: &Path) -> anyhow::Result<()> {
    for archive in files(archives)? {
        process::run(Command::new("dpkg-deb").arg("--extract").arg(archive).arg(root), UNPACK)?;
    }
    Ok(())
}

/// Removes what the source package holds beside the standard library, nearly half of all that was unpacked.
fn trim(root: &Path) -> anyhow::Result<()> {
    for source in files(&root.join("usr/src"))? {
        for unneeded in ["compiler", "src", "debian"].map(|name| source.join(name)).iter().filter(|path| path.exists())
        {
            fs::remove_dir_all(unneeded).with_context(|| format!("cannot remove {}", unneeded.display()))?;
        }
    }
    Ok(())
}

/// Leaves a note of what was unpacked, for people who look.
fn note(root: &Path, version: &str, packages: &[String]) -> anyhow::Result<()> {
    let note = json!({ "version": version, "packages": packages });
    fs::write(root.join("packages.json"), format!("{note:#}\n")).context("cannot note what was unpacked")
}

/// Puts the finished compiler in place of one that no longer runs.
fn keep(root: &Path, place: &Path) -> anyhow::Result<()> {
    if place.exists() {
        fs::remove_dir_all(place).with_context(|| format!("cannot remove {}", place.display()))?;
    }
    fs::rename(root, place).with_context(|| format!("cannot put the compiler at {}", place.display()))
}

fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = folder.read_dir().with_context(|| format!("cannot list {}", folder.display()))?;
    entries.map(|entry| Ok(entry?.path())).collect()
}

/// The folder of an attempt, removed however the attempt ends.
struct Unfinished(PathBuf);

impl Unfinished {
    fn create(folder: &Path) -> anyhow::Result<Self> {
        let attempt = Self(folder.join(UNFINISHED));
        attempt.remove();
        fs::create_dir(&attempt.0).with_context(|| format!("cannot make the folder {}", attempt.0.display()))?;
        Ok(attempt)
    }

    /// A failure shows when the folder is next made.
    fn remove(&self) {
        fs::remove_dir_all(&self.0).unwrap_or_default();
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        self.remove();
    }
}

// === impl Unpacked ===

impl Unpacked {
    fn at(root: PathBuf, host: &Host) -> anyhow::Result<Self> {
        let libraries = libraries(&root)?;
        let linker = host.linker()?;
        let mut rustc = Command::new(rustc(&root));
        let version = Version::of(rustc.env("LD_LIBRARY_PATH", &libraries))?;
        Ok(Self { root, libraries, linker, version })
    }

    pub(super) fn rustc(&self) -> PathBuf {
        rustc(&self.root)
    }

    /// Has the host's cargo use this compiler, and lets it build the standard library, which a stable one may not.
    pub(super) fn configure(&self, cargo: &mut Command) {
        cargo
            .env("RUSTC", self.rustc())
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", &self.linker)
            .env("LD_LIBRARY_PATH", self.library_path());
    }

    /// Its own libraries first, then those the caller's programs were given.
    fn library_path(&self) -> std::ffi::OsString {
        let given = env::var_os("LD_LIBRARY_PATH").unwrap_or_default();
        let given = env::split_paths(&given).filter(|path| !path.as_os_str().is_empty());
        let paths: Vec<PathBuf> = [self.libraries.clone()].into_iter().chain(given).collect();
        // Only a colon in the cache's own path cannot be joined, and then nothing else is worth keeping.
        env::join_paths(paths).unwrap_or_else(|_| self.libraries.clone().into_os_string())
    }
}

fn rustc(root: &Path) -> PathBuf {
    root.join("usr/bin/rustc")
}

/// The folder with the compiler's shared libraries: the one named for an architecture that holds its driver.
fn libraries(root: &Path) -> anyhow::Result<PathBuf> {
    let folders = files(&root.join("usr/lib"))?;
    let driver =
        |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("librustc_driver"));
    let has_driver = |folder: &PathBuf| files(folder).is_ok_and(|files| files.iter().any(|path| driver(path)));
    folders.into_iter().find(has_driver).with_context(|| format!("{} holds no compiler", root.display()))
}

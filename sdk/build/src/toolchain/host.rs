//! The Rust on this machine: its cargo and linker build every guest, and its compiler too if it has the target.

use std::{
    fmt,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use anyhow::{Context, bail};

use crate::{Report, TARGET, process};

/// For programs that only look something up; a rustup proxy may take a second on a cold disk.
pub(super) const LOOK_UP: Duration = Duration::from_secs(60);

/// For a download of about 20 MB. Without a network rustup gives up by itself, but a network that swallows packets
/// would keep it for many minutes.
const ADD_TARGET: Duration = Duration::from_secs(120);

/// The Rust that `rustc` means in the current folder, past rustup's proxies.
#[derive(Debug, Clone)]
pub(super) struct Host {
    pub(super) cargo: PathBuf,
    pub(super) rustc: PathBuf,
    pub(super) version: Version,
    sysroot: PathBuf,
}

/// What `rustc -vV` says of a compiler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Version {
    release: String,
    commit: String,
    /// The triple it runs on.
    host: String,
}

impl Host {
    /// # Errors
    ///
    /// There is no Rust in PATH.
    pub(super) fn find() -> anyhow::Result<Self> {
        let sysroot = process::run(Command::new("rustc").args(["--print", "sysroot"]), LOOK_UP)
            .context("compiling a plugin takes Rust 1.95 or later in PATH, best installed with rustup")?;
        let sysroot = PathBuf::from(sysroot.trim_end());
        let rustc = tool(&sysroot, "rustc");
        let version = Version::of(&mut Command::new(&rustc))?;
        Ok(Self { cargo: tool(&sysroot, "cargo"), rustc, version, sysroot })
    }

    /// Whether the standard library for guests is installed. Its folder may exist without it.
    pub(super) fn has_target(&self) -> bool {
        let mut rustc = Command::new(&self.rustc);
        let folder = process::run(rustc.args(["--print", "target-libdir", "--target", TARGET]), LOOK_UP);
        folder.is_ok_and(|folder| has_core(folder.trim_end().as_ref()))
    }

    /// # Errors
    ///
    /// There is no rustup, it fails or takes too long, or it added the target to some other Rust.
    pub(super) fn add_target(&self, report: Report<'_>) -> anyhow::Result<()> {
        report(&format!("rustup target add {TARGET}"));
        process::run(Command::new("rustup").args(["target", "add", TARGET]), ADD_TARGET)?;
        if !self.has_target() {
            bail!("rustup installed the target, but not for the Rust in {}", self.sysroot.display());
        }
        Ok(())
    }

    /// The linker that comes with rustup's Rust.
    ///
    /// # Errors
    ///
    /// Rust does not come from rustup and has none.
    pub(super) fn linker(&self) -> anyhow::Result<PathBuf> {
        let linker = self.sysroot.join("lib/rustlib").join(&self.version.host).join("bin/rust-lld");
        if !linker.is_file() {
            bail!("there is no {}: install Rust with rustup, whose Rust includes this linker", linker.display());
        }
        Ok(linker)
    }
}

/// The tool beside the compiler, else the one in PATH: a toolchain linked by hand may lack cargo.
fn tool(sysroot: &Path, name: &str) -> PathBuf {
    let path = sysroot.join("bin").join(name).with_extension(std::env::consts::EXE_EXTENSION);
    if path.is_file() { path } else { name.into() }
}

fn has_core(folder: &Path) -> bool {
    let Ok(entries) = folder.read_dir() else { return false };
    entries.flatten().any(|entry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        name.starts_with("libcore-") && name.ends_with(".rlib")
    })
}

// === impl Version ===

impl Version {
    /// # Errors
    ///
    /// The compiler does not run.
    pub(super) fn of(rustc: &mut Command) -> anyhow::Result<Self> {
        let text = process::run(rustc.arg("-vV"), LOOK_UP)?;
        Self::parse(&text).with_context(|| format!("cannot read a version from `rustc -vV`: {text}"))
    }

    fn parse(text: &str) -> Option<Self> {
        let field = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
        Some(Self { release: field("release: ")?, commit: field("commit-hash: ")?, host: field("host: ")? })
    }

    /// Differs between any two compilers whose products do not mix.
    pub(super) fn key(&self) -> String {
        format!("{}-{:.9}", self.release, self.commit)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.release)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_compiler_says_its_release_commit_and_host() {
        let text = "rustc 1.95.0 (59807616e 2026-04-14)\nbinary: rustc\n\
                    commit-hash: 59807616e1fa2540724bfbac14d7976d7e4a3860\ncommit-date: 2026-04-14\n\
                    host: x86_64-unknown-linux-gnu\nrelease: 1.95.0\nLLVM version: 22.1.2\n";
        let version = Version::parse(text).unwrap();
        assert_eq!(version.key(), "1.95.0-59807616e");
        assert_eq!(version.host, "x86_64-unknown-linux-gnu");
    }

    #[test]
    fn text_that_is_no_version_is_refused() {
        assert_eq!(Version::parse("rustc 1.95.0\n"), None);
    }

    #[test]
    fn the_rust_that_runs_this_test_is_found() {
        let host = Host::find().unwrap();
        assert!(host.rustc.is_file() && host.cargo.is_file(), "{host:?}");
    }
}

//! Chooses the compiler for guests: the first that works, and the cheapest first.

mod apt;
mod debian;
mod host;

use std::{
    fs::{File, TryLockError, create_dir_all},
    path::Path,
    process::Command,
};

use anyhow::Context;
use debian::Unpacked;
use host::Host;

use crate::{Report, TARGET, cache, environment};

/// A compiler that can make guests, and all that a build needs to know about it.
#[derive(Debug, Clone)]
pub struct Toolchain {
    host: Host,
    guests: Guests,
}

/// Where the compiler for guests comes from. The other parts, cargo and the linker, are the host's in either case.
#[derive(Debug, Clone)]
enum Guests {
    /// The host's compiler has the target's standard library.
    Installed,
    /// Debian's compiler lies unpacked in the cache and builds the standard library from source.
    Unpacked(Unpacked),
}

/// Finds a compiler for guests, installing or fetching one if there is none yet.
///
/// The Rust that `rustc` means in the current folder decides, so a `rust-toolchain.toml` there counts. In this order:
/// its target is installed; one was fetched before; rustup installs the target; Debian's compiler is fetched with apt and unpacked in
/// the cache, never installed. The last two need a network, and minutes at worst.
///
/// # Errors
///
/// There is no Rust at all, or every way failed: the error then names all of them, with what went wrong.
pub fn toolchain(report: Report<'_>) -> anyhow::Result<Toolchain> {
    let host = Host::find()?;
    if host.has_target() {
        return Ok(Toolchain { host, guests: Guests::Installed });
    }
    let folder = cache::toolchains()?;
    // Held until one is chosen: two runs at once would fetch twice and unpack over each other.
    let _lock = lock(&folder, report)?;
    choose(host, &folder, report)
}

fn choose(host: Host, folder: &Path, report: Report<'_>) -> anyhow::Result<Toolchain> {
    if let Some(unpacked) = debian::unpacked_before(folder, &host) {
        return Ok(Toolchain { host, guests: Guests::Unpacked(unpacked) });
    }
    let rustup = match host.add_target(report) {
        Ok(()) => return Ok(Toolchain { host, guests: Guests::Installed }),
        Err(error) => error,
    };
    report("rustup cannot install the target; next is Debian's compiler, fetched once, about 140 MB");
    match debian::fetch(folder, &host, report) {
        Ok(unpacked) => Ok(Toolchain { host, guests: Guests::Unpacked(unpacked) }),
        Err(debian) => Err(no_way_left(&rustup, &debian)),
    }
}

fn no_way_left(rustup: &anyhow::Error, debian: &anyhow::Error) -> anyhow::Error {
    anyhow::anyhow!(
        "no compiler for {TARGET}; any one of these helps:\n\
         - put a Rust that has the target first in PATH; distributions package the target separately\n\
         - `rustup target add {TARGET}`, with a network; here: {rustup:#}\n\
         - Debian 12 or later with its security archive: `sudo apt-get update`, then again; here: {debian:#}"
    )
}

/// Takes the lock on the folder of toolchains; dropping the file gives it back, however the process ends.
fn lock(folder: &Path, report: Report<'_>) -> anyhow::Result<File> {
    create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let path = folder.join("lock");
    let file = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
    let locked = match file.try_lock() {
        Err(TryLockError::WouldBlock) => {
            report("waiting for another run that is fetching a compiler");
            file.lock()
        }
        Err(TryLockError::Error(error)) => Err(error),
        Ok(()) => Ok(()),
    };
    locked.with_context(|| format!("cannot lock {}", path.display()))?;
    Ok(file)
}

// === impl Toolchain ===

impl Toolchain {
    /// Which compiler it is and where its standard library comes from, in a line for the author.
    pub fn describe(&self) -> String {
        match &self.guests {
            Guests::Installed => {
                format!("rustc {} with {TARGET} installed, {}", self.host.version, self.host.rustc.display())
            }
            Guests::Unpacked(debian) => format!(
                "Debian's rustc {}, standard library built from source, {}",
                debian.version,
                debian.rustc().display()
            ),
        }
    }

    /// Names a folder for this compiler's products.
    pub(crate) fn key(&self) -> String {
        match &self.guests {
            Guests::Installed => format!("installed-{}", self.host.version.key()),
            Guests::Unpacked(debian) => format!("debian-{}", debian.version.key()),
        }
    }

    /// A cargo that runs this compiler, free of what the caller's own cargo left in the environment.
    pub(crate) fn cargo(&self) -> Command {
        let mut cargo = Command::new(&self.host.cargo);
        environment::scrub(&mut cargo);
        match &self.guests {
            Guests::Installed => {
                cargo.env("RUSTC", &self.host.rustc);
            }
            Guests::Unpacked(debian) => debian.configure(&mut cargo),
        }
        cargo
    }

    /// What a build needs beyond the usual, because the standard library may have to be built first.
    pub(crate) fn build_options(&self) -> &'static [&'static str] {
        match &self.guests {
            Guests::Installed => &[],
            Guests::Unpacked(_) => &["-Zbuild-std=std,panic_abort"],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_without_a_compiler_names_all_three_remedies() {
        let error = no_way_left(&anyhow::anyhow!("no network"), &anyhow::anyhow!("no apt")).to_string();
        for remedy in ["PATH", "rustup target add wasm32-unknown-unknown", "apt-get update", "no network", "no apt"] {
            assert!(error.contains(remedy), "{error}");
        }
    }
}

//! Where compilers and build products are kept between runs: outside every `target/`, so that `cargo clean` spares them.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

use anyhow::Context;

/// The folder for compilers that were fetched.
///
/// # Errors
///
/// No cache folder can be named.
pub(crate) fn toolchains() -> anyhow::Result<PathBuf> {
    Ok(root()?.join("guest-toolchain"))
}

/// The target directory for the guests of one workspace, compiled by one profile.
///
/// `toolchain` names the compiler and the profile: they have one each, because they would throw away each other's products, and so have workspaces, because two
/// checkouts hold packages of the same name.
///
/// # Errors
///
/// No cache folder can be named.
pub(crate) fn guest_target(toolchain: &str, workspace: &Path) -> anyhow::Result<PathBuf> {
    Ok(guest_target_in(&root()?, toolchain, workspace))
}

fn guest_target_in(root: &Path, toolchain: &str, workspace: &Path) -> PathBuf {
    let workspace = format!("{:016x}", fingerprint(workspace.as_os_str().as_encoded_bytes()));
    root.join("guest-target").join(toolchain).join(workspace)
}

/// The folder for everything that can be fetched or made again: `SLUICE_CACHE`, or `sluice` in the user's cache.
///
/// # Errors
///
/// No cache folder can be named.
pub fn root() -> anyhow::Result<PathBuf> {
    let root = root_from(|name| std::env::var_os(name), std::env::home_dir())
        .context("there is no home folder to keep a cache in: set SLUICE_CACHE to a folder")?;
    std::path::absolute(root).context("SLUICE_CACHE is not a path")
}

fn root_from(variable: impl Fn(&str) -> Option<OsString>, home: Option<PathBuf>) -> Option<PathBuf> {
    let folder = |name| variable(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    folder("SLUICE_CACHE")
        // The XDG specification has relative paths ignored.
        .or_else(|| folder("XDG_CACHE_HOME").filter(|path| path.is_absolute()).map(|path| path.join("sluice")))
        .or_else(|| home.map(|path| path.join(".cache/sluice")))
}

/// FNV-1a, 64 bits: names a folder the same way in every release, which the standard library's hasher does not promise.
fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(variables: &[(&str, &str)], home: Option<&str>, expected: Option<&str>) {
        let variable = |name: &str| variables.iter().find(|(n, _)| *n == name).map(|(_, value)| OsString::from(value));
        assert_eq!(root_from(variable, home.map(PathBuf::from)), expected.map(PathBuf::from), "{variables:?}");
    }

    #[test]
    fn the_cache_is_where_the_most_particular_variable_says() {
        check(&[("SLUICE_CACHE", "/a"), ("XDG_CACHE_HOME", "/b")], Some("/home/x"), Some("/a"));
        check(&[("XDG_CACHE_HOME", "/b")], Some("/home/x"), Some("/b/sluice"));
        check(&[], Some("/home/x"), Some("/home/x/.cache/sluice"));
        check(&[], None, None);
    }

    #[test]
    fn variables_that_say_nothing_are_passed_over() {
        check(&[("SLUICE_CACHE", ""), ("XDG_CACHE_HOME", "b")], Some("/home/x"), Some("/home/x/.cache/sluice"));
    }

    #[test]
    fn compilers_and_checkouts_do_not_share_a_target_directory() {
        let folder = |toolchain, workspace: &str| guest_target_in("/c".as_ref(), toolchain, workspace.as_ref());
        assert_eq!(folder("installed-1", "/one"), folder("installed-1", "/one"));
        assert_ne!(folder("installed-1", "/one"), folder("debian-1", "/one"));
        assert_ne!(folder("installed-1", "/one"), folder("installed-1", "/two"));
        assert!(folder("installed-1", "/one").starts_with("/c/guest-target/installed-1"));
    }

    #[test]
    fn fingerprints_are_those_of_the_published_algorithm() {
        assert_eq!(fingerprint(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fingerprint(b"a"), 0xaf63_dc4c_8601_ec8c);
    }
}

//! Makes the folder of a new plugin: it builds and tests as it is.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};

use crate::sdk;

/// The template's files, by their names in the new folder. `{{name}}` in them becomes the plugin's name,
/// `{{sdk}}` the path of the crate `sluice-sdk`.
const TEMPLATE: &[(&str, &str)] = &[
    ("Cargo.toml", include_str!("../template/Cargo.toml.txt")),
    ("src/lib.rs", include_str!("../template/lib.rs.txt")),
    ("README.md", include_str!("../template/README.md.txt")),
    ("dev.json", include_str!("../template/dev.json.txt")),
    (".gitignore", include_str!("../template/gitignore.txt")),
];

/// Where the SDK's sources lie in a plugin's folder.
const SDK_FOLDER: &str = ".sluice";

/// Names that cargo or the compiler keep for themselves.
const RESERVED: &[&str] = &["alloc", "core", "deps", "build", "examples", "incremental", "proc-macro", "std", "test"];

/// Words of the language: no crate can have such a name.
const KEYWORDS: &str = "abstract as async await become box break const continue crate do dyn else enum extern false \
    final fn for gen if impl in let loop macro match mod move mut override priv pub ref return self static struct \
    super trait true try type typeof unsafe unsized use virtual where while yield";

/// Where a new plugin takes the SDK from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SdkSource {
    /// From the sources in this binary, written beside the plugin.
    Embedded,
    /// From a checkout of Sluice.
    Checkout(PathBuf),
}

/// Makes the folder of a new plugin, a workspace of its own with a library, its test, and all that builds them.
///
/// # Errors
///
/// The name cannot be one of a plugin; the folder holds something already; the checkout is none; a file cannot be
/// written.
pub fn create(name: &str, folder: &Path, source: &SdkSource) -> anyhow::Result<()> {
    check_name(name)?;
    check_empty(folder)?;
    let sdk = sdk_path(source)?;
    for (file, text) in TEMPLATE {
        sdk::put(&folder.join(file), &text.replace("{{name}}", name).replace("{{sdk}}", &sdk))?;
    }
    if *source == SdkSource::Embedded {
        sdk::write(&folder.join(SDK_FOLDER))?;
    }
    sdk::put(&folder.join("Cargo.lock"), &sdk::lock_file(name))
}

fn check_name(name: &str) -> anyhow::Result<()> {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let good = name.len() <= 63
        && name.chars().all(allowed)
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && !name.ends_with('-');
    if !good {
        bail!(
            "`{name}` is no name for a plugin: use up to 63 of a-z, 0-9 and `-`, beginning with a letter and not \
             ending with `-`"
        );
    }
    if RESERVED.contains(&name) || KEYWORDS.split(' ').any(|word| word == name) || sdk::has_package(name) {
        bail!("`{name}` is taken by Rust or by the SDK: choose another name, such as `{name}-plugin`");
    }
    Ok(())
}

/// Nothing is overwritten: the folder is not there yet, or holds nothing but what `git init` made.
fn check_empty(folder: &Path) -> anyhow::Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    let entries = fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    for entry in entries {
        let name = entry.with_context(|| format!("cannot list {}", folder.display()))?.file_name();
        if name != ".git" {
            bail!(
                "{} is not empty, it holds {}: nothing was written; give --path a new folder",
                folder.display(),
                name.display()
            );
        }
    }
    Ok(())
}

/// The path of the crate `sluice-sdk` as the manifest names it.
fn sdk_path(source: &SdkSource) -> anyhow::Result<String> {
    let SdkSource::Checkout(checkout) = source else {
        return Ok(format!("{SDK_FOLDER}/{}", sdk::CRATE));
    };
    let found = [checkout.join("sdk"), checkout.clone()].into_iter().find(|folder| folder.join("wit").is_dir());
    let found = found
        .with_context(|| format!("{} is no checkout of Sluice: name the folder that holds sdk/", checkout.display()))?;
    let found = fs::canonicalize(&found).with_context(|| format!("cannot read {}", found.display()))?;
    found.to_str().map(str::to_owned).context("the path of the checkout is not UTF-8, which a manifest cannot name")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_cargo_or_the_gateway_would_refuse_are_refused_first() {
        for name in ["", "A", "1a", "a_b", "a.b", "a-", "-a", "a b", "fn", "test", "serde", "sluice-sdk"] {
            assert!(check_name(name).is_err(), "{name}");
        }
        for name in ["a", "hello", "my-plugin-2"] {
            assert!(check_name(name).is_ok(), "{name}");
        }
        assert!(check_name(&"a".repeat(64)).is_err());
    }

    #[test]
    fn nothing_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("notes"), "mine").unwrap();
        let error = create("hello", folder.path(), &SdkSource::Embedded).unwrap_err().to_string();
        assert!(error.contains("notes") && error.contains("--path"), "{error}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_that_is_no_checkout_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let source = SdkSource::Checkout(folder.path().join("none"));
        let error = create("hello", &folder.path().join("hello"), &source).unwrap_err().to_string();
        assert!(error.contains("no checkout"), "{error}");
    }

    #[test]
    fn the_lock_file_names_all_that_cargo_needs_and_cargo_only_drops_what_it_does_not() {
        let folder = tempfile::tempdir().unwrap();
        create("hello", folder.path(), &SdkSource::Embedded).unwrap();
        let lock = || fs::read_to_string(folder.path().join("Cargo.lock")).unwrap();
        let packages = |lock: &str| -> Vec<String> { lock.split("[[package]]").skip(1).map(head).collect() };
        let written = lock();
        let mut cargo = std::process::Command::new(env!("CARGO"));
        let output = cargo.args(["metadata", "--offline", "--format-version=1"]).current_dir(folder.path()).output();
        let output = output.unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let ours = packages(&written);
        assert!(packages(&lock()).iter().all(|package| ours.contains(package)), "{written}\n{}", lock());
    }

    /// Name and version of a package.
    fn head(block: &str) -> String {
        block.trim().lines().take(2).collect()
    }
}

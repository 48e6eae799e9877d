//! Asks Debian's package tools which packages make up a compiler here, and fetches them. Installs nothing.

use std::{path::Path, process::Command, time::Duration};

use anyhow::Context;

use super::host::LOOK_UP;
use crate::{Report, process};

/// Debian's newest compiler, kept for building browsers.
const COMPILER: &str = "rustc-web";
/// The standard library's source that goes with it.
const SOURCE: &str = "rust-web-src";

/// For package lists of some 30 MB.
const UPDATE: Duration = Duration::from_secs(300);
/// For packages of some 140 MB.
const DOWNLOAD: Duration = Duration::from_secs(1200);

/// Makes sure that apt knows the compiler, and returns the version it would fetch.
///
/// # Errors
///
/// This is no Debian, its archive has no such package, or the lists are missing and only root may fetch them.
pub(super) fn candidate(report: Report<'_>) -> anyhow::Result<String> {
    if let Some(version) = known_candidate()? {
        return Ok(version);
    }
    update(report)?;
    known_candidate()?.with_context(|| format!("the archive of this machine's Debian has no package {COMPILER}"))
}

fn known_candidate() -> anyhow::Result<Option<String>> {
    Ok(candidate_in(&ask(&["policy", COMPILER])?))
}

/// Fetches the lists of packages.
///
/// # Errors
///
/// There is no network, or this is not root.
pub(super) fn update(report: Report<'_>) -> anyhow::Result<()> {
    report("apt-get update");
    process::run(Command::new("apt-get").arg("update"), UPDATE)
        .context("apt needs newer lists; without root, run `sudo apt-get update` once and then this again")?;
    Ok(())
}

/// The packages that make up the compiler: itself, its source, and all libraries it needs that are not installed.
///
/// Their names carry versions, so only apt knows them.
///
/// # Errors
///
/// apt does not answer.
pub(super) fn packages() -> anyhow::Result<Vec<String>> {
    let mut packages = vec![COMPILER.to_owned(), SOURCE.to_owned()];
    let mut next = 0;
    while next < packages.len() {
        for choice in dependencies_in(&ask(&["depends", &packages[next]])?) {
            if let Some(library) = wanted(&choice, installed)
                && !packages.contains(&library)
            {
                packages.push(library);
            }
        }
        next += 1;
    }
    Ok(packages)
}

/// Downloads packages as files into a folder.
///
/// # Errors
///
/// There is no network, or the lists are older than the archive and name files that are gone.
pub(super) fn download(packages: &[String], folder: &Path, report: Report<'_>) -> anyhow::Result<()> {
    report(&format!("apt-get download {}", packages.join(" ")));
    let mut apt = Command::new("apt-get");
    // As root apt would read files as another user, who may not enter the folder; it would only complain.
    apt.args(["-o", "APT::Sandbox::User=root", "download"]).args(packages).current_dir(folder);
    process::run(&mut apt, DOWNLOAD)?;
    Ok(())
}

/// Picks from alternatives the one to unpack, if any is needed.
///
/// Only libraries: the C compiler that the dependencies also name is the host's own. The compiler's own libraries are
/// wanted in any case, so that its parts are of one version.
fn wanted(choice: &[String], installed: impl Fn(&str) -> bool) -> Option<String> {
    if let Some(own) = choice.iter().find(|name| name.starts_with("libstd-rust-")) {
        return Some(own.clone());
    }
    let first = choice.iter().find(|name| name.starts_with("lib"))?;
    let satisfied = choice.iter().any(|name| installed(name));
    (!satisfied).then(|| first.clone())
}

fn installed(package: &str) -> bool {
    let mut query = Command::new("dpkg-query");
    let status = process::run(query.args(["-W", "-f=${db:Status-Status}\n", package]), LOOK_UP);
    status.is_ok_and(|text| text.lines().any(|line| line == "installed"))
}

fn ask(question: &[&str]) -> anyhow::Result<String> {
    let mut apt = Command::new("apt-cache");
    process::run(apt.args(question).env("LC_ALL", "C"), LOOK_UP)
}

/// Reads `apt-cache policy`, which prints nothing for an unknown package, and `(none)` for one it only heard of.
fn candidate_in(policy: &str) -> Option<String> {
    let version = policy.lines().find_map(|line| line.trim_start().strip_prefix("Candidate: "))?;
    (version != "(none)").then(|| version.to_owned())
}

/// Reads `apt-cache depends`: each dependency, with the alternatives that a leading bar joins to the next line.
///
/// Names in angle brackets are virtual; what provides them follows, indented deeper, and is no library of ours.
fn dependencies_in(depends: &str) -> Vec<Vec<String>> {
    let mut choices = Vec::new();
    let mut choice = Vec::new();
    for line in depends.lines() {
        let (more, name) = match (line.strip_prefix(" |Depends: "), line.strip_prefix("  Depends: ")) {
            (Some(name), _) => (true, name),
            (_, Some(name)) => (false, name),
            _ => continue,
        };
        if !name.starts_with('<') {
            // An architecture may follow: `libc6:amd64`.
            choice.push(name.split(':').next().unwrap_or(name).to_owned());
        }
        if !more && !choice.is_empty() {
            choices.push(std::mem::take(&mut choice));
        }
    }
    choices
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(choice: &[&str]) -> Vec<String> {
        choice.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn the_candidate_is_the_version_that_apt_would_fetch() {
        let policy = "rustc-web:\n  Installed: (none)\n  Candidate: 1.96.0+dfsg1-1~deb12u2\n  Version table:\n";
        assert_eq!(candidate_in(policy).as_deref(), Some("1.96.0+dfsg1-1~deb12u2"));
    }

    #[test]
    fn a_package_that_apt_does_not_know_has_no_candidate() {
        assert_eq!(candidate_in(""), None);
        assert_eq!(candidate_in("rustc-web:\n  Installed: (none)\n  Candidate: (none)\n"), None);
    }

    #[test]
    fn dependencies_are_read_without_conflicts_recommendations_and_virtual_packages() {
        let depends = "rustc-web\n  Depends: libc6\n  Depends: libstd-rust-web-dev\n  Depends: <libc-dev>\n    libc6-dev\n\
                       \x20 Conflicts: rustc\n  Breaks: libstd-rust-dev\n  Recommends: cargo-web\n  Replaces: rustc\n    rustc-web\n";
        assert_eq!(dependencies_in(depends), [names(&["libc6"]), names(&["libstd-rust-web-dev"])]);
    }

    #[test]
    fn alternatives_stay_together() {
        let depends = "x\n |Depends: libedit2\n  Depends: libedit3:amd64\n |Depends: <virtual>\n  Depends: libffi8\n";
        assert_eq!(dependencies_in(depends), [names(&["libedit2", "libedit3"]), names(&["libffi8"])]);
    }

    #[test]
    fn the_compiler_s_own_libraries_are_wanted_in_any_case() {
        let own = names(&["libstd-rust-web-1.96"]);
        assert_eq!(wanted(&own, |_| true).as_deref(), Some("libstd-rust-web-1.96"));
    }

    #[test]
    fn other_libraries_are_wanted_if_no_alternative_is_installed() {
        let choice = names(&["libllvm22", "libllvm22t64"]);
        assert_eq!(wanted(&choice, |_| false).as_deref(), Some("libllvm22"));
        assert_eq!(wanted(&choice, |name| name == "libllvm22t64"), None);
    }

    #[test]
    fn programs_are_left_to_the_machine() {
        assert_eq!(wanted(&names(&["gcc"]), |_| false), None);
    }
}

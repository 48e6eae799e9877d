//! Sources: every file says what it is for, and none says what it must not.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};

/// Words that must stand nowhere: hosts of package registries, and work that was left undone.
/// Written in halves, so that this file does not break its own rule.
const BANNED: &[[&str; 2]] = &[
    ["crates", ".io"],
    ["registry.npm", "js.org"],
    ["pyp", "i.org"],
    ["deb.deb", "ian.org"],
    ["todo", "!("],
    ["FIX", "ME"],
];

/// One line for each source file without a module doc, and for each banned word.
pub(super) fn check(root: &Path) -> Result<Vec<String>> {
    let mut wrong = Vec::new();
    for file in tracked(root)? {
        let Ok(text) = fs::read_to_string(root.join(&file)) else { continue };
        let shown = file.display();
        let is_test = file.components().any(|part| matches!(part.as_os_str().to_str(), Some("tests" | "tests.rs")));
        if file.extension().is_some_and(|ending| ending == "rs") && !is_test && !text.starts_with("//!") {
            wrong.push(format!("{shown} does not begin with a module doc that says what it is for"));
        }
        if file.file_name().is_some_and(|name| name == "Cargo.lock") {
            continue;
        }
        for [first, second] in BANNED {
            let word = format!("{first}{second}");
            wrong.extend(text.contains(&word).then(|| format!("{shown} says {word}")));
        }
    }
    Ok(wrong)
}

fn tracked(root: &Path) -> Result<Vec<PathBuf>> {
    let output = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"])
        .current_dir(root)
        .output()
        .context("git ls-files")?;
    ensure!(output.status.success(), "git ls-files: {}", String::from_utf8_lossy(&output.stderr));
    let names = String::from_utf8(output.stdout)?;
    Ok(names.split('\0').filter(|name| !name.is_empty()).map(PathBuf::from).collect())
}

//! Documents: what they name must exist.

use std::{fs, path::Path};

use anyhow::{Context, Result};

/// The documents whose file names are checked.
const MAPS: &[&str] = &[
    "ARCHITECTURE.md",
    "README.md",
    "CONTRIBUTING.md",
    "docs/plugins.md",
    "docs/command-line.md",
    "benches/README.md",
];

/// One line for each file that a document names and that is not there.
pub(super) fn check(root: &Path) -> Result<Vec<String>> {
    let mut wrong = Vec::new();
    for map in MAPS {
        let text = fs::read_to_string(root.join(map)).with_context(|| (*map).to_owned())?;
        let missing = named_files(&text).into_iter().filter(|file| !root.join(file).exists());
        wrong.extend(missing.map(|file| format!("{map} names {file}, which does not exist")));
    }
    Ok(wrong)
}

/// The texts between backticks that look like a path in this repository: a known top folder or a known ending.
fn named_files(text: &str) -> Vec<&str> {
    let prose = text.split("```").step_by(2);
    let quoted = prose.flat_map(|prose| prose.split('`').skip(1).step_by(2));
    quoted.filter(|quote| is_path(quote)).collect()
}

fn is_path(text: &str) -> bool {
    let tops = ["gateway/", "sdk/", "plugins/", "tests/", "benches/", "xtask/", "docs/", "admin-ui/", ".ci/"];
    let clean = !text.contains(['*', '{', '<', ' ', '…', '(', '$']);
    clean && tops.iter().any(|top| text.starts_with(top))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_in_prose_are_found_and_commands_are_not() {
        let text =
            "See `gateway/model/src/route.rs` and `cargo test`.\n```\n`gateway/none`\n```\n`docs/*.md` `sdk/abi`";
        assert_eq!(named_files(text), ["gateway/model/src/route.rs", "sdk/abi"]);
    }
}

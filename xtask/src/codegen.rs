//! `cargo xtask codegen`: writes docs/plugin-abi.md, from the rules of the lowering and the comments of the contract.

mod page;
mod types;

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};
use wit_parser::Resolve;

/// The page.
const PAGE: &str = "docs/plugin-abi.md";

/// What is written by hand: how the contract crosses.
const RULES: &str = "sdk/wit/lowering.md";

/// Writes the page anew.
pub(crate) fn run(root: &Path, arguments: &[String]) -> Result<()> {
    ensure!(arguments.is_empty(), "`codegen` takes no arguments: `{}`", arguments.join(" "));
    fs::write(root.join(PAGE), page(root)?).with_context(|| format!("cannot write {PAGE}"))?;
    println!("wrote {PAGE}");
    Ok(())
}

/// One line if the page is not what would be written now.
pub(crate) fn check(root: &Path) -> Result<Vec<String>> {
    let there = fs::read_to_string(root.join(PAGE)).unwrap_or_default();
    let stale = there != page(root)?;
    Ok(stale
        .then(|| format!("{PAGE} is not what {RULES} and the contract say: run `cargo xtask codegen`"))
        .into_iter()
        .collect())
}

fn page(root: &Path) -> Result<String> {
    let rules = fs::read_to_string(root.join(RULES)).with_context(|| RULES.to_owned())?;
    let mut resolve = Resolve::default();
    resolve.push_path(root.join("sdk/wit/sluice.wit")).context("the contract")?;
    Ok(format!("{rules}\n{}", page::contract(&resolve)))
}

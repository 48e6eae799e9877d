//! `cargo xtask tidy`: the rules of the house that no compiler checks.

mod arrows;
mod documents;
mod sources;

use std::path::Path;

use anyhow::{Result, ensure};

use crate::codegen;

/// Checks everything and reports all that is wrong at once.
pub(crate) fn run(root: &Path, _arguments: &[String]) -> Result<()> {
    let mut wrong = arrows::check(root)?;
    wrong.extend(documents::check(root)?);
    wrong.extend(sources::check(root)?);
    wrong.extend(codegen::check(root)?);
    for line in &wrong {
        println!("{line}");
    }
    ensure!(wrong.is_empty(), "tidy found {} things", wrong.len());
    println!("tidy: all in order");
    Ok(())
}

//! `cargo xtask ui`: GraphiQL, bundled into the files that the gateway embeds when it is built next.
//!
//! A build without it is whole: the admin pages then offer a plainer one.

use std::{fs, path::Path, process::Command, time::SystemTime};

use anyhow::{Result, ensure};

/// The project that is bundled, and what it is bundled from.
const PROJECT: &str = "admin-ui/graphiql";
const SOURCES: [&str; 4] = ["package.json", "package-lock.json", "build.js", "src/graphiql.js"];
const BUNDLE: &str = "gateway/admin/assets/graphiql/graphiql.js";

/// Bundles GraphiQL.
///
/// # Errors
/// There is no npm, or the bundle did not build.
pub(crate) fn run(root: &Path, arguments: &[String]) -> Result<()> {
    ensure!(arguments.is_empty(), "`ui` takes no arguments");
    if is_fresh(root) {
        println!("GraphiQL is bundled already");
        return Ok(());
    }
    npm(root, &["ci", "--no-audit", "--no-fund"])?;
    npm(root, &["run", "build"])
}

/// Bundles GraphiQL if this machine can, and says what is missing if not.
pub(crate) fn run_if_possible(root: &Path) {
    if let Err(error) = run(root, &[]) {
        println!("{error:#}; going on without GraphiQL, with a plainer page in its place");
    }
}

fn is_fresh(root: &Path) -> bool {
    let changed = |path: &Path| fs::metadata(path).and_then(|file| file.modified()).ok();
    let sources: Option<Vec<SystemTime>> =
        SOURCES.iter().map(|source| changed(&root.join(PROJECT).join(source))).collect();
    let newest = sources.and_then(|times| times.into_iter().max());
    changed(&root.join(BUNDLE)).zip(newest).is_some_and(|(bundle, newest)| bundle >= newest)
}

fn npm(root: &Path, arguments: &[&str]) -> Result<()> {
    let status = Command::new("npm").args(arguments).current_dir(root.join(PROJECT)).status();
    let remedy = "GraphiQL needs Node.js 20 and npm 11 to be bundled";
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => anyhow::bail!("npm {} failed ({remedy})", arguments.join(" ")),
        Err(_) => anyhow::bail!("there is no npm ({remedy})"),
    }
}

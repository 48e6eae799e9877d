//! Arrows: which crate may import which. Cargo.toml makes them; this list decides them.

use std::{collections::BTreeMap, path::Path, process::Command};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

/// Each crate of ours and what of ours it may depend on; dev-dependencies are free to point anywhere above nothing.
const ARROWS: &[(&str, &[&str])] = &[
    ("gateway-algorithms", &[]),
    ("gateway-model", &["gateway-algorithms"]),
    ("gateway-telemetry", &[]),
    ("gateway-store", &["gateway-algorithms", "gateway-model"]),
    ("gateway-config", &["gateway-model", "gateway-store"]),
    ("gateway-host", &["gateway-algorithms", "gateway-model", "gateway-store", "gateway-telemetry", "sluice-abi"]),
    (
        "gateway-proxy",
        &["gateway-algorithms", "gateway-host", "gateway-model", "gateway-store", "gateway-telemetry", "sluice-abi"],
    ),
    ("gateway-admin", &["gateway-config", "gateway-model", "gateway-telemetry"]),
    (
        "gateway-server",
        &[
            "gateway-admin",
            "gateway-config",
            "gateway-host",
            "gateway-model",
            "gateway-proxy",
            "gateway-store",
            "gateway-telemetry",
            "sluice-build",
        ],
    ),
    ("sluice-abi", &[]),
    ("sluice-build", &[]),
    ("sluice-sdk-macros", &[]),
    ("sluice-sdk", &["gateway-algorithms", "sluice-abi", "sluice-sdk-macros"]),
    ("plugin-*", &["sluice-sdk", "gateway-algorithms"]),
    ("example-*", &["sluice-sdk"]),
    ("guest-*", &["sluice-sdk"]),
    ("sluice-testkit", &[]),
    ("gateway-tests", &["gateway-server", "sluice-testkit"]),
    ("gateway-benches", &["sluice-testkit"]),
    ("xtask", &["sluice-abi", "sluice-build", "sluice-testkit"]),
];

/// One line for each import that has no arrow, and for each crate without a row.
pub(super) fn check(root: &Path) -> Result<Vec<String>> {
    let output = Command::new("cargo")
        .args(["metadata", "--format-version", "1", "--no-deps", "--locked"])
        .current_dir(root)
        .output()
        .context("cargo metadata")?;
    ensure!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    let imports = imports(&metadata);
    Ok(imports.iter().flat_map(|(name, targets)| wrong(name, targets)).collect())
}

/// For each crate of the workspace, the crates of the workspace that it depends on.
fn imports(metadata: &Value) -> BTreeMap<String, Vec<String>> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    list(&metadata["packages"])
        .iter()
        .map(|package| {
            let ours =
                list(&package["dependencies"]).into_iter().filter(|it| it["path"].is_string() && it["kind"].is_null());
            (text(&package["name"]), ours.map(|it| text(&it["name"])).collect())
        })
        .collect()
}

fn wrong(name: &str, targets: &[String]) -> Vec<String> {
    let row = ARROWS.iter().find(|(row, _)| match row.strip_suffix('*') {
        Some(prefix) => name.starts_with(prefix),
        None => *row == name,
    });
    let Some((_, allowed)) = row else {
        return vec![format!("crate {name} has no row in the list of arrows (xtask/src/tidy/arrows.rs)")];
    };
    let strangers = targets.iter().filter(|target| !allowed.contains(&target.as_str()));
    strangers.map(|target| format!("{name} must not import {target}: no arrow points from one to the other")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_import_without_an_arrow_is_told() {
        assert!(wrong("gateway-proxy", &["gateway-host".to_owned()]).is_empty());
        assert_eq!(wrong("gateway-proxy", &["gateway-config".to_owned()]).len(), 1);
        assert!(wrong("plugin-auth", &["sluice-sdk".to_owned()]).is_empty());
        assert_eq!(wrong("stranger", &[]).len(), 1);
    }
}

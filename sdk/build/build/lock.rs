//! The part of a lock file that some of its packages need, so that a plugin is built from the very versions that the
//! SDK was tested with, and from no network when they are at hand.

use std::{
    collections::{BTreeMap, BTreeSet, btree_map::Entry},
    error::Error,
    fmt::Write as _,
};

use toml::{Table, Value};

use crate::manifest::Manifest;

/// The `[[package]]` blocks of the crates and of all that they stand on, by name and version.
pub(crate) fn part<'a>(
    lock: &str,
    crates: impl Iterator<Item = &'a Manifest>,
) -> Result<BTreeMap<String, String>, Box<dyn Error>> {
    let lock: Table = lock.parse()?;
    let packages = lock.get("package").and_then(Value::as_array).ok_or("the lock file has no packages")?;
    let mut kept = BTreeMap::new();
    let mut wanted = Vec::new();
    for manifest in crates {
        let name = manifest.table["package"]["name"].as_str().ok_or("a crate without a name")?;
        let mut package = find(packages, name)?.clone();
        only(&mut package, &manifest.dependencies);
        wanted.extend(edges(&package));
        kept.insert(key(&package), package);
    }
    while let Some(edge) = wanted.pop() {
        let package = find(packages, &edge)?;
        if let Entry::Vacant(free) = kept.entry(key(package)) {
            wanted.extend(edges(package));
            free.insert(package.clone());
        }
    }
    let block = |(name, package): (&String, &Table)| Ok((name.clone(), block(package, &kept)?));
    kept.iter().map(block).collect()
}

/// Drops what only the crate's own tests need.
fn only(package: &mut Table, dependencies: &BTreeSet<String>) {
    if let Some(Value::Array(edges)) = package.get_mut("dependencies") {
        edges.retain(|edge| {
            let name = edge.as_str().and_then(|edge| edge.split(' ').next());
            name.is_some_and(|name| dependencies.contains(name))
        });
        if edges.is_empty() {
            package.remove("dependencies");
        }
    }
}

/// The package that an edge means: a name, with a version where the name alone is not enough.
fn find<'a>(packages: &'a [Value], edge: &str) -> Result<&'a Table, Box<dyn Error>> {
    let mut words = edge.split(' ');
    let (name, version) = (words.next(), words.next());
    let is_meant = |package: &&Table| {
        let is = |key: &str, wanted: &str| package.get(key).and_then(Value::as_str) == Some(wanted);
        name.is_some_and(|name| is("name", name)) && version.is_none_or(|version| is("version", version))
    };
    let found = packages.iter().filter_map(Value::as_table).find(is_meant);
    Ok(found.ok_or_else(|| format!("the lock file has no {edge}"))?)
}

fn edges(package: &Table) -> Vec<String> {
    let edges = package.get("dependencies").and_then(Value::as_array);
    edges.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn key(package: &Table) -> String {
    let text = |key: &str| package.get(key).and_then(Value::as_str).unwrap_or_default();
    format!("{} {}", text("name"), text("version"))
}

/// As cargo writes it: a version stands behind the name of a dependency only where there are several.
fn block(package: &Table, kept: &BTreeMap<String, Table>) -> Result<String, std::fmt::Error> {
    let mut block = String::from("[[package]]\n");
    for key in ["name", "version", "source", "checksum"] {
        if let Some(value) = package.get(key).and_then(Value::as_str) {
            writeln!(block, "{key} = \"{value}\"")?;
        }
    }
    let edges = edges(package);
    if !edges.is_empty() {
        block.push_str("dependencies = [\n");
        edges.iter().try_for_each(|edge| writeln!(block, " \"{}\",", shortest(edge, kept)))?;
        block.push_str("]\n");
    }
    Ok(block)
}

fn shortest<'a>(edge: &'a str, kept: &BTreeMap<String, Table>) -> &'a str {
    let name = edge.split(' ').next().unwrap_or(edge);
    let prefix = format!("{name} ");
    match kept.keys().filter(|key| key.starts_with(&prefix)).count() {
        1 => name,
        _ => edge,
    }
}

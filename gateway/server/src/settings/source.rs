//! Where settings come from: a TOML file, and the environment over it.

use std::{collections::BTreeMap, path::Path};

use anyhow::{Context, Result, bail};
use toml::{Table, Value};

use super::Settings;

/// What the file says, with the variables that are settings put over it.
pub(super) fn merged(file: Option<&Path>, environment: &BTreeMap<String, String>) -> Result<Table> {
    let mut table = match file {
        Some(path) => read(path)?,
        None => Table::new(),
    };
    let defaults = Table::try_from(Settings::default()).expect("defaults are what TOML can hold");
    for (name, text) in environment {
        if let Some((path, default)) = setting(name, &defaults) {
            put(&mut table, &path, typed(text, default)).with_context(|| format!("environment variable {name}"))?;
        } else if let Some(path) = of_store(name, &table) {
            put(&mut table, &path, Value::String(text.clone()))
                .with_context(|| format!("environment variable {name}"))?;
        }
    }
    Ok(table)
}

fn read(path: &Path) -> Result<Table> {
    let text = std::fs::read_to_string(path).with_context(|| format!("settings file {}", path.display()))?;
    text.parse().with_context(|| format!("settings file {}", path.display()))
}

/// `SLUICE_HTTP_ADDRESS` → `["http", "address"]` and its default, for names that are settings.
pub(super) fn setting<'a>(name: &str, defaults: &'a Table) -> Option<(Vec<String>, &'a Value)> {
    let wanted = name.strip_prefix("SLUICE_")?.to_ascii_lowercase();
    leaves(defaults).into_iter().find(|(path, _)| path.join("_") == wanted)
}

/// `SLUICE_STORES_SHARED_URL` → `["stores", "shared", "url"]`, and likewise `authorities`.
///
/// A variable's name has only `_` where a store's has `-` and `.` too: the store of the file that is spelt alike is meant.
fn of_store(name: &str, table: &Table) -> Option<Vec<String>> {
    let name = name.strip_prefix("SLUICE_STORES_")?.to_ascii_lowercase();
    let split = |setting: &'static str| Some((name.strip_suffix(setting)?.strip_suffix('_')?.to_owned(), setting));
    let (wanted, setting) = ["url", "authorities"].into_iter().find_map(split)?;
    let alike = |store: &&String| store.replace(['-', '.'], "_") == wanted;
    let known = table.get("stores").and_then(Value::as_table).and_then(|stores| stores.keys().find(alike));
    let store = known.cloned().unwrap_or(wanted);
    Some(vec!["stores".to_owned(), store, setting.to_owned()])
}

/// Every setting with its value.
pub(super) fn leaves(table: &Table) -> Vec<(Vec<String>, &Value)> {
    let mut found = Vec::new();
    for (key, value) in table {
        match value {
            Value::Table(inner) => found.extend(leaves(inner).into_iter().map(|(mut path, value)| {
                path.insert(0, key.clone());
                (path, value)
            })),
            _ => found.push((vec![key.clone()], value)),
        }
    }
    found
}

fn put(table: &mut Table, path: &[String], value: Value) -> Result<()> {
    let Some((key, rest)) = path.split_first() else { bail!("an empty path") };
    if rest.is_empty() {
        table.insert(key.clone(), value);
        return Ok(());
    }
    match table.entry(key.clone()).or_insert_with(|| Value::Table(Table::new())) {
        Value::Table(inner) => put(inner, rest, value),
        _ => bail!("{key} is a section, and the settings file has a value there"),
    }
}

/// A variable is text: lists are separated by commas, numbers and booleans are read as such, everything else stays text.
fn typed(text: &str, default: &Value) -> Value {
    if default.is_array() {
        let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
        return Value::Array(items.map(|item| Value::String(item.to_owned())).collect());
    }
    match (text.parse::<i64>(), text.parse::<bool>()) {
        (Ok(number), _) => Value::Integer(number),
        (_, Ok(flag)) => Value::Boolean(flag),
        _ => Value::String(text.to_owned()),
    }
}

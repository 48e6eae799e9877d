//! Manifests that stand without their workspace: what they inherit is written out, what only their own tests need is
//! left out.

use std::{collections::BTreeSet, error::Error, fs, path::Path};

use toml::{Table, Value};

/// What the members of the workspace inherit from.
pub(crate) struct Workspace<'a> {
    root: &'a Path,
    package: Table,
    dependencies: Table,
}

/// The manifest of one crate.
pub(crate) struct Manifest {
    pub(crate) table: Table,
    /// Folders of the workspace's crates that it depends on.
    pub(crate) neighbours: Vec<String>,
    /// Packages that it depends on, by their own names.
    pub(crate) dependencies: BTreeSet<String>,
}

impl<'a> Workspace<'a> {
    pub(crate) fn read(root: &'a Path) -> Result<Self, Box<dyn Error>> {
        let mut manifest: Table = fs::read_to_string(root.join("Cargo.toml"))?.parse()?;
        let mut workspace = table(manifest.remove("workspace"));
        let (package, dependencies) = (table(workspace.remove("package")), table(workspace.remove("dependencies")));
        Ok(Self { root, package, dependencies })
    }

    pub(crate) fn manifest(&self, folder: &str) -> Result<Manifest, Box<dyn Error>> {
        let table: Table = fs::read_to_string(self.root.join(folder).join("Cargo.toml"))?.parse()?;
        let mut manifest = Manifest { table, neighbours: Vec::new(), dependencies: BTreeSet::new() };
        for unneeded in ["dev-dependencies", "lints", "test", "bench", "example"] {
            manifest.table.remove(unneeded);
        }
        if let Some(Value::Table(package)) = manifest.table.get_mut("package") {
            self.write_out(package);
        }
        self.resolve(folder, &mut manifest)?;
        Ok(manifest)
    }

    fn write_out(&self, package: &mut Table) {
        for (key, value) in package.iter_mut() {
            if is_inherited(value) {
                *value = self.package.get(key).cloned().unwrap_or(Value::Boolean(false));
            }
        }
    }

    fn resolve(&self, folder: &str, manifest: &mut Manifest) -> Result<(), Box<dyn Error>> {
        let Manifest { table, neighbours, dependencies } = manifest;
        let mut lists = Vec::new();
        for (key, value) in table.iter_mut() {
            match (key.as_str(), value) {
                ("dependencies" | "build-dependencies", Value::Table(list)) => lists.push(list),
                ("target", Value::Table(targets)) => {
                    let of_targets = targets.iter_mut().filter_map(|(_, target)| target.get_mut("dependencies"));
                    lists.extend(of_targets.filter_map(Value::as_table_mut));
                }
                _ => {}
            }
        }
        lists.into_iter().try_for_each(|list| self.resolve_list(folder, list, neighbours, dependencies))
    }

    fn resolve_list(
        &self,
        folder: &str,
        list: &mut Table,
        neighbours: &mut Vec<String>,
        dependencies: &mut BTreeSet<String>,
    ) -> Result<(), Box<dyn Error>> {
        for (name, dependency) in list.iter_mut() {
            if is_inherited(dependency) {
                let base = self.dependencies.get(name).ok_or_else(|| format!("the workspace has no {name}"))?;
                *dependency = Value::Table(merged(base, dependency));
            }
            let renamed = dependency.get("package").and_then(Value::as_str);
            dependencies.insert(renamed.unwrap_or(name).to_owned());
            if let Some(Value::String(path)) = dependency.get_mut("path") {
                neighbours.push(path.clone());
                *path = format!("{}{path}", "../".repeat(folder.split('/').count()));
            }
        }
        Ok(())
    }
}

fn is_inherited(value: &Value) -> bool {
    value.get("workspace").and_then(Value::as_bool) == Some(true)
}

/// What the workspace says of a dependency, with what the member adds to it.
fn merged(base: &Value, member: &Value) -> Table {
    let mut merged = match base {
        Value::Table(base) => base.clone(),
        version => Table::from_iter([("version".to_owned(), version.clone())]),
    };
    for (key, value) in member.as_table().into_iter().flatten().filter(|(key, _)| *key != "workspace") {
        match (merged.get_mut(key), value) {
            (Some(Value::Array(features)), Value::Array(more)) => features.extend(more.iter().cloned()),
            _ => drop(merged.insert(key.clone(), value.clone())),
        }
    }
    merged
}

fn table(value: Option<Value>) -> Table {
    match value {
        Some(Value::Table(table)) => table,
        _ => Table::new(),
    }
}

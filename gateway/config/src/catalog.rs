//! The uploaded modules in memory, with their configuration schemas compiled.

mod secrets;
mod sentence;

use std::{collections::HashMap, sync::Arc};

use gateway_model::{Catalog as ModelCatalog, Digest, Document, Path, PluginFacts};
use gateway_store::StoredModule;
use jsonschema::{Draft, PatternOptions, Validator};
use parking_lot::RwLock;
use serde_json::Value;

/// What is known of every module. Cheap to clone; clones share.
#[derive(Clone, Default)]
pub(crate) struct Catalog {
    modules: Arc<RwLock<Modules>>,
}

#[derive(Default)]
struct Modules {
    by_digest: HashMap<Digest, Arc<Module>>,
    /// In the order of uploads.
    list: Vec<Arc<StoredModule>>,
}

struct Module {
    stored: Arc<StoredModule>,
    /// The compiled schema; or why a schema that was accepted once is not any more.
    schema: Result<Validator, String>,
}

impl Catalog {
    /// Adds modules; those that are known stay as they are. Schemas are compiled here, once.
    pub(crate) fn add(&self, modules: impl IntoIterator<Item = StoredModule>) {
        for module in modules {
            if self.module(&module.facts.digest).is_none() {
                self.insert(module);
            }
        }
    }

    /// Forgets a module that was deleted.
    pub(crate) fn remove(&self, digest: &Digest) {
        let mut modules = self.modules.write();
        if modules.by_digest.remove(digest).is_some() {
            modules.list.retain(|module| module.facts.digest != *digest);
        }
    }

    /// All modules in the order of their uploads.
    pub(crate) fn list(&self) -> Vec<Arc<StoredModule>> {
        self.modules.read().list.clone()
    }

    pub(crate) fn stored(&self, digest: &Digest) -> Option<Arc<StoredModule>> {
        Some(self.module(digest)?.stored.clone())
    }

    /// Whether the module's schema marks what names a secret.
    pub(crate) fn marks_secrets(&self, digest: &Digest) -> bool {
        self.module(digest).is_some_and(|module| secrets::has_marks(&module.stored.facts.config_schema))
    }

    /// Whether the document names a module that is not here: another process may have stored it.
    pub(crate) fn lacks_any_of(&self, document: &Document) -> bool {
        let modules = self.modules.read();
        document.plugins.values().any(|plugin| !modules.by_digest.contains_key(&plugin.digest))
    }

    fn insert(&self, module: StoredModule) {
        let schema = compile_schema(&module.facts.config_schema);
        let stored = Arc::new(module);
        let module = Arc::new(Module { stored: stored.clone(), schema });
        let mut modules = self.modules.write();
        if modules.by_digest.insert(stored.facts.digest.clone(), module).is_none() {
            modules.list.push(stored);
        }
    }

    fn module(&self, digest: &Digest) -> Option<Arc<Module>> {
        self.modules.read().by_digest.get(digest).cloned()
    }
}

impl ModelCatalog for Catalog {
    fn facts(&self, digest: &Digest) -> Option<Arc<PluginFacts>> {
        Some(self.module(digest)?.stored.facts.clone())
    }

    fn check_config(&self, digest: &Digest, config: &Value) -> Vec<(Path, String)> {
        let Some(module) = self.module(digest) else { return Vec::new() };
        match &module.schema {
            Ok(schema) => schema
                .iter_errors(config)
                .flat_map(|error| sentence::tell(&module.stored.facts.config_schema, config, &error))
                .collect(),
            Err(reason) => vec![(Path::new(), format!("the plugin's own schema is unusable: {reason}"))],
        }
    }

    fn secrets(&self, digest: &Digest, config: &Value) -> Vec<(Path, String)> {
        let Some(module) = self.module(digest) else { return Vec::new() };
        secrets::named(&module.stored.facts.config_schema, config)
    }
}

/// Compiles the schema of a module's configuration.
///
/// References lead nowhere outside of the schema, and its patterns cannot backtrack: a schema comes
/// from whoever wrote the module, and is neither to open connections nor to burn time.
pub(crate) fn compile_schema(schema: &Value) -> Result<Validator, String> {
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .offline()
        .with_pattern_options(PatternOptions::regex())
        .build(schema)
        .map_err(|error| match error.instance_path().as_str() {
            "" => format!("its configuration schema is no JSON Schema (2020-12): {error}"),
            place => format!("its configuration schema is no JSON Schema (2020-12), at {place}: {error}"),
        })
}

#[cfg(test)]
mod tests;

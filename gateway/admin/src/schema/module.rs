//! Uploaded modules, which plugins give names to.

use std::{collections::BTreeMap, sync::Arc};

use async_graphql::{Context, ID, Object};
use gateway_model::{Digest, PluginFacts};
use serde_json::Value;

use super::{
    Scope,
    connection::{Connection, Paging, cost},
    item::global_id,
};
use crate::error::Failure;

/// An uploaded Wasm module and what it says of itself.
pub(crate) struct Module(Arc<PluginFacts>);

impl Module {
    pub(crate) const TYPE: &'static str = "Module";

    pub(crate) fn find(scope: &Scope, digest: &Digest) -> Option<Self> {
        scope.service.modules().into_iter().find(|facts| facts.digest == *digest).map(Self)
    }
}

/// An uploaded Wasm module and what it says of itself. Modules are uploaded with `POST /plugins`.
#[Object]
impl Module {
    /// Global id.
    pub(crate) async fn id(&self) -> ID {
        global_id(Self::TYPE, self.0.digest.as_str())
    }

    /// `sha256:` and 64 hex digits, for `createPlugin`.
    async fn digest(&self) -> &str {
        self.0.digest.as_str()
    }

    /// The module's own name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The module's own version.
    async fn version(&self) -> &str {
        &self.0.version
    }

    /// What the module is for.
    async fn description(&self) -> &str {
        &self.0.description
    }

    /// Place in the chain for attachments that name none, lowest first.
    async fn default_order(&self) -> i32 {
        self.0.default_order
    }

    /// JSON Schema (2020-12) of the configuration.
    async fn config_schema(&self) -> &Value {
        &self.0.config_schema
    }

    /// The host interfaces that it imports, such as `sluice:plugin/log@0.1.0`.
    async fn imports(&self) -> &[String] {
        &self.0.imports
    }

    /// The hooks that it implements, such as `request`.
    async fn hooks(&self) -> &[String] {
        &self.0.hooks
    }

    /// The grants that its imports need.
    async fn needs(&self) -> Vec<String> {
        self.0.needs.iter().map(ToString::to_string).collect()
    }

    /// In bytes.
    async fn size(&self) -> u64 {
        self.0.size
    }
}

#[derive(Default)]
pub(crate) struct ModuleQueries;

#[Object]
impl ModuleQueries {
    /// All uploaded modules by digest.
    #[graphql(complexity = "cost(first, last) * child_complexity + 1")]
    async fn modules(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "At most so many, from the beginning or after `after`: 20 if not given, 100 at most.")]
        first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many, from the end or before `before`.")] last: Option<i32>,
        #[graphql(desc = "Only what precedes this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<Module>>, Failure> {
        let modules = Scope::of(context).service.modules();
        let by_digest: BTreeMap<String, Arc<PluginFacts>> =
            modules.into_iter().map(|facts| (facts.digest.to_string(), facts)).collect();
        Connection::page(&by_digest, Paging { first, after, last, before }, |facts| Module(facts.clone())).map(Some)
    }
}

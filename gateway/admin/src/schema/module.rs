//! Uploaded modules, which plugins give names to.

use std::{collections::BTreeMap, sync::Arc};

use async_graphql::{Context, ID, Object};
use gateway_config::StoredModule;
use gateway_model::Digest;
use serde_json::Value;

use super::{
    Scope,
    connection::{Connection, Paging, cost},
    item::global_id,
    scalar::DateTime,
};
use crate::error::Failure;

/// An uploaded Wasm module and what it says of itself.
pub(crate) struct Module(Arc<StoredModule>);

impl Module {
    pub(crate) const TYPE: &'static str = "Module";

    /// Modules by digest, as a page.
    pub(crate) fn page(
        modules: impl IntoIterator<Item = Arc<StoredModule>>,
        paging: Paging,
    ) -> Result<Connection<Self>, Failure> {
        let by_digest: BTreeMap<String, Arc<StoredModule>> =
            modules.into_iter().map(|module| (module.facts.digest.to_string(), module)).collect();
        Connection::page(&by_digest, paging, |module| Self(module.clone()))
    }

    pub(crate) fn find(scope: &Scope, digest: &Digest) -> Option<Self> {
        scope.service.stored_module(digest).map(Self)
    }
}

/// An uploaded Wasm module and what it says of itself. Modules are uploaded with `POST /plugins`.
#[Object]
impl Module {
    /// Global id.
    pub(crate) async fn id(&self) -> ID {
        global_id(Self::TYPE, self.0.facts.digest.as_str())
    }

    /// `sha256:` and 64 hex digits, for `createPlugin`.
    async fn digest(&self) -> &str {
        self.0.facts.digest.as_str()
    }

    /// The module's own name.
    async fn name(&self) -> &str {
        &self.0.facts.name
    }

    /// The module's own version.
    async fn version(&self) -> &str {
        &self.0.facts.version
    }

    /// What the module is for.
    async fn description(&self) -> &str {
        &self.0.facts.description
    }

    /// Place in the chain for attachments that name none, lowest first.
    async fn default_order(&self) -> i32 {
        self.0.facts.default_order
    }

    /// JSON Schema (2020-12) of the configuration.
    async fn config_schema(&self) -> &Value {
        &self.0.facts.config_schema
    }

    /// The host interfaces that it imports, such as `sluice:plugin/log@0.1.0`.
    async fn imports(&self) -> &[String] {
        &self.0.facts.imports
    }

    /// The hooks that it implements, such as `request`.
    async fn hooks(&self) -> &[String] {
        &self.0.facts.hooks
    }

    /// The grants that its imports need.
    async fn needs(&self) -> Vec<String> {
        self.0.facts.needs.iter().map(ToString::to_string).collect()
    }

    /// In bytes.
    async fn size(&self) -> u64 {
        self.0.facts.size
    }

    /// When it was uploaded.
    async fn uploaded_at(&self) -> DateTime {
        DateTime::from_ms(self.0.uploaded_at_ms)
    }

    /// Name of the admin token with which it was uploaded; null if that was not recorded.
    async fn uploaded_by(&self) -> Option<&str> {
        self.0.uploaded_by.as_ref().map(|actor| actor.name.as_str())
    }

    /// The trusted key that had signed it: the name of its file; null if no signature was asked for.
    async fn signer(&self) -> Option<&str> {
        self.0.signer.as_deref()
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
        Module::page(modules, Paging { first, after, last, before }).map(Some)
    }
}

//! Uploaded modules, which plugins give names to.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use gateway_config::{ModuleError, StoredModule};
use gateway_model::{self as model, Digest, Path};
use imbl::OrdMap;
use serde_json::Value;

use super::{
    Scope,
    attachment::Attachment,
    change::{UserError, UserErrorCode},
    connection::{Connection, Paging, cost},
    item::global_id,
    scalar::DateTime,
    view::View,
};
use crate::error::Failure;

/// An uploaded Wasm module and what it says of itself.
pub(crate) struct Module(Arc<StoredModule>);

impl Module {
    pub(crate) const TYPE: &'static str = "Module";

    /// The modules with the same name of their own as the one with this digest, newest upload first.
    pub(crate) fn versions(scope: &Scope, digest: &Digest, paging: Paging) -> Result<Connection<Self>, Failure> {
        let name = scope.service.stored_module(digest).map(|module| module.facts.name.clone());
        let alike = |module: &Arc<StoredModule>| name.as_ref() == Some(&module.facts.name);
        let newest_first = |module: &StoredModule| format!("{:020}", i64::MAX.saturating_sub(module.uploaded_at_ms));
        let key = |module: &Arc<StoredModule>| format!("{}/{}", newest_first(module), module.facts.digest);
        let modules = scope.service.modules().into_iter().filter(alike);
        let sorted: OrdMap<_, _> = modules.map(|module| (key(&module), module)).collect();
        Connection::page(&sorted, paging, |module: &Arc<StoredModule>| Self(module.clone()))
    }

    fn plugins<'a>(&'a self, view: &'a View) -> impl Iterator<Item = &'a Arc<model::Plugin>> {
        view.document.plugins.values().filter(|plugin| plugin.digest == self.0.facts.digest)
    }

    /// Modules by digest, as a page.
    pub(crate) fn page(
        modules: impl IntoIterator<Item = Arc<StoredModule>>,
        paging: Paging,
    ) -> Result<Connection<Self>, Failure> {
        let by_digest: OrdMap<String, Arc<StoredModule>> =
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

    /// Whether a plugin names it.
    async fn in_use(&self, context: &Context<'_>) -> bool {
        self.plugins(&Scope::of(context).view).next().is_some()
    }

    /// The attachments that run it.
    #[graphql(complexity = "cost(first, last) * child_complexity + 1")]
    async fn attachments(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "At most so many, from the beginning or after `after`: 20 if not given, 100 at most.")]
        first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many, from the end or before `before`.")] last: Option<i32>,
        #[graphql(desc = "Only what precedes this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<Attachment>>, Failure> {
        let view = &Scope::of(context).view;
        let names = self.plugins(view).flat_map(|plugin| view.attachments_of_plugin(&plugin.name));
        Connection::of(&names.collect(), view, Paging { first, after, last, before }).map(Some)
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

/// Which module to delete.
#[derive(Debug, InputObject)]
pub(crate) struct DeleteModuleInput {
    /// Its digest: `sha256:` and 64 hex digits.
    digest: String,
    /// Any text; it comes back in the payload.
    client_mutation_id: Option<String>,
}

/// What became of the deletion.
#[derive(SimpleObject)]
pub(crate) struct DeleteModulePayload {
    /// The global id of what was deleted; null if the deletion was refused.
    deleted_id: Option<ID>,
    /// Why the deletion was refused; empty if it was not.
    user_errors: Vec<UserError>,
    /// The text that came with the input.
    client_mutation_id: Option<String>,
}

#[derive(Default)]
pub(crate) struct ModuleMutations;

#[Object]
impl ModuleMutations {
    /// Deletes an uploaded module. Refused while a plugin names it, or did at one of the last hundred revisions, for a rollback
    /// may need it. It makes no revision, but a line in the audit log.
    async fn delete_module(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What to delete.")] input: DeleteModuleInput,
    ) -> Result<Option<DeleteModulePayload>, Failure> {
        let scope = Scope::of(context);
        let error =
            |message: String, code| UserError::new(Path::new().then("modules").then(&input.digest), message, code);
        let digest: Digest = match input.digest.parse() {
            Ok(digest) => digest,
            Err(wrong) => {
                let user_errors = vec![error(format!("{wrong}"), UserErrorCode::Invalid)];
                return Ok(Some(DeleteModulePayload {
                    deleted_id: None,
                    user_errors,
                    client_mutation_id: input.client_mutation_id,
                }));
            }
        };
        let user_errors = match scope.service.delete_module(&scope.actor, &digest).await {
            Ok(()) => Vec::new(),
            Err(ModuleError::Store(cause)) => return Err(Failure::store(cause)),
            Err(unknown @ ModuleError::Unknown(_)) => vec![error(unknown.to_string(), UserErrorCode::NotFound)],
            Err(needed) => vec![error(needed.to_string(), UserErrorCode::InUse)],
        };
        let deleted_id = user_errors.is_empty().then(|| global_id(Module::TYPE, digest.as_str()));
        Ok(Some(DeleteModulePayload { deleted_id, user_errors, client_mutation_id: input.client_mutation_id }))
    }
}

//! Plugins: names for uploaded modules.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use gateway_model as model;

use super::{
    Scope,
    attachment::Attachment,
    change::{Create, Options, Update},
    connection::{Connection, Paging, cost},
    history::{self, PluginStep},
    item::Entry,
    module::Module,
    patch::Draft,
    resource,
};
use crate::error::Failure;

pub(crate) type Plugin = Entry<model::Plugin>;

/// A name for an uploaded module. Attachments name the plugin, so a new digest here upgrades all of them at once.
#[Object(name = "Plugin")]
impl Entry<model::Plugin> {
    /// Global id.
    pub(crate) async fn id(&self) -> ID {
        self.node_id()
    }

    /// Unique among plugins.
    async fn name(&self) -> &str {
        &self.item.name
    }

    /// The module that runs: `sha256:` and 64 hex digits.
    async fn digest(&self) -> &str {
        self.item.digest.as_str()
    }

    /// What is known of the module.
    async fn module(&self, context: &Context<'_>) -> Option<Module> {
        Module::find(Scope::of(context), &self.item.digest)
    }

    /// All uploaded modules that call themselves as the present one does, newest upload first: what the plugin can be upgraded to,
    /// or rolled back to.
    #[graphql(complexity = "cost(first, last) * child_complexity + 1")]
    async fn versions(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "At most so many, from the beginning or after `after`: 20 if not given, 100 at most.")]
        first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many, from the end or before `before`.")] last: Option<i32>,
        #[graphql(desc = "Only what precedes this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<Module>>, Failure> {
        Module::versions(Scope::of(context), &self.item.digest, Paging { first, after, last, before }).map(Some)
    }

    /// Which modules it ran, newest first. It is read forwards only.
    #[graphql(complexity = "cost(first, None) * child_complexity + 1")]
    async fn history(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "At most so many, from the newest or after `after`: 20 if not given, 100 at most.")]
        first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
    ) -> Result<Option<Connection<PluginStep>>, Failure> {
        let paging = Paging { first, after, ..Paging::default() };
        history::of_plugin(Scope::of(context), &self.item.name, paging).await.map(Some)
    }

    /// Where the plugin is attached.
    #[graphql(complexity = "cost(first, last) * child_complexity + 1")]
    async fn attachments(
        &self,
        #[graphql(desc = "At most so many, from the beginning or after `after`: 20 if not given, 100 at most.")]
        first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many, from the end or before `before`.")] last: Option<i32>,
        #[graphql(desc = "Only what precedes this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<Attachment>>, Failure> {
        let paging = Paging { first, after, last, before };
        Connection::of(&self.view.attachments_of_plugin(&self.item.name), &self.view, paging).map(Some)
    }
}

/// A new plugin.
#[derive(Debug, InputObject)]
pub(crate) struct CreatePluginInput {
    /// Unique among plugins: up to 63 of a-z, 0-9, `-`, `_` and `.`.
    name: String,
    /// The digest that the upload of the module answered with: `sha256:` and 64 hex digits.
    digest: String,
    #[graphql(flatten)]
    options: Options,
}

/// Changes to a plugin; fields that are left out stay as they are.
#[derive(Debug, InputObject)]
pub(crate) struct UpdatePluginInput {
    /// Name of the plugin.
    name: String,
    /// The digest of the module that is to run from now on.
    digest: MaybeUndefined<String>,
    #[graphql(flatten)]
    options: Options,
}

impl Create for CreatePluginInput {
    type Item = model::Plugin;

    fn options(&self) -> &Options {
        &self.options
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn build(&self, draft: &mut Draft) -> Option<model::Plugin> {
        Some(model::Plugin { name: self.name.clone(), digest: draft.parsed("digest", &self.digest)? })
    }
}

impl Update for UpdatePluginInput {
    type Item = model::Plugin;

    fn options(&self) -> &Options {
        &self.options
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn apply(&self, plugin: &mut model::Plugin, draft: &mut Draft) {
        let digest = match &self.digest {
            MaybeUndefined::Value(text) => {
                draft.parsed("digest", text).map_or(MaybeUndefined::Undefined, MaybeUndefined::Value)
            }
            MaybeUndefined::Null => MaybeUndefined::Null,
            MaybeUndefined::Undefined => MaybeUndefined::Undefined,
        };
        draft.set("digest", &digest, &mut plugin.digest);
    }
}

resource::queries! {
    PluginQueries of Plugin;
    /// The plugin of that name, or null.
    plugin;
    /// All plugins by name.
    plugins;
}

resource::mutations! {
    PluginMutations of plugin: Plugin;
    /// Gives an uploaded module a name. Upload it first: `POST /plugins` with the module as body.
    create_plugin(CreatePluginInput) -> CreatePluginPayload;
    /// Changes the module behind a name, for all its attachments at once.
    update_plugin(UpdatePluginInput) -> UpdatePluginPayload;
    /// Deletes a plugin; its module stays uploaded. Refused while it is attached.
    delete_plugin(DeletePluginInput) -> DeletePluginPayload;
}

//! Upgrades: another module behind a plugin's name, forth and back.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use gateway_config::Page;
use gateway_model::{self as model, Digest, Document, Edit, Kind, Path, Resource};

use super::{
    Scope,
    change::{self, Answer, Options, Outcome, UserError, UserErrorCode},
    item::{Entry, path},
    module::Module,
    patch::Draft,
    plugin::Plugin,
};
use crate::error::Failure;

/// Which module a plugin is to run from now on.
#[derive(Debug, InputObject)]
pub(crate) struct UpgradePluginInput {
    /// Name of the plugin.
    name: String,
    /// The digest that the upload of the module answered with: `sha256:` and 64 hex digits.
    digest: String,
    #[graphql(flatten)]
    options: Options,
}

/// Which plugin is to run the module from before.
#[derive(Debug, InputObject)]
pub(crate) struct RollBackPluginInput {
    /// Name of the plugin.
    name: String,
    #[graphql(flatten)]
    options: Options,
}

/// What became of the upgrade.
#[derive(SimpleObject)]
pub(crate) struct UpgradePluginPayload {
    /// The plugin as it is now; null if the change was refused.
    plugin: Option<Plugin>,
    /// The module that ran before; null if the change was refused.
    previous: Option<Module>,
    #[graphql(flatten)]
    outcome: Outcome,
}

/// What became of the rollback.
#[derive(SimpleObject)]
pub(crate) struct RollBackPluginPayload {
    /// The plugin as it is now; null if the change was refused.
    plugin: Option<Plugin>,
    /// The module that ran before the rollback; null if the change was refused.
    previous: Option<Module>,
    #[graphql(flatten)]
    outcome: Outcome,
}

#[derive(Default)]
pub(crate) struct UpgradeMutations;

#[Object]
impl UpgradeMutations {
    /// Has a plugin run another version of its module, at all its attachments at once. Each attachment's configuration is checked
    /// against the new module's schema, its needs against the grants, and the new module is configured for trial: what does not
    /// hold is told at its path, and nothing is changed. A module with another name of its own is refused: `updatePlugin` takes it.
    async fn upgrade_plugin(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What to upgrade.")] input: UpgradePluginInput,
    ) -> Result<Option<UpgradePluginPayload>, Failure> {
        let scope = Scope::of(context);
        let answer = change::change(scope, &input.options, |document| upgrade(scope, document, &input)).await?;
        let (plugin, previous, outcome) = told(scope, answer, &input.name);
        Ok(Some(UpgradePluginPayload { plugin, previous, outcome }))
    }

    /// Has a plugin run the module again that it ran before the present one, as a new revision. To roll back a second time is
    /// to undo the first.
    async fn roll_back_plugin(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What to roll back.")] input: RollBackPluginInput,
    ) -> Result<Option<RollBackPluginPayload>, Failure> {
        let scope = Scope::of(context);
        let last = scope.service.history(Kind::Plugins, &input.name, &Page::first(1)).await.map_err(Failure::store)?;
        let last = last.items.into_iter().next().map(|step| (step.change.before, step.change.after));
        let answer = change::change(scope, &input.options, |document| roll_back(document, &input.name, last.as_ref()));
        let (plugin, previous, outcome) = told(scope, answer.await?, &input.name);
        Ok(Some(RollBackPluginPayload { plugin, previous, outcome }))
    }
}

fn upgrade(scope: &Scope, document: &Document, input: &UpgradePluginInput) -> Result<Vec<Edit>, Vec<UserError>> {
    let present = change::existing::<model::Plugin>(document, &input.name)?;
    let mut draft = Draft::at(path::<model::Plugin>(&input.name));
    let wanted = draft.parsed::<Digest>("digest", &input.digest);
    let wanted = draft.finish(wanted)?;
    let name_of = |digest| scope.service.stored_module(digest).map(|module| module.facts.name.clone());
    match (name_of(&present.digest), name_of(&wanted)) {
        (Some(old), Some(new)) if old != new => {
            let message =
                format!("the module calls itself {new:?}, the present one {old:?}: if that is meant, use updatePlugin");
            Err(vec![UserError::new(at_digest(&input.name), message, UserErrorCode::Invalid)])
        }
        _ => Ok(vec![change::put(model::Plugin { name: input.name.clone(), digest: wanted })]),
    }
}

fn roll_back(
    document: &Document,
    name: &str,
    last: Option<&(Option<Resource>, Option<Resource>)>,
) -> Result<Vec<Edit>, Vec<UserError>> {
    let present = change::existing::<model::Plugin>(document, name)?;
    let refused = |message: &str| vec![UserError::new(at_digest(name), message, UserErrorCode::Invalid)];
    match last {
        // The history was read a moment before the document.
        Some((_, Some(Resource::Plugin(after)))) if after.digest != present.digest => {
            Err(refused("another change came first: look at the plugin's history, and try again"))
        }
        Some((Some(Resource::Plugin(before)), _)) => Ok(vec![change::put(model::Plugin::clone(before))]),
        _ => Err(refused("it has run no other module since it was created: upgrade it to the one that is meant")),
    }
}

fn told(scope: &Scope, answer: Answer, name: &str) -> (Option<Plugin>, Option<Module>, Outcome) {
    let before: Option<Entry<model::Plugin>> = answer.after.as_ref().and_then(|_| Entry::find(&answer.before, name));
    let previous = before.and_then(|plugin| Module::find(scope, &plugin.item.digest));
    let (plugin, outcome) = answer.entry(name);
    (plugin, previous, outcome)
}

fn at_digest(name: &str) -> Path {
    path::<model::Plugin>(name).then("digest")
}

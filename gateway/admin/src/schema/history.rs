//! The history of a plugin: which module it ran, since when and by whom.

use async_graphql::{Context, Object};
use gateway_config::{Page, Step};
use gateway_model::{Digest, Kind, Resource};

use super::{
    Scope,
    connection::{Connection, Direction, Edge, Paging},
    module::Module,
    revision::{Revision, read_number},
};
use crate::error::Failure;

/// A module that a plugin ran, from one revision on.
pub(crate) struct PluginStep(Step);

/// One step of a plugin's history.
#[Object]
impl PluginStep {
    /// The revision: who, when and why.
    async fn revision(&self) -> Revision {
        Revision::from(self.0.revision.clone())
    }

    /// The module that the plugin ran from then on; null: the plugin was deleted.
    async fn digest(&self) -> Option<&str> {
        digest(self.0.change.after.as_ref()).map(Digest::as_str)
    }

    /// The module that it ran before; null: the plugin was created.
    async fn previous_digest(&self) -> Option<&str> {
        digest(self.0.change.before.as_ref()).map(Digest::as_str)
    }

    /// What is known of the module; null if it was deleted since.
    async fn module(&self, context: &Context<'_>) -> Option<Module> {
        Module::find(Scope::of(context), digest(self.0.change.after.as_ref())?)
    }
}

/// A page of the history of the plugin of that name.
pub(crate) async fn of_plugin(scope: &Scope, name: &str, paging: Paging) -> Result<Connection<PluginStep>, Failure> {
    let window = paging.window()?;
    let after = window.beside.as_deref().map(read_number).transpose()?;
    let page = Page { first: u32::try_from(window.size).expect("a page has at most a hundred items"), after };
    let read = scope.service.history(Kind::Plugins, name, &page).await.map_err(Failure::store)?;
    let edge = |step: Step| Edge::new(&step.revision.number.to_string(), PluginStep(step));
    let edges = read.items.into_iter().map(edge).collect();
    Ok(Connection::new(edges, Direction::Forwards, read.has_next, after.is_some()))
}

fn digest(resource: Option<&Resource>) -> Option<&Digest> {
    match resource? {
        Resource::Plugin(plugin) => Some(&plugin.digest),
        _ => None,
    }
}

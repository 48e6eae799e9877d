//! The GraphQL schema.
//!
//! A request reads one [`View`], so everything in an answer belongs to one revision.
//! Each resource has a file: its object, its inputs and what makes resources of them. What they share is in
//! `item` (what a resource is), `connection` (pages of lists), `change` (from an input to a revision) and `resource`
//! (the macro that writes the queries and mutations that every resource has).

mod admission;
mod arrange;
mod attachment;
mod audit;
mod cache;
mod certificate;
mod chain;
mod change;
mod connection;
mod consumer;
mod credential;
mod difference;
mod document;
mod health;
mod history;
mod item;
mod limit_override;
mod module;
mod node;
mod patch;
mod plan;
mod plugin;
mod priority;
mod resource;
mod revision;
mod route;
mod scalar;
mod signals;
mod upgrade;
mod upstream;
mod usage;
mod view;

use std::sync::Arc;

use async_graphql::{Context, EmptySubscription, MergedObject, SDLExportOptions};
use gateway_config::Service;
use gateway_model::Actor;
use gateway_telemetry::{Load, Metrics};
use tokio::sync::Mutex;

pub(crate) use view::{View, Views};

/// The schema, ready to execute.
pub(crate) type Schema = async_graphql::Schema<Query, Mutation, EmptySubscription>;

/// What a query or a list may cost: each field is 1, a list costs its size times what it lists.
const MOST_COMPLEX: usize = 50_000;

/// What resolvers work with: who asks, and what is asked about.
pub(crate) struct Scope {
    pub(crate) service: Service,
    pub(crate) metrics: Metrics,
    pub(crate) load: Load,
    pub(crate) actor: Actor,
    /// Held from reading the newest document to the change made from it, so that writers do not undo each other's reading.
    pub(crate) turn: Arc<Mutex<()>>,
    /// The configuration as it was when the request began.
    pub(crate) view: Arc<View>,
}

impl Scope {
    pub(crate) fn of<'a>(context: &Context<'a>) -> &'a Arc<Self> {
        context.data_unchecked::<Arc<Self>>()
    }
}

/// What can be asked. Everything in one answer belongs to one revision of the configuration.
#[derive(Default, MergedObject)]
pub(crate) struct Query(
    node::NodeQueries,
    route::RouteQueries,
    upstream::UpstreamQueries,
    consumer::ConsumerQueries,
    credential::CredentialQueries,
    plan::UsagePlanQueries,
    plugin::PluginQueries,
    attachment::AttachmentQueries,
    certificate::CertificateQueries,
    module::ModuleQueries,
    revision::RevisionQueries,
    audit::AuditQueries,
    document::DocumentQueries,
    signals::SignalQueries,
    cache::CacheQueries,
);

/// What can be changed. Each mutation is one revision, committed and live when it answers; a refused one changes nothing.
#[derive(Default, MergedObject)]
pub(crate) struct Mutation(
    route::RouteMutations,
    upstream::UpstreamMutations,
    consumer::ConsumerMutations,
    credential::CredentialMutations,
    credential::key::ApiKeyMutations,
    credential::password::PasswordMutations,
    credential::certificate::ClientCertificateMutations,
    plan::UsagePlanMutations,
    usage::UsageMutations,
    plugin::PluginMutations,
    upgrade::UpgradeMutations,
    attachment::AttachmentMutations,
    certificate::CertificateMutations,
    arrange::ArrangeMutations,
    module::ModuleMutations,
    document::DocumentMutations,
    cache::PurgeMutations,
);

pub(crate) fn build() -> Schema {
    let deepest = usize::try_from(crate::graphql::DEEPEST_FIELDS).expect("a small constant");
    Schema::build(Query::default(), Mutation::default(), EmptySubscription)
        .limit_depth(deepest)
        .limit_complexity(MOST_COMPLEX)
        .limit_directives(8)
        .limit_recursive_depth(64)
        .finish()
}

/// The schema in GraphQL's schema definition language.
#[must_use]
pub fn sdl() -> String {
    build().sdl_with_options(SDLExportOptions::new().prefer_single_line_descriptions().use_space_ident())
}

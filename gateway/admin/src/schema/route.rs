//! Routes.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use gateway_model as model;

use super::{
    Scope,
    attachment::Attachment,
    cache::RouteCache,
    chain::{self, ChainLink},
    change::{Create, Options, Update},
    connection::{Connection, Paging, cost},
    item::Entry,
    patch::{Draft, set_option, set_or_default},
    priority::PriorityClass,
    resource,
    upstream::Upstream,
};
use crate::error::Failure;

pub(crate) type Route = Entry<model::Route>;

/// Which requests go to which upstream. An exact host wins over every host; then the longest path prefix wins.
#[Object(name = "Route")]
impl Entry<model::Route> {
    /// Global id.
    pub(crate) async fn id(&self) -> ID {
        self.node_id()
    }

    /// Unique among routes.
    async fn name(&self) -> &str {
        &self.item.name
    }

    /// Host names that the route answers to; none means every host.
    async fn hosts(&self) -> &[String] {
        &self.item.hosts
    }

    /// Whole path segments that the path begins with: `/orders` matches `/orders` and `/orders/7`, not `/orders7`.
    async fn path_prefix(&self) -> &str {
        &self.item.path_prefix
    }

    /// Where its requests go.
    async fn upstream(&self) -> Option<Upstream> {
        self.linked(&self.item.upstream)
    }

    /// How much it matters that its requests are served; null means `NORMAL`, or what the consumer's usage plan says.
    async fn priority(&self) -> Option<PriorityClass> {
        self.item.priority.map(Into::into)
    }

    /// What the cache made of its requests, on the node that answers.
    async fn cache(&self, context: &Context<'_>) -> RouteCache {
        RouteCache::of(&Scope::of(context).metrics, &self.item.name)
    }

    /// Everything that a request to this route meets, in order: its own attachments and those to every route, without those that
    /// are replaced on it.
    #[graphql(complexity = "10 * child_complexity + 1")]
    async fn chain(&self, context: &Context<'_>) -> Vec<ChainLink> {
        chain::of_route(Scope::of(context), self)
    }

    /// Plugins that are attached to this route alone; those that are attached to every route are not listed.
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
        Connection::of(self.view.attachments_of_route(&self.item.name), &self.view, paging).map(Some)
    }
}

/// A new route.
#[derive(Debug, InputObject)]
pub(crate) struct CreateRouteInput {
    /// Unique among routes: up to 63 of a-z, 0-9, `-`, `_` and `.`.
    name: String,
    /// Host names without port; none means every host.
    #[graphql(default)]
    hosts: Vec<String>,
    /// Whole path segments that the path begins with; `/` matches every path.
    #[graphql(default = "/")]
    path_prefix: String,
    /// Name of the upstream that its requests go to.
    upstream: String,
    /// How much it matters that its requests are served; none means `NORMAL`, or what the consumer's usage plan says.
    priority: Option<PriorityClass>,
    #[graphql(flatten)]
    options: Options,
}

/// Changes to a route; fields that are left out stay as they are.
#[derive(Debug, InputObject)]
pub(crate) struct UpdateRouteInput {
    /// Name of the route.
    name: String,
    /// Host names without port; an empty list or null means every host.
    hosts: MaybeUndefined<Vec<String>>,
    /// Whole path segments that the path begins with; null means `/`.
    path_prefix: MaybeUndefined<String>,
    /// Name of the upstream that its requests go to.
    upstream: MaybeUndefined<String>,
    /// How much it matters that its requests are served; null means `NORMAL`, or what the consumer's usage plan says.
    priority: MaybeUndefined<PriorityClass>,
    #[graphql(flatten)]
    options: Options,
}

impl Create for CreateRouteInput {
    type Item = model::Route;

    fn options(&self) -> &Options {
        &self.options
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn build(&self, _: &mut Draft) -> Option<model::Route> {
        Some(model::Route {
            name: self.name.clone(),
            hosts: self.hosts.clone(),
            path_prefix: self.path_prefix.clone(),
            upstream: self.upstream.clone(),
            priority: self.priority.map(Into::into),
        })
    }
}

impl Update for UpdateRouteInput {
    type Item = model::Route;

    fn options(&self) -> &Options {
        &self.options
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn apply(&self, route: &mut model::Route, draft: &mut Draft) {
        set_or_default(&self.hosts, &mut route.hosts, Vec::new);
        set_or_default(&self.path_prefix, &mut route.path_prefix, || "/".to_owned());
        draft.set("upstream", &self.upstream, &mut route.upstream);
        set_option(&self.priority.map_value(Into::into), &mut route.priority);
    }
}

resource::queries! {
    RouteQueries of Route;
    /// The route of that name, or null.
    route;
    /// All routes by name.
    routes;
}

resource::mutations! {
    RouteMutations of route: Route;
    /// Creates a route.
    create_route(CreateRouteInput) -> CreateRoutePayload;
    /// Changes the fields of a route that the input names.
    update_route(UpdateRouteInput) -> UpdateRoutePayload;
    /// Deletes a route. Refused while plugins are attached to it.
    delete_route(DeleteRouteInput) -> DeleteRoutePayload;
}

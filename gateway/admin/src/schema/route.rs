//! Routes.

mod action;
mod client;
mod matching;

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use gateway_model as model;

pub(crate) use self::{
    action::{DirectResponse, HeaderEdits, Redirect, Rewrite, UpstreamShare},
    client::ClientCertificateRule,
    matching::ValueMatch,
};
use self::{
    action::{DirectResponseInput, HeaderEditsInput, RedirectInput, RewriteInput, UpstreamShareInput},
    client::ClientCertificateRuleInput,
    matching::ValueMatchInput,
};
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

/// Takes requests by host, path, method, fields and query, and says what becomes of them.
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

    /// Host names that the route answers to, and `*.` with a name for all names below it; none means every host.
    async fn hosts(&self) -> &[String] {
        &self.item.hosts
    }

    /// The whole path, with parameters such as `/orders/{id}` and `/files/{*rest}`.
    async fn path(&self) -> Option<&str> {
        self.item.path.as_deref()
    }

    /// Whole path segments that the path begins with: `/orders` matches `/orders` and `/orders/7`, not `/orders7`. `/` where
    /// nothing is said of the path.
    async fn path_prefix(&self) -> Option<&str> {
        match (&self.item.path, &self.item.path_regex) {
            (None, None) => Some(self.item.path_prefix.as_deref().unwrap_or("/")),
            _ => None,
        }
    }

    /// A regular expression for the whole path.
    async fn path_regex(&self) -> Option<&str> {
        self.item.path_regex.as_deref()
    }

    /// Methods that it takes; none means every method.
    async fn methods(&self) -> &[String] {
        &self.item.methods
    }

    /// Header fields that a request must have.
    async fn headers(&self) -> Vec<ValueMatch> {
        self.item.headers.iter().cloned().map(Into::into).collect()
    }

    /// Parameters that its query must have, compared as they are written.
    async fn query(&self) -> Vec<ValueMatch> {
        self.item.query.iter().cloned().map(Into::into).collect()
    }

    /// Where its requests go; null where it is not one upstream.
    async fn upstream(&self) -> Option<Upstream> {
        self.linked(self.item.upstream.as_deref()?)
    }

    /// Several upstreams, each with its part of the requests.
    async fn split(&self) -> Vec<UpstreamShare> {
        let share =
            |share: &model::Share| UpstreamShare { upstream: self.linked(&share.upstream), weight: share.weight };
        self.item.split.iter().map(share).collect()
    }

    /// An answer that sends the client elsewhere.
    async fn redirect(&self) -> Option<Redirect> {
        self.item.redirect.clone().map(Into::into)
    }

    /// An answer that is always the same.
    async fn respond(&self) -> Option<DirectResponse> {
        self.item.respond.clone().map(Into::into)
    }

    /// Another path or host for the upstream.
    async fn rewrite(&self) -> Option<Rewrite> {
        self.item.rewrite.clone().map(Into::into)
    }

    /// Changes to the fields that go to the upstream.
    async fn request_headers(&self) -> HeaderEdits {
        self.item.request_headers.clone().into()
    }

    /// Changes to the fields that go to the client.
    async fn response_headers(&self) -> HeaderEdits {
        self.item.response_headers.clone().into()
    }

    /// How much it matters that its requests are served; null means `NORMAL`, or what the consumer's usage plan says.
    async fn priority(&self) -> Option<PriorityClass> {
        self.item.priority.map(Into::into)
    }

    /// Whether clients prove by a certificate who they are; null for what the settings of the TLS listener say.
    async fn client_certificate(&self) -> Option<ClientCertificateRule> {
        self.item.client_certificate.clone().map(Into::into)
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
        Connection::of(&self.view.attachments_of_route(&self.item.name), &self.view, paging).map(Some)
    }
}

/// A new route.
#[derive(Debug, InputObject)]
pub(crate) struct CreateRouteInput {
    /// Unique among routes: up to 63 of a-z, 0-9, `-`, `_` and `.`.
    name: String,
    /// Host names without port, or `*.` and a name for all names below it; none means every host.
    #[graphql(default)]
    hosts: Vec<String>,
    /// The whole path, with parameters such as `/orders/{id}` and `/files/{*rest}`. At most one of this, `pathPrefix` and
    /// `pathRegex`; none of them for every path.
    path: Option<String>,
    /// Whole path segments that the path begins with; `/` matches every path.
    path_prefix: Option<String>,
    /// A regular expression for the whole path.
    path_regex: Option<String>,
    /// Methods that it takes; none means every method.
    #[graphql(default)]
    methods: Vec<String>,
    /// Header fields that a request must have.
    #[graphql(default)]
    headers: Vec<ValueMatchInput>,
    /// Parameters that its query must have, compared as they are written.
    #[graphql(default)]
    query: Vec<ValueMatchInput>,
    /// Name of the upstream that its requests go to. One of this, `split`, `redirect` and `respond`.
    upstream: Option<String>,
    /// Several upstreams, each with its part of the requests.
    #[graphql(default)]
    split: Vec<UpstreamShareInput>,
    /// An answer that sends the client elsewhere.
    redirect: Option<RedirectInput>,
    /// An answer that is always the same.
    respond: Option<DirectResponseInput>,
    /// Another path or host for the upstream.
    rewrite: Option<RewriteInput>,
    /// Changes to the fields that go to the upstream.
    request_headers: Option<HeaderEditsInput>,
    /// Changes to the fields that go to the client.
    response_headers: Option<HeaderEditsInput>,
    /// How much it matters that its requests are served; none means `NORMAL`, or what the consumer's usage plan says.
    priority: Option<PriorityClass>,
    /// Whether clients prove by a certificate who they are; none for what the settings of the TLS listener say.
    client_certificate: Option<ClientCertificateRuleInput>,
    #[graphql(flatten)]
    options: Options,
}

/// Changes to a route; fields that are left out stay as they are.
#[derive(Debug, InputObject)]
pub(crate) struct UpdateRouteInput {
    /// Name of the route.
    name: String,
    /// Host names without port, or `*.` and a name for all names below it; an empty list or null means every host.
    hosts: MaybeUndefined<Vec<String>>,
    /// The whole path, with parameters. What is given takes the place of the path that the route had, however it was given.
    path: MaybeUndefined<String>,
    /// Whole path segments that the path begins with; null means `/`.
    path_prefix: MaybeUndefined<String>,
    /// A regular expression for the whole path.
    path_regex: MaybeUndefined<String>,
    /// Methods that it takes; an empty list or null means every method.
    methods: MaybeUndefined<Vec<String>>,
    /// Header fields that a request must have.
    headers: MaybeUndefined<Vec<ValueMatchInput>>,
    /// Parameters that its query must have, compared as they are written.
    query: MaybeUndefined<Vec<ValueMatchInput>>,
    /// Name of the upstream that its requests go to. One of this, `split`, `redirect` and `respond` that is given takes the
    /// place of the one that the route had.
    upstream: MaybeUndefined<String>,
    /// Several upstreams, each with its part of the requests.
    split: MaybeUndefined<Vec<UpstreamShareInput>>,
    /// An answer that sends the client elsewhere.
    redirect: MaybeUndefined<RedirectInput>,
    /// An answer that is always the same.
    respond: MaybeUndefined<DirectResponseInput>,
    /// Another path or host for the upstream; null for what the client has asked for.
    rewrite: MaybeUndefined<RewriteInput>,
    /// Changes to the fields that go to the upstream; null for none.
    request_headers: MaybeUndefined<HeaderEditsInput>,
    /// Changes to the fields that go to the client; null for none.
    response_headers: MaybeUndefined<HeaderEditsInput>,
    /// How much it matters that its requests are served; null means `NORMAL`, or what the consumer's usage plan says.
    priority: MaybeUndefined<PriorityClass>,
    /// Whether clients prove by a certificate who they are; null for what the settings of the TLS listener say.
    client_certificate: MaybeUndefined<ClientCertificateRuleInput>,
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

    fn build(&self, draft: &mut Draft) -> Option<model::Route> {
        Some(model::Route {
            name: self.name.clone(),
            hosts: self.hosts.clone(),
            path: self.path.clone(),
            path_prefix: self.path_prefix.clone(),
            path_regex: self.path_regex.clone(),
            methods: self.methods.clone(),
            headers: all(&self.headers),
            query: all(&self.query),
            upstream: self.upstream.clone(),
            split: UpstreamShareInput::all(&self.split, draft),
            redirect: self.redirect.clone().map(Into::into),
            respond: self.respond.clone().map(Into::into),
            rewrite: self.rewrite.clone().map(Into::into),
            request_headers: self.request_headers.clone().unwrap_or_default().into(),
            response_headers: self.response_headers.clone().unwrap_or_default().into(),
            priority: self.priority.map(Into::into),
            client_certificate: self.client_certificate.clone().map(Into::into),
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
        self.change_path(route);
        set_or_default(&self.methods, &mut route.methods, Vec::new);
        set_or_default(&self.headers.clone().map_value(|it| all(&it)), &mut route.headers, Vec::new);
        set_or_default(&self.query.clone().map_value(|it| all(&it)), &mut route.query, Vec::new);
        self.change_action(route, draft);
        set_option(&self.rewrite.clone().map_value(Into::into), &mut route.rewrite);
        let edits = |input: &MaybeUndefined<HeaderEditsInput>| input.clone().map_value(model::FieldEdits::from);
        set_or_default(&edits(&self.request_headers), &mut route.request_headers, Default::default);
        set_or_default(&edits(&self.response_headers), &mut route.response_headers, Default::default);
        set_option(&self.priority.map_value(Into::into), &mut route.priority);
        set_option(&self.client_certificate.clone().map_value(Into::into), &mut route.client_certificate);
    }
}

impl UpdateRouteInput {
    fn change_path(&self, route: &mut model::Route) {
        if [&self.path, &self.path_prefix, &self.path_regex].into_iter().any(MaybeUndefined::is_value) {
            (route.path, route.path_prefix, route.path_regex) = (None, None, None);
        }
        set_option(&self.path, &mut route.path);
        set_option(&self.path_prefix, &mut route.path_prefix);
        set_option(&self.path_regex, &mut route.path_regex);
    }

    fn change_action(&self, route: &mut model::Route, draft: &mut Draft) {
        let is_given = self.upstream.is_value()
            || self.split.value().is_some_and(|split| !split.is_empty())
            || self.redirect.is_value()
            || self.respond.is_value();
        if is_given {
            (route.upstream, route.redirect, route.respond) = (None, None, None);
            route.split.clear();
        }
        set_option(&self.upstream, &mut route.upstream);
        let split = match &self.split {
            MaybeUndefined::Value(split) => MaybeUndefined::Value(UpstreamShareInput::all(split, draft)),
            MaybeUndefined::Null => MaybeUndefined::Null,
            MaybeUndefined::Undefined => MaybeUndefined::Undefined,
        };
        set_or_default(&split, &mut route.split, Vec::new);
        set_option(&self.redirect.clone().map_value(Into::into), &mut route.redirect);
        set_option(&self.respond.clone().map_value(Into::into), &mut route.respond);
    }
}

fn all(wanted: &[ValueMatchInput]) -> Vec<model::ValueMatch> {
    wanted.iter().cloned().map(Into::into).collect()
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

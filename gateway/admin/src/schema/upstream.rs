//! Upstreams.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, SimpleObject};
use gateway_model as model;

use super::{
    Scope,
    admission::{Admission, AdmissionInput, AdmissionStatus, patched},
    change::{Create, Options, Update},
    connection::{Connection, Paging, cost},
    item::Entry,
    patch::Draft,
    resource,
    route::Route,
};
use crate::error::Failure;

pub(crate) type Upstream = Entry<model::Upstream>;

/// A service behind the gateway.
#[Object(name = "Upstream")]
impl Entry<model::Upstream> {
    /// Global id.
    pub(crate) async fn id(&self) -> ID {
        self.node_id()
    }

    /// Unique among upstreams.
    async fn name(&self) -> &str {
        &self.item.name
    }

    /// Its servers; requests take them in turn.
    async fn targets(&self) -> Vec<Target> {
        self.item.targets.iter().map(Target::from).collect()
    }

    /// How long the gateway waits for it.
    async fn timeouts(&self) -> Timeouts {
        self.item.timeouts.into()
    }

    /// How many requests it has at one time, and who waits; null for as many as come.
    async fn admission(&self) -> Option<Admission> {
        self.item.admission.as_ref().map(Admission::from)
    }

    /// How its admission stands on the node that answers; null where requests are admitted without limit.
    async fn admission_status(&self, context: &Context<'_>) -> Option<AdmissionStatus> {
        AdmissionStatus::of(&Scope::of(context).metrics, &self.item.name)
    }

    /// The routes that lead to it.
    #[graphql(complexity = "cost(first, last) * child_complexity + 1")]
    async fn routes(
        &self,
        #[graphql(desc = "At most so many, from the beginning or after `after`: 20 if not given, 100 at most.")]
        first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many, from the end or before `before`.")] last: Option<i32>,
        #[graphql(desc = "Only what precedes this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<Route>>, Failure> {
        let paging = Paging { first, after, last, before };
        Connection::of(self.view.routes_of_upstream(&self.item.name), &self.view, paging).map(Some)
    }
}

/// One server of an upstream.
#[derive(SimpleObject)]
pub(crate) struct Target {
    /// `host:port`.
    address: String,
}

/// How long the gateway waits for an upstream, in milliseconds.
#[derive(SimpleObject)]
pub(crate) struct Timeouts {
    /// For a connection to be made.
    connect_ms: u32,
    /// From the request being sent to the head of the response.
    response_ms: u32,
    /// Between two pieces of a body, in either direction.
    idle_ms: u32,
}

/// One server of an upstream.
#[derive(Clone, Debug, InputObject)]
pub(crate) struct TargetInput {
    /// `host:port`, where the host is a name or an IP address: `127.0.0.1:8000`, `[::1]:8000`.
    address: String,
}

/// How long the gateway waits for an upstream, in milliseconds; fields that are left out stay as they are, which for a new upstream is the default.
#[derive(Clone, Debug, Default, InputObject)]
pub(crate) struct TimeoutsInput {
    /// For a connection to be made; null means 2000.
    connect_ms: MaybeUndefined<i32>,
    /// From the request being sent to the head of the response; null means 30000.
    response_ms: MaybeUndefined<i32>,
    /// Between two pieces of a body, in either direction; null means 60000.
    idle_ms: MaybeUndefined<i32>,
}

/// A new upstream.
#[derive(Debug, InputObject)]
pub(crate) struct CreateUpstreamInput {
    /// Unique among upstreams: up to 63 of a-z, 0-9, `-`, `_` and `.`.
    name: String,
    /// Its servers, at least one.
    targets: Vec<TargetInput>,
    /// How long the gateway waits for it.
    timeouts: Option<TimeoutsInput>,
    /// How many requests it has at one time, and who waits: `{}` for the defaults; none for as many as come.
    admission: Option<AdmissionInput>,
    #[graphql(flatten)]
    options: Options,
}

/// Changes to an upstream; fields that are left out stay as they are.
#[derive(Debug, InputObject)]
pub(crate) struct UpdateUpstreamInput {
    /// Name of the upstream.
    name: String,
    /// All its servers, at least one.
    targets: MaybeUndefined<Vec<TargetInput>>,
    /// How long the gateway waits for it; null means the defaults.
    timeouts: MaybeUndefined<TimeoutsInput>,
    /// How many requests it has at one time, and who waits: `{}` for the defaults where it has none; null takes it away.
    admission: MaybeUndefined<AdmissionInput>,
    #[graphql(flatten)]
    options: Options,
}

impl Create for CreateUpstreamInput {
    type Item = model::Upstream;

    fn options(&self) -> &Options {
        &self.options
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn build(&self, draft: &mut Draft) -> Option<model::Upstream> {
        let mut timeouts = model::Timeouts::default();
        if let Some(input) = &self.timeouts {
            draft.within("timeouts", |draft| input.apply(&mut timeouts, draft));
        }
        let admission = self.admission.as_ref().and_then(|input| patched(input, None, draft));
        Some(model::Upstream { name: self.name.clone(), targets: targets(&self.targets), timeouts, admission })
    }
}

impl Update for UpdateUpstreamInput {
    type Item = model::Upstream;

    fn options(&self) -> &Options {
        &self.options
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn apply(&self, upstream: &mut model::Upstream, draft: &mut Draft) {
        let new = self.targets.clone().map_value(|new| targets(&new));
        draft.set("targets", &new, &mut upstream.targets);
        match &self.timeouts {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => upstream.timeouts = model::Timeouts::default(),
            MaybeUndefined::Value(input) => {
                draft.within("timeouts", |draft| input.apply(&mut upstream.timeouts, draft));
            }
        }
        match &self.admission {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => upstream.admission = None,
            MaybeUndefined::Value(input) => upstream.admission = patched(input, upstream.admission.take(), draft),
        }
    }
}

impl TimeoutsInput {
    fn apply(&self, timeouts: &mut model::Timeouts, draft: &mut Draft) {
        let usual = model::Timeouts::default();
        for (field, patch, target, default) in [
            ("connectMs", &self.connect_ms, &mut timeouts.connect_ms, usual.connect_ms),
            ("responseMs", &self.response_ms, &mut timeouts.response_ms, usual.response_ms),
            ("idleMs", &self.idle_ms, &mut timeouts.idle_ms, usual.idle_ms),
        ] {
            match patch {
                MaybeUndefined::Undefined => {}
                MaybeUndefined::Null => *target = default,
                MaybeUndefined::Value(value) => *target = draft.count(field, *value),
            }
        }
    }
}

fn targets(inputs: &[TargetInput]) -> Vec<model::Target> {
    inputs.iter().map(|input| model::Target { address: input.address.clone() }).collect()
}

impl From<&model::Target> for Target {
    fn from(target: &model::Target) -> Self {
        Self { address: target.address.clone() }
    }
}

impl From<model::Timeouts> for Timeouts {
    fn from(timeouts: model::Timeouts) -> Self {
        let model::Timeouts { connect_ms, response_ms, idle_ms } = timeouts;
        Self { connect_ms, response_ms, idle_ms }
    }
}

resource::queries! {
    UpstreamQueries of Upstream;
    /// The upstream of that name, or null.
    upstream;
    /// All upstreams by name.
    upstreams;
}

resource::mutations! {
    UpstreamMutations of upstream: Upstream;
    /// Creates an upstream.
    create_upstream(CreateUpstreamInput) -> CreateUpstreamPayload;
    /// Changes the fields of an upstream that the input names.
    update_upstream(UpdateUpstreamInput) -> UpdateUpstreamPayload;
    /// Deletes an upstream. Refused while routes lead to it.
    delete_upstream(DeleteUpstreamInput) -> DeleteUpstreamPayload;
}

//! Upstreams.

mod balancing;
mod circuit_breaker;
mod health;
mod retries;
mod status;
mod transport;

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, SimpleObject};
use gateway_model as model;

use self::{
    balancing::{Balancing, BalancingInput},
    circuit_breaker::{CircuitBreaker, CircuitBreakerInput},
    health::{UpstreamHealth, UpstreamHealthInput},
    retries::{Retries, RetriesInput},
    status::TargetStatus,
    transport::{UpstreamProtocol, UpstreamTls, UpstreamTlsInput},
};
use super::{
    Scope,
    admission::{Admission, AdmissionInput, AdmissionStatus, patched},
    change::{Create, Options, Update},
    connection::{Connection, Paging, cost},
    item::Entry,
    patch::{Draft, set_option, set_or_default},
    resource,
    route::Route,
    scalar::DateTime,
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

    /// Its servers.
    async fn targets(&self, context: &Context<'_>) -> Vec<Target> {
        let known = Scope::of(context).metrics.targets(&self.item.name);
        self.item.targets.iter().map(|target| Target::new(target, &known)).collect()
    }

    /// The version of HTTP that its targets are spoken to in.
    async fn protocol(&self) -> UpstreamProtocol {
        self.item.protocol.into()
    }

    /// TLS to its targets; null for cleartext.
    async fn tls(&self) -> Option<UpstreamTls> {
        self.item.tls.as_ref().map(UpstreamTls::from)
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

    /// How requests are shared between its targets.
    async fn balancing(&self) -> Balancing {
        Balancing::from(&self.item.balancing)
    }

    /// How it is found out which of its targets can be used.
    async fn health(&self) -> UpstreamHealth {
        UpstreamHealth::from(&self.item.health)
    }

    /// What is sent to it again; null for the defaults, which hold where there is another target to send to.
    async fn retries(&self) -> Option<Retries> {
        self.item.retries.as_ref().map(Retries::from)
    }

    /// When so many requests fail that none is sent for a while; null for never.
    async fn circuit_breaker(&self) -> Option<CircuitBreaker> {
        self.item.circuit_breaker.as_ref().map(CircuitBreaker::from)
    }

    /// While nothing is sent to it on the node that answers: when that is tried again, or was. Null while its circuit is closed.
    async fn circuit_open_until(&self, context: &Context<'_>) -> Option<DateTime> {
        Scope::of(context).metrics.circuit_open_until(&self.item.name).map(DateTime::of)
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
        Connection::of(&self.view.routes_of_upstream(&self.item.name), &self.view, paging).map(Some)
    }
}

/// One server of an upstream.
#[derive(SimpleObject)]
pub(crate) struct Target {
    /// `host:port`.
    address: String,
    /// Its part of the requests of its priority; with 0 it gets no new ones: it is drained.
    weight: u32,
    /// Targets with a higher number get requests only where those with lower ones cannot take them all.
    priority: u32,
    /// How it is on the node that answers; null where that does not serve it.
    status: Option<TargetStatus>,
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
    /// From the request being sent to the end of the response; null for as long as it goes on.
    total_ms: Option<u32>,
    /// An HTTP/2 target that has requests and says nothing for so long is asked whether it is there; 0 for never.
    ping_ms: u32,
}

/// One server of an upstream.
#[derive(Clone, Debug, InputObject)]
pub(crate) struct TargetInput {
    /// `host:port`, where the host is a name or an IP address: `127.0.0.1:8000`, `[::1]:8000`.
    address: String,
    /// Its part of the requests of its priority, 0 to 1000; with 0 it gets no new ones: it is drained. None means 1.
    weight: Option<i32>,
    /// Targets with a higher number get requests only where those with lower ones cannot take them all: 0 to 7. None means 0.
    priority: Option<i32>,
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
    /// From the request being sent to the end of the response, up to 86400000; null for as long as it goes on.
    total_ms: MaybeUndefined<i32>,
    /// An HTTP/2 target that has requests and says nothing for so long is asked whether it is there; 0 for never. Null means 30000.
    ping_ms: MaybeUndefined<i32>,
}

/// A new upstream.
#[derive(Debug, InputObject)]
pub(crate) struct CreateUpstreamInput {
    /// Unique among upstreams: up to 63 of a-z, 0-9, `-`, `_` and `.`.
    name: String,
    /// Its servers, at least one.
    targets: Vec<TargetInput>,
    /// The version of HTTP that they are spoken to in; none means `HTTP1`.
    protocol: Option<UpstreamProtocol>,
    /// TLS to them: `{}` for the defaults; none for cleartext.
    tls: Option<UpstreamTlsInput>,
    /// How long the gateway waits for it.
    timeouts: Option<TimeoutsInput>,
    /// How many requests it has at one time, and who waits: `{}` for the defaults; none for as many as come.
    admission: Option<AdmissionInput>,
    /// How requests are shared between its targets.
    balancing: Option<BalancingInput>,
    /// How it is found out which of its targets can be used.
    health: Option<UpstreamHealthInput>,
    /// What is sent to it again: `{}` for the defaults even where there is no other target; none for the defaults where there is one.
    retries: Option<RetriesInput>,
    /// When so many requests fail that none is sent for a while: `{}` for the defaults; none for never.
    circuit_breaker: Option<CircuitBreakerInput>,
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
    /// The version of HTTP that they are spoken to in; null means `HTTP1`.
    protocol: MaybeUndefined<UpstreamProtocol>,
    /// TLS to them: `{}` for the defaults where there is none; null for cleartext.
    tls: MaybeUndefined<UpstreamTlsInput>,
    /// How long the gateway waits for it; null means the defaults.
    timeouts: MaybeUndefined<TimeoutsInput>,
    /// How many requests it has at one time, and who waits: `{}` for the defaults where it has none; null takes it away.
    admission: MaybeUndefined<AdmissionInput>,
    /// How requests are shared between its targets; null means the defaults.
    balancing: MaybeUndefined<BalancingInput>,
    /// How it is found out which of its targets can be used; null means the defaults.
    health: MaybeUndefined<UpstreamHealthInput>,
    /// What is sent to it again: `{}` for the defaults even where there is no other target; null for the defaults where there is one.
    retries: MaybeUndefined<RetriesInput>,
    /// When so many requests fail that none is sent for a while: `{}` for the defaults where it has none; null for never.
    circuit_breaker: MaybeUndefined<CircuitBreakerInput>,
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
        let mut upstream = model::Upstream::new(self.name.clone(), targets(&self.targets, draft));
        upstream.protocol = self.protocol.map_or_else(Default::default, Into::into);
        let tls = self.tls.clone().map_or(MaybeUndefined::Undefined, MaybeUndefined::Value);
        transport::patched(&tls, &mut upstream.tls);
        if let Some(input) = &self.timeouts {
            draft.within("timeouts", |draft| input.apply(&mut upstream.timeouts, draft));
        }
        upstream.admission = self.admission.as_ref().and_then(|input| patched(input, None, draft));
        if let Some(input) = &self.balancing {
            draft.within("balancing", |draft| input.apply(&mut upstream.balancing, draft));
        }
        if let Some(input) = &self.health {
            draft.within("health", |draft| input.apply(&mut upstream.health, draft));
        }
        if let Some(input) = &self.retries {
            draft.within("retries", |draft| input.apply(upstream.retries.get_or_insert_default(), draft));
        }
        if let Some(input) = &self.circuit_breaker {
            let breaker = upstream.circuit_breaker.get_or_insert_default();
            draft.within("circuitBreaker", |draft| input.apply(breaker, draft));
        }
        Some(upstream)
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
        let new = self.targets.clone().map_value(|new| targets(&new, draft));
        draft.set("targets", &new, &mut upstream.targets);
        set_or_default(&self.protocol.map_value(Into::into), &mut upstream.protocol, Default::default);
        transport::patched(&self.tls, &mut upstream.tls);
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
        match &self.balancing {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => upstream.balancing = model::Balancing::default(),
            MaybeUndefined::Value(input) => {
                draft.within("balancing", |draft| input.apply(&mut upstream.balancing, draft));
            }
        }
        match &self.health {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => upstream.health = model::Health::default(),
            MaybeUndefined::Value(input) => draft.within("health", |draft| input.apply(&mut upstream.health, draft)),
        }
        match &self.retries {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => upstream.retries = None,
            MaybeUndefined::Value(input) => {
                let retries = upstream.retries.get_or_insert_default();
                draft.within("retries", |draft| input.apply(retries, draft));
            }
        }
        match &self.circuit_breaker {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => upstream.circuit_breaker = None,
            MaybeUndefined::Value(input) => {
                let breaker = upstream.circuit_breaker.get_or_insert_default();
                draft.within("circuitBreaker", |draft| input.apply(breaker, draft));
            }
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
            ("pingMs", &self.ping_ms, &mut timeouts.ping_ms, usual.ping_ms),
        ] {
            match patch {
                MaybeUndefined::Undefined => {}
                MaybeUndefined::Null => *target = default,
                MaybeUndefined::Value(value) => *target = draft.count(field, *value),
            }
        }
        let total = self.total_ms.map_value(|value| draft.count("totalMs", value));
        set_option(&total, &mut timeouts.total_ms);
    }
}

fn targets(inputs: &[TargetInput], draft: &mut Draft) -> Vec<model::Target> {
    let target = |draft: &mut Draft, input: &TargetInput| {
        let mut target = model::Target::new(input.address.clone());
        if let Some(weight) = input.weight {
            target.weight = draft.count("weight", weight);
        }
        if let Some(priority) = input.priority {
            target.priority = draft.count("priority", priority);
        }
        target
    };
    draft.within("targets", |draft| {
        let inputs = inputs.iter().enumerate();
        inputs.map(|(index, input)| draft.within(index, |draft| target(draft, input))).collect()
    })
}

/// Changes a number; null asks for what is usual.
fn number(field: &str, patch: MaybeUndefined<i32>, target: &mut u32, usual: u32, draft: &mut Draft) {
    set_or_default(&patch.map_value(|value| draft.count(field, value)), target, || usual);
}

impl Target {
    fn new(target: &model::Target, known: &[gateway_telemetry::TargetStatus]) -> Self {
        let model::Target { address, weight, priority } = target;
        let status = known.iter().find(|known| *known.address == **address).map(TargetStatus::from);
        Self { address: address.clone(), weight: *weight, priority: *priority, status }
    }
}

impl From<model::Timeouts> for Timeouts {
    fn from(timeouts: model::Timeouts) -> Self {
        let model::Timeouts { connect_ms, response_ms, idle_ms, total_ms, ping_ms } = timeouts;
        Self { connect_ms, response_ms, idle_ms, total_ms, ping_ms }
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

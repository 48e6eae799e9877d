//! Usage plans.

mod input;

use async_graphql::{Enum, ID, Object, SimpleObject};
use gateway_model as model;

pub(crate) use self::input::ThrottleInput;
use self::input::{CreateUsagePlanInput, UpdateUsagePlanInput};
use super::{
    connection::{Connection, Paging, cost},
    consumer::Consumer,
    item::Entry,
    priority::PriorityClass,
    resource,
    route::Route,
    scalar::Long,
};
use crate::error::Failure;

pub(crate) type UsagePlan = Entry<model::UsagePlan>;

/// How much a consumer may call, in the words of AWS API Gateway.
#[Object(name = "UsagePlan")]
impl Entry<model::UsagePlan> {
    /// Global id.
    pub(crate) async fn id(&self) -> ID {
        self.node_id()
    }

    /// Unique among usage plans.
    async fn name(&self) -> &str {
        &self.item.name
    }

    /// A steady rate and the burst above it; null means without limit.
    async fn throttle(&self) -> Option<Throttle> {
        self.item.throttle.map(Into::into)
    }

    /// Requests in a calendar period; null means without limit.
    async fn quota(&self) -> Option<Quota> {
        self.item.quota.as_ref().map(|quota| Quota {
            limit: quota.limit.into(),
            period: quota.period.into(),
            offset: quota.offset.into(),
            time_zone: quota.time_zone.clone(),
        })
    }

    /// The routes that it is for; without any it is for all that none of the consumer's other plans names.
    async fn routes(&self) -> Vec<Route> {
        self.item.routes.iter().filter_map(|name| self.linked(name)).collect()
    }

    /// Throttles of routes and their methods, each in the place of the plan's own there.
    async fn method_throttles(&self) -> Vec<MethodThrottle> {
        let throttles = self.item.method_throttles.iter();
        throttles
            .map(|it| MethodThrottle {
                route: self.linked(&it.route),
                method: it.method.clone(),
                throttle: it.throttle.into(),
            })
            .collect()
    }

    /// Where it counts.
    async fn counting(&self) -> Counting {
        self.item.counting.into()
    }

    /// What happens while the store that nodes share is out of reach; `LOCAL` counting needs none.
    async fn on_outage(&self) -> OnOutage {
        self.item.on_outage.into()
    }

    /// The class of its consumers' requests, and the most important one that they may have: where their route has one too,
    /// the less important of both counts. Null sets none.
    async fn priority(&self) -> Option<PriorityClass> {
        self.item.priority.map(Into::into)
    }

    /// The consumers on this plan.
    #[graphql(complexity = "cost(first, last) * child_complexity + 1")]
    async fn consumers(
        &self,
        #[graphql(desc = "At most so many, from the beginning or after `after`: 20 if not given, 100 at most.")]
        first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many, from the end or before `before`.")] last: Option<i32>,
        #[graphql(desc = "Only what precedes this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<Consumer>>, Failure> {
        let paging = Paging { first, after, last, before };
        Connection::of(&self.view.consumers_of_plan(&self.item.name), &self.view, paging).map(Some)
    }
}

/// A steady rate and the burst above it: a bucket of `burstLimit` requests that fills with `rateLimit` a second.
#[derive(SimpleObject)]
pub(crate) struct Throttle {
    /// Requests a second, steady state.
    rate_limit: f64,
    /// Requests that a rested consumer may send at one instant.
    burst_limit: u32,
}

/// Requests in a calendar period.
#[derive(SimpleObject)]
pub(crate) struct Quota {
    /// Requests in the period.
    limit: Long,
    /// The period.
    period: QuotaPeriod,
    /// Requests by which the limit is less in the first period in which a consumer calls.
    offset: Long,
    /// The time zone whose midnight ends a period, by its IANA name.
    time_zone: String,
}

/// The throttle of one method of a route.
#[derive(SimpleObject)]
pub(crate) struct MethodThrottle {
    /// The route.
    route: Option<Route>,
    /// Such as `POST`; null for all methods that have no throttle of their own.
    method: Option<String>,
    /// The throttle.
    throttle: Throttle,
}

/// Where a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "model::Counting")]
pub(crate) enum Counting {
    /// On each node by itself: N nodes admit up to N times the limit.
    Local,
    /// In the store that nodes share, one round trip for each request: never over the limit.
    Exact,
    /// In slices that nodes take from that store: over the limit by the slices that are out, at most.
    Leased,
}

/// What happens while the store that nodes share is out of reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "model::OnOutage")]
pub(crate) enum OnOutage {
    /// Requests are refused with 503.
    Deny,
    /// Requests pass.
    Allow,
    /// Each node counts by itself, its share of the limit.
    LocalShare,
}

/// A calendar period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum QuotaPeriod {
    /// From midnight to midnight.
    Day,
    /// From Monday to Sunday.
    Week,
    /// From the first of a month to its last day.
    Month,
}

impl From<model::Throttle> for Throttle {
    fn from(throttle: model::Throttle) -> Self {
        Self { rate_limit: throttle.rate_limit, burst_limit: throttle.burst_limit }
    }
}

impl From<model::Period> for QuotaPeriod {
    fn from(period: model::Period) -> Self {
        match period {
            model::Period::Day => Self::Day,
            model::Period::Week => Self::Week,
            model::Period::Month => Self::Month,
        }
    }
}

impl From<QuotaPeriod> for model::Period {
    fn from(period: QuotaPeriod) -> Self {
        match period {
            QuotaPeriod::Day => Self::Day,
            QuotaPeriod::Week => Self::Week,
            QuotaPeriod::Month => Self::Month,
        }
    }
}

resource::queries! {
    UsagePlanQueries of UsagePlan;
    /// The usage plan of that name, or null.
    usage_plan;
    /// All usage plans by name.
    usage_plans;
}

resource::mutations! {
    UsagePlanMutations of usage_plan: UsagePlan;
    /// Creates a usage plan.
    create_usage_plan(CreateUsagePlanInput) -> CreateUsagePlanPayload;
    /// Changes the fields of a usage plan that the input names.
    update_usage_plan(UpdateUsagePlanInput) -> UpdateUsagePlanPayload;
    /// Deletes a usage plan. Refused while consumers are on it.
    delete_usage_plan(DeleteUsagePlanInput) -> DeleteUsagePlanPayload;
}

//! Usage plans.

use async_graphql::{Enum, ID, InputObject, MaybeUndefined, Object, SimpleObject};
use gateway_model as model;

use super::{
    change::{Create, Options, Update},
    connection::{Connection, Paging, cost},
    consumer::Consumer,
    item::Entry,
    patch::Draft,
    resource,
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
        self.item.throttle.map(|it| Throttle { rate_limit: it.rate_limit, burst_limit: it.burst_limit })
    }

    /// Requests in a calendar period; null means without limit.
    async fn quota(&self) -> Option<Quota> {
        self.item.quota.map(|quota| Quota { limit: quota.limit.into(), period: quota.period.into() })
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
        Connection::of(self.view.consumers_of_plan(&self.item.name), &self.view, paging).map(Some)
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
}

/// A calendar period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum QuotaPeriod {
    /// From midnight to midnight, UTC.
    Day,
    /// From Monday to Sunday, UTC.
    Week,
    /// From the first of a month to its last day, UTC.
    Month,
}

/// A steady rate and the burst above it.
#[derive(Clone, Debug, InputObject)]
pub(crate) struct ThrottleInput {
    /// Requests a second, steady state; above 0.
    rate_limit: f64,
    /// Requests that a rested consumer may send at one instant; at least 1.
    burst_limit: i32,
}

/// Changes to a throttle; fields that are left out stay as they are. A plan that has no throttle needs both.
#[derive(Clone, Debug, InputObject)]
pub(crate) struct ThrottlePatch {
    /// Requests a second, steady state; above 0.
    rate_limit: MaybeUndefined<f64>,
    /// Requests that a rested consumer may send at one instant; at least 1.
    burst_limit: MaybeUndefined<i32>,
}

/// Requests in a calendar period.
#[derive(Clone, Debug, InputObject)]
pub(crate) struct QuotaInput {
    /// Requests in the period; at least 1.
    limit: Long,
    /// The period.
    period: QuotaPeriod,
}

/// Changes to a quota; fields that are left out stay as they are. A plan that has no quota needs both.
#[derive(Clone, Debug, InputObject)]
pub(crate) struct QuotaPatch {
    /// Requests in the period; at least 1.
    limit: MaybeUndefined<Long>,
    /// The period.
    period: MaybeUndefined<QuotaPeriod>,
}

/// A new usage plan.
#[derive(Debug, InputObject)]
pub(crate) struct CreateUsagePlanInput {
    /// Unique among usage plans: up to 63 of a-z, 0-9, `-`, `_` and `.`.
    name: String,
    /// A steady rate and the burst above it; none means without limit.
    throttle: Option<ThrottleInput>,
    /// Requests in a calendar period; none means without limit.
    quota: Option<QuotaInput>,
    #[graphql(flatten)]
    options: Options,
}

/// Changes to a usage plan; fields that are left out stay as they are.
#[derive(Debug, InputObject)]
pub(crate) struct UpdateUsagePlanInput {
    /// Name of the usage plan.
    name: String,
    /// Changes to the throttle; null takes it away.
    throttle: MaybeUndefined<ThrottlePatch>,
    /// Changes to the quota; null takes it away.
    quota: MaybeUndefined<QuotaPatch>,
    #[graphql(flatten)]
    options: Options,
}

impl Create for CreateUsagePlanInput {
    type Item = model::UsagePlan;

    fn options(&self) -> &Options {
        &self.options
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn build(&self, draft: &mut Draft) -> Option<model::UsagePlan> {
        let throttle = self.throttle.as_ref().map(|input| model::Throttle {
            rate_limit: input.rate_limit,
            burst_limit: draft.within("throttle", |draft| draft.count("burstLimit", input.burst_limit)),
        });
        let quota = self.quota.as_ref().map(|input| model::Quota {
            limit: draft.within("quota", |draft| draft.long("limit", input.limit)),
            period: input.period.into(),
        });
        Some(model::UsagePlan { name: self.name.clone(), throttle, quota })
    }
}

impl Update for UpdateUsagePlanInput {
    type Item = model::UsagePlan;

    fn options(&self) -> &Options {
        &self.options
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn apply(&self, plan: &mut model::UsagePlan, draft: &mut Draft) {
        match &self.throttle {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => plan.throttle = None,
            MaybeUndefined::Value(patch) => {
                plan.throttle = draft.within("throttle", |draft| patch.apply(plan.throttle, draft));
            }
        }
        match &self.quota {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => plan.quota = None,
            MaybeUndefined::Value(patch) => {
                plan.quota = draft.within("quota", |draft| patch.apply(plan.quota, draft));
            }
        }
    }
}

impl ThrottlePatch {
    fn apply(&self, throttle: Option<model::Throttle>, draft: &mut Draft) -> Option<model::Throttle> {
        let burst = self.burst_limit.map_value(|value| draft.count("burstLimit", value));
        let rate_limit = draft.merged("rateLimit", &self.rate_limit, throttle.map(|it| it.rate_limit));
        let burst_limit = draft.merged("burstLimit", &burst, throttle.map(|it| it.burst_limit));
        Some(model::Throttle { rate_limit: rate_limit?, burst_limit: burst_limit? })
    }
}

impl QuotaPatch {
    fn apply(&self, quota: Option<model::Quota>, draft: &mut Draft) -> Option<model::Quota> {
        let limit = self.limit.map_value(|value| draft.long("limit", value));
        let limit = draft.merged("limit", &limit, quota.map(|it| it.limit));
        let period = draft.merged("period", &self.period.map_value(model::Period::from), quota.map(|it| it.period));
        Some(model::Quota { limit: limit?, period: period? })
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

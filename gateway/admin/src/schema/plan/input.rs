//! What is set of a usage plan.

use async_graphql::{InputObject, MaybeUndefined};
use gateway_model as model;

use super::{
    super::{
        change::{Create, Options, Update},
        patch::{Draft, set_option, set_or_default},
        priority::PriorityClass,
        scalar::Long,
    },
    Counting, OnOutage, QuotaPeriod,
};

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
    /// Requests by which the limit is less in the first period in which a consumer calls; 0 if not given.
    offset: Option<Long>,
    /// The time zone whose midnight ends a period, by its IANA name such as `Europe/Berlin`; `UTC` if not given.
    time_zone: Option<String>,
}

/// The throttle of one method of a route.
#[derive(Clone, Debug, InputObject)]
pub(crate) struct MethodThrottleInput {
    /// Name of the route.
    route: String,
    /// Such as `POST`; none for all methods that have no throttle of their own.
    method: Option<String>,
    /// The throttle.
    throttle: ThrottleInput,
}

/// Changes to a quota; fields that are left out stay as they are. A plan that has no quota needs both.
#[derive(Clone, Debug, InputObject)]
pub(crate) struct QuotaPatch {
    /// Requests in the period; at least 1.
    limit: MaybeUndefined<Long>,
    /// The period.
    period: MaybeUndefined<QuotaPeriod>,
    /// Requests by which the limit is less in the first period in which a consumer calls; null means none.
    offset: MaybeUndefined<Long>,
    /// The time zone whose midnight ends a period, by its IANA name; null means `UTC`.
    time_zone: MaybeUndefined<String>,
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
    /// Names of the routes that it is for; without any it is for all that none of the consumer's other plans names.
    #[graphql(default)]
    routes: Vec<String>,
    /// Throttles of routes and their methods, each in the place of the plan's own there.
    #[graphql(default)]
    method_throttles: Vec<MethodThrottleInput>,
    /// Where it counts; `LOCAL` if not given.
    counting: Option<Counting>,
    /// What happens while the store that nodes share is out of reach; `LOCAL_SHARE` if not given.
    on_outage: Option<OnOutage>,
    /// The class of its consumers' requests, and the most important one that they may have; none sets none.
    priority: Option<PriorityClass>,
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
    /// Names of all the routes that it is for; null means all that none of the consumer's other plans names.
    routes: MaybeUndefined<Vec<String>>,
    /// All throttles of routes and their methods; null means none.
    method_throttles: MaybeUndefined<Vec<MethodThrottleInput>>,
    /// Where it counts; null means `LOCAL`.
    counting: MaybeUndefined<Counting>,
    /// What happens while the store that nodes share is out of reach; null means `LOCAL_SHARE`.
    on_outage: MaybeUndefined<OnOutage>,
    /// The class of its consumers' requests, and the most important one that they may have; null sets none.
    priority: MaybeUndefined<PriorityClass>,
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
        Some(model::UsagePlan {
            name: self.name.clone(),
            throttle: self.throttle.as_ref().map(|input| draft.within("throttle", |draft| input.build(draft))),
            quota: self.quota.as_ref().map(|input| draft.within("quota", |draft| input.build(draft))),
            routes: self.routes.clone(),
            method_throttles: method_throttles(&self.method_throttles, draft),
            counting: self.counting.map(Into::into).unwrap_or_default(),
            on_outage: self.on_outage.map(Into::into).unwrap_or_default(),
            priority: self.priority.map(Into::into),
        })
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
                let before = plan.quota.take();
                plan.quota = draft.within("quota", |draft| patch.apply(before, draft));
            }
        }
        set_or_default(&self.routes, &mut plan.routes, Vec::new);
        match &self.method_throttles {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => plan.method_throttles.clear(),
            MaybeUndefined::Value(inputs) => plan.method_throttles = method_throttles(inputs, draft),
        }
        set_or_default(&self.counting.map_value(Into::into), &mut plan.counting, Default::default);
        set_or_default(&self.on_outage.map_value(Into::into), &mut plan.on_outage, Default::default);
        set_option(&self.priority.map_value(Into::into), &mut plan.priority);
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
        let limit = draft.merged("limit", &limit, quota.as_ref().map(|it| it.limit));
        let period = self.period.map_value(model::Period::from);
        let period = draft.merged("period", &period, quota.as_ref().map(|it| it.period));
        let (mut offset, zone) = quota.map_or((0, None), |it| (it.offset, Some(it.time_zone)));
        let mut time_zone = zone.unwrap_or_else(utc);
        set_or_default(&self.offset.map_value(|value| draft.long("offset", value)), &mut offset, || 0);
        set_or_default(&self.time_zone, &mut time_zone, utc);
        Some(model::Quota { limit: limit?, period: period?, offset, time_zone })
    }
}

impl ThrottleInput {
    /// What is made of it, with complaints about its fields.
    pub(crate) fn build(&self, draft: &mut Draft) -> model::Throttle {
        model::Throttle { rate_limit: self.rate_limit, burst_limit: draft.count("burstLimit", self.burst_limit) }
    }
}

impl QuotaInput {
    fn build(&self, draft: &mut Draft) -> model::Quota {
        model::Quota {
            limit: draft.long("limit", self.limit),
            period: self.period.into(),
            offset: self.offset.map_or(0, |offset| draft.long("offset", offset)),
            time_zone: self.time_zone.clone().unwrap_or_else(utc),
        }
    }
}

fn method_throttles(inputs: &[MethodThrottleInput], draft: &mut Draft) -> Vec<model::MethodThrottle> {
    draft.within("methodThrottles", |draft| {
        let build = |(index, input): (usize, &MethodThrottleInput)| model::MethodThrottle {
            route: input.route.clone(),
            method: input.method.clone(),
            throttle: draft.within(index, |draft| draft.within("throttle", |draft| input.throttle.build(draft))),
        };
        inputs.iter().enumerate().map(build).collect()
    })
}

fn utc() -> String {
    "UTC".to_owned()
}

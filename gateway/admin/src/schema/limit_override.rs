//! Overrides of limits: more, or less, than a consumer's plan says, for some time.

use async_graphql::{InputObject, SimpleObject};
use gateway_model as model;

use super::{
    patch::Draft,
    plan::{Throttle, ThrottleInput},
    scalar::{DateTime, Long},
};

/// More, or less, than a consumer's plan says, for some time.
#[derive(SimpleObject)]
pub(crate) struct LimitOverride {
    /// Name of the plan in whose place this stands; null for all plans of the consumer.
    usage_plan: Option<String>,
    /// In the place of the plan's throttle; throttles of single methods stay.
    throttle: Option<Throttle>,
    /// In the place of the quota's limit.
    quota_limit: Option<Long>,
    /// When it ends by itself.
    until: DateTime,
    /// Why it was given.
    reason: String,
}

/// More, or less, than a consumer's plan says, for some time. Needs a throttle or a quota limit.
#[derive(Clone, Debug, InputObject)]
pub(crate) struct LimitOverrideInput {
    /// Name of the plan in whose place this stands; none for all plans of the consumer.
    usage_plan: Option<String>,
    /// In the place of the plan's throttle; throttles of single methods stay.
    throttle: Option<ThrottleInput>,
    /// In the place of the quota's limit; at least 1.
    quota_limit: Option<Long>,
    /// When it ends by itself.
    until: DateTime,
    /// Why it is given.
    reason: String,
}

/// What is made of a consumer's overrides, with complaints about their fields.
pub(crate) fn overrides(inputs: &[LimitOverrideInput], draft: &mut Draft) -> Vec<model::LimitOverride> {
    draft.within("overrides", |draft| {
        let build = |(index, input): (usize, &LimitOverrideInput)| draft.within(index, |draft| input.build(draft));
        inputs.iter().enumerate().map(build).collect()
    })
}

impl LimitOverrideInput {
    fn build(&self, draft: &mut Draft) -> model::LimitOverride {
        model::LimitOverride {
            usage_plan: self.usage_plan.clone(),
            throttle: self.throttle.as_ref().map(|input| draft.within("throttle", |draft| input.build(draft))),
            quota_limit: self.quota_limit.map(|limit| draft.long("quotaLimit", limit)),
            until: self.until.into(),
            reason: self.reason.clone(),
        }
    }
}

impl From<&model::LimitOverride> for LimitOverride {
    fn from(item: &model::LimitOverride) -> Self {
        Self {
            usage_plan: item.usage_plan.clone(),
            throttle: item.throttle.map(Into::into),
            quota_limit: item.quota_limit.map(Into::into),
            until: item.until.into(),
            reason: item.reason.clone(),
        }
    }
}

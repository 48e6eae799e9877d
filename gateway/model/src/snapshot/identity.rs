//! Consumers as requests see them: who they are, and how much they may call.

use std::sync::Arc;

use gateway_algorithms::{
    calendar::{Period, Zone},
    limit::Gcra,
    priority::PriorityClass,
};
use http::Method;

use crate::plan::{Counting, OnOutage};

/// A consumer as requests see it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Identity {
    pub consumer: Arc<str>,
    pub groups: Vec<Arc<str>>,
    /// One for each route at most; the one for all other routes is the last.
    pub plans: Vec<Arc<CompiledPlan>>,
    pub overrides: Vec<CompiledOverride>,
}

/// A usage plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CompiledPlan {
    pub name: Arc<str>,
    /// By which clients are told of its throttle and of its quota.
    pub throttle_name: Box<str>,
    pub quota_name: Box<str>,
    /// Without any it is for all routes that none of the consumer's other plans names.
    pub routes: Vec<Arc<str>>,
    pub throttle: Option<Gcra>,
    /// By route and method, those of all methods of a route last.
    pub method_throttles: Vec<CompiledMethodThrottle>,
    pub quota: Option<CompiledQuota>,
    pub counting: Counting,
    pub on_outage: OnOutage,
    /// The most important class that it gives to requests.
    pub priority: Option<PriorityClass>,
}

/// The throttle of one method of a route.
#[derive(Clone, Debug, PartialEq)]
pub struct CompiledMethodThrottle {
    /// Of route and method, such as `orders/POST`.
    pub name: Box<str>,
    pub route: Arc<str>,
    /// None for all methods.
    pub method: Option<Method>,
    pub throttle: Gcra,
}

/// Requests in a calendar period.
#[derive(Clone, Debug, PartialEq)]
pub struct CompiledQuota {
    pub limit: u64,
    pub period: Period,
    /// Requests by which the limit is less in the first period in which a consumer calls.
    pub offset: u64,
    /// Whose midnight ends a period.
    pub zone: Zone,
}

/// What stands in the place of a plan's limits for some time.
#[derive(Clone, Debug, PartialEq)]
pub struct CompiledOverride {
    /// Name of the plan; none for all.
    pub plan: Option<Arc<str>>,
    pub throttle: Option<Gcra>,
    pub quota_limit: Option<u64>,
    /// When it ends, in milliseconds since 1970.
    pub until_ms: u64,
}

impl Identity {
    /// The plan that says how much this consumer may call on a route.
    #[must_use]
    pub fn plan(&self, route: &str) -> Option<&Arc<CompiledPlan>> {
        self.plans.iter().find(|plan| plan.routes.is_empty() || plan.routes.iter().any(|name| **name == *route))
    }

    /// What stands in the place of that plan's limits at `now_ms` (milliseconds since 1970).
    #[must_use]
    pub fn limit_override(&self, plan: &str, now_ms: u64) -> Option<&CompiledOverride> {
        let applies = |item: &&CompiledOverride| item.plan.as_deref().is_none_or(|name| name == plan);
        self.overrides.iter().filter(applies).find(|item| now_ms < item.until_ms)
    }
}

impl CompiledPlan {
    /// The throttle of a method of a route alone, in the place of the plan's own.
    #[must_use]
    pub fn method_throttle(&self, route: &str, method: &Method) -> Option<&CompiledMethodThrottle> {
        self.method_throttles
            .iter()
            .find(|it| *it.route == *route && it.method.as_ref().is_none_or(|known| known == method))
    }
}

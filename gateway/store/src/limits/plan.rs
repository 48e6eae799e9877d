//! What a consumer may call under its usage plan.

use std::sync::Arc;

use gateway_algorithms::limit::Gcra;
use gateway_model::{CompiledPlan, Identity};
use http::Method;

use super::{Counter, Draw, Limiters, Owner};
use crate::usage::{Account, ThrottleOf};

/// A usage plan as it applies to one consumer, on one route, at one moment.
#[derive(Debug)]
pub struct Entitlement<'a> {
    plan: &'a CompiledPlan,
    consumer: &'a str,
    account: Arc<Account>,
    throttle: Option<Gcra>,
    /// The name of the route and method whose own throttle that is.
    method: Option<&'a str>,
    /// Requests in the quota's period.
    quota: u64,
}

impl Limiters {
    /// The plan of a consumer for a route; without a method only what it has for all methods. None when it has no plan.
    #[must_use]
    pub fn entitlement<'a>(
        &self,
        identity: &'a Identity,
        route: &str,
        method: Option<&Method>,
    ) -> Option<Entitlement<'a>> {
        let plan = identity.plan(route)?;
        let other = match identity.overrides.is_empty() {
            true => None,
            false => identity.limit_override(&plan.name, self.clock.unix_ms()),
        };
        let own = method.and_then(|method| plan.method_throttle(route, method));
        let throttle = match own {
            Some(own) => Some(own.throttle),
            None => other.and_then(|other| other.throttle).or(plan.throttle),
        };
        let sold = plan.quota.as_ref().map_or(0, |quota| quota.limit);
        Some(Entitlement {
            plan,
            consumer: &identity.consumer,
            account: self.usage.open(&plan.name, &identity.consumer),
            throttle,
            method: own.map(|own| &*own.name),
            quota: other.and_then(|other| other.quota_limit).unwrap_or(sold),
        })
    }
}

impl Entitlement<'_> {
    /// A draw of `cost` on its throttle, if it has one.
    #[must_use]
    pub fn throttle(&self, cost: u32) -> Option<Draw<'_>> {
        let of = self.method.map_or(ThrottleOf::Plan, ThrottleOf::Method);
        let gcra = self.throttle?;
        let counter = Counter::Throttle { owner: self.owner(), account: &self.account, of, gcra };
        Some(self.draw(&self.plan.throttle_name, counter, cost))
    }

    /// A draw of `cost` on its quota, if it has one.
    #[must_use]
    pub fn quota(&self, cost: u32) -> Option<Draw<'_>> {
        let quota = self.plan.quota.as_ref()?;
        let counter = Counter::Quota { owner: self.owner(), account: &self.account, quota, limit: self.quota };
        Some(self.draw(&self.plan.quota_name, counter, cost))
    }

    fn owner(&self) -> Owner<'_> {
        Owner { usage_plan: &self.plan.name, consumer: self.consumer }
    }

    fn draw<'d>(&self, name: &'d str, counter: Counter<'d>, cost: u32) -> Draw<'d> {
        let CompiledPlan { counting, on_outage, .. } = *self.plan;
        Draw { name, counter, cost, enforced: true, counting, on_outage }
    }
}

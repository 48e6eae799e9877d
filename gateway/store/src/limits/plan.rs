//! What a consumer may call under its usage plan.

use std::sync::Arc;

use gateway_algorithms::limit::{Algorithm, Gcra};
use gateway_model::{CompiledPlan, CompiledQuota, Identity};
use http::Method;

use super::{Counter, Draw, Key, Limiters};
use crate::usage::Account;

/// A usage plan as it applies to one consumer, on one route, at one moment.
#[derive(Debug)]
pub struct Entitlement<'a> {
    plan: &'a CompiledPlan,
    throttle: Option<(Gcra, Key)>,
    quota: Option<Sold<'a>>,
}

/// A quota and what is used of it.
#[derive(Debug)]
struct Sold<'a> {
    account: Arc<Account>,
    quota: &'a CompiledQuota,
    limit: u64,
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
            Some(own) => {
                let method = own.method.as_ref().map_or("", Method::as_str);
                Some((own.throttle, self.plan_key(plan, &[&own.route, method], &identity.consumer)))
            }
            None => {
                let gcra = other.and_then(|other| other.throttle).or(plan.throttle);
                gcra.map(|gcra| (gcra, self.plan_key(plan, &[], &identity.consumer)))
            }
        };
        let quota = plan.quota.as_ref().map(|quota| Sold {
            account: self.usage.open(&plan.name, &identity.consumer),
            quota,
            limit: other.and_then(|other| other.quota_limit).unwrap_or(quota.limit),
        });
        Some(Entitlement { plan, throttle, quota })
    }

    fn plan_key(&self, plan: &CompiledPlan, of: &[&str], consumer: &str) -> Key {
        let mut hash = self.plan_keys.clone();
        hash.absorb(&plan.name);
        of.iter().for_each(|part| hash.absorb(part));
        hash.key(consumer)
    }
}

impl Entitlement<'_> {
    /// A draw of `cost` on its throttle, if it has one.
    #[must_use]
    pub fn throttle<'a>(&'a self, limiters: &'a Limiters, cost: u32) -> Option<Draw<'a>> {
        let (gcra, key) = self.throttle?;
        let counter = Counter::Table { table: &limiters.plans, algorithm: Algorithm::Gcra(gcra), key };
        Some(Draw { name: &self.plan.throttle_name, counter, cost, enforced: true })
    }

    /// A draw of `cost` on its quota, if it has one.
    #[must_use]
    pub fn quota(&self, cost: u32) -> Option<Draw<'_>> {
        let Sold { account, quota, limit } = self.quota.as_ref()?;
        let counter = Counter::Quota { account, quota, limit: *limit };
        Some(Draw { name: &self.plan.quota_name, counter, cost, enforced: true })
    }
}

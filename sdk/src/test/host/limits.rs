//! Limits, by the gateway's own limiter.

use std::collections::HashMap;

use gateway_algorithms::limit::{Decision as Outcome, Quota};
use sluice_abi::wire::{Decision, Policy};

use super::{FakeHost, handle};

#[derive(Debug, Default)]
pub(crate) struct Limits {
    defined: Vec<(String, Quota)>,
    plans: HashMap<String, Quota>,
    /// Theoretical arrival times by limit and key.
    arrivals: HashMap<(String, String), u64>,
}

impl Limits {
    pub(super) fn forget_definitions(&mut self) {
        self.defined.clear();
    }

    pub(crate) fn set_plan(&mut self, consumer: &str, quota: Quota) {
        self.plans.insert(consumer.to_owned(), quota);
    }
}

impl FakeHost {
    pub(crate) fn define_limit(&mut self, policy: Policy) -> Result<u32, String> {
        self.may_define("limits", self.limits.defined.len())?;
        if policy.window == 0 {
            return Err("the window is 0 ms: give at least 1".to_owned());
        }
        let rate = policy.limit as f64 * 1_000.0 / policy.window as f64;
        let quota = Quota::new(rate, policy.burst).map_err(|error| error.to_string())?;
        self.limits.defined.push((policy.name, quota));
        Ok(handle(self.limits.defined.len()))
    }

    pub(crate) fn acquire(&mut self, limiter: u32, key: &str, cost: u32) -> Decision {
        let (name, quota) = self.limits.defined[limiter as usize].clone();
        self.decide((format!("limit {name}"), key.to_owned()), quota, cost)
    }

    pub(crate) fn acquire_plan(&mut self, cost: u32) -> Option<Decision> {
        self.grants.demand("usage-plan");
        let consumer = self.identity.consumer.clone()?;
        let quota = *self.limits.plans.get(&consumer)?;
        Some(self.decide(("plan".to_owned(), consumer), quota, cost))
    }

    fn decide(&mut self, key: (String, String), quota: Quota, cost: u32) -> Decision {
        let now = self.monotonic_ns();
        let arrival = self.limits.arrivals.entry(key).or_default();
        let told = Decision {
            allowed: true,
            burst: quota.burst(),
            window: ms(quota.window()),
            remaining: 0,
            more_after: 0,
            retry_after: 0,
        };
        match quota.decide(*arrival, now, cost) {
            Outcome::Admit(admitted) => {
                *arrival = admitted.arrival;
                Decision { remaining: admitted.remaining, more_after: ms(admitted.more_after), ..told }
            }
            Outcome::Refuse(refused) => {
                *arrival = refused.arrival;
                Decision {
                    allowed: false,
                    remaining: refused.remaining,
                    more_after: ms(refused.more_after),
                    retry_after: refused.retry_after.map_or(u64::MAX, ms),
                    ..told
                }
            }
        }
    }
}

/// Milliseconds, rounded up.
fn ms(ns: u64) -> u64 {
    ns.div_ceil(1_000_000)
}

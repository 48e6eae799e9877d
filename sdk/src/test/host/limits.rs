//! Limits, by the gateway's own limiter.

use std::collections::HashMap;

use gateway_algorithms::limit::{Gcra, Limit};
use sluice_abi::wire::{Decision, Policy};

use super::{FakeHost, handle};

#[derive(Debug, Default)]
pub(crate) struct Limits {
    defined: Vec<(String, Gcra)>,
    plans: HashMap<String, Gcra>,
    /// Theoretical arrival times by limit and key.
    arrivals: HashMap<(String, String), u64>,
}

impl Limits {
    pub(super) fn forget_definitions(&mut self) {
        self.defined.clear();
    }

    pub(super) fn plan(&self, consumer: &str) -> Option<Gcra> {
        self.plans.get(consumer).copied()
    }

    pub(crate) fn set_plan(&mut self, consumer: &str, throttle: Gcra) {
        self.plans.insert(consumer.to_owned(), throttle);
    }
}

impl FakeHost {
    pub(crate) fn define_limit(&mut self, policy: Policy) -> Result<u32, String> {
        self.may_define("limits", self.limits.defined.len())?;
        if policy.window == 0 {
            return Err("the window is 0 ms: give at least 1".to_owned());
        }
        let rate = policy.limit as f64 * 1_000.0 / policy.window as f64;
        let limit = Gcra::new(rate, policy.burst).map_err(|error| error.to_string())?;
        self.limits.defined.push((policy.name, limit));
        Ok(handle(self.limits.defined.len()))
    }

    pub(crate) fn acquire(&mut self, limiter: u32, key: &str, cost: u32) -> Decision {
        let (name, limit) = self.limits.defined[limiter as usize].clone();
        self.decide((format!("limit {name}"), key.to_owned()), limit, cost)
    }

    pub(crate) fn acquire_plan(&mut self, cost: u32) -> Option<Decision> {
        self.grants.demand("usage-plan");
        let consumer = self.identity.consumer.clone()?;
        let throttle = *self.limits.plans.get(&consumer)?;
        Some(self.decide(("plan".to_owned(), consumer), throttle, cost))
    }

    fn decide(&mut self, key: (String, String), limit: Gcra, cost: u32) -> Decision {
        let now = self.monotonic_ns();
        let arrival = self.limits.arrivals.entry(key).or_default();
        let decision = limit.decide(arrival, now, cost);
        Decision {
            allowed: decision.admitted,
            burst: limit.burst(),
            window: ms(limit.refill()),
            remaining: u32::try_from(decision.remaining).expect("at most the burst"),
            more_after: ms(decision.more_after),
            // A cost above the burst never passes.
            retry_after: decision.retry_after.map_or(u64::MAX, ms),
        }
    }
}

/// Milliseconds, rounded up.
fn ms(ns: u64) -> u64 {
    ns.div_ceil(1_000_000)
}

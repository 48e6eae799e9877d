//! Limits how many requests pass: by usage plan, and by policies whose keys are what requests say of themselves.
//!
//! - This plugin says which limits a request is charged to, and by which keys; the host counts, all or nothing, refuses,
//!   and tells every client what is left (draft-ietf-httpapi-ratelimit-headers-10).
//! - A part of a key that a request lacks counts by its address, unless the policy says otherwise.

mod key;
mod parts;
mod settings;
#[cfg(test)]
mod tests;

use std::cell::RefCell;

use sluice_sdk::{
    limits::{Announcement, Limit},
    prelude::*,
};

use key::Key;
pub use settings::Settings;

/// The plugin, configured.
#[derive(Debug)]
pub struct RateLimitPlugin {
    /// What a request takes of the consumer's usage plan; none where plans do not count.
    plan: Option<u32>,
    policies: Vec<Charged>,
    /// Room for the key of a request, used again by the next.
    room: RefCell<String>,
}

/// A policy, ready to be charged.
#[derive(Debug)]
struct Charged {
    limit: Limit,
    key: Key,
    cost: u32,
    /// Only for requests that no usage plan is for.
    without_plan: bool,
}

#[plugin(name = "rate-limit", order = 200)]
impl Plugin for RateLimitPlugin {
    type Config = Settings;

    fn new(settings: Settings, setup: &mut Setup) -> Result<Self> {
        settings.check()?;
        setup.announce_limits(&Announcement::from(&settings))?;
        let plan = settings.usage_plans.then_some(settings.cost);
        let mut policies = Vec::with_capacity(settings.policies.len());
        for (index, policy) in settings.policies.iter().enumerate() {
            let key = Key::new(policy, setup).map_err(|error| format!("/policies/{index}/by/{error}"))?;
            let cost = policy.cost.unwrap_or(settings.cost);
            let limit = setup.limit(&policy.limit(cost).map_err(|error| format!("/policies/{index}{error}"))?)?;
            policies.push(Charged { limit, key, cost, without_plan: policy.without_plan });
        }
        Ok(Self { plan, policies, room: RefCell::default() })
    }

    fn on_request(&self, request: &mut Request<'_>) -> Result<Flow> {
        let plan = self.plan.filter(|_| limits::has_plan());
        if let Some(cost) = plan {
            request.charge_plan(cost);
        }
        let mut room = self.room.borrow_mut();
        for policy in self.policies.iter().filter(|policy| plan.is_none() || !policy.without_plan) {
            if policy.key.write(request, &mut room)? {
                request.charge(policy.limit, &room, policy.cost);
            }
        }
        Ok(Flow::next())
    }
}

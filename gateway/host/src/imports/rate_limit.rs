//! `rate-limit`: limits by GCRA that hooks ask themselves, on this node alone.
//!
//! Their states are those of the limits that the host charges: they belong to attachment, policy name and key, or to
//! plan and consumer: not to an instance, a module or a revision, so that no change of configuration forgives what was
//! spent.

use gateway_algorithms::limit::{Decision, Gcra};
use gateway_model::{Counting, Grant, OnOutage};
use gateway_store::limits::LimitSettings;
use sluice_abi::{
    import::RATE_LIMIT,
    wire::{self, Policy},
};
use wasmtime::{Caller, Linker};

use super::{Return, at, handle, may_define, millis, parts};
use crate::{error::NotGranted, state::State};

/// The longest name of a policy, in bytes.
const NAME: usize = 63;

pub(super) fn define(linker: &mut Linker<State>) -> wasmtime::Result<()> {
    linker.func_wrap(RATE_LIMIT, "define", define_limiter)?;
    linker.func_wrap(RATE_LIMIT, "acquire", acquire)?;
    linker.func_wrap(RATE_LIMIT, "acquire-plan", acquire_plan)?;
    Ok(())
}

fn define_limiter(mut caller: Caller<'_, State>, ptr: u32, len: u32, ret: u32, cap: u32) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    let policy = state.crossing.argument::<Policy>(memory, ptr, len)?;
    let result = add(state, &policy);
    state.crossing.give(memory, Return { ptr: ret, capacity: cap }, &result)
}

fn add(state: &mut State, policy: &Policy) -> Result<u32, String> {
    may_define(state.configuring, state.defined.limiters.len(), "limiters")?;
    let owner = state.owner.as_ref().expect("only attachments are configured");
    if !(1..=NAME).contains(&policy.name.len()) {
        return Err(format!("{:?} is no name for a limit: use 1 to {NAME} bytes", policy.name));
    }
    let settings = LimitSettings {
        name: policy.name.as_str().into(),
        algorithm: limit(policy)?.into(),
        counting: Counting::Local,
        on_outage: OnOutage::default(),
        max_keys: 0,
        shadow: false,
    };
    let limit = state.core.services.limiters.define(&owner.attachment.name, settings)?;
    state.defined.limiters.push(limit);
    Ok(handle(state.defined.limiters.len() - 1))
}

fn limit(policy: &Policy) -> Result<Gcra, String> {
    if policy.window == 0 {
        return Err(format!("limit {:?} has a window of 0 ms: give at least 1", policy.name));
    }
    let rate = policy.limit as f64 * 1e3 / policy.window as f64;
    Gcra::new(rate, policy.burst).map_err(|error| format!("limit {:?}: {error}", policy.name))
}

fn acquire(
    mut caller: Caller<'_, State>,
    limiter: u32,
    ptr: u32,
    len: u32,
    cost: u32,
    ret: u32,
    cap: u32,
) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    let key = state.crossing.text(memory, ptr, len)?;
    let limiter = at(&state.defined.limiters, limiter, "limiter")?;
    let draw = limiter.draw(limiter.key(key), cost);
    let decision = told(draw.limit(), draw.window(), state.core.services.limiters.take(&draw));
    state.crossing.give_record(memory, Return { ptr: ret, capacity: cap }, Some(&decision))
}

fn acquire_plan(mut caller: Caller<'_, State>, cost: u32, ret: u32, cap: u32) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    if !state.owner.as_ref().is_some_and(|owner| owner.usage_plan) {
        return Err(NotGranted(Grant::UsagePlan).into());
    }
    let limiters = &state.core.services.limiters;
    let decision = state.call.consumer.as_ref().and_then(|identity| {
        let entitlement = limiters.entitlement(identity, &state.call.about.route, None)?;
        let draw = entitlement.throttle(cost)?;
        Some(told(draw.limit(), draw.window(), limiters.take(&draw)))
    });
    state.crossing.give_record(memory, Return { ptr: ret, capacity: cap }, decision.as_ref())
}

fn told(burst: u64, window: Option<u64>, decision: Decision) -> wire::Decision {
    wire::Decision {
        allowed: decision.admitted,
        burst: u32::try_from(burst).unwrap_or(u32::MAX),
        window: millis(window.unwrap_or(0)),
        remaining: u32::try_from(decision.remaining).unwrap_or(u32::MAX),
        more_after: millis(decision.more_after),
        // A cost above the burst never passes.
        retry_after: decision.retry_after.map_or(u64::MAX, millis),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(limit: u64, window: u64, burst: u32) -> Policy {
        Policy { name: "by-key".into(), limit, window, burst }
    }

    #[test]
    fn a_policy_is_a_rate_and_a_burst() {
        let limit = limit(&policy(120, 60_000, 20)).expect("sound");
        assert_eq!((limit.burst(), millis(limit.refill())), (20, 10_000));
    }

    #[test]
    fn a_policy_that_admits_nothing_is_refused_by_name() {
        for (limit, window, burst) in [(0, 1_000, 1), (1, 0, 1), (1, 1_000, 0), (u64::MAX, 1, 1)] {
            let error = super::limit(&policy(limit, window, burst)).expect_err("no limit");
            assert!(error.contains("by-key"), "{error}");
        }
    }

    #[test]
    fn times_are_rounded_up() {
        assert_eq!([0, 1, 999_999, 1_000_000, 1_000_001].map(millis), [0, 1, 1, 1, 2]);
    }
}

//! `limits`: limits that the host charges once a hook has ended.
//!
//! They belong to the generation: each of its instances defines the same ones in the same order, and only the first one
//! that does so makes anything.

use std::sync::OnceLock;

use gateway_algorithms::limit::{
    Algorithm, Concurrency, CountError, FixedWindow, Gcra, LeakyBucket, RateError, SlidingLog, SlidingWindow,
};
use gateway_model::{Counting, Grant, OnOutage};
use gateway_store::limits::{Limit, LimitSettings};
use sluice_abi::{
    import::LIMITS,
    wire::{self, Announcement, LegacyFields, LimitAlgorithm, LimitPolicy},
};
use wasmtime::{Caller, Linker};

use super::{DEFINITIONS, Return, may_define, parts};
use crate::{error::NotGranted, generation::Generation, memory::slice, state::State};

/// Nanoseconds in a millisecond.
const MILLI: u64 = 1_000_000;

/// The longest name of a limit, and the longest type of a problem, in bytes.
const NAME: usize = 63;
const KIND: usize = 255;

/// What the instances of a generation have defined.
#[derive(Default)]
pub(crate) struct DefinedLimits {
    limits: [OnceLock<Defined>; DEFINITIONS],
    announcement: OnceLock<Announcement>,
}

/// A limit, and the bytes that defined it.
struct Defined {
    encoded: Box<[u8]>,
    limit: Limit,
}

pub(super) fn define(linker: &mut Linker<State>) -> wasmtime::Result<()> {
    linker.func_wrap(LIMITS, "define", define_limit)?;
    linker.func_wrap(LIMITS, "announce", announce)?;
    linker.func_wrap(LIMITS, "has-plan", has_plan)?;
    Ok(())
}

fn define_limit(mut caller: Caller<'_, State>, ptr: u32, len: u32, ret: u32, cap: u32) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    let policy = state.crossing.argument::<LimitPolicy>(memory, ptr, len)?;
    let encoded = slice(memory, ptr, len)?;
    let result = add(state, &policy, encoded);
    state.crossing.give(memory, Return { ptr: ret, capacity: cap }, &result)
}

fn add(state: &mut State, policy: &LimitPolicy, encoded: &[u8]) -> Result<u32, String> {
    may_define(state.configuring, state.defined.limits as usize, "limits")?;
    let handle = state.defined.limits;
    let owner = state.owner.as_ref().expect("only attachments are configured");
    owner.shared.limits.define(handle, encoded, || make(owner, policy))?;
    state.defined.limits += 1;
    Ok(handle)
}

fn make(owner: &Generation, policy: &LimitPolicy) -> Result<Limit, String> {
    let settings = settings(policy)?;
    let named = (0..DEFINITIONS as u32).filter_map(|handle| owner.shared.limits.get(handle));
    if named.into_iter().any(|limit| *limit.settings.name == *settings.name) {
        return Err("another limit has the same name: give it one of its own".to_owned());
    }
    owner.core.services.limiters.define(&owner.attachment.name, settings)
}

fn announce(mut caller: Caller<'_, State>, ptr: u32, len: u32, ret: u32, cap: u32) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    let announcement = state.crossing.argument::<Announcement>(memory, ptr, len)?;
    let result = tell(state, announcement);
    state.crossing.give(memory, Return { ptr: ret, capacity: cap }, &result)
}

fn tell(state: &mut State, announcement: Announcement) -> Result<(), String> {
    may_define(state.configuring, 0, "announcements")?;
    if let Some(kind) = &announcement.problem_kind
        && !is_uri_reference(kind)
    {
        return Err(format!("{kind:?} is no type of a problem: use a URI reference of at most {KIND} bytes"));
    }
    let owner = state.owner.as_ref().expect("only attachments are configured");
    match *owner.shared.limits.announcement.get_or_init(|| announcement.clone()) == announcement {
        true => Ok(()),
        false => Err("the instances of an attachment announce limits alike".to_owned()),
    }
}

/// Whether it is made of the characters of a URI reference (RFC 3986 section 2), and not too long.
fn is_uri_reference(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte);
    (1..=KIND).contains(&text.len()) && text.bytes().all(allowed)
}

fn has_plan(mut caller: Caller<'_, State>) -> wasmtime::Result<u32> {
    let (_, state) = parts(&mut caller)?;
    if !state.owner.as_ref().is_some_and(|owner| owner.usage_plan) {
        return Err(NotGranted(Grant::UsagePlan).into());
    }
    let Some(identity) = &state.call.consumer else { return Ok(0) };
    Ok(u32::from(identity.plan(&state.call.about.route).is_some()))
}

// === impl DefinedLimits ===

impl DefinedLimits {
    /// The limit of a handle.
    pub(crate) fn get(&self, handle: u32) -> Option<&Limit> {
        let defined = self.limits.get(handle as usize)?.get()?;
        Some(&defined.limit)
    }

    /// How clients are told.
    pub(crate) fn announcement(&self) -> &Announcement {
        const USUAL: &Announcement = &Announcement { fields: true, legacy: LegacyFields::None, problem_kind: None };
        self.announcement.get().unwrap_or(USUAL)
    }

    fn define(&self, handle: u32, encoded: &[u8], make: impl FnOnce() -> Result<Limit, String>) -> Result<(), String> {
        let slot = &self.limits[handle as usize];
        if slot.get().is_none() {
            // Should another thread be first after all, it defined the same.
            let _first = slot.set(Defined { encoded: encoded.into(), limit: make()? });
        }
        match slot.get() {
            Some(defined) if *defined.encoded == *encoded => Ok(()),
            _ => Err("the instances of an attachment define the same limits in the same order".to_owned()),
        }
    }
}

// === what is defined ===

fn settings(policy: &LimitPolicy) -> Result<LimitSettings, String> {
    let printable = |byte: u8| (0x20..=0x7e).contains(&byte) && !matches!(byte, b'"' | b'\\');
    if !(1..=NAME).contains(&policy.name.len()) || !policy.name.bytes().all(printable) {
        return Err(format!(
            "it is no name for a limit: use 1 to {NAME} printable ASCII characters without quotes and backslashes"
        ));
    }
    Ok(LimitSettings {
        name: policy.name.as_str().into(),
        algorithm: algorithm(policy.algorithm)?,
        counting: match policy.counting {
            wire::Counting::Local => Counting::Local,
            wire::Counting::Exact => Counting::Exact,
            wire::Counting::Leased => Counting::Leased,
        },
        on_outage: match policy.on_outage {
            wire::OnOutage::Deny => OnOutage::Deny,
            wire::OnOutage::Allow => OnOutage::Allow,
            wire::OnOutage::LocalShare => OnOutage::LocalShare,
        },
        max_keys: policy.max_keys as usize,
        shadow: policy.shadow,
    })
}

fn algorithm(algorithm: LimitAlgorithm) -> Result<Algorithm, String> {
    let told = |error: RateError| error.to_string();
    let counted = |error: CountError| error.to_string();
    Ok(match algorithm {
        LimitAlgorithm::TokenBucket { limit, window, burst } => {
            Gcra::new(rate(limit, window)?, burst).map_err(told)?.into()
        }
        LimitAlgorithm::LeakyBucket { limit, window, burst, undelayed } => {
            LeakyBucket::new(rate(limit, window)?, burst, undelayed).map_err(told)?.into()
        }
        LimitAlgorithm::FixedWindow { limit, window } => {
            FixedWindow::new(limit, nanos(window)).map_err(counted)?.into()
        }
        LimitAlgorithm::SlidingWindow { limit, window } => {
            SlidingWindow::new(limit, nanos(window)).map_err(counted)?.into()
        }
        LimitAlgorithm::SlidingLog { limit, window } => {
            SlidingLog::new(limit.into(), nanos(window)).map_err(counted)?.into()
        }
        LimitAlgorithm::Concurrency { limit } => Concurrency::new(limit).map_err(counted)?.into(),
    })
}

fn rate(limit: u64, window: u64) -> Result<f64, String> {
    match window {
        0 => Err("its window is 0 ms: give at least 1".to_owned()),
        window => Ok(limit as f64 * 1e3 / window as f64),
    }
}

fn nanos(millis: u64) -> u64 {
    millis.saturating_mul(MILLI)
}

//! `cache`: responses that `store-response` has kept, for each attachment its own.

use gateway_model::Grant;
use gateway_store::{ResponseKey, responses};
use sluice_abi::{
    bounds::{CACHE_BODY, CACHE_KEY, CACHE_TAG, CACHE_TAGS},
    import::CACHE,
    wire::CacheHit,
};
use wasmtime::{Caller, Linker};

use super::{Return, millis, parts};
use crate::{clock::monotonic_ns, error::NotGranted, state::State};

/// What the cache keeps to is what plugins are told.
const _: () = assert!(
    responses::RESPONSE_KEY == CACHE_KEY
        && responses::TAGS == CACHE_TAGS
        && responses::TAG == CACHE_TAG
        && responses::RESPONSE == CACHE_BODY
);

pub(super) fn define(linker: &mut Linker<State>) -> wasmtime::Result<()> {
    linker.func_wrap(CACHE, "lookup", lookup)?;
    linker.func_wrap(CACHE, "purge", purge)?;
    linker.func_wrap(CACHE, "purge-tag", purge_tag)?;
    Ok(())
}

/// The name of the attachment, if it grants a cache.
fn granted(state: &State) -> Result<&str, NotGranted> {
    let owner = state.owner.as_deref().filter(|owner| owner.attachment.grants.contains(&Grant::Cache));
    owner.map(|owner| &*owner.attachment.name).ok_or(NotGranted(Grant::Cache))
}

fn lookup(mut caller: Caller<'_, State>, ptr: u32, len: u32, ret: u32, cap: u32) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    let key = state.crossing.text(memory, ptr, len)?;
    let key = ResponseKey::new(granted(state)?, key);
    let now = monotonic_ns();
    let found = key.and_then(|key| state.core.services.responses.find(&key, now));
    let hit = found.map(|found| CacheHit {
        status: found.status.as_u16(),
        age: u64::try_from(found.age(now).as_millis()).unwrap_or(u64::MAX),
        ttl: millis(u64::try_from(found.ttl(now).as_nanos()).unwrap_or(u64::MAX)),
        length: found.body.len() as u64,
    });
    state.crossing.give_record(memory, Return { ptr: ret, capacity: cap }, hit.as_ref())
}

fn purge(mut caller: Caller<'_, State>, ptr: u32, len: u32) -> wasmtime::Result<u32> {
    let (memory, state) = parts(&mut caller)?;
    let key = state.crossing.text(memory, ptr, len)?;
    let key = ResponseKey::new(granted(state)?, key);
    Ok(u32::from(key.is_some_and(|key| state.core.services.responses.purge(&key, monotonic_ns()))))
}

fn purge_tag(mut caller: Caller<'_, State>, ptr: u32, len: u32) -> wasmtime::Result<u32> {
    let (memory, state) = parts(&mut caller)?;
    let tag = state.crossing.text(memory, ptr, len)?;
    Ok(state.core.services.responses.purge_tag(granted(state)?, tag, monotonic_ns()))
}

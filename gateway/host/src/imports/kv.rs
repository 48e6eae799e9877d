//! `kv`: state that the instances of a node share.

use std::time::Duration;

use bytes::Bytes;
use gateway_model::Grant;
use gateway_store::{
    Kv, KvError,
    kv::{self, Expected},
};
use serde::Serialize;
use sluice_abi::{
    bounds::{KV_BYTES, KV_ENTRIES, KV_KEY, KV_KEYS, KV_VALUE},
    import::KV,
    wire::HostError,
};
use wasmtime::{Caller, Linker};

use super::{Return, at, handle, may_define, millis, parts};
use crate::{clock::monotonic_ns, error::Misuse, state::State};

/// What the store keeps to is what plugins are told.
const _: () = assert!(
    kv::ENTRIES == KV_ENTRIES
        && kv::BYTES == KV_BYTES
        && kv::KEY == KV_KEY
        && kv::VALUE == KV_VALUE
        && kv::LISTED == KV_KEYS
);

pub(super) fn define(linker: &mut Linker<State>) -> wasmtime::Result<()> {
    linker.func_wrap(KV, "open", open)?;
    linker.func_wrap(KV, "get", get)?;
    linker.func_wrap(KV, "set", set)?;
    linker.func_wrap(KV, "compare-and-set", compare_and_set)?;
    linker.func_wrap(KV, "delete", delete)?;
    linker.func_wrap(KV, "increment", increment)?;
    linker.func_wrap(KV, "keys", keys)?;
    Ok(())
}

fn open(mut caller: Caller<'_, State>, ptr: u32, len: u32, ret: u32, cap: u32) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    let shared = state.crossing.argument::<Option<String>>(memory, ptr, len)?;
    let result = add(state, shared);
    state.crossing.give(memory, Return { ptr: ret, capacity: cap }, &result)
}

fn add(state: &mut State, shared: Option<String>) -> Result<u32, String> {
    may_define(state.configuring, state.defined.stores.len(), "stores")?;
    let owner = state.owner.as_ref().expect("only attachments are configured");
    let namespace = match shared {
        None => format!("attachment/{}", owner.attachment.name),
        Some(name) if owner.attachment.grants.contains(&Grant::Kv(name.clone())) => format!("shared/{name}"),
        Some(name) => return Err(format!("store {name:?} is not granted: add the grant kv:{name}")),
    };
    let store = owner.shared.store(&state.core.services, &namespace).map_err(|error| error.to_string())?;
    state.defined.stores.push(store);
    Ok(handle(state.defined.stores.len() - 1))
}

fn get(mut caller: Caller<'_, State>, store: u32, ptr: u32, len: u32, ret: u32, cap: u32) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    let key = state.crossing.text(memory, ptr, len)?;
    let now = monotonic_ns();
    let found = self::store(state, store)?.get(key, now);
    let entry = found.as_ref().map(|found| Entry {
        value: &found.value,
        version: found.version,
        expires_in: found.expires_at.map(|at| millis(at.saturating_sub(now))),
    });
    state.crossing.give(memory, Return { ptr: ret, capacity: cap }, &entry)
}

/// As `sluice_abi::wire::Entry`, without a copy of the value.
#[derive(Serialize)]
struct Entry<'v> {
    #[serde(with = "serde_bytes")]
    value: &'v [u8],
    version: u64,
    expires_in: Option<u64>,
}

#[allow(clippy::too_many_arguments, reason = "the arguments are the table's")]
fn set(
    mut caller: Caller<'_, State>,
    store: u32,
    ptr: u32,
    len: u32,
    value_ptr: u32,
    value_len: u32,
    ttl_ptr: u32,
    ttl_len: u32,
    ret: u32,
    cap: u32,
) -> wasmtime::Result<i32> {
    let to = Return { ptr: ret, capacity: cap };
    write(&mut caller, store, (ptr, len), Expected::Anything, (value_ptr, value_len), (ttl_ptr, ttl_len), to)
}

#[allow(clippy::too_many_arguments, reason = "the arguments are the table's")]
fn compare_and_set(
    mut caller: Caller<'_, State>,
    store: u32,
    ptr: u32,
    len: u32,
    expected: u64,
    value_ptr: u32,
    value_len: u32,
    ttl_ptr: u32,
    ttl_len: u32,
    ret: u32,
    cap: u32,
) -> wasmtime::Result<i32> {
    let to = Return { ptr: ret, capacity: cap };
    let expected = match expected {
        0 => Expected::Nothing,
        version => Expected::Version(version),
    };
    write(&mut caller, store, (ptr, len), expected, (value_ptr, value_len), (ttl_ptr, ttl_len), to)
}

fn write(
    caller: &mut Caller<'_, State>,
    store: u32,
    key: (u32, u32),
    expected: Expected,
    value: (u32, u32),
    ttl: (u32, u32),
    to: Return,
) -> wasmtime::Result<i32> {
    let (memory, state) = parts(caller)?;
    let key = state.crossing.text(memory, key.0, key.1)?;
    let value = state.crossing.slice(memory, value.0, value.1)?;
    let ttl = time_to_live(state, memory, ttl)?;
    let store = self::store(state, store)?;
    let result = match value.len() {
        // Not copied before it was measured.
        ..=KV_VALUE => store.set(key, expected, Bytes::copy_from_slice(value), ttl, monotonic_ns()),
        len => Err(KvError::Limit(format!("the value has {len} bytes: use at most {KV_VALUE}"))),
    };
    state.crossing.give(memory, to, &result.map_err(host_error))
}

fn delete(mut caller: Caller<'_, State>, store: u32, ptr: u32, len: u32) -> wasmtime::Result<u32> {
    let (memory, state) = parts(&mut caller)?;
    let key = state.crossing.text(memory, ptr, len)?;
    Ok(u32::from(self::store(state, store)?.delete(key, monotonic_ns())))
}

#[allow(clippy::too_many_arguments, reason = "the arguments are the table's")]
fn increment(
    mut caller: Caller<'_, State>,
    store: u32,
    ptr: u32,
    len: u32,
    delta: i64,
    ttl_ptr: u32,
    ttl_len: u32,
    ret: u32,
    cap: u32,
) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    let key = state.crossing.text(memory, ptr, len)?;
    let ttl = time_to_live(state, memory, (ttl_ptr, ttl_len))?;
    let result = self::store(state, store)?.increment(key, delta, ttl, monotonic_ns());
    state.crossing.give(memory, Return { ptr: ret, capacity: cap }, &result.map_err(host_error))
}

fn keys(
    mut caller: Caller<'_, State>,
    store: u32,
    ptr: u32,
    len: u32,
    limit: u32,
    ret: u32,
    cap: u32,
) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    let prefix = state.crossing.text(memory, ptr, len)?;
    let keys = self::store(state, store)?.keys(prefix, limit as usize, monotonic_ns());
    let keys: Vec<&str> = keys.iter().map(|key| &**key).collect();
    state.crossing.give(memory, Return { ptr: ret, capacity: cap }, &keys)
}

fn store(state: &State, store: u32) -> Result<&Kv, Misuse> {
    at(&state.defined.stores, store, "store").map(|store| &**store)
}

/// Reads an `option<millis>`.
pub(super) fn time_to_live(state: &mut State, memory: &[u8], at: (u32, u32)) -> wasmtime::Result<Option<Duration>> {
    let millis = state.crossing.argument::<Option<u64>>(memory, at.0, at.1)?;
    Ok(millis.map(Duration::from_millis))
}

pub(super) fn host_error(error: KvError) -> HostError {
    match error {
        KvError::Limit(text) => HostError::Limit(text),
        KvError::Invalid(text) => HostError::Invalid(text),
        KvError::Conflict => HostError::Conflict,
        KvError::Timeout => HostError::Timeout,
        KvError::Unavailable(text) => HostError::Unavailable(text),
    }
}

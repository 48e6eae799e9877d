//! `kv-remote`: stores that nodes share. All but `open` wait, on the fiber of the guest.
//!
//! What an attachment keeps there is its own: no other attachment reaches it, of whatever plugin.

use std::sync::Arc;

use gateway_model::Grant;
use gateway_store::RemoteStore;
use serde::Serialize;
use serde_bytes::ByteBuf;
use sluice_abi::{import::KV_REMOTE, wire::HostError};
use wasmtime::{Caller, Linker};

use super::{
    Return, Waiting, at, handle,
    kv::{host_error, time_to_live},
    may_define, may_wait, offer_waiting, parts, reply,
};
use crate::{generation::Generation, state::State};

pub(super) fn define(linker: &mut Linker<State>, waiting: Waiting) -> wasmtime::Result<()> {
    linker.func_wrap(KV_REMOTE, "open", open)?;
    offer_waiting!(linker, waiting, KV_REMOTE, "get", (store: u32, ptr: u32, len: u32, ret: u32, cap: u32) =>
        |caller| get(caller, store, (ptr, len), Return { ptr: ret, capacity: cap }));
    offer_waiting!(
        linker, waiting, KV_REMOTE, "set",
        (store: u32, ptr: u32, len: u32, value: u32, value_len: u32, ttl: u32, ttl_len: u32, ret: u32, cap: u32) =>
        |caller| {
            let to = Return { ptr: ret, capacity: cap };
            set(caller, store, (ptr, len), (value, value_len), (ttl, ttl_len), to)
        }
    );
    offer_waiting!(
        linker, waiting, KV_REMOTE, "compare-and-set",
        (store: u32, ptr: u32, len: u32, old: u32, old_len: u32, value: u32, value_len: u32, ttl: u32, ttl_len: u32,
         ret: u32, cap: u32) =>
        |caller| {
            let to = Return { ptr: ret, capacity: cap };
            compare_and_set(caller, store, (ptr, len), (old, old_len), (value, value_len), (ttl, ttl_len), to)
        }
    );
    offer_waiting!(linker, waiting, KV_REMOTE, "delete", (store: u32, ptr: u32, len: u32, ret: u32, cap: u32) =>
        |caller| delete(caller, store, (ptr, len), Return { ptr: ret, capacity: cap }));
    offer_waiting!(
        linker, waiting, KV_REMOTE, "increment",
        (store: u32, ptr: u32, len: u32, delta: i64, ttl: u32, ttl_len: u32, ret: u32, cap: u32) =>
        |caller| {
            let to = Return { ptr: ret, capacity: cap };
            increment(caller, store, (ptr, len), delta, (ttl, ttl_len), to)
        }
    );
    Ok(())
}

fn open(mut caller: Caller<'_, State>, ptr: u32, len: u32, ret: u32, cap: u32) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    let name = state.crossing.text(memory, ptr, len)?;
    let result = add(state, name);
    state.crossing.give(memory, Return { ptr: ret, capacity: cap }, &result)
}

fn add(state: &mut State, name: &str) -> Result<u32, String> {
    may_define(state.configuring, state.defined.remote_stores.len(), "remote stores")?;
    let owner = state.owner.as_ref().expect("only attachments are configured");
    if !owner.attachment.grants.contains(&Grant::Store(name.to_owned())) {
        return Err(format!("store {name:?} is not granted: add the grant store:{name}"));
    }
    let store = state.core.services.remote.get(name);
    let store = store.ok_or_else(|| format!("there is no store {name:?}: put [stores.{name}] into the settings"))?;
    state.defined.remote_stores.push(store.clone());
    Ok(handle(state.defined.remote_stores.len() - 1))
}

/// What a call of a store takes.
struct Errand {
    store: RemoteStore,
    owner: Arc<Generation>,
    key: String,
}

impl Errand {
    fn new(state: &mut State, memory: &[u8], store: u32, key: (u32, u32)) -> wasmtime::Result<Self> {
        let store = at(&state.defined.remote_stores, store, "remote store")?.clone();
        let owner = state.owner.clone().expect("only an attachment opens stores");
        let key = state.crossing.text(memory, key.0, key.1)?.to_owned();
        Ok(Self { store, owner, key })
    }

    fn namespace(&self) -> &str {
        &self.owner.attachment.name
    }
}

async fn get(mut caller: Caller<'_, State>, store: u32, key: (u32, u32), to: Return) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    let errand = Errand::new(state, memory, store, key)?;
    let result = match may_wait(state) {
        Ok(()) => errand.store.get(errand.namespace(), &errand.key).await.map_err(host_error),
        Err(error) => Err(error),
    };
    answer(caller, to, result.map(|value| value.map(ByteBuf::from)))
}

async fn set(
    mut caller: Caller<'_, State>,
    store: u32,
    key: (u32, u32),
    value: (u32, u32),
    ttl: (u32, u32),
    to: Return,
) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    let errand = Errand::new(state, memory, store, key)?;
    let value = state.crossing.slice(memory, value.0, value.1)?.to_vec();
    let ttl = time_to_live(state, memory, ttl)?;
    let result = match may_wait(state) {
        Ok(()) => errand.store.set(errand.namespace(), &errand.key, &value, ttl).await.map_err(host_error),
        Err(error) => Err(error),
    };
    answer(caller, to, result)
}

async fn compare_and_set(
    mut caller: Caller<'_, State>,
    store: u32,
    key: (u32, u32),
    expected: (u32, u32),
    value: (u32, u32),
    ttl: (u32, u32),
    to: Return,
) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    let errand = Errand::new(state, memory, store, key)?;
    let expected = state.crossing.argument::<Option<ByteBuf>>(memory, expected.0, expected.1)?;
    let value = state.crossing.slice(memory, value.0, value.1)?.to_vec();
    let ttl = time_to_live(state, memory, ttl)?;
    let result = match may_wait(state) {
        Ok(()) => {
            let expected = expected.as_deref().map(|bytes| &**bytes);
            let set = errand.store.compare_and_set(errand.namespace(), &errand.key, expected, &value, ttl);
            set.await.map_err(host_error)
        }
        Err(error) => Err(error),
    };
    answer(caller, to, result)
}

async fn delete(mut caller: Caller<'_, State>, store: u32, key: (u32, u32), to: Return) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    let errand = Errand::new(state, memory, store, key)?;
    let result = match may_wait(state) {
        Ok(()) => errand.store.delete(errand.namespace(), &errand.key).await.map_err(host_error),
        Err(error) => Err(error),
    };
    answer(caller, to, result)
}

async fn increment(
    mut caller: Caller<'_, State>,
    store: u32,
    key: (u32, u32),
    delta: i64,
    ttl: (u32, u32),
    to: Return,
) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    let errand = Errand::new(state, memory, store, key)?;
    let ttl = time_to_live(state, memory, ttl)?;
    let result = match may_wait(state) {
        Ok(()) => errand.store.increment(errand.namespace(), &errand.key, delta, ttl).await.map_err(host_error),
        Err(error) => Err(error),
    };
    answer(caller, to, result)
}

fn answer<T: Serialize>(
    mut caller: Caller<'_, State>,
    to: Return,
    result: Result<T, HostError>,
) -> wasmtime::Result<i32> {
    reply(&mut caller, to, &result)
}

//! `body`: the whole body of the hook that runs. It stays in the host's memory until it is read.
//!
//! In hooks that are about no whole body it is empty and cannot be replaced.

use aws_lc_rs::digest;
use bytes::Bytes;
use memchr::memmem;
use sluice_abi::import::BODY;
use wasmtime::{Caller, Linker};

use super::{Return, parts};
use crate::{error::Misuse, state::State};

pub(super) fn define(linker: &mut Linker<State>) -> wasmtime::Result<()> {
    linker.func_wrap(BODY, "len", len)?;
    linker.func_wrap(BODY, "read", read)?;
    linker.func_wrap(BODY, "replace", replace)?;
    linker.func_wrap(BODY, "find", find)?;
    linker.func_wrap(BODY, "sha256", sha256)?;
    Ok(())
}

fn body(state: &State) -> &[u8] {
    state.call.body.as_deref().unwrap_or_default()
}

fn len(mut caller: Caller<'_, State>) -> wasmtime::Result<u64> {
    let state = caller.data_mut();
    state.crossing.call()?;
    Ok(body(state).len() as u64)
}

fn read(mut caller: Caller<'_, State>, offset: u64, max: u32, ret: u32, cap: u32) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    let body = state.call.body.as_deref().unwrap_or_default();
    let start = usize::try_from(offset).unwrap_or(usize::MAX).min(body.len());
    let end = start.saturating_add(max as usize).min(body.len());
    state.crossing.give_bytes(memory, Return { ptr: ret, capacity: cap }, &body[start..end])
}

fn replace(mut caller: Caller<'_, State>, ptr: u32, len: u32) -> wasmtime::Result<()> {
    let (memory, state) = parts(&mut caller)?;
    if state.call.body.is_none() {
        return Err(Misuse::new("there is no body to replace: `replace` is for hooks of a whole body").into());
    }
    let most = state.core.limits.buffered_body;
    if u64::from(len) > most {
        return Err(Misuse::new(format!("the new body has {len} bytes: at most {most} are taken")).into());
    }
    state.call.replacement = Some(Bytes::copy_from_slice(state.crossing.slice(memory, ptr, len)?));
    Ok(())
}

fn find(mut caller: Caller<'_, State>, ptr: u32, len: u32, ret: u32, cap: u32) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    let needle = state.crossing.slice(memory, ptr, len)?;
    // In time that grows with both lengths only, whatever they hold.
    let place = memmem::find(body(state), needle).map(|place| place as u64);
    state.crossing.give(memory, Return { ptr: ret, capacity: cap }, &place)
}

fn sha256(mut caller: Caller<'_, State>, ret: u32, cap: u32) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    let sum = digest::digest(&digest::SHA256, body(state));
    state.crossing.give_bytes(memory, Return { ptr: ret, capacity: cap }, sum.as_ref())
}

//! `metrics`: counters, exposed for each attachment.

use sluice_abi::import::METRICS;
use wasmtime::{Caller, Linker};

use super::{Return, give, handle, may_define, parts};
use crate::{error::Misuse, memory::text, state::State};

/// The longest name of a counter, in bytes.
const NAME: usize = 63;

pub(super) fn define(linker: &mut Linker<State>) -> wasmtime::Result<()> {
    linker.func_wrap(METRICS, "define-counter", define_counter)?;
    linker.func_wrap(METRICS, "add", add)?;
    Ok(())
}

fn define_counter(mut caller: Caller<'_, State>, ptr: u32, len: u32, ret: u32, cap: u32) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    let name = text(memory, ptr, len)?;
    let result = counter(state, name);
    Ok(give(memory, &mut state.overflow, Return { ptr: ret, capacity: cap }, &result)?)
}

fn counter(state: &mut State, name: &str) -> Result<u32, String> {
    let known = state.counters.iter().position(|(known, _)| **known == *name);
    if let Some(position) = known.filter(|_| state.configuring) {
        return Ok(handle(position));
    }
    may_define(state.configuring, state.counters.len(), "counters")?;
    check_name(name)?;
    let owner = state.owner.as_ref().expect("only attachments are configured");
    let counter = state.core.services.metrics.plugin_event(&owner.attachment.name, name);
    state.counters.push((name.into(), counter));
    Ok(handle(state.counters.len() - 1))
}

/// The name becomes the value of a label.
fn check_name(name: &str) -> Result<(), String> {
    let letters = name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'));
    match (1..=NAME).contains(&name.len()) && letters {
        true => Ok(()),
        false => Err(format!("{name:?} is no name for a counter: use 1 to {NAME} of a-z, 0-9 and '_'")),
    }
}

fn add(caller: Caller<'_, State>, counter: u32, delta: u64) -> wasmtime::Result<()> {
    let (_, counter) = caller
        .data()
        .counters
        .get(counter as usize)
        .ok_or_else(|| Misuse::new(format!("there is no counter {counter}")))?;
    counter.add(delta);
    Ok(())
}

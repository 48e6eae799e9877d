//! `sys`: results that did not fit, and last words.

use sluice_abi::import::SYS;
use wasmtime::{Caller, Linker};

use super::{Return, parts};
use crate::{memory::excerpt, state::State};

pub(super) fn define(linker: &mut Linker<State>) -> wasmtime::Result<()> {
    linker.func_wrap(SYS, "take", take)?;
    linker.func_wrap(SYS, "panic", panic)?;
    Ok(())
}

fn take(mut caller: Caller<'_, State>, ptr: u32, capacity: u32) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    state.crossing.take(memory, Return { ptr, capacity })
}

fn panic(mut caller: Caller<'_, State>, ptr: u32, len: u32) -> wasmtime::Result<()> {
    let (memory, state) = parts(&mut caller)?;
    state.panic = excerpt(memory, ptr, len)?;
    if state.panic.is_empty() {
        state.panic.push_str("no message");
    }
    Ok(())
}

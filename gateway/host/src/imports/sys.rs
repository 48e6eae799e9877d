//! `sys`: results that did not fit, and last words.

use sluice_abi::import::SYS;
use wasmtime::{Caller, Linker};

use super::{length, parts};
use crate::{
    error::Misuse,
    memory::{excerpt, slice_mut},
    state::State,
};

pub(super) fn define(linker: &mut Linker<State>) -> wasmtime::Result<()> {
    linker.func_wrap(SYS, "take", take)?;
    linker.func_wrap(SYS, "panic", panic)?;
    Ok(())
}

fn take(mut caller: Caller<'_, State>, ptr: u32, capacity: u32) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    let result = state.overflow.take().ok_or(Misuse::new("there is no result to take"))?;
    let buffer = slice_mut(memory, ptr, capacity)?;
    let place = buffer.get_mut(..result.len()).ok_or(Misuse::new("the buffer is smaller than the result"))?;
    place.copy_from_slice(&result);
    Ok(length(result.len()))
}

fn panic(mut caller: Caller<'_, State>, ptr: u32, len: u32) -> wasmtime::Result<()> {
    let (memory, state) = parts(&mut caller)?;
    state.panic = excerpt(memory, ptr, len)?;
    if state.panic.is_empty() {
        state.panic.push_str("no message");
    }
    Ok(())
}

//! `clock`: what time it is.

use sluice_abi::import::CLOCK;
use wasmtime::{Caller, Linker};

use crate::{
    clock::{monotonic_ns, unix_ms},
    state::State,
};

pub(super) fn define(linker: &mut Linker<State>) -> wasmtime::Result<()> {
    linker.func_wrap(CLOCK, "now-unix-ms", |caller: Caller<'_, State>| tell(caller, unix_ms))?;
    linker.func_wrap(CLOCK, "monotonic-ns", |caller: Caller<'_, State>| tell(caller, monotonic_ns))?;
    Ok(())
}

#[inline]
fn tell(mut caller: Caller<'_, State>, clock: fn() -> u64) -> wasmtime::Result<u64> {
    caller.data_mut().crossing.call()?;
    Ok(clock())
}

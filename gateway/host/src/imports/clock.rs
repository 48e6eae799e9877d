//! `clock`: what time it is.

use sluice_abi::import::CLOCK;
use wasmtime::Linker;

use crate::{
    clock::{monotonic_ns, unix_ms},
    state::State,
};

pub(super) fn define(linker: &mut Linker<State>) -> wasmtime::Result<()> {
    linker.func_wrap(CLOCK, "now-unix-ms", unix_ms)?;
    linker.func_wrap(CLOCK, "monotonic-ns", monotonic_ns)?;
    Ok(())
}

//! `load`: how busy the node is.

use sluice_abi::{import::LOAD, wire::LoadSignal};
use wasmtime::{Caller, Linker};

use super::{Return, parts};
use crate::state::State;

pub(super) fn define(linker: &mut Linker<State>) -> wasmtime::Result<()> {
    linker.func_wrap(LOAD, "sample", sample)?;
    Ok(())
}

fn sample(mut caller: Caller<'_, State>, ret: u32, cap: u32) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    let (node, local) = (&state.core.services.load, state.call.load);
    let signal = LoadSignal {
        in_flight: node.in_flight(),
        route_in_flight: local.route_in_flight,
        upstream_in_flight: local.upstream_in_flight,
        cpu_permille: node.cpu_permille(),
        memory_permille: node.memory_permille(),
        lag_us: local.lag_us,
    };
    state.crossing.give_record(memory, Return { ptr: ret, capacity: cap }, Some(&signal))
}

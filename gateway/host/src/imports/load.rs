//! `load`: how busy the node is.

use sluice_abi::{
    import::LOAD,
    wire::{LoadSignal, PressureSignal, UpstreamSignal},
};
use wasmtime::{Caller, Linker};

use super::{Return, parts};
use crate::state::State;

pub(super) fn define(linker: &mut Linker<State>) -> wasmtime::Result<()> {
    linker.func_wrap(LOAD, "sample", sample)?;
    linker.func_wrap(LOAD, "upstream", upstream)?;
    linker.func_wrap(LOAD, "pressure", pressure)?;
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

fn upstream(mut caller: Caller<'_, State>, ret: u32, cap: u32) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    let local = state.call.load.upstream;
    let signal = UpstreamSignal {
        in_flight: state.call.load.upstream_in_flight,
        limit: local.limit,
        waiting: local.waiting,
        queue_wait_us: local.queue_wait_us,
        latency_p50_us: local.latency_p50_us,
        latency_p90_us: local.latency_p90_us,
        error_permille: local.error_permille,
    };
    state.crossing.give_record(memory, Return { ptr: ret, capacity: cap }, Some(&signal))
}

fn pressure(mut caller: Caller<'_, State>, ret: u32, cap: u32) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    let pressure = state.core.services.load.pressure();
    let signal = PressureSignal {
        cpu_permille: pressure.cpu_permille,
        memory_permille: pressure.memory_permille,
        io_permille: pressure.io_permille,
    };
    state.crossing.give_record(memory, Return { ptr: ret, capacity: cap }, Some(&signal))
}

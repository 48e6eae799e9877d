//! What the host offers to guests: a file for each interface, and how arguments and results cross.
//!
//! No import calls back into the guest. Those that wait for something suspend the guest's fiber; a module that
//! imports none of them, or is configured never to wait, runs without one.

mod body;
mod cache;
mod callout;
mod clock;
mod crossing;
mod crypto;
mod current;
mod defined;
mod identity;
mod kv;
mod kv_remote;
mod limits;
mod load;
pub(crate) mod log;
mod metrics;
mod random;
pub(crate) mod rate_limit;
mod sys;

use self::defined::at;
pub(crate) use self::{
    crossing::Crossing,
    defined::{Definitions, Shared},
    limits::DefinedLimits,
};

use serde::Serialize;
use sluice_abi::wire::HostError;
use wasmtime::{Caller, Engine, Linker};

use crate::{error::Misuse, instance::at_once, state::State};

/// Handles of one kind that one `configure` may define.
pub(crate) const DEFINITIONS: usize = sluice_abi::bounds::DEFINITIONS;

const NANOS_PER_MILLI: u64 = 1_000_000;

/// How imports are offered that may have to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Waiting {
    /// They suspend the guest, which runs on a fiber.
    OnFiber,
    /// They answer that the other side is unavailable, so that the guest needs no fiber.
    Never,
}

/// Offers a function that may have to wait: a future of what it answers.
macro_rules! offer_waiting {
    ($linker:expr, $waiting:expr, $interface:expr, $name:literal, ($($param:ident: $type:ty),*) => |$caller:ident| $call:expr) => {
        match $waiting {
            Waiting::OnFiber => $linker.func_wrap_async(
                $interface,
                $name,
                |$caller: Caller<'_, State>, ($($param,)*): ($($type,)*)| Box::new($call),
            )?,
            Waiting::Never => $linker.func_wrap(
                $interface,
                $name,
                |$caller: Caller<'_, State>, $($param: $type),*| $crate::imports::without_waiting($call),
            )?,
        }
    };
}

use offer_waiting;

/// What a function answers that finds out at once that it must not wait.
fn without_waiting<T>(call: impl Future<Output = wasmtime::Result<T>>) -> wasmtime::Result<T> {
    at_once(call).unwrap_or_else(|| Err(Misuse::new("an import would have waited where it must not").into()))
}

/// All imports of `sluice_abi::import::IMPORTS`.
pub(crate) fn linker(engine: &Engine, waiting: Waiting) -> wasmtime::Result<Linker<State>> {
    let mut linker = Linker::new(engine);
    sys::define(&mut linker)?;
    current::define(&mut linker)?;
    body::define(&mut linker)?;
    log::define(&mut linker)?;
    metrics::define(&mut linker)?;
    clock::define(&mut linker)?;
    random::define(&mut linker)?;
    kv::define(&mut linker)?;
    rate_limit::define(&mut linker)?;
    limits::define(&mut linker)?;
    cache::define(&mut linker)?;
    identity::define(&mut linker, waiting)?;
    crypto::define(&mut linker)?;
    load::define(&mut linker)?;
    callout::define(&mut linker, waiting)?;
    kv_remote::define(&mut linker, waiting)?;
    Ok(linker)
}

/// A buffer of the guest for a result.
#[derive(Clone, Copy)]
struct Return {
    ptr: u32,
    capacity: u32,
}

/// Counts a call of the host, and hands out the guest's memory and the instance's state.
#[inline]
fn parts<'a>(caller: &'a mut Caller<'_, State>) -> wasmtime::Result<(&'a mut [u8], &'a mut State)> {
    let state = caller.data_mut();
    state.crossing.call()?;
    let memory = state.memory.ok_or(Misuse::new("an import was called before the module had started"))?;
    Ok(memory.data_and_store_mut(caller))
}

/// Hands a result to a guest that has waited for it.
fn reply<T: Serialize>(caller: &mut Caller<'_, State>, to: Return, value: &T) -> wasmtime::Result<i32> {
    let memory = caller.data().memory.ok_or(Misuse::new("an import was called before the module had started"))?;
    let (memory, state) = memory.data_and_store_mut(caller);
    state.crossing.give(memory, to, value)
}

/// Whether the guest runs on a fiber that may be suspended. Its turn goes to another one meanwhile.
fn may_wait(state: &mut State) -> Result<(), HostError> {
    state.call.turn = None;
    match state.call.may_suspend {
        true => Ok(()),
        false => Err(HostError::Unavailable("this hook cannot wait: call it in a request or response hook".to_owned())),
    }
}

/// Makes room for one more definition in a table of `defined`.
fn may_define(configuring: bool, defined: usize, what: &str) -> Result<(), String> {
    match (configuring, defined < DEFINITIONS) {
        (false, _) => Err(format!("{what} are defined in `configure` only")),
        (true, false) => Err(format!("a plugin may define at most {DEFINITIONS} {what}")),
        (true, true) => Ok(()),
    }
}

/// Nanoseconds in milliseconds, rounded up: so that nobody comes back too early.
fn millis(nanos: u64) -> u64 {
    nanos.div_ceil(NANOS_PER_MILLI)
}

/// The position of a new definition as the guest's handle for it.
fn handle(position: usize) -> u32 {
    u32::try_from(position).expect("there are few definitions")
}

#[cfg(test)]
mod tests {
    use sluice_abi::import::{IMPORTS, Value};
    use wasmtime::{Engine, Extern, Store, ValType};

    use super::*;
    use crate::tests::{core, state};

    #[test]
    fn the_host_offers_exactly_the_table() {
        let core = core();
        let mut store = Store::new(&core.engine, state(&core));
        for (linker, row) in
            [&core.linker, &core.direct].into_iter().flat_map(|it| IMPORTS.iter().map(move |row| (it, row)))
        {
            assert_eq!(linker.iter(&mut store).count(), IMPORTS.len());
            let found = linker.get(&mut store, row.interface, row.function);
            let Ok(Extern::Func(function)) = found else { panic!("{row:?} is not offered") };
            let ty = function.ty(&store);
            let values = |types: Vec<ValType>| -> Vec<Value> {
                types
                    .iter()
                    .map(|ty| match ty {
                        ValType::I32 => Value::I32,
                        ValType::I64 => Value::I64,
                        _ => Value::F64,
                    })
                    .collect()
            };
            assert_eq!(values(ty.params().collect()), row.params, "{row:?}");
            assert_eq!(values(ty.results().collect()), row.result.into_iter().collect::<Vec<_>>(), "{row:?}");
        }
    }

    #[test]
    fn an_engine_alone_makes_no_linker_fail() {
        for waiting in [Waiting::OnFiber, Waiting::Never] {
            linker(&Engine::default(), waiting).expect("all rows are distinct");
        }
    }
}

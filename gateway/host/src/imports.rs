//! What the host offers to guests: a file for each interface, and how arguments and results cross.
//!
//! No import calls back into the guest or waits for anything.

mod clock;
mod identity;
pub(crate) mod log;
mod metrics;
mod random;
pub(crate) mod rate_limit;
mod sys;

use serde::{Serialize, de::DeserializeOwned};
use sluice_abi::wire;
use wasmtime::{Caller, Engine, Linker};

use crate::{
    error::Misuse,
    memory::{slice, slice_mut},
    state::State,
};

/// Counters, limiters and token policies that one `configure` may define, of each kind.
pub(crate) const DEFINITIONS: usize = 32;

/// The largest argument that is decoded, in bytes.
const ARGUMENT: u32 = 256 * 1024;

/// All imports of `sluice_abi::import::IMPORTS`.
pub(crate) fn linker(engine: &Engine) -> wasmtime::Result<Linker<State>> {
    let mut linker = Linker::new(engine);
    sys::define(&mut linker)?;
    log::define(&mut linker)?;
    metrics::define(&mut linker)?;
    clock::define(&mut linker)?;
    random::define(&mut linker)?;
    rate_limit::define(&mut linker)?;
    identity::define(&mut linker)?;
    Ok(linker)
}

/// A buffer of the guest for a result.
#[derive(Clone, Copy)]
struct Return {
    ptr: u32,
    capacity: u32,
}

/// The guest's memory and the instance's state.
#[inline]
fn parts<'a>(caller: &'a mut Caller<'_, State>) -> Result<(&'a mut [u8], &'a mut State), Misuse> {
    let memory = caller.data().memory.ok_or(Misuse::new("an import was called before the module had started"))?;
    Ok(memory.data_and_store_mut(caller))
}

/// Reads an aggregate argument.
fn argument<T: DeserializeOwned>(memory: &[u8], ptr: u32, len: u32) -> Result<T, Misuse> {
    if len > ARGUMENT {
        return Err(Misuse::new(format!("the guest passed an argument of {len} bytes: at most {ARGUMENT} are read")));
    }
    wire::decode(slice(memory, ptr, len)?).map_err(|error| Misuse::new(format!("an argument is malformed: {error}")))
}

/// Writes a result into the guest's buffer and returns its length; if it does not fit, keeps it for `sys.take`
/// and returns the negated length.
#[inline]
fn give<T: Serialize>(memory: &mut [u8], overflow: &mut Option<Vec<u8>>, to: Return, value: &T) -> Result<i32, Misuse> {
    let buffer = slice_mut(memory, to.ptr, to.capacity)?;
    if let Some(written) = wire::encode_into(value, buffer) {
        return Ok(length(written.len()));
    }
    let encoded = wire::encode(value);
    let needed = length(encoded.len());
    *overflow = Some(encoded);
    Ok(-needed)
}

fn length(len: usize) -> i32 {
    i32::try_from(len).expect("results are far below 2 GiB")
}

/// Makes room for one more definition in a table of `defined`.
fn may_define(configuring: bool, defined: usize, what: &str) -> Result<(), String> {
    match (configuring, defined < DEFINITIONS) {
        (false, _) => Err(format!("{what} are defined in `configure` only")),
        (true, false) => Err(format!("a plugin may define at most {DEFINITIONS} {what}")),
        (true, true) => Ok(()),
    }
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
        for row in IMPORTS {
            let found = core.linker.get(&mut store, row.interface, row.function);
            let Ok(Extern::Func(function)) = found else { panic!("{row:?} is not offered") };
            let ty = function.ty(&store);
            let values = |types: Vec<ValType>| -> Vec<Value> {
                types.iter().map(|ty| if ty.is_i32() { Value::I32 } else { Value::I64 }).collect()
            };
            assert_eq!(values(ty.params().collect()), row.params, "{row:?}");
            assert_eq!(values(ty.results().collect()), row.result.into_iter().collect::<Vec<_>>(), "{row:?}");
        }
        assert_eq!(core.linker.iter(&mut store).count(), IMPORTS.len());
    }

    #[test]
    fn a_result_that_does_not_fit_is_kept_whole() {
        let mut memory = [0; 8];
        let mut overflow = None;
        let text = "twelve bytes";
        let to = Return { ptr: 0, capacity: 8 };
        assert_eq!(give(&mut memory, &mut overflow, to, &text).expect("in bounds"), -13);
        assert_eq!(overflow.expect("kept").len(), 13);
    }

    #[test]
    fn a_buffer_outside_of_the_memory_is_misuse() {
        let mut overflow = None;
        for (ptr, capacity) in [(0, 9), (8, 1), (u32::MAX, u32::MAX)] {
            assert!(give(&mut [0; 8], &mut overflow, Return { ptr, capacity }, &1u8).is_err());
        }
    }

    #[test]
    fn an_engine_alone_makes_no_linker_fail() {
        linker(&Engine::default()).expect("all rows are distinct");
    }
}

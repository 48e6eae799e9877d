//! The hooks that an instance exports.

use wasmtime::{TypedFunc, WasmParams};

use super::Guest;
use crate::{error::Failure, hook::Hook};
use sluice_abi::wire::Hooks;

/// One function for each hook; `None` for those that the module does not have.
pub(super) struct Exports {
    pub(super) request: Option<TypedFunc<u32, u64>>,
    pub(super) request_body: Option<TypedFunc<u32, u64>>,
    pub(super) request_chunk: Option<TypedFunc<(u32, u32, u32), u64>>,
    pub(super) response: Option<TypedFunc<(u32, u32), u64>>,
    pub(super) response_body: Option<TypedFunc<u32, u64>>,
    pub(super) response_chunk: Option<TypedFunc<(u32, u32, u32), u64>>,
    pub(super) log: Option<TypedFunc<(u32, u32), u64>>,
    pub(super) tick: Option<TypedFunc<(), u64>>,
}

impl Exports {
    /// Finds the functions of `hooks`; that the module has them was checked when it was loaded.
    pub(super) fn of(guest: &mut Guest, hooks: Hooks) -> Result<Self, Failure> {
        Ok(Self {
            request: find(guest, hooks, Hook::Request)?,
            request_body: find(guest, hooks, Hook::RequestBody)?,
            request_chunk: find(guest, hooks, Hook::RequestChunk)?,
            response: find(guest, hooks, Hook::Response)?,
            response_body: find(guest, hooks, Hook::ResponseBody)?,
            response_chunk: find(guest, hooks, Hook::ResponseChunk)?,
            log: find(guest, hooks, Hook::Log)?,
            tick: find(guest, hooks, Hook::Tick)?,
        })
    }
}

fn find<P: WasmParams>(guest: &mut Guest, hooks: Hooks, hook: Hook) -> Result<Option<TypedFunc<P, u64>>, Failure> {
    hooks.has(hook.flag()).then(|| guest.function(hook.export())).transpose()
}

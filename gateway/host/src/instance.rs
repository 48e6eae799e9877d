//! One instance, configured: how hooks run on it.

mod guest;
mod start;

use gateway_model::Snapshot;
use sluice_abi::AREA;
use wasmtime::TypedFunc;

use self::guest::{Guest, narrow};
pub(crate) use self::start::{describe, start_failed};
use crate::{
    apply::{self, Context, Mutation, Rejection},
    call::{Continued, RequestCall, ResponseCall, Verdict},
    declared::Declared,
    error::{Failure, FailureKind},
    head,
    module::Uses,
};

/// A configured instance, ready for hooks.
pub(crate) struct Instance {
    guest: Guest,
    on_request: Option<TypedFunc<u32, u64>>,
    on_response: Option<TypedFunc<(u32, u32), u64>>,
    declared: Declared,
    uses: Uses,
    /// Whether the plugin may say who calls.
    identity: bool,
    /// Scratch space, so that a call allocates for nothing but the values that it writes.
    mutations: Vec<Mutation>,
    calls_left: u32,
}

impl Instance {
    pub(crate) fn on_request(&mut self, call: &mut RequestCall<'_>) -> Result<Verdict, Failure> {
        let Some(function) = &self.on_request else { return Ok(Verdict::Next(Continued::default())) };
        let guest = &mut self.guest;
        let Ok(len) = head::request(guest.input()?, call, &self.declared) else { return Err(head_too_large(guest)) };

        guest.lend(self.uses, call.snapshot, call.request_id);
        if self.uses.consumer {
            // Moved, not shared: nobody else looks at the consumer while the hook runs.
            guest.state().call.consumer = call.consumer.take();
        }
        let result = guest.call(function, narrow(len), guest.core().hook);
        if self.uses.consumer {
            *call.consumer = guest.state().call.consumer.take();
        }
        guest.take_back();

        let packed = guest.unpack(result?)?;
        let out = guest.output(packed.len)?;
        let context = context(&self.declared, call.snapshot, self.identity);
        apply::request(packed, out, context, &mut self.mutations, call.headers, call.consumer)
            .map_err(|rejection| rejected(guest, &rejection))
    }

    pub(crate) fn on_response(&mut self, call: &mut ResponseCall<'_>) -> Result<(), Failure> {
        let Some(function) = &self.on_response else { return Ok(()) };
        let guest = &mut self.guest;
        let (head, state) = match head::response(guest.input()?, call, &self.declared) {
            Ok(lengths) => lengths,
            Err(_) => {
                // A head may fill IN, and a state needs 64 KiB more: so rare that room is made only now.
                guest.reserve(AREA + call.state.len())?;
                let again = head::response(guest.input()?, call, &self.declared);
                again.map_err(|_| head_too_large(guest))?
            }
        };

        guest.lend(self.uses, call.snapshot, call.request_id);
        if self.uses.consumer {
            guest.state().call.consumer.clone_from(call.consumer);
        }
        let result = guest.call(function, (narrow(head), narrow(state)), guest.core().hook);
        guest.take_back();

        let packed = guest.unpack(result?)?;
        let out = guest.output(packed.len)?;
        let context = context(&self.declared, call.snapshot, self.identity);
        apply::response(packed, out, context, &mut self.mutations, call.headers, call.status)
            .map_err(|rejection| rejected(guest, &rejection))
    }

    /// Counts a call that came to an end; true when the instance ran its share of them or has grown large.
    #[inline]
    pub(crate) fn is_spent(&mut self) -> bool {
        self.calls_left = self.calls_left.saturating_sub(1);
        self.calls_left == 0 || self.guest.memory_size() > self.guest.core().limits.memory / 2
    }
}

fn context<'a>(declared: &'a Declared, snapshot: &'a Snapshot, identity: bool) -> Context<'a> {
    Context { names: &declared.header_names, snapshot, identity }
}

#[cold]
fn head_too_large(guest: &Guest) -> Failure {
    guest.failure(FailureKind::HeadTooLarge, "the parts of the head that it declared do not fit into IN")
}

#[cold]
fn rejected(guest: &Guest, rejection: &Rejection) -> Failure {
    let kind = match rejection {
        Rejection::Fault(_) => FailureKind::Fault,
        Rejection::NotGranted => FailureKind::Denied,
        _ => FailureKind::Malformed,
    };
    guest.failure(kind, rejection)
}

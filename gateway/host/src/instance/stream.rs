//! The hooks that never wait: of pieces of a body, of the log, and of time.

use std::sync::Arc;

use bytes::Bytes;
use gateway_model::Snapshot;
use sluice_abi::{
    AREA,
    bytes::Writer,
    head::{Summary, write_summary},
};
use wasmtime::TypedFunc;

use super::{
    Instance,
    guest::narrow,
    lending::{Lending, Loan},
};
use crate::{
    apply,
    call::{ChunkCall, ChunkVerdict, Visit},
    error::Failure,
    hook::Hook,
};

impl Instance {
    pub(crate) fn on_request_chunk(
        &mut self,
        call: &ChunkCall<'_>,
        visit: &mut Visit,
        chunk: Bytes,
        last: bool,
    ) -> Result<ChunkVerdict, Failure> {
        match self.exports.request_chunk.clone() {
            Some(function) => self.on_chunk(Hook::RequestChunk, &function, call, visit, chunk, last),
            None => Ok(ChunkVerdict::Pass(chunk)),
        }
    }

    pub(crate) fn on_response_chunk(
        &mut self,
        call: &ChunkCall<'_>,
        visit: &mut Visit,
        chunk: Bytes,
        last: bool,
    ) -> Result<ChunkVerdict, Failure> {
        match self.exports.response_chunk.clone() {
            Some(function) => self.on_chunk(Hook::ResponseChunk, &function, call, visit, chunk, last),
            None => Ok(ChunkVerdict::Pass(chunk)),
        }
    }

    fn on_chunk(
        &mut self,
        hook: Hook,
        function: &TypedFunc<(u32, u32, u32), u64>,
        call: &ChunkCall<'_>,
        visit: &mut Visit,
        chunk: Bytes,
        last: bool,
    ) -> Result<ChunkVerdict, Failure> {
        visit.chunks = visit.chunks.saturating_add(1);
        let budget = self.begin(hook, visit)?;
        self.guest.put([&visit.state, &chunk])?;

        let params = (narrow(visit.state.len()), narrow(chunk.len()), u32::from(last));
        let loan = match self.lends {
            true => Some(Loan::default().with_callouts(self.uses, &mut visit.callouts)),
            false => None,
        };
        let lending = Lending::begin(&mut self.guest, self.uses, Some(&call.about), loan);
        let result = lending.guest.call(function, params, budget);
        drop(lending);

        let packed = self.end(result, visit)?;
        self.apply(hook, packed, |out, _, _| apply::chunk(packed, out, chunk, visit))
    }

    pub(crate) fn on_log(
        &mut self,
        call: &ChunkCall<'_>,
        visit: &mut Visit,
        summary: &Summary<'_>,
    ) -> Result<(), Failure> {
        let budget = self.begin(Hook::Log, visit)?;
        let head = self.put_summary(summary, &visit.state)?;
        let Some(function) = &self.exports.log else { return Ok(()) };

        let params = (narrow(head), narrow(visit.state.len()));
        let loan = match self.lends {
            true => Some(Loan::default().with_callouts(self.uses, &mut visit.callouts)),
            false => None,
        };
        let lending = Lending::begin(&mut self.guest, self.uses, Some(&call.about), loan);
        let result = lending.guest.call(function, params, budget);
        drop(lending);

        let packed = self.end(result, visit)?;
        self.apply(Hook::Log, packed, |out, _, _| apply::nothing(packed, out))
    }

    pub(crate) async fn on_tick<const FIBER: bool>(&mut self, snapshot: &Arc<Snapshot>) -> Result<(), Failure> {
        let visit = &mut Visit::default();
        let budget = self.begin(Hook::Tick, visit)?;
        let Some(function) = &self.exports.tick else { return Ok(()) };

        let loan = match self.lends {
            true => Some(Loan::default().with_callouts(self.uses, &mut visit.callouts)),
            false => None,
        };
        let lending = Lending::begin(&mut self.guest, self.uses, None, loan);
        if self.uses.snapshot {
            lending.guest.state().call.snapshot = Some(snapshot.clone());
        }
        let result = match FIBER {
            true => lending.guest.call_on_fiber(function, (), budget).await,
            false => lending.guest.call(function, (), budget),
        };
        drop(lending);

        let packed = self.end(result, visit)?;
        self.apply(Hook::Tick, packed, |out, _, _| apply::nothing(packed, out))
    }

    /// Puts summary and state into IN; the length of the summary.
    fn put_summary(&mut self, summary: &Summary<'_>, state: &[u8]) -> Result<usize, Failure> {
        if let Some(len) = write(self.guest.input()?, summary, state) {
            return Ok(len);
        }
        // Method, path and names are each shorter than 64 KiB, as the state is; nearly always they are short.
        self.guest.reserve(4 * AREA)?;
        write(self.guest.input()?, summary, state).ok_or_else(|| self.head_too_large())
    }
}

fn write(area: &mut [u8], summary: &Summary<'_>, state: &[u8]) -> Option<usize> {
    let mut out = Writer::new(area);
    write_summary(&mut out, summary).ok()?;
    let len = out.len();
    out.raw(state).ok()?;
    Some(len)
}

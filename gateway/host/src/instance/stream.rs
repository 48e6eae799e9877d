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
    Instance, budget,
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
        self.begin(hook, visit)?;
        self.guest.put([&visit.state, &chunk])?;

        let budget = budget(&self.generation, &self.left, visit);
        let params = (narrow(visit.state.len()), narrow(chunk.len()), u32::from(last));
        let result = {
            let loan = Loan::of_call(self.uses, &call.about, visit);
            Lending::begin(&mut self.guest, self.uses, loan).guest.call(function, params, budget)
        };

        let packed = self.end(result, visit)?;
        self.apply(hook, packed, |out, _, _| apply::chunk(packed, out, chunk, visit))
    }

    pub(crate) fn on_log(
        &mut self,
        call: &ChunkCall<'_>,
        visit: &mut Visit,
        summary: &Summary<'_>,
    ) -> Result<(), Failure> {
        self.begin(Hook::Log, visit)?;
        let head = self.put_summary(summary, &visit.state)?;
        let Some(function) = &self.exports.log else { return Ok(()) };
        let budget = budget(&self.generation, &self.left, visit);

        let params = (narrow(head), narrow(visit.state.len()));
        let result = {
            let loan = Loan::of_call(self.uses, &call.about, visit);
            Lending::begin(&mut self.guest, self.uses, loan).guest.call(function, params, budget)
        };

        let packed = self.end(result, visit)?;
        self.apply(Hook::Log, packed, |out, _, _| apply::nothing(packed, out))
    }

    pub(crate) async fn on_tick<const FIBER: bool>(&mut self, snapshot: &Arc<Snapshot>) -> Result<(), Failure> {
        let visit = &mut Visit::default();
        self.begin(Hook::Tick, visit)?;
        let Some(function) = &self.exports.tick else { return Ok(()) };
        let budget = budget(&self.generation, &self.left, visit);
        let result = {
            let lending = Lending::begin(&mut self.guest, self.uses, Loan::of_visit(self.uses, visit));
            if self.uses.snapshot {
                lending.guest.state().call.snapshot = Some(snapshot.clone());
            }
            lending.guest.run::<FIBER, _, _>(function, (), budget).await
        };
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

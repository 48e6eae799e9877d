//! The hooks of a response on its way to the client.

use std::sync::Arc;

use bytes::Bytes;
use gateway_model::Identity;
use sluice_abi::AREA;

use super::{
    Instance, budget,
    guest::narrow,
    lending::{Lending, Loan},
};
use crate::{
    apply,
    call::{Onward, ResponseCall, ResponseVerdict, Visit},
    error::Failure,
    head,
    hook::Hook,
};

const UNCHANGED: ResponseVerdict = ResponseVerdict::Next(Onward::NOTHING_MORE);

impl Instance {
    #[inline]
    pub(crate) fn on_response(
        &mut self,
        call: &mut ResponseCall<'_>,
        visit: &mut Visit,
    ) -> Result<ResponseVerdict, Failure> {
        let params = self.begin_response(call, visit)?;
        let Some(function) = &self.exports.response else { return Ok(UNCHANGED) };
        let budget = budget(&self.generation, &self.left, visit);
        let result = match self.lends {
            false => self.guest.call(function, params, budget),
            true => {
                let mut consumer = self.consumer_of(call);
                let loan = Loan::of_response(self.uses, call, visit, &mut consumer);
                Lending::begin(&mut self.guest, self.uses, loan).guest.call(function, params, budget)
            }
        };
        self.end_response(Hook::Response, result, call, visit)
    }

    pub(crate) async fn on_response_on_fiber(
        &mut self,
        call: &mut ResponseCall<'_>,
        visit: &mut Visit,
    ) -> Result<ResponseVerdict, Failure> {
        let params = self.begin_response(call, visit)?;
        let Some(function) = &self.exports.response else { return Ok(UNCHANGED) };
        let budget = budget(&self.generation, &self.left, visit);
        let result = {
            let mut consumer = self.consumer_of(call);
            let loan = Loan::of_response(self.uses, call, visit, &mut consumer);
            Lending::begin(&mut self.guest, self.uses, loan).guest.call_on_fiber(function, params, budget).await
        };
        self.end_response(Hook::Response, result, call, visit)
    }

    /// One for both ways, because nothing is gained where a whole body was waited for.
    pub(crate) async fn on_response_body<const FIBER: bool>(
        &mut self,
        call: &mut ResponseCall<'_>,
        visit: &mut Visit,
        body: &mut Bytes,
    ) -> Result<ResponseVerdict, Failure> {
        let state = self.begin_with_state(Hook::ResponseBody, visit)?;
        let Some(function) = &self.exports.response_body else { return Ok(UNCHANGED) };
        let budget = budget(&self.generation, &self.left, visit);
        let result = {
            let mut consumer = self.consumer_of(call);
            let loan = Loan::of_response(self.uses, call, visit, &mut consumer).with_body(self.uses, body);
            Lending::begin(&mut self.guest, self.uses, loan).guest.run::<FIBER, _, _>(function, state, budget).await
        };
        let verdict = self.end_response(Hook::ResponseBody, result, call, visit)?;
        self.replace(body);
        Ok(verdict)
    }

    /// Puts head and state into IN; their lengths.
    #[inline(always)]
    fn begin_response(&mut self, call: &ResponseCall<'_>, visit: &Visit) -> Result<(u32, u32), Failure> {
        self.begin(Hook::Response, visit)?;
        let head = match head::response(self.guest.input()?, call, &visit.state, &self.declared) {
            Ok(head) => head,
            Err(_) => self.put_large_response(call, &visit.state)?,
        };
        Ok((narrow(head), narrow(visit.state.len())))
    }

    /// A head may fill IN, and a state needs 64 KiB more: so rare that room is made only now.
    #[cold]
    fn put_large_response(&mut self, call: &ResponseCall<'_>, state: &[u8]) -> Result<usize, Failure> {
        self.guest.reserve(AREA + state.len())?;
        let again = head::response(self.guest.input()?, call, state, &self.declared);
        again.map_err(|_| self.head_too_large())
    }

    /// The consumer of a response is settled: the guest gets a copy, if it may ask.
    fn consumer_of(&self, call: &ResponseCall<'_>) -> Option<Arc<Identity>> {
        call.consumer.as_ref().filter(|_| self.uses.consumer).cloned()
    }

    #[inline(always)]
    fn end_response(
        &mut self,
        hook: Hook,
        result: Result<u64, Failure>,
        call: &mut ResponseCall<'_>,
        visit: &mut Visit,
    ) -> Result<ResponseVerdict, Failure> {
        let packed = self.end(result, visit)?;
        match packed.leaves_all_as_it_is() {
            true => Ok(ResponseVerdict::Next(visit.go_on(packed.more))),
            false => self.apply(hook, packed, |out, context, changes| {
                apply::response(packed, out, context, changes, call, visit)
            }),
        }
    }
}

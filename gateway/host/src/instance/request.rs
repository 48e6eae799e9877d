//! The hooks of a request on its way to the upstream.

use bytes::Bytes;

use super::{
    Instance, budget,
    guest::narrow,
    lending::{Lending, Loan},
};
use crate::{
    apply,
    call::{Onward, RequestCall, Verdict, Visit},
    error::Failure,
    head,
    hook::Hook,
};

const UNCHANGED: Verdict = Verdict::Next(Onward::NOTHING_MORE);

impl Instance {
    #[inline]
    pub(crate) fn on_request(&mut self, call: &mut RequestCall<'_>, visit: &mut Visit) -> Result<Verdict, Failure> {
        let head = self.begin_request(call, visit)?;
        let Some(function) = &self.exports.request else { return Ok(UNCHANGED) };
        let budget = budget(&self.generation, &self.left, visit);
        let result = match self.lends {
            false => self.guest.call(function, head, budget),
            true => {
                let loan = Loan::of_request(self.uses, call, visit);
                Lending::begin(&mut self.guest, self.uses, loan).guest.call(function, head, budget)
            }
        };
        self.end_request(Hook::Request, result, call, visit)
    }

    pub(crate) async fn on_request_on_fiber(
        &mut self,
        call: &mut RequestCall<'_>,
        visit: &mut Visit,
    ) -> Result<Verdict, Failure> {
        let head = self.begin_request(call, visit)?;
        let Some(function) = &self.exports.request else { return Ok(UNCHANGED) };
        let budget = budget(&self.generation, &self.left, visit);
        let result = {
            let loan = Loan::of_request(self.uses, call, visit);
            Lending::begin(&mut self.guest, self.uses, loan).guest.call_on_fiber(function, head, budget).await
        };
        self.end_request(Hook::Request, result, call, visit)
    }

    /// One for both ways, because nothing is gained where a whole body was waited for.
    pub(crate) async fn on_request_body<const FIBER: bool>(
        &mut self,
        call: &mut RequestCall<'_>,
        visit: &mut Visit,
        body: &mut Bytes,
    ) -> Result<Verdict, Failure> {
        let state = self.begin_with_state(Hook::RequestBody, visit)?;
        let Some(function) = &self.exports.request_body else { return Ok(UNCHANGED) };
        let budget = budget(&self.generation, &self.left, visit);
        let result = {
            let loan = Loan::of_request(self.uses, call, visit).with_body(self.uses, body);
            Lending::begin(&mut self.guest, self.uses, loan).guest.run::<FIBER, _, _>(function, state, budget).await
        };
        let verdict = self.end_request(Hook::RequestBody, result, call, visit)?;
        self.replace(body);
        Ok(verdict)
    }

    /// Puts the head into IN.
    #[inline(always)]
    fn begin_request(&mut self, call: &RequestCall<'_>, visit: &Visit) -> Result<u32, Failure> {
        self.begin(Hook::Request, visit)?;
        match head::request(self.guest.input()?, call, &self.declared) {
            Ok(head) => Ok(narrow(head)),
            Err(_) => Err(self.head_too_large()),
        }
    }

    /// Puts the state into IN, for a hook of a whole body.
    pub(super) fn begin_with_state(&mut self, hook: Hook, visit: &Visit) -> Result<u32, Failure> {
        self.begin(hook, visit)?;
        self.guest.put([&visit.state])?;
        Ok(narrow(visit.state.len()))
    }

    #[inline(always)]
    fn end_request(
        &mut self,
        hook: Hook,
        result: Result<u64, Failure>,
        call: &mut RequestCall<'_>,
        visit: &mut Visit,
    ) -> Result<Verdict, Failure> {
        let packed = self.end(result, visit)?;
        match packed.leaves_all_as_it_is() {
            true => Ok(Verdict::Next(visit.go_on(packed.more))),
            false => self.apply(hook, packed, |out, context, changes| {
                apply::request(packed, out, context, changes, call, visit)
            }),
        }
    }

    /// Puts what the guest wants there into the place of a body.
    pub(super) fn replace(&mut self, body: &mut Bytes) {
        if let Some(replacement) = self.guest.state().call.replacement.take() {
            *body = replacement;
        }
    }
}

//! The hooks of a request on its way to the upstream.

use bytes::Bytes;

use super::{
    Instance,
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

impl Instance {
    pub(crate) async fn on_request<const FIBER: bool>(
        &mut self,
        call: &mut RequestCall<'_>,
        visit: &mut Visit,
    ) -> Result<Verdict, Failure> {
        let budget = self.begin(Hook::Request, visit)?;
        let Ok(len) = head::request(self.guest.input()?, call, &self.declared) else {
            return Err(self.head_too_large());
        };
        let Some(function) = &self.exports.request else { return Ok(Verdict::Next(Onward::default())) };

        let about = self.lends.then_some(call.about);
        let loan = match self.lends {
            true => Some(Loan::of_request(self.uses, call).with_callouts(self.uses, &mut visit.callouts)),
            false => None,
        };
        let lending = Lending::begin(&mut self.guest, self.uses, about.as_ref(), loan);
        let result = match FIBER {
            true => lending.guest.call_on_fiber(function, narrow(len), budget).await,
            false => lending.guest.call(function, narrow(len), budget),
        };
        drop(lending);

        let packed = self.end(result, visit)?;
        self.apply(Hook::Request, packed, |out, context, changes| {
            apply::request(packed, out, context, changes, call, visit)
        })
    }

    pub(crate) async fn on_request_body<const FIBER: bool>(
        &mut self,
        call: &mut RequestCall<'_>,
        visit: &mut Visit,
        body: &mut Bytes,
    ) -> Result<Verdict, Failure> {
        let budget = self.begin(Hook::RequestBody, visit)?;
        self.guest.put([&visit.state])?;
        let Some(function) = &self.exports.request_body else { return Ok(Verdict::Next(Onward::default())) };

        let about = self.lends.then_some(call.about);
        let len = narrow(visit.state.len());
        let loan = match self.lends {
            true => Some(
                Loan::of_request(self.uses, call)
                    .with_callouts(self.uses, &mut visit.callouts)
                    .with_body(self.uses, body),
            ),
            false => None,
        };
        let lending = Lending::begin(&mut self.guest, self.uses, about.as_ref(), loan);
        let result = match FIBER {
            true => lending.guest.call_on_fiber(function, len, budget).await,
            false => lending.guest.call(function, len, budget),
        };
        drop(lending);

        let packed = self.end(result, visit)?;
        let verdict = self.apply(Hook::RequestBody, packed, |out, context, changes| {
            apply::request(packed, out, context, changes, call, visit)
        })?;
        self.replace(body);
        Ok(verdict)
    }

    /// Puts what the guest wants there into the place of a body.
    pub(super) fn replace(&mut self, body: &mut Bytes) {
        if let Some(replacement) = self.guest.state().call.replacement.take() {
            *body = replacement;
        }
    }
}

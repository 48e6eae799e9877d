//! The hooks of a response on its way to the client.

use bytes::Bytes;
use sluice_abi::AREA;

use super::{
    Instance,
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

impl Instance {
    pub(crate) async fn on_response<const FIBER: bool>(
        &mut self,
        call: &mut ResponseCall<'_>,
        visit: &mut Visit,
    ) -> Result<ResponseVerdict, Failure> {
        let budget = self.begin(Hook::Response, visit)?;
        let head = self.put_response(call, &visit.state)?;
        let Some(function) = &self.exports.response else { return Ok(ResponseVerdict::Next(Onward::default())) };

        let (about, mut consumer) = (self.lends.then_some(call.about), None);
        let params = (narrow(head), narrow(visit.state.len()));
        let loan = match self.lends {
            true => {
                Some(Loan::of_response(self.uses, call, &mut consumer).with_callouts(self.uses, &mut visit.callouts))
            }
            false => None,
        };
        let lending = Lending::begin(&mut self.guest, self.uses, about.as_ref(), loan);
        let result = match FIBER {
            true => lending.guest.call_on_fiber(function, params, budget).await,
            false => lending.guest.call(function, params, budget),
        };
        drop(lending);

        let packed = self.end(result, visit)?;
        self.apply(Hook::Response, packed, |out, context, changes| {
            apply::response(packed, out, context, changes, call, visit)
        })
    }

    pub(crate) async fn on_response_body<const FIBER: bool>(
        &mut self,
        call: &mut ResponseCall<'_>,
        visit: &mut Visit,
        body: &mut Bytes,
    ) -> Result<ResponseVerdict, Failure> {
        let budget = self.begin(Hook::ResponseBody, visit)?;
        self.guest.put([&visit.state])?;
        let Some(function) = &self.exports.response_body else { return Ok(ResponseVerdict::Next(Onward::default())) };

        let (about, mut consumer) = (self.lends.then_some(call.about), None);
        let len = narrow(visit.state.len());
        let loan = match self.lends {
            true => Some(
                Loan::of_response(self.uses, call, &mut consumer)
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
        let verdict = self.apply(Hook::ResponseBody, packed, |out, context, changes| {
            apply::response(packed, out, context, changes, call, visit)
        })?;
        self.replace(body);
        Ok(verdict)
    }

    /// Puts head and state into IN; the length of the head.
    #[inline]
    fn put_response(&mut self, call: &ResponseCall<'_>, state: &[u8]) -> Result<usize, Failure> {
        if let Ok(head) = head::response(self.guest.input()?, call, state, &self.declared) {
            return Ok(head);
        }
        // A head may fill IN, and a state needs 64 KiB more: so rare that room is made only now.
        self.guest.reserve(AREA + state.len())?;
        let again = head::response(self.guest.input()?, call, state, &self.declared);
        again.map_err(|_| self.head_too_large())
    }
}

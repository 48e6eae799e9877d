//! Callouts, answered by the test.

use std::{fmt, rc::Rc};

use sluice_abi::{
    bounds::{CALLOUT_BODY, CALLOUT_MS, CALLOUTS, CALLOUTS_AT_ONCE},
    wire::{Call, HostError, Reply},
};

use super::FakeHost;
use crate::sys::current_host;

/// What a test answers to callouts.
type Answer = dyn Fn(&Call) -> Result<Reply, HostError>;

#[derive(Default)]
pub(crate) struct Callouts {
    answer: Option<Rc<Answer>>,
    sent: Vec<Call>,
    /// Callouts of the request that is on its way.
    of_this_request: usize,
}

impl Callouts {
    pub(crate) fn answer_with(&mut self, answer: Rc<Answer>) {
        self.answer = Some(answer);
    }

    pub(crate) fn sent(&self) -> &[Call] {
        &self.sent
    }

    pub(crate) fn begin_request(&mut self) {
        self.of_this_request = 0;
    }
}

/// Sends callouts, and waits for the answers of the test: its code runs without the host at hand.
pub(crate) fn send(calls: Vec<Call>) -> Vec<Result<Reply, HostError>> {
    let many = calls.len() > CALLOUTS_AT_ONCE;
    calls.into_iter().map(|call| if many { Err(too_many_at_once()) } else { send_one(call) }).collect()
}

fn send_one(call: Call) -> Result<Reply, HostError> {
    let answer = {
        let host = current_host();
        let mut host = host.borrow_mut();
        host.scene.may_wait()?;
        host.admit(&call)?;
        host.callouts.answer.clone()
    };
    let unanswered = || HostError::Unavailable(format!("the test answers no callouts to {:?}", call.upstream));
    let reply = answer.ok_or_else(unanswered)?(&call)?;
    match reply.body.len() > CALLOUT_BODY {
        true => Err(HostError::Limit(format!("the reply has more than {CALLOUT_BODY} bytes"))),
        false => Ok(reply),
    }
}

fn too_many_at_once() -> HostError {
    HostError::Limit(format!("at most {CALLOUTS_AT_ONCE} callouts are sent at once"))
}

impl FakeHost {
    pub(crate) fn post(&mut self, call: Call) -> Result<(), HostError> {
        self.admit(&call)
    }

    /// Checks a call and notes it.
    fn admit(&mut self, call: &Call) -> Result<(), HostError> {
        self.grants.check(&format!("upstream:{}", call.upstream))?;
        check(call)?;
        if self.callouts.of_this_request == CALLOUTS {
            return Err(HostError::Limit(format!("a request has at most {CALLOUTS} callouts")));
        }
        self.callouts.of_this_request += 1;
        self.callouts.sent.push(call.clone());
        Ok(())
    }
}

fn check(call: &Call) -> Result<(), HostError> {
    if !call.path.starts_with('/') {
        return Err(HostError::Invalid(format!("the path {:?} does not begin with '/'", call.path)));
    }
    if call.body.len() > CALLOUT_BODY {
        return Err(HostError::Limit(format!("the body has {} bytes: at most {CALLOUT_BODY}", call.body.len())));
    }
    match (1..=CALLOUT_MS).contains(&call.timeout) {
        true => Ok(()),
        false => Err(HostError::Invalid(format!("the timeout is {} ms: use 1 to {CALLOUT_MS}", call.timeout))),
    }
}

impl fmt::Debug for Callouts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Callouts").field("sent", &self.sent).finish_non_exhaustive()
    }
}

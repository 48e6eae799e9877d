//! Callouts, answered by the test.

use std::{fmt, rc::Rc};

use http::{Method, uri::PathAndQuery};
use sluice_abi::{
    bounds::{CALLOUT_BODY, CALLOUT_HEADERS, CALLOUTS, CALLOUTS_AT_ONCE},
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
    let invalid = |message: String| Err(HostError::Invalid(message));
    if call.body.len() > CALLOUT_BODY {
        return Err(HostError::Limit(format!("the body has {} bytes: at most {CALLOUT_BODY}", call.body.len())));
    }
    if call.headers.len() > CALLOUT_HEADERS {
        return Err(HostError::Limit(format!("the call has more than {CALLOUT_HEADERS} header fields")));
    }
    let method = Method::from_bytes(call.method.as_bytes());
    if !method.is_ok_and(|method| !matches!(method, Method::CONNECT | Method::TRACE)) {
        return invalid(format!("{:?} is no method that is sent", call.method));
    }
    if !call.path.starts_with('/') || call.path.parse::<PathAndQuery>().is_err() {
        return invalid(format!("the path {:?} does not begin with '/', or is none", call.path));
    }
    match call.timeout {
        0 => invalid("the timeout is 0 ms: give at least 1".to_owned()),
        _ => Ok(()),
    }
}

impl fmt::Debug for Callouts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Callouts").field("sent", &self.sent).finish_non_exhaustive()
    }
}

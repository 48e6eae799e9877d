//! `callout` and `callout-detached`: requests to upstreams of the configuration.
//!
//! Grants and bounds are checked here; whoever sends them has the connections.

use std::sync::Arc;

use futures_util::future::join_all;
use gateway_model::{Grant, Snapshot};
use sluice_abi::{
    bounds::{CALLOUT_BODY, CALLOUT_MS, CALLOUTS, CALLOUTS_AT_ONCE},
    import::{CALLOUT, CALLOUT_DETACHED},
    wire::{Call, HostError, Reply},
};
use wasmtime::{Caller, Linker};

use super::{Return, Waiting, may_wait, offer_waiting, parts, reply};
use crate::{outbound::Sending, state::State};

/// The largest encoded call: its body, and room for everything else.
const CALL: u32 = CALLOUT_BODY as u32 + 256 * 1024;

/// Header fields of one call at most, and their bytes.
const HEADERS: usize = 100;
const HEADER_BYTES: usize = 64 * 1024;

pub(super) fn define(linker: &mut Linker<State>, waiting: Waiting) -> wasmtime::Result<()> {
    linker.func_wrap(CALLOUT_DETACHED, "post", post)?;
    offer_waiting!(linker, waiting, CALLOUT, "send", (ptr: u32, len: u32, ret: u32, cap: u32) =>
        |caller| send(caller, (ptr, len), Return { ptr: ret, capacity: cap }));
    offer_waiting!(linker, waiting, CALLOUT, "send-all", (ptr: u32, len: u32, ret: u32, cap: u32) =>
        |caller| send_all(caller, (ptr, len), Return { ptr: ret, capacity: cap }));
    Ok(())
}

fn post(mut caller: Caller<'_, State>, ptr: u32, len: u32, ret: u32, cap: u32) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    let result = match one(state, memory, (ptr, len))? {
        Ok(call) => admit(state, call).and_then(|(snapshot, call)| state.core.services.outbound.post(&snapshot, call)),
        Err(error) => Err(error),
    };
    state.crossing.give(memory, Return { ptr: ret, capacity: cap }, &result)
}

async fn send(mut caller: Caller<'_, State>, call: (u32, u32), to: Return) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    let sending = one(state, memory, call)?.and_then(|call| begin(state, call));
    let result = arrived(sending).await;
    reply(&mut caller, to, &result)
}

async fn send_all(mut caller: Caller<'_, State>, calls: (u32, u32), to: Return) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    let most = CALL * u32::try_from(CALLOUTS_AT_ONCE).expect("there are few");
    let calls: Vec<Call> = state.crossing.argument_within(memory, calls.0, calls.1, most)?;
    let results = match calls.len() {
        ..=CALLOUTS_AT_ONCE => {
            let sending: Vec<_> = calls.into_iter().map(|call| begin(state, call)).collect();
            join_all(sending.into_iter().map(arrived)).await
        }
        many => calls.iter().map(|_| Err(too_many_at_once(many))).collect(),
    };
    reply(&mut caller, to, &results)
}

/// Reads one call; a call that is too large is answered, because its bound is the plugin author's to know.
fn one(state: &mut State, memory: &[u8], at: (u32, u32)) -> wasmtime::Result<Result<Call, HostError>> {
    if at.1 > CALL {
        return Ok(Err(HostError::Limit(format!("the call has {} bytes: at most {CALL} are taken", at.1))));
    }
    state.crossing.argument_within(memory, at.0, at.1, CALL).map(Ok)
}

/// Sends a call, if the guest may wait and the attachment lets it.
fn begin(state: &mut State, call: Call) -> Result<Sending, HostError> {
    may_wait(state)?;
    let (snapshot, call) = admit(state, call)?;
    Ok(state.core.services.outbound.send(&snapshot, call))
}

async fn arrived(sending: Result<Sending, HostError>) -> Result<Reply, HostError> {
    let reply = sending?.await?;
    match reply.body.len() {
        ..=CALLOUT_BODY => Ok(reply),
        len => Err(HostError::Limit(format!("the reply has {len} bytes: at most {CALLOUT_BODY} are taken"))),
    }
}

/// Checks a call, and counts it if it may be made.
fn admit(state: &mut State, call: Call) -> Result<(Arc<Snapshot>, Call), HostError> {
    let granted = Grant::Upstream(call.upstream.clone());
    let owner = state.owner.as_ref().filter(|owner| owner.attachment.grants.contains(&granted));
    if owner.is_none() {
        return Err(HostError::Denied(format!("the attachment does not give the grant {granted}")));
    }
    check(&call)?;
    let snapshot = state.call.snapshot.clone();
    let snapshot = snapshot.ok_or_else(|| HostError::Unavailable("callouts are made in hooks only".to_owned()))?;
    if state.call.callouts as usize >= CALLOUTS {
        return Err(HostError::Limit(format!("{CALLOUTS} callouts were made for this request already")));
    }
    state.call.callouts += 1;
    Ok((snapshot, Call { timeout: call.timeout.min(CALLOUT_MS), ..call }))
}

fn check(call: &Call) -> Result<(), HostError> {
    let limit = |message: String| Err(HostError::Limit(message));
    let header_bytes: usize = call.headers.iter().map(|header| header.name.len() + header.value.len()).sum();
    if call.body.len() > CALLOUT_BODY {
        return limit(format!("the body has {} bytes: at most {CALLOUT_BODY} are sent", call.body.len()));
    }
    if call.headers.len() > HEADERS || header_bytes > HEADER_BYTES {
        return limit(format!(
            "the call has {} header fields of {header_bytes} bytes: at most {HEADERS} of {HEADER_BYTES} are sent",
            call.headers.len()
        ));
    }
    match call.timeout {
        0 => Err(HostError::Invalid("the time-out is 0 ms: give at least 1".to_owned())),
        _ => Ok(()),
    }
}

fn too_many_at_once(many: usize) -> HostError {
    HostError::Limit(format!("{many} callouts at once: make at most {CALLOUTS_AT_ONCE}"))
}

#[cfg(test)]
mod tests {
    use sluice_abi::wire::Header;

    use super::*;

    fn call() -> Call {
        let (upstream, method, path) = ("shop".into(), "GET".into(), "/".into());
        Call { upstream, method, path, headers: vec![], body: vec![], timeout: 1 }
    }

    #[test]
    fn a_call_is_checked_at_each_bound() {
        assert_eq!(check(&Call { body: vec![0; CALLOUT_BODY], ..call() }), Ok(()));
        let header = |len| Header { name: "x".into(), value: vec![b'v'; len] };
        assert_eq!(check(&Call { headers: vec![header(1); HEADERS], ..call() }), Ok(()));
        assert_eq!(check(&Call { headers: vec![header(HEADER_BYTES - 1)], ..call() }), Ok(()));
        for beyond in [
            Call { body: vec![0; CALLOUT_BODY + 1], ..call() },
            Call { headers: vec![header(1); HEADERS + 1], ..call() },
            Call { headers: vec![header(HEADER_BYTES)], ..call() },
        ] {
            assert!(matches!(check(&beyond), Err(HostError::Limit(_))));
        }
        assert!(matches!(check(&Call { timeout: 0, ..call() }), Err(HostError::Invalid(_))));
    }
}

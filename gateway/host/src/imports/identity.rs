//! `identity`: credentials and tokens. The guest hands over what the client sent; keys and secrets stay here.

use std::rc::Rc;

use aws_lc_rs::hmac;
use gateway_model::{Grant, KeyDigest};
use sluice_abi::{
    import::IDENTITY,
    wire::{JwtError, JwtPolicy as Policy, VerifiedToken},
};
use wasmtime::{Caller, Linker};

use super::{Return, at, handle, may_define, parts};
use crate::{
    clock::unix_ms,
    error::NotGranted,
    generation::Generation,
    jwt::{JwtPolicy, TOKEN},
    memory::slice,
    pool,
    state::State,
};

pub(super) fn define(linker: &mut Linker<State>) -> wasmtime::Result<()> {
    linker.func_wrap(IDENTITY, "verify-api-key", verify_api_key)?;
    linker.func_wrap(IDENTITY, "consumer-exists", consumer_exists)?;
    linker.func_wrap(IDENTITY, "define-jwt", define_jwt)?;
    linker.func_wrap(IDENTITY, "verify-jwt", verify_jwt)?;
    Ok(())
}

/// The generation, if its attachment lets the plugin deal with identities.
fn granted(state: &State) -> Result<&Generation, NotGranted> {
    state.owner.as_deref().filter(|owner| owner.identity).ok_or(NotGranted(Grant::Identity))
}

fn verify_api_key(mut caller: Caller<'_, State>, ptr: u32, len: u32, ret: u32, cap: u32) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    granted(state)?;
    let tag = hmac::sign(&state.core.services.key_hash, state.crossing.slice(memory, ptr, len)?);
    let digest = KeyDigest(tag.as_ref().try_into().expect("HMAC-SHA-256 has 32 bytes"));
    // The digest is keyed: how long the lookup takes tells nothing that helps to find a key.
    let identity = state.call.snapshot.as_ref().and_then(|snapshot| snapshot.keys.get(&digest));
    let consumer = identity.map(|identity| &*identity.consumer);
    state.crossing.give(memory, Return { ptr: ret, capacity: cap }, &consumer)
}

fn consumer_exists(mut caller: Caller<'_, State>, ptr: u32, len: u32) -> wasmtime::Result<u32> {
    let (memory, state) = parts(&mut caller)?;
    granted(state)?;
    let name = state.crossing.text(memory, ptr, len)?;
    let exists = state.call.snapshot.as_ref().is_some_and(|snapshot| snapshot.identities.contains_key(name));
    Ok(u32::from(exists))
}

fn define_jwt(mut caller: Caller<'_, State>, ptr: u32, len: u32, ret: u32, cap: u32) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    granted(state)?;
    let policy = state.crossing.argument::<Policy>(memory, ptr, len)?;
    let encoded = slice(memory, ptr, len)?;
    let result = add(state, &policy, encoded);
    state.crossing.give(memory, Return { ptr: ret, capacity: cap }, &result)
}

fn add(state: &mut State, policy: &Policy, encoded: &[u8]) -> Result<u32, String> {
    may_define(state.configuring, state.defined.token_policies.len(), "token policies")?;
    let owner = state.owner.as_ref().expect("only an attachment has grants");
    let made = owner.token_policy(encoded, || {
        JwtPolicy::new(policy, &|name| {
            let granted = owner.attachment.grants.contains(&Grant::Secret(name.to_owned()));
            granted.then(|| (state.core.services.secrets)(name))
        })
    })?;
    state.defined.token_policies.push(made);
    Ok(handle(state.defined.token_policies.len() - 1))
}

fn verify_jwt(
    mut caller: Caller<'_, State>,
    policy: u32,
    ptr: u32,
    len: u32,
    ret: u32,
    cap: u32,
) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    let token = state.crossing.slice(memory, ptr, len)?;
    let owner = granted(state)?;
    let policy = at(&state.defined.token_policies, policy, "token policy")?;
    let result = verify(owner, policy, token);
    state.crossing.give(memory, Return { ptr: ret, capacity: cap }, &result)
}

fn verify(owner: &Generation, policy: &JwtPolicy, token: &[u8]) -> Result<Rc<VerifiedToken>, JwtError> {
    if token.len() > TOKEN {
        return Err(JwtError::Malformed);
    }
    let now = unix_ms();
    if let Some(known) = pool::with_local(owner, |local| local.tokens.find(policy, token, now)) {
        return Ok(known);
    }
    let verified = policy.verify(token, now)?;
    Ok(pool::with_local(owner, |local| local.tokens.keep(policy, token, verified)))
}

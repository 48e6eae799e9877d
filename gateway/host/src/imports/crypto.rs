//! `crypto`: hashes and signatures. Keys are secrets that stay here.

use aws_lc_rs::{constant_time, digest, hmac};
use gateway_model::Grant;
use sluice_abi::import::CRYPTO;
use wasmtime::{Caller, Linker};

use super::{Return, at, handle, may_define, parts};
use crate::state::State;

pub(super) fn define(linker: &mut Linker<State>) -> wasmtime::Result<()> {
    linker.func_wrap(CRYPTO, "sha256", sha256)?;
    linker.func_wrap(CRYPTO, "define-hmac", define_hmac)?;
    linker.func_wrap(CRYPTO, "hmac-sha256", sign)?;
    linker.func_wrap(CRYPTO, "verify-hmac-sha256", verify)?;
    linker.func_wrap(CRYPTO, "constant-time-eq", equal)?;
    Ok(())
}

fn sha256(mut caller: Caller<'_, State>, ptr: u32, len: u32, ret: u32, cap: u32) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    let sum = digest::digest(&digest::SHA256, state.crossing.slice(memory, ptr, len)?);
    state.crossing.give_bytes(memory, Return { ptr: ret, capacity: cap }, sum.as_ref())
}

fn define_hmac(mut caller: Caller<'_, State>, ptr: u32, len: u32, ret: u32, cap: u32) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    let secret = state.crossing.text(memory, ptr, len)?;
    let result = add(state, secret);
    state.crossing.give(memory, Return { ptr: ret, capacity: cap }, &result)
}

fn add(state: &mut State, secret: &str) -> Result<u32, String> {
    may_define(state.configuring, state.defined.hmac_keys.len(), "HMAC keys")?;
    let owner = state.owner.as_ref().expect("only attachments are configured");
    if !owner.attachment.grants.contains(&Grant::Secret(secret.to_owned())) {
        return Err(format!("secret {secret:?} is not granted: add the grant secret:{secret}"));
    }
    let key = owner.shared.hmac_key(secret, || {
        let found = (state.core.services.secrets)(secret).filter(|value| !value.is_empty()).ok_or_else(|| {
            format!(
                "there is no secret {secret:?}: put it into the file secrets/{secret} in the data folder and try again"
            )
        })?;
        Ok(hmac::Key::new(hmac::HMAC_SHA256, &found))
    })?;
    state.defined.hmac_keys.push(key);
    Ok(handle(state.defined.hmac_keys.len() - 1))
}

fn sign(mut caller: Caller<'_, State>, key: u32, ptr: u32, len: u32, ret: u32, cap: u32) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    let data = state.crossing.slice(memory, ptr, len)?;
    let tag = hmac::sign(at(&state.defined.hmac_keys, key, "HMAC key")?, data);
    state.crossing.give_bytes(memory, Return { ptr: ret, capacity: cap }, tag.as_ref())
}

fn verify(
    mut caller: Caller<'_, State>,
    key: u32,
    ptr: u32,
    len: u32,
    mac_ptr: u32,
    mac_len: u32,
) -> wasmtime::Result<u32> {
    let (memory, state) = parts(&mut caller)?;
    let data = state.crossing.slice(memory, ptr, len)?;
    let mac = state.crossing.slice(memory, mac_ptr, mac_len)?;
    let key = at(&state.defined.hmac_keys, key, "HMAC key")?;
    Ok(u32::from(hmac::verify(key, data, mac).is_ok()))
}

fn equal(mut caller: Caller<'_, State>, ptr: u32, len: u32, other_ptr: u32, other_len: u32) -> wasmtime::Result<u32> {
    let (memory, state) = parts(&mut caller)?;
    let one = state.crossing.slice(memory, ptr, len)?;
    let other = state.crossing.slice(memory, other_ptr, other_len)?;
    Ok(u32::from(constant_time::verify_slices_are_equal(one, other).is_ok()))
}

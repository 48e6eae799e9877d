//! `identity`: credentials and tokens. The guest hands over what the client sent; keys and secrets stay here.

use std::{rc::Rc, sync::Arc};

use aws_lc_rs::hmac;
use gateway_model::{Grant, KeyDigest, KnownCredential};
use serde::{Serialize, Serializer, ser::SerializeSeq};
use sluice_abi::{
    import::IDENTITY,
    wire::{HostError, JwtPolicy, Token, TokenError, TokenPolicy as Policy, VerifiedToken},
};
use tokio::sync::OwnedSemaphorePermit;
use wasmtime::{Caller, Linker};

use super::{Return, Waiting, at, handle, may_define, may_wait, offer_waiting, parts, reply};
use crate::{
    clock::unix_ms,
    error::NotGranted,
    generation::Generation,
    jwks::Newer,
    jwt::{Refused, TOKEN, TokenPolicy, widened},
    memory::slice,
    pool,
    state::{Lent, State},
};

pub(super) fn define(linker: &mut Linker<State>, waiting: Waiting) -> wasmtime::Result<()> {
    linker.func_wrap(IDENTITY, "verify-api-key", verify_api_key)?;
    linker.func_wrap(IDENTITY, "identify-api-key", identify_api_key)?;
    linker.func_wrap(IDENTITY, "identify-certificate", identify_certificate)?;
    offer_waiting!(linker, waiting, IDENTITY, "verify-password", (user: u32, user_len: u32, ptr: u32, len: u32, ret: u32, cap: u32) =>
        |caller| verify_password(caller, (user, user_len), (ptr, len), Return { ptr: ret, capacity: cap }));
    linker.func_wrap(IDENTITY, "consumer-exists", consumer_exists)?;
    linker.func_wrap(IDENTITY, "define-jwt", define_jwt)?;
    linker.func_wrap(IDENTITY, "verify-jwt", verify_jwt)?;
    linker.func_wrap(IDENTITY, "consumer-groups", consumer_groups)?;
    linker.func_wrap(IDENTITY, "define-tokens", define_tokens)?;
    offer_waiting!(linker, waiting, IDENTITY, "verify-token", (policy: u32, ptr: u32, len: u32, ret: u32, cap: u32) =>
        |caller| verify_token(caller, policy, (ptr, len), Return { ptr: ret, capacity: cap }));
    Ok(())
}

/// The generation, if its attachment lets the plugin deal with identities.
fn granted(state: &State) -> Result<&Generation, NotGranted> {
    state.owner.as_deref().filter(|owner| owner.identity).ok_or(NotGranted(Grant::Identity))
}

/// As `sluice_abi::wire::Caller`, without copies.
#[derive(Serialize)]
struct Known<'s> {
    consumer: &'s str,
    credential: &'s str,
    #[serde(serialize_with = "texts")]
    groups: &'s [Arc<str>],
}

fn texts<S: Serializer>(texts: &[Arc<str>], serializer: S) -> Result<S::Ok, S::Error> {
    let mut sequence = serializer.serialize_seq(Some(texts.len()))?;
    texts.iter().try_for_each(|text| sequence.serialize_element(&**text))?;
    sequence.end()
}

impl<'s> Known<'s> {
    fn of(credential: &'s KnownCredential) -> Self {
        let KnownCredential { name, identity, .. } = credential;
        Self { consumer: &identity.consumer, credential: name, groups: &identity.groups }
    }
}

fn verify_api_key(mut caller: Caller<'_, State>, ptr: u32, len: u32, ret: u32, cap: u32) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    granted(state)?;
    let digest = digest(state, memory, (ptr, len))?;
    let consumer = by_key(&state.call, &digest).map(|credential| &*credential.identity.consumer);
    state.crossing.give(memory, Return { ptr: ret, capacity: cap }, &consumer)
}

fn identify_api_key(mut caller: Caller<'_, State>, ptr: u32, len: u32, ret: u32, cap: u32) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    granted(state)?;
    let digest = digest(state, memory, (ptr, len))?;
    let known = by_key(&state.call, &digest).map(|credential| Known::of(credential));
    state.crossing.give(memory, Return { ptr: ret, capacity: cap }, &known)
}

/// The digest under which a key is looked up. It is keyed: how long the look-up takes tells nothing that helps to find a key.
fn digest(state: &mut State, memory: &[u8], key: (u32, u32)) -> wasmtime::Result<KeyDigest> {
    let tag = hmac::sign(&state.core.services.key_hash, state.crossing.slice(memory, key.0, key.1)?);
    Ok(KeyDigest(tag.as_ref().try_into().expect("HMAC-SHA-256 has 32 bytes")))
}

fn by_key<'l>(lent: &'l Lent, digest: &KeyDigest) -> Option<&'l Arc<KnownCredential>> {
    lent.snapshot.as_ref()?.credentials.by_key(digest, unix_ms())
}

fn identify_certificate(mut caller: Caller<'_, State>, ret: u32, cap: u32) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    granted(state)?;
    let lent = &state.call;
    let found = lent.snapshot.as_ref().zip(lent.certificate.as_deref());
    let found = found.and_then(|(snapshot, certificate)| snapshot.credentials.by_certificate(certificate, unix_ms()));
    let known = found.map(|credential| Known::of(credential));
    state.crossing.give(memory, Return { ptr: ret, capacity: cap }, &known)
}

async fn verify_password(
    mut caller: Caller<'_, State>,
    username: (u32, u32),
    password: (u32, u32),
    to: Return,
) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    granted(state)?;
    let username = state.crossing.text(memory, username.0, username.1)?.to_owned();
    let password = state.crossing.text(memory, password.0, password.1)?.to_owned();
    let passwords = state.core.services.passwords.clone();
    let seats = pool::with_local(granted(state)?, |local| local.proof_waits.clone());
    let found = match (may_wait(state), state.call.snapshot.clone()) {
        (Err(error), _) => Err(error),
        (Ok(()), None) => Err(HostError::Unavailable("passwords are verified in hooks only".to_owned())),
        (Ok(()), Some(snapshot)) => passwords.verify(&snapshot.credentials, &username, password, &seats, unix_ms).await,
    };
    let known = found.as_ref().map(|found| found.as_deref().map(Known::of));
    reply(&mut caller, to, &known)
}

fn consumer_exists(mut caller: Caller<'_, State>, ptr: u32, len: u32) -> wasmtime::Result<u32> {
    let (memory, state) = parts(&mut caller)?;
    granted(state)?;
    let name = state.crossing.text(memory, ptr, len)?;
    let exists = state.call.snapshot.as_ref().is_some_and(|snapshot| snapshot.identities.contains_key(name));
    Ok(u32::from(exists))
}

fn consumer_groups(mut caller: Caller<'_, State>, ptr: u32, len: u32, ret: u32, cap: u32) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    granted(state)?;
    let name = state.crossing.text(memory, ptr, len)?;
    let identity = state.call.snapshot.as_ref().and_then(|snapshot| snapshot.identities.get(name));
    let groups = identity.map(|identity| identity.groups.iter().map(|group| &**group).collect::<Vec<_>>());
    state.crossing.give(memory, Return { ptr: ret, capacity: cap }, &groups)
}

// === tokens ===

fn define_jwt(mut caller: Caller<'_, State>, ptr: u32, len: u32, ret: u32, cap: u32) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    granted(state)?;
    let policy = state.crossing.argument::<JwtPolicy>(memory, ptr, len)?;
    let result = add(state, &widened(&policy), slice(memory, ptr, len)?);
    state.crossing.give(memory, Return { ptr: ret, capacity: cap }, &result)
}

fn define_tokens(mut caller: Caller<'_, State>, ptr: u32, len: u32, ret: u32, cap: u32) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    granted(state)?;
    let policy = state.crossing.argument::<Policy>(memory, ptr, len)?;
    let result = add(state, &policy, slice(memory, ptr, len)?);
    state.crossing.give(memory, Return { ptr: ret, capacity: cap }, &result)
}

fn add(state: &mut State, policy: &Policy, encoded: &[u8]) -> Result<u32, String> {
    may_define(state.configuring, state.defined.token_policies.len(), "token policies")?;
    let owner = state.owner.as_ref().expect("only an attachment has grants");
    let services = &state.core.services;
    let secret = |name: &str| {
        let granted = owner.attachment.grants.contains(&Grant::Secret(name.to_owned()));
        granted.then(|| (services.secrets)(name))
    };
    let made = owner.token_policy(encoded, || TokenPolicy::new(policy, &secret, &services.key_sets))?;
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
    let result = verify(owner, policy, token)
        .map(|token| VerifiedToken { issuer: token.issuer.clone(), consumer: token.consumer.clone() })
        .map_err(|refused| refused.error().in_short());
    state.crossing.give(memory, Return { ptr: ret, capacity: cap }, &result)
}

async fn verify_token(
    mut caller: Caller<'_, State>,
    policy: u32,
    token: (u32, u32),
    to: Return,
) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    let bytes = state.crossing.slice(memory, token.0, token.1)?;
    let policy = at(&state.defined.token_policies, policy, "token policy")?;
    let owner = granted(state)?;
    let errand = match verify_or_ask(owner, policy, bytes) {
        Ok(token) => return state.crossing.give(memory, to, &Ok::<_, TokenError>(token)),
        Err((refused, None)) => Err(refused.error()),
        Err((_, Some(newer))) => Errand::new(owner, policy, bytes, newer),
    };
    let waiting = errand.and_then(|errand| may_wait(state).map(|()| errand).map_err(|_| TokenError::KeysUnavailable));
    let Errand { newer, policy, token, _place } = match waiting {
        Ok(errand) => errand,
        Err(error) => return reply(&mut caller, to, &Err::<Token, _>(error)),
    };
    let came = newer.come().await;
    let owner = caller.data().owner.as_deref().expect("it was granted before");
    // Encoded here, because what a thread keeps is not sent to another one.
    let result = verify(owner, &policy, &token).map(|token| (*token).clone()).map_err(|refused| match refused {
        Refused::UnknownKey { .. } if !came => TokenError::KeysUnavailable,
        refused => refused.error(),
    });
    reply(&mut caller, to, &result)
}

/// What it takes to wait for a newer key set.
struct Errand {
    newer: Newer,
    policy: Arc<TokenPolicy>,
    token: Vec<u8>,
    _place: OwnedSemaphorePermit,
}

impl Errand {
    /// # Errors
    /// What the token is told when so many wait that others would find no place: its key may be there all the same.
    fn new(owner: &Generation, policy: &Arc<TokenPolicy>, token: &[u8], newer: Newer) -> Result<Self, TokenError> {
        let places = pool::with_local(owner, |local| local.proof_waits.clone());
        let _place = places.try_acquire_owned().map_err(|_| TokenError::KeysUnavailable)?;
        Ok(Self { newer, policy: policy.clone(), token: token.to_owned(), _place })
    }
}

/// Verifies a token by the keys that are here; beside the refusal is the newer set that it may wait for.
fn verify_or_ask(
    owner: &Generation,
    policy: &TokenPolicy,
    token: &[u8],
) -> Result<Rc<Token>, (Refused, Option<Newer>)> {
    let refused = match verify(owner, policy, token) {
        Ok(token) => return Ok(token),
        Err(refused) => refused,
    };
    let Refused::UnknownKey { set, id, .. } = &refused else { return Err((refused, None)) };
    match set.ask(id.as_deref(), unix_ms()) {
        Some(newer) => Err((refused, Some(newer))),
        // A fetch may have ended after the keys were looked at: then there is nothing to ask for, as the key is here.
        None if set.has(id.as_deref(), unix_ms()) => verify(owner, policy, token).map_err(|refused| (refused, None)),
        None => Err((refused, None)),
    }
}

fn verify(owner: &Generation, policy: &TokenPolicy, token: &[u8]) -> Result<Rc<Token>, Refused> {
    if token.len() > TOKEN {
        return Err(TokenError::Malformed.into());
    }
    let now = unix_ms();
    if let Some(known) = pool::with_local(owner, |local| local.tokens.find(policy, token, now)) {
        return Ok(known);
    }
    let verified = policy.verify(token, now)?;
    Ok(pool::with_local(owner, |local| local.tokens.keep(policy, token, verified)))
}

//! What a hook asks for: read and checked whole, then applied.
//!
//! These bytes come from the guest and are the only ones that the host parses at length; nothing in them is trusted.
//! Everything is checked before anything is applied, so a hook either succeeds or changes nothing.

mod answer;
mod change;
mod check;
mod rejection;

use bytes::Bytes;
use gateway_model::{ResolvedAttachment, Snapshot};
use http::{HeaderMap, HeaderName, Method, uri::PathAndQuery};
use sluice_abi::{
    outcome::{self, Action, Packed},
    wire::Hooks,
};

use self::{
    answer::{answer, problem},
    change::{OnRequest, OnResponse},
    check::{Parts, Subject, apply_headers, fault, keeps_its_body, read},
};
pub(crate) use self::{change::Change, rejection::Rejection};
use crate::{
    call::{
        Attributes, BodyWish, ChunkVerdict, Kept, Onward, Refusal, RequestCall, ResponseCall, ResponseVerdict, Verdict,
        Visit,
    },
    hook::Hook,
    imports::DefinedLimits,
};

/// What the names and the wishes of a guest are resolved against.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) hook: Hook,
    /// The hooks that this configuration has.
    pub(crate) hooks: Hooks,
    pub(crate) names: &'a [HeaderName],
    pub(crate) attachment: &'a ResolvedAttachment,
    /// The most bytes of a body that may be buffered.
    pub(crate) buffered_body: u64,
    pub(crate) limits: &'a DefinedLimits,
    /// Whether the plugin may charge usage plans.
    pub(crate) usage_plan: bool,
}

/// The request as it stands, for changes that depend on it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standing<'a> {
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) attributes: &'a Attributes,
    /// Method and target of a request that has not gone to the upstream.
    pub(crate) line: Option<(&'a Method, &'a PathAndQuery)>,
}

/// Reads the outcome of a hook of a request and applies it to the request, or to the answer that it makes.
///
/// `changes` is scratch space: its allocation is kept from call to call.
pub(crate) fn request(
    packed: Packed,
    out: &[u8],
    context: Context<'_>,
    changes: &mut Vec<Change>,
    call: &mut RequestCall<'_>,
    visit: &mut Visit,
) -> Result<Verdict, Rejection> {
    let RequestCall { method, target, headers, consumer, attributes, way, charges, about, .. } = call;
    let standing = Standing { snapshot: about.snapshot, attributes, line: Some((method, target)) };
    let subject = match packed.action {
        Action::Next => Subject::Message,
        Action::Respond => Subject::Answer,
        Action::Refuse => Subject::Problem,
        Action::ServeCached => Subject::Kept,
        Action::Fault => return Err(fault(out)),
        Action::Reset => return Err(Rejection::Misplaced("resets")),
    };
    let mut parts = Parts::of(out)?;
    read(&mut parts, subject, context, standing, changes)?;
    check_wish(packed, subject, &parts, context)?;

    let mut rest = OnRequest { method, target, consumer, attributes, way, charges };
    match subject {
        Subject::Message => {
            apply_headers(&parts, context.names, headers);
            changes.drain(..).for_each(|change| rest.apply(change));
            Ok(Verdict::Next(visit.keep(parts.outcome.state, onward(packed, &parts))))
        }
        Subject::Answer => {
            let mut answer = answer(packed.status, &parts, changes)?;
            apply_headers(&parts, context.names, answer.headers_mut());
            changes.drain(..).for_each(|change| rest.apply(change));
            Ok(Verdict::Respond(Box::new(answer)))
        }
        Subject::Problem => {
            let (problem, mut headers) = (problem(packed.status, &parts)?, HeaderMap::new());
            apply_headers(&parts, context.names, &mut headers);
            changes.drain(..).for_each(|change| rest.apply(change));
            Ok(Verdict::Refuse(Box::new(Refusal { problem, headers })))
        }
        Subject::Kept => {
            let key = parts.cache_key.take().ok_or(Rejection::Missing("the key of a kept response"))?;
            apply_headers(&parts, context.names, headers);
            changes.drain(..).for_each(|change| rest.apply(change));
            let onward = visit.keep(parts.outcome.state, onward(packed, &parts));
            Ok(Verdict::ServeCached(Box::new(Kept { key, onward })))
        }
    }
}

/// Reads the outcome of a hook of a response and applies it to the response, or to the answer that it makes.
pub(crate) fn response(
    packed: Packed,
    out: &[u8],
    context: Context<'_>,
    changes: &mut Vec<Change>,
    call: &mut ResponseCall<'_>,
    visit: &mut Visit,
) -> Result<ResponseVerdict, Rejection> {
    let ResponseCall { status, headers, attributes, store, about, .. } = call;
    let standing = Standing { snapshot: about.snapshot, attributes, line: None };
    let subject = match packed.action {
        Action::Next => Subject::Message,
        Action::Respond => Subject::Answer,
        Action::Refuse => Subject::Problem,
        Action::Fault => return Err(fault(out)),
        Action::ServeCached => return Err(Rejection::Misplaced("kept responses")),
        Action::Reset => return Err(Rejection::Misplaced("resets")),
    };
    let mut parts = Parts::of(out)?;
    read(&mut parts, subject, context, standing, changes)?;
    check_wish(packed, subject, &parts, context)?;

    let mut rest = OnResponse { status, attributes, store };
    match subject {
        Subject::Answer => {
            let mut answer = answer(packed.status, &parts, changes)?;
            let mut status = answer.status();
            rest.status = &mut status;
            apply_headers(&parts, context.names, answer.headers_mut());
            changes.drain(..).for_each(|change| rest.apply(change));
            Ok(ResponseVerdict::Respond(Box::new(answer)))
        }
        Subject::Problem => {
            let (problem, mut headers) = (problem(packed.status, &parts)?, HeaderMap::new());
            apply_headers(&parts, context.names, &mut headers);
            changes.drain(..).for_each(|change| rest.apply(change));
            Ok(ResponseVerdict::Refuse(Box::new(Refusal { problem, headers })))
        }
        Subject::Message | Subject::Kept => {
            keeps_its_body(*rest.status, changes)?;
            apply_headers(&parts, context.names, headers);
            changes.drain(..).for_each(|change| rest.apply(change));
            Ok(ResponseVerdict::Next(visit.keep(parts.outcome.state, onward(packed, &parts))))
        }
    }
}

/// Reads the outcome of a hook of chunks.
pub(crate) fn chunk(packed: Packed, out: &[u8], chunk: Bytes, visit: &mut Visit) -> Result<ChunkVerdict, Rejection> {
    match packed.action {
        Action::Next | Action::Reset => {}
        Action::Fault => return Err(fault(out)),
        Action::Respond | Action::Refuse | Action::ServeCached => return Err(Rejection::Misplaced("answers")),
    }
    if packed.body != outcome::BodyWish::Pass {
        return Err(Rejection::Misplaced("wishes for a body"));
    }
    let (state, replacement) = check::chunk(out)?;
    visit.replace_state(state);
    Ok(match (packed.action, replacement) {
        (Action::Reset, _) => ChunkVerdict::Reset,
        (_, Some(bytes)) => ChunkVerdict::Replace(Bytes::copy_from_slice(bytes)),
        (_, None) => ChunkVerdict::Pass(chunk),
    })
}

/// Reads the outcome of a hook that can change nothing.
pub(crate) fn nothing(packed: Packed, out: &[u8]) -> Result<(), Rejection> {
    match packed.action {
        Action::Next => check::nothing(out),
        Action::Fault => Err(fault(out)),
        _ => Err(Rejection::Misplaced("answers")),
    }
}

/// What the plugin wants to see later, once [`check_wish`] has passed it.
#[inline]
fn onward(packed: Packed, parts: &Parts<'_>) -> Onward {
    let body = match packed.body {
        outcome::BodyWish::Pass => BodyWish::Pass,
        outcome::BodyWish::Stream => BodyWish::Stream,
        outcome::BodyWish::Buffer => BodyWish::Buffer { max: parts.body_limit.unwrap_or_default() },
    };
    Onward { more: packed.more, body }
}

/// Refuses wishes for a body that cannot come true.
#[inline]
fn check_wish(packed: Packed, subject: Subject, parts: &Parts<'_>, context: Context<'_>) -> Result<(), Rejection> {
    match (packed.body, parts.body_limit) {
        (outcome::BodyWish::Pass, None) => Ok(()),
        (outcome::BodyWish::Buffer, None) => Err(Rejection::Missing("the limit of a body to be buffered")),
        (outcome::BodyWish::Buffer, Some(_)) | (outcome::BodyWish::Stream, None) => {
            check_hook(packed.body, subject, context)
        }
        (_, Some(_)) => Err(Rejection::Misplaced("limits of a body")),
    }
}

/// A wish needs the hook that would show it.
#[cold]
fn check_hook(wish: outcome::BodyWish, subject: Subject, context: Context<'_>) -> Result<(), Rejection> {
    let needed = match (context.hook.of_body(), subject, wish) {
        (Some((whole, _)), Subject::Message, outcome::BodyWish::Buffer) => whole,
        (Some((_, chunks)), Subject::Message, _) => chunks,
        _ => return Err(Rejection::Misplaced("wishes for a body")),
    };
    match context.hooks.has(needed.flag()) {
        true => Ok(()),
        false => Err(Rejection::NoHook(needed)),
    }
}

// === impl Visit ===

impl Visit {
    /// Goes on with an empty state.
    #[inline]
    pub(crate) fn go_on(&mut self, more: bool) -> Onward {
        self.state.clear();
        Onward { more, ..Onward::NOTHING_MORE }
    }

    /// Keeps the state for the next hook, if there is to be one.
    #[inline]
    fn keep(&mut self, state: &[u8], onward: Onward) -> Onward {
        match onward.more || onward.body != BodyWish::Pass {
            true => self.replace_state(state),
            false => self.state.clear(),
        }
        onward
    }

    #[inline]
    fn replace_state(&mut self, state: &[u8]) {
        self.state.clear();
        self.state.extend_from_slice(state);
    }
}

#[cfg(test)]
mod tests;

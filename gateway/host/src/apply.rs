//! What a hook asks for: read and checked whole, then applied.
//!
//! These bytes come from the guest and are the only ones that the host parses at length; nothing in them is trusted.
//! Everything is checked before anything is applied, so a hook either succeeds or changes nothing.

mod check;

use std::sync::Arc;

use bytes::Bytes;
use gateway_model::{Grant, Identity, Problem, Snapshot};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use sluice_abi::outcome::{Action, Packed};

use self::check::{Parts, Subject, fault, final_status, is_bodiless, read};
use crate::call::{Continued, Refusal, Verdict};

/// What the names and the wishes of a guest are resolved against.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'a> {
    pub(crate) names: &'a [HeaderName],
    pub(crate) snapshot: &'a Snapshot,
    /// Whether the attachment lets the plugin say who calls.
    pub(crate) identity: bool,
}

/// A mutation that passed all checks.
#[derive(Debug)]
pub(crate) enum Mutation {
    Set(HeaderName, HeaderValue),
    Append(HeaderName, HeaderValue),
    Remove(HeaderName),
    Status(StatusCode),
    Consumer(Arc<Identity>),
}

/// Why nothing is applied. Header values are not told: they may be secrets.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Rejection {
    #[error("its outcome is not of the form of the ABI, or has too many operations")]
    Malformed,
    #[error("it refers to header name {0}, which it did not declare")]
    UnknownName(u16),
    #[error("{0:?} is no header name")]
    HeaderName(String),
    #[error("its value for header {0} is no header value")]
    HeaderValue(HeaderName),
    #[error("it writes header {0}, which the gateway sets itself")]
    Reserved(HeaderName),
    #[error("{0} is no status that it may answer with here")]
    Status(u16),
    #[error("{0} have no place in this outcome")]
    Misplaced(&'static str),
    #[error("it answers with status {0}, which has no body, and a body")]
    Body(StatusCode),
    #[error("there is no consumer {0:?}")]
    UnknownConsumer(String),
    #[error("it says who calls, but the attachment does not give the grant {grant}", grant = Grant::Identity)]
    NotGranted,
    #[error("{0}")]
    Fault(String),
}

/// Reads the outcome of a request hook and applies it to the request, or to the answer that it makes.
///
/// `mutations` is scratch space: its allocation is kept from call to call.
pub(crate) fn request(
    packed: Packed,
    out: &[u8],
    context: Context<'_>,
    mutations: &mut Vec<Mutation>,
    headers: &mut HeaderMap,
    consumer: &mut Option<Arc<Identity>>,
) -> Result<Verdict, Rejection> {
    match packed.action {
        Action::Next => {
            let parts = read(out, Subject::Request, context, mutations)?;
            apply(mutations, headers, None, Some(consumer));
            let more = packed.more;
            let state = if more { parts.state.into() } else { Box::default() };
            Ok(Verdict::Next(Continued { state, more }))
        }
        Action::Respond => {
            let parts = read(out, Subject::Answer, context, mutations)?;
            let mut answer = answer(packed.status, &parts, mutations)?;
            apply(mutations, answer.headers_mut(), None, Some(consumer));
            Ok(Verdict::Respond(answer))
        }
        Action::Refuse => {
            let parts = read(out, Subject::Problem, context, mutations)?;
            let problem = problem(packed.status, &parts)?;
            let mut headers = HeaderMap::new();
            apply(mutations, &mut headers, None, Some(consumer));
            Ok(Verdict::Refuse(Refusal { problem, headers }))
        }
        Action::Fault => Err(fault(out)),
        Action::ServeCached | Action::Reset => Err(Rejection::Misplaced("kept responses and resets")),
    }
}

/// Reads the outcome of a response hook and applies it to the response.
pub(crate) fn response(
    packed: Packed,
    out: &[u8],
    context: Context<'_>,
    mutations: &mut Vec<Mutation>,
    headers: &mut HeaderMap,
    status: &mut StatusCode,
) -> Result<(), Rejection> {
    match packed.action {
        Action::Next => {}
        Action::Fault => return Err(fault(out)),
        Action::Respond | Action::Refuse | Action::ServeCached | Action::Reset => {
            return Err(Rejection::Misplaced("answers"));
        }
    }
    read(out, Subject::Response, context, mutations)?;
    // The body is on its way: a response cannot gain or lose the right to have one.
    for mutation in &*mutations {
        if let Mutation::Status(to) = mutation
            && is_bodiless(*to) != is_bodiless(*status)
        {
            return Err(Rejection::Status(to.as_u16()));
        }
    }
    apply(mutations, headers, Some(status), None);
    Ok(())
}

// === making answers ===

/// The answer without its headers. The mutations may still change its status, so they are looked at here.
fn answer(status: u16, parts: &Parts<'_>, mutations: &[Mutation]) -> Result<http::Response<Bytes>, Rejection> {
    let changed = mutations.iter().rev().find_map(|mutation| match mutation {
        Mutation::Status(status) => Some(*status),
        _ => None,
    });
    let status = changed.map_or_else(|| final_status(status), Ok)?;
    if is_bodiless(status) && !parts.body.is_empty() {
        return Err(Rejection::Body(status));
    }
    let mut answer = http::Response::new(Bytes::copy_from_slice(parts.body));
    *answer.status_mut() = status;
    Ok(answer)
}

fn problem(status: u16, parts: &Parts<'_>) -> Result<Problem, Rejection> {
    let status = match status {
        400..=599 => final_status(status)?,
        _ => return Err(Rejection::Status(status)),
    };
    let owned = |text: &str| text.to_owned().into();
    Ok(Problem {
        status,
        kind: parts.kind.map_or("about:blank".into(), owned),
        title: parts.title.map_or_else(|| status.canonical_reason().unwrap_or("Refused").into(), owned),
        detail: parts.detail.map(owned),
    })
}

// === applying ===

/// Applies what was checked, in order. A mutation whose subject is `None` was looked at before, or cannot be there.
fn apply(
    mutations: &mut Vec<Mutation>,
    headers: &mut HeaderMap,
    mut status: Option<&mut StatusCode>,
    mut consumer: Option<&mut Option<Arc<Identity>>>,
) {
    for mutation in mutations.drain(..) {
        match mutation {
            Mutation::Set(name, value) => drop(headers.insert(name, value)),
            Mutation::Append(name, value) => drop(headers.append(name, value)),
            Mutation::Remove(name) => drop(headers.remove(name)),
            Mutation::Status(new) => {
                if let Some(status) = status.as_deref_mut() {
                    *status = new;
                }
            }
            Mutation::Consumer(identity) => {
                if let Some(consumer) = consumer.as_deref_mut() {
                    *consumer = Some(identity);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;

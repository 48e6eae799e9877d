//! Reading and checking what a guest asks for.

mod line;
mod rare;

use gateway_store::ResponseKey;
use http::{HeaderName, HeaderValue, StatusCode};
use sluice_abi::outcome::{Name, Operation, Outcome, is_reserved};

use super::{Change, Context, Mutation, Rejection, Standing};
use crate::error::quoted;

/// The longest header value that a plugin may write, in bytes.
pub(super) const VALUE: usize = 64 * 1024;

/// What the operations are about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// A request or a response that goes on.
    Message,
    /// An answer of the plugin.
    Answer,
    /// A problem of the plugin.
    Problem,
    /// A kept response that the plugin answers with.
    Kept,
}

/// The parts of an outcome that are no mutations.
#[derive(Default)]
pub(super) struct Parts<'o> {
    pub(super) state: &'o [u8],
    pub(super) body: &'o [u8],
    pub(super) kind: Option<&'o str>,
    pub(super) title: Option<&'o str>,
    pub(super) detail: Option<&'o str>,
    pub(super) body_limit: Option<u64>,
    pub(super) cache_key: Option<ResponseKey>,
}

pub(super) fn read<'o>(
    out: &'o [u8],
    subject: Subject,
    context: Context<'_>,
    standing: Standing<'_>,
    mutations: &mut Vec<Mutation>,
) -> Result<Parts<'o>, Rejection> {
    mutations.clear();
    let outcome = Outcome::read(out).map_err(|_| Rejection::Malformed)?;
    let mut parts = Parts { state: outcome.state, ..Parts::default() };
    for operation in outcome.operations() {
        match operation.map_err(|_| Rejection::Malformed)? {
            Operation::SetHeader(name, bytes) => {
                let name = header_name(name, context.names)?;
                let value = header_value(bytes, &name)?;
                mutations.push(Mutation::Set(name, value));
            }
            Operation::AppendHeader(name, bytes) => {
                let name = header_name(name, context.names)?;
                let value = header_value(bytes, &name)?;
                mutations.push(Mutation::Append(name, value));
            }
            Operation::RemoveHeader(name) => mutations.push(Mutation::Remove(header_name(name, context.names)?)),
            other => {
                let change = rare::check(other, subject, context, standing, mutations, &mut parts)?;
                mutations.extend(change.map(Mutation::Other));
            }
        }
    }
    if subject == Subject::Kept && !mutations.iter().all(|mutation| matches!(mutation, Mutation::Other(_))) {
        return Err(Rejection::Misplaced("headers"));
    }
    Ok(parts)
}

/// The state and the replacement in the outcome of a hook of chunks.
pub(super) fn chunk(out: &[u8]) -> Result<(&[u8], Option<&[u8]>), Rejection> {
    let outcome = Outcome::read(out).map_err(|_| Rejection::Malformed)?;
    let mut replacement = None;
    for operation in outcome.operations() {
        match operation.map_err(|_| Rejection::Malformed)? {
            Operation::Body(bytes) => replacement = Some(bytes),
            other => return Err(Rejection::Misplaced(rare::called(other))),
        }
    }
    Ok((outcome.state, replacement))
}

/// The outcome of a hook that can change nothing: empty, or with a state that nobody will read.
pub(super) fn nothing(out: &[u8]) -> Result<(), Rejection> {
    if out.is_empty() {
        return Ok(());
    }
    match Outcome::read(out).map_err(|_| Rejection::Malformed)?.operations().next() {
        None => Ok(()),
        Some(Ok(operation)) => Err(Rejection::Misplaced(rare::called(operation))),
        Some(Err(_)) => Err(Rejection::Malformed),
    }
}

/// A response cannot gain or lose the right to have a body: its framing is settled.
pub(super) fn keeps_its_body(status: StatusCode, mutations: &[Mutation]) -> Result<(), Rejection> {
    for mutation in mutations {
        if let Mutation::Other(Change::Status(to)) = mutation
            && is_bodiless(*to) != is_bodiless(status)
        {
            return Err(Rejection::Status(to.as_u16()));
        }
    }
    Ok(())
}

#[inline]
fn header_value(bytes: &[u8], name: &HeaderName) -> Result<HeaderValue, Rejection> {
    let allowed = (bytes.len() <= VALUE).then_some(bytes);
    allowed.and_then(|bytes| HeaderValue::from_bytes(bytes).ok()).ok_or_else(|| Rejection::HeaderValue(name.clone()))
}

#[inline]
fn header_name(name: Name<'_>, names: &[HeaderName]) -> Result<HeaderName, Rejection> {
    match name {
        // These were checked when they were declared.
        Name::Declared(position) => names.get(usize::from(position)).cloned().ok_or(Rejection::UnknownName(position)),
        Name::Inline(text) => inline_name(text),
    }
}

fn inline_name(text: &str) -> Result<HeaderName, Rejection> {
    let name = HeaderName::from_bytes(text.as_bytes()).map_err(|_| Rejection::HeaderName(text.to_owned()))?;
    match is_reserved(name.as_str()) {
        true => Err(Rejection::Reserved(name)),
        false => Ok(name),
    }
}

/// A status that ends a request: the interim ones (RFC 9110 section 15.2) and inventions beyond 599 do not.
pub(super) fn final_status(status: u16) -> Result<StatusCode, Rejection> {
    match status {
        200..=599 => StatusCode::from_u16(status).map_err(|_| Rejection::Status(status)),
        _ => Err(Rejection::Status(status)),
    }
}

/// Responses of this status have no body (RFC 9110 section 6.4.1).
pub(super) fn is_bodiless(status: StatusCode) -> bool {
    matches!(status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED)
}

/// The message of a hook that failed by its own account.
pub(super) fn fault(out: &[u8]) -> Rejection {
    let message = Outcome::read(out).ok().and_then(|outcome| {
        outcome.operations().find_map(|operation| match operation {
            Ok(Operation::Detail(message)) => Some(quoted(message)),
            _ => None,
        })
    });
    Rejection::Fault(message.unwrap_or_else(|| "the guest did not say why".to_owned()))
}

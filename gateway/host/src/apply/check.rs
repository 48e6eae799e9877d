//! Reading and checking what a guest asks for.

use std::sync::Arc;

use gateway_model::Identity;
use http::{HeaderName, HeaderValue, StatusCode};
use sluice_abi::outcome::{Name, Operation, Outcome, is_reserved};

use super::{Context, Mutation, Rejection};
use crate::error::quoted;

/// The longest header value that a plugin may write, in bytes.
pub(super) const VALUE: usize = 64 * 1024;

/// What the operations are about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// A request that goes on.
    Request,
    /// An answer of the plugin.
    Answer,
    /// A problem of the plugin.
    Problem,
    /// A response on its way out.
    Response,
}

/// The parts of an outcome that are no mutations.
#[derive(Default)]
pub(super) struct Parts<'o> {
    pub(super) state: &'o [u8],
    pub(super) body: &'o [u8],
    pub(super) kind: Option<&'o str>,
    pub(super) title: Option<&'o str>,
    pub(super) detail: Option<&'o str>,
}

pub(super) fn read<'o>(
    out: &'o [u8],
    subject: Subject,
    context: Context<'_>,
    mutations: &mut Vec<Mutation>,
) -> Result<Parts<'o>, Rejection> {
    mutations.clear();
    let outcome = Outcome::read(out).map_err(|_| Rejection::Malformed)?;
    let mut parts = Parts { state: outcome.state, ..Parts::default() };
    for operation in outcome.operations() {
        let operation = operation.map_err(|_| Rejection::Malformed)?;
        if let Some(mutation) = check(operation, subject, context, &mut parts)? {
            mutations.push(mutation);
        }
    }
    Ok(parts)
}

/// Checks one operation; one that is no mutation becomes a part.
fn check<'o>(
    operation: Operation<'o>,
    subject: Subject,
    context: Context<'_>,
    parts: &mut Parts<'o>,
) -> Result<Option<Mutation>, Rejection> {
    let mutation = match operation {
        Operation::SetHeader(name, bytes) => {
            let (name, value) = field(name, bytes, context.names)?;
            Mutation::Set(name, value)
        }
        Operation::AppendHeader(name, bytes) => {
            let (name, value) = field(name, bytes, context.names)?;
            Mutation::Append(name, value)
        }
        Operation::RemoveHeader(name) => Mutation::Remove(header_name(name, context.names)?),
        Operation::SetStatus(status) => match subject {
            Subject::Answer | Subject::Response => Mutation::Status(final_status(status)?),
            Subject::Request | Subject::Problem => return Err(Rejection::Misplaced("statuses")),
        },
        Operation::SetConsumer(name) => match subject {
            Subject::Response => return Err(Rejection::Misplaced("consumers")),
            _ => Mutation::Consumer(consumer(name, context)?),
        },
        Operation::Body(bytes) if subject == Subject::Answer => return keep(&mut parts.body, bytes),
        Operation::Body(_) => return Err(Rejection::Misplaced("bodies")),
        Operation::ProblemKind(text) if subject == Subject::Problem => return keep(&mut parts.kind, Some(text)),
        Operation::ProblemTitle(text) if subject == Subject::Problem => return keep(&mut parts.title, Some(text)),
        Operation::Detail(text) if subject == Subject::Problem => return keep(&mut parts.detail, Some(text)),
        Operation::ProblemKind(_) | Operation::ProblemTitle(_) | Operation::Detail(_) => {
            return Err(Rejection::Misplaced("members of a problem"));
        }
    };
    Ok(Some(mutation))
}

fn keep<T>(place: &mut T, value: T) -> Result<Option<Mutation>, Rejection> {
    *place = value;
    Ok(None)
}

fn field(name: Name<'_>, bytes: &[u8], names: &[HeaderName]) -> Result<(HeaderName, HeaderValue), Rejection> {
    let name = header_name(name, names)?;
    let value = HeaderValue::from_bytes(bytes).ok().filter(|_| bytes.len() <= VALUE);
    match value {
        Some(value) => Ok((name, value)),
        None => Err(Rejection::HeaderValue(name)),
    }
}

fn header_name(name: Name<'_>, names: &[HeaderName]) -> Result<HeaderName, Rejection> {
    match name {
        // These were checked when they were declared.
        Name::Declared(position) => names.get(usize::from(position)).cloned().ok_or(Rejection::UnknownName(position)),
        Name::Inline(text) => {
            let name = HeaderName::from_bytes(text.as_bytes()).map_err(|_| Rejection::HeaderName(text.to_owned()))?;
            match is_reserved(name.as_str()) {
                true => Err(Rejection::Reserved(name)),
                false => Ok(name),
            }
        }
    }
}

fn consumer(name: &str, context: Context<'_>) -> Result<Arc<Identity>, Rejection> {
    if !context.identity {
        return Err(Rejection::NotGranted);
    }
    context.snapshot.identities.get(name).cloned().ok_or_else(|| Rejection::UnknownConsumer(quoted(name)))
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

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
            other => check_rare(other, subject, context, &mut parts, mutations)?,
        }
    }
    Ok(parts)
}

/// Operations that few outcomes have, or once only.
fn check_rare<'o>(
    operation: Operation<'o>,
    subject: Subject,
    context: Context<'_>,
    parts: &mut Parts<'o>,
    mutations: &mut Vec<Mutation>,
) -> Result<(), Rejection> {
    match (operation, subject) {
        (Operation::SetStatus(status), Subject::Answer | Subject::Response) => {
            mutations.push(Mutation::Status(final_status(status)?));
        }
        (Operation::SetConsumer(name), Subject::Request | Subject::Answer | Subject::Problem) => {
            mutations.push(Mutation::Consumer(consumer(name, context)?));
        }
        (Operation::Body(bytes), Subject::Answer) => parts.body = bytes,
        (Operation::ProblemKind(text), Subject::Problem) => parts.kind = Some(text),
        (Operation::ProblemTitle(text), Subject::Problem) => parts.title = Some(text),
        (Operation::Detail(text), Subject::Problem) => parts.detail = Some(text),
        (operation, _) => return Err(Rejection::Misplaced(called(operation))),
    }
    Ok(())
}

fn called(operation: Operation<'_>) -> &'static str {
    match operation {
        Operation::SetHeader(..) | Operation::AppendHeader(..) | Operation::RemoveHeader(_) => "headers",
        Operation::SetStatus(_) => "statuses",
        Operation::SetConsumer(_) => "consumers",
        Operation::Body(_) => "bodies",
        Operation::ProblemKind(_) | Operation::ProblemTitle(_) | Operation::Detail(_) => "members of a problem",
        Operation::SetMethod(_)
        | Operation::SetPath(_)
        | Operation::SetQuery(_)
        | Operation::RemoveQuery
        | Operation::SetUpstream(_)
        | Operation::SetTimeout(_) => "changes of the request line or of its way",
        Operation::SetAttribute(..) => "attributes",
        Operation::StoreResponse(_) | Operation::CacheKey(_) => "kept responses",
        Operation::BodyLimit(_) => "limits of a body",
    }
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

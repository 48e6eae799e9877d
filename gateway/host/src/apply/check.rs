//! Reading and checking what a guest asks for.

mod line;
mod rare;

use gateway_store::ResponseKey;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use sluice_abi::outcome::{Name, Operation, Outcome, is_reserved};

use super::{Change, Context, Rejection, Standing};
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

/// What an outcome holds beside changes. Its headers stay where they are: they are read once more when they are applied.
pub(super) struct Parts<'o> {
    pub(super) outcome: Outcome<'o>,
    has_headers: bool,
    pub(super) body: &'o [u8],
    pub(super) kind: Option<&'o str>,
    pub(super) title: Option<&'o str>,
    pub(super) detail: Option<&'o str>,
    pub(super) body_limit: Option<u64>,
    pub(super) cache_key: Option<ResponseKey>,
}

// === impl Parts ===

impl<'o> Parts<'o> {
    fn of(outcome: Outcome<'o>) -> Self {
        Self {
            outcome,
            has_headers: false,
            body: &[],
            kind: None,
            title: None,
            detail: None,
            body_limit: None,
            cache_key: None,
        }
    }
}

/// Reads and checks all of an outcome: its parts, and in `changes` what it changes beside headers.
pub(super) fn read<'o>(
    out: &'o [u8],
    subject: Subject,
    context: Context<'_>,
    standing: Standing<'_>,
    changes: &mut Vec<Change>,
) -> Result<Parts<'o>, Rejection> {
    changes.clear();
    let outcome = Outcome::read(out).map_err(|_| Rejection::Malformed)?;
    let mut parts = Parts::of(outcome);
    for operation in outcome.operations() {
        match operation.map_err(|_| Rejection::Malformed)? {
            Operation::SetHeader(name, value) | Operation::AppendHeader(name, value) => {
                check_name(name, context.names)?;
                if !is_value(value) {
                    return Err(refused_value(name, context.names));
                }
                parts.has_headers = true;
            }
            Operation::RemoveHeader(name) => {
                check_name(name, context.names)?;
                parts.has_headers = true;
            }
            other => changes.extend(rare::check(other, subject, context, standing, changes, &mut parts)?),
        }
    }
    match subject == Subject::Kept && parts.has_headers {
        true => Err(Rejection::Misplaced("headers")),
        false => Ok(parts),
    }
}

/// Applies the headers of an outcome that passed all checks, in order.
pub(super) fn apply_headers(parts: &Parts<'_>, names: &[HeaderName], headers: &mut HeaderMap) {
    if !parts.has_headers {
        return;
    }
    for operation in parts.outcome.operations().flatten() {
        match operation {
            Operation::SetHeader(name, value) => {
                if let Some((name, value)) = header_name(name, names).zip(HeaderValue::from_bytes(value).ok()) {
                    headers.insert(name, value);
                }
            }
            Operation::AppendHeader(name, value) => {
                if let Some((name, value)) = header_name(name, names).zip(HeaderValue::from_bytes(value).ok()) {
                    headers.append(name, value);
                }
            }
            Operation::RemoveHeader(name) => {
                if let Some(name) = header_name(name, names) {
                    headers.remove(name);
                }
            }
            _ => {}
        }
    }
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
pub(super) fn keeps_its_body(status: StatusCode, changes: &[Change]) -> Result<(), Rejection> {
    for change in changes {
        if let Change::Status(to) = change
            && is_bodiless(*to) != is_bodiless(status)
        {
            return Err(Rejection::Status(to.as_u16()));
        }
    }
    Ok(())
}

/// Whether `HeaderValue` takes these bytes (RFC 9110 section 5.5), and they are not too many.
#[inline]
fn is_value(bytes: &[u8]) -> bool {
    bytes.len() <= VALUE && bytes.iter().all(|byte| matches!(byte, b'\t' | 0x20..=0x7e | 0x80..=0xff))
}

#[cold]
fn refused_value(name: Name<'_>, names: &[HeaderName]) -> Rejection {
    header_name(name, names).map_or(Rejection::Malformed, Rejection::HeaderValue)
}

#[inline]
fn check_name(name: Name<'_>, names: &[HeaderName]) -> Result<(), Rejection> {
    match name {
        // These were checked when they were declared.
        Name::Declared(position) if usize::from(position) < names.len() => Ok(()),
        Name::Declared(position) => Err(Rejection::UnknownName(position)),
        Name::Inline(text) => inline_name(text).map(drop),
    }
}

#[inline]
fn header_name(name: Name<'_>, names: &[HeaderName]) -> Option<HeaderName> {
    match name {
        Name::Declared(position) => names.get(usize::from(position)).cloned(),
        Name::Inline(text) => inline_name(text).ok(),
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_value_is_what_a_header_takes(bytes: Vec<u8>) {
            prop_assert_eq!(is_value(&bytes), HeaderValue::from_bytes(&bytes).is_ok());
        }
    }

    #[test]
    fn every_byte_is_judged_as_in_a_header() {
        for byte in 0..=u8::MAX {
            assert_eq!(is_value(&[byte]), HeaderValue::from_bytes(&[byte]).is_ok(), "{byte:#x}");
        }
    }
}

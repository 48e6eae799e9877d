//! Reading and checking what a guest asks for.

mod caching;
mod line;
mod rare;

use gateway_store::ResponseKey;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use sluice_abi::outcome::{Name, Operation, Outcome, Visitor, is_reserved};

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
    pub(super) body_limit: Option<u32>,
    pub(super) cache_key: Option<ResponseKey>,
}

// === impl Parts ===

impl<'o> Parts<'o> {
    /// Those of an outcome that is yet to be read: [`read`].
    #[inline]
    pub(super) fn of(out: &'o [u8]) -> Result<Self, Rejection> {
        Ok(Self {
            outcome: Outcome::read(out)?,
            has_headers: false,
            body: &[],
            kind: None,
            title: None,
            detail: None,
            body_limit: None,
            cache_key: None,
        })
    }
}

/// Reads and checks all of an outcome: the rest of its parts, and in `changes` what it changes beside headers.
pub(super) fn read<'o>(
    parts: &mut Parts<'o>,
    subject: Subject,
    context: Context<'_>,
    standing: Standing<'_>,
    changes: &mut Vec<Change>,
) -> Result<(), Rejection> {
    changes.clear();
    let outcome = parts.outcome;
    outcome.visit(&mut Checking { parts, subject, context, standing, changes })?;
    match subject == Subject::Kept && parts.has_headers {
        true => Err(Rejection::Misplaced("headers")),
        false => Ok(()),
    }
}

struct Checking<'c, 'o> {
    parts: &'c mut Parts<'o>,
    subject: Subject,
    context: Context<'c>,
    standing: Standing<'c>,
    changes: &'c mut Vec<Change>,
}

impl<'o> Visitor<'o> for Checking<'_, 'o> {
    type Error = Rejection;

    #[inline]
    fn header(&mut self, name: Name<'o>, value: &'o [u8], _append: bool) -> Result<(), Rejection> {
        self.parts.has_headers = true;
        check_name(name, self.context.names)?;
        match is_value(value) {
            true => Ok(()),
            false => Err(refused_value(name, self.context.names)),
        }
    }

    fn other(&mut self, operation: Operation<'o>) -> Result<(), Rejection> {
        let Self { parts, subject, context, standing, changes } = self;
        if let Operation::RemoveHeader(name) = operation {
            parts.has_headers = true;
            return check_name(name, context.names);
        }
        let change = rare::check(operation, *subject, *context, *standing, changes, parts)?;
        changes.extend(change);
        Ok(())
    }
}

/// Applies the headers of an outcome that passed all checks, in order.
#[inline]
pub(super) fn apply_headers(parts: &Parts<'_>, names: &[HeaderName], headers: &mut HeaderMap) {
    if parts.has_headers {
        // It was read to its end before.
        let _checked = parts.outcome.visit(&mut Applying { names, headers });
    }
}

struct Applying<'c> {
    names: &'c [HeaderName],
    headers: &'c mut HeaderMap,
}

impl Visitor<'_> for Applying<'_> {
    type Error = Rejection;

    #[inline]
    fn header(&mut self, name: Name<'_>, value: &[u8], append: bool) -> Result<(), Rejection> {
        if let (Some(name), Ok(value)) = (header_name(name, self.names), HeaderValue::from_bytes(value)) {
            match append {
                true => drop(self.headers.append(name, value)),
                false => drop(self.headers.insert(name, value)),
            }
        }
        Ok(())
    }

    fn other(&mut self, operation: Operation<'_>) -> Result<(), Rejection> {
        if let Operation::RemoveHeader(name) = operation
            && let Some(name) = header_name(name, self.names)
        {
            self.headers.remove(name);
        }
        Ok(())
    }
}

/// The state and the replacement in the outcome of a hook of chunks.
pub(super) fn chunk(out: &[u8]) -> Result<(&[u8], Option<&[u8]>), Rejection> {
    let outcome = Outcome::read(out)?;
    let mut replacement = None;
    for operation in outcome.operations() {
        match operation? {
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
    match Outcome::read(out)?.operations().next() {
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
    // Looks at all of them, sound or not: that takes no branch for each.
    let refused = |byte: u8| (byte < 0x20 && byte != b'\t') || byte == 0x7f;
    bytes.len() <= VALUE && !bytes.iter().fold(false, |any, byte| any | refused(*byte))
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

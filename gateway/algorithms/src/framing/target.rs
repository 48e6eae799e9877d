//! The forms of a request target (RFC 9112, section 3.2).

use crate::authority::Authority;

use super::{bytes, fault::Fault};

/// Methods whose targets have forms of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    Connect,
    Options,
    Other,
}

/// The form of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Origin-form or asterisk-form: where it goes, `Host` alone says.
    Path,
    /// An `http` or `https` URL, the schemes that a gateway serves.
    Absolute,
    /// Host and port.
    Authority,
}

impl Method {
    pub(super) fn of(name: &[u8]) -> Self {
        match name {
            b"CONNECT" => Self::Connect,
            b"OPTIONS" => Self::Options,
            _ => Self::Other,
        }
    }
}

impl Form {
    /// # Errors
    /// [`Fault::BadTarget`] for a target that is none that goes with the method.
    pub(super) fn of(method: Method, target: &[u8]) -> Result<Self, Fault> {
        match (method, target) {
            (Method::Connect, target) => in_authority_form(target).map(|_| Self::Authority),
            (_, target) if !has_plain_bytes(target) => None,
            (_, [b'/', ..]) | (Method::Options, b"*") => Some(Self::Path),
            (_, target) => in_absolute_form(target).map(|_| Self::Absolute),
        }
        .ok_or(Fault::BadTarget)
    }

    /// Whether a target of this form names the same place as `host`.
    pub(super) fn agrees(self, target: &[u8], host: &[u8]) -> bool {
        let named = match self {
            Self::Path => return true,
            Self::Absolute => in_absolute_form(target),
            Self::Authority => in_authority_form(target),
        };
        let (Some((named, port)), Some(host)) = (named, Authority::parse(host)) else { return false };
        named.is_same(&host, port)
    }
}

/// Whether there is no fragment, which no client sends and some servers take for a part of the path, and nothing in path or
/// query that no URL may hold there (RFC 3986, section 2) and that clients escape (URL Standard, section 1.3). Some clients
/// do not escape what is beyond ASCII in a query; nobody is misled by it there, if it is UTF-8.
fn has_plain_bytes(target: &[u8]) -> bool {
    if bytes::end_of_plain(target) == target.len() && target.is_ascii() {
        return true;
    }
    let path = target.iter().position(|byte| *byte == b'?').unwrap_or(target.len());
    let (path, query) = target.split_at(path);
    !path.iter().any(|byte| matches!(byte, b'#' | b'<' | b'>' | b'`' | 0x80..))
        && str::from_utf8(query).is_ok()
        && !query.iter().any(|byte| matches!(byte, b'#' | b'<' | b'>' | b'"'))
}

/// Section 3.2.3: a tunnel has no scheme that would know a port, so one must be there.
fn in_authority_form(target: &[u8]) -> Option<(Authority<'_>, u16)> {
    let authority = Authority::parse(target)?;
    authority.port.map(|port| (authority, port))
}

/// Section 3.2.2: the authority, and the port that goes without saying.
fn in_absolute_form(target: &[u8]) -> Option<(Authority<'_>, u16)> {
    let (rest, port) = match after(target, b"http://") {
        Some(rest) => (rest, 80),
        None => (after(target, b"https://")?, 443),
    };
    let end = rest.iter().position(|byte| matches!(byte, b'/' | b'?' | b'#')).unwrap_or(rest.len());
    Some((Authority::parse(&rest[..end])?, port))
}

fn after<'a>(target: &'a [u8], scheme: &[u8]) -> Option<&'a [u8]> {
    let (start, rest) = target.split_at_checked(scheme.len())?;
    start.eq_ignore_ascii_case(scheme).then_some(rest)
}

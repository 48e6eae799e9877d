//! Makes a request mean one thing: to the routes, to the plugins and to the upstream behind.
//!
//! What two HTTP implementations could read differently is refused (RFC 9112, sections 3 and 6), never repaired by a guess.
//! Of HTTP/1, what is between the bytes was refused before hyper parsed them (`connection/scanned.rs`), so much of what is
//! checked here is so already: it is checked for HTTP/2, where heads have no bytes to look at, and so that nothing here
//! depends on it.

pub(crate) use gateway_algorithms::authority::host_name;
use gateway_algorithms::{
    authority::Authority,
    framing::Fault,
    path::{self, PathError},
};
use http::{
    HeaderValue, Method, Version,
    header::{HOST, TRANSFER_ENCODING},
    request::Parts,
    uri::PathAndQuery,
};

use crate::settings::ConnectionLimits;

/// Why a request is not taken on. The texts are for its client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Malformed {
    #[error("Send exactly one Host field.")]
    HostCount,
    #[error("The host is not of the form host or host:port.")]
    Host,
    #[error("The Host field and the :authority pseudo-header name different hosts.")]
    HostsDiffer,
    #[error("Send exactly one Sec-WebSocket-Key field, with 16 bytes in Base64.")]
    WebSocketKey,
    /// A trusted proxy sent it.
    #[error("The Forwarded field is not of the form of RFC 7239.")]
    Forwarded,
    /// A trusted proxy sent it.
    #[error("The forwarded host is not of the form host or host:port.")]
    ForwardedHost,
    #[error(transparent)]
    Path(PathError),
    #[error("The request is not read, because {0}.")]
    Framing(Fault),
}

const NO_TARGET: Malformed = Malformed::Path(PathError::Target);

/// Why a well-formed request is not taken on either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    Malformed(Malformed),
    /// `CONNECT` would open a tunnel past all plugins; `TRACE` would show the client what the gateway adds.
    Method,
    /// Another transfer coding than `chunked`: the body could not be forwarded as what it is.
    TransferCoding,
    /// A longer path and query than allowed.
    TargetTooLong,
    /// More header fields than allowed.
    HeaderCount,
}

/// Where a request goes, in the one form that is matched, shown to plugins, logged and forwarded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Destination {
    /// Host and perhaps port, as the client wrote them.
    pub(crate) authority: HeaderValue,
    /// Normalised path, and the query as the client wrote it; `*` for `OPTIONS *`.
    pub(crate) target: PathAndQuery,
}

/// Checks a head and says where its request goes. Allocates nothing for a request that is normal already.
pub(crate) fn check(head: &Parts, limits: &ConnectionLimits) -> Result<Destination, Refused> {
    if matches!(head.method, Method::CONNECT | Method::TRACE) {
        return Err(Refused::Method);
    }
    if head.uri.path_and_query().is_some_and(|target| target.as_str().len() > limits.target_bytes) {
        return Err(Refused::TargetTooLong);
    }
    if head.headers.len() > limits.headers {
        return Err(Refused::HeaderCount);
    }
    check_framing(head)?;
    Ok(Destination { authority: authority(head)?, target: target(head)? })
}

/// hyper takes `gzip, chunked` for chunked, which it is; but the gzip would be lost on the way.
fn check_framing(head: &Parts) -> Result<(), Refused> {
    let mut codings = head.headers.get_all(TRANSFER_ENCODING).iter();
    match (codings.next(), codings.next()) {
        (None, _) => Ok(()),
        (Some(only), None) if only.as_bytes().eq_ignore_ascii_case(b"chunked") => Ok(()),
        _ => Err(Refused::TransferCoding),
    }
}

/// RFC 9112, section 3.2: one `Host`, and the URL of the absolute form wins over it.
/// RFC 9113, section 8.3.1: `:authority`, and a `Host` may only repeat it.
fn authority(head: &Parts) -> Result<HeaderValue, Malformed> {
    let mut hosts = head.headers.get_all(HOST).iter();
    let (host, second) = (hosts.next(), hosts.next());
    if second.is_some() || (host.is_none() && head.version < Version::HTTP_2) {
        return Err(Malformed::HostCount);
    }
    if let Some(host) = host {
        check_authority(host.as_bytes())?;
    }
    match (head.uri.authority(), host) {
        (Some(uri), Some(host)) if head.version >= Version::HTTP_2 => {
            match uri.as_str().as_bytes().eq_ignore_ascii_case(host.as_bytes()) {
                true => Ok(host.clone()),
                false => Err(Malformed::HostsDiffer),
            }
        }
        (Some(uri), _) => {
            check_authority(uri.as_str().as_bytes())?;
            HeaderValue::from_str(uri.as_str()).map_err(|_| Malformed::Host)
        }
        (None, Some(host)) => Ok(host.clone()),
        (None, None) => Err(Malformed::HostCount),
    }
}

/// A host, perhaps with a port, and nothing else.
fn check_authority(authority: &[u8]) -> Result<(), Malformed> {
    Authority::parse(authority).map(|_| ()).ok_or(Malformed::Host)
}

fn target(head: &Parts) -> Result<PathAndQuery, Malformed> {
    let target = head.uri.path_and_query().ok_or(NO_TARGET)?;
    let known_scheme = head.uri.scheme_str().is_none_or(|scheme| matches!(scheme, "http" | "https"));
    match target.as_str() {
        _ if !known_scheme => Err(NO_TARGET),
        "*" if head.method == Method::OPTIONS => Ok(target.clone()),
        _ => path::normalise(target).map_err(Malformed::Path),
    }
}

// === impl Destination ===

impl Destination {
    /// The same with the host that the client has asked a proxy for, if it is known.
    pub(crate) fn asked_as(self, host: Option<HeaderValue>) -> Self {
        Self { authority: host.unwrap_or(self.authority), target: self.target }
    }
}

// === impl Refused ===

impl From<Malformed> for Refused {
    fn from(malformed: Malformed) -> Self {
        Self::Malformed(malformed)
    }
}

#[cfg(test)]
mod tests;

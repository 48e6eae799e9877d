//! What proxies in front say of a request: `X-Forwarded-For` and its companions, and `Forwarded` (RFC 7239).
//!
//! Each proxy appends whom it had the request from. So the lists are read from their end: every entry was written by whoever
//! sent the next one, and is true as long as that one is trusted. The first that is not is the client; what stands before it is
//! its own word, and worth nothing.

use std::net::{IpAddr, Ipv6Addr};

/// Entries that are looked at: more proxies than that stand in no row.
const MOST: usize = 64;

/// Whom a request came from, as far as trusted proxies say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told<'a> {
    /// The client, and the proxies behind it up to the one before the last, in that order. Empty where nobody is told of.
    pub hops: Vec<IpAddr>,
    /// `http` or `https`, in the words of the proxy that the client had before it.
    pub scheme: Option<&'static str>,
    /// The host that the client asked for, in the words of the same proxy; to be checked as any host.
    pub host: Option<&'a str>,
}

/// The hops by `X-Forwarded-For`: from the last address that is not `trusted`, or the first one where all are. An entry that is
/// no address ends the list, since who stands before it is not known to the proxy that wrote it.
///
/// `values` are those of the fields, in order.
pub fn for_list<'a>(
    values: impl DoubleEndedIterator<Item = &'a [u8]>,
    trusted: impl Fn(IpAddr) -> bool,
) -> Vec<IpAddr> {
    let mut hops = Vec::new();
    for entry in values.rev().flat_map(|value| value.rsplit(|byte| *byte == b',')).take(MOST) {
        let entry = std::str::from_utf8(entry).ok();
        let Some(address) = entry.and_then(|entry| node(entry.trim_matches([' ', '\t']))) else { break };
        hops.push(address);
        if !trusted(address) {
            break;
        }
    }
    hops.reverse();
    hops
}

/// The last entry of a list such as `X-Forwarded-Proto`: the word of the proxy that is nearest.
pub fn last<'a>(values: impl DoubleEndedIterator<Item = &'a str>) -> Option<&'a str> {
    let mut values = values;
    let last = values.next_back()?.rsplit(',').next()?.trim_matches([' ', '\t']);
    (!last.is_empty()).then_some(last)
}

/// A scheme that there is; that of a WebSocket is that of the request that asks for it.
#[must_use]
pub fn scheme(text: &str) -> Option<&'static str> {
    let schemes = [("http", "http"), ("https", "https"), ("ws", "http"), ("wss", "https")];
    schemes.into_iter().find(|(scheme, _)| text.eq_ignore_ascii_case(scheme)).map(|(_, scheme)| scheme)
}

/// A `Forwarded` field that is not of the form of RFC 7239, in which nobody can tell what its proxies have said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the Forwarded field is not of the form of RFC 7239")]
pub struct Malformed;

/// The hops by `Forwarded`, in the same way; the scheme and the host are those of the client's element.
///
/// # Errors
/// A malformed field. To take it for none would let clients pass for the proxy that appended to it.
pub fn forwarded<'a>(
    values: impl DoubleEndedIterator<Item = &'a str>,
    trusted: impl Fn(IpAddr) -> bool,
) -> Result<Told<'a>, Malformed> {
    let mut elements = Vec::new();
    for value in values {
        let mut rest = value;
        while let Some(element) = element(&mut rest).ok_or(Malformed)? {
            if elements.len() == MOST {
                elements.remove(0);
            }
            elements.push(element);
        }
    }
    let mut told = Told::default();
    for Element { node: who, scheme, host } in elements.into_iter().rev() {
        // Also of a client that its proxy does not name.
        (told.scheme, told.host) = (scheme, host);
        let Some(address) = who.and_then(node) else { break };
        told.hops.push(address);
        if !trusted(address) {
            break;
        }
    }
    told.hops.reverse();
    Ok(told)
}

/// What one proxy says.
#[derive(Clone, Copy, Default)]
struct Element<'a> {
    node: Option<&'a str>,
    scheme: Option<&'static str>,
    host: Option<&'a str>,
}

/// Takes the next element off `rest`; `Some(None)` at the end, none if it is malformed.
fn element<'a>(rest: &mut &'a str) -> Option<Option<Element<'a>>> {
    // Lists may have empty elements (RFC 9110, section 5.6.1).
    *rest = rest.trim_start_matches([' ', '\t', ',']);
    if rest.is_empty() {
        return Some(None);
    }
    let (mut element, mut seen) = (Element::default(), [false; 3]);
    loop {
        let (name, value) = pair(rest)?;
        let known = ["for", "proto", "host"].iter().position(|known| name.eq_ignore_ascii_case(known));
        if let Some(known) = known {
            // Each parameter once (RFC 7239, section 4): of two, which would be true?
            if std::mem::replace(&mut seen[known], true) {
                return None;
            }
        }
        match known {
            Some(0) => element.node = Some(value),
            Some(1) => element.scheme = scheme(value),
            Some(_) => element.host = Some(value),
            None => {}
        }
        *rest = rest.trim_start_matches([' ', '\t']);
        match rest.as_bytes().first() {
            Some(b';') => *rest = &rest[1..],
            None | Some(b',') => return Some(Some(element)),
            Some(_) => return None,
        }
    }
}

/// Takes `name=value` off `rest`, the value a token or quoted.
fn pair<'a>(rest: &mut &'a str) -> Option<(&'a str, &'a str)> {
    let (name, behind) = rest.split_once('=')?;
    if name.is_empty() || !name.bytes().all(is_token) {
        return None;
    }
    let Some(quoted) = behind.strip_prefix('"') else {
        let end = behind.bytes().position(|byte| !is_token(byte)).unwrap_or(behind.len());
        *rest = &behind[end..];
        return (end > 0).then_some((name, &behind[..end]));
    };
    // No address, scheme or host needs an escape: what has one is taken for none of them.
    let mut escaped = false;
    let end = quoted.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    })?;
    *rest = &quoted[end + 1..];
    Some((name, &quoted[..end]))
}

fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// The address of a node: of IPv4 or IPv6, the latter perhaps in brackets, and perhaps with a port. None for `unknown`, and for
/// names that hide who it is.
fn node(text: &str) -> Option<IpAddr> {
    if let Some(rest) = text.strip_prefix('[') {
        let (address, port) = rest.split_once(']')?;
        let is_port = port.is_empty() || port.strip_prefix(':').is_some_and(is_port);
        let address: Ipv6Addr = address.parse().ok()?;
        return is_port.then_some(IpAddr::V6(address).to_canonical());
    }
    if let Ok(address) = text.parse::<IpAddr>() {
        return Some(address.to_canonical());
    }
    let (address, port) = text.rsplit_once(':')?;
    let address: std::net::Ipv4Addr = address.parse().ok()?;
    is_port(port).then_some(address.into())
}

/// Of digits, or one that hides (RFC 7239, section 6.2).
fn is_port(text: &str) -> bool {
    match text.strip_prefix('_') {
        Some(hidden) => {
            !hidden.is_empty() && hidden.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
        }
        None => (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()),
    }
}

#[cfg(test)]
mod tests;

//! Hosts and ports: of `Host`, and of a request target (RFC 3986, section 3.2, without a user).

use std::{borrow::Cow, net::Ipv6Addr};

/// The longest name that DNS can hold.
const LONGEST_HOST: usize = 253;

/// A host, perhaps with a port.
#[derive(Clone, Copy, Debug)]
pub struct Authority<'a> {
    host: &'a [u8],
    /// None if it is not there, or empty.
    pub port: Option<u16>,
}

impl<'a> Authority<'a> {
    /// None for anything else: a user, a list, a path.
    #[must_use]
    pub fn parse(text: &'a [u8]) -> Option<Self> {
        let (host, port) = split(text);
        let port = match port {
            None | Some([]) => None,
            Some(digits) => Some(number(digits)?),
        };
        (is_name(host) || is_ipv6_literal(host)).then_some(Self { host, port })
    }

    /// Whether both lead to the same place; `default` is the port of whichever names none.
    #[must_use]
    pub fn is_same(&self, other: &Self, default: u16) -> bool {
        rootless(self.host).eq_ignore_ascii_case(rootless(other.host))
            && self.port.unwrap_or(default) == other.port.unwrap_or(default)
    }
}

/// The host of an authority that was [parsed](Authority::parse), as routes know it: in lower case, without port and without the
/// dot of the DNS root.
#[must_use]
pub fn host_name(authority: &str) -> Cow<'_, str> {
    let (host, _) = split(authority.as_bytes());
    let host = &authority[..rootless(host).len()];
    match host.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => Cow::Owned(host.to_ascii_lowercase()),
        false => Cow::Borrowed(host),
    }
}

/// Parts at the last colon that is not in an address literal.
fn split(text: &[u8]) -> (&[u8], Option<&[u8]>) {
    match text.iter().rposition(|byte| matches!(byte, b':' | b']')) {
        Some(colon) if text[colon] == b':' => (&text[..colon], Some(&text[colon + 1..])),
        _ => (text, None),
    }
}

fn number(digits: &[u8]) -> Option<u16> {
    let digit = |byte: &u8| byte.is_ascii_digit().then(|| u16::from(byte - b'0'));
    digits.iter().try_fold(0_u16, |number, byte| number.checked_mul(10)?.checked_add(digit(byte)?))
}

/// Without the dot of the DNS root, which routes do not know either.
fn rootless(host: &[u8]) -> &[u8] {
    host.strip_suffix(b".").unwrap_or(host)
}

fn is_name(host: &[u8]) -> bool {
    let host = rootless(host);
    let is_good = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    !host.is_empty() && host.len() <= LONGEST_HOST && !host.starts_with(b".") && host.iter().all(is_good)
}

fn is_ipv6_literal(host: &[u8]) -> bool {
    let inner = host.strip_prefix(b"[").and_then(|host| host.strip_suffix(b"]"));
    inner.and_then(|inner| std::str::from_utf8(inner).ok()).is_some_and(|inner| inner.parse::<Ipv6Addr>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_a_name_or_an_address_perhaps_with_a_port() {
        for good in ["a", "a.example.", "a_b.example:8443", "a:", "127.0.0.1:1", "[::1]", "[2001:db8::1]:443"] {
            assert!(Authority::parse(good.as_bytes()).is_some(), "{good:?}");
        }
        for bad in [
            "",
            ":80",
            ".",
            "..",
            ".a",
            "a b",
            "a,b",
            "a/b",
            "user@a",
            "a:b",
            "a:65536",
            "a:+1",
            "a:1:2",
            "[::1",
            "::1",
            "[::1]x",
            "[::1]x:80",
            "[a]",
            "a?b",
            "a#b",
            "a\\b",
            "a%00",
            "ä.example",
            "a\u{7f}",
            "]",
            "a]:1",
            "[]:",
        ] {
            assert!(Authority::parse(bad.as_bytes()).is_none(), "{bad:?}");
        }
        assert!(Authority::parse("a".repeat(254).as_bytes()).is_none());
    }

    #[test]
    fn routes_know_hosts_in_lower_case_without_port_and_root() {
        for (authority, name) in [
            ("a.example", "a.example"),
            ("A.Example:8443", "a.example"),
            ("a.example.", "a.example"),
            ("A.:80", "a"),
            ("[::A]:80", "[::a]"),
            ("[::1]", "[::1]"),
            ("", ""),
        ] {
            assert_eq!(host_name(authority), name, "{authority:?}");
        }
    }

    #[test]
    fn hosts_are_the_same_whatever_their_case_and_with_the_port_that_goes_without_saying() {
        for (one, other, same) in [
            ("a.example", "A.Example", true),
            ("a.example.", "a.example", true),
            ("a:80", "a", true),
            ("a:", "a:080", true),
            ("[::A]:80", "[::a]", true),
            ("a:443", "a", false),
            ("a", "b", false),
        ] {
            let parse = |text: &'static str| Authority::parse(text.as_bytes()).unwrap();
            assert_eq!(parse(one).is_same(&parse(other), 80), same, "{one} {other}");
            assert_eq!(parse(other).is_same(&parse(one), 80), same, "{other} {one}");
        }
    }
}

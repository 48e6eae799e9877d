//! Hosts: the part of a URL between `//` and the path, or the value of `Host`.

use std::{borrow::Cow, net::Ipv6Addr};

use super::Malformed;

/// The longest name that DNS can hold.
const LONGEST_HOST: usize = 253;

/// Checks that `authority` is a host, perhaps with a port, and nothing else: no user, no list, no path.
pub(super) fn check(authority: &[u8]) -> Result<(), Malformed> {
    let text = std::str::from_utf8(authority).map_err(|_| Malformed::Host)?;
    let (host, port) = split(text);
    let good_port = port.is_none_or(|port| port.is_empty() || is_port(port));
    match good_port && (is_name(host) || is_ipv6_literal(host)) {
        true => Ok(()),
        false => Err(Malformed::Host),
    }
}

/// The host of a checked authority as routes know it: in lower case, without port and without the dot of the DNS root.
pub(crate) fn host_name(authority: &str) -> Cow<'_, str> {
    let (host, _) = split(authority);
    let host = host.strip_suffix('.').unwrap_or(host);
    match host.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => Cow::Owned(host.to_ascii_lowercase()),
        false => Cow::Borrowed(host),
    }
}

fn split(authority: &str) -> (&str, Option<&str>) {
    let end_of_literal = authority.rfind(']').map_or(0, |end| end + 1);
    match authority[end_of_literal..].rfind(':') {
        Some(colon) => {
            let colon = end_of_literal + colon;
            (&authority[..colon], Some(&authority[colon + 1..]))
        }
        None => (authority, None),
    }
}

fn is_port(port: &str) -> bool {
    port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok()
}

fn is_name(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    let good = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    !host.is_empty() && host.len() <= LONGEST_HOST && host.bytes().all(good) && !host.starts_with('.')
}

fn is_ipv6_literal(host: &str) -> bool {
    let inner = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    inner.is_some_and(|inner| inner.parse::<Ipv6Addr>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_a_name_or_an_address_perhaps_with_a_port() {
        for good in [
            "a",
            "a.example",
            "a.example.",
            "a.example:8443",
            "a.example:",
            "127.0.0.1:1",
            "[::1]",
            "[2001:db8::1]:443",
        ] {
            assert_eq!(check(good.as_bytes()), Ok(()), "{good:?}");
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
        ] {
            assert_eq!(check(bad.as_bytes()), Err(Malformed::Host), "{bad:?}");
        }
        assert_eq!(check(&[b'a', 0xff]), Err(Malformed::Host));
        assert_eq!(check("a".repeat(254).as_bytes()), Err(Malformed::Host));
    }

    #[test]
    fn routes_know_hosts_in_lower_case_without_port_and_root() {
        for (authority, name) in [
            ("a.example", "a.example"),
            ("A.Example:80", "a.example"),
            ("a.example.", "a.example"),
            ("a.example.:443", "a.example"),
            ("[2001:DB8::1]:443", "[2001:db8::1]"),
            ("[::1]", "[::1]"),
        ] {
            assert_eq!(host_name(authority), name);
        }
    }
}

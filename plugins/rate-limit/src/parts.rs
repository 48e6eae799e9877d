//! Parts of keys: what a request says of itself, and what is known of its sender.

use std::{
    borrow::Cow,
    fmt::Write as _,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

use sluice_sdk::prelude::*;

/// A part of a key.
#[derive(Debug)]
pub(crate) enum Part {
    Consumer,
    Ip,
    Header(HeaderSlot),
    Cookie(HeaderSlot, String),
    Query(String),
    /// A segment of the path, from 1 on.
    Segment(usize),
    /// What the host or a plugin before this one has noted.
    Attribute(String),
}

/// Leading bits of addresses that make one client.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Prefixes {
    pub(crate) v4: u8,
    pub(crate) v6: u8,
}

impl Part {
    /// Reads a part as operators write it, and declares what it needs.
    pub(crate) fn new(text: &str, setup: &mut Setup) -> Result<Self, String> {
        let (kind, name) = text.split_once(':').map_or((text, None), |(kind, name)| (kind, Some(name)));
        match (kind, name.filter(|name| !name.is_empty())) {
            ("consumer", None) => {
                setup.want_consumer();
                Ok(Self::Consumer)
            }
            ("ip", None) => Ok(Self::Ip),
            ("credential" | "route", None) => Ok(Self::Attribute(kind.to_owned())),
            ("header", Some(name)) => Ok(Self::Header(setup.request_header(name))),
            ("cookie", Some(name)) => Ok(Self::Cookie(setup.request_header("cookie"), name.to_owned())),
            ("query", Some(name)) => {
                setup.want_query();
                Ok(Self::Query(name.to_owned()))
            }
            ("claim", Some(name)) => Ok(Self::Attribute(format!("claim.{name}"))),
            ("segment", Some(number)) => match number.parse() {
                Ok(number @ 1..=64) => Ok(Self::Segment(number)),
                _ => Err(format!("{number:?} is no segment of a path: give a number from 1 to 64")),
            },
            _ => Err(format!(
                "{text:?} is nothing to count by: use consumer, credential, ip, route, header:NAME, cookie:NAME, \
                 query:NAME, claim:NAME or segment:N"
            )),
        }
    }

    /// Appends the part; false if the request lacks it.
    pub(crate) fn write(&self, request: &Request<'_>, prefixes: Prefixes, room: &mut String) -> Result<bool> {
        let (noted, text): (_, Option<Cow<'_, str>>);
        let value = match self {
            Self::Consumer => request.consumer(),
            Self::Header(slot) => {
                text = request.header_bytes(*slot).map(String::from_utf8_lossy);
                text.as_deref()
            }
            Self::Cookie(slot, name) => {
                text = request.header_bytes(*slot).map(String::from_utf8_lossy);
                text.as_deref().and_then(|cookies| cookie(cookies, name))
            }
            Self::Query(name) => {
                text = request.query().and_then(|query| parameter(query, name));
                text.as_deref()
            }
            Self::Segment(number) => request.path().split('/').nth(*number).filter(|segment| !segment.is_empty()),
            Self::Attribute(name) => {
                noted = current::attribute(name);
                noted.as_deref()
            }
            Self::Ip => {
                let Some(address) = request.client_ip() else {
                    bail!("the gateway does not say where the request is from")
                };
                write_address(address, prefixes, room);
                return Ok(true);
            }
        };
        let Some(value) = value.filter(|value| !value.is_empty()) else { return Ok(false) };
        room.push_str(value);
        Ok(true)
    }

    /// Tells parts of different kinds apart.
    pub(crate) fn kind(&self) -> char {
        match self {
            Self::Consumer => 'c',
            Self::Ip => 'i',
            Self::Header(_) => 'h',
            Self::Cookie(..) => 'k',
            Self::Query(_) => 'q',
            Self::Segment(_) => 's',
            Self::Attribute(_) => 'a',
        }
    }
}

/// The value of a cookie (RFC 6265 section 5.4 has the form).
fn cookie<'c>(cookies: &'c str, name: &str) -> Option<&'c str> {
    let mut pairs = cookies.split(';').filter_map(|pair| pair.trim_ascii().split_once('='));
    pairs.find(|(known, _)| *known == name).map(|(_, value)| value)
}

/// The value of the first query parameter of that name, decoded: one value has one spelling.
fn parameter<'q>(query: &'q str, name: &str) -> Option<Cow<'q, str>> {
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(known, _)| decoded(known) == name).map(|(_, value)| decoded(value))
}

/// Without its escapes (RFC 3986 section 2.1); a `+` is a space, as forms have it. What is no text is replaced.
fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains(['%', '+']) {
        return text.into();
    }
    let (mut bytes, mut rest) = (Vec::with_capacity(text.len()), text.as_bytes());
    while let [first, after @ ..] = rest {
        let escaped = match after {
            [high, low, ..] if *first == b'%' => hex(*high).zip(hex(*low)).map(|(high, low)| high << 4 | low),
            _ => None,
        };
        bytes.push(escaped.unwrap_or(if *first == b'+' { b' ' } else { *first }));
        rest = if escaped.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned().into()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// The network of an address; an IPv4 address in the form of an IPv6 one is what it is.
fn write_address(address: &str, prefixes: Prefixes, room: &mut String) {
    let parsed = address.parse::<IpAddr>().map(|address| address.to_canonical());
    let written = match parsed {
        Ok(IpAddr::V4(_)) if prefixes.v4 >= 32 => write!(room, "{}", parsed.expect("it is one")),
        Ok(IpAddr::V4(v4)) => {
            let network = u32::from(v4) & (u32::MAX << (32 - prefixes.v4));
            write!(room, "{}/{}", Ipv4Addr::from(network), prefixes.v4)
        }
        Ok(IpAddr::V6(v6)) => {
            let bits = u32::from(prefixes.v6.min(128));
            let network = u128::from(v6) & u128::MAX.checked_shl(128 - bits).unwrap_or(0);
            write!(room, "{}/{bits}", Ipv6Addr::from(network))
        }
        Err(_) => {
            room.push_str(address);
            Ok(())
        }
    };
    // Writing into memory does not fail.
    written.unwrap_or_default();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_customer_are_one_key() {
        for (address, v4, v6, expected) in [
            ("192.0.2.7", 32, 64, "192.0.2.7"),
            ("192.0.2.7", 24, 64, "192.0.2.0/24"),
            ("::ffff:192.0.2.7", 32, 64, "192.0.2.7"),
            ("2001:db8:1:2::7", 32, 64, "2001:db8:1:2::/64"),
            ("2001:db8:1:2:ffff:ffff:ffff:ffff", 32, 64, "2001:db8:1:2::/64"),
            ("2001:db8:1:2::7", 32, 48, "2001:db8:1::/48"),
            ("2001:db8::7", 32, 128, "2001:db8::7/128"),
            ("::1", 32, 64, "::/64"),
        ] {
            let mut room = String::new();
            write_address(address, Prefixes { v4, v6 }, &mut room);
            assert_eq!(room, expected);
        }
    }

    #[test]
    fn cookies_and_parameters_are_found_by_their_whole_names() {
        assert_eq!(cookie("a=1; sid=x=y; b=2", "sid"), Some("x=y"));
        assert_eq!(cookie("xsid=1", "sid"), None);
        assert_eq!(parameter("akey=1&key=2&key=3", "key").as_deref(), Some("2"));
        for query in ["key=abc", "k%65y=%61bc", "key=a%62%63"] {
            assert_eq!(parameter(query, "key").as_deref(), Some("abc"), "{query}");
        }
        assert_eq!(decoded("100%+%e4%f6%zz%"), "100% \u{fffd}\u{fffd}%zz%");
        assert_eq!(parameter("key", "key"), None);
    }
}

//! Networks of addresses as CIDR (RFC 4632, RFC 4291), and whom an address belongs to.

use std::{
    borrow::Cow,
    net::{IpAddr, Ipv6Addr},
};

use sluice_sdk::prelude::*;

/// Bits of an address.
const BITS: u8 = 128;

/// Leading bits of an IPv4 address that is written as one of IPv6 (RFC 4291, 2.5.5.2).
const MAPPED: u8 = 96;

/// A network; one of IPv4 is the same as that of its mapped addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Network {
    /// As an address of IPv6.
    first: u128,
    mask: u128,
}

/// Who may call, by address.
#[derive(Debug)]
pub(crate) struct Networks {
    allow: Vec<Network>,
    deny: Vec<Network>,
}

impl Networks {
    /// # Errors
    /// The place of what is no network.
    pub(crate) fn new(allow: &[String], deny: &[String]) -> Result<Self> {
        let parsed = |list: &[String], name: &str| {
            let parse = |(at, text): (usize, &String)| {
                Network::parse(text).map_err(|why| Error::from(format!("/ip/{name}/{at}: {text:?} {why}")))
            };
            list.iter().enumerate().map(parse).collect::<Result<Vec<_>>>()
        };
        Ok(Self { allow: parsed(allow, "allow")?, deny: parsed(deny, "deny")? })
    }

    /// Whether a client with this address may call. One with no address may not.
    pub(crate) fn admit(&self, address: Option<&str>) -> bool {
        let Some(address) = address.and_then(|text| text.parse().ok()).map(wide) else { return false };
        let within = |list: &[Network]| list.iter().any(|network| network.has(address));
        !within(&self.deny) && (self.allow.is_empty() || within(&self.allow))
    }
}

impl Network {
    /// Reads `ADDRESS/LENGTH`, or an address alone.
    fn parse(text: &str) -> Result<Self, String> {
        let (address, length) = text.split_once('/').map_or((text, None), |(address, length)| (address, Some(length)));
        let no_network = || "is no network: write 10.0.0.0/8, 2001:db8::/32 or an address".to_owned();
        let address: IpAddr = address.parse().map_err(|_| no_network())?;
        let outer = if address.is_ipv4() { MAPPED } else { 0 };
        let length = match length {
            None => BITS,
            // A sign is no digit, though numbers may have one.
            Some(digits) if digits.bytes().all(|digit| digit.is_ascii_digit()) => {
                let length = digits.parse::<u8>().map_err(|_| no_network())?;
                length.checked_add(outer).filter(|length| *length <= BITS).ok_or_else(no_network)?
            }
            Some(_) => return Err(no_network()),
        };
        let mask = u128::MAX.checked_shl(u32::from(BITS - length)).unwrap_or(0);
        let first = wide(address);
        match first & !mask {
            0 => Ok(Self { first, mask }),
            _ => Err(format!("has an address with bits beyond its length: write {}", shown(first & mask, length))),
        }
    }

    fn has(self, address: u128) -> bool {
        address & self.mask == self.first
    }
}

fn wide(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => address.to_ipv6_mapped().to_bits(),
        IpAddr::V6(address) => address.to_bits(),
    }
}

fn shown(first: u128, length: u8) -> String {
    match (Ipv6Addr::from_bits(first).to_ipv4_mapped(), length.checked_sub(MAPPED)) {
        (Some(address), Some(length)) => format!("{address}/{length}"),
        _ => format!("{}/{length}", Ipv6Addr::from_bits(first)),
    }
}

/// Whom attempts of an address are counted for: an IPv4 address itself, and the /64 of an IPv6 address, because that is
/// the least that one customer has.
pub(crate) fn customer(address: &str) -> Cow<'_, str> {
    if !address.contains(':') {
        return Cow::Borrowed(address);
    }
    let Ok(parsed) = address.parse::<Ipv6Addr>() else { return Cow::Borrowed(address) };
    match parsed.to_ipv4_mapped() {
        Some(v4) => Cow::Owned(v4.to_string()),
        None => Cow::Owned(format!("{:x}", parsed.to_bits() >> 64)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn networks(allow: &[&str], deny: &[&str]) -> Result<Networks> {
        let owned = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        Networks::new(&owned(allow), &owned(deny))
    }

    #[test]
    fn an_address_is_in_a_network_or_not() {
        for (network, inside, outside) in [
            ("10.0.0.0/8", &["10.255.0.1", "::ffff:10.1.2.3"][..], &["11.0.0.0", "::a00:1"][..]),
            ("192.0.2.7", &["192.0.2.7"], &["192.0.2.8"]),
            ("0.0.0.0/0", &["255.255.255.255"], &["::1", "2001:db8::1"]),
            ("2001:db8::/32", &["2001:db8:ffff::1"], &["2001:db9::", "32.1.13.184"]),
            ("::/0", &["::1", "192.0.2.1"], &[]),
            ("::ffff:10.0.0.0/104", &["10.1.1.1"], &["11.0.0.0"]),
            ("2001:db8::1/128", &["2001:db8::1"], &["2001:db8::2"]),
        ] {
            let networks = networks(&[network], &[]).unwrap();
            assert!(inside.iter().all(|address| networks.admit(Some(address))), "{network}");
            assert!(!outside.iter().any(|address| networks.admit(Some(address))), "{network}");
        }
    }

    #[test]
    fn who_is_denied_is_not_let_in_by_being_allowed() {
        let networks = networks(&["10.0.0.0/8"], &["10.9.0.0/16"]).unwrap();
        assert!(networks.admit(Some("10.8.0.1")) && !networks.admit(Some("10.9.0.1")));
        assert!(!networks.admit(None) && !networks.admit(Some("nowhere")));
    }

    #[test]
    fn without_a_list_of_those_who_may_all_others_may() {
        let networks = networks(&[], &["2001:db8::/32"]).unwrap();
        assert!(networks.admit(Some("192.0.2.1")) && !networks.admit(Some("2001:db8::1")));
    }

    #[test]
    fn what_is_no_network_is_told_with_its_place() {
        for (text, why) in [
            ("10.0.0.1/8", "write 10.0.0.0/8"),
            ("2001:db8::1/32", "write 2001:db8::/32"),
            ("10.0.0.0/33", "is no network"),
            ("::/129", "is no network"),
            ("10.0.0.0/+8", "is no network"),
            ("10.0.0.0/", "is no network"),
            ("10.0.0/8", "is no network"),
            ("", "is no network"),
        ] {
            let error = networks(&["::1"], &["::1", text]).unwrap_err().to_string();
            assert!(error.contains("/ip/deny/1: ") && error.contains(why), "{error}");
        }
    }

    #[test]
    fn addresses_of_one_customer_are_one() {
        assert_eq!(customer("192.0.2.7"), customer("::ffff:192.0.2.7"));
        assert_eq!(customer("2001:db8:1:2::7"), customer("2001:db8:1:2:ffff::1"));
        assert_ne!(customer("2001:db8:1:2::7"), customer("2001:db8:1:3::7"));
    }
}

//! Networks of addresses as CIDR (RFC 4632, RFC 4291).

use std::{
    fmt,
    net::{IpAddr, Ipv6Addr},
    str::FromStr,
};

/// Bits of an address.
const BITS: u8 = 128;
/// Leading bits of an IPv4 address that is written as one of IPv6 (RFC 4291, section 2.5.5.2).
const MAPPED: u8 = 96;

/// A network; one of IPv4 is the same as that of its mapped addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    /// As an address of IPv6.
    first: u128,
    length: u8,
}

/// Why a text is no network. The texts say what to write.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoNetwork {
    /// It is of another form.
    #[error("write 10.0.0.0/8, 2001:db8::/32 or an address")]
    Form,
    /// The address says more than the length lets it.
    #[error("the address has bits beyond the length: write {0}")]
    Bits(Network),
}

impl Network {
    /// Whether the address belongs to it.
    #[must_use]
    pub fn has(self, address: IpAddr) -> bool {
        wide(address) & mask(self.length) == self.first
    }
}

impl FromStr for Network {
    type Err = NoNetwork;

    /// Reads `ADDRESS/LENGTH`, or an address alone.
    fn from_str(text: &str) -> Result<Self, NoNetwork> {
        let (address, length) = text.split_once('/').map_or((text, None), |(address, length)| (address, Some(length)));
        let address: IpAddr = address.parse().map_err(|_| NoNetwork::Form)?;
        let outer = if address.is_ipv4() { MAPPED } else { 0 };
        let length = match length {
            None => BITS,
            // A sign is no digit, though numbers may have one.
            Some(digits) if digits.bytes().all(|digit| digit.is_ascii_digit()) => {
                let length = digits.parse::<u8>().map_err(|_| NoNetwork::Form)?;
                length.checked_add(outer).filter(|length| *length <= BITS).ok_or(NoNetwork::Form)?
            }
            Some(_) => return Err(NoNetwork::Form),
        };
        let (first, mask) = (wide(address), mask(length));
        match first & !mask {
            0 => Ok(Self { first, length }),
            _ => Err(NoNetwork::Bits(Self { first: first & mask, length })),
        }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = Ipv6Addr::from_bits(self.first);
        match (first.to_ipv4_mapped(), self.length.checked_sub(MAPPED)) {
            (Some(first), Some(length)) => write!(f, "{first}/{length}"),
            _ => write!(f, "{first}/{}", self.length),
        }
    }
}

fn mask(length: u8) -> u128 {
    u128::MAX.checked_shl(u32::from(BITS - length)).unwrap_or(0)
}

fn wide(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => address.to_ipv6_mapped().to_bits(),
        IpAddr::V6(address) => address.to_bits(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_address_is_in_a_network_or_not() {
        for (network, inside, outside) in [
            ("10.0.0.0/8", &["10.255.0.1", "::ffff:10.1.2.3"][..], &["11.0.0.0", "::a00:1"][..]),
            ("192.0.2.7", &["192.0.2.7"], &["192.0.2.8"]),
            ("0.0.0.0/0", &["255.255.255.255"], &["::1", "2001:db8::1"]),
            ("2001:db8::/32", &["2001:db8:ffff::1"], &["2001:db9::", "32.1.13.184"]),
            ("::/0", &["::1", "192.0.2.1"], &[]),
            ("::ffff:10.0.0.0/104", &["10.1.1.1"], &["11.0.0.0"]),
        ] {
            let parsed: Network = network.parse().unwrap();
            let has = |address: &&str| parsed.has(address.parse().unwrap());
            assert!(inside.iter().all(has) && !outside.iter().any(has), "{network}");
        }
    }

    #[test]
    fn what_is_no_network_is_told_with_the_remedy() {
        for (text, why) in [
            ("10.0.0.1/8", "write 10.0.0.0/8"),
            ("2001:db8::1/32", "write 2001:db8::/32"),
            ("10.0.0.0/33", "or an address"),
            ("::/129", "or an address"),
            ("10.0.0.0/+8", "or an address"),
            ("10.0.0.0/", "or an address"),
            ("localhost", "or an address"),
        ] {
            let error = text.parse::<Network>().unwrap_err().to_string();
            assert!(error.ends_with(why), "{text}: {error}");
        }
    }

    proptest! {
        #[test]
        fn a_network_has_its_address_and_reads_back_as_itself(bits in any::<u128>(), length in 0u8..=128) {
            let network = Network { first: bits & mask(length), length };
            prop_assert!(network.has(Ipv6Addr::from_bits(bits).into()));
            prop_assert_eq!(network.to_string().parse(), Ok(network));
        }
    }
}

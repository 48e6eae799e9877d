//! Addresses as keys of limits.

use std::{borrow::Cow, net::Ipv6Addr};

/// The key of a client's address: an IPv4 address as it is, and the /64 of an IPv6 address,
/// because that is the least that one customer has.
pub(crate) fn key(address: &str) -> Cow<'_, str> {
    let Ok(parsed) = address.parse::<Ipv6Addr>() else { return Cow::Borrowed(address) };
    if let Some(v4) = parsed.to_ipv4_mapped() {
        return Cow::Owned(v4.to_string());
    }
    let [a, b, c, d, ..] = parsed.segments();
    Cow::Owned(format!("{a:x}:{b:x}:{c:x}:{d:x}::/64"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_customer_are_one_key() {
        for (address, expected) in [
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2::7", "2001:db8:1:2::/64"),
            ("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"),
            ("2001:db8:1:3::7", "2001:db8:1:3::/64"),
            ("::1", "0:0:0:0::/64"),
        ] {
            assert_eq!(key(address), expected);
        }
    }
}

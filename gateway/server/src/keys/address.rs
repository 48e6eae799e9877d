//! Where a key set is fetched from: addresses that are public, or that the settings or the URL itself allow.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use gateway_host::is_loopback;
use http::Uri;

/// The addresses of a URL's host that may be connected to.
///
/// # Errors
/// A sentence for the log: there is none.
pub(super) async fn of(url: &Uri, allow_private: bool) -> Result<Vec<SocketAddr>, String> {
    let host = host(url).ok_or("the URL names no host")?;
    let default = if url.scheme_str() == Some("http") { 80 } else { 443 };
    let found = tokio::net::lookup_host((host, url.port_u16().unwrap_or(default))).await;
    let found: Vec<_> = found.map_err(|error| format!("the host cannot be found: {error}"))?.collect();
    let good = |address: &SocketAddr| allow_private || is_allowed(host, address.ip());
    let allowed: Vec<_> = found.iter().copied().filter(good).collect();
    match (allowed.is_empty(), found.first()) {
        (false, _) => Ok(allowed),
        (true, None) => Err("the host has no address".to_owned()),
        (true, Some(address)) => Err(format!(
            "the host has the address {}, which is not public: set jwks.allow_private if that is meant",
            address.ip()
        )),
    }
}

/// The host without the brackets of an IPv6 address.
pub(super) fn host(url: &Uri) -> Option<&str> {
    url.host().map(|host| host.trim_start_matches('[').trim_end_matches(']'))
}

fn is_allowed(host: &str, address: IpAddr) -> bool {
    (is_loopback(host) && address.is_loopback()) || is_public(address)
}

/// Whether an address is one of the internet (IANA's registries of special-purpose addresses).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let special = match address.octets() {
        [0 | 10 | 127, ..] | [169, 254, ..] | [192, 168, ..] | [192, 0, 0 | 2, _] => true,
        [100, second, ..] => (64..128).contains(&second),
        [172, second, ..] => (16..32).contains(&second),
        [198, 18 | 19, ..] | [198, 51, 100, _] | [203, 0, 113, _] => true,
        [first, ..] => first >= 224,
    };
    !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    let embedded = |high: u16, low: u16| is_public_v4(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)));
    match parts {
        // Mapped addresses, and those that a translator leads to IPv4 (RFC 6052): what counts is where they lead.
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => embedded(high, low),
        // 6to4 (RFC 3056).
        [0x2002, high, low, ..] => embedded(high, low),
        // Documentation and protocol assignments; then all that is global unicast.
        [0x2001, second, ..] => second != 0xdb8 && second >= 0x200,
        [0x3fff, second, ..] => second >= 0x1000,
        [first, ..] => (0x2000..0x4000).contains(&first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_the_internet_are_public_and_no_others() {
        for public in
            ["1.1.1.1", "172.15.0.1", "172.32.0.1", "100.63.0.1", "198.20.0.1", "2606:4700::1", "2002:101:101::1"]
        {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
        for private in [
            "0.0.0.0",
            "10.1.2.3",
            "127.0.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.0.1",
            "192.0.0.8",
            "100.64.0.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "::ffff:10.0.0.1",
            "::ffff:127.0.0.1",
            "64:ff9b::a00:1",
            "2002:a00:1::1",
            "2001:db8::1",
            "::10.0.0.1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
    }

    #[tokio::test]
    async fn this_machine_is_reached_by_its_own_name_only() {
        let url = |text: &str| text.parse::<Uri>().unwrap();
        for named in ["http://127.0.0.1:1/k", "https://localhost/k", "http://[::1]:9/k"] {
            assert!(of(&url(named), false).await.is_ok(), "{named}");
        }
        assert!(!is_allowed("issuer.example", "127.0.0.1".parse().unwrap()));
        assert!(!is_allowed("localhost", "10.0.0.1".parse().unwrap()));
        let error = of(&url("https://10.0.0.1/k"), false).await.expect_err("private");
        assert!(error.contains("jwks.allow_private"), "{error}");
        assert!(of(&url("https://10.0.0.1/k"), true).await.is_ok());
    }
}

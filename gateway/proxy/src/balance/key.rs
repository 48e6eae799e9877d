//! By what requests belong together.

use std::net::IpAddr;

use gateway_algorithms::balance::stable_hash;
use gateway_model::{HashOn, HashSource};
use http::{HeaderName, Request, header::COOKIE};

/// Finds the key of a request.
#[derive(Debug)]
pub(super) enum Key {
    Header(HeaderName),
    Cookie(Box<str>),
    ClientIp,
    QueryParameter(Box<str>),
}

impl Key {
    /// None where the configuration names nothing that could be in a request, which does not compile.
    pub(super) fn new(hash_on: &HashOn) -> Option<Self> {
        let name = || hash_on.name.as_deref();
        Some(match hash_on.source {
            HashSource::Header => Self::Header(name()?.parse().ok()?),
            HashSource::Cookie => Self::Cookie(name()?.into()),
            HashSource::ClientIp => Self::ClientIp,
            HashSource::QueryParameter => Self::QueryParameter(name()?.into()),
        })
    }

    /// The hash of a request's key; none if it has no key.
    pub(super) fn hash<B>(&self, request: &Request<B>, client: Option<IpAddr>) -> Option<u64> {
        match self {
            Self::Header(name) => Some(stable_hash(request.headers().get(name)?.as_bytes())),
            Self::Cookie(name) => {
                let fields = request.headers().get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
                let value = fields.flat_map(|field| field.split(';')).find_map(|pair| value_of(pair.trim(), name));
                value.map(|value| stable_hash(value.as_bytes()))
            }
            // The form that IPv4 and IPv6 have in common, so that listeners of both kinds agree.
            Self::ClientIp => match client? {
                IpAddr::V4(address) => Some(stable_hash(&address.to_ipv6_mapped().octets())),
                IpAddr::V6(address) => Some(stable_hash(&address.octets())),
            },
            Self::QueryParameter(name) => {
                let value = request.uri().query()?.split('&').find_map(|pair| value_of(pair, name));
                value.map(|value| stable_hash(value.as_bytes()))
            }
        }
    }
}

fn value_of<'a>(pair: &'a str, name: &str) -> Option<&'a str> {
    let (found, value) = pair.split_once('=')?;
    (found == name).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(source: HashSource, name: Option<&str>, request: &Request<()>) -> Option<u64> {
        let key = Key::new(&HashOn { source, name: name.map(str::to_owned) }).unwrap();
        key.hash(request, Some([192, 0, 2, 1].into()))
    }

    #[test]
    fn a_key_is_found_where_it_is_configured() {
        let request = Request::get("/path?a=1&user=42&user=43").header("x-user", "42");
        let request = request.header(COOKIE, "theme=dark; user=42").header(COOKIE, "other=1").body(()).unwrap();
        let same = Some(stable_hash(b"42"));
        assert_eq!(hash(HashSource::Header, Some("X-User"), &request), same);
        assert_eq!(hash(HashSource::Cookie, Some("user"), &request), same);
        assert_eq!(hash(HashSource::QueryParameter, Some("user"), &request), same);
        assert_eq!(hash(HashSource::Cookie, Some("other"), &request), Some(stable_hash(b"1")));
        let mapped = "::ffff:192.0.2.1".parse().unwrap();
        assert_eq!(hash(HashSource::ClientIp, None, &request), Key::ClientIp.hash(&request, Some(mapped)));
        for source in [HashSource::Header, HashSource::Cookie, HashSource::QueryParameter] {
            assert_eq!(hash(source, Some("absent"), &request), None, "{source:?}");
        }
    }
}

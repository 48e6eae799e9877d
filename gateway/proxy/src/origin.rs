//! Whom a request is from. Proxies in front that are trusted are believed about it; from others such fields are removed.

use std::net::IpAddr;

use gateway_algorithms::{
    authority::Authority,
    forwarded::{self, Told},
};
use http::{HeaderMap, HeaderName, HeaderValue, header::FORWARDED};

use crate::{
    normalize::Malformed,
    settings::{Proxies, SaidIn},
};

pub(crate) const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
pub(crate) const X_FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
pub(crate) const X_FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// Whom a connection is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Peer {
    /// Who has made it.
    pub(crate) socket: IpAddr,
    /// For whom it was made, where a PROXY header says so.
    pub(crate) client: IpAddr,
    /// It was made for somebody of whom the PROXY header does not say who it is.
    pub(crate) is_nameless: bool,
}

/// Whom a request is from, and how it came to the first proxy that is trusted, or to the gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    pub(crate) ip: IpAddr,
    pub(crate) scheme: &'static str,
}

/// What trusted proxies say of a request.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    /// The client, and the proxies behind it but for the last, which is the peer.
    pub(crate) hops: Vec<IpAddr>,
    pub(crate) scheme: Option<&'static str>,
    pub(crate) host: Option<HeaderValue>,
}

impl Peer {
    /// One that speaks for itself. An IPv4 client of an IPv6 socket is an IPv4 client.
    pub(crate) fn direct(ip: IpAddr) -> Self {
        let ip = ip.to_canonical();
        Self { socket: ip, client: ip, is_nameless: false }
    }
}

/// Reads what a trusted peer says of a request, in the fields in which it says it.
///
/// # Errors
/// A host that is none, or a `Forwarded` in which it cannot be told what the proxies have written and what the client has.
pub(crate) fn read(headers: &HeaderMap, proxies: &Proxies) -> Result<Said, Malformed> {
    let values = |name| headers.get_all(name).iter();
    let trusted = |address| proxies.trusts(address);
    if proxies.said_in == SaidIn::Forwarded {
        let lines: Result<Vec<&str>, _> = values(FORWARDED).map(HeaderValue::to_str).collect();
        let lines = lines.map_err(|_| Malformed::Forwarded)?;
        let Told { hops, scheme, host } =
            forwarded::forwarded(lines.into_iter(), trusted).map_err(|_| Malformed::Forwarded)?;
        return Ok(Said { hops, scheme, host: host.map(checked).transpose()? });
    }
    let last = |name| forwarded::last(values(name).filter_map(|value| value.to_str().ok()));
    Ok(Said {
        hops: forwarded::for_list(values(X_FORWARDED_FOR).map(HeaderValue::as_bytes), trusted),
        scheme: last(X_FORWARDED_PROTO).and_then(forwarded::scheme),
        host: last(X_FORWARDED_HOST).map(checked).transpose()?,
    })
}

fn checked(host: &str) -> Result<HeaderValue, Malformed> {
    let value = Authority::parse(host.as_bytes()).and_then(|_| HeaderValue::from_str(host).ok());
    value.ok_or(Malformed::ForwardedHost)
}

/// The value of `X-Forwarded-For` for a request that came by all of these.
pub(crate) fn for_list(hops: &[IpAddr], peer: IpAddr) -> HeaderValue {
    let list: Vec<String> = hops.iter().chain([&peer]).map(ToString::to_string).collect();
    HeaderValue::try_from(list.join(", ")).expect("addresses may stand in a header")
}

/// The value of `Forwarded` for the same, to `host`.
pub(crate) fn forwarded(hops: &[IpAddr], peer: IpAddr, host: &HeaderValue, scheme: &str) -> HeaderValue {
    // A checked host holds nothing that would need an escape within quotes.
    let host = host.to_str().unwrap_or_default();
    let mut nodes = hops.iter().chain([&peer]).map(|ip| match ip {
        IpAddr::V4(ip) => format!("for={ip}"),
        IpAddr::V6(ip) => format!("for=\"[{ip}]\""),
    });
    let client = nodes.next().unwrap_or_default();
    let value = nodes.fold(format!("{client};host=\"{host}\";proto={scheme}"), |value, node| value + ", " + &node);
    HeaderValue::try_from(value).expect("a host and addresses may stand in a header")
}

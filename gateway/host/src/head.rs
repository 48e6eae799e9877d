//! Heads: written straight into the guest's IN area, as `sluice_abi::head` lays them out.

use std::{
    io::{Cursor, Write},
    net::IpAddr,
};

use http::{HeaderMap, HeaderValue};
use sluice_abi::{
    bytes::{Full, Writer},
    head::{RequestLine, write_request, write_response},
    wire::Wants,
};

use crate::{
    call::{RequestCall, ResponseCall},
    declared::{Declared, Wanted},
};

/// The longest address as text: an IPv6 address with an IPv4 tail.
const LONGEST_ADDRESS: usize = 45;

/// Writes the head of a request and returns its length.
#[inline]
pub(crate) fn request(area: &mut [u8], call: &RequestCall<'_>, declared: &Declared) -> Result<usize, Full> {
    let mut buffer = [0; LONGEST_ADDRESS];
    let wants = declared.wants;
    let line = RequestLine {
        method: call.method.as_str(),
        content_length: call.content_length,
        path: call.target.path(),
        query: call.target.query().filter(|_| wants.has(Wants::QUERY)),
        authority: wants.has(Wants::AUTHORITY).then_some(call.authority),
        client_ip: wants.has(Wants::CLIENT_IP).then(|| address(call.about.client_ip, &mut buffer)),
        consumer: call.consumer.as_deref().filter(|_| wants.has(Wants::CONSUMER)).map(|identity| &*identity.consumer),
    };
    let mut out = Writer::new(area);
    write_request(&mut out, &line)?;
    write_headers(&mut out, &declared.request_headers, call.headers)?;
    Ok(out.len())
}

/// Writes the head of a response, then the state, and returns the length of the head.
#[inline]
pub(crate) fn response(
    area: &mut [u8],
    call: &ResponseCall<'_>,
    state: &[u8],
    declared: &Declared,
) -> Result<usize, Full> {
    let mut out = Writer::new(area);
    write_response(&mut out, call.status.as_u16(), call.source, call.content_length)?;
    write_headers(&mut out, &declared.response_headers, call.headers)?;
    let head = out.len();
    out.raw(state)?;
    Ok(head)
}

#[inline]
fn write_headers(out: &mut Writer<'_>, wanted: &[Wanted], headers: &HeaderMap) -> Result<(), Full> {
    for header in wanted {
        let lines = headers.get_all(&header.name).iter().map(HeaderValue::as_bytes);
        out.joined(lines, header.separator)?;
    }
    Ok(())
}

fn address(ip: IpAddr, buffer: &mut [u8; LONGEST_ADDRESS]) -> &str {
    let mut cursor = Cursor::new(&mut buffer[..]);
    write!(cursor, "{ip}").expect("the buffer holds the longest address");
    let len = usize::try_from(cursor.position()).expect("within the buffer");
    std::str::from_utf8(&buffer[..len]).expect("addresses are ASCII")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_fits() {
        for text in ["192.0.2.1", "::1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "::ffff:255.255.255.255"] {
            let ip = text.parse().expect("an address");
            assert_eq!(address(ip, &mut [0; LONGEST_ADDRESS]), text);
        }
    }
}

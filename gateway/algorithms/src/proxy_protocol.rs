//! The PROXY protocol, versions 1 and 2 (haproxy.org, `doc/proxy-protocol.txt`): what a load balancer that passes bytes on says
//! of its client, before anything of the client's.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// Bytes of the longest header of version 1, with its line end.
const LONGEST_LINE: usize = 107;
/// What version 2 begins with: nothing that could be HTTP or TLS.
const SIGNATURE: &[u8; 12] = b"\r\n\r\n\0\r\nQUIT\n";
/// Bytes before the addresses of version 2.
const FIXED: usize = 16;

/// Bytes of the longest header that is taken: addresses and a few notes beside them. What is longer is no use to anybody.
pub const LONGEST: usize = 4096;

/// Who the connection is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A client, and the address that it connected to.
    Client {
        /// The client's own address.
        client: SocketAddr,
        /// What it connected to.
        local: SocketAddr,
    },
    /// Whoever sends the header itself, as load balancers do to see whether a server is there.
    Itself,
    /// A client of which it does not tell the address.
    Unknown,
}

/// A header, and how many bytes it has: what follows is the client's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// What it says.
    pub source: Source,
    /// Bytes up to the client's first.
    pub length: usize,
}

/// Why bytes are no header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// They begin otherwise.
    #[error("there is no PROXY header")]
    NoHeader,
    /// It is longer than any that is taken.
    #[error("the PROXY header is too long")]
    TooLong,
    /// It breaks off, or says what it must not.
    #[error("the PROXY header is malformed")]
    Malformed,
    /// Its checksum is another one.
    #[error("the PROXY header has a wrong checksum")]
    Checksum,
}

/// Reads the header at the start of `bytes`; none while more of it has to come.
///
/// # Errors
/// What is wrong with it, as soon as that is certain.
pub fn read(bytes: &[u8]) -> Result<Option<Header>, Fault> {
    const LINE: &[u8] = b"PROXY ";
    let begins = |with: &[u8]| bytes.iter().zip(with).all(|(byte, expected)| byte == expected);
    match () {
        () if begins(SIGNATURE) => binary(bytes),
        () if begins(LINE) => line(bytes),
        () => Err(Fault::NoHeader),
    }
}

// === version 1 ===

fn line(bytes: &[u8]) -> Result<Option<Header>, Fault> {
    let within = &bytes[..bytes.len().min(LONGEST_LINE)];
    let Some(end) = within.iter().position(|byte| *byte == b'\n') else {
        return if bytes.len() < LONGEST_LINE { Ok(None) } else { Err(Fault::TooLong) };
    };
    let text =
        within[..end].strip_suffix(b"\r").and_then(|line| std::str::from_utf8(line).ok()).ok_or(Fault::Malformed)?;
    let source = words(text).ok_or(Fault::Malformed)?;
    Ok(Some(Header { source, length: end + 1 }))
}

fn words(text: &str) -> Option<Source> {
    let mut words = text.split(' ');
    let is_v4 = match (words.next()?, words.next()?) {
        ("PROXY", "TCP4") => true,
        ("PROXY", "TCP6") => false,
        // What follows is to be ignored.
        ("PROXY", "UNKNOWN") => return Some(Source::Unknown),
        _ => return None,
    };
    let mut address = || {
        let address: IpAddr = words.next()?.parse().ok()?;
        (address.is_ipv4() == is_v4).then_some(address)
    };
    let (client, local) = (address()?, address()?);
    let mut port = || {
        let digits = words.next()?;
        let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit()) && (digits == "0" || !digits.starts_with('0'));
        digits.parse::<u16>().ok().filter(|_| is_plain)
    };
    let (client, local) = (SocketAddr::new(client, port()?), SocketAddr::new(local, port()?));
    words.next().is_none().then_some(Source::Client { client, local })
}

// === version 2 ===

fn binary(bytes: &[u8]) -> Result<Option<Header>, Fault> {
    let Some(fixed) = bytes.first_chunk::<FIXED>() else { return Ok(None) };
    let [.., command, family, high, low] = *fixed;
    let length = FIXED + usize::from(u16::from_be_bytes([high, low]));
    if command >> 4 != 2 {
        return Err(Fault::Malformed);
    }
    if length > LONGEST {
        return Err(Fault::TooLong);
    }
    let Some(header) = bytes.get(..length) else { return Ok(None) };
    let source = match command & 0x0f {
        // It is the load balancer's own, and what follows is to be ignored.
        0 => Source::Itself,
        1 => {
            let (told, notes) = addresses(family, &header[FIXED..])?;
            check_notes(header, notes)?;
            told
        }
        _ => return Err(Fault::Malformed),
    };
    Ok(Some(Header { source, length }))
}

/// What the addresses say, and the notes behind them.
fn addresses(family: u8, bytes: &[u8]) -> Result<(Source, &[u8]), Fault> {
    const UNIX: usize = 216;
    let split = |length| bytes.split_at_checked(length).ok_or(Fault::Malformed);
    match family {
        0x11 => {
            let (told, notes) = split(12)?;
            let address = |at: usize| Ipv4Addr::new(told[at], told[at + 1], told[at + 2], told[at + 3]);
            Ok((client(told, address(0), address(4), 8), notes))
        }
        0x21 => {
            let (told, notes) = split(36)?;
            let address = |at: usize| Ipv6Addr::from(std::array::from_fn::<u8, 16, _>(|byte| told[at + byte]));
            Ok((client(told, address(0), address(16), 32), notes))
        }
        // Nothing that a client of HTTP over TCP comes by.
        0x12 => Ok((Source::Unknown, split(12)?.1)),
        0x22 => Ok((Source::Unknown, split(36)?.1)),
        0x31 | 0x32 => Ok((Source::Unknown, split(UNIX)?.1)),
        // Of no family: what follows need not be notes.
        0x00 => Ok((Source::Unknown, &[])),
        _ => Err(Fault::Malformed),
    }
}

fn client(told: &[u8], client: impl Into<IpAddr>, local: impl Into<IpAddr>, ports: usize) -> Source {
    let port = |at: usize| u16::from_be_bytes([told[at], told[at + 1]]);
    Source::Client {
        client: SocketAddr::new(client.into().to_canonical(), port(ports)),
        local: SocketAddr::new(local.into().to_canonical(), port(ports + 2)),
    }
}

/// Steps over the notes, each of a type, a length and a value; a checksum among them has to be right.
fn check_notes(header: &[u8], notes: &[u8]) -> Result<(), Fault> {
    const CHECKSUM: u8 = 3;
    let mut rest = notes;
    while let Some(([kind, high, low], behind)) = rest.split_first_chunk::<3>() {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let (value, next) = behind.split_at_checked(length).ok_or(Fault::Malformed)?;
        if *kind == CHECKSUM {
            let told = u32::from_be_bytes(value.try_into().map_err(|_| Fault::Malformed)?);
            let at = header.len() - behind.len();
            // Computed over the header with zeros in its place.
            let zeroed = header[..at].iter().chain(&[0; 4]).chain(&header[at + 4..]);
            if crc32c(zeroed) != told {
                return Err(Fault::Checksum);
            }
        }
        rest = next;
    }
    if rest.is_empty() { Ok(()) } else { Err(Fault::Malformed) }
}

/// CRC-32C (RFC 9260, appendix A). Bit by bit: headers are short, and few have one.
fn crc32c<'a>(bytes: impl Iterator<Item = &'a u8>) -> u32 {
    const POLYNOMIAL: u32 = 0x82f6_3b78;
    !bytes.fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ POLYNOMIAL } else { crc >> 1 })
    })
}

#[cfg(test)]
mod tests;

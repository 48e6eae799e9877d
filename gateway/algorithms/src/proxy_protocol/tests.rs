use proptest::prelude::*;

use super::*;

fn client(client: &str, local: &str) -> Source {
    Source::Client { client: client.parse().unwrap(), local: local.parse().unwrap() }
}

/// A header of version 2.
fn binary(command: u8, family: u8, rest: &[u8]) -> Vec<u8> {
    let length = u16::try_from(rest.len()).unwrap().to_be_bytes();
    [&SIGNATURE[..], &[0x20 | command, family], &length, rest].concat()
}

const V4: [u8; 12] = [192, 0, 2, 1, 10, 0, 0, 1, 0x12, 0x34, 0x01, 0xbb];

fn v6() -> Vec<u8> {
    let address =
        |last| "2001:db8::".parse::<Ipv6Addr>().unwrap().octets().map(|byte| byte).into_iter().take(15).chain([last]);
    address(1).chain(address(2)).chain([0x12, 0x34, 0x01, 0xbb]).collect()
}

#[test]
fn a_line_says_who_connects() {
    for (line, source) in [
        ("PROXY TCP4 192.0.2.1 10.0.0.1 4660 443\r\n", client("192.0.2.1:4660", "10.0.0.1:443")),
        ("PROXY TCP6 2001:db8::1 2001:db8::2 0 65535\r\n", client("[2001:db8::1]:0", "[2001:db8::2]:65535")),
        ("PROXY UNKNOWN\r\n", Source::Unknown),
        ("PROXY UNKNOWN ff:: who knows 0 0\r\n", Source::Unknown),
    ] {
        let bytes = format!("{line}GET / ");
        assert_eq!(read(bytes.as_bytes()), Ok(Some(Header { source, length: line.len() })), "{line}");
    }
}

#[test]
fn a_line_of_another_form_is_none() {
    for line in [
        "PROXY TCP4 192.0.2.1 10.0.0.1 4660 443\n",
        "PROXY TCP4 192.0.2.1 10.0.0.1 4660\r\n",
        "PROXY TCP4 192.0.2.1 10.0.0.1 4660 443 1\r\n",
        "PROXY TCP4  192.0.2.1 10.0.0.1 4660 443\r\n",
        "PROXY TCP4 192.0.2.1 10.0.0.1 04660 443\r\n",
        "PROXY TCP4 192.0.2.1 10.0.0.1 +1 443\r\n",
        "PROXY TCP4 192.0.2.1 10.0.0.1 65536 443\r\n",
        "PROXY TCP4 2001:db8::1 2001:db8::2 1 1\r\n",
        "PROXY TCP6 192.0.2.1 10.0.0.1 1 1\r\n",
        "PROXY UDP4 192.0.2.1 10.0.0.1 1 1\r\n",
        "PROXY \r\n",
    ] {
        assert_eq!(read(line.as_bytes()), Err(Fault::Malformed), "{line}");
    }
    assert_eq!(read(format!("PROXY UNKNOWN {}", "x".repeat(100)).as_bytes()), Err(Fault::TooLong));
    assert_eq!(read(b"GET / HTTP/1.1\r\n"), Err(Fault::NoHeader));
    assert_eq!(read(b"\x16\x03\x01"), Err(Fault::NoHeader));
}

#[test]
fn version_2_says_it_in_bytes() {
    let notes = [4, 0, 3, 1, 2, 3, 0x20, 0, 0];
    for (command, family, rest, source) in [
        (1, 0x11, V4.to_vec(), client("192.0.2.1:4660", "10.0.0.1:443")),
        (1, 0x11, [&V4[..], &notes].concat(), client("192.0.2.1:4660", "10.0.0.1:443")),
        (1, 0x21, v6(), client("[2001:db8::1]:4660", "[2001:db8::2]:443")),
        (1, 0x31, vec![0; 216], Source::Unknown),
        (1, 0x00, vec![7, 7], Source::Unknown),
        (0, 0x11, V4.to_vec(), Source::Itself),
        (0, 0x00, Vec::new(), Source::Itself),
        (0, 0x11, Vec::new(), Source::Itself),
        (0, 0x99, vec![1], Source::Itself),
    ] {
        let header = binary(command, family, &rest);
        let bytes = [&header[..], b"GET /"].concat();
        assert_eq!(read(&bytes), Ok(Some(Header { source, length: header.len() })), "{family:x} {rest:?}");
    }
}

#[test]
fn version_2_of_another_form_is_none() {
    for (header, fault) in [
        (binary(2, 0x11, &V4), Fault::Malformed),
        (binary(1, 0x11, &V4[1..]), Fault::Malformed),
        (binary(1, 0x21, &V4), Fault::Malformed),
        (binary(1, 0x41, &V4), Fault::Malformed),
        (binary(1, 0x11, &[&V4[..], &[4, 0]].concat()), Fault::Malformed),
        (binary(1, 0x11, &[&V4[..], &[4, 0, 2, 1]].concat()), Fault::Malformed),
        (binary(1, 0x11, &[0; LONGEST]), Fault::TooLong),
        ([&SIGNATURE[..], &[0x11, 0x11, 0, 0]].concat(), Fault::Malformed),
    ] {
        assert_eq!(read(&header), Err(fault), "{header:?}");
    }
}

#[test]
fn a_checksum_has_to_be_right() {
    assert_eq!(crc32c(b"123456789".iter()), 0xe306_9283, "the check value of the algorithm");
    let blank = binary(1, 0x11, &[&V4[..], &[3, 0, 4, 0, 0, 0, 0, 4, 0, 1, 9]].concat());
    let at = FIXED + V4.len() + 3;
    let mut right = blank.clone();
    right[at..at + 4].copy_from_slice(&crc32c(blank.iter()).to_be_bytes());
    assert!(matches!(read(&right), Ok(Some(_))));
    for byte in FIXED..FIXED + V4.len() {
        let mut wrong = right.clone();
        wrong[byte] ^= 1;
        assert_eq!(read(&wrong), Err(Fault::Checksum));
    }
}

proptest! {
    #[test]
    fn a_header_is_whole_or_not_yet(
        is_binary in any::<bool>(),
        addresses in any::<[u32; 2]>(),
        ports in any::<[u16; 2]>(),
        behind in prop::collection::vec(any::<u8>(), 0..20),
    ) {
        let [client, local] = addresses.map(Ipv4Addr::from);
        let header = match is_binary {
            true => {
                let [from, to] = ports.map(u16::to_be_bytes);
                binary(1, 0x11, &[&client.octets()[..], &local.octets(), &from, &to].concat())
            }
            false => format!("PROXY TCP4 {client} {local} {} {}\r\n", ports[0], ports[1]).into_bytes(),
        };
        for cut in 1..header.len() {
            prop_assert_eq!(read(&header[..cut]), Ok(None));
        }
        let source = Source::Client { client: (client, ports[0]).into(), local: (local, ports[1]).into() };
        let expected = Header { source, length: header.len() };
        prop_assert_eq!(read(&[header, behind].concat()), Ok(Some(expected)));
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..64), family in any::<u8>()) {
        for bytes in [binary(1, family, &bytes), [b"PROXY ", &bytes[..]].concat(), bytes] {
            let is_within = read(&bytes).is_ok_and(|header| header.is_none_or(|header| header.length <= bytes.len()));
            prop_assert!(is_within || read(&bytes).is_err());
        }
    }
}

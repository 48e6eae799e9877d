use proptest::{prelude::*, sample::select};

use super::*;

/// What heads and bodies are made of, sound and not.
struct Fragments {
    line: BoxedStrategy<&'static str>,
    field: BoxedStrategy<&'static str>,
    body: BoxedStrategy<&'static str>,
    noise: BoxedStrategy<&'static str>,
}

fn fragments() -> Fragments {
    Fragments {
        line: select(vec![
            "GET / HTTP/1.1\r\n",
            "POST /x?y HTTP/1.1\r\n",
            "GET http://a:80/ HTTP/1.1\r\n",
            "OPTIONS * HTTP/1.0\r\n",
            "CONNECT a:1 HTTP/1.1\r\n",
            "GET  / HTTP/1.1\r\n",
        ])
        .boxed(),
        field: select(vec![
            "Host:a:80\r\n",
            "Content-Length: 5\r\n",
            "Content-Length: 0\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Transfer-Encoding: gzip, chunked\r\n",
            "X: y\r\n",
            "Upgrade: x\r\n",
            "Empty:\r\n",
            "A-Long-Name!#: \t\"value\" ~ \u{e4}\t \r\n",
        ])
        .boxed(),
        body: select(vec!["hello", "5\r\nhello\r\n0\r\n\r\n", "1;x=\"y\"\r\nz\r\n", "0\r\n", "0\r\nX: y\r\n\r\n"])
            .boxed(),
        noise: select(vec!["\r", "\n", "\r\n", " ", "\t", ":", ";", ",", "\0", "0", "G", "HTTP/1.1", "\u{7f}"]).boxed(),
    }
}

/// Requests as they should be but for a fragment now and then, and with fields that do not go together.
fn nearly_sound() -> impl Strategy<Value = Vec<u8>> {
    let Fragments { line, field, body, noise } = fragments();
    let noise = prop_oneof![12 => Just(""), 1 => noise].boxed();
    let host = prop_oneof![5 => Just("Host: a\r\n"), 1 => Just("")];
    let fields = prop::collection::vec((noise.clone(), field), 0..3);
    let request = (line, noise.clone(), host, fields, noise, prop_oneof![1 => Just(""), 2 => body]);
    let request = request.prop_map(|(line, behind_line, host, fields, before_end, body)| {
        let fields: String = fields.into_iter().flat_map(|(noise, field)| [noise, field]).collect();
        [line, behind_line, host, &fields, before_end, "\r\n", body].concat().into_bytes()
    });
    prop::collection::vec(request, 1..5).prop_map(|requests| requests.concat())
}

/// A sound request.
fn request() -> impl Strategy<Value = Vec<u8>> {
    let body = prop::collection::vec(any::<u8>(), 0..40);
    let fields = prop::collection::vec("[a-zA-Z!~-]{1,18}x:[ \t]?[ -~\t]{0,30}\r\n", 0..5);
    let start = ("(\r\n)?[A-Z]{1,9}", "/[!$-;=?-_a-~]{0,30}", fields.clone());
    let chunks = prop::collection::vec((prop::collection::vec(any::<u8>(), 1..20), "0{0,3}", "(;[a-z]=[0-9])?"), 0..4);
    (start, any::<bool>(), body, chunks, fields).prop_map(|(start, chunked, body, chunks, trailers)| {
        let (method, target, fields) = start;
        let head = format!("{method}x {target} HTTP/1.1\r\n{}Host: a\r\n", fields.concat());
        if !chunked {
            return [format!("{head}Content-Length: {}\r\n\r\n", body.len()).into_bytes(), body].concat();
        }
        let mut bytes = format!("{head}Transfer-Encoding: chunked\r\n\r\n").into_bytes();
        for (data, zeros, extension) in chunks {
            bytes.extend(format!("{zeros}{:x}{extension}\r\n", data.len()).into_bytes());
            bytes.extend(data);
            bytes.extend(b"\r\n");
        }
        let trailers: String = trailers.into_iter().take(1).collect();
        bytes.extend(format!("0\r\n{trailers}\r\n").into_bytes());
        bytes
    })
}

/// `bytes` cut at any places.
fn cut<'a>(bytes: &'a [u8], places: &[prop::sample::Index]) -> Vec<&'a [u8]> {
    let mut places: Vec<usize> = places.iter().map(|place| place.index(bytes.len() + 1)).collect();
    places.extend([0, bytes.len()]);
    places.sort_unstable();
    places.windows(2).map(|cut| &bytes[cut[0]..cut[1]]).collect()
}

/// The heads that are handed on, each whole.
fn heads(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut scanner = Scanner::new();
    let mut heads = Vec::new();
    for byte in bytes.chunks(1) {
        let before = scanner.requests();
        let scanned = scanner.scan(byte, &LIMITS);
        if scanner.requests() > before {
            heads.push([&scanned.held, &byte[..scanned.good]].concat());
        }
    }
    heads
}

/// Checks that `httparse`, which hyper uses, reads the same head and no more.
fn check_head(head: &[u8]) -> Result<(), TestCaseError> {
    let mut fields = [httparse::EMPTY_HEADER; 8];
    let mut request = httparse::Request::new(&mut fields);
    prop_assert_eq!(request.parse(head), Ok(httparse::Status::Complete(head.len())));
    let values = |name| {
        let named = move |field: &&httparse::Header<'_>| field.name.eq_ignore_ascii_case(name);
        request.headers.iter().filter(named).map(|field| field.value).collect::<Vec<_>>()
    };
    let (lengths, codings) = (values("content-length"), values("transfer-encoding"));
    prop_assert!(lengths.len() + codings.len() <= 1);
    prop_assert!(codings.iter().all(|coding| coding.eq_ignore_ascii_case(b"chunked")));
    prop_assert!(lengths.iter().all(|length| length.iter().all(u8::is_ascii_digit)));
    prop_assert!(values("host").len() == 1 || request.version == Some(0));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn what_is_accepted_is_what_the_parser_behind_reads(bytes in nearly_sound()) {
        for head in heads(&bytes) {
            check_head(&head)?;
        }
    }

    #[test]
    fn sound_requests_are_accepted_however_they_are_cut(
        requests in prop::collection::vec(request(), 1..4),
        places in prop::collection::vec(any::<prop::sample::Index>(), 0..12),
    ) {
        let bytes = requests.concat();
        let found = outcome(cut(&bytes, &places));
        prop_assert_eq!((found.fault, found.stage), (None, Stage::Idle));
        prop_assert_eq!(found.requests, requests.len() as u64);
        prop_assert_eq!(found.handed_on, bytes.clone());
        for head in heads(&bytes) {
            check_head(&head)?;
        }
    }

    #[test]
    fn cuts_change_nothing(
        bytes in nearly_sound(),
        places in prop::collection::vec(any::<prop::sample::Index>(), 0..12),
    ) {
        let whole = outcome([&bytes[..]]);
        prop_assert!(bytes.starts_with(&whole.handed_on));
        prop_assert_eq!(&outcome(bytes.chunks(1)), &whole);
        prop_assert_eq!(&outcome(cut(&bytes, &places)), &whole);
    }

    #[test]
    fn one_wrong_byte_in_a_sound_request_is_the_same_however_it_is_cut(
        mut bytes in request(),
        place in any::<prop::sample::Index>(),
        byte in prop_oneof![any::<u8>(), select(b"\r\n\0 \t:;,\x7f".to_vec())],
        places in prop::collection::vec(any::<prop::sample::Index>(), 0..12),
    ) {
        let place = place.index(bytes.len());
        bytes[place] = byte;
        let whole = outcome([&bytes[..]]);
        prop_assert_eq!(&outcome(bytes.chunks(1)), &whole);
        prop_assert_eq!(&outcome(cut(&bytes, &places)), &whole);
        for head in heads(&bytes) {
            check_head(&head)?;
        }
    }

    #[test]
    fn no_bytes_make_it_panic(pieces in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 0..8)) {
        let whole = outcome([&pieces.concat()[..]]);
        prop_assert_eq!(outcome(pieces.iter().map(|piece| &piece[..])), whole);
    }
}

use super::*;

/// A sound request, behind which each hostile one comes too.
const SOUND: &str = "POST /first HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi";

/// Request lines that are refused, each with a sound rest of its head.
const REQUEST_LINES: &[(&str, Fault)] = &[
    ("\n", Fault::BareLf),
    ("\r\n\n", Fault::BareLf),
    ("\r\n\r\n", Fault::EmptyLineBeforeRequest),
    ("\rGET / HTTP/1.1\r\n", Fault::BareCr),
    ("\0GET / HTTP/1.1\r\n", Fault::Nul),
    (" GET / HTTP/1.1\r\n", Fault::BadRequestLine),
    ("\tGET / HTTP/1.1\r\n", Fault::BadMethod),
    ("G\x01T / HTTP/1.1\r\n", Fault::BadMethod),
    ("GET: / HTTP/1.1\r\n", Fault::BadMethod),
    ("GÉT / HTTP/1.1\r\n", Fault::BadMethod),
    ("\x16\x03\x01\x02\x00", Fault::BadMethod),
    ("GET\r\n", Fault::BadRequestLine),
    ("GET\n", Fault::BareLf),
    ("GET\t/ HTTP/1.1\r\n", Fault::BadMethod),
    ("GET  / HTTP/1.1\r\n", Fault::BadRequestLine),
    ("GET /\r\n", Fault::BadRequestLine),
    ("GET /\n", Fault::BareLf),
    ("GET /  HTTP/1.1\r\n", Fault::BadRequestLine),
    ("GET / x HTTP/1.1\r\n", Fault::BadRequestLine),
    ("GET /\tHTTP/1.1\r\n", Fault::BadTarget),
    ("GET /\0 HTTP/1.1\r\n", Fault::Nul),
    ("GET /\x0b HTTP/1.1\r\n", Fault::BadTarget),
    ("GET /\x7f HTTP/1.1\r\n", Fault::BadTarget),
    ("GET /ä HTTP/1.1\r\n", Fault::BadTarget),
    ("GET /a#b HTTP/1.1\r\n", Fault::BadTarget),
    ("GET /a?b#c HTTP/1.1\r\n", Fault::BadTarget),
    ("GET http://a#b HTTP/1.1\r\n", Fault::BadTarget),
    ("GET /< HTTP/1.1\r\n", Fault::BadTarget),
    ("GET /a> HTTP/1.1\r\n", Fault::BadTarget),
    ("GET /a`?b HTTP/1.1\r\n", Fault::BadTarget),
    ("GET /a?b\"c HTTP/1.1\r\n", Fault::BadTarget),
    ("GET /a?b<c#d HTTP/1.1\r\n", Fault::BadTarget),
    ("GET http://a/12345678> HTTP/1.1\r\n", Fault::BadTarget),
    ("GET a HTTP/1.1\r\n", Fault::BadTarget),
    ("GET ?q HTTP/1.1\r\n", Fault::BadTarget),
    ("GET a:80 HTTP/1.1\r\n", Fault::BadTarget),
    ("GET * HTTP/1.1\r\n", Fault::BadTarget),
    ("options * HTTP/1.1\r\n", Fault::BadTarget),
    ("OPTIONS ** HTTP/1.1\r\n", Fault::BadTarget),
    ("GET http:/a/ HTTP/1.1\r\n", Fault::BadTarget),
    ("GET http:///x HTTP/1.1\r\n", Fault::BadTarget),
    ("GET ftp://a/ HTTP/1.1\r\n", Fault::BadTarget),
    ("GET http://me@a/ HTTP/1.1\r\n", Fault::BadTarget),
    ("GET http://a:80:80/ HTTP/1.1\r\n", Fault::BadTarget),
    ("GET http://a\\b/ HTTP/1.1\r\n", Fault::BadTarget),
    ("CONNECT / HTTP/1.1\r\n", Fault::BadTarget),
    ("CONNECT a HTTP/1.1\r\n", Fault::BadTarget),
    ("CONNECT a: HTTP/1.1\r\n", Fault::BadTarget),
    ("CONNECT http://a/ HTTP/1.1\r\n", Fault::BadTarget),
    ("GET / HTTP/1.1\n", Fault::BareLf),
    ("GET / HTTP/1.1 \r\n", Fault::BadRequestLine),
    ("GET / HTTP/1.1\rX\r\n", Fault::BareCr),
    ("GET / HTTP/1.1\0\r\n", Fault::Nul),
    ("GET / HTTP/1.10\r\n", Fault::BadRequestLine),
    ("GET / HTTP/11\r\n", Fault::BadRequestLine),
    ("GET / HTTP/1\r\n", Fault::BadRequestLine),
    ("GET / HTTP/1.x\r\n", Fault::BadRequestLine),
    ("GET / http/1.1\r\n", Fault::BadRequestLine),
    ("GET / HTTPS/1.1\r\n", Fault::BadRequestLine),
    ("GET / ICY/1.1\r\n", Fault::BadRequestLine),
    ("GET / HTTP/0.9\r\n", Fault::BadVersion),
    ("GET / HTTP/1.2\r\n", Fault::BadVersion),
    ("GET / HTTP/2.0\r\n", Fault::BadVersion),
    ("PRI * HTTP/2.0\r\n", Fault::BadTarget),
    ("GET /prior HTTP/2.0\r\n\r\nSM\r\n\r\n", Fault::BadVersion),
];

/// Field lines that are refused behind `POST / HTTP/1.1` and `Host: a`.
const FIELDS: &[(&str, Fault)] = &[
    ("X: y\n", Fault::BareLf),
    ("X: y\r\r\n", Fault::BareCr),
    ("X: a\rb\r\n", Fault::BareCr),
    ("X\n", Fault::BareLf),
    ("X\r\n", Fault::BadFieldName),
    ("\rX: y\r\n", Fault::BareCr),
    ("\n", Fault::BareLf),
    ("X: \0\r\n", Fault::Nul),
    ("X\0: y\r\n", Fault::Nul),
    ("X: a\x08b\r\n", Fault::BadFieldValue),
    ("X: a\x7fb\r\n", Fault::BadFieldValue),
    ("X:\x0b\r\n", Fault::BadFieldValue),
    (": y\r\n", Fault::BadFieldName),
    ("X@: y\r\n", Fault::BadFieldName),
    ("X\x7f: y\r\n", Fault::BadFieldName),
    ("Ä: y\r\n", Fault::BadFieldName),
    ("(X): y\r\n", Fault::BadFieldName),
    ("X : y\r\n", Fault::SpaceBeforeColon),
    ("X\t: y\r\n", Fault::SpaceBeforeColon),
    ("X y: z\r\n", Fault::SpaceBeforeColon),
    ("Transfer-Encoding : chunked\r\n", Fault::SpaceBeforeColon),
    ("X: y\r\n z\r\n", Fault::ObsoleteFolding),
    ("X: y\r\n\tTransfer-Encoding: chunked\r\n", Fault::ObsoleteFolding),
    ("X:\r\n \r\n", Fault::ObsoleteFolding),
    ("Host: a\r\n", Fault::DuplicateHost),
    ("HOST: b\r\n", Fault::DuplicateHost),
    ("Content-Length: 3\r\nContent-Length: 4\r\n", Fault::DuplicateLength),
    ("Content-Length: 3\r\ncontent-length: 3\r\n", Fault::DuplicateLength),
    ("Content-Length: 3, 3\r\n", Fault::DuplicateLength),
    ("Content-Length: 3,\r\n", Fault::DuplicateLength),
    ("Content-Length:\r\n", Fault::BadLength),
    ("Content-Length: +3\r\n", Fault::BadLength),
    ("Content-Length: -3\r\n", Fault::BadLength),
    ("Content-Length: 0x3\r\n", Fault::BadLength),
    ("Content-Length: 3 4\r\n", Fault::BadLength),
    ("Content-Length: 3.0\r\n", Fault::BadLength),
    ("Content-Length: 3;\r\n", Fault::BadLength),
    ("Content-Length: \"3\"\r\n", Fault::BadLength),
    ("Content-Length: 03\r\n", Fault::BadLength),
    ("Content-Length: ３\r\n", Fault::BadLength),
    ("Content-Length: 1152921504606846977\r\n", Fault::BadLength),
    ("Content-Length: 18446744073709551617\r\n", Fault::BadLength),
    ("Content-Length: 99999999999999999999\r\n", Fault::BadLength),
    ("Content-Length: 6\r\nTransfer-Encoding: chunked\r\n", Fault::LengthAndCoding),
    ("Transfer-Encoding: chunked\r\nContent-Length: 6\r\n", Fault::LengthAndCoding),
    ("Content-Length: 0\r\nTransfer-Encoding: identity\r\n", Fault::LengthAndCoding),
    ("Transfer-Encoding:\r\n", Fault::BadCoding),
    ("Transfer-Encoding: gzip\r\n", Fault::BadCoding),
    ("Transfer-Encoding: identity\r\n", Fault::BadCoding),
    ("Transfer-Encoding: xchunked\r\n", Fault::BadCoding),
    ("Transfer-Encoding: \"chunked\"\r\n", Fault::BadCoding),
    ("Transfer-Encoding: chunked;q=1\r\n", Fault::BadCoding),
    ("Transfer-Encoding: chunked, gzip\r\n", Fault::BadCoding),
    ("Transfer-Encoding: chunked,\r\n", Fault::BadCoding),
    ("Transfer-Encoding: , chunked\r\n", Fault::BadCoding),
    ("Transfer-Encoding: gzip chunked\r\n", Fault::BadCoding),
    ("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", Fault::BadCoding),
    ("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", Fault::BadCoding),
    ("Transfer-Encoding: \x0bchunked\r\n", Fault::BadFieldValue),
    ("Transfer-Encoding: \u{a0}chunked\r\n", Fault::BadCoding),
    ("Transfer-Encoding: gzip, chunked\r\n", Fault::UnknownCoding),
    ("Transfer-Encoding: identity,chunked\r\n", Fault::UnknownCoding),
    ("Transfer-Encoding: chunked, chunked\r\n", Fault::UnknownCoding),
];

/// Whole heads that are refused.
const HEADS: &[(&str, Fault)] = &[
    ("GET / HTTP/1.1\r\n\r\n", Fault::MissingHost),
    ("GET http://a/ HTTP/1.1\r\n\r\n", Fault::MissingHost),
    ("GET / HTTP/1.1\r\n Host: a\r\n\r\n", Fault::SpaceBeforeFirstField),
    ("GET / HTTP/1.1\r\n\tX: y\r\nHost: a\r\n\r\n", Fault::SpaceBeforeFirstField),
    ("GET / HTTP/1.1\r\nHost:\r\n\r\n", Fault::BadHost),
    ("GET / HTTP/1.1\r\nHost: a b\r\n\r\n", Fault::BadHost),
    ("GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", Fault::BadHost),
    ("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", Fault::BadHost),
    ("GET / HTTP/1.1\r\nHost: me@a\r\n\r\n", Fault::BadHost),
    ("GET / HTTP/1.1\r\nHost: a:99999\r\n\r\n", Fault::BadHost),
    ("GET / HTTP/1.0\r\nHost: a b\r\n\r\n", Fault::BadHost),
    ("GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n", Fault::DuplicateHost),
    ("GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n", Fault::HostsDiffer),
    ("GET http://a:8080/ HTTP/1.1\r\nHost: a\r\n\r\n", Fault::HostsDiffer),
    ("GET https://a/ HTTP/1.1\r\nHost: a:80\r\n\r\n", Fault::HostsDiffer),
    ("GET http://b HTTP/1.0\r\nHost: a\r\n\r\n", Fault::HostsDiffer),
    ("CONNECT b:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", Fault::HostsDiffer),
    ("CONNECT a:443 HTTP/1.1\r\nHost: a:80\r\n\r\n", Fault::HostsDiffer),
    ("CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\nContent-Length: 3\r\n\r\nabc", Fault::BodyInConnect),
    ("CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\nTransfer-Encoding: chunked\r\n\r\n", Fault::BodyInConnect),
    ("POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", Fault::CodingInHttp10),
    ("POST / HTTP/1.0\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", Fault::CodingInHttp10),
    ("GET / HTTP/1.1\r\nHost: a\r\n\n", Fault::BareLf),
    ("GET / HTTP/1.1\r\nHost: a\r\n\rX", Fault::BareCr),
    ("GET / HTTP/1.1\r\nHost: a\n\n", Fault::BareLf),
];

/// Chunked bodies: what of them is handed on, and a rest that is refused at its first byte.
const BODIES: &[(&str, &str, Fault)] = &[
    ("", "\r\n", Fault::BadChunkSize),
    ("", "\n", Fault::BareLf),
    ("", ";x\r\n", Fault::BadChunkSize),
    ("", "+5\r\nhello\r\n", Fault::BadChunkSize),
    ("", "-5\r\nhello\r\n", Fault::BadChunkSize),
    ("", " 5\r\nhello\r\n", Fault::BadChunkSize),
    ("", "g\r\n", Fault::BadChunkSize),
    ("0", "x5\r\nhello\r\n", Fault::BadChunkSize),
    ("5", " \r\nhello\r\n", Fault::BadChunkSize),
    ("5", "\t\r\nhello\r\n", Fault::BadChunkSize),
    ("5", " ;x\r\nhello\r\n", Fault::BadChunkSize),
    ("5", "_0\r\n", Fault::BadChunkSize),
    ("5", "\0\r\n", Fault::BadChunkSize),
    ("5", ",5\r\n", Fault::BadChunkSize),
    ("100000000000000", "1\r\n", Fault::BadChunkSize),
    ("fffffffffffffff", "f\r\n", Fault::BadChunkSize),
    ("0000000000000000", "5\r\n", Fault::BadChunkSize),
    ("5", "\nhello\r\n", Fault::BareLf),
    ("5\r", "hello\r\n", Fault::BareCr),
    ("5\r", "\r\nhello\r\n", Fault::BareCr),
    ("5;a=b", "\nhello\r\n", Fault::BareLf),
    ("5;a=b\r", "c\nhello\r\n", Fault::BareCr),
    ("5;", "\0\r\n", Fault::Nul),
    ("5;a", "\x01\r\n", Fault::BadChunkExtension),
    ("5;a", "\x7f\r\n", Fault::BadChunkExtension),
    ("5;a=", "ä\r\n", Fault::BadChunkExtension),
    ("5;a=\"b", "\r\nhello\r\n", Fault::BadChunkExtension),
    ("5;a=\"b\\", "\r\nhello\r\n", Fault::BadChunkExtension),
    ("5;a=\"b\\\"", "\nhello\r\n", Fault::BadChunkExtension),
    ("5;2345678901234567890123456789012", "3\r\n", Fault::ChunkExtensionTooLong),
    ("1;2345678901234567890\r\nx\r\n1;23456789012", "3\r\n", Fault::ChunkExtensionTooLong),
    ("5\r\nhello", "5\r\nworld\r\n", Fault::BadChunkEnd),
    ("5\r\nhello", "\n0\r\n\r\n", Fault::BadChunkEnd),
    ("5\r\nhello\r", "0\r\n\r\n", Fault::BadChunkEnd),
    ("5\r\nhello", "!\r\n0\r\n\r\n", Fault::BadChunkEnd),
    ("5\r\nhell\r", "\n0\r\n\r\n", Fault::BadChunkEnd),
    ("5\r\nhello\r\n", "\r\n0\r\n\r\n", Fault::BadChunkSize),
    ("0\r\n", "\n", Fault::BareLf),
    ("0\r\n", "\rX", Fault::BareCr),
    ("0\r\n", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", Fault::SpaceBeforeColon),
    ("0\r\n", " X: y\r\n\r\n", Fault::SpaceBeforeFirstField),
    ("0\r\n", "X: y\r\n z\r\n\r\n", Fault::ObsoleteFolding),
    ("0\r\n", "X: y\n\r\n", Fault::BareLf),
    ("0\r\n", "X: \0\r\n\r\n", Fault::Nul),
    ("0\r\n", "X: \x01\r\n\r\n", Fault::BadFieldValue),
    ("0\r\n", "X y\r\n\r\n", Fault::SpaceBeforeColon),
    ("0\r\n", "Content-Length: 5\r\n\r\n", Fault::BadTrailer),
    ("0\r\n", "X: y\r\nTRANSFER-ENCODING: chunked\r\n\r\n", Fault::BadTrailer),
    ("0\r\n", "Host: b\r\n\r\n", Fault::BadTrailer),
    ("0\r\n", "Connection: close\r\n\r\n", Fault::BadTrailer),
    ("0\r\n", "Trailer: x\r\n\r\n", Fault::BadTrailer),
];

/// Checks that `hostile` is refused for `fault` behind a `sound` part, and the same behind a request before it.
fn check(sound: &str, hostile: &str, fault: Fault, requests: u64, stage: Stage) {
    for before in ["", SOUND, "\r\n"] {
        if before == "\r\n" && sound.is_empty() {
            continue;
        }
        let good = [before, sound].concat();
        let found = scan([&good, hostile].concat().as_bytes());
        let requests = requests + u64::from(before == SOUND);
        let expected = Outcome { handed_on: good.into_bytes(), fault: Some(fault), requests, stage };
        assert_eq!(found, expected, "{hostile:?} behind {before:?}{sound:?}");
    }
}

#[test]
fn hostile_request_lines_are_refused() {
    for (line, fault) in REQUEST_LINES {
        check("", &format!("{line}Host: a\r\n\r\n"), *fault, 0, Stage::Head);
    }
}

#[test]
fn hostile_fields_are_refused_first_among_others_and_last() {
    for (fields, fault) in FIELDS {
        for (before, behind) in [("", ""), ("Accept: */*\r\n", "X-Last: 1\r\n")] {
            let head = format!("POST / HTTP/1.1\r\nHost: a\r\n{before}{fields}{behind}\r\n0\r\n\r\n");
            check("", &head, *fault, 0, Stage::Head);
        }
    }
}

#[test]
fn hostile_heads_are_refused() {
    for (head, fault) in HEADS {
        check("", head, *fault, 0, Stage::Head);
    }
}

#[test]
fn hostile_bodies_are_refused_at_the_byte_at_fault() {
    for (sound, hostile, fault) in BODIES {
        let sound = format!("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n{sound}");
        check(&sound, hostile, *fault, 1, Stage::Body);
    }
}

#[test]
fn what_is_smuggled_behind_a_body_is_read_as_the_next_request() {
    let length = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nGET ";
    check(length, "/ HTTP/1.1\r\nHost: a\r\n\r\n", Fault::BadMethod, 1, Stage::Head);
    let chunked = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
    check(chunked, "G\nT / HTTP/1.1\r\nHost: a\r\n\r\n", Fault::BareLf, 1, Stage::Head);
}

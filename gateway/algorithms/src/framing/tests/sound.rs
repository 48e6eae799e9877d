use super::*;

/// Connections that are sound from end to end, with the number of their requests.
const SOUND: &[(&str, u64)] = &[
    ("", 0),
    ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", 1),
    ("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 1),
    ("GET / HTTP/1.0\r\n\r\n", 1),
    ("GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n", 1),
    ("get / HTTP/1.1\r\nhost:a\r\n\r\n", 1),
    ("M-SEARCH!#$%&'*+.^_`|~ / HTTP/1.1\r\nHOST: \t a \t \r\n\r\n", 1),
    ("GET /a/../b?c=%20&d=/?[]{}|\\^` HTTP/1.1\r\nHost: a.example:8443\r\n\r\n", 1),
    ("GET / HTTP/1.1\r\nHost: [2001:db8::1]:443\r\n\r\n", 1),
    ("GET / HTTP/1.1\r\nHost: A_b.example.\r\n\r\n", 1),
    ("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 1),
    ("OPTIONS /x HTTP/1.1\r\nHost: a\r\n\r\n", 1),
    ("GET /?a=jörg HTTP/1.1\r\nHost: a\r\n\r\n", 1),
    ("GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 1),
    ("GET HTTP://A.Example:80/x?y HTTP/1.1\r\nHost: a.example\r\n\r\n", 1),
    ("GET https://a:443?q HTTP/1.1\r\nHost: a:\r\n\r\n", 1),
    ("GET https://a. HTTP/1.1\r\nHost: a:443\r\n\r\n", 1),
    ("GET http://a/ HTTP/1.0\r\n\r\n", 1),
    ("CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", 1),
    ("CONNECT [::1]:443 HTTP/1.1\r\nHost: [::1]\r\nContent-Length: 0\r\n\r\n", 1),
    ("GET / HTTP/1.1\r\nHost: a\r\nX:\r\nY: \t\r\nZ:z\r\n\r\n", 1),
    ("GET / HTTP/1.1\r\nHost: a\r\nX: \"a\", ä\t~ : ;=\u{a0}\r\n\r\n", 1),
    ("GET / HTTP/1.1\r\nHost: a\r\nCookie: a=b\r\nCookie: a=b\r\n\r\n", 1),
    ("GET / HTTP/1.1\r\nHost: a\r\nContent-Length-X: a, b\r\nX-Host: a b\r\nTransfer-Encodings: x\r\n\r\n", 1),
    ("POST / HTTP/1.1\r\nHost: a\r\ncontent-length: 0\r\n\r\n", 1),
    ("POST / HTTP/1.1\r\nCONTENT-LENGTH:\t5 \r\nHost: a\r\n\r\nhello", 1),
    ("POST / HTTP/1.0\r\nContent-Length: 5\r\n\r\nhello\r\nGET / HTTP/1.0\r\n\r\n", 2),
    ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n\r\n\r\n\n\0\r\r\nxGET / HTTP/1.1\r\nHost: a\r\n\r\n", 2),
    ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 1),
    ("POST / HTTP/1.1\r\nHost: a\r\ntransfer-encoding:Chunked \t\r\n\r\n5\r\nhello\r\n00\r\n\r\n", 1),
    (
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\
         0A\r\n0\r\n\r\n\0\n\r\na\r\na\r\n??????0\r\n0\r\n0\r\n\r\n",
        1,
    ),
    ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b;c\r\nabc\r\n0; d=\"\\\"; x\"\t\r\n\r\n", 1),
    (
        "POST / HTTP/1.1\r\nHost: a\r\nTrailer: X\r\nTransfer-Encoding: chunked\r\n\r\n\
         1\r\na\r\n0\r\nX: ä\r\nEmpty:\r\n\r\n",
        1,
    ),
    (
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n\
         \r\nPUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nb\
         GET http://b/ HTTP/1.1\r\nHost: b\r\n\r\n\
         POST / HTTP/1.1\r\nHost: c\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: y\r\n\r\n\
         GET / HTTP/1.1\r\nHost: d\r\n\r\n",
        5,
    ),
];

#[test]
fn sound_requests_are_handed_on_whole() {
    for (bytes, requests) in SOUND {
        let handed_on = bytes.as_bytes().to_vec();
        let expected = Outcome { handed_on, fault: None, requests: *requests, stage: Stage::Idle };
        assert_eq!(scan(bytes.as_bytes()), expected, "{bytes:?}");
    }
}

#[test]
fn all_that_is_sound_may_follow_each_other() {
    let all: String = SOUND.iter().map(|(bytes, _)| *bytes).collect();
    let found = outcome([all.as_bytes()]);
    let requests = SOUND.iter().map(|(_, requests)| requests).sum();
    assert_eq!((found.fault, found.requests, found.handed_on.len()), (None, requests, all.len()));
}

#[test]
fn bytes_beyond_ascii_may_be_in_values() {
    let bytes = b"GET / HTTP/1.1\r\nHost: a\r\nX: \x80\xff\r\n\r\n";
    assert_eq!(scan(bytes).handed_on, bytes);
}

use super::*;

fn check(bytes: &str, fault: Option<Fault>, good: usize) {
    let found = scan(bytes.as_bytes());
    assert_eq!((found.fault, found.handed_on.len()), (fault, good), "{bytes:?}");
}

/// A request with a head of so many bytes.
fn head_of(bytes: usize) -> String {
    let start = "GET / HTTP/1.1\r\nHost: a\r\nX: ";
    format!("{start}{}\r\n\r\n", "x".repeat(bytes - start.len() - 4))
}

#[test]
fn a_head_has_so_many_bytes() {
    check(&head_of(1024), None, 1024);
    check(&head_of(1025), Some(Fault::HeadTooLarge), 0);
    check(&format!("\r\n{}", head_of(1022)), None, 1024);
    check(&format!("\r\n{}", head_of(1023)), Some(Fault::HeadTooLarge), 0);
    check(&"x".repeat(1024), None, 0);
    check(&"x".repeat(1025), Some(Fault::HeadTooLarge), 0);
    check(&format!("{}{}", head_of(1024), head_of(1025)), Some(Fault::HeadTooLarge), 1024);
}

#[test]
fn a_fault_comes_before_the_limit_that_is_behind_it() {
    let large = "x".repeat(2000);
    check(&format!("GET / HTTP/1.1\r\nX : {large}"), Some(Fault::SpaceBeforeColon), 0);
    check(&format!("GET / HTTP/1.1\r\nX: {large}\n"), Some(Fault::HeadTooLarge), 0);
}

#[test]
fn a_target_has_so_many_bytes() {
    let target = |length: usize| format!("GET /{} HTTP/1.1\r\nHost: a\r\n\r\n", "x".repeat(length - 1));
    check(&target(200), None, target(200).len());
    check(&target(201), Some(Fault::TargetTooLong), 0);
    check(&format!("GET /{}", "x".repeat(200)), Some(Fault::TargetTooLong), 0);
    check(&format!("GET /{}\0", "x".repeat(199)), Some(Fault::Nul), 0);
    check(&format!("{} /{}", "x".repeat(900), "x".repeat(150)), Some(Fault::TargetTooLong), 0);
}

#[test]
fn a_head_has_so_many_fields_and_trailers_have_as_many() {
    let head = |fields: usize| format!("GET / HTTP/1.1\r\nHost: a\r\n{}\r\n", "X: y\r\n".repeat(fields - 1));
    check(&head(8), None, head(8).len());
    check(&head(9), Some(Fault::TooManyHeaders), 0);
    let start = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n";
    let trailers = |fields: usize| format!("{start}{}\r\n", "X: y\r\n".repeat(fields));
    check(&trailers(8), None, trailers(8).len());
    check(&trailers(9), Some(Fault::TooManyHeaders), start.len());
}

#[test]
fn trailers_have_so_many_bytes() {
    let start = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n";
    let trailers = |bytes: usize| format!("{start}X: {}\r\n\r\n", "x".repeat(bytes - 7));
    check(&trailers(100), None, start.len() + 100);
    check(&trailers(101), Some(Fault::TrailersTooLarge), start.len());
}

#[test]
fn numbers_go_up_to_their_limits() {
    let found = scan(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1152921504606846976\r\n\r\nx");
    assert_eq!((found.fault, found.stage), (None, Stage::Body));
    let found = scan(b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1000000000000000\r\nx");
    assert_eq!((found.fault, found.stage), (None, Stage::Body));
    let found = scan(b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0000000000000001\r\nx\r\n");
    assert_eq!((found.fault, found.stage), (None, Stage::Body));
}

#[test]
fn limits_may_be_as_large_as_numbers_get_or_nothing() {
    let bytes = b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;x\r\nx\r\n0\r\nX: y\r\n\r\n";
    for most in [0, usize::MAX] {
        let limits =
            Limits { head_bytes: most, target_bytes: most, headers: most, trailer_bytes: most, extension_bytes: most };
        for pieces in [bytes.chunks(1), bytes.chunks(1000)] {
            let mut scanner = Scanner::new();
            pieces.for_each(|piece| drop(scanner.scan(piece, &limits)));
            assert_eq!(scanner.fault, (most == 0).then_some(Fault::HeadTooLarge));
        }
    }
}

#[test]
fn limits_that_change_meanwhile_do_no_harm() {
    let mut scanner = Scanner::new();
    for (piece, head_bytes) in [(&b"GET / HTTP/1.1\r\nHost: a"[..], 100), (b"bc", 3), (b"de", 0)] {
        drop(scanner.scan(piece, &Limits { head_bytes, ..LIMITS }));
    }
    assert_eq!(scanner.fault, Some(Fault::HeadTooLarge));
}

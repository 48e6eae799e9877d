use super::*;

mod hostile;
mod limits;
mod properties;
mod sound;

const LIMITS: Limits =
    Limits { head_bytes: 1024, target_bytes: 200, headers: 8, trailer_bytes: 100, extension_bytes: 32 };

/// What came of all pieces of a connection.
#[derive(Debug, PartialEq, Eq)]
struct Outcome {
    handed_on: Vec<u8>,
    fault: Option<Fault>,
    requests: u64,
    stage: Stage,
}

fn outcome<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Outcome {
    let mut scanner = Scanner::new();
    let mut handed_on = Vec::new();
    for piece in pieces {
        let before = scanner.fault;
        let scanned = scanner.scan(piece, &LIMITS);
        assert!(before.is_none() || (scanned.fault, scanned.good, scanned.held.len()) == (before, 0, 0));
        handed_on.extend_from_slice(&scanned.held);
        handed_on.extend_from_slice(&piece[..scanned.good]);
    }
    Outcome { handed_on, fault: scanner.fault, requests: scanner.requests(), stage: scanner.stage() }
}

/// The outcome of `bytes`, which has to be the same byte by byte, and in any two pieces.
fn scan(bytes: &[u8]) -> Outcome {
    let whole = outcome([bytes]);
    let shown = String::from_utf8_lossy(bytes);
    assert_eq!(outcome(bytes.chunks(1)), whole, "byte by byte: {shown:?}");
    for cut in 0..=bytes.len() {
        let (first, second) = bytes.split_at(cut);
        assert_eq!(outcome([first, second]), whole, "{shown:?} cut at {cut}");
    }
    assert_eq!(whole.handed_on, bytes[..whole.handed_on.len()], "{shown:?}");
    whole
}

#[test]
fn an_idle_scanner_is_small_and_keeps_nothing() {
    assert!(size_of::<Scanner>() <= 160, "{}", size_of::<Scanner>());
    let mut scanner = Scanner::new();
    for piece in [&b"GET / HT"[..], b"TP/1.1\r\nHost: a\r\n\r\nGE", b"T / HTTP/1.1\r\nHost: a\r\n\r\n"] {
        drop(scanner.scan(piece, &LIMITS));
    }
    assert_eq!((scanner.stage(), scanner.requests(), scanner.held.capacity()), (Stage::Idle, 2, 0));
}

#[test]
fn the_stage_is_what_the_next_byte_belongs_to() {
    let mut scanner = Scanner::new();
    for (piece, stage, requests) in [
        ("", Stage::Idle, 0),
        ("\r\n", Stage::Head, 0),
        ("POST / HTTP/1.1\r\nHost: a\r\n", Stage::Head, 0),
        ("Content-Length: 3\r\n\r\n", Stage::Body, 1),
        ("ab", Stage::Body, 1),
        ("c", Stage::Idle, 1),
        ("PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", Stage::Body, 2),
        ("X: y\r\n", Stage::Body, 2),
        ("\r\nG", Stage::Head, 2),
        (" ", Stage::Head, 2),
        (" ", Stage::Head, 2),
    ] {
        drop(scanner.scan(piece.as_bytes(), &LIMITS));
        assert_eq!((scanner.stage(), scanner.requests()), (stage, requests), "{piece:?}");
    }
    assert_eq!(scanner.fault, Some(Fault::BadRequestLine));
}

#[test]
fn what_comes_in_pieces_is_handed_on_when_it_is_whole() {
    let mut scanner = Scanner::new();
    let scanned = scanner.scan(b"GET / HTTP/1.1\r\nHost", &LIMITS);
    assert_eq!(scanned, Scanned::default());
    let scanned = scanner.scan(b": a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\nGET /", &LIMITS);
    assert_eq!(scanned.held, b"GET / HTTP/1.1\r\nHost");
    assert_eq!((scanned.good, scanned.fault), (34, None));
    let scanned = scanner.scan(b"\n", &LIMITS);
    assert_eq!(scanned, Scanned { held: Vec::new(), good: 0, fault: Some(Fault::BareLf) });
}

#[test]
fn a_stopped_scanner_gives_back_what_it_held() {
    let mut scanner = Scanner::new();
    let scanned = scanner.scan(b"GET / HTTP/1.1\r\nHost: a\r\n\r\nearly", &LIMITS);
    assert_eq!((scanned.good, scanned.fault), (27, None));
    assert_eq!(scanner.stop(), b"early");
    assert_eq!(scanner.stage(), Stage::Beyond);
    assert_eq!(scanner.scan(b"\0\n\r", &LIMITS), Scanned { good: 3, ..Scanned::default() });
}

#[test]
fn what_follows_a_request_to_switch_waits_for_the_answer() {
    let asks = "GET / HTTP/1.1\r\nHost: a\r\nupGrade: x\r\n\r\n";
    let both = [asks.as_bytes(), b"\0\n"].concat();
    let found = scan(&both);
    assert_eq!((found.handed_on.len(), found.fault, found.stage), (asks.len(), None, Stage::Undecided));

    let mut scanner = Scanner::new();
    assert_eq!(scanner.scan(&both, &LIMITS).good, asks.len());
    assert_eq!(scanner.scan(b"more", &LIMITS), Scanned::default());
    let mut stays = scanner.clone();
    stays.stay();
    assert_eq!(stays.stage(), Stage::Idle);
    assert_eq!(stays.scan(b"\0\n", &LIMITS).fault, Some(Fault::Nul));
    assert_eq!(scanner.stop(), b"");
    assert_eq!(scanner.scan(b"\0\n", &LIMITS), Scanned { good: 2, ..Scanned::default() });
}

#[test]
fn only_a_request_without_a_body_may_switch() {
    for request in [
        "GET / HTTP/1.0\r\nHost: a\r\nUpgrade: x\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nUpgrade: x\r\nContent-Length: 1\r\n\r\na",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nUpgrade: x\r\n\r\n0\r\n\r\n",
    ] {
        assert_eq!(scan(request.as_bytes()).stage, Stage::Idle, "{request}");
    }
}

#[test]
fn a_fault_stays_one_behind_http() {
    let mut scanner = Scanner::new();
    assert_eq!(scanner.scan(b"\n", &LIMITS).fault, Some(Fault::BareLf));
    assert_eq!(scanner.stop(), b"");
    assert_eq!(scanner.scan(b"x", &LIMITS), Scanned { fault: Some(Fault::BareLf), ..Scanned::default() });
}

#[test]
fn faults_have_the_status_of_their_answer() {
    for (fault, status) in [
        (Fault::BareLf, 400),
        (Fault::LengthAndCoding, 400),
        (Fault::BadCoding, 400),
        (Fault::TargetTooLong, 414),
        (Fault::HeadTooLarge, 431),
        (Fault::TooManyHeaders, 431),
        (Fault::TrailersTooLarge, 431),
        (Fault::UnknownCoding, 501),
        (Fault::BadVersion, 505),
    ] {
        assert_eq!(fault.status().as_u16(), status, "{fault}");
    }
}

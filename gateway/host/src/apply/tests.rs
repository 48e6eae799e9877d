use std::collections::HashMap;

use proptest::prelude::*;
use sluice_abi::{
    bytes::Writer,
    outcome::{BodyWish, Name, Operation, is_reserved, write_operation, write_state},
};

use super::{check::VALUE, *};

fn names() -> Vec<HeaderName> {
    vec![HeaderName::from_static("x-plan"), HeaderName::from_static("etag")]
}

fn snapshot() -> Snapshot {
    let acme = Arc::new(Identity { consumer: "acme".into(), groups: vec![], throttle: None });
    Snapshot { identities: HashMap::from([(acme.consumer.clone(), acme)]), ..Snapshot::default() }
}

fn packed(action: Action, status: u16) -> Packed {
    Packed { len: 0, action, more: true, body: BodyWish::Pass, status }
}

fn headers() -> HeaderMap {
    HeaderMap::from_iter([(HeaderName::from_static("x-before"), HeaderValue::from_static("1"))])
}

fn encode(operations: &[Operation<'_>]) -> Vec<u8> {
    let mut area = vec![0; 256 * 1024];
    let mut out = Writer::new(&mut area);
    write_state(&mut out, b"state").expect("room");
    operations.iter().for_each(|operation| write_operation(&mut out, operation).expect("room"));
    let len = out.len();
    area.truncate(len);
    area
}

/// Runs `out` through both hooks and holds what every outcome must keep.
fn run(packed: Packed, out: &[u8], identity: bool) {
    let (names, snapshot) = (names(), snapshot());
    let context = Context { names: &names, snapshot: &snapshot, identity };
    let mut mutations = Vec::new();

    let (mut request_headers, mut consumer) = (headers(), None);
    let verdict = request(packed, out, context, &mut mutations, &mut request_headers, &mut consumer);
    if !matches!(verdict, Ok(Verdict::Next(_))) {
        assert_eq!(request_headers, headers(), "only a request that goes on is changed");
    }
    assert!(verdict.is_ok() || consumer.is_none());
    assert!(identity || consumer.is_none());
    match &verdict {
        Ok(Verdict::Respond(answer)) => hold(answer.headers(), answer.status()),
        Ok(Verdict::Refuse(refusal)) => hold(&refusal.headers, refusal.problem.status),
        _ => hold(&request_headers, StatusCode::OK),
    }

    let (mut response_headers, mut status) = (headers(), StatusCode::OK);
    let result = response(packed, out, context, &mut mutations, &mut response_headers, &mut status);
    if result.is_err() {
        assert_eq!((response_headers.clone(), status), (headers(), StatusCode::OK));
    }
    hold(&response_headers, status);
}

fn hold(headers: &HeaderMap, status: StatusCode) {
    assert!(headers.keys().all(|name| !is_reserved(name.as_str())), "{headers:?}");
    assert!((200..=599).contains(&status.as_u16()), "{status}");
}

fn operation() -> impl Strategy<Value = (u8, u16, String, Vec<u8>)> {
    let name = prop_oneof!["[a-z-]{0,12}", "(host|te|content-length|proxy-x|connection|X-A|x\u{e9}|acme)"];
    let value = prop_oneof![prop::collection::vec(any::<u8>(), 0..30), Just(b"acme".to_vec())];
    (0u8..9, any::<u16>(), name, value)
}

fn as_operation<'a>((kind, number, name, value): &'a (u8, u16, String, Vec<u8>)) -> Operation<'a> {
    let text = std::str::from_utf8(value).unwrap_or("acme");
    let name = if number % 2 == 0 { Name::Declared(number % 5) } else { Name::Inline(name) };
    match kind {
        0 => Operation::SetHeader(name, value),
        1 => Operation::AppendHeader(name, value),
        2 => Operation::RemoveHeader(name),
        3 => Operation::SetStatus(*number % 700),
        4 => Operation::SetConsumer(text),
        5 => Operation::Body(value),
        6 => Operation::ProblemKind(text),
        7 => Operation::ProblemTitle(text),
        _ => Operation::Detail(text),
    }
}

fn actions() -> impl Strategy<Value = Packed> {
    let action = prop_oneof![Just(Action::Next), Just(Action::Respond), Just(Action::Refuse), Just(Action::Fault)];
    (action, 0u16..700).prop_map(|(action, status)| packed(action, status))
}

proptest! {
    #[test]
    fn hostile_bytes_neither_panic_nor_break_a_promise(
        packed in actions(), out in prop::collection::vec(any::<u8>(), 0..600), identity: bool,
    ) {
        run(packed, &out, identity);
    }

    #[test]
    fn hostile_bytes_after_a_sound_beginning_neither_panic_nor_break_a_promise(
        packed in actions(), rest in prop::collection::vec(0u8..12, 0..200), identity: bool,
    ) {
        run(packed, &[&[0, 0], &rest[..]].concat(), identity);
    }

    #[test]
    fn whatever_is_asked_for_every_promise_is_kept(
        packed in actions(), operations in prop::collection::vec(operation(), 0..6), identity: bool,
    ) {
        let operations: Vec<_> = operations.iter().map(as_operation).collect();
        run(packed, &encode(&operations), identity);
    }

    #[test]
    fn cut_short_anywhere_nothing_breaks(packed in actions(), operations in prop::collection::vec(operation(), 1..6), cut: prop::sample::Index) {
        let operations: Vec<_> = operations.iter().map(as_operation).collect();
        let out = encode(&operations);
        run(packed, &out[..cut.index(out.len())], true);
    }
}

#[test]
fn a_value_without_end_is_refused() {
    let (names, snapshot) = (names(), snapshot());
    let context = Context { names: &names, snapshot: &snapshot, identity: false };
    let long = vec![b'x'; VALUE + 1];
    let out = encode(&[Operation::SetHeader(Name::Declared(0), &long)]);
    let result = request(packed(Action::Next, 0), &out, context, &mut Vec::new(), &mut headers(), &mut None);
    assert_eq!(result.expect_err("too long"), Rejection::HeaderValue(HeaderName::from_static("x-plan")));
}

#[test]
fn what_a_guest_says_is_quoted_in_part() {
    let (names, snapshot) = (names(), snapshot());
    let context = Context { names: &names, snapshot: &snapshot, identity: true };
    let long = "ä".repeat(50_000);
    for (action, operation) in
        [(Action::Fault, Operation::Detail(&long)), (Action::Next, Operation::SetConsumer(&long))]
    {
        let out = encode(&[operation]);
        let result = request(packed(action, 0), &out, context, &mut Vec::new(), &mut headers(), &mut None);
        assert!(result.expect_err("fails").to_string().len() < 1_100);
    }
}

#[test]
fn the_status_of_an_answer_is_the_last_one_set() {
    let (names, snapshot) = (names(), snapshot());
    let context = Context { names: &names, snapshot: &snapshot, identity: false };
    let out = encode(&[Operation::SetStatus(201), Operation::SetStatus(202)]);
    let verdict = request(packed(Action::Respond, 200), &out, context, &mut Vec::new(), &mut headers(), &mut None);
    assert!(matches!(verdict, Ok(Verdict::Respond(answer)) if answer.status() == 202));
}

#[test]
fn state_that_nobody_will_read_is_not_kept() {
    let (names, snapshot) = (names(), snapshot());
    let context = Context { names: &names, snapshot: &snapshot, identity: false };
    let packed = Packed { more: false, body: BodyWish::Pass, ..packed(Action::Next, 0) };
    let verdict = request(packed, &encode(&[]), context, &mut Vec::new(), &mut headers(), &mut None);
    assert!(matches!(verdict, Ok(Verdict::Next(next)) if next.state.is_empty() && !next.more));
}

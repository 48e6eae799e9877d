//! The calls over plain bytes, at their limits.

use sluice_abi::{
    OUT_MAX,
    bytes::Writer,
    head::{RequestLine, write_request},
    outcome::{Name, OPERATIONS_MAX, Operation, Outcome, Packed},
};

use super::*;
use crate::{field::FieldName, prelude::*, test::allocations};

fn out() -> Out {
    let mut out = Out::default();
    out.begin();
    out
}

fn unpacked(bits: u64) -> Packed {
    Packed::unpack(bits).unwrap()
}

fn operations(out: &Out) -> Vec<Operation<'_>> {
    Outcome::read(out.bytes()).unwrap().operations().map(Result::unwrap).collect()
}

fn name(name: &str) -> FieldName<'_> {
    FieldName::from(name)
}

fn fault(out: &Out) -> &str {
    match operations(out)[..] {
        [Operation::Detail(message)] => message,
        ref other => panic!("no fault: {other:?}"),
    }
}

#[test]
fn the_state_stands_before_the_operations() {
    let mut out = out();
    out.set_header(name("x-a"), &"1");
    out.state(&(7_u8, "seven"));
    let packed = unpacked(out.finish(Action::Next, 0, true));
    assert!(packed.more);
    assert_eq!(packed.len as usize, out.bytes().len());
    assert_eq!(Outcome::read(out.bytes()).unwrap().state, b"\x07\x05seven");
    assert_eq!(operations(&out), [Operation::SetHeader(Name::Inline("x-a"), b"1")]);
}

#[test]
fn a_state_of_64_kib_fits_and_a_larger_one_is_a_fault() {
    let (fits, large) = (vec![0_u8; 65_000], vec![0_u8; 66_000]);
    let mut out = out();
    out.remove_header(name("x-a"));
    out.state(&fits);
    assert_eq!(unpacked(out.finish(Action::Next, 0, true)).action, Action::Next);
    assert_eq!(operations(&out), [Operation::RemoveHeader(Name::Inline("x-a"))]);
    out.begin();
    out.state(&large);
    assert_eq!(unpacked(out.finish(Action::Next, 0, true)).action, Action::Fault);
    assert_eq!(fault(&out), "the state is larger than 64 KiB");
}

#[test]
fn names_cross_in_lower_case() {
    let mut out = out();
    out.append_header(name("X-Forwarded-For"), &"a");
    out.finish(Action::Next, 0, false);
    assert_eq!(operations(&out), [Operation::AppendHeader(Name::Inline("x-forwarded-for"), b"a")]);
}

#[test]
fn a_large_answer_moves_to_a_larger_buffer_and_the_next_call_moves_back() {
    let mut out = out();
    let home = out.area().as_ptr();
    out.set_header(name("x-a"), &"1");
    let body = vec![b'x'; 300_000];
    out.operation(&Operation::Body(&body));
    assert_eq!(unpacked(out.finish(Action::Respond, 200, false)).len as usize, out.bytes().len());
    assert_eq!(operations(&out), [Operation::SetHeader(Name::Inline("x-a"), b"1"), Operation::Body(&body)]);
    assert!(out.area().len() <= OUT_MAX);
    out.begin();
    assert_eq!(out.area().as_ptr(), home);
}

#[test]
fn what_no_host_takes_is_a_fault_that_says_so() {
    let refused = |write: &dyn Fn(&mut Out)| {
        let mut out = out();
        write(&mut out);
        assert_eq!(unpacked(out.finish(Action::Next, 0, false)).action, Action::Fault);
        fault(&out).to_owned()
    };
    let too_large = refused(&|out| out.operation(&Operation::Body(&vec![0; OUT_MAX])));
    assert_eq!(too_large, "the outcome is larger than 1 MiB");
    let too_many = refused(&|out| (0..=OPERATIONS_MAX).for_each(|_| out.remove_header(name("x"))));
    assert_eq!(too_many, "the hook makes more than 256 changes");
    let too_long = refused(&|out| out.set_header(name(&"x".repeat(256)), &"v"));
    assert_eq!(too_long, "a header name is longer than 255 bytes");
}

#[test]
fn an_answer_drops_the_changes_to_the_request_but_for_the_consumer() {
    let mut out = out();
    out.remove_header(name("x-key"));
    out.set_consumer("acme");
    out.set_header(name("x-a"), &"1");
    let flow: Flow = Flow::respond(204).header("x-b", "2");
    assert_eq!(unpacked(flow.write(Place::RequestHead, &mut out)).status, 204);
    let expected =
        [Operation::SetConsumer("acme"), Operation::SetHeader(Name::Inline("x-b"), b"2"), Operation::Body(b"")];
    assert_eq!(operations(&out), expected);
}

#[test]
fn an_answer_has_a_status_that_answers() {
    for (flow, message) in [
        (Flow::<()>::respond(199), "199 is no status to answer with: use 200 to 599"),
        (Flow::refuse(200, "about:blank", "OK"), "200 is no status to answer with: use 400 to 599"),
        (Flow::refuse(600, "about:blank", "?"), "600 is no status to answer with: use 400 to 599"),
    ] {
        let mut out = out();
        assert_eq!(unpacked(flow.write(Place::RequestHead, &mut out)).action, Action::Fault);
        assert_eq!(fault(&out), message);
    }
}

#[test]
fn long_messages_are_cut_between_characters() {
    let mut out = out();
    out.fault(&"ä".repeat(600));
    assert_eq!(fault(&out), "ä".repeat(512));
    out.fault(&format!("a{}", "ä".repeat(600)));
    assert_eq!(fault(&out).len(), 1_023);
}

struct Busy {
    slot: HeaderSlot,
    name: HeaderName,
}

#[plugin(name = "busy")]
impl Plugin for Busy {
    type State = (u64, u32);

    fn new(_config: (), setup: &mut Setup) -> Result<Self> {
        Ok(Self { slot: setup.request_header("x-in"), name: setup.header_name("x-out") })
    }

    fn on_request(&self, request: &mut Request<'_>) -> Result<Flow<(u64, u32)>> {
        let value = request.header(self.slot).unwrap_or_default();
        request.set_header(self.name, value);
        request.set_header("x-inline", 12_345_u64);
        request.append_header("x-inline", request.path());
        request.remove_header("x-gone");
        request.set_consumer("acme");
        request.set_attribute("tenant", value);
        request.set_path("/v2");
        Ok(Flow::next_with((1, 2)))
    }

    fn on_response(&self, response: &mut Response<'_>, state: (u64, u32)) -> Result<Flow<(u64, u32)>> {
        response.set_header(self.name, state.0);
        Ok(Flow::next())
    }
}

#[test]
fn reading_and_changing_a_request_does_not_allocate() {
    let mut out = Out::default();
    let (configured, _) = configure::<Busy>(b"{}", &mut out);
    let configured = configured.unwrap();
    let mut area = [0; 256];
    let mut head = Writer::new(&mut area);
    let line = RequestLine {
        method: "GET",
        content_length: Some(0),
        path: "/orders",
        query: None,
        authority: None,
        client_ip: None,
        consumer: None,
    };
    write_request(&mut head, &line).unwrap();
    head.optional(Some(b"value")).unwrap();
    let len = head.len();
    let mut request = || unpacked(on_request(&configured, &area[..len], &mut out)).action;
    // The first call makes the scratch buffer that all later ones use.
    assert_eq!(request(), Action::Next);
    let before = allocations::count();
    for _ in 0..10 {
        assert_eq!(request(), Action::Next);
    }
    assert_eq!(allocations::count() - before, 0);
}

#[test]
fn a_head_that_is_none_is_a_fault() {
    let mut out = Out::default();
    let (configured, _) = configure::<Busy>(b"{}", &mut out);
    let configured = configured.unwrap();
    assert_eq!(unpacked(on_request(&configured, b"x", &mut out)).action, Action::Fault);
    assert_eq!(fault(&out), "the host handed over no request head");
    assert_eq!(
        unpacked(on_response(&configured, &[200, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], b"", &mut out)).action,
        Action::Fault
    );
    assert_eq!(fault(&out), "the state is not that of the hook before");
}

#[test]
fn a_refused_configuration_is_plain_text() {
    let mut out = Out::default();
    let (configured, packed) = configure::<Busy>(br#"{"a": 1}"#, &mut out);
    assert!(configured.is_none());
    assert_eq!(unpacked(packed).action, Action::Fault);
    assert_eq!(out.bytes(), b"/a: no member is known here; leave it out");
}

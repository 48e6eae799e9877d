use proptest::prelude::*;

use super::*;

fn names() -> impl Strategy<Value = String> {
    proptest::collection::vec(prop::char::range('a', 'z'), 1..20).prop_map(String::from_iter)
}

#[test]
fn every_operation_arrives_as_it_was_written() {
    let operations = [
        Operation::SetHeader(Name::Declared(3), b"v"),
        Operation::AppendHeader(Name::Inline("x-a"), b""),
        Operation::RemoveHeader(Name::Inline("cookie")),
        Operation::SetStatus(418),
        Operation::SetConsumer("acme"),
        Operation::Body(&[0xff, 0]),
        Operation::ProblemKind("about:blank"),
        Operation::ProblemTitle("no"),
        Operation::Detail("because"),
        Operation::SetMethod("PUT"),
        Operation::SetPath("/v2"),
        Operation::SetQuery("a=1"),
        Operation::RemoveQuery,
        Operation::SetUpstream("blue"),
        Operation::SetTimeout(250),
        Operation::SetAttribute("variant", "b"),
        Operation::StoreResponse(&[1, 2]),
        Operation::BodyLimit(1 << 40),
        Operation::CacheKey("home"),
        Operation::Charge { limit: 7, cost: 3, key: "acme" },
        Operation::Charge { limit: 0, cost: 0, key: "" },
        Operation::ChargePlan(2),
        Operation::Admit(Admission::of(PriorityClass::Critical)),
        Operation::Admit(Admission {
            class: PriorityClass::Low,
            max_wait: Some(0),
            fairness_key: Some("acme"),
            stale: Some("home"),
        }),
        Operation::Cache(b"\0"),
    ];
    let mut area = [0; 512];
    let mut out = Writer::new(&mut area);
    write_state(&mut out, b"state").unwrap();
    for operation in &operations {
        write_operation(&mut out, operation).unwrap();
    }
    let len = out.len();
    let outcome = Outcome::read(&area[..len]).unwrap();
    assert_eq!(outcome.state, b"state");
    let read: Vec<_> = outcome.operations().map(Result::unwrap).collect();
    assert_eq!(read, operations);
}

#[test]
fn more_operations_than_the_host_applies_end_in_an_error() {
    let mut area = vec![0; 16 * 1024];
    let mut out = Writer::new(&mut area);
    write_state(&mut out, b"").unwrap();
    for _ in 0..=OPERATIONS_MAX {
        write_operation(&mut out, &Operation::SetStatus(200)).unwrap();
    }
    let len = out.len();
    let results: Vec<_> = Outcome::read(&area[..len]).unwrap().operations().collect();
    assert_eq!(results.len(), OPERATIONS_MAX + 1);
    assert_eq!(results.last(), Some(&Err(Malformed)));
}

#[test]
fn headers_of_connection_framing_and_routing_are_reserved() {
    for name in ["connection", "content-length", "host", "proxy-authorization", "te", "transfer-encoding", "upgrade"] {
        assert!(is_reserved(name), "{name}");
    }
    for name in ["authorization", "cookie", "forwarded", "test", "x-proxy-id"] {
        assert!(!is_reserved(name), "{name}");
    }
}

proptest! {
    #[test]
    fn packing_loses_nothing(len: u32, action in 0usize..6, body in 0usize..3, more: bool, status: u16) {
        use Action::{Fault, Next, Refuse, Reset, Respond, ServeCached};
        let action = [Next, Respond, Refuse, Fault, ServeCached, Reset][action];
        let body = [BodyWish::Pass, BodyWish::Buffer, BodyWish::Stream][body];
        let packed = Packed { len, action, more, body, status };
        prop_assert_eq!(Packed::unpack(packed.pack()), Ok(packed));
    }

    #[test]
    fn unpacked_bits_are_what_they_were_packed_from(bits: u64) {
        if let Ok(packed) = Packed::unpack(bits) {
            prop_assert_eq!(packed.pack(), bits);
        }
    }

    #[test]
    fn hostile_bytes_are_read_without_panic_and_without_end(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        if let Ok(outcome) = Outcome::read(&bytes) {
            prop_assert!(outcome.operations().count() <= OPERATIONS_MAX + 1);
        }
    }

    #[test]
    fn cut_short_anywhere_an_outcome_is_malformed_or_shorter(name in names(), value: Vec<u8>, cut in 0usize..64) {
        let mut area = vec![0; 4_096];
        let mut out = Writer::new(&mut area);
        write_state(&mut out, b"s").unwrap();
        write_operation(&mut out, &Operation::SetHeader(Name::Inline(&name), &value)).unwrap();
        let len = out.len().saturating_sub(cut + 1);
        if let Ok(outcome) = Outcome::read(&area[..len]) {
            prop_assert!(outcome.operations().all(|operation| operation.is_err()));
        }
    }
}

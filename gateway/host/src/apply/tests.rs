mod fuzz;

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock},
};

use proptest::prelude::*;
use sluice_abi::{
    bounds,
    bytes::Writer,
    outcome::{Admission, BodyWish as Wish, Name, Operation, PriorityClass, is_reserved, write_operation, write_state},
};

use gateway_algorithms::path;
use gateway_model::{Grant, Identity, Named, Upstream};
use http::{HeaderValue, StatusCode};

use super::{check::VALUE, *};
use crate::{Charges, Source, StoreResponse, Way, tests::about};

fn names() -> Vec<HeaderName> {
    vec![HeaderName::from_static("x-plan"), HeaderName::from_static("etag")]
}

fn snapshot() -> Snapshot {
    let acme = Arc::new(Identity { consumer: "acme".into(), ..Identity::default() });
    let upstream = Upstream::new("acme", vec![]);
    Snapshot {
        identities: Arc::new(HashMap::from([(acme.consumer.clone(), acme)])),
        upstreams: Named::unit("acme".into(), Arc::new(upstream)),
        ..Snapshot::default()
    }
}

fn packed(action: Action, status: u16) -> Packed {
    Packed { len: 0, action, more: true, body: Wish::Pass, status }
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

/// A message that outcomes are applied to.
struct Subjects {
    names: Vec<HeaderName>,
    snapshot: Arc<Snapshot>,
    attachment: ResolvedAttachment,
    changes: Vec<Change>,
    method: Method,
    target: PathAndQuery,
    headers: HeaderMap,
    status: StatusCode,
    consumer: Option<Arc<Identity>>,
    attributes: Attributes,
    way: Way,
    charges: Charges,
    store: Option<StoreResponse>,
    visit: Visit,
}

impl Subjects {
    fn new(grants: &[Grant]) -> Self {
        Self {
            names: names(),
            snapshot: Arc::new(snapshot()),
            attachment: attachment(grants),
            changes: Vec::new(),
            method: Method::POST,
            target: PathAndQuery::from_static("/orders?a=1"),
            headers: headers(),
            status: StatusCode::OK,
            consumer: None,
            attributes: Attributes::default(),
            way: Way::default(),
            charges: Charges::new(),
            store: None,
            visit: Visit::default(),
        }
    }

    fn request(&mut self, packed: Packed, out: &[u8]) -> Result<Verdict, Rejection> {
        let mut call = RequestCall {
            method: &mut self.method,
            target: &mut self.target,
            authority: "example.com",
            headers: &mut self.headers,
            content_length: None,
            consumer: &mut self.consumer,
            attributes: &mut self.attributes,
            way: &mut self.way,
            charges: &mut self.charges,
            about: about(&self.snapshot),
        };
        let context = context(Hook::Request, &self.names, &self.attachment);
        request(packed, out, context, &mut self.changes, &mut call, &mut self.visit)
    }

    fn response(&mut self, packed: Packed, out: &[u8]) -> Result<ResponseVerdict, Rejection> {
        let mut call = ResponseCall {
            status: &mut self.status,
            source: Source::Upstream,
            headers: &mut self.headers,
            content_length: None,
            consumer: &self.consumer,
            attributes: &mut self.attributes,
            store: &mut self.store,
            about: about(&self.snapshot),
        };
        let context = context(Hook::Response, &self.names, &self.attachment);
        response(packed, out, context, &mut self.changes, &mut call, &mut self.visit)
    }

    /// Whether nothing at all was changed.
    #[track_caller]
    fn hold_untouched(&self) {
        let fresh = Self::new(&[]);
        assert_eq!((&self.method, &self.target, &self.way), (&fresh.method, &fresh.target, &fresh.way));
        assert_eq!((&self.headers, self.status, &self.consumer), (&fresh.headers, fresh.status, &fresh.consumer));
        assert_eq!((&self.attributes, &self.store), (&fresh.attributes, &fresh.store));
        assert!(self.visit.state.is_empty());
    }
}

fn context<'a>(hook: Hook, names: &'a [HeaderName], attachment: &'a ResolvedAttachment) -> Context<'a> {
    let hooks = Hooks::REQUEST_BODY.with(Hooks::RESPONSE_CHUNK);
    static LIMITS: LazyLock<DefinedLimits> = LazyLock::new(DefinedLimits::default);
    Context { hook, hooks, names, attachment, buffered_body: 1_000, limits: &LIMITS, usage_plan: false }
}

fn attachment(grants: &[Grant]) -> ResolvedAttachment {
    ResolvedAttachment { grants: grants.to_vec(), ..(*crate::tests::attachment(b"", &[])).clone() }
}

/// Runs `out` through both hooks and holds what every outcome must keep.
fn run(packed: Packed, out: &[u8], granted: bool) {
    let grants = [Grant::Identity, Grant::Cache, Grant::Priority, Grant::Upstream("acme".into())];
    let grants = if granted { &grants[..] } else { &[] };

    let mut subjects = Subjects::new(grants);
    match subjects.request(packed, out) {
        Err(_) => subjects.hold_untouched(),
        Ok(Verdict::Respond(answer)) => {
            hold(answer.headers(), answer.status());
            assert_eq!(subjects.headers, headers(), "only a request that goes on is changed");
        }
        Ok(Verdict::Refuse(refusal)) => {
            hold(&refusal.headers, refusal.problem.status);
            assert_eq!(subjects.headers, headers(), "only a request that goes on is changed");
        }
        Ok(Verdict::ServeCached(_)) => assert!(granted && subjects.headers == headers()),
        Ok(Verdict::Next(_)) => hold(&subjects.headers, StatusCode::OK),
    }
    assert!(
        granted
            || (subjects.consumer.is_none() && subjects.way == Way { timeout: subjects.way.timeout, ..Way::default() })
    );
    assert_eq!(path::normalise(&subjects.target).as_ref(), Ok(&subjects.target));
    assert!(subjects.attributes.len() <= bounds::ATTRIBUTES);

    let mut subjects = Subjects::new(grants);
    match subjects.response(packed, out) {
        Err(_) => subjects.hold_untouched(),
        Ok(ResponseVerdict::Respond(answer)) => hold(answer.headers(), answer.status()),
        Ok(ResponseVerdict::Refuse(refusal)) => hold(&refusal.headers, refusal.problem.status),
        Ok(ResponseVerdict::Next(_)) => {}
    }
    hold(&subjects.headers, subjects.status);
    assert!(granted || subjects.store.is_none());

    let mut visit = Visit::default();
    let chunk = chunk(packed, out, Bytes::from_static(b"chunk"), &mut visit);
    assert!(chunk.is_ok() || visit.state.is_empty());
}

fn hold(headers: &HeaderMap, status: StatusCode) {
    assert!(headers.keys().all(|name| !is_reserved(name.as_str())), "{headers:?}");
    assert!((200..=599).contains(&status.as_u16()), "{status}");
}

fn operation() -> impl Strategy<Value = (u8, u16, String, Vec<u8>)> {
    let name = prop_oneof!["[a-z-]{0,12}", "(host|te|content-length|proxy-x|connection|X-A|x\u{e9}|acme)"];
    let value = prop_oneof![prop::collection::vec(any::<u8>(), 0..30), Just(b"acme".to_vec())];
    (0u8..23, any::<u16>(), name, value)
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
        8 => Operation::Detail(text),
        9 => Operation::SetMethod(text),
        10 => Operation::SetPath(text),
        11 => Operation::SetQuery(text),
        12 => Operation::RemoveQuery,
        13 => Operation::SetUpstream(text),
        14 => Operation::SetTimeout(u64::from(*number)),
        15 => Operation::SetAttribute(text, text),
        16 => Operation::StoreResponse(value),
        17 => Operation::BodyLimit(u64::from(*number)),
        18 => Operation::Charge { limit: u32::from(*number), cost: 1, key: text },
        19 => Operation::ChargePlan(u32::from(*number)),
        20 => Operation::Admit(Admission {
            class: PriorityClass::ALL[usize::from(*number) % 4],
            max_wait: Some(u64::from(*number)),
            fairness_key: Some(text),
            stale: (number % 3 == 0).then_some(text),
        }),
        21 => Operation::Cache(value),
        _ => Operation::CacheKey(text),
    }
}

fn actions() -> impl Strategy<Value = Packed> {
    let action = prop_oneof![
        Just(Action::Next),
        Just(Action::Respond),
        Just(Action::Refuse),
        Just(Action::Fault),
        Just(Action::ServeCached),
        Just(Action::Reset),
    ];
    let body = prop_oneof![4 => Just(Wish::Pass), 1 => Just(Wish::Buffer), 1 => Just(Wish::Stream)];
    (action, 0u16..700, body).prop_map(|(action, status, body)| Packed { body, ..packed(action, status) })
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
    let long = vec![b'x'; VALUE + 1];
    let out = encode(&[Operation::SetHeader(Name::Declared(0), &long)]);
    let result = Subjects::new(&[]).request(packed(Action::Next, 0), &out);
    assert_eq!(result.expect_err("too long"), Rejection::HeaderValue(HeaderName::from_static("x-plan")));
}

#[test]
fn what_a_guest_says_is_quoted_in_part() {
    let long = "ä".repeat(50_000);
    for (action, operation) in
        [(Action::Fault, Operation::Detail(&long)), (Action::Next, Operation::SetConsumer(&long))]
    {
        let result = Subjects::new(&[Grant::Identity]).request(packed(action, 0), &encode(&[operation]));
        assert!(result.expect_err("fails").to_string().len() < 1_100);
    }
}

#[test]
fn the_status_of_an_answer_is_the_last_one_set() {
    let out = encode(&[Operation::SetStatus(201), Operation::SetStatus(202)]);
    let verdict = Subjects::new(&[]).request(packed(Action::Respond, 200), &out);
    assert!(matches!(verdict, Ok(Verdict::Respond(answer)) if answer.status() == 202));
}

#[test]
fn state_that_nobody_will_read_is_not_kept() {
    let mut subjects = Subjects::new(&[]);
    subjects.visit.state = b"of the hook before"[..].into();
    let packed = Packed { more: false, ..packed(Action::Next, 0) };
    let verdict = subjects.request(packed, &encode(&[])).expect("succeeds");
    assert!(matches!(verdict, Verdict::Next(onward) if onward == Onward::default()));
    assert!(subjects.visit.state.is_empty());
}

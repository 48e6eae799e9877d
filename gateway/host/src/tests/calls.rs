//! Hooks that work: what they are handed, and what becomes of what they ask for.

use http::{HeaderValue, Method, StatusCode};
use sluice_abi::{
    head::RequestHead,
    outcome::{Action, Name, Operation},
    wire::{Declaration, Hooks, Wants},
};

use super::*;
use crate::{BodyWish, Onward, ResponseVerdict, Verdict};

const X_PLAN: Name<'static> = Name::Declared(0);

fn declares(names: &[&str]) -> Declaration {
    let header_names = names.iter().map(|&name| name.into()).collect();
    Declaration { header_names, ..Guest::new().declaration }
}

#[test]
fn a_hook_changes_the_headers_of_a_request() {
    let operations = [
        Operation::SetHeader(X_PLAN, b"gold"),
        Operation::AppendHeader(Name::Inline("vary"), b"x"),
        Operation::RemoveHeader(Name::Inline("x-key")),
    ];
    let mut guest = Guest::new().outcome(Action::Next, 0, b"kept", &operations);
    guest.declaration = declares(&["x-plan"]);
    let plugin = configure(&host(), &guest);
    let mut request = Request::new();
    request.headers.insert("x-key", HeaderValue::from_static("secret"));
    request.headers.insert("x-plan", HeaderValue::from_static("forged"));
    request.headers.insert("vary", HeaderValue::from_static("y"));

    let verdict = request.run(&plugin).expect("succeeds");

    let Verdict::Next(next) = verdict else { panic!("{verdict:?}") };
    assert_eq!((&*request.visit.state, next), (&b"kept"[..], Onward { more: true, body: BodyWish::Pass }));
    assert_eq!(request.headers.get_all("x-plan").iter().collect::<Vec<_>>(), ["gold"]);
    assert_eq!(request.headers.get_all("vary").iter().collect::<Vec<_>>(), ["y", "x"]);
    assert!(!request.headers.contains_key("x-key"));
}

#[test]
fn the_head_has_what_was_declared_and_nothing_else() {
    let mut guest = Guest::new().echo();
    guest.declaration.request_headers = vec!["cookie".into(), "accept".into(), "x-none".into()];
    guest.declaration.wants = Wants::CLIENT_IP;
    let plugin = configure(&host(), &guest);
    let mut request = Request::new();
    request.method = Method::from_bytes(b"PURGE").expect("a method");
    request.consumer = Some(identity("acme"));
    for (name, value) in [("cookie", "a=1"), ("cookie", "b=2"), ("accept", "x"), ("accept", "y"), ("other", "z")] {
        request.headers.append(name, HeaderValue::from_static(value));
    }

    let state = request.state(&plugin);

    let head = RequestHead::read(&state).expect("a head");
    assert_eq!((head.method, head.path, head.content_length), ("PURGE", &b"/orders"[..], Some(0)));
    assert_eq!((head.query, head.authority, head.client_ip, head.consumer), (None, None, Some("192.0.2.1"), None));
    let slots: Vec<_> = (0..4).map(|slot| head.headers.get(slot)).collect();
    assert_eq!(slots, [Some(&b"a=1; b=2"[..]), Some(b"x, y"), None, None]);
}

#[test]
fn everything_that_is_wanted_is_in_the_head() {
    let mut guest = Guest::new().echo();
    guest.declaration.wants = Wants::QUERY.with(Wants::AUTHORITY).with(Wants::CLIENT_IP).with(Wants::CONSUMER);
    let plugin = configure(&host(), &guest);
    let mut request = Request::new();
    request.consumer = Some(identity("acme"));
    let state = request.state(&plugin);
    let head = RequestHead::read(&state).expect("a head");
    assert_eq!((head.query, head.authority), (Some("a=1"), Some("api.example.com:8443")));
    assert_eq!((head.client_ip, head.consumer), (Some("192.0.2.1"), Some("acme")));
    assert_eq!(request.consumer, Some(identity("acme")), "the consumer was lent, not taken");
}

#[test]
fn a_plugin_answers() {
    let operations =
        [Operation::SetHeader(Name::Inline("content-type"), b"text/plain"), Operation::Body(b"short and stout")];
    let plugin = configure(&host(), &Guest::new().outcome(Action::Respond, 418, b"", &operations));
    let mut request = Request::new();
    let verdict = request.run(&plugin).expect("succeeds");
    let Verdict::Respond(answer) = verdict else { panic!("{verdict:?}") };
    assert_eq!(answer.status(), StatusCode::IM_A_TEAPOT);
    assert_eq!(answer.headers()["content-type"], "text/plain");
    assert_eq!(answer.body(), "short and stout");
    assert!(request.headers.is_empty(), "the headers are those of the answer");
}

#[test]
fn a_plugin_refuses_with_a_problem() {
    let operations = [
        Operation::ProblemKind("urn:sluice:problem:no-key"),
        Operation::ProblemTitle("No key"),
        Operation::Detail("send one"),
        Operation::SetHeader(Name::Inline("www-authenticate"), b"Key"),
    ];
    let plugin = configure(&host(), &Guest::new().outcome(Action::Refuse, 401, b"", &operations));
    let verdict = Request::new().run(&plugin).expect("succeeds");
    let Verdict::Refuse(refusal) = verdict else { panic!("{verdict:?}") };
    let problem = &refusal.problem;
    assert_eq!(
        (problem.status, &*problem.kind, &*problem.title),
        (StatusCode::UNAUTHORIZED, "urn:sluice:problem:no-key", "No key")
    );
    assert_eq!(problem.detail.as_deref(), Some("send one"));
    assert_eq!(refusal.headers["www-authenticate"], "Key");
}

#[test]
fn a_response_hook_changes_the_response_and_sees_the_state() {
    // The state is behind the head, whose length is the first parameter: its first byte becomes the value.
    let mut guest =
        Guest::new().outcome(Action::Next, 0, b"", &[Operation::SetStatus(503), Operation::SetHeader(X_PLAN, b"?")]);
    guest.declaration = declares(&["x-plan"]);
    let put_state = format!(
        "(i32.store8 (i32.const {}) (i32.load8_u (i32.add (i32.const {}) (local.get $len))))",
        // State length, SetStatus with its length and value, SetHeader with its position and length: then the value.
        guest::OUT + 2 + 7 + 7,
        guest::IN,
    );
    let split = guest.on_response.rfind("(i64.const").expect("the result");
    guest.on_response.insert_str(split, &put_state);
    let plugin = configure(&host(), &guest);
    let mut response = Response::new();
    response.visit.state = b"!"[..].into();
    let verdict = response.run(&plugin).expect("succeeds");
    assert!(matches!(verdict, ResponseVerdict::Next(_)), "{verdict:?}");
    assert_eq!(response.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(response.headers["x-plan"], "!");
}

#[test]
fn a_hook_that_is_not_named_is_never_called() {
    let mut guest = Guest::new().hook("unreachable");
    guest.descriptor.hooks = Hooks::default();
    let plugin = configure(&host(), &guest);
    let verdict = Request::new().run(&plugin).expect("nothing ran");
    assert!(matches!(verdict, Verdict::Next(next) if !next.more));
}

#[test]
fn areas_may_move_between_calls() {
    // The hook moves OUT behind itself and writes an empty state there.
    let moved = guest::OUT + 64 * 1024;
    let guest = Guest::new().hook(format!(
        "(i32.store (i32.const {}) (i32.const {moved}))
         (i32.store8 (i32.const {moved}) (i32.const 1)) (i32.store8 (i32.const {}) (i32.const 77))
         (i64.const {:#x})",
        guest::AREAS + 8,
        moved + 2,
        3u64 << 32 | 1 << 16,
    ));
    let plugin = configure(&host(), &guest);
    assert_eq!(Request::new().state(&plugin), [77]);
}

#[test]
fn a_response_hook_gets_the_room_that_a_large_state_needs() {
    let mut guest = Guest::new();
    guest.declaration.response_headers = vec!["x-long".into()];
    guest.extra = format!(
        "(func (export \"sluice1:reserve\") (param $size i32)
            (i32.store (i32.const {}) (i32.const {}))
            (i32.store (i32.const {}) (local.get $size)))",
        guest::AREAS,
        guest::OUT + 64 * 1024,
        guest::AREAS + 4,
    );
    let plugin = configure(&host(), &guest);
    let mut response = Response::new();
    response.headers.insert("x-long", HeaderValue::from_bytes(&[b'x'; 10_000]).expect("a value"));
    response.visit.state = vec![7; 60_000].into();
    response.run(&plugin).expect("succeeds");
}

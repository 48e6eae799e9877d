//! What is lent to imports comes back, however the call ends.

use bytes::Bytes;
use http::HeaderValue;
use sluice_abi::{
    import::{BODY, CALLOUT, CURRENT},
    outcome::{Action, Operation},
};

use super::*;
use crate::{FailureKind, call::is_settable, hook::Hook, tests::guest::DATA};

/// A guest that could ask for everything and traps.
fn trapping() -> Guest {
    let guest = Guest::new()
        .import(CURRENT, "request-header", "request", "(param i32 i32 i32 i32) (result i32)")
        .import(CURRENT, "response-header", "response", "(param i32 i32 i32 i32) (result i32)")
        .import(CURRENT, "attribute", "attribute", "(param i32 i32 i32 i32) (result i32)")
        .import(BODY, "len", "len", "(result i64)")
        .hook("unreachable");
    guest.on(Hook::RequestBody, "unreachable").on(Hook::ResponseBody, "unreachable")
}

fn attributes() -> Attributes {
    assert!(is_settable("tenant"));
    let mut attributes = Attributes::default();
    attributes.set("tenant".into(), "acme".into());
    attributes
}

fn headers() -> HeaderMap {
    HeaderMap::from_iter([(http::header::ACCEPT, HeaderValue::from_static("text/plain"))])
}

fn request() -> Request {
    Request { headers: headers(), attributes: attributes(), consumer: Some(identity("acme")), ..Request::new() }
}

#[track_caller]
fn hold(request: &Request) {
    assert_eq!((&request.headers, &request.attributes), (&headers(), &attributes()));
    assert_eq!(request.consumer, Some(identity("acme")));
}

#[test]
fn a_request_is_whole_after_a_trap() {
    let plugin = configure(&host(), &trapping());
    let (mut request, mut body) = (request(), Bytes::from_static(b"body"));
    assert_eq!(request.run(&plugin).expect_err("traps").kind, FailureKind::Trap);
    hold(&request);
    let (mut call, visit) = request.parts();
    plugin.on_request_body(&mut call, visit, &mut body).expect_err("traps");
    hold(&request);
    assert_eq!(body, "body");
}

#[test]
fn a_response_is_whole_after_a_trap() {
    let plugin = configure(&host(), &trapping());
    let mut response = Response { headers: headers(), attributes: attributes(), ..Response::new() };
    let mut body = Bytes::from_static(b"body");
    response.run(&plugin).expect_err("traps");
    let (mut call, visit) = response.parts();
    plugin.on_response_body(&mut call, visit, &mut body).expect_err("traps");
    assert_eq!((response.headers, response.attributes), (headers(), attributes()));
    assert_eq!(body, "body");
}

#[tokio::test]
async fn a_request_is_whole_when_nobody_waits_for_its_hook_any_more() {
    let host = host();
    let guest = trapping().import(CALLOUT, "send", "send", "(param i32 i32 i32 i32) (result i32)");
    let plugin = configure(&host, &guest.hook("(loop $l (br $l)) unreachable"));
    let mut request = request();
    let (mut call, visit) = request.parts();
    tokio::select! {
        biased;
        _ = plugin.on_request_on_fiber(&mut call, visit) => panic!("it runs for ten milliseconds and yields before"),
        () = std::future::ready(()) => {}
    }
    hold(&request);
}

#[test]
fn a_body_is_replaced_by_a_hook_that_succeeds_and_by_no_other() {
    let host = host();
    let replace = format!("(call $replace (i32.const {DATA}) (i32.const 3))");
    let guest = |outcome: Guest| {
        let outcome = outcome.import(BODY, "replace", "replace", "(param i32 i32)").data(b"new");
        let body = format!("{replace} {}", outcome.on_request);
        outcome.on(Hook::RequestBody, body.clone()).on(Hook::ResponseBody, body)
    };
    let good = configure(&host, &guest(Guest::new()));
    let bad = configure(&host, &guest(Guest::new().outcome(Action::Next, 0, b"", &[Operation::Body(b"x")])));
    let run = |plugin: &Plugin| {
        let (mut request, mut body) = (Request::new(), Bytes::from_static(b"old"));
        let (mut call, visit) = request.parts();
        let result = plugin.on_request_body(&mut call, visit, &mut body);
        (result.is_ok(), body)
    };
    assert_eq!(run(&bad), (false, Bytes::from_static(b"old")));
    assert_eq!(run(&good), (true, Bytes::from_static(b"new")));

    let (mut response, mut body) = (Response::new(), Bytes::from_static(b"old"));
    let (mut call, visit) = response.parts();
    good.on_response_body(&mut call, visit, &mut body).expect("succeeds");
    assert_eq!(body, "new");
}

#[test]
fn a_hook_that_leaves_the_body_alone_leaves_it_as_it_is() {
    let guest = Guest::new().import(BODY, "len", "len", "(result i64)").on_echo(Hook::RequestBody);
    let plugin = configure(&host(), &guest);
    let (mut request, body) = (Request::new(), Bytes::from_static(b"old"));
    let mut same = body.clone();
    let (mut call, visit) = request.parts();
    plugin.on_request_body(&mut call, visit, &mut same).expect("succeeds");
    assert_eq!(same.as_ptr(), body.as_ptr(), "not even copied");
}

//! The time that hooks may take: each of them, and all of one request.

use std::time::Duration;

use bytes::Bytes;

use super::*;
use crate::{ChunkCall, FailureKind, hook::Hook};

/// Takes some milliseconds of the processor.
const BUSY: &str = "(local $n i64)
    (loop $l
        (local.set $n (i64.add (local.get $n) (i64.const 1)))
        (br_if $l (i64.lt_u (local.get $n) (i64.const 20000000))))";

fn busy() -> Guest {
    let guest = Guest::new();
    let body = format!("{BUSY} {}", guest.on_request);
    guest.hook(body)
}

#[test]
fn the_hooks_of_a_request_share_its_time() {
    let host = host_with(|limits| {
        limits.deadline = Duration::from_secs(1);
        limits.request_budget = Duration::from_millis(60);
    });
    let plugin = configure(&host, &busy());
    let mut request = Request::new();
    let failure = loop {
        if let Err(failure) = request.run(&plugin) {
            break failure;
        }
        assert!(request.visit.spent > Duration::ZERO, "its time is counted");
    };
    assert_eq!(failure.kind, FailureKind::Budget, "{failure}");
    let again = request.run(&plugin).expect_err("its time is over");
    assert!(again.message.contains("60 ms"), "{again}");
    Request::new().run(&plugin).expect("another request has its own");
}

#[test]
fn a_plugin_that_takes_next_to_nothing_is_charged_next_to_nothing() {
    let plugin = configure(&host(), &Guest::new());
    let mut request = Request::new();
    for _ in 0..1_000 {
        request.run(&plugin).expect("succeeds");
    }
    assert!(request.visit.spent < Duration::from_millis(50), "{:?}", request.visit.spent);
}

#[test]
fn each_chunk_brings_its_own_time() {
    let host = host_with(|limits| limits.request_budget = Duration::from_millis(1));
    let plugin = configure(&host, &Guest::new().on_echo(Hook::ResponseChunk));
    let snapshot = snapshot([]);
    let call = ChunkCall { about: about(&snapshot) };
    // What a thousand chunks before have taken, each a little.
    let mut visit = Visit { spent: Duration::from_millis(900), chunks: 1_000, ..Visit::default() };
    plugin.on_response_chunk(&call, &mut visit, Bytes::new(), true).expect("succeeds");
    let mut visit = Visit { spent: Duration::from_millis(900), chunks: 10, ..Visit::default() };
    let failure = plugin.on_response_chunk(&call, &mut visit, Bytes::new(), true).expect_err("too much");
    assert_eq!(failure.kind, FailureKind::Budget);
}

#[test]
fn an_attachment_has_its_own_deadline() {
    let guest = Guest::new().hook("(loop $l (br $l)) unreachable");
    let wasm = guest.wasm();
    let host = host_with(|limits| limits.deadline = Duration::from_secs(10));
    let attachment = ResolvedAttachment { deadline_ms: Some(5), ..(*attachment(&wasm, &[])).clone() };
    host.load(&attachment.digest, &wasm).expect("the guest loads");
    let plugin = host.configure(&Arc::new(attachment)).expect("the guest is configured");
    let mut request = Request::new();
    let failure = request.run(&plugin).expect_err("is cut");
    assert_eq!(failure.kind, FailureKind::Deadline, "{failure}");
    assert!(request.visit.spent < Duration::from_secs(1), "{:?}", request.visit.spent);
}

#[test]
fn a_request_may_take_at_least_what_its_attachment_gives_to_one_hook() {
    let wasm = busy().wasm();
    let host = host_with(|limits| limits.request_budget = Duration::from_millis(1));
    let attachment = ResolvedAttachment { deadline_ms: Some(5_000), ..(*attachment(&wasm, &[])).clone() };
    host.load(&attachment.digest, &wasm).expect("the guest loads");
    let plugin = host.configure(&Arc::new(attachment)).expect("the guest is configured");
    Request::new().run(&plugin).expect("has the time");
}

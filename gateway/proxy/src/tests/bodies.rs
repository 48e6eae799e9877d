//! Plugins that see bodies: whole, or piece by piece on their way.

use std::time::Duration;

use gateway_model::{Document, FailurePolicy};
use sluice_abi::outcome::{Action, Name, Operation};
use tokio::sync::mpsc;

use super::{
    guest::{Guest, Hook, IN},
    harness::*,
};

const CHUNKED: &str = "Transfer-Encoding: chunked\r\n";

fn post(body: &str) -> String {
    format!("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {}\r\n\r\n{body}", body.len())
}

fn attach(document: &mut Document, order: i32, name: &str, guest: &Guest) {
    add_plugin(document, name, order, guest, FailurePolicy::Closed);
}

/// Puts marks around each piece, in both directions.
fn brackets(open: char, close: char) -> Guest {
    Guest {
        request: Some(Hook::streams()),
        request_chunk: Some(Hook::brackets(open, close)),
        response: Some(Hook::streams()),
        response_chunk: Some(Hook::brackets(open, close)),
        ..Guest::default()
    }
}

/// Streams requests through this hook.
fn on_request_chunks(hook: Hook) -> Guest {
    Guest { request: Some(Hook::streams()), request_chunk: Some(hook), ..Guest::default() }
}

/// Streams responses through this hook.
fn on_response_chunks(hook: Hook) -> Guest {
    Guest { response: Some(Hook::streams()), response_chunk: Some(hook), ..Guest::default() }
}

/// Keeps bodies of so many bytes, and does this with them.
fn on_request_body(max: u64, hook: Hook) -> Guest {
    Guest { request: Some(Hook::buffers(max)), request_body: Some(hook), ..Guest::default() }
}

fn on_response_body(max: u64, hook: Hook) -> Guest {
    Guest { response: Some(Hook::buffers(max)), response_body: Some(hook), ..Guest::default() }
}

fn mark() -> Hook {
    Hook::next(&[Operation::AppendHeader(Name::Inline("x-mark"), b"seen")])
}

/// An upstream that answers every request with these bytes.
async fn saying(response: &'static str) -> Upstream {
    Upstream::talking(move |mut raw| async move {
        while raw.message().await.is_some() {
            raw.send(response).await;
        }
    })
    .await
}

#[tokio::test]
async fn streaming_plugins_change_bodies_in_the_order_of_the_chain_and_in_reverse() {
    let upstream = Upstream::echoing().await;
    let mut document = one_route(&[upstream.address]);
    attach(&mut document, 1, "one", &brackets('<', '>'));
    attach(&mut document, 2, "two", &brackets('(', ')'));
    let mut gate = Gate::start(&document);
    let mut client = Raw::to(gate.http()).await;
    client.send(post("hello")).await;
    let reply = client.expect().await;
    assert_eq!(reply.echoed("transfer-encoding").as_deref(), Some("chunked"));
    assert_eq!((reply.echoed("content-length"), reply.field("content-length")), (None, None));
    assert!(reply.body.contains("(<hello.>.)"), "{}", reply.body);
    assert!(reply.body.contains("<(POST / "), "{}", reply.body);
    assert!(reply.body.trim_end().trim_end_matches(['0', '\r', '\n']).ends_with(".)>") || reply.body.contains(".).>"));
    assert_eq!(gate.line().await["received_bytes"], 5);
    for hook in ["request-chunk", "response-chunk"] {
        let count = format!(r#"sluice_plugin_duration_seconds_count{{attachment="two",hook="{hook}"}}"#);
        assert!(gate.metric(&count) >= 1.0);
    }
}

#[tokio::test]
async fn a_hook_is_shown_at_most_32_kib_and_the_end_once() {
    let upstream = Upstream::echoing().await;
    let mut document = one_route(&[upstream.address]);
    attach(&mut document, 1, "one", &on_request_chunks(Hook::brackets('<', '>')));
    let gate = Gate::start(&document);
    let body = "x".repeat(200_000);
    let reply = Raw::ask(gate.http(), &post(&body)).await;
    let echoed = reply.body.split_once("\n\n").unwrap().1;
    let pieces: Vec<&str> = echoed.strip_prefix('<').unwrap().strip_suffix('>').unwrap().split("><").collect();
    assert!(pieces.iter().all(|piece| piece.len() <= 32 * 1024 + 1), "{:?}", pieces.iter().map(|it| it.len()).max());
    assert!(pieces.len() >= 7 && pieces.last().unwrap().ends_with('.'));
    assert_eq!(pieces.concat(), format!("{body}."));
}

#[tokio::test]
async fn pieces_and_trailers_pass_streaming_plugins_as_they_come() {
    let upstream = Upstream::talking(|mut raw| async move {
        raw.take_until("\r\n\r\n").await;
        raw.send(format!("HTTP/1.1 200 OK\r\n{CHUNKED}\r\n")).await;
        for _ in 0..2 {
            raw.take_until("<ping>\r\n").await.unwrap();
            raw.send("4\r\npong\r\n").await;
        }
        raw.take_until("<.>\r\n0\r\nx-sum: 1\r\n\r\n").await.unwrap();
        raw.send("0\r\nx-end: 2\r\n\r\n").await;
        raw.rest().await;
    })
    .await;
    let mut document = one_route(&[upstream.address]);
    attach(&mut document, 1, "one", &brackets('<', '>'));
    let mut gate = Gate::start(&document);
    let mut client = Raw::to(gate.http()).await;
    let head =
        format!("POST / HTTP/1.1\r\nHost: a\r\nTE: trailers\r\nConnection: TE\r\nTrailer: x-sum\r\n{CHUNKED}\r\n");
    client.send(head).await;
    for _ in 0..2 {
        client.send("4\r\nping\r\n").await;
        client.take_until("<pong>\r\n").await.unwrap();
    }
    client.send("0\r\nX-Sum: 1\r\n\r\n").await;
    client.take_until("<.>\r\n0\r\n").await.unwrap();
    assert_eq!(gate.line().await["ended"], "complete");
}

#[tokio::test]
async fn a_request_without_a_body_is_told_so_and_may_get_one() {
    let upstream = Upstream::echoing().await;
    let mut document = one_route(&[upstream.address]);
    attach(&mut document, 1, "one", &on_request_chunks(Hook::brackets('<', '>')));
    let gate = Gate::start(&document);
    let reply = Raw::ask(gate.http(), "GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert_eq!(reply.echoed("content-length").as_deref(), Some("3"));
    assert!(reply.body.ends_with("<.>"), "{}", reply.body);

    let mut document = one_route(&[upstream.address]);
    attach(&mut document, 1, "passes", &on_request_chunks(Hook::traps_if("(i32.eqz (local.get $2))")));
    let gate = Gate::start(&document);
    let reply = Raw::ask(gate.http(), "GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert_eq!((reply.status(), reply.echoed("content-length")), (200, None));
    assert_eq!(reply.echoed("transfer-encoding"), None);
}

#[tokio::test]
async fn a_failing_chunk_hook_breaks_the_request_off_or_lets_the_rest_pass() {
    let at_second = format!("(i32.eq (i32.load8_u (i32.add (i32.const {IN}) (local.get $0))) (i32.const 50))");
    for (policy, status) in [(FailurePolicy::Closed, 503), (FailurePolicy::Open, 200)] {
        let upstream = Upstream::echoing().await;
        let mut document = one_route(&[upstream.address]);
        add_plugin(&mut document, "traps", 1, &on_request_chunks(Hook::traps_if(&at_second)), policy);
        let mut gate = Gate::start(&document);
        let mut client = Raw::to(gate.http()).await;
        client.send(format!("POST / HTTP/1.1\r\nHost: a\r\n{CHUNKED}\r\n1\r\n1\r\n")).await;
        client.send("1\r\n2\r\n1\r\n3\r\n0\r\n\r\n").await;
        let reply = client.expect().await;
        assert_eq!(reply.status(), status);
        let line = gate.line().await;
        match policy {
            FailurePolicy::Closed => {
                assert_eq!(reply.problem(), "plugin-failed");
                assert_eq!((&line["plugin"], &line["verdict"]), (&"traps".into(), &"failed".into()));
            }
            FailurePolicy::Open => assert!(reply.body.ends_with("\n123"), "{}", reply.body),
        }
    }
}

#[tokio::test]
async fn a_plugin_may_break_a_body_off() {
    const RESET: &str = "(i32.store16 (i32.const 131072) (i32.const 0)) (i64.const 0x205010000)";
    let upstream = Upstream::echoing().await;
    let mut document = one_route(&[upstream.address]);
    attach(&mut document, 1, "rejects", &on_request_chunks(Hook::Does(RESET.into())));
    let mut gate = Gate::start(&document);
    let reply = Raw::ask(gate.http(), &post("bad")).await;
    assert_eq!((reply.status(), reply.problem().as_str(), reply.closes()), (400, "body-rejected", true));
    let line = gate.line().await;
    assert_eq!((&line["plugin"], &line["verdict"]), (&"rejects".into(), &"reset".into()));

    let mut document = one_route(&[upstream.address]);
    attach(&mut document, 1, "rejects", &on_response_chunks(Hook::Does(RESET.into())));
    let mut gate = Gate::start(&document);
    let mut client = Raw::to(gate.http()).await;
    client.send(post("x")).await;
    let answer = client.rest().await;
    assert!(!answer.contains("0\r\n\r\n"), "{answer}");
    let line = gate.line().await;
    assert_eq!((&line["ended"], &line["verdict"]), (&"plugin_aborted".into(), &"reset".into()));
}

#[tokio::test]
async fn a_whole_body_is_forwarded_with_its_length_once_the_plugin_has_seen_it() {
    let upstream = Upstream::echoing().await;
    let mut document = one_route(&[upstream.address]);
    attach(&mut document, 1, "reads", &on_request_body(10, mark()));
    attach(&mut document, 2, "reads-too", &on_request_body(10, mark()));
    let mut gate = Gate::start(&document);
    let mut client = Raw::to(gate.http()).await;
    client.send(format!("POST / HTTP/1.1\r\nHost: a\r\n{CHUNKED}\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n")).await;
    let reply = client.expect().await;
    assert_eq!(reply.echoed("content-length").as_deref(), Some("5"));
    assert_eq!(reply.echoed("x-mark").as_deref(), Some("seen, seen"));
    assert!(reply.body.ends_with("\n\nhello"), "{}", reply.body);
    assert_eq!(gate.line().await["received_bytes"], 5);

    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    let reply = client.expect().await;
    assert_eq!(reply.echoed("x-mark").as_deref(), Some("seen, seen"));
    assert_eq!((reply.echoed("content-length"), reply.echoed("transfer-encoding")), (None, None));
}

#[tokio::test]
async fn trailers_of_a_whole_body_pass_behind_it() {
    let (seen, mut was_seen) = mpsc::unbounded_channel();
    let upstream = Upstream::talking(move |mut raw| {
        let seen = seen.clone();
        async move {
            drop(seen.send(raw.take_until("x-sum: 1\r\n\r\n").await));
            raw.send("HTTP/1.1 204 No Content\r\n\r\n").await;
        }
    })
    .await;
    let mut document = one_route(&[upstream.address]);
    attach(&mut document, 1, "reads", &on_request_body(10, mark()));
    let gate = Gate::start(&document);
    let head = format!("POST / HTTP/1.1\r\nHost: a\r\nTrailer: x-sum\r\n{CHUNKED}\r\n");
    let reply = Raw::ask(gate.http(), &format!("{head}2\r\nhi\r\n0\r\nX-Sum: 1\r\n\r\n")).await;
    assert_eq!(reply.status(), 204);
    assert!(was_seen.recv().await.unwrap().unwrap().ends_with("2\r\nhi\r\n0\r\nx-sum: 1\r\n\r\n"));
}

#[tokio::test]
async fn a_plugin_that_sees_pieces_comes_before_one_behind_it_that_sees_the_whole() {
    let upstream = Upstream::echoing().await;
    let mut document = one_route(&[upstream.address]);
    attach(&mut document, 1, "pieces", &on_request_chunks(Hook::brackets('<', '>')));
    attach(&mut document, 2, "whole", &on_request_body(8, mark()));
    let gate = Gate::start(&document);
    let reply = Raw::ask(gate.http(), &post("hello")).await;
    assert_eq!(reply.echoed("content-length").as_deref(), Some("8"));
    assert!(reply.body.ends_with("<hello.>"), "{}", reply.body);
    // With the marks it is one byte too long.
    let reply = Raw::ask(gate.http(), &post("hellos")).await;
    assert_eq!((reply.status(), reply.problem().as_str()), (413, "body-too-large"));
}

#[tokio::test]
async fn what_a_plugin_finds_in_a_body_may_end_the_way_in() {
    let refusal = Hook::ends(
        Action::Refuse,
        422,
        &[Operation::ProblemKind("/problems/invalid"), Operation::ProblemTitle("Invalid")],
    );
    let mut document = one_route(&[nobody().await]);
    attach(&mut document, 1, "checks", &on_request_body(10, refusal));
    let mut gate = Gate::start(&document);
    let mut client = Raw::to(gate.http()).await;
    for _ in 0..2 {
        client.send(post("hello")).await;
        let reply = client.expect().await;
        assert_eq!((reply.status(), reply.problem().as_str()), (422, "invalid"));
        let line = gate.line().await;
        assert_eq!((&line["refused_by"], &line["verdict"]), (&"checks".into(), &"refused".into()));
    }
}

#[tokio::test]
async fn a_body_beyond_what_a_plugin_keeps_is_too_large() {
    let upstream = Upstream::echoing().await;
    let mut document = one_route(&[upstream.address]);
    attach(&mut document, 1, "reads", &on_request_body(4, mark()));
    let gate = Gate::start(&document);
    let chunked = format!("POST / HTTP/1.1\r\nHost: a\r\n{CHUNKED}\r\n3\r\nabc\r\n2\r\nde\r\n");
    for request in [post("hello"), chunked] {
        let reply = Raw::ask(gate.http(), &request).await;
        assert_eq!((reply.status(), reply.problem().as_str(), reply.closes()), (413, "body-too-large", true));
    }
    assert_eq!(upstream.connections(), 0);
}

#[tokio::test]
async fn bodies_that_are_kept_share_a_bounded_memory() {
    let upstream = Upstream::echoing().await;
    let mut document = one_route(&[upstream.address]);
    attach(&mut document, 1, "reads", &on_request_body(1024, mark()));
    let gate = Gate::with(&document, |settings| settings.limits.buffered_bytes = 8);
    let mut first = Raw::to(gate.http()).await;
    first.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 8\r\n\r\n12345").await;
    let full = async {
        loop {
            let reply = Raw::ask(gate.http(), &post("hello")).await;
            if reply.status() == 503 {
                return reply;
            }
        }
    };
    let refused = soon("a refusal for want of memory", full).await;
    assert_eq!(refused.problem(), "buffers-full");
    first.send("678").await;
    assert_eq!(first.expect().await.status(), 200);
    let after = async { while Raw::ask(gate.http(), &post("hello")).await.status() != 200 {} };
    soon("memory that is free again", after).await;
}

#[tokio::test]
async fn a_body_that_stands_still_while_it_is_kept_is_given_up() {
    let timeouts = gateway_model::Timeouts { idle_ms: 50, ..Default::default() };
    let mut document = one_route_with(&[nobody().await], timeouts);
    attach(&mut document, 1, "reads", &on_request_body(1024, mark()));
    let gate = Gate::start(&document);
    let reply = Raw::ask(gate.http(), "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf").await;
    assert_eq!((reply.status(), reply.problem().as_str()), (408, "body-timeout"));
}

#[tokio::test]
async fn a_whole_response_is_sent_with_its_length_once_the_plugin_has_seen_it() {
    let upstream =
        saying("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n").await;
    let mut document = one_route(&[upstream.address]);
    attach(&mut document, 1, "pieces", &on_response_chunks(Hook::brackets('<', '>')));
    attach(&mut document, 2, "whole", &on_response_body(5, mark()));
    attach(&mut document, 3, "whole-too", &on_response_body(5, mark()));
    let mut gate = Gate::start(&document);
    let mut client = Raw::to(gate.http()).await;
    for _ in 0..2 {
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
        let reply = client.expect().await;
        assert_eq!(reply.field("x-mark").as_deref(), Some("seen, seen"));
        assert!(reply.body.contains("<hello.>"), "{}", reply.body);
        assert_eq!(gate.line().await["ended"], "complete");
    }
    assert_eq!(upstream.connections(), 1);

    let mut document = one_route(&[upstream.address]);
    attach(&mut document, 1, "whole", &on_response_body(5, mark()));
    let gate = Gate::start(&document);
    let reply = Raw::ask(gate.http(), "GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert_eq!((reply.field("content-length").as_deref(), reply.body.as_str()), (Some("5"), "hello"));
}

#[tokio::test]
async fn a_response_beyond_what_a_plugin_keeps_is_not_sent() {
    let upstream = saying("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello").await;
    let mut document = one_route(&[upstream.address]);
    attach(&mut document, 1, "reads", &on_response_body(4, mark()));
    let gate = Gate::start(&document);
    let reply = Raw::ask(gate.http(), "GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert_eq!((reply.status(), reply.problem().as_str()), (502, "response-too-large"));
}

#[tokio::test]
async fn what_a_plugin_finds_in_a_response_may_replace_it() {
    let upstream = saying("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello").await;
    let answer = || Hook::ends(Action::Respond, 203, &[Operation::Body(b"instead")]);
    for guest in [on_response_body(10, answer()), Guest { response: Some(answer()), ..Guest::default() }] {
        let mut document = one_route(&[upstream.address]);
        attach(&mut document, 1, "first", &Guest { response: Some(mark()), ..Guest::default() });
        attach(&mut document, 2, "replaces", &guest);
        let mut gate = Gate::start(&document);
        let reply = Raw::ask(gate.http(), "GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
        assert_eq!((reply.status(), reply.body.as_str()), (203, "instead"));
        assert_eq!(reply.field("x-mark").as_deref(), Some("seen"));
        let line = gate.line().await;
        assert_eq!((&line["plugin"], &line["verdict"]), (&"replaces".into(), &"responded".into()));
    }
}

#[tokio::test]
async fn responses_without_a_body_have_no_hooks_for_one() {
    for (method, response) in [
        ("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"),
        ("GET", "HTTP/1.1 204 No Content\r\n\r\n"),
        ("GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n"),
    ] {
        let upstream = saying(response).await;
        for guest in [on_response_chunks(Hook::Traps), on_response_body(1, Hook::Traps)] {
            let mut document = one_route(&[upstream.address]);
            attach(&mut document, 1, "traps", &guest);
            let mut gate = Gate::start(&document);
            let mut client = Raw::to(gate.http()).await;
            client.send(format!("{method} / HTTP/1.1\r\nHost: a\r\n\r\n")).await;
            let head = client.take_until("\r\n\r\n").await.unwrap();
            assert_eq!(head.split(' ').nth(1), response.split(' ').nth(1), "{head}");
            assert_eq!(gate.line().await["ended"], "complete");
        }
    }
}

#[tokio::test]
async fn the_gateways_own_answers_are_streamed_through_plugins_too() {
    let mut document = one_route(&[nobody().await]);
    attach(&mut document, 1, "one", &on_response_chunks(Hook::brackets('<', '>')));
    let gate = Gate::start(&document);
    let reply = Raw::ask(gate.http(), "GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert_eq!(reply.status(), 503);
    assert!(reply.body.contains("<{") && reply.body.contains("}.>"), "{}", reply.body);
}

#[tokio::test]
async fn a_stream_without_end_passes_a_streaming_plugin_event_by_event() {
    let upstream = Upstream::talking(|mut raw| async move {
        raw.expect().await;
        raw.send(format!("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n{CHUNKED}\r\n")).await;
        loop {
            raw.send("9\r\ndata: 1\n\n\r\n").await;
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await;
    let mut document = one_route(&[upstream.address]);
    attach(&mut document, 1, "one", &on_response_chunks(Hook::brackets('<', '>')));
    let gate = Gate::start(&document);
    let mut client = Raw::to(gate.http()).await;
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    for _ in 0..5 {
        client.take_until("data: 1\n\n").await.unwrap();
    }
}

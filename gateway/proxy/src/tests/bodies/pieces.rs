//! Bodies that plugins see piece by piece.

use std::time::Duration;

use gateway_model::FailurePolicy;

use super::{CHUNKED, attach, brackets, on_request_chunks, on_response_chunks, post};
use crate::tests::{
    guest::{Guest, Hook, IN, OUT},
    harness::*,
};

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

#[tokio::test]
async fn a_plugin_without_a_hook_for_heads_sees_all_pieces() {
    let upstream = Upstream::echoing().await;
    let mut document = one_route(&[upstream.address]);
    let guest = Guest {
        request_chunk: Some(Hook::brackets('<', '>')),
        response_chunk: Some(Hook::brackets('(', ')')),
        ..Guest::default()
    };
    attach(&mut document, 1, "pieces", &guest);
    let gate = Gate::start(&document);
    let reply = Raw::ask(gate.http(), &post("hello")).await;
    assert!(reply.body.contains("<hello.>.)"), "{}", reply.body);
}

#[tokio::test]
async fn what_one_hook_of_a_request_leaves_the_next_one_gets() {
    // Each piece goes on as it is; the state gets a byte longer, and with three bytes the plugin traps.
    let remembers = format!(
        "(if (i32.ge_u (local.get $0) (i32.const 3)) (then unreachable))
         (i32.store16 (i32.const {OUT}) (i32.add (local.get $0) (i32.const 1)))
         (i64.or
           (i64.shl (i64.extend_i32_u (i32.add (local.get $0) (i32.const 3))) (i64.const 32))
           (i64.const 0x10000))"
    );
    let upstream = Upstream::echoing().await;
    let mut document = one_route(&[upstream.address]);
    attach(&mut document, 1, "counts", &on_request_chunks(Hook::Does(remembers)));
    let gate = Gate::start(&document);
    let chunks = |number: usize| "1\r\nx\r\n".repeat(number);
    for (pieces, status) in [(2, 200), (3, 503)] {
        // The end is a piece of its own.
        let head = format!("POST / HTTP/1.1\r\nHost: a\r\n{CHUNKED}\r\n");
        let reply = Raw::ask(gate.http(), &format!("{head}{}0\r\n\r\n", chunks(pieces))).await;
        assert_eq!(reply.status(), status, "{pieces} pieces");
    }
}

//! Bodies that are kept until a plugin has seen all of them.

use sluice_abi::outcome::{Action, Operation};
use tokio::sync::mpsc;

use super::{
    CHUNKED, attach, mark, on_request_body, on_request_chunks, on_response_body, on_response_chunks, post, saying,
};
use crate::tests::{
    guest::{Guest, Hook},
    harness::*,
};

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
async fn a_plugin_puts_another_body_in_the_place_of_a_whole_one() {
    let upstream = Upstream::echoing().await;
    let replaces = |body: &'static str| Guest {
        request: Some(Hook::buffers(100)),
        request_body: Some(Hook::replaces_body(Hook::next(&[]))),
        body: Some(body),
        ..Guest::default()
    };
    let mut document = one_route(&[upstream.address]);
    attach(&mut document, 1, "first", &replaces("something longer"));
    let gate = Gate::start(&document);
    for request in [post("hello"), "POST / HTTP/1.1\r\nHost: a\r\n\r\n".into()] {
        let reply = Raw::ask(gate.http(), &request).await;
        assert_eq!(reply.echoed("content-length").as_deref(), Some("16"));
        assert!(reply.body.ends_with("\n\nsomething longer"), "{}", reply.body);
    }
    // The next plugin sees the new body, and may take it away.
    attach(&mut document, 2, "second", &on_request_body(15, mark()));
    let gate = Gate::start(&document);
    assert_eq!(Raw::ask(gate.http(), &post("hello")).await.problem(), "body-too-large");
    attach(&mut document, 2, "second", &replaces(""));
    let gate = Gate::start(&document);
    let reply = Raw::ask(gate.http(), &post("hello")).await;
    assert_eq!((reply.status(), reply.echoed("content-length").as_deref()), (200, Some("0")));
}

#[tokio::test]
async fn a_plugin_puts_another_body_in_the_place_of_a_response() {
    let upstream = saying("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nETag: x\r\n\r\nhello").await;
    let mut document = one_route(&[upstream.address]);
    let guest = Guest {
        response: Some(Hook::buffers(100)),
        response_body: Some(Hook::replaces_body(Hook::next(&[]))),
        body: Some("something longer"),
        ..Guest::default()
    };
    attach(&mut document, 1, "replaces", &guest);
    let mut gate = Gate::start(&document);
    let mut client = Raw::to(gate.http()).await;
    for _ in 0..2 {
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
        let reply = client.expect().await;
        assert_eq!((reply.field("content-length").as_deref(), &*reply.body), (Some("16"), "something longer"));
        assert_eq!(gate.line().await["sent_bytes"], 16);
    }
}

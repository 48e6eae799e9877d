//! What could be read in two ways: refused, or passed on in one way only.

use super::harness::*;

async fn gate() -> (Gate, Upstream) {
    let upstream = Upstream::echoing().await;
    (Gate::start(&one_route(&[upstream.address])), upstream)
}

/// A request that could be smuggled in behind another one.
const SMUGGLED: &str = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

#[tokio::test]
async fn a_length_beside_a_transfer_coding_is_refused() {
    let (gate, upstream) = gate().await;
    for (first, second) in
        [("Content-Length: 6", "Transfer-Encoding: chunked"), ("Transfer-Encoding: chunked", "Content-Length: 6")]
    {
        let mut client = Raw::to(gate.http()).await;
        client.send(format!("POST /x HTTP/1.1\r\nHost: a\r\n{first}\r\n{second}\r\n\r\n0\r\n\r\n{SMUGGLED}")).await;
        let reply = client.expect().await;
        assert_eq!((reply.status(), reply.problem().as_str()), (400, "malformed-request"));
        assert!(reply.closes(), "{}", reply.head);
        assert_eq!(client.rest().await, "");
    }
    assert_eq!(gate.metric(r#"sluice_framing_faults_total{fault="length_and_coding"}"#), 2.0);
    assert_eq!(upstream.connections(), 0);
}

#[tokio::test]
async fn lengths_and_codings_that_contradict_themselves_are_refused() {
    let (gate, upstream) = gate().await;
    for fields in [
        "Content-Length: 3\r\nContent-Length: 4",
        "Content-Length: 3, 3",
        "Content-Length: +3",
        "Content-Length: -3",
        "Content-Length: 0x3",
        "Content-Length: 3 4",
        "Content-Length: 99999999999999999999",
        "Transfer-Encoding: gzip",
        "Transfer-Encoding: chunked, gzip",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
        "Transfer-Encoding : chunked",
        "Content-Length : 3",
        "Transfer-Encoding: \u{b}chunked",
        "X: y\r\n Transfer-Encoding: chunked",
        "X\0: y",
        "X: \0",
        ": y",
    ] {
        let mut client = Raw::to(gate.http()).await;
        client.send(format!("POST / HTTP/1.1\r\nHost: a\r\n{fields}\r\n\r\nabc{SMUGGLED}")).await;
        let answer = client.rest().await;
        assert!(answer.starts_with("HTTP/1.1 400 "), "{fields:?}: {answer}");
        assert_eq!(answer.matches("HTTP/1.1").count(), 1, "{fields:?}: {answer}");
    }
    assert_eq!(upstream.connections(), 0);
}

#[tokio::test]
async fn transfer_codings_that_would_be_lost_on_the_way_are_not_implemented() {
    let (gate, upstream) = gate().await;
    for coding in ["gzip, chunked", "identity, chunked", "chunked, chunked"] {
        let mut client = Raw::to(gate.http()).await;
        client
            .send(format!("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: {coding}\r\n\r\n0\r\n\r\n{SMUGGLED}"))
            .await;
        let reply = client.expect().await;
        assert_eq!((reply.status(), reply.problem().as_str()), (501, "transfer-coding-not-supported"), "{coding}");
        assert!(reply.closes());
        assert_eq!(client.rest().await, "");
    }
    let reply =
        Raw::ask(gate.http(), "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n").await;
    assert_eq!(reply.status(), 400);
    assert_eq!(upstream.connections(), 0);
}

#[tokio::test]
async fn hosts_are_exactly_one() {
    let (gate, upstream) = gate().await;
    for fields in [
        "",
        "Host: a\r\nHost: a\r\n",
        "Host: a\r\nHost: b\r\n",
        "Host: a b\r\n",
        "Host: a/b\r\n",
        "Host:\r\n",
        "Host: me@a\r\n",
    ] {
        let mut client = Raw::to(gate.http()).await;
        client.send(format!("GET / HTTP/1.1\r\n{fields}\r\n{SMUGGLED}")).await;
        let reply = client.expect().await;
        assert_eq!((reply.status(), reply.problem().as_str()), (400, "malformed-request"), "{fields:?}");
        assert!(reply.closes());
        assert_eq!(client.rest().await, "", "{fields:?}");
    }
    assert_eq!(upstream.connections(), 0);
}

#[tokio::test]
async fn the_absolute_form_leads_to_the_route_and_the_upstream_and_agrees_with_host() {
    let upstream = Upstream::echoing().await;
    let mut document = one_route(&[upstream.address]);
    add_route(&mut document, "inner", &["inner.example"], "/", "upstream");
    let mut gate = Gate::start(&document);
    let reply = Raw::ask(gate.http(), "GET http://INNER.example:80/x?y HTTP/1.1\r\nHost: inner.example\r\n\r\n").await;
    assert_eq!(reply.echoed("host").as_deref(), Some("INNER.example:80"));
    assert!(reply.body.starts_with("GET /x?y HTTP/1.1\n"), "{}", reply.body);
    assert_eq!(gate.line().await["route"], "inner");
    let reply = Raw::ask(gate.http(), "GET http://inner.example/ HTTP/1.1\r\nHost: outer.example\r\n\r\n").await;
    assert_eq!((reply.status(), reply.problem().as_str()), (400, "malformed-request"));
    assert_eq!(upstream.connections(), 1);
}

#[tokio::test]
async fn the_path_that_is_matched_is_the_path_that_is_forwarded() {
    let upstream = Upstream::echoing().await;
    let mut document = one_route(&[upstream.address]);
    add_route(&mut document, "admin", &[], "/admin", "upstream");
    let mut gate = Gate::start(&document);
    for (sent, forwarded, route) in [
        ("/public/../admin/x", "/admin/x", "admin"),
        ("/public/%2e%2E/%61dmin", "/admin", "admin"),
        ("//admin", "/admin", "admin"),
        ("/admin/..", "/", "route"),
        ("/admin%2Fx", "/admin%2Fx", "route"),
        ("/a?b=/../%zz//", "/a?b=/../%zz//", "route"),
    ] {
        let reply = Raw::ask(gate.http(), &format!("GET {sent} HTTP/1.1\r\nHost: a\r\n\r\n")).await;
        assert_eq!(reply.status(), 200, "{sent}: {reply:?}");
        assert_eq!(reply.body.lines().next(), Some(&*format!("GET {forwarded} HTTP/1.1")));
        assert_eq!(gate.line().await["route"], route, "{sent}");
    }
    for refused in ["/a/..%2fadmin", "/%00", "/a%0d%0aX:y", "/%zz", "/a\\..\\admin", "/a#/../admin", "*", "a"] {
        let reply = Raw::ask(gate.http(), &format!("GET {refused} HTTP/1.1\r\nHost: a\r\n\r\n")).await;
        assert_eq!((reply.status(), reply.problem().as_str()), (400, "malformed-request"), "{refused}");
        assert!(reply.closes());
    }
}

#[tokio::test]
async fn tunnels_and_echoes_are_not_offered() {
    let (gate, upstream) = gate().await;
    for request in ["CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n"] {
        let reply = Raw::ask(gate.http(), request).await;
        assert_eq!((reply.status(), reply.problem().as_str()), (501, "method-not-supported"));
    }
    assert_eq!(upstream.connections(), 0);
}

#[tokio::test]
async fn an_upgrade_to_a_protocol_that_is_not_offered_does_not_happen() {
    let (gate, _upstream) = gate().await;
    let mut client = Raw::to(gate.http()).await;
    for _ in 0..2 {
        client.send("GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n").await;
        let reply = client.expect().await;
        assert_eq!(reply.status(), 200);
        assert_eq!((reply.echoed("upgrade"), reply.echoed("connection")), (None, None));
    }
}

#[tokio::test]
async fn heads_beyond_the_limits_are_refused() {
    let upstream = Upstream::echoing().await;
    let document = one_route(&[upstream.address]);
    let gate = Gate::with(&document, |settings| {
        settings.limits.head_bytes = 16 * 1024;
        settings.limits.headers = 20;
    });
    let many = "X-Field: 1\r\n".repeat(20);
    let large = format!("X-Field: {}\r\n", "x".repeat(17 * 1024));
    for fields in [&many, &large] {
        let reply = Raw::ask(gate.http(), &format!("GET / HTTP/1.1\r\nHost: a\r\n{fields}\r\n")).await;
        assert_eq!((reply.status(), reply.problem().as_str()), (431, "head-too-large"));
    }
    let reply = Raw::ask(gate.http(), &format!("GET /{} HTTP/1.1\r\nHost: a\r\n\r\n", "x".repeat(200 * 1024))).await;
    assert_eq!((reply.status(), reply.problem().as_str()), (414, "target-too-long"));
    assert_eq!(upstream.connections(), 0);
}

#[tokio::test]
async fn a_head_of_just_the_limit_is_served() {
    let (gate, _upstream) = gate().await;
    let start = "GET / HTTP/1.1\r\nHost: a\r\nX: ";
    for (bytes, status) in [(64 * 1024, 200), (64 * 1024 + 1, 431)] {
        let head = format!("{start}{}\r\n\r\n", "x".repeat(bytes - start.len() - 4));
        assert_eq!(Raw::ask(gate.http(), &head).await.status(), status);
    }
}

#[tokio::test]
async fn requests_sent_ahead_are_answered_in_their_order() {
    let (gate, upstream) = gate().await;
    let mut client = Raw::to(gate.http()).await;
    client.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nPOST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhiGET /3 HTTP/1.1\r\nHost: a\r\n\r\n").await;
    for path in ["GET /1", "POST /2", "GET /3"] {
        assert!(client.expect().await.body.starts_with(path));
    }
    assert_eq!(upstream.connections(), 1);
}

#[tokio::test]
async fn a_client_that_expects_to_continue_is_told_so_when_its_body_is_wanted() {
    let (gate, _upstream) = gate().await;
    let mut client = Raw::to(gate.http()).await;
    client.send("PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n").await;
    assert_eq!(client.take_until("\r\n\r\n").await.as_deref(), Some("HTTP/1.1 100 Continue\r\n\r\n"));
    client.send("hi").await;
    let reply = client.expect().await;
    assert_eq!((reply.status(), reply.echoed("expect")), (200, None));
    assert!(reply.body.ends_with("\n\nhi"));
}

#[tokio::test]
async fn a_client_that_expects_to_continue_is_refused_before_its_body() {
    let mut document = one_route(&[nobody().await]);
    document = {
        let mut other = document.clone();
        other.routes.clear();
        add_route(&mut other, "route", &[], "/here", "upstream");
        other
    };
    let gate = Gate::start(&document);
    let mut client = Raw::to(gate.http()).await;
    client.send("PUT /there HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n").await;
    let reply = client.expect().await;
    assert_eq!((reply.status(), reply.problem().as_str()), (404, "no-route"));
}

#[tokio::test]
async fn an_http_1_0_client_gets_its_answer_and_the_end_of_the_connection() {
    let (gate, _upstream) = gate().await;
    let mut client = Raw::to(gate.http()).await;
    client.send("GET /old HTTP/1.0\r\nHost: a\r\n\r\n").await;
    let answer = client.rest().await;
    assert!(answer.starts_with("HTTP/1.0 200 OK\r\n") && answer.contains("GET /old HTTP/1.1\n"), "{answer}");
}

//! Fields on their way to the upstream and back.

use http::Response;

use super::harness::*;

#[tokio::test]
async fn an_upstream_learns_from_the_gateway_who_called_and_how() {
    let upstream = Upstream::echoing().await;
    let gate = Gate::start(&one_route(&[upstream.address]));
    let lies = "Forwarded: for=1.1.1.1\r\nX-Forwarded-For: 1.1.1.1\r\nX-Forwarded-Host: evil\r\nX-Forwarded-Proto: https\r\n\
        X-Forwarded-Port: 1\r\nX-Real-IP: 1.1.1.1\r\nX-Request-Id: mine\r\nX-Sluice-Consumer: admin\r\nVia: 1.0 other\r\n";
    let reply = Raw::ask(gate.http(), &format!("GET / HTTP/1.1\r\nHost: api.example:8080\r\n{lies}\r\n")).await;
    assert_eq!(reply.echoed("host").as_deref(), Some("api.example:8080"));
    assert_eq!(reply.echoed("forwarded").as_deref(), Some(r#"for=127.0.0.1;host="api.example:8080";proto=http"#));
    assert_eq!(reply.echoed("x-forwarded-for").as_deref(), Some("127.0.0.1"));
    assert_eq!(reply.echoed("x-forwarded-host").as_deref(), Some("api.example:8080"));
    assert_eq!(reply.echoed("x-forwarded-proto").as_deref(), Some("http"));
    assert_eq!(reply.echoed("via").as_deref(), Some("1.0 other, 1.1 sluice"));
    assert_eq!(reply.echoed("x-request-id"), reply.field("x-request-id"));
    for gone in ["x-forwarded-port", "x-real-ip", "x-sluice-consumer"] {
        assert_eq!(reply.echoed(gone), None, "{gone}");
    }
}

#[tokio::test]
async fn each_request_of_a_connection_has_its_own_host_and_id() {
    let upstream = Upstream::echoing().await;
    let gate = Gate::start(&one_route(&[upstream.address]));
    let mut client = Raw::to(gate.http()).await;
    let mut ids = Vec::new();
    for host in ["a.example", "b.example", "b.example"] {
        client.send(format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n")).await;
        let reply = client.expect().await;
        assert_eq!(reply.echoed("forwarded"), Some(format!("for=127.0.0.1;host=\"{host}\";proto=http")));
        ids.push(reply.field("x-request-id").unwrap());
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 3);
}

#[tokio::test]
async fn what_is_between_two_hops_ends_there() {
    let upstream = Upstream::talking(|mut raw| async move {
        let request = raw.expect().await;
        for gone in ["connection", "x-private", "keep-alive", "proxy-authorization", "te", "upgrade"] {
            assert_eq!(request.field(gone), None, "{gone}");
        }
        raw.send("HTTP/1.1 200 OK\r\nConnection: X-Hop\r\nX-Hop: 1\r\nKeep-Alive: timeout=9\r\nProxy-Authenticate: x\r\nX-End: 1\r\nX-Request-Id: theirs\r\nContent-Length: 0\r\n\r\n").await;
        raw.rest().await;
    })
    .await;
    let gate = Gate::start(&one_route(&[upstream.address]));
    let request = "GET / HTTP/1.1\r\nHost: a\r\nConnection: X-Private, keep-alive\r\nX-Private: 1\r\nKeep-Alive: 1\r\nProxy-Authorization: x\r\nTE: gzip\r\n\r\n";
    let reply = Raw::ask(gate.http(), request).await;
    for gone in ["connection", "x-hop", "keep-alive", "proxy-authenticate"] {
        assert_eq!(reply.field(gone), None, "{gone}");
    }
    assert_eq!(reply.field("x-end").as_deref(), Some("1"));
    assert_ne!(reply.field("x-request-id").as_deref(), Some("theirs"));
}

#[tokio::test]
async fn bodies_are_framed_towards_the_upstream_as_they_came() {
    let upstream = Upstream::echoing().await;
    let gate = Gate::start(&one_route(&[upstream.address]));
    let ask = async |request: &str| Raw::ask(gate.http(), request).await;

    let sized = ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi").await;
    assert_eq!((sized.echoed("content-length").as_deref(), sized.echoed("transfer-encoding")), (Some("2"), None));
    assert!(sized.body.ends_with("\n\nhi"));

    for method in ["POST", "GET", "DELETE"] {
        let chunked =
            ask(&format!("{method} / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n"))
                .await;
        assert_eq!(chunked.echoed("transfer-encoding").as_deref(), Some("chunked"), "{method}");
        assert!(chunked.body.ends_with("\n\nhi"), "{method}: {}", chunked.body);
    }

    let empty = ask("POST / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert_eq!(empty.echoed("content-length").as_deref(), Some("0"));
    let get = ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert_eq!((get.echoed("content-length"), get.echoed("transfer-encoding")), (None, None));
}

#[tokio::test]
async fn answers_without_a_body_keep_what_they_say_of_one() {
    let upstream = Upstream::talking(|mut raw| async move {
        while let Some(request) = raw.message().await {
            let answer = match request.head.split(' ').nth(1).unwrap() {
                "/304" => "HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n\r\n",
                "/204" => "HTTP/1.1 204 No Content\r\n\r\n",
                _ => "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n",
            };
            raw.send(answer).await;
        }
    })
    .await;
    let mut gate = Gate::start(&one_route(&[upstream.address]));
    let mut client = Raw::to(gate.http()).await;
    for (request, status, length) in
        [("HEAD /", 200, Some("1000")), ("GET /304", 304, None), ("GET /204", 204, None), ("HEAD /", 200, Some("1000"))]
    {
        client.send(format!("{request} HTTP/1.1\r\nHost: a\r\n\r\n")).await;
        let head = client.take_until("\r\n\r\n").await.unwrap();
        assert!(head.starts_with(&format!("HTTP/1.1 {status} ")), "{head}");
        let told =
            head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ").map(str::to_owned));
        assert_eq!(told.as_deref(), length, "{request}");
        let line = gate.line().await;
        assert_eq!((&line["ended"], &line["sent_bytes"]), (&"complete".into(), &0.into()), "{request}");
    }
    assert_eq!(upstream.connections(), 1);
}

#[tokio::test]
async fn a_length_beside_a_transfer_coding_does_not_get_through_from_an_upstream_either() {
    let upstream = Upstream::talking(|mut raw| async move {
        raw.expect().await;
        raw.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")
            .await;
        raw.rest().await;
    })
    .await;
    let gate = Gate::start(&one_route(&[upstream.address]));
    let reply = Raw::ask(gate.http(), "GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert_eq!((reply.field("content-length"), reply.field("transfer-encoding").as_deref()), (None, Some("chunked")));
    assert!(reply.body.contains("hello"));
}

#[tokio::test]
async fn an_answer_of_http_1_0_reaches_the_client_as_http_1_1() {
    let upstream = Upstream::talking(|mut raw| async move {
        raw.expect().await;
        raw.send("HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nuntil the end").await;
    })
    .await;
    let gate = Gate::start(&one_route(&[upstream.address]));
    let mut client = Raw::to(gate.http()).await;
    for _ in 0..2 {
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
        let reply = client.expect().await;
        assert!(reply.head.starts_with("HTTP/1.1 200 OK\r\n") && !reply.closes(), "{}", reply.head);
        assert!(reply.body.contains("until the end"));
    }
    assert_eq!(upstream.connections(), 2);
}

#[tokio::test]
async fn fields_of_the_response_that_may_repeat_stay_apart() {
    let upstream = Upstream::answering(|_| async {
        Response::builder().header("set-cookie", "a=1").header("set-cookie", "b=2").body(full("")).unwrap()
    })
    .await;
    let gate = Gate::start(&one_route(&[upstream.address]));
    let reply = Raw::ask(gate.http(), "GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert_eq!(reply.head.matches("set-cookie: ").count(), 2);
}

//! Hostile HTTP/1 requests through a whole gateway: what their client is answered, and what the upstream saw.
//!
//! Each is sent alone and behind a sound request, with a request behind it that nobody may ever take for one.

mod fields;
mod lines;

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use super::harness::*;

/// Follows every hostile request.
const SMUGGLED: &str = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

/// A gateway, and an upstream that remembers all that it is sent.
struct Stage {
    gate: Gate,
    seen: Arc<Mutex<Seen>>,
    /// Sound requests that were sent, as the upstream must have seen them.
    sound: Vec<String>,
    upstream: Upstream,
}

#[derive(Default)]
struct Seen {
    /// Whole requests: first line and body.
    whole: Vec<String>,
    /// What came of others; one for each connection, since each ends somehow.
    cut: Vec<String>,
}

impl Stage {
    async fn set() -> Self {
        let seen = Arc::new(Mutex::new(Seen::default()));
        let remembered = seen.clone();
        let upstream = Upstream::talking(move |mut raw| {
            let seen = remembered.clone();
            async move {
                while let Some(message) = raw.message().await {
                    let line = message.head.lines().next().unwrap_or_default();
                    seen.lock().unwrap().whole.push(format!("{line} {}", message.body));
                    raw.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").await;
                }
                let rest = raw.rest().await;
                seen.lock().unwrap().cut.push(rest);
            }
        })
        .await;
        let gate = Gate::start(&one_route(&[upstream.address]));
        Self { gate, seen, sound: Vec::new(), upstream }
    }

    /// Sends `hostile` alone and behind a sound request; checks the answers.
    async fn refuses(&mut self, hostile: &str, status: u16) {
        for sound in [false, true] {
            let mut client = Raw::to(self.gate.http()).await;
            let first = if sound { self.sound() } else { String::new() };
            client.send(format!("{first}{hostile}{SMUGGLED}")).await;
            if sound {
                assert_eq!(client.expect().await.status(), 200, "before {hostile:?}");
            }
            let answer = client.message().await.unwrap_or_else(|| panic!("no answer to {hostile:?}"));
            assert_eq!(answer.status(), status, "{hostile:?}: {answer:?}");
            assert!(answer.closes() && !answer.problem().is_empty(), "{hostile:?}: {answer:?}");
            assert_eq!(client.rest().await, "", "behind {hostile:?}");
        }
    }

    /// The next sound request.
    fn sound(&mut self) -> String {
        let number = self.sound.len();
        self.sound.push(format!("POST /{number} HTTP/1.1 hi"));
        format!("POST /{number} HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi")
    }

    /// Ends everything, and checks that the upstream saw the sound requests and nothing else whole.
    async fn end(mut self) {
        let requests = self.gate.metric("http_requests_in_flight");
        assert_eq!(requests, 0.0, "requests were left behind");
        soon("the end", self.gate.shut_down(Duration::from_secs(5))).await.unwrap();
        soon("the end of all connections to the upstream", async {
            while self.seen.lock().unwrap().cut.len() < self.upstream.connections() {
                tokio::task::yield_now().await;
            }
        })
        .await;
        let seen = self.seen.lock().unwrap();
        assert_eq!(seen.whole, self.sound);
        assert!(seen.cut.iter().all(|cut| !cut.contains("smuggled")), "{:?}", seen.cut);
    }
}

#[tokio::test]
async fn hostile_request_lines() {
    let mut stage = Stage::set().await;
    for (line, status) in lines::REQUEST_LINES {
        stage.refuses(&format!("{line}Host: a\r\n\r\n"), *status).await;
    }
    stage.end().await;
}

#[tokio::test]
async fn hostile_heads() {
    let mut stage = Stage::set().await;
    for (head, status) in lines::HEADS {
        stage.refuses(head, *status).await;
    }
    stage.end().await;
}

#[tokio::test]
async fn hostile_fields() {
    let mut stage = Stage::set().await;
    for (fields, status) in fields::FIELDS {
        stage.refuses(&format!("POST / HTTP/1.1\r\nHost: a\r\n{fields}\r\n0\r\n\r\n"), *status).await;
    }
    stage.end().await;
}

#[tokio::test]
async fn hostile_bodies() {
    let mut stage = Stage::set().await;
    let head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (sound, hostile) in fields::BODIES {
        stage.refuses(&format!("{head}{sound}{hostile}"), 400).await;
    }
    stage.end().await;
}

#[tokio::test]
async fn what_is_larger_than_allowed() {
    let mut stage = Stage::set().await;
    let (long, chunked) = ("x".repeat(70_000), "Host: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (hostile, status) in [
        (format!("GET /{long} HTTP/1.1\r\nHost: a\r\n\r\n"), 414),
        (format!("GET /{} HTTP/1.1\r\nHost: a\r\n\r\n", &long[..16 * 1024]), 414),
        (format!("{long} / HTTP/1.1\r\nHost: a\r\n\r\n"), 431),
        (format!("GET / HTTP/1.1\r\nHost: a\r\nX: {long}\r\n\r\n"), 431),
        (format!("GET / HTTP/1.1\r\nHost: a\r\n{long}: x\r\n\r\n"), 431),
        (format!("GET / HTTP/1.1\r\nHost: a\r\n{}\r\n", "X: y\r\n".repeat(100)), 431),
        (format!("GET / HTTP/1.1\r\nHost: a\r\n{}\r\n", format!("X: {}\r\n", &long[..1000]).repeat(70)), 431),
        (format!("GET / HTTP/1.1\r\nHost: {}\r\n\r\n", &long[..254]), 400),
        (format!("POST / HTTP/1.1\r\n{chunked}1;{}\r\nx\r\n", &long[..5000]), 400),
        (format!("POST / HTTP/1.1\r\n{chunked}{}", format!("1;{}\r\nx\r\n", &long[..500]).repeat(9)), 400),
        (format!("POST / HTTP/1.1\r\n{chunked}0\r\nX: {}\r\n\r\n", &long[..9000]), 400),
        (format!("POST / HTTP/1.1\r\n{chunked}0\r\n{}\r\n", "X: y\r\n".repeat(101)), 400),
    ] {
        stage.refuses(&hostile, status).await;
    }
    stage.end().await;
}

/// The requests that others have fallen for: what is sent, the answers, and the requests that the upstream saw.
const SPLITS: &[(&str, &[u16], &[&str])] = &[
    // A body that looks like a request is a body.
    (
        "POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 40\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: aa\r\n\r\n    GET /2 HTTP/1.1\r\nHost: a\r\n\r\n",
        &[200, 200],
        &["POST /1 HTTP/1.1 GET /smuggled HTTP/1.1\r\nHost: aa\r\n\r\n    ", "GET /2 HTTP/1.1 "],
    ),
    // What is behind a body is the beginning of the next request, and no more.
    (
        "POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhiX\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n",
        &[200, 400],
        &["POST /1 HTTP/1.1 hi"],
    ),
    (
        "POST /1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\nGPOST /2 HTTP/1.1\r\nHost: a\r\n\r\nX",
        &[200, 200],
        &["POST /1 HTTP/1.1 2\r\nhi\r\n0\r\n\r\n", "GPOST /2 HTTP/1.1 "],
    ),
    // A GET may have a body, which is not the next request.
    (
        "GET /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhiGET /2 HTTP/1.1\r\nHost: a\r\n\r\n",
        &[200, 200],
        &["GET /1 HTTP/1.1 hi", "GET /2 HTTP/1.1 "],
    ),
    // Fields of one hop name no framing away.
    (
        "POST /1 HTTP/1.1\r\nHost: a\r\nConnection: content-length\r\nContent-Length: 2\r\n\r\nhiGET /2 HTTP/1.1\r\nHost: a\r\n\r\n",
        &[200, 200],
        &["POST /1 HTTP/1.1 hi", "GET /2 HTTP/1.1 "],
    ),
    // An upgrade that does not happen changes nothing about what follows.
    (
        "GET /1 HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\nPRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        &[200, 400],
        &["GET /1 HTTP/1.1 "],
    ),
    // Behind the last request of a connection nothing is one.
    (
        "GET /1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n",
        &[200],
        &["GET /1 HTTP/1.1 "],
    ),
    ("GET /1 HTTP/1.0\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n", &[200], &["GET /1 HTTP/1.1 "]),
];

#[tokio::test]
async fn requests_end_where_they_say() {
    let mut stage = Stage::set().await;
    for (sent, statuses, seen) in SPLITS {
        let mut client = Raw::to(stage.gate.http()).await;
        client.send(sent).await;
        for status in *statuses {
            assert_eq!(client.expect().await.status(), *status, "{sent:?}");
        }
        stage.sound.extend(seen.iter().map(|seen| (*seen).to_owned()));
        drop(client);
    }
    stage.gate.until_metric("http_requests_in_flight", 0.0).await;
    stage.end().await;
}

//! What is sent again, and what is not.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use gateway_model::{Document, Retries, RetryOn, Timeouts};
use http::Response;

use super::{
    bodies::{attach, mark, on_request_body},
    harness::*,
};

const GET: &str = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

/// One target that is asked again, after these failures.
fn again(upstream: &Upstream, on: &[RetryOn], change: impl FnOnce(&mut Retries)) -> Document {
    let mut retries = Retries { on: on.to_vec(), ..Retries::default() };
    change(&mut retries);
    with_upstream(one_route(&[upstream.address]), |upstream| upstream.retries = Some(retries))
}

/// Answers the first requests with that status, and the others well; counts them all.
async fn recovering(status: u16, failures: usize) -> (Upstream, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = asked.clone();
    let upstream = Upstream::answering(move |request| {
        let fails = counted.fetch_add(1, Relaxed) < failures;
        async move {
            use http_body_util::BodyExt;
            let body = request.into_body().collect().await.map(|body| body.to_bytes()).unwrap_or_default();
            let status = if fails { status } else { 200 };
            Response::builder().status(status).body(full(body)).unwrap()
        }
    })
    .await;
    (upstream, asked)
}

fn retried(after: &str) -> String {
    format!(r#"sluice_upstream_retries_total{{upstream="upstream",after="{after}"}}"#)
}

#[tokio::test]
async fn a_request_is_sent_again_after_statuses_that_say_so_as_often_as_it_may() {
    for (status, on, failures, expected, attempts) in [
        (503, RetryOn::ServiceUnavailable, 2, 200, 3),
        (503, RetryOn::ServiceUnavailable, 3, 503, 3),
        (502, RetryOn::BadGateway, 1, 200, 2),
        (504, RetryOn::GatewayTimeout, 1, 200, 2),
        (503, RetryOn::BadGateway, 1, 503, 1),
        (429, RetryOn::ServiceUnavailable, 1, 429, 1),
        (500, RetryOn::ServiceUnavailable, 1, 500, 1),
    ] {
        let (upstream, asked) = recovering(status, failures).await;
        let gate = Gate::start(&again(&upstream, &[on], |_| {}));
        let reply = Raw::ask(gate.http(), GET).await;
        assert_eq!((reply.status(), asked.load(Relaxed)), (expected, attempts), "{status} {on:?}");
        assert_eq!(gate.metric(&retried(&status.to_string())), (attempts - 1) as f64);
    }
}

#[tokio::test]
async fn the_connection_of_a_response_that_nobody_sees_is_kept() {
    let (upstream, asked) = recovering(503, 1).await;
    let gate = Gate::start(&again(&upstream, &[RetryOn::ServiceUnavailable], |_| {}));
    for _ in 0..5 {
        assert_eq!(Raw::ask(gate.http(), GET).await.status(), 200);
    }
    assert_eq!(asked.load(Relaxed), 6);
    assert!(upstream.connections() <= 2, "{}", upstream.connections());
}

#[tokio::test]
async fn what_may_not_be_repeated_is_not_sent_again_once_it_may_have_arrived() {
    let broken = Upstream::talking(|mut raw| async move { drop(raw.message().await) }).await;
    let gate = Gate::start(&again(&broken, &[RetryOn::Reset], |_| {}));
    for (request, attempts) in [
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", 1),
        ("PATCH / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", 1),
        ("POST / HTTP/1.1\r\nHost: a\r\nIdempotency-Key: \"1\"\r\nContent-Length: 0\r\n\r\n", 3),
        ("DELETE / HTTP/1.1\r\nHost: a\r\n\r\n", 3),
        // Its body is not kept: it may be of any length.
        ("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi", 1),
        (GET, 3),
    ] {
        let before = broken.connections();
        let reply = Raw::ask(gate.http(), request).await;
        assert_eq!((reply.status(), broken.connections() - before), (502, attempts), "{request}");
    }
}

#[tokio::test]
async fn what_was_not_sent_at_all_goes_to_another_target_whatever_it_is() {
    let one = Upstream::echoing().await;
    let document = with_upstream(one_route(&[one.address, nobody().await]), |upstream| {
        upstream.retries = Some(Retries { attempts: 0, ..Retries::default() });
        upstream.health.passive.max_ejection_percent = 0;
    });
    let gate = Gate::start(&document);
    for _ in 0..20 {
        let request = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi";
        assert_eq!(Raw::ask(gate.http(), request).await.status(), 200);
    }
    assert_eq!(gate.metric(&retried("connect")), 0.0);
}

#[tokio::test]
async fn a_body_that_is_kept_whole_is_sent_again_whole() {
    let (upstream, asked) = recovering(503, 1).await;
    let mut document = again(&upstream, &[RetryOn::ServiceUnavailable], |_| {});
    attach(&mut document, 1, "reads", &on_request_body(10, mark()));
    let gate = Gate::start(&document);
    let reply = Raw::ask(gate.http(), "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello").await;
    assert_eq!((reply.status(), reply.body.as_str(), asked.load(Relaxed)), (200, "hello", 2));
}

#[tokio::test]
async fn an_attempt_that_is_not_the_last_has_less_time() {
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = asked.clone();
    let upstream = Upstream::talking(move |mut raw| {
        let first = counted.fetch_add(1, Relaxed) == 0;
        async move {
            raw.expect().await;
            if !first {
                raw.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi").await;
            }
            raw.rest().await;
        }
    })
    .await;
    let document = again(&upstream, &[RetryOn::Timeout], |retries| retries.per_try_timeout_ms = Some(50));
    let gate = Gate::start(&document);
    let began = Instant::now();
    assert_eq!(Raw::ask(gate.http(), GET).await.body, "hi");
    assert!(began.elapsed() >= Duration::from_millis(50) && began.elapsed() < Duration::from_secs(5));
    assert_eq!((asked.load(Relaxed), gate.metric(&retried("timeout"))), (2, 1.0));
}

#[tokio::test]
async fn all_attempts_together_have_the_time_of_one() {
    let silent = Upstream::talking(|mut raw| async move { drop(raw.rest().await) }).await;
    let document = again(&silent, &[RetryOn::Timeout], |retries| {
        (retries.attempts, retries.per_try_timeout_ms) = (10, Some(100));
    });
    let document = with_upstream(document, |upstream| {
        upstream.timeouts = Timeouts { response_ms: 600, ..Timeouts::default() };
    });
    let gate = Gate::start(&document);
    let began = Instant::now();
    let reply = Raw::ask(gate.http(), GET).await;
    assert_eq!((reply.status(), reply.problem().as_str()), (504, "upstream-timeout"));
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
    assert!((2..=4).contains(&silent.connections()), "{}", silent.connections());
}

#[tokio::test]
async fn few_requests_are_sent_again_when_all_fail() {
    let (upstream, asked) = recovering(503, usize::MAX).await;
    let document = again(&upstream, &[RetryOn::ServiceUnavailable], |retries| {
        (retries.attempts, retries.budget_percent) = (10, 0);
    });
    let gate = Gate::start(&document);
    let mut clients = Vec::new();
    for _ in 0..40 {
        let mut client = Raw::to(gate.http()).await;
        client.send(GET).await;
        clients.push(client);
    }
    for client in &mut clients {
        assert_eq!(client.expect().await.status(), 503);
    }
    let refused = gate.metric(r#"sluice_upstream_retries_refused_total{upstream="upstream"}"#);
    assert!(refused >= 20.0, "{refused}");
    assert_eq!(asked.load(Relaxed) as f64, 40.0 + gate.metric(&retried("503")));
}

#[tokio::test]
async fn a_request_that_is_sent_again_is_one_request() {
    let (upstream, _) = recovering(503, 1).await;
    let mut gate = Gate::start(&again(&upstream, &[RetryOn::ServiceUnavailable], |_| {}));
    assert_eq!(Raw::ask(gate.http(), GET).await.status(), 200);
    assert_eq!(gate.line().await["status"], 200);
    assert_eq!(gate.metric(r#"sluice_upstream_response_duration_seconds_count{upstream="upstream"}"#), 1.0);
    gate.until_metric(r#"sluice_upstream_requests_in_flight{upstream="upstream"}"#, 0.0).await;
}

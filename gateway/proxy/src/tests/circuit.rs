//! The circuit in front of an upstream that fails too often.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use gateway_model::{CircuitBreaker, Document, Timeouts};
use http::Response;
use tokio::sync::Notify;

use super::harness::*;

const GET: &str = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

fn guarded(document: Document, base_open_ms: u32) -> Document {
    with_upstream(document, |upstream| {
        let breaker = CircuitBreaker { min_requests: 4, base_open_ms, probes: 2, ..CircuitBreaker::default() };
        upstream.circuit_breaker = Some(breaker);
    })
}

async fn ask(gate: &Gate, times: usize) -> Vec<u16> {
    let mut statuses = Vec::new();
    for _ in 0..times {
        statuses.push(Raw::ask(gate.http(), GET).await.status());
    }
    statuses
}

fn is_open(gate: &Gate) -> bool {
    gate.metrics.circuit_open_until("upstream").is_some()
}

#[tokio::test]
async fn an_upstream_that_fails_too_often_is_given_a_rest_and_tried_again() {
    let moody = Moody::start(500).await;
    let gate = Gate::start(&guarded(one_route(&[moody.upstream.address]), 200));
    assert_eq!(ask(&gate, 4).await, [500; 4]);
    let opened = Instant::now();
    assert!(is_open(&gate));
    let refused = Raw::ask(gate.http(), GET).await;
    assert_eq!((refused.status(), refused.problem().as_str()), (503, "circuit-open"));
    assert_eq!(refused.field("retry-after").as_deref(), Some("1"));
    assert_eq!(moody.asked(), 4, "it is not asked while it rests");
    moody.status.store(200, Relaxed);
    // Asked until it answers: the rest is over then, and the first one is a probe.
    soon("an answer", async {
        while Raw::ask(gate.http(), GET).await.status() != 200 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await;
    assert!(opened.elapsed() >= Duration::from_millis(150), "{:?}", opened.elapsed());
    assert!(is_open(&gate), "one probe is not enough");
    assert_eq!(ask(&gate, 3).await, [200; 3]);
    assert!(!is_open(&gate));
    assert_eq!(gate.metric(r#"sluice_upstream_circuit_opened_total{upstream="upstream"}"#), 1.0);
    assert_eq!(gate.metric(r#"sluice_upstream_circuit_open{upstream="upstream"}"#), 0.0);
    assert!(gate.metric(r#"sluice_upstream_circuit_refusals_total{upstream="upstream"}"#) >= 1.0);
}

#[tokio::test]
async fn no_answer_is_a_failure_and_a_few_among_many_are_none_too_many() {
    let gate = Gate::start(&guarded(one_route(&[nobody().await]), 60_000));
    assert_eq!(ask(&gate, 6).await, [503; 6]);
    assert!(is_open(&gate));
    let moody = Moody::start(200).await;
    let gate = Gate::start(&guarded(one_route(&[moody.upstream.address]), 60_000));
    ask(&gate, 6).await;
    moody.status.store(500, Relaxed);
    ask(&gate, 5).await;
    assert!(!is_open(&gate), "5 of 11 are less than half");
    ask(&gate, 1).await;
    assert!(is_open(&gate));
}

#[tokio::test]
async fn what_only_the_client_can_mend_says_nothing_of_the_upstream() {
    let moody = Moody::start(404).await;
    let gate = Gate::start(&guarded(one_route(&[moody.upstream.address]), 60_000));
    for status in [404, 429, 501, 505] {
        moody.status.store(status, Relaxed);
        assert_eq!(ask(&gate, 5).await, [status; 5]);
    }
    assert!(!is_open(&gate));
}

#[tokio::test]
async fn a_probe_whose_client_goes_away_leaves_its_turn_to_another() {
    let (asked, answers) = (Arc::new(Notify::new()), Arc::new(AtomicBool::new(false)));
    let (tells, may_answer) = (asked.clone(), answers.clone());
    let fails = Arc::new(AtomicUsize::new(0));
    let upstream = Upstream::answering(move |_| {
        let (tells, waits) = (tells.clone(), !may_answer.load(Relaxed));
        let count = fails.fetch_add(1, Relaxed);
        async move {
            if count >= 4 && waits {
                tells.notify_one();
                std::future::pending::<()>().await;
            }
            Response::builder().status(if count < 4 { 500 } else { 200 }).body(full("")).unwrap()
        }
    })
    .await;
    let timeouts = Timeouts { response_ms: 60_000, ..Timeouts::default() };
    let gate = Gate::start(&guarded(one_route_with(&[upstream.address], timeouts), 1));
    ask(&gate, 4).await;
    for _ in 0..4 {
        // More probes than there may be at one time: each has to make room for the next.
        let probe = soon("a probe at the upstream", async {
            loop {
                let mut client = Raw::to(gate.http()).await;
                client.send(GET).await;
                tokio::select! {
                    () = asked.notified() => break client,
                    // Refused: it still rests.
                    _ = client.expect() => {}
                }
            }
        })
        .await;
        drop(probe);
        gate.until_metric(r#"sluice_upstream_requests_in_flight{upstream="upstream"}"#, 0.0).await;
    }
    answers.store(true, Relaxed);
    assert_eq!(ask(&gate, 1).await, [200]);
}

#[tokio::test]
async fn a_circuit_stays_as_it_is_while_other_things_change() {
    let moody = Moody::start(500).await;
    let document = guarded(one_route(&[moody.upstream.address]), 60_000);
    let mut gate = Gate::start(&document);
    ask(&gate, 4).await;
    let slower = with_upstream(document.clone(), |upstream| upstream.timeouts.response_ms = 1_234);
    gate.publish(&slower);
    assert_eq!((ask(&gate, 1).await, moody.asked()), (vec![503], 4));
    gate.publish(&with_upstream(document, |upstream| upstream.circuit_breaker = None));
    assert_eq!((ask(&gate, 1).await, is_open(&gate)), (vec![500], false));
}

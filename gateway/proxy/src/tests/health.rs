//! Targets that are left out, and that come back.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use gateway_model::{ActiveHealth, Algorithm, CheckKind, Document};
use gateway_telemetry::TargetState;
use http::Response;

use super::harness::*;

const GET: &str = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

/// Round robin without retries, and with short times.
fn strict(targets: &[std::net::SocketAddr], change: impl FnOnce(&mut gateway_model::Upstream)) -> Document {
    with_upstream(one_route(targets), |upstream| {
        upstream.balancing.algorithm = Algorithm::RoundRobin;
        upstream.retries = Some(gateway_model::Retries { attempts: 0, ..Default::default() });
        let passive = &mut upstream.health.passive;
        (passive.base_ejection_ms, passive.max_ejection_ms) = (60_000, 60_000);
        change(upstream);
    })
}

fn states(gate: &Gate) -> Vec<&'static str> {
    gate.metrics.targets("upstream").iter().map(|target| target.state().as_str()).collect()
}

async fn until_states(gate: &Gate, expected: &[&str]) {
    soon(&format!("{expected:?}"), async {
        while states(gate) != expected {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_target_that_fails_five_times_in_a_row_is_ejected_and_comes_back() {
    let (bad, good) = (Moody::start(500).await, Upstream::named("good").await);
    let document = strict(&[bad.upstream.address, good.address], |upstream| {
        (upstream.health.passive.base_ejection_ms, upstream.health.passive.max_ejection_ms) = (200, 200);
    });
    let gate = Gate::start(&document);
    let found = answers(&gate, 9).await;
    assert_eq!((bad.asked(), found["500"]), (5, 5));
    let ejected = Instant::now();
    assert_eq!(states(&gate), ["ejected", "usable"]);
    assert_eq!(answers(&gate, 10).await["good"], 10);
    assert_eq!(bad.asked(), 5);
    let metric = r#"sluice_upstream_ejections_total{upstream="upstream",cause="server_errors"}"#;
    assert_eq!(gate.metric(metric), 1.0);
    bad.status.store(200, Relaxed);
    until_states(&gate, &["usable", "usable"]).await;
    assert!(ejected.elapsed() >= Duration::from_millis(150), "{:?}", ejected.elapsed());
    assert_eq!(answers(&gate, 10).await["moody"], 5);
}

#[tokio::test]
async fn a_success_in_between_is_forgiving() {
    let (bad, good) = (Moody::start(500).await, Upstream::named("good").await);
    let gate = Gate::start(&strict(&[bad.upstream.address, good.address], |_| {}));
    for _ in 0..3 {
        bad.status.store(500, Relaxed);
        answers(&gate, 8).await;
        bad.status.store(200, Relaxed);
        answers(&gate, 2).await;
    }
    assert_eq!((states(&gate), bad.asked()), (vec!["usable", "usable"], 15));
}

#[tokio::test]
async fn no_more_targets_are_ejected_than_may_be() {
    let (one, two, three) = (Moody::start(500).await, Moody::start(503).await, Moody::start(500).await);
    let addresses = [&one, &two, &three].map(|moody| moody.upstream.address);
    let gate = Gate::start(&strict(&addresses, |_| {}));
    answers(&gate, 60).await;
    let found = states(&gate);
    assert_eq!(found.iter().filter(|state| **state == "ejected").count(), 1, "{found:?}");
    let gate = Gate::start(&strict(&addresses, |upstream| upstream.health.passive.max_ejection_percent = 0));
    answers(&gate, 60).await;
    assert_eq!(states(&gate), ["usable"; 3]);
}

#[tokio::test]
async fn a_lone_target_is_never_ejected() {
    let lone = Moody::start(500).await;
    let gate = Gate::start(&strict(&[lone.upstream.address], |_| {}));
    assert_eq!(answers(&gate, 20).await["500"], 20);
    assert_eq!((states(&gate), lone.asked()), (vec!["usable"], 20));
}

#[tokio::test]
async fn a_target_that_dies_costs_no_client_an_idempotent_request() {
    let (one, two) = (Upstream::named("one").await, Upstream::named("two").await);
    // Takes requests and breaks off, as one that is killed does with those that it has.
    let dying = Upstream::talking(|mut raw| async move { drop(raw.message().await) }).await;
    let gate = Gate::start(&one_route(&[one.address, dying.address, two.address]));
    let found = answers(&gate, 300).await;
    assert_eq!(found["one"] + found["two"], 300, "{found:?}");
    let address = dying.address.to_string();
    drop(dying);
    let found = answers(&gate, 300).await;
    assert_eq!(found["one"] + found["two"], 300, "{found:?}");
    let status = gate.metrics.targets("upstream");
    assert!(
        status.iter().all(|target| target.state() == TargetState::Usable || *target.address == *address),
        "{status:?}"
    );
}

#[tokio::test]
async fn a_target_that_is_killed_with_many_requests_costs_no_client_one() {
    let asked = Arc::new(AtomicUsize::new(0));
    let slow = async |asked: &Arc<AtomicUsize>| {
        let asked = asked.clone();
        Upstream::answering(move |_| {
            asked.fetch_add(1, Relaxed);
            async {
                // Long enough that many requests are under way at one time.
                tokio::time::sleep(Duration::from_millis(40)).await;
                Response::new(full("slow"))
            }
        })
        .await
    };
    let others = Arc::default();
    let (one, two, killed) = (slow(&others).await, slow(&others).await, slow(&asked).await);
    let gate = Gate::start(&one_route(&[one.address, killed.address, two.address]));
    let address = gate.http();
    let clients = (0..60).map(|_| {
        tokio::spawn(async move {
            let mut client = Raw::to(address).await;
            for _ in 0..10 {
                client.send(GET).await;
                assert_eq!(client.expect().await.status(), 200);
            }
        })
    });
    let clients: Vec<_> = clients.collect();
    soon("requests at the one that is killed", async {
        while asked.load(Relaxed) < 15 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    })
    .await;
    drop(killed);
    for client in clients {
        client.await.unwrap();
    }
    let retries = gate.metric(r#"sluice_upstream_retries_total{upstream="upstream",after="reset"}"#);
    assert!(retries >= 5.0, "{retries}");
}

#[tokio::test]
async fn a_dead_target_that_takes_turns_is_ejected() {
    let one = Upstream::named("one").await;
    let gate = Gate::start(&strict(&[one.address, nobody().await], |_| {}));
    assert_eq!(answers(&gate, 20).await["one"], 20);
    assert_eq!(states(&gate), ["usable", "ejected"]);
    let metric = r#"sluice_upstream_faults_total{upstream="upstream",fault="connect"}"#;
    assert_eq!(gate.metric(metric), 5.0);
}

#[tokio::test]
async fn what_a_target_was_stays_when_the_configuration_changes() {
    let (bad, good) = (Moody::start(500).await, Upstream::named("good").await);
    let addresses = [bad.upstream.address, good.address];
    let mut gate = Gate::start(&strict(&addresses, |_| {}));
    answers(&gate, 10).await;
    gate.publish(&strict(&addresses, |upstream| upstream.balancing.panic_percent = 10));
    assert_eq!(answers(&gate, 10).await["good"], 10);
    assert_eq!(states(&gate), ["ejected", "usable"]);
}

fn checks(kind: CheckKind) -> Option<ActiveHealth> {
    Some(ActiveHealth {
        kind,
        path: "/healthz".into(),
        host: Some("checked.example".into()),
        interval_ms: 20,
        timeout_ms: 1_000,
        ..ActiveHealth::default()
    })
}

#[tokio::test]
async fn checks_take_a_target_out_and_bring_it_back() {
    let (sick, good) = (Moody::start(200).await, Upstream::named("good").await);
    let addresses = [sick.upstream.address, good.address];
    let mut gate = Gate::start(&strict(&addresses, |upstream| upstream.health.active = checks(CheckKind::Http)));
    let passed = r#"sluice_upstream_health_checks_total{upstream="upstream",result="passed"}"#;
    soon("checks that pass", async {
        while gate.metric(passed) < 4.0 {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    })
    .await;
    assert_eq!(sick.asked(), 0, "checks ask for their own path");
    sick.status.store(503, Relaxed);
    until_states(&gate, &["down", "usable"]).await;
    assert_eq!(answers(&gate, 10).await["good"], 10);
    assert_eq!(sick.asked(), 0);
    sick.status.store(204, Relaxed);
    until_states(&gate, &["usable", "usable"]).await;
    assert_eq!(answers(&gate, 10).await["good"], 5);

    // Without checks nobody says that it is down, whatever they found.
    sick.status.store(503, Relaxed);
    until_states(&gate, &["down", "usable"]).await;
    gate.publish(&strict(&addresses, |_| {}));
    assert_eq!(states(&gate), ["usable", "usable"]);
    assert!(gate.metrics.targets("upstream").iter().all(|target| target.checked.is_none()));
}

#[tokio::test]
async fn a_check_that_passes_ends_an_ejection() {
    let (sick, good) = (Moody::start(500).await, Upstream::named("good").await);
    let addresses = [sick.upstream.address, good.address];
    let gate = Gate::start(&strict(&addresses, |upstream| {
        upstream.health.active = checks(CheckKind::Http);
        // Checks come late enough that the ejection is seen, and are content with anything.
        let active = upstream.health.active.as_mut().unwrap();
        active.interval_ms = 400;
        active.expected_statuses.to = 599;
    }));
    answers(&gate, 10).await;
    let metric = r#"sluice_upstream_ejections_total{upstream="upstream",cause="server_errors"}"#;
    gate.until_metric(metric, 1.0).await;
    until_states(&gate, &["usable", "usable"]).await;
}

#[tokio::test]
async fn a_check_by_tcp_needs_a_listener_only() {
    let good = Upstream::named("good").await;
    let silent = Upstream::talking(|mut raw| async move { drop(raw.rest().await) }).await;
    let addresses = [good.address, silent.address, nobody().await];
    let gate = Gate::start(&strict(&addresses, |upstream| upstream.health.active = checks(CheckKind::Tcp)));
    until_states(&gate, &["usable", "usable", "down"]).await;
}

#[tokio::test]
async fn a_check_by_the_health_protocol_of_grpc_believes_what_the_server_says() {
    // For each: its answer to all calls, which is SERVING, NOT_SERVING, or none.
    let target = |status: Option<u8>| {
        super::http2_upstreams::speaking(100, move |request| async move {
            assert_eq!(request.uri(), "http://checked.example/grpc.health.v1.Health/Check");
            let asked = http_body_util::BodyExt::collect(request.into_body()).await.unwrap().to_bytes();
            assert_eq!(&asked[..], b"\0\0\0\0\x06\x0a\x04shop");
            let answer = status.map(|status| vec![0, 0, 0, 0, 2, 8, status]).unwrap_or_default();
            let code = if status.is_some() { "0" } else { "5" };
            let trailers = http::HeaderMap::from_iter([("grpc-status".parse().unwrap(), code.parse().unwrap())]);
            let frames = [hyper::body::Frame::data(answer.into()), hyper::body::Frame::trailers(trailers)];
            let body = http_body_util::StreamBody::new(futures_util::stream::iter(frames.map(Ok)));
            http::Response::new(http_body_util::BodyExt::boxed(body))
        })
    };
    let targets = [target(Some(1)).await, target(Some(2)).await, target(None).await];
    let addresses = [targets[0].address, targets[1].address, targets[2].address];
    let gate = Gate::start(&strict(&addresses, |upstream| {
        upstream.protocol = gateway_model::Protocol::Http2;
        upstream.health.active = checks(CheckKind::Grpc);
        upstream.health.active.as_mut().unwrap().service = Some("shop".into());
    }));
    until_states(&gate, &["usable", "down", "down"]).await;
}

#[tokio::test]
async fn a_check_asks_as_it_is_configured() {
    let (heads, mut head) = tokio::sync::mpsc::unbounded_channel();
    let upstream = Upstream::talking(move |mut raw| {
        let heads = heads.clone();
        async move {
            if let Some(message) = raw.message().await {
                heads.send(message.head).unwrap_or_default();
            }
        }
    })
    .await;
    let gate = Gate::start(&strict(&[upstream.address], |upstream| upstream.health.active = checks(CheckKind::Http)));
    let head = soon("a check", head.recv()).await.unwrap().to_ascii_lowercase();
    for line in ["get /healthz http/1.1\r\n", "host: checked.example\r\n", "user-agent: sluice-health-check\r\n"] {
        assert!(head.contains(line), "{head}");
    }
    // A lone target that is down is used all the same: there is no other.
    until_states(&gate, &["down"]).await;
    assert_eq!(Raw::ask(gate.http(), GET).await.status(), 502);
}

//! Which target takes a request.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use gateway_model::{Algorithm, Document, HashOn, HashSource, Target};
use gateway_telemetry::TargetState;
use tokio::sync::{Notify, mpsc};

use super::harness::*;

const GET: &str = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

fn balanced(targets: &[Target], algorithm: Algorithm) -> Document {
    with_upstream(one_route(&[]), |upstream| {
        upstream.targets = targets.to_vec();
        upstream.balancing.algorithm = algorithm;
    })
}

fn target(upstream: &Upstream, weight: u32, priority: u32) -> Target {
    Target { weight, priority, ..Target::new(upstream.address.to_string()) }
}

fn counts(expected: &[(&str, usize)]) -> BTreeMap<String, usize> {
    expected.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
}

#[tokio::test]
async fn targets_get_requests_by_their_weights() {
    let (one, two, drained) = (Upstream::named("one").await, Upstream::named("two").await, Upstream::named("no").await);
    let targets = [target(&one, 3, 0), target(&two, 1, 0), target(&drained, 0, 0)];
    let gate = Gate::start(&balanced(&targets, Algorithm::RoundRobin));
    assert_eq!(answers(&gate, 40).await, counts(&[("one", 30), ("two", 10)]));
    assert_eq!(drained.connections(), 0);
}

#[tokio::test]
async fn a_target_that_is_drained_gets_nothing_new_and_finishes_what_it_has() {
    let (one, two) = (Upstream::named("one").await, Upstream::named("two").await);
    let (begun, mut has_begun) = mpsc::unbounded_channel();
    let drained = Arc::new(Notify::new());
    let is_drained = drained.clone();
    let slow = Upstream::talking(move |mut raw| {
        let (begun, is_drained) = (begun.clone(), is_drained.clone());
        async move {
            raw.expect().await;
            raw.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nha").await;
            begun.send(()).unwrap();
            is_drained.notified().await;
            raw.send("lf").await;
            raw.rest().await;
        }
    })
    .await;
    let only = [target(&slow, 1, 0)];
    let mut gate = Gate::start(&balanced(&only, Algorithm::PeakEwma));
    let mut client = Raw::to(gate.http()).await;
    client.send(GET).await;
    soon("a request at the slow target", has_begun.recv()).await;
    let targets = [target(&slow, 0, 0), target(&one, 1, 0), target(&two, 1, 0)];
    gate.publish(&balanced(&targets, Algorithm::PeakEwma));
    let found = answers(&gate, 20).await;
    assert_eq!((found["one"] + found["two"], slow.connections()), (20, 1));
    drained.notify_one();
    assert_eq!(client.expect().await.body, "half");
}

#[tokio::test]
async fn the_second_priority_serves_while_the_first_is_gone() {
    let (first, second) = (Upstream::named("first").await, Upstream::named("second").await);
    let address = first.address;
    let targets = [target(&first, 1, 0), target(&second, 1, 1)];
    let document = with_upstream(balanced(&targets, Algorithm::PeakEwma), |upstream| {
        let passive = &mut upstream.health.passive;
        (passive.base_ejection_ms, passive.max_ejection_ms) = (300, 300);
        passive.consecutive_local_errors = 2;
    });
    let gate = Gate::start(&document);
    assert_eq!(answers(&gate, 10).await, counts(&[("first", 10)]));
    drop(first);
    soon("the end of the first", async {
        while tokio::net::TcpStream::connect(address).await.is_ok() {
            tokio::task::yield_now().await;
        }
    })
    .await;
    let gone = answers(&gate, 10).await;
    assert_eq!(gone.get("second").copied().unwrap_or(0) + gone.get("first").copied().unwrap_or(0), 10, "{gone:?}");
    assert_eq!(answers(&gate, 3).await, counts(&[("second", 3)]));
    let again = Upstream::named_at(address, "first").await;
    soon("the return to the first", async {
        while answers(&gate, 1).await != counts(&[("first", 1)]) {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    })
    .await;
    drop(again);
}

#[tokio::test]
async fn of_two_targets_the_one_with_fewer_requests_is_asked() {
    let (come, mut has_come) = mpsc::unbounded_channel();
    // Answers nothing for as long as its connection is there.
    let busy = Upstream::talking(move |mut raw| {
        let come = come.clone();
        async move {
            raw.expect().await;
            come.send(()).unwrap_or_default();
            raw.rest().await;
        }
    })
    .await;
    let free = Upstream::named("free").await;
    let by_weight = |weight| balanced(&[target(&busy, weight, 0), target(&free, 1, 0)], Algorithm::LeastRequest);
    // So heavy that all of these go there, and stay.
    let mut gate = Gate::start(&by_weight(1_000));
    let mut clients = Vec::new();
    for _ in 0..3 {
        let mut client = Raw::to(gate.http()).await;
        client.send(GET).await;
        soon("a request at the busy target", has_come.recv()).await;
        clients.push(client);
    }
    gate.publish(&by_weight(1));
    assert_eq!(answers(&gate, 50).await, counts(&[("free", 50)]));
}

#[tokio::test]
async fn the_same_key_goes_to_the_same_target_on_every_node() {
    let (one, two) = (Upstream::named("one").await, Upstream::named("two").await);
    let three = Upstream::named("three").await;
    let targets = [target(&one, 1, 0), target(&two, 1, 0), target(&three, 1, 0)];
    let document = with_upstream(balanced(&targets, Algorithm::ConsistentHash), |upstream| {
        upstream.balancing.hash_on = Some(HashOn { source: HashSource::Cookie, name: Some("user".into()) });
    });
    let (gate, other) = (Gate::start(&document), Gate::start(&document));
    let mut owners = Vec::new();
    for user in 0..20 {
        let request = format!("GET / HTTP/1.1\r\nHost: a\r\nCookie: theme=dark; user={user}\r\n\r\n");
        let owner = Raw::ask(gate.http(), &request).await.body;
        for _ in 0..3 {
            assert_eq!(Raw::ask(other.http(), &request).await.body, owner, "{user}");
        }
        owners.push(owner);
    }
    owners.sort();
    owners.dedup();
    assert!(owners.len() > 1, "{owners:?}");
}

#[tokio::test]
async fn how_targets_are_is_told() {
    let (one, two) = (Upstream::named("one").await, Upstream::named("two").await);
    let gate = Gate::start(&balanced(&[target(&one, 1, 0), target(&two, 0, 0)], Algorithm::PeakEwma));
    let told = gate.metrics.targets("upstream");
    assert_eq!((told[0].state(), told[1].state(), told[0].pending), (TargetState::Usable, TargetState::Drained, None));
    let gate = Gate::start(&balanced(&[target(&one, 1, 0), target(&two, 1, 0)], Algorithm::PeakEwma));
    answers(&gate, 10).await;
    let told = gate.metrics.targets("upstream");
    assert_eq!((&*told[1].address, told[1].pending), (&*two.address.to_string(), Some(0)));
    assert!(told.iter().all(|target| target.state() == TargetState::Usable && target.latency.is_some()), "{told:?}");
    assert_eq!(gate.metric(r#"sluice_upstream_targets{upstream="upstream",state="usable"}"#), 2.0);
}

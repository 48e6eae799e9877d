//! Who comes to an upstream that has as many requests as it takes, and who waits.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use gateway_model::{
    Admission, ClassRule, Classes, Concurrency, ConcurrencyAlgorithm, Document, Edit, PriorityClass, Queue, Resource,
};
use gateway_telemetry::AdmissionStatus;
use http::Response;
use serde_json::Value;
use tokio::sync::{mpsc, oneshot};

use super::harness::*;

/// A request that has come to the upstream.
struct Arrived {
    path: String,
    class: Option<String>,
    /// Has it answered.
    answer: oneshot::Sender<()>,
}

/// An upstream that tells of each request and answers when it is told to.
async fn holding() -> (Upstream, mpsc::UnboundedReceiver<Arrived>) {
    let (arrivals, arrived) = mpsc::unbounded_channel();
    let upstream = Upstream::answering(move |request| {
        let (answer, answered) = oneshot::channel();
        let class = request.headers().get("x-sluice-priority").map(|value| value.to_str().unwrap().to_owned());
        let arrival = Arrived { path: request.uri().path().to_owned(), class, answer };
        // A test that has ended does not look any more.
        drop(arrivals.send(arrival));
        async move {
            drop(answered.await);
            Response::new(full("done"))
        }
    });
    (upstream.await, arrived)
}

fn fixed(limit: u32) -> Admission {
    let concurrency = Concurrency { algorithm: ConcurrencyAlgorithm::Fixed, initial: limit, ..Concurrency::default() };
    Admission { concurrency, ..Admission::default() }
}

/// A route for each class, by its name, and one for everything else.
fn classes(address: SocketAddr, admission: Option<Admission>) -> Document {
    let mut document = one_route(&[address]);
    for class in PriorityClass::ALL {
        let path = format!("/{}", class.as_str());
        add_route(&mut document, class.as_str(), &[], &path, "upstream");
        let mut route = gateway_model::Route::clone(&document.routes[class.as_str()]);
        route.priority = Some(class);
        document.apply(&Edit::Put(Resource::Route(Arc::new(route))));
    }
    set(&mut document, admission);
    document
}

fn set(document: &mut Document, admission: Option<Admission>) {
    let upstream =
        gateway_model::Upstream { admission, ..gateway_model::Upstream::clone(&document.upstreams["upstream"]) };
    document.apply(&Edit::Put(Resource::Upstream(Arc::new(upstream))));
}

fn status(gate: &Gate) -> AdmissionStatus {
    gate.metrics.upstream("upstream").admission.status().unwrap_or_default()
}

async fn until_waiting(gate: &Gate, waiting: [u32; 4]) {
    soon(&format!("{waiting:?} waiting"), async {
        while status(gate).waiting != waiting {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    })
    .await;
}

async fn until_in_flight(gate: &Gate, in_flight: u32) {
    soon(&format!("{in_flight} in flight"), async {
        while status(gate).in_flight != in_flight {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    })
    .await;
}

async fn get(gate: &Gate, path: &str) -> Raw {
    let mut client = Raw::to(gate.http()).await;
    client.send(format!("GET {path} HTTP/1.1\r\nHost: a\r\n\r\n")).await;
    client
}

#[tokio::test]
async fn who_matters_most_overtakes_all_who_wait() {
    let (upstream, mut arrived) = holding().await;
    let gate = Gate::start(&classes(upstream.address, Some(fixed(1))));
    let mut clients = vec![get(&gate, "/first").await];
    let mut held = arrived.recv().await.unwrap();
    let mut waiting = [0; 4];
    for class in [PriorityClass::Low, PriorityClass::Normal, PriorityClass::Critical, PriorityClass::High] {
        clients.push(get(&gate, &format!("/{}", class.as_str())).await);
        waiting[class.rank()] += 1;
        until_waiting(&gate, waiting).await;
    }
    assert_eq!(status(&gate).in_flight, 1);
    assert!(status(&gate).waiting_bytes > 4 * 100, "{:?}", status(&gate));
    for expected in ["critical", "high", "normal", "low"] {
        held.answer.send(()).unwrap();
        held = soon(expected, arrived.recv()).await.unwrap();
        assert_eq!((held.path, held.class.as_deref()), (format!("/{expected}"), Some(expected)));
        held.path = String::new();
    }
    held.answer.send(()).unwrap();
    for client in &mut clients {
        assert_eq!(client.expect().await.body, "done");
    }
    until_in_flight(&gate, 0).await;
}

#[tokio::test]
async fn a_slot_is_held_until_the_body_has_ended_however_it_ends() {
    let upstream = Upstream::talking(|mut raw| async move {
        while let Some(message) = raw.message().await {
            match message.head.split(' ').nth(1).unwrap() {
                "/whole" => raw.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").await,
                "/half" => {
                    raw.send("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhalf").await;
                    let _end = raw.rest().await;
                }
                "/broken" => {
                    raw.send("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhalf").await;
                    return;
                }
                _ => return,
            }
        }
    })
    .await;
    let gate = Gate::start(&classes(upstream.address, Some(fixed(1))));
    let mut streams = get(&gate, "/half").await;
    streams.take_until("half").await.unwrap();
    let mut waits = get(&gate, "/whole").await;
    until_waiting(&gate, [0, 0, 1, 0]).await;
    // The client that reads goes away in the middle.
    drop(streams);
    assert_eq!(waits.expect().await.body, "ok");
    // The upstream breaks off in the middle of a body, and before it.
    for path in ["/broken", "/nothing"] {
        let mut broken = get(&gate, path).await;
        let _end = broken.message().await;
        assert_eq!(get(&gate, "/whole").await.expect().await.body, "ok");
    }
    until_in_flight(&gate, 0).await;
    // One of six was broken off before its head.
    assert_eq!(status(&gate).error_permille, 166, "{:?}", status(&gate));
}

#[tokio::test]
async fn the_time_that_a_client_takes_to_send_is_not_the_upstreams() {
    let upstream = Upstream::echoing().await;
    let gate = Gate::start(&classes(upstream.address, Some(fixed(4))));
    let mut client = Raw::to(gate.http()).await;
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n1").await;
    until_in_flight(&gate, 1).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    client.send("2").await;
    assert_eq!(client.expect().await.status(), 200);
    let latency = status(&gate).latency_p90;
    assert!(latency < Duration::from_millis(400), "{latency:?}");
}

#[tokio::test]
async fn who_hangs_up_leaves_the_queue_at_once() {
    let (upstream, mut arrived) = holding().await;
    let gate = Gate::start(&classes(upstream.address, Some(fixed(2))));
    let (first, second) = (get(&gate, "/").await, get(&gate, "/").await);
    let held = [arrived.recv().await.unwrap(), arrived.recv().await.unwrap()];
    let mut waiting = Vec::new();
    for _ in 0..50 {
        waiting.push(get(&gate, "/low").await);
    }
    until_waiting(&gate, [0, 0, 0, 50]).await;
    drop(waiting);
    until_waiting(&gate, [0; 4]).await;
    assert_eq!((status(&gate).waiting_bytes, status(&gate).in_flight), (0, 2));
    drop((first, second, held));
    until_in_flight(&gate, 0).await;
    let mut last = get(&gate, "/").await;
    arrived.recv().await.unwrap().answer.send(()).unwrap();
    assert_eq!(last.expect().await.status(), 200);
}

#[tokio::test]
async fn without_room_the_answer_says_why_and_when_to_come_again() {
    let (upstream, mut arrived) = holding().await;
    let queue = Queue { max_requests: 0, ..Queue::default() };
    let admission = Admission { queue, announce: true, ..fixed(1) };
    let mut gate = Gate::start(&classes(upstream.address, Some(admission)));
    let mut first = get(&gate, "/critical").await;
    let held = arrived.recv().await.unwrap();
    let refused = get(&gate, "/low").await.expect().await;
    assert_eq!((refused.status(), refused.problem().as_str()), (503, "temporary-reduced-capacity"));
    let seconds: u64 = refused.field("retry-after").unwrap().parse().unwrap();
    assert!((1..=2).contains(&seconds));
    assert_eq!(refused.field("server-timing").unwrap(), "queue;dur=0.0;desc=\"low queue_full\"");
    let line = gate.line().await;
    assert_eq!((&line["class"], &line["shed"], &line["queue_us"]), (&"low".into(), &"queue_full".into(), &Value::Null));
    assert_eq!(line["refused_by"], "temporary-reduced-capacity");
    held.answer.send(()).unwrap();
    let answered = first.expect().await;
    assert_eq!(answered.field("server-timing").unwrap(), "queue;dur=0.0;desc=\"critical\"");
    let line = gate.line().await;
    assert_eq!((&line["class"], &line["shed"]), (&"critical".into(), &Value::Null));
}

#[tokio::test]
async fn who_has_waited_long_enough_is_told_so() {
    let (upstream, mut arrived) = holding().await;
    let low = ClassRule { max_wait_ms: 50, share: 0 };
    let admission = Admission { classes: Classes { low, ..Classes::default() }, ..fixed(1) };
    let mut gate = Gate::start(&classes(upstream.address, Some(admission)));
    let _first = get(&gate, "/").await;
    let _held = arrived.recv().await.unwrap();
    let refused = get(&gate, "/low").await.expect().await;
    assert_eq!((refused.status(), refused.problem().as_str()), (503, "temporary-reduced-capacity"));
    let line = gate.line().await;
    assert_eq!((&line["class"], &line["shed"]), (&"low".into(), &"deadline".into()));
    assert!((50_000..5_000_000).contains(&line["queue_us"].as_u64().unwrap()), "{line}");
    until_waiting(&gate, [0; 4]).await;
}

#[tokio::test]
async fn a_change_of_the_configuration_loses_nobody_who_waits() {
    let (upstream, mut arrived) = holding().await;
    let mut document = classes(upstream.address, Some(fixed(1)));
    let mut gate = Gate::start(&document);
    let mut clients = Vec::new();
    for path in ["/", "/low", "/high", "/low"] {
        clients.push(get(&gate, path).await);
        if path == "/" {
            until_in_flight(&gate, 1).await;
        }
    }
    until_waiting(&gate, [0, 1, 0, 2]).await;
    let mut held = vec![arrived.recv().await.unwrap()];
    // Shorter waits and a smaller queue are for those who come.
    let low = ClassRule { max_wait_ms: 1, share: 0 };
    let queue = Queue { max_requests: 0, ..Queue::default() };
    set(&mut document, Some(Admission { classes: Classes { low, ..Classes::default() }, queue, ..fixed(1) }));
    gate.publish(&document);
    assert_eq!(get(&gate, "/low").await.expect().await.status(), 503);
    assert_eq!(status(&gate).waiting, [0, 1, 0, 2]);
    // One more slot is for the first of them.
    set(&mut document, Some(Admission { queue, ..fixed(2) }));
    gate.publish(&document);
    held.push(soon("the next one", arrived.recv()).await.unwrap());
    assert_eq!(held[1].path, "/high");
    // Without a limit everybody passes.
    set(&mut document, None);
    gate.publish(&document);
    for _ in 0..2 {
        held.push(soon("the others", arrived.recv()).await.unwrap());
    }
    held.into_iter().for_each(|held| held.answer.send(()).unwrap());
    for client in &mut clients {
        assert_eq!(client.expect().await.body, "done");
    }
    assert!(gate.metrics.upstream("upstream").admission.status().is_none());
}

#[tokio::test]
async fn a_client_may_lower_the_class_of_its_request_and_not_raise_it() {
    let upstream = Upstream::echoing().await;
    let gate = Gate::start(&classes(upstream.address, None));
    let cases = [
        ("/", "", None),
        ("/high", "", Some("high")),
        ("/high", "X-Sluice-Priority: critical\r\n", Some("high")),
        ("/high", "X-Sluice-Priority: low\r\n", Some("low")),
        ("/high", "x_sluice_priority: critical\r\n", Some("high")),
        ("/high", "Priority: u=0\r\n", Some("high")),
        ("/critical", "Priority: u=5, i\r\n", Some("normal")),
        ("/", "Priority: u=7\r\n", Some("low")),
        ("/low", "X-Sluice-Priority: critical\r\nPriority: u=0\r\n", Some("low")),
    ];
    for (path, fields, expected) in cases {
        let reply = Raw::ask(gate.http(), &format!("GET {path} HTTP/1.1\r\nHost: a\r\n{fields}\r\n")).await;
        assert_eq!(reply.echoed("x-sluice-priority").as_deref(), expected, "{path} {fields:?}");
        assert_eq!(reply.echoed("x_sluice_priority"), None);
    }
}

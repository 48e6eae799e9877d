//! What the gateway does when it has itself too much to do.

use std::{sync::Arc, time::Duration};

use gateway_model::{Document, Edit, PriorityClass, Resource, Route};
use gateway_telemetry::{Load, Metrics};
use tokio::sync::mpsc;

use super::harness::*;
use crate::OverloadLimits;

/// A route for each class, by its name, and one for everything else.
fn classes(upstream: &Upstream) -> Document {
    let mut document = one_route(&[upstream.address]);
    for class in PriorityClass::ALL {
        add_route(&mut document, class.as_str(), &[], &format!("/{}", class.as_str()), "upstream");
        let route = Route { priority: Some(class), ..Route::clone(&document.routes[class.as_str()]) };
        document.apply(&Edit::Put(Resource::Route(Arc::new(route))));
    }
    document
}

fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: a\r\n\r\n")
}

/// A gateway whose process uses that part of its memory, in thousandths.
fn with_memory(upstream: &Upstream, permille: u32) -> Gate {
    let load = Load::fixed(0, permille, Metrics::new(1).in_flight());
    let overload = OverloadLimits { memory_permille: 1000, load: Some(load), ..OverloadLimits::default() };
    Gate::with(&classes(upstream), |settings| settings.overload = overload)
}

#[tokio::test]
async fn requests_are_refused_from_the_least_important_class_up() {
    let upstream = Upstream::echoing().await;
    for (permille, refused) in [(840, &[][..]), (860, &["low"][..]), (920, &["low", "normal"][..])] {
        let mut gate = with_memory(&upstream, permille);
        for class in PriorityClass::ALL {
            let reply = Raw::ask(gate.http(), &get(&format!("/{}", class.as_str()))).await;
            let line = gate.line().await;
            if refused.contains(&class.as_str()) {
                assert_eq!((reply.status(), reply.problem().as_str()), (503, "temporary-reduced-capacity"));
                assert!((2..=3).contains(&reply.field("retry-after").unwrap().parse::<u32>().unwrap()));
                assert_eq!((&line["class"], &line["shed"]), (&class.as_str().into(), &"overload".into()));
            } else {
                assert_eq!(reply.status(), 200, "{class:?} at {permille}");
            }
            assert!(reply.closes(), "connections are not kept");
        }
    }
}

#[tokio::test]
async fn below_that_connections_are_kept() {
    let upstream = Upstream::echoing().await;
    let gate = with_memory(&upstream, 790);
    let mut client = Raw::to(gate.http()).await;
    for _ in 0..3 {
        client.send(get("/low")).await;
        assert_eq!(client.expect().await.status(), 200);
    }
}

#[tokio::test]
async fn new_connections_are_refused_last() {
    let (arrivals, mut arrived) = mpsc::unbounded_channel();
    let upstream = Upstream::talking(move |mut raw| {
        let arrivals = arrivals.clone();
        async move {
            while raw.message().await.is_some() {
                let _gone = arrivals.send(());
            }
        }
    })
    .await;
    let load = Load::fixed(0, 960, Metrics::new(1).in_flight());
    let overload = OverloadLimits { requests: 100, memory_permille: 1000, load: Some(load) };
    let gate = Gate::with(&classes(&upstream), |settings| settings.overload = overload);
    // While nothing is in flight there is nothing to be won.
    let mut client = Raw::to(gate.http()).await;
    client.send(get("/critical")).await;
    soon("a request at the upstream", arrived.recv()).await.unwrap();
    assert_eq!(Raw::to(gate.http()).await.rest().await, "");
    let refused = r#"sluice_connections_refused_total{listener="http"}"#;
    gate.until_metric(refused, 1.0).await;
}

#[tokio::test]
async fn requests_in_flight_are_bounded_and_the_critical_ones_have_the_last_places() {
    let (arrivals, mut arrived) = mpsc::unbounded_channel();
    let upstream = Upstream::talking(move |mut raw| {
        let arrivals = arrivals.clone();
        async move {
            while raw.message().await.is_some() {
                let _gone = arrivals.send(());
                tokio::time::sleep(Duration::from_secs(3600)).await;
            }
        }
    })
    .await;
    let overload = OverloadLimits { requests: 20, ..OverloadLimits::default() };
    let gate = Gate::with(&classes(&upstream), |settings| settings.overload = overload);
    // All connections are there before the gateway takes no more of them.
    let mut clients = Vec::new();
    for _ in 0..25 {
        clients.push(Raw::to(gate.http()).await);
    }
    gate.until_metric(r#"sluice_connections{listener="http"}"#, 25.0).await;
    let mut clients = clients.into_iter();
    let mut held = Vec::new();
    for (class, places) in [("low", 17), ("normal", 1), ("high", 1), ("critical", 1)] {
        for _ in 0..places {
            let mut client = clients.next().unwrap();
            client.send(get(&format!("/{class}"))).await;
            soon("a request at the upstream", arrived.recv()).await.unwrap();
            held.push(client);
        }
        let mut refused = clients.next().unwrap();
        refused.send(get(&format!("/{class}"))).await;
        assert_eq!(refused.expect().await.problem(), "temporary-reduced-capacity", "{class}");
    }
}

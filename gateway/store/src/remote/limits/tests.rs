//! With a real Redis.

mod agreement;
mod exact;
mod ledger;
mod outage;

use gateway_algorithms::limit::{Algorithm, FixedWindow, Gcra};
use sluice_testkit::redis::Redis;

use super::*;
use crate::remote::RemoteStores;

const MINUTE: u64 = 60_000_000_000;

pub(super) fn redis() -> Redis {
    Redis::start().unwrap_or_else(|error| panic!("{error:#}"))
}

/// A node of its own, with connections of its own.
pub(super) fn node(redis: &Redis, name: &str) -> SharedLimits {
    node_at(redis.url(), name, DEADLINE)
}

/// A node that waits longer, for tests that are about something else: another test may have the processor.
pub(super) fn patient(redis: &Redis, name: &str) -> SharedLimits {
    node_at(redis.url(), name, Duration::from_secs(30))
}

pub(super) fn node_at(url: String, name: &str, deadline: Duration) -> SharedLimits {
    let stores = RemoteStores::new([("shared", url)]).expect("a sound address");
    SharedLimits::new(stores.get("shared").expect("it was named"), name, deadline)
}

pub(super) fn group() -> Group {
    Group::new("plan").expect("a sound name")
}

pub(super) fn gcra(rate: f64, burst: u32) -> Algorithm {
    Gcra::new(rate, burst).expect("a sound limit").into()
}

pub(super) fn fixed(limit: u64, window: u64) -> Algorithm {
    FixedWindow::new(limit, window).expect("a sound limit").into()
}

pub(super) fn draw(key: &str, algorithm: Algorithm, cost: u32) -> Draw {
    let limit = SharedLimit::new(algorithm).expect("a limit that a store counts");
    Draw { key: key.to_owned(), measure: Measure::Limit(limit), cost }
}

pub(super) fn charge(draws: impl Into<Vec<Draw>>) -> Charge {
    Charge { group: group(), draws: draws.into(), usage: Vec::new() }
}

/// Waits until the store is in reach.
pub(super) async fn connected(limits: &SharedLimits) {
    let up = async {
        while limits.charge(charge([])).await.is_err() {
            time::sleep(Duration::from_millis(5)).await;
        }
    };
    time::timeout(Duration::from_secs(10), up).await.expect("it connects");
}

//! Two and three times as many requests as the service can serve, a tenth of them checkouts: what gets through.

use std::time::Duration;

use anyhow::{Context, Result};
use gateway_benches::{
    load::{Tally, Target, paced::Paced},
    table,
};
use serde_json::{Value, json};

use crate::{CONNECTIONS, PATIENCE, asked, millis, shop::Shop, stage::Stage};

/// How long traffic is ordinary before each window.
const ORDINARY: Duration = Duration::from_secs(2);

/// What stands between the clients and the service.
#[derive(Clone, Copy, PartialEq, Eq)]
enum System {
    /// The service's own queue, first come first served: the gateway passes everything on.
    Fifo,
    /// As many requests as the service has places, which somebody has to know; all others are refused at once.
    NoQueue,
    /// The gateway's admission as it is by default, told nothing of the service.
    Sluice,
}

/// What came of one window.
struct Row {
    system: System,
    load: f64,
    /// Requests a second that the service could have served.
    capacity: f64,
    critical: Tally,
    low: Tally,
}

/// The table, and what of it was promised and not kept.
pub(crate) struct Report {
    pub(crate) lines: Vec<String>,
    pub(crate) broken: Vec<String>,
}

/// Each system under each load.
pub(crate) fn run(stage: &Stage, shop: &Shop, target: &Target, window: Duration) -> Result<Report> {
    let capacity = shop.capacity();
    stage.admission(&System::Sluice.admission(shop))?;
    let (unloaded, _) = drive(target, capacity * 0.3, window)?;
    let unloaded_p99 = unloaded.served_latency(0.99);
    let mut rows = Vec::new();
    for load in [2.0, 3.0] {
        for system in [System::Fifo, System::NoQueue, System::Sluice] {
            stage.admission(&system.admission(shop))?;
            let before = shop.done();
            let (critical, low) = drive(target, capacity * load, window)?;
            rows.push(Row { system, load, capacity: shop.capacity_since(before), critical, low });
        }
    }
    let lines = vec![format!("at 0.3 of the capacity: critical p99 {}", millis(unloaded_p99)), report(&rows)];
    Ok(Report { lines, broken: rows.iter().flat_map(|row| row.broken(unloaded_p99)).collect() })
}

/// Ordinary traffic, and then so many requests a second: what came of the critical ones, and of the others.
fn drive(target: &Target, rate: f64, window: Duration) -> Result<(Tally, Tally)> {
    let clients = Paced::connect_each(target, &CONNECTIONS)?;
    clients.run(&asked(rate.min(300.0)), ORDINARY, 1)?;
    let mut heard = clients.run(&asked(rate), window, 2)?;
    let low = heard.tallies.pop().context("no tally")?;
    let critical = heard.tallies.pop().context("no tally")?;
    Ok((critical, low))
}

fn report(rows: &[Row]) -> String {
    let header =
        ["load", "system", "critical served", "p50", "p99", "low served", "low p99", "goodput of the capacity"];
    let lines = rows.iter().map(|row| {
        [
            format!("{} ×", row.load),
            row.system.name().to_owned(),
            format!("{:.2} %", success(&row.critical) * 100.0),
            millis(row.critical.served_latency(0.5)),
            millis(row.critical.served_latency(0.99)),
            format!("{:.1} %", success(&row.low) * 100.0),
            millis(row.low.served_latency(0.99)),
            format!("{:.1} %", row.goodput() * 100.0),
        ]
    });
    table::render(&[header.map(str::to_owned)].into_iter().chain(lines).collect::<Vec<_>>())
}

/// The part of the requests that were served in time.
fn success(tally: &Tally) -> f64 {
    tally.served_within(PATIENCE) as f64 / tally.requests().max(1) as f64
}

impl System {
    fn name(self) -> &'static str {
        match self {
            Self::Fifo => "first come, first served",
            Self::NoQueue => "no queue, told the capacity",
            Self::Sluice => "sluice, told nothing",
        }
    }

    fn admission(self, shop: &Shop) -> Value {
        match self {
            Self::Fifo => Value::Null,
            Self::NoQueue => json!({
                "concurrency": { "algorithm": "FIXED", "initial": shop.places }, "queue": { "maxRequests": 0 },
            }),
            Self::Sluice => json!({}),
        }
    }
}

impl Row {
    /// Requests served in time, of those that the service could serve.
    fn goodput(&self) -> f64 {
        let served = self.critical.served_within(PATIENCE) + self.low.served_within(PATIENCE);
        served as f64 / self.critical.elapsed.as_secs_f64() / self.capacity
    }

    /// What was promised and not kept.
    fn broken(&self, unloaded_p99: Duration) -> Vec<String> {
        let (success, goodput) = (success(&self.critical), self.goodput());
        let p99 = self.critical.served_latency(0.99);
        let promises = [
            (success >= 0.999, format!("only {:.3} % of critical requests were served", success * 100.0)),
            (p99 <= unloaded_p99.mul_f64(1.5), format!("the critical p99 is {}", millis(p99))),
            (goodput >= 0.95, format!("goodput is {:.1} % of the capacity", goodput * 100.0)),
        ];
        let broken = promises.into_iter().filter(|(kept, _)| self.system == System::Sluice && !kept);
        broken.map(|(_, told)| format!("at {} times the capacity {told}", self.load)).collect()
    }
}

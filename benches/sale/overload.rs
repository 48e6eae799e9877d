//! Two and three times as many requests as the service can serve, a tenth of them checkouts: what gets through.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
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
    critical: Tally,
    low: Tally,
}

/// What is promised of the gateway's admission, if `promises` are to be kept; the table.
pub(crate) fn run(
    stage: &Stage,
    shop: &Shop,
    target: &Target,
    window: Duration,
    promises: bool,
) -> Result<Vec<String>> {
    let capacity = shop.capacity();
    stage.admission(&System::Sluice.admission(shop))?;
    let (unloaded, _) = drive(target, capacity * 0.3, window)?;
    let unloaded_p99 = unloaded.served_latency(0.99);
    let mut rows = Vec::new();
    for load in [2.0, 3.0] {
        for system in [System::Fifo, System::NoQueue, System::Sluice] {
            stage.admission(&system.admission(shop))?;
            let (critical, low) = drive(target, capacity * load, window)?;
            rows.push(Row { system, load, critical, low });
        }
    }
    if promises {
        rows.iter().try_for_each(|row| row.check(capacity, unloaded_p99))?;
    }
    Ok(vec![format!("at 0.3 of the capacity: critical p99 {}", millis(unloaded_p99)), report(&rows, capacity)])
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

fn report(rows: &[Row], capacity: f64) -> String {
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
            format!("{:.1} %", row.goodput(capacity) * 100.0),
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
    fn goodput(&self, capacity: f64) -> f64 {
        let served = self.critical.served_within(PATIENCE) + self.low.served_within(PATIENCE);
        served as f64 / self.critical.elapsed.as_secs_f64() / capacity
    }

    /// What was promised.
    fn check(&self, capacity: f64, unloaded_p99: Duration) -> Result<()> {
        if self.system != System::Sluice {
            return Ok(());
        }
        let (success, goodput) = (success(&self.critical), self.goodput(capacity));
        let p99 = self.critical.served_latency(0.99);
        ensure!(success >= 0.999, "at {} × only {:.3} % of critical requests were served", self.load, success * 100.0);
        ensure!(p99 <= unloaded_p99.mul_f64(1.5), "at {} × the critical p99 is {}", self.load, millis(p99));
        ensure!(goodput >= 0.95, "at {} × goodput is {:.1} % of the capacity", self.load, goodput * 100.0);
        Ok(())
    }
}

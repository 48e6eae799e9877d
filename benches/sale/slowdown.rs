//! The upstream becomes four times slower in the middle of an overload, and recovers: how the limit follows.

use std::{
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use gateway_benches::load::{Target, paced::Paced};
use serde_json::json;
use tokio::runtime;

use crate::{
    CONNECTIONS, PATIENCE, asked,
    shop::Shop,
    stage::{self, LOOK_EVERY, Stage},
};

/// How much slower it becomes.
const SLOWER: u32 = 4;

/// From the change to when the limit is to be settled.
const TO_SETTLE: Duration = Duration::from_secs(2);

/// Overloads the service twice its capacity of the moment, through all three parts of the run, and tells of each.
pub(crate) fn run(stage: &Stage, shop: &Shop, target: &Target, part: Duration) -> Result<Vec<String>> {
    stage.admission(&json!({}))?;
    let usual = shop.service();
    let clients = Paced::connect_each(target, &CONNECTIONS)?;
    let mut lines = Vec::new();
    for (name, service) in [("before", usual), ("slower", usual * SLOWER), ("recovered", usual)] {
        shop.takes(service);
        let capacity = shop.capacity();
        let watch = Watch::begin(stage)?;
        let heard = clients.run(&asked(capacity * 2.0), part, 3)?;
        let limits = watch.end()?;
        let settled = limits.iter().filter(|(at, _)| *at >= TO_SETTLE).map(|(_, limit)| *limit as f64);
        let settled: Vec<f64> = settled.collect();
        ensure!(!settled.is_empty(), "nobody looked at the limit");
        let mean = settled.iter().sum::<f64>() / settled.len() as f64;
        let off = settled.iter().map(|limit| (limit / mean - 1.0).abs()).fold(0.0, f64::max);
        let served: u64 = heard.tallies.iter().map(|tally| tally.served_within(PATIENCE)).sum();
        let goodput = served as f64 / part.as_secs_f64() / capacity;
        lines.push(format!(
            "{name:10} {:>4.0} ms  limit settled at {mean:.1} within ±{:.0} %, goodput {:.1} % of {capacity:.0}/s; limits each 100 ms of the first 2 s: {:?}",
            service.as_secs_f64() * 1000.0,
            off * 100.0,
            goodput * 100.0,
            limits.iter().filter(|(at, _)| *at < TO_SETTLE).map(|(_, limit)| *limit).collect::<Vec<_>>()
        ));
    }
    Ok(lines)
}

/// Somebody who looks at the limit.
struct Watch {
    stop: mpsc::Sender<()>,
    thread: thread::JoinHandle<Result<Vec<(Duration, u64)>>>,
}

impl Watch {
    fn begin(stage: &Stage) -> Result<Self> {
        let (admin, (stop, stopped)) = (stage.gateway.admin.clone(), mpsc::channel());
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        let began = Instant::now();
        let thread = thread::spawn(move || {
            let mut limits = Vec::new();
            while stopped.recv_timeout(LOOK_EVERY) == Err(mpsc::RecvTimeoutError::Timeout) {
                limits.push((began.elapsed(), runtime.block_on(stage::status(&admin))?.limit));
            }
            Ok(limits)
        });
        Ok(Self { stop, thread })
    }

    fn end(self) -> Result<Vec<(Duration, u64)>> {
        drop(self.stop);
        self.thread.join().ok().context("whoever looked at the limit panicked")?
    }
}

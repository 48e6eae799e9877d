//! Limits that nodes share: how many requests an exchange with a real Redis serves, and how long a request waits for it.
//!
//! `cargo bench -p gateway-benches --bench shared_limits`; README.md beside this file explains the figures.
#![allow(clippy::print_stdout, reason = "a command-line tool prints its report")]

use std::{
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use clap::Parser;
use futures_util::future::join_all;
use gateway_algorithms::limit::Gcra;
use gateway_benches::{machine, table};
use gateway_store::{
    RemoteStores,
    remote::limits::{Charge, Draw, Group, LeaseOptions, LeasedLimit, Leases, Measure, SharedLimit, SharedLimits},
};
use hdrhistogram::Histogram;
use sluice_testkit::redis::Redis;
use tokio::{runtime, time};

/// Charges a real Redis from two threads, and counts exchanges.
///
/// Example: cargo bench -p gateway-benches --bench shared_limits -- --seconds 5
#[derive(Parser)]
struct Options {
    /// A short run that shows that everything works.
    #[arg(long)]
    quick: bool,
    /// Length of each row [default: 3, quick 1].
    #[arg(long)]
    seconds: Option<u64>,
    /// Set by cargo bench; without it the run is a quick one.
    #[arg(long, hide = true)]
    bench: bool,
}

/// Threads with a runtime of their own, as the gateway's workers.
const WORKERS: u64 = 2;

/// The limit of leased rows, in requests a second; the burst is a second's.
const LIMIT: u32 = 10_000;

/// Longer than a gateway would wait: on a machine that others use, the bench should tell of them and not end.
const DEADLINE: Duration = Duration::from_secs(2);

/// What a row has counted.
struct Row {
    name: String,
    requests: u64,
    admitted: u64,
    round_trips: u64,
    elapsed: Duration,
    latencies: Histogram<u64>,
}

fn main() -> Result<()> {
    let options = Options::parse();
    let length = options.seconds.unwrap_or(if options.quick || !options.bench { 1 } else { 3 });
    let length = Duration::from_secs(length);
    let redis = Redis::start()?;
    println!("{}\n", machine::facts());

    let mut rows = Vec::new();
    for (in_flight, draws) in [(2, 1), (64, 1), (64, 3)] {
        rows.push(exact(&redis, in_flight, draws, length)?);
    }
    for offered in [10_000, 20_000] {
        rows.push(leased(&redis, offered, length)?);
    }
    print(&rows);
    ensure!(rows.iter().all(|row| row.round_trips <= row.requests), "more round trips than requests");
    ensure!(rows[1].per_round_trip() >= 5.0, "fewer than 5 requests in a round trip at 64 in flight");
    ensure!(rows[3].per_round_trip() >= 50.0, "fewer than 50 requests in a round trip of a leased limit");
    Ok(())
}

/// A closed loop: each client charges again when it was answered.
fn exact(redis: &Redis, in_flight: u64, draws: usize, length: Duration) -> Result<Row> {
    let limits = connect(redis)?;
    let limit = SharedLimit::new(Gcra::new(1e6, 1_000)?)?;
    let group = Group::new("bench")?;
    let charge = |client: u64| Charge {
        group: group.clone(),
        draws: (0..draws)
            .map(|n| Draw { key: format!("{client}:{n}"), measure: Measure::Limit(limit), cost: 1 })
            .collect(),
        usage: Vec::new(),
    };
    let name = format!("exact, {in_flight} in flight, limits: {draws}");
    on_workers(name, &limits, async |worker, tally| {
        let until = Instant::now() + length;
        let clients = (0..in_flight / WORKERS).map(async |client| {
            let mut latencies = latencies();
            while Instant::now() < until {
                let began = Instant::now();
                let charged = limits.charge(charge(client * WORKERS + worker)).await?;
                latencies.saturating_record(nanos(began));
                tally.count(charged.admitted());
            }
            anyhow::Ok(latencies)
        });
        sum(join_all(clients).await)
    })
}

/// An open loop: so many requests each millisecond, whether or not those before were answered.
fn leased(redis: &Redis, offered: u64, length: Duration) -> Result<Row> {
    let limits = connect(redis)?;
    let leases = Leases::new(&limits, LeaseOptions::default());
    let limit = LeasedLimit::new(Gcra::new(f64::from(LIMIT), LIMIT)?)?;
    let group = Group::new("bench")?;
    let key = format!("offered {offered}");
    on_workers(format!("leased {LIMIT}/s, {offered}/s come"), &limits, async |_, tally| {
        let mut beat = time::interval(Duration::from_millis(1));
        let mut latencies = latencies();
        for _ in 0..length.as_millis() {
            beat.tick().await;
            let batch = (0..offered / 1_000 / WORKERS).map(async |_| {
                let began = Instant::now();
                let decision = leases.take(&group, &key, &limit, 1).await?;
                anyhow::Ok((decision.admitted, nanos(began)))
            });
            for answer in join_all(batch).await {
                let (admitted, latency) = answer?;
                latencies.saturating_record(latency);
                tally.count(admitted);
            }
        }
        Ok(latencies)
    })
}

/// Requests of all workers.
#[derive(Default)]
struct Tally {
    requests: AtomicU64,
    admitted: AtomicU64,
}

impl Tally {
    fn count(&self, admitted: bool) {
        self.requests.fetch_add(1, Relaxed);
        self.admitted.fetch_add(u64::from(admitted), Relaxed);
    }
}

/// Runs `work` on each worker, and counts what became of it.
fn on_workers(
    name: String,
    limits: &SharedLimits,
    work: impl AsyncFn(u64, &Tally) -> Result<Histogram<u64>> + Sync,
) -> Result<Row> {
    let (tally, before, began) = (Tally::default(), limits.counts().round_trips, Instant::now());
    let latencies: Vec<Result<Histogram<u64>>> = thread::scope(|scope| {
        let workers: Vec<_> = (0..WORKERS)
            .map(|worker| {
                let (tally, work) = (&tally, &work);
                scope.spawn(move || {
                    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
                    runtime.block_on(work(worker, tally))
                })
            })
            .collect();
        workers.into_iter().map(|worker| worker.join().expect("a worker does not panic")).collect()
    });
    Ok(Row {
        name,
        requests: tally.requests.load(Relaxed),
        admitted: tally.admitted.load(Relaxed),
        round_trips: limits.counts().round_trips - before,
        elapsed: began.elapsed(),
        latencies: sum(latencies)?,
    })
}

/// Limits in this Redis that are in reach.
fn connect(redis: &Redis) -> Result<SharedLimits> {
    let stores = RemoteStores::new([("bench", redis.url())])?;
    let limits = SharedLimits::new(stores.get("bench").context("it was named")?, "bench", DEADLINE);
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    let nothing = Charge { group: Group::new("bench")?, draws: Vec::new(), usage: Vec::new() };
    runtime.block_on(async {
        while limits.charge(nothing.clone()).await.is_err() {
            time::sleep(Duration::from_millis(5)).await;
        }
    });
    Ok(limits)
}

fn latencies() -> Histogram<u64> {
    Histogram::new_with_bounds(1, 1_000_000_000, 3).expect("sound bounds, in nanoseconds")
}

fn nanos(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_nanos()).unwrap_or(u64::MAX)
}

fn sum(parts: Vec<Result<Histogram<u64>>>) -> Result<Histogram<u64>> {
    let mut all = latencies();
    for part in parts {
        all.add(part?)?;
    }
    Ok(all)
}

impl Row {
    fn per_round_trip(&self) -> f64 {
        self.requests as f64 / self.round_trips.max(1) as f64
    }
}

fn print(rows: &[Row]) {
    let titles =
        ["limit", "requests", "admitted", "round trips", "requests/round trip", "requests/s", "p50 µs", "p99 µs"];
    let mut cells = vec![titles.map(str::to_owned)];
    for row in rows {
        let micros = |quantile| format!("{:.1}", row.latencies.value_at_quantile(quantile) as f64 / 1e3);
        cells.push([
            row.name.clone(),
            row.requests.to_string(),
            row.admitted.to_string(),
            row.round_trips.to_string(),
            format!("{:.1}", row.per_round_trip()),
            format!("{:.0}", row.requests as f64 / row.elapsed.as_secs_f64()),
            micros(0.5),
            micros(0.99),
        ]);
    }
    println!("{}", table::render(&cells));
}

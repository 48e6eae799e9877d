//! The bench of admission: what a slot costs where one is free, and a place in the queue where 10,000 wait already.
//!
//! `cargo bench -p gateway-benches --bench admission`; README.md in the folder above explains the figures.
#![allow(clippy::print_stdout, reason = "a command-line tool prints its report")]

mod crowd;
mod laps;

use std::time::Duration;

use anyhow::{Context, Result};
use clap::Parser;
use gateway_benches::{machine, statistics::Spread, table};
use gateway_model::{Admission, ClassRule, Classes, Concurrency, ConcurrencyAlgorithm, Queue};
use gateway_proxy::bench::Gate;
use tokio::runtime::Builder;

use crate::{
    crowd::{Crowd, Flows, WAITING, Waiters},
    laps::{Lap, Plan},
};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Measures what admission costs a request.
#[derive(Parser)]
struct Options {
    /// A short run that shows that everything works; its figures are rough.
    #[arg(long)]
    quick: bool,
    /// Set by cargo bench; without it the run is a quick one.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> Result<()> {
    let options = Options::parse();
    let plan = if options.quick || !options.bench {
        Plan { rounds: 3, batches: 50 }
    } else {
        Plan { rounds: 101, batches: 300 }
    };
    println!("{}\n", machine::facts());
    let mut rows = vec![titles()];
    slots(plan, &mut rows)?;
    queue(plan, &mut rows)?;
    gate(plan, &mut rows)?;
    println!("{}", table::render(&rows));
    Ok(())
}

/// Nobody waits: a request takes a slot, is answered and gives it back.
fn slots(plan: Plan, rows: &mut Vec<Row>) -> Result<()> {
    for (name, admission) in [("the default limit", Admission::default()), ("a fixed limit", fixed(100))] {
        let gate = Gate::new(&admission);
        let pass = || {
            || {
                let slot = gate.try_enter();
                assert!(slot.is_some(), "there are slots enough");
                slot.inspect(|slot| slot.answered(Duration::from_micros(500)))
            }
        };
        rows.push(row(&format!("a free slot, {name}"), &laps::run(plan, pass)?)?);
    }
    Ok(())
}

/// The queue by itself, which the gate locks: no other thread is in it.
fn queue(plan: Plan, rows: &mut Vec<Row>) -> Result<()> {
    for (name, flows) in [("many flows", Flows::Many), ("one flow", Flows::One)] {
        let passes = laps::run_alone(plan, || {
            let mut crowd = Crowd::new(flows);
            move || crowd.passes()
        })?;
        rows.push(row(&format!("queue, in and out, {name}"), &passes)?);
        let cancels = laps::run_alone(plan, || {
            let mut crowd = Crowd::new(flows);
            move || crowd.cancels()
        })?;
        rows.push(row(&format!("queue, in and cancelled, {name}"), &cancels)?);
    }
    Ok(())
}

/// The gate with all that is around the queue: its lock, a timer for the deadline and a channel that tells who waits.
fn gate(plan: Plan, rows: &mut Vec<Row>) -> Result<()> {
    let runtime = Builder::new_current_thread().enable_time().build().context("no runtime")?;
    let _entered = runtime.enter();
    let gate = Gate::new(&fixed(1));
    let _taken = gate.try_enter();
    let _waiting = Waiters::new(&gate, WAITING);
    let hang_ups = || {
        let (gate, handle) = (gate.clone(), runtime.handle().clone());
        move || {
            let _entered = handle.enter();
            Waiters::new(&gate, 1)
        }
    };
    rows.push(row("gate, in and hung up, many flows", &laps::run(plan, hang_ups)?)?);
    Ok(())
}

fn fixed(limit: u32) -> Admission {
    let concurrency = Concurrency { algorithm: ConcurrencyAlgorithm::Fixed, initial: limit, ..Concurrency::default() };
    let queue = Queue { max_requests: 100_000, max_bytes: u64::MAX };
    // Nobody's time is over meanwhile.
    let rule = ClassRule { max_wait_ms: u32::MAX, share: 5 };
    let classes = Classes { critical: rule, high: rule, normal: rule, low: rule };
    Admission { concurrency, queue, classes, ..Admission::default() }
}

type Row = [String; 7];

fn titles() -> Row {
    ["", "ns, least", "median", "ns, two at once, least", "median", "× one thread", "rounds at once"].map(str::to_owned)
}

fn row(name: &str, laps: &[Lap]) -> Result<Row> {
    let alone = Spread::of(laps.iter().map(|lap| lap.alone)).context("no rounds")?;
    let together = Spread::of(laps.iter().filter_map(|lap| lap.together));
    let ratio = Spread::of(laps.iter().filter_map(|lap| Some(2.0 * lap.alone / lap.together?)));
    let told = |value: Option<f64>| value.map_or_else(String::new, |value| format!("{value:.0}"));
    Ok([
        name.to_owned(),
        told(Some(alone.min)),
        told(Some(alone.median)),
        told(together.map(|spread| spread.min)),
        told(together.map(|spread| spread.median)),
        ratio.map_or_else(String::new, |ratio| format!("{:.2}", ratio.median)),
        laps.iter().filter(|lap| lap.together.is_some()).count().to_string(),
    ])
}

//! The bench of limit decisions: what one costs among a million live keys, from one thread and from two at once.
//!
//! `cargo bench -p gateway-benches --bench limits`; README.md in the folder above explains the figures.
#![allow(clippy::print_stdout, reason = "a command-line tool prints its report")]

mod laps;
mod subject;

use std::{fs, hint::black_box};

use anyhow::{Context, Result};
use clap::Parser;
use gateway_benches::{machine, statistics::Spread, table};

use crate::{
    laps::{Call, Lap, Plan},
    subject::{Choice, KEYS, Limits, Memory},
};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Measures what a limit decision costs.
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
        Plan { rounds: 3, batches: 100 }
    } else {
        Plan { rounds: 21, batches: 1_000 }
    };
    println!("{}\n", machine::facts());

    let before = resident()?;
    let limits = Limits::full();
    let grown = resident()?.saturating_sub(before);
    println!("{} live keys, {:.1} bytes of resident memory for each\n", limits.len(), grown as f64 / KEYS as f64);

    let memory = &Memory::new(grown.max(1));
    let mut rows = vec![titles()];
    let chase = || {
        let mut position = memory.anywhere();
        move |_: &Call| {
            position = memory.next(position);
            position
        }
    };
    rows.push(row("an access to as much memory", &laps::run(plan, &limits, Choice::Uniform, chase)?)?);
    rows.push(row("the clock", &laps::run(plan, &limits, Choice::Uniform, || |_: &Call| limits.now())?)?);
    let hash = || |call: &Call| limits.hash(&call.name);
    rows.push(row("the hash", &laps::run(plan, &limits, Choice::Uniform, hash)?)?);
    for (choice, whose) in [(Choice::Uniform, "any of all keys"), (Choice::Skewed, "some keys more than others")] {
        let bare = laps::run(plan, &limits, choice, || |call: &Call| limits.take(call.hash, call.now))?;
        rows.push(row(&format!("decision, {whose}"), &bare)?);
        let hashed = laps::run(plan, &limits, choice, || |call: &Call| limits.take(limits.hash(&call.name), call.now))?;
        rows.push(row(&format!("hash and decision, {whose}"), &hashed)?);
        let whole =
            laps::run(plan, &limits, choice, || |call: &Call| limits.take(limits.hash(&call.name), limits.now()))?;
        rows.push(row(&format!("hash, clock and decision, {whose}"), &whole)?);
    }
    for (spent, state) in [(false, "nobody is spent"), (true, "all are spent")] {
        let crowded = Limits::crowded(spent);
        let flood =
            laps::run(plan, &limits, Choice::Uniform, || |_: &Call| crowded.take(fastrand::u128(..), crowded.now()))?;
        rows.push(row(&format!("newcomer to a full table, {state}"), &flood)?);
    }
    println!("{}", table::render(&rows));
    Ok(())
}

type Row = [String; 4];

fn titles() -> Row {
    ["", "ns, one thread", "ns, two at once", "× one thread"].map(str::to_owned)
}

fn row(name: &str, laps: &[Lap]) -> Result<Row> {
    let spread = |value: fn(&Lap) -> f64| Spread::of(laps.iter().map(value)).context("no rounds");
    let (alone, together) = (spread(|lap| lap.alone)?, spread(|lap| lap.together)?);
    let ratio = spread(|lap| 2.0 * lap.alone / lap.together)?;
    Ok([name.to_owned(), format!("{alone:.0}"), format!("{together:.0}"), ratio.to_string()])
}

/// Bytes of this process that are in memory.
fn resident() -> Result<usize> {
    let statm = fs::read_to_string("/proc/self/statm").context("cannot read /proc/self/statm")?;
    let pages: usize = statm.split(' ').nth(1).context("statm has no second field")?.parse()?;
    Ok(black_box(pages) * 4096)
}

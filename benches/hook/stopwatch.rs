//! Batches of calls, on the CPU clock of the thread: what else runs on the machine takes time, but not this thread's.

use std::{hint::black_box, time::Duration};

use anyhow::Result;
use gateway_benches::cpu;

use crate::exchange::{Exchange, Hooks};

/// Calls in a batch: reading the clock, about half a microsecond twice, is shared by so many.
pub(crate) const CALLS: usize = 128;

/// How long to measure.
#[derive(Clone, Copy)]
pub(crate) struct Plan {
    /// Batches that are not counted.
    pub(crate) warm_up: usize,
    pub(crate) batches: usize,
}

/// What a call cost in one batch, in nanoseconds.
#[derive(Clone, Copy)]
pub(crate) struct Lap {
    pub(crate) request: f64,
    pub(crate) response: f64,
}

impl Lap {
    pub(crate) fn both(&self) -> f64 {
        self.request + self.response
    }
}

/// Measures both in turn, batch by batch, so that what slows the processor down slows both down alike.
///
/// # Errors
/// When the clock cannot be read.
pub(crate) fn run(plan: Plan, one: &impl Hooks, other: &impl Hooks) -> Result<Vec<(Lap, Lap)>> {
    let mut laps = Vec::with_capacity(plan.batches);
    for batch in 0..plan.warm_up + plan.batches {
        let pair = (lap(one)?, lap(other)?);
        if batch >= plan.warm_up {
            laps.push(pair);
        }
    }
    Ok(laps)
}

/// Every call gets a fresh exchange, made before the clock starts: setting a header that is there already costs less.
fn lap<H: Hooks>(hooks: &H) -> Result<Lap> {
    let hooks = black_box(hooks);
    let mut exchanges = vec![Exchange::fresh(); CALLS];
    let mut states = Vec::with_capacity(CALLS);
    let request = timed(|| states.extend(exchanges.iter_mut().map(|exchange| hooks.on_request(exchange))))?;
    let response = timed(|| {
        for (exchange, state) in exchanges.iter_mut().zip(states.drain(..)) {
            hooks.on_response(exchange, state);
        }
    })?;
    black_box(&exchanges);
    Ok(Lap { request: per_call(request), response: per_call(response) })
}

fn timed(work: impl FnOnce()) -> Result<Duration> {
    let before = cpu::time_of_thread()?;
    work();
    Ok(cpu::time_of_thread()? - before)
}

fn per_call(time: Duration) -> f64 {
    time.as_secs_f64() * 1e9 / CALLS as f64
}

//! Rounds of one thread and of two at once, on the CPU clock of each thread.

use std::{hint::black_box, sync::Barrier, thread};

use anyhow::{Result, anyhow};
use gateway_benches::{cpu, statistics::Spread};

/// Calls in a batch: reading the clock, about half a microsecond twice, is shared by so many.
const CALLS: usize = 128;

/// How long to measure.
#[derive(Clone, Copy)]
pub(crate) struct Plan {
    pub(crate) rounds: usize,
    /// Batches of each thread in a round.
    pub(crate) batches: usize,
}

/// Nanoseconds for a call in one round: medians over its batches.
pub(crate) struct Lap {
    pub(crate) alone: f64,
    /// On each of two threads that do the same at the same time, where they can.
    pub(crate) together: Option<f64>,
}

/// Measures one thread. `worker` makes what it does with each call.
///
/// # Errors
/// When the clock cannot be read.
pub(crate) fn run_alone<W: FnMut() -> R, R>(plan: Plan, worker: impl Fn() -> W) -> Result<Vec<Lap>> {
    (0..plan.rounds).map(|_| Ok(Lap { alone: batches(plan.batches, worker())?, together: None })).collect()
}

/// Measures one thread, then two at once, and so on.
///
/// # Errors
/// When the clock cannot be read.
pub(crate) fn run<W: FnMut() -> R, R>(plan: Plan, worker: impl Fn() -> W + Sync) -> Result<Vec<Lap>> {
    let mut laps = run_alone(plan, &worker)?;
    for lap in &mut laps {
        let start = Barrier::new(2);
        let [one, other] = thread::scope(|scope| {
            let threads = [(); 2].map(|()| {
                scope.spawn(|| {
                    start.wait();
                    batches(plan.batches, worker())
                })
            });
            threads.map(|thread| thread.join().map_err(|_| anyhow!("a thread panicked"))?)
        });
        lap.together = Some(f64::midpoint(one?, other?));
    }
    Ok(laps)
}

/// The median over some batches.
fn batches<R>(count: usize, mut work: impl FnMut() -> R) -> Result<f64> {
    let mut times = Vec::with_capacity(count);
    for _ in 0..count {
        let before = cpu::time_of_thread()?;
        for _ in 0..CALLS {
            black_box(work());
        }
        times.push((cpu::time_of_thread()? - before).as_secs_f64() * 1e9 / CALLS as f64);
    }
    Spread::of(times).map(|spread| spread.median).ok_or_else(|| anyhow!("no batches"))
}

//! Rounds of one thread and of two at once, on the CPU clock of each thread.

use std::{hint::black_box, sync::Barrier, thread};

use anyhow::{Result, anyhow};
use gateway_benches::{cpu, statistics::Spread};

use crate::subject::{Choice, Limits, name};

/// Calls in a batch: reading the clock, about half a microsecond twice, is shared by so many.
const CALLS: usize = 128;

/// How long to measure.
#[derive(Clone, Copy)]
pub(crate) struct Plan {
    pub(crate) rounds: usize,
    /// Batches of each thread in a round.
    pub(crate) batches: usize,
}

/// What a call is made with, ready before the clock starts.
pub(crate) struct Call {
    pub(crate) name: String,
    pub(crate) hash: u128,
    pub(crate) now: u64,
}

/// Nanoseconds for a call in one round: medians over its batches.
pub(crate) struct Lap {
    pub(crate) alone: f64,
    /// On each of two threads that do the same at the same time.
    pub(crate) together: f64,
}

/// Measures one thread, then two at once, and so on. `worker` makes what a thread does with each call.
///
/// # Errors
/// When the clock cannot be read.
pub(crate) fn run<W, R>(plan: Plan, limits: &Limits, choice: Choice, worker: impl Fn() -> W + Sync) -> Result<Vec<Lap>>
where
    W: FnMut(&Call) -> R,
{
    let mut laps = Vec::with_capacity(plan.rounds);
    for round in 0..plan.rounds as u64 {
        let measure = |seed| batches(plan.batches, limits, fastrand::Rng::with_seed(seed), choice, worker());
        let alone = measure(3 * round)?;
        let start = Barrier::new(2);
        let both = thread::scope(|scope| {
            let seeds = [3 * round + 1, 3 * round + 2];
            let threads = seeds.map(|seed| {
                let (start, measure) = (&start, &measure);
                scope.spawn(move || {
                    start.wait();
                    measure(seed)
                })
            });
            threads.map(|thread| thread.join().map_err(|_| anyhow!("a thread panicked"))?)
        });
        let [one, other] = both;
        laps.push(Lap { alone, together: f64::midpoint(one?, other?) });
    }
    Ok(laps)
}

/// The median over some batches.
fn batches<R>(
    count: usize,
    limits: &Limits,
    mut random: fastrand::Rng,
    choice: Choice,
    mut work: impl FnMut(&Call) -> R,
) -> Result<f64> {
    let mut times = Vec::with_capacity(count);
    for _ in 0..count {
        let calls: Vec<Call> = (0..CALLS).map(|_| Call::new(limits, choice.number(&mut random))).collect();
        let before = cpu::time_of_thread()?;
        for call in black_box(&calls) {
            black_box(work(call));
        }
        times.push((cpu::time_of_thread()? - before).as_secs_f64() * 1e9 / CALLS as f64);
    }
    Spread::of(times).map(|spread| spread.median).ok_or_else(|| anyhow!("no batches"))
}

impl Call {
    fn new(limits: &Limits, number: usize) -> Self {
        let name = name(number);
        Self { hash: limits.hash(&name), now: limits.now(), name }
    }
}

//! Rounds of one thread and of two at once, on the CPU clock of each thread.

use std::{
    hint::black_box,
    sync::atomic::{AtomicU32, Ordering::SeqCst},
    thread,
    time::{Duration, Instant},
};

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

/// Two threads have worked at once if they together got so much of the time of one.
const AT_ONCE: f64 = 1.8;

/// Nanoseconds for a call in one round: medians over its batches.
pub(crate) struct Lap {
    pub(crate) alone: f64,
    /// On each of two threads that do the same at the same time; none where they had to take turns on a processor.
    pub(crate) together: Option<f64>,
}

/// What a thread has done.
struct Work {
    /// Nanoseconds for a call.
    median: f64,
    cpu: Duration,
    ended: Instant,
}

/// Measures one thread. `worker` makes what it does with each call.
///
/// # Errors
/// When the clock cannot be read.
pub(crate) fn run_alone<W: FnMut() -> R, R>(plan: Plan, worker: impl Fn() -> W) -> Result<Vec<Lap>> {
    let lap = |_| Ok(Lap { alone: batches(plan.batches, worker())?.median, together: None });
    (0..plan.rounds).map(lap).collect()
}

/// Measures one thread, and two at once.
///
/// # Errors
/// When the clock cannot be read.
pub(crate) fn run<W: FnMut() -> R, R>(plan: Plan, worker: impl Fn() -> W + Sync) -> Result<Vec<Lap>> {
    let mut laps = run_alone(plan, &worker)?;
    for lap in &mut laps {
        let ready = AtomicU32::new(0);
        let [one, other] = thread::scope(|scope| {
            let threads = [(); 2].map(|()| {
                scope.spawn(|| {
                    let work = worker();
                    // Who sleeps until the other is there may wake when that one is done.
                    ready.fetch_add(1, SeqCst);
                    while ready.load(SeqCst) < 2 {
                        thread::yield_now();
                    }
                    let began = Instant::now();
                    batches(plan.batches, work).map(|work| (began, work))
                })
            });
            threads.map(|thread| thread.join().map_err(|_| anyhow!("a thread panicked"))?)
        });
        let ((one_began, one), (other_began, other)) = (one?, other?);
        let span = one.ended.max(other.ended) - one_began.min(other_began);
        let at_once = (one.cpu + other.cpu).as_secs_f64() / span.as_secs_f64() >= AT_ONCE;
        lap.together = at_once.then(|| f64::midpoint(one.median, other.median));
    }
    Ok(laps)
}

/// The median over some batches.
fn batches<R>(count: usize, mut work: impl FnMut() -> R) -> Result<Work> {
    let mut times = Vec::with_capacity(count);
    let began = cpu::time_of_thread()?;
    for _ in 0..count {
        let before = cpu::time_of_thread()?;
        for _ in 0..CALLS {
            black_box(work());
        }
        times.push((cpu::time_of_thread()? - before).as_secs_f64() * 1e9 / CALLS as f64);
    }
    let (cpu, ended) = (cpu::time_of_thread()? - began, Instant::now());
    let median = Spread::of(times).map(|spread| spread.median).ok_or_else(|| anyhow!("no batches"))?;
    Ok(Work { median, cpu, ended })
}

//! How busy the process is, measured against what it may use.

mod limits;
mod pressure;
mod usage;

use std::{
    io,
    path::Path,
    sync::{
        Arc, Weak,
        atomic::{AtomicU32, Ordering::Relaxed},
    },
    thread,
    time::{Duration, Instant},
};

pub use self::pressure::Pressure;
use self::{limits::Limits, usage::Usage};
use crate::instrument::Gauge;

/// Between two samples.
const INTERVAL: Duration = Duration::from_millis(250);
/// Samples after which the limits are read again: those of a container may change while it runs.
const SAMPLES_PER_LIMITS: u32 = 20;

/// The load of the process; clones share it. Reading it is an atomic load.
#[derive(Clone, Debug)]
pub struct Load(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    cpu_permille: AtomicU32,
    memory_permille: AtomicU32,
    pressure: [AtomicU32; 3],
    in_flight: Gauge,
}

// === impl Load ===

impl Load {
    /// Measures four times a second on a thread of its own, until the last clone is dropped.
    /// `in_flight` counts the requests of all routes.
    ///
    /// # Errors
    /// The thread cannot be started.
    pub fn start(in_flight: Gauge) -> io::Result<Self> {
        let load = Self::fixed(0, 0, in_flight);
        let shared = Arc::downgrade(&load.0);
        thread::Builder::new().name("load".into()).spawn(move || sample(&shared))?;
        Ok(load)
    }

    /// A load that is never measured, in thousandths.
    #[must_use]
    pub fn fixed(cpu_permille: u32, memory_permille: u32, in_flight: Gauge) -> Self {
        let (cpu_permille, memory_permille) = (AtomicU32::new(cpu_permille), AtomicU32::new(memory_permille));
        Self(Arc::new(Shared { cpu_permille, memory_permille, pressure: Default::default(), in_flight }))
    }

    /// The same, under this pressure.
    #[must_use]
    pub fn under(self, pressure: Pressure) -> Self {
        self.0.set_pressure(pressure);
        self
    }

    /// Processor time that the process takes, in thousandths of what it may take; averaged over about half a second.
    #[must_use]
    pub fn cpu_permille(&self) -> u32 {
        self.0.cpu_permille.load(Relaxed)
    }

    /// Memory that the process occupies, in thousandths of what it may occupy.
    #[must_use]
    pub fn memory_permille(&self) -> u32 {
        self.0.memory_permille.load(Relaxed)
    }

    /// How long something had to wait for what the process needs.
    #[must_use]
    pub fn pressure(&self) -> Pressure {
        let [cpu_permille, memory_permille, io_permille] = self.0.pressure.each_ref().map(|it| it.load(Relaxed));
        Pressure { cpu_permille, memory_permille, io_permille }
    }

    /// Requests whose response has not ended. Reads a counter of each worker.
    #[must_use]
    pub fn in_flight(&self) -> u32 {
        self.0.in_flight.count()
    }
}

impl Shared {
    fn set_pressure(&self, pressure: Pressure) {
        let Pressure { cpu_permille, memory_permille, io_permille } = pressure;
        let now = [cpu_permille, memory_permille, io_permille];
        self.pressure.iter().zip(now).for_each(|(place, now)| place.store(now, Relaxed));
    }
}

// === sampling ===

fn sample(shared: &Weak<Shared>) {
    let root = Path::new("/");
    let mut limits = Limits::read(root);
    let mut cpu = CpuShare::new(Instant::now(), usage::cpu_time());
    let mut samples = 0;
    loop {
        thread::sleep(INTERVAL);
        let Some(shared) = shared.upgrade() else { return };
        samples = (samples + 1) % SAMPLES_PER_LIMITS;
        if samples == 0 {
            limits = Limits::read(root);
        }
        let Usage { cpu_time, memory } = Usage::read(root);
        shared.cpu_permille.store(cpu.at(Instant::now(), cpu_time, limits.cores), Relaxed);
        shared.memory_permille.store(permille(memory as f64, limits.memory as f64), Relaxed);
        shared.set_pressure(Pressure::read(root));
    }
}

/// Turns a clock of processor time into a share of it, smoothed.
struct CpuShare {
    last: (Instant, Duration),
    smoothed: f64,
}

impl CpuShare {
    fn new(now: Instant, cpu_time: Duration) -> Self {
        Self { last: (now, cpu_time), smoothed: 0.0 }
    }

    /// Thousandths of `cores` taken since the last call, the one before weighing as much as this one.
    fn at(&mut self, now: Instant, cpu_time: Duration, cores: f64) -> u32 {
        let (then, before) = std::mem::replace(&mut self.last, (now, cpu_time));
        let passed = now.saturating_duration_since(then).as_secs_f64();
        if passed > 0.0 {
            let taken = cpu_time.saturating_sub(before).as_secs_f64() / passed;
            self.smoothed = f64::midpoint(self.smoothed, taken);
        }
        permille(self.smoothed, cores)
    }
}

/// Thousandths, at most 1000: what is taken beyond a limit, as bursts are, is no more than all of it.
fn permille(taken: f64, limit: f64) -> u32 {
    match limit > 0.0 {
        true => (taken / limit * 1000.0).clamp(0.0, 1000.0).round() as u32,
        false => 0,
    }
}

#[cfg(test)]
mod tests;

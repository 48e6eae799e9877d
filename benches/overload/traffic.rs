//! Who asks, when, and how much work it makes: the same for all systems of a run.

use gateway_algorithms::priority::PriorityClass;

use crate::SECOND;

/// Consumers of one class that are alike.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source {
    pub(crate) class: PriorityClass,
    pub(crate) consumers: u64,
    /// Requests a second of all of them together, with exponential gaps as those of independent clients are.
    pub(crate) rate: f64,
    /// Further requests that come at one moment.
    pub(crate) burst: Option<Burst>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Burst {
    pub(crate) requests: u32,
    /// Seconds between two.
    pub(crate) every: u64,
}

/// A request that comes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arrival {
    /// In nanoseconds.
    pub(crate) at: u64,
    pub(crate) class: PriorityClass,
    /// Its place among the sources.
    pub(crate) source: usize,
    pub(crate) flow: u64,
    /// What it costs the server, compared with the mean.
    pub(crate) work: f64,
}

/// An endless open loop: nobody waits for an answer before asking again.
pub(crate) struct Traffic {
    sources: Vec<Source>,
    rate: f64,
    /// 0 for requests that all cost the same, 1 for exponential costs.
    spread: f64,
    random: fastrand::Rng,
    next: u64,
    /// Requests of bursts that have come due and are not handed out yet: of which source, and how many.
    due: Vec<(usize, u32)>,
    bursts: u64,
}

impl Source {
    pub(crate) fn new(class: PriorityClass, consumers: u64, rate: f64) -> Self {
        Self { class, consumers, rate, burst: None }
    }
}

impl Traffic {
    pub(crate) fn new(sources: Vec<Source>, spread: f64, seed: u64) -> Self {
        let rate = sources.iter().map(|source| source.rate).sum();
        let random = fastrand::Rng::with_seed(seed);
        let mut traffic = Self { sources, rate, spread, random, next: 0, due: Vec::new(), bursts: 1 };
        traffic.passes();
        traffic
    }

    pub(crate) fn next(&mut self) -> Arrival {
        if self.next >= self.bursts * SECOND {
            self.falls_due();
        }
        if let Some((source, left)) = self.due.last_mut() {
            let source = *source;
            *left -= 1;
            if *left == 0 {
                self.due.pop();
            }
            return self.arrival((self.bursts - 1) * SECOND, source);
        }
        let at = self.next;
        self.passes();
        let mut part = self.random.f64() * self.rate;
        let chosen = self.sources.iter().position(|source| {
            part -= source.rate;
            part < 0.0
        });
        self.arrival(at, chosen.unwrap_or(self.sources.len() - 1))
    }

    fn passes(&mut self) {
        let gap = exponential(&mut self.random) / self.rate;
        self.next += (gap * SECOND as f64) as u64;
    }

    fn falls_due(&mut self) {
        let second = self.bursts;
        self.bursts += 1;
        let bursts = self.sources.iter().enumerate().filter_map(|(place, source)| Some((place, source.burst?)));
        self.due = bursts
            .filter(|(_, burst)| second.is_multiple_of(burst.every))
            .map(|(place, burst)| (place, burst.requests))
            .collect();
    }

    fn arrival(&mut self, at: u64, source: usize) -> Arrival {
        let Source { class, consumers, .. } = self.sources[source];
        let flow = ((source as u64) << 32) + self.random.u64(..consumers);
        let work = 1.0 - self.spread + self.spread * exponential(&mut self.random);
        Arrival { at, class, source, flow, work }
    }
}

/// With a mean of 1.
fn exponential(random: &mut fastrand::Rng) -> f64 {
    -random.f64().max(1e-12).ln()
}

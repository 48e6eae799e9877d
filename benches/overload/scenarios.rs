//! What is tried: which traffic meets which server.

use gateway_algorithms::priority::PriorityClass::{Critical, Low, Normal};

use crate::{
    SECOND,
    run::{Run, Setup},
    server::{Capacity, Slow},
    systems::System,
    traffic::{Burst, Source},
};

/// How long, and with which numbers.
pub(crate) struct Plan {
    /// Seconds that are counted where nothing changes over time.
    pub(crate) seconds: u64,
    pub(crate) seed: u64,
}

/// A server, and how what requests cost it is spread.
#[derive(Clone, Copy)]
pub(crate) struct Kind {
    pub(crate) workers: u32,
    pub(crate) service_ms: u64,
    pub(crate) spread: f64,
}

/// The one that stands for all where nothing else is said.
pub(crate) const USUAL: Kind = Kind { workers: 32, service_ms: 20, spread: 0.2 };

/// Servers for which nothing is configured either.
pub(crate) const KINDS: [Kind; 8] = [
    USUAL,
    Kind { spread: 0.0, ..USUAL },
    Kind { spread: 0.05, ..USUAL },
    Kind { spread: 1.0, ..USUAL },
    Kind { workers: 4, ..USUAL },
    Kind { workers: 8, ..USUAL },
    Kind { service_ms: 200, ..USUAL },
    Kind { workers: 200, service_ms: 5, ..USUAL },
];

/// Times what the server can answer.
pub(crate) const LOADS: [f64; 10] = [0.5, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 2.0, 3.0, 4.0];

/// Of the classes critical, normal and low.
pub(crate) type Mix = [f64; 3];
pub(crate) const MIX: Mix = [0.1, 0.2, 0.7];
pub(crate) const TWO_CLASSES: Mix = [0.1, 0.0, 0.9];

/// Until a limit has been found, in seconds.
const WARM_UP: u64 = 10;

/// When the server slows down, for how long in all is looked, and by how much it slows, in seconds.
pub(crate) const SLOW: (u64, u64, u64) = (40, 100, 140);
pub(crate) const SLOWER: f64 = 4.0;

/// The consumers of the class that one of them floods, and what it sends compared with each other one.
pub(crate) const OTHERS: u64 = 20;

impl Kind {
    pub(crate) fn capacity(self) -> Capacity {
        Capacity::new(self.workers, self.service_ms)
    }
}

impl Plan {
    /// Steady overload.
    pub(crate) fn load(&self, kind: Kind, mix: Mix, load: f64, system: System) -> Run {
        self.setup(kind, mix, load).run(system)
    }

    /// The first seconds of an overload, with the limit where it begins.
    pub(crate) fn start(&self, kind: Kind, load: f64, seconds: u64) -> Run {
        Setup { warm_up: 0, seconds, ..self.setup(kind, MIX, load) }.run(System::Sluice)
    }

    /// The server becomes slower for a minute, while twice as many come as it can answer at its best.
    pub(crate) fn slow_down(&self, system: System) -> Run {
        let mut setup = Setup { warm_up: 0, seconds: SLOW.2, ..self.setup(USUAL, MIX, 2.0) };
        setup.capacity.slow = Some(Slow { from: SLOW.0 * SECOND, to: SLOW.1 * SECOND, factor: SLOWER });
        setup.run(system)
    }

    /// One consumer sends as much as the server can answer three times over; all others of its class together send `load`
    /// times what it can answer.
    pub(crate) fn flood(&self, load: f64, system: System) -> Run {
        let rate = USUAL.capacity().rate();
        let sources = vec![Source::new(Normal, OTHERS, load * rate), Source::new(Normal, 1, 3.0 * rate)];
        Setup { sources, ..self.setup(USUAL, MIX, 1.0) }.run(system)
    }

    /// Half of what the server can answer, and now and then many at one moment from so many consumers.
    pub(crate) fn bursts(&self, consumers: u64, requests: u32, system: System) -> Run {
        let mut setup = self.setup(USUAL, MIX, 0.5);
        let burst = Some(Burst { requests, every: 7 });
        setup.sources.push(Source { burst, ..Source::new(Normal, consumers, 0.0) });
        setup.run(system)
    }

    fn setup(&self, kind: Kind, mix: Mix, load: f64) -> Setup {
        let capacity = kind.capacity();
        let sources = [Critical, Normal, Low].into_iter().zip(mix);
        let sources = sources.map(|(class, part)| Source::new(class, 1_000, part * load * capacity.rate())).collect();
        Setup { sources, capacity, spread: kind.spread, warm_up: WARM_UP, seconds: self.seconds, seed: self.seed }
    }
}

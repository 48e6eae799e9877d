//! A limit that follows how response times grow with it.
//!
//! After the adaptive concurrency of Envoy, `limit = limit * (unloaded + buffer) / latency + headroom`, with the unloaded
//! latency taken from live traffic. What is ours is how it is taken: a server with `K` places answers in `s` while it has
//! fewer than `K` requests, and in `s * L / K` with `L` of them (Little's law). So whenever the limit has fallen from `L1` to
//! `L2` and the latency from `R1` to `R2`, the server's places are known: `K = L1 * R2 / R1`. With `K` above `L2` it had
//! places left, and `R2` is how fast it answers without load, whether or not that has changed since it was last seen.
//! So a server that becomes slower is told from one that has too much to do within one window, and no request is refused
//! in order to measure.

use std::time::Duration;

use super::{Bounds, Cause, Window};

/// By how much the latency may exceed that without load.
const TOLERANCE: f64 = 0.03;

/// What a probe, or one step down, leaves of the limit at least.
const LEAST_LEFT: f64 = 0.7;

/// A limit that fell by less tells nothing.
const TELLING: f64 = 0.9;

/// A server has places left when it has so many more than the limit: less may be noise.
const LEFT: f64 = 1.07;

/// How much of the way a step goes: what was measured is not exact.
const STEP: f64 = 0.7;

/// After so many windows in a row in which the limit rose, each step is larger by this part of it.
const STEADY_RISES: u32 = 2;
const LEAP: f64 = 0.2;

/// What one window without load counts against those before.
const WEIGHT: f64 = 0.3;

/// Between two probes.
const PROBE_EVERY: Duration = Duration::from_secs(10);

/// From a probe that found the server to have changed to the one that checks it.
const CHECK_AFTER: Duration = Duration::from_millis(500);

/// A server that answers in less, or in more by as much, has changed.
const CHANGED: f64 = 0.8;

/// A limit with what was learned of its server.
#[derive(Clone, Debug)]
pub struct Gradient {
    bounds: Bounds,
    limit: f64,
    /// Seconds to a response's head without load.
    unloaded: Option<f64>,
    before: Option<Before>,
    /// Windows in a row in which the limit rose.
    rises: u32,
    next_probe: Duration,
    /// Varies the time between probes, so that the nodes of one upstream do not probe together.
    seed: u64,
}

/// How it was before the limit fell.
#[derive(Clone, Copy, Debug)]
struct Before {
    limit: f64,
    /// Seconds.
    latency: f64,
    /// It fell in order to measure.
    probing: bool,
}

impl Gradient {
    /// Begins with `initial`; `seed` varies when it probes.
    #[must_use]
    pub fn new(bounds: Bounds, initial: u32, seed: u64) -> Self {
        Self {
            bounds,
            limit: bounds.keep(initial.into()),
            unloaded: None,
            before: None,
            rises: 0,
            next_probe: Duration::ZERO,
            seed: seed | 1,
        }
    }

    pub(super) fn limit(&self) -> u32 {
        self.limit.round() as u32
    }

    pub(super) fn bounds(&self) -> Bounds {
        self.bounds
    }

    pub(super) fn unloaded_latency(&self) -> Option<Duration> {
        self.unloaded.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
    }

    pub(super) fn judge(&mut self, window: &Window, now: Duration) -> Option<Cause> {
        let before = self.limit();
        let cause = self.conclude(window, now)?;
        self.limit = self.bounds.keep(self.limit);
        (self.limit() != before).then_some(cause)
    }

    fn conclude(&mut self, window: &Window, now: Duration) -> Option<Cause> {
        if let Some(turned_away) = window.turned_away() {
            self.before = None;
            self.limit *= LEAST_LEFT.max(1.0 - turned_away);
            return Some(Cause::Overloaded);
        }
        let latency = window.latency.as_secs_f64();
        if window.answered == 0 || latency <= 0.0 {
            return None;
        }
        let before = self.before.take();
        if !window.limited {
            // A fall that nobody felt is taken back.
            if let Some(before) = before {
                self.limit = before.limit;
                return Some(Cause::Measured);
            }
            if f64::from(window.peak) <= self.limit * LEAST_LEFT {
                self.sees_unloaded(latency);
            }
            return None;
        }
        if let Some(before) = before.filter(|before| self.limit <= before.limit * TELLING) {
            let places = before.limit * latency / before.latency;
            // It became slower meanwhile: then the two windows cannot be compared.
            let comparable = latency * CHANGED < before.latency;
            if comparable && places > self.limit * LEFT {
                return Some(self.measured(places.min(before.limit), latency, now));
            }
            if (before.probing || !comparable) && self.probe(latency, now) {
                return Some(Cause::Probe);
            }
        }
        match self.unloaded {
            Some(unloaded) if now < self.next_probe && latency >= unloaded * CHANGED => {
                let error = window.error.as_secs_f64();
                if latency + error < unloaded {
                    self.sees_unloaded(latency);
                }
                Some(self.step(unloaded, (latency - error).max(latency.min(unloaded))))
            }
            _ => self.probe(latency, now).then_some(Cause::Probe),
        }
    }

    /// The server has shown how many places it has, and how fast it answers while some are left.
    fn measured(&mut self, places: f64, latency: f64, now: Duration) -> Cause {
        let changed = self.unloaded.is_none_or(|known| !(CHANGED..1.0 / CHANGED).contains(&(latency / known)));
        if changed {
            self.next_probe = self.next_probe.min(now + CHECK_AFTER);
        }
        self.unloaded = Some(latency);
        self.limit = places * (1.0 + TOLERANCE) + headroom(places);
        Cause::Measured
    }

    fn step(&mut self, unloaded: f64, latency: f64) -> Cause {
        let gradient = (unloaded * (1.0 + TOLERANCE) / latency).min(1.0 + TOLERANCE);
        let target = (self.limit * gradient + headroom(self.limit)).max(self.limit * LEAST_LEFT);
        if target < self.limit {
            self.rises = 0;
            self.before = Some(Before { limit: self.limit, latency, probing: false });
            // All the way: how the latency answers to it is what tells why it rose.
            self.limit = match target < self.limit * TELLING {
                true => target,
                false => self.limit + (target - self.limit) * STEP,
            };
            return Cause::Latency;
        }
        self.rises += 1;
        // Far below what the server takes, larger and larger steps are quick to be there.
        let faster = if self.rises > STEADY_RISES && gradient >= 1.0 { self.limit * LEAP } else { 0.0 };
        self.limit += (target - self.limit) * STEP + faster;
        Cause::Headroom
    }

    /// Lowers the limit in order to measure; says whether it could be.
    fn probe(&mut self, latency: f64, now: Duration) -> bool {
        // xorshift64: a number between 0 and 1 that has no meaning.
        self.seed ^= self.seed << 13;
        self.seed ^= self.seed >> 7;
        self.seed ^= self.seed << 17;
        let part = (self.seed >> 11) as f64 / (1_u64 << 53) as f64;
        self.next_probe = now + PROBE_EVERY.mul_f64(0.75 + part / 2.0);
        let lowered = self.bounds.keep(self.limit * LEAST_LEFT);
        if lowered > self.limit * TELLING {
            // There is no less load than this.
            self.unloaded = Some(latency);
            return false;
        }
        self.before = Some(Before { limit: self.limit, latency, probing: true });
        self.limit = lowered;
        true
    }

    fn sees_unloaded(&mut self, latency: f64) {
        self.unloaded = Some(self.unloaded.map_or(latency, |known| known + (latency - known) * WEIGHT));
    }
}

/// Requests beyond what the latency allows, for the limit to grow by: without them it could never be seen that the server has
/// more places.
fn headroom(limit: f64) -> f64 {
    limit.sqrt() / 4.0
}

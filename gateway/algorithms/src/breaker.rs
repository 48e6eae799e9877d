//! A circuit breaker: keeps what fails again and again from being called for a while.
//!
//! Calls that go well need not be reported: whoever calls counts them anyway, and hands over the total with each fault.
//! So a breaker that stays closed costs its caller nothing.

mod rules;
mod window;

use std::time::Duration;

pub use self::rules::Rules;
use self::window::Window;

/// The state of one breaker. `now` is the time since any fixed moment, the same for all calls.
#[derive(Clone, Debug)]
pub struct Breaker {
    rules: Rules,
    phase: Phase,
    window: Window,
    /// The pause of the next opening.
    pause: Duration,
    closed_since: Duration,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Closed,
    Open {
        until: Duration,
    },
    /// Some calls were let through; others are when nothing has been heard of them by then.
    HalfOpen {
        until: Duration,
        under_way: u32,
        passed: u32,
    },
}

/// How much a fault costs others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Only whoever made the call.
    Light,
    /// Those who had to wait while it lasted, too: few of these are enough.
    Heavy,
}

/// Whether a call may be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// As any other.
    Call,
    /// It decides whether the breaker closes: report its [`success`](Breaker::success) or its
    /// [`fault`](Breaker::fault), or that it was [given up](Breaker::give_up).
    Probe,
    /// Not now.
    Refuse,
}

/// A breaker that opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opened {
    /// When the next call is let through.
    pub until: Duration,
    /// Faults that led to it.
    pub faults: u32,
}

impl Breaker {
    /// A closed breaker for a plugin, by [`Rules::PLUGIN`].
    #[must_use]
    pub fn new(now: Duration, calls: u64) -> Self {
        Self::by(Rules::PLUGIN, now, calls)
    }

    /// A closed breaker; `calls` is the number of calls made so far.
    #[must_use]
    pub fn by(rules: Rules, now: Duration, calls: u64) -> Self {
        let window = Window::new(rules.window, now, calls);
        Self { rules, phase: Phase::Closed, window, pause: rules.first_pause, closed_since: now }
    }

    /// Whether all calls are let through.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.phase == Phase::Closed
    }

    /// Whether a call may be made now.
    pub fn admit(&mut self, now: Duration) -> Admission {
        let passed = match self.phase {
            Phase::Closed => return Admission::Call,
            Phase::HalfOpen { ref mut under_way, passed, .. } if *under_way + passed < self.rules.probes => {
                *under_way += 1;
                return Admission::Probe;
            }
            Phase::Open { until } | Phase::HalfOpen { until, .. } if now < until => return Admission::Refuse,
            Phase::Open { .. } => 0,
            Phase::HalfOpen { passed, .. } => passed,
        };
        self.phase = Phase::HalfOpen { until: now.saturating_add(self.pause), under_way: 1, passed };
        Admission::Probe
    }

    /// Hears that a call failed, `calls` being the number of all calls so far. Says so if that opens the breaker.
    ///
    /// While it is open, faults are those of calls from before and change nothing. While it is half open any fault
    /// opens it again: where calls take long, only those of probes are to be told.
    pub fn fault(&mut self, now: Duration, calls: u64, fault: Fault) -> Option<Opened> {
        match self.phase {
            Phase::Closed => {
                let seen = self.window.fault(now, calls, fault.weight());
                self.rules.are_broken_by(&seen).then(|| self.open(now, seen.faults))
            }
            Phase::Open { .. } => None,
            Phase::HalfOpen { .. } => Some(self.open(now, 1)),
        }
    }

    /// Hears that a probe went well; says whether that closes the breaker, as the last one of the probes that it takes
    /// does. `calls` as for [`fault`](Self::fault).
    pub fn success(&mut self, now: Duration, calls: u64) -> bool {
        let Phase::HalfOpen { ref mut under_way, ref mut passed, .. } = self.phase else { return false };
        *under_way = under_way.saturating_sub(1);
        *passed += 1;
        let closes = *passed >= self.rules.probes;
        if closes {
            self.phase = Phase::Closed;
            self.window = Window::new(self.rules.window, now, calls);
            self.closed_since = now;
        }
        closes
    }

    /// Hears that nothing will be heard of a probe: another one may be made in its place.
    pub fn give_up(&mut self) {
        if let Phase::HalfOpen { ref mut under_way, .. } = self.phase {
            *under_way = under_way.saturating_sub(1);
        }
    }

    fn open(&mut self, now: Duration, faults: u32) -> Opened {
        // What was sound for as long as faults are remembered begins anew.
        if self.is_closed() && now.saturating_sub(self.closed_since) > self.rules.window {
            self.pause = self.rules.first_pause;
        }
        let until = now.saturating_add(self.pause);
        self.phase = Phase::Open { until };
        self.pause = self.pause.saturating_mul(2).min(self.rules.longest_pause);
        Opened { until, faults }
    }
}

impl Fault {
    fn weight(self) -> u32 {
        match self {
            Self::Light => 2,
            Self::Heavy => 5,
        }
    }
}

#[cfg(test)]
mod tests;

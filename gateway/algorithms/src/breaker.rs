//! A circuit breaker: keeps what fails again and again from being called for a while.
//!
//! Calls that go well need not be reported: whoever calls counts them anyway, and hands over the total with each fault.
//! So a breaker that stays closed costs its caller nothing.

mod window;

use std::time::Duration;

use self::window::Window;

/// How far back faults are counted.
pub const WINDOW: Duration = Duration::from_secs(10);
/// The weight of faults that opens a breaker, if they are at least half of the calls: of five light ones, or of two heavy
/// ones.
pub const OPENING_WEIGHT: u32 = 10;
/// How long a breaker is open the first time; twice as long each time that follows soon.
pub const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// The longest that a breaker is open without trying again.
pub const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// The state of one breaker. `now` is the time since any fixed moment, the same for all calls.
#[derive(Clone, Debug)]
pub struct Breaker {
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
    /// One call was let through; another one is when nothing has been heard of it by then.
    HalfOpen {
        until: Duration,
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
    /// It decides whether the breaker closes: report its [`success`](Breaker::success) or its [`fault`](Breaker::fault).
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
    /// A closed breaker; `calls` is the number of calls made so far.
    #[must_use]
    pub fn new(now: Duration, calls: u64) -> Self {
        Self { phase: Phase::Closed, window: Window::new(now, calls), pause: FIRST_PAUSE, closed_since: now }
    }

    /// Whether all calls are let through.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.phase == Phase::Closed
    }

    /// Whether a call may be made now.
    pub fn admit(&mut self, now: Duration) -> Admission {
        match self.phase {
            Phase::Closed => Admission::Call,
            Phase::Open { until } | Phase::HalfOpen { until } if now < until => Admission::Refuse,
            Phase::Open { .. } | Phase::HalfOpen { .. } => {
                self.phase = Phase::HalfOpen { until: now + self.pause };
                Admission::Probe
            }
        }
    }

    /// Hears that a call failed, `calls` being the number of all calls so far. Says so if that opens the breaker.
    ///
    /// While it is open, faults are those of calls from before and change nothing.
    pub fn fault(&mut self, now: Duration, calls: u64, fault: Fault) -> Option<Opened> {
        match self.phase {
            Phase::Closed => {
                let seen = self.window.fault(now, calls, fault.weight());
                (seen.weight >= OPENING_WEIGHT && u64::from(seen.faults) * 2 >= seen.calls)
                    .then(|| self.open(now, seen.faults))
            }
            Phase::Open { .. } => None,
            Phase::HalfOpen { .. } => Some(self.open(now, 1)),
        }
    }

    /// Hears that a probe went well; says whether that closes the breaker. `calls` as for [`fault`](Self::fault).
    pub fn success(&mut self, now: Duration, calls: u64) -> bool {
        let closes = matches!(self.phase, Phase::HalfOpen { .. });
        if closes {
            self.phase = Phase::Closed;
            self.window = Window::new(now, calls);
            self.closed_since = now;
        }
        closes
    }

    fn open(&mut self, now: Duration, faults: u32) -> Opened {
        // What was sound for as long as faults are remembered begins anew.
        if self.is_closed() && now.saturating_sub(self.closed_since) > WINDOW {
            self.pause = FIRST_PAUSE;
        }
        let until = now + self.pause;
        self.phase = Phase::Open { until };
        self.pause = (self.pause * 2).min(LONGEST_PAUSE);
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

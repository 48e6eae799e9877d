//! The leaky bucket as a queue: what comes faster than the rate waits its turn, up to a burst.
//!
//! This is `limit_req` of nginx (ngx_http_limit_req_module) with its parameters `rate`, `burst` and `delay`; `nodelay`
//! is `undelayed` equal to `burst`.
//! One request is in service and up to `burst` wait, so `burst + 1` pass at one instant: [`Gcra`] with one more, and a
//! delay for whatever is above the rate.

use super::{Decision, Gcra, Limit, RateError};

/// A steady rate, how many may wait for their turn, and how many of them need not wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeakyBucket {
    /// The same outcomes, without the delay.
    gcra: Gcra,
    /// Excess that is not delayed, in requests.
    undelayed: u32,
}

impl LeakyBucket {
    /// A limit of `rate` requests a second, of which `burst` may come early; `undelayed` of these pass at once, the
    /// others wait until the rate allows them.
    ///
    /// # Errors
    /// [`RateError::Rate`] when the rate cannot be counted.
    pub fn new(rate: f64, burst: u32, undelayed: u32) -> Result<Self, RateError> {
        Ok(Self { gcra: Gcra::new(rate, burst.saturating_add(1))?, undelayed })
    }

    /// Excess that is not delayed, in requests.
    #[must_use]
    pub fn undelayed(&self) -> u32 {
        self.undelayed
    }

    /// As [`Gcra::share`].
    #[must_use]
    pub fn share(&self, nodes: u32) -> Self {
        Self { gcra: self.gcra.share(nodes), undelayed: self.undelayed / nodes.max(1) }
    }

    /// Sets the delay of an admitted request that leaves `arrival` behind.
    fn delayed(&self, arrival: u64, now: u64, cost: u32, decision: Decision) -> Decision {
        if !decision.admitted || cost == 0 {
            return decision;
        }
        let at_once = self.gcra.interval().saturating_mul(u64::from(self.undelayed) + 1);
        Decision { delay: (arrival - now).saturating_sub(at_once), ..decision }
    }
}

impl Limit for LeakyBucket {
    /// The time at which the bucket is empty, in nanoseconds.
    type State = u64;

    fn limit(&self) -> u64 {
        self.gcra.limit()
    }

    fn window(&self) -> Option<u64> {
        self.gcra.window()
    }

    fn decide(&self, state: &mut u64, now: u64, cost: u32) -> Decision {
        let (after, decision) = self.gcra.judge(*state, now, cost);
        *state = after;
        self.delayed(after, now, cost, decision)
    }

    fn peek(&self, state: &u64, now: u64, cost: u32) -> Decision {
        let (after, decision) = self.gcra.judge(*state, now, cost);
        self.delayed(after, now, cost, decision)
    }

    fn give_back(&self, state: &mut u64, taken_at: u64, cost: u32) {
        self.gcra.give_back(state, taken_at, cost);
    }

    fn rest_after(&self, state: &u64, now: u64) -> u64 {
        self.gcra.rest_after(state, now)
    }

    fn refuses(&self, state: &u64, now: u64, cost: u32) -> bool {
        self.gcra.refuses(state, now, cost)
    }
}

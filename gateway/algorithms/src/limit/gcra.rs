//! GCRA, the generic cell rate algorithm: a rate, and a burst that may exceed it.
//!
//! A cell is admitted when it does not arrive earlier than its theoretical arrival time allows
//! (ITU-T I.371, Annex A, in the virtual scheduling form).
//! Outcomes equal those of a token bucket that refills at `rate` and holds `burst` tokens, yet the
//! state of a key is one timestamp, so a caller can keep it in one atomic word.

use super::{Decision, Limit, RateError};

/// Nanoseconds in a second.
const NANOS: f64 = 1e9;

/// The slowest rate: one request in about eleven days.
pub(super) const SLOWEST: f64 = 1e-6;

/// The fastest rate: one request each nanosecond is the resolution of the clock.
pub(super) const FASTEST: f64 = 1e9;

/// The longest time for a spent burst to come back, ten years: with the time since 1970 it stays far below `u64::MAX`
/// nanoseconds, so nothing that limits saturates.
const LONGEST_REFILL: u64 = 10 * 366 * 24 * 60 * 60 * 1_000_000_000;

/// A steady rate and the burst that may exceed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gcra {
    /// Time that one request earns back, in nanoseconds; the `T` of GCRA.
    interval: u64,
    /// Requests that a rested key may send at one instant.
    burst: u32,
}

impl Gcra {
    /// A limit of `rate` requests a second with `burst` at one instant.
    ///
    /// # Errors
    /// [`RateError`] names the argument that admits nothing or cannot be counted.
    pub fn new(rate: f64, burst: u32) -> Result<Self, RateError> {
        if !(SLOWEST..=FASTEST).contains(&rate) {
            return Err(RateError::Rate(rate));
        }
        if burst == 0 {
            return Err(RateError::Burst);
        }
        let interval = (NANOS / rate).round() as u64;
        let gcra = Self { interval, burst };
        if gcra.refill() > LONGEST_REFILL {
            return Err(RateError::Refill { rate, burst });
        }
        Ok(gcra)
    }

    /// Requests that a rested key may send at one instant.
    #[must_use]
    pub fn burst(&self) -> u32 {
        self.burst
    }

    /// Time that one request earns back, in nanoseconds.
    #[must_use]
    pub fn interval(&self) -> u64 {
        self.interval
    }

    /// Time in which a spent burst comes back whole, in nanoseconds; the window to publish for this limit.
    #[must_use]
    pub fn refill(&self) -> u64 {
        self.interval.saturating_mul(u64::from(self.burst))
    }

    /// What one of `nodes` nodes has of it when each counts by itself: a rate and a burst divided, the burst at least 1.
    #[must_use]
    pub fn share(&self, nodes: u32) -> Self {
        let nodes = nodes.max(1);
        let burst = (self.burst / nodes).max(1);
        let interval = self.interval.saturating_mul(nodes.into()).min(LONGEST_REFILL / u64::from(burst));
        Self { interval, burst }
    }

    /// The theoretical arrival time after a request of `cost` at `now`, and what becomes of the request.
    pub(super) fn judge(&self, arrival: u64, now: u64, cost: u32) -> (u64, Decision) {
        // What a slower rate left behind must not be paid back at its pace.
        let arrival = arrival.min(now.saturating_add(self.refill()));
        let from = arrival.max(now);
        let spent = self.interval.saturating_mul(u64::from(cost));
        let after = from.saturating_add(spent);
        let allowed_until = now.saturating_add(self.refill());
        if cost == 0 || after <= allowed_until {
            let (remaining, more_after) = self.left(after, now);
            let arrival = if cost == 0 { arrival } else { after };
            return (arrival, Decision::admit(remaining, more_after));
        }
        let (remaining, more_after) = self.left(from, now);
        let retry_after = (cost <= self.burst).then(|| after - allowed_until);
        (arrival, Decision::refuse(remaining, more_after, retry_after))
    }

    /// Requests of cost 1 that pass at `now` when the theoretical arrival time is `arrival`, and the time until it is one more.
    fn left(&self, arrival: u64, now: u64) -> (u64, u64) {
        let refill = self.refill();
        let left = refill.saturating_sub(arrival.saturating_sub(now));
        let remaining = left / self.interval;
        let next = remaining.saturating_add(1).saturating_mul(self.interval).min(refill);
        (remaining.min(u64::from(self.burst)), next - left)
    }
}

impl Limit for Gcra {
    /// The theoretical arrival time, in nanoseconds.
    type State = u64;

    fn limit(&self) -> u64 {
        u64::from(self.burst)
    }

    fn window(&self) -> Option<u64> {
        Some(self.refill())
    }

    fn decide(&self, state: &mut u64, now: u64, cost: u32) -> Decision {
        let (after, decision) = self.judge(*state, now, cost);
        *state = after;
        decision
    }

    fn peek(&self, state: &u64, now: u64, cost: u32) -> Decision {
        self.judge(*state, now, cost).1
    }

    fn give_back(&self, state: &mut u64, _taken_at: u64, cost: u32) {
        *state = state.saturating_sub(self.interval.saturating_mul(u64::from(cost)));
    }

    fn rest_after(&self, state: &u64, now: u64) -> u64 {
        (*state).min(now.saturating_add(self.refill())).saturating_sub(now)
    }

    fn refuses(&self, state: &u64, now: u64, cost: u32) -> bool {
        // Without the divisions of a whole decision: a full table asks this of many keys.
        let spent = self.interval.saturating_mul(u64::from(cost));
        let most = self.refill().checked_sub(spent);
        cost > 0 && most.is_none_or(|most| state.saturating_sub(now) > most)
    }
}

#[cfg(test)]
mod tests;

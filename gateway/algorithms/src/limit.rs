//! Rate limiting by GCRA, the generic cell rate algorithm.
//!
//! A cell is admitted when it does not arrive earlier than its theoretical arrival time allows
//! (ITU-T I.371, Annex A, in the virtual scheduling form).
//! Outcomes equal those of a token bucket that refills at `rate` and holds `burst` tokens, yet the
//! state of a key is one timestamp, so a caller can keep it in one atomic word.

use std::fmt;

/// Nanoseconds in a second.
const NANOS: f64 = 1e9;

/// The slowest rate: one request in about eleven days keeps every product below `u64::MAX` nanoseconds.
const SLOWEST: f64 = 1e-6;

/// The fastest rate: one request each nanosecond is the resolution of the clock.
const FASTEST: f64 = 1e9;

/// A steady rate and the burst that may exceed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Time that one request earns back, in nanoseconds; the `T` of GCRA.
    interval: u64,
    /// Requests that a rested key may send at one instant.
    burst: u32,
}

/// Why a rate and a burst make no quota.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum QuotaError {
    /// The rate is not a number between one in eleven days and one each nanosecond.
    Rate(f64),
    /// A burst below one admits nothing, ever.
    Burst,
}

/// What became of a request, and what the client may be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The request passes.
    Admit(Admitted),
    /// The request does not pass; it takes nothing from the key.
    Refuse(Refused),
}

/// An admitted request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Admitted {
    /// The key's new state: its theoretical arrival time, in nanoseconds.
    pub arrival: u64,
    /// Requests of cost 1 that would still pass at this instant.
    pub remaining: u32,
    /// Nanoseconds until one more would pass; 0 when the whole burst is available.
    pub more_after: u64,
}

/// A refused request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The key's state, in nanoseconds. It differs from what it was only after the quota has changed: whatever was
    /// spent under another one counts as one spent burst of this one at most.
    pub arrival: u64,
    /// Requests of cost 1 that would pass at this instant: more than 0 only when the cost was above 1.
    pub remaining: u32,
    /// Nanoseconds until the same request would pass; `None` when its cost exceeds the burst and it never will.
    pub retry_after: Option<u64>,
    /// Nanoseconds until one more request of cost 1 would pass; 0 when the whole burst is available.
    pub more_after: u64,
}

impl Quota {
    /// A quota of `rate` requests a second with `burst` at one instant.
    ///
    /// # Errors
    /// [`QuotaError`] names the argument that admits nothing or cannot be counted.
    pub fn new(rate: f64, burst: u32) -> Result<Self, QuotaError> {
        if !(SLOWEST..=FASTEST).contains(&rate) {
            return Err(QuotaError::Rate(rate));
        }
        if burst == 0 {
            return Err(QuotaError::Burst);
        }
        let interval = (NANOS / rate).round() as u64;
        Ok(Self { interval, burst })
    }

    /// Requests that a rested key may send at one instant.
    #[must_use]
    pub fn burst(&self) -> u32 {
        self.burst
    }

    /// Time in which a spent burst comes back whole, in nanoseconds; the window to publish for this quota.
    #[must_use]
    pub fn window(&self) -> u64 {
        self.interval.saturating_mul(u64::from(self.burst))
    }

    /// Decides one request of `cost` at `now` for a key whose state is `arrival`.
    ///
    /// `now` and `arrival` are nanoseconds of one monotonic clock; a key never seen has `arrival` 0.
    /// A cost of 0 passes and changes nothing.
    #[must_use]
    pub fn decide(&self, arrival: u64, now: u64, cost: u32) -> Decision {
        // What a slower quota left behind must not be paid back at its pace.
        let arrival = arrival.min(now.saturating_add(self.window()));
        let from = arrival.max(now);
        let spent = self.interval.saturating_mul(u64::from(cost));
        let after = from.saturating_add(spent);
        let allowed_until = now.saturating_add(self.window());
        if after <= allowed_until {
            let (remaining, more_after) = self.left(after, now);
            return Decision::Admit(Admitted { arrival: after, remaining, more_after });
        }
        let (remaining, more_after) = self.left(from, now);
        let retry_after = (cost <= self.burst).then(|| after - allowed_until);
        Decision::Refuse(Refused { arrival, remaining, retry_after, more_after })
    }

    /// Requests of cost 1 that pass at `now` when the theoretical arrival time is `arrival`, and the time until it is one more.
    fn left(&self, arrival: u64, now: u64) -> (u32, u64) {
        let window = self.window();
        let left = window.saturating_sub(arrival.saturating_sub(now));
        let remaining = left / self.interval;
        let next = remaining.saturating_add(1).saturating_mul(self.interval).min(window);
        (u32::try_from(remaining).unwrap_or(u32::MAX).min(self.burst), next - left)
    }
}

impl fmt::Display for QuotaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rate(rate) => write!(
                f,
                "a rate of {rate} requests a second cannot be enforced: give a number from {SLOWEST} to {FASTEST}"
            ),
            Self::Burst => write!(f, "a burst of 0 admits no request: give at least 1"),
        }
    }
}

impl std::error::Error for QuotaError {}

#[cfg(test)]
mod tests;

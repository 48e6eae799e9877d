//! Limits by GCRA: the host counts, the plugin says what and by which key.

#[cfg(test)]
mod tests;

use std::time::Duration;

use sluice_abi::wire;

use crate::{Result, sys};

pub use sluice_abi::wire::Decision;

/// How many requests pass in a window, and how many of them at one instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    wire: wire::Policy,
}

/// A limit of the attachment; cheap to copy, made by [`Setup::rate_limit`](crate::Setup::rate_limit).
///
/// Its state belongs to the attachment, the policy's name and the key: it outlives instances and configurations.
#[derive(Clone, Copy, Debug)]
pub struct RateLimit(u32);

/// Charges the throttle of the consumer's usage plan: `None` when no plugin before this one has said who calls,
/// or the plan has no throttle. Needs the grant `usage-plan`.
#[must_use]
pub fn acquire_plan(cost: u32) -> Option<Decision> {
    sys::optional_record(|result| sys::acquire_plan(cost, result))
}

// === impl Policy ===

/// The longest window of whole seconds that is tried for a rate.
const LONGEST_WHOLE_SECONDS: u32 = 3_600;

/// The longest window of all, in milliseconds: eleven and a half days, one request in which is the slowest rate.
const LONGEST_WINDOW_MS: u64 = 1_000_000_000;

/// How far a window may miss the rate: a request in a hundred million.
const TOLERANCE: f64 = 1e-8;

impl Policy {
    /// `limit` requests in each `window` (whole milliseconds), all of them at one instant if they were saved up.
    #[must_use]
    pub fn new(name: impl Into<String>, limit: u32, window: Duration) -> Self {
        let window = u64::try_from(window.as_millis()).unwrap_or(u64::MAX);
        Self { wire: wire::Policy { name: name.into(), limit: limit.into(), window, burst: limit } }
    }

    /// At most `burst` requests at one instant.
    #[must_use]
    pub fn burst(mut self, burst: u32) -> Self {
        self.wire.burst = burst;
        self
    }

    /// `rate` requests a second, steady state, and `burst` of them at one instant.
    ///
    /// The limit and the window are the smallest whole numbers that hold the rate: half a request a second is 1 in
    /// 2 000 ms, 2.5 are 5 in 2 000 ms. Rates that no small window holds are met to one in a hundred million
    /// from 0.01 a second upwards.
    ///
    /// # Errors
    /// Unless `rate` is 0.000001 to 1 000 000 000.
    pub fn per_second(name: impl Into<String>, rate: f64, burst: u32) -> Result<Self> {
        let (limit, window) = whole(rate)?;
        Ok(Self { wire: wire::Policy { name: name.into(), limit, window, burst } })
    }
}

/// The smallest whole numbers of requests and milliseconds that hold a rate a second.
///
/// # Errors
/// Unless `rate` is 0.000001 to 1 000 000 000.
pub(crate) fn whole(rate: f64) -> Result<(u64, u64)> {
    if !(1e-6..=1e9).contains(&rate) {
        return Err(format!("{rate} requests a second cannot be limited: use 0.000001 to 1000000000").into());
    }
    Ok(whole_seconds(rate).unwrap_or_else(|| milliseconds(rate)))
}

/// The shortest window of whole seconds in which a whole number of requests makes the rate.
fn whole_seconds(rate: f64) -> Option<(u64, u64)> {
    (1..=LONGEST_WHOLE_SECONDS).find_map(|seconds| {
        let requests = rate * f64::from(seconds);
        let whole = requests.round();
        let close = whole >= 1.0 && (requests - whole).abs() <= whole * TOLERANCE;
        close.then(|| (whole as u64, u64::from(seconds) * 1_000))
    })
}

/// The fraction of requests and milliseconds that is closest to the rate, by its continued fraction.
fn milliseconds(rate: f64) -> (u64, u64) {
    let per_ms = rate / 1_000.0;
    let (mut before, mut best) = ((0_u64, 1_u64), (1_u64, 0_u64));
    let mut rest = per_ms;
    loop {
        let whole = rest.floor();
        let next = (convergent(whole, best.0, before.0), convergent(whole, best.1, before.1));
        if next.1 > LONGEST_WINDOW_MS {
            break;
        }
        (before, best) = (best, next);
        let reached = best.0 as f64 / best.1 as f64;
        if (reached - per_ms).abs() <= per_ms * TOLERANCE || rest == whole {
            break;
        }
        rest = (rest - whole).recip();
    }
    if best.0 == 0 { (1, (per_ms.recip().round() as u64).min(LONGEST_WINDOW_MS)) } else { best }
}

fn convergent(whole: f64, last: u64, before: u64) -> u64 {
    (whole as u64).saturating_mul(last).saturating_add(before)
}

// === impl RateLimit ===

impl RateLimit {
    pub(crate) fn define(policy: Policy) -> Result<Self> {
        let bytes = sys::argument(&policy.wire);
        let defined: Result<u32, String> = sys::call(|result| sys::define_limit(&bytes, result));
        defined.map(Self).map_err(|reason| format!("limit {:?}: {reason}", policy.wire.name).into())
    }

    /// Takes `cost` requests from what `key` has left, if it has them; a refused request takes nothing.
    #[must_use]
    pub fn acquire(self, key: &str, cost: u32) -> Decision {
        sys::record(|result| sys::acquire(self.0, key, cost, result))
    }
}

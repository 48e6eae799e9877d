//! The concurrency limit: how many may be in flight at once.
//!
//! Time brings nothing back; whoever was admitted gives back what it took when it ends, exactly once.

use super::{CountError, Decision, Limit};

/// How many requests may be in flight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Concurrency {
    limit: u32,
}

impl Concurrency {
    /// A limit of `limit` in flight.
    ///
    /// # Errors
    /// [`CountError::Limit`] when it is 0.
    pub fn new(limit: u32) -> Result<Self, CountError> {
        CountError::limit(u64::from(limit), u64::from(u32::MAX))?;
        Ok(Self { limit })
    }

    /// Ends a request of `cost` that was admitted.
    pub fn release(&self, in_flight: &mut u64, cost: u32) {
        *in_flight = in_flight.saturating_sub(u64::from(cost));
    }
}

impl Limit for Concurrency {
    /// What is in flight.
    type State = u64;

    fn limit(&self) -> u64 {
        u64::from(self.limit)
    }

    fn window(&self) -> Option<u64> {
        None
    }

    fn decide(&self, in_flight: &mut u64, now: u64, cost: u32) -> Decision {
        let decision = self.peek(in_flight, now, cost);
        if decision.admitted {
            *in_flight += u64::from(cost);
        }
        decision
    }

    fn peek(&self, in_flight: &u64, _now: u64, cost: u32) -> Decision {
        let left = self.limit().saturating_sub(*in_flight);
        let cost = u64::from(cost);
        if cost <= left {
            Decision::admit(left - cost, 0)
        } else {
            Decision::refuse(left, 0, (cost <= self.limit()).then_some(0))
        }
    }

    fn give_back(&self, in_flight: &mut u64, _taken_at: u64, cost: u32) {
        self.release(in_flight, cost);
    }

    fn rest_after(&self, in_flight: &u64, _now: u64) -> u64 {
        if *in_flight == 0 { 0 } else { u64::MAX }
    }
}

//! Additive increase, multiplicative decrease (Chiu and Jain, 1989).

use std::time::Duration;

use super::{Bounds, Cause, Window};

/// What is left of the limit when responses are late.
const DECREASE: f64 = 0.9;

/// A limit that rises by one in each window in which it was used and responses came in time, and falls by a tenth in each in
/// which they did not.
#[derive(Clone, Debug)]
pub struct Aimd {
    bounds: Bounds,
    limit: f64,
    /// The longest mean time to a response that is still good.
    latency: Duration,
}

impl Aimd {
    /// Begins with `initial`.
    #[must_use]
    pub fn new(bounds: Bounds, initial: u32, latency: Duration) -> Self {
        Self { bounds, limit: bounds.keep(initial.into()), latency }
    }

    pub(super) fn bounds(&self) -> Bounds {
        self.bounds
    }

    pub(super) fn limit(&self) -> u32 {
        self.limit as u32
    }

    pub(super) fn judge(&mut self, window: &Window) -> Option<Cause> {
        let before = self.limit();
        let cause = if window.turned_away().is_some() {
            self.limit *= DECREASE;
            Cause::Overloaded
        } else if window.latency > self.latency {
            self.limit *= DECREASE;
            Cause::Latency
        } else if window.limited {
            self.limit += 1.0;
            Cause::Headroom
        } else {
            return None;
        };
        self.limit = self.bounds.keep(self.limit);
        (self.limit() != before).then_some(cause)
    }
}

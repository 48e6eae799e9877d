//! When nothing is sent to an upstream for a while.

use std::time::Duration;

use gateway_algorithms::breaker::Rules;
use serde::{Deserialize, Serialize};

/// When so many requests fail that none is sent for a while.
///
/// A failure is a request that got no response, even after it was sent again where that may be, and one that got a status from
/// 500 other than 501 and 505.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct CircuitBreaker {
    /// It opens where so many of 100 requests fail.
    pub failure_percent: u32,
    /// Without so many requests in the window it does not open.
    pub min_requests: u32,
    /// How far back requests count, in milliseconds.
    pub window_ms: u32,
    /// How long it is open the first time, in milliseconds; twice as long each time that follows soon.
    pub base_open_ms: u32,
    /// The longest that it is open without trying again, in milliseconds.
    pub max_open_ms: u32,
    /// Requests that are let through then, and must all go well for it to close.
    pub probes: u32,
}

impl CircuitBreaker {
    /// The same in the words of the algorithm.
    #[must_use]
    pub fn rules(self) -> Rules {
        let millis = |millis: u32| Duration::from_millis(millis.into());
        Rules {
            window: millis(self.window_ms),
            least_weight: 0,
            least_calls: self.min_requests.into(),
            share: self.failure_percent,
            first_pause: millis(self.base_open_ms),
            longest_pause: millis(self.max_open_ms),
            probes: self.probes,
        }
    }
}

impl Default for CircuitBreaker {
    fn default() -> Self {
        let Rules { window, least_calls, share, first_pause, longest_pause, probes, .. } = Rules::UPSTREAM;
        let millis = |duration: Duration| u32::try_from(duration.as_millis()).unwrap_or(u32::MAX);
        Self {
            failure_percent: share,
            min_requests: u32::try_from(least_calls).unwrap_or(u32::MAX),
            window_ms: millis(window),
            base_open_ms: millis(first_pause),
            max_open_ms: millis(longest_pause),
            probes,
        }
    }
}

//! When nothing is sent to an upstream for a while.

use async_graphql::{InputObject, MaybeUndefined, SimpleObject};
use gateway_model as model;

use super::{super::patch::Draft, number};

/// When so many requests fail that none is sent for a while. A failure is a request that got no response, even after it was
/// sent again where that may be, and one that got a status from 500 other than 501 and 505.
#[derive(SimpleObject)]
pub(crate) struct CircuitBreaker {
    /// It opens where so many of 100 requests fail.
    failure_percent: u32,
    /// Without so many requests in the window it does not open.
    min_requests: u32,
    /// How far back requests count, in milliseconds.
    window_ms: u32,
    /// How long it is open the first time, in milliseconds; twice as long each time that follows soon.
    base_open_ms: u32,
    /// The longest that it is open without trying again, in milliseconds.
    max_open_ms: u32,
    /// Requests that are let through then, and must all go well for it to close.
    probes: u32,
}

/// When so many requests fail that none is sent for a while; fields that are left out stay as they are, which for an upstream that has none is the default.
#[derive(Clone, Debug, InputObject)]
pub(crate) struct CircuitBreakerInput {
    /// It opens where so many of 100 requests fail: 1 to 100. Null means 50.
    failure_percent: MaybeUndefined<i32>,
    /// Without so many requests in the window it does not open. Null means 20.
    min_requests: MaybeUndefined<i32>,
    /// How far back requests count, in milliseconds. Null means 10000.
    window_ms: MaybeUndefined<i32>,
    /// How long it is open the first time, in milliseconds; twice as long each time that follows soon. Null means 1000.
    base_open_ms: MaybeUndefined<i32>,
    /// The longest that it is open without trying again, in milliseconds. Null means 60000.
    max_open_ms: MaybeUndefined<i32>,
    /// Requests that are let through then, and must all go well for it to close. Null means 3.
    probes: MaybeUndefined<i32>,
}

impl CircuitBreakerInput {
    pub(super) fn apply(&self, breaker: &mut model::CircuitBreaker, draft: &mut Draft) {
        let usual = model::CircuitBreaker::default();
        for (field, patch, target, default) in [
            ("failurePercent", self.failure_percent, &mut breaker.failure_percent, usual.failure_percent),
            ("minRequests", self.min_requests, &mut breaker.min_requests, usual.min_requests),
            ("windowMs", self.window_ms, &mut breaker.window_ms, usual.window_ms),
            ("baseOpenMs", self.base_open_ms, &mut breaker.base_open_ms, usual.base_open_ms),
            ("maxOpenMs", self.max_open_ms, &mut breaker.max_open_ms, usual.max_open_ms),
            ("probes", self.probes, &mut breaker.probes, usual.probes),
        ] {
            number(field, patch, target, default, draft);
        }
    }
}

impl From<&model::CircuitBreaker> for CircuitBreaker {
    fn from(breaker: &model::CircuitBreaker) -> Self {
        let model::CircuitBreaker { failure_percent, min_requests, window_ms, base_open_ms, max_open_ms, probes } =
            *breaker;
        Self { failure_percent, min_requests, window_ms, base_open_ms, max_open_ms, probes }
    }
}

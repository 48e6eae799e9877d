//! What is sent to an upstream again.

use async_graphql::{Enum, InputObject, MaybeUndefined, SimpleObject};
use gateway_model as model;

use super::{
    super::patch::{Draft, set_option, set_or_default},
    number,
};

/// When a request is sent again, and how often. Only requests that may be repeated are (`GET`, `HEAD`, `OPTIONS`, `PUT`,
/// `DELETE`, and those with an `Idempotency-Key`), and those that were not sent at all; and only while their body is here.
#[derive(SimpleObject)]
pub(crate) struct Retries {
    /// So many times at most, after the first; 0 for never.
    attempts: u32,
    /// After which failures.
    on: Vec<RetryOn>,
    /// Of 100 requests under way so many may be there again, but three always may.
    budget_percent: u32,
    /// How long an attempt that is not the last waits for the head of its response, in milliseconds; null for as long as the request may.
    per_try_timeout_ms: Option<u32>,
}

/// A failure after which a request may be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "model::RetryOn")]
pub(crate) enum RetryOn {
    /// No target accepted a connection.
    Connect,
    /// The connection broke.
    Reset,
    /// No response came in time.
    Timeout,
    /// Status 502.
    BadGateway,
    /// Status 503.
    ServiceUnavailable,
    /// Status 504.
    GatewayTimeout,
}

/// When a request is sent again, and how often; fields that are left out stay as they are, which for an upstream that has none is the default.
#[derive(Clone, Debug, InputObject)]
pub(crate) struct RetriesInput {
    /// So many times at most, after the first: 0 to 10, 0 for never. Null means 2.
    attempts: MaybeUndefined<i32>,
    /// After which failures; null means `CONNECT`, `RESET`, `BAD_GATEWAY` and `SERVICE_UNAVAILABLE`.
    on: MaybeUndefined<Vec<RetryOn>>,
    /// Of 100 requests under way so many may be there again, but three always may; null means 20.
    budget_percent: MaybeUndefined<i32>,
    /// How long an attempt that is not the last waits for the head of its response, in milliseconds, where `on` has `TIMEOUT`; null for as long as the request may.
    per_try_timeout_ms: MaybeUndefined<i32>,
}

impl RetriesInput {
    pub(super) fn apply(&self, retries: &mut model::Retries, draft: &mut Draft) {
        let usual = model::Retries::default();
        number("attempts", self.attempts, &mut retries.attempts, usual.attempts, draft);
        let on = self.on.clone().map_value(|on| on.iter().map(|on| (*on).into()).collect::<Vec<_>>());
        set_or_default(&on, &mut retries.on, || usual.on);
        number("budgetPercent", self.budget_percent, &mut retries.budget_percent, usual.budget_percent, draft);
        let timeout = self.per_try_timeout_ms.map_value(|value| draft.count("perTryTimeoutMs", value));
        set_option(&timeout, &mut retries.per_try_timeout_ms);
    }
}

impl From<&model::Retries> for Retries {
    fn from(retries: &model::Retries) -> Self {
        let model::Retries { attempts, on, budget_percent, per_try_timeout_ms } = retries;
        Self {
            attempts: *attempts,
            on: on.iter().map(|on| (*on).into()).collect(),
            budget_percent: *budget_percent,
            per_try_timeout_ms: *per_try_timeout_ms,
        }
    }
}

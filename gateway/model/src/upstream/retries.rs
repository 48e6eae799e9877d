//! Which requests are sent to an upstream again.

use gateway_algorithms::retry::{Budget, Failure, Failures};
use serde::{Deserialize, Serialize};

/// When a request is sent again, and how often.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Retries {
    /// So many times at most, after the first; 0 for never.
    pub attempts: u32,
    /// After which failures.
    pub on: Vec<RetryOn>,
    /// Of 100 requests under way so many may be there again, but three always may.
    pub budget_percent: u32,
    /// How long an attempt that is not the last waits for the head of its response, in milliseconds; none for as long as
    /// the request may.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_try_timeout_ms: Option<u32>,
}

/// A failure after which a request may be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RetryOn {
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

impl RetryOn {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Connect, Self::Reset, Self::Timeout, Self::BadGateway, Self::ServiceUnavailable, Self::GatewayTimeout];

    /// The same in the words of the algorithm.
    #[must_use]
    pub fn failure(self) -> Failure {
        match self {
            Self::Connect => Failure::Connect,
            Self::Reset => Failure::Reset,
            Self::Timeout => Failure::Timeout,
            Self::BadGateway => Failure::BadGateway,
            Self::ServiceUnavailable => Failure::Unavailable,
            Self::GatewayTimeout => Failure::GatewayTimeout,
        }
    }
}

impl Retries {
    /// The failures after which requests are sent again.
    #[must_use]
    pub fn failures(&self) -> Failures {
        self.on.iter().map(|on| on.failure()).collect()
    }

    /// How many may be there again at one time.
    #[must_use]
    pub fn budget(&self) -> Budget {
        Budget { percent: self.budget_percent, ..Budget::default() }
    }
}

impl Default for Retries {
    fn default() -> Self {
        let usual = Failures::default();
        let on = RetryOn::ALL.into_iter().filter(|on| usual.contains(on.failure())).collect();
        Self { attempts: 2, on, budget_percent: Budget::default().percent, per_try_timeout_ms: None }
    }
}

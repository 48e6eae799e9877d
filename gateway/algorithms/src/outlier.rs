//! Which endpoints are left alone for a while because of what became of requests: outlier detection, after Envoy.
//!
//! The caller has an [`Endpoint`] behind a lock for each endpoint, and touches it only for failures and for a success
//! that follows one ([`Endpoint::has_failed`], which it keeps in an atomic beside). What [`Endpoint::record`] answers
//! is that an endpoint deserves to be ejected; [`Rules::may_eject`] says whether that many may be, and
//! [`Endpoint::eject`] for how long. Requests and failures of all endpoints are counted by the caller, and judged once
//! an interval by [`SuccessRate`].

mod success_rate;

use std::time::Duration;

use http::StatusCode;

pub use self::success_rate::{SuccessRate, Threshold, Volume};

/// When endpoints are ejected, and for how long. The defaults are Envoy's, except where it is said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rules {
    /// Responses with a status from 500 in a row that eject; 0 for none.
    pub server_errors: u32,
    /// Responses with status 502, 503 or 504 in a row that eject; 0 for none. Envoy counts these only where it is told
    /// to.
    pub gateway_errors: u32,
    /// Requests in a row without a response that eject; 0 for none. Envoy counts these apart only where it is told to.
    pub local_errors: u32,
    /// Compares endpoints once in each [`interval`](Self::interval).
    pub success_rate: Option<SuccessRate>,
    /// The time in which an endpoint that is not ejected is forgiven one ejection.
    pub interval: Duration,
    /// The time of the first ejection; the second one in a row takes twice as long, and so on.
    pub base_ejection: Duration,
    /// The longest time of an ejection.
    pub longest_ejection: Duration,
    /// Of all endpoints so many may be ejected at one time; but one always may, except with 0, or if there is no other.
    /// Envoy has 10.
    pub max_ejection_percent: u32,
}

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A response with a status below 500.
    Success,
    /// A response with a status from 500, but for the next ones.
    ServerError,
    /// A response with status 502, 503 or 504.
    GatewayError,
    /// No response: no connection, a broken one, or none in time.
    LocalError,
}

/// Why an endpoint is to be ejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Too many responses in a row with a status from 500.
    ServerErrors,
    /// Too many responses in a row with status 502, 503 or 504.
    GatewayErrors,
    /// Too many requests in a row without a response.
    LocalErrors,
    /// Far fewer of its requests succeed than of others'.
    SuccessRate,
}

/// What is remembered of an endpoint. `now` is the time since any fixed moment, the same for all calls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Endpoint {
    /// In a row.
    server_errors: u32,
    gateway_errors: u32,
    local_errors: u32,
    /// In a row, but for those that are forgiven since it came back.
    ejections: u32,
    /// The end of the last ejection.
    until: Duration,
}

impl Rules {
    /// Whether one more of `total` endpoints may be ejected where so many are.
    #[must_use]
    pub fn may_eject(&self, total: usize, ejected: usize) -> bool {
        let most = total.saturating_mul(self.max_ejection_percent.min(100) as usize) / 100;
        total > 1 && self.max_ejection_percent > 0 && ejected < most.max(1)
    }

    /// The multiple of the base time beyond which ejections are no longer.
    fn most_ejections(&self) -> u32 {
        let most = self.longest_ejection.as_nanos().div_ceil(self.base_ejection.as_nanos().max(1));
        u32::try_from(most).unwrap_or(u32::MAX).max(1)
    }
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            server_errors: 5,
            gateway_errors: 5,
            local_errors: 5,
            success_rate: Some(SuccessRate::default()),
            interval: Duration::from_secs(10),
            base_ejection: Duration::from_secs(30),
            longest_ejection: Duration::from_secs(300),
            max_ejection_percent: 50,
        }
    }
}

impl Outcome {
    /// What a response with this status is.
    #[must_use]
    pub fn of(status: StatusCode) -> Self {
        match status.as_u16() {
            502..=504 => Self::GatewayError,
            // Of the request, which any client may send: a method or a version that the target does not know.
            501 | 505 => Self::Success,
            500.. => Self::ServerError,
            _ => Self::Success,
        }
    }
}

impl Endpoint {
    /// Whether a success is to be recorded: while this is false it would change nothing.
    #[must_use]
    pub fn has_failed(&self) -> bool {
        self.server_errors > 0 || self.gateway_errors > 0 || self.local_errors > 0
    }

    /// Hears what became of a request, and says whether the endpoint deserves to be ejected; again with each further
    /// failure until it is. While it is ejected, requests are those from before and change nothing.
    pub fn record(&mut self, outcome: Outcome, now: Duration, rules: &Rules) -> Option<Cause> {
        if self.is_ejected(now) {
            return None;
        }
        let next = |count: u32| count.saturating_add(1);
        match outcome {
            Outcome::Success => self.forget_failures(),
            Outcome::ServerError => {
                (self.server_errors, self.gateway_errors, self.local_errors) = (next(self.server_errors), 0, 0);
            }
            Outcome::GatewayError => {
                self.server_errors = next(self.server_errors);
                self.gateway_errors = next(self.gateway_errors);
                self.local_errors = 0;
            }
            // It says nothing of what the endpoint would have answered.
            Outcome::LocalError => self.local_errors = next(self.local_errors),
        }
        let counts = [
            (self.local_errors, rules.local_errors, Cause::LocalErrors),
            (self.gateway_errors, rules.gateway_errors, Cause::GatewayErrors),
            (self.server_errors, rules.server_errors, Cause::ServerErrors),
        ];
        let over = counts.into_iter().find(|(count, most, _)| *most > 0 && count >= most);
        over.map(|(_, _, cause)| cause)
    }

    /// Ejects it, and says until when: for the base time multiplied by the ejections in a row. Each whole interval
    /// since the last one was over takes one of them off.
    pub fn eject(&mut self, now: Duration, rules: &Rules) -> Duration {
        let calm = now.saturating_sub(self.until).as_nanos() / rules.interval.as_nanos().max(1);
        let forgiven = u32::try_from(calm).unwrap_or(u32::MAX);
        // Beyond the longest time more of them would only take longer to be forgiven.
        self.ejections = self.ejections.saturating_sub(forgiven).saturating_add(1).min(rules.most_ejections());
        self.forget_failures();
        let time = rules.base_ejection.saturating_mul(self.ejections).min(rules.longest_ejection);
        self.until = now.saturating_add(time);
        self.until
    }

    /// Whether it is ejected.
    #[must_use]
    pub fn is_ejected(&self, now: Duration) -> bool {
        now < self.until
    }

    /// Ends its ejection, since a check of its health has passed; says whether there was one to end.
    pub fn restore(&mut self, now: Duration) -> bool {
        let was_ejected = self.is_ejected(now);
        self.until = self.until.min(now);
        was_ejected
    }

    fn forget_failures(&mut self) {
        (self.server_errors, self.gateway_errors, self.local_errors) = (0, 0, 0);
    }
}

#[cfg(test)]
mod tests;

//! Which targets of an upstream are left out.

use std::time::Duration;

use gateway_algorithms::{active::Thresholds, outlier::Rules};
use serde::{Deserialize, Serialize};

use super::is_default;

/// How it is found out which targets can be used.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Health {
    /// By what becomes of requests.
    #[serde(skip_serializing_if = "is_default")]
    pub passive: PassiveHealth,
    /// By requests that are sent for that alone; none for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub active: Option<ActiveHealth>,
}

/// When a target is ejected because of what became of requests, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct PassiveHealth {
    /// Responses with a status from 500 in a row that eject; 0 for none.
    #[serde(rename = "consecutive5xx")]
    pub consecutive_5xx: u32,
    /// Responses with status 502, 503 or 504 in a row that eject; 0 for none.
    pub consecutive_gateway_errors: u32,
    /// Requests in a row without a response that eject; 0 for none.
    pub consecutive_local_errors: u32,
    /// In this time a target that is not ejected is forgiven one ejection, in milliseconds.
    pub interval_ms: u32,
    /// The time of the first ejection, in milliseconds; the second one in a row takes twice as long, and so on.
    pub base_ejection_ms: u32,
    /// The longest time of an ejection, in milliseconds.
    pub max_ejection_ms: u32,
    /// Of 100 targets so many may be ejected at one time; one always may, except with 0.
    pub max_ejection_percent: u32,
}

/// Checks of each target by requests that are sent for that alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ActiveHealth {
    pub kind: CheckKind,
    /// For `HTTP`: what is asked for.
    pub path: String,
    /// For `HTTP` and `GRPC`: the host that is asked for; none for the target's address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// For `GRPC`: the service that is asked about; none for the server as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// Between two checks of a target, 15 % more or less, in milliseconds.
    pub interval_ms: u32,
    /// For a check, in milliseconds.
    pub timeout_ms: u32,
    /// Checks in a row that pass until the target is used again.
    pub healthy_threshold: u32,
    /// Checks in a row that fail until the target is left out.
    pub unhealthy_threshold: u32,
    /// For `HTTP`: the statuses that pass.
    pub expected_statuses: StatusRange,
}

/// What a check does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CheckKind {
    /// A `GET` over a connection of its own.
    #[default]
    Http,
    /// A connection that is made, and closed.
    Tcp,
    /// A call of `grpc.health.v1.Health/Check` over a connection of its own.
    Grpc,
}

/// Statuses from one to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StatusRange {
    pub from: u32,
    pub to: u32,
}

impl PassiveHealth {
    /// The same in the words of the algorithm.
    #[must_use]
    pub fn rules(&self) -> Rules {
        let millis = |millis: u32| Duration::from_millis(millis.into());
        Rules {
            server_errors: self.consecutive_5xx,
            gateway_errors: self.consecutive_gateway_errors,
            local_errors: self.consecutive_local_errors,
            success_rate: None,
            interval: millis(self.interval_ms),
            base_ejection: millis(self.base_ejection_ms),
            longest_ejection: millis(self.max_ejection_ms),
            max_ejection_percent: self.max_ejection_percent,
        }
    }
}

impl ActiveHealth {
    /// The same in the words of the algorithm.
    #[must_use]
    pub fn thresholds(&self) -> Thresholds {
        Thresholds { up: self.healthy_threshold, down: self.unhealthy_threshold }
    }
}

impl StatusRange {
    /// Whether this status is one of them.
    #[must_use]
    pub fn contains(&self, status: http::StatusCode) -> bool {
        (self.from..=self.to).contains(&u32::from(status.as_u16()))
    }
}

impl Default for PassiveHealth {
    fn default() -> Self {
        let rules = Rules::default();
        let millis = |duration: Duration| u32::try_from(duration.as_millis()).unwrap_or(u32::MAX);
        Self {
            consecutive_5xx: rules.server_errors,
            consecutive_gateway_errors: rules.gateway_errors,
            consecutive_local_errors: rules.local_errors,
            interval_ms: millis(rules.interval),
            base_ejection_ms: millis(rules.base_ejection),
            max_ejection_ms: millis(rules.longest_ejection),
            max_ejection_percent: rules.max_ejection_percent,
        }
    }
}

impl Default for ActiveHealth {
    fn default() -> Self {
        let Thresholds { up, down } = Thresholds::default();
        Self {
            kind: CheckKind::default(),
            path: "/".into(),
            host: None,
            service: None,
            interval_ms: 10_000,
            timeout_ms: 2_000,
            healthy_threshold: up,
            unhealthy_threshold: down,
            expected_statuses: StatusRange::default(),
        }
    }
}

impl Default for StatusRange {
    fn default() -> Self {
        Self { from: 200, to: 399 }
    }
}

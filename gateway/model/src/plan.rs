//! Usage plans: how much a consumer may call, in the spelling of AWS API Gateway.

use gateway_algorithms::{calendar, priority::PriorityClass};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What a consumer was sold.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UsagePlan {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub throttle: Option<Throttle>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quota: Option<Quota>,
    /// Names of the routes that it is for; without any it is for all that none of the consumer's other plans names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub routes: Vec<String>,
    /// Throttles of routes and their methods, each in the place of the plan's own there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub method_throttles: Vec<MethodThrottle>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub counting: Counting,
    #[serde(default, skip_serializing_if = "is_default")]
    pub on_outage: OnOutage,
    /// The class of its consumers' requests; on routes that have one too, the less important of both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<PriorityClass>,
}

/// A steady rate and the burst above it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Throttle {
    /// Requests a second, steady state.
    pub rate_limit: f64,
    /// Requests that a rested consumer may send at one instant.
    pub burst_limit: u32,
}

/// The throttle of one method of a route.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MethodThrottle {
    /// Name of the route.
    pub route: String,
    /// Such as `POST`; none for all methods that have no throttle of their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    pub throttle: Throttle,
}

/// Requests in a calendar period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Quota {
    pub limit: u64,
    pub period: Period,
    /// Requests by which the limit is less in the first period in which a consumer calls.
    #[serde(default, skip_serializing_if = "is_default")]
    pub offset: u64,
    /// The time zone whose midnight ends a period, by its IANA name.
    #[serde(default = "utc", skip_serializing_if = "is_utc")]
    pub time_zone: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Period {
    Day,
    /// From Monday on.
    Week,
    Month,
}

impl From<Period> for calendar::Period {
    fn from(period: Period) -> Self {
        match period {
            Period::Day => Self::Day,
            Period::Week => Self::Week,
            Period::Month => Self::Month,
        }
    }
}

impl From<calendar::Period> for Period {
    fn from(period: calendar::Period) -> Self {
        match period {
            calendar::Period::Day => Self::Day,
            calendar::Period::Week => Self::Week,
            calendar::Period::Month => Self::Month,
        }
    }
}

/// Where a plan counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Counting {
    /// On each node by itself: N nodes admit up to N times the limit.
    #[default]
    Local,
    /// In the store that nodes share, one round trip for each request.
    Exact,
    /// In slices that nodes take from that store: over the limit by the slices that are out, at most.
    Leased,
}

/// What happens while the store that nodes share is out of reach.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OnOutage {
    /// Requests are refused with 503.
    Deny,
    /// Requests pass.
    Allow,
    /// Each node counts by itself, its share of the limit.
    #[default]
    LocalShare,
}

/// More, or less, than a consumer's plan says, for some time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LimitOverride {
    /// Name of the plan in whose place this stands; none for all plans of the consumer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usage_plan: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub throttle: Option<Throttle>,
    /// Requests in the quota's period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quota_limit: Option<u64>,
    /// When it ends by itself.
    pub until: Timestamp,
    /// Why it was given.
    pub reason: String,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

fn utc() -> String {
    "UTC".to_owned()
}

fn is_utc(zone: &str) -> bool {
    zone == "UTC"
}

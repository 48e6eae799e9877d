//! Which target of an upstream takes a request.

use serde::{Deserialize, Serialize};

/// How requests are shared between the targets of one priority, and between priorities.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Balancing {
    pub algorithm: Algorithm,
    /// For `CONSISTENT_HASH`: what requests have in common that are to go to the same target.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hash_on: Option<HashOn>,
    /// The time in which a target that is new, or back, comes to its whole part of the requests, in milliseconds.
    pub slow_start_ms: u32,
    /// Where fewer targets of a priority can be used than so many of 100, all of them are; 0 for never.
    pub panic_percent: u32,
}

/// How a target is found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Algorithm {
    /// In turn, by weight.
    RoundRobin,
    /// Of two at random the one with fewer requests.
    LeastRequest,
    /// Of two at random the one that answers sooner, by its latencies and its requests.
    #[default]
    PeakEwma,
    /// The same key to the same target, as long as that has no more than its part.
    ConsistentHash,
}

/// What a request's key is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HashOn {
    pub source: HashSource,
    /// Of the header field, the cookie or the query parameter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// Where a key is found in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum HashSource {
    Header,
    Cookie,
    /// The address that the request came from.
    ClientIp,
    /// As it is written in the request, percent-encoding and all.
    QueryParameter,
}

impl Default for Balancing {
    fn default() -> Self {
        Self {
            algorithm: Algorithm::default(),
            hash_on: None,
            slow_start_ms: 0,
            panic_percent: gateway_algorithms::balance::DEFAULT_PANIC_PERCENT,
        }
    }
}

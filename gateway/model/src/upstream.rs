//! Upstreams: the services behind the gateway.

mod balancing;
mod circuit_breaker;
mod health;
mod protocol;
mod retries;

use serde::{Deserialize, Serialize};

pub use self::{
    balancing::{Algorithm, Balancing, HashOn, HashSource},
    circuit_breaker::CircuitBreaker,
    health::{ActiveHealth, CheckKind, Health, PassiveHealth, StatusRange},
    protocol::{Protocol, UpstreamCertificate, UpstreamTls},
    retries::{Retries, RetryOn},
};
use crate::admission::Admission;

/// Silence after which an HTTP/2 target is asked whether it is there, in milliseconds.
const USUAL_PING_MS: u32 = 30_000;

/// A service: its targets, how requests are shared between them, and how long to wait for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Upstream {
    pub name: String,
    pub targets: Vec<Target>,
    /// The version of HTTP that they are spoken to in.
    #[serde(default, skip_serializing_if = "is_default")]
    pub protocol: Protocol,
    /// None for cleartext.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tls: Option<UpstreamTls>,
    #[serde(default)]
    pub timeouts: Timeouts,
    /// None for as many requests at one time as come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub admission: Option<Admission>,
    /// Which target takes a request.
    #[serde(default, skip_serializing_if = "is_default")]
    pub balancing: Balancing,
    /// Which targets are left out.
    #[serde(default, skip_serializing_if = "is_default")]
    pub health: Health,
    /// What is sent again. None for the defaults, which hold where there is another target to send to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retries: Option<Retries>,
    /// When nothing is sent to it for a while. None for never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub circuit_breaker: Option<CircuitBreaker>,
}

/// One server of an upstream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Target {
    /// `host:port`, where the host is a name or an IP address (`[::1]:80` for IPv6).
    pub address: String,
    /// Its part of the requests of its priority. With 0 it gets no new ones: it is drained.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub weight: u32,
    /// Targets with a higher number get requests only where those with lower ones cannot take them all.
    #[serde(default, skip_serializing_if = "is_default")]
    pub priority: u32,
}

/// How long the gateway waits for an upstream, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Timeouts {
    /// For a connection to be made.
    pub connect_ms: u32,
    /// From the request being sent to the head of the response.
    pub response_ms: u32,
    /// Between two pieces of a body, in either direction.
    pub idle_ms: u32,
    /// From the request being sent to the end of the response; none for as long as it goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_ms: Option<u32>,
    /// An HTTP/2 target that has requests and says nothing for so long is asked whether it is there; 0 for never.
    #[serde(skip_serializing_if = "is_usual_ping")]
    pub ping_ms: u32,
}

impl Upstream {
    /// One with these targets, and all else as it is where nothing is said.
    #[must_use]
    pub fn new(name: impl Into<String>, targets: Vec<Target>) -> Self {
        Self {
            name: name.into(),
            targets,
            protocol: Protocol::default(),
            tls: None,
            timeouts: Timeouts::default(),
            admission: None,
            balancing: Balancing::default(),
            health: Health::default(),
            retries: None,
            circuit_breaker: None,
        }
    }
}

impl Target {
    /// One of weight 1, among the first to be used.
    #[must_use]
    pub fn new(address: impl Into<String>) -> Self {
        Self { address: address.into(), weight: one(), priority: 0 }
    }
}

impl Default for Timeouts {
    fn default() -> Self {
        Self { connect_ms: 2_000, response_ms: 30_000, idle_ms: 60_000, total_ms: None, ping_ms: USUAL_PING_MS }
    }
}

fn is_usual_ping(millis: &u32) -> bool {
    *millis == USUAL_PING_MS
}

fn one() -> u32 {
    1
}

fn is_one(number: &u32) -> bool {
    *number == 1
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_says_nothing_new_is_written_as_before() {
        let old = json!({
            "name": "shop",
            "targets": [{"address": "127.0.0.1:9000"}],
            "timeouts": {"connectMs": 1, "responseMs": 2, "idleMs": 3},
        });
        let upstream: Upstream = serde_json::from_value(old.clone()).unwrap();
        assert_eq!(serde_json::to_value(&upstream).unwrap(), old);
    }

    #[test]
    fn parts_that_are_given_have_defaults_for_what_they_leave_out() {
        let upstream: Upstream = serde_json::from_value(json!({
            "name": "shop",
            "targets": [{"address": "127.0.0.1:9000", "weight": 0, "priority": 1}],
            "balancing": {"algorithm": "CONSISTENT_HASH", "hashOn": {"source": "COOKIE", "name": "user"}},
            "health": {"passive": {"consecutive5xx": 3}, "active": {"kind": "TCP"}},
            "retries": {"on": ["CONNECT", "BAD_GATEWAY"]},
            "protocol": "HTTP2",
            "tls": {"serverName": "shop.internal"},
            "timeouts": {"totalMs": 90_000},
        }))
        .unwrap();
        assert_eq!((upstream.targets[0].weight, upstream.targets[0].priority), (0, 1));
        assert_eq!(upstream.balancing.panic_percent, 50);
        let Health { passive, active } = &upstream.health;
        assert_eq!((passive.consecutive_5xx, passive.consecutive_local_errors), (3, 5));
        assert_eq!(active.as_ref().map(|active| (active.kind, active.interval_ms)), Some((CheckKind::Tcp, 10_000)));
        let tls = upstream.tls.unwrap();
        assert_eq!(
            (upstream.protocol, tls.server_name.as_deref(), tls.verify),
            (Protocol::Http2, Some("shop.internal"), true)
        );
        let Timeouts { total_ms, connect_ms, ping_ms, .. } = upstream.timeouts;
        assert_eq!((total_ms, connect_ms, ping_ms), (Some(90_000), 2_000, 30_000));
        let retries = upstream.retries.unwrap();
        assert_eq!((retries.attempts, retries.on.len(), retries.budget_percent), (2, 2, 20));
    }
}

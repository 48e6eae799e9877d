//! Upstreams: the services behind the gateway.

use serde::{Deserialize, Serialize};

use crate::admission::Admission;

/// A service: its targets and how long to wait for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Upstream {
    pub name: String,
    /// Requests take the targets in turn.
    pub targets: Vec<Target>,
    #[serde(default)]
    pub timeouts: Timeouts,
    /// None for as many requests at one time as come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub admission: Option<Admission>,
}

/// One server of an upstream, spoken to in cleartext HTTP/1.1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Target {
    /// `host:port`, where the host is a name or an IP address (`[::1]:80` for IPv6).
    pub address: String,
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
}

impl Default for Timeouts {
    fn default() -> Self {
        Self { connect_ms: 2_000, response_ms: 30_000, idle_ms: 60_000 }
    }
}

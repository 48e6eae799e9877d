//! Routes: which requests go to which upstream.

use gateway_algorithms::priority::PriorityClass;
use serde::{Deserialize, Serialize};

/// Matches requests by host and path and names the upstream that answers them.
///
/// The route with the exact host wins over one for every host; then the longest path prefix wins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Route {
    pub name: String,
    /// Host names without port, compared without regard to case; none means every host.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hosts: Vec<String>,
    /// Whole path segments that the path begins with: `/orders` matches `/orders` and `/orders/7`, not `/orders7`.
    #[serde(default = "root")]
    pub path_prefix: String,
    /// Name of the upstream.
    pub upstream: String,
    /// How much it matters that its requests are served; `normal` if neither this nor the consumer's plan says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<PriorityClass>,
}

fn root() -> String {
    "/".to_owned()
}

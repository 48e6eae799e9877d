//! What the operator sets.

use sluice_sdk::prelude::*;

/// Whose requests are counted together, and how many of them pass.
#[derive(Debug, Config)]
pub struct Settings {
    /// Whose requests are counted together.
    #[config(default = "consumer")]
    pub(crate) by: By,
    /// Header whose value says whose request it is.
    #[config(header_name, only_with(by = "header"))]
    pub(crate) header: Option<String>,
    /// Requests a second, steady state.
    #[config(range(0.000001..=1_000_000_000))]
    pub(crate) rate_limit: f64,
    /// Requests that may come at one instant after a rest.
    #[config(min = 1)]
    pub(crate) burst_limit: u32,
}

#[derive(Clone, Copy, Debug, Config)]
pub(crate) enum By {
    /// The consumer's usage plan decides; this limit is for consumers without a throttle, and by address for nobody.
    Consumer,
    /// The client's address; IPv6 addresses count by their /64.
    Ip,
    /// The value of a header; requests without it count by address.
    Header,
}

impl Settings {
    pub(crate) fn policy(&self, name: &str) -> Result<Policy> {
        Policy::per_second(name, self.rate_limit, self.burst_limit)
    }
}

//! What the operator sets.

use sluice_sdk::{
    limits::{self, Announcement, Counting as Where, LegacyFields as Legacy, OnOutage as Outage},
    prelude::*,
};

/// Which limits requests are charged to, and how clients are told.
#[derive(Debug, Config)]
pub struct Settings {
    /// Charges the usage plan of the consumer.
    #[config(default = true)]
    pub(crate) usage_plans: bool,
    /// Limits beside the usage plan. A request passes when all of them let it pass, and takes nothing when one does not.
    #[config(default = [], max_items = 14)]
    pub(crate) policies: Vec<Policy>,
    /// What a request takes of the plan, and of each policy that does not say otherwise.
    #[config(default = 1)]
    pub(crate) cost: u32,
    /// Tells in `ratelimit` and `ratelimit-policy` what is left.
    #[config(default = true)]
    pub(crate) fields: bool,
    /// Tells it in `x-ratelimit-limit`, `-remaining` and `-reset` too, for which there is no standard.
    #[config(default = "none")]
    pub(crate) legacy_fields: LegacyFields,
    /// The type of the problem that refusals are, a URI reference; that of the standard's draft if not given.
    #[config(min_length = 1, max_length = 255)]
    pub(crate) problem_type: Option<String>,
}

/// One limit.
#[derive(Debug, Config)]
pub(crate) struct Policy {
    /// Names the limit to clients; its keys joined by '+' if not given.
    #[config(min_length = 1, max_length = 63, pattern = r"^[ -~]+$")]
    pub(crate) name: Option<String>,
    /// Whose requests are counted together: `consumer`, `credential`, `ip`, `route`, `header:NAME`, `cookie:NAME`,
    /// `query:NAME`, `claim:NAME` or `segment:N`, the N-th segment of the path; several for each combination.
    #[config(default = ["consumer"], min_items = 1, max_items = 8)]
    pub(crate) by: Vec<String>,
    /// What a request counts by that lacks one of these.
    #[config(default = "ip")]
    pub(crate) missing: Missing,
    /// Leading bits of an IPv4 address that make one client.
    #[config(default = 32, range(8..=32))]
    pub(crate) ipv4_prefix: u8,
    /// Leading bits of an IPv6 address that make one client: one customer has a /64 at least.
    #[config(default = 64, range(16..=128))]
    pub(crate) ipv6_prefix: u8,
    #[config(flatten)]
    pub(crate) algorithm: Algorithm,
    /// What a request takes; that of the plugin if not given.
    pub(crate) cost: Option<u32>,
    /// Counts only requests that no usage plan is for.
    #[config(default = false)]
    pub(crate) without_plan: bool,
    /// Where it counts.
    #[config(default = "local")]
    pub(crate) counting: Counting,
    /// What happens while the store that nodes share is out of reach.
    #[config(default = "localShare")]
    pub(crate) on_outage: OnOutage,
    /// Keys that a node remembers; the gateway's own bound if not given.
    #[config(range(1..=100_000_000))]
    pub(crate) max_keys: Option<u32>,
    /// Counts and reports, but refuses nothing.
    #[config(default = false)]
    pub(crate) shadow: bool,
}

/// How it counts.
#[derive(Debug, Config)]
pub(crate) enum Algorithm {
    /// A steady rate and a burst above it.
    TokenBucket(TokenBucket),
    /// A steady rate; requests of a burst above it wait for their turn.
    LeakyBucket(LeakyBucket),
    /// So many in each window of the clock.
    FixedWindow(Window),
    /// So many in the last window, by the counts of two.
    SlidingWindow(Window),
    /// So many in the last window, to the request.
    SlidingLog(LogWindow),
    /// So many under way at once.
    Concurrency(Concurrency),
}

#[derive(Debug, Config)]
pub(crate) struct TokenBucket {
    /// Requests a second, steady state.
    #[config(range(0.000001..=1_000_000_000))]
    pub(crate) rate_limit: f64,
    /// Requests that may come at one instant after a rest.
    #[config(min = 1)]
    pub(crate) burst_limit: u32,
}

#[derive(Debug, Config)]
pub(crate) struct LeakyBucket {
    /// Requests a second.
    #[config(range(0.000001..=1_000_000_000))]
    pub(crate) rate_limit: f64,
    /// Requests above the rate that may wait; beyond they are refused.
    #[config(default = 0)]
    pub(crate) burst_limit: u32,
    /// How many of these need not wait.
    #[config(default = 0)]
    pub(crate) undelayed: u32,
}

#[derive(Debug, Config)]
pub(crate) struct Window {
    /// Requests in the window.
    #[config(range(1..=4_294_967_295))]
    pub(crate) limit: u64,
    /// The window.
    #[config(min = "1ms", max = "366d")]
    pub(crate) window: Duration,
}

#[derive(Debug, Config)]
pub(crate) struct LogWindow {
    /// Requests in the window.
    #[config(range(1..=10_000))]
    pub(crate) limit: u32,
    /// The window.
    #[config(min = "1ms", max = "366d")]
    pub(crate) window: Duration,
}

#[derive(Debug, Config)]
pub(crate) struct Concurrency {
    /// Requests under way at once.
    #[config(min = 1)]
    pub(crate) limit: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Config)]
pub(crate) enum Missing {
    /// By the client's address in the place of what is missing.
    Ip,
    /// All of them together.
    Shared,
    /// The policy does not count them.
    Skip,
}

#[derive(Clone, Copy, Debug, Config)]
pub(crate) enum Counting {
    /// On each node by itself.
    Local,
    /// In the store that nodes share, one round trip for each request.
    Exact,
    /// In slices that nodes take from that store.
    Leased,
}

#[derive(Clone, Copy, Debug, Config)]
pub(crate) enum OnOutage {
    /// Refuses requests with 503.
    Deny,
    /// Lets requests pass.
    Allow,
    /// Counts on each node by itself, its share of the limit.
    LocalShare,
}

#[derive(Clone, Copy, Debug, Config)]
pub(crate) enum LegacyFields {
    /// Leaves them out.
    None,
    /// With the reset in seconds from now.
    SecondsLeft,
    /// With the reset in seconds since 1970.
    UnixTime,
}

impl Settings {
    /// Checks what no schema can say.
    pub(crate) fn check(&self) -> Result<()> {
        if !self.usage_plans && self.policies.is_empty() {
            bail!("/policies: nothing limits requests: set usagePlans to true, or give a policy");
        }
        let names: Vec<String> = self.policies.iter().map(Policy::name).collect();
        for (index, name) in names.iter().enumerate() {
            if name.contains(['"', '\\']) {
                bail!("/policies/{index}/name: {name:?} has a quote or a backslash: leave them out");
            }
            if names[..index].contains(name) {
                bail!("/policies/{index}/name: another policy is called {name:?}: give this one a name of its own");
            }
        }
        Ok(())
    }
}

impl Policy {
    pub(crate) fn name(&self) -> String {
        self.name.clone().unwrap_or_else(|| self.by.join("+"))
    }

    /// The limit, for requests of `cost`.
    pub(crate) fn limit(&self, cost: u32) -> Result<limits::Policy> {
        let (name, most) = (self.name(), self.algorithm.most());
        if u64::from(cost) > most {
            bail!("/cost: a request that takes {cost} never passes a limit of {most}: let it take less");
        }
        let policy = match &self.algorithm {
            Algorithm::TokenBucket(it) => limits::Policy::token_bucket(name, it.rate_limit, it.burst_limit)?,
            Algorithm::LeakyBucket(it) => {
                limits::Policy::leaky_bucket(name, it.rate_limit, it.burst_limit, it.undelayed)?
            }
            Algorithm::FixedWindow(it) => limits::Policy::fixed_window(name, it.limit, it.window),
            Algorithm::SlidingWindow(it) => limits::Policy::sliding_window(name, it.limit, it.window),
            Algorithm::SlidingLog(it) => limits::Policy::sliding_log(name, it.limit, it.window),
            Algorithm::Concurrency(it) => limits::Policy::concurrency(name, it.limit),
        };
        Ok(policy
            .counting(self.counting.into())
            .on_outage(self.on_outage.into())
            .max_keys(self.max_keys.unwrap_or(0))
            .shadow(self.shadow))
    }
}

impl Algorithm {
    /// The most that passes at one instant.
    fn most(&self) -> u64 {
        match self {
            Self::TokenBucket(it) => it.burst_limit.into(),
            Self::LeakyBucket(it) => u64::from(it.burst_limit) + 1,
            Self::FixedWindow(it) | Self::SlidingWindow(it) => it.limit,
            Self::SlidingLog(it) => it.limit.into(),
            Self::Concurrency(it) => it.limit.into(),
        }
    }
}

// === conversions: what the host is told ===

impl From<&Settings> for Announcement {
    fn from(settings: &Settings) -> Self {
        let legacy = match settings.legacy_fields {
            LegacyFields::None => Legacy::None,
            LegacyFields::SecondsLeft => Legacy::SecondsLeft,
            LegacyFields::UnixTime => Legacy::UnixTime,
        };
        Self { fields: settings.fields, legacy, problem_kind: settings.problem_type.clone() }
    }
}

impl From<Counting> for Where {
    fn from(counting: Counting) -> Self {
        match counting {
            Counting::Local => Self::Local,
            Counting::Exact => Self::Exact,
            Counting::Leased => Self::Leased,
        }
    }
}

impl From<OnOutage> for Outage {
    fn from(on_outage: OnOutage) -> Self {
        match on_outage {
            OnOutage::Deny => Self::Deny,
            OnOutage::Allow => Self::Allow,
            OnOutage::LocalShare => Self::LocalShare,
        }
    }
}

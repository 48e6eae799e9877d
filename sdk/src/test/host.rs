//! The host of native tests.

use std::collections::{BTreeSet, HashMap};

use gateway_algorithms::limit::{Decision as Outcome, Quota};
use sluice_abi::wire::{Decision, JwtError, JwtPolicy, KeySource, Policy, VerifiedToken};

use crate::log::Level;

/// Definitions of one kind that the host takes for each attachment.
const DEFINITIONS_MAX: usize = 32;

/// What the clock says when a test begins: 2027-01-15 08:00:00 UTC.
const START_UNIX_MS: u64 = 1_800_000_000_000;

/// Far from 0, so that no test leans on a clock that begins with the plugin.
const START_NS: u64 = 3_600_000_000_000;

/// Answers the imports of a plugin under test; [`Harness`](super::Harness) has the methods that set it up.
#[derive(Debug)]
pub struct FakeHost {
    pub(super) elapsed_ns: u64,
    /// The consumer that a plugin before this one has named.
    pub(super) consumer: Option<String>,
    pub(super) consumers: BTreeSet<String>,
    pub(super) api_keys: HashMap<String, String>,
    pub(super) tokens: HashMap<String, Result<VerifiedToken, JwtError>>,
    pub(super) secrets: BTreeSet<String>,
    pub(super) plans: HashMap<String, Quota>,
    pub(super) logs: Vec<(Level, String)>,
    pub(super) jwt_policies: Vec<JwtPolicy>,
    /// Definitions are for `Plugin::new` only.
    pub(super) configuring: bool,
    counters: Vec<(String, u64)>,
    limits: Vec<(String, Quota)>,
    /// Theoretical arrival times by limit and key.
    arrivals: HashMap<(String, String), u64>,
    random: u64,
}

impl Default for FakeHost {
    fn default() -> Self {
        Self {
            elapsed_ns: 0,
            consumer: None,
            consumers: BTreeSet::new(),
            api_keys: HashMap::new(),
            tokens: HashMap::new(),
            secrets: BTreeSet::new(),
            plans: HashMap::new(),
            logs: Vec::new(),
            jwt_policies: Vec::new(),
            configuring: false,
            counters: Vec::new(),
            limits: Vec::new(),
            arrivals: HashMap::new(),
            random: 1,
        }
    }
}

// === impl FakeHost: log, counters, clock, random ===

impl FakeHost {
    pub(crate) fn log(&mut self, level: Level, message: &str) {
        self.logs.push((level, message.to_owned()));
    }

    pub(crate) fn define_counter(&mut self, name: &str) -> Result<u32, String> {
        if let Some(position) = self.counters.iter().position(|(known, _)| known == name) {
            return Ok(handle(position + 1));
        }
        self.check_definition("counters", self.counters.len())?;
        let label = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        if name.is_empty() || name.len() > 63 || !name.bytes().all(label) {
            return Err("use 1 to 63 of a-z, 0-9 and '_'".to_owned());
        }
        self.counters.push((name.to_owned(), 0));
        Ok(handle(self.counters.len()))
    }

    pub(crate) fn add(&mut self, counter: u32, delta: u64) {
        self.counters[counter as usize].1 += delta;
    }

    pub(super) fn counter(&self, name: &str) -> Option<u64> {
        self.counters.iter().find(|(known, _)| known == name).map(|(_, count)| *count)
    }

    pub(crate) fn now_unix_ms(&self) -> u64 {
        START_UNIX_MS + self.elapsed_ns / 1_000_000
    }

    pub(crate) fn monotonic_ns(&self) -> u64 {
        START_NS + self.elapsed_ns
    }

    /// The same numbers in every run: xorshift (Marsaglia, "Xorshift RNGs", 2003).
    pub(crate) fn next_u64(&mut self) -> u64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        self.random
    }

    fn check_definition(&self, what: &str, count: usize) -> Result<(), String> {
        assert!(self.configuring, "{what} are defined in Plugin::new only");
        match count < DEFINITIONS_MAX {
            true => Ok(()),
            false => Err(format!("an attachment has at most {DEFINITIONS_MAX} {what}")),
        }
    }
}

/// The handle of what was defined last.
fn handle(count: usize) -> u32 {
    u32::try_from(count - 1).expect("there are few definitions")
}

// === impl FakeHost: limits ===

impl FakeHost {
    pub(crate) fn define_limit(&mut self, policy: Policy) -> Result<u32, String> {
        self.check_definition("limits", self.limits.len())?;
        if policy.window == 0 {
            return Err("the window is 0 ms: give at least 1".to_owned());
        }
        let rate = policy.limit as f64 * 1_000.0 / policy.window as f64;
        let quota = Quota::new(rate, policy.burst).map_err(|error| error.to_string())?;
        self.limits.push((policy.name, quota));
        Ok(handle(self.limits.len()))
    }

    pub(crate) fn acquire(&mut self, limiter: u32, key: &str, cost: u32) -> Decision {
        let (name, quota) = self.limits[limiter as usize].clone();
        self.decide((format!("limit {name}"), key.to_owned()), quota, cost)
    }

    pub(crate) fn acquire_plan(&mut self, cost: u32) -> Option<Decision> {
        let consumer = self.consumer.clone()?;
        let quota = *self.plans.get(&consumer)?;
        Some(self.decide(("plan".to_owned(), consumer), quota, cost))
    }

    fn decide(&mut self, key: (String, String), quota: Quota, cost: u32) -> Decision {
        let now = self.monotonic_ns();
        let arrival = self.arrivals.entry(key).or_default();
        let told = Decision {
            allowed: true,
            burst: quota.burst(),
            window: ms(quota.window()),
            remaining: 0,
            more_after: 0,
            retry_after: 0,
        };
        match quota.decide(*arrival, now, cost) {
            Outcome::Admit(admitted) => {
                *arrival = admitted.arrival;
                Decision { remaining: admitted.remaining, more_after: ms(admitted.more_after), ..told }
            }
            Outcome::Refuse(refused) => {
                *arrival = refused.arrival;
                Decision {
                    allowed: false,
                    remaining: refused.remaining,
                    more_after: ms(refused.more_after),
                    retry_after: refused.retry_after.map_or(u64::MAX, ms),
                    ..told
                }
            }
        }
    }
}

/// Milliseconds, rounded up.
fn ms(ns: u64) -> u64 {
    ns.div_ceil(1_000_000)
}

// === impl FakeHost: identity ===

impl FakeHost {
    pub(crate) fn verify_api_key(&self, key: &str) -> Option<String> {
        self.api_keys.get(key).cloned()
    }

    pub(crate) fn consumer_exists(&self, name: &str) -> bool {
        self.consumers.contains(name)
    }

    pub(crate) fn define_jwt(&mut self, policy: JwtPolicy) -> Result<u32, String> {
        self.check_definition("token policies", self.jwt_policies.len())?;
        for key in policy.issuers.iter().flat_map(|issuer| &issuer.keys) {
            if let KeySource::Secret(name) = &key.source
                && !self.secrets.contains(name)
            {
                return Err(format!("the secret {name:?} is not granted"));
            }
        }
        self.jwt_policies.push(policy);
        Ok(handle(self.jwt_policies.len()))
    }

    pub(crate) fn verify_jwt(&self, policy: u32, token: &str) -> Result<VerifiedToken, JwtError> {
        let verified = self.tokens.get(token).cloned().unwrap_or(Err(JwtError::Malformed))?;
        let issuers = &self.jwt_policies[policy as usize].issuers;
        match issuers.iter().any(|issuer| issuer.issuer == verified.issuer) {
            true => Ok(verified),
            false => Err(JwtError::UnknownIssuer),
        }
    }
}

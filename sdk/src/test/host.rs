//! The host of native tests: it answers the imports of a plugin by the rules of the real one.
//!
//! One file for each interface has the rules of it; the bounds are those of `sluice_abi::bounds`.

mod cache;
pub(crate) mod callouts;
mod charges;
pub(crate) mod crypto;
mod current;
mod grants;
pub(crate) mod identity;
mod kv;
mod limits;
mod metrics;
mod remote;

use sluice_abi::{
    bounds::{DEFINITIONS, RANDOM_BYTES},
    wire::{LoadSignal, PressureSignal, UpstreamSignal},
};

use crate::log::Level;

pub use self::charges::Charged;
use self::{
    cache::Responses, callouts::Callouts, charges::Charges, crypto::Keys, grants::Grants, identity::Identity,
    kv::Stores, limits::Limits, metrics::Metrics, remote::Remotes,
};
pub(super) use self::{
    cache::{Directive, Kept, check as check_directive},
    charges::{Charge, Standing},
    current::Scene,
    kv::Store,
};

/// What the clock says when a test begins: 2027-01-15 08:00:00 UTC.
const START_UNIX_MS: u64 = 1_800_000_000_000;

/// Far from 0, so that no test leans on a clock that begins with the plugin.
const START_NS: u64 = 3_600_000_000_000;

/// Answers the imports of a plugin under test; [`Harness`](super::Harness) has the methods that set it up.
#[derive(Debug)]
pub struct FakeHost {
    pub(super) elapsed_ns: u64,
    pub(super) logs: Vec<(Level, String)>,
    /// Definitions are for `Plugin::new` only.
    pub(super) configuring: bool,
    pub(super) load: LoadSignal,
    pub(super) upstream_load: UpstreamSignal,
    pub(super) pressure: PressureSignal,
    pub(super) grants: Grants,
    pub(super) identity: Identity,
    pub(super) limits: Limits,
    pub(super) charges: Charges,
    pub(super) metrics: Metrics,
    pub(super) stores: Stores,
    pub(super) remotes: Remotes,
    pub(super) responses: Responses,
    pub(super) keys: Keys,
    pub(super) callouts: Callouts,
    pub(super) scene: Scene,
    random: u64,
}

impl Default for FakeHost {
    fn default() -> Self {
        Self {
            elapsed_ns: 0,
            logs: Vec::new(),
            configuring: false,
            load: LoadSignal::default(),
            upstream_load: UpstreamSignal::default(),
            pressure: PressureSignal::default(),
            grants: Grants::default(),
            identity: Identity::default(),
            limits: Limits::default(),
            charges: Charges::default(),
            metrics: Metrics::default(),
            stores: Stores::default(),
            remotes: Remotes::default(),
            responses: Responses::default(),
            keys: Keys::default(),
            callouts: Callouts::default(),
            scene: Scene::default(),
            random: 1,
        }
    }
}

// === impl FakeHost: log, clock, random, load ===

impl FakeHost {
    pub(crate) fn log(&mut self, level: Level, message: &str) {
        self.logs.push((level, message.to_owned()));
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

    pub(crate) fn random_bytes(&mut self, count: u32) -> Vec<u8> {
        let count = count as usize;
        assert!(count <= RANDOM_BYTES, "{count} random bytes are asked for: at most {RANDOM_BYTES} at once");
        let mut bytes: Vec<u8> = (0..count.div_ceil(8)).flat_map(|_| self.next_u64().to_le_bytes()).collect();
        bytes.truncate(count);
        bytes
    }

    pub(crate) fn load_sample(&self) -> LoadSignal {
        self.load
    }

    pub(crate) fn load_upstream(&self) -> UpstreamSignal {
        self.upstream_load
    }

    pub(crate) fn load_pressure(&self) -> PressureSignal {
        self.pressure
    }

    /// An instance is configured: what the one before it had defined is forgotten, what the host keeps is not.
    pub(super) fn begin_configuration(&mut self) {
        self.configuring = true;
        self.limits.forget_definitions();
        self.charges.forget_definitions();
        self.identity.policies.clear();
        self.stores.forget_definitions();
        self.remotes.forget_definitions();
        self.keys.forget_definitions();
        self.metrics.begin_configuration();
    }

    /// Whether one more of `what` may be defined.
    fn may_define(&self, what: &str, count: usize) -> Result<(), String> {
        assert!(self.configuring, "{what} are defined in Plugin::new only");
        match count < DEFINITIONS {
            true => Ok(()),
            false => Err(format!("an attachment has at most {DEFINITIONS} {what}")),
        }
    }
}

/// The handle of what was defined last.
fn handle(count: usize) -> u32 {
    u32::try_from(count - 1).expect("there are few definitions")
}

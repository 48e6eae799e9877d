//! `[plugins]`: how much plugins may take, and which modules are taken in.

use std::path::PathBuf;

use anyhow::{Result, ensure};
use serde::{Deserialize, Serialize};

const MIB: u64 = 1 << 20;

/// Bounds on plugins and their modules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Plugins {
    /// For one call of a hook, in milliseconds.
    pub deadline_ms: u64,
    /// For all hooks of one plugin for one request, in milliseconds.
    pub request_budget_ms: u64,
    /// Linear memory of one instance in bytes.
    pub memory_bytes: usize,
    /// Instances of all plugins at one time; each reserves about 4 GiB of address space, not of memory.
    pub instances: u32,
    /// Calls of the host in one call of a hook.
    pub host_calls: u32,
    /// What these pass to and fro, in bytes.
    pub host_call_bytes: usize,
    /// Hooks of one attachment that wait for others at one time on one worker.
    pub waiting: u32,
    /// For one hook to wait for others, in milliseconds on the clock.
    pub wait_ms: u64,
    /// The largest body that one hook may have buffered, in bytes.
    pub hook_body_bytes: u64,
    /// Bodies that are held for plugins, in bytes over all requests.
    pub buffered_bytes: u64,
    /// Responses that plugins keep, in bytes.
    pub cache_bytes: u64,
    /// Uploaded modules that nothing needs: beyond that number the oldest are deleted.
    pub unused_modules: usize,
    /// PEM files with public keys, Ed25519 or ECDSA P-256: one of them must have signed each upload. None takes any module.
    pub trusted_keys: Vec<PathBuf>,
}

impl Default for Plugins {
    fn default() -> Self {
        Self {
            deadline_ms: 10,
            request_budget_ms: 100,
            memory_bytes: 16 << 20,
            instances: 4_000,
            host_calls: 10_000,
            host_call_bytes: 16 << 20,
            waiting: 64,
            wait_ms: 30_000,
            hook_body_bytes: 8 * MIB,
            buffered_bytes: 256 * MIB,
            cache_bytes: 64 * MIB,
            unused_modules: 64,
            trusted_keys: Vec::new(),
        }
    }
}

impl Plugins {
    pub(super) fn check(&self) -> Result<()> {
        ensure!(
            (1..=10_000).contains(&self.deadline_ms),
            "plugins.deadline_ms is {}: give 1 to 10000",
            self.deadline_ms
        );
        let budget = self.request_budget_ms;
        ensure!((1..=60_000).contains(&budget), "plugins.request_budget_ms is {budget}: give 1 to 60000");
        let instances = self.instances;
        ensure!((1..=16_000).contains(&instances), "plugins.instances is {instances}: give 1 to 16000");
        let memory = self.memory_bytes;
        ensure!(
            (1 << 20..=64 << 20).contains(&memory),
            "plugins.memory_bytes is {memory}: give 1 MiB (1048576) to 64 MiB (67108864)"
        );
        let calls = self.host_calls;
        ensure!((1..=10_000_000).contains(&calls), "plugins.host_calls is {calls}: give 1 to 10000000");
        let bytes = self.host_call_bytes;
        ensure!(
            (64 << 10..=1 << 30).contains(&bytes),
            "plugins.host_call_bytes is {bytes}: give 64 KiB (65536) to 1 GiB (1073741824)"
        );
        let waiting = self.waiting;
        ensure!((1..=1_000).contains(&waiting), "plugins.waiting is {waiting}: give 1 to 1000");
        let wait = self.wait_ms;
        ensure!((100..=600_000).contains(&wait), "plugins.wait_ms is {wait}: give 100 to 600000");
        let body = self.hook_body_bytes;
        ensure!((1..=1 << 31).contains(&body), "plugins.hook_body_bytes is {body}: give 1 to 2 GiB (2147483648)");
        for (name, bytes) in [("buffered_bytes", self.buffered_bytes), ("cache_bytes", self.cache_bytes)] {
            ensure!(
                (MIB..=1 << 40).contains(&bytes),
                "plugins.{name} is {bytes}: give 1 MiB (1048576) to 1 TiB (1099511627776)"
            );
        }
        ensure!(self.unused_modules <= 10_000, "plugins.unused_modules is {}: give 0 to 10000", self.unused_modules);
        Ok(())
    }
}

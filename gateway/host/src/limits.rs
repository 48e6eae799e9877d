//! How much one plugin may take.

use std::time::Duration;

use crate::error::HostError;

/// A page of Wasm memory, in bytes.
const PAGE: usize = 64 * 1024;

/// The limits of every plugin, read once at start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Time of the processor that a hook may take, 1 ms to 10 s; enforced to about 2 ms.
    pub deadline: Duration,
    /// The same for all hooks that one attachment runs for one request, 1 ms to 60 s; each chunk of a body that is shown
    /// to it adds 1 ms, so that long streams have what short ones have.
    pub request_budget: Duration,
    /// The same for `describe` and `configure`, which read schemas and parse configuration.
    pub start_deadline: Duration,
    /// Linear memory of one instance in bytes, 1 MiB to 1 GiB in whole pages of 64 KiB.
    pub memory: usize,
    /// The largest body that plugins may have buffered, in bytes, at most half of 4 GiB.
    pub buffered_body: u64,
    /// The longest time on the clock that a hook may take which waits for upstreams or for remote stores, 100 ms to 10 min.
    pub wait: Duration,
    /// Hooks of one attachment that may wait so at one time on one worker; more wait for a place, for at most a second.
    /// 1 to 1 000.
    pub waiting: u32,
    /// Stack of one instance in bytes, 64 KiB to 1 MiB; it is part of the calling thread's stack.
    pub stack: usize,
    /// Calls of the host in one call of the guest, 1 to 10 000 000.
    pub host_calls: u32,
    /// Bytes that cross between guest and host in one call of the guest, in host calls, 64 KiB to 1 GiB.
    pub host_bytes: usize,
    /// Hooks that an instance runs before a fresh one takes its place, give or take a quarter, so that
    /// the instances of many workers are not replaced at the same time.
    pub calls_per_instance: u32,
    /// Instances at one time, over all plugins and threads; each reserves about 4 GiB of address space, not of memory.
    /// Usually there are as many as workers times attachments, and twice that while configuration changes.
    pub instances: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            deadline: Duration::from_millis(10),
            request_budget: Duration::from_millis(100),
            start_deadline: Duration::from_secs(1),
            memory: 16 * 1024 * 1024,
            buffered_body: 8 * 1024 * 1024,
            wait: Duration::from_secs(30),
            waiting: 64,
            stack: 256 * 1024,
            host_calls: 10_000,
            host_bytes: 16 * 1024 * 1024,
            calls_per_instance: 10_000,
            instances: 4_000,
        }
    }
}

impl Limits {
    pub(crate) fn check(&self) -> Result<(), HostError> {
        let millis = Duration::from_millis(1);
        let seconds = Duration::from_secs(10);
        let memory = self.memory.is_multiple_of(PAGE) && (1 << 20..=1 << 30).contains(&self.memory);
        let checks = [
            ("deadline", (millis..=seconds).contains(&self.deadline), "use 1 ms to 10 s"),
            ("request_budget", (millis..=6 * seconds).contains(&self.request_budget), "use 1 ms to 60 s"),
            ("start_deadline", (millis..=seconds).contains(&self.start_deadline), "use 1 ms to 10 s"),
            ("memory", memory, "use 1 MiB to 1 GiB in steps of 64 KiB"),
            ("buffered_body", self.buffered_body <= 1 << 31, "use at most 2 GiB"),
            ("wait", (100 * millis..=60 * seconds).contains(&self.wait), "use 100 ms to 10 min"),
            ("waiting", (1..=1_000).contains(&self.waiting), "use 1 to 1 000"),
            ("stack", (64 << 10..=1 << 20).contains(&self.stack), "use 64 KiB to 1 MiB"),
            ("host_calls", (1..=10_000_000).contains(&self.host_calls), "use 1 to 10 000 000"),
            ("host_bytes", (64 << 10..=1 << 30).contains(&self.host_bytes), "use 64 KiB to 1 GiB"),
            ("calls_per_instance", self.calls_per_instance > 0, "use at least 1"),
            ("instances", (1..=16_000).contains(&self.instances), "use 1 to 16 000"),
        ];
        match checks.into_iter().find(|(_, good, _)| !good) {
            Some((field, _, remedy)) => Err(HostError::Limit { field, limits: Box::new(self.clone()), remedy }),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_within_bounds() {
        Limits::default().check().expect("sound defaults");
    }

    #[test]
    fn a_limit_out_of_bounds_is_named_with_its_remedy() {
        for (limits, name) in [
            (Limits { deadline: Duration::ZERO, ..Limits::default() }, "deadline"),
            (Limits { memory: (1 << 20) + 1, ..Limits::default() }, "memory"),
            (Limits { stack: 2 << 20, ..Limits::default() }, "stack"),
            (Limits { instances: 0, ..Limits::default() }, "instances"),
        ] {
            let error = limits.check().expect_err(name);
            assert!(matches!(error, HostError::Limit { field, .. } if field == name), "{error}");
        }
    }
}

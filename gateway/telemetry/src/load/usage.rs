//! What the process uses.

use std::{path::Path, time::Duration};

use nix::time::{ClockId, clock_gettime};

use super::limits::kibibytes;

/// What the process has used by now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Usage {
    /// Of all threads together, since the process began.
    pub(super) cpu_time: Duration,
    /// Bytes in physical memory.
    pub(super) memory: u64,
}

impl Usage {
    /// Reads what holds now. `root` is `/`, but in tests.
    pub(super) fn read(root: &Path) -> Self {
        Self { cpu_time: cpu_time(), memory: kibibytes(&root.join("proc/self/status"), "VmRSS:").unwrap_or(0) }
    }
}

/// Zero where the system does not tell.
pub(super) fn cpu_time() -> Duration {
    clock_gettime(ClockId::CLOCK_PROCESS_CPUTIME_ID).map_or(Duration::ZERO, Duration::from)
}

//! How much the compiler may take for one module.

use std::time::Duration;

/// The limits of one compilation. The defaults are several times what the largest module that is accepted takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CompileLimits {
    /// On the wall, from starting the child to its last byte.
    pub time: Duration,
    /// Of the processor, in whole seconds, at least 1.
    pub cpu: Duration,
    /// Address space of the child in bytes.
    pub memory: u64,
    /// How much the child lets other processes go first: 0 not at all, 19 as much as can be.
    pub nice: u8,
}

impl Default for CompileLimits {
    fn default() -> Self {
        Self { time: Duration::from_secs(30), cpu: Duration::from_secs(25), memory: 2 << 30, nice: 10 }
    }
}

//! Which processors a contender has, and which are for everybody else.

use std::thread;

use anyhow::{Context, Result};
use nix::{
    sched::{CpuSet, sched_getaffinity, sched_setaffinity},
    unistd::Pid,
};

/// Does something on the last processor alone: what is started meanwhile has that one and no other, with all its threads.
///
/// # Errors
/// When the kernel forbids it, and those of what is done.
pub fn on_last<T>(act: impl FnOnce() -> Result<T>) -> Result<T> {
    let usual = sched_getaffinity(this_thread()).context("cannot read which processors there are")?;
    let mut last = CpuSet::new();
    last.set(count() - 1)?;
    set(&last)?;
    let done = act();
    set(&usual)?;
    done
}

/// Keeps this thread, and what it starts from now on, off the last processor, if there is another one.
///
/// # Errors
/// When the kernel forbids it.
pub fn leave_last() -> Result<()> {
    let mut others = CpuSet::new();
    for core in 0..(count() - 1).max(1) {
        others.set(core)?;
    }
    set(&others)
}

fn set(cores: &CpuSet) -> Result<()> {
    sched_setaffinity(this_thread(), cores).context("cannot choose processors")
}

fn this_thread() -> Pid {
    Pid::from_raw(0)
}

/// As many as this process may use when it is asked first; afterwards this thread may have fewer.
fn count() -> usize {
    static COUNT: std::sync::OnceLock<usize> = std::sync::OnceLock::new();
    *COUNT.get_or_init(|| thread::available_parallelism().map_or(1, usize::from))
}

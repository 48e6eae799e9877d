//! What a process has used of the processors, exactly.
//!
//! The kernel's CPU clock of a process counts nanoseconds over all its threads, also those that have ended.
//! `/proc/<pid>/stat` would round to ticks of 10 ms, and the threads' `schedstat` files forget threads that ended.

use std::{fs, io::ErrorKind, time::Duration};

use anyhow::{Context, Result};
use nix::{
    time::{ClockId, clock_getcpuclockid, clock_gettime},
    unistd::Pid,
};

/// CPU time, user and system, of a process and its living descendants since they began.
///
/// # Errors
/// When the process has ended or a child ends while it is being read.
pub fn time_of(process: u32) -> Result<Duration> {
    let mut total = own_time_of(process)?;
    for child in children_of(process)? {
        total += time_of(child)?;
    }
    Ok(total)
}

/// CPU time, user and system, of the calling thread since it began.
///
/// # Errors
/// When the kernel has no such clock.
pub fn time_of_thread() -> Result<Duration> {
    Ok(clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).context("cannot read the CPU clock of this thread")?.into())
}

fn own_time_of(process: u32) -> Result<Duration> {
    let read = || -> Result<Duration> {
        let clock = clock_getcpuclockid(Pid::from_raw(process.try_into()?))?;
        Ok(clock_gettime(clock)?.into())
    };
    read().with_context(|| format!("cannot read the CPU clock of process {process}; has it ended?"))
}

/// Children are listed by the thread that made them.
fn children_of(process: u32) -> Result<Vec<u32>> {
    let threads = fs::read_dir(format!("/proc/{process}/task"))
        .with_context(|| format!("cannot list the threads of process {process}; has it ended?"))?;
    let mut children = Vec::new();
    for thread in threads {
        match fs::read_to_string(thread?.path().join("children")) {
            Ok(list) => children.extend(list.split_whitespace().filter_map(|child| child.parse::<u32>().ok())),
            // A thread may end between being listed and being read.
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(children)
}

#[cfg(test)]
mod tests {
    use std::{process::Command, thread, time::Instant};

    use super::*;

    fn burn(time: Duration) {
        let start = Instant::now();
        while start.elapsed() < time {
            std::hint::spin_loop();
        }
    }

    #[test]
    fn work_of_a_thread_that_has_ended_still_counts() {
        // Other tests have children that end meanwhile, hence without them.
        let before = own_time_of(std::process::id()).unwrap();
        thread::spawn(|| burn(Duration::from_millis(20))).join().unwrap();
        let used = own_time_of(std::process::id()).unwrap() - before;
        assert!(used >= Duration::from_millis(1), "{used:?}");
    }

    #[test]
    fn a_process_that_is_gone_is_an_error() {
        let mut child = Command::new("true").spawn().unwrap();
        child.wait().unwrap();
        assert!(time_of(child.id()).is_err());
    }
}

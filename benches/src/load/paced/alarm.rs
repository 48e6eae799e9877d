//! An alarm that is exact to some microseconds: the runtime's own timers are to a millisecond.

use std::{
    os::fd::{AsFd, AsRawFd, RawFd},
    time::Instant,
};

use anyhow::{Context, Result};
use nix::{
    errno::Errno,
    sys::{
        time::TimeSpec,
        timerfd::{ClockId, Expiration, TimerFd, TimerFlags, TimerSetTimeFlags},
    },
};
use tokio::{io::unix::AsyncFd, task};

/// A timer of the kernel's.
pub(super) struct Alarm(AsyncFd<Timer>);

struct Timer(TimerFd);

impl AsRawFd for Timer {
    fn as_raw_fd(&self) -> RawFd {
        self.0.as_fd().as_raw_fd()
    }
}

impl Alarm {
    pub(super) fn new() -> Result<Self> {
        let flags = TimerFlags::TFD_NONBLOCK | TimerFlags::TFD_CLOEXEC;
        let timer = TimerFd::new(ClockId::CLOCK_MONOTONIC, flags).context("the kernel has no timer left")?;
        #[expect(
            deprecated,
            reason = "its successor is unsafe; a descriptor that its owner keeps open is sound with either"
        )]
        let timer = AsyncFd::new(Timer(timer))?;
        Ok(Self(timer))
    }

    /// Returns at `due`, or after others have had their turn if that is over.
    pub(super) async fn wait_until(&mut self, due: Instant) -> Result<()> {
        let left = due.saturating_duration_since(Instant::now());
        if left.is_zero() {
            task::yield_now().await;
            return Ok(());
        }
        let expiration = Expiration::OneShot(TimeSpec::from_duration(left));
        self.0.get_ref().0.set(expiration, TimerSetTimeFlags::empty())?;
        loop {
            let mut ready = self.0.readable().await?;
            let rung = ready.get_inner().0.wait();
            ready.clear_ready();
            match rung {
                Err(Errno::EAGAIN) => {}
                rung => return rung.context("the timer"),
            }
        }
    }
}

//! Keeps a plugin that fails again and again from being called: the breaker of one attachment, shared by all workers.

use std::{
    sync::{
        LazyLock, Mutex,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant, SystemTime},
};

use gateway_algorithms::breaker::{Admission, Breaker, Fault};
use gateway_host::Failure;
use gateway_telemetry::HealthRecord;

/// The breaker is closed.
const CLOSED: u64 = 0;
/// The configuration keeps the plugin from being called.
const FOR_EVER: u64 = u64::MAX;

/// What a failing call has taken for certain, beyond the first half of its deadline, when its fault is a heavy one.
const HEAVY: Duration = Duration::from_millis(1);

/// What times are counted from.
static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// Whether an attachment's plugin is called.
pub(crate) struct Guard {
    /// Nanoseconds since [`START`] until which nothing is let through; all that a sound plugin's calls read.
    open_until: AtomicU64,
    /// Only tried, never waited for, and only where something has gone wrong.
    breaker: Mutex<Breaker>,
    pub(crate) health: HealthRecord,
}

/// A call that may be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Admitted {
    Call,
    /// Its success is to be told.
    Probe,
}

impl Guard {
    /// `quarantined` by the configuration it lets nothing through.
    /// `calls` were made so far.
    pub(crate) fn new(quarantined: bool, calls: u64) -> Self {
        let health = HealthRecord::default();
        if quarantined {
            health.quarantine(None);
        }
        let open_until = AtomicU64::new(if quarantined { FOR_EVER } else { CLOSED });
        Self { open_until, breaker: Mutex::new(Breaker::new(START.elapsed(), calls)), health }
    }

    /// Lets a call through, or not.
    #[inline]
    pub(crate) fn admit(&self) -> Option<Admitted> {
        match self.open_until.load(Relaxed) {
            CLOSED => Some(Admitted::Call),
            until => self.admit_again(until),
        }
    }

    #[cold]
    fn admit_again(&self, until: u64) -> Option<Admitted> {
        let now = START.elapsed();
        if nanos(now) < until {
            return None;
        }
        // Who does not get the breaker comes a moment too late to be the probe.
        match self.breaker.try_lock().ok()?.admit(now) {
            Admission::Call => Some(Admitted::Call),
            Admission::Probe => Some(Admitted::Probe),
            Admission::Refuse => None,
        }
    }

    /// Hears that a probe went well. Waits for the lock, which nobody holds for long: a success is not to be missed.
    #[cold]
    pub(crate) fn probe_succeeded(&self, attachment: &str, calls: impl FnOnce() -> u64) {
        let Ok(mut breaker) = self.breaker.lock() else { return };
        if breaker.success(START.elapsed(), calls()) {
            self.open_until.store(CLOSED, Relaxed);
            self.health.release();
            tracing::info!(attachment, "a plugin works again: its quarantine is over");
        }
    }

    /// Hears that a call failed; true when that was once too often, and the plugin is quarantined from now on.
    #[cold]
    pub(crate) fn failed(&self, attachment: &str, failure: &Failure, calls: impl FnOnce() -> u64) -> bool {
        self.health.fault(failure.kind.as_str(), &failure.message);
        // Under a flood of faults some are not counted, rather than waited for.
        let Ok(mut breaker) = self.breaker.try_lock() else { return false };
        let now = START.elapsed();
        let fault = if failure.measured >= HEAVY { Fault::Heavy } else { Fault::Light };
        let Some(opened) = breaker.fault(now, calls(), fault) else { return false };
        self.open_until.store(nanos(opened.until), Relaxed);
        let pause = opened.until.saturating_sub(now);
        self.health.quarantine(Some(SystemTime::now() + pause));
        let faults = opened.faults;
        tracing::warn!(attachment, faults, ?pause, %failure, "a plugin fails too often: it is quarantined");
        true
    }
}

fn nanos(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(FOR_EVER - 1).max(1)
}

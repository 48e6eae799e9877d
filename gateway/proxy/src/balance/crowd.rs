//! What the targets of an upstream have in common, in all revisions.

use std::{
    sync::{
        Arc,
        atomic::{
            AtomicU32, AtomicU64,
            Ordering::{Acquire, Relaxed, Release},
        },
    },
    time::{Duration, Instant, SystemTime},
};

use gateway_algorithms::retry::Budget;
use gateway_telemetry::TargetMetrics;
use parking_lot::{Mutex, MutexGuard};

/// All targets of an upstream's name.
#[derive(Debug)]
pub(crate) struct Crowd {
    upstream: Box<str>,
    /// Grows whenever a target comes back or is left out.
    changes: AtomicU64,
    /// Requests that were sent again and wait for their response.
    retries: AtomicU32,
    /// Taken by whoever ejects a target, which happens a few times a minute: together they must not eject too many.
    ejecting: Mutex<()>,
    metrics: TargetMetrics,
    /// Where times begin.
    beginning: Instant,
}

/// A request that was sent again; counted until dropped.
pub(crate) struct Retrying(Arc<Crowd>);

impl Crowd {
    pub(super) fn new(upstream: &str, metrics: TargetMetrics) -> Arc<Self> {
        Arc::new(Self {
            upstream: upstream.into(),
            changes: AtomicU64::new(1),
            retries: AtomicU32::new(0),
            ejecting: Mutex::default(),
            metrics,
            beginning: Instant::now(),
        })
    }

    pub(super) fn upstream(&self) -> &str {
        &self.upstream
    }

    pub(super) fn metrics(&self) -> &TargetMetrics {
        &self.metrics
    }

    /// The time since the crowd began.
    pub(super) fn at(&self, now: Instant) -> Duration {
        now.saturating_duration_since(self.beginning)
    }

    /// The instant of such a time.
    pub(super) fn instant(&self, at: Duration) -> Instant {
        self.beginning + at
    }

    /// Such a time by the clock on the wall.
    pub(super) fn wall_clock(&self, at: Duration) -> SystemTime {
        let now = self.at(Instant::now());
        let clock = SystemTime::now();
        if at >= now { clock + (at - now) } else { clock - (now - at) }
    }

    pub(super) fn changes(&self) -> u64 {
        self.changes.load(Acquire)
    }

    pub(super) fn changed(&self) {
        self.changes.fetch_add(1, Release);
    }

    pub(super) fn ejecting(&self) -> MutexGuard<'_, ()> {
        self.ejecting.lock()
    }

    /// One more request is sent again, if the budget allows for it while `live` are under way.
    pub(super) fn retry(self: &Arc<Self>, budget: Budget, live: u32) -> Option<Retrying> {
        let one_more = |retries| budget.allows(live, retries).then_some(retries + 1);
        let counted = self.retries.fetch_update(Relaxed, Relaxed, one_more);
        counted.is_ok().then(|| Retrying(self.clone()))
    }
}

impl Drop for Retrying {
    fn drop(&mut self) {
        self.0.retries.fetch_sub(1, Relaxed);
    }
}

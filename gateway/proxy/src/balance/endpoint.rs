//! What is known of a target.

use std::{
    sync::{
        Arc,
        atomic::{
            AtomicBool, AtomicU8, AtomicU32, AtomicU64,
            Ordering::{Relaxed, SeqCst},
        },
    },
    time::{Duration, Instant},
};

use gateway_algorithms::{
    active::{Checks, Health, Thresholds},
    balance::Ewma,
    outlier::{self, Cause, Outcome, Rules},
};
use gateway_telemetry::{EjectionCause, TargetStatus};
use parking_lot::Mutex;

use super::crowd::Crowd;

/// Left out because of what became of requests.
const EJECTED: u8 = 1;
/// Left out because its checks fail.
const DOWN: u8 = 2;

/// What a request without a response is taken to have cost at least: what fails at once must not look fast.
const FAILED: Duration = Duration::from_secs(1);

/// A target of an upstream, in all revisions that have it.
#[derive(Debug)]
pub(crate) struct Endpoint {
    crowd: Arc<Crowd>,
    address: Box<str>,
    /// Requests under way, from looking for a connection to the end of the response.
    pending: AtomicU32,
    /// An [`Ewma`].
    latency: AtomicU64,
    /// Why it is left out; 0 while it is not.
    out: AtomicU8,
    /// When it came, or came back, in nanoseconds.
    since: AtomicU64,
    /// A success would change something.
    has_failed: AtomicBool,
    history: Mutex<History>,
}

/// Locked for failures, for a success that follows one, for checks, and when somebody looks.
#[derive(Debug, Default)]
struct History {
    outlier: outlier::Endpoint,
    checks: Checks,
    is_checked: bool,
    /// While it is ejected.
    ejection: Option<Ejection>,
}

#[derive(Clone, Copy, Debug)]
struct Ejection {
    cause: EjectionCause,
    until: Duration,
}

impl Endpoint {
    pub(super) fn new(crowd: &Arc<Crowd>, address: &str) -> Arc<Self> {
        Arc::new(Self {
            crowd: crowd.clone(),
            address: address.into(),
            pending: AtomicU32::new(0),
            latency: AtomicU64::new(0),
            out: AtomicU8::new(0),
            since: AtomicU64::new(nanos(crowd.at(Instant::now()))),
            has_failed: AtomicBool::new(false),
            history: Mutex::default(),
        })
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    // === load ===

    pub(super) fn pending(&self) -> u32 {
        self.pending.load(Relaxed)
    }

    pub(super) fn begins(&self) {
        self.pending.fetch_add(1, Relaxed);
    }

    pub(super) fn ends(&self) {
        self.pending.fetch_sub(1, Relaxed);
    }

    pub(super) fn latency(&self) -> Ewma {
        Ewma::from_bits(self.latency.load(Relaxed))
    }

    /// Since when it has been there, in time of the crowd.
    pub(super) fn since(&self) -> Duration {
        Duration::from_nanos(self.since.load(Relaxed))
    }

    /// Hears how long it took for this.
    pub(super) fn takes(&self, latency: Duration, outcome: Outcome, now: Duration) {
        let sample = |bits: u64| {
            let average = Ewma::from_bits(bits);
            let known = average.latency().unwrap_or_default();
            let latency = match outcome {
                Outcome::Success => latency,
                Outcome::ServerError | Outcome::GatewayError => latency.max(known),
                Outcome::LocalError => latency.max(known).max(FAILED),
            };
            average.sample(latency, now).to_bits()
        };
        let mut bits = self.latency.load(Relaxed);
        while let Err(others) = self.latency.compare_exchange_weak(bits, sample(bits), Relaxed, Relaxed) {
            bits = others;
        }
    }

    // === health ===

    pub(super) fn is_usable(&self) -> bool {
        self.out.load(Relaxed) == 0
    }

    pub(super) fn is_ejected(&self) -> bool {
        self.out.load(Relaxed) & EJECTED != 0
    }

    /// Hears what became of a request. Answers until when it is ejected, if it is because of this.
    pub(super) fn hears(
        &self,
        outcome: Outcome,
        now: Duration,
        rules: &Rules,
        may_be_ejected: impl FnOnce() -> bool,
    ) -> Option<Duration> {
        if outcome == Outcome::Success && !self.has_failed.load(Relaxed) {
            return None;
        }
        let cause = {
            let mut history = self.history.lock();
            let cause = history.outlier.record(outcome, now, rules);
            self.has_failed.store(history.outlier.has_failed(), Relaxed);
            cause?
        };
        let _turn = self.crowd.ejecting();
        if !may_be_ejected() {
            return None;
        }
        let mut history = self.history.lock();
        // Another worker was first.
        if history.outlier.is_ejected(now) {
            return None;
        }
        let until = history.outlier.eject(now, rules);
        self.has_failed.store(history.outlier.has_failed(), Relaxed);
        self.ejected(&mut history, cause, now, until);
        Some(until)
    }

    fn ejected(&self, history: &mut History, cause: Cause, now: Duration, until: Duration) {
        let cause = match cause {
            Cause::GatewayErrors => EjectionCause::GatewayErrors,
            Cause::LocalErrors => EjectionCause::LocalErrors,
            // Success rates are not compared.
            Cause::ServerErrors | Cause::SuccessRate => EjectionCause::ServerErrors,
        };
        history.ejection = Some(Ejection { cause, until });
        self.leave(EJECTED);
        self.crowd.metrics().ejections(cause).add(1);
        let (upstream, target, cause) = (self.crowd.upstream(), &*self.address, cause.as_str());
        let seconds = until.saturating_sub(now).as_secs_f64();
        tracing::info!(upstream, target, cause, seconds, "a target is ejected");
    }

    /// Ends the ejection if its time is over.
    pub(super) fn comes_back(&self, now: Duration) {
        let mut history = self.history.lock();
        if history.ejection.is_some_and(|ejection| now >= ejection.until) {
            history.ejection = None;
            self.return_from(EJECTED, now);
            tracing::info!(upstream = self.crowd.upstream(), target = &*self.address, "an ejection is over");
        }
    }

    /// Hears what a check has found. One that passes ends an ejection as well.
    pub(crate) fn checked(&self, passed: bool, thresholds: &Thresholds) {
        self.crowd.metrics().checks(passed).add(1);
        let now = self.crowd.at(Instant::now());
        let (upstream, target) = (self.crowd.upstream(), &*self.address);
        let mut history = self.history.lock();
        // One that was under way when it was decided to check no more: nothing would ever bring the target back.
        if !history.is_checked {
            return;
        }
        match history.checks.record(passed, thresholds) {
            Some(Health::Down) => {
                self.leave(DOWN);
                tracing::info!(upstream, target, "a target is left out: its checks fail");
            }
            Some(_) if self.out.load(Relaxed) & DOWN != 0 => {
                self.return_from(DOWN, now);
                tracing::info!(upstream, target, "a target is back: its checks pass");
            }
            _ => {}
        }
        if passed && history.checks.health() == Health::Up && history.ejection.take().is_some() {
            history.outlier.restore(now);
            self.return_from(EJECTED, now);
            tracing::info!(upstream, target, "an ejection is over: a check has passed");
        }
    }

    /// Whether it is checked from now on. If not, what checks have found holds no longer.
    pub(super) fn set_checked(&self, is_checked: bool) {
        let mut history = self.history.lock();
        history.is_checked = is_checked;
        if is_checked {
            return;
        }
        history.checks = Checks::default();
        if self.out.load(Relaxed) & DOWN != 0 {
            self.return_from(DOWN, self.crowd.at(Instant::now()));
        }
    }

    fn leave(&self, why: u8) {
        self.out.fetch_or(why, SeqCst);
        self.crowd.changed();
    }

    fn return_from(&self, why: u8, now: Duration) {
        self.out.fetch_and(!why, SeqCst);
        self.since.store(nanos(now), Relaxed);
        self.crowd.changed();
    }

    /// How it is, for those who look. `is_counted` says whether requests under way are.
    pub(super) fn status(&self, weight: u32, is_counted: bool) -> TargetStatus {
        let history = self.history.lock();
        let ejection = history.ejection.map(|it| (it.cause, self.crowd.wall_clock(it.until)));
        let checked = match history.checks.health() {
            Health::Unknown => None,
            health => Some(health == Health::Up),
        };
        TargetStatus {
            address: self.address.clone(),
            drained: weight == 0,
            ejection,
            checked,
            pending: is_counted.then(|| self.pending()),
            latency: self.latency().latency(),
        }
    }
}

fn nanos(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

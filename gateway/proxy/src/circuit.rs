//! A circuit: lets calls through until too many of them fail, and then none for a while. Shared by all workers.

use std::{
    sync::{
        Arc, LazyLock, Mutex, MutexGuard,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use gateway_algorithms::{
    breaker::{Admission, Breaker, Fault, Rules},
    outlier::Outcome,
};
use gateway_telemetry::UpstreamMetrics;

/// The circuit is closed.
const CLOSED: u64 = 0;

/// It is open for ever.
const FOR_EVER: u64 = u64::MAX;

/// What times are counted from.
static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// Whether calls are made. While all goes well, a call costs it one load.
#[derive(Debug)]
pub(crate) struct Circuit {
    /// Nanoseconds since [`START`] until which nothing is let through.
    open_until: AtomicU64,
    /// Never waited for by a call that is only let through or has failed.
    breaker: Mutex<Breaker>,
}

/// A call that may be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Admitted {
    Call,
    /// Its success is to be told.
    Probe,
}

/// A circuit that was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Opened {
    pub(crate) pause: Duration,
    /// What led to it.
    pub(crate) faults: u32,
}

/// That in front of an upstream.
#[derive(Debug)]
pub(crate) struct UpstreamCircuit {
    upstream: Box<str>,
    pub(crate) rules: Rules,
    circuit: Circuit,
    metrics: UpstreamMetrics,
    /// Requests that got no response.
    unanswered: AtomicU64,
    /// Another one has taken its place, or none: what it finds of requests from before is told to nobody.
    is_retired: AtomicBool,
}

/// A request that decides whether the circuit in front of an upstream closes. Dropped without a word, it has decided nothing.
#[derive(Debug)]
pub(crate) struct Probe(Option<Arc<UpstreamCircuit>>);

// === impl Circuit ===

impl Circuit {
    /// A closed one; `calls` were made so far.
    pub(crate) fn new(rules: Rules, calls: u64) -> Self {
        Self { open_until: AtomicU64::new(CLOSED), breaker: Mutex::new(Breaker::by(rules, START.elapsed(), calls)) }
    }

    /// One that lets nothing through.
    pub(crate) fn open_for_ever(rules: Rules) -> Self {
        Self { open_until: AtomicU64::new(FOR_EVER), ..Self::new(rules, 0) }
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

    /// How long nothing is let through; a moment where a probe is under way.
    fn rest(&self) -> Duration {
        Duration::from_nanos(self.open_until.load(Relaxed)).saturating_sub(START.elapsed())
    }

    /// Hears that a probe went well, and says whether that closes the circuit. Waits for the lock, which nobody holds for
    /// long: a success is not to be missed.
    #[cold]
    pub(crate) fn probe_succeeded(&self, calls: impl FnOnce() -> u64) -> bool {
        let Ok(mut breaker) = self.breaker.lock() else { return false };
        let closes = breaker.success(START.elapsed(), calls());
        if closes {
            self.open_until.store(CLOSED, Relaxed);
        }
        closes
    }

    /// Hears that nothing will be heard of a probe.
    #[cold]
    fn probe_given_up(&self) {
        if let Ok(mut breaker) = self.breaker.lock() {
            breaker.give_up();
        }
    }

    /// Hears that a call failed, and says so if that was once too often.
    #[cold]
    pub(crate) fn failed(&self, fault: Fault, calls: impl FnOnce() -> u64) -> Option<Opened> {
        // Under a flood of faults some are not counted, rather than waited for.
        self.fails(self.breaker.try_lock().ok()?, fault, calls)
    }

    /// The same of a probe, which is not to be missed.
    #[cold]
    fn probe_failed(&self, fault: Fault, calls: impl FnOnce() -> u64) -> Option<Opened> {
        self.fails(self.breaker.lock().ok()?, fault, calls)
    }

    fn fails(&self, mut breaker: MutexGuard<'_, Breaker>, fault: Fault, calls: impl FnOnce() -> u64) -> Option<Opened> {
        let now = START.elapsed();
        let opened = breaker.fault(now, calls(), fault)?;
        self.open_until.store(nanos(opened.until), Relaxed);
        Some(Opened { pause: opened.until.saturating_sub(now), faults: opened.faults })
    }

    fn is_closed(&self) -> bool {
        self.open_until.load(Relaxed) == CLOSED
    }
}

// === impl UpstreamCircuit ===

impl UpstreamCircuit {
    pub(crate) fn new(upstream: &str, rules: Rules, metrics: &UpstreamMetrics) -> Arc<Self> {
        let circuit = Circuit::new(rules, metrics.response_duration.count());
        let (unanswered, is_retired) = (AtomicU64::new(0), AtomicBool::new(false));
        Arc::new(Self { upstream: upstream.into(), rules, circuit, metrics: metrics.clone(), unanswered, is_retired })
    }

    /// Lets a request through.
    ///
    /// # Errors
    /// How long it is until one is let through, where none is.
    pub(crate) fn admit(self: &Arc<Self>) -> Result<Probe, Duration> {
        match self.circuit.admit() {
            Some(Admitted::Call) => Ok(Probe(None)),
            Some(Admitted::Probe) => Ok(Probe(Some(self.clone()))),
            None => {
                self.metrics.circuit().refused().add(1);
                Err(self.circuit.rest())
            }
        }
    }

    /// It is not asked any more.
    pub(crate) fn retires(&self) {
        self.is_retired.store(true, Relaxed);
    }

    /// Hears how a request ended that was let through.
    pub(crate) fn ended(&self, probe: &mut Probe, outcome: Outcome) {
        let is_probe = probe.0.take().is_some();
        if self.is_retired.load(Relaxed) {
            return;
        }
        if outcome != Outcome::Success {
            if outcome == Outcome::LocalError {
                self.unanswered.fetch_add(1, Relaxed);
            }
            let opened = match (is_probe, self.circuit.is_closed()) {
                (true, _) => self.circuit.probe_failed(Fault::Light, || self.calls()),
                (_, true) => self.circuit.failed(Fault::Light, || self.calls()),
                // While it is half open, those from before say nothing.
                _ => None,
            };
            if let Some(Opened { pause, faults }) = opened {
                self.metrics.circuit().opens(unix_ms() + u64::try_from(pause.as_millis()).unwrap_or(u64::MAX / 2));
                tracing::warn!(upstream = %self.upstream, faults, ?pause, "an upstream fails too often: its circuit is open");
            }
        } else if is_probe && self.circuit.probe_succeeded(|| self.calls()) {
            self.metrics.circuit().closes();
            tracing::info!(upstream = %self.upstream, "an upstream answers again: its circuit is closed");
        }
    }

    /// Requests of clients that have ended.
    fn calls(&self) -> u64 {
        self.metrics.response_duration.count() + self.unanswered.load(Relaxed)
    }
}

impl Probe {
    /// That of a request which no circuit has let through.
    pub(crate) const NONE: Self = Self(None);
}

impl Drop for Probe {
    fn drop(&mut self) {
        if let Some(circuit) = self.0.take() {
            circuit.circuit.probe_given_up();
        }
    }
}

fn unix_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX / 2)
}

fn nanos(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(FOR_EVER - 1).max(1)
}

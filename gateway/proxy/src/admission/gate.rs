//! The gate of an upstream: who may be there, and who has to wait.

use std::{
    sync::{
        Arc,
        atomic::{
            AtomicBool, AtomicU32, AtomicU64,
            Ordering::{Relaxed, SeqCst},
        },
    },
    time::{Duration, Instant, SystemTime},
};

use gateway_algorithms::{
    admission::{Queue, Refusal, Request, Rules, Ticket, Turn},
    concurrency::{Cause, Limiter},
    priority::PriorityClass,
};
use gateway_host::UpstreamLoad;
use gateway_model::{Admission, Concurrency};
use gateway_telemetry::{
    AdmissionMetrics, AdmissionRefusal, AdmissionSource, AdmissionStatus, Lately, LimitCause, LimitChange, Recent,
    UpstreamMetrics,
};
use parking_lot::{Mutex, MutexGuard};
use tokio::{sync::oneshot, time::timeout};

use super::{
    configured,
    meter::Meter,
    pacer::Pacer,
    slot::{Outcome, Slot},
    waiting::{Verdict, Waiter, Waiting},
};

/// The limit where there is none.
const UNLIMITED: u32 = u32::MAX;

/// Shared by all workers, and by all revisions in which the upstream has its name: who waits goes on waiting when the
/// configuration changes.
#[derive(Debug)]
pub(crate) struct Gate {
    upstream: Box<str>,
    limit: AtomicU32,
    /// Up to here critical requests may go beyond the limit.
    critical_limit: AtomicU32,
    in_flight: AtomicU32,
    /// As many as are in the queue, or were a moment ago.
    waiting: AtomicU32,
    /// When the one came that has waited longest, in nanoseconds; 0 when nobody waits.
    oldest: AtomicU64,
    announces: AtomicBool,
    /// Something is concluded from what is measured.
    is_measured: AtomicBool,
    meter: Meter,
    recent: Recent,
    metrics: AdmissionMetrics,
    crowd: Mutex<Queue<Waiter>>,
    control: Mutex<Control>,
    pacer: Pacer,
    /// Where times begin.
    beginning: Instant,
}

/// Locked when the configuration changes, and by whoever finds a window of measurement full.
#[derive(Debug)]
struct Control {
    configured: Option<Admission>,
    limiter: Limiter,
}

/// Why a request was not admitted, and when it may come again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Refused {
    pub(crate) reason: AdmissionRefusal,
    /// How long it has waited.
    pub(crate) waited: Duration,
    /// How long one that comes now would wait, as far as that is known.
    pub(crate) predicted: Duration,
}

/// Those who are told that they are admitted, or not. Told without the lock: telling wakes other threads.
type Told = Vec<(Waiter, Verdict)>;

impl Gate {
    /// A gate that lets everybody pass, until it is [configured](Self::configure).
    pub(crate) fn new(upstream: &str, metrics: &UpstreamMetrics) -> Arc<Self> {
        let rules = configured::rules(&Admission::default());
        Arc::new(Self {
            upstream: upstream.into(),
            limit: AtomicU32::new(UNLIMITED),
            critical_limit: AtomicU32::new(UNLIMITED),
            in_flight: AtomicU32::new(0),
            waiting: AtomicU32::new(0),
            oldest: AtomicU64::new(0),
            announces: AtomicBool::new(false),
            is_measured: AtomicBool::new(false),
            meter: Meter::default(),
            recent: metrics.recent.clone(),
            metrics: metrics.admission.clone(),
            crowd: Mutex::new(Queue::new(rules)),
            control: Mutex::new(Control { configured: None, limiter: Limiter::Fixed(UNLIMITED) }),
            pacer: Pacer::default(),
            beginning: Instant::now(),
        })
    }

    // === admission ===

    /// Whether requests are limited.
    pub(crate) fn is_limited(&self) -> bool {
        self.limit.load(Relaxed) != UNLIMITED
    }

    /// Whether responses tell how they were admitted.
    pub(crate) fn announces(&self) -> bool {
        self.announces.load(Relaxed)
    }

    /// A slot, if one is free and nobody waits.
    pub(crate) fn try_enter(self: &Arc<Self>) -> Option<Slot> {
        if self.limit.load(Relaxed) == UNLIMITED {
            return Some(Slot::unlimited());
        }
        match self.waiting.load(SeqCst) == 0 && self.take(&self.limit) {
            true => Some(self.slot()),
            false => None,
        }
    }

    /// A slot, and the time that it took to get it. Dropped, nobody waits any more.
    pub(crate) async fn enter(self: &Arc<Self>, request: Request) -> Result<(Slot, Duration), Refused> {
        let (waiter, verdict) = oneshot::channel();
        let (entered, max_wait, told) = {
            let mut queue = self.crowd.lock();
            // One may have come free since the caller looked.
            if queue.is_empty() && self.take(&self.limit) {
                return Ok((self.slot(), Duration::ZERO));
            }
            self.meter.limits();
            let is_critical = request.class == PriorityClass::Critical;
            if is_critical && queue.waiting(request.class) == 0 && self.take(&self.critical_limit) {
                return Ok((self.slot(), Duration::ZERO));
            }
            let now = self.now();
            let mut told = Told::new();
            let entered = queue.enter(request, waiter, now, &mut |waiter, refusal| {
                told.push((waiter, Verdict::Refused(refusal)));
            });
            let entered = entered.map_err(|(refusal, _)| (refusal, queue.predicted_wait(&request, now)));
            self.shows(&queue, now);
            // Who gave a slot back meanwhile has found nobody waiting.
            self.admit(&mut queue, now, &mut told);
            (entered, queue.max_wait(&request), told)
        };
        self.tell(told);
        self.pacer.run(self, self.beginning);
        let ticket =
            entered.map_err(|(refusal, predicted)| self.refused(request, refusal, Duration::ZERO, predicted))?;
        let mut waiting = Waiting::new(self.clone(), ticket, verdict);
        let began = self.now();
        let decided = match timeout(Duration::from_nanos(max_wait), waiting.verdict()).await {
            Ok(decided) => decided,
            Err(_) => waiting.leave(),
        };
        let waited = Duration::from_nanos(self.now().saturating_sub(began));
        match decided {
            Some(Verdict::Admitted(nanos)) => {
                let waited = Duration::from_nanos(nanos);
                self.metrics.class(request.class.rank()).waited.observe(waited);
                Ok((self.slot(), waited))
            }
            refused => {
                let refusal = match refused {
                    Some(Verdict::Refused(refusal)) => refusal,
                    _ => Refusal::Deadline,
                };
                let predicted = self.crowd.lock().predicted_wait(&request, self.now());
                Err(self.refused(request, refusal, waited, predicted))
            }
        }
    }

    /// A request was turned away before it came to the queue.
    pub(crate) fn turned_away(&self, class: PriorityClass, reason: AdmissionRefusal) {
        self.metrics.class(class.rank()).refused(reason).add(1);
    }

    /// Takes a slot if one is free.
    fn take(&self, limit: &AtomicU32) -> bool {
        let limit = limit.load(SeqCst);
        let taken = self.in_flight.fetch_update(SeqCst, SeqCst, |taken| (taken < limit).then_some(taken + 1));
        taken.inspect(|before| self.meter.sees(before + 1)).is_ok()
    }

    fn has_room(&self) -> bool {
        self.in_flight.load(SeqCst) < self.limit.load(SeqCst)
    }

    fn slot(self: &Arc<Self>) -> Slot {
        Slot::new(self.clone(), self.is_measured.load(Relaxed).then(|| self.meter.number()))
    }

    /// Gives a slot back: of one that said nothing by its time, in that window.
    pub(super) fn release(&self, untold_in: Option<u32>) {
        if let Some(window) = untold_in {
            self.meter.ends_untold(window);
        }
        self.in_flight.fetch_sub(1, SeqCst);
        if self.waiting.load(SeqCst) > 0 {
            self.pass_on();
        }
    }

    /// Gives the slots that are free to those who wait.
    pub(super) fn pass_on(&self) {
        self.tell(self.admitted());
    }

    fn admitted(&self) -> Told {
        let mut told = Told::new();
        self.admit(&mut self.crowd.lock(), self.now(), &mut told);
        told
    }

    fn admit(&self, queue: &mut Queue<Waiter>, now: u64, told: &mut Told) {
        let admits = |turn: Option<Turn<Waiter>>, told: &mut Told| match turn {
            Some(turn) => told.push((turn.item, Verdict::Admitted(turn.waited))),
            None => drop(self.in_flight.fetch_sub(1, SeqCst)),
        };
        while !queue.is_empty() && self.has_room() {
            if let Some(at) = queue.holds_until(now) {
                self.pacer.set(at);
                break;
            }
            if !self.take(&self.limit) {
                break;
            }
            let turn = queue.next(now, &mut |waiter, refusal| told.push((waiter, Verdict::Refused(refusal))));
            admits(turn, told);
        }
        while queue.waiting(PriorityClass::Critical) > 0 && self.take(&self.critical_limit) {
            let refuses = &mut |waiter, refusal| told.push((waiter, Verdict::Refused(refusal)));
            let turn = queue.next_of(PriorityClass::Critical, now, refuses);
            admits(turn, told);
        }
        queue.shed(now, &mut |waiter, refusal| told.push((waiter, Verdict::Refused(refusal))));
        self.shows(queue, now);
    }

    /// Lets those see it who do not take the lock.
    fn shows(&self, queue: &Queue<Waiter>, now: u64) {
        self.waiting.store(u32::try_from(queue.len()).unwrap_or(u32::MAX), SeqCst);
        let oldest = if queue.is_empty() { 0 } else { now.saturating_sub(queue.longest_wait(now)).max(1) };
        self.oldest.store(oldest, Relaxed);
    }

    fn tell(&self, mut told: Told) {
        while !told.is_empty() {
            let unheard = told.drain(..).filter_map(|(waiter, verdict)| waiter.send(verdict).err());
            // Who does not listen any more has hung up: its slot goes to the next one.
            let lost = unheard.filter(|verdict| matches!(verdict, Verdict::Admitted(_))).count();
            if lost > 0 {
                self.in_flight.fetch_sub(u32::try_from(lost).unwrap_or(u32::MAX), SeqCst);
                told = self.admitted();
            }
        }
    }

    /// Takes a request out of the queue; says whether it was still in it.
    pub(super) fn leave(&self, ticket: Ticket) -> bool {
        let mut queue = self.crowd.lock();
        let left = queue.leave(ticket).is_some();
        self.shows(&queue, self.now());
        left
    }

    fn refused(&self, request: Request, refusal: Refusal, waited: Duration, predicted: u64) -> Refused {
        let reason = reason(refusal);
        self.turned_away(request.class, reason);
        Refused { reason, waited, predicted: Duration::from_nanos(predicted) }
    }

    // === measurement ===

    /// A request that was admitted was answered, or not.
    pub(super) fn ended(&self, window: u32, outcome: Outcome, latency: Duration) {
        let now = self.now();
        if outcome.is_overload() {
            self.meter.turns_away(window);
        } else if outcome.is_telling() {
            self.meter.answers(window, latency);
        }
        if self.meter.may_be_full(now, self.limit.load(Relaxed)) {
            self.judge(now);
        }
    }

    /// Looks whether the limit should be another one. If somebody else does so already, nobody else has to.
    #[cold]
    fn judge(&self, now: u64) {
        let Some(mut control) = self.control.try_lock() else { return };
        let window = self.meter.window(now);
        if !control.limiter.is_full(&window) {
            return;
        }
        let cause = control.limiter.judge(&window, Duration::from_nanos(now));
        let held = self.meter.held(&window);
        self.meter.begin(now, self.in_flight.load(Relaxed));
        self.crowd.lock().space(control.limiter.limit(), held);
        match cause {
            Some(cause) => self.set_limit(control, cause, Some(window.latency)),
            None => drop(control),
        }
        // Those who were held back by what was known before may be held back no longer.
        self.pass_on();
    }

    /// Lets the limit be what it was found to be. Under the lock, so that who finds it last sets it last.
    fn set_limit(&self, control: MutexGuard<'_, Control>, cause: Cause, latency: Option<Duration>) {
        let (limit, critical) = (control.limiter.limit(), control.limiter.critical_limit());
        let is_measured = control.limiter.measures();
        if !is_measured {
            self.crowd.lock().space(limit, Duration::ZERO);
        }
        self.is_measured.store(is_measured, Relaxed);
        let rises = critical > self.critical_limit.swap(critical, SeqCst);
        let before = self.limit.swap(limit, SeqCst);
        if before != limit && ![before, limit].contains(&UNLIMITED) {
            let cause = limit_cause(cause);
            let why = cause.as_str();
            tracing::debug!(upstream = %self.upstream, from = before, to = limit, cause = why, ?latency, "limit of concurrency");
            self.metrics.changed(LimitChange { time: SystemTime::now(), from: before, to: limit, cause, latency });
        }
        drop(control);
        if rises || limit > before || !is_measured {
            self.pass_on();
        }
    }

    /// How busy the upstream is. Takes no lock.
    pub(crate) fn load(&self) -> UpstreamLoad {
        let now = self.now();
        let Lately { p50, p90, error_permille } = self.recent.roughly(Instant::now());
        let limit = self.limit.load(Relaxed);
        let oldest = self.oldest.load(Relaxed);
        let queue_wait = if oldest == 0 { 0 } else { now.saturating_sub(oldest) };
        UpstreamLoad {
            limit: if limit == UNLIMITED { 0 } else { limit },
            waiting: self.waiting.load(Relaxed),
            queue_wait_us: u32::try_from(queue_wait / 1000).unwrap_or(u32::MAX),
            latency_p50_us: micros(p50),
            latency_p90_us: micros(p90),
            error_permille,
        }
    }

    // === configuration ===

    /// Follows this from now on. Who waits goes on waiting; where there is no limit any more, everybody passes.
    pub(crate) fn configure(self: &Arc<Self>, admission: Option<&Admission>) {
        let mut control = self.control.lock();
        if control.configured.as_ref() == admission {
            return;
        }
        let Some(admission) = admission else {
            *control = Control { configured: None, limiter: Limiter::Fixed(UNLIMITED) };
            self.metrics.set_source(None);
            self.announces.store(false, Relaxed);
            return self.set_limit(control, Cause::Configured, None);
        };
        let rules: Rules = configured::rules(admission);
        let before = control.configured.replace(admission.clone()).map(|before| before.concurrency);
        if before != Some(admission.concurrency) {
            let begins = before.filter(|before| is_like(before, &admission.concurrency));
            let begins = begins.map(|_| control.limiter.limit());
            control.limiter = configured::limiter(&admission.concurrency, begins);
        }
        self.crowd.lock().set_rules(rules);
        self.announces.store(admission.announce, Relaxed);
        let source: Arc<dyn AdmissionSource> = self.clone();
        self.metrics.set_source(Some(Arc::downgrade(&source)));
        self.meter.begin(self.now(), self.in_flight.load(Relaxed));
        self.set_limit(control, Cause::Configured, None);
    }

    #[cfg(test)]
    pub(super) fn metrics(&self) -> &AdmissionMetrics {
        &self.metrics
    }

    fn now(&self) -> u64 {
        u64::try_from(self.beginning.elapsed().as_nanos()).unwrap_or(u64::MAX)
    }
}

impl AdmissionSource for Gate {
    fn status(&self) -> AdmissionStatus {
        let now = self.now();
        let Lately { p50, p90, error_permille } = self.recent.lately(Instant::now());
        let unloaded_latency = self.control.lock().limiter.unloaded_latency();
        let queue = self.crowd.lock();
        AdmissionStatus {
            limit: self.limit.load(Relaxed),
            in_flight: self.in_flight.load(Relaxed),
            waiting: PriorityClass::ALL.map(|class| queue.waiting(class)),
            waiting_bytes: queue.bytes(),
            longest_wait: Duration::from_nanos(queue.longest_wait(now)),
            latency_p50: p50,
            latency_p90: p90,
            error_permille,
            unloaded_latency,
        }
    }
}

fn micros(duration: Duration) -> u32 {
    u32::try_from(duration.as_micros()).unwrap_or(u32::MAX)
}

/// Whether what was found by one is a good beginning for the other.
fn is_like(one: &Concurrency, other: &Concurrency) -> bool {
    one.algorithm == other.algorithm && one.initial == other.initial
}

fn reason(refusal: Refusal) -> AdmissionRefusal {
    match refusal {
        Refusal::QueueFull => AdmissionRefusal::QueueFull,
        Refusal::QueueMemory => AdmissionRefusal::QueueMemory,
        Refusal::FlowFull => AdmissionRefusal::FlowFull,
        Refusal::TooLong => AdmissionRefusal::TooLong,
        Refusal::Deadline => AdmissionRefusal::Deadline,
        Refusal::Shed => AdmissionRefusal::Shed,
    }
}

fn limit_cause(cause: Cause) -> LimitCause {
    match cause {
        Cause::Headroom => LimitCause::Headroom,
        Cause::Latency => LimitCause::Latency,
        Cause::Probe => LimitCause::Probe,
        Cause::Measured => LimitCause::Measured,
        Cause::Overloaded => LimitCause::Overloaded,
        Cause::Configured => LimitCause::Configured,
    }
}

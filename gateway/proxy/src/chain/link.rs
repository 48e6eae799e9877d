//! One attachment in a chain: calling its plugin's hooks, and what becomes of failures.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use gateway_host::{Failure, FailureKind, Hooks, Plugin};
use gateway_model::{FailurePolicy, Snapshot};
use gateway_telemetry::{AttachmentMetrics, HealthRecord, HookKind};

use super::{
    guard::{Admitted, Guard},
    limits::LinkLimits,
};
use crate::{error::GatewayError, throttle::Throttle};

/// One attachment, configured. Shared by all routes that it is on.
pub(crate) struct Link {
    pub(crate) plugin: Plugin,
    pub(crate) hooks: Hooks,
    /// Its hooks may have to wait, and run on fibers.
    pub(crate) waits: bool,
    pub(crate) limits: LinkLimits,
    metrics: AttachmentMetrics,
    guard: Guard,
    failures_logged: Throttle,
}

/// What came of calling a hook.
pub(crate) enum Outcome<T> {
    Done(T),
    /// It failed or is quarantined, and the request goes on without this plugin.
    Skipped,
    /// The request does not go on.
    Refused(Reason),
}

/// Why a plugin keeps a request from going on without having decided so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    Failed,
    Quarantined,
    /// The request's own fault.
    HeadTooLarge,
}

/// A call that has begun.
#[derive(Clone, Copy)]
pub(crate) struct Begun {
    admitted: Admitted,
    watch: Stopwatch,
}

/// Times hooks that run one after the other: the end of one is the beginning of the next, and the clock is read once for
/// each.
#[derive(Clone, Copy)]
pub(crate) struct Stopwatch(Instant);

// === impl Link ===

impl Link {
    pub(crate) fn new(plugin: Plugin, metrics: AttachmentMetrics) -> Self {
        let guard = Guard::new(plugin.attachment().quarantined, metrics.calls());
        Self {
            hooks: plugin.hooks(),
            waits: plugin.is_blocking(),
            limits: LinkLimits::new(&plugin, &metrics),
            plugin,
            metrics,
            guard,
            failures_logged: Throttle::default(),
        }
    }

    pub(crate) fn name(&self) -> &str {
        &self.plugin.attachment().name
    }

    pub(crate) fn health(&self) -> &HealthRecord {
        &self.guard.health
    }

    /// Whether requests go on without this plugin when it fails.
    pub(crate) fn is_open(&self) -> bool {
        self.plugin.attachment().on_failure == FailurePolicy::Open
    }

    /// Calls a hook that does not wait; also says how long it took.
    #[inline]
    pub(crate) fn call<T>(
        &self,
        watch: &mut Stopwatch,
        hook: HookKind,
        request_id: &str,
        run: impl FnOnce(&Plugin) -> Result<T, Failure>,
    ) -> (Outcome<T>, Duration) {
        let Some(admitted) = self.guard.admit() else { return (self.withheld().into_outcome(), Duration::ZERO) };
        let result = run(&self.plugin);
        let took = watch.lap();
        (self.judge(admitted, hook, request_id, took, result), took)
    }

    /// One tick. After a failure the next one comes all the same, unless the plugin is quarantined by then.
    pub(crate) async fn tick(&self, snapshot: &Arc<Snapshot>) {
        let Ok(begun) = self.begin() else { return };
        let result = match self.waits {
            true => self.plugin.on_tick_on_fiber(snapshot).await,
            false => self.plugin.on_tick(snapshot),
        };
        let (_outcome, _took) = self.end(begun, HookKind::Tick, "", result);
    }

    /// Begins a call, unless the plugin is quarantined.
    #[inline]
    pub(crate) fn begin(&self) -> Result<Begun, Withheld> {
        match self.guard.admit() {
            Some(admitted) => Ok(Begun { admitted, watch: Stopwatch::start() }),
            None => Err(self.withheld()),
        }
    }

    /// Ends a call, as [`call`](Self::call) does.
    #[inline]
    pub(crate) fn end<T>(
        &self,
        begun: Begun,
        hook: HookKind,
        request_id: &str,
        result: Result<T, Failure>,
    ) -> (Outcome<T>, Duration) {
        let Begun { admitted, mut watch } = begun;
        let took = watch.lap();
        (self.judge(admitted, hook, request_id, took, result), took)
    }

    fn withheld(&self) -> Withheld {
        Withheld { skip: self.is_open() }
    }

    /// Counts a call, and judges a failure by the attachment's policy.
    #[inline]
    fn judge<T>(
        &self,
        admitted: Admitted,
        hook: HookKind,
        request_id: &str,
        took: Duration,
        result: Result<T, Failure>,
    ) -> Outcome<T> {
        self.metrics.hook(hook).duration.observe(took);
        match result {
            Ok(done) => {
                if admitted == Admitted::Probe {
                    self.guard.probe_succeeded(self.name(), || self.metrics.calls());
                }
                Outcome::Done(done)
            }
            Err(failure) => self.failed(hook, &failure, request_id),
        }
    }

    #[cold]
    fn failed<T>(&self, hook: HookKind, failure: &Failure, request_id: &str) -> Outcome<T> {
        // The request's own fault: with an open policy it would be a way around the plugin.
        if failure.kind == FailureKind::HeadTooLarge {
            return Outcome::Refused(Reason::HeadTooLarge);
        }
        self.metrics.hook(hook).failures.add(failure.kind.as_str());
        if let Some(suppressed) = self.failures_logged.admit() {
            let (attachment, policy) = (self.name(), self.plugin.attachment().on_failure);
            let hook = hook.label();
            tracing::warn!(attachment, hook, request_id, %failure, ?policy, suppressed, "a plugin failed");
        }
        // That more calls wait than may wait is no fault of the plugin's.
        if failure.kind != FailureKind::Saturated && self.guard.failed(self.name(), failure, || self.metrics.calls()) {
            self.plugin.withdraw();
        }
        match self.is_open() {
            true => Outcome::Skipped,
            false => Outcome::Refused(Reason::Failed),
        }
    }
}

// === impl Stopwatch ===

impl Stopwatch {
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    /// The time since the last lap.
    #[inline]
    fn lap(&mut self) -> Duration {
        let now = Instant::now();
        now.saturating_duration_since(std::mem::replace(&mut self.0, now))
    }
}

/// The plugin is quarantined.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Withheld {
    skip: bool,
}

impl Withheld {
    pub(crate) fn into_outcome<T>(self) -> Outcome<T> {
        match self.skip {
            true => Outcome::Skipped,
            false => Outcome::Refused(Reason::Quarantined),
        }
    }
}

// === impl Reason ===

impl Reason {
    /// The refusal, for the plugin at this place.
    pub(crate) fn at(self, place: usize) -> GatewayError {
        match self {
            Self::Failed => GatewayError::PluginFailed { place },
            Self::Quarantined => GatewayError::PluginQuarantined { place },
            Self::HeadTooLarge => GatewayError::HeadTooLarge,
        }
    }
}

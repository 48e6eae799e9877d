//! What an attachment's plugin costs, by hook.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

use parking_lot::Mutex;

use super::LimitMetrics;
use crate::instrument::{Counter, Gauge, Histogram};

/// How a hook may fail, as in the label `kind`.
const KINDS: [&str; 14] = [
    "trap",
    "deadline",
    "budget",
    "memory",
    "stack",
    "panic",
    "malformed",
    "host-calls",
    "denied",
    "fault",
    "head-too-large",
    "start",
    "saturated",
    "other",
];

/// What one attachment's plugin costs, by hook.
#[derive(Clone, Debug)]
pub struct AttachmentMetrics {
    hooks: [HookMetrics; HookKind::ALL.len()],
    usage: Arc<PluginUsage>,
    /// By the names of limits, of which an attachment defines few. Locked when it is configured, and to tell of them.
    limits: Arc<Mutex<BTreeMap<Box<str>, LimitMetrics>>>,
    workers: usize,
}

/// What the instances of an attachment's plugin hold and ask for.
#[derive(Debug)]
pub struct PluginUsage {
    /// Instances that are there.
    pub instances: Gauge,
    /// Bytes of their linear memory.
    pub memory: Gauge,
    /// Calls into the host.
    pub host_calls: Counter,
    peak: AtomicU64,
}

/// Failures of one hook by their kinds. Not by worker, as failures are to be rare.
#[derive(Clone, Debug)]
pub struct Failures(Arc<[AtomicU64; KINDS.len()]>);

/// What one hook of an attachment's plugin costs.
#[derive(Clone, Debug)]
pub struct HookMetrics {
    pub duration: Histogram,
    pub failures: Failures,
}

/// What the calls of one hook have cost so far.
#[derive(Clone, Debug, PartialEq)]
pub struct HookCosts {
    /// As in the label `hook`.
    pub hook: &'static str,
    pub calls: u64,
    pub failures: u64,
    /// Of the kinds that happened, as in the label `kind`; together as many as `failures`.
    pub failures_by_kind: Vec<(&'static str, u64)>,
    /// All calls together.
    pub seconds: f64,
}

/// The hooks of a plugin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HookKind {
    Request,
    RequestBody,
    RequestChunk,
    Response,
    ResponseBody,
    ResponseChunk,
    Log,
    Tick,
}

// === impl AttachmentMetrics ===

impl AttachmentMetrics {
    pub(super) fn new(workers: usize) -> Self {
        let hook = |_| HookMetrics { duration: Histogram::fine(workers), failures: Failures::new() };
        Self {
            hooks: HookKind::ALL.map(hook),
            usage: Arc::new(PluginUsage::new(workers)),
            limits: Arc::default(),
            workers,
        }
    }

    /// What its instances hold, for those who start and end them.
    #[must_use]
    pub fn usage(&self) -> &Arc<PluginUsage> {
        &self.usage
    }

    /// What a limit says to requests.
    #[must_use]
    pub fn limit(&self, name: &str) -> LimitMetrics {
        let mut limits = self.limits.lock();
        limits.entry(name.into()).or_insert_with(|| LimitMetrics::new(self.workers)).clone()
    }

    /// The limits that have ever been defined, with their names.
    pub(super) fn limits(&self) -> Vec<(Box<str>, LimitMetrics)> {
        self.limits.lock().iter().map(|(name, it)| (name.clone(), it.clone())).collect()
    }

    /// What that hook costs.
    #[must_use]
    #[inline]
    pub fn hook(&self, hook: HookKind) -> &HookMetrics {
        &self.hooks[hook as usize]
    }

    /// Calls of all hooks. Adds up all that was ever counted: for the rare moment, not for each request.
    #[must_use]
    pub fn calls(&self) -> u64 {
        self.hooks.iter().map(|hook| hook.duration.distribution().count()).sum()
    }

    /// What the hooks cost that were called. As rare as [`Self::calls`].
    pub(super) fn costs(&self) -> Vec<HookCosts> {
        let costs = |(hook, metrics): (&'static str, &HookMetrics)| {
            let distribution = metrics.duration.distribution();
            let (calls, seconds) = (distribution.count(), distribution.sum_seconds());
            // Added up here, so that the sum is that of its parts while calls fail.
            let failures_by_kind: Vec<_> = metrics.failures.by_kind().collect();
            let failures = failures_by_kind.iter().map(|(_, count)| count).sum();
            HookCosts { hook, calls, failures, failures_by_kind, seconds }
        };
        self.called().map(costs).collect()
    }

    /// The hooks that were called, with their names.
    pub(super) fn called(&self) -> impl Iterator<Item = (&'static str, &HookMetrics)> {
        let called = |hook: &HookMetrics| hook.duration.distribution().count() + hook.failures.value() > 0;
        HookKind::ALL.into_iter().map(|kind| (kind.label(), self.hook(kind))).filter(move |(_, hook)| called(hook))
    }
}

// === impl PluginUsage ===

impl PluginUsage {
    fn new(workers: usize) -> Self {
        Self {
            instances: Gauge::new(workers),
            memory: Gauge::new(workers),
            host_calls: Counter::new(workers),
            peak: AtomicU64::new(0),
        }
    }

    /// An instance has grown to so many bytes.
    pub fn grown(&self, bytes: u64) {
        self.peak.fetch_max(bytes, Relaxed);
    }

    /// The most bytes that one instance ever had.
    #[must_use]
    pub fn peak(&self) -> u64 {
        self.peak.load(Relaxed)
    }
}

// === impl Failures ===

impl Failures {
    fn new() -> Self {
        Self(Arc::new([const { AtomicU64::new(0) }; KINDS.len()]))
    }

    /// Counts a failure of a kind that has a name in the label `kind`; others are `other`.
    pub fn add(&self, kind: &str) {
        let position = KINDS.iter().position(|known| *known == kind).unwrap_or(KINDS.len() - 1);
        self.0[position].fetch_add(1, Relaxed);
    }

    /// All of them.
    #[must_use]
    pub fn value(&self) -> u64 {
        self.0.iter().map(|count| count.load(Relaxed)).sum()
    }

    /// Those that happened.
    pub(super) fn by_kind(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let counts = self.0.iter().map(|count| count.load(Relaxed));
        KINDS.into_iter().zip(counts).filter(|(_, count)| *count > 0)
    }
}

// === impl HookKind ===

impl HookKind {
    /// All hooks, each at the place that its number names.
    pub const ALL: [Self; 8] = [
        Self::Request,
        Self::RequestBody,
        Self::RequestChunk,
        Self::Response,
        Self::ResponseBody,
        Self::ResponseChunk,
        Self::Log,
        Self::Tick,
    ];

    /// The value of the label `hook`.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::RequestBody => "request-body",
            Self::RequestChunk => "request-chunk",
            Self::Response => "response",
            Self::ResponseBody => "response-body",
            Self::ResponseChunk => "response-chunk",
            Self::Log => "log",
            Self::Tick => "tick",
        }
    }
}

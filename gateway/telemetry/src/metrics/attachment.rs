//! What an attachment's plugin costs, by hook.

use crate::instrument::{Counter, Histogram};

/// What one attachment's plugin costs, by hook.
#[derive(Clone, Debug)]
pub struct AttachmentMetrics {
    hooks: [HookMetrics; HookKind::ALL.len()],
}

/// What one hook of an attachment's plugin costs.
#[derive(Clone, Debug)]
pub struct HookMetrics {
    pub duration: Histogram,
    pub failures: Counter,
}

/// What the calls of one hook have cost so far.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HookCosts {
    /// As in the label `hook`.
    pub hook: &'static str,
    pub calls: u64,
    pub failures: u64,
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
        let hook = |_| HookMetrics { duration: Histogram::new(workers), failures: Counter::new(workers) };
        Self { hooks: HookKind::ALL.map(hook) }
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
            HookCosts { hook, calls, failures: metrics.failures.value(), seconds }
        };
        self.called().map(costs).collect()
    }

    /// The hooks that were called, with their names.
    pub(super) fn called(&self) -> impl Iterator<Item = (&'static str, &HookMetrics)> {
        let called = |hook: &HookMetrics| hook.duration.distribution().count() + hook.failures.value() > 0;
        HookKind::ALL.into_iter().map(|kind| (kind.label(), self.hook(kind))).filter(move |(_, hook)| called(hook))
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

//! How attachments are: health, costs and the last log lines of their plugins.

use std::time::SystemTime;

use async_graphql::{Enum, SimpleObject};
use gateway_telemetry::{Health, HealthState, LogLine};
use jiff::Timestamp;
use tracing::Level;

use super::scalar::{DateTime, Long};

/// How an attachment is on this node.
#[derive(SimpleObject)]
pub(crate) struct AttachmentHealth {
    /// Whether the plugin is called.
    state: AttachmentState,
    /// When a plugin that is not called is tried again; null if the configuration has quarantined it, and while it is called.
    until: Option<DateTime>,
    /// Calls that failed since the attachment was last configured.
    faults: Long,
    /// What went wrong last; null if nothing did.
    last_fault: Option<Fault>,
}

/// Whether the plugin of an attachment is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum AttachmentState {
    /// It is called.
    Healthy,
    /// It is not: it failed too often, or the configuration says so. `onFailure` decides what becomes of requests.
    Quarantined,
}

/// A call that failed.
#[derive(SimpleObject)]
pub(crate) struct Fault {
    /// What kind of failure: short, and the same for like failures, such as `trap` and `deadline`.
    kind: String,
    /// The cause, in the words of the plugin if it said anything, and where it was.
    message: String,
    /// When it happened.
    at: DateTime,
}

/// What the calls of one hook have cost since the gateway began to count.
#[derive(SimpleObject)]
pub(crate) struct HookCosts {
    /// The hook, such as `request` and `response-chunk`.
    hook: String,
    /// How often it was called.
    calls: Long,
    /// Calls that failed.
    failures: Long,
    /// The same by what kind of failure it was; only kinds that happened.
    failures_by_kind: Vec<FailureCount>,
    /// All calls together, in seconds.
    seconds: f64,
}

/// Calls of a hook that failed in one way.
#[derive(SimpleObject)]
pub(crate) struct FailureCount {
    /// What kind of failure: short, and the same for like failures, such as `trap` and `deadline`.
    kind: String,
    /// How many calls.
    count: Long,
}

/// A line that a plugin wrote to the log.
#[derive(SimpleObject)]
pub(crate) struct PluginLogLine {
    /// Counts up over all lines of this node: ask for what comes after the last one seen.
    sequence: Long,
    /// When it was written.
    at: DateTime,
    /// How much it matters.
    level: LogLevel,
    /// What the plugin wrote, on one line and cut to about a kilobyte.
    message: String,
    /// The request that the plugin was called for; null if there was none.
    request_id: Option<String>,
}

/// How much a log line matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum LogLevel {
    /// Every step.
    Trace,
    /// For whoever looks for a mistake.
    Debug,
    /// Worth knowing.
    Info,
    /// Worth looking at.
    Warn,
    /// Something is broken.
    Error,
}

impl From<Health> for AttachmentHealth {
    fn from(health: Health) -> Self {
        let (state, until) = match health.state {
            HealthState::Healthy => (AttachmentState::Healthy, None),
            HealthState::Quarantined { until } => (AttachmentState::Quarantined, until.map(moment)),
        };
        let last_fault = health.last_fault.map(|fault| Fault {
            kind: fault.kind.to_owned(),
            message: fault.message,
            at: moment(fault.at),
        });
        Self { state, until, faults: health.faults.into(), last_fault }
    }
}

impl From<gateway_telemetry::HookCosts> for HookCosts {
    fn from(costs: gateway_telemetry::HookCosts) -> Self {
        let counted = |(kind, count): (&str, u64)| FailureCount { kind: kind.to_owned(), count: count.into() };
        Self {
            hook: costs.hook.to_owned(),
            calls: costs.calls.into(),
            failures: costs.failures.into(),
            failures_by_kind: costs.failures_by_kind.into_iter().map(counted).collect(),
            seconds: costs.seconds,
        }
    }
}

impl From<LogLine> for PluginLogLine {
    fn from(line: LogLine) -> Self {
        Self {
            sequence: line.sequence.into(),
            at: moment(line.at),
            level: line.level.into(),
            message: line.message.into(),
            request_id: (!line.request_id.is_empty()).then(|| line.request_id.into()),
        }
    }
}

impl From<Level> for LogLevel {
    fn from(level: Level) -> Self {
        match level {
            Level::TRACE => Self::Trace,
            Level::DEBUG => Self::Debug,
            Level::INFO => Self::Info,
            Level::WARN => Self::Warn,
            Level::ERROR => Self::Error,
        }
    }
}

fn moment(at: SystemTime) -> DateTime {
    DateTime::from_ms(Timestamp::try_from(at).map_or(0, |at| at.as_millisecond()))
}

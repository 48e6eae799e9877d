//! How admission to an upstream stands, and what it has decided.

use std::time::{Duration, SystemTime};

use async_graphql::{Enum, Object, SimpleObject};
use gateway_model as model;
use gateway_telemetry::{AdmissionMetrics, Metrics};

use super::super::{
    connection::{cost, page_size},
    priority::PriorityClass,
    scalar::{DateTime, Long},
};
use crate::error::Failure;

/// How admission to an upstream stands on the node that answers.
pub(crate) struct AdmissionStatus {
    now: gateway_telemetry::AdmissionStatus,
    metrics: AdmissionMetrics,
}

/// How admission to an upstream stands on the node that answers.
#[Object]
impl AdmissionStatus {
    /// The most requests that this node sends to the upstream at one time.
    async fn limit(&self) -> u32 {
        self.now.limit
    }

    /// Requests that hold a slot.
    async fn in_flight(&self) -> u32 {
        self.now.in_flight
    }

    /// Requests of all classes that wait for a slot.
    async fn waiting(&self) -> u32 {
        self.now.waiting.iter().sum()
    }

    /// Memory that they hold, in bytes.
    async fn waiting_bytes(&self) -> Long {
        self.now.waiting_bytes.into()
    }

    /// How long the request has waited that has waited longest, in milliseconds; 0 while none waits.
    async fn longest_wait_ms(&self) -> f64 {
        ms(self.now.longest_wait)
    }

    /// Half of the last seconds' responses began within so many milliseconds; null if there were none.
    async fn latency_p50_ms(&self) -> Option<f64> {
        measured_ms(self.now.latency_p50)
    }

    /// Nine of ten of the last seconds' responses began within so many milliseconds; null if there were none.
    async fn latency_p90_ms(&self) -> Option<f64> {
        measured_ms(self.now.latency_p90)
    }

    /// How long the upstream takes to begin a response while it has little to do, in milliseconds; null where that is not
    /// known, as for algorithms that do not ask.
    async fn unloaded_latency_ms(&self) -> Option<f64> {
        self.now.unloaded_latency.map(ms)
    }

    /// The share of the last seconds' requests that got no answer, or one with status 500 or above: 0 to 1.
    async fn error_rate(&self) -> f64 {
        f64::from(self.now.error_permille) / 1000.0
    }

    /// Who waits, and what was decided, by class; the most important class first.
    #[graphql(complexity = "4 * child_complexity + 1")]
    async fn classes(&self) -> Vec<ClassStatus> {
        let classes = model::PriorityClass::ALL.into_iter().zip(self.now.waiting);
        classes.map(|(class, waiting)| ClassStatus::new(class, waiting, &self.metrics)).collect()
    }

    /// The last changes of the limit, the newest first.
    #[graphql(complexity = "cost(first, None) * child_complexity + 1")]
    async fn limit_changes(
        &self,
        #[graphql(desc = "At most so many: 20 if not given, 100 at most.")] first: Option<i32>,
    ) -> Result<Vec<LimitChange>, Failure> {
        let most = page_size(first)?;
        Ok(self.metrics.changes().into_iter().take(most).map(Into::into).collect())
    }
}

/// Who waits of a class, and what was decided about its requests.
#[derive(SimpleObject)]
pub(crate) struct ClassStatus {
    /// The class.
    class: PriorityClass,
    /// Requests that wait for a slot.
    waiting: u32,
    /// Requests that waited for a slot and got one, since the gateway began to count.
    waited: Long,
    /// Requests that were turned away, since the gateway began to count.
    refused: Long,
    /// The same by why they were; only reasons that happened.
    refused_by_reason: Vec<RefusalCount>,
}

/// Requests that were turned away for one reason.
#[derive(SimpleObject)]
pub(crate) struct RefusalCount {
    /// Why.
    reason: AdmissionRefusal,
    /// How many requests.
    count: Long,
}

/// Why a request was turned away before it was sent to its upstream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "gateway_telemetry::AdmissionRefusal")]
pub(crate) enum AdmissionRefusal {
    /// As many waited as may.
    QueueFull,
    /// Those that waited held as much memory as they may.
    QueueMemory,
    /// Its caller had taken its part of the queue.
    FlowFull,
    /// It would have waited for longer than it may.
    TooLong,
    /// It had waited for as long as it may.
    Deadline,
    /// Its class was backlogged, and newer requests were served.
    Shed,
    /// The gateway itself had too much to do.
    Overload,
}

/// One change of a limit of concurrency.
#[derive(SimpleObject)]
pub(crate) struct LimitChange {
    /// When it changed.
    time: DateTime,
    /// The limit before.
    from: u32,
    /// The limit after.
    to: u32,
    /// Why.
    cause: LimitCause,
    /// The mean time to a response's head when it changed, in milliseconds; null when nothing was measured.
    latency_ms: Option<f64>,
}

/// Why a limit of concurrency changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "gateway_telemetry::LimitCause")]
pub(crate) enum LimitCause {
    /// Requests waited, and the upstream answered as fast as without load.
    Headroom,
    /// Responses took longer than without load, by more than the limit allows for.
    Latency,
    /// It was lowered for a moment, to see how fast the upstream answers with less load.
    Probe,
    /// What a probe, or a limit that fell, has shown.
    Measured,
    /// The upstream did not answer in time, or said that it has too much to do.
    Overloaded,
    /// The configuration says so.
    Configured,
}

impl AdmissionStatus {
    /// How it stands with an upstream; none where requests are admitted without limit.
    pub(crate) fn of(metrics: &Metrics, upstream: &str) -> Option<Self> {
        let metrics = metrics.admission(upstream)?;
        let now = metrics.status()?;
        Some(Self { now, metrics })
    }
}

impl ClassStatus {
    fn new(class: model::PriorityClass, waiting: u32, metrics: &AdmissionMetrics) -> Self {
        let metrics = metrics.class(class.rank());
        let counted = gateway_telemetry::AdmissionRefusal::ALL.map(|reason| (reason, metrics.refused(reason).value()));
        let happened = counted.into_iter().filter(|(_, count)| *count > 0);
        Self {
            class: class.into(),
            waiting,
            waited: metrics.waited.count().into(),
            // Added up here, so that the sum is that of its parts while requests are turned away.
            refused: counted.iter().map(|(_, count)| count).sum::<u64>().into(),
            refused_by_reason: happened
                .map(|(reason, count)| RefusalCount { reason: reason.into(), count: count.into() })
                .collect(),
        }
    }
}

impl From<gateway_telemetry::LimitChange> for LimitChange {
    fn from(change: gateway_telemetry::LimitChange) -> Self {
        let gateway_telemetry::LimitChange { time, from, to, cause, latency } = change;
        let since_epoch = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let time = DateTime::from_ms(i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX));
        Self { time, from, to, cause: cause.into(), latency_ms: latency.map(ms) }
    }
}

fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// Of what is zero where nothing was measured.
fn measured_ms(duration: Duration) -> Option<f64> {
    (!duration.is_zero()).then(|| ms(duration))
}

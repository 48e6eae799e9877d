//! What the gateway says about itself: metrics, one access-log line per request, and its own log.
//!
//! Nothing here takes a lock on the request path.
//! Instruments are looked up when configuration is built and kept; each has a shard per worker, which [`enter_worker`] chooses.

mod access_log;
mod health;
mod instrument;
mod load;
pub mod logging;
mod metrics;
pub mod names;
mod plugin_logs;
pub mod plugin_metrics;
mod recent;
mod shard;

pub use access_log::{AccessLog, AccessLogBuffer, Ended, Record};
pub use health::{AttachmentHealth, Health, HealthRecord, HealthState, LastFault};
pub use instrument::{Counter, Gauge, Histogram, WorkerLag};
pub use load::{Load, Pressure};
pub use metrics::{
    AdmissionMetrics, AdmissionRefusal, AdmissionSource, AdmissionStatus, AttachmentMetrics, CLASSES, CacheMetrics,
    CacheResult, CacheSource, CacheStats, CachedResponse, CalloutOutcome, CertificateMetrics, CircuitMetrics,
    ClassMetrics, EXPOSITION_CONTENT_TYPE, EjectionCause, Failures, FramingFaults, HookCosts, HookKind, HookMetrics,
    InUse, KeptResponses, KeySetMetrics, LimitAnswer, LimitCause, LimitChange, LimitMetrics, LimitStore, Listener,
    ListenerMetrics, Metrics, PluginUsage, RetryCause, RouteMetrics, TargetMetrics, TargetSource, TargetState,
    TargetStatus, UpstreamFault, UpstreamMetrics, WebSocketMetrics,
};
pub use plugin_logs::{LOG_LINES, LogLine, PluginLogs};
pub use plugin_metrics::{MetricDefinition, MetricKind, PluginMetric, Unobservable};
pub use recent::{Lately, Recent};
pub use shard::enter_worker;

//! All instruments of the process, by what they are about.

mod admission;
mod attachment;
mod cache;
mod certificates;
mod circuit;
mod exposition;
mod framing;
mod limit;
mod route;
mod targets;
mod upstream;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::SystemTime,
};

use parking_lot::Mutex;
use prometheus_client::registry::Registry;

pub use self::{
    admission::{
        AdmissionMetrics, AdmissionRefusal, AdmissionSource, AdmissionStatus, CLASSES, ClassMetrics, LimitCause,
        LimitChange,
    },
    attachment::{AttachmentMetrics, Failures, HookCosts, HookKind, HookMetrics, PluginUsage},
    cache::{CacheMetrics, CacheResult, CacheSource, CacheStats, CachedResponse},
    certificates::CertificateMetrics,
    circuit::CircuitMetrics,
    exposition::EXPOSITION_CONTENT_TYPE,
    framing::FramingFaults,
    limit::{LimitAnswer, LimitMetrics},
    route::RouteMetrics,
    targets::{EjectionCause, RetryCause, TargetMetrics, TargetSource, TargetState, TargetStatus},
    upstream::{CalloutOutcome, UpstreamFault, UpstreamMetrics},
};
use crate::{
    health::AttachmentHealth,
    instrument::{Counter, Gauge, WorkerLag},
    plugin_logs::PluginLogs,
    plugin_metrics::{MetricDefinition, PluginMetric, PluginMetrics},
};

/// Different events counted for one attachment; further ones are counted as `other`.
const MOST_EVENTS: usize = 32;

/// The metrics of the process; clones share them.
#[derive(Clone)]
pub struct Metrics {
    instruments: Arc<Instruments>,
    registry: Arc<Registry>,
}

/// What happens on one listener.
#[derive(Clone, Debug)]
pub struct ListenerMetrics {
    pub open: Gauge,
    pub accepted: Counter,
    pub refused: Counter,
    pub handshakes_failed: Counter,
    /// Those among the failed ones that asked for a name that no certificate has.
    pub handshakes_unrecognized: Counter,
}

/// WebSockets, and what goes over them.
#[derive(Clone, Debug)]
pub struct WebSocketMetrics {
    pub open: Gauge,
    /// Bytes from clients.
    pub received: Counter,
    /// Bytes to clients.
    pub sent: Counter,
}

/// What became of fetches of key sets.
#[derive(Clone, Debug)]
pub struct KeySetMetrics {
    pub fetched: Counter,
    pub failed: Counter,
}

/// The responses that plugins keep on this node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KeptResponses {
    pub entries: u64,
    pub bytes: u64,
}

/// Asks whoever keeps them.
struct KeptSource(Box<dyn Fn() -> KeptResponses + Send + Sync>);

/// The store in which nodes count limits together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LimitStore {
    /// Whether it is in reach; false where there is none.
    pub up: bool,
    /// Nodes that share it, this one among them.
    pub nodes: u64,
    /// Charges and slices that were asked for.
    pub charges: u64,
    pub leases: u64,
    /// Charges that were not decided.
    pub outages: u64,
    pub round_trips: u64,
}

/// Asks whoever counts there.
struct LimitStoreSource(Box<dyn Fn() -> LimitStore + Send + Sync>);

/// The listeners that serve clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listener {
    Http,
    Https,
}

/// The names that are still configured; what is about others can go.
#[derive(Clone, Debug, Default)]
pub struct InUse<'a> {
    pub routes: BTreeSet<&'a str>,
    pub upstreams: BTreeSet<&'a str>,
    pub attachments: BTreeSet<&'a str>,
}

/// Counters by the name of the event.
type Events = BTreeMap<Box<str>, Counter>;

/// The maps are locked when configuration is built and when metrics are read, never by a request.
#[derive(Debug)]
struct Instruments {
    workers: usize,
    version: &'static str,
    routes: Mutex<BTreeMap<Box<str>, RouteMetrics>>,
    upstreams: Mutex<BTreeMap<Box<str>, UpstreamMetrics>>,
    attachments: Mutex<BTreeMap<Box<str>, AttachmentMetrics>>,
    events: Mutex<BTreeMap<Box<str>, Events>>,
    of_plugins: PluginMetrics,
    health: AttachmentHealth,
    logs: PluginLogs,
    plugin_code: Gauge,
    kept: OnceLock<KeptSource>,
    cache: OnceLock<cache::Source>,
    cache_metrics: CacheMetrics,
    limit_store: OnceLock<LimitStoreSource>,
    in_flight: Gauge,
    worker_lag: WorkerLag,
    http: ListenerMetrics,
    https: ListenerMetrics,
    framing_faults: FramingFaults,
    websockets: WebSocketMetrics,
    access_log_dropped: Counter,
    log_hooks_dropped: Counter,
    key_sets: KeySetMetrics,
    certificates: CertificateMetrics,
    revision: AtomicU64,
}

// === impl Metrics ===

impl Metrics {
    /// Metrics with a shard for each of `workers` threads; see [`enter_worker`](crate::enter_worker).
    #[must_use]
    pub fn new(workers: usize) -> Self {
        let instruments = Arc::new(Instruments::new(workers));
        let mut registry = Registry::default();
        registry.register_collector(Box::new(exposition::Exposition(instruments.clone())));
        Self { instruments, registry: Arc::new(registry) }
    }

    /// The instruments of a route; requests without a route are counted under the name `-`.
    #[must_use]
    pub fn route(&self, name: &str) -> RouteMetrics {
        let mut routes = self.instruments.routes.lock();
        routes.entry(name.into()).or_insert_with(|| RouteMetrics::new(self.instruments.workers)).clone()
    }

    /// The instruments of a route, if anything was counted for it; asking makes none.
    #[must_use]
    pub fn known_route(&self, name: &str) -> Option<RouteMetrics> {
        self.instruments.routes.lock().get(name).cloned()
    }

    /// The instruments of an upstream.
    #[must_use]
    pub fn upstream(&self, name: &str) -> UpstreamMetrics {
        let mut upstreams = self.instruments.upstreams.lock();
        upstreams.entry(name.into()).or_insert_with(|| UpstreamMetrics::new(self.instruments.workers)).clone()
    }

    /// How requests are admitted to an upstream; none for one that is not known.
    #[must_use]
    pub fn admission(&self, upstream: &str) -> Option<AdmissionMetrics> {
        self.instruments.upstreams.lock().get(upstream).map(|it| it.admission.clone())
    }

    /// How the targets of an upstream are on this node; none for one that is not known.
    #[must_use]
    pub fn targets(&self, upstream: &str) -> Vec<TargetStatus> {
        let known = self.instruments.upstreams.lock().get(upstream).map(|it| it.targets.clone());
        known.map(|it| it.targets()).unwrap_or_default()
    }

    /// When requests to an upstream are tried again, or were, while its circuit is open on this node; none while it is closed.
    #[must_use]
    pub fn circuit_open_until(&self, upstream: &str) -> Option<SystemTime> {
        self.instruments.upstreams.lock().get(upstream).and_then(|it| it.circuit().open_until())
    }

    /// The instruments of an attachment.
    #[must_use]
    pub fn attachment(&self, name: &str) -> AttachmentMetrics {
        let mut attachments = self.instruments.attachments.lock();
        attachments.entry(name.into()).or_insert_with(|| AttachmentMetrics::new(self.instruments.workers)).clone()
    }

    /// Counts `event`, a short constant such as `instance_created`, for an attachment.
    #[must_use]
    pub fn plugin_event(&self, attachment: &str, event: &str) -> Counter {
        let mut events = self.instruments.events.lock();
        let events = events.entry(attachment.into()).or_default();
        let full = events.len() >= MOST_EVENTS && !events.contains_key(event);
        let event = if full { "other" } else { event };
        events.entry(event.into()).or_insert_with(|| Counter::new(self.instruments.workers)).clone()
    }

    /// The metric that an attachment's plugin defines; the same one for the same definition.
    ///
    /// It goes when the attachment has left the configuration ([`Metrics::retain`]).
    ///
    /// # Errors
    /// What is wrong with the definition, with the remedy: also when another attachment means something else by the
    /// name, and when there are too many metrics.
    pub fn define_metric(&self, attachment: &str, definition: &MetricDefinition) -> Result<PluginMetric, String> {
        self.instruments.of_plugins.define(attachment, definition)
    }

    /// What the calls of an attachment's plugin have cost so far, by hook; nothing for one that is not known.
    #[must_use]
    pub fn costs(&self, attachment: &str) -> Vec<HookCosts> {
        self.instruments.attachments.lock().get(attachment).map(AttachmentMetrics::costs).unwrap_or_default()
    }

    /// How the attachments are that serve.
    #[must_use]
    pub fn health(&self) -> AttachmentHealth {
        self.instruments.health.clone()
    }

    /// The last log lines of plugins.
    #[must_use]
    pub fn plugin_logs(&self) -> PluginLogs {
        self.instruments.logs.clone()
    }

    /// The instruments of a listener.
    #[must_use]
    pub fn listener(&self, listener: Listener) -> ListenerMetrics {
        match listener {
            Listener::Http => self.instruments.http.clone(),
            Listener::Https => self.instruments.https.clone(),
        }
    }

    /// Client connections that were ended for what came over them.
    #[must_use]
    pub fn framing_faults(&self) -> FramingFaults {
        self.instruments.framing_faults.clone()
    }

    /// WebSockets, and what goes over them.
    #[must_use]
    pub fn websockets(&self) -> WebSocketMetrics {
        self.instruments.websockets.clone()
    }

    /// Bytes of compiled code of all plugins that are loaded.
    #[must_use]
    pub fn plugin_code(&self) -> Gauge {
        self.instruments.plugin_code.clone()
    }

    /// Says whom to ask for the responses that plugins keep, whenever metrics are read; the first one stays.
    pub fn watch_kept_responses(&self, ask: impl Fn() -> KeptResponses + Send + Sync + 'static) {
        self.instruments.kept.get_or_init(|| KeptSource(Box::new(ask)));
    }

    /// Says whom to ask for what is cached, whenever somebody looks; the first one stays.
    pub fn watch_cache(&self, source: Arc<dyn CacheSource>) {
        self.instruments.cache.get_or_init(|| cache::Source(source));
    }

    /// What is cached on this node.
    #[must_use]
    pub fn cache(&self) -> CacheStats {
        self.instruments.cache.get().map(|source| source.0.stats()).unwrap_or_default()
    }

    /// The responses for a URL that this node has in memory.
    #[must_use]
    pub fn cached_responses(&self, url: &str) -> Vec<CachedResponse> {
        self.instruments.cache.get().map(|source| source.0.responses(url)).unwrap_or_default()
    }

    /// The instruments of the cache.
    #[must_use]
    pub fn cache_metrics(&self) -> CacheMetrics {
        self.instruments.cache_metrics.clone()
    }

    /// Says whom to ask for the store in which nodes count limits together, whenever metrics are read; the first one stays.
    pub fn watch_limit_store(&self, ask: impl Fn() -> LimitStore + Send + Sync + 'static) {
        self.instruments.limit_store.get_or_init(|| LimitStoreSource(Box::new(ask)));
    }

    /// Requests whose response has not ended.
    #[must_use]
    pub fn in_flight(&self) -> Gauge {
        self.instruments.in_flight.clone()
    }

    /// By how much workers are late.
    #[must_use]
    pub fn worker_lag(&self) -> WorkerLag {
        self.instruments.worker_lag.clone()
    }

    /// Access-log lines that were lost.
    #[must_use]
    pub fn access_log_dropped(&self) -> Counter {
        self.instruments.access_log_dropped.clone()
    }

    /// Requests of which no plugin heard in its hook of the log, because too many were waiting.
    #[must_use]
    pub fn log_hooks_dropped(&self) -> Counter {
        self.instruments.log_hooks_dropped.clone()
    }

    /// Fetches of key sets.
    #[must_use]
    pub fn key_sets(&self) -> KeySetMetrics {
        self.instruments.key_sets.clone()
    }

    /// The certificates that clients are shown.
    #[must_use]
    pub fn certificates(&self) -> CertificateMetrics {
        self.instruments.certificates.clone()
    }

    /// Says which revision requests are served from.
    pub fn serving(&self, revision: u64) {
        self.instruments.revision.store(revision, Relaxed);
    }

    /// Forgets what is about names that are no longer configured, so that series stay as few as the configuration is large.
    pub fn retain(&self, in_use: &InUse<'_>) {
        let Instruments { routes, upstreams, attachments, events, of_plugins, logs, .. } = &*self.instruments;
        routes.lock().retain(|name, _| &**name == RouteMetrics::NO_ROUTE || in_use.routes.contains(&**name));
        upstreams.lock().retain(|name, _| in_use.upstreams.contains(&**name));
        attachments.lock().retain(|name, _| in_use.attachments.contains(&**name));
        events.lock().retain(|name, _| in_use.attachments.contains(&**name));
        of_plugins.retain(|name| in_use.attachments.contains(name));
        logs.retain(|name| in_use.attachments.contains(name));
    }

    /// All metrics as text, of the type [`EXPOSITION_CONTENT_TYPE`].
    #[must_use]
    pub fn render(&self) -> String {
        exposition::render(&self.registry)
    }
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metrics").finish_non_exhaustive()
    }
}

// === impl Instruments ===

impl Instruments {
    fn new(workers: usize) -> Self {
        Self {
            workers,
            version: env!("CARGO_PKG_VERSION"),
            routes: Mutex::default(),
            upstreams: Mutex::default(),
            attachments: Mutex::default(),
            events: Mutex::default(),
            of_plugins: PluginMetrics::new(workers),
            health: AttachmentHealth::default(),
            logs: PluginLogs::new(workers),
            plugin_code: Gauge::new(workers),
            kept: OnceLock::new(),
            cache: OnceLock::new(),
            cache_metrics: CacheMetrics::new(workers),
            limit_store: OnceLock::new(),
            in_flight: Gauge::new(workers),
            worker_lag: WorkerLag::new(workers),
            http: ListenerMetrics::new(workers),
            https: ListenerMetrics::new(workers),
            framing_faults: FramingFaults::new(workers),
            websockets: WebSocketMetrics {
                open: Gauge::new(workers),
                received: Counter::new(workers),
                sent: Counter::new(workers),
            },
            access_log_dropped: Counter::new(workers),
            log_hooks_dropped: Counter::new(workers),
            key_sets: KeySetMetrics { fetched: Counter::new(workers), failed: Counter::new(workers) },
            certificates: CertificateMetrics::new(workers),
            revision: AtomicU64::new(0),
        }
    }
}

impl fmt::Debug for KeptSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("KeptSource").field(&(self.0)()).finish()
    }
}

impl fmt::Debug for LimitStoreSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("LimitStoreSource").field(&(self.0)()).finish()
    }
}

// === impl ListenerMetrics ===

impl ListenerMetrics {
    fn new(workers: usize) -> Self {
        let counter = || Counter::new(workers);
        Self {
            open: Gauge::new(workers),
            accepted: counter(),
            refused: counter(),
            handshakes_failed: counter(),
            handshakes_unrecognized: counter(),
        }
    }
}

#[cfg(test)]
mod tests;

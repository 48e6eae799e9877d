//! Every metric by name, with its kind, unit, help and labels; `docs/metrics.md` has a row for each.
//!
//! Labels are bounded: names come from the configuration, methods and statuses are folded to the known ones.

/// What a metric is called and means.
#[derive(Clone, Copy, Debug)]
pub struct Name {
    /// Without the unit and without the suffixes that the exposition adds.
    pub base: &'static str,
    pub kind: Kind,
    /// Last part of the exposed name.
    pub unit: Option<&'static str>,
    pub help: &'static str,
    pub labels: &'static [&'static str],
}

/// What a metric measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Grows, until the process ends or what it is about leaves the configuration; exposed with `_total`.
    Counter,
    /// Goes up and down.
    Gauge,
    /// Durations by bucket; exposed with `_bucket`, `_sum` and `_count`.
    Histogram,
    /// The constant 1 with facts as labels; exposed with `_info`.
    Info,
}

/// All metrics, in the order of exposition.
pub const ALL: [Name; 73] = [
    REQUESTS,
    REQUEST_DURATION,
    REQUESTS_IN_FLIGHT,
    ROUTE_IN_FLIGHT,
    REQUEST_BODY,
    RESPONSE_BODY,
    CONNECTIONS,
    CONNECTIONS_ACCEPTED,
    CONNECTIONS_REFUSED,
    HANDSHAKES_FAILED,
    HANDSHAKES_UNRECOGNIZED,
    CERTIFICATE_EXPIRY,
    CERTIFICATES_UNUSABLE,
    CERTIFICATE_RELOADS,
    FRAMING_FAULTS,
    WEBSOCKETS,
    WEBSOCKET_BYTES,
    UPSTREAM_DURATION,
    UPSTREAM_FAULTS,
    UPSTREAM_CONNECTIONS,
    UPSTREAM_IN_FLIGHT,
    CALLOUTS,
    UPSTREAM_TARGETS,
    UPSTREAM_EJECTIONS,
    UPSTREAM_CHECKS,
    UPSTREAM_RETRIES,
    UPSTREAM_RETRIES_REFUSED,
    UPSTREAM_CIRCUIT_OPENED,
    UPSTREAM_CIRCUIT_REFUSALS,
    UPSTREAM_CIRCUIT_OPEN,
    UPSTREAM_LIMIT,
    UPSTREAM_SLOTS,
    UPSTREAM_WAITING,
    UPSTREAM_WAITING_BYTES,
    UPSTREAM_UNLOADED,
    UPSTREAM_QUEUE_DURATION,
    UPSTREAM_SHED,
    UPSTREAM_LIMIT_CHANGES,
    PLUGIN_DURATION,
    PLUGIN_FAILURES,
    PLUGIN_HOST_CALLS,
    PLUGIN_INSTANCES,
    PLUGIN_MEMORY,
    PLUGIN_MEMORY_PEAK,
    PLUGIN_CODE,
    PLUGIN_EVENTS,
    PLUGIN_QUARANTINED,
    LIMIT_ANSWERS,
    LIMIT_STORE_UP,
    LIMIT_STORE_NODES,
    LIMIT_STORE_CHARGES,
    LIMIT_STORE_LEASES,
    LIMIT_STORE_OUTAGES,
    LIMIT_STORE_ROUND_TRIPS,
    CACHE_REQUESTS,
    CACHE_NOT_STORED,
    CACHE_FILL_DURATION,
    CACHE_ENTRIES,
    CACHE_BYTES,
    CACHE_FILLING_BYTES,
    CACHE_DISK_BYTES,
    CACHE_STORED,
    CACHE_EVICTED,
    CACHE_DISK_HITS,
    CACHE_SHARED_HITS,
    KEPT_RESPONSES,
    KEPT_RESPONSES_BYTES,
    ACCESS_LOG_DROPPED,
    LOG_HOOKS_DROPPED,
    KEY_SET_FETCHES,
    WORKER_LAG,
    CONFIG_REVISION,
    BUILD,
];

/// The labels of a finished request.
const REQUEST_LABELS: &[&str] = &["method", "route", "status_code"];

pub const REQUESTS: Name = counter("http_requests", "Requests whose response has ended.", REQUEST_LABELS);
pub const REQUEST_DURATION: Name = seconds(
    "http_request_duration",
    "Time from the request's head to the end of its response, however it ended.",
    REQUEST_LABELS,
);
pub const REQUESTS_IN_FLIGHT: Name =
    gauge("http_requests_in_flight", "Requests whose response has not ended yet.", &[]);
pub const ROUTE_IN_FLIGHT: Name =
    gauge("sluice_route_requests_in_flight", "Requests of a route whose response has not ended yet.", &["route"]);
pub const REQUEST_BODY: Name = bytes("http_request_body", "Bytes of request bodies, without framing.", &["route"]);
pub const RESPONSE_BODY: Name = bytes("http_response_body", "Bytes of response bodies, without framing.", &["route"]);
pub const CONNECTIONS: Name = gauge("sluice_connections", "Open client connections.", &["listener"]);
pub const CONNECTIONS_ACCEPTED: Name =
    counter("sluice_connections_accepted", "Client connections accepted.", &["listener"]);
pub const CONNECTIONS_REFUSED: Name = counter(
    "sluice_connections_refused",
    "Client connections closed at once because the limit of connections was reached.",
    &["listener"],
);
pub const HANDSHAKES_FAILED: Name =
    counter("sluice_handshakes_failed", "TLS handshakes that failed or took too long.", &["listener"]);
pub const HANDSHAKES_UNRECOGNIZED: Name = counter(
    "sluice_handshakes_unrecognized",
    "TLS handshakes that failed because no certificate has the name that was asked for, and none is the default.",
    &["listener"],
);
pub const CERTIFICATE_EXPIRY: Name = gauge_seconds(
    "sluice_certificate_expiry_timestamp",
    "When a certificate ends, in seconds since 1970; `-` is that of the settings.",
    &["certificate"],
);
pub const CERTIFICATES_UNUSABLE: Name = gauge(
    "sluice_certificates_unusable",
    "Certificates that are configured and cannot be shown, because their private keys do not open on this node.",
    &[],
);
pub const CERTIFICATE_RELOADS: Name = counter(
    "sluice_certificate_reloads",
    "Times that the certificate files of the settings were read anew; of those that failed, what was before stayed.",
    &["outcome"],
);
pub const FRAMING_FAULTS: Name = counter(
    "sluice_framing_faults",
    "Client connections ended because what came could be read in two ways, was beyond a limit of heads, was a flood, or had no PROXY header.",
    &["fault"],
);
pub const WEBSOCKETS: Name = gauge("sluice_websockets", "Open WebSockets.", &[]);
pub const WEBSOCKET_BYTES: Name =
    bytes("sluice_websocket", "Bytes that came from clients over WebSockets, and were sent to them.", &["direction"]);
pub const UPSTREAM_DURATION: Name = seconds(
    "sluice_upstream_response_duration",
    "Time from sending a request upstream, connecting included, to the head of its response.",
    &["upstream"],
);
pub const UPSTREAM_FAULTS: Name = counter(
    "sluice_upstream_faults",
    "Attempts to reach an upstream that failed; a request may have several and still succeed.",
    &["upstream", "fault"],
);
pub const UPSTREAM_CONNECTIONS: Name =
    counter("sluice_upstream_connections_opened", "Connections made to an upstream.", &["upstream"]);
pub const UPSTREAM_IN_FLIGHT: Name = gauge(
    "sluice_upstream_requests_in_flight",
    "Requests and callouts at an upstream whose response has not ended yet.",
    &["upstream"],
);
pub const CALLOUTS: Name = counter("sluice_callouts", "Requests of plugins to an upstream.", &["upstream", "outcome"]);
pub const UPSTREAM_TARGETS: Name =
    gauge("sluice_upstream_targets", "Targets of an upstream by how they are on this node.", &["upstream", "state"]);
pub const UPSTREAM_EJECTIONS: Name = counter(
    "sluice_upstream_ejections",
    "Times that a target of an upstream was left out for a while because of what became of requests.",
    &["upstream", "cause"],
);
pub const UPSTREAM_CHECKS: Name =
    counter("sluice_upstream_health_checks", "Active checks of an upstream's targets.", &["upstream", "result"]);
pub const UPSTREAM_RETRIES: Name =
    counter("sluice_upstream_retries", "Times that a request was sent to an upstream again.", &["upstream", "after"]);
pub const UPSTREAM_RETRIES_REFUSED: Name = counter(
    "sluice_upstream_retries_refused",
    "Times that a request was not sent again because too many were.",
    &["upstream"],
);
pub const UPSTREAM_CIRCUIT_OPENED: Name = counter(
    "sluice_upstream_circuit_opened",
    "Times that nothing was sent to an upstream any more because too many requests had failed.",
    &["upstream"],
);
pub const UPSTREAM_CIRCUIT_REFUSALS: Name = counter(
    "sluice_upstream_circuit_refusals",
    "Requests that were refused because the circuit in front of an upstream was open.",
    &["upstream"],
);
pub const UPSTREAM_CIRCUIT_OPEN: Name = gauge(
    "sluice_upstream_circuit_open",
    "Whether the circuit in front of an upstream is open on this node: 1 until probes have gone well.",
    &["upstream"],
);
pub const UPSTREAM_LIMIT: Name = gauge(
    "sluice_upstream_concurrency_limit",
    "The most requests that this node sends to an upstream at one time.",
    &["upstream"],
);
pub const UPSTREAM_SLOTS: Name = gauge(
    "sluice_upstream_slots_in_flight",
    "Requests that hold a slot of an upstream's limit of concurrency.",
    &["upstream"],
);
pub const UPSTREAM_WAITING: Name =
    gauge("sluice_upstream_waiting", "Requests that wait for a slot of an upstream.", &["upstream", "class"]);
pub const UPSTREAM_WAITING_BYTES: Name = gauge_bytes(
    "sluice_upstream_waiting",
    "Memory that requests hold while they wait for a slot of an upstream.",
    &["upstream"],
);
pub const UPSTREAM_UNLOADED: Name = gauge_seconds(
    "sluice_upstream_unloaded_latency",
    "Time to the head of an upstream's response without load, where the algorithm has found it.",
    &["upstream"],
);
pub const UPSTREAM_QUEUE_DURATION: Name = seconds(
    "sluice_upstream_queue_duration",
    "Time that requests waited for a slot of an upstream and got one; those that found one at once are not counted.",
    &["upstream", "class"],
);
pub const UPSTREAM_SHED: Name = counter(
    "sluice_upstream_shed",
    "Requests that were turned away before they were sent to an upstream.",
    &["upstream", "class", "reason"],
);
pub const UPSTREAM_LIMIT_CHANGES: Name =
    counter("sluice_upstream_limit_changes", "Changes of an upstream's limit of concurrency.", &["upstream", "cause"]);
pub const PLUGIN_DURATION: Name =
    seconds("sluice_plugin_duration", "Time spent in one plugin call.", &["attachment", "hook"]);
pub const PLUGIN_FAILURES: Name =
    counter("sluice_plugin_failures", "Plugin calls that failed.", &["attachment", "hook", "kind"]);
pub const PLUGIN_HOST_CALLS: Name = counter(
    "sluice_plugin_host_calls",
    "Calls of plugins into the host; readings of clocks and additions to counters are not counted.",
    &["attachment"],
);
pub const PLUGIN_INSTANCES: Name =
    gauge("sluice_plugin_instances", "Plugin instances that are there.", &["attachment"]);
pub const PLUGIN_MEMORY: Name =
    gauge_bytes("sluice_plugin_memory", "Linear memory of all plugin instances that are there.", &["attachment"]);
pub const PLUGIN_MEMORY_PEAK: Name = gauge_bytes(
    "sluice_plugin_memory_peak",
    "The most linear memory that one plugin instance ever had.",
    &["attachment"],
);
pub const PLUGIN_CODE: Name = gauge_bytes("sluice_plugin_code", "Compiled code of all plugins that are loaded.", &[]);
pub const PLUGIN_EVENTS: Name =
    counter("sluice_plugin_events", "What happened to a plugin's instances.", &["attachment", "event"]);
pub const PLUGIN_QUARANTINED: Name =
    gauge("sluice_plugin_quarantined", "1 while the attachment's plugin is not called, else 0.", &["attachment"]);
pub const LIMIT_ANSWERS: Name =
    counter("sluice_limit_answers", "What limits said to requests.", &["attachment", "limit", "answer"]);
pub const LIMIT_STORE_UP: Name = gauge(
    "sluice_limits_store_up",
    "1 while the store in which nodes count limits together is in reach, else 0; 0 where there is none.",
    &[],
);
pub const LIMIT_STORE_NODES: Name = gauge(
    "sluice_limits_store_nodes",
    "Nodes that share that store, as many as there were when it was last in reach.",
    &[],
);
pub const LIMIT_STORE_CHARGES: Name =
    counter("sluice_limits_store_charges", "Charges that were asked of that store, without slices.", &[]);
pub const LIMIT_STORE_LEASES: Name =
    counter("sluice_limits_store_leases", "Slices that were asked of that store.", &[]);
pub const LIMIT_STORE_OUTAGES: Name =
    counter("sluice_limits_store_outages", "Charges that the store did not decide in time.", &[]);
pub const LIMIT_STORE_ROUND_TRIPS: Name =
    counter("sluice_limits_store_round_trips", "Exchanges with that store; many charges share one.", &[]);
pub const CACHE_REQUESTS: Name = counter(
    "sluice_cache_requests",
    "Requests that a plugin let the cache answer, by what became of that.",
    &["route", "result"],
);
pub const CACHE_NOT_STORED: Name =
    counter("sluice_cache_not_stored", "Responses that the cache asked for and did not store.", &["reason"]);
pub const CACHE_FILL_DURATION: Name = seconds(
    "sluice_cache_fill_duration",
    "Time from sending a request to the end of its response, of responses that were stored.",
    &[],
);
pub const CACHE_ENTRIES: Name =
    gauge("sluice_cache_entries", "Responses in the memory of the cache, and what else it knows of URLs.", &[]);
pub const CACHE_BYTES: Name = gauge_bytes("sluice_cache_memory", "Memory of the cache, all costs included.", &[]);
pub const CACHE_FILLING_BYTES: Name =
    gauge_bytes("sluice_cache_filling", "Bodies that are coming in to be cached.", &[]);
pub const CACHE_DISK_BYTES: Name = gauge_bytes("sluice_cache_disk", "Responses on disk.", &[]);
pub const CACHE_STORED: Name = counter("sluice_cache_stored", "Responses that were stored.", &[]);
pub const CACHE_EVICTED: Name =
    counter("sluice_cache_evicted", "Responses that went from memory to make room for others.", &[]);
pub const CACHE_DISK_HITS: Name = counter("sluice_cache_disk_hits", "Responses that were found on disk.", &[]);
pub const CACHE_SHARED_HITS: Name =
    counter("sluice_cache_shared_hits", "Responses that were found in the store that nodes share.", &[]);
pub const KEPT_RESPONSES: Name = gauge(
    "sluice_kept_responses",
    "Responses that plugins keep, those included that are over their time and not dropped yet.",
    &[],
);
pub const KEPT_RESPONSES_BYTES: Name =
    gauge_bytes("sluice_kept_responses", "Memory of the responses that plugins keep, all costs included.", &[]);
pub const ACCESS_LOG_DROPPED: Name =
    counter("sluice_access_log_dropped", "Access-log lines lost because their reader was too slow.", &[]);
pub const LOG_HOOKS_DROPPED: Name = counter(
    "sluice_plugin_logs_dropped",
    "Requests of which the log hooks of their plugins were not told, because too many were waiting.",
    &[],
);
pub const KEY_SET_FETCHES: Name =
    counter("sluice_key_set_fetches", "Fetches of the key sets that issuers of tokens publish.", &["outcome"]);
pub const WORKER_LAG: Name =
    gauge_seconds("sluice_worker_lag", "By how much the worker is late that is latest, as of its last tick.", &[]);
pub const CONFIG_REVISION: Name = gauge("sluice_config_revision", "Revision that requests are served from.", &[]);
pub const BUILD: Name = Name {
    base: "sluice_build",
    kind: Kind::Info,
    unit: None,
    help: "Version of the running gateway.",
    labels: &["version"],
};

const fn counter(base: &'static str, help: &'static str, labels: &'static [&'static str]) -> Name {
    Name { base, kind: Kind::Counter, unit: None, help, labels }
}

const fn gauge(base: &'static str, help: &'static str, labels: &'static [&'static str]) -> Name {
    Name { base, kind: Kind::Gauge, unit: None, help, labels }
}

const fn gauge_bytes(base: &'static str, help: &'static str, labels: &'static [&'static str]) -> Name {
    Name { base, kind: Kind::Gauge, unit: Some("bytes"), help, labels }
}

const fn gauge_seconds(base: &'static str, help: &'static str, labels: &'static [&'static str]) -> Name {
    Name { base, kind: Kind::Gauge, unit: Some("seconds"), help, labels }
}

const fn bytes(base: &'static str, help: &'static str, labels: &'static [&'static str]) -> Name {
    Name { base, kind: Kind::Counter, unit: Some("bytes"), help, labels }
}

const fn seconds(base: &'static str, help: &'static str, labels: &'static [&'static str]) -> Name {
    Name { base, kind: Kind::Histogram, unit: Some("seconds"), help, labels }
}

impl Name {
    /// The name of the family: what kind and help are told for, and no other family may be called.
    pub(crate) fn family(&self) -> String {
        let unit = self.unit.map(|unit| format!("_{unit}")).unwrap_or_default();
        format!("{}{unit}", self.base)
    }

    /// The name as a query writes it, without the suffixes of a histogram.
    #[must_use]
    pub fn exposed(&self) -> String {
        let suffix = match self.kind {
            Kind::Counter => "_total",
            Kind::Info => "_info",
            Kind::Gauge | Kind::Histogram => "",
        };
        format!("{}{suffix}", self.family())
    }
}

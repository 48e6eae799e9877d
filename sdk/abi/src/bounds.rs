//! The bounds of what a plugin may ask of its host: the gateway and the SDK's test harness hold to the same.

/// Handles of one kind (limits, token policies, stores, HMAC keys, counters and metrics) for each attachment.
pub const DEFINITIONS: usize = 32;

/// Charges of one hook.
pub const CHARGES: usize = 16;

/// Bytes of one log line; what is longer is cut.
pub const LOG_LINE: usize = 1024;
/// Log lines in a second, for each attachment and worker.
pub const LOG_LINES_A_SECOND: usize = 64;

/// Random bytes of one call.
pub const RANDOM_BYTES: usize = 4096;

/// Attributes of one request.
pub const ATTRIBUTES: usize = 32;
/// Bytes of an attribute's name, at least 1.
pub const ATTRIBUTE_NAME: usize = 64;
/// Bytes of an attribute's value.
pub const ATTRIBUTE_VALUE: usize = 1024;
/// Names of attributes that tell what the host knows: no plugin sets them.
pub const HOST_ATTRIBUTES: [&str; 10] = [
    "request.id",
    "route",
    "upstream",
    "http.version",
    "scheme",
    "client.ip",
    "client.certificate.fingerprint",
    "client.certificate.subject",
    "consumer",
    "priority",
];

/// Entries of one store.
pub const KV_ENTRIES: usize = 10_000;
/// Bytes of the keys and values of one store.
pub const KV_BYTES: usize = 16 * 1024 * 1024;
/// Bytes of a key, at least 1.
pub const KV_KEY: usize = 512;
/// Bytes of a value.
pub const KV_VALUE: usize = 64 * 1024;
/// Keys that one call lists.
pub const KV_KEYS: usize = 1000;

/// Bytes of the key of a kept response, at least 1.
pub const CACHE_KEY: usize = 512;
/// Tags of a kept response.
pub const CACHE_TAGS: usize = 16;
/// Bytes of a tag, at least 1.
pub const CACHE_TAG: usize = 64;
/// Bytes of the body of a kept response.
pub const CACHE_BODY: usize = 1024 * 1024;

/// Parts of the key of a cached response that a plugin adds.
pub const CACHE_PARTS: usize = 16;
/// Bytes of such a part.
pub const CACHE_PART: usize = 4096;

/// Callouts of one request, those that nobody waits for included.
pub const CALLOUTS: usize = 16;
/// Callouts of one call of `send-all`.
pub const CALLOUTS_AT_ONCE: usize = 8;
/// Bytes of a callout's body, each way.
pub const CALLOUT_BODY: usize = 1024 * 1024;
/// Header fields of one callout.
pub const CALLOUT_HEADERS: usize = 64;
/// Milliseconds that a callout may take; one that asks for more gets these.
pub const CALLOUT_MS: u64 = 10_000;
/// Detached callouts of a worker that are on their way.
pub const CALLOUTS_DETACHED: usize = 256;

/// Bytes of a metric's name, at least 1.
pub const METRIC_NAME: usize = 64;
/// What no name of a metric ends with: the exposition adds it where it belongs.
pub const METRIC_ENDINGS: [&str; 6] = ["_total", "_bucket", "_sum", "_count", "_info", "_created"];
/// Labels of a metric.
pub const METRIC_LABELS: usize = 4;
/// Upper bounds of a histogram.
pub const METRIC_BUCKETS: usize = 32;
/// Label combinations that a metric keeps; values of others are added under the label value [`OTHER_LABEL`].
pub const METRIC_LABEL_SETS: usize = 100;
/// The value of each label of the combinations that are one too many.
pub const OTHER_LABEL: &str = "other";

/// The shortest time between two ticks, in milliseconds.
pub const TICK_MS: u64 = 100;

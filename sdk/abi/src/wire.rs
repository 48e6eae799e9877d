//! Aggregates that cross as postcard bytes. Field order is the wire order: new fields go into a new ABI version.

mod token;

use std::fmt;

pub use self::token::{ClaimRule, KeySetSource, Token, TokenClaim, TokenError, TokenIssuer, TokenPolicy};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A set of flags as the contract numbers them, which crosses as one integer: flags may be added without a new form.
macro_rules! flags {
    ($(#[$doc:meta])* $name:ident { $($(#[$flag_doc:meta])* $flag:ident = $bit:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u32);

        impl $name {
            $($(#[$flag_doc])* pub const $flag: Self = Self(1 << $bit);)*

            /// No flag.
            pub const NONE: Self = Self(0);

            /// Whether all flags of `other` are set.
            #[must_use]
            #[inline]
            pub const fn has(self, other: Self) -> bool {
                self.0 & other.0 == other.0
            }

            /// The flags of both.
            #[must_use]
            pub const fn with(self, other: Self) -> Self {
                Self(self.0 | other.0)
            }

            /// The flags that are not in `other`.
            #[must_use]
            pub const fn without(self, other: Self) -> Self {
                Self(self.0 & !other.0)
            }

            /// The flags that are in both.
            #[must_use]
            pub const fn and(self, other: Self) -> Self {
                Self(self.0 & other.0)
            }

            /// `self` if `condition` holds, else no flag.
            #[must_use]
            pub const fn when(self, condition: bool) -> Self {
                if condition { self } else { Self::NONE }
            }
        }
    };
}

/// What a module says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Descriptor {
    /// The module's own name.
    pub name: String,
    /// Semantic version.
    pub version: String,
    /// One sentence.
    pub description: String,
    /// Default place in the chain, lowest first.
    pub order: i32,
    /// JSON Schema (2020-12) of the configuration.
    pub config_schema: String,
    /// The hooks it implements.
    pub hooks: Hooks,
}

flags! {
    /// The hooks that a module implements.
    Hooks {
        /// `on-request`.
        REQUEST = 0,
        /// `on-response`.
        RESPONSE = 1,
        /// `on-request-body`.
        REQUEST_BODY = 2,
        /// `on-request-chunk`.
        REQUEST_CHUNK = 3,
        /// `on-response-body`.
        RESPONSE_BODY = 4,
        /// `on-response-chunk`.
        RESPONSE_CHUNK = 5,
        /// `on-log`.
        LOG = 6,
        /// `on-tick`.
        TICK = 7,
    }
}

impl Hooks {
    /// The names of the hooks that are set, as the contract spells them.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        const NAMES: [&str; 8] =
            ["request", "response", "request-body", "request-chunk", "response-body", "response-chunk", "log", "tick"];
        NAMES.into_iter().enumerate().filter(move |(bit, _)| self.0 & (1 << bit) != 0).map(|(_, name)| name)
    }
}

/// What a configured plugin wants to be handed, and the names it will write.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declaration {
    /// Parts of the request head.
    pub wants: Wants,
    /// The hooks that this configuration needs.
    pub hooks: Hooks,
    /// Request headers, by slot.
    pub request_headers: Vec<String>,
    /// Response headers, by slot.
    pub response_headers: Vec<String>,
    /// Names that mutations refer to by position.
    pub header_names: Vec<String>,
    /// Milliseconds between two ticks; `None` for no ticks.
    pub tick_every: Option<u64>,
}

flags! {
    /// Parts of the request head that cross only if wanted.
    Wants {
        /// The query string.
        QUERY = 0,
        /// Host and port as the client sent them.
        AUTHORITY = 1,
        /// The client's address.
        CLIENT_IP = 2,
        /// The consumer's name.
        CONSUMER = 3,
        /// Nothing: this configuration never waits, so its hooks need no fiber. What would wait is unavailable to them.
        NEVER_WAITS = 4,
    }
}

/// A limit to define.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// Identifies the limit within the attachment.
    pub name: String,
    /// Requests in each window.
    pub limit: u64,
    /// Milliseconds.
    pub window: u64,
    /// Requests at one instant.
    pub burst: u32,
}

/// What a limiter decided; times in milliseconds, rounded up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The request passes.
    pub allowed: bool,
    /// Requests that a rested key may send at one instant.
    pub burst: u32,
    /// Time in which a spent burst comes back.
    pub window: u64,
    /// Requests that would still pass now.
    pub remaining: u32,
    /// Time until it is one more.
    pub more_after: u64,
    /// Time until the refused request passes; 0 when it was allowed.
    pub retry_after: u64,
}

impl Decision {
    /// What `retry-after` says: whole seconds, at least 1, rounded up so that the request then passes.
    #[must_use]
    pub fn retry_after_seconds(&self) -> u64 {
        self.retry_after.div_ceil(1000).max(1)
    }
}

/// A limit that the host charges.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitPolicy {
    /// Identifies the limit within the attachment, and names it to clients.
    pub name: String,
    /// How it counts.
    pub algorithm: LimitAlgorithm,
    /// Where it counts.
    pub counting: Counting,
    /// What happens while the shared store is out of reach.
    pub on_outage: OnOutage,
    /// Keys that are remembered on a node at most; 0 for the gateway's own bound.
    pub max_keys: u32,
    /// Whether it is counted and reported, and refuses nothing.
    pub shadow: bool,
}

/// How a limit counts; windows in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the contract tells them once")]
pub enum LimitAlgorithm {
    TokenBucket { limit: u64, window: u64, burst: u32 },
    LeakyBucket { limit: u64, window: u64, burst: u32, undelayed: u32 },
    FixedWindow { limit: u64, window: u64 },
    SlidingWindow { limit: u64, window: u64 },
    SlidingLog { limit: u32, window: u64 },
    Concurrency { limit: u32 },
}

/// Where a limit counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Counting {
    /// On each node by itself: N nodes admit up to N times the limit.
    #[default]
    Local,
    /// In the shared store, one round trip for each request.
    Exact,
    /// In slices that nodes take from the shared store.
    Leased,
}

/// What happens while the shared store is out of reach.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum OnOutage {
    /// Requests are refused with 503.
    Deny,
    /// Requests pass.
    Allow,
    /// Each node counts by itself, its share of the limit.
    #[default]
    LocalShare,
}

/// How clients are told of the limits of an attachment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announcement {
    /// Whether responses carry `RateLimit` and `RateLimit-Policy`.
    pub fields: bool,
    /// Whether they carry the fields without a standard too.
    pub legacy: LegacyFields,
    /// The type of the problem, a URI reference; `None` for that of the draft.
    pub problem_kind: Option<String>,
}

/// `X-RateLimit-Limit`, `-Remaining` and `-Reset`, for which there is no standard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LegacyFields {
    /// None.
    #[default]
    None,
    /// With the reset in seconds from now.
    SecondsLeft,
    /// With the reset in seconds since 1970.
    UnixTime,
}

/// Who calls, by a credential that is accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caller {
    /// Name of the consumer.
    pub consumer: String,
    /// Name of the credential.
    pub credential: String,
    /// The consumer's groups.
    pub groups: Vec<String>,
}

/// Which tokens are accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JwtPolicy {
    /// Who may have issued them.
    pub issuers: Vec<JwtIssuer>,
    /// Tolerated difference of clocks, in milliseconds.
    pub leeway: u64,
}

/// One issuer of tokens and its keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JwtIssuer {
    /// The `iss` that its tokens carry.
    pub issuer: String,
    /// One of these must be in `aud`; empty: tokens must carry none.
    pub audiences: Vec<String>,
    /// Its keys.
    pub keys: Vec<JwtKey>,
    /// The claim that names the consumer.
    pub consumer_claim: String,
}

/// A key, bound to one algorithm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JwtKey {
    /// The `kid` of its tokens.
    pub id: Option<String>,
    /// The only algorithm it verifies.
    pub algorithm: Algorithm,
    /// The key itself.
    pub source: KeySource,
}

/// Where a key comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeySource {
    /// Name of a granted secret.
    Secret(String),
    /// A public key or certificate in PEM.
    Pem(String),
    /// A public JSON Web Key.
    Jwk(String),
}

/// Signature algorithms (RFC 7518, RFC 8037).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names are those of the RFCs")]
pub enum Algorithm {
    Hs256,
    Hs384,
    Hs512,
    Rs256,
    Rs384,
    Rs512,
    Ps256,
    Ps384,
    Ps512,
    Es256,
    Es384,
    EdDsa,
}

/// A token that passed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifiedToken {
    /// Its `iss`.
    pub issuer: String,
    /// The value of the consumer claim.
    pub consumer: String,
}

/// Why a token did not pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum JwtError {
    /// It is no JSON Web Token, or larger or deeper than is read.
    Malformed,
    /// Its `iss` is not allowed.
    UnknownIssuer,
    /// No key of the issuer fits its `kid`.
    UnknownKey,
    /// Its `alg` is not that of the key.
    WrongAlgorithm,
    /// The signature does not match.
    BadSignature,
    /// `exp` has passed.
    Expired,
    /// `nbf` has not come.
    NotYetValid,
    /// `aud` names none of ours.
    WrongAudience,
    /// A required claim is not there or of the wrong type.
    MissingClaim,
}

impl fmt::Display for JwtError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "the token is malformed",
            Self::UnknownIssuer => "the token's issuer is not allowed",
            Self::UnknownKey => "no key of the issuer fits the token",
            Self::WrongAlgorithm => "the token's algorithm is not that of the key",
            Self::BadSignature => "the token's signature does not match",
            Self::Expired => "the token has expired",
            Self::NotYetValid => "the token is not valid yet",
            Self::WrongAudience => "the token is meant for another audience",
            Self::MissingClaim => "the token lacks a claim",
        })
    }
}

impl std::error::Error for JwtError {}

/// Why the host did not do what it was asked to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HostError {
    /// The attachment does not grant it.
    Denied(String),
    /// A bound was reached.
    Limit(String),
    /// It took too long.
    Timeout,
    /// Out of reach.
    Unavailable(String),
    /// Not a sound request.
    Invalid(String),
    /// Somebody else was first.
    Conflict,
}

impl fmt::Display for HostError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Denied(reason) => write!(f, "not granted: {reason}"),
            Self::Limit(reason) => write!(f, "over a limit: {reason}"),
            Self::Timeout => f.write_str("it took too long"),
            Self::Unavailable(reason) => write!(f, "unavailable: {reason}"),
            Self::Invalid(reason) => write!(f, "invalid: {reason}"),
            Self::Conflict => f.write_str("somebody else was first"),
        }
    }
}

impl std::error::Error for HostError {}

/// A header field line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// In lower case.
    pub name: String,
    /// Any bytes that HTTP allows.
    #[serde(with = "serde_bytes")]
    pub value: Vec<u8>,
}

impl Header {
    /// The value, if it is UTF-8.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.value).ok()
    }
}

/// An entry of a store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// What was stored.
    #[serde(with = "serde_bytes")]
    pub value: Vec<u8>,
    /// Changes with each write; never 0.
    pub version: u64,
    /// Milliseconds; `None` for an entry that stays.
    pub expires_in: Option<u64>,
}

/// What a metric measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names are those of the field")]
pub enum MetricKind {
    Counter,
    Gauge,
    Histogram,
}

/// A metric to define.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Metric {
    /// What it measures.
    pub kind: MetricKind,
    /// Exposed as `sluice_plugin_` and this.
    pub name: String,
    /// One sentence.
    pub help: String,
    /// Names of labels.
    pub labels: Vec<String>,
    /// Upper bounds of a histogram, ascending; empty for the usual ones.
    pub buckets: Vec<f64>,
}

/// How long a response is kept, and what purges it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CacheDirective {
    /// Names the response.
    pub key: String,
    /// Milliseconds.
    pub ttl: u64,
    /// Purging one of these drops the response.
    pub tags: Vec<String>,
}

flags! {
    /// What [`Caching`] says with yes or no.
    CachingFlags {
        /// The cache is not asked, and the response is not stored.
        BYPASS = 0,
        /// Each consumer has their own responses.
        PER_CONSUMER = 1,
        /// Stores responses that set cookies, without the cookies.
        STORE_SET_COOKIE = 2,
        /// Heeds `CDN-Cache-Control`.
        CDN_CACHE_CONTROL = 3,
        /// What requests say to caches is not heeded, but for `only-if-cached`.
        IGNORE_REQUEST_DIRECTIVES = 4,
        /// `s-maxage` forbids stale responses, whatever allows them.
        STRICT_S_MAXAGE = 5,
        /// Cookies of the request do not matter.
        IGNORE_COOKIES = 6,
    }
}

/// How the response to a request is cached. Times are in milliseconds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caching<'a> {
    /// Yes or no.
    pub flags: CachingFlags,
    /// Stands for the query in the key.
    pub query: Option<&'a str>,
    /// Tell responses apart beside the URL.
    #[serde(borrow)]
    pub parts: Vec<&'a [u8]>,
    /// In place of the lifetime that the upstream gives.
    pub lifetime: Option<u64>,
    /// Where neither the upstream nor a heuristic gives one.
    pub default_lifetime: Option<u64>,
    /// Where the upstream does not say.
    pub stale_while_revalidate: Option<u64>,
    /// Where the upstream does not say.
    pub stale_if_error: Option<u64>,
    /// Purging one of these drops the response.
    pub tags: Vec<&'a str>,
    /// A field of the response that has more.
    pub tag_header: Option<&'a str>,
}

/// A response that is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CacheHit {
    /// Its status.
    pub status: u16,
    /// Milliseconds since it was stored.
    pub age: u64,
    /// Milliseconds until it is dropped.
    pub ttl: u64,
    /// Bytes of its body.
    pub length: u64,
}

/// How busy the node is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadSignal {
    /// Requests of all routes on this node.
    pub in_flight: u32,
    /// Requests of this route.
    pub route_in_flight: u32,
    /// Requests at this route's upstream.
    pub upstream_in_flight: u32,
    /// Of what the process may use, in thousandths.
    pub cpu_permille: u32,
    /// Of what the process may use, in thousandths.
    pub memory_permille: u32,
    /// By how much this worker is late, in microseconds.
    pub lag_us: u32,
}

/// How busy the upstream of a route is, as this node sees it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpstreamSignal {
    /// Requests that it has at this moment.
    pub in_flight: u32,
    /// How many it may have at one time; 0: any number.
    pub limit: u32,
    /// Requests that wait for it.
    pub waiting: u32,
    /// How long the one that has waited longest has done so, in microseconds.
    pub queue_wait_us: u32,
    /// Half of its latest responses took no longer, in microseconds.
    pub latency_p50_us: u32,
    /// Nine of ten of its latest responses took no longer, in microseconds.
    pub latency_p90_us: u32,
    /// Of its latest responses, those that failed, in thousandths.
    pub error_permille: u32,
}

/// The share of time in which something had to wait for a resource, over the last ten seconds, in thousandths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PressureSignal {
    /// For the processor.
    pub cpu_permille: u32,
    /// For memory.
    pub memory_permille: u32,
    /// For input and output.
    pub io_permille: u32,
}

/// A request to an upstream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// Name of the upstream.
    pub upstream: String,
    /// In upper case.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// In order.
    pub headers: Vec<Header>,
    /// Empty for none.
    #[serde(with = "serde_bytes")]
    pub body: Vec<u8>,
    /// Milliseconds.
    pub timeout: u64,
}

/// The answer to a [`Call`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// The status code.
    pub status: u16,
    /// In order.
    pub headers: Vec<Header>,
    /// Whole.
    #[serde(with = "serde_bytes")]
    pub body: Vec<u8>,
}

/// The postcard form of a value.
///
/// # Panics
/// Never for the types of this module: all of them can be serialised.
#[must_use]
pub fn encode<T: Serialize>(value: &T) -> Vec<u8> {
    postcard::to_allocvec(value).expect("plain data serialises into memory")
}

/// Encodes into `buffer` without allocation; `None` when it does not fit.
pub fn encode_into<'b, T: Serialize>(value: &T, buffer: &'b mut [u8]) -> Option<&'b [u8]> {
    postcard::to_slice(value, buffer).ok().map(|written| &*written)
}

/// Reads what [`encode`] wrote.
///
/// # Errors
/// A message for the log when the bytes are not of that type.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, postcard::Error> {
    postcard::from_bytes(bytes)
}

/// Reads what [`encode`] wrote into a value whose texts stay where they are.
///
/// # Errors
/// As [`decode`].
pub fn view<'b, T: Deserialize<'b>>(bytes: &'b [u8]) -> Result<T, postcard::Error> {
    postcard::from_bytes(bytes)
}

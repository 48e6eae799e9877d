//! What a hook is called with.

mod attributes;
mod caching;
mod verdict;

use std::{net::IpAddr, sync::Arc, time::Duration};

use gateway_model::{ClientCertificate, Identity, PriorityClass, Snapshot};
use gateway_store::{ResponseKey, limits::Key};
use http::{HeaderMap, Method, StatusCode, uri::PathAndQuery};
use sluice_abi::head::Source;
use smallvec::SmallVec;

pub(crate) use self::attributes::{CREDENTIAL, is_settable};
pub use self::{
    attributes::Attributes,
    caching::Caching,
    verdict::{BodyWish, ChunkVerdict, Kept, Onward, Refusal, ResponseVerdict, Verdict},
};

/// A request, as its hooks see and change it. Changed only by a hook that succeeds.
#[derive(Debug)]
pub struct RequestCall<'a> {
    pub method: &'a mut Method,
    /// Path and query, normalised, beginning with '/'; a hook leaves them so.
    pub target: &'a mut PathAndQuery,
    /// Host and port as the client sent them.
    pub authority: &'a str,
    pub headers: &'a mut HeaderMap,
    /// 0 when there is no body, `None` when its length is not known yet.
    pub content_length: Option<u64>,
    pub consumer: &'a mut Option<Arc<Identity>>,
    pub attributes: &'a mut Attributes,
    pub way: &'a mut Way,
    /// What hooks want charged before the request goes on.
    pub charges: &'a mut Charges,
    pub about: About<'a>,
}

/// A response, as its hooks see and change it. Changed only by a hook that succeeds.
#[derive(Debug)]
pub struct ResponseCall<'a> {
    pub status: &'a mut StatusCode,
    pub source: Source,
    pub headers: &'a mut HeaderMap,
    pub content_length: Option<u64>,
    pub consumer: &'a Option<Arc<Identity>>,
    pub attributes: &'a mut Attributes,
    /// Set by a hook that wants this response to be kept.
    pub store: &'a mut Option<StoreResponse>,
    pub about: About<'a>,
}

/// What the hooks of chunks and of the log are told beside their input.
#[derive(Clone, Copy, Debug)]
pub struct ChunkCall<'a> {
    pub about: About<'a>,
}

/// What a request is about, as log lines and attributes tell it. The same for all of its hooks.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    pub snapshot: &'a Arc<Snapshot>,
    pub request_id: &'a str,
    pub client_ip: IpAddr,
    /// The certificate that the client holds, verified.
    pub client_certificate: Option<&'a Arc<ClientCertificate>>,
    /// Name of the route.
    pub route: &'a str,
    /// Name of the route's upstream.
    pub upstream: &'a str,
    /// The most important class that the route gives to its requests.
    pub route_priority: Option<PriorityClass>,
    /// The class that the client itself wishes, where that may lower its own.
    pub lowered_to: Option<PriorityClass>,
    /// As the access log spells it.
    pub http_version: &'static str,
    /// `http` or `https`.
    pub scheme: &'static str,
    pub load: LocalLoad,
}

/// How busy the surroundings of a request are; 0 for what nobody counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LocalLoad {
    /// Requests of this route on this node.
    pub route_in_flight: u32,
    /// Requests at this route's upstream from this node.
    pub upstream_in_flight: u32,
    /// By how much this worker is late, in microseconds.
    pub lag_us: u32,
    pub upstream: UpstreamLoad,
}

/// How busy the upstream of a route is, as this node sees it; 0 for what nobody counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UpstreamLoad {
    /// How many requests it may have at one time; 0 for any number.
    pub limit: u32,
    pub waiting: u32,
    /// How long the request that has waited longest has done so, in microseconds.
    pub queue_wait_us: u32,
    /// Of its latest responses, in microseconds.
    pub latency_p50_us: u32,
    pub latency_p90_us: u32,
    /// Of its latest responses, those that failed, in thousandths.
    pub error_permille: u32,
}

/// How a request goes on, where a hook has changed that.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Way {
    /// The name of another upstream; it is one of the snapshot's.
    pub upstream: Option<Box<str>>,
    /// The longest wait for the response's head, if that is shorter than the upstream's own; never 0.
    pub timeout: Option<Duration>,
    /// How it is admitted to its upstream, also when the hook answers: the access log has its class.
    pub admission: Option<Box<Admission>>,
    /// How its response is cached; `None` if it is not.
    pub caching: Option<Box<Caching>>,
}

/// How a plugin has a request admitted to its upstream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admission {
    pub class: PriorityClass,
    /// The longest wait for a slot, if that is shorter than the class's own; 0: it does not wait.
    pub max_wait: Option<Duration>,
    /// With whom it shares its turns, by [`Flow::hash`](crate::Flow::hash); `None` for its consumer or the client's address.
    pub fairness: Option<u64>,
    /// The kept response with which it is answered when there is no capacity for it.
    pub stale: Option<ResponseKey>,
}

/// What one hook charges, in order. Two need no allocation: the plan and one limit, or two limits.
pub type Charges = SmallVec<[Charge; 2]>;

/// What a request takes of one limit, or of the plan of its consumer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charge {
    Limit {
        /// The plugin's handle; it has defined it.
        limit: u32,
        key: Key,
        cost: u32,
    },
    Plan {
        cost: u32,
    },
}

impl Charge {
    /// Whether it is the consumer's plan that is charged.
    #[must_use]
    pub fn is_of_plan(&self) -> bool {
        matches!(self, Self::Plan { .. })
    }
}

/// A response that is to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreResponse {
    pub key: ResponseKey,
    /// Never 0.
    pub ttl: Duration,
    /// Purging one of these drops the response; at most 16.
    pub tags: Vec<Box<str>>,
}

/// What one plugin keeps of one request, from its first hook to its last. Begins empty.
#[derive(Clone, Debug, Default)]
pub struct Visit {
    /// What the last hook left for the next one: nearly always a few bytes, which are kept in place.
    pub state: SmallVec<[u8; 32]>,
    /// The processor's time that all hooks have taken, to about a millisecond.
    pub spent: Duration,
    /// Chunks that were shown to the plugin: each of them adds to the time that the request may take.
    pub(crate) chunks: u32,
    /// Requests to upstreams that the hooks have made.
    pub(crate) callouts: u32,
}

//! The gateway's own refusals: the only place where they become statuses and problems. `docs/problems.md` has a row for each.

use std::{borrow::Cow, time::Duration};

use bytes::Bytes;
use gateway_algorithms::framing::Fault;
use gateway_model::Problem;
use gateway_telemetry::AdmissionRefusal;
use http::{
    HeaderMap, HeaderValue, Response, StatusCode,
    header::{CACHE_CONTROL, CONNECTION, CONTENT_TYPE, RETRY_AFTER, SEC_WEBSOCKET_VERSION, UPGRADE},
};

use crate::{
    admission::Refused as NotAdmitted,
    answer::{RefusedBy, Verdict},
    grpc,
    limits::Violation,
    normalize::{Malformed, Refused},
    request_id::RequestId,
    websocket::Ungreeted,
};

/// The kind of problem that a spent limit is (draft-ietf-httpapi-ratelimit-headers-10).
const QUOTA_EXCEEDED: &str = "https://iana.org/assignments/http-problem-types#quota-exceeded";

/// The kind of problem that it is when the gateway itself is short of something (the same draft).
const REDUCED_CAPACITY: &str = "https://iana.org/assignments/http-problem-types#temporary-reduced-capacity";

/// Why the gateway does not do what a request asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum GatewayError {
    Malformed(Malformed),
    MethodNotSupported,
    TransferCodingNotSupported,
    VersionNotSupported,
    /// The client speaks another version of WebSocket.
    WebSocketVersion,
    TargetTooLong,
    HeadTooLarge,
    BodyTooLarge {
        /// Bytes.
        limit: u64,
    },
    /// The client stopped sending its body.
    BodyTimeout,
    /// The client's body broke off or is no HTTP.
    BodyBroken,
    NoRoute,
    /// The connection is not for the host of the request, or was not asked for the certificate that its route wants.
    Misdirected,
    /// The client has no certificate by the authorities that count.
    ClientCertificateRequired,
    /// Bodies that plugins keep whole have taken all the memory that is for them.
    BuffersFull,
    /// A plugin broke the body off.
    BodyRejected {
        /// The plugin's place in the chain.
        place: usize,
    },
    /// A plugin failed, and its attachment's policy is closed.
    PluginFailed {
        /// The plugin's place in the chain.
        place: usize,
    },
    /// A plugin is not called, and its attachment's policy is closed.
    PluginQuarantined {
        /// The plugin's place in the chain.
        place: usize,
    },
    /// The request is over limits that a plugin charged.
    LimitExceeded {
        /// The plugin's place in the chain.
        place: usize,
        violation: Box<Violation>,
    },
    /// The store in which nodes count limits together is out of reach, and a policy wants to be sure.
    LimitsUnavailable {
        /// The place of the plugin that charged, in the chain.
        place: usize,
    },
    /// The upstream has as many requests as it takes, or the gateway has.
    NoCapacity(NoCapacity),
    /// None of the upstream's targets accepts a connection.
    UpstreamUnreachable,
    /// Too many requests to the upstream have failed: none is sent for a while.
    CircuitOpen {
        /// In seconds.
        retry_after: u64,
    },
    /// A target accepts connections, but is not to be trusted, or TLS cannot be spoken with it.
    UpstreamUntrusted,
    /// The upstream broke off, or answered with what is no HTTP.
    UpstreamBroken,
    /// The upstream took too long to begin its answer.
    UpstreamTimeout,
    /// The request has come through this gateway too often.
    Loop,
    /// The client asked for a WebSocket, and what answered is none.
    NotSwitched,
    /// Nothing that is cached fits, and the request did not want the upstream to be asked (RFC 9111, section 5.2.1.7).
    OnlyIfCached,
    /// What is cached must not be used unless the upstream confirms it, which is out of reach (RFC 9111, section 5.2.2.2).
    NotValidated,
    /// The response is larger than the plugin that asked for all of it can take.
    ResponseTooLarge,
}

/// Why there is no room for a request, and when there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NoCapacity {
    reason: AdmissionRefusal,
    /// In seconds.
    retry_after: u64,
}

/// The longest time after which a client is told to come again, in seconds; and by how much more some wait.
const LONGEST_RETRY_AFTER: u64 = 60;

impl NoCapacity {
    /// When to come again is spread over half as much time again, a second at least: those who were refused together must
    /// not come back together.
    pub(crate) fn new(refused: NotAdmitted) -> Self {
        let seconds = refused.predicted.as_secs_f64().ceil() as u64;
        let least = seconds.clamp(1, LONGEST_RETRY_AFTER);
        Self { reason: refused.reason, retry_after: least + fastrand::u64(0..=(least / 2).max(1)) }
    }

    /// Whether it would be the same for others of its class: there is no room at all.
    pub(crate) fn is_about_all(self) -> bool {
        use AdmissionRefusal::{Overload, QueueFull, QueueMemory};
        matches!(self.reason, QueueFull | QueueMemory | Overload)
    }

    /// That of the gateway itself: it is looked at anew within a second.
    pub(crate) fn of_gateway() -> Self {
        let (waited, predicted) = (Duration::ZERO, Duration::from_secs(2));
        Self::new(NotAdmitted { reason: AdmissionRefusal::Overload, waited, predicted })
    }

    fn detail(self) -> &'static str {
        match self.reason {
            AdmissionRefusal::QueueFull | AdmissionRefusal::QueueMemory => {
                "The service behind this route is busy, and as many requests wait for it as may."
            }
            AdmissionRefusal::FlowFull => {
                "The service behind this route is busy, and as many of your requests wait for it as may."
            }
            AdmissionRefusal::TooLong => {
                "The service behind this route is busy: this request would wait for longer than it may."
            }
            AdmissionRefusal::Deadline => {
                "The service behind this route is busy: this request has waited for as long as it may."
            }
            AdmissionRefusal::Shed => {
                "The service behind this route has too much to do: requests of this importance are turned away."
            }
            AdmissionRefusal::Overload => {
                "The gateway has too much to do: requests of this importance are turned away."
            }
        }
    }
}

impl GatewayError {
    /// That of an upstream which is given a rest for that time.
    pub(crate) fn circuit_open(rest: Duration) -> Self {
        // At least a second: a probe may be under way.
        Self::CircuitOpen { retry_after: (rest.as_secs_f64().ceil() as u64).clamp(1, LONGEST_RETRY_AFTER) }
    }

    /// The last part of the problem's type; also the reason in the access log.
    pub(crate) fn reason(&self) -> &'static str {
        self.row().1.rsplit_once(['/', '#']).map_or("", |(_, reason)| reason)
    }

    /// What the client is told.
    pub(crate) fn problem(&self) -> Problem {
        let (status, kind, title) = self.row();
        let problem = Problem::new(status, kind, title).detail(self.detail());
        match self {
            Self::LimitExceeded { violation, .. } => {
                let kind = violation.kind.as_ref().map_or(kind.into(), |kind| kind.to_string().into());
                Problem { kind, violated_policies: violation.limits.clone(), ..problem }
            }
            _ => problem,
        }
    }

    /// The same for a client that speaks gRPC, which is told of `problem`.
    pub(crate) fn grpc(&self, problem: &Problem) -> grpc::Status {
        match self {
            Self::UpstreamTimeout => grpc::Status::deadline_exceeded(),
            _ => grpc::Status::of(problem),
        }
    }

    /// What is sent beside the problem.
    pub(crate) fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        let retry_after = match self {
            Self::LimitExceeded { violation, .. } => violation.retry_after,
            // The store is tried again at least once a second.
            Self::LimitsUnavailable { .. } => Some(1),
            Self::NoCapacity(no_capacity) => Some(no_capacity.retry_after),
            Self::CircuitOpen { retry_after } => Some(*retry_after),
            _ => None,
        };
        if *self == Self::WebSocketVersion {
            headers.insert(SEC_WEBSOCKET_VERSION, HeaderValue::from_static("13"));
            headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
            headers.insert(CONNECTION, HeaderValue::from_static("upgrade"));
        }
        if let Some(seconds) = retry_after {
            headers.insert(RETRY_AFTER, seconds.into());
        }
        headers
    }

    /// Who refuses with it.
    pub(crate) fn refused_by(&self) -> RefusedBy {
        match self {
            // It does what the plugin decided.
            Self::LimitExceeded { place, .. } => RefusedBy::Plugin(*place),
            _ => RefusedBy::Gateway(self.reason()),
        }
    }

    /// The plugin that is to blame, if one is.
    pub(crate) fn verdict(&self) -> Option<Verdict> {
        match *self {
            Self::BodyRejected { place } => Some(Verdict { place, word: "reset" }),
            Self::PluginFailed { place } => Some(Verdict { place, word: "failed" }),
            Self::PluginQuarantined { place } => Some(Verdict { place, word: "quarantined" }),
            Self::LimitsUnavailable { place } => Some(Verdict { place, word: "unavailable" }),
            Self::LimitExceeded { place, .. } => Some(Verdict { place, word: "limited" }),
            _ => None,
        }
    }

    /// Whether the client's connection is unfit for a further HTTP/1.1 request: where this one ends may be in doubt,
    /// or its sender is not worth reading on.
    pub(crate) fn closes_connection(&self) -> bool {
        match self {
            Self::Malformed(_)
            | Self::MethodNotSupported
            | Self::TransferCodingNotSupported
            | Self::VersionNotSupported
            | Self::TargetTooLong
            | Self::HeadTooLarge
            | Self::BodyTooLarge { .. }
            | Self::BodyTimeout
            | Self::BodyBroken
            | Self::Misdirected
            | Self::BodyRejected { .. } => true,
            Self::NoRoute
            | Self::WebSocketVersion
            | Self::NotSwitched
            | Self::Loop
            | Self::ClientCertificateRequired
            | Self::BuffersFull
            | Self::LimitExceeded { .. }
            | Self::LimitsUnavailable { .. }
            | Self::PluginFailed { .. }
            | Self::PluginQuarantined { .. }
            | Self::NoCapacity(_)
            | Self::UpstreamUnreachable
            | Self::CircuitOpen { .. }
            | Self::UpstreamUntrusted
            | Self::UpstreamBroken
            | Self::UpstreamTimeout
            | Self::OnlyIfCached
            | Self::NotValidated
            | Self::ResponseTooLarge => false,
        }
    }

    fn row(&self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::Malformed(_) => (StatusCode::BAD_REQUEST, "/problems/malformed-request", "Malformed request"),
            Self::MethodNotSupported => {
                (StatusCode::NOT_IMPLEMENTED, "/problems/method-not-supported", "Method not supported")
            }
            Self::TransferCodingNotSupported => (
                StatusCode::NOT_IMPLEMENTED,
                "/problems/transfer-coding-not-supported",
                "Transfer coding not supported",
            ),
            Self::VersionNotSupported => {
                (StatusCode::HTTP_VERSION_NOT_SUPPORTED, "/problems/version-not-supported", "Version not supported")
            }
            Self::WebSocketVersion => {
                (StatusCode::UPGRADE_REQUIRED, "/problems/websocket-version", "WebSocket version not supported")
            }
            Self::TargetTooLong => (StatusCode::URI_TOO_LONG, "/problems/target-too-long", "Request target too long"),
            Self::HeadTooLarge => {
                (StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, "/problems/head-too-large", "Request head too large")
            }
            Self::BodyTooLarge { .. } => {
                (StatusCode::PAYLOAD_TOO_LARGE, "/problems/body-too-large", "Request body too large")
            }
            Self::BodyTimeout => (StatusCode::REQUEST_TIMEOUT, "/problems/body-timeout", "Request body too slow"),
            Self::BodyBroken => (StatusCode::BAD_REQUEST, "/problems/body-broken", "Request body broken"),
            Self::NoRoute => (StatusCode::NOT_FOUND, "/problems/no-route", "No route"),
            Self::Misdirected => {
                (StatusCode::MISDIRECTED_REQUEST, "/problems/misdirected-request", "Misdirected request")
            }
            Self::ClientCertificateRequired => {
                (StatusCode::FORBIDDEN, "/problems/client-certificate-required", "Client certificate required")
            }
            Self::BuffersFull => (StatusCode::SERVICE_UNAVAILABLE, "/problems/buffers-full", "Buffers full"),
            Self::BodyRejected { .. } => (StatusCode::BAD_REQUEST, "/problems/body-rejected", "Request body rejected"),
            Self::PluginFailed { .. } => (StatusCode::SERVICE_UNAVAILABLE, "/problems/plugin-failed", "Plugin failed"),
            Self::PluginQuarantined { .. } => {
                (StatusCode::SERVICE_UNAVAILABLE, "/problems/plugin-quarantined", "Plugin quarantined")
            }
            Self::LimitExceeded { .. } => (StatusCode::TOO_MANY_REQUESTS, QUOTA_EXCEEDED, "Too many requests"),
            Self::LimitsUnavailable { .. } => {
                (StatusCode::SERVICE_UNAVAILABLE, REDUCED_CAPACITY, "Limits cannot be counted")
            }
            Self::NoCapacity(_) => (StatusCode::SERVICE_UNAVAILABLE, REDUCED_CAPACITY, "Temporarily reduced capacity"),
            Self::UpstreamUnreachable => {
                (StatusCode::SERVICE_UNAVAILABLE, "/problems/upstream-unreachable", "Upstream unreachable")
            }
            Self::CircuitOpen { .. } => (StatusCode::SERVICE_UNAVAILABLE, "/problems/circuit-open", "Circuit open"),
            Self::UpstreamUntrusted => {
                (StatusCode::BAD_GATEWAY, "/problems/upstream-untrusted", "Upstream not trusted")
            }
            Self::UpstreamBroken => (StatusCode::BAD_GATEWAY, "/problems/upstream-broken", "Upstream broke off"),
            Self::UpstreamTimeout => (StatusCode::GATEWAY_TIMEOUT, "/problems/upstream-timeout", "Upstream too slow"),
            Self::Loop => (StatusCode::LOOP_DETECTED, "/problems/loop", "Loop"),
            Self::NotSwitched => (StatusCode::BAD_GATEWAY, "/problems/not-switched", "No WebSocket there"),
            Self::OnlyIfCached => (StatusCode::GATEWAY_TIMEOUT, "/problems/only-if-cached", "Not cached"),
            Self::NotValidated => {
                (StatusCode::GATEWAY_TIMEOUT, "/problems/not-validated", "Cached answer not confirmed")
            }
            Self::ResponseTooLarge => (StatusCode::BAD_GATEWAY, "/problems/response-too-large", "Response too large"),
        }
    }

    fn detail(&self) -> Cow<'static, str> {
        match self {
            Self::Malformed(malformed) => malformed.to_string().into(),
            Self::MethodNotSupported => "CONNECT and TRACE are not offered here.".into(),
            Self::TransferCodingNotSupported => {
                "Send the body with Transfer-Encoding: chunked or a Content-Length.".into()
            }
            Self::VersionNotSupported => "Send the request as HTTP/1.1.".into(),
            Self::WebSocketVersion => "Send Sec-WebSocket-Version: 13.".into(),
            Self::TargetTooLong => "Send a shorter path or query.".into(),
            Self::HeadTooLarge => "Send fewer or shorter header fields.".into(),
            Self::BodyTooLarge { limit } => format!("The body may have at most {limit} bytes.").into(),
            Self::BodyTimeout => "No part of the body came for too long.".into(),
            Self::BodyBroken => "The body ended before its end, or its chunks are malformed.".into(),
            Self::NoRoute => "No route matches the host and path of this request.".into(),
            Self::Misdirected => "This connection is not for the host of the request. Send it over another one.".into(),
            Self::ClientCertificateRequired => {
                "Connect over TLS with a certificate by an authority that is trusted here.".into()
            }
            Self::BuffersFull => "Too many bodies are being looked at as a whole. Try again soon.".into(),
            Self::BodyRejected { .. } => "What the body holds was found wrong while it was sent on.".into(),
            Self::PluginFailed { .. } => "A check that this request has to pass failed to run.".into(),
            Self::PluginQuarantined { .. } => {
                "A check that this request has to pass keeps failing to run and is given a rest.".into()
            }
            Self::LimitExceeded { violation, .. } => violation.detail().into(),
            Self::LimitsUnavailable { .. } => "A limit that this request has to pass cannot be counted now.".into(),
            Self::NoCapacity(no_capacity) => no_capacity.detail().into(),
            Self::UpstreamUnreachable => "The service behind this route accepts no connection.".into(),
            Self::CircuitOpen { .. } => {
                "Too many requests to the service behind this route have failed: it is given a rest.".into()
            }
            Self::UpstreamUntrusted => "No secure connection to the service behind this route can be made.".into(),
            Self::UpstreamBroken => {
                "The service behind this route ended the connection without a proper answer.".into()
            }
            Self::UpstreamTimeout => "The service behind this route did not answer in time.".into(),
            Self::Loop => "The request has come through this gateway several times already.".into(),
            Self::NotSwitched => "The service behind this route did not switch to a WebSocket.".into(),
            Self::OnlyIfCached => {
                "No cached answer fits, and the request says only-if-cached. Send it without, to have the service asked."
                    .into()
            }
            Self::NotValidated => {
                "The answer that is cached needs the service behind this route to confirm it, which is out of reach.".into()
            }
            Self::ResponseTooLarge => {
                "The answer of the service behind this route is too large to be looked at as a whole.".into()
            }
        }
    }
}

impl From<Refused> for GatewayError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Malformed(malformed) => Self::Malformed(malformed),
            Refused::Method => Self::MethodNotSupported,
            Refused::TransferCoding => Self::TransferCodingNotSupported,
            Refused::TargetTooLong => Self::TargetTooLong,
            Refused::HeaderCount => Self::HeadTooLarge,
        }
    }
}

impl From<Ungreeted> for GatewayError {
    fn from(ungreeted: Ungreeted) -> Self {
        match ungreeted {
            Ungreeted::Key => Self::Malformed(Malformed::WebSocketKey),
            Ungreeted::Version => Self::WebSocketVersion,
        }
    }
}

/// What was wrong with a head before it was one.
impl From<Fault> for GatewayError {
    fn from(fault: Fault) -> Self {
        match fault.status() {
            StatusCode::URI_TOO_LONG => Self::TargetTooLong,
            StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => Self::HeadTooLarge,
            StatusCode::NOT_IMPLEMENTED => Self::TransferCodingNotSupported,
            StatusCode::HTTP_VERSION_NOT_SUPPORTED => Self::VersionNotSupported,
            _ => Self::Malformed(Malformed::Framing(fault)),
        }
    }
}

impl From<Malformed> for GatewayError {
    fn from(malformed: Malformed) -> Self {
        Self::Malformed(malformed)
    }
}

/// A problem as a response, beside further headers. Caches are told to keep none of it unless the headers say otherwise.
pub(crate) fn response(problem: &Problem, headers: HeaderMap, id: &RequestId) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(problem.to_json(id.as_str())));
    *response.status_mut() = problem.status;
    *response.headers_mut() = headers;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::*;

    /// One of each.
    fn all() -> Vec<GatewayError> {
        vec![
            GatewayError::Malformed(Malformed::HostCount),
            GatewayError::MethodNotSupported,
            GatewayError::TransferCodingNotSupported,
            GatewayError::VersionNotSupported,
            GatewayError::WebSocketVersion,
            GatewayError::NotSwitched,
            GatewayError::Loop,
            GatewayError::TargetTooLong,
            GatewayError::HeadTooLarge,
            GatewayError::BodyTooLarge { limit: 10 },
            GatewayError::BodyTimeout,
            GatewayError::BodyBroken,
            GatewayError::NoRoute,
            GatewayError::Misdirected,
            GatewayError::ClientCertificateRequired,
            GatewayError::BuffersFull,
            GatewayError::BodyRejected { place: 0 },
            GatewayError::PluginFailed { place: 0 },
            GatewayError::PluginQuarantined { place: 0 },
            GatewayError::ResponseTooLarge,
            GatewayError::OnlyIfCached,
            GatewayError::NotValidated,
            GatewayError::UpstreamUnreachable,
            GatewayError::UpstreamUntrusted,
            GatewayError::CircuitOpen { retry_after: 1 },
            GatewayError::UpstreamBroken,
            GatewayError::UpstreamTimeout,
        ]
    }

    #[test]
    fn every_problem_has_a_row_in_the_document() {
        let document = include_str!("../../../docs/problems.md");
        for error in all() {
            let problem = error.problem();
            let row = format!("| `{}` | {} | {} |", problem.kind, problem.status.as_u16(), problem.title);
            assert!(document.contains(&row), "missing in docs/problems.md: {row}");
        }
        let rows = document.lines().filter(|line| line.starts_with("| `/problems/")).count();
        assert_eq!(rows, all().len());
    }

    #[test]
    fn a_faulty_request_has_the_status_of_its_fault() {
        for fault in [
            Fault::BareLf,
            Fault::LengthAndCoding,
            Fault::TargetTooLong,
            Fault::HeadTooLarge,
            Fault::TooManyHeaders,
            Fault::UnknownCoding,
            Fault::BadVersion,
        ] {
            let error = GatewayError::from(fault);
            assert_eq!(error.problem().status, fault.status(), "{fault}");
            assert!(error.closes_connection());
        }
    }

    #[test]
    fn a_refusal_is_a_problem_that_quotes_the_request() {
        let id = RequestId::new(UNIX_EPOCH);
        let error = GatewayError::PluginFailed { place: 0 };
        assert_eq!(error.reason(), "plugin-failed");
        let response = response(&error.problem(), HeaderMap::new(), &id);
        assert_eq!(response.status(), 503);
        assert_eq!(response.headers()[CONTENT_TYPE], "application/problem+json");
        assert_eq!(response.headers()[CACHE_CONTROL], "no-store");
        let body: serde_json::Value = serde_json::from_slice(response.body()).unwrap();
        assert_eq!(body["type"], "/problems/plugin-failed");
        assert_eq!(body["instance"], format!("urn:uuid:{}", id.as_str()));
        assert!(body["detail"].is_string());
    }

    #[test]
    fn a_refusal_keeps_what_its_plugin_says_of_caching() {
        let headers = HeaderMap::from_iter([(CACHE_CONTROL, HeaderValue::from_static("max-age=60"))]);
        let response = response(&GatewayError::NoRoute.problem(), headers, &RequestId::new(UNIX_EPOCH));
        assert_eq!(response.headers()[CACHE_CONTROL], "max-age=60");
    }
}

//! Retries: which requests are sent again, after which failures, how many at a time, and when.

use std::time::Duration;

use http::{HeaderMap, Method, StatusCode, header::HeaderName};

use crate::random::below;

/// By which a client says that a request may be repeated, whatever its method
/// (draft-ietf-httpapi-idempotency-key-header).
static IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// The longest pause before the first retry; twice as long before each further one.
const BASE: Duration = Duration::from_millis(25);

/// The longest pause.
const LONGEST: Duration = Duration::from_millis(250);

/// Whether a request may be sent again although the upstream may have done what it asks for: its method is idempotent
/// (RFC 9110, section 9.2.2), or it has an `Idempotency-Key`.
#[must_use]
pub fn is_repeatable(method: &Method, fields: &HeaderMap) -> bool {
    let idempotent = [Method::GET, Method::HEAD, Method::OPTIONS, Method::PUT, Method::DELETE, Method::TRACE];
    idempotent.contains(method) || fields.contains_key(&IDEMPOTENCY_KEY)
}

/// What became of a request before a byte of its response went on to the client. A response with status 429 is none of
/// them: who is told to slow down does not come again at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// There was no connection, so that nothing was sent.
    Connect,
    /// The connection broke, or the stream was reset.
    Reset,
    /// No response came in time.
    Timeout,
    /// Status 502.
    BadGateway,
    /// Status 503.
    Unavailable,
    /// Status 504.
    GatewayTimeout,
}

/// A set of failures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failures(u8);

/// Bounds retries by the requests under way, as Envoy's retry budget does: when everything fails, the upstream has a
/// fifth more to do, not a multiple.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Retries under way, in percent of all requests under way.
    pub percent: u32,
    /// Retries that may be under way at one time, however few requests are.
    pub floor: u32,
}

impl Failure {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Connect, Self::Reset, Self::Timeout, Self::BadGateway, Self::Unavailable, Self::GatewayTimeout];

    /// What a response with this status is.
    #[must_use]
    pub fn of(status: StatusCode) -> Option<Self> {
        match status {
            StatusCode::BAD_GATEWAY => Some(Self::BadGateway),
            StatusCode::SERVICE_UNAVAILABLE => Some(Self::Unavailable),
            StatusCode::GATEWAY_TIMEOUT => Some(Self::GatewayTimeout),
            _ => None,
        }
    }

    /// The failure in text: a word, or a status.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Reset => "reset",
            Self::Timeout => "timeout",
            Self::BadGateway => "502",
            Self::Unavailable => "503",
            Self::GatewayTimeout => "504",
        }
    }

    /// Reads the text form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|failure| failure.as_str() == text)
    }
}

impl Failures {
    /// None of them: nothing is sent again.
    pub const NONE: Self = Self(0);

    /// This set and one more failure.
    #[must_use]
    pub const fn with(self, failure: Failure) -> Self {
        Self(self.0 | 1 << failure as u8)
    }

    /// Whether it is one of them.
    #[must_use]
    pub const fn contains(self, failure: Failure) -> bool {
        self.0 & 1 << failure as u8 != 0
    }

    /// Whether a request is sent again after this failure: it is one of the set, and the request is
    /// [repeatable](is_repeatable), or was not sent at all.
    #[must_use]
    pub fn allow(self, failure: Failure, repeatable: bool) -> bool {
        self.contains(failure) && (repeatable || failure == Failure::Connect)
    }
}

impl Default for Failures {
    /// All that cost little time: what was waited for in vain once is not waited for again.
    fn default() -> Self {
        Self::NONE.with(Failure::Connect).with(Failure::Reset).with(Failure::BadGateway).with(Failure::Unavailable)
    }
}

impl FromIterator<Failure> for Failures {
    fn from_iter<T: IntoIterator<Item = Failure>>(failures: T) -> Self {
        failures.into_iter().fold(Self::NONE, Self::with)
    }
}

impl Budget {
    /// Whether one more retry may be under way, where so many are among `live` requests under way, retries and all.
    #[must_use]
    pub fn allows(&self, live: u32, retries: u32) -> bool {
        let share = u64::from(live) * u64::from(self.percent) / 100;
        u64::from(retries) < share.max(self.floor.into())
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self { percent: 20, floor: 3 }
    }
}

/// The pause before a retry, of which the first is 1: anything up to 25 ms, and up to twice as much before each further
/// one, but no more than 250 ms (full jitter: Brooker, "Exponential Backoff And Jitter", 2015).
#[must_use]
pub fn backoff(retry: u32, random: u64) -> Duration {
    let doubled = BASE.saturating_mul(1 << retry.saturating_sub(1).min(16));
    let most = doubled.min(LONGEST).as_nanos() as u64;
    Duration::from_nanos(below(random, most + 1))
}

#[cfg(test)]
mod tests;

//! Requests to upstreams of the gateway's configuration, each by its name and with the grant `upstream:NAME`.
//!
//! The gateway balances, connects, verifies and retries as it does for clients. Waiting costs no CPU time: the worker
//! goes on with other requests meanwhile. Bounded: 16 for each request, 8 at once, 1 MiB of body each way, 10 s.
//! A plugin that waits for callouts runs on fibers, which costs each hook a little; [`Call::send_detached`] does not.
//! Not for chunk hooks and the log hook, which nothing can suspend: there only [`Call::send_detached`] works.

use std::time::Duration;

use serde::de::DeserializeOwned;
use sluice_abi::wire::{self, Header};

use crate::{
    Result,
    field::{FieldValue, Scratch},
    sys,
};

pub use sluice_abi::wire::HostError;

/// A request in the making.
///
/// ```no_run
/// # use sluice_sdk::prelude::*;
/// # fn decide() -> Result<Flow> {
/// let reply = Call::post("policy", "/v1/data/allow")
///     .header("content-type", "application/json")
///     .body(r#"{"input":{}}"#)
///     .timeout(Duration::from_millis(200))
///     .send()?;
/// if reply.status() != 200 {
///     return Ok(Flow::problem(403, "Forbidden"));
/// }
/// # Ok(Flow::next())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "send it"]
pub struct Call {
    wire: wire::Call,
}

/// What the upstream answered, whatever its status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    wire: wire::Reply,
}

/// How long a call may take that does not say.
const DEFAULT_TIMEOUT_MS: u64 = 1_000;

/// Sends several calls at once (at most 8) and waits for all; the answers are in the order of the calls.
#[must_use]
pub fn send_all(calls: impl IntoIterator<Item = Call>) -> Vec<Result<Reply, HostError>> {
    let calls: Vec<wire::Call> = calls.into_iter().map(|call| call.wire).collect();
    let bytes = sys::argument(&calls);
    let replies: Vec<Result<wire::Reply, HostError>> = sys::call(|result| sys::send_all(&bytes, result));
    replies.into_iter().map(|reply| reply.map(|wire| Reply { wire })).collect()
}

// === impl Call ===

impl Call {
    /// A request to the upstream of that name; `path` may have a query.
    pub fn new(method: &str, upstream: &str, path: impl Into<String>) -> Self {
        let wire = wire::Call {
            upstream: upstream.to_owned(),
            method: method.to_owned(),
            path: path.into(),
            headers: Vec::new(),
            body: Vec::new(),
            timeout: DEFAULT_TIMEOUT_MS,
        };
        Self { wire }
    }

    /// A GET request.
    pub fn get(upstream: &str, path: impl Into<String>) -> Self {
        Self::new("GET", upstream, path)
    }

    /// A POST request.
    pub fn post(upstream: &str, path: impl Into<String>) -> Self {
        Self::new("POST", upstream, path)
    }

    /// Adds a field line.
    pub fn header(mut self, name: &str, value: impl FieldValue) -> Self {
        let value = value.bytes(&mut Scratch::default()).to_vec();
        self.wire.headers.push(Header { name: name.to_ascii_lowercase(), value });
        self
    }

    /// The body, at most 1 MiB.
    pub fn body(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.wire.body = bytes.into();
        self
    }

    /// How long it may take in all: 1 s unless said otherwise, 10 s at most.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.wire.timeout = u64::try_from(timeout.as_millis()).unwrap_or(u64::MAX);
        self
    }

    /// Sends it and waits for the answer.
    ///
    /// # Errors
    /// There is none: a missing grant, a bound, a time-out, or an upstream that is out of reach.
    pub fn send(self) -> Result<Reply, HostError> {
        let bytes = sys::argument(&self.wire);
        let reply: Result<wire::Reply, HostError> = sys::call(|result| sys::send(&bytes, result));
        reply.map(|wire| Reply { wire })
    }

    /// Sends it and goes on: nobody learns of the answer. Dropped when 256 of the worker are on their way.
    ///
    /// # Errors
    /// It is not even tried: a missing grant or a bound.
    pub fn send_detached(self) -> Result<(), HostError> {
        let bytes = sys::argument(&self.wire);
        sys::call(|result| sys::post(&bytes, result))
    }
}

// === impl Reply ===

impl Reply {
    /// The status code.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.wire.status
    }

    /// The first field line of that name, if it is UTF-8.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.wire.headers.iter();
        lines.find(|header| header.name.eq_ignore_ascii_case(name)).and_then(Header::text)
    }

    /// All field lines.
    #[must_use]
    pub fn headers(&self) -> &[Header] {
        &self.wire.headers
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.wire.body
    }

    /// The body, if it is UTF-8.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(self.body()).ok()
    }

    /// The body as JSON: a [`config::Value`](crate::config::Value), or any type that serde reads.
    ///
    /// # Errors
    /// It is no JSON, or not of that form.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T> {
        Ok(serde_json::from_slice(self.body())?)
    }
}

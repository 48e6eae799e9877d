//! Native tests of a plugin: no gateway, no Wasm, the same bytes.
//!
//! A [`Harness`] configures the plugin from JSON, sends requests through its hooks, and applies what they return, by
//! the encoders that the gateway uses. Its host has a clock that moves only when told, and the gateway's own limiter.
//!
//! ```
//! use sluice_sdk::{prelude::*, test::*};
//!
//! struct Greet(HeaderName);
//!
//! #[plugin(name = "greet")]
//! impl Plugin for Greet {
//!     fn new(_config: (), setup: &mut Setup) -> Result<Self> {
//!         Ok(Self(setup.header_name("x-greeting")))
//!     }
//!
//!     fn on_response(&self, response: &mut Response<'_>, _state: ()) -> Result<Flow> {
//!         response.set_header(self.0, "hello");
//!         Ok(Flow::next())
//!     }
//! }
//!
//! let mut h = Harness::<Greet>::new(json!({}));
//! let reply = h.get("/orders?page=2").header("accept", "text/plain").from_ip("192.0.2.7").upstream(201).send();
//! assert_eq!(reply.status(), 201);
//! assert_eq!(reply.header("x-greeting"), Some("hello"));
//! assert_eq!(reply.upstream_request().header("accept"), Some("text/plain"));
//! ```

#[cfg(test)]
pub(crate) mod allocations;
mod answer;
mod apply;
mod exchange;
mod harness;
mod headers;
pub(crate) mod host;
mod limits;
mod reply;
mod store;
#[cfg(test)]
mod tests;

pub use std::time::Duration;

pub use serde_json::json;

pub use crate::{
    HostError,
    identity::JwtError,
    load::{PressureSignal, Signal, UpstreamSignal},
    log::Level,
};

pub use answer::{Answer, SentCall};
pub use exchange::Exchange;
pub use harness::Harness;
use host::Store;
pub use host::{Charged, FakeHost};
pub use reply::{Admitted, CachingRules, Problem, Reply, UpstreamRequest};
pub use store::StoreView;

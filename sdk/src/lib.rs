//! Write plugins for the Sluice API gateway.
//!
//! A plugin decides on requests and responses; the gateway does the rest: it counts, verifies, keeps secrets, connects.
//! It is compiled to a core Wasm module that imports nothing but the gateway's own interfaces, and to a native library
//! for its tests. `docs/plugins.md` leads from an empty folder to a running plugin.
//!
//! ```
//! use sluice_sdk::prelude::*;
//!
//! /// Lets each tenant send so many requests a minute.
//! #[derive(Config)]
//! struct Settings {
//!     /// Header that names the tenant.
//!     #[config(default = "x-tenant", header_name)]
//!     header: String,
//!     /// Requests a minute.
//!     #[config(default = 600, range(1..=1_000_000))]
//!     per_minute: u32,
//! }
//!
//! #[derive(State)]
//! struct Seen {
//!     remaining: u32,
//! }
//!
//! struct TenantLimit {
//!     tenant: HeaderSlot,
//!     remaining: HeaderName,
//!     limit: RateLimit,
//! }
//!
//! #[plugin(name = "tenant-limit", order = 300)]
//! impl Plugin for TenantLimit {
//!     type Config = Settings;
//!     type State = Seen;
//!
//!     fn new(settings: Settings, setup: &mut Setup) -> Result<Self> {
//!         Ok(Self {
//!             tenant: setup.request_header(&settings.header),
//!             remaining: setup.header_name("x-remaining"),
//!             limit: setup.rate_limit(Policy::new("tenant", settings.per_minute, Duration::from_secs(60)))?,
//!         })
//!     }
//!
//!     fn on_request(&self, request: &mut Request<'_>) -> Result<Flow<Seen>> {
//!         let Some(tenant) = request.header(self.tenant) else {
//!             return Ok(Flow::problem(400, "Bad Request").detail("Name your tenant."));
//!         };
//!         let decision = self.limit.acquire(tenant, 1);
//!         if !decision.allowed {
//!             return Ok(Flow::too_many(&decision));
//!         }
//!         Ok(Flow::next_with(Seen { remaining: decision.remaining }))
//!     }
//!
//!     fn on_response(&self, response: &mut Response<'_>, seen: Seen) -> Result<Flow<Seen>> {
//!         response.set_header(self.remaining, seen.remaining);
//!         Ok(Flow::next())
//!     }
//! }
//!
//! # fn main() {
//! use sluice_sdk::test::*;
//!
//! let mut h = Harness::<TenantLimit>::new(json!({ "perMinute": 1 }));
//! assert_eq!(h.get("/").header("x-tenant", "acme").send().header("x-remaining"), Some("0"));
//! assert_eq!(h.get("/").header("x-tenant", "acme").send().status(), 429);
//! h.advance(Duration::from_secs(60));
//! assert_eq!(h.get("/").header("x-tenant", "acme").send().status(), 200);
//! Harness::<TenantLimit>::new(json!({ "perMinute": 0 })).expect_schema_error("/perMinute");
//! # }
//! ```
//!
//! - Hooks that the block does not define are never called; [`Flow::next`] skips the response hook of a request.
//! - What a hook changes is applied after it has returned `Ok`; a fault or a trap leaves the message as it was.
//! - `?` turns any error into a fault: the operator reads its message, the client never does.
//! - Reading heads and writing changes do not allocate; configuration and answers do.
//! - An author's crate needs no `unsafe`, and may forbid it.

// The macros name this crate by its name, in its own tests too.
#[cfg(test)]
extern crate self as sluice_sdk;

mod admission;
mod body;
pub mod cache;
mod caching;
pub mod callout;
pub mod clock;
pub mod config;
pub mod crypto;
pub mod current;
mod error;
#[cfg(target_family = "wasm")]
#[doc(hidden)]
pub mod exports;
mod field;
mod flow;
mod guest;
mod hook;
pub mod identity;
pub mod kv;
pub mod limit;
pub mod limits;
pub mod load;
pub mod log;
pub mod metrics;
mod plugin;
pub mod random;
pub mod remote;
mod request;
mod response;
mod setup;
mod sys;
#[cfg(not(target_family = "wasm"))]
pub mod test;

pub use admission::{Admission, PriorityClass};
pub use body::{Body, Chunk};
pub use caching::Caching;
pub use config::Config;
pub use error::{Error, Result};
pub use field::{FieldName, FieldValue, Scratch};
pub use flow::Flow;
pub use hook::Hook;
pub use plugin::{Plugin, State};
pub use request::Request;
pub use response::{Response, Source};
pub use setup::{HeaderName, HeaderSlot, ResponseHeaderSlot, Setup};
/// What became of a request, for the log hook.
pub use sluice_abi::head::Summary;
pub use sluice_abi::wire::HostError;
pub use sluice_sdk_macros::{Config, State, plugin};

/// All that a plugin's source needs: `use sluice_sdk::prelude::*;`.
pub mod prelude {
    pub use std::{collections::BTreeMap, time::Duration};

    pub use crate::{
        Admission, Body, Caching, Chunk, Config, Error, FieldName, FieldValue, Flow, HeaderName, HeaderSlot, Hook,
        HostError, Plugin, PriorityClass, Request, Response, ResponseHeaderSlot, Result, Scratch, Setup, Source, State,
        Summary, bail, cache,
        cache::CacheDirective,
        callout,
        callout::Call,
        clock, crypto,
        crypto::Hmac,
        current, identity,
        identity::Jwt,
        kv, limit,
        limit::{Decision, Policy, RateLimit},
        limits, load, log, metrics,
        metrics::{Counter, Gauge, Histogram, LabelledCounter},
        plugin, random, remote,
    };
}

/// What the macros write; no part of the interface.
#[doc(hidden)]
pub mod __private {
    pub use crate::{
        config::{Bound, Config, Field, Object, ObjectSchema, OneOf, Pattern, Reading, Rules, Schema, Value},
        plugin::{About, Described},
    };
    pub use serde;
    pub use sluice_abi::wire::Hooks;

    #[cfg(target_family = "wasm")]
    pub use crate::exports;
}

use plugin::Described;

/// Compiles what the guide tells authors to write.
#[cfg(doctest)]
#[doc = include_str!("../../docs/plugins.md")]
mod guide {}

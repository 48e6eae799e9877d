//! The data path: the only place that serves clients.
//!
//! [`Gateway::start`] runs worker threads, each with a runtime, listening sockets, upstream connections and log buffer of its own.
//! What they serve from is a [`Live`], built by [`LiveBuilder`] from a snapshot and swapped in whole.
//! `LIFECYCLE.md` beside this file tells the lives of a connection, a request, an upstream connection and a `Live`.

mod addresses;
mod admission;
mod afterwards;
mod answer;
mod balance;
#[doc(hidden)]
pub mod bench;
mod body;
mod cache;
mod callout;
mod certificate;
mod chain;
mod checks;
mod circuit;
mod client;
mod connection;
mod error;
mod exchange;
mod forward;
mod gateway;
mod grpc;
mod kept;
mod limits;
mod listener;
mod live;
mod normalize;
mod origin;
mod overload;
mod pipeline;
mod pool;
mod request_id;
mod settings;
mod throttle;
mod ticks;
pub mod tls;
mod told;
mod upstream;
mod websocket;
mod worker;

#[cfg(test)]
mod tests;

pub use cache::{CacheSettings, HttpCache};
pub use callout::Callouts;
pub use gateway::{Gateway, Listeners, Taken};
pub use gateway_algorithms::network::{Network, NoNetwork};
pub use live::{BuildError, Live, LiveBuilder};
pub use overload::OverloadLimits;
pub use pool::{UpstreamTlsError, check_upstream_tls};
pub use settings::{ConnectionLimits, Proxies, ProxySettings, SaidIn};

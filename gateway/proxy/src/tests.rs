//! The data path over real sockets: raw bytes where framing matters, hyper on both sides where it does not.

mod admission;
mod bodies;
mod caching;
mod callouts;
mod configuration;
mod connections;
mod faults;
mod fibers;
mod forwarding;
mod framing;
mod guest;
mod harness;
mod hostile;
mod hostile_http2;
mod kept;
mod log_hooks;
mod logging;
mod overload;
mod plugins;
mod quarantine;
mod rerouting;
mod routing;
mod shutdown;
mod streaming;
mod tls;
mod upstreams;

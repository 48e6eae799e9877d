//! The data path over real sockets: raw bytes where framing matters, hyper on both sides where it does not.

mod callouts;
mod configuration;
mod connections;
mod forwarding;
mod framing;
mod guest;
mod harness;
mod logging;
mod plugins;
mod shutdown;
mod streaming;
mod tls;
mod upstreams;

//! The data path over real sockets: raw bytes where framing matters, hyper on both sides where it does not.

mod configuration;
mod connections;
mod forwarding;
mod framing;
mod harness;
mod logging;
mod shutdown;
mod streaming;
mod tls;
mod upstreams;

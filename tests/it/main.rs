//! End to end: real sockets, real TLS, real Wasm, a real database. One module for each promise.

mod admin;
mod auth;
mod author;
mod bodies;
mod cache;
mod callout;
mod command_line;
mod compat;
mod compiler;
mod conformance;
mod credentials;
mod examples;
mod faults;
mod grpc;
mod hostile;
mod kept;
mod lifecycle;
mod limits;
mod overload;
mod proxy;
mod rate_limit;
mod restart;
mod ticks;
mod tls;

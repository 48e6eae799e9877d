//! The admin API as its clients see it, over a real configuration service and a store in a file.
//! Only the sandbox is a stand-in: it tells facts by a module's bytes instead of running it.

#![allow(clippy::unwrap_used, reason = "a test that meets an unexpected answer is to stop there")]

mod access;
mod admission;
mod browser;
mod cache;
mod certificates;
mod credentials;
mod document;
mod gateway;
mod graphql_http;
mod history;
mod limits;
mod plugins;
mod probes;
mod resources;
mod routes;
mod runtime;
mod schema;
mod upstreams;

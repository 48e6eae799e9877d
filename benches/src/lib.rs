//! Measures gateways as whole processes under one and the same TLS load.
//!
//! A [`Contender`] is a gateway that runs as a process of its own; [`rounds`] puts the same [`load`] on each in turn and reads
//! from [`cpu`] what a request cost it; [`report`] compares them with the yardstick, the binary `bare_proxy`.
//! `process.rs` beside this crate's manifest is the bench itself; the folder `hook` is another one, of single calls of a plugin.
//! `hostile` and `upload` compare latencies of one gateway with itself, under the load of [`load::paced`].
//! README.md says how to read what they print.

pub mod certificate;
pub mod contender;
pub mod cores;
pub mod cpu;
pub mod load;
pub mod machine;
pub mod process;
pub mod report;
pub mod rounds;
pub mod statistics;
pub mod table;

pub use contender::{Contender, Surroundings};

/// Host name that every contender serves and its certificate names.
pub const SERVER_NAME: &str = "bench.test";

/// Path that is asked for.
pub const PATH: &str = "/bench";

/// Size of the upstream's answer in bytes; the load generator insists on it.
pub const RESPONSE_BYTES: usize = 1024;

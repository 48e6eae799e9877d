//! Algorithms that compute and never act: no clock, no randomness, no I/O of their own.
//!
//! `now` is always an argument, so every promise made here can be tested by table and by property.
#![warn(missing_docs)]

pub mod active;
pub mod admission;
pub mod authority;
pub mod balance;
pub mod breaker;
pub mod caching;
#[cfg(feature = "calendar")]
pub mod calendar;
pub mod concurrency;
pub mod flood;
pub mod forwarded;
pub mod framing;
pub mod limit;
pub mod network;
pub mod outlier;
pub mod path;
pub mod priority;
pub mod proxy_protocol;
mod random;
pub mod retry;
pub mod trace;
pub mod websocket;

//! Balancing: which endpoint of an upstream takes a request.
//!
//! First [`Shares`] say which group of endpoints it is, by their priorities and by how many of each are usable. Then
//! one of three ways finds an endpoint in the group:
//!
//! - [`Smooth`] takes turns, by weight.
//! - [`two_choices`] takes the better one of two at random: by requests under way, or by [`Ewma`], which knows
//!   latencies too.
//! - [`Ring`] sends what has the same hash to the same endpoint, as long as that has no more than its part of the load.
//!
//! None of them knows why an endpoint is usable or not: that is a closure of the caller, which may change its mind
//! while it is asked, as other threads eject endpoints. None allocates once it is built. Endpoints are named by their
//! place in a list.

mod choice;
mod ewma;
mod hash;
mod priority;
mod ring;
mod slow_start;
mod smooth;
#[cfg(test)]
mod tests;

pub use self::{
    choice::{per_weight, two_choices},
    ewma::Ewma,
    hash::stable_hash,
    priority::{DEFAULT_PANIC_PERCENT, Group, MAX_GROUPS, Pick, Shares},
    ring::Ring,
    slow_start::slow_start,
    smooth::Smooth,
};

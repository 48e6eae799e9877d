//! Balancing: which endpoint of an upstream takes a request.
//!
//! One of two ways finds an endpoint:
//!
//! - [`Smooth`] takes turns, by weight.
//! - [`two_choices`] takes the better one of two at random: by requests under way, or by [`Ewma`], which knows
//!   latencies too.
//!
//! None of them knows why an endpoint is usable or not: that is a closure of the caller, which may change its mind
//! while it is asked, as other threads eject endpoints. None allocates once it is built. Endpoints are named by their
//! place in a list.

mod choice;
mod ewma;
mod slow_start;
mod smooth;
#[cfg(test)]
mod tests;

pub use self::{
    choice::{per_weight, two_choices},
    ewma::Ewma,
    slow_start::slow_start,
    smooth::Smooth,
};

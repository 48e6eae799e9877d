//! Which target of an upstream takes a request, and which are left out.
//!
//! What is known of a target is in its [`Endpoint`], shared by all workers and by all revisions in which the upstream
//! has it. A [`Balancer`] is how a revision shares requests between them. A request reads a few atomics of them, and
//! counts itself; only failures, and a success that follows one, take a lock, that of the target concerned.
//!
//! The decisions are made in `gateway-algorithms`; here are the clocks, counters and random numbers.

mod balancer;
mod crowd;
mod endpoint;
mod key;
#[cfg(test)]
mod tests;

pub(crate) use self::{
    balancer::{Balancer, Turns},
    crowd::Retrying,
    endpoint::Endpoint,
};

//! Limits: how much may pass, as pure functions of a key's state, the time and the cost of a request.
//!
//! All answer in the same words, a [`Decision`], and all keep the same promises:
//!
//! - A refused request takes nothing and leaves the state as it was; only what another configuration of the limit has
//!   left behind may be cut to what this one allows.
//! - A request that was refused with `retry_after` passes at that moment, if nobody else came, and not a nanosecond
//!   before. [`Concurrency`] cannot tell the moment and promises none.
//! - A cost of 0 passes and changes nothing; a cost above the limit never passes, and the answer says so.
//!
//! Times are nanoseconds of one steady clock. Threads that read it may come here in another order than they read it:
//! every limit takes a time before the one it has seen last as a late message, and forgives nothing because of it.
//!
//! `gateway/algorithms/vectors` has cases of every limit for whoever implements them elsewhere.

mod algorithm;
mod concurrency;
mod error;
mod fixed_window;
mod gcra;
mod leaky_bucket;
mod sliding_log;
mod sliding_window;

pub use self::{
    algorithm::{Algorithm, Kind},
    concurrency::Concurrency,
    error::{CountError, RateError},
    fixed_window::{Counted, FixedWindow},
    gcra::Gcra,
    leaky_bucket::LeakyBucket,
    sliding_log::{Log, SlidingLog},
    sliding_window::{Sliding, SlidingWindow},
};

/// What became of a request, and what the client may be told. All times are in nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Whether the request passes; if not, it has taken nothing.
    pub admitted: bool,
    /// Time that an admitted request has to wait before it goes on; above 0 only by [`LeakyBucket`].
    pub delay: u64,
    /// Requests of cost 1 that would still pass at this instant; after a refusal above 0 only when the cost was above 1.
    pub remaining: u64,
    /// Time until one more of them would pass; 0 when the whole limit is available, or when only the end of another
    /// request brings it back.
    pub more_after: u64,
    /// Time until the same request would pass: 0 when this one did, `None` when its cost is above the limit and it never
    /// will. 0 after a refusal says that no moment is known: as soon as others end ([`Concurrency`]).
    pub retry_after: Option<u64>,
}

/// The longest window that is counted in a store that nodes share, in nanoseconds: 52 days. Two of them are still exact
/// in its floating point.
pub const LONGEST_SHARED_WINDOW: u64 = 1 << 52;

/// A limit of one key.
pub trait Limit {
    /// What is remembered of a key; a key never seen has the default.
    type State: Default + Clone;

    /// The most that can pass at one instant.
    fn limit(&self) -> u64;

    /// The time in which a spent limit comes back whole, in nanoseconds; `None` when time does not bring it back.
    fn window(&self) -> Option<u64>;

    /// Decides a request of `cost` at `now`, and takes what it costs if it passes.
    fn decide(&self, state: &mut Self::State, now: u64, cost: u32) -> Decision;

    /// What [`Limit::decide`] would answer; takes nothing.
    fn peek(&self, state: &Self::State, now: u64, cost: u32) -> Decision;

    /// Undoes an admission: `taken_at` is the `now` of that decision, `cost` its cost.
    ///
    /// Outcomes are as if the request had never come when nothing else came in between. What time has brought back
    /// meanwhile is not given twice by the windows and the log; GCRA and the leaky bucket do not know what came back
    /// to whom, and give at most the cost.
    fn give_back(&self, state: &mut Self::State, taken_at: u64, cost: u32);

    /// Time until a key never seen behaves like this one, in nanoseconds; 0 when it does now, `u64::MAX` when time does
    /// not help.
    fn rest_after(&self, state: &Self::State, now: u64) -> u64;

    /// Whether a key never seen behaves like this one.
    fn rests(&self, state: &Self::State, now: u64) -> bool {
        self.rest_after(state, now) == 0
    }

    /// Whether a request of `cost` would be refused.
    fn refuses(&self, state: &Self::State, now: u64, cost: u32) -> bool {
        !self.peek(state, now, cost).admitted
    }
}

impl Decision {
    /// The request passes at once.
    fn admit(remaining: u64, more_after: u64) -> Self {
        Self { admitted: true, delay: 0, remaining, more_after, retry_after: Some(0) }
    }

    /// The request does not pass.
    fn refuse(remaining: u64, more_after: u64, retry_after: Option<u64>) -> Self {
        Self { admitted: false, delay: 0, remaining, more_after, retry_after }
    }
}

#[cfg(test)]
mod tests;

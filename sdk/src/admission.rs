//! How a request is admitted to its upstream, where that has a limit of requests at one time.

#[cfg(test)]
mod tests;

use std::time::Duration;

use sluice_abi::outcome::{self, Operation};

/// How important a request is, the most important first.
pub use sluice_abi::outcome::PriorityClass;

/// How a request waits for its upstream, and what it gets if it waits in vain; for
/// [`Request::admit`](crate::Request::admit).
///
/// ```
/// # use sluice_sdk::prelude::*;
/// # fn example(request: &mut Request<'_>, tenant: &str) {
/// let patience = Duration::from_millis(100);
/// request.admit(Admission::class(PriorityClass::Low).max_wait(patience).fair_by(tenant).or_stale("search"));
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "hand it to Request::admit"]
pub struct Admission<'a> {
    abi: outcome::Admission<'a>,
}

impl<'a> Admission<'a> {
    /// As requests of this class wait.
    pub fn class(class: PriorityClass) -> Self {
        Self { abi: outcome::Admission::of(class) }
    }

    /// The longest wait for a slot, if that is shorter than the class's own; with zero it does not wait.
    pub fn max_wait(mut self, wait: Duration) -> Self {
        self.abi.max_wait = Some(u64::try_from(wait.as_millis()).unwrap_or(u64::MAX));
        self
    }

    /// With whom the request shares its turns in the queue; with those of its consumer, or of the client's address, if
    /// nothing is said.
    pub fn fair_by(mut self, key: &'a str) -> Self {
        self.abi.fairness_key = Some(key);
        self
    }

    /// Answers with the response that [`Response::store`](crate::Response::store) keeps under `key`, if there is one,
    /// when there is no capacity for the request. Needs the grant `cache` besides.
    pub fn or_stale(mut self, key: &'a str) -> Self {
        self.abi.stale = Some(key);
        self
    }

    pub(crate) fn operation(self) -> Operation<'a> {
        Operation::Admit(self.abi)
    }
}

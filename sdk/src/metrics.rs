//! Counters.

use crate::{Error, Result, sys};

/// A counter of the attachment; cheap to copy, made by [`Setup::counter`](crate::Setup::counter).
#[derive(Clone, Copy, Debug)]
pub struct Counter(u32);

impl Counter {
    pub(crate) fn define(name: &str) -> Result<Self> {
        let defined: Result<u32, String> = sys::call(|result| sys::define_counter(name, result));
        defined.map(Self).map_err(|reason| Error::new(format!("counter {name:?}: {reason}")))
    }

    /// Counts one event.
    pub fn increment(self) {
        self.add(1);
    }

    /// Counts `events` of them.
    pub fn add(self, events: u64) {
        sys::add(self.0, events);
    }
}

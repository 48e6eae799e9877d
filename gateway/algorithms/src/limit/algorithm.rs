//! What a policy holds: one of the limits.

use super::{Concurrency, FixedWindow, Gcra, LeakyBucket, Limit, SlidingLog, SlidingWindow};

/// One of the limits, with its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// A rate and a burst.
    Gcra(Gcra),
    /// A rate, and a queue for what is faster.
    LeakyBucket(LeakyBucket),
    /// A count for each window.
    FixedWindow(FixedWindow),
    /// A count for any window, estimated.
    SlidingWindow(SlidingWindow),
    /// A count for any window, exact.
    SlidingLog(SlidingLog),
    /// A count in flight.
    Concurrency(Concurrency),
}

/// Which of the limits; states of one kind are understood by no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// [`Gcra`].
    Gcra,
    /// [`LeakyBucket`].
    LeakyBucket,
    /// [`FixedWindow`].
    FixedWindow,
    /// [`SlidingWindow`].
    SlidingWindow,
    /// [`SlidingLog`].
    SlidingLog,
    /// [`Concurrency`].
    Concurrency,
}

impl Algorithm {
    /// Which of them.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Gcra(_) => Kind::Gcra,
            Self::LeakyBucket(_) => Kind::LeakyBucket,
            Self::FixedWindow(_) => Kind::FixedWindow,
            Self::SlidingWindow(_) => Kind::SlidingWindow,
            Self::SlidingLog(_) => Kind::SlidingLog,
            Self::Concurrency(_) => Kind::Concurrency,
        }
    }

    /// The most that can pass at one instant: the quota to publish.
    #[must_use]
    pub fn limit(&self) -> u64 {
        match self {
            Self::Gcra(limit) => limit.limit(),
            Self::LeakyBucket(limit) => limit.limit(),
            Self::FixedWindow(limit) => limit.limit(),
            Self::SlidingWindow(limit) => limit.limit(),
            Self::SlidingLog(limit) => limit.limit(),
            Self::Concurrency(limit) => limit.limit(),
        }
    }

    /// The time in which a spent limit comes back whole, in nanoseconds; `None` when time does not bring it back.
    #[must_use]
    pub fn window(&self) -> Option<u64> {
        match self {
            Self::Gcra(limit) => limit.window(),
            Self::LeakyBucket(limit) => limit.window(),
            Self::FixedWindow(limit) => limit.window(),
            Self::SlidingWindow(limit) => limit.window(),
            Self::SlidingLog(limit) => limit.window(),
            Self::Concurrency(limit) => limit.window(),
        }
    }
}

macro_rules! from {
    ($($name:ident)*) => {
        $(impl From<$name> for Algorithm {
            fn from(limit: $name) -> Self {
                Self::$name(limit)
            }
        })*
    };
}

from!(Gcra LeakyBucket FixedWindow SlidingWindow SlidingLog Concurrency);

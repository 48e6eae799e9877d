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
    /// What one of `nodes` nodes has of it when each counts by itself: divided, and at least 1.
    #[must_use]
    pub fn share(&self, nodes: u32) -> Self {
        let part = |limit: u64| (limit / u64::from(nodes.max(1))).max(1);
        let whole = "a limit that is divided stays within bounds";
        match self {
            Self::Gcra(limit) => limit.share(nodes).into(),
            Self::LeakyBucket(limit) => limit.share(nodes).into(),
            Self::FixedWindow(it) => FixedWindow::new(part(it.limit()), it.window().unwrap_or(1)).expect(whole).into(),
            Self::SlidingWindow(it) => {
                SlidingWindow::new(part(it.limit()), it.window().unwrap_or(1)).expect(whole).into()
            }
            Self::SlidingLog(it) => SlidingLog::new(part(it.limit()), it.window().unwrap_or(1)).expect(whole).into(),
            // In flight counts on each node by itself in any case.
            Self::Concurrency(limit) => (*limit).into(),
        }
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_a_part_of_the_limit_and_at_least_one() {
        let second = 1_000_000_000;
        for (algorithm, expected) in [
            (Algorithm::from(Gcra::new(90.0, 10).unwrap()), Algorithm::from(Gcra::new(30.0, 3).unwrap())),
            (LeakyBucket::new(90.0, 11, 5).unwrap().into(), LeakyBucket::new(30.0, 3, 1).unwrap().into()),
            (FixedWindow::new(10, second).unwrap().into(), FixedWindow::new(3, second).unwrap().into()),
            (SlidingWindow::new(2, second).unwrap().into(), SlidingWindow::new(1, second).unwrap().into()),
            (SlidingLog::new(7, second).unwrap().into(), SlidingLog::new(2, second).unwrap().into()),
            (Concurrency::new(9).unwrap().into(), Concurrency::new(9).unwrap().into()),
        ] {
            let share = algorithm.share(3);
            assert_eq!((share.kind(), share.limit()), (expected.kind(), expected.limit()));
            assert!(share.window().unwrap_or(0).abs_diff(expected.window().unwrap_or(0)) <= 30, "{share:?}");
        }
    }
}

//! What is charged: limits and quotas under keys, all or nothing, and what is counted beside them.

use std::{ops::Range, sync::Arc};

use gateway_algorithms::limit::{Algorithm, Decision, LONGEST_SHARED_WINDOW as LONGEST_WINDOW};

/// The greatest limit that a store counts, so that it is exact in its floating point.
pub const GREATEST_LIMIT: u64 = 1 << 52;

/// Draws of one charge at most, with those of usage.
pub const DRAWS: usize = 64;

/// Why something cannot be counted in a store.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LimitError {
    /// Braces would end the part of a key that says where it is, and so mix groups up.
    #[error("the group {0:?} cannot name counters: give 1 to 128 bytes without {{ and }}")]
    Group(String),
    /// A node that dies would never give back what its requests have taken.
    #[error("requests in flight are not counted in a store: use the mode local for a concurrency limit")]
    Concurrency,
    /// Slices of these would not add up to the limit.
    #[error("a {0} is not leased: use the mode exact, or a rate with a burst or a fixed window")]
    Leased(&'static str),
    /// Longer than the arithmetic of scripts is exact.
    #[error(
        "a window of {0} ns is too long for a store: give at most {LONGEST_WINDOW}, which is 52 days, or use a quota"
    )]
    Window(u64),
    /// More than the arithmetic of scripts is exact.
    #[error("a limit of {0} is too great for a store: give at most {GREATEST_LIMIT}")]
    Limit(u64),
}

/// Counters that are charged together, such as those of one consumer: they are in one slot of a cluster.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Group(Arc<str>);

/// A limit that a store can count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SharedLimit {
    algorithm: Algorithm,
    pub(super) numbers: Numbers,
}

/// A limit as the script wants it: its kind, and three numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Numbers {
    pub(super) kind: &'static str,
    pub(super) of: [i64; 3],
}

/// What may be used in one period of the calendar, which the caller has looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeriodQuota {
    /// Requests in each period.
    pub limit: u64,
    /// What this period has more, or less.
    pub adjustment: i64,
    /// When the period began and when it ends, in milliseconds since 1970.
    pub period: PeriodSpan,
    /// The moment that the period was looked up for, in milliseconds since 1970.
    pub now_ms: u64,
}

/// A stretch of time, in milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PeriodSpan {
    /// Its first millisecond.
    pub start_ms: u64,
    /// The first millisecond after it.
    pub end_ms: u64,
}

/// What a draw is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// A limit that time brings back.
    Limit(SharedLimit),
    /// A quota of a period.
    Quota(PeriodQuota),
}

/// One of the limits of a charge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draw {
    /// Whose limit of which policy this is, within the group.
    pub key: String,
    /// What it is.
    pub measure: Measure,
    /// What is taken.
    pub cost: u32,
}

/// Something to be counted by day, which never refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usage {
    /// Whose usage of what, within the group.
    pub key: String,
    /// The local date, as `2026-01-31`.
    pub date: String,
    /// What is added.
    pub amount: u32,
}

/// Draws of one group that are taken all or none, and usage that is counted if they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charge {
    /// Where the counters are.
    pub group: Group,
    /// The limits; at most [`DRAWS`] with the usage.
    pub draws: Vec<Draw>,
    /// What is counted when all draws are taken.
    pub usage: Vec<Usage>,
}

/// What became of a charge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charged {
    /// The moment by the store's clock, in nanoseconds since 1970: what giving back wants to know.
    pub at: u64,
    /// A decision for each draw, in their order. If one refuses nothing was taken, and those that would have passed say
    /// what there is.
    pub decisions: Vec<Decision>,
}

impl Charged {
    /// Whether all draws were taken.
    #[must_use]
    pub fn admitted(&self) -> bool {
        self.decisions.iter().all(|decision| decision.admitted)
    }
}

impl Group {
    /// # Errors
    /// [`LimitError::Group`].
    pub fn new(name: &str) -> Result<Self, LimitError> {
        if name.is_empty() || name.len() > 128 || name.contains(['{', '}']) {
            return Err(LimitError::Group(name.to_owned()));
        }
        Ok(Self(name.into()))
    }

    pub(super) fn key(&self, kind: &str, key: &str) -> String {
        format!("sluice:{{{}}}:{kind}:{key}", self.0)
    }
}

impl SharedLimit {
    /// A limit that is counted exactly.
    ///
    /// # Errors
    /// [`LimitError`] for what a store cannot count.
    pub fn new(algorithm: impl Into<Algorithm>) -> Result<Self, LimitError> {
        let algorithm = algorithm.into();
        let limit = algorithm.limit();
        let window = algorithm.window().ok_or(LimitError::Concurrency)?;
        let (kind, undelayed) = match algorithm {
            Algorithm::Gcra(_) => ("g", -1),
            Algorithm::LeakyBucket(bucket) => ("b", i64::from(bucket.undelayed())),
            Algorithm::FixedWindow(_) => ("f", 0),
            Algorithm::SlidingWindow(_) => ("s", 0),
            Algorithm::SlidingLog(_) => ("l", 0),
            Algorithm::Concurrency(_) => return Err(LimitError::Concurrency),
        };
        if window > LONGEST_WINDOW {
            return Err(LimitError::Window(window));
        }
        if limit > GREATEST_LIMIT {
            return Err(LimitError::Limit(limit));
        }
        let [limit, window] = [limit, window].map(|number| i64::try_from(number).expect("it is within 52 bits"));
        let of = if matches!(kind, "g" | "b") { [window / limit, limit, undelayed] } else { [limit, window, 0] };
        Ok(Self { algorithm, numbers: Numbers { kind, of } })
    }

    pub(super) fn is_window(&self) -> bool {
        matches!(self.algorithm, Algorithm::FixedWindow(_))
    }

    /// What it counts by.
    #[must_use]
    pub fn algorithm(&self) -> &Algorithm {
        &self.algorithm
    }
}

impl From<Range<u64>> for PeriodSpan {
    fn from(bounds: Range<u64>) -> Self {
        Self { start_ms: bounds.start, end_ms: bounds.end }
    }
}

impl PeriodQuota {
    /// What is left of the period, in nanoseconds, but not less than one.
    pub(super) fn ends_after(&self) -> u64 {
        self.period.end_ms.saturating_sub(self.now_ms).saturating_mul(1_000_000).max(1)
    }

    /// Kept an hour beyond the end, for nodes whose clocks are late.
    pub(super) fn numbers(&self) -> Numbers {
        let most = |number: u64| i64::try_from(number.min(GREATEST_LIMIT)).expect("it is within 53 bits");
        let allowance = most(self.limit).saturating_add(self.adjustment).clamp(-(1 << 52), 1 << 52);
        let keep = most(self.ends_after() / 1_000_000) + 3_600_000;
        Numbers { kind: "q", of: [allowance, most(self.limit), keep] }
    }
}

impl Measure {
    pub(super) fn numbers(&self) -> Numbers {
        match self {
            Self::Limit(limit) => limit.numbers,
            Self::Quota(quota) => quota.numbers(),
        }
    }

    /// Where it is counted. The key of a quota has the period in it, so that each begins with nothing used.
    pub(super) fn key(&self, group: &Group, key: &str) -> String {
        match self {
            Self::Limit(limit) => group.key(limit.numbers.kind, key),
            Self::Quota(quota) => quota_key(group, key, quota.period),
        }
    }
}

pub(super) fn quota_key(group: &Group, key: &str, period: PeriodSpan) -> String {
    group.key("q", &format!("{}:{key}", period.start_ms))
}

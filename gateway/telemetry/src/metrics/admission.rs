//! How requests are admitted to an upstream: what was made to wait, what was turned away, and how the limit moved.

use std::{
    collections::VecDeque,
    fmt,
    sync::{Arc, Weak},
    time::{Duration, SystemTime},
};

use parking_lot::Mutex;

use crate::instrument::{Counter, Histogram};

/// The values of the label `class`, the most important class first.
pub const CLASSES: [&str; 4] = ["critical", "high", "normal", "low"];

/// Changes of a limit that are remembered.
const MOST_CHANGES: usize = 128;

/// The instruments of the admission to one upstream; clones share them.
#[derive(Clone, Debug)]
pub struct AdmissionMetrics(Arc<Instruments>);

#[derive(Debug)]
struct Instruments {
    classes: [ClassMetrics; CLASSES.len()],
    limit_changes: [Counter; LimitCause::ALL.len()],
    /// Locked when a limit changes, a few times a second at most, and when somebody looks.
    changes: Mutex<VecDeque<LimitChange>>,
    source: Mutex<Option<Source>>,
}

/// What happens to the requests of one class.
#[derive(Clone, Debug)]
pub struct ClassMetrics {
    /// How long requests waited that were admitted. Those that found a slot at once are not among them.
    pub waited: Histogram,
    refused: [Counter; AdmissionRefusal::ALL.len()],
}

/// Why a request was turned away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AdmissionRefusal {
    QueueFull,
    QueueMemory,
    FlowFull,
    TooLong,
    Deadline,
    Shed,
    /// The gateway itself has too much to do.
    Overload,
}

/// Why a limit changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitCause {
    Headroom,
    Latency,
    Probe,
    Measured,
    Overloaded,
    Configured,
}

/// One change of a limit of concurrency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LimitChange {
    pub time: SystemTime,
    pub from: u32,
    pub to: u32,
    pub cause: LimitCause,
    /// The mean time to a response's head when it changed; none when nothing was measured.
    pub latency: Option<Duration>,
}

/// How it stands with an upstream now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AdmissionStatus {
    /// The most requests at one time.
    pub limit: u32,
    /// Requests that hold a slot.
    pub in_flight: u32,
    /// Requests that wait, by class.
    pub waiting: [u32; CLASSES.len()],
    /// Memory that they hold, in bytes.
    pub waiting_bytes: u64,
    /// How long the one has waited that has waited longest.
    pub longest_wait: Duration,
    /// Time to a response's head, over the last seconds; zero when there was none.
    pub latency_p50: Duration,
    pub latency_p90: Duration,
    /// Requests without an answer, or with one of status 500 and above, of a thousand.
    pub error_permille: u32,
    /// Time to a response's head without load, where it is known.
    pub unloaded_latency: Option<Duration>,
}

/// Who knows how it stands.
pub trait AdmissionSource: Send + Sync {
    /// How it stands now.
    fn status(&self) -> AdmissionStatus;
}

struct Source(Weak<dyn AdmissionSource>);

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Source")
    }
}

impl AdmissionMetrics {
    pub(super) fn new(workers: usize) -> Self {
        let class = |_| ClassMetrics {
            waited: Histogram::new(workers),
            refused: AdmissionRefusal::ALL.map(|_| Counter::new(workers)),
        };
        Self(Arc::new(Instruments {
            classes: std::array::from_fn(class),
            limit_changes: LimitCause::ALL.map(|_| Counter::new(workers)),
            changes: Mutex::default(),
            source: Mutex::default(),
        }))
    }

    /// From now on `source` is asked how it stands, for as long as it lives; with none there is nothing to tell.
    pub fn set_source(&self, source: Option<Weak<dyn AdmissionSource>>) {
        *self.0.source.lock() = source.map(Source);
    }

    /// How it stands; none where requests are admitted without limit.
    #[must_use]
    pub fn status(&self) -> Option<AdmissionStatus> {
        let source = self.0.source.lock().as_ref().and_then(|source| source.0.upgrade());
        source.map(|source| source.status())
    }

    /// The instruments of a class, by its place in [`CLASSES`].
    #[must_use]
    pub fn class(&self, rank: usize) -> &ClassMetrics {
        &self.0.classes[rank]
    }

    /// A limit has changed.
    pub fn changed(&self, change: LimitChange) {
        self.0.limit_changes[change.cause as usize].add(1);
        let mut changes = self.0.changes.lock();
        if changes.len() == MOST_CHANGES {
            changes.pop_front();
        }
        changes.push_back(change);
    }

    /// How often a limit changed for that reason.
    #[must_use]
    pub fn changes_by(&self, cause: LimitCause) -> u64 {
        self.0.limit_changes[cause as usize].value()
    }

    /// Whether anything was ever counted.
    pub(super) fn has_counts(&self) -> bool {
        let class = |class: &ClassMetrics| class.waited.count() + class.all_refused() > 0;
        self.0.classes.iter().any(class) || LimitCause::ALL.into_iter().any(|cause| self.changes_by(cause) > 0)
    }

    /// The last changes of the limit, the newest first.
    #[must_use]
    pub fn changes(&self) -> Vec<LimitChange> {
        self.0.changes.lock().iter().rev().copied().collect()
    }
}

impl ClassMetrics {
    /// How many requests were turned away for that reason.
    #[must_use]
    pub fn refused(&self, refusal: AdmissionRefusal) -> &Counter {
        &self.refused[refusal as usize]
    }

    fn all_refused(&self) -> u64 {
        self.refused.iter().map(Counter::value).sum()
    }
}

impl AdmissionRefusal {
    /// All reasons, each at the place that its number names.
    pub const ALL: [Self; 7] =
        [Self::QueueFull, Self::QueueMemory, Self::FlowFull, Self::TooLong, Self::Deadline, Self::Shed, Self::Overload];

    /// The value of the label `reason`; also what the access log says.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::QueueFull => "queue_full",
            Self::QueueMemory => "queue_memory",
            Self::FlowFull => "flow_full",
            Self::TooLong => "too_long",
            Self::Deadline => "deadline",
            Self::Shed => "shed",
            Self::Overload => "overload",
        }
    }
}

impl LimitCause {
    /// All causes, each at the place that its number names.
    pub const ALL: [Self; 6] =
        [Self::Headroom, Self::Latency, Self::Probe, Self::Measured, Self::Overloaded, Self::Configured];

    /// The value of the label `cause`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Headroom => "headroom",
            Self::Latency => "latency",
            Self::Probe => "probe",
            Self::Measured => "measured",
            Self::Overloaded => "overloaded",
            Self::Configured => "configured",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_changes_are_remembered_the_newest_first() {
        let metrics = AdmissionMetrics::new(1);
        for to in 0..200 {
            let change =
                LimitChange { time: SystemTime::now(), from: to, to: to + 1, cause: LimitCause::Probe, latency: None };
            metrics.changed(change);
        }
        let changes = metrics.changes();
        assert_eq!((changes.len(), changes[0].to, metrics.changes_by(LimitCause::Probe)), (MOST_CHANGES, 200, 200));
    }

    #[test]
    fn there_is_a_status_while_somebody_knows_it() {
        struct Known;
        impl AdmissionSource for Known {
            fn status(&self) -> AdmissionStatus {
                AdmissionStatus { limit: 7, ..AdmissionStatus::default() }
            }
        }
        let metrics = AdmissionMetrics::new(1);
        assert_eq!(metrics.status(), None);
        let known: Arc<dyn AdmissionSource> = Arc::new(Known);
        metrics.set_source(Some(Arc::downgrade(&known)));
        assert_eq!(metrics.status().map(|status| status.limit), Some(7));
        drop(known);
        assert_eq!(metrics.status(), None);
    }
}

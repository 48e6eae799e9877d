//! Admission to upstreams as it is configured; how it stands is in `status`.

mod input;
mod status;

use async_graphql::{Enum, SimpleObject};
use gateway_model as model;

pub(crate) use self::{
    input::{AdmissionInput, patched},
    status::AdmissionStatus,
};
use super::scalar::Long;

/// Admission to an upstream: every request takes a slot, and waits in order of its class while there is none.
#[derive(SimpleObject)]
pub(crate) struct Admission {
    /// How many requests the upstream has at one time, from each node.
    concurrency: Concurrency,
    /// What may wait, on each node.
    queue: AdmissionQueue,
    /// How each class waits.
    classes: AdmissionClasses,
    /// Whether responses tell their class and how long they waited, in `Server-Timing`.
    announce: bool,
}

/// How many requests an upstream has at one time, from each node.
#[derive(SimpleObject)]
pub(crate) struct Concurrency {
    /// How the limit is found.
    algorithm: ConcurrencyAlgorithm,
    /// The limit of `FIXED`; where the others begin.
    initial: u32,
    /// The limit never falls below.
    min: u32,
    /// The limit never rises above.
    max: u32,
    /// For `AIMD`: the longest mean time to a response's head that is still good, in milliseconds; null if there is none.
    latency_ms: Option<u32>,
}

/// How a limit of concurrency is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "model::ConcurrencyAlgorithm")]
pub(crate) enum ConcurrencyAlgorithm {
    /// By how response times grow with it.
    Gradient,
    /// Up by one while responses come in time, down by a tenth when they do not.
    Aimd,
    /// It is given.
    Fixed,
}

/// What may wait for a slot of an upstream, on each node.
#[derive(SimpleObject)]
pub(crate) struct AdmissionQueue {
    /// Requests; 0 for no queue, where what finds no slot is refused.
    max_requests: u32,
    /// Memory of their heads, and of bodies that plugins had kept whole.
    max_bytes: Long,
}

/// How each class waits.
#[derive(SimpleObject)]
pub(crate) struct AdmissionClasses {
    /// The class that goes first.
    critical: ClassRule,
    /// The class after it.
    high: ClassRule,
    /// The class of requests of which nothing else is said.
    normal: ClassRule,
    /// The class that goes last.
    low: ClassRule,
}

/// How a class waits.
#[derive(SimpleObject)]
pub(crate) struct ClassRule {
    /// The longest wait for a slot, in milliseconds.
    max_wait_ms: u32,
    /// Of 100 slots that come free while the class waits, so many go to it even if classes above wait too.
    share: u32,
}

impl From<&model::Admission> for Admission {
    fn from(admission: &model::Admission) -> Self {
        let model::Admission { concurrency, queue, classes, announce } = *admission;
        Self {
            concurrency: concurrency.into(),
            queue: AdmissionQueue { max_requests: queue.max_requests, max_bytes: queue.max_bytes.into() },
            classes: classes.into(),
            announce,
        }
    }
}

impl From<model::Concurrency> for Concurrency {
    fn from(concurrency: model::Concurrency) -> Self {
        let model::Concurrency { algorithm, initial, min, max, latency_ms } = concurrency;
        Self { algorithm: algorithm.into(), initial, min, max, latency_ms }
    }
}

impl From<model::Classes> for AdmissionClasses {
    fn from(classes: model::Classes) -> Self {
        let rule = |model::ClassRule { max_wait_ms, share }| ClassRule { max_wait_ms, share };
        let model::Classes { critical, high, normal, low } = classes;
        Self { critical: rule(critical), high: rule(high), normal: rule(normal), low: rule(low) }
    }
}

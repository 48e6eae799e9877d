//! Admission: how many requests an upstream has at one time, and who waits for how long when it has them.

use gateway_algorithms::priority::PriorityClass;
use serde::{Deserialize, Serialize};

/// Admission to an upstream: every request takes a slot, and waits in order of its class while there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Admission {
    pub concurrency: Concurrency,
    pub queue: Queue,
    pub classes: Classes,
    /// Whether responses tell their class and how long they waited, in `Server-Timing`.
    #[serde(skip_serializing_if = "is_default")]
    pub announce: bool,
}

/// How many requests the upstream has at one time, from this node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Concurrency {
    pub algorithm: ConcurrencyAlgorithm,
    /// The limit of `FIXED`; where the others begin.
    pub initial: u32,
    /// The limit never falls below.
    pub min: u32,
    /// The limit never rises above.
    pub max: u32,
    /// For `AIMD`: the longest mean time to a response's head that is still good, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latency_ms: Option<u32>,
}

/// How the limit is found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ConcurrencyAlgorithm {
    /// By how response times grow with it.
    #[default]
    Gradient,
    /// Up by one while responses come in time on average, down by a tenth when they do not.
    Aimd,
    /// It is given.
    Fixed,
}

/// What may wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Queue {
    /// 0 for no queue: what finds no slot is refused.
    pub max_requests: u32,
    /// Memory of their heads, and of bodies that plugins had kept whole.
    pub max_bytes: u64,
}

/// The rules of each class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Classes {
    pub critical: ClassRule,
    pub high: ClassRule,
    pub normal: ClassRule,
    pub low: ClassRule,
}

/// How a class waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ClassRule {
    /// The longest wait for a slot, in milliseconds.
    pub max_wait_ms: u32,
    /// Of 100 slots that come free while the class waits, so many go to it even if classes above wait too.
    pub share: u32,
}

impl Default for Concurrency {
    fn default() -> Self {
        Self { algorithm: ConcurrencyAlgorithm::Gradient, initial: 20, min: 2, max: 1_000, latency_ms: None }
    }
}

impl Default for Queue {
    fn default() -> Self {
        Self { max_requests: 1_000, max_bytes: 16 * 1024 * 1024 }
    }
}

impl Default for Classes {
    fn default() -> Self {
        let rule = |max_wait_ms, share| ClassRule { max_wait_ms, share };
        Self { critical: rule(10_000, 0), high: rule(5_000, 10), normal: rule(2_000, 10), low: rule(1_000, 5) }
    }
}

impl Classes {
    /// The rule of a class.
    #[must_use]
    pub fn of(&self, class: PriorityClass) -> &ClassRule {
        match class {
            PriorityClass::Critical => &self.critical,
            PriorityClass::High => &self.high,
            PriorityClass::Normal => &self.normal,
            PriorityClass::Low => &self.low,
        }
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

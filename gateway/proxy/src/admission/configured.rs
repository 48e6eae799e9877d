//! From the configuration's admission to the rules and limits that are followed.

use std::time::Duration;

use gateway_algorithms::{
    admission::{ClassRule, Rules},
    concurrency::{Aimd, Bounds, Gradient, Limiter},
    priority::PriorityClass,
};
use gateway_model::{Admission, Concurrency, ConcurrencyAlgorithm};

/// Nanoseconds in a millisecond.
const MILLISECOND: u64 = 1_000_000;

pub(super) fn rules(admission: &Admission) -> Rules {
    let rule = |class| {
        let rule = admission.classes.of(class);
        ClassRule { max_wait: u64::from(rule.max_wait_ms) * MILLISECOND, share: rule.share }
    };
    Rules {
        max_requests: admission.queue.max_requests,
        max_bytes: admission.queue.max_bytes,
        classes: PriorityClass::ALL.map(rule),
    }
}

/// A limiter that begins where the one before it was.
pub(super) fn limiter(concurrency: &Concurrency, before: Option<u32>) -> Limiter {
    let Concurrency { algorithm, initial, min, max, latency_ms } = *concurrency;
    let bounds = Bounds { min, max };
    let begins = before.unwrap_or(initial);
    match algorithm {
        ConcurrencyAlgorithm::Gradient => Limiter::Gradient(Gradient::new(bounds, begins, fastrand::u64(..))),
        ConcurrencyAlgorithm::Aimd => {
            let latency = Duration::from_millis(latency_ms.unwrap_or(u32::MAX).into());
            Limiter::Aimd(Aimd::new(bounds, begins, latency))
        }
        ConcurrencyAlgorithm::Fixed => Limiter::Fixed(initial),
    }
}

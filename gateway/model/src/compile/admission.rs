//! What an upstream's admission may say.

use super::Compiler;
use crate::{
    admission::{Admission, ConcurrencyAlgorithm},
    finding::{Finding, Path},
};

/// The most requests that an upstream may have at one time from one node, and the most that may wait for it.
const MOST_REQUESTS: u32 = 1_000_000;

/// The longest time that a request may wait, in milliseconds: ten minutes.
const LONGEST_WAIT_MS: u32 = 600_000;

/// The most memory that waiting requests of an upstream may hold, in bytes: 64 GiB.
const MOST_BYTES: u64 = 64 << 30;

impl Compiler<'_> {
    pub(super) fn admission(&mut self, path: &Path, admission: &Admission) {
        self.concurrency(&path.then("concurrency"), admission);
        let queue = path.then("queue");
        if admission.queue.max_requests > MOST_REQUESTS {
            let message = format!("{} are too many: use 0 to {MOST_REQUESTS}", admission.queue.max_requests);
            self.error(queue.then("maxRequests"), message);
        }
        if admission.queue.max_bytes > MOST_BYTES {
            let message = format!("{} are too many: use 0 to {MOST_BYTES}", admission.queue.max_bytes);
            self.error(queue.then("maxBytes"), message);
        }
        let classes = &admission.classes;
        let named =
            [("critical", classes.critical), ("high", classes.high), ("normal", classes.normal), ("low", classes.low)];
        for (class, rule) in named {
            let wait = rule.max_wait_ms;
            if wait > LONGEST_WAIT_MS {
                let message = format!("{wait} is too long a wait: use 0 to {LONGEST_WAIT_MS} milliseconds");
                self.error(path.then("classes").then(class).then("maxWaitMs"), message);
            }
        }
        let shares: u64 = named.iter().map(|(_, rule)| u64::from(rule.share)).sum();
        if shares > 100 {
            let message = format!("the shares of all classes are {shares} together: give 100 at most");
            self.error(path.then("classes"), message);
        }
    }

    fn concurrency(&mut self, path: &Path, admission: &Admission) {
        let concurrency = &admission.concurrency;
        let named = [("min", concurrency.min), ("max", concurrency.max), ("initial", concurrency.initial)];
        let is_fixed = concurrency.algorithm == ConcurrencyAlgorithm::Fixed;
        let mut sound = true;
        for (field, value) in named {
            if !(1..=MOST_REQUESTS).contains(&value) {
                let message = format!("{value} is no number of requests at one time: use 1 to {MOST_REQUESTS}");
                self.error(path.then(field), message);
                sound = false;
            }
        }
        if sound && concurrency.min > concurrency.max {
            let message = format!("{} is above max, which is {}: swap them", concurrency.min, concurrency.max);
            self.error(path.then("min"), message);
        } else if sound && !is_fixed && !(concurrency.min..=concurrency.max).contains(&concurrency.initial) {
            let (initial, min, max) = (concurrency.initial, concurrency.min, concurrency.max);
            self.error(path.then("initial"), format!("{initial} is not between min and max: use {min} to {max}"));
        }
        match (concurrency.algorithm, concurrency.latency_ms) {
            (ConcurrencyAlgorithm::Aimd, None) => {
                self.error(path.then("latencyMs"), "AIMD needs a response time in milliseconds that is still good");
            }
            (ConcurrencyAlgorithm::Aimd, Some(0)) => {
                self.error(path.then("latencyMs"), "no response takes 0 milliseconds: use 1 at least");
            }
            (ConcurrencyAlgorithm::Gradient | ConcurrencyAlgorithm::Fixed, Some(_)) => {
                let message = "latencyMs is for the algorithm AIMD: it changes nothing here";
                self.findings.push(Finding::warning(path.then("latencyMs"), message));
            }
            _ => {}
        }
    }
}

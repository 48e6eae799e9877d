//! What becomes of a request under load.

use sluice_sdk::{
    load::{PressureSignal, Signal, UpstreamSignal},
    prelude::*,
};

use crate::settings::{Action, Rule, Thresholds, ranks};

/// When refused clients may come back at the earliest, where the rule does not say.
const RETRY_AFTER: Duration = Duration::from_secs(5);

/// The rules, in order.
#[derive(Debug)]
pub(crate) struct Rules(Vec<Ready>);

/// A rule, ready to be asked.
#[derive(Debug)]
struct Ready {
    /// By rank.
    classes: [bool; 4],
    limits: Vec<Limit>,
    share: f64,
    then: Then,
    max_wait: Option<Duration>,
}

/// So much of what is measured is too much.
#[derive(Clone, Copy, Debug)]
struct Limit {
    reason: &'static str,
    of: Of,
    least: u32,
}

/// Where it is measured.
#[derive(Clone, Copy, Debug)]
enum Of {
    Node(fn(&Signal) -> u32),
    Upstream(fn(&UpstreamSignal) -> u32),
    Pressure(fn(&PressureSignal) -> u32),
}

/// What was measured for one request: each of it once, and only what a rule asks for.
#[derive(Debug, Default)]
pub(crate) struct Measured {
    node: Option<Signal>,
    upstream: Option<UpstreamSignal>,
    pressure: Option<PressureSignal>,
}

/// What becomes of a request, and why.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ruling {
    pub(crate) then: Then,
    pub(crate) max_wait: Option<Duration>,
    /// The member of `when` that was reached.
    pub(crate) reason: &'static str,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Then {
    Shed { retry_after: Duration },
    Degrade,
    Queue,
}

// === impl Rules ===

impl Rules {
    pub(crate) fn new(rules: Vec<Rule>) -> Self {
        Self(rules.into_iter().map(Ready::new).collect())
    }

    /// That of the first rule that matches a request of this class.
    pub(crate) fn find(
        &self,
        class: PriorityClass,
        measured: &mut Measured,
        random: impl Fn() -> u64,
    ) -> Option<Ruling> {
        let for_class = self.0.iter().filter(|rule| rule.classes[class.rank()]);
        for rule in for_class {
            let reached = rule.limits.iter().find(|limit| measured.get(limit.of) >= limit.least);
            if let Some(limit) = reached
                && is_chosen(rule.share, &random)
            {
                return Some(Ruling { then: rule.then, max_wait: rule.max_wait, reason: limit.reason });
            }
        }
        None
    }
}

/// Whether a request is of the share, by the 53 random bits that a floating point number holds.
fn is_chosen(share: f64, random: impl Fn() -> u64) -> bool {
    const BITS: u32 = 53;
    share >= 1.0 || ((random() >> (u64::BITS - BITS)) as f64) < share * (1_u64 << BITS) as f64
}

impl Ready {
    fn new(rule: Rule) -> Self {
        let then = match rule.then {
            Action::Shed => Then::Shed { retry_after: rule.retry_after.unwrap_or(RETRY_AFTER) },
            Action::Degrade => Then::Degrade,
            Action::Queue => Then::Queue,
        };
        Self {
            classes: ranks(&rule.classes),
            limits: limits(&rule.when),
            share: rule.share,
            then,
            max_wait: rule.max_wait,
        }
    }
}

fn limits(when: &Thresholds) -> Vec<Limit> {
    let permille = |share: Option<f64>| share.map(|share| (share * 1_000.0).round() as u32);
    let micros = |time: Option<Duration>| time.map(|time| u32::try_from(time.as_micros()).unwrap_or(u32::MAX));
    let all = [
        ("cpu", Of::Node(|it| it.cpu_permille), permille(when.cpu)),
        ("memory", Of::Node(|it| it.memory_permille), permille(when.memory)),
        ("lag", Of::Node(|it| it.lag_us), micros(when.lag)),
        ("inFlight", Of::Node(|it| it.in_flight), when.in_flight),
        ("routeInFlight", Of::Node(|it| it.route_in_flight), when.route_in_flight),
        ("upstreamInFlight", Of::Node(|it| it.upstream_in_flight), when.upstream_in_flight),
        ("latencyP50", Of::Upstream(|it| it.latency_p50_us), micros(when.latency_p50)),
        ("latencyP90", Of::Upstream(|it| it.latency_p90_us), micros(when.latency_p90)),
        ("errorRate", Of::Upstream(|it| it.error_permille), permille(when.error_rate)),
        ("queueWait", Of::Upstream(|it| it.queue_wait_us), micros(when.queue_wait)),
        ("waiting", Of::Upstream(|it| it.waiting), when.waiting),
        ("cpuPressure", Of::Pressure(|it| it.cpu_permille), permille(when.cpu_pressure)),
        ("memoryPressure", Of::Pressure(|it| it.memory_permille), permille(when.memory_pressure)),
        ("ioPressure", Of::Pressure(|it| it.io_permille), permille(when.io_pressure)),
    ];
    let given = all.into_iter().filter_map(|(reason, of, least)| least.map(|least| Limit { reason, of, least }));
    given.collect()
}

// === impl Measured ===

impl Measured {
    fn get(&mut self, of: Of) -> u32 {
        match of {
            Of::Node(read) => read(self.node.get_or_insert_with(load::sample)),
            Of::Upstream(read) => read(self.upstream.get_or_insert_with(load::upstream)),
            Of::Pressure(read) => read(self.pressure.get_or_insert_with(load::pressure)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_chosen_by_chance() {
        assert!(is_chosen(1.0, || u64::MAX) && is_chosen(0.5, || 0));
        assert!(is_chosen(0.5, || (1 << 63) - 1) && !is_chosen(0.5, || 1 << 63));
        assert!(!is_chosen(0.001, || u64::MAX));
    }
}

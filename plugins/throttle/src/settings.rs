//! What the operator sets.

use sluice_sdk::prelude::*;

/// How important requests are, and what becomes of them when not all can be served.
#[derive(Debug, Config)]
pub struct Settings {
    /// Decides the class of requests: the first that matches. Others keep the class that they have.
    #[config(default = [], max_items = 32)]
    pub(crate) class: Vec<ClassRule>,
    /// What becomes of requests under load: the first that matches.
    #[config(default = [], max_items = 32)]
    pub(crate) rules: Vec<Rule>,
    /// The longest wait in front of the upstream by class, where it is shorter than the upstream's own.
    pub(crate) max_wait: Option<Waits>,
    /// Header that names with whom a request shares its turns; the consumer, or the client's address, if not given.
    #[config(header_name)]
    pub(crate) fair_by: Option<String>,
    /// Keeps responses, to answer with them when there is no capacity. Needs the grant `cache`.
    pub(crate) degrade: Option<DegradeSettings>,
}

/// A class, and which requests have it.
#[derive(Debug, Config)]
pub(crate) struct ClassRule {
    /// All that is given must be so.
    pub(crate) when: Matching,
    /// The class.
    pub(crate) class: Class,
}

/// Requests by what they are.
#[derive(Debug, Config)]
#[config(any_of(header, path_prefixes, methods, consumers))]
pub(crate) struct Matching {
    /// Header that the request has.
    #[config(header_name)]
    pub(crate) header: Option<String>,
    /// Its value, or one in its list, is one of these; any if not given.
    #[config(min_items = 1, max_items = 64)]
    pub(crate) values: Option<Vec<String>>,
    /// The path is one of these or below it.
    #[config(min_items = 1, max_items = 64, each(pattern = "^/"))]
    pub(crate) path_prefixes: Option<Vec<String>>,
    /// The method is one of these.
    #[config(min_items = 1, max_items = 16, each(pattern = "^[A-Z]+$"))]
    pub(crate) methods: Option<Vec<String>>,
    /// The consumer is one of these.
    #[config(min_items = 1, max_items = 1000)]
    pub(crate) consumers: Option<Vec<String>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Config)]
pub(crate) enum Class {
    /// Users notice at once when it fails.
    Critical,
    /// Users wait for it.
    High,
    /// Where nothing else is said.
    Normal,
    /// Can be asked again later, or not at all.
    Low,
}

/// What becomes of requests under load.
#[derive(Debug, Config)]
pub(crate) struct Rule {
    /// One of these is reached.
    pub(crate) when: Thresholds,
    /// The classes of the requests.
    #[config(default = ["low"], min_items = 1, max_items = 4)]
    pub(crate) classes: Vec<Class>,
    /// What becomes of them.
    pub(crate) then: Action,
    /// The longest wait in front of the upstream: for `queue`, and for `degrade` where nothing is kept.
    #[config(max = "10m")]
    pub(crate) max_wait: Option<Duration>,
    /// When refused clients may come back, at the earliest; at the latest after twice that. For `shed`; 5s if not given.
    #[config(min = "1s", max = "1h")]
    pub(crate) retry_after: Option<Duration>,
    /// Of these requests, how many: the others go on to the next rule.
    #[config(default = 1, range(0.001..=1))]
    pub(crate) share: f64,
}

/// What is measured, and how much of it is too much.
#[derive(Debug, Config)]
#[config(any_of(
    cpu,
    memory,
    cpu_pressure,
    memory_pressure,
    io_pressure,
    lag,
    latency_p50,
    latency_p90,
    error_rate,
    queue_wait,
    waiting,
    in_flight,
    route_in_flight,
    upstream_in_flight
))]
pub(crate) struct Thresholds {
    /// Processor time, as a share of what the gateway may take.
    #[config(range(0.001..=1))]
    pub(crate) cpu: Option<f64>,
    /// Memory, as a share of what the gateway may occupy.
    #[config(range(0.001..=1))]
    pub(crate) memory: Option<f64>,
    /// Share of the last ten seconds in which something waited for the processor.
    #[config(range(0.001..=1))]
    pub(crate) cpu_pressure: Option<f64>,
    /// Share of the last ten seconds in which something waited for memory.
    #[config(range(0.001..=1))]
    pub(crate) memory_pressure: Option<f64>,
    /// Share of the last ten seconds in which something waited for input or output.
    #[config(range(0.001..=1))]
    pub(crate) io_pressure: Option<f64>,
    /// By how much this worker of the gateway is late.
    #[config(min = "1ms", max = "1m")]
    pub(crate) lag: Option<Duration>,
    /// Half of the upstream's latest responses took as long.
    #[config(min = "1ms", max = "10m")]
    pub(crate) latency_p50: Option<Duration>,
    /// One of ten of the upstream's latest responses took as long.
    #[config(min = "1ms", max = "10m")]
    pub(crate) latency_p90: Option<Duration>,
    /// Share of the upstream's latest responses that failed.
    #[config(range(0.001..=1))]
    pub(crate) error_rate: Option<f64>,
    /// How long the request has waited that waits longest for the upstream.
    #[config(min = "1ms", max = "10m")]
    pub(crate) queue_wait: Option<Duration>,
    /// Requests that wait for the upstream.
    #[config(min = 1)]
    pub(crate) waiting: Option<u32>,
    /// Requests of all routes.
    #[config(min = 1)]
    pub(crate) in_flight: Option<u32>,
    /// Requests of the route.
    #[config(min = 1)]
    pub(crate) route_in_flight: Option<u32>,
    /// Requests at the route's upstream.
    #[config(min = 1)]
    pub(crate) upstream_in_flight: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Config)]
pub(crate) enum Action {
    /// Refuses them with 503.
    Shed,
    /// Answers with what is kept; where nothing is, the request goes on.
    Degrade,
    /// Lets them wait for no longer than `maxWait`.
    Queue,
}

/// The longest waits.
#[derive(Debug, Config)]
#[config(any_of(critical, high, normal, low))]
pub(crate) struct Waits {
    #[config(max = "10m")]
    pub(crate) critical: Option<Duration>,
    #[config(max = "10m")]
    pub(crate) high: Option<Duration>,
    #[config(max = "10m")]
    pub(crate) normal: Option<Duration>,
    #[config(max = "10m")]
    pub(crate) low: Option<Duration>,
}

/// What is kept, to answer with it.
#[derive(Debug, Config)]
pub(crate) struct DegradeSettings {
    /// How old a response may be that is answered with.
    #[config(default = "10m", min = "1s", max = "7d")]
    pub(crate) keep_for: Duration,
    /// The classes of the requests.
    #[config(default = ["low"], min_items = 1, max_items = 4)]
    pub(crate) classes: Vec<Class>,
}

impl Settings {
    /// Checks what no schema can say.
    pub(crate) fn check(&self) -> Result<()> {
        for (index, rule) in self.class.iter().enumerate() {
            if rule.when.values.is_some() && rule.when.header.is_none() {
                bail!("/class/{index}/when/values: say whose values these are: give a header");
            }
        }
        for (index, rule) in self.rules.iter().enumerate() {
            self.check_rule(rule).map_err(|error| format!("/rules/{index}/{error}"))?;
        }
        Ok(())
    }

    fn check_rule(&self, rule: &Rule) -> Result<()> {
        match (rule.then, &self.degrade) {
            (Action::Queue, _) if rule.max_wait.is_none() => {
                bail!("maxWait: say for how long these requests may wait")
            }
            (Action::Shed, _) if rule.max_wait.is_some() => {
                bail!("maxWait: who is refused does not wait: leave it out")
            }
            (Action::Degrade | Action::Queue, _) if rule.retry_after.is_some() => {
                bail!("retryAfter: only `shed` says when to come back: leave it out")
            }
            (Action::Degrade, None) => bail!("then: nothing is kept to answer with: give `degrade`, such as {{}}"),
            (Action::Degrade, Some(degrade)) if rule.classes.iter().any(|class| !degrade.classes.contains(class)) => {
                bail!("classes: nothing is kept for some of these: name them in /degrade/classes")
            }
            _ => Ok(()),
        }
    }
}

impl Waits {
    pub(crate) fn by_class(&self) -> [Option<Duration>; 4] {
        [self.critical, self.high, self.normal, self.low]
    }
}

impl From<Class> for PriorityClass {
    fn from(class: Class) -> Self {
        match class {
            Class::Critical => Self::Critical,
            Class::High => Self::High,
            Class::Normal => Self::Normal,
            Class::Low => Self::Low,
        }
    }
}

/// Which of the classes are among these, by rank.
pub(crate) fn ranks(classes: &[Class]) -> [bool; 4] {
    PriorityClass::ALL.map(|class| classes.iter().any(|known| PriorityClass::from(*known) == class))
}

//! Limits that the host charges, by the gateway's own algorithms: together or not at all.

use std::collections::HashMap;

use gateway_algorithms::limit::{
    Algorithm, Concurrency, Counted, Decision, FixedWindow, Gcra, LeakyBucket, Limit, Log, Sliding, SlidingLog,
    SlidingWindow,
};
use sluice_abi::wire::{Announcement, LimitAlgorithm, LimitPolicy};

use super::{FakeHost, handle};

/// Nanoseconds in a millisecond, and in a second.
const MILLI: u64 = 1_000_000;
const SECOND: u64 = 1_000_000_000;

/// The name of a plan's throttle; the gateway puts the plan's name in the place of `plan`.
const PLAN: &str = "plan/throttle";

#[derive(Debug, Default)]
pub(crate) struct Charges {
    defined: Vec<(LimitPolicy, Algorithm)>,
    announcement: Option<Announcement>,
    states: HashMap<(String, String), State>,
}

/// What one hook charges, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Charge {
    Limit { limit: u32, cost: u32, key: String },
    Plan { cost: u32 },
}

/// What was charged, of which limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charged {
    /// The name of the limit; `plan/throttle` for that of the consumer's plan.
    pub limit: String,
    /// Whose limit.
    pub key: String,
    /// What the request took, or would have taken.
    pub cost: u32,
}

/// What responses say of limits, and who refuses.
#[derive(Clone, Debug, Default)]
pub(crate) struct Standing {
    pub(crate) policies: Vec<String>,
    pub(crate) limits: Vec<String>,
    pub(crate) charged: Vec<Charged>,
    pub(crate) refused: Vec<String>,
    /// Seconds; `None` when the request never passes.
    pub(crate) retry_after: Option<u64>,
    pub(crate) problem_kind: Option<String>,
}

#[derive(Clone, Debug)]
enum State {
    Word(u64),
    Counted(Counted),
    Sliding(Sliding),
    Log(Log),
    Under(<Concurrency as Limit>::State),
}

/// A limit of one key, looked up.
struct Draw {
    policy: Option<LimitPolicy>,
    algorithm: Algorithm,
    charged: Charged,
}

impl Charges {
    pub(super) fn forget_definitions(&mut self) {
        self.defined.clear();
        self.announcement = None;
    }
}

impl FakeHost {
    pub(crate) fn define_charged_limit(&mut self, policy: LimitPolicy) -> Result<u32, String> {
        self.may_define("limits", self.charges.defined.len())?;
        if self.charges.defined.iter().any(|(known, _)| known.name == policy.name) {
            return Err("another limit has the same name: give it one of its own".to_owned());
        }
        let algorithm = algorithm(policy.algorithm)?;
        self.charges.defined.push((policy, algorithm));
        Ok(handle(self.charges.defined.len()))
    }

    pub(crate) fn announce_limits(&mut self, announcement: Announcement) -> Result<(), String> {
        self.may_define("announcements", 0)?;
        self.charges.announcement = Some(announcement);
        Ok(())
    }

    pub(crate) fn has_plan(&mut self) -> bool {
        self.grants.demand("usage-plan");
        self.plan().is_some()
    }

    fn plan(&self) -> Option<(String, Gcra)> {
        let consumer = self.identity.consumer.clone()?;
        let gcra = self.limits.plan(&consumer)?;
        Some((consumer, gcra))
    }

    /// Charges what a hook has named.
    pub(crate) fn charge(&mut self, charges: &[Charge]) -> Standing {
        let now = self.monotonic_ns();
        let draws: Vec<Draw> = charges.iter().filter_map(|charge| self.draw(charge)).collect();
        let looked: Vec<Decision> = draws.iter().map(|draw| self.charges.look(draw, now, draw.charged.cost)).collect();
        let refuses = |(draw, decision): (&Draw, &Decision)| draw.is_enforced() && !decision.admitted;
        let admitted = !draws.iter().zip(&looked).any(refuses);
        let announcement = self.charges.announcement.clone();
        let fields = announcement.as_ref().is_none_or(|it| it.fields);
        let mut standing = Standing { retry_after: Some(0), ..Standing::default() };
        standing.problem_kind = announcement.and_then(|it| it.problem_kind);
        for (draw, looked) in draws.iter().zip(looked) {
            let decision = match admitted {
                true => self.charges.take(draw, now),
                // It stands as if the request had cost nothing.
                false if looked.admitted => self.charges.look(draw, now, 0),
                false => looked,
            };
            standing.charged.push(draw.charged.clone());
            if draw.is_enforced() {
                standing.add(draw, &decision, fields);
            }
        }
        standing
    }

    fn draw(&self, charge: &Charge) -> Option<Draw> {
        match charge {
            Charge::Limit { limit, cost, key } => {
                let (policy, algorithm) = self.charges.defined[*limit as usize].clone();
                let charged = Charged { limit: policy.name.clone(), key: key.clone(), cost: *cost };
                Some(Draw { policy: Some(policy), algorithm, charged })
            }
            Charge::Plan { cost } => {
                let (key, gcra) = self.plan()?;
                let charged = Charged { limit: PLAN.to_owned(), key, cost: *cost };
                Some(Draw { policy: None, algorithm: gcra.into(), charged })
            }
        }
    }

    /// The response of a request has ended.
    pub(crate) fn release(&mut self, standing: &Standing) {
        for charged in &standing.charged {
            let state = self.charges.states.get_mut(&(charged.limit.clone(), charged.key.clone()));
            if let Some(State::Under(under)) = state {
                *under = under.saturating_sub(charged.cost.into());
            }
        }
    }
}

impl Charges {
    fn look(&mut self, draw: &Draw, now: u64, cost: u32) -> Decision {
        self.state(draw).clone().decide(&draw.algorithm, now, cost)
    }

    fn take(&mut self, draw: &Draw, now: u64) -> Decision {
        self.state(draw).decide(&draw.algorithm, now, draw.charged.cost)
    }

    fn state(&mut self, draw: &Draw) -> &mut State {
        let key = (draw.charged.limit.clone(), draw.charged.key.clone());
        self.states.entry(key).or_insert_with(|| State::new(&draw.algorithm))
    }
}

impl Draw {
    fn is_enforced(&self) -> bool {
        self.policy.as_ref().is_none_or(|policy| !policy.shadow)
    }
}

impl State {
    fn new(algorithm: &Algorithm) -> Self {
        match algorithm {
            Algorithm::Gcra(_) | Algorithm::LeakyBucket(_) => Self::Word(0),
            Algorithm::FixedWindow(_) => Self::Counted(Counted::default()),
            Algorithm::SlidingWindow(_) => Self::Sliding(Sliding::default()),
            Algorithm::SlidingLog(_) => Self::Log(Log::default()),
            Algorithm::Concurrency(_) => Self::Under(0),
        }
    }

    fn decide(&mut self, algorithm: &Algorithm, now: u64, cost: u32) -> Decision {
        match (algorithm, self) {
            (Algorithm::Gcra(limit), Self::Word(state)) => limit.decide(state, now, cost),
            (Algorithm::LeakyBucket(limit), Self::Word(state)) => limit.decide(state, now, cost),
            (Algorithm::FixedWindow(limit), Self::Counted(state)) => limit.decide(state, now, cost),
            (Algorithm::SlidingWindow(limit), Self::Sliding(state)) => limit.decide(state, now, cost),
            (Algorithm::SlidingLog(limit), Self::Log(state)) => limit.decide(state, now, cost),
            (Algorithm::Concurrency(limit), Self::Under(state)) => limit.decide(state, now, cost),
            // The limit counts in another way than before: it begins anew.
            (algorithm, state) => {
                *state = Self::new(algorithm);
                state.decide(algorithm, now, cost)
            }
        }
    }
}

impl Standing {
    fn add(&mut self, draw: &Draw, decision: &Decision, fields: bool) {
        let (name, limit) = (&draw.charged.limit, draw.algorithm.limit());
        if fields {
            let (policy, rest) = match draw.algorithm.window() {
                Some(window) => (
                    format!("w={}", window.div_ceil(SECOND).max(1)),
                    format!(";t={}", decision.more_after.div_ceil(SECOND)),
                ),
                None => ("qu=\"concurrent-requests\"".to_owned(), String::new()),
            };
            self.policies.push(format!("{name:?};q={limit};{policy}"));
            self.limits.push(format!("{name:?};r={}{rest}", decision.remaining));
        }
        if !decision.admitted {
            self.refused.push(name.clone());
            self.retry_after = match (self.retry_after, decision.retry_after) {
                (Some(known), Some(nanos)) => Some(known.max(nanos.div_ceil(SECOND)).max(1)),
                _ => None,
            };
        }
    }
}

fn algorithm(algorithm: LimitAlgorithm) -> Result<Algorithm, String> {
    let rate = |limit: u64, window: u64| match window {
        0 => Err("its window is 0 ms: give at least 1".to_owned()),
        window => Ok(limit as f64 * 1e3 / window as f64),
    };
    let nanos = |millis: u64| millis.saturating_mul(MILLI);
    let told = |error: gateway_algorithms::limit::CountError| error.to_string();
    Ok(match algorithm {
        LimitAlgorithm::TokenBucket { limit, window, burst } => {
            Gcra::new(rate(limit, window)?, burst).map_err(|error| error.to_string())?.into()
        }
        LimitAlgorithm::LeakyBucket { limit, window, burst, undelayed } => {
            LeakyBucket::new(rate(limit, window)?, burst, undelayed).map_err(|error| error.to_string())?.into()
        }
        LimitAlgorithm::FixedWindow { limit, window } => FixedWindow::new(limit, nanos(window)).map_err(told)?.into(),
        LimitAlgorithm::SlidingWindow { limit, window } => {
            SlidingWindow::new(limit, nanos(window)).map_err(told)?.into()
        }
        LimitAlgorithm::SlidingLog { limit, window } => {
            SlidingLog::new(limit.into(), nanos(window)).map_err(told)?.into()
        }
        LimitAlgorithm::Concurrency { limit } => Concurrency::new(limit).map_err(told)?.into(),
    })
}

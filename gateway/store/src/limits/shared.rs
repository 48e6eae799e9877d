//! All draws of a request, or none, where some of them count in the store that nodes share.
//!
//! What counts on this node is looked at first: what it refuses is not worth an exchange.
//! Then comes one exchange for all that is counted exactly, then the slices, then what counts here; whoever refuses has
//! the others give back what they took.
//! Limits that are not enforced are charged beside the others, in the same exchange, whatever those say.

use gateway_model::{Counting, OnOutage};
use smallvec::SmallVec;

use super::{
    Answer, Charged, Counter, Draw, Limiters, Moment,
    charging::{Answers, take_all},
};
use crate::{
    remote::limits::{
        self as remote, Group, LeasedLimit, Leases, Measure, Outage, PeriodQuota, SharedLimit, SharedLimits,
    },
    usage::{AccountName, ThrottleOf},
};

/// The counters that nodes share.
#[derive(Clone, Debug)]
pub struct Shared {
    pub limits: SharedLimits,
    pub leases: Leases,
    /// All counters of an installation: a charge is one exchange because it is one group.
    pub group: Group,
}

/// What was taken of one draw, and how it is given back.
#[derive(Clone, Copy)]
enum Took {
    Nothing,
    /// Exactly, at this moment of the store.
    Exactly(u64),
    /// Of a slice.
    Leased,
    /// On this node: the node's share, if the store is out of reach.
    Here,
}

/// A charge under way.
struct Charging<'c, 'd> {
    shared: Option<&'c Shared>,
    draws: SmallVec<[Draw<'d>; 4]>,
    answers: Answers,
    took: SmallVec<[Took; 4]>,
    now: Moment,
}

impl Limiters {
    /// Whether a draw has to ask the store that nodes share.
    #[must_use]
    pub fn asks(draws: &[Draw<'_>]) -> bool {
        draws.iter().any(|draw| draw.counting != Counting::Local)
    }

    /// Takes all draws of a request, or none of them. Never waits longer than the deadline of the store for each of the
    /// exchange and the slices.
    pub async fn charge_shared(&self, draws: &[Draw<'_>]) -> Charged {
        let mut charging = Charging {
            shared: self.shared.as_ref(),
            draws: draws.into(),
            answers: draws.iter().map(|_| Answer::Unasked).collect(),
            took: draws.iter().map(|_| Took::Nothing).collect(),
            now: self.clock.moment(),
        };
        match charging.run().await {
            Ok(()) => Charged::decided(true, charging.answers, &charging.draws),
            Err(denied) => {
                charging.undo();
                match denied {
                    Denied::Refused => Charged::decided(false, charging.answers, &charging.draws),
                    Denied::Unavailable => Charged::unavailable(charging.answers),
                }
            }
        }
    }
}

/// Why a request does not pass.
enum Denied {
    Refused,
    Unavailable,
}

impl Charging<'_, '_> {
    async fn run(&mut self) -> Result<(), Denied> {
        self.look()?;
        self.exactly().await?;
        self.lease().await?;
        self.here()?;
        self.note();
        Ok(())
    }

    /// Slices do not say on which day they are spent: that is counted here.
    fn note(&self) {
        for (draw, took) in self.draws.iter().zip(&self.took) {
            if let (Counter::Quota { account, quota, .. }, Took::Leased) = (draw.counter, took) {
                account.note(quota, self.now.unix_ms, draw.cost);
            }
        }
    }

    /// What counts here and would refuse is asked first.
    fn look(&mut self) -> Result<(), Denied> {
        let mut refused = false;
        for (draw, answer) in self.draws.iter().zip(&mut self.answers) {
            if draw.counting == Counting::Local {
                *answer = Answer::Decided(draw.peek(self.now));
                refused |= draw.enforced && answer.refuses();
            }
        }
        if refused { Err(Denied::Refused) } else { Ok(()) }
    }

    async fn exactly(&mut self) -> Result<(), Denied> {
        let places = |enforced: bool| -> SmallVec<[usize; 4]> {
            let exact = |draw: &Draw<'_>| draw.counting == Counting::Exact && draw.enforced == enforced;
            (0..self.draws.len()).filter(|place| exact(&self.draws[*place])).collect()
        };
        let (enforced, shadows) = (places(true), places(false));
        if enforced.is_empty() && shadows.is_empty() {
            return Ok(());
        }
        // Both are sent before either is waited for, so that they share an exchange.
        let (first, second) = (self.ask(&enforced), self.ask(&shadows));
        let (first, second) = (wait(first).await, wait(second).await);
        // A shadow that is not answered is an outage that changes nothing.
        self.settle(&shadows, second).unwrap_or_default();
        self.settle(&enforced, first)
    }

    fn ask(
        &self,
        places: &[usize],
    ) -> Option<Result<impl Future<Output = Result<remote::Charged, Outage>> + use<>, Outage>> {
        if places.is_empty() {
            return None;
        }
        let Some(shared) = self.shared else { return Some(Err(Outage::Down)) };
        let (mut draws, mut usage) = (Vec::with_capacity(places.len()), Vec::new());
        for draw in places.iter().map(|place| &self.draws[*place]) {
            let Some(measure) = measure(draw, self.now) else { return Some(Err(Outage::Refused)) };
            draws.push(remote::Draw { key: key(draw), measure, cost: draw.cost });
            if let Counter::Quota { owner, quota, .. } = draw.counter {
                let key = AccountName::key(owner.usage_plan, owner.consumer);
                let date = quota.zone.date(self.now.unix_ms).to_string();
                usage.push(remote::Usage { key, date, amount: draw.cost });
            }
        }
        let charge = remote::Charge { group: shared.group.clone(), draws, usage };
        Some(Ok(shared.limits.charge(charge)))
    }

    fn settle(&mut self, places: &[usize], answer: Option<Result<remote::Charged, Outage>>) -> Result<(), Denied> {
        match answer {
            None => Ok(()),
            Some(Ok(charged)) => {
                let admitted = charged.admitted();
                for (place, decision) in places.iter().zip(&charged.decisions) {
                    self.answers[*place] = Answer::Decided(*decision);
                    if admitted {
                        self.took[*place] = Took::Exactly(charged.at);
                    }
                }
                if admitted { Ok(()) } else { Err(Denied::Refused) }
            }
            Some(Err(_outage)) => places.iter().try_for_each(|place| self.outage(*place)),
        }
    }

    async fn lease(&mut self) -> Result<(), Denied> {
        for place in 0..self.draws.len() {
            let draw = self.draws[place];
            if draw.counting != Counting::Leased {
                continue;
            }
            let taken = match (self.shared, leased(&draw, self.now)) {
                (Some(shared), Some(limit)) => shared.leases.take(&shared.group, &key(&draw), &limit, draw.cost).await,
                _ => Err(Outage::Down),
            };
            match taken {
                Err(_outage) => self.outage(place)?,
                Ok(decision) => {
                    self.answers[place] = Answer::Decided(decision);
                    if decision.admitted {
                        self.took[place] = Took::Leased;
                    } else if draw.enforced {
                        return Err(Denied::Refused);
                    }
                }
            }
        }
        Ok(())
    }

    /// What the policy wants while the store is out of reach.
    fn outage(&mut self, place: usize) -> Result<(), Denied> {
        self.answers[place] = Answer::Outage;
        let draw = &mut self.draws[place];
        match draw.on_outage {
            OnOutage::Allow => Ok(()),
            OnOutage::Deny if draw.enforced => Err(Denied::Unavailable),
            OnOutage::Deny => Ok(()),
            OnOutage::LocalShare => {
                let nodes = self.shared.map_or(1, |shared| shared.limits.live_nodes());
                *draw = Draw { counting: Counting::Local, ..draw.share(nodes) };
                Ok(())
            }
        }
    }

    fn here(&mut self) -> Result<(), Denied> {
        let is_here = |draw: &Draw<'_>| draw.counting == Counting::Local;
        let places: SmallVec<[usize; 4]> = (0..self.draws.len()).filter(|place| is_here(&self.draws[*place])).collect();
        let here: SmallVec<[Draw<'_>; 4]> = places.iter().map(|place| self.draws[*place]).collect();
        let (admitted, answers) = take_all(&here, self.now);
        for (place, answer) in places.iter().zip(answers) {
            self.answers[*place] = answer;
            if admitted && answer.admits() {
                self.took[*place] = Took::Here;
            }
        }
        if admitted { Ok(()) } else { Err(Denied::Refused) }
    }

    fn undo(&mut self) {
        let Some(shared) = self.shared else { return };
        let (mut exact, mut at) = (Vec::new(), 0);
        for (draw, took) in self.draws.iter().zip(&self.took) {
            match *took {
                Took::Exactly(moment) if draw.enforced => {
                    if let Some(measure) = measure(draw, self.now) {
                        exact.push(remote::Draw { key: key(draw), measure, cost: draw.cost });
                        at = moment;
                    }
                }
                Took::Leased => {
                    if let Some(limit) = leased(draw, self.now) {
                        shared.leases.give_back(&shared.group, &key(draw), &limit, draw.cost);
                    }
                }
                Took::Here => draw.give_back(self.now),
                Took::Exactly(_) | Took::Nothing => {}
            }
        }
        if !exact.is_empty() {
            shared.limits.give_back(&shared.group, exact, at);
        }
    }
}

async fn wait<F: Future<Output = Result<remote::Charged, Outage>>>(
    asked: Option<Result<F, Outage>>,
) -> Option<Result<remote::Charged, Outage>> {
    match asked {
        None => None,
        Some(Err(outage)) => Some(Err(outage)),
        Some(Ok(answer)) => Some(answer.await),
    }
}

/// How the store counts it; none where it cannot.
fn measure(draw: &Draw<'_>, now: Moment) -> Option<Measure> {
    match draw.counter {
        Counter::Key { algorithm, .. } => SharedLimit::new(algorithm).ok().map(Measure::Limit),
        Counter::Throttle { gcra, .. } => SharedLimit::new(gcra).ok().map(Measure::Limit),
        Counter::Quota { account, quota, limit, .. } => {
            let state = account.state(quota, limit, now.unix_ms);
            let start = state.ends_at_ms.saturating_sub(state.length_ms);
            let period = (start..state.ends_at_ms).into();
            Some(Measure::Quota(PeriodQuota { limit, adjustment: 0, period, now_ms: now.unix_ms }))
        }
    }
}

fn leased(draw: &Draw<'_>, now: Moment) -> Option<LeasedLimit> {
    match measure(draw, now)? {
        Measure::Limit(limit) => LeasedLimit::new(*limit.algorithm()).ok(),
        Measure::Quota(quota) => Some(quota.into()),
    }
}

/// Where the store counts it. Names of plans and consumers have no slashes.
fn key(draw: &Draw<'_>) -> String {
    match draw.counter {
        Counter::Key { attachment, key, .. } => format!("{attachment}/{}/{:032x}", draw.name, key.hash()),
        Counter::Throttle { owner, of, .. } => {
            let method = match of {
                ThrottleOf::Plan => "",
                ThrottleOf::Method(name) => name,
            };
            format!("plan/{}/{}/{method}", owner.usage_plan, owner.consumer)
        }
        Counter::Quota { owner, .. } => AccountName::key(owner.usage_plan, owner.consumer),
    }
}

//! All draws of a request, or none, where some of them count in the store that nodes share.
//!
//! What counts on this node is looked at first: what it refuses is not worth an exchange.
//! Then come the slices, which are mostly here, then one exchange for all that is counted exactly, then what counts here;
//! whoever refuses has the others give back what they took.
//! Limits that are not enforced are charged beside the others, each by itself, in the same exchange.

use std::{mem, time::Duration};

use gateway_model::{Counting, OnOutage};
use smallvec::SmallVec;
use tokio::time::Instant;

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

/// A charge under way. Dropped before its end, it gives back what it took: the client may go away while it waits.
struct Charging<'c, 'd> {
    shared: Option<&'c Shared>,
    draws: SmallVec<[Draw<'d>; 4]>,
    answers: Answers,
    took: SmallVec<[Took; 4]>,
    now: Moment,
    /// When the store has to have answered all that it is asked.
    until: Instant,
}

/// Draws that are charged together, by their places.
type Places = SmallVec<[usize; 4]>;

impl Limiters {
    /// Whether a draw has to ask the store that nodes share.
    #[must_use]
    pub fn asks(draws: &[Draw<'_>]) -> bool {
        draws.iter().any(|draw| draw.counting != Counting::Local)
    }

    /// Takes all draws of a request, or none of them. Waits no longer than the deadline of the store.
    pub async fn charge_shared(&self, draws: &[Draw<'_>]) -> Charged {
        let deadline = self.shared.as_ref().map_or(Duration::ZERO, |shared| shared.limits.deadline());
        let mut charging = Charging {
            shared: self.shared.as_ref(),
            draws: draws.into(),
            answers: draws.iter().map(|_| Answer::Unasked).collect(),
            took: draws.iter().map(|_| Took::Nothing).collect(),
            now: self.clock.moment(),
            until: Instant::now() + deadline,
        };
        match charging.run().await {
            Ok(()) => {
                charging.took.fill(Took::Nothing);
                Charged::decided(true, mem::take(&mut charging.answers), &charging.draws)
            }
            Err(denied) => {
                charging.undo();
                match denied {
                    Denied::Refused => Charged::decided(false, mem::take(&mut charging.answers), &charging.draws),
                    Denied::Unavailable => Charged::unavailable(mem::take(&mut charging.answers)),
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
        self.lease().await?;
        self.exactly().await?;
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

    async fn lease(&mut self) -> Result<(), Denied> {
        for place in self.places(|draw| draw.counting == Counting::Leased) {
            let draw = self.draws[place];
            let taken = match (self.shared, leased(&draw, self.now)) {
                (Some(shared), Some(limit)) => {
                    shared.leases.take_until(&shared.group, &key(&draw), &limit, draw.cost, self.until).await
                }
                _ => Err(Outage::Refused),
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

    async fn exactly(&mut self) -> Result<(), Denied> {
        let is_exact = |draw: &Draw<'_>| draw.counting == Counting::Exact;
        let Some(shared) = self.shared else {
            return self.places(is_exact).into_iter().try_for_each(|place| self.outage(place));
        };
        // What the store cannot count is no reason for the others not to be counted there.
        for place in self.places(|draw| is_exact(draw) && measure(draw, self.now).is_none()) {
            self.outage(place)?;
        }
        let together = self.places(|draw| is_exact(draw) && draw.enforced);
        let shadows = self.places(|draw| is_exact(draw) && !draw.enforced);
        // Each shadow is a charge of its own: what it says is of no concern to the others.
        let shadows = shadows.into_iter().map(|place| Places::from_slice(&[place]));
        let charges: SmallVec<[Places; 2]> =
            [together].into_iter().chain(shadows).filter(|it| !it.is_empty()).collect();
        // All are sent before one is waited for, so that they share an exchange.
        let send = |places: &Places| shared.limits.charge_until(self.order(shared, places), self.until);
        let asked: SmallVec<[_; 2]> = charges.iter().map(send).collect();
        let mut denied = Ok(());
        for (places, asked) in charges.iter().zip(asked) {
            let settled = self.settle(places, asked.await);
            denied = denied.and(settled);
        }
        denied
    }

    fn order(&self, shared: &Shared, places: &Places) -> remote::Charge {
        let (mut draws, mut usage) = (Vec::with_capacity(places.len()), Vec::new());
        for draw in places.iter().map(|place| &self.draws[*place]) {
            draws.extend(order(draw, self.now));
            if let Counter::Quota { owner, quota, .. } = draw.counter {
                let key = AccountName::key(owner.usage_plan, owner.consumer);
                let date = quota.zone.date(self.now.unix_ms).to_string();
                usage.push(remote::Usage { key, date, amount: draw.cost });
            }
        }
        remote::Charge { group: shared.group.clone(), draws, usage }
    }

    fn settle(&mut self, places: &Places, answer: Result<remote::Charged, Outage>) -> Result<(), Denied> {
        let Ok(charged) = answer else { return places.iter().try_for_each(|place| self.outage(*place)) };
        let (admitted, mut refused) = (charged.admitted(), false);
        for (place, decision) in places.iter().zip(&charged.decisions) {
            self.answers[*place] = Answer::Decided(*decision);
            refused |= self.draws[*place].enforced && !decision.admitted;
            if admitted {
                self.took[*place] = Took::Exactly(charged.at);
            }
        }
        if refused { Err(Denied::Refused) } else { Ok(()) }
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
        let places = self.places(|draw| draw.counting == Counting::Local);
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

    fn places(&self, wanted: impl Fn(&Draw<'_>) -> bool) -> Places {
        (0..self.draws.len()).filter(|place| wanted(&self.draws[*place])).collect()
    }

    /// Gives back what was taken, and tells of limits as they are then.
    fn undo(&mut self) {
        let mut exact: SmallVec<[(u64, Vec<remote::Draw>); 2]> = SmallVec::new();
        for (place, draw) in self.draws.iter().enumerate() {
            match (mem::replace(&mut self.took[place], Took::Nothing), self.shared) {
                (Took::Exactly(at), _) => {
                    let order = order(draw, self.now);
                    match exact.iter_mut().find(|(known, _)| *known == at) {
                        Some((_, draws)) => draws.extend(order),
                        None => exact.push((at, order.into_iter().collect())),
                    }
                }
                (Took::Leased, Some(shared)) => {
                    if let Some(limit) = leased(draw, self.now) {
                        shared.leases.give_back(&shared.group, &key(draw), &limit, draw.cost);
                    }
                }
                (Took::Here, _) => draw.give_back(self.now),
                (Took::Leased, None) | (Took::Nothing, _) => {
                    if draw.counting == Counting::Local && self.answers.get(place).is_some_and(Answer::admits) {
                        self.answers[place] = Answer::Decided(draw.look(self.now));
                    }
                    continue;
                }
            }
            if let Some(Answer::Decided(decision)) = self.answers.get_mut(place) {
                decision.remaining = decision.remaining.saturating_add(draw.cost.into());
            }
        }
        let Some(shared) = self.shared else { return };
        for (at, draws) in exact {
            shared.limits.give_back(&shared.group, draws, at);
        }
    }
}

impl Drop for Charging<'_, '_> {
    fn drop(&mut self) {
        self.undo();
    }
}

/// What the store is asked to take; none where it cannot count it.
fn order(draw: &Draw<'_>, now: Moment) -> Option<remote::Draw> {
    Some(remote::Draw { key: key(draw), measure: measure(draw, now)?, cost: draw.cost })
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

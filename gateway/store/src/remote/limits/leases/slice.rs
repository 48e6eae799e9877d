//! What a node holds of one key's limit: tokens it may spend without asking, until their time is over.
//!
//! Pure: time is an argument, in nanoseconds of a steady clock, and what is to be done about the store is an answer.

use std::collections::VecDeque;

use gateway_algorithms::limit::Decision;
use tokio::sync::oneshot;

use super::super::{Measure, Outage, order::Grant};

/// Requests that wait for one slice at most; one more is answered with [`Outage::Busy`].
const WAITING: usize = 1024;

/// The least demand, in requests in a slice's life, for which a slice is asked for before it is needed. Of less, most
/// would be given back.
const WORTHWHILE: u64 = 4;

/// A slice's life is divided into so many parts: demand is not estimated from less than one, nor is the store asked
/// again sooner when it had less than was wanted.
const PARTS: u64 = 8;

/// A limit as slices see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Terms {
    /// How long a slice lives, in nanoseconds.
    pub(super) life: u64,
    /// The most that can pass at one instant.
    limit: u64,
    /// Whether it may be more, by what only the store knows of: top-ups.
    may_grow: bool,
    /// The most that lies unspent when nobody waits for it.
    cap: u64,
    /// The most that is asked for beyond what is waited for: above the cap where a slice ends with its window, and so
    /// admits nothing too much.
    ahead: u64,
    /// Time until the store is asked again when it had less than was wanted.
    pause: u64,
}

/// What is to be done about the store.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Errand {
    /// A slice to ask for: what would be used, and the least to grant if it is there.
    pub(super) ask: Option<(u64, u64)>,
    /// Tokens to give back, and when they were taken.
    pub(super) back: Vec<(u32, u64)>,
}

/// What becomes of a request.
pub(super) enum Taken {
    Decided(Result<Decision, Outage>),
    /// The answer comes with the slice that was asked for.
    Waits(oneshot::Receiver<Result<Decision, Outage>>),
}

#[derive(Default)]
pub(super) struct Slice {
    /// The most that can pass at one instant, as far as the node knows.
    limit: u64,
    tokens: u64,
    /// When the tokens are void.
    until: u64,
    /// The moment of the last grant, by the store's clock.
    taken_at: u64,
    is_asked: bool,
    waiting: VecDeque<Waiter>,
    /// What requests have cost since the store was last asked.
    seen: u64,
    asked_at: Option<u64>,
    /// When a request last came.
    last: u64,
    /// The demand in a slice's life, as estimated when the store was last asked.
    demand: u64,
    /// The store is not asked before.
    ask_from: u64,
    /// What the store said last: what nobody has taken, and when there is more, and enough for one.
    remaining: u64,
    more_at: u64,
    retry_at: u64,
}

struct Waiter {
    cost: u32,
    reply: oneshot::Sender<Result<Decision, Outage>>,
}

impl Terms {
    pub(super) fn new(measure: &Measure, life: u64) -> Self {
        let (limit, window, may_grow) = match measure {
            Measure::Quota(quota) => {
                let length = quota.period.end_ms.saturating_sub(quota.period.start_ms);
                (quota.limit, length.saturating_mul(1_000_000), true)
            }
            Measure::Limit(limit) => {
                let algorithm = limit.algorithm();
                (algorithm.limit(), algorithm.window().unwrap_or(u64::MAX), false)
            }
        };
        let ends = may_grow || matches!(measure, Measure::Limit(limit) if limit.is_window());
        let cap = u128::from(limit) * u128::from(life) / u128::from(window.max(1));
        let cap = u64::try_from(cap).unwrap_or(u64::MAX).clamp(1, limit.clamp(1, u64::from(u32::MAX) / 4));
        let ahead = if ends { u64::from(u32::MAX) / 4 } else { cap };
        // A bucket that fills up meanwhile would lose what flows in.
        let pause = if ends { life / PARTS } else { (life / PARTS).min(window / 2) };
        Self { life, limit, may_grow, cap, ahead, pause }
    }
}

impl Slice {
    /// Decides a request of `cost`, or has it wait.
    pub(super) fn take(&mut self, terms: &Terms, now: u64, cost: u32) -> (Taken, Errand) {
        let mut errand = Errand { back: self.lapse(now).into_iter().collect(), ask: None };
        (self.last, self.limit) = (now, if terms.may_grow { u64::MAX } else { terms.limit });
        if cost == 0 {
            return (Taken::Decided(Ok(self.admit(now))), errand);
        }
        if u64::from(cost) > self.limit {
            return (Taken::Decided(Ok(self.refuse(terms, now, cost))), errand);
        }
        self.seen += u64::from(cost);
        if self.waiting.is_empty() && self.spend(cost) {
            if self.tokens < self.demand.min(terms.ahead).div_ceil(2) {
                errand.ask = self.ask(terms, now);
            }
            return (Taken::Decided(Ok(self.admit(now))), errand);
        }
        if !self.is_asked && now < self.ask_from {
            return (Taken::Decided(Ok(self.refuse(terms, now, cost))), errand);
        }
        if self.waiting.len() >= WAITING {
            return (Taken::Decided(Err(Outage::Busy)), errand);
        }
        let (reply, answer) = oneshot::channel();
        self.waiting.push_back(Waiter { cost, reply });
        errand.ask = self.ask(terms, now);
        (Taken::Waits(answer), errand)
    }

    /// Puts an admitted request's tokens back, if their time is not over.
    pub(super) fn give_back(&mut self, terms: &Terms, now: u64, cost: u32) -> Errand {
        if now >= self.until {
            return Errand::default();
        }
        self.tokens += u64::from(cost);
        Errand { back: self.excess(terms).into_iter().collect(), ask: None }
    }

    /// A slice has come that was asked for at `sent`: those that wait get their part of it.
    pub(super) fn granted(&mut self, terms: &Terms, grant: &Grant, wanted: u64, sent: u64, now: u64) -> Errand {
        let mut errand = Errand { back: self.lapse(now).into_iter().collect(), ask: None };
        self.is_asked = false;
        self.tokens += grant.granted;
        self.taken_at = grant.at;
        // From when it was sent, which is before the grant: so it ends here before it ends there.
        self.until = sent.saturating_add(grant.ends_after.map_or(terms.life, |ends| ends.min(terms.life)));
        self.remaining = grant.remaining;
        self.more_at = now.saturating_add(grant.more_after);
        self.retry_at = now.saturating_add(grant.retry_after);
        self.ask_from = if grant.granted < wanted && grant.remaining == 0 {
            now.saturating_add(terms.pause.max(grant.retry_after.min(terms.life)))
        } else {
            now
        };
        self.serve(terms, now);
        if !self.waiting.is_empty() {
            errand.ask = self.ask(terms, now);
        }
        errand.back.extend(self.lapse(now).or_else(|| self.excess(terms)));
        errand
    }

    /// No slice came.
    pub(super) fn failed(&mut self, outage: Outage) {
        self.is_asked = false;
        for waiter in self.waiting.drain(..) {
            // Whoever does not wait any more need not be told.
            waiter.reply.send(Err(outage)).unwrap_or_default();
        }
    }

    /// What is to be given back when the time of the tokens is over.
    pub(super) fn lapse(&mut self, now: u64) -> Option<(u32, u64)> {
        if now < self.until || self.tokens == 0 {
            return None;
        }
        let tokens = u32::try_from(std::mem::take(&mut self.tokens)).unwrap_or(u32::MAX);
        Some((tokens, self.taken_at))
    }

    /// Whether forgetting it changes nothing but what it knows of the demand.
    pub(super) fn is_idle(&self, now: u64) -> bool {
        let is_void = self.tokens == 0 || now >= self.until;
        is_void && !self.is_asked && self.waiting.is_empty() && now >= self.ask_from
    }

    /// Whether nobody has asked for it lately.
    pub(super) fn is_forgotten(&self, terms: &Terms, now: u64) -> bool {
        self.is_idle(now) && now.saturating_sub(self.last) >= terms.life
    }

    /// When it is to be looked at again.
    pub(super) fn due(&self, terms: &Terms, now: u64) -> u64 {
        if self.tokens > 0 { self.until } else { now.saturating_add(terms.life) }
    }

    /// What to ask for, unless that is under way or too early.
    fn ask(&mut self, terms: &Terms, now: u64) -> Option<(u64, u64)> {
        if self.is_asked || now < self.ask_from {
            return None;
        }
        // The first request says nothing of how many follow.
        self.demand = self.asked_at.map_or(0, |asked| {
            let elapsed = now.saturating_sub(asked).max(terms.life / PARTS).max(1);
            let demand = u128::from(self.seen) * u128::from(terms.life) / u128::from(elapsed);
            u64::try_from(demand).ok().filter(|demand| *demand >= WORTHWHILE).unwrap_or_default()
        });
        (self.is_asked, self.seen, self.asked_at) = (true, 0, Some(now));
        self.waiting.retain(|waiter| !waiter.reply.is_closed());
        let waiting: u64 = self.waiting.iter().map(|waiter| u64::from(waiter.cost)).sum();
        let want = waiting + self.demand.min(terms.ahead).saturating_sub(self.tokens);
        let least = waiting + terms.cap.saturating_sub(self.tokens);
        Some((want.clamp(1, u64::from(u32::MAX) / 2), least))
    }

    /// Those that wait are served in their order, until somebody needs another slice, of which the store may have one.
    fn serve(&mut self, terms: &Terms, now: u64) {
        while let Some(waiter) = self.waiting.pop_front() {
            if waiter.reply.is_closed() {
                continue;
            }
            let decision = match self.spend(waiter.cost) {
                true => self.admit(now),
                false if now < self.ask_from => self.refuse(terms, now, waiter.cost),
                false => return self.waiting.push_front(waiter),
            };
            if waiter.reply.send(Ok(decision)).is_err() && decision.admitted {
                self.tokens += u64::from(waiter.cost);
            }
        }
    }

    /// What lies here beyond what may lie unspent, as somebody did not wait for it or gave it back.
    fn excess(&mut self, terms: &Terms) -> Option<(u32, u64)> {
        let excess = self.tokens.saturating_sub(terms.cap.max(terms.ahead));
        self.tokens -= excess;
        (excess > 0).then(|| (u32::try_from(excess).unwrap_or(u32::MAX), self.taken_at))
    }

    fn spend(&mut self, cost: u32) -> bool {
        let left = self.tokens.checked_sub(u64::from(cost));
        self.tokens = left.unwrap_or(self.tokens);
        left.is_some()
    }

    fn refuse(&self, terms: &Terms, now: u64, cost: u32) -> Decision {
        let retry_after = self.retry_at.max(self.ask_from).saturating_sub(now).max(1);
        let ever = u64::from(cost) <= terms.limit;
        Decision { admitted: false, retry_after: ever.then_some(retry_after), ..self.admit(now) }
    }

    fn admit(&self, now: u64) -> Decision {
        Decision {
            admitted: true,
            delay: 0,
            // What the store said last may have been taken, or grown, meanwhile.
            remaining: self.tokens.saturating_add(self.remaining).min(self.limit),
            more_after: self.more_at.saturating_sub(now),
            retry_after: Some(0),
        }
    }
}

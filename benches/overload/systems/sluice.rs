//! The gateway's own queue and limit, put together as its gate does, with the rules that an upstream has when nothing is said.

use std::{collections::HashMap, time::Duration};

use gateway_algorithms::{
    admission::{ClassRule, Queue, Refusal, Request, Rules, Ticket, Turn},
    concurrency::{Bounds, Gradient, Limiter},
    priority::PriorityClass,
};
use gateway_model::Admission;

use super::{Change, Discipline, Effect, Reason, meter::Meter};
use crate::{SECOND, events::Id, traffic::Arrival};

/// What a request without a body holds while it waits, or about that, in bytes.
const HEAD: u64 = 1024;

pub(super) struct Sluice {
    limiter: Limiter,
    in_flight: u32,
    queue: Queue<Id>,
    meter: Meter,
    waiting: HashMap<Id, Ticket>,
    /// The window in which each was sent.
    sent: HashMap<Id, u32>,
    /// When somebody looks next whether those that are held back may go.
    looks_at: u64,
    limits: Vec<Change>,
}

impl Sluice {
    pub(super) fn new(seed: u64) -> Self {
        let Admission { concurrency, queue, classes, .. } = Admission::default();
        let rule = |class| {
            let rule = classes.of(class);
            ClassRule { max_wait: u64::from(rule.max_wait_ms) * SECOND / 1000, share: rule.share }
        };
        let rules = Rules {
            max_requests: queue.max_requests,
            max_bytes: queue.max_bytes,
            classes: PriorityClass::ALL.map(rule),
        };
        let bounds = Bounds { min: concurrency.min, max: concurrency.max };
        let limiter = Limiter::Gradient(Gradient::new(bounds, concurrency.initial, seed));
        let limits = vec![(0, limiter.limit(), None)];
        let (meter, waiting, sent) = (Meter::default(), HashMap::new(), HashMap::new());
        Self { limiter, in_flight: 0, queue: Queue::new(rules), meter, waiting, sent, looks_at: 0, limits }
    }

    fn take(&mut self, limit: u32) -> bool {
        let is_free = self.in_flight < limit;
        if is_free {
            self.in_flight += 1;
            self.meter.sees(self.in_flight);
        }
        is_free
    }

    fn sends(&mut self, id: Id, effects: &mut Vec<Effect>) {
        self.sent.insert(id, self.meter.number());
        effects.push(Effect::Sent(id));
    }

    fn admit(&mut self, now: u64, effects: &mut Vec<Effect>) {
        while !self.queue.is_empty() && self.in_flight < self.limiter.limit() {
            if let Some(at) = self.queue.holds_until(now) {
                if std::mem::replace(&mut self.looks_at, at) != at {
                    effects.push(Effect::LooksAt(at));
                }
                break;
            }
            self.take(self.limiter.limit());
            let turn = self.queue.next(now, &mut refuses(&mut self.waiting, effects));
            self.admits(turn, effects);
        }
        let critical = PriorityClass::Critical;
        while self.queue.waiting(critical) > 0 && self.take(self.limiter.critical_limit()) {
            let turn = self.queue.next_of(critical, now, &mut refuses(&mut self.waiting, effects));
            self.admits(turn, effects);
        }
        self.queue.shed(now, &mut refuses(&mut self.waiting, effects));
    }

    fn admits(&mut self, turn: Option<Turn<Id>>, effects: &mut Vec<Effect>) {
        match turn {
            Some(turn) => {
                self.waiting.remove(&turn.item);
                self.sends(turn.item, effects);
            }
            None => self.in_flight -= 1,
        }
    }

    fn judge(&mut self, now: u64, effects: &mut Vec<Effect>) {
        let Some(window) = self.meter.window(now).filter(|window| self.limiter.is_full(window)) else { return };
        let before = self.limiter.limit();
        let cause = self.limiter.judge(&window, Duration::from_nanos(now));
        self.meter.begin(now, self.in_flight);
        let limit = self.limiter.limit();
        self.queue.space(limit, window.latency);
        if limit != before {
            self.limits.push((now, limit, cause));
        }
        if limit > before {
            self.admit(now, effects);
        }
    }
}

fn refuses(waiting: &mut HashMap<Id, Ticket>, effects: &mut Vec<Effect>) -> impl FnMut(Id, Refusal) {
    |id, refusal| {
        waiting.remove(&id);
        effects.push(Effect::Refused(id, Reason::Refused(refusal)));
    }
}

impl Discipline for Sluice {
    fn arrives(&mut self, id: Id, arrival: &Arrival, effects: &mut Vec<Effect>) {
        if self.queue.is_empty() && self.take(self.limiter.limit()) {
            return self.sends(id, effects);
        }
        self.meter.limits();
        let critical = PriorityClass::Critical;
        let is_first = arrival.class == critical && self.queue.waiting(critical) == 0;
        if is_first && self.take(self.limiter.critical_limit()) {
            return self.sends(id, effects);
        }
        let now = arrival.at;
        let request = Request { class: arrival.class, flow: arrival.flow, bytes: HEAD, max_wait: None };
        let entered = self.queue.enter(request, id, now, &mut refuses(&mut self.waiting, effects));
        match entered {
            Ok(ticket) => {
                self.waiting.insert(id, ticket);
                effects.push(Effect::Waits(id, now + self.queue.max_wait(&request)));
            }
            Err((refusal, id)) => effects.push(Effect::Refused(id, Reason::Refused(refusal))),
        }
        self.admit(now, effects);
    }

    fn answered(&mut self, id: Id, latency: u64, now: u64, effects: &mut Vec<Effect>) {
        if let Some(window) = self.sent.remove(&id) {
            self.meter.answers(window, Duration::from_nanos(latency));
        }
        self.judge(now, effects);
        self.in_flight -= 1;
        self.admit(now, effects);
    }

    fn looks(&mut self, now: u64, effects: &mut Vec<Effect>) {
        self.admit(now, effects);
    }

    fn leaves(&mut self, id: Id, _: u64) {
        if let Some(ticket) = self.waiting.remove(&id) {
            self.queue.leave(ticket);
        }
    }

    fn limits(&self) -> &[Change] {
        &self.limits
    }
}

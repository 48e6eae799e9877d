//! One run: one system before one server, under some traffic.

use std::collections::HashMap;

use gateway_algorithms::admission::Refusal;

use crate::{
    SECOND,
    events::{Event, Events, Id},
    server::{Capacity, Server},
    systems::{Change, Discipline, Effect, Reason, System},
    tally::Tally,
    traffic::{Arrival, Source, Traffic},
};

/// How long a client waits for its answer, in nanoseconds.
pub(crate) const PATIENCE: u64 = 5 * SECOND;

/// What a run is made of.
#[derive(Clone, Debug)]
pub(crate) struct Setup {
    pub(crate) sources: Vec<Source>,
    pub(crate) capacity: Capacity,
    /// Of what requests cost: 0 for always the same, 1 for exponential.
    pub(crate) spread: f64,
    /// Seconds before anything is counted.
    pub(crate) warm_up: u64,
    /// Seconds that count.
    pub(crate) seconds: u64,
    pub(crate) seed: u64,
}

/// What it came to.
pub(crate) struct Run {
    pub(crate) tally: Tally,
    pub(crate) limits: Vec<Change>,
}

/// A request that has come and has not been decided.
struct Call {
    arrival: Arrival,
    sent: u64,
    is_waiting: bool,
    /// Whether it is the client whose patience ends first.
    hangs_up: bool,
}

struct Running {
    server: Server,
    discipline: Box<dyn Discipline>,
    events: Events,
    calls: HashMap<Id, Call>,
    tally: Tally,
    effects: Vec<Effect>,
}

impl Setup {
    pub(crate) fn run(&self, system: System) -> Run {
        let mut traffic = Traffic::new(self.sources.clone(), self.spread, self.seed);
        let mut running = Running {
            server: Server::new(self.capacity),
            discipline: system.begin(self.capacity, self.seed),
            events: Events::default(),
            calls: HashMap::new(),
            tally: Tally::new(self.sources.len(), self.warm_up * SECOND, (self.warm_up + self.seconds) * SECOND),
            effects: Vec::new(),
        };
        let end = (self.warm_up + self.seconds) * SECOND;
        for id in 0.. {
            let arrival = traffic.next();
            running.until(arrival.at.min(end));
            if arrival.at >= end {
                break;
            }
            running.arrives(id, arrival);
        }
        // Those that are still under way are waited for.
        running.until(u64::MAX);
        Run { tally: running.tally, limits: running.discipline.limits().to_vec() }
    }
}

impl Running {
    fn until(&mut self, time: u64) {
        while let Some((now, event)) = self.events.until(time) {
            match event {
                Event::Answer(id) => self.answers(id, now),
                Event::Look => self.discipline.looks(now, &mut self.effects),
                Event::Patience(id) => self.ends(id, now),
            }
            self.follow(now);
        }
    }

    fn arrives(&mut self, id: Id, arrival: Arrival) {
        self.tally.comes(&arrival);
        self.calls.insert(id, Call { arrival, sent: 0, is_waiting: false, hangs_up: false });
        self.discipline.arrives(id, &arrival, &mut self.effects);
        self.follow(arrival.at);
    }

    fn answers(&mut self, id: Id, now: u64) {
        self.server.is_done(now, &mut self.events);
        let Some(call) = self.calls.remove(&id) else { return };
        match now - call.arrival.at <= PATIENCE {
            true => self.tally.answered(&call.arrival, now),
            false => self.tally.refused(&call.arrival, Reason::HungUp),
        }
        self.discipline.answered(id, now - call.sent, now, &mut self.effects);
    }

    fn ends(&mut self, id: Id, now: u64) {
        let Some(call) = self.calls.get(&id).filter(|call| call.is_waiting) else { return };
        let reason = if call.hangs_up { Reason::HungUp } else { Reason::Refused(Refusal::Deadline) };
        self.discipline.leaves(id, now);
        self.tally.refused(&call.arrival, reason);
        self.calls.remove(&id);
    }

    fn follow(&mut self, now: u64) {
        for effect in self.effects.drain(..) {
            match effect {
                Effect::Sent(id) => {
                    let Some(call) = self.calls.get_mut(&id) else { continue };
                    (call.sent, call.is_waiting) = (now, false);
                    self.server.takes(id, call.arrival.work, now, &mut self.events);
                }
                Effect::Waits(id, until) => {
                    let Some(call) = self.calls.get_mut(&id) else { continue };
                    let hangs_up = call.arrival.at + PATIENCE;
                    (call.is_waiting, call.hangs_up) = (true, hangs_up < until);
                    self.events.at(until.min(hangs_up), Event::Patience(id));
                }
                Effect::LooksAt(time) => self.events.at(time, Event::Look),
                Effect::Refused(id, reason) => {
                    let Some(call) = self.calls.remove(&id) else { continue };
                    self.tally.refused(&call.arrival, reason);
                }
            }
        }
    }
}

//! The server behind the gateway: workers, and a backlog of its own that nobody sees and nobody bounds.

use std::collections::VecDeque;

use crate::{
    SECOND,
    events::{Event, Events, Id},
};

/// What it can do, which the gateway is not told.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Capacity {
    pub(crate) workers: u32,
    /// The mean time of a request, in nanoseconds.
    pub(crate) service: u64,
    pub(crate) slow: Option<Slow>,
}

/// Everything takes longer for a while.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slow {
    /// In nanoseconds.
    pub(crate) from: u64,
    pub(crate) to: u64,
    pub(crate) factor: f64,
}

pub(crate) struct Server {
    capacity: Capacity,
    busy: u32,
    /// With what each costs.
    backlog: VecDeque<(Id, f64)>,
}

impl Capacity {
    pub(crate) fn new(workers: u32, service_ms: u64) -> Self {
        Self { workers, service: service_ms * SECOND / 1000, slow: None }
    }

    /// Requests a second, as long as it is not slow.
    pub(crate) fn rate(&self) -> f64 {
        f64::from(self.workers) * SECOND as f64 / self.service as f64
    }

    /// By how much everything takes longer at that moment.
    pub(crate) fn factor(&self, now: u64) -> f64 {
        self.slow.filter(|slow| (slow.from..slow.to).contains(&now)).map_or(1.0, |slow| slow.factor)
    }
}

impl Server {
    pub(crate) fn new(capacity: Capacity) -> Self {
        Self { capacity, busy: 0, backlog: VecDeque::new() }
    }

    pub(crate) fn takes(&mut self, id: Id, work: f64, now: u64, events: &mut Events) {
        if self.busy == self.capacity.workers {
            return self.backlog.push_back((id, work));
        }
        self.busy += 1;
        self.begins(id, work, now, events);
    }

    /// A worker has answered and is free for the next one.
    pub(crate) fn is_done(&mut self, now: u64, events: &mut Events) {
        match self.backlog.pop_front() {
            Some((id, work)) => self.begins(id, work, now, events),
            None => self.busy -= 1,
        }
    }

    fn begins(&self, id: Id, work: f64, now: u64, events: &mut Events) {
        let service = self.capacity.service as f64 * self.capacity.factor(now) * work;
        events.at(now + service as u64, Event::Answer(id));
    }
}

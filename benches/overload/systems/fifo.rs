//! A limit with one queue for all, first in, first out, which nobody waits in for longer than a deadline.

use std::collections::VecDeque;

use super::{Discipline, Effect};
use crate::{SECOND, events::Id, traffic::Arrival};

/// As long as class `normal` waits by default.
const DEADLINE: u64 = 2 * SECOND;

pub(super) struct Fifo {
    limit: u32,
    in_flight: u32,
    queue: VecDeque<Id>,
}

impl Fifo {
    pub(super) fn new(limit: u32) -> Self {
        Self { limit, in_flight: 0, queue: VecDeque::new() }
    }
}

impl Discipline for Fifo {
    fn arrives(&mut self, id: Id, arrival: &Arrival, effects: &mut Vec<Effect>) {
        if self.in_flight == self.limit {
            self.queue.push_back(id);
            return effects.push(Effect::Waits(id, arrival.at + DEADLINE));
        }
        self.in_flight += 1;
        effects.push(Effect::Sent(id));
    }

    fn answered(&mut self, _: Id, _: u64, _: u64, effects: &mut Vec<Effect>) {
        match self.queue.pop_front() {
            Some(next) => effects.push(Effect::Sent(next)),
            None => self.in_flight -= 1,
        }
    }

    fn leaves(&mut self, id: Id, _: u64) {
        // All have the same deadline: who leaves is the oldest.
        debug_assert_eq!(self.queue.front(), Some(&id), "somebody else's time is over");
        self.queue.pop_front();
    }
}

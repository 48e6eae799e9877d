//! A limit without a queue.

use super::{Discipline, Effect, Reason};
use crate::{events::Id, traffic::Arrival};

pub(super) struct NoQueue {
    limit: u32,
    in_flight: u32,
}

impl NoQueue {
    pub(super) fn new(limit: u32) -> Self {
        Self { limit, in_flight: 0 }
    }
}

impl Discipline for NoQueue {
    fn arrives(&mut self, id: Id, _: &Arrival, effects: &mut Vec<Effect>) {
        if self.in_flight == self.limit {
            return effects.push(Effect::Refused(id, Reason::NoSlot));
        }
        self.in_flight += 1;
        effects.push(Effect::Sent(id));
    }

    fn answered(&mut self, _: Id, _: u64, _: u64, _: &mut Vec<Effect>) {
        self.in_flight -= 1;
    }

    fn leaves(&mut self, _: Id, _: u64) {}
}

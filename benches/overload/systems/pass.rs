//! No limit: the server's own backlog is the queue.

use super::{Discipline, Effect};
use crate::{events::Id, traffic::Arrival};

pub(super) struct PassThrough;

impl Discipline for PassThrough {
    fn arrives(&mut self, id: Id, _: &Arrival, effects: &mut Vec<Effect>) {
        effects.push(Effect::Sent(id));
    }

    fn answered(&mut self, _: Id, _: u64, _: u64, _: &mut Vec<Effect>) {}

    fn leaves(&mut self, _: Id, _: u64) {}
}

//! The requests of one class: flows that take turns.

use std::collections::{HashMap, VecDeque, hash_map};

use super::{
    Request, SPARED, TARGET, TARGET_SLOTS,
    list::{Arena, Ends, Entry, Order, Place},
    pace::Pace,
};

/// What a class may be owed at most, in slots: a share is not saved up.
const MOST_OWED: u32 = 2 * SLOT;

/// Flows and turns for which there is always room.
const FEW: usize = 64;

/// One slot, in hundredths.
const SLOT: u32 = 100;

#[derive(Debug, Default)]
pub(super) struct Class {
    /// By arrival.
    all: Ends,
    flows: HashMap<u64, Flow>,
    /// The flows in the order of their turns, and some that have nobody waiting any more.
    turns: VecDeque<Turn>,
    /// Since when somebody has been waiting without a break, in nanoseconds.
    since: Option<u64>,
    /// Between two slots that this class got; none while it has not got any since it began to wait.
    pace: Option<Pace>,
    /// Hundredths of a slot that it has to come.
    owed: u32,
    /// Memory that those hold that wait.
    bytes: u64,
}

/// Those of one flow that wait, by arrival.
#[derive(Debug)]
struct Flow {
    ends: Ends,
    turn: Turn,
}

/// A flow's turn. One that came back has another number than the one that left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Turn {
    flow: u64,
    number: u64,
}

impl Class {
    pub(super) fn len(&self) -> u32 {
        self.all.len
    }

    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    pub(super) fn waits_since(&self) -> Option<u64> {
        self.since
    }

    pub(super) fn of_flow(&self, flow: u64) -> u32 {
        self.flows.get(&flow).map_or(0, |flow| flow.ends.len)
    }

    /// How many are served before one more of that flow would be.
    pub(super) fn position(&self, flow: u64, newest_first: bool) -> u32 {
        let flows = u32::try_from(self.flows.len()).unwrap_or(u32::MAX);
        let others = flows.saturating_sub(u32::from(self.flows.contains_key(&flow)));
        let rounds = if newest_first { 0 } else { self.of_flow(flow) };
        // In each round every flow has one turn.
        rounds.saturating_add((rounds + 1).saturating_mul(others)).min(self.all.len)
    }

    /// Nanoseconds between two slots that it gets.
    pub(super) fn pace(&self, now: u64) -> Option<u64> {
        self.pace.and_then(|pace| pace.get(now))
    }

    /// How long may be waited while it is backlogged, in nanoseconds.
    pub(super) fn target(&self, now: u64) -> u64 {
        // Where it has got no slot at all, one takes longer than that.
        let pace = self.pace(now).unwrap_or_else(|| now.saturating_sub(self.since.unwrap_or(now)));
        TARGET.max(pace.saturating_mul(TARGET_SLOTS))
    }

    /// How long may be waited by one of that flow, where the target is that.
    pub(super) fn patience(&self, flow: u64, target: u64) -> u64 {
        let has_little = 2 * self.of_flow(flow) as usize * self.flows.len() <= self.all.len as usize;
        if has_little { target.saturating_mul(SPARED) } else { target }
    }

    pub(super) fn enter<T>(
        &mut self,
        arena: &mut Arena<T>,
        request: Request,
        item: T,
        number: u64,
        times: (u64, u64),
    ) -> Place {
        self.since.get_or_insert(times.0);
        self.bytes += request.bytes;
        let place = arena.insert(Entry::new(item, request.class, request.flow, request.bytes, number, times));
        arena.push(Order::Class, &mut self.all, place);
        let flow = match self.flows.entry(request.flow) {
            hash_map::Entry::Occupied(known) => known.into_mut(),
            hash_map::Entry::Vacant(new) => {
                let turn = Turn { flow: request.flow, number };
                self.turns.push_back(turn);
                new.insert(Flow { ends: Ends::default(), turn })
            }
        };
        arena.push(Order::Flow, &mut flow.ends, place);
        self.forget_turns();
        place
    }

    /// The next one of the flow whose turn it is.
    pub(super) fn next<T>(&mut self, arena: &mut Arena<T>, newest_first: bool, now: u64) -> Option<Entry<T>> {
        let Flow { ends, turn } = self.next_flow()?;
        let place = if newest_first { ends.newest } else { ends.oldest }?;
        if ends.len > 1 {
            self.turns.push_back(turn);
        }
        let since = self.since.unwrap_or(now);
        let pace = self.pace.get_or_insert_with(|| {
            let mut pace = Pace::default();
            pace.begins(since);
            pace
        });
        pace.passes(now);
        self.leave(arena, place)
    }

    fn next_flow(&mut self) -> Option<Flow> {
        loop {
            let turn = self.turns.pop_front()?;
            if let Some(flow) = self.flows.get(&turn.flow).filter(|flow| flow.turn == turn) {
                return Some(Flow { ..*flow });
            }
        }
    }

    /// Drops the turns of flows that have left, once they are the larger part.
    fn forget_turns(&mut self) {
        if self.turns.len() > 2 * self.flows.len() + FEW {
            let flows = &self.flows;
            self.turns.retain(|turn| flows.get(&turn.flow).is_some_and(|flow| flow.turn == *turn));
        }
    }

    pub(super) fn oldest<'a, T>(&self, arena: &'a Arena<T>) -> Option<&'a Entry<T>> {
        arena.get(self.all.oldest?)
    }

    /// Takes out the one that came last, or the one that came first.
    pub(super) fn leave_end<T>(&mut self, arena: &mut Arena<T>, newest: bool) -> Option<Entry<T>> {
        let place = if newest { self.all.newest } else { self.all.oldest }?;
        self.leave(arena, place)
    }

    pub(super) fn leave<T>(&mut self, arena: &mut Arena<T>, place: Place) -> Option<Entry<T>> {
        let &Entry { flow, bytes, .. } = arena.get(place)?;
        self.bytes -= bytes;
        arena.unlink(Order::Class, &mut self.all, place);
        let known = self.flows.get_mut(&flow)?;
        arena.unlink(Order::Flow, &mut known.ends, place);
        if known.ends.len == 0 {
            self.flows.remove(&flow);
        }
        if self.all.len == 0 {
            self.empties();
        }
        arena.remove(place)
    }

    /// What was grown for a crowd is given back.
    fn empties(&mut self) {
        self.since = None;
        self.pace = None;
        self.turns.clear();
        self.turns.shrink_to(FEW);
        self.flows.shrink_to(FEW);
    }

    // === shares ===

    /// A slot came free while it waits.
    pub(super) fn earns(&mut self, share: u32) {
        self.owed = (self.owed + share).min(MOST_OWED);
    }

    pub(super) fn is_owed(&self) -> bool {
        self.owed >= SLOT
    }

    /// It gets a slot.
    pub(super) fn takes(&mut self) {
        self.owed = self.owed.saturating_sub(SLOT);
    }
}

//! The queue in front of a server that has all the requests that it takes: who is next, who waits too long, who need not try.
//!
//! - Classes go in order of importance. A class that waits gets its share of the slots that come free even so.
//! - Within a class flows (consumers) take turns, which is deficit round robin where all requests cost the same
//!   (Shreedhar and Varghese, "Efficient Fair Queuing using Deficit Round Robin", 1995).
//! - Within a flow the oldest goes first while the class is calm, and the newest once it is backlogged: then the oldest have
//!   waited too long already, and serving them helps nobody.
//! - A class is backlogged when it has had somebody waiting for as long as its longest wait. Then nobody waits for longer than
//!   a few slots take to come free. This is controlled delay as servers use it (Nichols and Jacobson, "Controlling Queue
//!   Delay", 2012, in the variant of Maurer, "Fail at Scale", 2015).
//! - Who would wait for longer than its deadline is refused at the door; so is a flow that has taken as much of the queue as is
//!   still free (dynamic thresholds, Choudhury and Hahne, 1998): one flood leaves room for everybody else.
//! - Those who wait go one after another, however many slots come free at one time.
//! - What less important ones have taken of the queue is free for the more important: where it is full, they make room.
//!
//! Times are nanoseconds since any fixed moment, the same for all calls.

mod class;
mod list;
mod pace;
mod spacing;
#[cfg(test)]
mod tests;

use std::time::Duration;

use crate::priority::PriorityClass;

use self::{
    class::Class,
    list::{Arena, Place},
};

/// The least time that a request may wait in a backlogged class, in nanoseconds (the target of controlled delay).
const TARGET: u64 = 5_000_000;

/// In a backlogged class requests may wait for so many slots to come free, if that is longer than [`TARGET`]: were none kept
/// waiting, slots would stay empty.
const TARGET_SLOTS: u64 = 8;

/// Those of a flow that has less than half of what flows have in the mean may wait for so many times as long: they wait for
/// their turn, and are not what the class is backlogged with.
const SPARED: u64 = 4;

/// How many may wait, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Requests that may wait at one time.
    pub max_requests: u32,
    /// Memory that they may hold, in bytes.
    pub max_bytes: u64,
    /// By [`rank`](PriorityClass::rank) of the class.
    pub classes: [ClassRule; 4],
}

/// How a class waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClassRule {
    /// The longest wait, in nanoseconds.
    pub max_wait: u64,
    /// Of 100 slots that come free while the class waits, so many go to it at least.
    pub share: u32,
}

/// A request that is to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    /// How important it is.
    pub class: PriorityClass,
    /// With whom it shares its turns: the hash of a consumer, or of an address.
    pub flow: u64,
    /// Memory that it holds while it waits, in bytes.
    pub bytes: u64,
    /// Its own longest wait in nanoseconds, where that is shorter than the class's.
    pub max_wait: Option<u64>,
}

/// Why a request is not served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// As many wait as may.
    QueueFull,
    /// Those that wait hold as much memory as they may.
    QueueMemory,
    /// Its flow has taken its part of the queue.
    FlowFull,
    /// It would wait for longer than it may.
    TooLong,
    /// It has waited for as long as it may.
    Deadline,
    /// Its class is backlogged, and newer requests were served.
    Shed,
}

/// A request that waits. Its number is used again only by one that came after it had left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket {
    place: Place,
    number: u64,
}

/// A request whose turn has come.
#[derive(Debug, PartialEq, Eq)]
pub struct Turn<T> {
    /// What was handed in.
    pub item: T,
    /// Its class.
    pub class: PriorityClass,
    /// Nanoseconds that it waited.
    pub waited: u64,
}

/// The queue. `T` is what the caller knows a request by.
#[derive(Debug)]
pub struct Queue<T> {
    rules: Rules,
    classes: [Class; 4],
    arena: Arena<T>,
    bytes: u64,
    /// Between two slots that came free while anybody waited.
    pace: pace::Pace,
    spacing: spacing::Spacing,
    /// The number of the next request.
    number: u64,
}

impl<T> Queue<T> {
    /// An empty queue.
    #[must_use]
    pub fn new(rules: Rules) -> Self {
        Self {
            rules,
            classes: Default::default(),
            arena: Arena::default(),
            bytes: 0,
            pace: pace::Pace::default(),
            spacing: spacing::Spacing::default(),
            number: 0,
        }
    }

    /// Requests that wait.
    #[must_use]
    pub fn len(&self) -> usize {
        self.arena.len()
    }

    /// Whether nobody waits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Requests of a class that wait.
    #[must_use]
    pub fn waiting(&self, class: PriorityClass) -> u32 {
        self.classes[class.rank()].len()
    }

    /// Memory that they hold, in bytes.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// How long the request that has waited longest has done so, in nanoseconds; 0 when nobody waits.
    #[must_use]
    pub fn longest_wait(&self, now: u64) -> u64 {
        let oldest = self.classes.iter().filter_map(|class| class.oldest(&self.arena)).map(|entry| entry.arrived);
        oldest.min().map_or(0, |arrived| now.saturating_sub(arrived))
    }

    /// Puts other rules in the place of these. Who waits already goes on waiting, for as long as it was told that it may.
    pub fn set_rules(&mut self, rules: Rules) {
        self.rules = rules;
    }

    /// From now on those who wait go one after another, where so many hold their slots for so long each in the mean; with a
    /// `held` of zero all go at once for whom there are slots.
    pub fn space(&mut self, limit: u32, held: Duration) {
        self.spacing.set(limit, held);
    }

    /// When the [`next`](Self::next) one may go, if it may not yet, though there may be a slot for it.
    #[must_use]
    pub fn holds_until(&self, now: u64) -> Option<u64> {
        self.spacing.holds_until(now)
    }

    /// Lets a request wait. `shed` is told of those that had to make room for it.
    ///
    /// # Errors
    /// Why it must not, and the item.
    pub fn enter(
        &mut self,
        request: Request,
        item: T,
        now: u64,
        shed: &mut impl FnMut(T, Refusal),
    ) -> Result<Ticket, (Refusal, T)> {
        let max_wait = self.max_wait(&request);
        if let Err(refusal) = self.check(&request, max_wait, now) {
            return Err((refusal, item));
        }
        self.make_room(&request, now, shed);
        let number = self.number;
        self.number += 1;
        self.bytes += request.bytes;
        if self.is_empty() {
            self.pace.begins(now);
        }
        let class = &mut self.classes[request.class.rank()];
        let place = class.enter(&mut self.arena, request, item, number, (now, max_wait));
        Ok(Ticket { place, number })
    }

    /// How long this request may wait, in nanoseconds.
    #[must_use]
    pub fn max_wait(&self, request: &Request) -> u64 {
        let longest = self.rules.classes[request.class.rank()].max_wait;
        request.max_wait.map_or(longest, |own| own.min(longest))
    }

    fn check(&self, request: &Request, max_wait: u64, now: u64) -> Result<(), Refusal> {
        let rank = request.class.rank();
        let (mut stay, mut bytes) = (0, request.bytes);
        for class in &self.classes[..=rank] {
            stay += class.len() as usize;
            bytes = bytes.saturating_add(class.bytes());
        }
        let max_requests = self.rules.max_requests as usize;
        let free = max_requests.saturating_sub(stay);
        // More than may wait only after new rules, which nobody has to go for.
        if free == 0 || self.len() > max_requests {
            return Err(Refusal::QueueFull);
        }
        if bytes.max(self.bytes) > self.rules.max_bytes {
            return Err(Refusal::QueueMemory);
        }
        if self.classes[rank].of_flow(request.flow) as usize >= free {
            return Err(Refusal::FlowFull);
        }
        // Who would be alone is let in: how fast slots come free is only seen while somebody waits.
        match !self.is_empty() && self.predicted_wait(request, now) > max_wait {
            true => Err(Refusal::TooLong),
            false => Ok(()),
        }
    }

    /// Sheds the least important ones until this one fits, which [`check`](Self::check) has found possible: of a calm class
    /// those that came last, as if the door had been closed to them, and of a backlogged one those that would be shed next.
    fn make_room(&mut self, request: &Request, now: u64, shed: &mut impl FnMut(T, Refusal)) {
        for class in PriorityClass::ALL.into_iter().skip(request.class.rank() + 1).rev() {
            let newest_first = !self.is_backlogged(class, now);
            loop {
                let refusal = match () {
                    () if self.len() >= self.rules.max_requests as usize => Refusal::QueueFull,
                    () if self.bytes.saturating_add(request.bytes) > self.rules.max_bytes => Refusal::QueueMemory,
                    () => return,
                };
                let state = &mut self.classes[class.rank()];
                let Some(entry) = state.leave_end(&mut self.arena, newest_first) else { break };
                self.bytes -= entry.bytes;
                shed(entry.item, refusal);
            }
        }
    }

    /// How long a request that comes now would wait, in nanoseconds, as slots have come free lately; 0 if none has.
    #[must_use]
    pub fn predicted_wait(&self, request: &Request, now: u64) -> u64 {
        let class = &self.classes[request.class.rank()];
        let position = u64::from(class.position(request.flow, self.is_backlogged(request.class, now))) + 1;
        match class.pace(now) {
            // It has seen how many slots those above it leave.
            Some(pace) => pace.saturating_mul(position),
            None => {
                let above = self.classes[..request.class.rank()].iter().map(|class| u64::from(class.len()));
                // While nobody waits none comes free for them, which says nothing.
                let pace = if self.is_empty() { self.pace.mean() } else { self.pace.get(now) };
                pace.unwrap_or(0).saturating_mul(above.sum::<u64>() + position)
            }
        }
    }

    /// Whether a class has had somebody waiting for as long as its longest wait.
    fn is_backlogged(&self, class: PriorityClass, now: u64) -> bool {
        let longest = self.rules.classes[class.rank()].max_wait;
        self.classes[class.rank()].waits_since().is_some_and(|since| now.saturating_sub(since) > longest)
    }

    /// A slot has come free: whose turn it is. `shed` is told of those that have waited too long meanwhile.
    pub fn next(&mut self, now: u64, shed: &mut impl FnMut(T, Refusal)) -> Option<Turn<T>> {
        self.shed(now, shed);
        if self.is_empty() {
            return None;
        }
        self.pace.passes(now);
        self.spacing.passes(now);
        let class = self.whose_turn();
        self.serve(class, now)
    }

    /// There is room for a request of this class alone. It counts for no share, and not as a slot that came free,
    /// and it goes at once.
    pub fn next_of(&mut self, class: PriorityClass, now: u64, shed: &mut impl FnMut(T, Refusal)) -> Option<Turn<T>> {
        self.shed(now, shed);
        self.serve(class, now)
    }

    fn serve(&mut self, class: PriorityClass, now: u64) -> Option<Turn<T>> {
        let newest_first = self.is_backlogged(class, now);
        let entry = self.classes[class.rank()].next(&mut self.arena, newest_first, now)?;
        self.bytes -= entry.bytes;
        Some(Turn { item: entry.item, class, waited: now.saturating_sub(entry.arrived) })
    }

    /// Removes those that have waited too long.
    pub fn shed(&mut self, now: u64, shed: &mut impl FnMut(T, Refusal)) {
        for class in PriorityClass::ALL {
            let target = self.is_backlogged(class, now).then(|| self.classes[class.rank()].target(now));
            let state = &mut self.classes[class.rank()];
            while let Some(oldest) = state.oldest(&self.arena) {
                let waited = now.saturating_sub(oldest.arrived);
                let refusal = match target {
                    _ if waited > oldest.max_wait => Refusal::Deadline,
                    Some(target) if waited > state.patience(oldest.flow, target) => Refusal::Shed,
                    _ => break,
                };
                let Some(entry) = state.leave_end(&mut self.arena, false) else { break };
                self.bytes -= entry.bytes;
                shed(entry.item, refusal);
            }
        }
    }

    /// Takes a request out that waits no more; none if it has left already.
    pub fn leave(&mut self, ticket: Ticket) -> Option<T> {
        let class = self.arena.get(ticket.place).filter(|entry| entry.number == ticket.number)?.class;
        let entry = self.classes[class.rank()].leave(&mut self.arena, ticket.place)?;
        self.bytes -= entry.bytes;
        Some(entry.item)
    }

    /// The class that a slot goes to: the most important one that waits, unless another one has its share to come.
    fn whose_turn(&mut self) -> PriorityClass {
        let mut first = None;
        let mut owed = None;
        for class in PriorityClass::ALL {
            let share = self.rules.classes[class.rank()].share;
            let state = &mut self.classes[class.rank()];
            if state.len() == 0 {
                continue;
            }
            state.earns(share);
            first = first.or(Some(class));
            if owed.is_none() && state.is_owed() {
                owed = Some(class);
            }
        }
        let class = owed.or(first).unwrap_or_default();
        self.classes[class.rank()].takes();
        class
    }
}

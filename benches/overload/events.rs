//! What happens when: virtual time goes from one event to the next.

use std::{cmp::Reverse, collections::BinaryHeap};

/// A request, by a number that no other has had.
pub(crate) type Id = u64;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Event {
    /// The server has answered.
    Answer(Id),
    /// The gateway may let those go that it has held back.
    Look,
    /// The gateway does not let it wait any longer, or its client does not.
    Patience(Id),
}

/// Events in the order of their time, and of those at one moment in the order in which they were arranged.
#[derive(Default)]
pub(crate) struct Events {
    heap: BinaryHeap<Reverse<(u64, u64, Event)>>,
    arranged: u64,
}

impl Events {
    pub(crate) fn at(&mut self, time: u64, event: Event) {
        self.arranged += 1;
        self.heap.push(Reverse((time, self.arranged, event)));
    }

    /// The next one, if it is not after that time.
    pub(crate) fn until(&mut self, time: u64) -> Option<(u64, Event)> {
        let Reverse((at, ..)) = self.heap.peek()?;
        if *at > time {
            return None;
        }
        self.heap.pop().map(|Reverse((at, _, event))| (at, event))
    }
}

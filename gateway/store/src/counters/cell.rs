//! Where a state lies: in an atomic word that many threads change at once, or behind the lock of its shard.

use std::sync::atomic::{AtomicU64, Ordering};

use gateway_algorithms::limit::{
    Concurrency, Counted, FixedWindow, Gcra, LeakyBucket, Limit, Log, Sliding, SlidingLog, SlidingWindow,
};

/// A limit whose states a table keeps.
pub(super) trait Kept: Limit + Copy + PartialEq {
    type Cell: Cell<State = Self::State>;
}

/// The place of one state.
pub(super) trait Cell: Default {
    type State;

    /// Whether [`Cell::update`] acts on a shared cell.
    const SHARED: bool;

    fn new(state: Self::State) -> Self;

    fn get_mut(&mut self) -> &mut Self::State;

    fn read<R>(&self, look: impl FnOnce(&Self::State) -> R) -> R;

    /// Changes the state, perhaps after some tries: `change` is then called for each. `None` when a shared cell cannot be
    /// changed.
    fn update<R>(&self, change: impl FnMut(&mut Self::State) -> R) -> Option<R>;
}

/// A state of more than a word.
#[derive(Default)]
pub(super) struct Wide<S>(S);

impl Kept for Gcra {
    type Cell = AtomicU64;
}

impl Kept for LeakyBucket {
    type Cell = AtomicU64;
}

impl Kept for Concurrency {
    type Cell = AtomicU64;
}

impl Kept for FixedWindow {
    type Cell = Wide<Counted>;
}

impl Kept for SlidingWindow {
    type Cell = Wide<Sliding>;
}

impl Kept for SlidingLog {
    type Cell = Wide<Log>;
}

impl Cell for AtomicU64 {
    type State = u64;

    const SHARED: bool = true;

    fn new(state: u64) -> Self {
        Self::new(state)
    }

    fn get_mut(&mut self) -> &mut u64 {
        self.get_mut()
    }

    fn read<R>(&self, look: impl FnOnce(&u64) -> R) -> R {
        look(&self.load(Ordering::Relaxed))
    }

    fn update<R>(&self, change: impl FnMut(&mut u64) -> R) -> Option<R> {
        Some(advance(self, change))
    }
}

/// Changes a word, again whenever another request came in between.
pub(crate) fn advance<R>(word: &AtomicU64, mut change: impl FnMut(&mut u64) -> R) -> R {
    // Relaxed: the word is all there is, nothing else is published with it.
    let mut before = word.load(Ordering::Relaxed);
    loop {
        let mut after = before;
        let result = change(&mut after);
        // Most refusals change nothing, and write nothing that other threads would have to read again.
        if after == before {
            return result;
        }
        match word.compare_exchange_weak(before, after, Ordering::Relaxed, Ordering::Relaxed) {
            Ok(_) => return result,
            Err(newer) => before = newer,
        }
    }
}

impl<S: Default> Cell for Wide<S> {
    type State = S;

    const SHARED: bool = false;

    fn new(state: S) -> Self {
        Self(state)
    }

    fn get_mut(&mut self) -> &mut S {
        &mut self.0
    }

    fn read<R>(&self, look: impl FnOnce(&S) -> R) -> R {
        look(&self.0)
    }

    fn update<R>(&self, _change: impl FnMut(&mut S) -> R) -> Option<R> {
        None
    }
}

//! The fixed window: so many in each stretch of time, and all of them back at its end.
//!
//! Windows begin at the multiples of their length since the clock's zero.
//! Twice the limit may pass around an edge, half of it before and half after: the price of a count that anybody can
//! follow.

use super::{CountError, Decision, Limit};

/// The greatest limit: whole numbers up to here are exact in JSON and in Lua, and their products with times in `u128`.
pub(super) const MOST: u64 = 1 << 53;

/// The longest window, in nanoseconds: 366 days.
pub(super) const LONGEST_WINDOW: u64 = 366 * 24 * 60 * 60 * 1_000_000_000;

/// How many may pass in each window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FixedWindow {
    limit: u64,
    window: u64,
}

/// What a key has taken in one window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// When the window began, in nanoseconds.
    start: u64,
    count: u64,
}

impl FixedWindow {
    /// A limit of `limit` in each `window` nanoseconds.
    ///
    /// # Errors
    /// [`CountError`] names the argument that admits nothing or cannot be counted.
    pub fn new(limit: u64, window: u64) -> Result<Self, CountError> {
        let (limit, window) = CountError::window(limit, window)?;
        Ok(Self { limit, window })
    }

    /// What was taken in the window of `now`, or in a later one that others have seen already.
    fn current(&self, state: &Counted, now: u64) -> Counted {
        let start = self.start(now.max(state.start));
        // A limit that was lowered has left more behind than it admits itself.
        let count = if self.start(state.start) == start { state.count.min(self.limit) } else { 0 };
        Counted { start, count }
    }

    fn start(&self, now: u64) -> u64 {
        now - now % self.window
    }

    fn ends_after(&self, current: &Counted, now: u64) -> u64 {
        current.start.saturating_add(self.window).saturating_sub(now)
    }

    fn judge(&self, state: &Counted, now: u64, cost: u32) -> (Counted, Decision) {
        let current = self.current(state, now);
        let left = self.limit - current.count;
        let cost = u64::from(cost);
        let until_end = self.ends_after(&current, now);
        let more_after = |left| if left == self.limit { 0 } else { until_end };
        if cost == 0 {
            (*state, Decision::admit(left, more_after(left)))
        } else if cost <= left {
            let after = Counted { count: current.count + cost, ..current };
            (after, Decision::admit(left - cost, more_after(left - cost)))
        } else {
            let retry_after = (cost <= self.limit).then_some(until_end);
            (*state, Decision::refuse(left, more_after(left), retry_after))
        }
    }
}

impl Limit for FixedWindow {
    type State = Counted;

    fn limit(&self) -> u64 {
        self.limit
    }

    fn window(&self) -> Option<u64> {
        Some(self.window)
    }

    fn decide(&self, state: &mut Counted, now: u64, cost: u32) -> Decision {
        let (after, decision) = self.judge(state, now, cost);
        *state = after;
        decision
    }

    fn peek(&self, state: &Counted, now: u64, cost: u32) -> Decision {
        self.judge(state, now, cost).1
    }

    fn give_back(&self, state: &mut Counted, taken_at: u64, cost: u32) {
        if self.start(state.start) == self.start(taken_at) {
            state.count = state.count.saturating_sub(u64::from(cost));
        }
    }

    fn rest_after(&self, state: &Counted, now: u64) -> u64 {
        let current = self.current(state, now);
        if current.count == 0 { 0 } else { self.ends_after(&current, now) }
    }
}

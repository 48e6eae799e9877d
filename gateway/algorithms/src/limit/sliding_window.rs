//! The sliding window counter: this window's count, and as much of the last one's as still lies within reach.
//!
//! The estimate is `previous * (1 - elapsed / window) + current`, which assumes that requests came evenly in the
//! previous window; it is exact in whole numbers here, never in floating point.
//! Windows begin at the multiples of their length since the clock's zero.

use super::{CountError, Decision, Limit};

/// How many may pass in any window, as estimated from two counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SlidingWindow {
    limit: u64,
    window: u64,
}

/// What a key has taken in one window and in the one before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sliding {
    /// When the current window began, in nanoseconds.
    start: u64,
    previous: u64,
    current: u64,
}

impl SlidingWindow {
    /// A limit of `limit` in any `window` nanoseconds.
    ///
    /// # Errors
    /// [`CountError`] names the argument that admits nothing or cannot be counted.
    pub fn new(limit: u64, window: u64) -> Result<Self, CountError> {
        let (limit, window) = CountError::window(limit, window)?;
        Ok(Self { limit, window })
    }

    /// The state as it looks from the window of `now`, or from a later one that others have seen already.
    fn turned(&self, state: &Sliding, now: u64) -> Sliding {
        let start = self.start(now.max(state.start));
        let was = self.start(state.start);
        let (previous, current) = match start - was {
            0 => (state.previous, state.current),
            passed if passed == self.window => (state.current, 0),
            _ => (0, 0),
        };
        // A limit that was lowered has left more behind than it admits itself.
        Sliding { start, previous: previous.min(self.limit), current: current.min(self.limit) }
    }

    fn start(&self, now: u64) -> u64 {
        now - now % self.window
    }

    /// What is left at `now`, rounded down.
    fn left(&self, state: &Sliding, now: u64) -> u64 {
        // A time before the current window is one that came late.
        let until_end = self.window - now.saturating_sub(state.start);
        let weight = u128::from(state.previous) * u128::from(until_end);
        // At most `previous`, as the time left of a window is at most the window.
        let weight = weight.div_ceil(u128::from(self.window)) as u64;
        self.limit.saturating_sub(state.current).saturating_sub(weight)
    }

    /// Time from `now` until `cost` passes, which is not more than the limit.
    fn wait(&self, state: &Sliding, now: u64, cost: u64) -> u64 {
        let in_current = self.limit.checked_sub(state.current + cost);
        let moment = match in_current {
            Some(room) => state.start.saturating_add(self.faded(state.previous, room)),
            // Only when this window has become the previous one does it begin to fade.
            None => {
                let faded = self.faded(state.current, self.limit - cost);
                state.start.saturating_add(self.window).saturating_add(faded)
            }
        };
        moment.saturating_sub(now)
    }

    /// Time since a window's begin after which the one before, with `count` in it, weighs no more than `room`.
    fn faded(&self, count: u64, room: u64) -> u64 {
        if count <= room {
            return 0;
        }
        // count * (window - elapsed) <= room * window, solved for the least whole elapsed; less than the window times 1.
        let rest = u128::from(room) * u128::from(self.window) / u128::from(count);
        self.window - rest as u64
    }

    fn more_after(&self, state: &Sliding, now: u64, left: u64) -> u64 {
        if left == self.limit { 0 } else { self.wait(state, now, left + 1) }
    }

    fn judge(&self, state: &Sliding, now: u64, cost: u32) -> (Sliding, Decision) {
        let turned = self.turned(state, now);
        let left = self.left(&turned, now);
        let cost = u64::from(cost);
        if cost == 0 {
            (*state, Decision::admit(left, self.more_after(&turned, now, left)))
        } else if cost <= left {
            let after = Sliding { current: turned.current + cost, ..turned };
            (after, Decision::admit(left - cost, self.more_after(&after, now, left - cost)))
        } else {
            let retry_after = (cost <= self.limit).then(|| self.wait(&turned, now, cost));
            (*state, Decision::refuse(left, self.more_after(&turned, now, left), retry_after))
        }
    }
}

impl Limit for SlidingWindow {
    type State = Sliding;

    fn limit(&self) -> u64 {
        self.limit
    }

    fn window(&self) -> Option<u64> {
        Some(self.window)
    }

    fn decide(&self, state: &mut Sliding, now: u64, cost: u32) -> Decision {
        let (after, decision) = self.judge(state, now, cost);
        *state = after;
        decision
    }

    fn peek(&self, state: &Sliding, now: u64, cost: u32) -> Decision {
        self.judge(state, now, cost).1
    }

    fn give_back(&self, state: &mut Sliding, taken_at: u64, cost: u32) {
        let (current, taken) = (self.start(state.start), self.start(taken_at));
        if taken == current {
            state.current = state.current.saturating_sub(u64::from(cost));
        } else if taken.saturating_add(self.window) == current {
            state.previous = state.previous.saturating_sub(u64::from(cost));
        }
    }

    fn rest_after(&self, state: &Sliding, now: u64) -> u64 {
        let turned = self.turned(state, now);
        let windows = match (turned.previous, turned.current) {
            (0, 0) => return 0,
            (_, 0) => 1,
            _ => 2,
        };
        turned.start.saturating_add(windows * self.window).saturating_sub(now)
    }
}

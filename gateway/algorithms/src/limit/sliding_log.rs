//! The sliding log: the time of each request that passed, and so exactly the limit in any window.
//!
//! A request counts from its moment until a window later, exclusive.
//! Refused requests are not logged, so a client that does not stop asking does not shut itself out.
//! The state grows with the limit, 16 bytes for each moment, which is why the limit is capped.

use std::collections::VecDeque;

use super::{CountError, Decision, Limit, fixed_window::LONGEST_WINDOW};

/// How many may pass in any window, to the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SlidingLog {
    limit: u64,
    window: u64,
}

/// When a key took how much, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    entries: VecDeque<Entry>,
    /// The sum of all costs.
    total: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entry {
    at: u64,
    cost: u32,
}

impl SlidingLog {
    /// The greatest limit: a key's log is then as long as 160 KB.
    pub const MOST: u64 = 10_000;

    /// A limit of `limit`, at most [`SlidingLog::MOST`], in any `window` nanoseconds.
    ///
    /// # Errors
    /// [`CountError`] names the argument that admits nothing or cannot be counted.
    pub fn new(limit: u64, window: u64) -> Result<Self, CountError> {
        let limit = CountError::limit(limit, Self::MOST)?;
        if !(1..=LONGEST_WINDOW).contains(&window) {
            return Err(CountError::Window(window));
        }
        Ok(Self { limit, window })
    }

    /// What is within the window at `now`.
    fn used(&self, log: &Log, now: u64) -> u64 {
        let gone: u64 = log.entries.iter().take_while(|entry| self.is_gone(entry, now)).map(Entry::cost).sum();
        log.total - gone
    }

    fn is_gone(&self, entry: &Entry, now: u64) -> bool {
        entry.at.saturating_add(self.window) <= now
    }

    /// Time from `now` until `cost`, not more than the limit, passes beside what is in the log.
    fn wait(&self, log: &Log, now: u64, cost: u64) -> u64 {
        let mut used = log.total;
        for entry in &log.entries {
            used -= entry.cost();
            if used + cost <= self.limit {
                return entry.at.saturating_add(self.window).saturating_sub(now);
            }
        }
        0
    }

    fn judge(&self, log: &Log, now: u64, cost: u32) -> Decision {
        let left = self.limit.saturating_sub(self.used(log, now));
        let cost = u64::from(cost);
        let passes = cost <= left;
        let more_after = match (left < self.limit, passes && cost > 0) {
            // The oldest entry gives back first; what this request takes stays longer.
            (true, _) => self.wait(log, now, left + 1),
            (false, true) => self.window,
            (false, false) => 0,
        };
        if passes {
            return Decision::admit(left - cost, more_after);
        }
        let retry_after = (cost <= self.limit).then(|| self.wait(log, now, cost));
        Decision::refuse(left, more_after, retry_after)
    }

    fn write(&self, log: &mut Log, now: u64, cost: u32) {
        while log.entries.front().is_some_and(|entry| self.is_gone(entry, now)) {
            let gone = log.entries.pop_front().map_or(0, |entry| entry.cost());
            log.total -= gone;
        }
        log.total += u64::from(cost);
        match log.entries.back_mut() {
            // A message that came late is logged with the newest, so that the log stays in order.
            Some(newest) if newest.at >= now => newest.cost += cost,
            _ => log.entries.push_back(Entry { at: now, cost }),
        }
    }
}

impl Limit for SlidingLog {
    type State = Log;

    fn limit(&self) -> u64 {
        self.limit
    }

    fn window(&self) -> Option<u64> {
        Some(self.window)
    }

    fn decide(&self, log: &mut Log, now: u64, cost: u32) -> Decision {
        let decision = self.judge(log, now, cost);
        if decision.admitted && cost > 0 {
            self.write(log, now, cost);
        }
        decision
    }

    fn peek(&self, log: &Log, now: u64, cost: u32) -> Decision {
        self.judge(log, now, cost)
    }

    fn give_back(&self, log: &mut Log, taken_at: u64, cost: u32) {
        let first = log.entries.partition_point(|entry| entry.at < taken_at);
        let mut owed = cost;
        for entry in log.entries.iter_mut().skip(first) {
            let given = entry.cost.min(owed);
            entry.cost -= given;
            log.total -= u64::from(given);
            owed -= given;
        }
        log.entries.retain(|entry| entry.cost > 0);
    }

    fn rest_after(&self, log: &Log, now: u64) -> u64 {
        log.entries.back().map_or(0, |newest| newest.at.saturating_add(self.window).saturating_sub(now))
    }
}

impl Entry {
    fn cost(&self) -> u64 {
        u64::from(self.cost)
    }
}

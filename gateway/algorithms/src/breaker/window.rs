//! What is known of the last seconds: all faults, and the number of calls at the time of each.

use std::{collections::VecDeque, time::Duration};

/// Faults that are nearer to each other than this part of the window are remembered as one moment.
const GRAINS: u32 = 10;

/// Of a window shorter than this nothing would be left between two marks.
const SHORTEST: Duration = Duration::from_millis(1);

/// At most a mark for each of its [`GRAINS`], and one from before.
#[derive(Clone, Debug)]
pub(super) struct Window {
    length: Duration,
    marks: VecDeque<Mark>,
}

/// A moment with its faults.
#[derive(Clone, Copy, Debug)]
struct Mark {
    at: Duration,
    /// All calls before it.
    calls: u64,
    faults: u32,
    weight: u32,
}

/// What happened within the window.
pub(super) struct Seen {
    pub(super) faults: u32,
    /// Of all faults together.
    pub(super) weight: u32,
    /// Where nothing was heard for long, the calls are taken to have come evenly.
    pub(super) calls: u64,
}

impl Window {
    pub(super) fn new(length: Duration, now: Duration, calls: u64) -> Self {
        let length = length.max(SHORTEST);
        Self { length, marks: VecDeque::from([Mark { at: now, calls, faults: 0, weight: 0 }]) }
    }

    /// Adds a fault of this weight, the last one of `calls`.
    pub(super) fn fault(&mut self, now: Duration, calls: u64, weight: u32) -> Seen {
        let start = now.saturating_sub(self.length);
        match self.marks.back_mut() {
            Some(last) if last.faults > 0 && now.saturating_sub(last.at) < self.length / GRAINS => {
                last.faults += 1;
                last.weight += weight;
            }
            _ => self.marks.push_back(Mark { at: now, calls: calls.saturating_sub(1), faults: 1, weight }),
        }
        // The newest mark from before the window stays: it says how many calls there had been.
        while self.marks.get(1).is_some_and(|second| second.at < start) {
            self.marks.pop_front();
        }
        let within = || self.marks.iter().filter(|mark| mark.at >= start);
        let (faults, weight) = (within().map(|mark| mark.faults).sum(), within().map(|mark| mark.weight).sum());
        Seen { faults, weight, calls: calls.saturating_sub(self.calls_before(start)) }
    }

    fn calls_before(&self, start: Duration) -> u64 {
        let (first, second) = (self.marks.front(), self.marks.get(1));
        match (first, second) {
            (Some(first), Some(second)) if first.at < start && second.at > first.at => {
                let share = (start - first.at).div_duration_f64(second.at - first.at).min(1.0);
                first.calls + (second.calls.saturating_sub(first.calls) as f64 * share) as u64
            }
            (Some(first), _) => first.calls,
            (None, _) => 0,
        }
    }

    #[cfg(test)]
    pub(super) fn marks(&self) -> usize {
        self.marks.len()
    }
}

//! How fast slots come free.

/// The weight of the newest interval: about the last 16 count.
const WEIGHT: u64 = 16;

/// Slots may come free several at one time, and then none for as many times the mean.
const USUAL_GAP: u64 = 4;

/// The mean time between two slots, in nanoseconds, of the last ones more than of those before.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pace {
    mean: Option<u64>,
    last: u64,
}

impl Pace {
    /// From here on somebody waits: time before does not count.
    pub(super) fn begins(&mut self, now: u64) {
        self.last = now;
    }

    /// A slot came free while somebody waited.
    pub(super) fn passes(&mut self, now: u64) {
        let interval = now.saturating_sub(self.last);
        self.last = now;
        self.mean = Some(match self.mean {
            None => interval,
            Some(mean) => mean - mean / WEIGHT + interval / WEIGHT,
        });
    }

    /// The time between two slots. None if there never was one.
    pub(super) fn mean(&self) -> Option<u64> {
        self.mean
    }

    /// The time between two slots; longer if there has been none for much longer. None if there never was one.
    pub(super) fn get(&self, now: u64) -> Option<u64> {
        self.mean.map(|mean| mean.max(now.saturating_sub(self.last) / USUAL_GAP))
    }
}

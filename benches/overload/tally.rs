//! What became of the requests.

use hdrhistogram::Histogram;

use crate::{SECOND, systems::Reason, traffic::Arrival};

/// Answers over time are counted for so long each, in nanoseconds.
pub(crate) const STEP: u64 = SECOND / 4;

/// Requests of all sources that came between two moments.
pub(crate) struct Tally {
    from: u64,
    to: u64,
    pub(crate) sources: Vec<Count>,
    /// Answers in time, also before `from`, in steps by when they came.
    pub(crate) over_time: Vec<u32>,
}

/// Requests of one source.
#[derive(Clone)]
pub(crate) struct Count {
    pub(crate) came: u64,
    /// In time.
    pub(crate) answered: u64,
    refused: [u64; Reason::ALL.len()],
    /// Of those that were answered in time, in microseconds.
    latencies: Histogram<u64>,
}

impl Tally {
    pub(crate) fn new(sources: usize, from: u64, to: u64) -> Self {
        Self { from, to, sources: vec![Count::default(); sources], over_time: Vec::new() }
    }

    pub(crate) fn comes(&mut self, arrival: &Arrival) {
        if let Some(count) = self.count(arrival) {
            count.came += 1;
        }
    }

    pub(crate) fn answered(&mut self, arrival: &Arrival, now: u64) {
        let step = (now / STEP) as usize;
        if self.over_time.len() <= step {
            self.over_time.resize(step + 1, 0);
        }
        self.over_time[step] += 1;
        if let Some(count) = self.count(arrival) {
            count.answered += 1;
            count.latencies.saturating_record((now - arrival.at) / 1000);
        }
    }

    pub(crate) fn refused(&mut self, arrival: &Arrival, why: Reason) {
        let place = Reason::ALL.iter().position(|reason| *reason == why);
        if let (Some(count), Some(place)) = (self.count(arrival), place) {
            count.refused[place] += 1;
        }
    }

    fn count(&mut self, arrival: &Arrival) -> Option<&mut Count> {
        (self.from..self.to).contains(&arrival.at).then(|| &mut self.sources[arrival.source])
    }

    /// Answers in time, a second.
    pub(crate) fn goodput(&self) -> f64 {
        let answered: u64 = self.sources.iter().map(|count| count.answered).sum();
        answered as f64 * SECOND as f64 / (self.to - self.from) as f64
    }
}

impl Default for Count {
    fn default() -> Self {
        let latencies = Histogram::new_with_bounds(1, 60_000_000, 3).expect("three digits are within its bounds");
        Self { came: 0, answered: 0, refused: [0; Reason::ALL.len()], latencies }
    }
}

impl Count {
    /// The share of the requests that were answered in time.
    pub(crate) fn success(&self) -> f64 {
        self.answered as f64 / self.came.max(1) as f64
    }

    /// In milliseconds; none if nothing was answered in time.
    pub(crate) fn latency(&self, percent: f64) -> Option<f64> {
        (self.answered > 0).then(|| self.latencies.value_at_percentile(percent) as f64 / 1000.0)
    }

    /// The shares of the requests that were not, the largest first.
    pub(crate) fn reasons(&self) -> Vec<(Reason, f64)> {
        let shares = Reason::ALL.into_iter().zip(self.refused);
        let mut shares: Vec<_> =
            shares.filter(|(_, count)| *count > 0).map(|(why, count)| (why, count as f64 / self.came as f64)).collect();
        shares.sort_by(|one, other| other.1.total_cmp(&one.1));
        shares
    }
}

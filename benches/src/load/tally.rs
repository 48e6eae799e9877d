//! What came of one window of load.

use std::{collections::BTreeMap, time::Duration};

use anyhow::{Result, bail};
use hdrhistogram::Histogram;
use hyper::StatusCode;

/// Latencies beyond it are counted as this long, in nanoseconds.
const LONGEST: u64 = 60_000_000_000;

/// Counts and latencies of one window.
#[derive(Clone, Debug)]
pub struct Tally {
    /// From the first request to the last answer.
    pub elapsed: Duration,
    /// Nanoseconds from sending a request to the end of its answer's body, three digits exact.
    pub latencies: Histogram<u64>,
    /// The same of answers with a status of success alone.
    pub served: Histogram<u64>,
    /// Answers by status.
    pub statuses: BTreeMap<StatusCode, usize>,
    /// Answers that were not as expected, and connections that broke.
    pub failures: usize,
    /// The first failure that was noticed, in words.
    pub first_failure: Option<String>,
}

impl Default for Tally {
    fn default() -> Self {
        Self {
            elapsed: Duration::ZERO,
            latencies: latencies(),
            served: latencies(),
            statuses: BTreeMap::new(),
            failures: 0,
            first_failure: None,
        }
    }
}

impl Tally {
    /// Answers received.
    pub fn requests(&self) -> usize {
        self.statuses.values().sum()
    }

    /// Answers per second.
    pub fn rate(&self) -> f64 {
        self.requests() as f64 / self.elapsed.as_secs_f64()
    }

    /// The latency that the share `quantile`, 0 to 1, of all requests did not exceed.
    pub fn latency(&self, quantile: f64) -> Duration {
        Duration::from_nanos(self.latencies.value_at_quantile(quantile))
    }

    /// Requests that were served within `patience`.
    pub fn served_within(&self, patience: Duration) -> u64 {
        self.served.count_between(0, nanoseconds(patience))
    }

    /// The latency that the share `quantile`, 0 to 1, of the requests did not exceed that were served.
    pub fn served_latency(&self, quantile: f64) -> Duration {
        Duration::from_nanos(self.served.value_at_quantile(quantile))
    }

    /// Joins what another thread saw in the same window.
    ///
    /// # Errors
    /// Never for tallies made here; they all have the same bounds.
    pub fn add(&mut self, other: Self) -> Result<()> {
        self.elapsed = self.elapsed.max(other.elapsed);
        self.latencies.add(&other.latencies)?;
        self.served.add(&other.served)?;
        for (status, count) in other.statuses {
            *self.statuses.entry(status).or_default() += count;
        }
        self.failures += other.failures;
        self.first_failure = self.first_failure.take().or(other.first_failure);
        Ok(())
    }

    /// Confirms that every answer was as expected.
    ///
    /// # Errors
    /// When one was not, with counts and the first failure.
    pub fn check(&self) -> Result<()> {
        if let Some(first) = &self.first_failure {
            let statuses: Vec<String> =
                self.statuses.iter().map(|(status, count)| format!("{count} × {}", status.as_u16())).collect();
            let answers = if statuses.is_empty() { "none".to_owned() } else { statuses.join(", ") };
            bail!("{} requests failed, the first with: {first} (answers: {answers})", self.failures);
        }
        Ok(())
    }

    pub(super) fn count_answer(&mut self, status: StatusCode, latency: Duration) {
        self.latencies.saturating_record(nanoseconds(latency));
        if status.is_success() {
            self.served.saturating_record(nanoseconds(latency));
        }
        *self.statuses.entry(status).or_default() += 1;
    }

    pub(super) fn count_failure(&mut self, reason: String) {
        self.failures += 1;
        self.first_failure.get_or_insert(reason);
    }
}

/// An empty histogram of nanoseconds, three digits exact.
pub(super) fn latencies() -> Histogram<u64> {
    Histogram::new_with_bounds(1, LONGEST, 3).expect("the bounds are in order and three digits are few enough")
}

pub(super) fn nanoseconds(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_add_up() {
        let mut one = Tally { elapsed: Duration::from_secs(1), ..Tally::default() };
        one.count_answer(StatusCode::OK, Duration::from_micros(100));
        let mut other = Tally { elapsed: Duration::from_secs(2), ..Tally::default() };
        other.count_answer(StatusCode::OK, Duration::from_micros(300));
        one.add(other).unwrap();
        assert_eq!((one.requests(), one.rate()), (2, 1.0));
        assert_eq!(one.latency(1.0).as_micros(), 300);
    }

    #[test]
    fn one_wrong_answer_fails_the_run_and_is_named() {
        let mut tally = Tally::default();
        tally.count_answer(StatusCode::TOO_MANY_REQUESTS, Duration::from_micros(5));
        tally.count_failure("status 429 instead of 200".to_owned());
        let text = tally.check().unwrap_err().to_string();
        assert!(text.contains("status 429 instead of 200") && text.contains("1 × 429"), "{text}");
    }
}

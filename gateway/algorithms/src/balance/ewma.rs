//! How long an endpoint takes to answer, lately.

use std::time::Duration;

/// The time in which a latency that was seen loses all but 1/e of its weight, as in Finagle.
const TIME_CONSTANT: Duration = Duration::from_secs(10);

/// The latency of an endpoint that has answered nothing yet and is asked already, in seconds, as in tower.
const UNKNOWN: f32 = 1.0;

/// The least that is known of a latency, in seconds: 0 says that nothing is.
const LEAST: f32 = 1e-9;

/// A time that is so many milliseconds in the past, at most, came late; before that it is one that has come around.
const LATE: u32 = 60_000;

/// The peak of latencies with an exponentially weighted moving average below it, after Finagle (`PeakEwma.scala`) and
/// tower (`load/peak_ewma.rs`). What is slower than the average sets it at once; what is faster draws it down with the
/// time that has passed. So an endpoint that becomes slow is found on its first slow answer, and forgiven in its own
/// time.
///
/// It is one word, so that a caller can keep it in an atomic. `now` is the time since any fixed moment, the same for
/// all calls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ewma(
    /// Seconds in the high half as an `f32`, 0 if unknown; in the low half milliseconds of the last sample, which come
    /// around after 49 days: an average that was not touched for as long is taken for a newer one, and is decayed too
    /// little.
    u64,
);

impl Ewma {
    /// What [`to_bits`](Self::to_bits) has given; 0 is an endpoint of which nothing is known.
    #[must_use]
    pub const fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// The whole state.
    #[must_use]
    pub const fn to_bits(self) -> u64 {
        self.0
    }

    /// The average, if anything is known, as of the last sample.
    #[must_use]
    pub fn latency(self) -> Option<Duration> {
        self.seconds().map(|seconds| Duration::try_from_secs_f32(seconds).unwrap_or(Duration::MAX))
    }

    /// With the latency of one more request. For one that failed the caller says what it takes that for, since what
    /// fails at once must not look fast.
    #[must_use]
    pub fn sample(self, latency: Duration, now: Duration) -> Self {
        let latency = latency.as_secs_f32().max(LEAST);
        let seconds = match self.seconds() {
            Some(average) if latency < average => {
                let weight = self.decay(now);
                average.mul_add(weight, latency * (1.0 - weight))
            }
            _ => latency,
        };
        let at = match self.seconds() {
            Some(_) if self.age(now) == 0 => self.at(),
            _ => millis(now),
        };
        Self(u64::from(seconds.to_bits()) << 32 | u64::from(at))
    }

    /// What one more request costs where `pending` are under way, in seconds of waiting.
    ///
    /// It fades while nobody asks, so that what was slow is tried again. Not while requests are under way, other than
    /// in tower: then silence is no good news. Of what nothing is known the first request costs nothing, as in Finagle,
    /// so that it becomes known; until it has answered, another one has to reckon with a second.
    #[must_use]
    pub fn cost(self, pending: u32, now: Duration) -> f64 {
        let seconds = match self.seconds() {
            None if pending == 0 => 0.0,
            None => UNKNOWN,
            Some(average) if pending == 0 => average * self.decay(now),
            Some(average) => average,
        };
        f64::from(seconds) * (f64::from(pending) + 1.0)
    }

    fn seconds(self) -> Option<f32> {
        let seconds = f32::from_bits((self.0 >> 32) as u32);
        (seconds > 0.0).then_some(seconds)
    }

    fn at(self) -> u32 {
        self.0 as u32
    }

    /// Milliseconds since the last sample.
    fn age(self, now: Duration) -> u32 {
        match millis(now).wrapping_sub(self.at()) {
            late if late > u32::MAX - LATE => 0,
            age => age,
        }
    }

    /// What is left of the weight of the last sample.
    fn decay(self, now: Duration) -> f32 {
        (-Duration::from_millis(self.age(now).into()).div_duration_f32(TIME_CONSTANT)).exp()
    }
}

fn millis(now: Duration) -> u32 {
    now.as_millis() as u32
}

#[cfg(test)]
mod tests;

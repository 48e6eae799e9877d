//! Endpoints of which far fewer requests succeed than of others.

/// Rates that differ by less are the same: what is left of a sum of fractions.
const SAME: f64 = 1e-9;

/// When endpoints are compared, and how far off one must be. The defaults are Envoy's.
///
/// Among `n` endpoints none can be off by more than the root of `n - 1` standard deviations (Samuelson's inequality):
/// with 1.9 of them nobody is found among fewer than five, and among five only one that is alone in failing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SuccessRate {
    /// Endpoints with enough requests that must be there.
    pub least_endpoints: usize,
    /// Requests in the interval without which an endpoint is not compared.
    pub least_requests: u32,
    /// So many standard deviations below the mean.
    pub deviations: f64,
}

/// Requests of an endpoint in an interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Volume {
    /// All of them.
    pub requests: u32,
    /// Those with any outcome but success.
    pub failures: u32,
}

/// The rate below which an endpoint is an outlier.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Threshold {
    rate: f64,
    least_requests: u32,
}

impl SuccessRate {
    /// The rate below which endpoints are outliers, of the volumes of those that are not ejected. None where there are
    /// too few.
    #[must_use]
    pub fn threshold(&self, volumes: impl Iterator<Item = Volume> + Clone) -> Option<Threshold> {
        let rates = volumes.filter(|volume| self.is_enough(*volume)).map(Volume::rate);
        let count = rates.clone().count();
        if count < self.least_endpoints.max(1) {
            return None;
        }
        let mean = rates.clone().sum::<f64>() / count as f64;
        let variance = rates.map(|rate| (rate - mean).powi(2)).sum::<f64>() / count as f64;
        Some(Threshold { rate: mean - self.deviations * variance.sqrt(), least_requests: self.least_requests })
    }

    fn is_enough(&self, volume: Volume) -> bool {
        volume.requests >= self.least_requests.max(1)
    }
}

impl Default for SuccessRate {
    fn default() -> Self {
        Self { least_endpoints: 5, least_requests: 100, deviations: 1.9 }
    }
}

impl Threshold {
    /// Whether an endpoint with this volume is an outlier.
    #[must_use]
    pub fn condemns(&self, volume: Volume) -> bool {
        volume.requests >= self.least_requests.max(1) && volume.rate() < self.rate - SAME
    }

    /// The rate, from 0 to 1; below 0 nobody is an outlier.
    #[must_use]
    pub fn rate(&self) -> f64 {
        self.rate
    }
}

impl Volume {
    /// The part that succeeded. Counters that are read one after the other may disagree by a few.
    fn rate(self) -> f64 {
        f64::from(self.requests.saturating_sub(self.failures)) / f64::from(self.requests.max(1))
    }
}

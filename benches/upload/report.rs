//! What the windows came to.

use std::fmt;

use anyhow::{Context, Result};
use gateway_benches::{load::paced::Heard, statistics::Spread, table};

use crate::uploads::Upload;

/// One window, as the clients saw it, in microseconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sample {
    p50: f64,
    p99: f64,
    p999: f64,
    /// How late the generator was in 99 of 100 cases.
    lag: f64,
}

/// Two windows beside each other.
pub(crate) struct Pair {
    pub(crate) quiet: Sample,
    pub(crate) busy: Sample,
    /// What was uploaded in the second one.
    pub(crate) uploads: Vec<Upload>,
}

impl Sample {
    pub(crate) fn of(heard: &Heard) -> Result<Self> {
        let tally = heard.tallies.first().context("there is one group of clients")?;
        let micros = |quantile| tally.latency(quantile).as_secs_f64() * 1e6;
        let lag = heard.lag.value_at_quantile(0.99) as f64 / 1e3;
        Ok(Self { p50: micros(0.5), p99: micros(0.99), p999: micros(0.999), lag })
    }
}

impl fmt::Display for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let served = Spread::of(self.uploads.iter().map(|upload| upload.served)).map_or(0.0, |it| it.median);
        let (quiet, busy) = (self.quiet.p99, self.busy.p99);
        write!(f, "p99 {quiet:.0} → {busy:.0} µs, {} uploads, served after {served:.0} ms", self.uploads.len())
    }
}

/// Milliseconds from the start of the upload to each step of a module's way.
pub(crate) fn uploads(pairs: &[Pair]) -> String {
    type Step = (&'static str, fn(&Upload) -> f64);
    const STEPS: [Step; 4] = [
        ("uploaded", |it| it.uploaded),
        ("and named", |it| it.named),
        ("and attached", |it| it.attached),
        ("and first served", |it| it.served),
    ];
    let titles = ["2 MiB", "ms since the upload began", "middle half", "uploads"].map(str::to_owned);
    let rows = STEPS.iter().filter_map(|(name, step)| {
        let values: Vec<f64> = pairs.iter().flat_map(|pair| &pair.uploads).map(step).collect();
        let (count, spread) = (values.len().to_string(), Spread::of(values)?);
        let middle = format!("{:.0}–{:.0}", spread.lower_quartile, spread.upper_quartile);
        Some([(*name).to_owned(), format!("{spread:.0}"), middle, count])
    });
    table::render(&std::iter::once(titles).chain(rows).collect::<Vec<_>>())
}

/// Latencies without and with uploads: medians over the windows, ratios within each pair.
pub(crate) fn traffic(pairs: &[Pair]) -> String {
    type Figure = (&'static str, fn(&Sample) -> f64);
    const FIGURES: [Figure; 3] = [("p50", |it| it.p50), ("p99", |it| it.p99), ("p99.9", |it| it.p999)];
    let titles = ["data path", "µs without uploads", "µs with uploads", "ratio", "middle half"].map(str::to_owned);
    let rows = FIGURES.iter().filter_map(|(name, figure)| {
        let quiet = Spread::of(pairs.iter().map(|pair| figure(&pair.quiet)))?;
        let busy = Spread::of(pairs.iter().map(|pair| figure(&pair.busy)))?;
        let ratio = Spread::of(pairs.iter().map(|pair| figure(&pair.busy) / figure(&pair.quiet)))?;
        let middle = format!("{:.2}–{:.2}", ratio.lower_quartile, ratio.upper_quartile);
        Some([(*name).to_owned(), format!("{quiet:.0}"), format!("{busy:.0}"), ratio.to_string(), middle])
    });
    table::render(&std::iter::once(titles).chain(rows).collect::<Vec<_>>())
}

/// How late requests were sent.
pub(crate) fn lag(pairs: &[Pair]) -> String {
    let lag = |sample: fn(&Pair) -> &Sample| Spread::of(pairs.iter().map(|pair| sample(pair).lag));
    let (Some(quiet), Some(busy)) = (lag(|pair| &pair.quiet), lag(|pair| &pair.busy)) else { return String::new() };
    format!(
        "99 of 100 requests were on their way within {:.0} µs of being due without uploads, within {:.0} µs with them",
        quiet.median, busy.median
    )
}

//! What the windows came to.

use std::{collections::BTreeMap, fmt};

use anyhow::{Context, Result};
use gateway_benches::{load::paced::Heard, statistics::Spread, table};

use crate::stage::Counts;

/// One window, as the honest clients saw it; times in microseconds.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    p50: f64,
    p99: f64,
    p999: f64,
    /// How late the generator was in 99 of 100 cases.
    lag: f64,
    /// Of the gateway's, for each request of either half.
    cpu: f64,
    /// Requests of the other half.
    others: u64,
    /// What their plugins did.
    counts: Counts,
}

/// Two windows beside each other.
pub(crate) struct Pair {
    pub(crate) twin: Sample,
    pub(crate) hostile: Sample,
}

impl Sample {
    pub(crate) fn of(heard: &Heard, cpu_seconds: f64, counts: Counts) -> Result<Self> {
        let [honest, others] = heard.tallies.as_slice() else { anyhow::bail!("there are two groups of clients") };
        let micros = |quantile| honest.latency(quantile).as_secs_f64() * 1e6;
        let requests = honest.requests() + others.requests();
        Ok(Self {
            p50: micros(0.5),
            p99: micros(0.99),
            p999: micros(0.999),
            lag: heard.lag.value_at_quantile(0.99) as f64 / 1e3,
            cpu: cpu_seconds * 1e6 / requests as f64,
            others: u64::try_from(others.requests()).context("few requests")?,
            counts,
        })
    }
}

impl Pair {
    /// The figure that the bench is for.
    fn ratio(&self) -> f64 {
        self.hostile.p99 / self.twin.p99
    }
}

impl fmt::Display for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "p99 {:6.0} → {:6.0} µs, × {:.2}", self.twin.p99, self.hostile.p99, self.ratio())
    }
}

/// Medians over the windows, beside the twin and beside the harm; ratios within each pair.
pub(crate) fn table<'a>(rows: impl Iterator<Item = (&'a str, &'a [Pair])>) -> String {
    let rows = rows.filter_map(|(name, pairs)| row(name, pairs));
    table::render(&std::iter::once(titles()).chain(rows).collect::<Vec<_>>())
}

/// How late requests were sent.
pub(crate) fn lag<'a>(pairs: impl Iterator<Item = &'a Pair>) -> String {
    let lags = pairs.flat_map(|pair| [pair.twin.lag, pair.hostile.lag]);
    Spread::of(lags).map_or_else(String::new, |lag| {
        format!("99 of 100 requests were on their way within {lag:.0} µs of being due, in the median of all windows")
    })
}

type Row = [String; 9];

fn titles() -> Row {
    [
        "half of all requests",
        "p50 µs",
        "p99 µs",
        "× p99",
        "middle half",
        "p99.9 µs",
        "CPU µs/request",
        "reached a plugin",
        "failed there",
    ]
    .map(str::to_owned)
}

fn row(name: &str, pairs: &[Pair]) -> Option<Row> {
    let ratio = Spread::of(pairs.iter().map(Pair::ratio))?;
    let per_window = |total: u64| total as f64 / pairs.len() as f64;
    let sum = |value: fn(&Sample) -> u64| pairs.iter().map(|pair| value(&pair.hostile)).sum();
    Some([
        name.to_owned(),
        both(pairs, |sample| sample.p50)?,
        both(pairs, |sample| sample.p99)?,
        ratio.to_string(),
        format!("{:.2}–{:.2}", ratio.lower_quartile, ratio.upper_quartile),
        both(pairs, |sample| sample.p999)?,
        both(pairs, |sample| sample.cpu)?,
        format!(
            "{:.0} of {:.0}",
            per_window(sum(|sample| sample.counts.calls)),
            per_window(sum(|sample| sample.others))
        ),
        failures(pairs),
    ])
}

/// How hooks failed in an average window.
fn failures(pairs: &[Pair]) -> String {
    let mut failures = BTreeMap::<&str, u64>::new();
    for (kind, count) in pairs.iter().flat_map(|pair| &pair.hostile.counts.failures) {
        *failures.entry(kind).or_default() += count;
    }
    let texts = failures.iter().map(|(kind, count)| format!("{:.0} {kind}", *count as f64 / pairs.len() as f64));
    texts.collect::<Vec<_>>().join(", ")
}

/// The medians of both windows.
fn both(pairs: &[Pair], value: fn(&Sample) -> f64) -> Option<String> {
    let median = |sample: fn(&Pair) -> &Sample| Some(Spread::of(pairs.iter().map(|pair| value(sample(pair))))?.median);
    Some(format!("{:.0} → {:.0}", median(|pair| &pair.twin)?, median(|pair| &pair.hostile)?))
}

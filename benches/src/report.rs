//! The tables at the end of a run.

use std::time::Duration;

use crate::{rounds::Sample, statistics::Spread, table};

/// Renders a Markdown table with a row per contender: medians over the rounds, with ranges in brackets.
///
/// The ratios are the CPU time per request divided by that of the first contender *in the same round*; the middle half leaves
/// out the quarter of the rounds with the lowest ratios and the quarter with the highest, and the ratio of the least compares
/// each contender's best round with the first one's.
pub fn table(names: &[&str], samples: &[Vec<Sample>]) -> String {
    let (Some(first_name), Some(first)) = (names.first(), samples.first()) else { return String::new() };
    let rows = names.iter().zip(samples).filter_map(|(name, own)| row(name, own, first));
    table::render(&std::iter::once(titles(first_name)).chain(rows).collect::<Vec<_>>())
}

/// Renders what each further contender costs beside the first, within the same round: differences in µs, and ratios.
pub fn differences(names: &[&str], samples: &[Vec<Sample>]) -> String {
    let (Some(first_name), Some(first)) = (names.first(), samples.first()) else { return String::new() };
    let (more, ratio) = (format!("µs more than {first_name}"), format!("× {first_name}"));
    let titles = ["contender", &more, "by the least", &ratio, "middle half"];
    let rows = names.iter().zip(samples).skip(1).filter_map(|(name, own)| difference(name, own, first));
    table::render(&std::iter::once(titles.map(str::to_owned)).chain(rows).collect::<Vec<_>>())
}

fn difference(name: &str, own: &[Sample], first: &[Sample]) -> Option<[String; 5]> {
    let pairs = || own.iter().zip(first).map(|(own, first)| [own, first].map(Sample::cpu_micros_per_request));
    let more = Spread::of(pairs().map(|[own, first]| own - first))?;
    let ratio = Spread::of(pairs().map(|[own, first]| own / first))?;
    let least = format!("{:.2}", micros(own)?.min - micros(first)?.min);
    Some([name.to_owned(), more.to_string(), least, ratio.to_string(), middle_half(ratio)])
}

type Row = [String; 8];

fn titles(first: &str) -> Row {
    let ratio = format!("× {first}");
    ["contender", "CPU µs/request", &ratio, "middle half", "of the least", "requests/s", "p50 µs", "p99 µs"]
        .map(str::to_owned)
}

fn row(name: &str, own: &[Sample], first: &[Sample]) -> Option<Row> {
    let [cpu, first_cpu] = [micros(own)?, micros(first)?];
    let pairs = own.iter().zip(first);
    let ratio = Spread::of(pairs.map(|(own, first)| own.cpu_micros_per_request() / first.cpu_micros_per_request()))?;
    let rate = Spread::of(own.iter().map(|sample| sample.tally.rate()))?;
    Some([
        name.to_owned(),
        cpu.to_string(),
        ratio.to_string(),
        middle_half(ratio),
        format!("{:.2}", cpu.min / first_cpu.min),
        format!("{rate:.0}"),
        median_latency(own, 0.50)?,
        median_latency(own, 0.99)?,
    ])
}

/// CPU time per request over the rounds, in microseconds.
fn micros(samples: &[Sample]) -> Option<Spread> {
    Spread::of(samples.iter().map(Sample::cpu_micros_per_request))
}

fn middle_half(spread: Spread) -> String {
    format!("{:.2}–{:.2}", spread.lower_quartile, spread.upper_quartile)
}

fn median_latency(samples: &[Sample], quantile: f64) -> Option<String> {
    let micros = samples.iter().map(|sample| Duration::as_secs_f64(&sample.tally.latency(quantile)) * 1e6);
    Some(format!("{:.0}", Spread::of(micros)?.median))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use hyper::StatusCode;

    use super::*;
    use crate::load::Tally;

    /// A turn with one request that cost `micros` of CPU time.
    fn sample(micros: u64) -> Sample {
        let mut tally = Tally { elapsed: Duration::from_millis(1), ..Tally::default() };
        tally.statuses.insert(StatusCode::OK, 1);
        Sample { cpu: Duration::from_micros(micros), tally }
    }

    #[test]
    fn ratios_are_taken_within_a_round() {
        let samples = [vec![sample(10), sample(20)], vec![sample(15), sample(30)]];
        let table = table(&["bare", "other"], &samples);
        let other = table.lines().last().unwrap();
        assert!(other.contains("22.50 (15.00–30.00)") && other.contains("1.50 (1.50–1.50)"), "{table}");
        assert!(other.contains("| 1.50–1.50 ") && other.contains("| 1.50 "), "{table}");
        assert!(table.contains("× bare"), "{table}");
    }
    #[test]
    fn differences_are_taken_within_a_round_too() {
        let samples = [vec![sample(10), sample(20)], vec![sample(12), sample(24)]];
        let table = differences(&["none", "one"], &samples);
        let one = table.lines().last().unwrap();
        assert!(
            one.contains("3.00 (2.00–4.00)") && one.contains("| 2.00 ") && one.contains("1.20 (1.20–1.20)"),
            "{table}"
        );
    }
}

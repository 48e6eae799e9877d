//! A server that becomes slower and recovers: the limit over time, and what was answered meanwhile.

use gateway_algorithms::concurrency::Cause;
use gateway_benches::table;

use super::{cells, percent};
use crate::{
    SECOND,
    plot::{Axis, Figure, Line, Panel},
    run::Run,
    scenarios::{Plan, SLOW, SLOWER, USUAL},
    systems::{Change, System},
    tally::STEP,
};

/// Steps of the tally in a second.
const STEPS: usize = (SECOND / STEP) as usize;

/// A second in which less of the capacity was used is not a settled one.
const SETTLED: f64 = 0.9;

/// Nor is one with a limit below the workers, or so many times above, but for probes.
const STRAYS: f64 = 1.5;

/// The table and the plot.
pub(super) fn section(plan: &Plan) -> (String, String) {
    let runs: Vec<Run> = System::ALL.into_iter().map(|system| plan.slow_down(system)).collect();
    let mut rows =
        vec![cells(["", "from", "to", "goodput of capacity", "settled after", "limit", "probes", "changes a second"])];
    for (name, from, to) in [("before", 0, SLOW.0), ("slow", SLOW.0, SLOW.1), ("recovered", SLOW.1, SLOW.2)] {
        for (system, run) in System::ALL.into_iter().zip(&runs) {
            let settled = settled(run, from, to);
            let limits = settled.map(|seconds| limits(&run.limits, from + seconds, to));
            let probes =
                run.limits.iter().filter(|(at, _, cause)| within(*at, from, to) && *cause == Some(Cause::Probe));
            let changes = run.limits.iter().filter(|(at, ..)| within(*at, from, to)).count();
            let is_adaptive = !run.limits.is_empty();
            let only_adaptive = |text: String| if is_adaptive { text } else { String::new() };
            rows.push([
                format!("{name}, {}", system.name()),
                format!("{from} s"),
                format!("{to} s"),
                percent(mean(&seconds(run, from, to))),
                settled.map_or_else(|| "never".to_owned(), |seconds| format!("{seconds} s")),
                only_adaptive(limits.flatten().unwrap_or_default()),
                only_adaptive(probes.count().to_string()),
                only_adaptive(format!("{:.1}", changes as f64 / (to - from) as f64)),
            ]);
        }
    }
    let text = format!(
        "## A server that becomes {SLOWER} times slower\n\nTwice as many come as it can answer at its best. The limit is that of \
         the settled time without probes: least, mean and greatest.\n\n{}\n",
        table::render(&rows),
    );
    (text, plot(&runs))
}

/// The share of the capacity that was used in each second.
fn seconds(run: &Run, from: u64, to: u64) -> Vec<f64> {
    let answers = |second: u64| {
        let first = second as usize * STEPS;
        run.tally.over_time.iter().skip(first).take(STEPS).map(|count| f64::from(*count)).sum::<f64>()
    };
    (from..to).map(|second| answers(second) / rate(second as f64 + 0.5)).collect()
}

/// Requests a second that the server can answer at that time.
fn rate(second: f64) -> f64 {
    let is_slow = (SLOW.0 as f64..SLOW.1 as f64).contains(&second);
    USUAL.capacity().rate() / if is_slow { SLOWER } else { 1.0 }
}

/// Seconds until every further one is a settled one, with a limit that no longer strays.
fn settled(run: &Run, from: u64, to: u64) -> Option<u64> {
    let unused = seconds(run, from, to).iter().rposition(|used| *used < SETTLED).map_or(0, |last| last as u64 + 1);
    let strays = |limit: u32| limit < USUAL.workers || f64::from(limit) > f64::from(USUAL.workers) * STRAYS;
    let mut changes = run
        .limits
        .iter()
        .filter(|(at, limit, cause)| within(*at, from, to) && *cause != Some(Cause::Probe) && strays(*limit));
    let strayed = changes.next_back().map_or(0, |(at, ..)| (at / SECOND + 1).saturating_sub(from));
    Some(unused.max(strayed)).filter(|seconds| from + seconds < to)
}

fn limits(changes: &[Change], from: u64, to: u64) -> Option<String> {
    let held = changes.iter().filter(|(at, _, cause)| within(*at, from, to) && *cause != Some(Cause::Probe));
    let held: Vec<f64> = held.map(|(_, limit, _)| f64::from(*limit)).collect();
    let least = held.iter().copied().reduce(f64::min)?;
    let greatest = held.iter().copied().reduce(f64::max)?;
    Some(format!("{least}, {:.1}, {greatest}", mean(&held)))
}

fn within(at: u64, from: u64, to: u64) -> bool {
    (from * SECOND..to * SECOND).contains(&at)
}

fn mean(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |sum, value| sum + value) / values.len().max(1) as f64
}

fn plot(runs: &[Run]) -> String {
    let ticks = [0.0, 20.0, 40.0, 60.0, 80.0, 100.0, 120.0, 140.0];
    let x = || Axis::linear("seconds; the server is slow from 40 to 100", &ticks);
    let used = |run: &Run| {
        let seconds = seconds(run, 0, SLOW.2).into_iter().enumerate();
        seconds.map(|(second, used)| (second as f64 + 0.5, 100.0 * used)).collect()
    };
    let ours = System::ALL.len() - 1;
    let limit = Line { style: ours, points: runs.last().map(|run| stairs(&run.limits)).unwrap_or_default() };
    let workers = f64::from(USUAL.workers);
    let told = Line { style: 1, points: vec![(0.0, workers), (SLOW.2 as f64, workers)] };
    let limits = Axis::linear("requests at one time", &[0.0, 16.0, 32.0, 48.0, 64.0]);
    let goodput = Axis::linear("of what it can answer, %", &[0.0, 25.0, 50.0, 75.0, 100.0, 125.0]);
    let used = runs.iter().enumerate().map(|(style, run)| Line { style, points: used(run) });
    let panels = vec![
        Panel { title: "limit".to_owned(), x: x(), y: limits, lines: vec![told, limit] },
        Panel { title: "answered in time".to_owned(), x: x(), y: goodput, lines: used.collect() },
    ];
    let legend = System::ALL.map(System::name).to_vec();
    Figure { title: "A server becomes four times slower for a minute".to_owned(), legend, columns: 2, panels }.svg()
}

/// A limit holds until it changes.
fn stairs(changes: &[Change]) -> Vec<(f64, f64)> {
    let mut points = Vec::new();
    let mut before = None;
    for (at, limit, _) in changes {
        let (at, limit) = (*at as f64 / SECOND as f64, f64::from(*limit));
        points.extend(before.map(|before| (at, before)));
        points.push((at, limit));
        before = Some(limit);
    }
    points
}

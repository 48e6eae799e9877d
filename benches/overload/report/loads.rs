//! All systems side by side under more and more load.

use gateway_benches::table;

use super::{cells, millis, percent};
use crate::{
    plot::{Axis, Figure, Line, Panel},
    run::Run,
    scenarios::{LOADS, MIX, Mix, Plan, TWO_CLASSES, USUAL},
    systems::System,
    tally::Count,
};

const CLASSES: [&str; 3] = ["critical", "normal", "low"];

/// By system, then by load.
struct Runs(Vec<Vec<Run>>);

/// The tables, and the plots by class and of all classes together.
pub(super) fn section(plan: &Plan) -> (String, String, String) {
    let usual = Runs::of(plan, MIX);
    let two_classes = Runs::of(plan, TWO_CLASSES);
    let text = format!(
        "## Under load\n\n32 workers, 20 ms for a request in the mean and at least 16; 10 % of the requests are critical, 20 % normal and 70 % \
         low.\n\n{}\n\n10 % critical and 90 % low:\n\n{}\n\nWhat became of those that `sluice` did not answer, as a share of \
         the class:\n\n{}\n",
        usual.table(),
        two_classes.table(),
        usual.reasons(),
    );
    (text, usual.classes(), usual.goodput())
}

impl Runs {
    fn of(plan: &Plan, mix: Mix) -> Self {
        let loads = |system| LOADS.iter().map(|load| plan.load(USUAL, mix, *load, system)).collect();
        Self(System::ALL.into_iter().map(loads).collect())
    }

    fn table(&self) -> String {
        let mut rows = vec![cells([
            "load",
            "system",
            "goodput of capacity",
            "critical answered",
            "p50 ms",
            "p99 ms",
            "normal answered",
            "p99 ms",
            "low answered",
            "p99 ms",
        ])];
        for (place, load) in LOADS.iter().enumerate() {
            for (system, runs) in System::ALL.into_iter().zip(&self.0) {
                let [critical, normal, low] = &runs[place].tally.sources[..] else { continue };
                let answered =
                    |count: &Count| if count.came == 0 { "–".to_owned() } else { percent(count.success()) };
                rows.push([
                    format!("{load}"),
                    system.name().to_owned(),
                    percent(runs[place].tally.goodput() / USUAL.capacity().rate()),
                    answered(critical),
                    millis(critical.latency(50.0)),
                    millis(critical.latency(99.0)),
                    answered(normal),
                    millis(normal.latency(99.0)),
                    answered(low),
                    millis(low.latency(99.0)),
                ]);
            }
        }
        table::render(&rows)
    }

    fn reasons(&self) -> String {
        let mut rows = vec![cells(["load", "critical", "normal", "low"])];
        let told = |count: &Count| {
            let reasons = count.reasons();
            let reasons = reasons.iter().map(|(why, share)| format!("{} {}", why.name(), percent(*share)));
            reasons.collect::<Vec<_>>().join(", ")
        };
        for (load, run) in LOADS.iter().zip(self.0.last().into_iter().flatten()) {
            let [critical, normal, low] = &run.tally.sources[..] else { continue };
            rows.push([load.to_string(), told(critical), told(normal), told(low)]);
        }
        table::render(&rows)
    }

    fn goodput(&self) -> String {
        let capacity = USUAL.capacity().rate();
        let x = load_axis();
        let y = Axis::linear("of what the server can answer, %", &[0.0, 25.0, 50.0, 75.0, 100.0]);
        let lines = self.lines(|run| 100.0 * run.tally.goodput() / capacity);
        let panel = Panel { title: "answered in time, all classes".to_owned(), x, y, lines };
        figure("Goodput under load", 1, vec![panel])
    }

    fn classes(&self) -> String {
        let success = CLASSES.iter().enumerate().map(|(place, class)| Panel {
            title: format!("{class}: answered in time"),
            x: load_axis(),
            y: Axis::linear("of those that came, %", &[0.0, 25.0, 50.0, 75.0, 100.0]),
            lines: self.lines(|run| 100.0 * run.tally.sources[place].success()),
        });
        let latency = CLASSES.iter().enumerate().map(|(place, class)| Panel {
            title: format!("{class}: p99 of the answered"),
            x: load_axis(),
            y: Axis::log("ms", &[10.0, 30.0, 100.0, 300.0, 1_000.0, 3_000.0, 10_000.0]),
            lines: self.lines(|run| run.tally.sources[place].latency(99.0).unwrap_or(f64::NAN)),
        });
        figure("By class, under load", 3, success.chain(latency).collect())
    }

    fn lines(&self, value: impl Fn(&Run) -> f64) -> Vec<Line> {
        let points = |runs: &Vec<Run>| LOADS.iter().copied().zip(runs.iter().map(&value)).collect();
        self.0.iter().enumerate().map(|(style, runs)| Line { style, points: points(runs) }).collect()
    }
}

fn load_axis() -> Axis {
    Axis::log("times what the server can answer", &[0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0])
}

fn figure(title: &str, columns: usize, panels: Vec<Panel>) -> String {
    let legend = System::ALL.map(System::name).to_vec();
    Figure { title: title.to_owned(), legend, columns, panels }.svg()
}

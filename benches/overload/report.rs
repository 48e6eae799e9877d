//! The figures: tables, and plots of what changes with the load or over time.

mod limit;
mod loads;
mod others;

use crate::scenarios::Plan;

/// What is written.
pub(crate) struct File {
    pub(crate) name: &'static str,
    pub(crate) text: String,
}

/// Everything, the tables first.
pub(crate) fn files(plan: &Plan) -> Vec<File> {
    let (loads, by_class, goodput) = loads::section(plan);
    let (limit, over_time) = limit::section(plan);
    let text = [HEAD.to_owned(), loads, limit, others::servers(plan), others::starts(plan), others::consumers(plan)]
        .join("\n");
    vec![
        File { name: "figures.md", text },
        File { name: "goodput.svg", text: goodput },
        File { name: "classes.svg", text: by_class },
        File { name: "slow-down.svg", text: over_time },
    ]
}

const HEAD: &str = "# Overload, simulated

Written by `cargo bench -p gateway-benches --bench overload`; `benches/README.md` says how to read it.
";

fn percent(part: f64) -> String {
    format!("{:.2} %", 100.0 * part)
}

fn millis(value: Option<f64>) -> String {
    match value {
        Some(value) if value >= 100.0 => format!("{value:.0}"),
        Some(value) => format!("{value:.1}"),
        None => "–".to_owned(),
    }
}

fn cells<const COLUMNS: usize>(titles: [&str; COLUMNS]) -> [String; COLUMNS] {
    titles.map(str::to_owned)
}

//! Other servers, the first seconds, and consumers who take more than their part.

use gateway_benches::table;

use super::{cells, millis, percent};
use crate::{
    run::Run,
    scenarios::{KINDS, Kind, MIX, OTHERS, Plan, USUAL},
    systems::System,
};

/// Hardly any load: what a p99 is compared with.
const UNLOADED: f64 = 0.2;

/// Ours in front of servers that it is told as little of.
pub(super) fn servers(plan: &Plan) -> String {
    let mut rows = vec![cells([
        "server",
        "load",
        "goodput of capacity",
        "critical answered",
        "p99 ms",
        "× unloaded",
        "limit, mean",
    ])];
    for kind in KINDS {
        let unloaded = plan.load(kind, MIX, UNLOADED, System::Sluice).tally.sources[0].latency(99.0);
        for load in [0.9, 1.0, 1.25, 2.0, 4.0] {
            let run = plan.load(kind, MIX, load, System::Sluice);
            let p99 = run.tally.sources[0].latency(99.0);
            rows.push([
                name(kind),
                load.to_string(),
                percent(run.tally.goodput() / kind.capacity().rate()),
                percent(run.tally.sources[0].success()),
                millis(p99),
                p99.zip(unloaded).map_or_else(String::new, |(p99, unloaded)| format!("{:.2}", p99 / unloaded)),
                format!("{:.1}", limit(&run, plan.seconds)),
            ]);
        }
    }
    format!(
        "## Other servers\n\n`sluice` with what a new upstream has, in front of servers with so many workers and such a time \
         for a request; unloaded is a fifth of what the server can answer.\n\n{}\n",
        table::render(&rows)
    )
}

/// From cold.
pub(super) fn starts(plan: &Plan) -> String {
    let mut rows = vec![cells([
        "server",
        "load",
        "seconds",
        "goodput of capacity",
        "critical answered",
        "p99 ms",
        "normal answered",
    ])];
    for kind in KINDS {
        for load in [2.0, 4.0] {
            for seconds in [1, 5] {
                let run = plan.start(kind, load, seconds);
                let [critical, normal, _] = &run.tally.sources[..] else { continue };
                rows.push([
                    name(kind),
                    load.to_string(),
                    format!("first {seconds}"),
                    percent(run.tally.goodput() / kind.capacity().rate()),
                    percent(critical.success()),
                    millis(critical.latency(99.0)),
                    percent(normal.success()),
                ]);
            }
        }
    }
    format!(
        "## The first seconds\n\nAn overload that is there from the first moment on, with a limit that begins at 20.\n\n{}\n",
        table::render(&rows)
    )
}

/// A flood, and bursts.
pub(super) fn consumers(plan: &Plan) -> String {
    let rate = USUAL.capacity().rate();
    let mut flood = vec![cells([
        "others ask for",
        "system",
        "others answered",
        "of their fair share",
        "flood answered",
        "p99 ms of the others",
    ])];
    for load in [0.5, 0.9, 2.0] {
        for system in System::ALL {
            let run = plan.flood(load, system);
            let [others, flooding] = &run.tally.sources[..] else { continue };
            let got = others.answered as f64 / plan.seconds as f64;
            let parts = OTHERS as f64 + 1.0;
            let fair = (load * rate).min(rate * OTHERS as f64 / parts);
            flood.push([
                format!("{load} of capacity"),
                system.name().to_owned(),
                percent(others.success()),
                percent(got / fair),
                percent(flooding.success()),
                millis(others.latency(99.0)),
            ]);
        }
    }
    let mut bursts =
        vec![cells(["burst", "system", "burst answered", "p99 ms", "critical answered", "p99 ms", "low answered"])];
    for (consumers, requests) in [(1_000, 400), (1, 400), (1_000, 900), (1, 900)] {
        for system in System::ALL {
            let run = plan.bursts(consumers, requests, system);
            let [critical, _, low, burst] = &run.tally.sources[..] else { continue };
            let whose = if consumers == 1 { "one consumer" } else { "many consumers" };
            bursts.push([
                format!("{requests} of {whose}"),
                system.name().to_owned(),
                percent(burst.success()),
                millis(burst.latency(99.0)),
                percent(critical.success()),
                millis(critical.latency(99.0)),
                percent(low.success()),
            ]);
        }
    }
    format!(
        "## One consumer floods its class\n\n{OTHERS} others and one that asks for three times what the server can answer, all \
         of class normal.\n\n{}\n\n## Bursts\n\nHalf of what the server can answer, and every 7 s many requests of class normal \
         at one moment.\n\n{}\n",
        table::render(&flood),
        table::render(&bursts),
    )
}

fn name(Kind { workers, service_ms, spread }: Kind) -> String {
    let spread = match spread {
        0.0 => "always".to_owned(),
        1.0 => "exponential".to_owned(),
        part => format!("at least {:.0}", service_ms as f64 * (1.0 - part)),
    };
    format!("{workers} × {service_ms} ms, {spread}")
}

/// Over the time that counts.
fn limit(run: &Run, seconds: u64) -> f64 {
    let end = run.limits.last().map_or(0, |(at, ..)| *at).max(seconds * crate::SECOND);
    let from = 10 * crate::SECOND;
    let mut sum = 0.0;
    for (place, (at, limit, _)) in run.limits.iter().enumerate() {
        let until = run.limits.get(place + 1).map_or(end, |(at, ..)| *at);
        sum += f64::from(*limit) * until.max(from).saturating_sub((*at).max(from)) as f64;
    }
    sum / end.saturating_sub(from).max(1) as f64
}

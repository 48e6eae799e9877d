//! Far below any limit: what a request notices of it.

use std::time::Duration;

use anyhow::Result;
use gateway_benches::{
    load::{Tally, Target, paced::Paced},
    statistics::Spread,
};
use serde_json::{Value, json};

use crate::{asked, stage::Stage};

/// Requests a second.
const RATE: f64 = 1_000.0;

/// Client connections of either kind.
const CONNECTIONS: [usize; 2] = [16, 64];

/// Windows without a limit and with one, in turn: the ratio of the p99 of each pair.
pub(crate) fn run(stage: &Stage, target: &Target, rounds: usize, window: Duration) -> Result<Vec<String>> {
    let clients = Paced::connect_each(target, &CONNECTIONS)?;
    let (mut ratios, mut pairs) = (Vec::new(), Vec::new());
    let mut together = [Tally::default(), Tally::default()];
    for round in 0..rounds {
        let mut p99 = [0.0; 2];
        // The second one of a pair is not always the same: what the machine does over time must not count for one of them.
        let order = if round % 2 == 0 { [0, 1] } else { [1, 0] };
        for which in order {
            stage.admission(&if which == 0 { Value::Null } else { json!({}) })?;
            clients.run(&asked(RATE), Duration::from_millis(300), 5)?;
            let heard = clients.run(&asked(RATE), window, 6 + round as u64)?;
            let mut all = Tally::default();
            for tally in heard.tallies {
                together[which].add(tally.clone())?;
                all.add(tally)?;
            }
            p99[which] = all.served_latency(0.99).as_secs_f64() * 1e6;
        }
        ratios.push(p99[1] / p99[0]);
        pairs.push(p99);
    }
    let mut lines: Vec<String> = pairs
        .iter()
        .zip(&ratios)
        .map(|([off, on], ratio)| format!("p99 {off:.0} µs without a limit, {on:.0} µs with one: × {ratio:.3}"))
        .collect();
    if let Some(spread) = Spread::of(ratios) {
        let Spread { median, lower_quartile, upper_quartile, .. } = spread;
        lines.push(format!("ratio × {median:.3}, middle half {lower_quartile:.3} to {upper_quartile:.3}"));
    }
    for quantile in [0.5, 0.9, 0.99] {
        let [off, on] = [&together[0], &together[1]].map(|tally| tally.served_latency(quantile).as_secs_f64() * 1e6);
        lines.push(format!(
            "all windows together, p{:.0}: {off:.0} µs without a limit, {on:.0} µs with one: × {:.3}",
            quantile * 100.0,
            on / off
        ));
    }
    Ok(lines)
}

//! What a call costs when the plugin does nothing in it: on a warm instance, on a fiber, in an instance of its own.

use anyhow::Result;
use gateway_benches::{statistics::Spread, table};
use serde_json::json;
use tokio::runtime;

use crate::{
    exchange::Hooks,
    sandbox::{OnFiber, Sandbox},
    stopwatch::{self, Lap, Plan},
};

/// What `--only` knows this part by.
pub(crate) const NAME: &str = "calls";

type Row = [String; 4];

/// The table, measured.
pub(crate) fn table(sandbox: &Sandbox, plan: Plan) -> Result<String> {
    // Hooks on fibers look for a clock, though they never wait in here.
    let runtime = runtime::Builder::new_current_thread().enable_time().build()?;
    let _entered = runtime.enter();
    let warm = sandbox.plugin("idle", "guest-idle", &json!({}), &[])?;
    let patient = sandbox.plugin("patient", "guest-patient", &json!({}), &[])?;
    let isolated = sandbox.isolated("guest-idle")?;
    let rows = [
        row("warm", plan, &warm, &warm)?,
        row("warm, on a fiber", plan, &OnFiber(&patient), &warm)?,
        row("isolation: request", plan, &isolated, &warm)?,
    ];
    let titles = ["call of a hook that does nothing", "on_request ns", "on_response ns", "a call more than warm ns"];
    Ok(table::render(&std::iter::once(titles.map(str::to_owned)).chain(rows).collect::<Vec<_>>()))
}

fn row(name: &str, plan: Plan, hooks: &impl Hooks, warm: &impl Hooks) -> Result<Row> {
    let laps = stopwatch::run(plan, hooks, warm)?;
    let median = |value: fn(&(Lap, Lap)) -> f64| Spread::of(laps.iter().map(value)).map_or(f64::NAN, |it| it.median);
    Ok([
        name.to_owned(),
        format!("{:.0}", median(|(lap, _)| lap.request)),
        format!("{:.0}", median(|(lap, _)| lap.response)),
        format!("{:.0}", median(|(lap, warm)| (lap.both() - warm.both()) / 2.0)),
    ])
}

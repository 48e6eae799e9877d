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

/// What `--only` knows the rows by.
const WARM: &str = "warm call";
const ON_FIBER: &str = "call on a fiber";
const ISOLATED: &str = "isolated call";

type Row = [String; 4];

/// The rows of the table that are wanted, measured; `None` when there are none.
pub(crate) fn table(sandbox: &Sandbox, plan: Plan, wants: impl Fn(&str) -> bool) -> Result<Option<String>> {
    if ![WARM, ON_FIBER, ISOLATED].into_iter().any(&wants) {
        return Ok(None);
    }
    // Hooks on fibers look for a clock, though they never wait in here.
    let runtime = runtime::Builder::new_current_thread().enable_time().build()?;
    let _entered = runtime.enter();
    let warm = sandbox.plugin("idle", "guest-idle", &json!({}), &[])?;
    let patient = sandbox.plugin("patient", "guest-patient", &json!({}), &[])?;
    let isolated = sandbox.isolated("guest-idle")?;
    let mut rows = Vec::new();
    if wants(WARM) {
        rows.push(row(WARM, plan, &warm, &warm)?);
    }
    if wants(ON_FIBER) {
        rows.push(row(ON_FIBER, plan, &OnFiber(&patient), &warm)?);
    }
    if wants(ISOLATED) {
        rows.push(row(ISOLATED, plan, &isolated, &warm)?);
    }
    let titles = ["call of a hook that does nothing", "on_request ns", "on_response ns", "a call more than warm ns"];
    Ok(Some(table::render(&std::iter::once(titles.map(str::to_owned)).chain(rows).collect::<Vec<_>>())))
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

//! Changes to one route among many, one after the other.

use std::time::Instant;

use anyhow::Result;
use gateway_benches::{Contender, SERVER_NAME, statistics::Spread};
use serde_json::json;
use sluice_testkit::admin::Admin;

use crate::many::CHANGED;

const MUTATION: &str = "mutation($input: UpdateRouteInput!) {
    updateRoute(input: $input) { revision userErrors { path message } }
}";

pub(crate) fn titles() -> [String; 4] {
    ["gateway", "live after, ms", "the longest", "CPU ms/change"].map(str::to_owned)
}

/// Makes so many changes and tells how long they took.
pub(crate) async fn measure(gateway: &Contender, admin: &Admin, changes: usize) -> Result<[String; 4]> {
    let mut took = Vec::with_capacity(changes);
    let before = gateway.cpu_time()?;
    for number in 0..changes {
        let input = json!({"name": CHANGED, "hosts": [SERVER_NAME], "path": format!("/changed/{number}/{{id}}")});
        let began = Instant::now();
        admin.mutate(MUTATION, json!({ "input": input })).await?;
        took.push(began.elapsed().as_secs_f64() * 1e3);
    }
    let cpu = (gateway.cpu_time()? - before).as_secs_f64() * 1e3 / changes as f64;
    let longest = took.iter().copied().fold(0.0, f64::max);
    let spread = Spread::of(took);
    let spread = spread.map_or_else(String::new, |spread| spread.to_string());
    Ok([gateway.name.clone(), spread, format!("{longest:.1}"), format!("{cpu:.1}")])
}

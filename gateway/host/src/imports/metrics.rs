//! `metrics`: counters, gauges and histograms, exposed for each attachment.

use gateway_telemetry::{MetricDefinition, MetricKind};
use sluice_abi::{
    import::METRICS,
    wire::{self, Metric},
};
use wasmtime::{Caller, Linker};

use super::{Return, at, handle, may_define, parts};
use crate::{error::Misuse, state::State};

/// The longest name of a plain counter, in bytes.
const NAME: usize = 63;

/// The values of one observation's labels, in bytes, all together.
const LABELS: u32 = 4 * 1024;

pub(super) fn define(linker: &mut Linker<State>) -> wasmtime::Result<()> {
    linker.func_wrap(METRICS, "define-counter", define_counter)?;
    linker.func_wrap(METRICS, "add", add)?;
    linker.func_wrap(METRICS, "define-metric", define_metric)?;
    linker.func_wrap(METRICS, "observe", observe)?;
    Ok(())
}

fn define_counter(mut caller: Caller<'_, State>, ptr: u32, len: u32, ret: u32, cap: u32) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    let name = state.crossing.text(memory, ptr, len)?;
    let result = counter(state, name);
    state.crossing.give(memory, Return { ptr: ret, capacity: cap }, &result)
}

fn counter(state: &mut State, name: &str) -> Result<u32, String> {
    let known = state.defined.counters.iter().position(|(known, _)| **known == *name);
    if let Some(position) = known.filter(|_| state.configuring) {
        return Ok(handle(position));
    }
    may_define(state.configuring, of_all_kinds(state), "counters and metrics")?;
    check_name(name)?;
    let owner = state.owner.as_ref().expect("only attachments are configured");
    let counter = state.core.services.metrics.plugin_event(&owner.attachment.name, name);
    state.defined.counters.push((name.into(), counter));
    Ok(handle(state.defined.counters.len() - 1))
}

fn of_all_kinds(state: &State) -> usize {
    state.defined.counters.len() + state.defined.metrics.len()
}

/// The name becomes the value of a label.
fn check_name(name: &str) -> Result<(), String> {
    let letters = name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'));
    match (1..=NAME).contains(&name.len()) && letters {
        true => Ok(()),
        false => Err(format!("{name:?} is no name for a counter: use 1 to {NAME} of a-z, 0-9 and '_'")),
    }
}

fn add(mut caller: Caller<'_, State>, counter: u32, delta: u64) -> wasmtime::Result<()> {
    let state = caller.data_mut();
    state.crossing.call()?;
    at(&state.defined.counters, counter, "counter")?.1.add(delta);
    Ok(())
}

fn define_metric(mut caller: Caller<'_, State>, ptr: u32, len: u32, ret: u32, cap: u32) -> wasmtime::Result<i32> {
    let (memory, state) = parts(&mut caller)?;
    let metric = state.crossing.argument::<Metric>(memory, ptr, len)?;
    let result = defined_metric(state, metric);
    state.crossing.give(memory, Return { ptr: ret, capacity: cap }, &result)
}

fn defined_metric(state: &mut State, metric: Metric) -> Result<u32, String> {
    may_define(state.configuring, of_all_kinds(state), "counters and metrics")?;
    let owner = state.owner.as_ref().expect("only attachments are configured");
    let Metric { kind, name, help, labels, buckets } = metric;
    let kind = match kind {
        wire::MetricKind::Counter => MetricKind::Counter,
        wire::MetricKind::Gauge => MetricKind::Gauge,
        wire::MetricKind::Histogram => MetricKind::Histogram,
    };
    let definition = MetricDefinition { kind, name, help, labels, buckets };
    let metric = state.core.services.metrics.define_metric(&owner.attachment.name, &definition)?;
    state.defined.metrics.push(metric);
    Ok(handle(state.defined.metrics.len() - 1))
}

fn observe(mut caller: Caller<'_, State>, metric: u32, value: f64, ptr: u32, len: u32) -> wasmtime::Result<()> {
    let (memory, state) = parts(&mut caller)?;
    if len > LABELS {
        return Err(Misuse::new(format!("the values of labels have {len} bytes: at most {LABELS} are read")).into());
    }
    let encoded = state.crossing.slice(memory, ptr, len)?;
    let values: Vec<&str> =
        wire::view(encoded).map_err(|error| Misuse::new(format!("the values of labels are malformed: {error}")))?;
    let metric = at(&state.defined.metrics, metric, "metric")?;
    Ok(metric.observe(value, &values).map_err(|error| Misuse::new(error.to_string()))?)
}

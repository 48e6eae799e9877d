//! Metrics of the plugin's own.

use std::collections::BTreeMap;

use sluice_abi::{
    bounds::{METRIC_BUCKETS, METRIC_ENDINGS, METRIC_LABEL_SETS, METRIC_LABELS, METRIC_NAME, OTHER_LABEL},
    wire::{Metric, MetricKind},
};

use super::{FakeHost, handle};

#[derive(Debug, Default)]
pub(crate) struct Metrics {
    counters: Vec<(String, u64)>,
    defined: Vec<Defined>,
    /// How many the instance at hand has defined; what those before it counted stays.
    of_this_instance: usize,
}

#[derive(Debug)]
struct Defined {
    metric: Metric,
    /// What was observed, by label values: the latest of a gauge, all of a histogram, the sum of a counter.
    observed: BTreeMap<Vec<String>, Vec<f64>>,
}

/// The longest name of a counter of events, in bytes.
const EVENT: usize = 63;

impl FakeHost {
    pub(crate) fn define_counter(&mut self, name: &str) -> Result<u32, String> {
        self.may_define("metrics", self.metrics.of_this_instance)?;
        self.metrics.of_this_instance += 1;
        if let Some(position) = self.metrics.counters.iter().position(|(known, _)| known == name) {
            return Ok(handle(position + 1));
        }
        if !is_name(name, EVENT) {
            return Err(format!("use 1 to {EVENT} of a-z, 0-9 and '_'"));
        }
        self.metrics.counters.push((name.to_owned(), 0));
        Ok(handle(self.metrics.counters.len()))
    }

    pub(crate) fn add(&mut self, counter: u32, delta: u64) {
        self.metrics.counters[counter as usize].1 += delta;
    }

    pub(crate) fn define_metric(&mut self, metric: Metric) -> Result<u32, String> {
        self.may_define("metrics", self.metrics.of_this_instance)?;
        self.metrics.of_this_instance += 1;
        check(&metric)?;
        if let Some(position) = self.metrics.defined.iter().position(|known| known.metric.name == metric.name) {
            let same = self.metrics.defined[position].metric == metric;
            return if same { Ok(handle(position + 1)) } else { Err("it is defined otherwise already".to_owned()) };
        }
        self.metrics.defined.push(Defined { metric, observed: BTreeMap::new() });
        Ok(handle(self.metrics.defined.len()))
    }

    pub(crate) fn observe(&mut self, metric: u32, value: f64, labels: Vec<String>) {
        self.metrics.defined[metric as usize].observe(value, labels);
    }
}

impl Metrics {
    pub(crate) fn counter(&self, name: &str) -> Option<u64> {
        self.counters.iter().find(|(known, _)| known == name).map(|(_, count)| *count)
    }

    /// What was observed of a metric with these label values; `None` if there is no such metric.
    pub(crate) fn observed(&self, name: &str, labels: &[&str]) -> Option<&[f64]> {
        let defined = self.defined.iter().find(|defined| defined.metric.name == name)?;
        let labels: Vec<String> = labels.iter().map(|label| (*label).to_owned()).collect();
        Some(defined.observed.get(&labels).map_or(&[], Vec::as_slice))
    }

    pub(super) fn begin_configuration(&mut self) {
        self.of_this_instance = 0;
    }
}

impl Defined {
    fn observe(&mut self, value: f64, labels: Vec<String>) {
        let room = self.observed.len() < METRIC_LABEL_SETS;
        let labels = match room || self.observed.contains_key(&labels) {
            true => labels,
            false => vec![OTHER_LABEL.to_owned(); labels.len()],
        };
        let observed = self.observed.entry(labels).or_default();
        match self.metric.kind {
            MetricKind::Counter => *observed = vec![observed.first().unwrap_or(&0.0) + value],
            MetricKind::Gauge => *observed = vec![value],
            MetricKind::Histogram => observed.push(value),
        }
    }
}

fn check(metric: &Metric) -> Result<(), String> {
    if !is_name(&metric.name, METRIC_NAME) {
        return Err(format!("use 1 to {METRIC_NAME} of a-z, 0-9 and '_'"));
    }
    if let Some(ending) = METRIC_ENDINGS.iter().find(|ending| metric.name.ends_with(*ending)) {
        return Err(format!("it ends with {ending:?}, which is added where it belongs: leave it out"));
    }
    if metric.labels.len() > METRIC_LABELS {
        return Err(format!("it has {} labels: use at most {METRIC_LABELS}", metric.labels.len()));
    }
    if let Some(label) = metric.labels.iter().find(|label| !is_name(label, METRIC_NAME)) {
        return Err(format!("its label {label:?} is no name: use 1 to {METRIC_NAME} of a-z, 0-9 and '_'"));
    }
    if metric.buckets.len() > METRIC_BUCKETS || !metric.buckets.is_sorted_by(|a, b| a < b) {
        return Err(format!("its buckets are at most {METRIC_BUCKETS} numbers, each larger than the one before"));
    }
    Ok(())
}

fn is_name(name: &str, most: usize) -> bool {
    let letters = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    letters && (1..=most).contains(&name.len())
}

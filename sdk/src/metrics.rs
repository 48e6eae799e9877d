//! Metrics of the plugin's own; the host adds the label `attachment`.

use sluice_abi::wire::{self, MetricKind};

use crate::{Result, sys};

/// Counts events of one name; cheap to copy, made by [`Setup::counter`](crate::Setup::counter).
#[derive(Clone, Copy, Debug)]
pub struct Counter(u32);

/// A counter with `N` labels; made by [`Setup::counter_with_labels`](crate::Setup::counter_with_labels).
#[derive(Clone, Copy, Debug)]
pub struct LabelledCounter<const N: usize>(Metric<N>);

/// A value that goes up and down; made by [`Setup::gauge`](crate::Setup::gauge).
#[derive(Clone, Copy, Debug)]
pub struct Gauge<const N: usize = 0>(Metric<N>);

/// How values are spread; made by [`Setup::histogram`](crate::Setup::histogram).
#[derive(Clone, Copy, Debug)]
pub struct Histogram<const N: usize = 0>(Metric<N>);

/// A metric whose number of labels the compiler knows.
#[derive(Clone, Copy, Debug)]
struct Metric<const N: usize>(u32);

/// Bytes of label values that cross without allocation.
const SMALL_LABELS: usize = 256;

// === impl Counter ===

impl Counter {
    pub(crate) fn define(name: &str) -> Result<Self> {
        let defined: Result<u32, String> = sys::call(|result| sys::define_counter(name, result));
        defined.map(Self).map_err(|reason| format!("counter {name:?}: {reason}").into())
    }

    /// Counts one event.
    pub fn increment(self) {
        self.add(1);
    }

    /// Counts `events` of them.
    pub fn add(self, events: u64) {
        sys::add(self.0, events);
    }
}

// === impl LabelledCounter, Gauge, Histogram ===

impl<const N: usize> LabelledCounter<N> {
    pub(crate) fn define(name: &str, help: &str, labels: [&str; N]) -> Result<Self> {
        Metric::define(MetricKind::Counter, name, help, labels, &[]).map(Self)
    }

    /// Counts one event, with a value for each label in their order.
    pub fn increment(self, labels: [&str; N]) {
        self.add(1, labels);
    }

    /// Counts `events` of them.
    pub fn add(self, events: u64, labels: [&str; N]) {
        self.0.observe(events as f64, labels);
    }
}

impl<const N: usize> Gauge<N> {
    pub(crate) fn define(name: &str, help: &str, labels: [&str; N]) -> Result<Self> {
        Metric::define(MetricKind::Gauge, name, help, labels, &[]).map(Self)
    }

    /// Sets the value, with a value for each label in their order.
    pub fn set(self, value: f64, labels: [&str; N]) {
        self.0.observe(value, labels);
    }
}

impl<const N: usize> Histogram<N> {
    pub(crate) fn define(name: &str, help: &str, labels: [&str; N], buckets: &[f64]) -> Result<Self> {
        Metric::define(MetricKind::Histogram, name, help, labels, buckets).map(Self)
    }

    /// Records a value, with a value for each label in their order.
    pub fn observe(self, value: f64, labels: [&str; N]) {
        self.0.observe(value, labels);
    }
}

// === impl Metric ===

impl<const N: usize> Metric<N> {
    fn define(kind: MetricKind, name: &str, help: &str, labels: [&str; N], buckets: &[f64]) -> Result<Self> {
        let metric = wire::Metric {
            kind,
            name: name.to_owned(),
            help: help.to_owned(),
            labels: labels.map(str::to_owned).to_vec(),
            buckets: buckets.to_vec(),
        };
        let bytes = sys::argument(&metric);
        let defined: Result<u32, String> = sys::call(|result| sys::define_metric(&bytes, result));
        defined.map(Self).map_err(|reason| format!("metric {name:?}: {reason}").into())
    }

    fn observe(self, value: f64, labels: [&str; N]) {
        let mut small = [0; SMALL_LABELS];
        match wire::encode_into(&labels.as_slice(), &mut small) {
            Some(bytes) => sys::observe(self.0, value, bytes),
            None => sys::observe(self.0, value, &wire::encode(&labels.as_slice())),
        }
    }
}

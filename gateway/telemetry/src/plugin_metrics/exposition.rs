//! The metrics of plugins as OpenMetrics text.

use std::fmt;

use prometheus_client::{
    encoding::{DescriptorEncoder, MetricEncoder, NoLabelSet},
    metrics::MetricType,
};

use super::{
    MetricKind, PluginMetrics,
    definition::PREFIX,
    series::{Cell, Series},
};

impl PluginMetrics {
    pub(crate) fn encode(&self, encoder: &mut DescriptorEncoder<'_>) -> fmt::Result {
        for (name, family) in &*self.families.lock() {
            // All agree in kind; whose words explain it does not matter.
            let Some(definition) = family.values().next().map(|series| series.definition()) else { continue };
            let kind = match definition.kind {
                MetricKind::Counter => MetricType::Counter,
                MetricKind::Gauge => MetricType::Gauge,
                MetricKind::Histogram => MetricType::Histogram,
            };
            let name = format!("{PREFIX}{name}");
            let mut metric = encoder.encode_descriptor(&name, &definition.help(), None, kind)?;
            for (attachment, series) in family {
                tell(&mut metric, attachment, series)?;
            }
        }
        Ok(())
    }
}

fn tell(metric: &mut MetricEncoder<'_>, attachment: &str, series: &Series) -> fmt::Result {
    for (values, cell) in series.told() {
        let own = series.definition().labels.iter().map(String::as_str).zip(values.iter().map(String::as_str));
        let labels: Vec<(&str, &str)> = std::iter::once(("attachment", attachment)).chain(own).collect();
        let mut metric = metric.encode_family(&labels)?;
        match cell {
            Cell::Sum(sum) => metric.encode_counter::<NoLabelSet, f64, f64>(&sum, None)?,
            Cell::Last(last) => {
                metric.encode_gauge(&f64::from_bits(last.load(std::sync::atomic::Ordering::Relaxed)))?
            }
            Cell::Buckets { counts, sum } => {
                let bounds = series.bounds().iter().copied().chain([f64::INFINITY]);
                let buckets: Vec<(f64, u64)> = bounds.zip(counts.iter().copied()).collect();
                metric.encode_histogram::<NoLabelSet>(sum, counts.iter().sum(), &buckets, None)?;
            }
        }
    }
    Ok(())
}

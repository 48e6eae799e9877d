//! Metrics that plugins define: exposed as `sluice_plugin_NAME` with the label `attachment` before their own.
//!
//! Attachments that use one name must mean the same by it; what an attachment has defined goes with the attachment.
//! Everything is bounded: metrics of an attachment and in all, label sets of a metric and in all.

mod definition;
mod exposition;
mod series;

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
};

use parking_lot::Mutex;

pub use self::definition::{MetricDefinition, MetricKind};
use self::series::Series;

/// Metrics of one attachment at most: of its plugin's old version and of the new one while they change.
const OF_ATTACHMENT: usize = 64;

/// Metrics of all attachments at most.
const IN_ALL: usize = 2_000;

/// Label sets of one metric of one attachment at most; what comes with others is counted under [`OTHER`].
pub const LABEL_SETS: usize = 100;

/// Label sets of all metrics at most; a metric beyond has [`OTHER`] only.
const LABEL_SETS_IN_ALL: usize = 20_000;

/// The value of each label of what has no place of its own.
pub const OTHER: &str = "other";

/// The longest value of a label, in bytes; what is longer is cut.
pub const LABEL_VALUE: usize = 128;

/// A metric of one attachment. Clones share it.
#[derive(Clone, Debug)]
pub struct PluginMetric(Arc<Series>);

/// What was observed makes no sense; the text says why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unobservable(String);

/// All metrics of plugins, by name and attachment.
#[derive(Debug)]
pub(crate) struct PluginMetrics {
    workers: usize,
    /// Locked when attachments are configured and when metrics are read, never by a request.
    families: Mutex<Families>,
    sets: Arc<AtomicUsize>,
}

type Families = BTreeMap<Box<str>, BTreeMap<Box<str>, Arc<Series>>>;

// === impl PluginMetrics ===

impl PluginMetrics {
    pub(crate) fn new(workers: usize) -> Self {
        Self { workers, families: Mutex::default(), sets: Arc::default() }
    }

    /// See [`Metrics::define_metric`](crate::Metrics::define_metric).
    pub(crate) fn define(&self, attachment: &str, definition: &MetricDefinition) -> Result<PluginMetric, String> {
        definition.check()?;
        let mut families = self.families.lock();
        if let Some(known) = of(&families, &definition.name, attachment).filter(|known| known.is_like(definition)) {
            return Ok(PluginMetric(known.clone()));
        }
        agree(&families, attachment, definition)?;
        make_room(&mut families, attachment)?;
        let series = Arc::new(Series::new(definition.clone(), self.workers, self.sets.clone()));
        let family = families.entry(definition.name.as_str().into()).or_default();
        family.insert(attachment.into(), series.clone());
        Ok(PluginMetric(series))
    }

    /// Forgets the metrics of attachments that are not `in_use`.
    pub(crate) fn retain(&self, in_use: impl Fn(&str) -> bool) {
        keep(&mut self.families.lock(), |attachment, _| in_use(attachment));
    }
}

fn of<'f>(families: &'f Families, name: &str, attachment: &str) -> Option<&'f Arc<Series>> {
    families.get(name)?.get(attachment)
}

/// An attachment may change its own metric, but not what others mean by the name.
fn agree(families: &Families, attachment: &str, definition: &MetricDefinition) -> Result<(), String> {
    let family = families.get(definition.name.as_str()).into_iter().flatten();
    let mut others = family.filter(|(other, series)| ***other != *attachment && !series.is_like(definition));
    match others.next() {
        None => Ok(()),
        Some((other, series)) => Err(format!(
            "metric {:?} is {} of attachment {other:?} already, not {}: use the same, or another name",
            definition.name,
            series.definition(),
            definition,
        )),
    }
}

/// Forgets metrics that no instance holds any more, if their places are needed.
fn make_room(families: &mut Families, attachment: &str) -> Result<(), String> {
    let counts = |families: &Families| {
        let own = families.values().filter(|family| family.contains_key(attachment)).count();
        (own, families.values().map(BTreeMap::len).sum::<usize>())
    };
    let is_full = |(own, all)| own >= OF_ATTACHMENT || all >= IN_ALL;
    if is_full(counts(families)) {
        keep(families, |_, series| Arc::strong_count(series) > 1);
    }
    match counts(families) {
        (OF_ATTACHMENT.., _) => Err(format!("the attachment has {OF_ATTACHMENT} metrics already")),
        (_, IN_ALL..) => Err(format!("the attachments have {IN_ALL} metrics already")),
        _ => Ok(()),
    }
}

fn keep(families: &mut Families, keep: impl Fn(&str, &Arc<Series>) -> bool) {
    families.retain(|_, family| {
        family.retain(|attachment, series| keep(attachment, series));
        !family.is_empty()
    });
}

// === impl PluginMetric ===

impl PluginMetric {
    /// Adds `value` to a counter, sets a gauge to it, or records it in a histogram; `labels` in the order of their
    /// definition. Takes a lock that only this worker takes.
    ///
    /// # Errors
    /// [`Unobservable`] when there are too many or too few labels, for a counter that would not grow, and for what no
    /// bucket can hold. Nothing is changed then.
    pub fn observe<V: AsRef<str>>(&self, value: f64, labels: &[V]) -> Result<(), Unobservable> {
        self.0.observe(value, labels)
    }
}

/// Takes one of all label sets; false when there is none.
fn take_set(sets: &AtomicUsize) -> bool {
    sets.fetch_update(Relaxed, Relaxed, |taken| (taken < LABEL_SETS_IN_ALL).then_some(taken + 1)).is_ok()
}

#[cfg(test)]
mod tests;

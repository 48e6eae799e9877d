//! The values of one metric of one attachment, by label set.
//!
//! Each worker has values of its own, behind a lock that hardly anybody else takes; a set that is new to a worker is
//! looked up in a list that all share. What a gauge is set to is shared, because the last one counts.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed},
    },
};

use parking_lot::Mutex;

use super::{LABEL_SETS, LABEL_VALUE, MetricDefinition, MetricKind, OTHER, Unobservable, take_set};
use crate::{instrument::bounds_seconds, shard::Sharded};

#[derive(Debug)]
pub(super) struct Series {
    definition: MetricDefinition,
    /// Upper bounds of a histogram.
    bounds: Box<[f64]>,
    workers: Sharded<Mutex<Worker>>,
    /// The sets that have a place; for gauges with their values.
    sets: Mutex<HashMap<Key, Arc<AtomicU64>>>,
    /// How many sets there are of all metrics.
    in_all: Arc<AtomicUsize>,
}

/// Values of labels, each after its length, so that no two sets are alike.
type Key = Box<[u8]>;

#[derive(Debug, Default)]
struct Worker {
    cells: HashMap<Key, Cell>,
    /// Scratch space.
    key: Vec<u8>,
}

/// What one worker has of one label set.
#[derive(Clone, Debug)]
pub(super) enum Cell {
    Sum(f64),
    /// The bits of the number.
    Last(Arc<AtomicU64>),
    /// Not added up; the last one is for what is above all bounds.
    Buckets {
        counts: Box<[u64]>,
        sum: f64,
    },
}

impl Series {
    pub(super) fn new(definition: MetricDefinition, workers: usize, in_all: Arc<AtomicUsize>) -> Self {
        let bounds = match (definition.kind, definition.buckets.is_empty()) {
            (MetricKind::Histogram, true) => bounds_seconds().collect(),
            _ => definition.buckets.clone().into(),
        };
        Self { definition, bounds, workers: Sharded::new(workers), sets: Mutex::default(), in_all }
    }

    pub(super) fn definition(&self) -> &MetricDefinition {
        &self.definition
    }

    pub(super) fn bounds(&self) -> &[f64] {
        &self.bounds
    }

    pub(super) fn is_like(&self, definition: &MetricDefinition) -> bool {
        self.definition.is_like(definition)
    }

    pub(super) fn observe<V: AsRef<str>>(&self, value: f64, labels: &[V]) -> Result<(), Unobservable> {
        self.check(value, labels.len())?;
        let mut worker = self.workers.mine().lock();
        let Worker { cells, key } = &mut *worker;
        write_key(key, labels.iter().map(AsRef::as_ref));
        if !cells.contains_key(&**key) {
            let value = self.place(key);
            // The key may be another one now: that of the others.
            cells.entry((&**key).into()).or_insert_with(|| self.cell(value));
        }
        cells.get_mut(&**key).expect("it was there or is now").record(value, &self.bounds);
        Ok(())
    }

    fn check(&self, value: f64, labels: usize) -> Result<(), Unobservable> {
        let MetricDefinition { name, kind, labels: names, .. } = &self.definition;
        if labels != names.len() {
            return Err(Unobservable(format!("metric {name:?} has {} labels, but was given {labels}", names.len())));
        }
        match kind {
            MetricKind::Counter if !(value.is_finite() && value >= 0.0) => {
                Err(Unobservable(format!("counter {name:?} was given {value}: it takes finite numbers of at least 0")))
            }
            MetricKind::Histogram if !value.is_finite() => {
                Err(Unobservable(format!("histogram {name:?} was given {value}: it takes finite numbers")))
            }
            _ => Ok(()),
        }
    }

    /// Gives the set in `key` a place, or makes it that of the others.
    #[cold]
    fn place(&self, key: &mut Vec<u8>) -> Arc<AtomicU64> {
        let mut sets = self.sets.lock();
        let has_room = sets.contains_key(&**key) || sets.len() < LABEL_SETS && take_set(&self.in_all);
        if !has_room {
            write_key(key, self.definition.labels.iter().map(|_| OTHER));
            // One more than the bounds say, for each metric.
            if !sets.contains_key(&**key) {
                self.in_all.fetch_add(1, Relaxed);
            }
        }
        sets.entry((&**key).into()).or_default().clone()
    }

    fn cell(&self, value: Arc<AtomicU64>) -> Cell {
        match self.definition.kind {
            MetricKind::Counter => Cell::Sum(0.0),
            MetricKind::Gauge => Cell::Last(value),
            MetricKind::Histogram => Cell::Buckets { counts: vec![0; self.bounds.len() + 1].into(), sum: 0.0 },
        }
    }

    /// What all workers have, by the values of the labels.
    pub(super) fn told(&self) -> BTreeMap<Vec<String>, Cell> {
        let mut all: BTreeMap<Vec<String>, Cell> = BTreeMap::new();
        for worker in self.workers.iter() {
            for (key, cell) in &worker.lock().cells {
                match all.get_mut(&read_key(key)) {
                    Some(sum) => sum.add(cell),
                    None => drop(all.insert(read_key(key), cell.clone())),
                }
            }
        }
        all
    }
}

impl Drop for Series {
    fn drop(&mut self) {
        self.in_all.fetch_sub(self.sets.get_mut().len(), Relaxed);
    }
}

impl Cell {
    fn record(&mut self, value: f64, bounds: &[f64]) {
        match self {
            Self::Sum(sum) => *sum += value,
            Self::Last(last) => last.store(value.to_bits(), Relaxed),
            Self::Buckets { counts, sum } => {
                counts[bounds.partition_point(|bound| *bound < value)] += 1;
                *sum += value;
            }
        }
    }

    fn add(&mut self, other: &Self) {
        match (self, other) {
            (Self::Sum(sum), Self::Sum(more)) => *sum += more,
            (Self::Buckets { counts, sum }, Self::Buckets { counts: more, sum: more_sum }) => {
                counts.iter_mut().zip(more).for_each(|(count, more)| *count += more);
                *sum += more_sum;
            }
            // Workers share the value of a gauge, and all cells of a metric are of its kind.
            _ => {}
        }
    }
}

fn write_key<'v>(key: &mut Vec<u8>, values: impl Iterator<Item = &'v str>) {
    key.clear();
    for value in values {
        let value = &value[..value.floor_char_boundary(LABEL_VALUE)];
        key.push(u8::try_from(value.len()).expect("it was cut"));
        key.extend_from_slice(value.as_bytes());
    }
}

fn read_key(mut key: &[u8]) -> Vec<String> {
    let mut values = Vec::new();
    while let Some((len, rest)) = key.split_first() {
        let (value, rest) = rest.split_at(usize::from(*len));
        values.push(String::from_utf8_lossy(value).into_owned());
        key = rest;
    }
    values
}

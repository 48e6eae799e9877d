//! Client connections that were ended for what came over them, by what was wrong with it.

use std::{collections::BTreeMap, sync::Arc};

use parking_lot::Mutex;

use crate::instrument::Counter;

/// Counters by the name of the fault; clones share them.
#[derive(Clone, Debug)]
pub struct FramingFaults {
    workers: usize,
    /// As many as there are kinds of faults. Locked once for a connection that ends with one, never for a sound request.
    counters: Arc<Mutex<BTreeMap<&'static str, Counter>>>,
}

impl FramingFaults {
    pub(super) fn new(workers: usize) -> Self {
        Self { workers, counters: Arc::default() }
    }

    /// Counts one of a kind.
    pub fn found(&self, fault: &'static str) {
        self.counters.lock().entry(fault).or_insert_with(|| Counter::new(self.workers)).add(1);
    }

    pub(super) fn all(&self) -> Vec<(&'static str, Counter)> {
        self.counters.lock().iter().map(|(fault, counter)| (*fault, counter.clone())).collect()
    }
}

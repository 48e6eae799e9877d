//! Shards: each worker writes its own part of an instrument, so that no two cores fight over a cache line.

use std::cell::Cell;

thread_local! {
    static WORKER: Cell<usize> = const { Cell::new(usize::MAX) };
}

/// Declares the current thread to be worker number `index`, counted from 0.
///
/// Threads that never call it, and workers beyond the number given to [`Metrics::new`](crate::Metrics::new), share one further shard.
pub fn enter_worker(index: usize) {
    WORKER.set(index);
}

/// One value per worker and one for all other threads.
#[derive(Debug)]
pub(crate) struct Sharded<T>(Box<[Padded<T>]>);

/// Two cache lines, because processors fetch them in pairs.
#[derive(Debug, Default)]
#[repr(align(128))]
struct Padded<T>(T);

impl<T: Default> Sharded<T> {
    pub(crate) fn new(workers: usize) -> Self {
        Self((0..=workers).map(|_| Padded::default()).collect())
    }
}

impl<T> Sharded<T> {
    /// The shard of the current thread.
    pub(crate) fn mine(&self) -> &T {
        &self.0[WORKER.get().min(self.0.len() - 1)].0
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter().map(|padded| &padded.0)
    }
}

//! The memory that bodies kept whole for plugins may take, over all workers.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering::Relaxed},
};

/// A bound on bytes; clones share it. Touched by requests with buffered bodies only.
#[derive(Clone, Debug)]
pub(crate) struct Budget(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    taken: AtomicU64,
    most: u64,
}

/// Bytes that are taken until this is dropped.
#[derive(Debug)]
pub(crate) struct Reservation {
    budget: Budget,
    bytes: u64,
}

/// All of the memory is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Exhausted;

impl Budget {
    /// A budget of `most` bytes.
    pub(crate) fn new(most: u64) -> Self {
        Self(Arc::new(Shared { taken: AtomicU64::new(0), most }))
    }

    /// Bytes that are taken now.
    pub(crate) fn taken(&self) -> u64 {
        self.0.taken.load(Relaxed)
    }

    /// A place for bytes to come.
    pub(crate) fn reservation(&self) -> Reservation {
        Reservation { budget: self.clone(), bytes: 0 }
    }
}

impl Reservation {
    /// A place in the same memory for other bytes to come.
    pub(crate) fn another(&self) -> Self {
        self.budget.reservation()
    }

    /// Makes it `bytes` large in all.
    pub(crate) fn resize(&mut self, bytes: u64) -> Result<(), Exhausted> {
        let Shared { taken, most } = &*self.budget.0;
        match bytes.checked_sub(self.bytes) {
            Some(0) => {}
            Some(more) => {
                let before = taken.fetch_add(more, Relaxed);
                if before.saturating_add(more) > *most {
                    taken.fetch_sub(more, Relaxed);
                    return Err(Exhausted);
                }
            }
            None => drop(taken.fetch_sub(self.bytes - bytes, Relaxed)),
        }
        self.bytes = bytes;
        Ok(())
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        self.budget.0.taken.fetch_sub(self.bytes, Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_dropped_can_be_taken_again() {
        let budget = Budget::new(10);
        let (mut one, mut other) = (budget.reservation(), budget.reservation());
        assert_eq!(one.resize(6), Ok(()));
        assert_eq!(other.resize(5), Err(Exhausted));
        assert_eq!(other.resize(4), Ok(()));
        assert_eq!(one.resize(2), Ok(()));
        assert_eq!(other.resize(8), Ok(()));
        drop(other);
        assert_eq!(one.resize(10), Ok(()));
    }
}

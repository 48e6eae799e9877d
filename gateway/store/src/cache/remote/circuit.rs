//! When a store that fails is left alone.

use std::sync::atomic::{
    AtomicBool, AtomicU32,
    Ordering::{AcqRel, Relaxed},
};

/// Failures in a row after which a store is left alone.
const FAILURES: u32 = 5;

#[derive(Debug, Default)]
pub(super) struct Circuit {
    /// In a row.
    failures: AtomicU32,
    open: AtomicBool,
}

impl Circuit {
    /// Whether the store is left alone.
    pub(super) fn is_open(&self) -> bool {
        self.open.load(Relaxed)
    }

    pub(super) fn succeeded(&self) {
        // Read first: nobody writes while all is well, so no worker waits for another's cache line.
        if self.failures.load(Relaxed) != 0 {
            self.failures.store(0, Relaxed);
        }
    }

    /// Whether it is this failure after which the store is left alone: whoever is told so has it tried.
    pub(super) fn failed(&self) -> bool {
        self.failures.fetch_add(1, AcqRel) + 1 >= FAILURES && !self.open.swap(true, AcqRel)
    }

    /// The store serves again.
    pub(super) fn close(&self) {
        self.failures.store(0, Relaxed);
        self.open.store(false, Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_in_a_row_open_it_once_and_successes_between_them_do_not() {
        let circuit = Circuit::default();
        for _ in 0..10 {
            (1..FAILURES).for_each(|_| assert!(!circuit.failed()));
            circuit.succeeded();
        }
        let opened = (0..20).filter(|_| circuit.failed()).count();
        assert!(opened == 1 && circuit.is_open());
        circuit.succeeded();
        assert!(circuit.is_open(), "a late answer says little");
        circuit.close();
        assert!(!circuit.is_open() && !circuit.failed());
    }
}

//! The queue in front of the compiler: one module at a time, and an end to how many wait.

use std::sync::atomic::{AtomicUsize, Ordering};

use parking_lot::{Mutex, MutexGuard};

use crate::error::LoadError;

/// Modules that wait for the compiler, the one that is being compiled not counted.
const WAITING: usize = 16;

#[derive(Default)]
pub(super) struct Queue {
    /// Those who wait and the one who compiles.
    inside: AtomicUsize,
    turn: Mutex<()>,
}

/// The right to compile; given on when dropped.
pub(super) struct Turn<'q> {
    _turn: MutexGuard<'q, ()>,
    _place: Place<'q>,
}

/// A place in the queue; free again when dropped.
struct Place<'q>(&'q AtomicUsize);

impl Queue {
    /// Waits until it is the caller's turn.
    ///
    /// # Errors
    /// Too many wait already.
    pub(super) fn wait_for_turn(&self) -> Result<Turn<'_>, LoadError> {
        let before = self.inside.fetch_add(1, Ordering::AcqRel);
        let place = Place(&self.inside);
        if before > WAITING {
            return Err(LoadError::CompilerBusy(WAITING));
        }
        Ok(Turn { _turn: self.turn.lock(), _place: place })
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_compiles_and_so_many_wait() {
        let queue = Queue::default();
        let first = queue.wait_for_turn().expect("nobody is there");
        std::thread::scope(|scope| {
            for _ in 0..WAITING {
                scope.spawn(|| queue.wait_for_turn().map(drop).expect("there is room to wait"));
            }
            while queue.inside.load(Ordering::Acquire) <= WAITING {
                std::thread::yield_now();
            }
            assert!(matches!(queue.wait_for_turn().map(drop), Err(LoadError::CompilerBusy(WAITING))));
            drop(first);
        });
        assert_eq!(queue.inside.load(Ordering::Acquire), 0);
    }
}

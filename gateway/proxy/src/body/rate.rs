//! How fast a client sends a body: a byte now and then keeps every timeout from being over.

use std::time::{Duration, Instant};

/// A client has so long before it is judged, in all that it is waited for.
const GRACE: Duration = Duration::from_secs(5);

/// What came, and how long it was waited for. What the upstream takes to read is not the client's.
#[derive(Debug, Default)]
pub(super) struct Rate {
    /// Bytes in a second; 0 for any.
    least: u64,
    bytes: u64,
    waited: Duration,
    since: Option<Instant>,
}

impl Rate {
    pub(super) fn new(least: u64) -> Self {
        Self { least, ..Self::default() }
    }

    /// The client is being waited for from now on.
    pub(super) fn waits(&mut self) {
        if self.least > 0 {
            self.since = Some(Instant::now());
        }
    }

    /// So many bytes came; says whether that is too little by now.
    pub(super) fn is_too_slow(&mut self, bytes: usize) -> bool {
        self.bytes += bytes as u64;
        // What came without being waited for is no sign of slowness.
        let Some(since) = self.since.take() else { return false };
        self.waited += since.elapsed();
        self.waited > GRACE && u128::from(self.bytes) * 1000 < u128::from(self.least) * self.waited.as_millis()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waited(rate: u64, bytes: u64, seconds: u64) -> Rate {
        Rate { bytes, waited: Duration::from_secs(seconds), since: Some(Instant::now()), ..Rate::new(rate) }
    }

    #[test]
    fn a_client_is_judged_after_its_grace_by_what_it_was_waited_for() {
        assert!(!waited(240, 0, 4).is_too_slow(1));
        assert!(waited(240, 0, 6).is_too_slow(1));
        assert!(waited(240, 2300, 10).is_too_slow(1));
        assert!(!waited(240, 2500, 10).is_too_slow(1));
        assert!(!waited(0, 0, 100).is_too_slow(0));
        let mut unwaited = Rate { since: None, ..waited(240, 0, 100) };
        assert!(!unwaited.is_too_slow(1));
    }
}

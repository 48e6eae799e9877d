//! When a credential was last used, to the minute.

use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicU32, Ordering::Relaxed},
};

use super::credentials::UseId;

const MINUTE_MS: u64 = 60_000;

/// The last use of one key, password or certificate. Written by requests without a lock, and only once in a minute, so
/// that workers do not fight for it.
#[derive(Debug)]
pub struct LastUse {
    pub id: UseId,
    /// The minute since 1970, 0 for never. Shared with the snapshots before and after, for requests of both write it.
    minute: OnceLock<Arc<AtomicU32>>,
}

impl LastUse {
    pub(super) fn new(id: UseId) -> Self {
        Self { id, minute: OnceLock::new() }
    }

    /// Notes a use at `now`, in milliseconds since 1970.
    #[inline]
    pub fn note(&self, now: u64) {
        let minute = u32::try_from(now / MINUTE_MS).unwrap_or(u32::MAX);
        let cell = self.cell();
        if cell.load(Relaxed) < minute {
            cell.fetch_max(minute, Relaxed);
        }
    }

    /// The minute of the last use, in milliseconds since 1970; none if it was never used.
    #[must_use]
    pub fn at_ms(&self) -> Option<u64> {
        let minute = self.cell().load(Relaxed);
        (minute > 0).then(|| u64::from(minute) * MINUTE_MS)
    }

    /// Goes on where `before`, of an earlier snapshot, is. Before this snapshot serves, or it is too late.
    pub(super) fn continue_from(&self, before: &Self) {
        self.minute.get_or_init(|| before.cell().clone());
    }

    fn cell(&self) -> &Arc<AtomicU32> {
        self.minute.get_or_init(Arc::default)
    }
}

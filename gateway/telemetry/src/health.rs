//! How the attachments are: which of them are quarantined, and what went wrong last.
//!
//! The data path writes it, the admin API reads it. It is about what serves now and is gone with the process.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use parking_lot::Mutex;

/// Milliseconds since 1970 that stand for a quarantine without end.
const FOR_EVER: u64 = u64::MAX;

/// The health of all attachments that serve; clones share it.
#[derive(Clone, Debug, Default)]
pub struct AttachmentHealth(Arc<Mutex<BTreeMap<Arc<str>, HealthRecord>>>);

/// The health of one attachment, written by those who call its plugin; clones share it.
#[derive(Clone, Debug, Default)]
pub struct HealthRecord(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    /// In milliseconds since 1970; 0 for none.
    quarantined_until: AtomicU64,
    faults: AtomicU64,
    last_fault: Mutex<Option<LastFault>>,
}

/// How an attachment is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    pub state: HealthState,
    /// Calls that failed since the attachment was last configured, faults of requests themselves not counted.
    pub faults: u64,
    pub last_fault: Option<LastFault>,
}

/// Whether the plugin of an attachment is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HealthState {
    Healthy,
    Quarantined {
        /// When it is tried again, to the millisecond; none when the configuration has quarantined it.
        until: Option<SystemTime>,
    },
}

/// What went wrong last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastFault {
    /// Short, the same for like faults: `trap`, `deadline`.
    pub kind: &'static str,
    /// For operators and authors of plugins: the cause, the guest's own words, where it was.
    pub message: String,
    pub at: SystemTime,
}

// === impl AttachmentHealth ===

impl AttachmentHealth {
    /// How an attachment is; none if none of that name serves.
    #[must_use]
    pub fn of(&self, attachment: &str) -> Option<Health> {
        self.0.lock().get(attachment).map(HealthRecord::read)
    }

    /// All attachments that serve, by name.
    #[must_use]
    pub fn all(&self) -> Vec<(Arc<str>, Health)> {
        self.0.lock().iter().map(|(name, record)| (name.clone(), record.read())).collect()
    }

    /// Makes these records, by the names of their attachments, the ones that are told from now on.
    pub fn replace(&self, records: impl IntoIterator<Item = (Arc<str>, HealthRecord)>) {
        let records = records.into_iter().collect();
        *self.0.lock() = records;
    }
}

// === impl HealthRecord ===

impl HealthRecord {
    /// Counts a fault and keeps it as the last one. Never waits: under many at once, some leave no message.
    pub fn fault(&self, kind: &'static str, message: &str) {
        self.0.faults.fetch_add(1, Relaxed);
        if let Some(mut last) = self.0.last_fault.try_lock() {
            *last = Some(LastFault { kind, message: message.to_owned(), at: SystemTime::now() });
        }
    }

    /// The plugin is not called until then; without a time, as long as it is configured so.
    pub fn quarantine(&self, until: Option<SystemTime>) {
        let millis = |until: SystemTime| {
            let since = until.duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
            u64::try_from(since).unwrap_or(FOR_EVER).clamp(1, FOR_EVER - 1)
        };
        self.0.quarantined_until.store(until.map_or(FOR_EVER, millis), Relaxed);
    }

    /// The plugin is called again.
    pub fn release(&self) {
        self.0.quarantined_until.store(0, Relaxed);
    }

    /// How the attachment is.
    #[must_use]
    pub fn read(&self) -> Health {
        let state = match self.0.quarantined_until.load(Relaxed) {
            0 => HealthState::Healthy,
            FOR_EVER => HealthState::Quarantined { until: None },
            millis => HealthState::Quarantined { until: Some(UNIX_EPOCH + Duration::from_millis(millis)) },
        };
        Health { state, faults: self.0.faults.load(Relaxed), last_fault: self.0.last_fault.lock().clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_tells_its_state_its_faults_and_the_last_one() {
        let record = HealthRecord::default();
        assert_eq!(record.read(), Health { state: HealthState::Healthy, faults: 0, last_fault: None });
        record.fault("trap", "first");
        record.fault("deadline", "second");
        let until = UNIX_EPOCH + Duration::from_millis(1_234);
        record.quarantine(Some(until));
        let health = record.read();
        assert_eq!((health.state, health.faults), (HealthState::Quarantined { until: Some(until) }, 2));
        let last = health.last_fault.unwrap();
        assert_eq!((last.kind, &*last.message), ("deadline", "second"));
        record.release();
        assert_eq!(record.read().state, HealthState::Healthy);
        record.quarantine(None);
        assert_eq!(record.read().state, HealthState::Quarantined { until: None });
    }

    #[test]
    fn what_serves_no_more_is_not_told() {
        let health = AttachmentHealth::default();
        let kept = HealthRecord::default();
        kept.fault("trap", "kept");
        health.replace([("kept".into(), kept.clone()), ("gone".into(), HealthRecord::default())]);
        assert_eq!(health.all().len(), 2);
        health.replace([("kept".into(), kept)]);
        assert_eq!(health.of("kept").map(|health| health.faults), Some(1));
        assert_eq!(health.of("gone"), None);
    }
}

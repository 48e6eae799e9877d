//! How long certificates are valid, and what became of reading those of the settings anew.

use std::{collections::BTreeMap, sync::Arc};

use parking_lot::Mutex;

use crate::instrument::Counter;

/// What is known of the certificates that clients are shown; clones share it.
#[derive(Clone, Debug)]
pub struct CertificateMetrics {
    ends: Arc<Mutex<Ends>>,
    /// Times that the files of the settings were read anew.
    pub reloaded: Counter,
    /// Times that they could not be used, and those before stayed.
    pub reload_failed: Counter,
}

/// When certificates end, in seconds since 1970. Locked when one is replaced and when metrics are read.
#[derive(Debug, Default)]
struct Ends {
    configured: BTreeMap<Box<str>, i64>,
    unusable: u64,
    of_settings: Option<i64>,
}

impl CertificateMetrics {
    /// The label of the certificate of the settings; no configured one can have this name.
    pub const OF_SETTINGS: &str = "-";

    pub(super) fn new(workers: usize) -> Self {
        Self { ends: Arc::default(), reloaded: Counter::new(workers), reload_failed: Counter::new(workers) }
    }

    /// These certificates are configured now, by name with their ends in milliseconds since 1970; so many cannot be shown.
    pub fn configured<'a>(&self, ends: impl Iterator<Item = (&'a str, i64)>, unusable: usize) {
        let configured = ends.map(|(name, end)| (name.into(), end.div_euclid(1_000))).collect();
        let mut known = self.ends.lock();
        (known.configured, known.unusable) = (configured, unusable as u64);
    }

    /// The certificate of the settings ends then, in milliseconds since 1970.
    pub fn of_settings(&self, end: Option<i64>) {
        self.ends.lock().of_settings = end.map(|end| end.div_euclid(1_000));
    }

    /// All ends in seconds since 1970, by name.
    pub(super) fn ends(&self) -> Vec<(Box<str>, i64)> {
        let known = self.ends.lock();
        let of_settings = known.of_settings.map(|end| (Self::OF_SETTINGS.into(), end));
        of_settings.into_iter().chain(known.configured.iter().map(|(name, end)| (name.clone(), *end))).collect()
    }

    pub(super) fn unusable(&self) -> u64 {
        self.ends.lock().unusable
    }
}

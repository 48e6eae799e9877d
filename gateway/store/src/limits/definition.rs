//! A limit of an attachment, defined.

use std::sync::Arc;

use gateway_algorithms::limit::{Algorithm, Limit as _};
use gateway_model::{Counting, OnOutage};

use super::{Counter, Draw, Key, KeyHash, Limiters, TableName};
use crate::{
    counters::Table,
    remote::limits::{LeasedLimit, SharedLimit},
};

/// Bytes of memory for sliding logs, for each key that a limit may have: they take more than other states, so there are
/// fewer of them.
const BYTES_OF_LOGS: usize = 256;

/// Bytes of a log beside its moments, and of a moment in a buffer that may be half empty.
const LOG: usize = 192;
const MOMENT: usize = 32;

/// A limit, ready to be charged. Its state belongs to the names of attachment and policy: a definition of the same names
/// goes on with it.
#[derive(Debug)]
pub struct Limit {
    pub settings: LimitSettings,
    attachment: Box<str>,
    keys: KeyHash,
    table: Arc<Table>,
}

/// What is defined.
#[derive(Clone, Debug, PartialEq)]
pub struct LimitSettings {
    /// Identifies the limit within the attachment, and names it to clients.
    pub name: Box<str>,
    pub algorithm: Algorithm,
    pub counting: Counting,
    pub on_outage: OnOutage,
    /// Keys that are remembered on this node at most; 0 for the gateway's own bound.
    pub max_keys: usize,
    /// Counted and reported, but refuses nothing.
    pub shadow: bool,
}

impl Limiters {
    /// Defines a limit of an attachment. To be called when attachments are configured: it locks.
    ///
    /// # Errors
    /// A sentence on what cannot be counted so, with the remedy.
    pub fn define(&self, attachment: &str, settings: LimitSettings) -> Result<Limit, String> {
        self.check(&settings)?;
        let table = self.table(TableName {
            attachment: attachment.into(),
            policy: settings.name.clone(),
            kind: settings.algorithm.kind(),
            keys: self.room(&settings),
        });
        let keys = match settings.counting {
            Counting::Local => KeyHash::new(&[attachment, &settings.name]),
            Counting::Exact | Counting::Leased => KeyHash::shared(),
        };
        Ok(Limit { attachment: attachment.into(), keys, table, settings })
    }

    /// Keys that its table may have.
    fn room(&self, settings: &LimitSettings) -> usize {
        let keys = if settings.max_keys == 0 { self.keys } else { settings.max_keys };
        match settings.algorithm {
            Algorithm::SlidingLog(log) => {
                let bytes = LOG + MOMENT * usize::try_from(log.limit()).unwrap_or(usize::MAX / MOMENT / 2);
                keys.min(self.keys.saturating_mul(BYTES_OF_LOGS) / bytes).max(1)
            }
            _ => keys,
        }
    }

    /// Whether it can be counted where it is to be.
    fn check(&self, settings: &LimitSettings) -> Result<(), String> {
        if settings.max_keys > self.keys {
            return Err(format!(
                "it is to remember {} keys, and this gateway allows {} for a limit: give fewer, or raise limits.keys in \
                 its settings",
                settings.max_keys, self.keys
            ));
        }
        if settings.counting == Counting::Local {
            return Ok(());
        }
        if self.shared().is_none() {
            return Err(
                "it counts in the store that nodes share, and the settings name none: set limits.store, or let \
                        it count locally"
                    .to_owned(),
            );
        }
        match settings.counting {
            Counting::Leased => LeasedLimit::new(settings.algorithm).map(drop),
            _ => SharedLimit::new(settings.algorithm).map(drop),
        }
        .map_err(|error| error.to_string())
    }
}

impl Limit {
    /// What a key is remembered as.
    #[must_use]
    pub fn key(&self, text: &str) -> Key {
        self.keys.key(text)
    }

    /// A draw of `cost` on what `key` has left.
    #[must_use]
    pub fn draw(&self, key: Key, cost: u32) -> Draw<'_> {
        let settings = &self.settings;
        Draw {
            name: &settings.name,
            counter: Counter::Key {
                attachment: &self.attachment,
                table: &self.table,
                algorithm: settings.algorithm,
                key,
            },
            cost,
            enforced: !settings.shadow,
            counting: settings.counting,
            on_outage: settings.on_outage,
        }
    }

    /// Keys that are remembered. Visits every shard: for metrics, not for requests.
    #[must_use]
    pub fn keys_in_use(&self) -> usize {
        self.table.len()
    }
}

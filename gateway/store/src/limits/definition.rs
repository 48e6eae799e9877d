//! A limit of an attachment, defined.

use std::sync::Arc;

use gateway_algorithms::limit::Algorithm;
use gateway_model::{Counting, OnOutage};

use super::{Counter, Draw, Key, KeyHash, Limiters, TableName};
use crate::{
    counters::Table,
    remote::limits::{LeasedLimit, SharedLimit},
};

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
            keys: if settings.max_keys == 0 { self.keys } else { settings.max_keys },
        });
        let keys = match settings.counting {
            Counting::Local => KeyHash::new(&[attachment, &settings.name]),
            Counting::Exact | Counting::Leased => KeyHash::shared(),
        };
        Ok(Limit { attachment: attachment.into(), keys, table, settings })
    }

    /// Whether it can be counted where it is to be.
    fn check(&self, settings: &LimitSettings) -> Result<(), String> {
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

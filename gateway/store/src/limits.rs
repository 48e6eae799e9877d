//! Limits as requests are charged: which counters hold them, and all or nothing over several of them.
//!
//! A [`Limit`] is a policy of an attachment, with the table of its keys; what plans allow is in accounts of consumers.
//! A request takes [`Draw`]s, and [`Limiters::charge`] takes all of them or none: each is looked at before any is taken,
//! and what was taken is given back when another request was faster.
//! Between the two a third request may see a token missing that comes back at once, and be refused where it would have
//! passed a moment later; none passes that should not.

mod charging;
mod definition;
mod draw;
mod hash;
mod plan;
mod shared;

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use gateway_algorithms::limit::Kind;
use parking_lot::Mutex;

use crate::{counters::Table, usage::Usage};

pub use self::{
    charging::{Answer, Charged, Moment, Outcome},
    definition::{Limit, LimitSettings},
    draw::{Counter, Draw, Owner, Permit},
    hash::{Key, KeyHash},
    plan::Entitlement,
    shared::Shared,
};

/// Nanoseconds in a millisecond.
const MILLI: u64 = 1_000_000;

/// Tables that are kept; beyond it those go that no attachment has at the moment.
const KEPT: usize = 64;

/// The limits of a node. Shared by all workers, and outlives revisions.
pub struct Limiters {
    clock: Clock,
    /// Keys in the table of a limit at most, unless the limit says otherwise.
    keys: usize,
    /// By attachment, policy, kind of algorithm and size: states of one kind mean nothing to another, and who tries another
    /// size takes nothing from the one in use.
    /// Locked when attachments are configured, never by a request.
    tables: Mutex<HashMap<TableName, Arc<Table>>>,
    usage: Arc<Usage>,
    /// None when the settings name no store for limits.
    shared: Option<Shared>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct TableName {
    attachment: Box<str>,
    policy: Box<str>,
    kind: Kind,
    /// How many it may have.
    keys: usize,
}

/// The time of limits: one that is steady, and that of the calendar.
#[derive(Clone, Debug)]
pub struct Clock(Time);

#[derive(Clone, Debug)]
enum Time {
    /// The machine's: nanoseconds since 1970 at the beginning; from there on its steady clock counts.
    System { origin: u64, began: Instant },
    /// Nanoseconds since 1970, moved by hand.
    Manual(Arc<AtomicU64>),
}

// === impl Limiters ===

impl Limiters {
    /// Limits whose tables have at most `keys` keys each.
    #[must_use]
    pub fn new(keys: usize, usage: Arc<Usage>, clock: Clock) -> Self {
        Self { clock, keys, tables: Mutex::default(), usage, shared: None }
    }

    /// The same, with counters that nodes share.
    #[must_use]
    pub fn with_shared(self, shared: Shared) -> Self {
        Self { shared: Some(shared), ..self }
    }

    /// The counters that nodes share, if there are any.
    #[must_use]
    pub fn shared(&self) -> Option<&Shared> {
        self.shared.as_ref()
    }

    /// The clock by which requests are charged.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// What consumers have used of their quotas.
    #[must_use]
    pub fn usage(&self) -> &Arc<Usage> {
        &self.usage
    }

    /// The table of a limit: the one that it had before, if it counts in the same way and for as many keys.
    fn table(&self, name: TableName) -> Arc<Table> {
        let mut tables = self.tables.lock();
        if let Some(known) = tables.get(&name) {
            return known.clone();
        }
        if tables.len() >= KEPT {
            tables.retain(|_, table| Arc::strong_count(table) > 1);
        }
        let table = Arc::new(Table::new(name.kind, name.keys));
        tables.insert(name, table.clone());
        table
    }
}

// === impl Clock ===

impl Clock {
    /// The machine's clocks.
    #[must_use]
    pub fn system() -> Self {
        let origin = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let origin = u64::try_from(origin.as_nanos()).unwrap_or(u64::MAX);
        Self(Time::System { origin, began: Instant::now() })
    }

    /// One that stands at this moment, in milliseconds since 1970, until it is moved: for tests. Clones move together.
    #[must_use]
    pub fn manual(unix_ms: u64) -> Self {
        Self(Time::Manual(Arc::new(AtomicU64::new(unix_ms.saturating_mul(MILLI)))))
    }

    /// Moves a clock that stands.
    ///
    /// # Panics
    /// If it is the machine's.
    pub fn advance(&self, by: Duration) {
        let Time::Manual(now) = &self.0 else { panic!("the machine's clock goes by itself") };
        now.fetch_add(u64::try_from(by.as_nanos()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// Nanoseconds that never go back, counted from 1970 as the machine had it when this began.
    #[must_use]
    pub fn steady_ns(&self) -> u64 {
        match &self.0 {
            Time::Manual(now) => now.load(Ordering::Relaxed),
            Time::System { origin, began } => {
                let elapsed = u64::try_from(began.elapsed().as_nanos()).unwrap_or(u64::MAX);
                origin.saturating_add(elapsed)
            }
        }
    }

    /// Milliseconds since 1970, which follow the calendar of the machine.
    #[must_use]
    pub fn unix_ms(&self) -> u64 {
        match &self.0 {
            Time::Manual(now) => now.load(Ordering::Relaxed) / MILLI,
            Time::System { .. } => {
                let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX)
            }
        }
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::system()
    }
}

#[cfg(test)]
mod tests;

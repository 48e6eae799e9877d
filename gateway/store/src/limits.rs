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
        atomic::{AtomicI64, Ordering},
    },
    time::{Instant, SystemTime, UNIX_EPOCH},
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

/// Tables that are kept for limits that no attachment has at the moment; beyond it those at rest go.
const KEPT: usize = 256;

/// The limits of a node. Shared by all workers, and outlives revisions.
pub struct Limiters {
    clock: Clock,
    /// Keys in the table of a limit at most, unless the limit says otherwise.
    keys: usize,
    /// By attachment, policy and kind of algorithm: states of one kind mean nothing to another.
    /// Locked when attachments are configured, never by a request.
    tables: Mutex<HashMap<TableName, Sized>>,
    usage: Arc<Usage>,
    /// None when the settings name no store for limits.
    shared: Option<Shared>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct TableName {
    attachment: Box<str>,
    policy: Box<str>,
    kind: Kind,
}

/// A table, and how many keys it may have.
struct Sized {
    keys: usize,
    table: Arc<Table>,
}

/// The time of limits: one that is steady, and that of the calendar.
#[derive(Clone, Debug)]
pub struct Clock {
    /// Nanoseconds since 1970 at `began`; from there on the steady clock of the machine counts.
    origin: u64,
    began: Instant,
    /// Milliseconds by which tests have moved the calendar.
    moved: Arc<AtomicI64>,
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
    fn table(&self, name: TableName, keys: usize) -> Arc<Table> {
        let mut tables = self.tables.lock();
        if let Some(known) = tables.get(&name).filter(|known| known.keys == keys) {
            return known.table.clone();
        }
        if tables.len() >= KEPT {
            tables.retain(|_, known| Arc::strong_count(&known.table) > 1);
        }
        let table = Arc::new(Table::new(name.kind, keys));
        tables.insert(name, Sized { keys, table: table.clone() });
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
        Self { origin, began: Instant::now(), moved: Arc::default() }
    }

    /// Nanoseconds that never go back, counted from 1970 as the machine had it when this began.
    #[must_use]
    pub fn steady_ns(&self) -> u64 {
        let elapsed = u64::try_from(self.began.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.origin.saturating_add(elapsed)
    }

    /// Milliseconds since 1970, which follow the calendar of the machine.
    #[must_use]
    pub fn unix_ms(&self) -> u64 {
        let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let now = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
        now.saturating_add_signed(self.moved.load(Ordering::Relaxed))
    }

    /// Moves the calendar of this clock and its clones to a moment, in milliseconds since 1970; it goes on from there.
    /// For tests of what happens at midnight.
    pub fn set_unix_ms(&self, now: u64) {
        self.moved.store(0, Ordering::Relaxed);
        self.moved.store(now.wrapping_sub(self.unix_ms()).cast_signed(), Ordering::Relaxed);
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::system()
    }
}

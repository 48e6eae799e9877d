//! What a request takes of one limit.

use std::sync::Arc;

use gateway_algorithms::{
    calendar::Period,
    limit::{Algorithm, Decision},
};
use gateway_model::CompiledQuota;

use super::{Key, charging::Moment};
use crate::{counters::Table, usage::Account};

/// What a request takes of one limit.
#[derive(Clone, Copy, Debug)]
pub struct Draw<'a> {
    /// By which clients are told of the limit.
    pub name: &'a str,
    pub counter: Counter<'a>,
    pub cost: u32,
    /// Whether a refusal is one; if not, the limit is counted and reported only.
    pub enforced: bool,
}

/// What holds the count.
#[derive(Clone, Copy, Debug)]
pub enum Counter<'a> {
    /// A key of a table.
    Table { table: &'a Arc<Table>, algorithm: Algorithm, key: Key },
    /// A consumer's use of a plan's quota, and the requests in the period that it has at the moment.
    Quota { account: &'a Account, quota: &'a CompiledQuota, limit: u64 },
}

impl Draw<'_> {
    /// The most that can pass at one instant, or in the quota's period.
    #[must_use]
    pub fn limit(&self) -> u64 {
        match self.counter {
            Counter::Table { algorithm, .. } => algorithm.limit(),
            Counter::Quota { limit, .. } => limit,
        }
    }

    /// The time in which a spent limit comes back whole, in nanoseconds; `None` when time does not bring it back.
    #[must_use]
    pub fn window(&self) -> Option<u64> {
        match self.counter {
            Counter::Table { algorithm, .. } => algorithm.window(),
            Counter::Quota { quota, .. } => Some(period_ns(quota.period)),
        }
    }

    /// What holds the request under way, if the limit is one of those.
    pub(super) fn permit(&self) -> Option<Permit> {
        match self.counter {
            Counter::Table { table, algorithm: algorithm @ Algorithm::Concurrency(_), key } if self.cost > 0 => {
                Some(Permit { table: table.clone(), algorithm, key, cost: self.cost })
            }
            _ => None,
        }
    }

    pub(super) fn peek(&self, now: Moment) -> Decision {
        match self.counter {
            Counter::Table { table, algorithm, key } => table.peek(key.hash(), &algorithm, now.steady_ns, self.cost),
            Counter::Quota { account, quota, limit } => account.peek(quota, limit, now.unix_ms, self.cost),
        }
    }

    pub(super) fn take(&self, now: Moment) -> Decision {
        match self.counter {
            Counter::Table { table, algorithm, key } => table.take(key.hash(), &algorithm, now.steady_ns, self.cost),
            Counter::Quota { account, quota, limit } => account.take(quota, limit, now.unix_ms, self.cost),
        }
    }

    pub(super) fn give_back(&self, taken: Moment) {
        match self.counter {
            Counter::Table { table, algorithm, key } => {
                table.give_back(key.hash(), &algorithm, taken.steady_ns, self.cost);
            }
            Counter::Quota { account, .. } => account.give_back(self.cost),
        }
    }
}

/// A request under way, counted until this is dropped.
#[derive(Debug)]
pub struct Permit {
    table: Arc<Table>,
    algorithm: Algorithm,
    key: Key,
    cost: u32,
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.table.release(self.key.hash(), &self.algorithm, self.cost);
    }
}

/// The usual length of a period in nanoseconds: what is published as its window. Clocks that are put forward or back, and
/// short months, make the real one differ.
fn period_ns(period: Period) -> u64 {
    const DAY: u64 = 86_400 * 1_000_000_000;
    match period {
        Period::Day => DAY,
        Period::Week => 7 * DAY,
        Period::Month => 30 * DAY,
    }
}

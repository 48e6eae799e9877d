//! What a request takes of one limit.

use std::sync::Arc;

use gateway_algorithms::{
    calendar::Period,
    limit::{Algorithm, Decision, Gcra},
};
use gateway_model::{CompiledQuota, Counting, OnOutage};

use super::{Key, charging::Moment};
use crate::{
    counters::Table,
    usage::{Account, ThrottleOf},
};

/// What a request takes of one limit.
#[derive(Clone, Copy, Debug)]
pub struct Draw<'a> {
    /// By which clients are told of the limit.
    pub name: &'a str,
    pub counter: Counter<'a>,
    pub cost: u32,
    /// Whether a refusal is one; if not, the limit is counted and reported only.
    pub enforced: bool,
    pub counting: Counting,
    pub on_outage: OnOutage,
}

/// What holds the count, on this node.
#[derive(Clone, Copy, Debug)]
pub enum Counter<'a> {
    /// A key of an attachment's limit.
    Key { attachment: &'a str, table: &'a Arc<Table>, algorithm: Algorithm, key: Key },
    /// A throttle of a consumer's plan.
    Throttle { owner: Owner<'a>, account: &'a Account, of: ThrottleOf<'a>, gcra: Gcra },
    /// A consumer's use of a plan's quota, and the requests in the period that it has at the moment.
    Quota { owner: Owner<'a>, account: &'a Account, quota: &'a CompiledQuota, limit: u64 },
}

/// Whose account it is.
#[derive(Clone, Copy, Debug)]
pub struct Owner<'a> {
    pub usage_plan: &'a str,
    pub consumer: &'a str,
}

impl Draw<'_> {
    /// The most that can pass at one instant, or in the quota's period.
    #[must_use]
    pub fn limit(&self) -> u64 {
        match self.counter {
            Counter::Key { algorithm, .. } => algorithm.limit(),
            Counter::Throttle { gcra, .. } => gcra.burst().into(),
            Counter::Quota { limit, .. } => limit,
        }
    }

    /// The time in which a spent limit comes back whole, in nanoseconds; `None` when time does not bring it back.
    #[must_use]
    pub fn window(&self) -> Option<u64> {
        match self.counter {
            Counter::Key { algorithm, .. } => algorithm.window(),
            Counter::Throttle { gcra, .. } => Some(gcra.refill()),
            Counter::Quota { quota, .. } => Some(period_ns(quota.period)),
        }
    }

    /// The share of this limit that one of so many nodes has, counted in its own memory.
    pub(super) fn share(self, nodes: u32) -> Self {
        let counter = match self.counter {
            Counter::Key { attachment, table, algorithm, key } => {
                Counter::Key { attachment, table, algorithm: algorithm.share(nodes), key: key.concealed() }
            }
            Counter::Throttle { owner, account, of, gcra } => {
                Counter::Throttle { owner, account, of, gcra: gcra.share(nodes) }
            }
            Counter::Quota { owner, account, quota, limit } => {
                Counter::Quota { owner, account, quota, limit: (limit / u64::from(nodes.max(1))).max(1) }
            }
        };
        Self { counter, ..self }
    }

    /// As it stands for a request that costs nothing.
    pub(super) fn look(&self, now: Moment) -> Decision {
        Draw { cost: 0, ..*self }.peek(now)
    }

    pub(super) fn peek(&self, now: Moment) -> Decision {
        match self.counter {
            Counter::Key { table, algorithm, key, .. } => table.peek(key.hash(), &algorithm, now.steady_ns, self.cost),
            Counter::Throttle { account, of, gcra, .. } => account.peek_throttle(of, &gcra, now.steady_ns, self.cost),
            Counter::Quota { account, quota, limit, .. } => account.peek(quota, limit, now.unix_ms, self.cost),
        }
    }

    pub(super) fn take(&self, now: Moment) -> Decision {
        match self.counter {
            Counter::Key { table, algorithm, key, .. } => table.take(key.hash(), &algorithm, now.steady_ns, self.cost),
            Counter::Throttle { account, of, gcra, .. } => account.throttle(of, &gcra, now.steady_ns, self.cost),
            Counter::Quota { account, quota, limit, .. } => account.take(quota, limit, now.unix_ms, self.cost),
        }
    }

    pub(super) fn give_back(&self, taken: Moment) {
        match self.counter {
            Counter::Key { table, algorithm, key, .. } => {
                table.give_back(key.hash(), &algorithm, taken.steady_ns, self.cost);
            }
            Counter::Throttle { account, of, gcra, .. } => {
                account.give_back_throttle(of, &gcra, taken.steady_ns, self.cost);
            }
            Counter::Quota { account, .. } => account.give_back(self.cost),
        }
    }

    /// What holds the request under way, if the limit is one of those.
    pub(super) fn permit(&self) -> Option<Permit> {
        match self.counter {
            Counter::Key { table, algorithm: algorithm @ Algorithm::Concurrency(_), key, .. } if self.cost > 0 => {
                Some(Permit { table: table.clone(), algorithm, key, cost: self.cost })
            }
            _ => None,
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

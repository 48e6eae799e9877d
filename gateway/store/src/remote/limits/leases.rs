//! Leased limits: a node takes a slice of a key's limit from the store, and spends it without asking.
//!
//! A slice lives for [`LeaseOptions::life`]. Its size follows the key's demand, which is asked for ahead in the
//! background; a slice that is renewed keeps what is left of it. What is unspent when its life ends is void on the node
//! and given back to the store.
//!
//! What leasing costs in exactness, for a limit of `rate` requests a second, `n` nodes and slices of life `d`:
//!
//! - A rate with a burst admits in any stretch of time at most `n * max(1, rate * d)` more than the exact limit, which
//!   is what can lie unspent on all nodes at its begin.
//! - A fixed window or a quota never admits more than its limit, as slices end with their window: by the store's clock
//!   for windows, and for quotas by the node's, which says when a period ends.
//! - A node may refuse what another one holds unspent: for at most `2 * d` if that gives it back, and until time brings
//!   it back if it dies.
//!
//! A limit so slow that `rate * d` is below 1 is leased request by request, and costs as many exchanges as an exact one.
//! So does a burst far below `rate * d`, as no slice is larger than what the store has.

mod slice;
mod table;

use std::{
    fmt,
    sync::{Arc, Weak},
    time::Duration,
};

use gateway_algorithms::limit::{Algorithm, Decision, Kind};
use tokio::time::{self, Instant};

use self::{
    slice::{Errand, Slice, Taken, Terms},
    table::{Holding, Table},
};
use super::{
    Charge, Draw, Group, LimitError, Measure, Outage, PeriodQuota, SharedLimit, SharedLimits,
    order::{Ask, Grant, Order, Work},
    outage::add_one,
};

/// How leasing is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeaseOptions {
    /// How long a slice may be spent; well above the time of an exchange with the store.
    pub life: Duration,
    /// Keys with a slice at most. When there are as many, and none at rest, others are charged exactly.
    pub capacity: usize,
}

/// A limit of which slices can be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeasedLimit(Measure);

/// The slices of this node. Clones share them.
#[derive(Clone)]
pub struct Leases(Arc<Inner>);

struct Inner {
    limits: SharedLimits,
    life: u64,
    table: Table,
    began: Instant,
}

impl Default for LeaseOptions {
    fn default() -> Self {
        Self { life: Duration::from_millis(200), capacity: 100_000 }
    }
}

impl LeasedLimit {
    /// A rate with a burst, or a fixed window.
    ///
    /// # Errors
    /// [`LimitError`], for other limits and for what a store cannot count.
    pub fn new(algorithm: impl Into<Algorithm>) -> Result<Self, LimitError> {
        let algorithm = algorithm.into();
        match algorithm.kind() {
            Kind::Gcra | Kind::FixedWindow => Ok(Self(Measure::Limit(SharedLimit::new(algorithm)?))),
            Kind::LeakyBucket => Err(LimitError::Leased("leaky bucket")),
            Kind::SlidingWindow => Err(LimitError::Leased("sliding window")),
            Kind::SlidingLog => Err(LimitError::Leased("sliding log")),
            Kind::Concurrency => Err(LimitError::Concurrency),
        }
    }
}

impl From<PeriodQuota> for LeasedLimit {
    fn from(quota: PeriodQuota) -> Self {
        Self(Measure::Quota(quota))
    }
}

impl Leases {
    /// No slices yet of the limits in this store.
    #[must_use]
    pub fn new(limits: &SharedLimits, options: LeaseOptions) -> Self {
        let life = u64::try_from(options.life.as_nanos()).unwrap_or(u64::MAX).clamp(1, u64::MAX / 4);
        let inner = Inner { limits: limits.clone(), life, table: Table::new(options.capacity), began: Instant::now() };
        let inner = Arc::new(inner);
        let sweeps = sweep(Arc::downgrade(&inner), options.life / 4);
        drop(limits.store.0.driver.runtime.spawn(sweeps));
        Self(inner)
    }

    /// Takes a request's cost from the limit under `key`: from the slice that is here, or from one that is asked for.
    ///
    /// `remaining` of the decision is what this node knows of, and `retry_after` when it asks the store again: both are
    /// estimates, as other nodes take and give back meanwhile.
    ///
    /// # Errors
    /// [`Outage`] when nothing was decided: within the deadline of the store's charges.
    pub async fn take(&self, group: &Group, key: &str, limit: &LeasedLimit, cost: u32) -> Result<Decision, Outage> {
        self.take_until(group, key, limit, cost, Instant::now() + self.0.limits.deadline()).await
    }

    /// The same for a request that has other things to wait for, by one deadline for all of them.
    ///
    /// # Errors
    /// [`Outage`] when nothing was decided by then.
    pub async fn take_until(
        &self,
        group: &Group,
        key: &str,
        limit: &LeasedLimit,
        cost: u32,
        until: Instant,
    ) -> Result<Decision, Outage> {
        let inner = &self.0;
        let name = limit.0.key(group, key);
        let now = inner.now();
        let terms = Terms::new(&limit.0, inner.life);
        let make = || Holding::new(group, key, limit.0, terms);
        let entered = inner.table.enter(&name, now, make, |holding| {
            // A limit that was configured anew applies to what its slice goes on to take.
            (holding.measure, holding.terms) = (limit.0, terms);
            holding.slice.take(&terms, now, cost)
        });
        let Some((taken, errand)) = entered else { return self.exactly(group, key, limit, cost, until).await };
        inner.run(group, key, &limit.0, name.into(), errand);
        let decided = match taken {
            Taken::Decided(decided) => decided,
            Taken::Waits(answer) => match time::timeout_at(until, answer).await {
                Ok(answer) => answer.unwrap_or(Err(Outage::Down)),
                Err(_) => Err(Outage::Late),
            },
        };
        if decided.is_err() {
            add_one(&inner.limits.state.counters.outages);
        }
        decided
    }

    /// Undoes an admission: the slice has it again. When the slice is over it is lost to the key until time brings it back,
    /// as the node does not know any more when it was taken.
    pub fn give_back(&self, group: &Group, key: &str, limit: &LeasedLimit, cost: u32) {
        let now = self.0.now();
        let name = limit.0.key(group, key);
        let errand = self.0.table.find(&name, |holding| holding.slice.give_back(&holding.terms, now, cost));
        self.0.run(group, key, &limit.0, name.into(), errand.unwrap_or_default());
    }

    /// Keys with a slice. Visits all parts of the table: for metrics, not for requests.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.table.len()
    }

    /// Whether there are no slices.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    async fn exactly(
        &self,
        group: &Group,
        key: &str,
        limit: &LeasedLimit,
        cost: u32,
        until: Instant,
    ) -> Result<Decision, Outage> {
        let draw = Draw { key: key.to_owned(), measure: limit.0, cost };
        let charge = Charge { group: group.clone(), draws: vec![draw], usage: Vec::new() };
        let charged = self.0.limits.charge_until(charge, until).await?;
        charged.decisions.first().copied().ok_or(Outage::Refused)
    }
}

impl Inner {
    fn now(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_nanos()).unwrap_or(u64::MAX)
    }

    /// Does what a slice needs of the store.
    fn run(self: &Arc<Self>, group: &Group, key: &str, measure: &Measure, name: Arc<str>, errand: Errand) {
        for (cost, taken_at) in errand.back {
            let draw = Draw { key: key.to_owned(), measure: *measure, cost };
            self.limits.give_back(group, vec![draw], taken_at);
        }
        let Some((want, least)) = errand.ask else { return };
        add_one(&self.limits.state.counters.leases);
        let sent = self.now();
        let ask = Ask { key: key.to_owned(), measure: *measure, want, least };
        let (inner, asker) = (self.clone(), name.clone());
        let reply = Box::new(move |answer| inner.answered(&asker, answer, want, sent));
        if let Err(outage) = self.limits.give(Order { group: group.clone(), work: Work::Lease { ask, reply } }) {
            self.answered(&name, Err(outage), want, sent);
        }
    }

    fn answered(self: &Arc<Self>, name: &Arc<str>, answer: Result<Grant, Outage>, want: u64, sent: u64) {
        let now = self.now();
        let done = self.table.find(name, |holding| {
            let errand = match answer {
                Ok(grant) => holding.slice.granted(&holding.terms, &grant, want, sent, now),
                Err(outage) => {
                    holding.slice.failed(outage);
                    Errand::default()
                }
            };
            (holding.group.clone(), holding.key.clone(), holding.measure, errand)
        });
        if let Some((group, key, measure, errand)) = done {
            self.run(&group, &key, &measure, name.clone(), errand);
        }
    }

    /// Gives back what is void, and forgets slices that nobody asks for.
    fn sweep(self: &Arc<Self>) {
        let now = self.now();
        while let Some(name) = self.table.next_due(now) {
            let looked = self.table.look(&name, |holding| {
                let back = holding.slice.lapse(now).into_iter().collect();
                let forgotten = holding.slice.is_forgotten(&holding.terms, now);
                let again = (!forgotten).then(|| holding.slice.due(&holding.terms, now).max(now + 1));
                ((holding.group.clone(), holding.key.clone(), holding.measure, back), again)
            });
            if let Some((group, key, measure, back)) = looked {
                self.run(&group, &key, &measure, name, Errand { back, ask: None });
            }
        }
    }
}

impl Holding {
    fn new(group: &Group, key: &str, measure: Measure, terms: Terms) -> Self {
        Self { group: group.clone(), key: key.into(), measure, terms, slice: Slice::default() }
    }
}

impl fmt::Debug for Leases {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Leases").field(&self.0.limits).finish()
    }
}

/// Looks at slices that are due until they are dropped.
async fn sweep(inner: Weak<Inner>, period: Duration) {
    let mut ticks = time::interval(period.max(Duration::from_millis(1)));
    loop {
        ticks.tick().await;
        let Some(inner) = inner.upgrade() else { return };
        inner.sweep();
    }
}

#[cfg(test)]
mod tests;

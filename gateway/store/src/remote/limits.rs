//! Limits that nodes share: counted in a Redis, each charge all or nothing, by the server's own clock.
//!
//! [`SharedLimits::charge`] is exact: what it admits is what one node alone would admit that is asked by all clients.
//! It costs at most one exchange with the store, which it shares with all charges that come at the time.
//! [`Leases`] cost fewer, and are less exact.
//!
//! No charge waits longer than the deadline. When the store is out of reach, or silent for as long as the deadline,
//! charges are answered with an [`Outage`] at once until it is there again, which is tried at least once a second.
//! A charge that was given up by its caller is not taken, or given back, though its usage may stay counted.
//!
//! Requests in flight are not counted in a store.

mod batch;
mod draw;
mod leases;
mod ledger;
mod link;
mod nodes;
mod order;
mod outage;
mod script;

use std::{
    fmt,
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering::Relaxed},
    },
    time::Duration,
};

use tokio::{
    sync::{
        mpsc::{self, Sender, error::TrySendError},
        oneshot,
    },
    time::{self, Instant},
};

use self::{
    batch::{Batches, State},
    order::{Order, Work},
    outage::{Counters, add_one},
};
pub use self::{
    draw::{
        Charge, Charged, DRAWS, Draw, GREATEST_LIMIT, Group, LimitError, Measure, PeriodQuota, PeriodSpan, SharedLimit,
        Usage,
    },
    leases::{LeaseOptions, LeasedLimit, Leases},
    ledger::Used,
    outage::{Counts, Outage},
};
use super::RemoteStore;

/// The longest time that a charge waits for the store, unless something else is asked for.
pub const DEADLINE: Duration = Duration::from_millis(50);

/// Charges that wait for the next exchange at most; one more is answered with [`Outage::Busy`].
const WAITING: usize = 4096;

/// The limits in one store. Clones share them; one for each store is enough for a process, and more do not share
/// exchanges.
#[derive(Clone)]
pub struct SharedLimits {
    store: RemoteStore,
    orders: Sender<Order>,
    state: Arc<State>,
}

impl SharedLimits {
    /// The limits in `store`, of which `node` takes part under a name of its own. Connects in the background.
    #[must_use]
    pub fn new(store: &RemoteStore, node: &str, deadline: Duration) -> Self {
        let (sender, orders) = mpsc::channel(WAITING);
        let state = Arc::new(State {
            name: store.0.name.clone(),
            node: node.to_owned(),
            deadline,
            is_down: AtomicBool::new(false),
            is_connected: AtomicBool::new(false),
            nodes: AtomicU32::new(1),
            counters: Counters::default(),
        });
        let batches = Batches { client: store.0.redis.client(), orders, state: state.clone() };
        // Ends when the last sender is dropped, or the thread of the connections.
        drop(store.0.driver.runtime.spawn(batches.run()));
        Self { store: store.clone(), orders: sender, state }
    }

    /// How long a charge waits at most.
    #[must_use]
    pub fn deadline(&self) -> Duration {
        self.state.deadline
    }

    /// Takes all draws of the charge or none, and says what became of each.
    ///
    /// # Errors
    /// [`Outage`] when nothing was decided: within the deadline.
    pub fn charge(&self, charge: Charge) -> impl Future<Output = Result<Charged, Outage>> + Send + use<> {
        self.charge_until(charge, Instant::now() + self.state.deadline)
    }

    /// The same for a request that has other things to wait for, by one deadline for all of them.
    ///
    /// # Errors
    /// [`Outage`] when nothing was decided by then.
    pub fn charge_until(
        &self,
        charge: Charge,
        until: Instant,
    ) -> impl Future<Output = Result<Charged, Outage>> + Send + use<> {
        add_one(&self.state.counters.charges);
        let (reply, answer) = oneshot::channel();
        let order = Order { group: charge.group.clone(), work: Work::Take { charge, reply } };
        let given = self.give(order);
        let state = self.state.clone();
        async move {
            let decided = match given {
                Ok(()) => time::timeout_at(until, answer).await,
                Err(outage) => Ok(Ok(Err(outage))),
            };
            // Nobody is left to answer when the process ends.
            let decided = decided.map_or(Err(Outage::Late), |answer| answer.unwrap_or(Err(Outage::Down)));
            if decided.is_err() {
                add_one(&state.counters.outages);
            }
            decided
        }
    }

    /// Undoes draws that were taken at the moment `taken_at` of [`Charged`], in the background. When the store is out of
    /// reach they stay taken, until time brings them back.
    pub fn give_back(&self, group: &Group, draws: Vec<Draw>, taken_at: u64) {
        // An outage is no error here: it is what the documentation says.
        self.give(Order { group: group.clone(), work: Work::GiveBack { draws, taken_at } }).unwrap_or_default();
    }

    /// Nodes that share the store, this one among them: as many as there were when it was last in reach, at least 1.
    #[must_use]
    pub fn live_nodes(&self) -> u32 {
        self.state.nodes.load(Relaxed)
    }

    /// Whether charges are refused at once because the store is out of reach.
    #[must_use]
    pub fn is_down(&self) -> bool {
        self.state.is_down.load(Relaxed)
    }

    /// Whether there is a connection that works.
    #[must_use]
    pub fn is_connected(&self) -> bool {
        self.state.is_connected.load(Relaxed)
    }

    /// What became of charges so far.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.state.counters.read()
    }

    fn give(&self, order: Order) -> Result<(), Outage> {
        if self.is_down() {
            return Err(Outage::Down);
        }
        if order.draws() > DRAWS {
            return Err(Outage::Busy);
        }
        self.orders.try_send(order).map_err(|error| match error {
            TrySendError::Full(_) => Outage::Busy,
            TrySendError::Closed(_) => Outage::Down,
        })
    }
}

impl fmt::Debug for SharedLimits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SharedLimits").field(&self.state.name).finish()
    }
}

#[cfg(test)]
mod tests;

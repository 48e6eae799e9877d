//! All pools of a worker: by address, so that they outlive a revision, and by upstream, so that requests find them.

use std::{
    cell::RefCell,
    collections::HashMap,
    rc::Rc,
    sync::{Arc, Weak},
    time::{Duration, Instant},
};

use gateway_telemetry::UpstreamMetrics;

use super::{AtUpstream, Lease, Pool, Unconnected, Wanted};
use crate::{
    balance::{Balancer, Turns},
    live::LiveUpstream,
};

/// An address, and the number of how it is spoken to.
type Key = (Box<str>, u64);

/// The pools of one worker.
pub(crate) struct Pools {
    /// By how they are spoken to as well: what is another connection for one upstream is so for all.
    by_address: RefCell<HashMap<Key, Rc<Pool>>>,
    by_upstream: RefCell<HashMap<u64, Rc<UpstreamPools>>>,
    /// Where each upstream's turn begins: workers that all began with the first target would favour it.
    first_turn: usize,
    most_idle: usize,
    most_sweeps: u32,
}

/// The pools of an upstream's targets, in their order, and how one is chosen.
pub(crate) struct UpstreamPools {
    upstream: Weak<LiveUpstream>,
    /// A copy, so that a connection in use counts without touching what other workers touch.
    pub(super) metrics: UpstreamMetrics,
    pub(super) balancer: Arc<Balancer>,
    targets: Box<[Rc<Pool>]>,
    turns: Turns,
}

/// The connection that a request came back from; its number if it is one of HTTP/2.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Returned(pub(crate) Option<u64>);

// === impl Pools ===

impl Pools {
    /// Pools that keep `most_idle` connections for each target until they were idle for `idle_timeout`, seen every `sweep_interval`.
    pub(crate) fn new(first_turn: usize, most_idle: usize, idle_timeout: Duration, sweep_interval: Duration) -> Self {
        let sweeps = idle_timeout.as_nanos() / sweep_interval.as_nanos().max(1);
        Self {
            by_address: RefCell::default(),
            by_upstream: RefCell::default(),
            first_turn,
            most_idle,
            most_sweeps: u32::try_from(sweeps).unwrap_or(u32::MAX),
        }
    }

    /// The pools of an upstream's targets.
    pub(crate) fn of(&self, upstream: &Arc<LiveUpstream>) -> Rc<UpstreamPools> {
        if let Some(known) = self.by_upstream.borrow().get(&upstream.id) {
            return known.clone();
        }
        let mut by_address = self.by_address.borrow_mut();
        let targets = upstream.addresses().map(|address| {
            let key = (address.into(), upstream.transport.id);
            let pool = || Rc::new(Pool::new(address, upstream.transport.clone(), self.most_idle));
            by_address.entry(key).or_insert_with(pool).clone()
        });
        let targets: Box<[_]> = targets.collect();
        let pools = Rc::new(UpstreamPools {
            upstream: Arc::downgrade(upstream),
            metrics: upstream.metrics.clone(),
            balancer: upstream.balancer.clone(),
            targets,
            turns: upstream.balancer.turns(self.first_turn),
        });
        self.by_upstream.borrow_mut().insert(upstream.id, pools.clone());
        pools
    }

    /// Drops what was idle for too long, and what no configuration in use names any more.
    pub(crate) fn sweep(&self) {
        self.by_upstream.borrow_mut().retain(|_, pools| pools.upstream.strong_count() > 0);
        self.by_address.borrow_mut().retain(|_, pool| {
            pool.sweep(self.most_sweeps);
            Rc::strong_count(pool) > 1
        });
    }
}

// === impl UpstreamPools ===

impl UpstreamPools {
    /// The target that takes a request that has been to those that were `tried`, by its place. None if no other is left.
    pub(crate) fn choose(&self, hash: Option<u64>, tried: &[usize], now: Instant) -> Option<usize> {
        self.balancer.choose(&self.turns, hash, tried, now)
    }

    /// The target at that place.
    pub(crate) fn target(&self, place: usize) -> &Rc<Pool> {
        &self.targets[place]
    }

    /// A connection to the target at that place: a kept one or a new one, but not the one that a request came back from.
    ///
    /// # Errors
    /// Why the target cannot be reached.
    pub(crate) async fn connection(
        self: &Rc<Self>,
        place: usize,
        wanted: Wanted,
        returned: Option<Returned>,
    ) -> Result<Lease, Unconnected> {
        let pool = &self.targets[place];
        let mut upstream = AtUpstream::begin(self, place);
        if returned.is_none() {
            upstream = match pool.take(upstream, wanted.is_alone) {
                Ok(lease) => return Ok(lease),
                Err(upstream) => upstream,
            };
        }
        let except = returned.and_then(|Returned(number)| number);
        let connected = pool.connect(wanted, except, upstream).await;
        connected.inspect_err(|reason| {
            if let Unconnected::Failed(fault) | Unconnected::Waited(fault) = reason {
                self.metrics.fault(*fault).add(1);
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADDRESSES: [&str; 3] = ["192.0.2.1:80", "192.0.2.2:80", "name.example:80"];

    fn pools() -> Pools {
        Pools::new(1, 4, Duration::from_secs(60), Duration::from_secs(1))
    }

    #[test]
    fn targets_take_turns_beginning_where_the_worker_does() {
        let upstream = LiveUpstream::for_tests(1, &ADDRESSES);
        let pools = pools().of(&upstream);
        let choose = |tried: &[usize]| pools.choose(None, tried, Instant::now());
        assert_eq!([0; 4].map(|_| choose(&[]).unwrap()), [1, 2, 0, 1]);
        assert_eq!((choose(&[0, 2]), choose(&[0, 1, 2])), (Some(1), None));
    }

    #[test]
    fn upstreams_with_the_same_target_share_its_connections() {
        let pools = pools();
        let (one, other) = (LiveUpstream::for_tests(1, &ADDRESSES), LiveUpstream::for_tests(2, &ADDRESSES[2..]));
        assert!(Rc::ptr_eq(&pools.of(&one).targets[2], &pools.of(&other).targets[0]));
    }

    #[test]
    fn what_no_configuration_names_is_swept() {
        let pools = pools();
        let (old, kept) = (LiveUpstream::for_tests(1, &ADDRESSES), LiveUpstream::for_tests(2, &ADDRESSES[1..2]));
        pools.of(&old);
        pools.of(&kept);
        drop(old);
        pools.sweep();
        assert_eq!(pools.by_upstream.borrow().len(), 1);
        assert_eq!(pools.by_address.borrow().keys().map(|(address, _)| &**address).collect::<Vec<_>>(), [ADDRESSES[1]]);
    }

    #[test]
    fn an_upstream_without_targets_has_no_turn() {
        let upstream = LiveUpstream::for_tests(1, &[]);
        assert_eq!(pools().of(&upstream).choose(None, &[], Instant::now()), None);
    }
}

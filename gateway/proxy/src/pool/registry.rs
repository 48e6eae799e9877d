//! All pools of a worker: by address, so that they outlive a revision, and by upstream, so that requests find them.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    rc::Rc,
    sync::{Arc, Weak},
    time::Duration,
};

use gateway_telemetry::UpstreamMetrics;

use super::Pool;
use crate::live::LiveUpstream;

/// The pools of one worker.
pub(crate) struct Pools {
    by_address: RefCell<HashMap<Box<str>, Rc<Pool>>>,
    by_upstream: RefCell<HashMap<u64, Rc<UpstreamPools>>>,
    /// Where each upstream's turn begins: workers that all began with the first target would favour it.
    first_turn: usize,
    most_idle: usize,
    most_sweeps: u32,
}

/// The pools of an upstream's targets, in their order, and whose turn it is.
pub(crate) struct UpstreamPools {
    upstream: Weak<LiveUpstream>,
    /// A copy, so that a connection in use counts without touching what other workers touch.
    pub(super) metrics: UpstreamMetrics,
    targets: Box<[Rc<Pool>]>,
    turn: Cell<usize>,
}

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
            let pool = by_address.entry(address.into()).or_insert_with(|| Rc::new(Pool::new(address, self.most_idle)));
            pool.clone()
        });
        let targets: Box<[_]> = targets.collect();
        let pools = Rc::new(UpstreamPools {
            upstream: Arc::downgrade(upstream),
            metrics: upstream.metrics.clone(),
            targets,
            turn: Cell::new(self.first_turn),
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
    /// Each target once, beginning with the one whose turn it is.
    pub(crate) fn in_turn(&self) -> impl Iterator<Item = &Rc<Pool>> {
        let turn = self.turn.get();
        self.turn.set(turn.wrapping_add(1));
        let (later, sooner) = self.targets.split_at(turn % self.targets.len().max(1));
        sooner.iter().chain(later)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADDRESSES: [&str; 3] = ["192.0.2.1:80", "192.0.2.2:80", "name.example:80"];

    fn pools() -> Pools {
        Pools::new(1, 4, Duration::from_secs(60), Duration::from_secs(1))
    }

    fn first_targets(pools: &UpstreamPools, requests: usize) -> Vec<String> {
        (0..requests).map(|_| format!("{:?}", pools.in_turn().next().unwrap().address)).collect()
    }

    #[test]
    fn targets_take_turns_beginning_where_the_worker_does() {
        let upstream = LiveUpstream::for_tests(1, &ADDRESSES);
        let pools = pools().of(&upstream);
        let firsts = first_targets(&pools, 4);
        assert!(firsts[0].contains("192.0.2.2") && firsts[1].contains("name.example"), "{firsts:?}");
        assert_eq!(firsts[3], firsts[0]);
        assert_eq!(pools.in_turn().count(), 3);
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
        assert_eq!(pools.by_address.borrow().keys().map(|address| &**address).collect::<Vec<_>>(), [ADDRESSES[1]]);
    }

    #[test]
    fn an_upstream_without_targets_has_no_turn() {
        let upstream = LiveUpstream::for_tests(1, &[]);
        assert_eq!(pools().of(&upstream).in_turn().count(), 0);
    }
}

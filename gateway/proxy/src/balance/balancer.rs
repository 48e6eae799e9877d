//! How a revision shares the requests of an upstream between its targets.

use std::{
    cell::RefCell,
    net::IpAddr,
    sync::{
        Arc,
        atomic::{
            AtomicU64,
            Ordering::{Acquire, Relaxed, Release},
        },
    },
    time::{Duration, Instant},
};

use gateway_algorithms::{
    balance::{Group, MAX_GROUPS, Ring, Shares, Smooth, per_weight, slow_start, two_choices},
    outlier::{Outcome, Rules},
    retry::Budget,
};
use gateway_model::{Algorithm, Upstream};
use gateway_telemetry::{TargetMetrics, TargetSource, TargetStatus};
use http::Request;
use parking_lot::Mutex;
use tokio::{task, time::sleep_until};

use super::{
    crowd::{Crowd, Retrying},
    endpoint::Endpoint,
    key::Key,
};

/// The targets of an upstream in one revision; shared by all workers.
#[derive(Debug)]
pub(crate) struct Balancer {
    crowd: Arc<Crowd>,
    /// In the order of the configuration.
    seats: Box<[Seat]>,
    /// By priority.
    groups: Box<[Members]>,
    /// The only seat that takes requests: nothing has to be chosen, counted or measured then.
    only: Option<usize>,
    /// Several seats take requests.
    has_choice: bool,
    /// [`Shares`] of the groups, as of the crowd's change in `shared_at`.
    shares: AtomicU64,
    shared_at: AtomicU64,
    /// Taken by the one that makes the shares anew; the others go on with those that are there.
    sharing: Mutex<()>,
    algorithm: Algorithm,
    key: Option<Key>,
    slow_start: Duration,
    panic_percent: u32,
    /// None where nobody is ejected.
    rules: Option<Rules>,
    is_checked: bool,
}

#[derive(Debug)]
struct Seat {
    endpoint: Arc<Endpoint>,
    weight: u32,
}

/// The seats of one priority that take requests.
#[derive(Debug, Default)]
struct Members {
    seats: Box<[usize]>,
    /// For consistent hashing.
    ring: Option<Ring>,
}

/// Whose turn it is on one worker, by group; empty where targets do not take turns.
#[derive(Debug)]
pub(crate) struct Turns(RefCell<Vec<Smooth>>);

/// What a choice is made for.
struct Choice<'a> {
    turns: &'a Turns,
    /// The hash of the request's key.
    hash: Option<u64>,
    /// Seats that the request has been to.
    tried: &'a [usize],
    now: Duration,
}

// === impl Balancer ===

impl Balancer {
    /// A balancer for an upstream; what is known of targets that were there before is taken over.
    pub(crate) fn new(upstream: &Upstream, metrics: &TargetMetrics, before: Option<&Self>) -> Arc<Self> {
        let crowd = before.map_or_else(|| Crowd::new(&upstream.name, metrics.clone()), |before| before.crowd.clone());
        let mut seats: Vec<Seat> = Vec::new();
        for target in &upstream.targets {
            // Also where an address is there twice: it is one target, of which one thing is known.
            let known = before.into_iter().flat_map(|before| &before.seats).chain(&seats);
            let known = known.map(|seat| &seat.endpoint).find(|endpoint| endpoint.address() == target.address);
            let endpoint = known.cloned().unwrap_or_else(|| Endpoint::new(&crowd, &target.address));
            seats.push(Seat { endpoint, weight: target.weight });
        }
        let seats = seats.into_boxed_slice();
        let takes = |priority: Option<u32>| {
            let all = upstream.targets.iter().enumerate();
            let takes = move |(_, target): &(usize, &gateway_model::Target)| {
                target.weight > 0 && priority.is_none_or(|priority| target.priority == priority)
            };
            all.filter(takes).map(|(index, _)| index).collect::<Box<[usize]>>()
        };
        let balancing = &upstream.balancing;
        let members = |priority: usize| {
            let members = takes(u32::try_from(priority).ok());
            let points = || members.iter().map(|seat| (seats[*seat].endpoint.address(), seats[*seat].weight));
            let is_ring = balancing.algorithm == Algorithm::ConsistentHash;
            let ring = is_ring.then(|| Ring::new(&points().collect::<Vec<_>>()));
            Members { seats: members, ring }
        };
        let priorities = upstream.targets.iter().map(|target| target.priority as usize + 1).max().unwrap_or_default();
        let groups = (0..priorities.min(MAX_GROUPS)).map(members).collect();
        let all = takes(None);
        let rules = upstream.health.passive.rules();
        let ejects = rules.max_ejection_percent > 0
            && (rules.server_errors, rules.gateway_errors, rules.local_errors) != (0, 0, 0);
        Arc::new(Self {
            groups,
            only: if let [only] = *all { Some(only) } else { None },
            has_choice: all.len() > 1,
            shares: AtomicU64::new(0),
            shared_at: AtomicU64::new(0),
            sharing: Mutex::default(),
            algorithm: balancing.algorithm,
            key: balancing
                .hash_on
                .as_ref()
                .filter(|_| balancing.algorithm == Algorithm::ConsistentHash)
                .and_then(Key::new),
            slow_start: Duration::from_millis(balancing.slow_start_ms.into()),
            panic_percent: balancing.panic_percent,
            rules: ejects.then_some(rules),
            is_checked: upstream.health.active.is_some(),
            seats,
            crowd,
        })
    }

    /// It is what serves from now on.
    pub(crate) fn serves(self: &Arc<Self>) {
        let this: Arc<dyn TargetSource> = self.clone();
        self.crowd.metrics().set_source(Arc::downgrade(&this));
        self.seats.iter().for_each(|seat| seat.endpoint.set_checked(self.is_checked));
    }

    /// Whose turn it is, beginning with another target on each worker: if all began with the first one they would favour it.
    pub(crate) fn turns(&self, first: usize) -> Turns {
        if self.algorithm != Algorithm::RoundRobin {
            return Turns(RefCell::default());
        }
        let smooth = |group: &Members| {
            let mut smooth = Smooth::new(group.seats.iter().map(|seat| self.seats[*seat].weight));
            for _ in 0..first % group.seats.len().max(1) {
                smooth.next(|_| true);
            }
            smooth
        };
        Turns(RefCell::new(self.groups.iter().map(smooth).collect()))
    }

    /// Its targets, in the order of the configuration.
    pub(crate) fn endpoints(&self) -> impl Iterator<Item = &Arc<Endpoint>> + Clone {
        self.seats.iter().map(|seat| &seat.endpoint)
    }

    /// Whether a request that failed at one target could go to another.
    pub(crate) fn has_choice(&self) -> bool {
        self.has_choice
    }

    /// The hash of what the request has in common with others that are to go to the same target; none where it has nothing,
    /// or where that does not matter.
    pub(crate) fn hash<B>(&self, request: &Request<B>, client: Option<IpAddr>) -> Option<u64> {
        let key = self.key.as_ref().filter(|_| self.only.is_none())?;
        key.hash(request, client)
    }

    // === choosing ===

    /// The seat that takes a request that has been to those that were `tried`. None if no other is left.
    pub(crate) fn choose(&self, turns: &Turns, hash: Option<u64>, tried: &[usize], now: Instant) -> Option<usize> {
        if let Some(only) = self.only {
            let is_usable = self.panic_percent > 0 || self.seats[only].endpoint.is_usable();
            return (tried.is_empty() && is_usable).then_some(only);
        }
        let choice = Choice { turns, hash, tried, now: self.crowd.at(now) };
        let picked = self.shares().pick(fastrand::u64(..));
        let found = picked.and_then(|pick| self.among(pick.group, pick.panic, &choice));
        found.or_else(|| self.elsewhere(&choice))
    }

    /// Whether a usable seat is left that was not tried.
    pub(crate) fn has_other(&self, tried: &[usize]) -> bool {
        let takes =
            |(index, seat): (usize, &Seat)| seat.weight > 0 && seat.endpoint.is_usable() && !tried.contains(&index);
        self.seats.iter().enumerate().any(takes)
    }

    /// A seat in any group, the most important first; one that is left out rather than none, unless nobody may panic.
    #[cold]
    fn elsewhere(&self, choice: &Choice<'_>) -> Option<usize> {
        let mut groups = 0..self.groups.len();
        let usable = groups.find_map(|group| self.among(group, false, choice));
        let all = || (0..self.groups.len()).find_map(|group| self.among(group, true, choice));
        usable.or_else(|| if self.panic_percent > 0 { all() } else { None })
    }

    fn among(&self, group: usize, panics: bool, choice: &Choice<'_>) -> Option<usize> {
        let Members { seats, ring } = &self.groups[group];
        let Choice { turns, hash, tried, now } = *choice;
        let seat = |index: usize| &self.seats[seats[index]];
        let usable = |index: usize| {
            (panics || seat(index).endpoint.is_usable()) && (tried.is_empty() || !tried.contains(&seats[index]))
        };
        let weight = |index: usize| self.weight(seat(index), now);
        let by_requests = |index: usize| per_weight(f64::from(seat(index).endpoint.pending()) + 1.0, weight(index));
        let found = match (self.algorithm, ring, hash) {
            (Algorithm::RoundRobin, ..) => {
                let mut turns = turns.0.borrow_mut();
                turns[group].next_by(|index| if usable(index) { self.part(seat(index), now) } else { 0.0 })
            }
            (Algorithm::PeakEwma, ..) => two_choices(seats.len(), fastrand::u64(..), usable, |index| {
                let endpoint = &seat(index).endpoint;
                per_weight(endpoint.latency().cost(endpoint.pending(), now), weight(index))
            }),
            (Algorithm::ConsistentHash, Some(ring), Some(hash)) => {
                ring.find(hash, usable, |index| seat(index).endpoint.pending())
            }
            (Algorithm::LeastRequest | Algorithm::ConsistentHash, ..) => {
                two_choices(seats.len(), fastrand::u64(..), usable, by_requests)
            }
        };
        found.map(|index| seats[index])
    }

    /// The part of its weight that a seat has at the moment.
    fn part(&self, seat: &Seat, now: Duration) -> f64 {
        if self.slow_start.is_zero() {
            return 1.0;
        }
        slow_start(now.saturating_sub(seat.endpoint.since()), self.slow_start)
    }

    fn weight(&self, seat: &Seat, now: Duration) -> f64 {
        f64::from(seat.weight) * self.part(seat, now)
    }

    /// How requests are shared between groups, made anew where a target has come back or was left out.
    fn shares(&self) -> Shares {
        let changes = self.crowd.changes();
        if self.shared_at.load(Acquire) != changes
            && let Some(_turn) = self.sharing.try_lock()
        {
            let usable = |index: &&usize| self.seats[**index].endpoint.is_usable();
            let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
            let group = |members: &Members| Group {
                usable: count(members.seats.iter().filter(usable).count()),
                total: count(members.seats.len()),
            };
            let groups: Vec<Group> = self.groups.iter().map(group).collect();
            self.shares.store(Shares::new(&groups, self.panic_percent).to_bits(), Relaxed);
            self.shared_at.store(changes, Release);
        }
        Shares::from_bits(self.shares.load(Relaxed))
    }

    // === requests ===

    /// A request goes to a seat.
    pub(crate) fn begins(&self, seat: usize) {
        if self.only.is_none() {
            self.seats[seat].endpoint.begins();
        }
    }

    /// It is over.
    pub(crate) fn ends(&self, seat: usize) {
        if self.only.is_none() {
            self.seats[seat].endpoint.ends();
        }
    }

    /// Hears what became of a request, and after what time.
    pub(crate) fn hears(&self, seat: usize, outcome: Outcome, latency: Option<Duration>, now: Instant) {
        if self.only.is_some() {
            return;
        }
        let (endpoint, now) = (&self.seats[seat].endpoint, self.crowd.at(now));
        if let Some(latency) = latency {
            endpoint.takes(latency, outcome, now);
        }
        let Some(rules) = &self.rules else { return };
        if let Some(until) = endpoint.hears(outcome, now, rules, || self.may_eject(rules)) {
            let (endpoint, crowd) = (Arc::downgrade(endpoint), self.crowd.clone());
            task::spawn_local(async move {
                sleep_until(crowd.instant(until).into()).await;
                if let Some(endpoint) = endpoint.upgrade() {
                    endpoint.comes_back(crowd.at(Instant::now()));
                }
            });
        }
    }

    fn may_eject(&self, rules: &Rules) -> bool {
        let takes = || self.seats.iter().filter(|seat| seat.weight > 0);
        rules.may_eject(takes().count(), takes().filter(|seat| seat.endpoint.is_ejected()).count())
    }

    /// One more request is sent again, if the budget allows for it while `live` are under way.
    pub(crate) fn retry(&self, budget: Budget, live: u32) -> Option<Retrying> {
        self.crowd.retry(budget, live)
    }

    pub(crate) fn metrics(&self) -> &TargetMetrics {
        self.crowd.metrics()
    }
}

impl TargetSource for Balancer {
    fn targets(&self) -> Vec<TargetStatus> {
        let is_counted = self.only.is_none();
        self.seats.iter().map(|seat| seat.endpoint.status(seat.weight, is_counted)).collect()
    }
}

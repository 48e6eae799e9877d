use std::{collections::BTreeMap, sync::Arc, time::Instant};

use gateway_algorithms::{active::Thresholds, balance::stable_hash, outlier::Outcome};
use gateway_model::{Algorithm, Target, Upstream};
use gateway_telemetry::Metrics;

use super::Balancer;

/// An upstream with targets of these weights and priorities, called `0:1`, `1:1` and so on.
fn upstream(algorithm: Algorithm, targets: &[(u32, u32)]) -> Upstream {
    let target = |(index, (weight, priority)): (usize, &(u32, u32))| Target {
        weight: *weight,
        priority: *priority,
        ..Target::new(format!("{index}:1"))
    };
    let mut upstream = Upstream::new("tested", targets.iter().enumerate().map(target).collect());
    upstream.balancing.algorithm = algorithm;
    upstream
}

fn balancer(upstream: &Upstream, before: Option<&Balancer>) -> Arc<Balancer> {
    Balancer::new(upstream, &Metrics::new(1).upstream("tested").targets, before)
}

/// How many of so many requests go to each target, where none is ever answered.
fn spread(balancer: &Balancer, requests: usize, key: impl Fn(usize) -> Option<u64>) -> BTreeMap<usize, usize> {
    let turns = balancer.turns(0);
    let mut counts = BTreeMap::new();
    for request in 0..requests {
        if let Some(seat) = balancer.choose(&turns, key(request), &[], Instant::now()) {
            balancer.begins(seat);
            *counts.entry(seat).or_default() += 1;
        }
    }
    counts
}

fn down(balancer: &Balancer, seat: usize) {
    balancer.endpoints().for_each(|endpoint| endpoint.set_checked(true));
    balancer.endpoints().nth(seat).unwrap().checked(false, &Thresholds::default());
}

fn up(balancer: &Balancer, seat: usize) {
    for _ in 0..2 {
        balancer.endpoints().nth(seat).unwrap().checked(true, &Thresholds::default());
    }
}

#[test]
fn requests_are_shared_by_weight() {
    for algorithm in [Algorithm::RoundRobin, Algorithm::LeastRequest, Algorithm::PeakEwma] {
        let balancer = balancer(&upstream(algorithm, &[(3, 0), (1, 0), (0, 0)]), None);
        let counts = spread(&balancer, 400, |_| None);
        assert!((290..=310).contains(&counts[&0]), "{algorithm:?}: {counts:?}");
        assert_eq!(counts.get(&2), None, "{algorithm:?}");
    }
}

#[test]
fn what_is_asked_for_with_the_same_key_goes_to_the_same_target() {
    let upstream = upstream(Algorithm::ConsistentHash, &[(1, 0), (1, 0), (1, 0)]);
    let balancer = balancer(&upstream, None);
    let turns = balancer.turns(0);
    let owner = |key: u32| balancer.choose(&turns, Some(stable_hash(&key.to_le_bytes())), &[], Instant::now()).unwrap();
    let owners: Vec<usize> = (0..100).map(owner).collect();
    assert_eq!(owners, (0..100).map(owner).collect::<Vec<_>>());
    assert_eq!(owners.iter().collect::<std::collections::BTreeSet<_>>().len(), 3);
    down(&balancer, 1);
    for (key, before) in (0..).zip(owners) {
        let now = owner(key);
        assert!(if before == 1 { now != 1 } else { now == before }, "{key}: from {before} to {now}");
    }
    // What has no key goes anywhere.
    assert!(balancer.choose(&turns, None, &[], Instant::now()).is_some());
}

#[test]
fn the_next_priority_takes_over_what_the_first_cannot_take() {
    let balancer = balancer(&upstream(Algorithm::LeastRequest, &[(1, 0), (1, 0), (1, 3)]), None);
    assert_eq!(spread(&balancer, 300, |_| None).get(&2), None);
    down(&balancer, 0);
    let counts = spread(&balancer, 1_000, |_| None);
    // One of two, at 1.4 times its load.
    assert!((640..760).contains(&counts[&1]) && !counts.contains_key(&0), "{counts:?}");
    down(&balancer, 1);
    assert_eq!(spread(&balancer, 100, |_| None), BTreeMap::from([(2, 100)]));
    up(&balancer, 0);
    up(&balancer, 1);
    assert_eq!(spread(&balancer, 100, |_| None).get(&2), None);
}

#[test]
fn where_too_few_are_left_all_are_used_unless_that_is_not_wanted() {
    let mut upstream = upstream(Algorithm::LeastRequest, &[(1, 0), (1, 0), (1, 0), (1, 0)]);
    let panics = balancer(&upstream, None);
    (0..2).for_each(|seat| down(&panics, seat));
    assert_eq!(spread(&panics, 100, |_| None).len(), 2);
    down(&panics, 2);
    assert_eq!(spread(&panics, 100, |_| None).len(), 4);
    upstream.balancing.panic_percent = 0;
    let calm = balancer(&upstream, None);
    (0..3).for_each(|seat| down(&calm, seat));
    assert_eq!(spread(&calm, 100, |_| None), BTreeMap::from([(3, 100)]));
    down(&calm, 3);
    assert!(spread(&calm, 10, |_| None).is_empty());
}

#[test]
fn a_request_goes_to_each_target_once_the_usable_ones_first() {
    let balancer = balancer(&upstream(Algorithm::PeakEwma, &[(1, 0), (1, 0), (1, 1), (0, 0)]), None);
    down(&balancer, 0);
    let turns = balancer.turns(0);
    let mut tried = Vec::new();
    while let Some(seat) = balancer.choose(&turns, None, &tried, Instant::now()) {
        assert_eq!(balancer.has_other(&tried), tried.len() < 2);
        tried.push(seat);
    }
    assert_eq!((tried.len(), tried[2]), (3, 0), "{tried:?}");
}

#[test]
fn a_lone_target_is_neither_chosen_nor_counted() {
    let lone = balancer(&upstream(Algorithm::PeakEwma, &[(0, 0), (1, 0)]), None);
    assert!(!lone.has_choice());
    assert_eq!(spread(&lone, 3, |_| None), BTreeMap::from([(1, 3)]));
    assert_eq!(lone.choose(&lone.turns(0), None, &[1], Instant::now()), None);
    assert_eq!(lone.endpoints().map(|endpoint| endpoint.pending()).max(), Some(0));
}

#[test]
fn what_is_known_of_a_target_outlives_the_revision() {
    let mut configured = upstream(Algorithm::LeastRequest, &[(1, 0), (1, 0), (1, 0)]);
    let before = balancer(&configured, None);
    down(&before, 1);
    configured.targets.remove(0);
    let after = balancer(&configured, Some(&before));
    assert!(Arc::ptr_eq(before.endpoints().nth(1).unwrap(), after.endpoints().next().unwrap()));
    assert_eq!(spread(&after, 10, |_| None), BTreeMap::from([(1, 10)]));
    // Those that still use the earlier revision hear of it as well.
    up(&after, 0);
    assert!(spread(&before, 100, |_| None)[&1] > 0);
}

#[test]
fn what_checks_have_found_is_forgotten_with_the_checks() {
    let configured = upstream(Algorithm::LeastRequest, &[(1, 0), (1, 0)]);
    let balancer = balancer(&configured, None);
    down(&balancer, 1);
    balancer.serves();
    assert_eq!(spread(&balancer, 10, |_| None).len(), 2);
}

#[test]
fn the_faster_target_gets_more_and_what_fails_at_once_is_not_fast() {
    let mut configured = upstream(Algorithm::PeakEwma, &[(1, 0), (1, 0)]);
    configured.health.passive.max_ejection_percent = 0;
    let balancer = balancer(&configured, None);
    let now = Instant::now();
    let hears = |seat, outcome, millis| {
        balancer.hears(seat, outcome, Some(std::time::Duration::from_millis(millis)), now);
    };
    hears(0, Outcome::Success, 1);
    hears(1, Outcome::Success, 10);
    let counts = spread(&balancer, 110, |_| None);
    assert!(counts[&0] > 95, "{counts:?}");
    hears(0, Outcome::LocalError, 0);
    assert_eq!(spread(&balancer, 10, |_| None), BTreeMap::from([(1, 10)]));
}

#[test]
fn a_check_that_ends_after_checks_were_given_up_leaves_no_target_out() {
    let balancer = balancer(&upstream(Algorithm::RoundRobin, &[(1, 0), (1, 0)]), None);
    let endpoint = balancer.endpoints().next().unwrap().clone();
    endpoint.set_checked(true);
    endpoint.set_checked(false);
    endpoint.checked(false, &Thresholds::default());
    assert!(endpoint.is_usable());
}

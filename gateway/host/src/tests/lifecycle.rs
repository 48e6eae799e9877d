//! Instances: kept warm, replaced, and gone when nobody needs them.

use std::sync::mpsc;

use super::*;
use crate::{sweep, tests::guest::DATA};

/// A guest that counts its calls in memory and returns the count as the state.
fn counting() -> Guest {
    Guest::new().result_as_state(&format!(
        "(i32.store (i32.const {DATA}) (i32.add (i32.load (i32.const {DATA})) (i32.const 1)))
         (i32.store (i32.const {}) (i32.load (i32.const {DATA})))
         (i32.const 4)",
        guest::RESULT
    ))
}

fn count(plugin: &Plugin) -> u32 {
    u32::from_le_bytes(Request::new().state(plugin).try_into().expect("four bytes"))
}

#[test]
fn a_thread_keeps_its_instance_warm() {
    let plugin = configure(&host(), &counting());
    assert_eq!([count(&plugin), count(&plugin), count(&plugin)], [1, 2, 3]);
}

#[test]
fn each_thread_has_an_instance_of_its_own() {
    let plugin = configure(&host(), &counting());
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for call in 1..=100 {
                    assert_eq!(count(&plugin), call);
                }
            });
        }
    });
}

#[test]
fn an_instance_is_replaced_after_its_share_of_calls() {
    let plugin = configure(&host_with(|limits| limits.calls_per_instance = 100), &counting());
    let counts: Vec<_> = (0..1_000).map(|_| count(&plugin)).collect();
    let shares: Vec<_> = counts.windows(2).filter(|pair| pair[1] == 1).map(|pair| pair[0]).collect();
    assert!(shares.len() >= 7, "{shares:?}");
    assert!(shares.iter().all(|share| (75..=125).contains(share)), "{shares:?}");
}

#[test]
fn an_instance_that_grew_large_is_replaced() {
    // Eight pages at the start, and 16 more of the 32 that it may have.
    let mut guest = counting();
    guest.on_request = format!("(drop (memory.grow (i32.const 16))) {}", guest.on_request);
    // A local must come first.
    guest.on_request = guest.on_request.replacen("(local $n i32)", "", 1);
    guest.on_request.insert_str(0, "(local $n i32) ");
    let plugin = configure(&host_with(|limits| limits.memory = 32 * 64 * 1024), &guest);
    assert_eq!([count(&plugin), count(&plugin)], [1, 1]);
}

#[test]
fn a_trap_costs_the_instance() {
    let mut guest = counting();
    let trap_at_three = format!("(if (i32.eq (i32.load (i32.const {DATA})) (i32.const 2)) (then unreachable))");
    guest.on_request = guest.on_request.replacen("(local $n i32)", &format!("(local $n i32) {trap_at_three}"), 1);
    let plugin = configure(&host(), &guest);
    assert_eq!([count(&plugin), count(&plugin)], [1, 2]);
    Request::new().run(&plugin).expect_err("traps");
    assert_eq!([count(&plugin), count(&plugin)], [1, 2]);
}

#[test]
fn a_retired_generation_is_freed_when_its_threads_sweep() {
    let host = host();
    let plugin = configure(&host, &counting());
    let generation = plugin.watch();
    let (used, wait_used) = mpsc::channel();
    let (retired, wait_retired) = mpsc::channel::<()>();
    let worker = std::thread::spawn({
        let plugin = plugin.clone();
        move || {
            count(&plugin);
            drop(plugin);
            used.send(()).expect("the test waits");
            wait_retired.recv().expect("the test goes on");
            sweep();
            used.send(()).expect("the test waits");
            // The thread lives on: it is the sweep that freed the instance.
            wait_retired.recv().expect_err("the test is done");
        }
    });
    count(&plugin);
    wait_used.recv().expect("the worker has called");
    drop(plugin);
    assert!(generation.upgrade().is_some(), "two threads have an instance in their pools");
    sweep();
    assert!(generation.upgrade().is_some(), "one thread has");
    retired.send(()).expect("the worker waits");
    wait_used.recv().expect("the worker has swept");
    assert!(generation.upgrade().is_none());
    drop(retired);
    worker.join().expect("the worker ends");
}

#[test]
fn a_later_call_of_any_plugin_sweeps() {
    let host = host();
    let retired = configure(&host, &counting());
    let generation = retired.watch();
    let mut other = counting();
    other.descriptor.name = "other".into();
    let other = configure(&host, &other);
    count(&retired);
    drop(retired);
    assert!(generation.upgrade().is_some());
    count(&other);
    assert!(generation.upgrade().is_none());
}

#[test]
fn a_generation_that_was_never_called_is_freed_at_once() {
    let host = host();
    let plugin = configure(&host, &counting());
    let generation = plugin.watch();
    drop(plugin);
    assert!(generation.upgrade().is_none());
}

#[test]
fn a_thread_that_ends_leaves_nothing_behind() {
    let plugin = configure(&host(), &counting());
    let generation = plugin.watch();
    std::thread::scope(|scope| {
        scope.spawn(|| count(&plugin)).join().expect("calls");
    });
    drop(plugin);
    assert!(generation.upgrade().is_none());
}

#[test]
fn a_new_generation_never_sees_the_memory_of_an_old_one() {
    let host = host();
    for _ in 0..50 {
        let plugin = configure(&host, &counting());
        assert_eq!([count(&plugin), count(&plugin)], [1, 2]);
    }
}

#[test]
fn more_instances_than_there_is_room_for_fail_their_calls_only() {
    let host = host_with(|limits| limits.instances = 1);
    let plugin = configure(&host, &counting());
    assert_eq!(count(&plugin), 1);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let failure = Request::new().run(&plugin).expect_err("no room");
            assert_eq!(failure.kind, crate::FailureKind::Start, "{failure}");
        });
    });
    assert_eq!(count(&plugin), 2);
}

#[test]
fn plugins_outlive_their_host() {
    let plugin = configure(&host(), &Guest::new().hook("(loop $l (br $l)) unreachable"));
    let failure = Request::new().run(&plugin).expect_err("is cut");
    assert_eq!(failure.kind, crate::FailureKind::Deadline);
}

#[test]
fn the_gauges_return_to_their_base_when_plugins_are_replaced() {
    let settings = settings();
    let metrics = settings.metrics.clone();
    let host = Host::new(settings).expect("the sandbox starts");
    let usage = metrics.attachment("here").usage().clone();
    let gauges = || [usage.instances.value(), usage.memory.value(), metrics.plugin_code().value()];
    assert_eq!(gauges(), [0; 3]);
    let plugin = configure(&host, &counting());
    count(&plugin);
    let base = gauges();
    assert_eq!(base[..2], [1, 8 * 64 * 1024]);
    assert!(base[2] > 0);
    let mut plugin = plugin;
    for _ in 0..20 {
        plugin = configure(&host, &counting());
        count(&plugin);
        sweep();
    }
    assert_eq!(gauges(), base, "one of twenty is left");
    drop(plugin);
    sweep();
    host.retain(&std::collections::HashSet::new());
    assert_eq!(gauges(), [0; 3]);
    assert_eq!(usage.peak(), 8 * 64 * 1024);
}

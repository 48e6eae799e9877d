use std::{
    future::Future,
    pin::pin,
    sync::atomic::AtomicUsize,
    task::{Context, Poll, Waker},
    thread,
};

use futures_util::{StreamExt, stream::FuturesUnordered};
use gateway_algorithms::{admission::Request, priority::PriorityClass};
use gateway_model::{Admission, ClassRule, Classes, Concurrency, ConcurrencyAlgorithm, Queue};
use gateway_telemetry::{AdmissionRefusal, AdmissionSource, LimitCause, Metrics};
use std::{
    sync::{Arc, atomic::Ordering::SeqCst},
    time::Duration,
};

use super::*;

fn gate(concurrency: Concurrency, queue: Queue) -> Arc<Gate> {
    let gate = Gate::new("tested", &Metrics::new(1).upstream("tested"));
    gate.configure(Some(&Admission { concurrency, queue, ..Admission::default() }));
    gate
}

fn fixed(limit: u32) -> Arc<Gate> {
    let concurrency = Concurrency { algorithm: ConcurrencyAlgorithm::Fixed, initial: limit, ..Concurrency::default() };
    gate(concurrency, Queue { max_requests: 100_000, ..Queue::default() })
}

fn request(class: PriorityClass) -> Request {
    Request { class, flow: fastrand::u64(..), bytes: 100, max_wait: None }
}

/// Looks once whether a slot is there.
fn poll<F: Future>(future: &mut std::pin::Pin<Box<F>>) -> Poll<F::Output> {
    future.as_mut().poll(&mut Context::from_waker(Waker::noop()))
}

#[tokio::test]
async fn ten_thousand_who_hang_up_leave_nothing_behind() {
    let gate = fixed(10);
    let held: Vec<Slot> = std::iter::from_fn(|| gate.try_enter()).collect();
    assert_eq!((held.len(), gate.status().in_flight), (10, 10));
    let mut waiting: Vec<_> = (0..10_000).map(|_| Box::pin(gate.enter(request(PriorityClass::Low)))).collect();
    assert!(waiting.iter_mut().all(|it| poll(it).is_pending()));
    assert_eq!((gate.status().waiting, gate.status().waiting_bytes), ([0, 0, 0, 10_000], 1_000_000));
    // Some of them have been given a slot and do not know it yet.
    drop(held);
    assert_eq!((gate.status().in_flight, gate.status().waiting), (10, [0, 0, 0, 9_990]));
    drop(waiting);
    assert_eq!((gate.status().in_flight, gate.status().waiting, gate.status().waiting_bytes), (0, [0; 4], 0));
    assert_eq!(std::iter::from_fn(|| gate.try_enter()).collect::<Vec<_>>().len(), 10);
}

#[tokio::test]
async fn nobody_passes_those_who_wait() {
    let gate = fixed(1);
    let held = gate.try_enter().unwrap();
    let mut waits = Box::pin(gate.enter(request(PriorityClass::Low)));
    assert!(poll(&mut waits).is_pending());
    drop(held);
    assert!(gate.try_enter().is_none(), "the slot is that of the one who waits");
    let (slot, waited) = waits.await.unwrap();
    assert!(waited > Duration::ZERO);
    drop(slot);
    assert!(gate.try_enter().is_some());
}

#[test]
fn threads_share_a_limit_exactly_and_nobody_is_forgotten() {
    const LIMIT: usize = 3;
    let gate = fixed(3);
    let (inside, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
                runtime.block_on(async {
                    for turn in 0..500 {
                        let slot = match gate.try_enter() {
                            Some(slot) => slot,
                            None => gate.enter(request(PriorityClass::ALL[turn % 4])).await.unwrap().0,
                        };
                        most.fetch_max(inside.fetch_add(1, SeqCst) + 1, SeqCst);
                        tokio::task::yield_now().await;
                        inside.fetch_sub(1, SeqCst);
                        drop(slot);
                    }
                });
            });
        }
    });
    assert!(most.into_inner() <= LIMIT);
    assert_eq!((gate.status().in_flight, gate.status().waiting), (0, [0; 4]));
}

#[tokio::test]
async fn who_does_not_want_to_wait_is_refused_at_once() {
    let gate = fixed(1);
    let _held = gate.try_enter().unwrap();
    let impatient = Request { max_wait: Some(0), ..request(PriorityClass::Critical) };
    let refused = gate.enter(impatient).await.unwrap_err();
    assert_eq!(refused.reason, AdmissionRefusal::Deadline);
    assert_eq!(gate.status().waiting, [0; 4]);
}

#[tokio::test]
async fn the_limit_follows_what_is_measured_and_every_change_has_its_cause() {
    let concurrency = Concurrency { initial: 4, ..Concurrency::default() };
    let gate = gate(concurrency, Queue::default());
    let slots: Vec<Slot> = std::iter::from_fn(|| gate.try_enter()).collect();
    assert_eq!(slots.len(), 4);
    let mut waits = pin!(gate.enter(request(PriorityClass::Normal)));
    let mut context = Context::from_waker(Waker::noop());
    assert!(waits.as_mut().poll(&mut context).is_pending());
    // Forty of fifty were turned away.
    tokio::time::sleep(Duration::from_millis(110)).await;
    for turn in 0..50 {
        let outcome = if turn < 40 { Outcome::Answered(503) } else { Outcome::Answered(200) };
        slots[0].ended(outcome, Duration::from_millis(1));
    }
    let status = gate.status();
    assert!(status.limit < 4, "{status:?}");
    let changes = gate.metrics().changes();
    let last = changes[0];
    assert_eq!((last.from, last.to, last.cause), (4, status.limit, LimitCause::Overloaded));
}

#[tokio::test]
async fn critical_requests_go_a_little_beyond_a_limit_that_was_found_and_not_beyond_one_that_was_named() {
    let found = Concurrency { initial: 16, ..Concurrency::default() };
    let named = Concurrency { algorithm: ConcurrencyAlgorithm::Fixed, ..found };
    let bounded = Concurrency { max: 17, ..found };
    for (concurrency, beyond) in [(found, 2), (named, 0), (bounded, 1)] {
        let gate = gate(concurrency, Queue::default());
        let held: Vec<Slot> = std::iter::from_fn(|| gate.try_enter()).collect();
        let mut low = Box::pin(gate.enter(request(PriorityClass::Low)));
        assert!(poll(&mut low).is_pending());
        let mut critical: Vec<_> = (0..4).map(|_| Box::pin(gate.enter(request(PriorityClass::Critical)))).collect();
        let admitted = critical.iter_mut().filter_map(|it| match poll(it) {
            Poll::Ready(entered) => Some(entered.unwrap()),
            Poll::Pending => None,
        });
        let admitted: Vec<_> = admitted.collect();
        assert_eq!((held.len(), admitted.len()), (16, beyond), "{concurrency:?}");
        assert!(poll(&mut low).is_pending());
    }
}

#[test]
fn a_new_rule_keeps_the_limit_that_was_found_and_another_algorithm_does_not() {
    let found = Concurrency { initial: 50, ..Concurrency::default() };
    let gate = gate(found, Queue::default());
    let configure = |concurrency, max_wait_ms| {
        let low = ClassRule { max_wait_ms, share: 0 };
        let classes = Classes { low, ..Classes::default() };
        gate.configure(Some(&Admission { concurrency, classes, ..Admission::default() }));
        gate.status().limit
    };
    assert_eq!(configure(found, 7), 50);
    assert_eq!(configure(Concurrency { max: 30, initial: 30, ..found }, 7), 30);
    assert_eq!(configure(Concurrency { algorithm: ConcurrencyAlgorithm::Fixed, initial: 9, ..found }, 7), 9);
    gate.configure(None);
    assert!(!gate.is_limited() && gate.try_enter().is_some());
}

#[tokio::test]
async fn slots_that_come_free_together_are_given_out_one_after_another() {
    let concurrency = Concurrency { initial: 4, ..Concurrency::default() };
    let gate = gate(concurrency, Queue::default());
    let slots: Vec<Slot> = std::iter::from_fn(|| gate.try_enter()).collect();
    let mut waiting: Vec<_> = (0..4).map(|_| Box::pin(gate.enter(request(PriorityClass::Normal)))).collect();
    assert!(waiting.iter_mut().all(|it| poll(it).is_pending()));
    tokio::time::sleep(Duration::from_millis(110)).await;
    for _ in 0..50 {
        slots[0].ended(Outcome::Answered(200), Duration::from_millis(100));
    }
    drop(slots);
    let in_flight = gate.status().in_flight;
    assert!(in_flight < 2, "{in_flight} of those who waited went at one moment");
    assert!(gate.try_enter().is_none(), "there are slots, and nobody passes those who wait");
    // The first one keeps its slot: nothing but time lets the next one in.
    let mut waiting: FuturesUnordered<_> = waiting.into_iter().collect();
    let _first = waiting.next().await.unwrap().unwrap();
    let _second = waiting.next().await.unwrap().unwrap();
    assert_eq!(gate.status().in_flight, 2);
}

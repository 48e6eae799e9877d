//! Hooks that wait for an upstream, with one that answers when the test says so.

use std::{
    cell::Cell,
    time::{Duration, Instant},
};

use sluice_abi::import::CALLOUT;
use tokio::sync::{mpsc, oneshot};

use super::*;
use crate::{
    FailureKind, Outbound, Sending,
    hook::Hook,
    tests::guest::{DATA, RESULT},
    wire::{self, Call, HostError, Reply},
};

/// Where guests count in their memory.
const COUNT: u32 = RESULT + 8_192;

type Outcome = Result<Reply, HostError>;

/// Hands each call to the test, which answers it.
struct Scripted(mpsc::UnboundedSender<oneshot::Sender<Outcome>>);

impl Outbound for Scripted {
    fn send(&self, _: &Arc<Snapshot>, _: Call) -> Sending {
        let (answer, answered) = oneshot::channel();
        self.0.send(answer).expect("the test listens");
        Box::pin(async { answered.await.expect("the test answers") })
    }

    fn post(&self, _: &Arc<Snapshot>, _: Call) -> Result<(), HostError> {
        Err(HostError::Conflict)
    }
}

fn reply() -> Reply {
    Reply { status: 204, headers: vec![], body: vec![] }
}

/// A host whose upstreams are the test.
fn scripted(change: impl FnOnce(&mut Limits)) -> (Host, mpsc::UnboundedReceiver<oneshot::Sender<Outcome>>) {
    let (sender, calls) = mpsc::unbounded_channel();
    let mut settings = HostSettings { outbound: Arc::new(Scripted(sender)), ..settings() };
    change(&mut settings.limits);
    (Host::new(settings).expect("the sandbox starts"), calls)
}

/// A guest that may wait, with these instructions in its hooks.
fn blocking() -> (Guest, String) {
    let call = Call {
        upstream: "shop".into(),
        method: "GET".into(),
        path: "/".into(),
        headers: vec![],
        body: vec![],
        timeout: 1_000,
    };
    let data = wire::encode(&call);
    let send =
        format!("(call $send (i32.const {DATA}) (i32.const {}) (i32.const {RESULT}) (i32.const 4096))", data.len());
    (Guest::new().import(CALLOUT, "send", "send", "(param i32 i32 i32 i32) (result i32)").data(&data), send)
}

/// A guest that sends a request and returns the outcome as the state.
fn sending() -> Guest {
    let (guest, send) = blocking();
    guest.result_as_state(&send)
}

fn attach(host: &Host, guest: &Guest) -> Plugin {
    try_configure(host, guest, &[Grant::Upstream("shop".into())]).expect("the guest is configured")
}

async fn run(request: &mut Request, plugin: &Plugin) -> Result<Verdict, Failure> {
    let (mut call, visit) = request.parts();
    plugin.on_request_on_fiber(&mut call, visit).await
}

fn outcome(request: &Request) -> Outcome {
    wire::decode(&request.visit.state).expect("an outcome of a call")
}

#[tokio::test]
async fn a_hook_waits_for_its_upstream_and_its_thread_does_not() {
    let (host, mut calls) = scripted(|_| {});
    let plugin = attach(&host, &sending());
    assert!(plugin.is_blocking());
    let (mut first, mut second) = (Request::new(), Request::new());
    let answers = async {
        let one = calls.recv().await.expect("a call");
        let two = calls.recv().await.expect("another call while the first one waits");
        two.send(Ok(reply())).expect("waited for");
        one.send(Err(HostError::Timeout)).expect("waited for");
    };
    let (one, two, ()) = tokio::join!(run(&mut first, &plugin), run(&mut second, &plugin), answers);
    one.expect("succeeds");
    two.expect("succeeds");
    assert_eq!((outcome(&first), outcome(&second)), (Err(HostError::Timeout), Ok(reply())));
    assert_eq!((first.visit.callouts, second.visit.callouts), (1, 1));
}

#[tokio::test]
async fn hooks_of_responses_and_of_time_wait_too() {
    let (host, mut calls) = scripted(|_| {});
    let (guest, send) = blocking();
    let guest = guest.result_as_state(&send).on(Hook::Tick, format!("(drop {send}) (i64.const 0)"));
    let plugin = attach(&host, &guest);
    let mut response = Response::new();
    let answers = async {
        for _ in 0..2 {
            calls.recv().await.expect("a call").send(Ok(reply())).expect("waited for");
        }
    };
    let hooks = async {
        let (mut call, visit) = response.parts();
        plugin.on_response_on_fiber(&mut call, visit).await.expect("succeeds");
        plugin.on_tick_on_fiber(&snapshot([])).await.expect("succeeds");
    };
    tokio::join!(hooks, answers);
    assert_eq!(wire::decode(&response.visit.state), Ok::<Outcome, _>(Ok(reply())));
}

#[test]
fn called_directly_a_guest_gets_no_answer_but_goes_on() {
    let (host, mut calls) = scripted(|_| {});
    let plugin = attach(&host, &sending());
    let mut request = Request::new();
    request.run(&plugin).expect("succeeds");
    assert!(matches!(outcome(&request), Err(HostError::Unavailable(_))));
    assert!(calls.try_recv().is_err(), "nothing was sent");
}

#[test]
fn a_configuration_that_says_that_it_never_waits_runs_without_a_fiber() {
    let (host, mut calls) = scripted(|_| {});
    let mut guest = sending();
    guest.declaration.wants = guest.declaration.wants.with(wire::Wants::NEVER_WAITS);
    let plugin = attach(&host, &guest);
    assert!(!plugin.is_blocking());
    for _ in 0..2 {
        let mut request = Request::new();
        request.run(&plugin).expect("succeeds");
        assert!(matches!(outcome(&request), Err(HostError::Unavailable(_))));
    }
    assert!(calls.try_recv().is_err(), "nothing was sent");
    assert!(attach(&host, &sending()).is_blocking(), "another configuration of the same module waits");
}

#[tokio::test]
async fn what_a_guest_waits_for_is_not_its_time() {
    let (host, mut calls) = scripted(|limits| limits.deadline = Duration::from_millis(5));
    let plugin = attach(&host, &sending());
    let mut request = Request::new();
    let answers = async {
        let call = calls.recv().await.expect("a call");
        tokio::time::sleep(Duration::from_millis(60)).await;
        call.send(Ok(reply())).expect("waited for");
    };
    let (result, ()) = tokio::join!(run(&mut request, &plugin), answers);
    result.expect("succeeds");
    assert!(request.visit.spent < Duration::from_millis(40), "{:?}", request.visit.spent);
}

#[tokio::test]
async fn a_busy_guest_is_cut_and_lets_others_have_their_turn() {
    let (host, _calls) = scripted(|limits| limits.deadline = Duration::from_millis(40));
    let (guest, _) = blocking();
    let plugin = attach(&host, &guest.hook("(loop $l (br $l)) unreachable"));
    let (mut request, turns, over) = (Request::new(), Cell::new(0), Cell::new(false));
    let busy = async {
        let result = run(&mut request, &plugin).await;
        over.set(true);
        result
    };
    let others = async {
        while !over.get() {
            turns.set(turns.get() + 1);
            tokio::task::yield_now().await;
        }
    };
    let (result, ()) = tokio::join!(busy, others);
    let failure = result.expect_err("is cut");
    assert_eq!(failure.kind, FailureKind::Deadline, "{failure}");
    assert!(turns.get() > 3, "{} turns", turns.get());
}

#[tokio::test]
async fn of_busy_calls_one_goes_on_and_a_withdrawal_ends_the_others() {
    let (host, _calls) = scripted(|limits| limits.deadline = Duration::from_millis(80));
    let (guest, _) = blocking();
    let plugin = attach(&host, &guest.hook("(loop $l (br $l)) unreachable"));
    let (mut one, mut other) = (Request::new(), Request::new());
    let cut = async {
        let failure = run(&mut one, &plugin).await.expect_err("is cut");
        plugin.withdraw();
        failure
    };
    let (cut, withdrawn) = tokio::join!(cut, run(&mut other, &plugin));
    let withdrawn = withdrawn.expect_err("is given up");
    assert_eq!((cut.kind, withdrawn.kind), (FailureKind::Deadline, FailureKind::Deadline));
    assert!(withdrawn.message.contains("quarantined"), "{withdrawn}");
    assert!(cut.measured >= Duration::from_millis(39), "the second half of its deadline: {:?}", cut.measured);
    assert!(withdrawn.measured < Duration::from_millis(20), "it had to wait: {:?}", withdrawn.measured);
}

#[tokio::test]
async fn a_busy_call_that_waits_for_an_answer_lets_the_next_one_go_on() {
    let (host, mut calls) = scripted(|limits| limits.deadline = Duration::from_secs(5));
    let (guest, send) = blocking();
    let count = format!(
        "(loop $l (i32.store (i32.const {COUNT}) (i32.add (i32.load (i32.const {COUNT})) (i32.const 1)))
             (br_if $l (i32.lt_u (i32.load (i32.const {COUNT})) (i32.const 30000000))))"
    );
    let plugin = attach(&host, &guest.result_as_state(&format!("(block (result i32) {count} {send})")));
    let (mut one, mut other) = (Request::new(), Request::new());
    let answers = async {
        let waiting = [calls.recv().await.expect("a call"), calls.recv().await.expect("another one meanwhile")];
        waiting.into_iter().for_each(|call| call.send(Ok(reply())).expect("waited for"));
    };
    let (first, second, ()) = tokio::join!(run(&mut one, &plugin), run(&mut other, &plugin), answers);
    first.expect("succeeds");
    second.expect("succeeds");
}

#[tokio::test]
async fn a_hook_waits_for_so_long_and_no_longer() {
    let (host, mut calls) = scripted(|limits| limits.wait = Duration::from_millis(100));
    let plugin = attach(&host, &sending());
    let mut request = Request { consumer: Some(identity("acme")), ..Request::new() };
    let failure = run(&mut request, &plugin).await.expect_err("is given up");
    assert_eq!(failure.kind, FailureKind::Deadline);
    assert!(failure.message.contains("waited for others"), "{failure}");
    let call = calls.recv().await.expect("a call");
    assert!(call.is_closed(), "the request to the upstream was given up too");
}

#[tokio::test]
async fn a_call_that_nobody_waits_for_any_more_takes_its_instance_along() {
    let (host, mut calls) = scripted(|_| {});
    let plugin = attach(&host, &sending());
    let generation = plugin.watch();
    let mut request = Request::new();
    tokio::select! {
        _ = run(&mut request, &plugin) => panic!("nobody has answered"),
        call = calls.recv() => drop(call.expect("a call").is_closed()),
    }
    assert_eq!(generation.strong_count(), 1, "no instance is left");
    assert_eq!(request.visit.callouts, 1, "what was lent came back");
    let (result, ()) = tokio::join!(run(&mut request, &plugin), async {
        calls.recv().await.expect("a call").send(Ok(reply())).expect("waited for");
    });
    result.expect("the next call has a sound instance");
}

#[tokio::test]
async fn more_calls_than_may_wait_are_refused_after_a_second() {
    let (host, mut calls) = scripted(|limits| limits.waiting = 1);
    let plugin = attach(&host, &sending());
    let (mut first, mut second, mut third) = (Request::new(), Request::new(), Request::new());
    let began = Instant::now();
    let second_comes_late = async {
        let call = calls.recv().await.expect("a call");
        let failure = run(&mut second, &plugin).await.expect_err("no place");
        assert_eq!(failure.kind, FailureKind::Saturated, "{failure}");
        assert!(began.elapsed() >= Duration::from_secs(1));
        let next = async {
            call.send(Ok(reply())).expect("waited for");
            calls.recv().await.expect("a call").send(Ok(reply())).expect("waited for");
        };
        let (third, ()) = tokio::join!(run(&mut third, &plugin), next);
        third.expect("a place came free");
    };
    let (result, ()) = tokio::join!(run(&mut first, &plugin), second_comes_late);
    result.expect("succeeds");
}

#[tokio::test]
async fn a_few_instances_stay_warm() {
    let (host, mut calls) = scripted(|_| {});
    let plugin = attach(&host, &sending());
    let generation = plugin.watch();
    let mut requests: Vec<_> = (0..12).map(|_| Request::new()).collect();
    let answers = async {
        let mut waiting = Vec::new();
        for _ in 0..12 {
            waiting.push(calls.recv().await.expect("a call"));
        }
        let each = generation.strong_count();
        waiting.into_iter().for_each(|call| call.send(Ok(reply())).expect("waited for"));
        each
    };
    let all = futures_util::future::join_all(requests.iter_mut().map(|request| run(request, &plugin)));
    let (results, at_once) = tokio::join!(all, answers);
    results.into_iter().for_each(|result| drop(result.expect("succeeds")));
    assert!(generation.strong_count() < at_once);
}

//! Limiters, counters, log lines and clocks, as guests see them.

use gateway_algorithms::limit::Gcra;
use gateway_model::CompiledPlan;
use sluice_abi::{
    import::{CLOCK, LOG, METRICS, RANDOM, RATE_LIMIT, SYS},
    wire::{self, Decision, Policy},
};

use super::*;
use crate::{
    FailureKind,
    tests::guest::{DATA, RESULT},
};

const DEFINE: &str = "(param i32 i32 i32 i32) (result i32)";
const ACQUIRE: &str = "(param i32 i32 i32 i32 i32 i32) (result i32)";

fn state(plugin: &Plugin, request: &mut Request) -> Vec<u8> {
    request.state(plugin)
}

/// A guest that takes `cost` of a limit of two in an hour, by one key.
fn limited(cost: u32) -> Guest {
    let policy = wire::encode(&Policy { name: "by-key".into(), limit: 2, window: 3_600_000, burst: 2 });
    Guest::new()
        .import(RATE_LIMIT, "define", "define", DEFINE)
        .import(RATE_LIMIT, "acquire", "acquire", ACQUIRE)
        .data(&[&policy[..], b"alice"].concat())
        .configure_first(&format!(
            "(drop (call $define (i32.const {DATA}) (i32.const {}) (i32.const {RESULT}) (i32.const 100)))",
            policy.len()
        ))
        .result_as_state(&format!(
            "(call $acquire (i32.const 0) (i32.const {}) (i32.const 5) (i32.const {cost})
                (i32.const {RESULT}) (i32.const 100))",
            DATA as usize + policy.len()
        ))
}

fn decision(plugin: &Plugin) -> Decision {
    read_record(&state(plugin, &mut Request::new())).expect("a decision")
}

#[test]
fn an_exhausted_limit_says_when_to_come_back() {
    let plugin = configure(&host(), &limited(1));
    let first = decision(&plugin);
    assert_eq!((first.allowed, first.burst, first.window, first.remaining), (true, 2, 3_600_000, 1));
    assert!(decision(&plugin).allowed);
    let refused = decision(&plugin);
    assert_eq!((refused.allowed, refused.remaining), (false, 0));
    assert!((1_790_000..=1_800_000).contains(&refused.retry_after), "{refused:?}");
}

#[test]
fn what_was_spent_outlives_the_generation() {
    let host = host();
    let before = configure(&host, &limited(1));
    assert!(decision(&before).allowed && decision(&before).allowed);
    drop(before);
    assert!(!decision(&configure(&host, &limited(1))).allowed);
}

#[test]
fn a_cost_above_the_burst_never_passes() {
    let refused = decision(&configure(&host(), &limited(3)));
    assert_eq!((refused.allowed, refused.remaining, refused.retry_after), (false, 2, u64::MAX));
}

#[test]
fn definitions_are_made_in_configure_only() {
    let guest = Guest::new()
        .import(RATE_LIMIT, "define", "define", DEFINE)
        .data(&wire::encode(&Policy { name: "late".into(), limit: 1, window: 1, burst: 1 }))
        .result_as_state(&format!(
            "(call $define (i32.const {DATA}) (i32.const 20) (i32.const {RESULT}) (i32.const 100))"
        ));
    let answer: Result<u32, String> =
        wire::decode(&state(&configure(&host(), &guest), &mut Request::new())).expect("a result");
    assert_eq!(answer, Err("limiters are defined in `configure` only".into()));
}

// === the plan ===

fn charges_plan() -> Guest {
    Guest::new()
        .import(RATE_LIMIT, "acquire-plan", "acquire", "(param i32 i32 i32) (result i32)")
        .result_as_state(&format!("(call $acquire (i32.const 1) (i32.const {RESULT}) (i32.const 100))"))
}

/// A consumer with this throttle everywhere.
fn on_plan(name: &str, throttle: Gcra) -> Arc<Identity> {
    let plan = CompiledPlan { name: "gold".into(), throttle: Some(throttle), ..CompiledPlan::default() };
    Arc::new(Identity { plans: vec![Arc::new(plan)], ..(*identity(name)).clone() })
}

#[test]
fn the_plan_of_the_consumer_is_charged_whoever_asks() {
    let host = host();
    let customer = on_plan("acme", Gcra::new(0.001, 1).expect("a throttle"));
    let ask = |plugin: &Plugin| -> Option<Decision> {
        let mut request = Request::new();
        request.consumer = Some(customer.clone());
        let decision = read_record(&state(plugin, &mut request));
        assert_eq!(request.consumer, Some(customer.clone()), "the consumer came back");
        decision
    };
    let one = try_configure(&host, &charges_plan(), &[Grant::UsagePlan]).expect("is configured");
    let mut elsewhere = charges_plan();
    elsewhere.descriptor.name = "other".into();
    let other = try_configure(&host, &elsewhere, &[Grant::UsagePlan]).expect("is configured");
    assert!(ask(&one).is_some_and(|decision| decision.allowed));
    assert!(ask(&other).is_some_and(|decision| !decision.allowed));
    assert_eq!(Arc::strong_count(&customer), 1, "it was lent for the calls only");
}

#[test]
fn without_a_plan_nothing_is_decided() {
    let plugin = try_configure(&host(), &charges_plan(), &[Grant::UsagePlan]).expect("is configured");
    for consumer in [None, Some(identity("acme"))] {
        let mut request = Request::new();
        request.consumer = consumer;
        let decision: Option<Decision> = read_record(&state(&plugin, &mut request));
        assert_eq!(decision, None);
    }
}

#[test]
fn the_plan_needs_the_grant() {
    let error = try_configure(&host(), &charges_plan(), &[Grant::Identity]).expect_err("no grant");
    assert_eq!(error, crate::ConfigureError::Grant(Grant::UsagePlan));
}

// === the rest ===

#[test]
fn counters_are_exposed_by_attachment() {
    let settings = settings();
    let metrics = settings.metrics.clone();
    let host = Host::new(settings).expect("the sandbox starts");
    let guest = Guest::new()
        .import(METRICS, "define-counter", "define", DEFINE)
        .import(METRICS, "add", "add", "(param i32 i64)")
        .data(b"denied")
        .configure_first(&format!(
            "(drop (call $define (i32.const {DATA}) (i32.const 6) (i32.const {RESULT}) (i32.const 100)))"
        ));
    let body = format!("(call $add (i32.const 0) (i64.const 3)) {}", guest.on_request);
    let plugin = configure(&host, &guest.hook(body));
    state(&plugin, &mut Request::new());
    state(&plugin, &mut Request::new());
    assert_eq!(metrics.plugin_event("here", "denied").value(), 6);
}

#[test]
fn a_result_that_did_not_fit_is_taken_once() {
    let guest = Guest::new()
        .import(METRICS, "define-counter", "define", DEFINE)
        .import(SYS, "take", "take", "(param i32 i32) (result i32)")
        .data(b"Bad Name")
        .result_as_state(&format!(
            "(drop (call $define (i32.const {DATA}) (i32.const 8) (i32.const {RESULT}) (i32.const 0)))
             (call $take (i32.const {RESULT}) (i32.const 1000))"
        ));
    let answer: Result<u32, String> =
        wire::decode(&state(&configure(&host(), &guest), &mut Request::new())).expect("a result");
    assert!(answer.is_err_and(|text| text.contains("`configure` only")));

    let twice = guest.clone().result_as_state(&format!("(call $take (i32.const {RESULT}) (i32.const 1000))"));
    let failure = Request::new().run(&configure(&host(), &twice)).expect_err("nothing to take");
    assert_eq!(failure.kind, FailureKind::Malformed);
}

#[test]
fn clock_random_and_log_are_there_for_everybody() {
    let guest = Guest::new()
        .import(CLOCK, "now-unix-ms", "now", "(result i64)")
        .import(CLOCK, "monotonic-ns", "elapsed", "(result i64)")
        .import(RANDOM, "next-u64", "random", "(result i64)")
        .import(LOG, "enabled", "enabled", "(param i32) (result i32)")
        .import(LOG, "write", "write", "(param i32 i32 i32)")
        .data(b"hello")
        .result_as_state(&format!(
            "(i64.store (i32.const {RESULT}) (call $now))
             (i64.store (i32.const {}) (call $elapsed))
             (i64.store (i32.const {}) (call $random))
             (if (call $enabled (i32.const 4)) (then
                (call $write (i32.const 4) (i32.const {DATA}) (i32.const 5))))
             (i32.const 24)",
            RESULT + 8,
            RESULT + 16,
        ));
    let plugin = configure(&host(), &guest);
    let read = |state: Vec<u8>| -> [u64; 3] {
        let numbers: Vec<_> = state.chunks_exact(8).map(|it| u64::from_le_bytes(it.try_into().expect("8"))).collect();
        numbers.try_into().expect("three numbers")
    };
    let first = read(state(&plugin, &mut Request::new()));
    let second = read(state(&plugin, &mut Request::new()));
    assert!(first[0] > 1_700_000_000_000 && second[0] >= first[0]);
    assert!(second[1] > first[1]);
    assert_ne!(first[2], second[2]);
}

#[test]
fn arguments_outside_of_the_memory_are_misuse() {
    let host = host();
    for (ptr, len) in [(-1, 1), (0, -1), (524_288, 1), (524_287, 2), (i32::MIN, i32::MIN)] {
        let guest = Guest::new()
            .import(LOG, "write", "write", "(param i32 i32 i32)")
            .hook(format!("(call $write (i32.const 0) (i32.const {ptr}) (i32.const {len})) (i64.const 0)"));
        let failure = Request::new().run(&configure(&host, &guest)).expect_err("fails");
        assert_eq!(failure.kind, FailureKind::Malformed, "{failure}");
        assert!(failure.message.contains("not in its memory"), "{failure}");
    }
}

/// What the log was told while `work` ran on this thread.
fn logged(work: impl FnOnce()) -> Vec<serde_json::Value> {
    let lines = Arc::new(parking_lot::Mutex::new(Vec::new()));
    let writer = lines.clone();
    let log = tracing_subscriber::fmt().json().with_writer(move || Line(writer.clone())).finish();
    tracing::subscriber::with_default(log, work);
    let text = lines.lock().clone();
    let text = String::from_utf8(text).expect("text");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

struct Line(Arc<parking_lot::Mutex<Vec<u8>>>);

impl std::io::Write for Line {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn log_lines_say_whose_they_are_and_have_an_end() {
    let guest = Guest::new().import(LOG, "write", "write", "(param i32 i32 i32)").data(b"two\nlines");
    let body = format!(
        "(call $write (i32.const 2) (i32.const {DATA}) (i32.const 9))
         (call $write (i32.const 1) (i32.const {DATA}) (i32.const 9)) {}",
        guest.on_request
    );
    let plugin = configure(&host(), &guest.hook(body));
    let lines = logged(|| {
        for _ in 0..200 {
            state(&plugin, &mut Request::new());
        }
    });
    let fields = &lines[0]["fields"];
    assert_eq!((&lines[0]["level"], &lines[0]["target"]), (&"INFO".into(), &"plugin".into()));
    assert_eq!(
        (&fields["message"], &fields["attachment"], &fields["request_id"]),
        (&"two lines".into(), &"here".into(), &"0193-test".into())
    );
    // A second may have begun in between.
    assert!((65..=130).contains(&lines.len()), "{}", lines.len());
    assert!(lines.iter().any(|line| line["level"] == "WARN"));
}

#[test]
fn a_flood_of_lines_is_told_that_nobody_listens_until_its_call_ends() {
    let guest = Guest::new()
        .import(LOG, "write", "write", "(param i32 i32 i32)")
        .import(LOG, "enabled", "enabled", "(param i32) (result i32)")
        .data(b"line")
        .result_as_state(&format!(
            "(i32.store (i32.const {RESULT}) (call $enabled (i32.const 2)))
             (i32.store (i32.const {0}) (i32.const 200))
             (loop $again
                (call $write (i32.const 2) (i32.const {DATA}) (i32.const 4))
                (i32.store (i32.const {0}) (i32.sub (i32.load (i32.const {0})) (i32.const 1)))
                (br_if $again (i32.load (i32.const {0}))))
             (i32.store (i32.const {0}) (call $enabled (i32.const 2)))
             (i32.const 8)",
            RESULT + 4,
        ));
    let plugin = configure(&host(), &guest);
    let heard = |state: Vec<u8>| [state[0], state[4]];
    let lines = logged(|| {
        let state = state(&plugin, &mut Request::new());
        assert_eq!(heard(state), [1, 0], "heard at first, and no longer behind 200 lines");
    });
    // Another second may have begun before the first one's lines were used up.
    assert!((65..=130).contains(&lines.len()), "{}", lines.len());
}

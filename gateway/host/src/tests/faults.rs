//! Hooks that fail, by accident or by intent: each costs its own call and nothing else.

use std::time::Duration;

use http::{HeaderValue, StatusCode};
use sluice_abi::{
    import::SYS,
    outcome::{Action, BodyWish, Name, Operation, Packed},
};

use super::*;
use crate::{Failure, FailureKind};

/// The failure of the request hook, after which the request is as before and the next call gets a sound instance.
fn failure(host: &Host, guest: &Guest) -> Failure {
    let plugin = configure(host, guest);
    let mut request = Request::new();
    request.headers.insert("x-before", HeaderValue::from_static("1"));
    let before = request.headers.clone();
    let failure = request.run(&plugin).expect_err("fails");
    assert_eq!(request.headers, before, "nothing was applied");
    assert_eq!(request.consumer, None);
    assert!(failure.message.starts_with("attachment here (plugin test)"), "{failure}");
    let again = request.run(&plugin).expect_err("fails again, alike");
    assert_eq!((again.kind, &again.message), (failure.kind, &failure.message));
    failure
}

#[track_caller]
fn check(guest: Guest, kind: FailureKind, text: &str) {
    let failure = failure(&host(), &guest);
    assert_eq!(failure.kind, kind, "{failure}");
    assert!(failure.message.contains(text), "{failure}");
}

#[test]
fn a_trap_names_its_cause_and_its_place() {
    let mut guest = Guest::new().hook("(call $deep) (i64.const 0)");
    guest.extra = "(func $deep unreachable)".into();
    let failure = failure(&host(), &guest);
    assert_eq!(failure.kind, FailureKind::Trap);
    assert!(failure.message.contains("unreachable"), "{failure}");
    assert!(failure.message.contains("; at deep@0x"), "{failure}");
    assert!(failure.message.contains(" < on_request@0x"), "{failure}");
}

#[test]
fn a_trace_has_an_end() {
    let mut guest = Guest::new().hook("(call $down (i32.const 100)) (i64.const 0)");
    guest.extra = "(func $down (param $n i32)
        (if (i32.eqz (local.get $n)) (then unreachable))
        (call $down (i32.sub (local.get $n) (i32.const 1))))"
        .into();
    let failure = failure(&host(), &guest);
    assert_eq!(failure.message.matches("down@").count(), 20, "{failure}");
}

#[test]
fn an_endless_loop_is_cut() {
    check(Guest::new().hook("(loop $l (br $l)) unreachable"), FailureKind::Deadline, "used up its time");
}

#[test]
fn the_ticker_sleeps_when_no_guest_runs_and_wakes_for_the_next() {
    let host = host_with(|limits| limits.start_deadline = limits.deadline);
    let plugin = configure(&host, &Guest::new().hook("(loop $l (br $l)) unreachable"));
    let generation = plugin.watch().upgrade().expect("in use");
    for _ in 0..2 {
        while !generation.core.ticker.is_parked() {
            std::thread::yield_now();
        }
        let failure = Request::new().run(&plugin).expect_err("cut");
        assert_eq!(failure.kind, FailureKind::Deadline, "{failure}");
    }
}

#[test]
fn memory_has_an_end() {
    let grow = "(loop $l (br_if $l (i32.ne (memory.grow (i32.const 16)) (i32.const -1)))) unreachable";
    check(Guest::new().hook(grow), FailureKind::Memory, "asked for");
}

#[test]
fn a_guest_that_lives_with_less_memory_has_not_failed() {
    let body = format!("(drop (memory.grow (i32.const 10000))) {}", Guest::new().on_request);
    let plugin = configure(&host(), &Guest::new().hook(body));
    Request::new().run(&plugin).expect("succeeds");
}

#[test]
fn the_stack_has_an_end() {
    let mut guest = Guest::new().hook("(call $down) (i64.const 0)");
    guest.extra = "(func $down (call $down) (call $down))".into();
    check(guest, FailureKind::Stack, "stack");
}

#[test]
fn a_panic_is_told_in_the_guests_words() {
    let guest = Guest::new()
        .import(SYS, "panic", "panic", "(param i32 i32)")
        .data(b"index out of bounds")
        .hook(format!("(call $panic (i32.const {}) (i32.const 19)) unreachable", guest::DATA));
    check(guest, FailureKind::Panic, "index out of bounds");
}

#[test]
fn a_fault_is_told_in_the_guests_words_and_spoils_nothing() {
    let fault = Guest::new().outcome(Action::Fault, 0, b"", &[Operation::Detail("no luck")]);
    check(fault, FailureKind::Fault, "no luck");
    let silent = Guest::new().raw_outcome(b"", Action::Fault, 0);
    check(silent, FailureKind::Fault, "did not say why");
}

#[test]
fn nothing_is_applied_when_one_operation_is_wrong() {
    let good = Operation::SetHeader(Name::Inline("x-good"), b"1");
    let grants = "identity";
    for (bad, text) in [
        (Operation::SetHeader(Name::Inline("b ad"), b"1"), "\"b ad\" is no header name"),
        (Operation::SetHeader(Name::Inline("x-bad"), b"a\nb"), "x-bad"),
        (Operation::SetHeader(Name::Inline("Transfer-Encoding"), b"chunked"), "transfer-encoding"),
        (Operation::RemoveHeader(Name::Inline("host")), "host"),
        (Operation::AppendHeader(Name::Declared(3), b"1"), "header name 3"),
        (Operation::SetStatus(200), "statuses have no place"),
        (Operation::Body(b"x"), "bodies have no place"),
        (Operation::ProblemTitle("x"), "members of a problem have no place"),
    ] {
        check(Guest::new().outcome(Action::Next, 0, b"", &[good, bad]), FailureKind::Malformed, text);
    }
    let consumer = Guest::new().outcome(Action::Next, 0, b"", &[good, Operation::SetConsumer("acme")]);
    check(consumer, FailureKind::Denied, grants);
}

#[test]
fn a_plugin_cannot_answer_with_what_is_no_final_status() {
    for status in [0, 100, 101, 199, 600, 999] {
        check(Guest::new().outcome(Action::Respond, status, b"", &[]), FailureKind::Malformed, "no status");
    }
    check(Guest::new().outcome(Action::Refuse, 200, b"", &[]), FailureKind::Malformed, "no status");
    let body = Guest::new().outcome(Action::Respond, 204, b"", &[Operation::Body(b"x")]);
    check(body, FailureKind::Malformed, "has no body");
}

#[test]
fn an_outcome_outside_of_its_area_or_memory_is_malformed() {
    let packed = |len| Packed { len, action: Action::Next, more: false, body: BodyWish::Pass, status: 0 }.pack();
    for len in [64 * 1024 + 1, 1 << 20, 1 << 31, u32::MAX] {
        check(Guest::new().hook(format!("(i64.const {:#x})", packed(len))), FailureKind::Malformed, "OUT");
    }
    let action = Guest::new().hook("(i64.const 0x0000_0000_0900_0000)");
    check(action, FailureKind::Malformed, "an action or a flag that does not exist");
    check(Guest::new().raw_outcome(&[9], Action::Next, 0), FailureKind::Malformed, "form of the ABI");
}

#[test]
fn an_area_that_moves_out_of_the_memory_is_malformed() {
    let at = guest::AREAS + 8;
    let moved = Guest::new().hook(format!("(i32.store (i32.const {at}) (i32.const -8)) (i64.const 0x800000000)"));
    check(moved, FailureKind::Malformed, "not in its memory");
}

#[test]
fn a_head_that_does_not_fit_is_too_large_and_no_fault_of_the_plugin() {
    let mut guest = Guest::new();
    guest.declaration.request_headers = vec!["x-long".into()];
    let plugin = configure(&host(), &guest);
    let mut request = Request::new();
    request.headers.insert("x-long", HeaderValue::from_bytes(&[b'x'; 65_536]).expect("a value"));
    let failure = request.run(&plugin).expect_err("too large");
    assert_eq!(failure.kind, FailureKind::HeadTooLarge, "{failure}");
    request.headers.clear();
    request.run(&plugin).expect("the instance is sound");
}

#[test]
fn a_response_hook_neither_serves_what_is_kept_nor_says_who_calls_nor_breaks_framing() {
    let host = host();
    let status = |code| StatusCode::from_u16(code).expect("a status");
    for (guest, from, to) in [
        (Guest::new().outcome(Action::ServeCached, 0, b"", &[]), 200, 200),
        (Guest::new().outcome(Action::Next, 0, b"", &[Operation::SetConsumer("acme")]), 200, 200),
        (Guest::new().outcome(Action::Next, 0, b"", &[Operation::SetStatus(204)]), 200, 200),
        (Guest::new().outcome(Action::Next, 0, b"", &[Operation::SetStatus(200)]), 304, 304),
        (Guest::new().outcome(Action::Next, 0, b"", &[Operation::SetStatus(101)]), 200, 200),
    ] {
        let plugin = configure(&host, &guest);
        let mut response = Response { status: status(from), ..Response::new() };
        let failure = response.run(&plugin).expect_err("fails");
        assert_eq!(failure.kind, FailureKind::Malformed, "{failure}");
        assert_eq!(response.status, status(to));
    }
}

#[test]
fn honest_plugins_notice_nothing_of_a_bad_one() {
    let host = host();
    let honest = configure(&host, &Guest::new().outcome(Action::Next, 0, b"well", &[]));
    let bad = configure(&host, &Guest::new().hook("(loop $l (br $l)) unreachable"));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| Request::new().run(&bad).expect_err("cut"));
        }
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..500 {
                    assert_eq!(Request::new().state(&honest), b"well");
                }
            });
        }
    });
}

#[test]
fn a_guest_that_gets_no_processor_is_not_cut_for_it() {
    // Each takes some milliseconds of the processor; all at once they wait for it longer than any may run.
    let host = host_with(|limits| limits.deadline = std::time::Duration::from_millis(80));
    let busy = "(local $n i64)
        (loop $l
            (local.set $n (i64.add (local.get $n) (i64.const 1)))
            (br_if $l (i64.lt_u (local.get $n) (i64.const 8000000))))";
    let guest = Guest::new();
    let body = format!("{busy} {}", guest.on_request);
    let plugin = configure(&host, &guest.hook(body));
    std::thread::scope(|scope| {
        for _ in 0..48 {
            scope.spawn(|| Request::new().run(&plugin).expect("succeeds"));
        }
    });
}

#[test]
fn a_miss_of_the_deadline_names_the_attachment_the_hook_the_place_and_the_remedy() {
    let mut guest = Guest::new().hook("(call $forever) (i64.const 0)");
    guest.extra = "(func $forever (loop $l (br $l)))".into();
    let failure = failure(&host(), &guest);
    assert_eq!(failure.kind, FailureKind::Deadline);
    for words in ["attachment here (plugin test), hook", "of 10ms", "`deadlineMs`", "; at forever@0x", " < on_request@"]
    {
        assert!(failure.message.contains(words), "{words}: {failure}");
    }
}

#[test]
fn a_panic_begins_with_the_authors_line() {
    let words = "src/lib.rs:12: index out of bounds";
    let guest = Guest::new().import(SYS, "panic", "panic", "(param i32 i32)").data(words.as_bytes()).hook(format!(
        "(call $panic (i32.const {}) (i32.const {})) unreachable",
        guest::DATA,
        words.len()
    ));
    check(guest, FailureKind::Panic, "the guest panicked at src/lib.rs:12: index out of bounds; at on_request");
}

#[test]
fn a_table_grows_no_further_than_it_may() {
    let mut guest = Guest::new();
    let grow = "(loop $l (br_if $l (i32.ne (table.grow $t (ref.null func) (i32.const 1000)) (i32.const -1))))
        (if (i32.gt_u (table.size $t) (i32.const 10000)) (then unreachable))";
    let body = format!("{grow} {}", guest.on_request);
    guest = guest.hook(body);
    guest.extra = "(table $t 1 funcref)".into();
    let plugin = configure(&host(), &guest);
    Request::new().run(&plugin).expect("it was refused entries, and lives with it");
}

#[test]
fn a_failure_knows_what_it_took_for_certain() {
    let trap = failure(&host(), &Guest::new().hook("unreachable"));
    assert!(trap.measured < Duration::from_millis(1), "however long its thread had no processor: {:?}", trap.measured);
    let host = host_with(|limits| limits.deadline = Duration::from_millis(20));
    let cut = failure(&host, &Guest::new().hook("(loop $l (br $l)) unreachable"));
    assert!(cut.measured >= Duration::from_millis(9), "the second half of its deadline: {:?}", cut.measured);
}

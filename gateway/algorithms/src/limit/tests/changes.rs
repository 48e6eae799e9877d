//! What becomes of a key when its limit is changed, when time runs backwards, and when it gives back late.

use super::*;

#[test]
fn a_lowered_limit_counts_what_was_taken_as_one_spent_limit() {
    let (mut fixed, mut sliding) = (Counted::default(), Sliding::default());
    assert!(FixedWindow::new(100, SECOND).unwrap().decide(&mut fixed, 0, 100).admitted);
    assert!(SlidingWindow::new(100, SECOND).unwrap().decide(&mut sliding, 0, 100).admitted);

    let refused = FixedWindow::new(10, SECOND).unwrap().decide(&mut fixed, 1, 1);
    assert_eq!(refused, Decision::refuse(0, SECOND - 1, Some(SECOND - 1)));
    let refused = SlidingWindow::new(10, SECOND).unwrap().decide(&mut sliding, 1, 1);
    let wait = SECOND + SECOND / 10 - 1;
    assert_eq!(refused, Decision::refuse(0, wait, Some(wait)));
}

#[test]
fn a_lowered_limit_of_a_log_opens_when_enough_has_left_the_window() {
    let mut log = Log::default();
    let wide = SlidingLog::new(5, SECOND).unwrap();
    (0..5).for_each(|at| assert!(wide.decide(&mut log, at, 1).admitted));
    let refused = SlidingLog::new(2, SECOND).unwrap().decide(&mut log, 10, 1);
    // Four have to leave, so that one is left and one more has room.
    assert_eq!(refused.retry_after, Some(SECOND + 3 - 10));
}

#[test]
fn a_longer_window_goes_on_with_the_count_of_the_one_it_replaces() {
    let mut state = Counted::default();
    let now = 90 * SECOND;
    assert!(FixedWindow::new(10, SECOND).unwrap().decide(&mut state, now, 8).admitted);
    let decision = FixedWindow::new(10, 60 * SECOND).unwrap().decide(&mut state, now, 1);
    assert_eq!(decision, Decision::admit(1, 30 * SECOND));
}

#[test]
fn a_time_that_comes_late_is_counted_in_the_newest_window_seen() {
    let limit = FixedWindow::new(2, SECOND).unwrap();
    let mut state = Counted::default();
    assert!(limit.decide(&mut state, SECOND, 2).admitted);
    let late = limit.decide(&mut state, SECOND - 10, 1);
    assert_eq!(late.retry_after, Some(SECOND + 10));

    let limit = SlidingWindow::new(2, SECOND).unwrap();
    let mut state = Sliding::default();
    assert!(limit.decide(&mut state, SECOND, 2).admitted);
    // One of two has faded when the next window is half over.
    assert_eq!(limit.decide(&mut state, SECOND - 10, 1).retry_after, Some(SECOND + SECOND / 2 + 10));

    let limit = SlidingLog::new(2, SECOND).unwrap();
    let mut log = Log::default();
    assert!(limit.decide(&mut log, SECOND, 1).admitted);
    assert!(limit.decide(&mut log, SECOND - 10, 1).admitted);
    assert_eq!(limit.decide(&mut log, 2 * SECOND - 1, 1).retry_after, Some(1));
    assert!(limit.decide(&mut log, 2 * SECOND, 2).admitted);
}

#[test]
fn a_window_that_is_over_is_given_nothing_back() {
    let limit = FixedWindow::new(5, SECOND).unwrap();
    let mut state = Counted::default();
    assert!(limit.decide(&mut state, 0, 5).admitted);
    assert!(limit.decide(&mut state, SECOND, 5).admitted);
    limit.give_back(&mut state, 0, 5);
    assert!(!limit.decide(&mut state, SECOND, 1).admitted);
}

#[test]
fn the_previous_window_is_given_back_what_was_taken_in_it() {
    let limit = SlidingWindow::new(10, SECOND).unwrap();
    let mut state = Sliding::default();
    assert!(limit.decide(&mut state, 0, 8).admitted);
    assert!(limit.decide(&mut state, SECOND, 1).admitted);
    limit.give_back(&mut state, 0, 8);
    assert_eq!(limit.peek(&state, SECOND, 0).remaining, 9);
}

#[test]
fn a_log_is_given_back_at_the_moment_of_the_taking() {
    let limit = SlidingLog::new(3, SECOND).unwrap();
    let mut log = Log::default();
    (0..3).for_each(|at| assert!(limit.decide(&mut log, at, 1).admitted));
    limit.give_back(&mut log, 1, 1);
    assert_eq!(limit.decide(&mut log, 5, 2).retry_after, Some(SECOND - 5));
}

#[test]
fn limits_that_cannot_be_counted_are_refused_by_name() {
    let told = [
        FixedWindow::new(0, SECOND).unwrap_err().to_string(),
        FixedWindow::new(1 << 60, SECOND).unwrap_err().to_string(),
        SlidingWindow::new(1, 0).unwrap_err().to_string(),
        SlidingLog::new(10_001, SECOND).unwrap_err().to_string(),
        SlidingLog::new(1, u64::MAX).unwrap_err().to_string(),
        Concurrency::new(0).unwrap_err().to_string(),
    ];
    let expected = [
        "a limit of 0 admits no request: give at least 1",
        "a limit of 1152921504606846976 cannot be counted: give at most 9007199254740992",
        "a window of 0 ns has no requests in it: give at least 1",
        "a limit of 10001 cannot be counted: give at most 10000",
        "a window of 18446744073709551615 ns is too long: give at most 31622400000000000, which is 366 days",
        "a limit of 0 admits no request: give at least 1",
    ];
    assert_eq!(told, expected);
}

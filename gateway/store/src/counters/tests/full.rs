//! Whom a full table forgets, and whom it never does.

use super::*;

/// One in an hour, `burst` at once.
fn hourly(burst: u32) -> Algorithm {
    gcra(1.0 / 3_600.0, burst)
}

const HOUR: u64 = 3_600 * SECOND;

/// Keys that have spent all they have, as many as the table has room for.
fn filled(capacity: usize, limit: &Algorithm) -> Table {
    let table = Table::new(limit.kind(), capacity);
    for number in 0..capacity as u64 {
        assert!(passes(table.take(key(number), limit, SECOND, limit.limit() as u32)));
    }
    table
}

#[test]
fn a_client_over_its_limit_stays_refused_while_others_come_in_crowds() {
    let (table, limit) = (table(1_000), hourly(2));
    let victim = key(u64::MAX);
    assert!(passes(table.take(victim, &limit, SECOND, 2)));
    for number in 0..20_000 {
        let _whatever = table.take(key(number), &limit, SECOND + number, 1 + (number % 2) as u32);
        if number % 100 == 0 {
            assert!(!passes(table.take(victim, &limit, SECOND + number, 1)), "forgiven after {number} keys");
        }
    }
    assert!(table.len() <= 1_000);
}

#[test]
fn newcomers_share_one_limit_when_all_are_spent() {
    let limit = hourly(5);
    let table = filled(100, &limit);
    let passed = (1_000..2_000).filter(|number| passes(table.take(key(*number), &limit, SECOND, 1))).count();
    assert_eq!(passed, 5);
    assert_eq!(table.len(), 100);
    assert_eq!(table.overflows(), 1_000);
    assert!((0..100).all(|number| !passes(table.take(key(number), &limit, SECOND, 1))), "somebody was forgiven");
}

#[test]
fn what_the_overflow_refuses_passes_at_the_promised_moment() {
    let limit = hourly(5);
    let table = filled(100, &limit);
    assert!(passes(table.take(key(1_000), &limit, SECOND, 5)));
    let refused = table.take(key(1_001), &limit, SECOND, 1);
    assert_eq!(refused.retry_after, Some(HOUR));
    assert!(!passes(table.peek(key(1_001), &limit, SECOND + HOUR - 1, 1)));
    assert!(passes(table.take(key(1_001), &limit, SECOND + HOUR, 1)));
}

#[test]
fn whoever_enters_after_an_overflow_begins_with_what_it_took() {
    let limit = hourly(5);
    let table = filled(100, &limit);
    assert!(passes(table.take(key(1_000), &limit, SECOND, 5)));
    // An hour later nobody is spent, so the newcomer has a place of its own; it may have been the one who took all.
    let entered = table.take(key(1_000), &limit, SECOND + HOUR, 1);
    assert_eq!((entered.admitted, entered.remaining), (true, 0));
    assert_eq!(table.len(), 100);
    // When everything has come back, nothing is left of it.
    assert_eq!(table.take(key(2_000), &limit, SECOND + 6 * HOUR, 1).remaining, 4);
}

#[test]
fn the_spent_keys_stay_when_another_one_can_go() {
    let (table, limit) = (table(3), hourly(10));
    for (number, cost) in [(1, 10), (2, 9), (3, 10)] {
        assert!(passes(table.take(key(number), &limit, SECOND, cost)));
    }
    assert!(passes(table.take(key(4), &limit, SECOND, 10)));
    let remaining = |number| table.peek(key(number), &limit, SECOND, 0).remaining;
    assert_eq!([1, 2, 3, 4].map(remaining), [0, 10, 0, 0]);
    // The next newcomer finds all of them spent.
    assert!(passes(table.take(key(5), &limit, SECOND, 10)));
    assert!(!passes(table.take(key(2), &limit, SECOND, 1)));
    assert_eq!([1, 3, 4].map(remaining), [0, 0, 0]);
}

// A key was judged by the limit of the newcomer: one request of a small plan looked like nothing to a customer of a large one.
#[test]
fn a_key_that_is_spent_by_its_own_limit_is_not_forgotten_for_one_with_a_larger_one() {
    let (table, small, large) = (table(2), hourly(1), hourly(100));
    assert!(passes(table.take(key(1), &small, SECOND, 1)));
    assert!(passes(table.take(key(2), &large, SECOND, 50)));
    for number in 10..20 {
        let _whatever = table.take(key(number), &large, SECOND, 1);
    }
    assert!(!passes(table.take(key(1), &small, SECOND, 1)));
}

#[test]
fn a_key_that_a_lowered_limit_has_spent_is_not_forgotten() {
    let (table, before, after) = (table(1), hourly(100), hourly(10));
    assert!(passes(table.take(key(1), &before, SECOND, 50)));
    assert!(!passes(table.take(key(1), &after, SECOND, 1)));
    assert!(passes(table.take(key(2), &after, SECOND, 1)));
    assert!(!passes(table.take(key(1), &after, SECOND, 1)), "it was forgiven");
}

#[test]
fn a_key_that_cannot_pay_what_its_requests_cost_is_not_forgotten() {
    let (table, limit) = (table(1), hourly(100));
    assert!(passes(table.take(key(1), &limit, SECOND, 60)));
    assert!(!passes(table.take(key(1), &limit, SECOND, 60)));
    assert!(passes(table.take(key(2), &limit, SECOND, 10)));
    assert!(!passes(table.take(key(1), &limit, SECOND, 60)), "it was forgiven");
}

#[test]
fn a_cost_of_0_takes_nobody_s_place() {
    let (table, limit) = (table(1), hourly(3));
    assert!(passes(table.take(key(1), &limit, SECOND, 3)));
    assert!(passes(table.take(key(2), &limit, SECOND, 2)));
    let hour_later = SECOND + HOUR;
    assert_eq!(table.take(key(2), &limit, hour_later, 0).remaining, 2);
    assert_eq!(table.take(key(1), &limit, hour_later, 0).remaining, 1);
}

#[test]
fn what_is_in_flight_is_never_forgotten() {
    let limit = Algorithm::from(Concurrency::new(3).unwrap());
    let table = Table::new(Kind::Concurrency, 10);
    for number in 0..10 {
        assert!(passes(table.take(key(number), &limit, SECOND, 1)));
    }
    // Three more come in among strangers, and the fourth does not.
    let strangers = [100, 101, 102];
    assert!(strangers.iter().all(|number| passes(table.take(key(*number), &limit, SECOND, 1))));
    assert!(!passes(table.take(key(103), &limit, SECOND, 1)));
    // A place in the table helps nobody before the strangers have gone: theirs is given back to where it was taken.
    table.release(key(0), &limit, 1);
    assert!(!passes(table.take(key(103), &limit, SECOND, 1)));
    strangers.iter().for_each(|number| table.release(key(*number), &limit, 1));
    assert!(passes(table.take(key(103), &limit, SECOND, 3)));
    assert!(
        (1..10).all(|number| passes(table.take(key(number), &limit, SECOND, 2))),
        "what was in flight was forgotten"
    );
    assert!(
        (1..10).all(|number| !passes(table.take(key(number), &limit, SECOND, 1))),
        "what was in flight was forgotten"
    );
}

//! Slices alone, with the time as an argument.

use super::{
    super::super::{SharedLimit, order::Grant},
    *,
};

const MS: u64 = 1_000_000;

fn terms(algorithm: Algorithm) -> Terms {
    Terms::new(&Measure::Limit(SharedLimit::new(algorithm).expect("sound")), 200 * MS)
}

fn grant(granted: u64, remaining: u64, retry_after: u64) -> Grant {
    Grant { at: 7, granted, ends_after: None, remaining, more_after: retry_after, retry_after }
}

fn admitted(taken: Taken) -> bool {
    match taken {
        Taken::Decided(decided) => decided.expect("it is decided").admitted,
        Taken::Waits(mut answer) => answer.try_recv().expect("it was answered").expect("it is decided").admitted,
    }
}

#[test]
fn the_first_request_asks_for_no_more_than_it_needs() {
    let (mut slice, terms) = (Slice::default(), terms(gcra(1_000.0, 1_000)));
    let (taken, errand) = slice.take(&terms, 0, 3);
    assert_eq!(errand.ask.map(|(want, _)| want), Some(3));
    assert_eq!(slice.granted(&terms, &grant(3, 997, 0), 3, 0, MS), Errand::default());
    assert!(admitted(taken));
}

#[test]
fn a_slice_grows_with_the_demand_up_to_what_the_rate_brings_in_its_life() {
    let (mut slice, terms) = (Slice::default(), terms(gcra(1_000.0, 1_000)));
    let mut asked = Vec::new();
    for ms in 0..400 {
        for _ in 0..3 {
            let (_, errand) = slice.take(&terms, ms * MS, 1);
            if let Some((want, _)) = errand.ask {
                asked.push(want);
                slice.granted(&terms, &grant(want, 1_000, 0), want, ms * MS, ms * MS);
            }
        }
    }
    assert_eq!(asked[0], 1);
    assert!(asked.len() < 40, "{asked:?}");
    let unspent = slice.lapse(u64::MAX).map_or(0, |(tokens, _)| tokens);
    assert!(asked.iter().all(|want| *want <= 201) && unspent <= 200, "{asked:?}, {unspent}");
}

#[test]
fn a_store_that_has_no_more_is_not_asked_until_it_may_have() {
    let (mut slice, terms) = (Slice::default(), terms(gcra(10.0, 10)));
    let (taken, _) = slice.take(&terms, 0, 1);
    slice.granted(&terms, &grant(0, 0, 100 * MS), 1, 0, 0);
    assert!(!admitted(taken));
    for ms in [1, 50, 99] {
        let (taken, errand) = slice.take(&terms, ms * MS, 1);
        let Taken::Decided(Ok(decision)) = taken else { panic!("it is decided at once") };
        assert_eq!((decision.admitted, decision.retry_after), (false, Some((100 - ms) * MS)));
        assert_eq!(errand, Errand::default());
    }
    assert!(slice.take(&terms, 100 * MS, 1).1.ask.is_some());
}

#[test]
fn who_came_after_the_store_was_asked_waits_for_the_next_slice() {
    let (mut slice, terms) = (Slice::default(), terms(fixed(100, HOUR)));
    let (first, _) = slice.take(&terms, 0, 1);
    let (second, errand) = slice.take(&terms, 0, 2);
    assert_eq!(errand, Errand::default(), "one slice is asked for at a time");
    let errand = slice.granted(&terms, &grant(1, 99, 0), 1, 0, MS);
    assert!(admitted(first));
    let (want, _) = errand.ask.expect("the other one needs more");
    slice.granted(&terms, &grant(want, 90, 0), want, MS, 2 * MS);
    assert!(admitted(second));
}

#[test]
fn what_nobody_waits_for_any_more_goes_back_beyond_the_bound() {
    let (mut slice, terms) = (Slice::default(), terms(gcra(10.0, 1_000)));
    let (taken, errand) = slice.take(&terms, 0, 500);
    let (want, _) = errand.ask.expect("there is nothing yet");
    drop(taken);
    let errand = slice.granted(&terms, &grant(want, 500, 0), want, 0, MS);
    assert_eq!(errand.back, [(498, 7)], "2 are what the rate brings in 200 ms");
    assert_eq!(slice.give_back(&terms, MS, 5).back, [(5, 7)], "nor does what was undone lie here");
}

#[test]
fn tokens_are_void_when_their_time_is_over() {
    let (mut slice, terms) = (Slice::default(), terms(fixed(100, HOUR)));
    let (taken, _) = slice.take(&terms, 0, 1);
    let ends = Grant { ends_after: Some(50 * MS), ..grant(11, 89, 0) };
    slice.granted(&terms, &ends, 11, 0, MS);
    assert!(admitted(taken));
    assert_eq!(slice.lapse(49 * MS), None);
    let (taken, errand) = slice.take(&terms, 50 * MS, 1);
    assert!(matches!(taken, Taken::Waits(_)), "the window is over");
    assert_eq!(errand.back, [(10, 7)]);
}

#[test]
fn nobody_waits_when_the_store_is_out_of_reach() {
    let (mut slice, terms) = (Slice::default(), terms(gcra(10.0, 10)));
    let (taken, _) = slice.take(&terms, 0, 1);
    slice.failed(Outage::Down);
    let Taken::Waits(mut answer) = taken else { panic!("it waited") };
    assert_eq!(answer.try_recv().expect("it was told"), Err(Outage::Down));
    assert!(slice.take(&terms, MS, 1).1.ask.is_some(), "the next one asks again");
}

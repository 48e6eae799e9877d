use http::HeaderValue;
use proptest::prelude::*;

use super::*;

#[test]
fn idempotent_methods_are_repeatable_and_others_with_a_key() {
    let (none, mut key) = (HeaderMap::new(), HeaderMap::new());
    key.insert("Idempotency-Key", HeaderValue::from_static("\"8e03978e\""));
    for method in ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE"] {
        assert!(is_repeatable(&method.parse().unwrap(), &none), "{method}");
    }
    for method in ["POST", "PATCH", "CONNECT", "get", "MERGE"] {
        let method = method.parse().unwrap();
        assert!(!is_repeatable(&method, &none) && is_repeatable(&method, &key), "{method}");
    }
}

#[test]
fn a_request_that_is_not_repeatable_is_sent_again_only_if_it_was_not_sent() {
    let all: Failures = Failure::ALL.into_iter().collect();
    for failure in Failure::ALL {
        assert!(all.allow(failure, true) && !Failures::NONE.allow(failure, true));
        assert_eq!(all.allow(failure, false), failure == Failure::Connect, "{failure:?}");
    }
}

#[test]
fn what_has_taken_its_time_is_not_tried_again_unless_it_is_asked_for() {
    let words: Vec<_> = Failure::ALL.into_iter().filter(|failure| Failures::default().contains(*failure)).collect();
    assert_eq!(words.into_iter().map(Failure::as_str).collect::<Vec<_>>(), ["connect", "reset", "502", "503"]);
}

#[test]
fn failures_read_back_and_429_is_none() {
    for failure in Failure::ALL {
        assert_eq!(Failure::parse(failure.as_str()), Some(failure));
        let of_status = StatusCode::from_bytes(failure.as_str().as_bytes()).ok().and_then(Failure::of);
        assert!(of_status.is_none_or(|of_status| of_status == failure));
    }
    for status in [200, 400, 408, 425, 429, 500, 501, 505] {
        assert_eq!(Failure::of(StatusCode::from_u16(status).unwrap()), None, "{status}");
    }
    assert_eq!((Failure::parse("429"), Failure::parse("Connect")), (None, None));
}

#[test]
fn retries_are_a_fifth_of_what_is_under_way_and_three_at_least() {
    for (live, most) in [(0, 3), (1, 3), (19, 3), (20, 4), (100, 20), (u32::MAX, 858_993_459)] {
        let budget = Budget::default();
        assert!(budget.allows(live, most - 1) && !budget.allows(live, most), "{most} of {live}");
    }
    assert!(!Budget { percent: 0, floor: 0 }.allows(1_000, 0));
}

#[test]
fn the_longest_pause_doubles_up_to_a_quarter_of_a_second() {
    for (retry, millis) in [(0, 25), (1, 25), (2, 50), (3, 100), (4, 200), (5, 250), (6, 250), (u32::MAX, 250)] {
        assert_eq!(backoff(retry, u64::MAX), Duration::from_millis(millis), "retry {retry}");
        assert_eq!(backoff(retry, 0), Duration::ZERO);
    }
}

proptest! {
    #[test]
    fn a_pause_is_anything_up_to_its_longest(retry in 1_u32..20, random in any::<u64>()) {
        let half = backoff(retry, 1 << 63);
        prop_assert!(backoff(retry, random) <= LONGEST);
        prop_assert_eq!(backoff(retry, random) < half, random < 1 << 63);
    }

    #[test]
    fn a_set_has_what_was_put_into_it(mask in 0_u8..64) {
        let is_in = |failure: &Failure| mask & (1 << *failure as u8) != 0;
        let set: Failures = Failure::ALL.into_iter().filter(is_in).collect();
        prop_assert!(Failure::ALL.iter().all(|failure| set.contains(*failure) == is_in(failure)));
    }
}

use super::{LifetimeSource::*, *};

#[test]
fn s_maxage_comes_before_max_age_and_that_before_expires() {
    let expires = &format!("expires: {}", date(30));
    for (lines, expected) in [
        (&["cache-control: max-age=20, s-maxage=10", expires][..], 10),
        (&["cache-control: max-age=20", expires], 20),
        (&[expires], 30),
    ] {
        assert_eq!(Exchange::of(lines).lifetime(), (expected, Explicit), "{lines:?}");
    }
}

#[test]
fn expires_counts_from_the_date_of_the_response_whatever_the_clock_says() {
    let mut exchange = Exchange::of(&[&format!("expires: {}", date(30))]);
    (exchange.sent, exchange.received) = (at(10), at(10));
    assert_eq!((exchange.lifetime().0, exchange.freshness().initial_age), (30, secs(10)));
    exchange.response.remove("date");
    assert_eq!(
        (exchange.lifetime().0, exchange.freshness().initial_age),
        (20, secs(0)),
        "without one, from its arrival"
    );
}

#[test]
fn expires_that_is_no_date_is_in_the_past() {
    for expires in ["0", "-1", "", "tomorrow", "Sun, 06 Nov 1994 08:50:37 CET", "Mon, 06 Nov 1994 08:50:37 GMT"] {
        let exchange = Exchange::of(&[
            &format!("expires: {expires}"),
            "etag: \"a\"",
            "last-modified: Sat, 06 Nov 1993 08:49:37 GMT",
        ]);
        assert_eq!(exchange.lifetime(), (0, Explicit), "{expires:?}");
    }
}

#[test]
fn dates_are_read_in_all_their_forms_and_in_any_case() {
    for expires in [
        "Sun, 06 Nov 1994 08:50:37 GMT",
        "Sunday, 06-Nov-94 08:50:37 GMT",
        "Sun Nov  6 08:50:37 1994",
        "sun, 06 nov 1994 08:50:37 gmt",
        "SUNDAY, 06-NOV-94 08:50:37 GMT",
        "sun nov  6 08:50:37 1994",
    ] {
        assert_eq!(Exchange::of(&[&format!("expires: {expires}")]).lifetime(), (60, Explicit), "{expires}");
    }
}

#[test]
fn of_two_expires_the_first_counts() {
    let lines = [format!("expires: {}", date(30)), format!("expires: {}", date(300))];
    assert_eq!(Exchange::of(&[&lines[0], &lines[1]]).lifetime(), (30, Explicit));
}

#[test]
fn heuristics_give_a_tenth_of_the_time_since_it_was_modified_and_a_day_at_most() {
    let day = 24 * 60 * 60;
    for (modified, expected) in [
        ("Sun, 06 Nov 1994 08:49:37 GMT", 0),
        ("Sun, 06 Nov 1994 08:39:37 GMT", 60),
        ("Sat, 06 Nov 1993 08:49:37 GMT", day),
        ("Mon, 07 Nov 1994 08:49:37 GMT", 0),
    ] {
        let exchange = Exchange::of(&[&format!("last-modified: {modified}")]);
        assert_eq!(exchange.lifetime(), (expected, Heuristic), "{modified}");
    }
}

#[test]
fn heuristics_do_not_apply_where_anything_explicit_is_said() {
    let modified = "last-modified: Sat, 06 Nov 1993 08:49:37 GMT";
    for line in ["cache-control: max-age=0", "cache-control: max-age=x", "cache-control: s-maxage=0", "expires: 0"] {
        assert_eq!(Exchange::of(&[modified, line]).lifetime(), (0, Explicit), "{line}");
    }
}

#[test]
fn negative_responses_follow_the_same_rules() {
    for status in [404, 405, 410] {
        assert_eq!(Exchange::status(status, &["cache-control: max-age=5"]).lifetime(), (5, Explicit));
        let by_default = Rules { default_lifetime: Some(secs(7)), ..Rules::default() };
        assert_eq!(Exchange::status(status, &[]).under(by_default).lifetime(), (7, Default));
    }
}

#[test]
fn an_operator_comes_first_with_an_override_and_last_with_a_default() {
    let rules = Rules { lifetime: Some(secs(3)), default_lifetime: Some(secs(4)), ..Rules::default() };
    assert_eq!(Exchange::of(&["cache-control: s-maxage=60"]).under(rules.clone()).lifetime(), (3, Override));
    let rules = Rules { lifetime: None, ..rules };
    assert_eq!(Exchange::of(&[]).under(rules.clone()).lifetime(), (4, Default));
    assert_eq!(Exchange::of(&["cache-control: max-age=60"]).under(rules.clone()).lifetime(), (60, Explicit));
    let modified = "last-modified: Sun, 06 Nov 1994 08:39:37 GMT";
    assert_eq!(Exchange::of(&[modified]).under(rules).lifetime(), (60, Heuristic));
}

#[test]
fn targeted_directives_set_expires_aside() {
    let expires = format!("expires: {}", date(600));
    let lines = [&expires, "cdn-cache-control: must-revalidate", "etag: \"a\""];
    assert_eq!(Exchange::of(&lines).lifetime(), (600, Explicit));
    let rules = Rules { cdn_cache_control: true, ..Rules::default() };
    assert_eq!(Exchange::of(&lines).under(rules).lifetime(), (0, Heuristic));
}

/// Received 4 seconds after it was sent for, 2 seconds after its own date.
fn underway(lines: &[&str]) -> Exchange {
    let dated = format!("date: {}", date(8));
    Exchange { sent: at(6), received: at(10), ..Exchange::of(&[lines, &[dated.as_str()]].concat()) }
}

#[test]
fn age_is_the_larger_of_what_the_date_and_the_caches_before_say() {
    for (lines, expected) in [
        (&["cache-control: max-age=60"][..], 4),
        (&["cache-control: max-age=60", "age: 0"], 4),
        (&["cache-control: max-age=60", "age: 7"], 11),
    ] {
        assert_eq!(underway(lines).freshness().initial_age, secs(expected), "{lines:?}");
    }
    let dated_long_ago =
        Exchange { sent: at(30), received: at(30), ..Exchange::of(&["cache-control: max-age=60", "age: 7"]) };
    assert_eq!(dated_long_ago.freshness().initial_age, secs(30));
}

#[test]
fn a_response_that_lives_for_a_second_does_so_wherever_in_a_second_it_is_made() {
    let (sent, received) = (Time(at(0).0 + 880), Time(at(0).0 + 900));
    let exchange = Exchange { sent, received, ..Exchange::of(&["cache-control: max-age=1"]) };
    let freshness = exchange.freshness();
    assert_eq!(freshness.initial_age, Duration::from_millis(20));
    assert_eq!(freshness.usable_until(), Time(at(1).0 + 880));
}

#[test]
fn age_counts_from_when_the_request_was_sent() {
    let exchange = Exchange {
        sent: at(0),
        received: at(20),
        ..Exchange::of(&["cache-control: max-age=60", "age: 5", &format!("date: {}", date(20))])
    };
    let freshness = exchange.freshness();
    assert_eq!((freshness.initial_age, freshness.age(at(21))), (secs(25), secs(26)));
}

#[test]
fn age_is_right_across_two_caches() {
    // The origin answers at 0, with a second on each way. The first cache serves it again at 20, by its own clock.
    let first = Exchange { sent: at(0), received: at(1), ..Exchange::of(&["cache-control: max-age=60"]) };
    let age = first.freshness().age(at(20)).as_secs();
    assert_eq!(age, 20);
    let age = format!("age: {age}");
    let second = Exchange { sent: at(19), received: at(21), ..Exchange::of(&["cache-control: max-age=60", &age]) };
    let freshness = second.freshness();
    assert_eq!((freshness.age(at(21)), freshness.age(at(40)), freshness.ttl(at(40))), (secs(22), secs(41), 19));
}

#[test]
fn the_age_that_is_sent_is_in_whole_seconds_and_no_larger_than_two_to_the_31() {
    let freshness = Exchange::of(&["cache-control: max-age=60", "age: 5"]).freshness();
    assert_eq!(freshness.age_field(Time(at(7).0 + 999)), "12");
    assert_eq!(freshness.age_field(Time(u64::MAX)), "2147483648");
}

#[test]
fn of_several_ages_the_first_counts_and_what_is_none_is_ignored() {
    for (lines, expected) in [
        (&["cache-control: max-age=60", "age: 5", "age: 50"][..], 5),
        (&["cache-control: max-age=60", "age: 5, 50"], 5),
        (&["cache-control: max-age=60", "age: -5"], 0),
        (&["cache-control: max-age=60", "age: 5.5"], 0),
        (&["cache-control: max-age=60", "age: old"], 0),
    ] {
        assert_eq!(Exchange::of(lines).freshness().initial_age, secs(expected), "{lines:?}");
    }
    let ancient = Exchange::of(&["cache-control: max-age=60", "age: 99999999999999999999999", "etag: \"a\""]);
    assert_eq!(ancient.freshness().initial_age, secs(1 << 31));
}

#[test]
fn a_response_is_stale_from_the_age_of_its_lifetime_on() {
    let exchange = Exchange::of(&["cache-control: max-age=60"]);
    let freshness = exchange.freshness();
    for (seconds, ttl) in [(0, 60), (59, 1), (60, 0), (61, -1), (3_600, -3_540)] {
        assert_eq!(freshness.ttl(at(seconds)), ttl);
        assert_eq!(exchange.reused("", seconds) == Reuse::Fresh, seconds < 60, "{seconds}");
    }
    assert_eq!(freshness.ttl(Time(at(59).0 + 999)), 0);
    assert_eq!(freshness.usable_until(), at(60));
}

#[test]
fn a_response_is_usable_for_as_long_as_its_longest_stale_window() {
    let until = |cache_control: &str, rules: Rules| {
        Exchange::of(&[&format!("cache-control: {cache_control}"), "etag: \"a\""])
            .under(rules)
            .freshness()
            .usable_until()
    };
    let rules = Rules { stale_while_revalidate: Some(secs(5)), stale_if_error: Some(secs(6)), ..Rules::default() };
    assert_eq!(until("max-age=60, stale-while-revalidate=10, stale-if-error=20", rules.clone()), at(80));
    assert_eq!(until("max-age=60, stale-while-revalidate=30, stale-if-error=20", rules.clone()), at(90));
    assert_eq!(until("max-age=60", rules.clone()), at(66));
    assert_eq!(until("max-age=60, must-revalidate, stale-if-error=20", rules.clone()), at(60));
    assert_eq!(until("max-age=60, no-cache", rules.clone()), at(0));
    assert_eq!(until("max-age=99999999999, stale-if-error=99999999999", rules), at(2 << 31));
    let forever = Rules { lifetime: Some(Duration::MAX), stale_if_error: Some(Duration::MAX), ..Rules::default() };
    assert_eq!(until("", forever), Time(u64::MAX));
}

#[test]
fn dates_beyond_all_reason_do_no_harm() {
    let future = "date: Fri, 31 Dec 9999 23:59:59 GMT";
    let past = "date: Thu, 01 Jan 1970 00:00:00 GMT";
    let lines = |date| [date, "cache-control: max-age=60", "etag: \"a\""];
    assert_eq!(Exchange::of(&lines(future)).freshness().initial_age, secs(0));
    assert_eq!(Exchange::of(&lines(past)).freshness().initial_age, secs(DATE));
    let expires = "expires: Fri, 31 Dec 9999 23:59:59 GMT";
    assert_eq!(Exchange::of(&[past, expires]).lifetime(), (253_402_300_799, Explicit));
    assert_eq!(Exchange::of(&[future, &format!("expires: {}", date(60)), "etag: \"a\""]).lifetime(), (0, Explicit));
    assert_eq!(Exchange::of(&["date: nonsense", "cache-control: max-age=60"]).freshness().initial_age, secs(0));
}

#[test]
fn a_response_from_the_future_is_stale() {
    let exchange =
        Exchange::of(&["cache-control: max-age=60, stale-while-revalidate=60, stale-if-error=60", "etag: \"a\""]);
    let freshness = exchange.freshness();
    let before = Time(at(0).0 - 1);
    assert!(freshness.ttl(before) < 0);
    assert_eq!(freshness.age(before), secs(0));
    for wish in ["", "max-stale"] {
        let expected = Reuse::Validate { why: Forward::Stale, if_error: false };
        assert_eq!(reuse(&exchange.rules, &freshness, &wishes(wish), before), expected, "{wish}");
    }
    assert_eq!(exchange.reused("", 0), Reuse::Fresh);
}

#[test]
fn times_saturate() {
    assert_eq!((Time(5).since(Time(9)), Time(9).since(Time(5))), (Duration::ZERO, Duration::from_millis(4)));
    assert_eq!((Time(1).plus(Duration::MAX), Time(1).minus(Duration::MAX)), (Time(u64::MAX), Time(0)));
    assert_eq!(Time(u64::MAX).to_date(), "Fri, 31 Dec 9999 23:59:59 GMT");
    assert_eq!(at(0).to_date(), "Sun, 06 Nov 1994 08:49:37 GMT");
}

#[test]
fn validators_are_tags_and_dates_that_can_be_read() {
    for (line, expected) in [
        ("etag: \"a\"", true),
        ("etag: W/\"a\"", true),
        ("etag: \"\"", true),
        ("etag: a", false),
        ("etag: \"a", false),
        ("etag: \"a\" b", false),
        ("last-modified: Sat, 06 Nov 1993 08:49:37 GMT", true),
        ("last-modified: yesterday", false),
    ] {
        assert_eq!(Exchange::of(&["cache-control: max-age=60", line]).freshness().validators, expected, "{line}");
    }
}

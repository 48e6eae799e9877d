use super::*;

fn response(lines: &[&str]) -> ResponseDirectives {
    ResponseDirectives::parse(&fields(lines), false)
}

fn cdn(lines: &[&str]) -> ResponseDirectives {
    ResponseDirectives::parse(&fields(lines), true)
}

#[test]
fn names_are_read_in_any_case_and_arguments_with_or_without_quotes() {
    for line in ["max-age=60", "Max-Age=\"60\"", "MAX-AGE = 60", "max-age=\"6\\0\"", " , max-age=60 ,"] {
        assert_eq!(response(&[&format!("cache-control: {line}")]).max_age, Some(secs(60)), "{line}");
    }
}

#[test]
fn directives_that_are_not_known_are_left_aside() {
    let with = response(&["cache-control: foo, max-age=60, bar=\"no-store, private\", x=y"]);
    assert_eq!(with, response(&["cache-control: max-age=60"]));
    let request = RequestDirectives::parse(&fields(&["cache-control: foo=\"no-cache, no-store\", bar"]));
    assert_eq!(request, RequestDirectives::default());
}

#[test]
fn a_quote_that_is_never_closed_hides_nothing() {
    assert!(response(&["cache-control: foo=\"bar, no-store"]).no_store);
    assert!(response(&["cache-control: foo=\"bar\\\", no-store"]).no_store);
    assert!(response(&["cache-control: a=\"b\", foo=\"bar", "cache-control: no-store"]).no_store);
}

#[test]
fn all_lines_of_a_field_count() {
    let both = response(&["cache-control: max-age=60", "cache-control: must-revalidate"]);
    assert_eq!((both.max_age, both.must_revalidate), (Some(secs(60)), true));
}

#[test]
fn lifetimes_that_cannot_be_read_are_zero() {
    for argument in ["max-age", "max-age=", "max-age=-1", "max-age=1.5", "max-age=sixty", "max-age='60'", "max-age=6 0"]
    {
        assert_eq!(response(&[&format!("cache-control: {argument}")]).max_age, Some(Duration::ZERO), "{argument}");
    }
}

#[test]
fn of_a_directive_that_comes_twice_the_first_counts() {
    let directives = response(&["cache-control: max-age=1, max-age=3600", "cache-control: max-age=7"]);
    assert_eq!(directives.max_age, Some(secs(1)));
    assert_eq!(wishes("max-age=5, max-age=50").max_age, Some(secs(5)));
}

#[test]
fn seconds_beyond_all_measure_count_as_two_to_the_31() {
    for digits in ["2147483648", "2147483649", "99999999999999999999999999999999999999"] {
        let directives = response(&[&format!("cache-control: max-age={digits}")]);
        assert_eq!(directives.max_age, Some(secs(1 << 31)), "{digits}");
    }
    assert_eq!(response(&["cache-control: max-age=2147483647"]).max_age, Some(secs((1 << 31) - 1)));
}

#[test]
fn what_restricts_is_heeded_with_any_argument_and_what_allows_only_as_defined() {
    let directives =
        response(&["cache-control: no-store=x, must-revalidate=x, public=x, immutable=x, must-understand=x"]);
    assert!(directives.no_store && directives.must_revalidate);
    assert!(!directives.public && !directives.immutable && !directives.must_understand);
}

#[test]
fn fields_that_no_cache_and_private_name_are_withheld() {
    let directives = response(&["cache-control: no-cache=\"Set-Cookie, x-a\", private=X-B, max-age=60"]);
    assert!(!directives.no_cache && !directives.private);
    assert_eq!(directives.withheld, ["set-cookie", "x-a", "x-b"]);
    assert!(response(&["cache-control: no-cache=\"x-a\", no-cache"]).no_cache);
    assert!(response(&["cache-control: no-cache=\"x a\""]).no_cache, "what is no name is about all of it");
}

#[test]
fn pragma_counts_only_where_there_is_no_cache_control() {
    assert!(RequestDirectives::parse(&fields(&["pragma: no-cache"])).no_cache);
    assert!(RequestDirectives::parse(&fields(&["pragma: foo, No-Cache"])).no_cache);
    assert!(!RequestDirectives::parse(&fields(&["pragma: no-cache", "cache-control: max-age=5"])).no_cache);
    assert!(!response(&["pragma: no-cache"]).no_cache, "in responses it means nothing");
}

#[test]
fn requests_are_read_in_full() {
    let all = "no-cache, no-store, max-age=1, min-fresh=2, max-stale=3, stale-if-error=4, only-if-cached, no-transform";
    let expected = RequestDirectives {
        no_cache: true,
        no_store: true,
        max_age: Some(secs(1)),
        min_fresh: Some(secs(2)),
        max_stale: Some(MaxStale::For(secs(3))),
        stale_if_error: Some(secs(4)),
        only_if_cached: true,
    };
    assert_eq!(wishes(all), expected);
    assert_eq!(wishes("max-stale").max_stale, Some(MaxStale::Any));
    assert_eq!(wishes("max-stale=x, min-fresh=x").max_stale, None);
    assert_eq!(wishes("max-age=x").max_age, Some(Duration::ZERO));
}

#[test]
fn where_wishes_are_not_heeded_only_if_cached_still_is() {
    let rules = Rules { ignore_request_directives: true, ..Rules::default() };
    let expected = RequestDirectives { only_if_cached: true, ..RequestDirectives::default() };
    assert_eq!(wishes("no-cache, no-store, max-age=0, only-if-cached").heeded(&rules), expected);
}

#[test]
fn responses_are_read_in_full() {
    let all = "no-store, no-cache, private, public, must-revalidate, proxy-revalidate, must-understand, immutable, \
               no-transform, max-age=1, s-maxage=2, stale-while-revalidate=3, stale-if-error=4";
    let expected = ResponseDirectives {
        no_store: true,
        no_cache: true,
        private: true,
        public: true,
        must_revalidate: true,
        proxy_revalidate: true,
        must_understand: true,
        immutable: true,
        no_transform: true,
        max_age: Some(secs(1)),
        s_maxage: Some(secs(2)),
        stale_while_revalidate: Some(secs(3)),
        stale_if_error: Some(secs(4)),
        withheld: vec![],
        targeted: false,
    };
    assert_eq!(response(&[&format!("cache-control: {all}")]), expected);
    assert_eq!(cdn(&[&format!("cdn-cache-control: {all}")]), ResponseDirectives { targeted: true, ..expected });
}

#[test]
fn a_targeted_field_stands_in_for_cache_control_where_it_is_enabled() {
    let lines = ["cache-control: no-store", "cdn-cache-control: max-age=60"];
    let directives = cdn(&lines);
    assert!(directives.targeted && !directives.no_store && directives.max_age == Some(secs(60)));
    assert!(response(&lines).no_store && !response(&lines).targeted);
    assert!(cdn(&["cache-control: no-store"]).no_store);
    let unknown = cdn(&["cache-control: max-age=60", "cdn-cache-control: none"]);
    assert_eq!((unknown.targeted, unknown.max_age), (true, None));
}

#[test]
fn a_targeted_field_with_an_error_in_it_counts_for_nothing() {
    for value in [
        "",
        " ",
        ",",
        "max-age=60,",
        "max-age=60 no-store",
        "Max-Age=60",
        "max-age=",
        "max-age=1234567890123456",
        "=60",
        "max-age=60, x=\"open",
        "x=(a b",
        "x=(a,b)",
        "x=(\"a\"b)",
        "x=?2",
        "x=:a",
        "x=1.",
        "x=1.2345",
        "x=-",
        "x=@1",
        "x;=1",
        "x=\"\\n\"",
        "x=1;A",
        "(a)",
    ] {
        let directives = cdn(&["cache-control: max-age=1", &format!("cdn-cache-control: {value}")]);
        assert_eq!((directives.targeted, directives.max_age), (false, Some(secs(1))), "{value:?}");
    }
}

#[test]
fn a_targeted_field_is_read_as_a_dictionary() {
    for value in [
        "max-age=60",
        "max-age=60;x=1;y",
        "max-age=1, max-age=60",
        "x=(a \"b\" 1;q=0.5 );p=?0, max-age=60",
        "x=:YQ==:, max-age=60",
        "x=*a/b:c\t, \tmax-age=60",
        "x=-1, y=1.5, z=\"a\\\"b\", max-age=60",
        "x=(), max-age=60",
    ] {
        let directives = cdn(&[&format!("cdn-cache-control: {value}")]);
        assert_eq!((directives.targeted, directives.max_age), (true, Some(secs(60))), "{value:?}");
    }
    let lines = cdn(&["cdn-cache-control: max-age=60", "cdn-cache-control: private=\"x-a, x-b\""]);
    assert_eq!((lines.max_age, lines.private, lines.withheld.len()), (Some(secs(60)), false, 2));
}

#[test]
fn members_of_other_types_than_their_directive_are_left_aside() {
    let value = "max-age=\"60\", s-maxage=60.5, stale-if-error, no-store=1, must-revalidate=?0, private=x, public=\"\"";
    let directives = cdn(&[&format!("cdn-cache-control: {value}")]);
    assert_eq!(directives, ResponseDirectives { targeted: true, ..ResponseDirectives::default() });
}

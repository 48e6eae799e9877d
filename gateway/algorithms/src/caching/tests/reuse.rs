use super::{Forward, Reuse::*, *};

fn validate(why: Forward, if_error: bool) -> Reuse {
    Validate { why, if_error }
}

/// What is done with a response, for a request, after so many seconds.
#[track_caller]
fn check(response: &str, request: &str, seconds: u64, expected: Reuse) {
    let exchange = Exchange::of(&[&format!("cache-control: {response}"), "etag: \"a\""]);
    assert_eq!(exchange.reused(request, seconds), expected, "{response:?} {request:?} after {seconds}");
}

#[test]
fn a_fresh_response_is_served() {
    check("max-age=60", "", 0, Fresh);
    check("max-age=60", "", 59, Fresh);
}

#[test]
fn a_stale_response_is_validated() {
    check("max-age=60", "", 60, validate(Forward::Stale, false));
    check("max-age=0", "", 0, validate(Forward::Stale, false));
}

#[test]
fn no_cache_of_the_response_validates_always_and_allows_nothing_stale() {
    check("no-cache, max-age=60", "", 0, validate(Forward::Stale, false));
    check("no-cache, max-age=60, stale-while-revalidate=60, stale-if-error=60", "", 0, validate(Forward::Stale, false));
    check("no-cache, stale-while-revalidate=60", "max-stale", 0, validate(Forward::Stale, false));
}

#[test]
fn no_cache_of_the_request_validates() {
    check("max-age=60, stale-if-error=60", "no-cache", 0, validate(Forward::Request, false));
    check("max-age=60, stale-while-revalidate=60", "no-cache", 70, validate(Forward::Stale, false));
    check("max-age=60, immutable", "no-cache", 0, validate(Forward::Request, false));
}

#[test]
fn max_age_of_the_request_wants_nothing_older() {
    check("max-age=60", "max-age=30", 30, Fresh);
    check("max-age=60", "max-age=30", 31, validate(Forward::Request, true));
    check("max-age=60", "max-age=0", 1, validate(Forward::Request, true));
}

#[test]
fn max_age_of_the_request_wants_nothing_stale_unless_it_says_max_stale() {
    check("max-age=60, stale-while-revalidate=60", "max-age=100", 70, validate(Forward::Stale, false));
    check("max-age=60", "max-age=100, max-stale=20", 70, Stale);
    check("max-age=60", "max-age=65, max-stale=20", 70, validate(Forward::Stale, false));
}

#[test]
fn min_fresh_wants_what_stays_fresh() {
    check("max-age=60", "min-fresh=20", 40, Fresh);
    check("max-age=60", "min-fresh=20", 41, validate(Forward::Request, true));
    check("max-age=60, stale-while-revalidate=60", "min-fresh=1", 70, validate(Forward::Stale, false));
    check("max-age=60", "min-fresh=99999999999999999999", 0, validate(Forward::Request, true));
}

#[test]
fn max_stale_takes_what_has_not_been_stale_for_longer() {
    check("max-age=60", "max-stale=10", 70, Stale);
    check("max-age=60", "max-stale=10", 71, validate(Forward::Stale, false));
    check("max-age=60", "max-stale", 1_000_000, Stale);
}

#[test]
fn directives_of_requests_are_not_heeded_where_an_operator_says_so() {
    let rules = Rules { ignore_request_directives: true, ..Rules::default() };
    let exchange = Exchange::of(&["cache-control: max-age=60"]).under(rules);
    for request in ["no-cache", "max-age=0", "min-fresh=100"] {
        assert_eq!(exchange.reused(request, 30), Fresh, "{request}");
    }
    assert_eq!(exchange.reused("max-stale", 70), validate(Forward::Stale, false));
}

#[test]
fn immutable_is_not_validated_on_a_reload_while_it_is_fresh() {
    check("max-age=60, immutable", "max-age=0", 30, Fresh);
    check("max-age=60, immutable", "max-age=10", 30, validate(Forward::Request, true));
    check("max-age=60, immutable", "max-age=0", 60, validate(Forward::Stale, false));
}

#[test]
fn stale_while_revalidate_serves_for_so_long() {
    check("max-age=60, stale-while-revalidate=10", "", 60, StaleWhileRevalidate);
    check("max-age=60, stale-while-revalidate=10", "", 69, StaleWhileRevalidate);
    check("max-age=60, stale-while-revalidate=10", "", 70, validate(Forward::Stale, false));
    check("max-age=60, stale-while-revalidate=x", "", 60, validate(Forward::Stale, false));
}

#[test]
fn stale_if_error_serves_for_so_long_where_the_origin_fails() {
    check("max-age=60, stale-if-error=10", "", 69, validate(Forward::Stale, true));
    check("max-age=60, stale-if-error=10", "", 70, validate(Forward::Stale, false));
    check("max-age=60", "stale-if-error=10", 69, validate(Forward::Stale, true));
    check("max-age=60", "stale-if-error=10", 70, validate(Forward::Stale, false));
}

#[test]
fn what_must_be_revalidated_is_never_served_stale() {
    for directive in ["must-revalidate", "proxy-revalidate"] {
        let response = format!("max-age=60, stale-while-revalidate=60, stale-if-error=60, {directive}");
        check(&response, "", 59, Fresh);
        check(&response, "", 61, validate(Forward::Stale, false));
        check(&response, "max-stale", 61, validate(Forward::Stale, false));
        check(&response, "stale-if-error=60", 61, validate(Forward::Stale, false));
    }
}

#[test]
fn s_maxage_forbids_stale_responses_unless_the_response_itself_allows_them() {
    check("s-maxage=60", "max-stale", 61, validate(Forward::Stale, false));
    check("s-maxage=60", "stale-if-error=60", 61, validate(Forward::Stale, false));
    check("s-maxage=60, stale-while-revalidate=60", "", 61, StaleWhileRevalidate);
    check("s-maxage=60, stale-if-error=60", "", 61, validate(Forward::Stale, true));
    let general = Rules { stale_while_revalidate: Some(secs(60)), stale_if_error: Some(secs(60)), ..Rules::default() };
    let exchange = Exchange::of(&["cache-control: s-maxage=60"]).under(general.clone());
    assert_eq!(exchange.reused("", 61), validate(Forward::Stale, false), "an operator does not override it");
    let strict = Rules { strict_s_maxage: true, ..general };
    let exchange =
        Exchange::of(&["cache-control: s-maxage=60, stale-while-revalidate=60, stale-if-error=60"]).under(strict);
    assert_eq!(exchange.reused("", 61), validate(Forward::Stale, false));
}

#[test]
fn an_operator_allows_stale_responses_where_the_origin_says_nothing() {
    let rules = Rules { stale_while_revalidate: Some(secs(10)), stale_if_error: Some(secs(20)), ..Rules::default() };
    let exchange = Exchange::of(&["cache-control: max-age=60"]).under(rules.clone());
    assert_eq!(exchange.reused("", 65), StaleWhileRevalidate);
    assert_eq!(exchange.reused("", 75), validate(Forward::Stale, true));
    let exchange =
        Exchange::of(&["cache-control: max-age=60, stale-while-revalidate=0, stale-if-error=0"]).under(rules.clone());
    assert_eq!(exchange.reused("", 65), validate(Forward::Stale, false), "the origin has said no");
    let exchange = Exchange::of(&["cache-control: max-age=60, must-revalidate"]).under(rules);
    assert_eq!(exchange.reused("", 65), validate(Forward::Stale, false));
}

#[test]
fn a_fresh_response_is_served_on_an_error_unless_somebody_says_no_cache() {
    let freshness = Exchange::of(&["cache-control: max-age=60"]).freshness();
    assert!(serves_on_error(&freshness, &wishes("max-age=0"), at(30)));
    assert!(!serves_on_error(&freshness, &wishes("no-cache"), at(30)));
    assert!(!serves_on_error(&freshness, &wishes("max-age=0"), at(60)));
    let no_cache = Exchange::of(&["cache-control: max-age=60, no-cache", "etag: \"a\""]).freshness();
    assert!(!serves_on_error(&no_cache, &wishes(""), at(0)));
}

#[test]
fn server_errors_are_those_of_stale_if_error() {
    let errors = (100..=599).filter(|status| is_server_error(StatusCode::from_u16(*status).unwrap()));
    assert_eq!(errors.collect::<Vec<_>>(), [500, 502, 503, 504]);
}

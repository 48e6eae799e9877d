use super::*;

fn text(status: &CacheStatus<'_>) -> String {
    status.to_string()
}

#[test]
fn a_hit_says_how_long_it_stays_fresh() {
    assert_eq!(text(&CacheStatus { hit: true, ttl: Some(60), ..CacheStatus::default() }), "Sluice; hit; ttl=60");
    assert_eq!(text(&CacheStatus { hit: true, ttl: Some(-5), ..CacheStatus::default() }), "Sluice; hit; ttl=-5");
}

#[test]
fn a_hit_was_not_forwarded() {
    let status =
        CacheStatus { hit: true, fwd: Some(Forward::Stale), stored: true, collapsed: true, ..CacheStatus::default() };
    assert_eq!(text(&status), "Sluice; hit");
}

#[test]
fn a_forwarded_request_says_why_and_what_became_of_it() {
    let status = CacheStatus {
        fwd: Some(Forward::VaryMiss),
        fwd_status: Some(StatusCode::OK),
        stored: true,
        collapsed: true,
        ttl: Some(i64::MAX),
        ..CacheStatus::default()
    };
    assert_eq!(text(&status), "Sluice; fwd=vary-miss; fwd-status=200; stored; collapsed; ttl=999999999999999");
    assert_eq!(text(&CacheStatus { detail: Some("no-store"), ..CacheStatus::default() }), "Sluice; detail=no-store");
}

#[test]
fn texts_cannot_break_out_of_their_quotes() {
    let status =
        CacheStatus { hit: true, key: Some("a\"; hit\\\r\nü"), detail: Some("two words"), ..CacheStatus::default() };
    assert_eq!(text(&status), r#"Sluice; hit; key="a\"; hit\\???"; detail="two words""#);
    assert_eq!(text(&CacheStatus { detail: Some(""), ..CacheStatus::default() }), "Sluice; detail=\"\"");
    assert_eq!(text(&CacheStatus { detail: Some("1a"), ..CacheStatus::default() }), "Sluice; detail=\"1a\"");
}

#[test]
fn reasons_are_the_tokens_of_the_standard() {
    use Forward::*;
    let all = [Bypass, Method, UriMiss, VaryMiss, Miss, Request, Stale, Partial].map(Forward::as_str);
    assert_eq!(all, ["bypass", "method", "uri-miss", "vary-miss", "miss", "request", "stale", "partial"]);
}
